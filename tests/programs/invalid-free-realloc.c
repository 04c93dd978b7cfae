/* SPDX-License-Identifier: CC0-1.0 */
// realloc of an array that is no heap block.
#include <stdlib.h>

int main(void)
{
    char small[8] = "small";
    char *large = realloc(small, 100); // expect-fault: invalid-free
    return large == NULL;
}
