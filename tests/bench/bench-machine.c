/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What running, recording and seeking cost: ticks per second with all checks on, time with recording against time without, bytes of history for
 * each recorded step, and a seek to the middle of a long run as a share of the whole run. Times are processor time of this thread; the ones
 * that are compared are taken in turn, round by round. */

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "session/session-program.h"

#define ROUNDS 5
#define SLICE 4000000
#define WANDERINGS 1000

typedef struct
{
  const char *name;
  const char *source;
} Kernel;

static const Kernel kernels[] = {
  { "arithmetic", "int main(void)\n"
                  "{\n"
                  "    unsigned a = 1, b = 2;\n"
                  "    int i;\n"
                  "    for (i = 0; i < 3000000; i++) {\n"
                  "        a = a * 31 + b;\n"
                  "        b = b ^ (a >> 3);\n"
                  "    }\n"
                  "    return (a + b) % 2;\n"
                  "}\n" },
  { "memory", "#include <stdlib.h>\n"
              "int main(void)\n"
              "{\n"
              "    int *v = malloc(40000 * sizeof *v), sum = 0;\n"
              "    for (int round = 0; round < 60; round++)\n"
              "        for (int i = 0; i < 40000; i++)\n"
              "            v[i] = i ^ round;\n"
              "    for (int i = 0; i < 40000; i++)\n"
              "        sum += v[i] & 1;\n"
              "    free(v);\n"
              "    return sum % 2;\n"
              "}\n" },
  { "calls", "static int fib(int n)\n"
             "{\n"
             "    if (n < 2)\n"
             "        return n;\n"
             "    return fib(n - 1) + fib(n - 2);\n"
             "}\n"
             "int main(void)\n"
             "{\n"
             "    return fib(27) % 2;\n"
             "}\n" },
  { "allocation", "#include <stdlib.h>\n"
                  "struct node { int n; struct node *next; };\n"
                  "int main(void)\n"
                  "{\n"
                  "    for (int round = 0; round < 40; round++) {\n"
                  "        struct node *head = NULL;\n"
                  "        for (int i = 0; i < 5000; i++) {\n"
                  "            struct node *one = malloc(sizeof *one);\n"
                  "            one->n = i;\n"
                  "            one->next = head;\n"
                  "            head = one;\n"
                  "        }\n"
                  "        while (head) {\n"
                  "            struct node *next = head->next;\n"
                  "            free(head);\n"
                  "            head = next;\n"
                  "        }\n"
                  "    }\n"
                  "    return 0;\n"
                  "}\n" },
};

/* A run of about ten million steps. */
static const char long_run[] = "#include <stdlib.h>\n"
                               "int main(void)\n"
                               "{\n"
                               "    int *v = calloc(1000, sizeof *v);\n"
                               "    for (int i = 0; i < 5000000; i++)\n"
                               "        v[i % 1000] +=\n"
                               "            i % 7;\n"
                               "    free(v);\n"
                               "    return 0;\n"
                               "}\n";

static double
get_seconds (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec + now.tv_nsec / 1e9;
}

static int
compare_doubles (const void *a, const void *b)
{
  double first = *(const double *)a, second = *(const double *)b;

  return first < second ? -1 : first > second;
}

static double
find_median (double *values)
{
  qsort (values, ROUNDS, sizeof *values, compare_doubles);
  return values[ROUNDS / 2];
}

static SessionProgram *
compile (const char *source)
{
  SessionSettings settings;
  SessionProgram *program;

  session_settings_init (&settings);
  program = session_program_new ("bench.c", source, strlen (source), "c", &settings, NULL);
  g_assert_nonnull (program->code);
  return program;
}

static double
time_run (SessionProgram *program, guint64 *ticks)
{
  g_autoptr (Machine) machine = session_program_new_machine (program);
  double begin = get_seconds ();

  while (machine_run (machine, G_MAXUINT64, machine->state.ticks + SLICE) != MACHINE_ENDED)
    ;
  *ticks = machine_get_ticks (machine);
  g_assert_cmpint (machine->state.end, ==, MACHINE_END_EXIT);
  return get_seconds () - begin;
}

static double
time_recording (SessionProgram *program, guint64 *n_steps, guint64 *n_bytes)
{
  g_autoptr (History) history = session_program_new_history (program);
  double begin = get_seconds (), seconds;
  HistoryCounters counters;

  while (history_record (history, SLICE))
    ;
  seconds = get_seconds () - begin;
  counters = history_get_counters (history);
  *n_steps = history_get_n_positions (history);
  *n_bytes = counters.kept_bytes + counters.event_bytes;
  return seconds;
}

static void
measure_kernel (const Kernel *kernel)
{
  g_autoptr (SessionProgram) program = compile (kernel->source);
  double runs[ROUNDS], ratios[ROUNDS];
  guint64 ticks = 0, n_steps = 0, n_bytes = 0;
  double run;

  for (guint i = 0; i < ROUNDS; i++)
    {
      runs[i] = time_run (program, &ticks);
      ratios[i] = time_recording (program, &n_steps, &n_bytes) / runs[i];
    }
  run = find_median (runs);
  g_print ("%-12s %8.1f M ticks/s   recording %5.2f x   %8.3f bytes a step   (%.1f M steps)\n",
           kernel->name, ticks / run / 1e6, find_median (ratios), (double)n_bytes / n_steps,
           n_steps / 1e6);
}

static double
find_percentile (double *values, guint n, guint percent)
{
  qsort (values, n, sizeof *values, compare_doubles);
  return values[MIN (n - 1, n * percent / 100)];
}

/* All over the run, then back step by step from its end, then how long a request to stop may have to wait: the session's worker looks for one
 * after each slice. */
static void
measure_wandering (History *history)
{
  g_autofree double *seconds = g_new (double, WANDERINGS);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  guint64 n = history_get_n_positions (history), position = n;
  double begin, seeks;

  for (guint i = 0; i < WANDERINGS; i++)
    {
      guint64 to = 1 + (guint64)(g_rand_double (random) * (n - 1));

      begin = get_seconds ();
      history_seek (history, to);
      seconds[i] = get_seconds () - begin;
    }
  seeks = find_percentile (seconds, WANDERINGS, 99);
  g_print ("%u random seeks: p99 %.2f ms (goal 4), worst %.2f ms (goal 8)\n", WANDERINGS,
           seeks * 1e3, seconds[WANDERINGS - 1] * 1e3);
  history_seek (history, n);
  history_reset_counters (history);
  for (guint i = 0; i < WANDERINGS; i++)
    {
      begin = get_seconds ();
      history_seek (history, --position);
      seconds[i] = get_seconds () - begin;
    }
  g_print ("back %u times from the end: p99 %.2f ms (goal 0.2; a frame has 16.7), at most "
           "%" G_GUINT64_FORMAT " ticks re-executed\n",
           WANDERINGS, find_percentile (seconds, WANDERINGS, 99) * 1e3,
           history_get_counters (history).most_reexecuted);
  history_seek (history, 1);
  begin = get_seconds ();
  machine_run (history_get_machine (history), G_MAXUINT64,
               history_get_machine (history)->state.ticks + SLICE);
  g_print ("a slice between two looks for Stop: %.1f ms (goal 100)\n",
           (get_seconds () - begin) * 1e3);
}

/* From the start to the middle, with all that recording left behind; and one step back from there. */
static void
measure_seek (void)
{
  g_autoptr (SessionProgram) program = compile (long_run);
  g_autoptr (History) history = session_program_new_history (program);
  double begin = get_seconds (), whole, seeks[ROUNDS], backs[ROUNDS];
  guint64 middle;

  while (history_record (history, SLICE))
    ;
  whole = get_seconds () - begin;
  middle = history_get_n_positions (history) / 2;
  for (guint i = 0; i < ROUNDS; i++)
    {
      history_seek (history, 1);
      begin = get_seconds ();
      history_seek (history, middle + i * 190001);
      seeks[i] = get_seconds () - begin;
      begin = get_seconds ();
      history_seek (history, middle + i * 190001 - 1);
      backs[i] = get_seconds () - begin;
    }
  g_print ("%.1f M steps recorded in %.0f ms; to the middle: %.2f ms, %.2f %% of the run; one step "
           "back: %.2f ms; keyframes: %" G_GUINT64_FORMAT "\n",
           history_get_n_positions (history) / 1e6, whole * 1e3, find_median (seeks) * 1e3,
           100 * find_median (seeks) / whole, find_median (backs) * 1e3,
           history_get_counters (history).n_keyframes);
  measure_wandering (history);
}

int
main (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (kernels); i++)
    measure_kernel (&kernels[i]);
  measure_seek ();
  return 0;
}
