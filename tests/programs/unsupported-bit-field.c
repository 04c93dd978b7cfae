/* SPDX-License-Identifier: CC0-1.0 */
// Bit-fields.
#include <stdio.h>

struct date {
    unsigned int day : 5; // expect-unsupported
    unsigned int month : 4;
};

int main(void)
{
    struct date d = { 31, 12 };
    printf("%u %u\n", d.day, d.month);
    return 0;
}
