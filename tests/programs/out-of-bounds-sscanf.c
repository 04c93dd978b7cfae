/* SPDX-License-Identifier: CC0-1.0 */
#include <stdio.h>

int main(void)
{
    char word[4];
    sscanf("cat dog", "%s", word);
    puts(word); // expect: cat
    sscanf("mouse", "%s", word); // expect-fault: out-of-bounds
    puts(word);
    return 0;
}
