/* SPDX-License-Identifier: CC0-1.0 */
// An array whose length is known only when it runs.
int main(void)
{
    int n = 3;
    int list[n]; // expect-unsupported
    list[0] = 1;
    return list[0];
}
