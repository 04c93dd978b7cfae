/* SPDX-License-Identifier: CC0-1.0 */
// Past an array inside a struct, though still inside the struct (UBSan; C11 6.5.6p8).
#include <stdio.h>

struct record { char name[4]; int age; };

int main(void)
{
    struct record r = { "ada", 30 };
    for (int i = 0; i < 5; i++)
        r.name[i] = 'x'; // expect-fault: out-of-bounds
    printf("%d\n", r.age);
    return 0;
}
