/* SPDX-License-Identifier: CC0-1.0 */
// Outside the subset, and said so.
#include <threads.h> // expect-unsupported

int main(void)
{
    return 0;
}
