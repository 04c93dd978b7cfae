/* SPDX-License-Identifier: CC0-1.0 */
// A table's empty entry is called.
#include <stdio.h>

static void hello(void) { puts("hello"); } // expect: hello

static void (*const table[2])(void) = { hello };

int main(void)
{
    for (int i = 0; i < 2; i++)
        table[i](); // expect-fault: null-dereference
    return 0;
}
