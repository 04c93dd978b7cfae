/* SPDX-License-Identifier: CC0-1.0 */
// switch: fallthrough, default in the middle, ranges of nothing, nested, on char and long, continue inside, declarations.
#include <stdio.h>

static const char *kind(int c)
{
    switch (c) {
    case 'a': case 'e': case 'i': case 'o': case 'u':
        return "vowel";
    default:
        if (c < 'a')
            break;
        return "consonant";
    case ' ':
        return "space";
    }
    return "other";
}

static int days(int month, int leap)
{
    int n = 0;
    switch (month - 1) {
    case 11: n += 30; /* fall through */
    case 10: n += 31; /* fall through */
    case 9: n += 30; /* fall through */
    case 2: n += 28 + leap; /* fall through */
    case 1: n += 31; /* fall through */
    case 0: break;
    default: return -1;
    }
    return n;
}

int main(void)
{
    printf("%s %s %s %s\n", kind('e'), kind('x'), kind(' '), kind('7')); // expect: vowel consonant space other
    printf("%d %d %d %d\n", days(1, 0), days(3, 1), days(12, 0), days(7, 0)); // expect: 0 60 150 -1
    for (int i = 0; i < 5; i++) {
        switch (i) {
        case 1:
            continue;
        case 3: {
            int inner = i * 10;
            printf("%d ", inner);
            break;
        }
        default:
            printf("d%d ", i);
        }
        printf("- ");
    }
    puts(""); // expect: d0 - d2 - 30 - d4 - 
    long big = 5000000000;
    switch (big) {
    case 5000000000: puts("long"); break; // expect: long
    case 705032704: puts("cut"); break;
    }
    switch (-1) {
    case -1: puts("minus"); // expect: minus
    }
    switch (2) {
    case 1: puts("never");
    }
    switch (1) {
        int hidden;
    case 1:
        hidden = 4;
        switch (hidden) {
        case 4:
            puts("four"); // expect: four
            break;
        }
        puts("after"); // expect: after
    }
    int state = 0, steps = 0;
    while (state != 3)
        switch (state) {
        case 0: state = 2; steps++; break;
        case 2: state = 1; steps++; break;
        case 1: state = 3; steps++;
        }
    printf("%d\n", steps); // expect: 3
    return 0;
}
