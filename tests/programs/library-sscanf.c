/* SPDX-License-Identifier: CC0-1.0 */
#include <stdio.h>

int main(void)
{
    int d = 0, m = 0, y = 0, n;
    char name[20], rest[8], c;
    double v;
    float f;
    unsigned x;
    short s;
    long l;

    n = sscanf(" 24/12/2023", "%d/%d/%d", &d, &m, &y);
    printf("%d: %d %d %d\n", n, d, m, y); // expect: 3: 24 12 2023
    n = sscanf("bob 3.5 ff -7", "%19s %lf %x %hd", name, &v, &x, &s);
    printf("%d: %s %.2f %u %d\n", n, name, v, x, s); // expect: 4: bob 3.50 255 -7
    n = sscanf("key=value;", "%[^=]=%3[a-z]%*[a-z]%c", name, rest, &c);
    printf("%d: %s %s %c\n", n, name, rest, c); // expect: 3: key val ;
    n = sscanf("12 1.5e2x", "%ld %f%n", &l, &f, &d);
    printf("%d: %ld %.1f %d\n", n, l, f, d); // expect: 2: 12 150.0 8
    printf("%d %d\n", sscanf("abc", "%d", &d), sscanf("", "%d", &d)); // expect: 0 -1
    printf("%d %d\n", sscanf("5 x", "%d %d", &d, &m), sscanf("5", "%d %d", &d, &m)); // expect: 1 1
    return 0;
}
