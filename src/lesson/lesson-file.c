/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading a lesson file: strict JSON (lesson-scan.c), its format's version (here), its members (lesson-build.c), its programs
 * and marks (lesson-program.c), and what must hold between them (lesson-check.c). Each step needs the one before. */

#include "lesson-file.h"

#include "lesson-build.h"
#include "lesson-bytes.h"
#include "lesson-check.h"
#include "lesson-program.h"
#include "lesson-report.h"
#include "lesson-scan.h"
#include "lesson-shape.h"

#include <string.h>

#define FORMAT_PREFIX "heapwise-lesson/"
#define THIS_FORMAT                                                                                \
  FORMAT_PREFIX G_STRINGIFY (LESSON_FORMAT_MAJOR) "." G_STRINGIFY (LESSON_FORMAT_MINOR)

static Lesson *
new_lesson (TextMap *map)
{
  Lesson *lesson = g_atomic_rc_box_new0 (Lesson);

  lesson_shape_init (&lesson_shape_lesson, lesson);
  lesson->map = text_map_ref (map);
  return lesson;
}

/* The tree of bytes that the scan has let through. */
static JsonNode *
build_tree (const char *bytes, gsize n_bytes, TextSpan place, TextDiagnostics *diagnostics)
{
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();
  g_autoptr (GError) error = NULL;

  if (json_parser_load_from_data (parser, bytes, n_bytes, &error))
    return json_parser_steal_root (parser);
  lesson_report (diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_JSON, place,
                 text_message_new (TEXT_LESSON_UNREADABLE, "s", error->message), NULL);
  return NULL;
}

/* MAJOR.MINOR, each without zeros in front and short enough to be a number. */
static gboolean
read_version (const char *text, guint64 *major, guint64 *minor)
{
  char *end;
  const char *point = strchr (text, '.');

  if (point == NULL || point - text > 6 || strlen (point + 1) > 6 || !g_ascii_isdigit (text[0])
      || !g_ascii_isdigit (point[1]) || (text[0] == '0' && point != text + 1)
      || (point[1] == '0' && point[2] != '\0'))
    return FALSE;
  *major = g_ascii_strtoull (text, &end, 10);
  if (end != point)
    return FALSE;
  *minor = g_ascii_strtoull (point + 1, &end, 10);
  return *end == '\0';
}

static void
refuse_format (TextDiagnostics *diagnostics, TextSpan span, TextMessage *message)
{
  lesson_report (diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_FORMAT, span, message,
                 text_message_new (TEXT_LESSON_HELP_FORMAT, "s", THIS_FORMAT));
}

/* A known format of this major: TRUE. A later minor gets a warning. */
static gboolean
check_version (Lesson *lesson, const char *format, TextDiagnostics *diagnostics)
{
  TextSpan span = lesson_get_span (lesson, LESSON_PLACE_ROOT, "format");
  const char *version = format + strlen (FORMAT_PREFIX);
  guint64 major, minor;

  if (!g_str_has_prefix (format, FORMAT_PREFIX) || !read_version (version, &major, &minor)
      || major == 0)
    {
      g_autofree char *quoted = lesson_report_quote (format, strlen (format));

      refuse_format (diagnostics, span, text_message_new (TEXT_LESSON_OTHER_FORMAT, "s", quoted));
      return FALSE;
    }
  if (major > LESSON_FORMAT_MAJOR)
    {
      lesson_report (diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_FORMAT, span,
                     text_message_new (TEXT_LESSON_NEXT_FORMAT, "ss", version,
                                       G_STRINGIFY (LESSON_FORMAT_MAJOR)),
                     text_message_new (TEXT_LESSON_HELP_NEXT_FORMAT, ""));
      return FALSE;
    }
  lesson->is_newer = minor > LESSON_FORMAT_MINOR;
  if (lesson->is_newer)
    lesson_report (diagnostics, TEXT_SEVERITY_WARNING, LESSON_CODE_FORMAT, span,
                   text_message_new (TEXT_LESSON_NEWER_FORMAT, "ss", version,
                                     THIS_FORMAT + strlen (FORMAT_PREFIX)),
                   text_message_new (TEXT_LESSON_HELP_NEWER_FORMAT, ""));
  return TRUE;
}

/* Whether the file is a lesson that this version can read. */
static gboolean
check_format (Lesson *lesson, TextDiagnostics *diagnostics)
{
  TextSpan start = lesson_places_get_start (lesson->places, LESSON_PLACE_ROOT);
  JsonObject *object;
  JsonNode *format;

  object = JSON_NODE_HOLDS_OBJECT (lesson->root) ? json_node_get_object (lesson->root) : NULL;
  format = object != NULL ? json_object_get_member (object, "format") : NULL;
  if (format != NULL && json_node_get_value_type (format) == G_TYPE_STRING)
    return check_version (lesson, json_node_get_string (format), diagnostics);
  if (format != NULL)
    refuse_format (diagnostics, lesson_get_span (lesson, LESSON_PLACE_ROOT, "format"),
                   text_message_new (TEXT_LESSON_WANTS_TEXT, "s", "format"));
  else if (object != NULL && json_object_has_member (object, "programs"))
    refuse_format (diagnostics, start, text_message_new (TEXT_LESSON_NO_FORMAT, ""));
  else
    lesson_report (diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_FORMAT, start,
                   text_message_new (TEXT_LESSON_NOT_A_LESSON, ""), NULL);
  return FALSE;
}

/* A lesson that names no runs has one. */
static void
add_default_run (Lesson *lesson)
{
  LessonRun *run;

  if (lesson->runs->len > 0)
    return;
  run = lesson_shape_add_item (&lesson_shape_run, lesson->runs);
  run->id = g_strdup ("run");
}

static Lesson *
parse_lesson (TextMap *map, const char *name, const char *folder, const char *bytes, gsize n_bytes,
              TextDiagnostics *diagnostics)
{
  g_autoptr (Lesson) lesson = new_lesson (map);
  guint n_errors = diagnostics->n_errors;
  guint32 base;

  /* A byte-order mark is no part of the text: columns are counted behind it. */
  if (n_bytes >= 3 && memcmp (bytes, "\xef\xbb\xbf", 3) == 0)
    {
      bytes += 3;
      n_bytes -= 3;
    }
  /* One byte too many is enough to see that there are too many. */
  base = text_map_add (map, name, bytes, MIN (n_bytes, LESSON_MAX_BYTES + 1), TEXT_ORIGIN_USER);
  lesson->places = lesson_scan (map, base, diagnostics);
  if (lesson->places == NULL)
    return NULL;
  lesson->root = build_tree (
      bytes, n_bytes, lesson_places_get_start (lesson->places, LESSON_PLACE_ROOT), diagnostics);
  if (lesson->root == NULL || !check_format (lesson, diagnostics))
    return NULL;
  lesson_build (lesson, diagnostics);
  for (guint i = 0; i < lesson->programs->len; i++)
    lesson_program_prepare (lesson, g_ptr_array_index (lesson->programs, i), folder, diagnostics);
  add_default_run (lesson);
  lesson_check (lesson, diagnostics);
  return diagnostics->n_errors == n_errors ? g_steal_pointer (&lesson) : NULL;
}

/* Reads the lesson in a file. What is wrong with it goes to diagnostics, each finding with its place in map; with an error
 * among them there is no lesson, and with warnings alone there is. error is set only for trouble with the file itself: not
 * there, not readable, a folder, too large (GIOError, the message names the path). (transfer full) (nullable) */
Lesson *
lesson_load (TextMap *map, const char *path, TextDiagnostics *diagnostics, GError **error)
{
  gsize n_bytes;
  g_autofree char *bytes = lesson_bytes_read (path, LESSON_MAX_BYTES, &n_bytes, error);
  g_autofree char *folder = g_path_get_dirname (path);

  if (bytes == NULL)
    return NULL;
  return parse_lesson (map, path, folder, bytes, n_bytes, diagnostics);
}

/* The same for bytes in memory. Programs in files of their own are sought in the current folder. (transfer full) (nullable) */
Lesson *
lesson_parse (TextMap *map, const char *name, const char *bytes, gsize n_bytes,
              TextDiagnostics *diagnostics)
{
  return parse_lesson (map, name, ".", bytes, n_bytes, diagnostics);
}
