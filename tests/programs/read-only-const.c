/* SPDX-License-Identifier: CC0-1.0 */
// A const global whose const was cast away.
static const int limits[2] = { 1, 2 };

int main(void)
{
    int *p = (int *)&limits[1];
    *p = 3; // expect-fault: read-only-write
    return limits[1];
}
