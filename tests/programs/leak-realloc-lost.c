/* SPDX-License-Identifier: CC0-1.0 */
// Each new row replaces the pointer to the last; realloc's own growth loses nothing.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *row = NULL, *all = NULL;
    for (int i = 1; i <= 3; i++) {
        row = malloc(i * sizeof *row); // expect-leak: 12 2
        row[0] = i;
        all = realloc(all, i * sizeof *all);
        all[i - 1] = row[0];
    }
    printf("%d\n", all[2]); // expect: 3
    free(row);
    free(all);
    return 0;
}
