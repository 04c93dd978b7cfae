/* SPDX-License-Identifier: CC0-1.0 */
// && and || evaluate their right side only when it matters; ?: only one of two; the comma both.
#include <stdio.h>

static int calls;

static int say(int value)
{
    calls++;
    printf("<%d>", value);
    return value;
}

int main(void)
{
    int *nothing = NULL;
    int r;

    r = say(0) && say(1);
    printf(" %d\n", r); // expect: <0> 0
    r = say(2) || say(3);
    printf(" %d\n", r); // expect: <2> 1
    r = say(4) && say(5) && say(0) && say(6);
    printf(" %d\n", r); // expect: <4><5><0> 0
    r = say(0) || say(0) || say(7);
    printf(" %d\n", r); // expect: <0><0><7> 1
    r = say(0) || say(1) && say(0);
    printf(" %d\n", r); // expect: <0><1><0> 0
    r = say(1) ? say(8) : say(9);
    printf(" %d\n", r); // expect: <1><8> 8
    r = (say(1), say(2), say(3));
    printf(" %d\n", r); // expect: <1><2><3> 3
    if (nothing != NULL && *nothing == 3)
        puts("never");
    if (nothing == NULL || *nothing == 3)
        puts("guarded"); // expect: guarded
    r = !say(0) == !say(5);
    printf(" %d\n", r); // expect: <0><5> 0
    while (say(calls > 18 ? 0 : calls) && calls < 100)
        ;
    printf(" %d\n", calls); // expect: <18><0> 20
    const char *text = "ab";
    int length = 0;
    while (text[length] && ++length)
        ;
    printf("%d %d\n", length, length && 7); // expect: 2 1
    return 0;
}
