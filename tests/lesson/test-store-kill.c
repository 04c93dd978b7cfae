/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program is killed at any moment, and what the learner did is still there.
 *
 * This program starts itself as a writer. A writer answers and edits without end, and reports each thing it has done over a pipe.
 * It is killed with signal 9 at moments from a fixed seed; then a store opens the folder and everything is held
 * against the reports. Each folder goes through several such lives, and nothing may be lost from one to the next.
 *
 *   timed     one writer, fifty times as fast as fingers, saved by the timer alone: at most the last second is lost
 *   flushed   two writers on the same lesson that save after every change, so that the kill falls into the writing:
 *             nothing is lost */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lesson/lesson-store.h"

#define LESSON "kill"
#define SEED 20251
#define CHANGE_US 2500 /* a fast typist makes eight changes a second */
#define N_TIMED 20     /* folders at a time */
#define N_TIMED_LIVES 5
#define N_FLUSHED_LIVES 100
#define SECOND G_GINT64_CONSTANT (1000000)

typedef struct
{
  gint64 n;    /* of the change */
  gint64 time; /* monotonic, when it was made */
} Report;

/* ---- what a writer writes ---- */

/* A program of some 4 KB in which every line tells the number: two halves of two versions would show. */
static char *
make_source (gint64 n)
{
  GString *source = g_string_new (NULL);

  for (int i = 0; i < 150; i++)
    g_string_append_printf (source, "int line_%d = %" G_GINT64_FORMAT ";\n", i, n);
  return g_string_free (source, FALSE);
}

static void
make_change (LessonStore *store, const char *name, gint64 n)
{
  LessonQuestion question = { .id = (char *)name, .kind = LESSON_QUESTION_VALUE };
  g_autofree char *source = make_source (n);
  g_autofree char *word = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  lesson_store_answer (store, LESSON, &question, (const char *[]){ word, NULL }, LESSON_STORE_WRONG,
                       0);
  lesson_store_set_source (store, LESSON, name, source);
  lesson_store_set_position (store, LESSON, name, n);
}

/* What the store knows of a writer's last change: 0, none. The source and the place must be of the same number. */
static gint64
read_change (LessonStore *store, const char *name)
{
  LessonQuestion question = { .id = (char *)name, .kind = LESSON_QUESTION_VALUE };
  const LessonStoreAnswer *answer = lesson_store_get_answer (store, LESSON, &question);
  gint64 n = answer != NULL ? g_ascii_strtoll (answer->answer[0], NULL, 10) : 0;
  g_autofree char *source = lesson_store_dup_source (store, LESSON, name);
  g_autofree char *wanted = make_source (n);
  guint64 step = 0;

  if (n == 0)
    return 0;
  g_assert_cmpstr (source, ==, wanted);
  g_assert_true (lesson_store_get_position (store, LESSON, name, &step));
  g_assert_cmpuint (step, ==, n);
  /* No answer in between is missing; the oldest go when there are very many. */
  g_assert_cmpuint (answer->n_tries, ==, MIN (n, 200));
  return n;
}

typedef struct
{
  LessonStore *store;
  const char *name;
  gboolean is_flushed;
  gint64 n;
} Writer;

static gboolean
write_cb (gpointer data)
{
  Writer *writer = data;
  Report report;

  make_change (writer->store, writer->name, ++writer->n);
  /* The other writer may hold the lock for longer than a store waits: then it is not saved, and not reported. */
  while (writer->is_flushed && !lesson_store_flush (writer->store, NULL))
    ;
  report = (Report){ writer->n, g_get_monotonic_time () };
  return write (STDOUT_FILENO, &report, sizeof report) == sizeof report;
}

/* Never returns: it is killed. */
static void
be_writer (const char *folder, const char *name, gboolean is_flushed)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Writer writer = { .store = lesson_store_new (folder), .name = name, .is_flushed = is_flushed };

  writer.n = read_change (writer.store, name);
  g_timeout_add (is_flushed ? 1 : CHANGE_US / 1000, write_cb, &writer);
  g_main_loop_run (loop);
}

/* ---- lives ---- */

typedef struct
{
  char *folder;
  const char *name;
  GPid pid;
  int pipe;
  gint64 dies;  /* monotonic; later, when it died */
  gint64 known; /* the last change that is known to be saved */
} Life;

static void
start (Life *life, const char *how)
{
  char *argv[] = { (char *)"/proc/self/exe", (char *)how, life->folder, (char *)life->name, NULL };
  g_autoptr (GError) error = NULL;

  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &life->pid,
                            NULL, &life->pipe, NULL, &error);
  g_assert_no_error (error);
}

static void
end (Life *life)
{
  gint64 now = g_get_monotonic_time ();

  if (life->dies > now)
    g_usleep (life->dies - now);
  life->dies = g_get_monotonic_time ();
  g_assert_no_errno (kill (life->pid, SIGKILL));
  waitpid (life->pid, NULL, 0);
  g_spawn_close_pid (life->pid);
}

/* All that the writer reported. allowance: what was done that long before the end, in microseconds, may be lost. Sets the
 * last change that must be there and the last that can be. */
static void
read_reports (Life *life, gint64 allowance, gint64 *least, gint64 *most)
{
  Report report;
  gint64 last_time = 0, widest = 0;
  g_autoptr (GArray) reports = g_array_new (FALSE, FALSE, sizeof (Report));

  while (read (life->pipe, &report, sizeof report) == sizeof report)
    {
      g_array_append_val (reports, report);
      if (last_time != 0)
        widest = MAX (widest, report.time - last_time);
      last_time = report.time;
    }
  close (life->pipe);
  /* While the whole writer stood still, its timer could not run either. */
  if (allowance > 0)
    allowance += widest + MAX (life->dies - last_time, 0);
  *least = *most = life->known;
  for (guint i = 0; i < reports->len; i++)
    {
      report = g_array_index (reports, Report, i);
      *most = report.n;
      if (report.time <= life->dies - allowance)
        *least = report.n;
    }
  *most += 1; /* done and saved, and killed before it was reported */
}

static void
trouble_cb (LessonStore *store, const char *sentence, gpointer data)
{
  g_error ("the store said: %s", sentence);
}

static void
check (Life *life, gint64 allowance)
{
  g_autoptr (LessonStore) store = lesson_store_new (life->folder);
  gint64 least, most, n;

  g_signal_connect (store, "trouble", G_CALLBACK (trouble_cb), NULL);
  read_reports (life, allowance, &least, &most);
  n = read_change (store, life->name);
  g_test_message ("%s %s: %" G_GINT64_FORMAT " saved; %" G_GINT64_FORMAT " to %" G_GINT64_FORMAT,
                  life->folder, life->name, n, least, most);
  g_assert_cmpint (n, >=, least);
  g_assert_cmpint (n, <=, most);
  life->known = n;
}

static void
remove_folder (char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_null (strstr (name, "broken"));
      g_remove (path);
    }
  g_remove (folder);
  g_free (folder);
}

static void
test_timed (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED);
  Life lives[N_TIMED] = { 0 };
  gint64 total = 0;

  for (int i = 0; i < N_TIMED; i++)
    lives[i] = (Life){ .folder = g_dir_make_tmp ("heapwise-kill-XXXXXX", NULL), .name = "a" };
  for (int life = 0; life < N_TIMED_LIVES; life++)
    {
      gint64 moment = g_get_monotonic_time () + SECOND * 6 / 10;

      for (int i = 0; i < N_TIMED; i++)
        {
          start (&lives[i], "timed");
          moment += g_rand_int_range (rand, 0, 2 * SECOND / 3 / N_TIMED);
          lives[i].dies = moment;
        }
      for (int i = 0; i < N_TIMED; i++)
        end (&lives[i]);
      for (int i = 0; i < N_TIMED; i++)
        check (&lives[i], SECOND);
    }
  for (int i = 0; i < N_TIMED; i++)
    {
      total += lives[i].known;
      remove_folder (lives[i].folder);
    }
  /* Most of it was saved: the timer runs, and the writers were not killed before they began. */
  g_assert_cmpint (total, >, N_TIMED * 50);
}

static void
test_flushed (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (SEED + 1);
  char *folder = g_dir_make_tmp ("heapwise-kill-XXXXXX", NULL);
  Life a = { .folder = folder, .name = "a" }, b = { .folder = folder, .name = "b" };

  for (int life = 0; life < N_FLUSHED_LIVES; life++)
    {
      gint64 now = g_get_monotonic_time ();
      Life *first, *second;

      start (&a, "flushed");
      start (&b, "flushed");
      a.dies = now + g_rand_int_range (rand, 10000, 120000);
      b.dies = now + g_rand_int_range (rand, 10000, 120000);
      first = a.dies < b.dies ? &a : &b;
      second = first == &a ? &b : &a;
      end (first);
      end (second);
      check (&a, 0);
      check (&b, 0);
    }
  g_assert_cmpint (a.known, >, N_FLUSHED_LIVES / 2);
  g_assert_cmpint (b.known, >, N_FLUSHED_LIVES / 2);
  remove_folder (folder);
}

int
main (int argc, char **argv)
{
  if (argc == 4)
    be_writer (argv[2], argv[3], strcmp (argv[1], "flushed") == 0);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/lesson/store/kill/timed", test_timed);
  g_test_add_func ("/lesson/store/kill/flushed", test_flushed);
  return g_test_run ();
}
