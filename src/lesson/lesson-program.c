/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The programs of a lesson: their text comes from the lesson or from a file beside it, and their marks are taken out. */

#include "lesson-program.h"

#include "lesson-bytes.h"
#include "lesson-mark.h"
#include "lesson-report.h"
#include "lesson-scan.h"

#include <string.h>

/* Whether the name stays beside the lesson: relative, no "..", and only signs that are the same in every file system. */
static gboolean
is_inside (const char *name)
{
  static const char signs[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-";

  return *name != '/' && strstr (name, "..") == NULL && strspn (name, signs) == strlen (name);
}

static void
refuse_file (Lesson *lesson, const LessonProgram *program, TextDiagnostics *diagnostics,
             TextMessage *message)
{
  lesson_report (diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_VALUE,
                 lesson_get_span (lesson, program->place, "file"), message, NULL);
}

/* Reads the sidecar file into program->text. Returns the place of its first byte in the map, 0 when there is no text. */
static guint32
read_sidecar (Lesson *lesson, LessonProgram *program, const char *folder,
              TextDiagnostics *diagnostics)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (folder, program->file, NULL);
  g_autofree char *text = NULL;
  gsize n_bytes;

  if (!is_inside (program->file))
    {
      refuse_file (lesson, program, diagnostics, text_message_new (TEXT_LESSON_FILE_OUTSIDE, ""));
      return 0;
    }
  text = lesson_bytes_read (path, LESSON_MAX_BYTES, &n_bytes, &error);
  if (text == NULL)
    {
      refuse_file (lesson, program, diagnostics,
                   text_message_new (TEXT_LESSON_FILE_UNREADABLE, "s", error->message));
      return 0;
    }
  if (!g_utf8_validate_len (text, n_bytes, NULL))
    {
      refuse_file (lesson, program, diagnostics,
                   text_message_new (TEXT_LESSON_FILE_NOT_TEXT, "s", path));
      return 0;
    }
  program->text = g_steal_pointer (&text);
  return text_map_add (lesson->map, path, program->text, n_bytes, TEXT_ORIGIN_USER);
}

static TextSpan
find_span_in_sidecar (const LessonMark *mark, guint32 base)
{
  return (TextSpan){ base + mark->span.begin - 1, base + mark->span.end - 1 };
}

/* The mark's name in the lesson's file. A slug has no escapes, so it stands there as it is: right before the closing quote. */
static TextSpan
find_span_in_lesson (Lesson *lesson, const LessonProgram *program, const LessonMark *mark)
{
  guint list = lesson_places_child (lesson->places, program->place, "source");
  guint item = lesson_places_item (lesson->places, list, mark->line - 1);
  TextSpan line = lesson_places_get_value (lesson->places, item);
  TextSpan name = { line.end - 1 - strlen (mark->name), line.end - 1 };
  g_autofree char *text = text_map_dup_span (lesson->map, name);

  return strcmp (text, mark->name) == 0 ? name : line;
}

static void
refuse_duplicate_marks (const LessonProgram *program, TextDiagnostics *diagnostics)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < program->marks->len; i++)
    {
      const LessonMark *mark = g_ptr_array_index (program->marks, i);
      const LessonMark *first = g_hash_table_lookup (seen, mark->name);

      if (first != NULL)
        {
          TextDiagnostic *diagnostic = lesson_report (
              diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_DUPLICATE_MARK, mark->span,
              text_message_new (TEXT_LESSON_DUPLICATE_MARK, "s", mark->name),
              text_message_new (TEXT_LESSON_HELP_MARK, ""));

          text_diagnostic_add_label (diagnostic, first->span,
                                     text_message_new (TEXT_LESSON_FIRST_HERE, ""));
          return;
        }
      g_hash_table_insert (seen, mark->name, (gpointer)mark);
    }
}

/* Fetches the program's text, if it has any, and takes the marks out of it. folder: where sidecar files stand. */
void
lesson_program_prepare (Lesson *lesson, LessonProgram *program, const char *folder,
                        TextDiagnostics *diagnostics)
{
  gboolean has_source
      = lesson_places_child (lesson->places, program->place, "source") != LESSON_NO_PLACE;
  gboolean has_file
      = lesson_places_child (lesson->places, program->place, "file") != LESSON_NO_PLACE;
  guint32 base = 0;
  g_autofree char *marked = NULL;

  if (has_source == has_file)
    {
      lesson_report (
          diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_MISSING,
          lesson_get_span (lesson, program->place, NULL),
          text_message_new (has_file ? TEXT_LESSON_TWO_SOURCES : TEXT_LESSON_NO_SOURCE, ""), NULL);
      return;
    }
  if (program->file != NULL)
    base = read_sidecar (lesson, program, folder, diagnostics);
  if (program->text == NULL)
    return;
  marked = g_steal_pointer (&program->text);
  program->text = lesson_mark_strip (marked, program->language, &program->marks);
  for (guint i = 0; i < program->marks->len; i++)
    {
      LessonMark *mark = g_ptr_array_index (program->marks, i);

      mark->span = base > 0 ? find_span_in_sidecar (mark, base)
                            : find_span_in_lesson (lesson, program, mark);
    }
  refuse_duplicate_marks (program, diagnostics);
}
