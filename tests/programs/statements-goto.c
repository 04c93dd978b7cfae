/* SPDX-License-Identifier: CC0-1.0 */
// goto: forward, back, out of two loops, into a block, the one clean-up at the end.
#include <stdio.h>
#include <stdlib.h>

static int work(int fail_at)
{
    int result = -1;
    char *a = NULL, *b = NULL;

    a = malloc(10);
    if (a == NULL || fail_at == 1)
        goto out;
    b = malloc(20);
    if (b == NULL || fail_at == 2)
        goto out;
    result = 0;
out:
    free(b);
    free(a);
    return result;
}

int main(void)
{
    int n = 0;
again:
    n++;
    if (n < 4)
        goto again;
    printf("%d\n", n); // expect: 4
    for (int i = 0; i < 10; i++)
        for (int j = 0; j < 10; j++)
            if (i * j == 42) {
                printf("%d %d\n", i, j); // expect: 6 7
                goto found;
            }
    puts("never");
found:
    printf("%d %d %d\n", work(0), work(1), work(2)); // expect: 0 -1 -1
    if (n == 4)
        goto inside;
    while (n > 0) {
        printf("%d ", n);
inside:
        n -= 2;
    }
    printf("end %d\n", n); // expect: 2 end 0
    goto last;
    {
        puts("never");
last:   ;
    }
    return 0;
}
