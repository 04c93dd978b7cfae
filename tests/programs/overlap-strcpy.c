/* SPDX-License-Identifier: CC0-1.0 */
// strcpy within one text.
#include <string.h>

int main(void)
{
    char text[16] = "shift me";
    strcpy(text, text + 2); // expect-fault: overlap
    return 0;
}
