/* SPDX-License-Identifier: CC0-1.0 */
// A list whose tail leads back: the recursion over it never ends. Two functions in turn; told where the call no longer fits.
struct node { struct node *next; };

static int length(const struct node *n)
{
    return n ? 1 + length(n->next) : 0; // expect-fault: stack-overflow
}

int main(void)
{
    struct node a, b = { &a };
    a.next = &b;
    return length(&a);
}
