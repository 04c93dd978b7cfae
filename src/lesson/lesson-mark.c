/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Marks name lines of a program: a comment at the end of the line, which a real compiler passes over.
 *
 *     free(name);                  //@free          C, Java, Rust
 *     names.clear()                #@clear          Python
 *
 * They are taken out before the program is shown or compiled, with the white space before them. Lines stay lines. */

#include "lesson-mark.h"

#include <string.h>

static void
mark_free (gpointer data)
{
  LessonMark *mark = data;

  g_free (mark->name);
  g_free (mark);
}

/* What a mark begins with in a language: "//@" or "#@". */
const char *
lesson_mark_get_sign (LessonLanguage language)
{
  return language == LESSON_LANGUAGE_PYTHON ? "#@" : "//@";
}

static const char *
skip_space_back (const char *begin, const char *end)
{
  while (end > begin && g_ascii_isspace (end[-1]))
    end--;
  return end;
}

/* The mark's name in a line, or NULL: the line ends in the sign, a slug and perhaps white space. */
static const char *
find_mark (const char *line, const char *end, const char *sign, gsize *n_bytes)
{
  const char *last = skip_space_back (line, end);
  const char *found = g_strrstr_len (line, last - line, sign);
  const char *name = found != NULL ? found + strlen (sign) : NULL;

  if (name == NULL || !lesson_word_is_slug (name, last - name))
    return NULL;
  *n_bytes = last - name;
  return name;
}

/* The program without its marks (transfer full). *marks: the marks in the order of their lines (transfer full), each with the
 * place of its name within text as a span that counts from 1. */
char *
lesson_mark_strip (const char *text, LessonLanguage language, GPtrArray **marks)
{
  const char *sign = lesson_mark_get_sign (language);
  GString *stripped = g_string_new (NULL);
  guint line = 1;

  *marks = g_ptr_array_new_with_free_func (mark_free);
  for (const char *p = text; *p != '\0'; line++)
    {
      const char *end = p + strcspn (p, "\n");
      gsize n_bytes;
      const char *name = find_mark (p, end, sign, &n_bytes);

      if (name != NULL)
        {
          LessonMark *mark = g_new0 (LessonMark, 1);
          const char *code_end = skip_space_back (p, name - strlen (sign));

          mark->name = g_strndup (name, n_bytes);
          mark->line = line;
          mark->span = (TextSpan){ name - text + 1, name - text + 1 + n_bytes };
          g_ptr_array_add (*marks, mark);
          g_string_append_len (stripped, p, code_end - p);
        }
      else
        g_string_append_len (stripped, p, end - p);
      if (*end == '\n')
        g_string_append_c (stripped, '\n');
      p = *end == '\n' ? end + 1 : end;
    }
  return g_string_free (stripped, FALSE);
}
