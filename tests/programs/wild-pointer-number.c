/* SPDX-License-Identifier: CC0-1.0 */
// A number made into a pointer points to nothing.
#include <stdint.h>
#include <stdio.h>

int main(void)
{
    int n = 5;
    uintptr_t number = (uintptr_t)&n;
    int *back = (int *)number;
    printf("%d\n", *back); // expect: 5
    int *wild = (int *)(uintptr_t)0x12345678;
    printf("%d\n", *wild); // expect-fault: wild-pointer
    return 0;
}
