/* SPDX-License-Identifier: CC0-1.0 */
// A function of the library that is not there is named where it is called.
#include <stdio.h>

int main(void)
{
    FILE *f = fopen("file", "r"); // expect-unsupported
    return f == NULL;
}
