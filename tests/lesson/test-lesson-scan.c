/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Strict JSON: what is refused, where, with which words; and what is let through. */

#include "lesson/lesson-file.h"
#include "lesson/lesson-scan.h"

#include <string.h>

typedef struct
{
  const char *json;
  guint line;
  guint column;
  const char *sentence; /* part of the finding's first line */
  const char *help;     /* part of its last */
} Row;

/* clang-format off */
static const Row refused[] = {
  { "", 1, 1, "the file is empty", "copy a lesson that works" },
  { " \n\t ", 2, 3, "the file is empty", "copy a lesson that works" },
  { "{", 1, 2, "ends before the lesson does", "close what is open with `}`" },
  { "[1, [2, {\"a\": [", 1, 16, "ends before the lesson does", "with `]}]]`" },
  { "{\"a\"", 1, 5, "ends before the lesson does", "`}`" },
  { "{\"a\":", 1, 6, "ends before the lesson does", "`}`" },
  { "{\"a\": 1", 1, 8, "ends before the lesson does", "`}`" },
  { "{\"a\": tru", 1, 10, "ends before the lesson does", "`}`" },
  { "{\"a\": -", 1, 8, "ends before the lesson does", "`}`" },
  { "{\"a\": 1.", 1, 9, "ends before the lesson does", "`}`" },
  { "{\"a\": \"tex", 1, 11, "ends inside a text", "`\"`" },
  { "{\"a\": \"tex\\", 1, 12, "ends inside a text", "`\"`" },
  { "{\"a\": \"tex\\u00", 1, 15, "ends inside a text", "`\"`" },
  { "{\"a\": \"\\u1\"}", 1, 8, "four hexadecimal digits", "\\u00e9" },
  { "{\"a\": \"\\u12g4\"}", 1, 8, "four hexadecimal digits", "\\u00e9" },
  { "// a lesson\n{}", 1, 1, "JSON has no comments", "use a `comment` member" },
  { "{\n  /* notes */ \"a\": 1}", 2, 3, "JSON has no comments", "use a `comment` member" },
  { "{\"a\": 1} # end", 1, 10, "JSON has no comments", "use a `comment` member" },
  { "{\n<<<<<<< HEAD\n\"a\": 1}", 2, 1, "a merge conflict", "keep one of the two sides" },
  { "{\"a\": 1\n=======\n}", 2, 1, "a merge conflict", "keep one of the two sides" },
  { "{\"a\": 1\n>>>>>>> side\n}", 2, 1, "a merge conflict", "keep one of the two sides" },
  { "[1, 2,]", 1, 6, "nothing follows this comma", "delete the comma" },
  { "{\"a\": 1,\n}", 1, 8, "nothing follows this comma", "delete the comma" },
  { "[,1]", 1, 2, "a comma too many", "delete the comma" },
  { "[1,,2]", 1, 4, "a comma too many", "delete the comma" },
  { "{,}", 1, 2, "a comma too many", "delete the comma" },
  { "{\"a\": 1\n \"b\": 2}", 1, 8, "a comma is missing", "write a comma" },
  { "[1 2]", 1, 3, "a comma is missing", "write a comma" },
  { "[{} {}]", 1, 4, "a comma is missing", "write a comma" },
  { "[\"say \"no\" now\"]", 1, 8, "a comma is missing", "inside a text" },
  { "{\"a\" 1}", 1, 5, "a colon is missing", "\"name\": value" },
  { "{\"a\", 1}", 1, 5, "a colon is missing", "\"name\": value" },
  { "[\"a\": 1]", 1, 5, "a colon stands behind", "\"name\": value" },
  { "{\"a\":}", 1, 6, "a value is missing", "write a text" },
  { "{\"a\"::1}", 1, 6, "a value is missing", "write a text" },
  { "{[1]}", 1, 2, "the name of a member is missing", "\"name\": value" },
  { "{1: 2}", 1, 2, "stands in double quotes", "\"name\": value" },
  { "{title: 2}", 1, 2, "stands in double quotes", "\"name\": value" },
  { "{'a': 1}", 1, 2, "texts in double quotes", "inside a text" },
  { "[`a`]", 1, 2, "texts in double quotes", "inside a text" },
  { "{“a”: 1}", 1, 2, "straight quotes", "inside a text" },
  { "[True]", 1, 2, "`True` is no JSON value", "write `true`" },
  { "[None]", 1, 2, "`None` is no JSON value", "write `null`" },
  { "[NaN]", 1, 2, "`NaN` is no JSON value", "write `null`" },
  { "[-Infinity]", 1, 2, "`-Infinity` is no JSON value", "write `null`" },
  { "[nonsense]", 1, 2, "`nonsense` is no JSON value", "in double quotes" },
  { "[größer]", 1, 2, "`größer` is no JSON value", "in double quotes" },
  { "[truely]", 1, 2, "`truely` is no JSON value", "in double quotes" },
  { "[1;2]", 1, 3, "no meaning in JSON", "delete it" },
  { "[\"é\", \xc2\xa0 1]", 1, 7, "no meaning in JSON", "delete it" },
  { "[\"one\ntwo\"]", 1, 2, "ends on the line", "write \\n" },
  { "[\"one\r\ntwo\"]", 1, 2, "ends on the line", "write \\n" },
  { "[\"a\tb\"]", 1, 4, "a control character", "\\t for a tab" },
  { "[\"\x1b[0m\"]", 1, 3, "a control character", "\\t for a tab" },
  { "[\"C:\\q\"]", 1, 5, "knows no `\\q`", "\\\\ for a backslash" },
  { "[\"\\é\"]", 1, 3, "knows no `\\é`", "\\\\ for a backslash" },
  { "[\"a\\\nb\"]", 1, 4, "knows no `\\`", "\\\\ for a backslash" },
  { "[\"\\ud83d\"]", 1, 3, "half a character", "the character itself" },
  { "[\"\\ud83d\\u0041\"]", 1, 3, "half a character", "the character itself" },
  { "[\"\\ude00\"]", 1, 3, "half a character", "the character itself" },
  { "[\"a\\u0000b\"]", 1, 4, "cannot hold the character NUL", "delete it" },
  { "[0x10]", 1, 2, "decimal numbers only", "in decimal digits" },
  { "[012]", 1, 2, "does not begin with a zero", "delete the zeros" },
  { "[-01]", 1, 2, "does not begin with a zero", "delete the zeros" },
  { "[+1]", 1, 2, "does not begin with a plus", "delete the plus" },
  { "[.5]", 1, 2, "both sides of a decimal point", "0.5" },
  { "[5.]", 1, 2, "both sides of a decimal point", "0.5" },
  { "[1e]", 1, 2, "behind the exponent's `e`", "write the digits" },
  { "[1e+]", 1, 2, "behind the exponent's `e`", "write the digits" },
  { "[-]", 1, 2, "behind the minus", "write the digits" },
  { "[1_000]", 1, 2, "`1_000` is no JSON value", "in double quotes" },
  { "[12abc]", 1, 2, "`12abc` is no JSON value", "in double quotes" },
  { "[9007199254740993]", 1, 2, "beyond 2^53", "write it as a text" },
  { "[-9007199254740993]", 1, 2, "beyond 2^53", "write it as a text" },
  { "[99999999999999999999999999]", 1, 2, "beyond 2^53", "write it as a text" },
  { "[1e400]", 1, 2, "too large", "write it as a text" },
  { "{\"a\": 1}\n{\"b\": 2}", 2, 1, "more text follows", "one file holds one lesson" },
  { "{\"a\": 1}}", 1, 9, "more text follows", "one file holds one lesson" },
  { "]", 1, 1, "closes nothing", "delete it" },
  { "[1}", 1, 3, "does not fit", "with `]`" },
  { "[1, }", 1, 5, "does not fit", "with `]`" },
  { "{\"a\": 1]", 1, 8, "does not fit", "with `}`" },
  { "{\"a\": 1, \"b\": 2, \"a\": 3}", 1, 18, "`a` stands twice", "rename one" },
  { "{\"é\": 1,\n \"\\u00e9\": 3}", 2, 2, "`é` stands twice", "rename one" },
  { "[\"\xff\"]", 1, 3, "not UTF-8", "as UTF-8" },
  { "[\"\xc0\x80\"]", 1, 3, "not UTF-8", "as UTF-8" },
  { "\xff\xfe{", 1, 1, "not UTF-8", "as UTF-8" },
  { "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", 1, 33, "more than 32 deep", "bracket missing" },
};

static const char *const accepted[] = {
  "{}", "[]", "null", " [ ] ", "\"\"", "0", "-0", "[1, -1, 0.5, -0.5e-3, 1E5, 1e+5, 123e0]",
  "[9007199254740992, -9007199254740992]", "[1e308, 1e-400]",
  "{\"a\": {\"a\": {\"a\": 1}}, \"b\": [{\"a\": 1}, {\"a\": 2}]}",
  "[\"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00e9 \\ud83d\\ude00 \x7f é 😀\"]",
  "[true, false, null]", "[\r\n1,\r\n2\r\n]", "{\"\": 1, \"/\": 2, \"~\": 3}",
  "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]",
};
/* clang-format on */

/* Scans bytes and checks that a refusal is one finding, and no refusal none. The finding as text, or NULL. */
static char *
scan_bytes (const char *bytes, gsize n_bytes)
{
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  guint32 base = text_map_add (map, "x", bytes, n_bytes, TEXT_ORIGIN_USER);
  LessonPlaces *places = lesson_scan (map, base, diagnostics);

  if (places != NULL)
    {
      lesson_places_free (places);
      g_assert_cmpuint (diagnostics->list->len, ==, 0);
      return NULL;
    }
  g_assert_cmpuint (diagnostics->list->len, ==, 1);
  g_assert_cmpuint (diagnostics->n_errors, ==, 1);
  return text_diagnostic_render (g_ptr_array_index (diagnostics->list, 0), map);
}

static void
test_refused (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *text = scan_bytes (row->json, strlen (row->json));
  g_autofree char *place = g_strdup_printf ("x:%u:%u: error[L01]: ", row->line, row->column);
  char *first_line_end, *help;

  g_assert_nonnull (text);
  g_test_message ("%s", text);
  g_assert_true (g_str_has_prefix (text, place));
  first_line_end = strchr (text, '\n');
  g_assert_nonnull (g_strstr_len (text, first_line_end - text, row->sentence));
  help = g_strrstr (text, "help: ");
  g_assert_nonnull (help);
  g_assert_nonnull (strstr (help, row->help));
}

static void
test_accepted (gconstpointer data)
{
  g_autofree char *text = scan_bytes (data, strlen (data));

  g_assert_cmpstr (text, ==, NULL);
}

static void
test_nul (void)
{
  g_autofree char *text = scan_bytes ("[1,\n\0 2]", 8);

  g_assert_true (g_str_has_prefix (text, "x:2:1: error[L01]: there is a NUL byte here"));
}

static void
test_too_large (void)
{
  g_autofree char *bytes = g_strnfill (LESSON_MAX_BYTES + 1, ' ');
  g_autofree char *text = scan_bytes (bytes, LESSON_MAX_BYTES + 1);

  g_assert_nonnull (strstr (text, "larger than 1048576 bytes"));
}

/* Files that are made to use up stack, time or memory. */
static void
test_hostile (void)
{
  g_autofree char *open = g_strnfill (100000, '[');
  g_autofree char *digits = g_strnfill (500000, '1');
  g_autofree char *refused_depth = scan_bytes (open, 100000);
  g_autofree char *refused_digits = scan_bytes (digits, 500000);
  g_autoptr (GString) many = g_string_new ("[0");
  g_autoptr (GString) members = g_string_new ("{\"a\": 0");
  g_autofree char *refused_members = NULL;

  for (guint i = 0; i < 500000; i++)
    g_string_append (many, ",1");
  g_string_append (many, "]");
  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (members, ",\"%u\":1", i);
  g_string_append (members, "}");
  refused_members = scan_bytes (members->str, members->len);
  g_assert_nonnull (strstr (refused_depth, "x:1:33: error[L01]: lists and objects stand more"));
  g_assert_nonnull (strstr (refused_digits, "beyond 2^53"));
  g_assert_null (scan_bytes (many->str, many->len));
  g_assert_nonnull (strstr (refused_members, "more than 4096 members"));
}

/* The labels of a cut file say what is open. */
static void
test_cut_labels (void)
{
  g_autofree char *text = scan_bytes ("{\n \"a\": [\n", 10);

  g_assert_cmpstr (text, ==,
                   "x:3:1: error[L01]: the file ends before the lesson does\n"
                   "    3 | \n"
                   "      | ^\n"
                   "    2 |  \"a\": [\n"
                   "      |       - opened here\n"
                   "    1 | {\n"
                   "      | - opened here\n"
                   "help: get the rest of the file, or close what is open with `]}`\n");
}

static void
test_places (void)
{
  static const char json[] = "{\"a\": [1, {\"b/c\": \"x\"}],\n \"d\": {}}";
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  guint32 base = text_map_add (map, "x", json, strlen (json), TEXT_ORIGIN_USER);
  g_autoptr (LessonPlaces) places = lesson_scan (map, base, diagnostics);
  static const char *const rows[][2] = {
    { "/a", "[1, {\"b/c\": \"x\"}]" }, { "/a/0", "1" }, { "/a/1", "{\"b/c\": \"x\"}" },
    { "/a/1/b~1c", "\"x\"" },          { "/d", "{}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint place = lesson_places_find (places, rows[i][0]);
      g_autofree char *text = NULL;

      g_assert_cmpuint (place, !=, LESSON_NO_PLACE);
      text = text_map_dup_span (map, lesson_places_get_value (places, place));
      g_assert_cmpstr (text, ==, rows[i][1]);
    }
  g_assert_cmpuint (lesson_places_find (places, "/a/2"), ==, LESSON_NO_PLACE);
  g_assert_cmpuint (lesson_places_find (places, "/e/f"), ==, LESSON_NO_PLACE);
  g_assert_cmpuint (lesson_places_find (places, ""), ==, LESSON_PLACE_ROOT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autofree char *path = g_strdup_printf ("/lesson/scan/refused/%02u", i);
      g_test_add_data_func (path, &refused[i], test_refused);
    }
  for (guint i = 0; i < G_N_ELEMENTS (accepted); i++)
    {
      g_autofree char *path = g_strdup_printf ("/lesson/scan/accepted/%02u", i);
      g_test_add_data_func (path, accepted[i], test_accepted);
    }
  g_test_add_func ("/lesson/scan/nul", test_nul);
  g_test_add_func ("/lesson/scan/too-large", test_too_large);
  g_test_add_func ("/lesson/scan/hostile", test_hostile);
  g_test_add_func ("/lesson/scan/cut-labels", test_cut_labels);
  g_test_add_func ("/lesson/scan/places", test_places);
  return g_test_run ();
}
