/* SPDX-License-Identifier: CC0-1.0 */
// A text that grows: appended in pieces, numbers formatted into it, joined, cut out again.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct builder { char *text; size_t length, room; };

static void append(struct builder *b, const char *piece)
{
    size_t n = strlen(piece);
    if (b->length + n + 1 > b->room) {
        b->room = (b->length + n + 1) * 3 / 2;
        b->text = realloc(b->text, b->room);
    }
    memcpy(b->text + b->length, piece, n + 1);
    b->length += n;
}

static void append_number(struct builder *b, long n)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%ld", n);
    append(b, digits);
}

int main(void)
{
    struct builder b = { NULL, 0, 0 };
    append(&b, "");
    for (int i = 1; i <= 10; i++) {
        if (i > 1)
            append(&b, ", ");
        append_number(&b, i * i * (i % 2 ? 1 : -1));
    }
    printf("%s (%zu)\n", b.text, b.length); // expect: 1, -4, 9, -16, 25, -36, 49, -64, 81, -100 (41)
    char *comma = strchr(b.text, ',');
    *comma = '\0';
    printf("%s|%s\n", b.text, comma + 2); // expect: 1|-4, 9, -16, 25, -36, 49, -64, 81, -100
    free(b.text);
    return 0;
}
