/* SPDX-License-Identifier: CC0-1.0 */
// A switch on a value that was computed from an undefined one.
int main(void)
{
    int state;
    int next = state + 1;
    switch (next) { // expect-fault: uninitialised-read
    case 1:
        return 1;
    }
    return 0;
}
