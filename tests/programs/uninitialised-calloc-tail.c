/* SPDX-License-Identifier: CC0-1.0 */
// realloc adds bytes that nobody wrote.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *list = calloc(2, sizeof *list);
    list = realloc(list, 4 * sizeof *list);
    printf("%d\n", list[1]); // expect: 0
    if (list[2]) // expect-fault: uninitialised-read
        puts("never told");
    free(list);
    return 0;
}
