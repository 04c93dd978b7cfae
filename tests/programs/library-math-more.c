/* SPDX-License-Identifier: CC0-1.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

int main(void)
{
    double whole, part = modf(-3.25, &whole);
    div_t d = div(-17, 5);

    printf("%.6f %.6f %.6f\n", sin(1), cos(1), tan(1)); // expect: 0.841471 0.540302 1.557408
    printf("%.6f %.6f %.6f\n", exp(1), log(10), log10(1000)); // expect: 2.718282 2.302585 3.000000
    printf("%.6f %.6f\n", atan2(1, 1) * 4, hypot(3, 4)); // expect: 3.141593 5.000000
    printf("%g %g\n", fmin(1, 2), fmax(1, 2)); // expect: 1 2
    printf("%g %g %ld\n", part, whole, lround(2.5)); // expect: -0.25 -3 3
    printf("%.3f %.3f\n", sqrtf(2), powf(2, 0.5f)); // expect: 1.414 1.414
    printf("%d %d\n", d.quot, d.rem); // expect: -3 -2
    return 0;
}
