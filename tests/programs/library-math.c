/* SPDX-License-Identifier: CC0-1.0 */
// math.h: the functions whose results are exact, and pow and sqrt.
#include <math.h>
#include <stdio.h>

int main(void)
{
    printf("%g %g %.15g\n", sqrt(16), sqrt(0), sqrt(2)); // expect: 4 0 1.4142135623731
    printf("%g %g %g\n", floor(-1.5), floor(1.5), floor(-0.0)); // expect: -2 1 -0
    printf("%g %g %g\n", ceil(-1.5), ceil(1.2), ceil(3)); // expect: -1 2 3
    printf("%g %g %g\n", round(2.5), round(-2.5), round(0.49999999999999994)); // expect: 3 -3 0
    printf("%g %g\n", trunc(-2.7), trunc(2.7)); // expect: -2 2
    printf("%g %g %g\n", fabs(-3.5), fmod(7.5, 2), fmod(-7.5, 2)); // expect: 3.5 1.5 -1.5
    printf("%g %g %g %g\n", pow(2, 10), pow(2, -1), pow(9, 0.5), pow(5, 0)); // expect: 1024 0.5 3 1
    printf("%.17g\n", pow(1.0001, 1000)); // expect: 1.1051653926032206
    double a = 3, b = 4;
    printf("%.3f\n", sqrt(a * a + b * b)); // expect: 5.000
    printf("%d\n", sqrt(-1) != sqrt(-1)); // expect: 1
    return 0;
}
