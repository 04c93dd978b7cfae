/* SPDX-License-Identifier: CC0-1.0 */
// Nor was a text constant.
#include <stdlib.h>

int main(void)
{
    char *name = malloc(8);
    free(name);
    name = "default";
    free(name); // expect-fault: invalid-free
    return 0;
}
