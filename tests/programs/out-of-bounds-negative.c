/* SPDX-License-Identifier: CC0-1.0 */
// A negative index into a local array.
int main(void)
{
    int list[5] = { 1, 2, 3, 4, 5 }, i = 5, sum = 0;
    while (sum >= 0)
        sum += list[--i]; // expect-fault: out-of-bounds
    return sum;
}
