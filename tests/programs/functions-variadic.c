/* SPDX-License-Identifier: CC0-1.0 */
// Functions of the program with `...`: va_arg of each kind, va_copy, a list handed on, calls through a pointer, the v… functions.
#include <stdarg.h>
#include <stdio.h>

static int sum(int n, ...)
{
    va_list list;
    int total = 0;

    va_start(list, n);
    while (n-- > 0)
        total += va_arg(list, int);
    va_end(list);
    return total;
}

static void show(const char *kinds, va_list list)
{
    for (; *kinds; kinds++)
        switch (*kinds) {
        case 'd': printf("%d ", va_arg(list, int)); break;
        case 'l': printf("%ld ", va_arg(list, long)); break;
        case 'f': printf("%.2f ", va_arg(list, double)); break;
        case 's': printf("%s ", va_arg(list, const char *)); break;
        }
}

static void twice(const char *kinds, ...)
{
    va_list list, again;

    va_start(list, kinds);
    va_copy(again, list);
    show(kinds, list);
    show(kinds, again);
    puts("");
    va_end(again);
    va_end(list);
}

static char *join(char *out, size_t n, const char *format, ...)
{
    va_list list;

    va_start(list, format);
    vsnprintf(out, n, format, list);
    va_end(list);
    return out;
}

static void log_line(const char *format, ...)
{
    va_list list;

    va_start(list, format);
    printf("log: ");
    vprintf(format, list);
    va_end(list);
}

int main(void)
{
    char text[16];
    int (*add)(int, ...) = sum;

    printf("%d %d %d\n", sum(3, 1, 2, 3), sum(0), add(2, 40, sum(1, 2))); // expect: 6 0 42
    twice("dlfs", 'a', 1L << 40, 2.5f, "end"); // expect: 97 1099511627776 2.50 end 97 1099511627776 2.50 end
    puts(join(text, sizeof text, "%s/%d/%c", "seven", 7, 'x')); // expect: seven/7/x
    log_line("%5.1f%% of %s\n", 12.5, "all"); // expect: log:  12.5% of all
    return 0;
}
