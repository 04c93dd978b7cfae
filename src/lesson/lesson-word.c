/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of words, finding one, and guessing which one was meant: see lesson-word.h. */

#include "lesson-word.h"

#include <string.h>

/* Longer words are not compared letter by letter. */
#define MAX_GUESS_BYTES 64

#define LESSON_WORDS(list, type) const char *const lesson_words_##list[] = {
#define LESSON_WORD(list, id, word) word,
#define LESSON_WORDS_END(type)                                                                     \
  NULL                                                                                             \
  }                                                                                                \
  ;
#include "lesson-word.def"
#undef LESSON_WORDS
#undef LESSON_WORD
#undef LESSON_WORDS_END

/* The enum's value of a word, 0 when it is not in the list. */
guint
lesson_word_find (const char *const *words, const char *word)
{
  for (guint i = 0; words[i] != NULL; i++)
    if (strcmp (words[i], word) == 0)
      return i + 1;
  return 0;
}

/* The word of an enum's value; NULL for 0, which is not given. */
const char *
lesson_word_get_name (const char *const *words, guint value)
{
  return value > 0 ? words[value - 1] : NULL;
}

/* Whether the text is small letters and digits with single hyphens between them. */
gboolean
lesson_word_is_slug (const char *text, gsize n_bytes)
{
  gboolean after_hyphen = TRUE;

  for (gsize i = 0; i < n_bytes; i++)
    {
      gboolean is_hyphen = text[i] == '-';

      if (is_hyphen ? after_hyphen : !g_ascii_islower (text[i]) && !g_ascii_isdigit (text[i]))
        return FALSE;
      after_hyphen = is_hyphen;
    }
  return !after_hyphen;
}

/* How many letters must be written, left out, replaced or swapped with their neighbour to get from one word to the other:
 * the restricted Damerau-Levenshtein distance, in three rows of the table. Small and capital letters count as the same. */
static guint
measure_distance (const char *from, const char *to)
{
  guint rows[3][MAX_GUESS_BYTES + 1];
  guint n = strlen (to);

  for (guint j = 0; j <= n; j++)
    rows[0][j] = j;
  for (guint i = 1; from[i - 1] != '\0'; i++)
    {
      guint *row = rows[i % 3];
      const guint *above = rows[(i + 2) % 3];
      const guint *two_above = rows[(i + 1) % 3];

      row[0] = i;
      for (guint j = 1; j <= n; j++)
        {
          char a = g_ascii_tolower (from[i - 1]);
          char b = g_ascii_tolower (to[j - 1]);

          row[j] = MIN (MIN (row[j - 1], above[j]) + 1, above[j - 1] + (a != b));
          if (i > 1 && j > 1 && a == g_ascii_tolower (to[j - 2])
              && b == g_ascii_tolower (from[i - 2]))
            row[j] = MIN (row[j], two_above[j - 2] + 1);
        }
    }
  return rows[strlen (from) % 3][n];
}

/* The word of the list (NULL behind the last) that was probably meant, or NULL: at most a third of the letters may differ. */
const char *
lesson_word_guess (const char *const *words, const char *word)
{
  const char *best = NULL;
  guint best_distance = strlen (word) / 3 + 1;

  if (strlen (word) > MAX_GUESS_BYTES)
    return NULL;
  for (guint i = 0; words[i] != NULL; i++)
    {
      guint distance;

      if (strlen (words[i]) > MAX_GUESS_BYTES)
        continue;
      distance = measure_distance (word, words[i]);
      if (distance < best_distance)
        {
          best = words[i];
          best_distance = distance;
        }
    }
  return best;
}
