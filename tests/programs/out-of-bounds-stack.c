/* SPDX-License-Identifier: CC0-1.0 */
// Past the end of a local array, the index comes from a calculation.
#include <stdio.h>

static int place(int day) { return day * 2 + 1; }

int main(void)
{
    int week[7] = { 0 };
    week[place(2)] = 1;
    printf("%d\n", week[5]); // expect: 1
    week[place(3)] = 1; // expect-fault: out-of-bounds
    return week[0];
}
