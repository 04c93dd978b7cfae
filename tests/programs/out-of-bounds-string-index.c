/* SPDX-License-Identifier: CC0-1.0 */
// A literal's last byte is its NUL; one further is outside.
#include <stdio.h>

int main(void)
{
    const char *text = "four";
    int n = 4;
    printf("%d\n", text[n]); // expect: 0
    n++;
    printf("%d\n", text[n]); // expect-fault: out-of-bounds
    return 0;
}
