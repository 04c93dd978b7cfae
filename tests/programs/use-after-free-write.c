/* SPDX-License-Identifier: CC0-1.0 */
// A freed block is written to, in a loop that frees too early.
#include <stdlib.h>

int main(void)
{
    char *p = malloc(3);
    for (int i = 0; i < 3; i++) {
        p[i] = (char)i; // expect-fault: use-after-free
        if (i == 1)
            free(p);
    }
    return 0;
}
