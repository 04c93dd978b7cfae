/* SPDX-License-Identifier: CC0-1.0 */
// exit from inside a call ends the program: nothing after it runs, live blocks held by a global are no leak.
#include <stdio.h>
#include <stdlib.h>

static char *kept;

static void leave(int status)
{
    printf("leaving with %d\n", status); // expect: leaving with 300
    exit(status); // expect-exit: 44
}

int main(void)
{
    kept = malloc(100);
    leave(300);
    puts("never");
    return 1;
}
