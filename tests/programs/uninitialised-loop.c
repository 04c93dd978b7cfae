/* SPDX-License-Identifier: CC0-1.0 */
// A loop's bound without a value; the array was only partly written.
#include <stdio.h>

int main(void)
{
    int list[5], most = 0;
    for (int i = 0; i < 4; i++)
        list[i] = i;
    for (int i = 0; i < 5; i++)
        if (list[i] > most) // expect-fault: uninitialised-read
            most = list[i];
    printf("%d\n", most);
    return 0;
}
