/* SPDX-License-Identifier: CC0-1.0 */
/* Comments everywhere, tokens side by side: maximal munch (C11 6.4p4). */
#include <stdio.h> // header /* not a comment
#include /* here */ <stdlib.h>

int/**/main(void)
{
    int a = 5, b = 2, c; /* one /* still one */
    c = a+++b;
    printf("%d %d\n", c, a); // expect: 7 6
    c = a- -b;
    printf("%d\n", c); // expect: 8
    c = a---b;
    printf("%d %d\n", c, a); // expect: 4 5
    int *p = &b;
    c = a/ *p;
    printf("%d\n", c); // expect: 2
    printf("%s\n", "/* no comment */ // none"); // expect: /* no comment */ // none
    c = a<b?a:b; c<<=1;
    printf("%d\n", c); // expect: 4
    printf("%d\n", a //**/ + 100
           + 1); // expect: 6
    a = b = -+-3;
    printf("%d %d\n", a, !!b); // expect: 3 1
    printf("%.1f %.2f %g %g\n", .5, 1., 1e2, 0x1p4); // expect: 0.5 1.00 100 16
    printf("%lu %lld %u\n", 1UL, 2LL, 3U); // expect: 1 2 3
    if(a){;}else;
    goto\
 end;
end:
    return 0;
}
