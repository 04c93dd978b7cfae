/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person did is kept: read back, joined with what another window did, kept apart from broken files, and said when it
 * cannot be saved. */

#include <errno.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "lesson/lesson-store.h"

#define LESSON "c-use-after-free"
#define NOBODY 65534

/* ---- a folder for each test, and what a store said ---- */

typedef struct
{
  char *folder;
  LessonStore *store;
  GPtrArray *said; /* sentences; "" for NULL */
} Fixture;

static void
trouble_cb (LessonStore *store, const char *sentence, Fixture *fixture)
{
  g_ptr_array_add (fixture->said, g_strdup (sentence != NULL ? sentence : ""));
}

static LessonStore *
open_store (Fixture *fixture)
{
  LessonStore *store = lesson_store_new (fixture->folder);

  g_signal_connect (store, "trouble", G_CALLBACK (trouble_cb), fixture);
  return store;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("heapwise-store-XXXXXX", NULL);
  fixture->said = g_ptr_array_new_with_free_func (g_free);
  fixture->store = open_store (fixture);
}

static void
remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_remove (folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->store);
  remove_folder (fixture->folder);
  g_free (fixture->folder);
  g_ptr_array_unref (fixture->said);
}

/* The store is closed and another one opened: as when the program starts again. */
static void
reopen (Fixture *fixture)
{
  g_assert_finalize_object (fixture->store);
  fixture->store = open_store (fixture);
}

static char *
dup_path (Fixture *fixture, const char *name)
{
  return g_build_filename (fixture->folder, name, NULL);
}

static char *
read_file (Fixture *fixture, const char *name)
{
  g_autofree char *path = dup_path (fixture, name);
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  return text;
}

static void
write_file (Fixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = dup_path (fixture, name);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

static void
answer (LessonStore *store, const char *id, const char *word, LessonStoreResult result)
{
  LessonQuestion question
      = { .id = (char *)id, .kind = LESSON_QUESTION_VALUE, .prompt = (char *)"What?" };

  lesson_store_answer (store, LESSON, &question, (const char *[]){ word, NULL }, result, 1.5);
}

static const LessonStoreAnswer *
look (LessonStore *store, const char *id)
{
  LessonQuestion question
      = { .id = (char *)id, .kind = LESSON_QUESTION_VALUE, .prompt = (char *)"What?" };

  return lesson_store_get_answer (store, LESSON, &question);
}

/* ---- reading back ---- */

static void
test_answers (Fixture *fixture, gconstpointer data)
{
  const LessonStoreAnswer *last;

  g_assert_null (look (fixture->store, "q1"));
  answer (fixture->store, "q1", "3", LESSON_STORE_WRONG);
  answer (fixture->store, "q1", "4", LESSON_STORE_RIGHT);
  answer (fixture->store, "q1", "", LESSON_STORE_SHOWN);
  for (int round = 0; round < 2; round++)
    {
      last = look (fixture->store, "q1");
      g_assert_cmpstr (last->answer[0], ==, "");
      g_assert_cmpint (last->result, ==, LESSON_STORE_SHOWN);
      g_assert_cmpuint (last->n_tries, ==, 2);
      g_assert_true (last->was_right);
      g_assert_false (last->is_changed);
      g_assert_cmpfloat (last->seconds, ==, 1.5);
      g_assert_cmpint (last->at, >, G_GINT64_CONSTANT (1700000000000000));
      reopen (fixture);
    }
  g_assert_cmpuint (fixture->said->len, ==, 0);
}

static void
test_changed_question (Fixture *fixture, gconstpointer data)
{
  LessonOption option = { .text = (char *)"yes", .correct = TRUE };
  g_autoptr (GPtrArray) options = g_ptr_array_new ();
  LessonQuestion question = { .id = (char *)"q1",
                              .kind = LESSON_QUESTION_CHOOSE,
                              .prompt = (char *)"Is it?",
                              .options = options };
  const LessonStoreAnswer *last;

  g_ptr_array_add (options, &option);
  lesson_store_answer (fixture->store, LESSON, &question, NULL, LESSON_STORE_RIGHT, 0);
  question.explain = (char *)"Explained in other words.";
  g_assert_false (lesson_store_get_answer (fixture->store, LESSON, &question)->is_changed);
  option.correct = FALSE;
  last = lesson_store_get_answer (fixture->store, LESSON, &question);
  g_assert_true (last->is_changed);
  g_assert_false (last->was_right);
  g_assert_cmpuint (last->n_tries, ==, 0);
  lesson_store_answer (fixture->store, LESSON, &question, NULL, LESSON_STORE_WRONG, 0);
  last = lesson_store_get_answer (fixture->store, LESSON, &question);
  g_assert_false (last->is_changed);
  g_assert_cmpuint (last->n_tries, ==, 1);
}

static void
test_places (Fixture *fixture, gconstpointer data)
{
  LessonStore *store = fixture->store;
  g_autofree char *source = NULL;
  g_autofree char *other = NULL;
  g_autofree char *run = NULL;
  guint64 step = 0;

  g_assert_false (lesson_store_get_position (store, LESSON, NULL, &step));
  lesson_store_set_position (store, LESSON, "first", 7);
  lesson_store_set_position (store, LESSON, "second", 9);
  lesson_store_set_source (store, LESSON, "main", "int main (void)\n{\n\t\"ä\\\";\n}\n");
  lesson_store_set_source (store, LESSON, "other", "x");
  lesson_store_set_source (store, LESSON, "other", NULL);
  lesson_store_set_hints (store, LESSON, "q1", 2);
  reopen (fixture);
  store = fixture->store;
  source = lesson_store_dup_source (store, LESSON, "main");
  other = lesson_store_dup_source (store, LESSON, "other");
  run = lesson_store_dup_run (store, LESSON);
  g_assert_cmpstr (source, ==, "int main (void)\n{\n\t\"ä\\\";\n}\n");
  g_assert_null (other);
  g_assert_cmpstr (run, ==, "second");
  g_assert_true (lesson_store_get_position (store, LESSON, NULL, &step));
  g_assert_cmpuint (step, ==, 9);
  g_assert_true (lesson_store_get_position (store, LESSON, "first", &step));
  g_assert_cmpuint (step, ==, 7);
  g_assert_cmpuint (lesson_store_get_hints (store, LESSON, "q1"), ==, 2);
  g_assert_cmpuint (lesson_store_get_hints (store, LESSON, "q2"), ==, 0);
}

static void
test_progress (Fixture *fixture, gconstpointer data)
{
  LessonQuestion right = { .id = (char *)"q1" }, never = { .id = (char *)"q9" };
  g_autoptr (GPtrArray) questions = g_ptr_array_new ();
  LessonStoreProgress progress;

  g_ptr_array_add (questions, &right);
  g_ptr_array_add (questions, &never);
  answer (fixture->store, "q1", "3", LESSON_STORE_RIGHT);
  answer (fixture->store, "q1", "4", LESSON_STORE_WRONG);
  answer (fixture->store, "q2", "4", LESSON_STORE_SKIPPED);
  lesson_store_get_progress (fixture->store, LESSON, questions, &progress);
  g_assert_cmpuint (progress.n_questions, ==, 2);
  g_assert_cmpuint (progress.n_right, ==, 1);
  g_assert_cmpuint (progress.n_seen, ==, 1);
  g_assert_cmpint (progress.opened, ==, 0);
  lesson_store_open (fixture->store, LESSON, NULL, NULL);
  lesson_store_get_progress (fixture->store, LESSON, NULL, &progress);
  g_assert_cmpuint (progress.n_seen, ==, 2);
  g_assert_cmpint (progress.opened, >, 0);
}

static void
test_recent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) recent = NULL;
  g_autofree char *path = NULL;
  g_autofree char *last = NULL;

  for (int i = 0; i < 25; i++)
    {
      g_autofree char *name = g_strdup_printf ("/tmp/a %d\xc3\xa4.c", i);

      lesson_store_open (fixture->store, "id", name, "Title");
    }
  lesson_store_forget_recent (fixture->store, "/tmp/a 24\xc3\xa4.c");
  reopen (fixture);
  recent = lesson_store_list_recent (fixture->store);
  g_assert_cmpuint (recent->len, ==, 20);
  g_assert_cmpstr (((LessonStoreRecent *)recent->pdata[0])->path, ==, "/tmp/a 23\xc3\xa4.c");
  g_assert_cmpstr (((LessonStoreRecent *)recent->pdata[0])->title, ==, "Title");
  last = lesson_store_dup_last_lesson (fixture->store, &path);
  g_assert_cmpstr (last, ==, "id");
  g_assert_cmpstr (path, ==, "/tmp/a 24\xc3\xa4.c");
}

/* Ids that are no good names of files, and one that is too long for any. */
static void
test_names (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_id = g_strnfill (3000, 'a');
  const char *ids[] = { "../../x", "a/b", ".", "file:///home/%20x", "ä", long_id };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    lesson_store_set_source (fixture->store, ids[i], "main", ids[i]);
  reopen (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_autofree char *source = lesson_store_dup_source (fixture->store, ids[i], "main");

      g_assert_cmpstr (source, ==, ids[i]);
    }
}

/* ---- two windows ---- */

static void
test_two_stores (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LessonStore) other = open_store (fixture);
  g_autofree char *source = NULL;

  /* Both have looked, and then both write: neither has seen what the other did. */
  answer (fixture->store, "q1", "1", LESSON_STORE_WRONG);
  answer (other, "q1", "2", LESSON_STORE_WRONG);
  answer (other, "q2", "5", LESSON_STORE_RIGHT);
  lesson_store_set_source (fixture->store, LESSON, "main", "older");
  lesson_store_set_source (other, LESSON, "main", "newer");
  answer (fixture->store, "q1", "3", LESSON_STORE_RIGHT);
  g_assert_true (lesson_store_flush (other, NULL));
  g_assert_true (lesson_store_flush (fixture->store, NULL));
  g_assert_cmpuint (look (other, "q1")->n_tries, ==, 3);
  g_assert_cmpstr (look (other, "q1")->answer[0], ==, "3");
  g_assert_nonnull (look (fixture->store, "q2"));
  source = lesson_store_dup_source (fixture->store, LESSON, "main");
  g_assert_cmpstr (source, ==, "newer");
  reopen (fixture);
  g_assert_cmpuint (look (fixture->store, "q1")->n_tries, ==, 3);
}

/* What a later version wrote beside what we know, at every level. */
static void
test_unknown_members (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  write_file (fixture, "lesson-" LESSON ".json",
              "{\"format\": \"heapwise-progress/1.7\", \"lesson\": \"" LESSON
              "\", \"mood\": [1, {\"a\": null}],"
              "\"questions\": {\"q1\": {\"stars\": 5, \"tries\": [{\"at\": 5, \"aloud\": true, "
              "\"result\": \"sung\"}]}},"
              "\"programs\": {\"main\": {\"at\": 6, \"text\": \"a\", \"caret\": 17}}}");
  answer (fixture->store, "q1", "1", LESSON_STORE_WRONG);
  lesson_store_set_source (fixture->store, LESSON, "main", "b");
  g_assert_true (lesson_store_flush (fixture->store, NULL));
  text = read_file (fixture, "lesson-" LESSON ".json");
  g_assert_nonnull (strstr (text, "progress/1.7"));
  g_assert_nonnull (strstr (text, "\"mood\""));
  g_assert_nonnull (strstr (text, "\"stars\" : 5"));
  g_assert_nonnull (strstr (text, "\"aloud\" : true"));
  g_assert_nonnull (strstr (text, "\"caret\" : 17"));
  g_assert_nonnull (strstr (text, "\"text\" : \"b\""));
  g_assert_cmpuint (fixture->said->len, ==, 0);
}

/* A clock that was put back: the newer answer is still the last one. */
static void
test_clock (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = NULL;

  write_file (fixture, "lesson-" LESSON ".json",
              "{\"format\": \"heapwise-progress/1.0\", \"lesson\": \"" LESSON "\","
              "\"programs\": {\"main\": {\"at\": 9000000000000000, \"text\": \"tomorrow\"}}}");
  lesson_store_set_source (fixture->store, LESSON, "main", "today");
  reopen (fixture);
  source = lesson_store_dup_source (fixture->store, LESSON, "main");
  g_assert_cmpstr (source, ==, "today");
}

/* ---- broken files ---- */

static const char *const broken[] = {
  "",
  "{\"format\": \"heapwise-progress/1.0\", \"lesson\": \"" LESSON "\", \"quest",
  "[]",
  "{\"format\": \"heapwise-progress/2.0\", \"lesson\": \"" LESSON "\"}",
  "{\"format\": \"heapwise-progress/10\", \"lesson\": \"" LESSON "\"}",
  "{\"format\": \"heapwise-progress/1.0\", \"lesson\": \"another\"}",
  "{\"format\": \"heapwise-progress/1.0\", \"lesson\": \"" LESSON "\", \"runs\": 5}",
  "{\"format\": \"heapwise-progress/1.0\", \"lesson\": \"" LESSON
  "\", \"programs\": {\"main\": {\"text\": \"undated\"}}}",
  "{\"format\": \"heapwise-progress/1.0\", \"lesson\": \"" LESSON
  "\", \"questions\": {\"q1\": {\"tries\": [1]}}}",
  "{\"format\": \"heapwise-progress/1.0\", \"lesson\": \"" LESSON "\"} /* a comment */",
};

static void
test_broken (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (broken); i++)
    {
      g_autofree char *aside = g_strdup_printf ("lesson-" LESSON ".json.broken-%u", i + 1);
      g_autofree char *kept = NULL;

      write_file (fixture, "lesson-" LESSON ".json", broken[i]);
      reopen (fixture);
      g_assert_null (look (fixture->store, "q1"));
      g_assert_cmpuint (fixture->said->len, ==, i + 1);
      g_assert_nonnull (strstr (g_ptr_array_index (fixture->said, i), aside));
      kept = read_file (fixture, aside);
      g_assert_cmpstr (kept, ==, broken[i]);
      answer (fixture->store, "q1", "1", LESSON_STORE_RIGHT);
      g_assert_true (lesson_store_flush (fixture->store, NULL));
      g_assert_null (lesson_store_get_trouble (fixture->store));
    }
}

/* The file breaks while the store has it open. */
static void
test_broken_later (Fixture *fixture, gconstpointer data)
{
  g_autofree char *kept = NULL;

  answer (fixture->store, "q1", "1", LESSON_STORE_WRONG);
  g_assert_true (lesson_store_flush (fixture->store, NULL));
  answer (fixture->store, "q1", "2", LESSON_STORE_RIGHT);
  write_file (fixture, "lesson-" LESSON ".json", "broken");
  g_assert_true (lesson_store_flush (fixture->store, NULL));
  g_assert_cmpuint (fixture->said->len, ==, 1);
  kept = read_file (fixture, "lesson-" LESSON ".json.broken-1");
  g_assert_cmpstr (kept, ==, "broken");
  reopen (fixture);
  g_assert_cmpuint (look (fixture->store, "q1")->n_tries, ==, 2);
}

/* ---- nothing can be saved ---- */

/* Root may write everywhere; nobody may not. */
static void
set_writable (Fixture *fixture, gboolean is_writable)
{
  if (geteuid () == 0 || getuid () == 0)
    {
      if (is_writable)
        g_assert_no_errno (seteuid (0));
      g_assert_no_errno (g_chmod (fixture->folder, 0755));
      if (!is_writable)
        g_assert_no_errno (seteuid (NOBODY));
    }
  else
    g_assert_no_errno (g_chmod (fixture->folder, is_writable ? 0755 : 0555));
}

static void
test_read_only (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const char *said;

  set_writable (fixture, FALSE);
  answer (fixture->store, "q1", "1", LESSON_STORE_WRONG);
  g_assert_false (lesson_store_flush (fixture->store, &error));
  answer (fixture->store, "q1", "2", LESSON_STORE_RIGHT);
  g_assert_false (lesson_store_flush (fixture->store, NULL));
  g_assert_cmpuint (fixture->said->len, ==, 1);
  said = g_ptr_array_index (fixture->said, 0);
  g_assert_nonnull (strstr (said, g_strerror (EACCES)));
  g_assert_cmpstr (said, ==, lesson_store_get_trouble (fixture->store));
  g_assert_cmpstr (said, ==, error->message);
  g_assert_cmpuint (look (fixture->store, "q1")->n_tries, ==, 2);
  set_writable (fixture, TRUE);
  g_assert_true (lesson_store_flush (fixture->store, NULL));
  g_assert_cmpuint (fixture->said->len, ==, 2);
  g_assert_cmpstr (g_ptr_array_index (fixture->said, 1), ==, "");
  reopen (fixture);
  g_assert_cmpuint (look (fixture->store, "q1")->n_tries, ==, 2);
}

/* The disk is full in the middle of a file: the old one stays. */
static void
test_full (Fixture *fixture, gconstpointer data)
{
  g_autofree char *old = NULL;
  g_autofree char *now = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *source = g_strnfill (100000, 'x');
  struct rlimit limit, small;

  answer (fixture->store, "q1", "1", LESSON_STORE_WRONG);
  g_assert_true (lesson_store_flush (fixture->store, NULL));
  old = read_file (fixture, "lesson-" LESSON ".json");
  signal (SIGXFSZ, SIG_IGN);
  g_assert_no_errno (getrlimit (RLIMIT_FSIZE, &limit));
  small = (struct rlimit){ 50000, limit.rlim_max };
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &small));
  lesson_store_set_source (fixture->store, LESSON, "main", source);
  g_assert_false (lesson_store_flush (fixture->store, NULL));
  g_assert_no_errno (setrlimit (RLIMIT_FSIZE, &limit));
  now = read_file (fixture, "lesson-" LESSON ".json");
  rest = read_file (fixture, "lesson-" LESSON ".json.new");
  g_assert_cmpstr (now, ==, old);
  g_assert_null (rest);
  g_assert_cmpuint (fixture->said->len, ==, 1);
  g_assert_true (lesson_store_flush (fixture->store, NULL));
  g_assert_null (lesson_store_get_trouble (fixture->store));
}

/* More than a file may hold is refused with a word before it is written, since it could not be read again. */
static void
test_too_large (Fixture *fixture, gconstpointer data)
{
  g_autofree char *source = g_strnfill (1 << 20, '\n');

  answer (fixture->store, "q1", "1", LESSON_STORE_RIGHT);
  g_assert_true (lesson_store_flush (fixture->store, NULL));
  lesson_store_set_source (fixture->store, LESSON, "main", source);
  g_assert_false (lesson_store_flush (fixture->store, NULL));
  lesson_store_set_source (fixture->store, LESSON, "main", "small again");
  g_assert_true (lesson_store_flush (fixture->store, NULL));
  reopen (fixture);
  g_assert_nonnull (look (fixture->store, "q1"));
}

/* ---- by itself ---- */

static gboolean
quit_cb (gpointer loop)
{
  g_main_loop_quit (loop);
  return G_SOURCE_REMOVE;
}

static void
test_autosave (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (LessonStore) other = open_store (fixture);

  answer (fixture->store, "q1", "1", LESSON_STORE_RIGHT);
  g_assert_null (look (other, "q1"));
  g_timeout_add (900, quit_cb, loop);
  g_main_loop_run (loop);
  g_assert_nonnull (look (other, "q1"));
}

/* What is done while another thread writes is not lost, and a store that goes waits for it. */
static void
test_autosave_busy (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  for (int i = 1; i <= 300; i++)
    {
      g_autofree char *word = g_strdup_printf ("%d", i);

      answer (fixture->store, "q1", word, LESSON_STORE_WRONG);
      g_timeout_add (3, quit_cb, loop);
      g_main_loop_run (loop);
    }
  reopen (fixture);
  g_assert_cmpstr (look (fixture->store, "q1")->answer[0], ==, "300");
  g_assert_cmpuint (look (fixture->store, "q1")->n_tries, ==, 200);
  g_assert_cmpuint (fixture->said->len, ==, 0);
}

static void
test_autosave_trouble (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  set_writable (fixture, FALSE);
  answer (fixture->store, "q1", "1", LESSON_STORE_RIGHT);
  g_timeout_add (900, quit_cb, loop);
  g_main_loop_run (loop);
  g_assert_cmpuint (fixture->said->len, ==, 1);
  g_assert_nonnull (lesson_store_get_trouble (fixture->store));
  set_writable (fixture, TRUE);
  g_assert_true (lesson_store_flush (fixture->store, NULL));
}

#define TEST(name)                                                                                 \
  g_test_add ("/lesson/store/" #name, Fixture, NULL, set_up, test_##name, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  TEST (answers);
  TEST (changed_question);
  TEST (places);
  TEST (progress);
  TEST (recent);
  TEST (names);
  TEST (two_stores);
  TEST (unknown_members);
  TEST (clock);
  TEST (broken);
  TEST (broken_later);
  TEST (read_only);
  TEST (full);
  TEST (too_large);
  TEST (autosave);
  TEST (autosave_busy);
  TEST (autosave_trouble);
  return g_test_run ();
}
