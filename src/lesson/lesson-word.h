/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* One enum for each list of words in lesson-word.def: LESSON_LANGUAGE_NONE, LESSON_LANGUAGE_C … */
#define LESSON_WORDS(list, type)                                                                   \
  typedef enum                                                                                     \
  {                                                                                                \
    LESSON_##list##_NONE,
#define LESSON_WORD(list, id, word) LESSON_##list##_##id,
#define LESSON_WORDS_END(type)                                                                     \
  }                                                                                                \
  type;
#include "lesson-word.def"
#undef LESSON_WORDS
#undef LESSON_WORD
#undef LESSON_WORDS_END

/* And the words themselves, NULL behind the last: word i is the enum's value i + 1. */
#define LESSON_WORDS(list, type) extern const char *const lesson_words_##list[];
#define LESSON_WORD(list, id, word)
#define LESSON_WORDS_END(type)
#include "lesson-word.def"
#undef LESSON_WORDS
#undef LESSON_WORD
#undef LESSON_WORDS_END

gboolean lesson_word_is_slug (const char *text, gsize n_bytes);
guint lesson_word_find (const char *const *words, const char *word);
const char *lesson_word_get_name (const char *const *words, guint value);
const char *lesson_word_guess (const char *const *words, const char *word);

G_END_DECLS
