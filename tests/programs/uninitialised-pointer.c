/* SPDX-License-Identifier: CC0-1.0 */
// A pointer that was never set is followed.
int main(void)
{
    int *p;
    int n = 3;
    if (n == 4)
        p = &n;
    *p = 5; // expect-fault: uninitialised-read
    return n;
}
