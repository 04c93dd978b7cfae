/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Probes asked of one lesson's runs, and answers held against its questions. */

#include "judge/judge-plan.h"
#include "judge/judge-text.h"
#include "lesson/lesson-file.h"
#include "session/session-recordings.h"

#include <string.h>

/* clang-format off */
static const char text[] =
  "{\"format\": \"heapwise-lesson/1.0\", \"id\": \"probes\", \"title\": \"Probes\", \"language\": \"en\", \"license\": \"CC0-1.0\",\n"
  " \"programs\": [{\"id\": \"main\", \"language\": \"c\", \"source\": [\n"
  "  \"#include <stdio.h>\",\n"
  "  \"#include <stdlib.h>\",\n"
  "  \"#include <string.h>\",\n"
  "  \"struct node { int value; char name[8]; struct node *next; };\",\n"
  "  \"static int counter = 3;\",\n"
  "  \"static void visit(struct node *at, int n)\",\n"
  "  \"{\",\n"
  "  \"    counter += n;  //@inside\",\n"
  "  \"    printf(\\\"%d\\\\n\\\", at->value);  //@print\",\n"
  "  \"}\",\n"
  "  \"int main(void)\",\n"
  "  \"{\",\n"
  "  \"    int numbers[3] = { 4, 5, 6 };\",\n"
  "  \"    double half = 0.5;\",\n"
  "  \"    int fresh;\",\n"
  "  \"    int *second = &numbers[1];\",\n"
  "  \"    struct node *list = malloc(sizeof *list);\",\n"
  "  \"    list->value = -7;\",\n"
  "  \"    strcpy(list->name, \\\"Ada\\\");\",\n"
  "  \"    list->next = NULL;\",\n"
  "  \"    char *gone = malloc(40);\",\n"
  "  \"    free(gone);\",\n"
  "  \"    visit(list, 2);  //@call\",\n"
  "  \"    visit(list, 3);  //@again\",\n"
  "  \"    free(list);  //@free\",\n"
  "  \"    fresh = *second + (int)half;\",\n"
  "  \"    return fresh > 0 ? 0 : 1;  //@end\",\n"
  "  \"}\"]}],\n"
  " \"questions\": [\n"
  "  {\"id\": \"count\", \"kind\": \"count\", \"anchor\": {\"mark\": \"inside\"}, \"probe\": \"stack.depth\", \"prompt\": \"?\"},\n"
  "  {\"id\": \"half\", \"kind\": \"value\", \"anchor\": {\"mark\": \"call\"}, \"probe\": \"half\", \"prompt\": \"?\"},\n"
  "  {\"id\": \"name\", \"kind\": \"value\", \"anchor\": {\"mark\": \"call\"}, \"probe\": \"list->name\", \"prompt\": \"?\", \"accept\": [\"ada\"]},\n"
  "  {\"id\": \"next\", \"kind\": \"value\", \"anchor\": {\"mark\": \"call\"}, \"probe\": \"list->next\", \"prompt\": \"?\"},\n"
  "  {\"id\": \"fresh\", \"kind\": \"value\", \"anchor\": {\"mark\": \"call\"}, \"probe\": \"fresh\", \"prompt\": \"?\"},\n"
  "  {\"id\": \"output\", \"kind\": \"output\", \"anchor\": {\"mark\": \"print\"}, \"prompt\": \"?\"},\n"
  "  {\"id\": \"all-output\", \"kind\": \"output\", \"anchor\": {\"at\": \"start\"}, \"prompt\": \"?\"},\n"
  "  {\"id\": \"click\", \"kind\": \"point-to\", \"anchor\": {\"mark\": \"call\"}, \"probe\": \"list\", \"prompt\": \"?\"},\n"
  "  {\"id\": \"regions\", \"kind\": \"region\", \"anchor\": {\"mark\": \"inside\"}, \"probes\": [\"region(at)\", \"region(*at)\", \"region(global.counter)\"], \"prompt\": \"?\"},\n"
  "  {\"id\": \"next-line\", \"kind\": \"next-line\", \"anchor\": {\"mark\": \"call\"}, \"prompt\": \"?\"},\n"
  "  {\"id\": \"which-line\", \"kind\": \"which-line\", \"anchor\": {\"at\": \"end\"}, \"answer\": \"free\", \"prompt\": \"?\"},\n"
  "  {\"id\": \"freeing\", \"kind\": \"which-line\", \"anchor\": {\"at\": \"end\"}, \"answer\": {\"event\": \"free\", \"nth\": 2}, \"prompt\": \"?\"},\n"
  "  {\"id\": \"calling\", \"kind\": \"which-line\", \"anchor\": {\"at\": \"end\"}, \"answer\": {\"event\": \"return\"}, \"prompt\": \"?\"},\n"
  "  {\"id\": \"compiles\", \"kind\": \"compiles\", \"anchor\": {\"at\": \"start\"}, \"answer\": \"yes\", \"prompt\": \"?\"},\n"
  "  {\"id\": \"fault\", \"kind\": \"fault\", \"anchor\": {\"at\": \"start\"}, \"answer\": \"nothing\", \"prompt\": \"?\"},\n"
  "  {\"id\": \"order\", \"kind\": \"order\", \"anchor\": {\"at\": \"start\"}, \"answer\": [\"b\", \"a\"], \"prompt\": \"?\", \"options\": [{\"id\": \"a\", \"text\": \"A\"}, {\"id\": \"b\", \"text\": \"B\"}]},\n"
  "  {\"id\": \"several\", \"kind\": \"choose\", \"several\": true, \"anchor\": {\"at\": \"start\"}, \"prompt\": \"?\", \"options\": [{\"id\": \"a\", \"text\": \"A\", \"correct\": true}, {\"id\": \"b\", \"text\": \"B\", \"feedback\": \"Not B.\"}, {\"id\": \"c\", \"text\": \"C\", \"correct\": true}]}\n"
  " ]}\n";

/* mark: where it is asked; at: how often the line was reached. says: the value, or what is said where there is none. */
static const struct
{
  const char *mark;
  guint visit;
  const char *probe;
  const char *says;
} probes[] = {
  { "call", 1, "numbers[2]", "6" },
  { "call", 1, "*second", "5" },
  { "call", 1, "second[1]", "6" },
  { "call", 1, "half", "0.5" },
  { "call", 1, "fresh", "?" },
  { "call", 1, "list->value", "-7" },
  { "call", 1, "(*list).value", "-7" },
  { "call", 1, "list->name", "Ada" },
  { "call", 1, "list->name[1]", "d" },
  { "call", 1, "list->next", "NULL" },
  { "call", 1, "global.counter", "3" },
  { "call", 1, "counter", "3" },
  { "again", 1, "counter", "5" },
  { "inside", 2, "counter", "5" },
  { "inside", 1, "at->value", "-7" },
  { "inside", 1, "visit.n", "2" },
  { "inside", 2, "n", "3" },
  { "inside", 1, "main.numbers[0]", "4" },
  { "inside", 1, "stack.depth", "2" },
  { "inside", 1, "function", "visit" },
  { "inside", 1, "line", "8" },
  { "call", 1, "size(numbers)", "12" },
  { "call", 1, "size(list)", "8" },
  { "call", 1, "size(*list)", "24" },
  { "call", 1, "region(list)", "stack" },
  { "call", 1, "region(*list)", "heap" },
  { "call", 1, "region(counter)", "data" },
  { "call", 1, "block(list).state", "live" },
  { "call", 1, "block(list).size", "24" },
  { "call", 1, "block(list).site", "17" },
  { "call", 1, "block(gone).state", "freed" },
  { "call", 1, "block(gone).freedAt", "22" },
  { "call", 1, "block(second).state", "live" },
  { "call", 1, "heap.live.count", "1" },
  { "call", 1, "heap.live.bytes", "24" },
  { "call", 1, "heap.allocations", "2" },
  { "call", 1, "heap.frees", "1" },
  { "call", 1, "heap.unreachable.count", "0" },
  { "end", 1, "output", "-7\n-7\n" },
  { "end", 1, "fault.kind", "nothing" },
  { "call", 1, "nobody", "`nobody`: there is no variable `nobody` at this moment" },
  { "call", 1, "visit.n", "`visit.n`: `visit` is not running at this moment" },
  { "call", 1, "numbers[3]", "`numbers[3]`: numbers has no element 3" },
  { "call", 1, "list->colour", "`list->colour`: list has no `colour`" },
  { "call", 1, "half->value", "`half->value`: half is no pointer, it is a `double`" },
  { "call", 1, "list->next->value", "`list->next->value`: list->next is NULL and leads nowhere" },
  { "call", 1, "*list", "`*list` is a `struct node`, and has no single value" },
  { "call", 1, "block(half).size", "`block(half).size`: half is no pointer, it is a `double`" },
  { "call", 1, "refcount(list)", "`refcount(list)`: there is no `refcount` in this run" },
  { "call", 1, "gc.runs", "`gc.runs`: there is no `collector` in this run" },
  { "call", 1, "list->", "`list->` is no probe: something is missing at its end" },
  { "call", 1, "list + 1", "`list + 1` is no probe: it cannot be read at `+ 1`" },
  { "call", 1, "numbers[x]", "`numbers[x]` is no probe: it cannot be read at `x]`" },
};

/* answer: words with | between them. feedback: NULL where it is right. */
static const struct
{
  const char *question;
  const char *answer;
  JudgeVerdict verdict;
  const char *feedback;
} answers[] = {
  { "count", "2", JUDGE_RIGHT, NULL },
  { "count", " 0x2 ", JUDGE_RIGHT, NULL },
  { "count", "0b10", JUDGE_RIGHT, NULL },
  { "count", "3", JUDGE_WRONG, "It is another number. Count them in the picture, one by one." },
  { "count", "two", JUDGE_NO_ANSWER, "Write a number, such as 12 or 0x10." },
  { "count", "", JUDGE_NO_ANSWER, "Write a number, such as 12 or 0x10." },
  { "half", "0.5", JUDGE_RIGHT, NULL },
  { "half", "0,5", JUDGE_RIGHT, NULL },
  { "half", "5e-1", JUDGE_RIGHT, NULL },
  { "half", "0.25", JUDGE_WRONG, "It is another value. Go through the lines that wrote to it." },
  { "name", "Ada", JUDGE_RIGHT, NULL },
  { "name", "\"Ada\"", JUDGE_RIGHT, NULL },
  { "name", "ada", JUDGE_RIGHT, NULL },
  { "name", "Bob", JUDGE_WRONG, "It is something else. Look into the cell." },
  { "next", "NULL", JUDGE_RIGHT, NULL },
  { "next", "null", JUDGE_RIGHT, NULL },
  { "next", "0", JUDGE_RIGHT, NULL },
  { "next", "0x4010", JUDGE_WRONG, "It is another value. Go through the lines that wrote to it." },
  { "fresh", "?", JUDGE_RIGHT, NULL },
  { "fresh", "0", JUDGE_WRONG, "It is another value. Go through the lines that wrote to it." },
  { "output", "-7", JUDGE_RIGHT, NULL },
  { "output", "-7 \r\n\n", JUDGE_RIGHT, NULL },
  { "output", "7", JUDGE_WRONG, "Something else is printed. Follow the arrows to the characters." },
  { "all-output", "-7\n-7", JUDGE_RIGHT, NULL },
  { "all-output", "-7", JUDGE_WRONG, "Something else is printed. Follow the arrows to the characters." },
  { "click", "0x4010", JUDGE_RIGHT, NULL },
  { "click", "0x4020", JUDGE_RIGHT, NULL }, /* inside the block */
  { "click", "0x4028", JUDGE_WRONG, "It is another box." },
  { "click", "there", JUDGE_NO_ANSWER, "Click a box in the picture." },
  { "regions", "stack|heap|data", JUDGE_RIGHT, NULL },
  { "regions", "heap|heap|data", JUDGE_WRONG, "2 of them are right." },
  { "regions", "stack|heap", JUDGE_NO_ANSWER, "Give each of them a place first." },
  { "next-line", "6", JUDGE_RIGHT, NULL },
  { "next-line", "26", JUDGE_WRONG, "It is not line 26. Read what that line does, and try again." },
  { "which-line", "25", JUDGE_RIGHT, NULL },
  { "which-line", "free", JUDGE_NO_ANSWER, "Click a line of the program, or write its number." },
  { "freeing", "25", JUDGE_RIGHT, NULL },
  { "freeing", "22", JUDGE_WRONG, "It is not line 22. Read what that line does, and try again." },
  { "calling", "10", JUDGE_RIGHT, NULL },
  { "compiles", "yes", JUDGE_RIGHT, NULL },
  { "compiles", "no|4", JUDGE_WRONG, "The compiler has nothing against this program." },
  { "fault", "nothing", JUDGE_RIGHT, NULL },
  { "fault", "double-free", JUDGE_WRONG, "Something else happens. Go through the lines in your head, and watch what is still alive." },
  { "order", "b|a", JUDGE_RIGHT, NULL },
  { "order", "a|b", JUDGE_WRONG, "Something else comes first." },
  { "several", "a|c", JUDGE_RIGHT, NULL },
  { "several", "c|a", JUDGE_RIGHT, NULL },
  { "several", "a", JUDGE_WRONG, "That is right, and there is more that is right." },
  { "several", "a|b", JUDGE_WRONG, "Not B." },
};
/* clang-format on */

typedef struct
{
  TextMap *map;
  Lesson *lesson;
  SessionRecordings *recordings;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  SessionSettings settings;

  session_settings_init (&settings);
  self->map = text_map_new ();
  self->lesson = lesson_parse (self->map, "probes.lesson.json", text, sizeof text - 1, diagnostics);
  g_assert_nonnull (self->lesson);
  self->recordings = session_recordings_new ("probes.lesson.json", self->lesson, &settings);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  session_recordings_free (self->recordings);
  lesson_unref (self->lesson);
  text_map_unref (self->map);
}

/* What a probe says, or why it says nothing. (transfer full) */
static char *
ask (const JudgeRecording *recording, guint64 position, const char *words)
{
  TextMessage *trouble = NULL;
  g_autoptr (JudgeProbe) probe = judge_probe_new (words, &trouble);
  g_auto (JudgeValue) value = { JUDGE_VALUE_NOTHING };
  char *said;

  if (probe != NULL && judge_recording_ask (recording, position, probe, &value, &trouble))
    return g_strdup (value.text);
  said = text_message_word (trouble);
  text_message_free (trouble);
  return said;
}

static void
test_probes (Fixture *self, gconstpointer data)
{
  JudgeRecording *recording = session_recordings_get (NULL, self->recordings);

  g_assert_nonnull (recording->history);
  for (guint i = 0; i < G_N_ELEMENTS (probes); i++)
    {
      LessonAnchor anchor = { .mark = (char *)probes[i].mark, .visit = probes[i].visit, .nth = 1 };
      guint64 position = judge_recording_find (recording, &anchor);
      g_autofree char *said = ask (recording, position, probes[i].probe);

      g_assert_cmpuint (position, >, 0);
      g_assert_cmpstr (said, ==, probes[i].says);
    }
}

static const LessonQuestion *
find_question (const Lesson *lesson, const char *id)
{
  for (guint i = 0; i < lesson->questions->len; i++)
    if (strcmp (((LessonQuestion *)g_ptr_array_index (lesson->questions, i))->id, id) == 0)
      return g_ptr_array_index (lesson->questions, i);
  g_assert_not_reached ();
}

static void
test_answers (Fixture *self, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      const LessonQuestion *question = find_question (self->lesson, answers[i].question);
      g_auto (GStrv) words
          = g_strsplit (answers[i].answer[0] != '\0' ? answers[i].answer : " ", "|", -1);
      g_autofree char *feedback = NULL;
      TextMessage *trouble = NULL;
      JudgeKey key;

      g_assert_true (judge_find_key (self->lesson, question, session_recordings_get,
                                     self->recordings, &key, &trouble));
      g_test_message ("%s: %s", answers[i].question, answers[i].answer);
      g_assert_cmpint (judge_answer (question, &key, (const char *const *)words, &feedback), ==,
                       answers[i].verdict);
      g_assert_cmpstr (feedback, ==, answers[i].feedback);
      judge_key_clear (&key);
    }
}

/* Events as anchors, and all visits of a line. */
static void
test_anchors (Fixture *self, gconstpointer data)
{
  JudgeRecording *recording = session_recordings_get (NULL, self->recordings);
  LessonAnchor second = { .event = LESSON_EVENT_ALLOCATE, .nth = 2 };
  LessonAnchor third = { .event = LESSON_EVENT_ALLOCATE, .nth = 3 };
  LessonAnchor after = { .event = LESSON_EVENT_FREE, .nth = 1, .when = LESSON_WHEN_AFTER };
  LessonAnchor every = { .mark = (char *)"inside", .visit = -LESSON_VISIT_EVERY };
  g_autoptr (GArray) visits = judge_recording_list (recording, &every);
  g_autofree char *line = ask (recording, judge_recording_find (recording, &second), "line");
  g_autofree char *state
      = ask (recording, judge_recording_find (recording, &after), "block(gone).state");

  g_assert_cmpstr (line, ==, "21");
  g_assert_cmpuint (judge_recording_find (recording, &third), ==, 0);
  g_assert_cmpstr (state, ==, "freed");
  g_assert_cmpuint (visits->len, ==, 2);
}

static void
test_prose (Fixture *self, gconstpointer data)
{
  JudgeRecording *recording = session_recordings_get (NULL, self->recordings);
  LessonAnchor call = { .mark = (char *)"call", .visit = 1 };
  g_autoptr (GPtrArray) troubles
      = g_ptr_array_new_with_free_func ((GDestroyNotify)text_message_free);
  g_autofree char *filled = judge_fill_text (
      "{=heap.live.count} block of {=block(list).size} bytes, {=nobody} {=", recording,
      judge_recording_find (recording, &call), troubles);

  g_assert_cmpstr (filled, ==, "1 block of 24 bytes, {=nobody} {=");
  g_assert_cmpuint (troubles->len, ==, 1);
}

/* A list of stops that is cut says what it does not know, and never what is not so. */
static void
test_cut (Fixture *self, gconstpointer data)
{
  JudgeRecording *recording = session_recordings_get (NULL, self->recordings);
  guint64 n = history_get_n_positions (recording->history);
  JudgeStops *whole = recording->stops;
  g_autoptr (JudgeStops) cut = judge_stops_new (recording->history, recording->map, 12);
  const LessonAnchor end = { .at = LESSON_AT_END };
  const LessonAnchor inside = { .mark = (char *)"inside", .visit = 1 };
  const LessonAnchor last = { .mark = (char *)"inside", .visit = -LESSON_VISIT_LAST };

  g_assert_false (whole->is_partial);
  g_assert_true (cut->is_partial);
  g_assert_cmpuint (judge_find_anchor (whole, recording->program, &end), ==, n);
  g_assert_cmpuint (judge_find_anchor (cut, recording->program, &end), ==, n);
  g_assert_cmpuint (judge_find_anchor (whole, recording->program, &inside), >, 12);
  g_assert_cmpuint (judge_find_anchor (cut, recording->program, &inside), ==, 0);
  g_assert_cmpuint (judge_find_anchor (cut, recording->program, &last), ==, 0);
  g_assert_cmpuint (judge_stops_find_after (whole, n), ==, n);
  g_assert_cmpuint (judge_stops_find_after (cut, 12), ==, 0);
}

#define ADD(name, test) g_test_add ("/judge/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  ADD ("probes", test_probes);
  ADD ("answers", test_answers);
  ADD ("anchors", test_anchors);
  ADD ("cut", test_cut);
  ADD ("prose", test_prose);
  return g_test_run ();
}
