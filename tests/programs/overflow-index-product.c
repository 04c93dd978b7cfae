/* SPDX-License-Identifier: CC0-1.0 */
// The size of an image: the product is computed in int (UBSan).
#include <stdlib.h>

int main(void)
{
    int width = 65536, height = 32768;
    long pixels = width * height; // expect-fault: overflow
    return pixels > 0;
}
