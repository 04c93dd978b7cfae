/* SPDX-License-Identifier: CC0-1.0 */
// float and double: arithmetic, comparison, conversion to and from integers, infinities and NaN.
#include <float.h>
#include <stdio.h>

int main(void)
{
    double third = 1.0 / 3;
    float rough = 1.0f / 3;
    printf("%.17g %.9g\n", third, rough); // expect: 0.33333333333333331 0.333333343
    printf("%d %d\n", rough == third, rough == (float)third); // expect: 0 1
    printf("%g %g\n", 0.1 + 0.2, 0.1f + 0.2f); // expect: 0.3 0.3
    printf("%d\n", 0.1 + 0.2 == 0.3); // expect: 0
    printf("%d %d %d\n", (int)3.99, (int)-3.99, (int)1e9); // expect: 3 -3 1000000000
    printf("%.1f %.1f\n", (double)7 / 2, (double)(7 / 2)); // expect: 3.5 3.0
    printf("%.1f\n", (float)16777217); // expect: 16777216.0
    double zero = 0.0, inf = 1 / zero, nan = inf - inf;
    printf("%d %d %d %d\n", inf > DBL_MAX, -inf < 0, nan == nan, nan != nan); // expect: 1 1 0 1
    printf("%f %f\n", inf, -inf); // expect: inf -inf
    printf("%d\n", -0.0 == 0.0); // expect: 1
    printf("%g\n", 1 / -0.0); // expect: -inf
    printf("%g %g\n", DBL_MAX, DBL_EPSILON); // expect: 1.79769e+308 2.22045e-16
    double sum = 0;
    for (int i = 0; i < 10; i++)
        sum += 0.1;
    printf("%.20f %d\n", sum, sum < 1.0); // expect: 0.99999999999999988898 1
    unsigned long big = 18446744073709551615u;
    printf("%.0f\n", (double)big); // expect: 18446744073709551616
    printf("%lu\n", (unsigned long)1.8e19); // expect: 18000000000000000000
    float f = 5;
    f /= 2;
    f++;
    int i = 7;
    i *= 1.5;
    i -= 0.5f;
    printf("%g %d\n", f, i); // expect: 3.5 9
    if (zero || !third)
        puts("never");
    printf("%s\n", third ? "yes" : "no"); // expect: yes
    printf("%a\n", 0.15625); // expect: 0x1.4p-3
    return 0;
}
