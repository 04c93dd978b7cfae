/* SPDX-License-Identifier: CC0-1.0 */
// NULL given to a library function.
#include <stdio.h>
#include <string.h>

int main(void)
{
    char *none = strchr("text", 'q');
    puts("before"); // expect: before
    printf("%zu\n", strlen(none)); // expect-fault: null-dereference
    return 0;
}
