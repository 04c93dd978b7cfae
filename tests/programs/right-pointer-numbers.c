/* SPDX-License-Identifier: CC0-1.0 */
// Addresses as numbers: compared, stored, tagged in their lowest bit and used again (uintptr_t, C11 7.20.1.4).
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    int *block = malloc(2 * sizeof *block);
    uintptr_t number = (uintptr_t)block;
    printf("%d %d\n", number % 4 == 0, number == (uintptr_t)(void *)block); // expect: 1 1
    number |= 1;
    int tag = number & 1;
    int *back = (int *)(number & ~(uintptr_t)1);
    back[1] = 6;
    printf("%d %d\n", tag, block[1]); // expect: 1 6
    uintptr_t second = (uintptr_t)block + sizeof *block;
    printf("%d\n", *(int *)second); // expect: 6
    free(back);
    return 0;
}
