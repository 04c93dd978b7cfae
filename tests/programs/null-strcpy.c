/* SPDX-License-Identifier: CC0-1.0 */
// The destination was never allocated.
#include <string.h>

static char *name;

int main(void)
{
    strcpy(name, "ada"); // expect-fault: null-dereference
    return 0;
}
