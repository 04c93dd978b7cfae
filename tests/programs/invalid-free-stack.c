/* SPDX-License-Identifier: CC0-1.0 */
// A local variable was never allocated.
#include <stdlib.h>

int main(void)
{
    int local = 3, *p = &local;
    free(p); // expect-fault: invalid-free
    return 0;
}
