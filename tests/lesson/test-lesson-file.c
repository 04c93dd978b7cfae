/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Lesson files: what the model holds, which slips are found, where, and that no file makes the reader fall over. */

#include "lesson/lesson-file.h"
#include "lesson/lesson-mark.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

/* A small lesson without slips; each row below makes one change to it. */
static const char sound[] = //
    "{\"format\": \"heapwise-lesson/1.0\",\n"
    " \"id\": \"two-frees\", \"title\": \"Two frees\", \"language\": \"en\", \"license\": "
    "\"CC0-1.0\",\n"
    " \"minutes\": 5,\n"
    " \"programs\": [{\"id\": \"main\", \"language\": \"c\", \"source\": [\n"
    "  \"int main(void)  //@start\",\n"
    "  \"{\", \"  return 0; //@end\", \"}\"]}],\n"
    " \"machine\": {\"heap\": {\"bytes\": 256}, \"rules\": {\"doubleFree\": \"stop\"}},\n"
    " \"runs\": [{\"id\": \"plain\"}, {\"id\": \"other\", \"program\": \"main\"}],\n"
    " \"view\": {\"regions\": [\"stack\", \"heap\"]},\n"
    " \"notes\": [{\"id\": \"n1\", \"anchor\": {\"mark\": \"end\"}, \"text\": [\"a\", \"b\"]},\n"
    "  {\"id\": \"n2\", \"anchor\": {\"run\": \"other\", \"at\": \"end\"}, \"text\": \"c\"}],\n"
    " \"questions\": [{\"id\": \"q1\", \"kind\": \"which-line\", \"anchor\": {\"at\": \"end\"},\n"
    "  \"prompt\": \"Where?\", \"answer\": \"end\"}],\n"
    " \"expect\": [{\"run\": \"plain\", \"ends\": \"exit\"}]}\n";

typedef struct
{
  const char *from; /* these bytes of the sound lesson, once */
  const char *to;   /* become these */
  const char *code; /* of the one finding */
  guint line;
  guint column;
  const char *sentence; /* part of what is said */
  const char *help;     /* part of the help, NULL for none */
} Row;

/* clang-format off */
static const Row slips[] = {
  /* The format. */
  { "heapwise-lesson/1.0", "heapwise-lesson/2.0", "L02", 1, 12, "needs a Heapwise that reads format 2.0; this one reads format 1", "newer version" },
  { "heapwise-lesson/1.0", "heapwise-lesson/10.3", "L02", 1, 12, "reads format 10.3", "newer version" },
  { "heapwise-lesson/1.0", "heapwise-lesson/0.9", "L02", 1, 12, "is not the format of a lesson", "heapwise-lesson/1.0" },
  { "heapwise-lesson/1.0", "heapwise-lesson/1", "L02", 1, 12, "is not the format of a lesson", "heapwise-lesson/1.0" },
  { "heapwise-lesson/1.0", "heapwise-lesson/1.00", "L02", 1, 12, "is not the format of a lesson", "heapwise-lesson/1.0" },
  { "heapwise-lesson/1.0", "heapwise-lesson/01.0", "L02", 1, 12, "is not the format of a lesson", "heapwise-lesson/1.0" },
  { "heapwise-lesson/1.0", "heapwise-lesson/1.x", "L02", 1, 12, "is not the format of a lesson", "heapwise-lesson/1.0" },
  { "heapwise-lesson/1.0", "heapwise-lesson/1.0.0", "L02", 1, 12, "is not the format of a lesson", "heapwise-lesson/1.0" },
  { "heapwise-lesson/1.0", "heapwise-lesson/1.99999999999999999999", "L02", 1, 12, "is not the format of a lesson", "heapwise-lesson/1.0" },
  { "heapwise-lesson/1.0", "heapwise-course/1.0", "L02", 1, 12, "is not the format of a lesson", "heapwise-lesson/1.0" },
  { "\"heapwise-lesson/1.0\"", "1.0", "L02", 1, 12, "`format` is a text", "heapwise-lesson/1.0" },
  { "\"heapwise-lesson/1.0\"", "null", "L02", 1, 12, "`format` is a text", "heapwise-lesson/1.0" },
  { "\"heapwise-lesson/1.0\"", "[]", "L02", 1, 12, "`format` is a text", "heapwise-lesson/1.0" },
  { "\"format\": \"heapwise-lesson/1.0\",", "", "L02", 1, 1, "does not say its format", "as the first member" },
  /* Members that are missing. */
  { "\"id\": \"two-frees\", ", "", "L03", 1, 1, "`id` is missing", NULL },
  { "\"title\": \"Two frees\", ", "", "L03", 1, 1, "`title` is missing", NULL },
  { ", \"license\": \"CC0-1.0\"", "", "L03", 1, 1, "`license` is missing", NULL },
  { "\"language\": \"c\", ", "", "L03", 4, 15, "`language` is missing", NULL },
  { "\"id\": \"n2\", ", "", "L03", 11, 3, "`id` is missing", NULL },
  { "\"prompt\": \"Where?\", ", "", "L03", 12, 16, "`prompt` is missing", NULL },
  { "\"anchor\": {\"mark\": \"end\"}, ", "", "L03", 10, 12, "`anchor` is missing", NULL },
  { "{\"mark\": \"end\"}", "{}", "L03", 10, 35, "an anchor says where", NULL },
  { "{\"mark\": \"end\"}", "{\"line\": 1}", "L03", 10, 35, "an anchor says where", NULL },
  { "{\"mark\": \"end\"}", "{\"mark\": \"end\", \"at\": \"end\"}", "L03", 10, 35, "an anchor says where once", NULL },
  /* Values. */
  { "\"minutes\": 5", "\"minutes\": \"5\"", "L30", 3, 13, "`minutes` is a whole number", NULL },
  { "\"minutes\": 5", "\"minutes\": 5.5", "L30", 3, 13, "`minutes` is a whole number", NULL },
  { "\"minutes\": 5", "\"minutes\": null", "L30", 3, 13, "`minutes` is a whole number", NULL },
  { "\"minutes\": 5", "\"minutes\": 0", "L30", 3, 13, "`minutes` is at least 1", NULL },
  { "\"minutes\": 5", "\"minutes\": 121", "L30", 3, 13, "`minutes` is at most 120", NULL },
  { "\"minutes\": 5", "\"authors\": {}", "L30", 3, 13, "`authors` is a list", NULL },
  { "\"minutes\": 5", "\"authors\": [1]", "L30", 3, 14, "`authors` is an object", NULL },
  { "\"minutes\": 5", "\"teaches\": \"move\"", "L30", 3, 13, "`teaches` is a list of texts", NULL },
  { "\"minutes\": 5", "\"teaches\": [\"Move\"]", "L30", 3, 14, "`teaches` is a short name", NULL },
  { "\"minutes\": 5", "\"introduction\": 7", "L30", 3, 18, "`introduction` is a text, or a list of lines", NULL },
  { "\"minutes\": 5", "\"introduction\": [\"a\", 7]", "L30", 3, 24, "`introduction` is a text", NULL },
  { "\"minutes\": 5", "\"objectives\": []", "L30", 3, 16, "`objectives` has at least 1 item", NULL },
  { "\"minutes\": 5", "\"status\": \"finished\"", "L30", 3, 12, "`status` is one of: draft, active, deprecated", NULL },
  { "\"two-frees\"", "\"Two-frees\"", "L30", 2, 8, "`id` is a short name", NULL },
  { "\"two-frees\"", "\"two--frees\"", "L30", 2, 8, "`id` is a short name", NULL },
  { "\"two-frees\"", "\"-two\"", "L30", 2, 8, "`id` is a short name", NULL },
  { "\"Two frees\"", "\"\"", "L30", 2, 30, "`title` has at least 1 character", NULL },
  { "\"language\": \"c\"", "\"language\": \"C\"", "L30", 4, 42, "`language` is one of: c, java, python, rust", "did you mean `c`?" },
  { "\"{\", ", "\"{\\n\", ", "L30", 6, 3, "holds no line break", "one item for each line" },
  { "\"{\", ", "3, ", "L30", 6, 3, "`source` is a text", NULL },
  { "\"bytes\": 256", "\"bytes\": 8", "L30", 7, 32, "`bytes` is at least 64", NULL },
  { "\"bytes\": 256", "\"policy\": \"firstfit\"", "L30", 7, 33, "`policy` is one of: first-fit,", "did you mean `first-fit`?" },
  { "\"bytes\": 256", "\"coalesce\": 1", "L30", 7, 35, "`coalesce` is true or false", NULL },
  { "{\"bytes\": 256}", "[]", "L30", 7, 22, "`heap` is an object", NULL },
  { "\"doubleFree\": \"stop\"", "\"doubleFree\": \"warn\"", "L30", 7, 62, "`doubleFree` is one of: stop, allow", NULL },
  { "[\"stack\", \"heap\"]", "[\"stack\", \"haep\"]", "L30", 9, 32, "`regions` is one of", "did you mean `heap`?" },
  { "\"which-line\"", "\"witch-line\"", "L30", 12, 37, "`kind` is one of", "did you mean `which-line`?" },
  { "{\"mark\": \"end\"}", "{\"mark\": \"end\", \"visit\": 0}", "L30", 10, 60, "`visit` is at least 1", NULL },
  { "{\"mark\": \"end\"}", "{\"mark\": \"end\", \"visit\": \"evry\"}", "L30", 10, 60, "`visit` is one of: every, last", "did you mean `every`?" },
  { "\"source\": [\n", "\"file\": \"main.c\", \"source\": [\n", "L03", 4, 15, "not both", NULL },
  { "\"source\": [\n", "\"x-source\": [\n", "L03", 4, 15, "a `source` or a `file`", NULL },
  { "\"bytes\": 256", "\"align\": 6", "L30", 7, 32, "`align` is a power of two", NULL },
  { "\"which-line\"", "\"choose\"", "L03", 12, 16, "`options` is missing", NULL },
  { "\"which-line\"", "\"count\"", "L03", 12, 16, "`probe` is missing", NULL },
  { ", \"answer\": \"end\"", "", "L03", 12, 16, "`answer` is missing", NULL },
  { "\"which-line\"", "\"choose\", \"options\": [{\"id\": \"a\", \"text\": \"a\"}, {\"id\": \"b\", \"text\": \"b\"}]", "L14", 12, 58, "none of these options", "into one of them" },
  { ", \"ends\": \"exit\"", "", "L03", 14, 13, "an expectation claims something", NULL },
  /* Names. */
  { "\"id\": \"n2\"", "\"id\": \"n1\"", "L05", 11, 10, "the id `n1` is taken", "another id" },
  { "{\"id\": \"plain\"}, ", "{\"id\": \"plain\"}, {\"id\": \"plain\"}, ", "L05", 8, 35, "the id `plain` is taken", "another id" },
  { "{\"mark\": \"end\"}", "{\"mark\": \"edn\"}", "L07", 10, 44, "no line of the program `main` carries the mark `edn`", "did you mean `end`?" },
  { "{\"mark\": \"end\"}", "{\"mark\": \"loop-body\"}", "L07", 10, 44, "carries the mark `loop-body`", "end the line with `//@loop-body`" },
  { "\"answer\": \"end\"", "\"answer\": \"bug\"", "L07", 13, 33, "carries the mark `bug`", "`//@bug`" },
  { "\"ends\": \"exit\"", "\"ends\": \"exit\", \"mark\": \"bug\"", "L07", 14, 54, "carries the mark `bug`", "`//@bug`" },
  { "\"run\": \"other\", ", "\"run\": \"othr\", ", "L07", 11, 34, "there is no run `othr`", "did you mean `other`?" },
  { "\"run\": \"plain\", ", "\"run\": \"x\", ", "L07", 14, 21, "there is no run `x`", NULL },
  { "\"program\": \"main\"", "\"program\": \"mian\"", "L07", 8, 55, "there is no program `mian`", "did you mean `main`?" },
  { "//@start", "//@end", "L09", 6, 24, "the mark `end` stands on two lines", "another mark" },
  /* Unknown members and newer formats are warnings. */
  { "\"minutes\": 5", "\"minuets\": 5", "L04", 3, 2, "no member `minuets` here", "did you mean `minutes`?" },
  { "\"minutes\": 5", "\"weather\": 5", "L04", 3, 2, "no member `weather` here", "begin with `x-`" },
  { "\"doubleFree\":", "\"double-free\":", "L04", 7, 48, "no member `double-free` here", "did you mean `doubleFree`?" },
  { "heapwise-lesson/1.0", "heapwise-lesson/1.5", "L02", 1, 12, "made for a newer version: format 1.5", "is kept" },
  /* Names that are long, or would steer a terminal. */
  { "\"minutes\": 5", "\"ffffffffffffffffffffffffffffffffffffffffffffffffffffffff\": 5", "L04", 3, 2, "no member `ffffffffffffffffffffffffffffffffffffffff…` here", "begin with `x-`" },
  { "\"minutes\": 5", "\"a\\u001b[31m\": 5", "L04", 3, 2, "no member `a\xef\xbf\xbd[31m` here", "begin with `x-`" },
  /* Sidecar files. */
  { "\"source\": [\n", "\"file\": \"/etc/passwd\", \"x-source\": [\n", "L30", 4, 55, "stands beside the lesson", NULL },
  { "\"source\": [\n", "\"file\": \"../main.c\", \"x-source\": [\n", "L30", 4, 55, "stands beside the lesson", NULL },
  { "\"source\": [\n", "\"file\": \"not-there.c\", \"x-source\": [\n", "L30", 4, 55, "cannot be read: ./not-there.c: No such file", NULL },
};
/* clang-format on */

static char *
replace_once (const char *text, const char *from, const char *to)
{
  const char *found = strstr (text, from);

  g_assert_nonnull (found);
  g_assert_null (strstr (found + 1, from));
  return g_strdup_printf ("%.*s%s%s", (int)(found - text), text, to, found + strlen (from));
}

static void
test_slip (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *json = replace_once (sound, row->from, row->to);
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  Lesson *lesson = lesson_parse (map, "x", json, strlen (json), diagnostics);
  const TextDiagnostic *diagnostic;
  g_autofree char *text = NULL;
  g_autofree char *head = NULL;
  char *help;

  g_assert_cmpuint (diagnostics->list->len, >=, 1);
  diagnostic = g_ptr_array_index (diagnostics->list, 0);
  text = text_diagnostic_render (diagnostic, map);
  g_test_message ("%s", text);
  g_assert_cmpuint (diagnostics->list->len, ==, 1);
  g_assert_true ((lesson == NULL) == (diagnostic->severity == TEXT_SEVERITY_ERROR));
  head = g_strdup_printf ("x:%u:%u: %s[%s]: ", row->line, row->column,
                          text_severity_get_name (diagnostic->severity), row->code);
  g_assert_true (g_str_has_prefix (text, head));
  g_assert_nonnull (g_strstr_len (text, strchr (text, '\n') - text, row->sentence));
  help = strstr (text, "help: ");
  if (row->help == NULL)
    g_assert_null (help);
  else
    {
      g_assert_nonnull (help);
      g_assert_nonnull (strstr (help, row->help));
    }
  g_clear_pointer (&lesson, lesson_unref);
}

static Lesson *
parse_sound (TextMap *map, const char *json)
{
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  Lesson *lesson = lesson_parse (map, "x", json, strlen (json), diagnostics);

  g_assert_cmpuint (diagnostics->list->len, ==, 0);
  g_assert_nonnull (lesson);
  return lesson;
}

static void
test_model (void)
{
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (Lesson) lesson = parse_sound (map, sound);
  const LessonProgram *program = lesson_find_program (lesson, NULL);
  const LessonNote *note = g_ptr_array_index (lesson->notes, 0);
  const LessonQuestion *question = g_ptr_array_index (lesson->questions, 0);

  g_assert_cmpstr (lesson->title, ==, "Two frees");
  g_assert_cmpint (lesson->minutes, ==, 5);
  g_assert_cmpint (lesson->difficulty, ==, LESSON_NOT_GIVEN);
  g_assert_cmpuint (lesson->status, ==, LESSON_STATUS_ACTIVE);
  g_assert_null (lesson->introduction);
  g_assert_cmpuint (lesson->challenges->len, ==, 0);
  g_assert_cmpstr (program->text, ==, "int main(void)\n{\n  return 0;\n}\n");
  g_assert_cmpuint (program->language, ==, LESSON_LANGUAGE_C);
  g_assert_cmpuint (lesson_find_mark (program, "start"), ==, 1);
  g_assert_cmpuint (lesson_find_mark (program, "end"), ==, 3);
  g_assert_cmpuint (lesson_find_mark (program, "other"), ==, 0);
  g_assert_cmpuint (lesson->view.regions->len, ==, 2);
  g_assert_cmpuint (g_array_index (lesson->view.regions, guint, 1), ==, LESSON_REGION_HEAP);
  g_assert_true (lesson->view.unreachable);
  g_assert_cmpstr (note->text, ==, "a\nb");
  g_assert_cmpstr (note->anchor.mark, ==, "end");
  g_assert_cmpint (note->anchor.visit, ==, 1);
  g_assert_cmpuint (note->anchor.when, ==, LESSON_WHEN_BEFORE);
  g_assert_cmpuint (question->kind, ==, LESSON_QUESTION_WHICH_LINE);
  g_assert_cmpuint (question->answer_at.place, ==, LESSON_NO_PLACE);
  g_assert_true (question->shuffle);
}

/* What a run says lies over what the lesson says; the rest is not given. */
static void
test_machine (void)
{
  g_autofree char *json = replace_once (
      sound, "{\"id\": \"plain\"}",
      "{\"id\": \"plain\", \"machine\": {\"maxTicks\": 5000, \"heap\": {\"policy\": \"buddy\"},"
      " \"rules\": {\"useAfterFree\": \"allow\", \"borrow\": \"off\"}}}");
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (Lesson) lesson = parse_sound (map, json);
  g_autofree LessonMachine *plain = lesson_dup_machine (lesson, lesson_find_run (lesson, "plain"));
  g_autofree LessonMachine *other = lesson_dup_machine (lesson, lesson_find_run (lesson, "other"));

  g_assert_cmpint (plain->heap.bytes, ==, 256);
  g_assert_cmpuint (plain->heap.policy, ==, LESSON_POLICY_BUDDY);
  g_assert_cmpuint (other->heap.policy, ==, LESSON_POLICY_NONE);
  g_assert_cmpint (plain->max_ticks, ==, 5000);
  g_assert_cmpint (other->max_ticks, ==, LESSON_DEFAULT_MAX_TICKS);
  g_assert_cmpuint (plain->rules.rulings[LESSON_RULE_DOUBLE_FREE], ==, LESSON_RULING_STOP);
  g_assert_cmpuint (plain->rules.rulings[LESSON_RULE_USE_AFTER_FREE], ==, LESSON_RULING_ALLOW);
  g_assert_cmpuint (other->rules.rulings[LESSON_RULE_USE_AFTER_FREE], ==, LESSON_RULING_NONE);
  g_assert_cmpuint (plain->rules.borrow, ==, LESSON_BORROW_OFF);
  g_assert_cmpstr (lesson_rule_get_kind (LESSON_RULE_USE_AFTER_FREE), ==, "use-after-free");
}

static void
test_default_run (void)
{
  g_autofree char *less = replace_once (sound, "\"run\": \"other\", ", "");
  g_autofree char *none = replace_once (less, "{\"run\": \"plain\", \"ends\"", "{\"ends\"");
  g_autofree char *json = replace_once (
      none, "\"runs\": [{\"id\": \"plain\"}, {\"id\": \"other\", \"program\": \"main\"}],", "");
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (Lesson) lesson = parse_sound (map, json);
  const LessonRun *run = lesson_find_run (lesson, NULL);

  g_assert_cmpstr (run->id, ==, "run");
  g_assert_cmpuint (run->place, ==, LESSON_NO_PLACE);
  g_assert_true (lesson_get_program_of_run (lesson, run) == lesson_find_program (lesson, "main"));
}

/* 5.0 is the whole number 5. */
static void
test_whole_number (void)
{
  g_autofree char *json = replace_once (sound, "\"minutes\": 5", "\"minutes\": 50e-1");
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (Lesson) lesson = parse_sound (map, json);

  g_assert_cmpint (lesson->minutes, ==, 5);
}

/* In a newer file unknown members, words and kinds are passed over; all of them stay in the tree. */
static void
test_newer (void)
{
  g_autofree char *a = replace_once (sound, "lesson/1.0", "lesson/1.7");
  g_autofree char *b = replace_once (a, "\"minutes\": 5", "\"mood\": {\"sun\": [1]}");
  g_autofree char *json = replace_once (b, "which-line", "draw-arrow");
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (Lesson) lesson = lesson_parse (map, "x", json, strlen (json), diagnostics);
  const LessonQuestion *question;

  g_assert_nonnull (lesson);
  g_assert_true (lesson->is_newer);
  g_assert_cmpuint (diagnostics->n_errors, ==, 0);
  question = g_ptr_array_index (lesson->questions, 0);
  g_assert_cmpuint (question->kind, ==, LESSON_QUESTION_NONE);
  g_assert_true (json_object_has_member (json_node_get_object (lesson->root), "mood"));
}

static void
test_not_a_lesson (gconstpointer data)
{
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autofree char *text = NULL;

  g_assert_null (lesson_parse (map, "x", data, strlen (data), diagnostics));
  g_assert_cmpuint (diagnostics->list->len, ==, 1);
  text = text_diagnostic_render (g_ptr_array_index (diagnostics->list, 0), map);
  g_assert_true (g_str_has_prefix (text, "x:1:1: error[L02]: this is not a lesson"));
}

/* A byte-order mark changes nothing, not even columns. */
static void
test_byte_order_mark (void)
{
  g_autofree char *marked = g_strconcat ("\xef\xbb\xbf", sound, NULL);
  g_autofree char *slip = g_strconcat ("\xef\xbb\xbf", "{'a': 1}", NULL);
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (Lesson) lesson = parse_sound (map, marked);
  const TextDiagnostic *diagnostic;

  g_assert_null (lesson_parse (map, "x", slip, strlen (slip), diagnostics));
  diagnostic = g_ptr_array_index (diagnostics->list, 0);
  g_assert_cmpuint (text_map_place (map, diagnostic->span.begin).column, ==, 2);
}

static void
test_marks (void)
{
  static const char c[] = "a();  //@one\r\n//@two\n  b(\"//@x\");\n// @three\nc(); // why "
                          "//@four-4\nd(); //@Five\n//@";
  static const char python[] = "a()  #@one\nb()  //@two\nc()\t#@three \n";
  g_autoptr (GPtrArray) marks = NULL;
  g_autoptr (GPtrArray) python_marks = NULL;
  g_autofree char *text = lesson_mark_strip (c, LESSON_LANGUAGE_C, &marks);
  g_autofree char *python_text = lesson_mark_strip (python, LESSON_LANGUAGE_PYTHON, &python_marks);
  const LessonMark *last = g_ptr_array_index (marks, 2);

  g_assert_cmpstr (text, ==, "a();\n\n  b(\"//@x\");\n// @three\nc(); // why\nd(); //@Five\n//@");
  g_assert_cmpuint (marks->len, ==, 3);
  g_assert_cmpstr (last->name, ==, "four-4");
  g_assert_cmpuint (last->line, ==, 5);
  g_assert_cmpstr (python_text, ==, "a()\nb()  //@two\nc()\n");
  g_assert_cmpuint (python_marks->len, ==, 2);
}

/* The project's own lesson, cut at every byte: always one finding, except where only the last newline is gone. */
static void
test_cut_everywhere (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("HEAPWISE_SOURCE"), "lessons",
                                            "c-use-after-free.lesson.json", NULL);
  g_autofree char *json = NULL;
  gsize n_bytes;

  g_assert_true (g_file_get_contents (path, &json, &n_bytes, NULL));
  for (gsize n = 0; n + 1 < n_bytes; n++)
    {
      g_autoptr (TextMap) map = text_map_new ();
      g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
      const TextDiagnostic *diagnostic;
      g_autofree char *text = NULL;

      g_assert_null (lesson_parse (map, "x", json, n, diagnostics));
      g_assert_cmpuint (diagnostics->list->len, ==, 1);
      diagnostic = g_ptr_array_index (diagnostics->list, 0);
      g_assert_cmpstr (diagnostic->code, ==, "L01");
      text = text_diagnostic_render (diagnostic, map);
      g_assert_nonnull (text);
    }
}

/* The same lesson with single bytes changed: anything may be found, nothing may break. */
static void
test_bytes_changed (void)
{
  static const char bytes[] = "\"\\{}[]:,0x-.eE\n\t'/#@\xc3\x80 a";
  g_autofree char *path = g_build_filename (g_getenv ("HEAPWISE_SOURCE"), "lessons",
                                            "c-use-after-free.lesson.json", NULL);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autofree char *json = NULL;
  gsize n_bytes;

  g_assert_true (g_file_get_contents (path, &json, &n_bytes, NULL));
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr (TextMap) map = text_map_new ();
      g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
      gsize at = g_rand_int_range (random, 0, n_bytes);
      char kept = json[at];
      Lesson *lesson;

      json[at] = bytes[g_rand_int_range (random, 0, sizeof bytes - 1)];
      lesson = lesson_parse (map, "x", json, n_bytes, diagnostics);
      g_assert_true ((lesson == NULL) == (diagnostics->n_errors > 0));
      for (guint j = 0; j < diagnostics->list->len; j++)
        {
          TextDiagnostic *diagnostic = g_ptr_array_index (diagnostics->list, j);
          g_autofree char *text = text_diagnostic_render (diagnostic, map);

          g_assert_cmpuint (text_map_line (map, diagnostic->span), >, 0);
        }
      g_clear_pointer (&lesson, lesson_unref);
      json[at] = kept;
    }
}

/* A file full of slips is not answered by as many findings. */
static void
test_many_slips (void)
{
  g_autoptr (GString) json = g_string_new ("{\"format\": \"heapwise-lesson/1.0\"");
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();

  for (guint i = 0; i < 4000; i++)
    g_string_append_printf (json, ", \"a%u\": 1", i);
  g_string_append (json, "}");
  g_assert_null (lesson_parse (map, "x", json->str, json->len, diagnostics));
  g_assert_cmpuint (diagnostics->list->len, <, 110);
  g_assert_cmpuint (diagnostics->n_errors, ==, 1);
}

static void
check_load_error (const char *path, GIOErrorEnum code)
{
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (GError) error = NULL;

  g_assert_null (lesson_load (map, path, diagnostics, &error));
  g_assert_error (error, G_IO_ERROR, (gint)code);
  g_assert_nonnull (strstr (error->message, path));
  g_assert_cmpuint (diagnostics->list->len, ==, 0);
}

static void
write_file (const char *folder, const char *name, const char *text, gssize n_bytes)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  g_assert_true (g_file_set_contents (path, text, n_bytes, NULL));
}

static void
test_load (void)
{
  g_autofree char *folder = g_dir_make_tmp ("heapwise-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "a.lesson.json", NULL);
  g_autofree char *large = g_build_filename (folder, "large.json", NULL);
  g_autofree char *absent = g_build_filename (folder, "absent.json", NULL);
  g_autofree char *sidecar = g_build_filename (folder, "main.c", NULL);
  g_autofree char *zeros = g_malloc0 (2 << 20);
  g_autofree char *json
      = replace_once (sound, "\"source\": [\n", "\"file\": \"main.c\", \"x-source\": [\n");
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (Lesson) lesson = NULL;
  const LessonProgram *program;
  const LessonMark *mark;

  write_file (folder, "a.lesson.json", json, -1);
  write_file (folder, "large.json", zeros, 2 << 20);
  write_file (folder, "main.c", "int main(void)\n{}  //@end\n", -1);
  check_load_error (absent, G_IO_ERROR_NOT_FOUND);
  check_load_error (folder, G_IO_ERROR_IS_DIRECTORY);
  check_load_error (large, G_IO_ERROR_NO_SPACE);
  check_load_error ("/dev/zero", G_IO_ERROR_NOT_REGULAR_FILE);

  lesson = lesson_load (map, path, diagnostics, &error);
  g_assert_no_error (error);
  g_assert_nonnull (lesson);
  program = lesson_find_program (lesson, NULL);
  g_assert_cmpstr (program->text, ==, "int main(void)\n{}\n");
  mark = g_ptr_array_index (program->marks, 0);
  g_assert_cmpstr (text_map_place (map, mark->span.begin).name, ==, sidecar);
  g_assert_cmpuint (text_map_place (map, mark->span.begin).column, ==, 8);

  g_unlink (path);
  g_unlink (large);
  g_unlink (sidecar);
  g_rmdir (folder);
}

/* The lessons that are installed have no slips. */
static void
test_own_lessons (void)
{
  g_autofree char *folder = g_build_filename (g_getenv ("HEAPWISE_SOURCE"), "lessons", NULL);
  g_autoptr (GDir) files = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (files)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (TextMap) map = text_map_new ();
      g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
      g_autoptr (GError) error = NULL;
      g_autoptr (Lesson) lesson = NULL;

      if (!g_str_has_suffix (name, ".lesson.json"))
        continue;
      lesson = lesson_load (map, path, diagnostics, &error);
      g_assert_no_error (error);
      for (guint i = 0; i < diagnostics->list->len; i++)
        {
          g_autofree char *text
              = text_diagnostic_render (g_ptr_array_index (diagnostics->list, i), map);
          g_test_message ("%s", text);
        }
      g_assert_cmpuint (diagnostics->list->len, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  static const char *const others[]
      = { "[]", "{}", "null", "7", "\"heapwise-lesson/1.0\"", "{\"a\": 1}" };

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (slips); i++)
    {
      g_autofree char *path = g_strdup_printf ("/lesson/file/slip/%s-%02u", slips[i].code, i);
      g_test_add_data_func (path, &slips[i], test_slip);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autofree char *path = g_strdup_printf ("/lesson/file/not-a-lesson/%u", i);
      g_test_add_data_func (path, others[i], test_not_a_lesson);
    }
  g_test_add_func ("/lesson/file/model", test_model);
  g_test_add_func ("/lesson/file/machine", test_machine);
  g_test_add_func ("/lesson/file/default-run", test_default_run);
  g_test_add_func ("/lesson/file/whole-number", test_whole_number);
  g_test_add_func ("/lesson/file/newer", test_newer);
  g_test_add_func ("/lesson/file/byte-order-mark", test_byte_order_mark);
  g_test_add_func ("/lesson/file/marks", test_marks);
  g_test_add_func ("/lesson/file/cut-everywhere", test_cut_everywhere);
  g_test_add_func ("/lesson/file/bytes-changed", test_bytes_changed);
  g_test_add_func ("/lesson/file/many-slips", test_many_slips);
  g_test_add_func ("/lesson/file/load", test_load);
  g_test_add_func ("/lesson/file/own-lessons", test_own_lessons);
  return g_test_run ();
}
