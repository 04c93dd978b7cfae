/* SPDX-License-Identifier: CC0-1.0 */
// stdlib.h: strtol in all bases, atoi, atof, strtod, abs, errors seen through the end pointer.
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    char *end;
    printf("%d %d %d %d\n", atoi("42"), atoi("  -17xyz"), atoi("none"), atoi("+8")); // expect: 42 -17 0 8
    printf("%ld %ld %ld\n", strtol("ff", NULL, 16), strtol("0x1F", NULL, 16), strtol("777", NULL, 8)); // expect: 255 31 511
    printf("%ld %ld %ld\n", strtol("0x1F", NULL, 0), strtol("017", NULL, 0), strtol("17", NULL, 0)); // expect: 31 15 17
    printf("%ld %ld\n", strtol("zz", NULL, 36), strtol("-101", NULL, 2)); // expect: 1295 -5
    const char *text = "12 monkeys";
    long n = strtol(text, &end, 10);
    printf("%ld '%s' %td\n", n, end, end - text); // expect: 12 ' monkeys' 2
    text = "  x";
    n = strtol(text, &end, 10);
    printf("%ld %d\n", n, end == text); // expect: 0 1
    printf("%ld\n", strtol("99999999999999999999", NULL, 10)); // expect: 9223372036854775807
    printf("%ld\n", strtol("-99999999999999999999", NULL, 10)); // expect: -9223372036854775808
    printf("%lu\n", strtoul("4294967296", NULL, 10)); // expect: 4294967296
    double d = strtod("2.5e3kg", &end);
    printf("%g %s\n", d, end); // expect: 2500 kg
    printf("%g %g %g\n", atof("1.5"), atof("-.25"), atof("1,5")); // expect: 1.5 -0.25 1
    printf("%d %ld\n", abs(-3), labs(-5000000000)); // expect: 3 5000000000
    const char *list = "3 14 15 92 x";
    int sum = 0;
    for (;;) {
        long v = strtol(list, &end, 10);
        if (end == list)
            break;
        sum += v;
        list = end;
    }
    printf("%d\n", sum); // expect: 124
    return 0;
}
