/* SPDX-License-Identifier: CC0-1.0 */
// No room for the terminating NUL.
#include <stdlib.h>
#include <string.h>

int main(void)
{
    const char *source = "exact";
    char *copy = malloc(strlen(source));
    size_t i = 0;
    for (; source[i]; i++)
        copy[i] = source[i];
    copy[i] = '\0'; // expect-fault: out-of-bounds
    free(copy);
    return 0;
}
