/* SPDX-License-Identifier: CC0-1.0 */
// strcpy into an array that is too short.
#include <stdio.h>
#include <string.h>

int main(void)
{
    char name[8];
    strcpy(name, "fits in");
    puts(name); // expect: fits in
    strcpy(name, "does not"); // expect-fault: out-of-bounds
    puts(name);
    return 0;
}
