/* SPDX-License-Identifier: CC0-1.0 */
// printf of texts and doubles: widths, precisions, %f %e %g %a, rounding to even, infinities.
#include <stdio.h>

int main(void)
{
    printf("[%s] [%8s] [%-8s] [%.2s] [%8.3s] [%.0s] [%.*s]\n", "text", "text", "text", "text", "text", "text", 3, "text"); // expect: [text] [    text] [text    ] [te] [     tex] [] [tex]
    char raw[4] = { 'r', 'a', 'w', '!' };
    printf("[%.4s] [%.3s]\n", raw, raw); // expect: [raw!] [raw]
    printf("[%f] [%.2f] [%8.3f] [%-8.1f] [%08.2f] [%+.1f] [% .1f]\n", 3.14159, 3.14159, 3.14159, 3.14159, -3.14159, 2.0, 2.0); // expect: [3.141590] [3.14] [   3.142] [3.1     ] [-0003.14] [+2.0] [ 2.0]
    printf("[%.0f] [%.0f] [%.0f] [%.0f] [%#.0f]\n", 0.5, 1.5, 2.5, -0.4, 3.0); // expect: [0] [2] [2] [-0] [3.]
    printf("[%e] [%.1e] [%E] [%12.3e]\n", 12345.678, 0.00012, 1e100, 1.0); // expect: [1.234568e+04] [1.2e-04] [1.000000E+100] [   1.000e+00]
    printf("[%g] [%g] [%g] [%g] [%g]\n", 100000.0, 1000000.0, 0.0001, 0.00001, 123456789.0); // expect: [100000] [1e+06] [0.0001] [1e-05] [1.23457e+08]
    printf("[%.3g] [%.10g] [%#g] [%G] [%g]\n", 2.0 / 3, 2.0 / 3, 1.0, 1e-10, 0.0); // expect: [0.667] [0.6666666667] [1.00000] [1E-10] [0]
    printf("[%.15g] [%.17g] [%.1f]\n", 0.1, 0.1, 0.25); // expect: [0.1] [0.10000000000000001] [0.2]
    printf("[%.2f] [%.2f] [%.2f]\n", 1.005, 2.675, 1.115); // expect: [1.00] [2.67] [1.11]
    printf("[%5.1f%%] [%d/%d]\n", 12.5, 1, 8); // expect: [ 12.5%] [1/8]
    float f = 0.1f;
    printf("[%f] [%.10f]\n", f, f); // expect: [0.100000] [0.1000000015]
    double inf = 1e308 * 10;
    printf("[%f] [%6.2f] [%-6F] [%e] [%05f]\n", inf, -inf, inf, inf, inf); // expect: [inf] [  -inf] [INF   ] [inf] [  inf]
    printf("[%.30f]\n", 1.0 / 3); // expect: [0.333333333333333314829616256247]
    printf("[%.0f]\n", 1e22); // expect: [10000000000000000000000]
    printf("[%f]\n", 5e-324); // expect: [0.000000]
    printf("[%g] [%.3e]\n", 5e-324, 1.7976931348623157e308); // expect: [4.94066e-324] [1.798e+308]
    puts(""); // expect: 
    printf("no newline at the end"); // expect: no newline at the end
    return 0;
}
