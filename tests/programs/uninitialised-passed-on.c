/* SPDX-License-Identifier: CC0-1.0 */
// Copied, passed on, returned: only the use is the fault.
#include <stdio.h>

struct result { int value, error; };

static struct result compute(int n)
{
    struct result r;
    if (n > 0) {
        r.value = n * 2;
        r.error = 0;
    }
    return r;
}

static int unpack(struct result r) { return r.value + 1; }

int main(void)
{
    struct result good = compute(4), bad = compute(-4);
    int a = unpack(good), b = unpack(bad);
    printf("%d\n", a); // expect: 9
    b *= 2;
    printf("%d\n", b); // expect-fault: uninitialised-read
    return 0;
}
