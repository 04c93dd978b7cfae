/* SPDX-License-Identifier: CC0-1.0 */
// A shift by a negative number (UBSan; C11 6.5.7p3).
int main(void)
{
    int by = 2, n = 64;
    n >>= by;
    by -= 5;
    n >>= by; // expect-fault: bad-shift
    return n;
}
