/* SPDX-License-Identifier: CC0-1.0 */
// strcat onto a text constant.
#include <ctype.h>
#include <string.h>

int main(void)
{
    char *text = "ab\0cd";
    strcat(text, "x"); // expect-fault: read-only-write
    return 0;
}
