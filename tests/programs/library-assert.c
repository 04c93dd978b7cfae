/* SPDX-License-Identifier: CC0-1.0 */
// assert that holds says nothing; EXIT_FAILURE is 1.
#include <assert.h>
#include <stdlib.h>

int main(void)
{
    int n = 3;
    assert(n == 3);
    assert(n > 2 && "with a text");
    return n == 3 ? EXIT_FAILURE : EXIT_SUCCESS; // expect-exit: 1
}
