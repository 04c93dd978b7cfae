/* SPDX-License-Identifier: CC0-1.0 */
// _Bool holds 0 or 1, whatever is put in (C11 6.3.1.2).
#include <stdbool.h>
#include <stdio.h>

static bool is_even(int n)
{
    return !(n & 1);
}

int main(void)
{
    bool a = 256, b = 0.25, c = 0, d = "text";
    bool flags[3] = { 7, 0, -1 };
    int n = 3;

    printf("%d %d %d %d\n", a, b, c, d); // expect: 1 1 0 1
    printf("%d %d %d %zu\n", flags[0], flags[1], flags[2], sizeof flags); // expect: 1 0 1 3
    a = n;
    a += 4;
    printf("%d\n", a); // expect: 1
    c = !c;
    c ^= 1;
    printf("%d %d\n", c, !c); // expect: 0 1
    printf("%d %d\n", is_even(6), is_even(7)); // expect: 1 0
    printf("%s\n", is_even(n) ? "even" : "odd"); // expect: odd
    bool *p = &flags[1];
    *p = &n;
    printf("%d %d\n", flags[1], flags[0] + flags[1] + flags[2]); // expect: 1 3
    printf("%d\n", (bool)0.0 || (bool)1e-300); // expect: 1
    printf("%d %d\n", true, false); // expect: 1 0
    return 0;
}
