/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs of tens of millions of ticks: what keyframes share and cost, how they thin out, that every step is reached all the same. */

#include "expected-program.h"
#include "history/history-private.h"
#include "runtime/c/c-library.h"

#include <string.h>

#define N_POSITIONS 24
#define PAGE 4096

/* A table that is written once and then left alone, while a few numbers change all the time. */
static const char quiet_table[]
    = "static int table[65536];\n"
      "int main(void)\n"
      "{\n"
      "    unsigned int x = 1;\n"
      "    for (int i = 0; i < 65536; i++)\n"
      "        table[i] = i % 1000 + 1;\n"
      "    for (int round = 0; round < 3500000; round++)\n"
      "        x = x * 1103515245u + (unsigned int)table[x >> 16] + 12345u;\n"
      "    return x == 0;\n"
      "}\n";

/* All of a large block changes between two keyframes. */
static const char busy_block[] = "#include <stdlib.h>\n"
                                 "#include <string.h>\n"
                                 "int main(void)\n"
                                 "{\n"
                                 "    char *block = malloc(8 << 20);\n"
                                 "    for (int round = 1; round <= 40; round++)\n"
                                 "        memset(block, round, 8 << 20);\n"
                                 "    int last = block[12345];\n"
                                 "    free(block);\n"
                                 "    return last;\n"
                                 "}\n";

/* Longer than as many keyframes as there may be. */
static const char long_loop[] = "int main(void)\n"
                                "{\n"
                                "    unsigned int sum = 0;\n"
                                "    for (int i = 0; i < 30000000; i++)\n"
                                "        sum += (unsigned int)i ^ sum >> 3;\n"
                                "    return sum == 1;\n"
                                "}\n";

/* The same loop, more than 60 million and about 400 million ticks of it; the program's exit status does not matter. */
#define LOOP(n)                                                                                    \
  "int main(void)\n"                                                                               \
  "{\n"                                                                                            \
  "    unsigned int sum = 0;\n"                                                                    \
  "    for (int i = 0; i < " #n "; i++)\n"                                                         \
  "        sum += (unsigned int)i ^ sum >> 3;\n"                                                   \
  "    return 0;\n"                                                                                \
  "}\n"

/* Blocks, copies, output and calls by the ten thousand. */
static const char talker[] = "#include <stdio.h>\n"
                             "#include <stdlib.h>\n"
                             "#include <string.h>\n"
                             "static char *make(int n)\n"
                             "{\n"
                             "    char *text = malloc(8 + n % 50);\n"
                             "    memcpy(text, \"abcdef\", 7);\n"
                             "    return text;\n"
                             "}\n"
                             "int main(void)\n"
                             "{\n"
                             "    char *kept[16] = { 0 };\n"
                             "    for (int i = 0; i < 180000; i++)\n"
                             "    {\n"
                             "        free(kept[i % 16]);\n"
                             "        kept[i % 16] = make(i);\n"
                             "        if (i % 1000 == 0)\n"
                             "            printf(\"%d\\n\", i);\n"
                             "    }\n"
                             "    return kept[3][99];\n"
                             "}\n";

static const char endless_loop[] = "int main(void)\n"
                                   "{\n"
                                   "    int n = 0;\n"
                                   "    while (1)\n"
                                   "        n = (n + 7) % 1000;\n"
                                   "}\n";

typedef struct
{
  ExpectedProgram *program;
  History *history;
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->history, history_free);
  g_clear_pointer (&run->program, expected_program_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static Run
record (const char *text, const MachineLimits *limits)
{
  Run run = { expected_program_new ("long", text) };

  g_assert_true (expected_program_compile (run.program));
  run.history = history_new (run.program->code, c_library_get_leaves (), limits, NULL);
  while (history_record (run.history, 3000000))
    ;
  return run;
}

/* Notes states with a machine that nobody records, then seeks to them out of order. */
static void
check_seeks (const Run *run)
{
  g_autoptr (Machine) machine
      = machine_new (run->program->code, c_library_get_leaves (), &expected_program_limits, NULL);
  guint64 n = history_get_n_positions (run->history), hashes[N_POSITIONS];

  for (guint i = 0; i < N_POSITIONS; i++)
    {
      machine_run (machine, MAX (1, n * (i + 1) / N_POSITIONS), G_MAXUINT64);
      hashes[i] = machine_hash (machine);
    }
  for (guint i = 0; i < N_POSITIONS; i++)
    {
      guint at = i * 7 % N_POSITIONS; /* 7 and 24 have no common divisor: each once */

      history_seek (run->history, MAX (1, n * (at + 1) / N_POSITIONS));
      g_assert_cmpuint (machine_hash (history_get_machine (run->history)), ==, hashes[at]);
    }
}

/* From the start, evenly: spacing ticks apart, but for what one leaf charges at once. */
static void
check_spacing (const Run *run, guint64 most_at_once)
{
  HistoryCounters counters = history_get_counters (run->history);

  g_assert_cmpuint (history_get_keyframe (run->history, 0)->state.ticks, ==, 0);
  for (guint i = 1; i < counters.n_keyframes; i++)
    {
      guint64 gap = history_get_keyframe (run->history, i)->state.ticks
                    - history_get_keyframe (run->history, i - 1)->state.ticks;

      g_assert_cmpuint (gap, <=,
                        counters.spacing + most_at_once * (counters.spacing / HISTORY_SPACING));
      g_assert_cmpuint (gap, >=, HISTORY_SPACING);
    }
}

static void
test_sharing (void)
{
  g_auto (Run) run = record (quiet_table, &expected_program_limits);
  HistoryCounters counters = history_get_counters (run.history);
  gsize table_pages = 65536 * 4 / PAGE;

  g_assert_cmpuint (history_get_end (run.history)->ticks, >=, 20000000);
  g_assert_cmpuint (counters.n_keyframes, ==,
                    history_get_end (run.history)->ticks / HISTORY_SPACING + 1);
  /* By the third keyframe the table is written: from there on it is one and the same in all. */
  for (guint i = 3; i + 1 < counters.n_keyframes; i++)
    {
      gsize n_different;
      gsize n_shared = mem_snapshot_count_shared (history_get_keyframe (run.history, i)->space,
                                                  history_get_keyframe (run.history, i + 1)->space,
                                                  &n_different);

      g_assert_cmpuint (n_shared, >=, table_pages);
      g_assert_cmpuint (n_different, <=, 4);
    }
  check_spacing (&run, 100);
  check_seeks (&run);
  counters = history_get_counters (run.history);
  g_assert_cmpuint (counters.most_reexecuted, <=, counters.spacing + 100);
}

static void
test_thinned_by_bytes (void)
{
  g_auto (Run) run = record (busy_block, &expected_program_limits);
  HistoryCounters counters = history_get_counters (run.history);
  guint64 one_memset = (8 << 20) / 16 + 16;

  g_assert_cmpint (history_get_end (run.history)->exit_status, ==, 40);
  g_assert_cmpuint (counters.spacing, >, HISTORY_SPACING);
  g_assert_cmpuint (counters.kept_bytes, <=, HISTORY_MAX_BYTES);
  g_assert_cmpuint (counters.n_keyframes, >=, 4);
  check_spacing (&run, one_memset);
  check_seeks (&run);
  counters = history_get_counters (run.history);
  g_assert_cmpuint (counters.most_reexecuted, <=, 2 * counters.spacing + one_memset);
  /* What seeks leave behind costs no more than the same bound again. */
  g_assert_cmpuint (counters.kept_bytes, <=, 2 * HISTORY_MAX_BYTES);
}

static void
test_thinned_by_number (void)
{
  g_auto (Run) run = record (long_loop, &expected_program_limits);
  HistoryCounters counters = history_get_counters (run.history);

  g_assert_cmpuint (history_get_end (run.history)->ticks, >,
                    (guint64)HISTORY_MAX_KEYFRAMES * HISTORY_SPACING);
  g_assert_cmpuint (counters.spacing, ==, 2 * HISTORY_SPACING);
  g_assert_cmpuint (counters.n_keyframes, <=, HISTORY_MAX_KEYFRAMES);
  g_assert_cmpuint (counters.n_keyframes, >=, HISTORY_MAX_KEYFRAMES / 2);
  check_spacing (&run, 100);
  check_seeks (&run);
  counters = history_get_counters (run.history);
  g_assert_cmpuint (counters.most_reexecuted, <=, counters.spacing + 100);
}

/* Presses Back n times from a position. What the first seek costs is not counted. */
static void
press_back (History *history, guint64 from, guint n)
{
  from = MAX (from, n + 1);
  history_seek (history, from);
  history_reset_counters (history);
  for (guint i = 1; i <= n; i++)
    history_seek (history, from - i);
  g_assert_cmpuint (history_get_position (history), ==, from - n);
  g_assert_cmpuint (history_get_counters (history).most_reexecuted, <=, 100000);
}

/* From the middle of intervals, from right behind a keyframe, from some hundred steps behind it, from the end. */
static void
check_back (History *history)
{
  HistoryCounters counters = history_get_counters (history);
  guint64 n = history_get_n_positions (history);

  press_back (history, n, 1000);
  for (guint i = 1; i < counters.n_keyframes; i += counters.n_keyframes / 4)
    {
      guint64 begin = history_get_keyframe (history, i)->state.steps;

      press_back (history, begin + 1, 1000);
      press_back (history, begin + 40, 1000);
      press_back (history, begin + 70, 1000);
      press_back (history, begin + 500, 1000);
      press_back (history, begin + 60000, 1000);
    }
  counters = history_get_counters (history);
  g_assert_cmpuint (counters.kept_bytes, <=, HISTORY_MAX_BYTES + (32u << 20));
}

/* No seek anywhere re-executes more than a hundredth of the run. */
static void
check_hundredth (History *history)
{
  guint64 n = history_get_n_positions (history), position = 1;

  history_reset_counters (history);
  for (guint i = 0; i < 100; i++)
    {
      position = (position * 6364136223846793005u + 1442695040888963407u) % n;
      history_seek (history, position + 1);
    }
  for (guint i = 1; i < history_get_counters (history).n_keyframes; i += 7)
    history_seek (history, history_get_keyframe (history, i)->state.steps + 1 + i % 50);
  g_assert_cmpuint (history_get_counters (history).most_reexecuted, <=,
                    history_get_end (history)->ticks / 100);
}

static void
test_back (void)
{
  g_auto (Run) run = record (LOOP (13000000), &expected_program_limits);

  g_assert_cmpuint (history_get_end (run.history)->ticks, >, 60000000);
  check_back (run.history);
  check_hundredth (run.history);
  check_seeks (&run);
}

/* Resident bytes at most so far, as the kernel tells them. */
static guint64
read_peak_kibibytes (void)
{
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  line = strstr (text, "VmHWM:");
  g_assert_nonnull (line);
  return g_ascii_strtoull (line + strlen ("VmHWM:"), NULL, 10);
}

/* In a process of its own, for what is resident. */
static void
test_very_long (void)
{
  MachineLimits limits = expected_program_limits;
  g_auto (Run) run = { NULL };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
      g_test_trap_assert_passed ();
      return;
    }
  limits.max_ticks = 400000000;
  run = record (LOOP (1000000000), &limits);
  g_assert_cmpuint (history_get_end (run.history)->ticks, >=, 400000000);
  g_assert_cmpuint (read_peak_kibibytes (), <=, 300 << 10);
  check_back (run.history);
  check_hundredth (run.history);
}

/* All that a machine tells which nobody records. */
static GArray *
hear_all (const Run *run, guint64 max_ticks)
{
  MachineLimits limits = expected_program_limits;
  g_autoptr (Machine) machine = NULL;
  GArray *told = g_array_new (FALSE, FALSE, sizeof (MachineEvent));

  limits.max_ticks = max_ticks;
  machine = machine_new (run->program->code, c_library_get_leaves (), &limits, NULL);
  machine->events = told;
  machine->tells_calls = TRUE;
  machine_run (machine, G_MAXUINT64, max_ticks);
  return told;
}

static void
check_events (History *history, const GArray *told, guint64 from, guint64 to, guint32 kinds,
              guint most)
{
  guint64 position = history_get_position (history);
  guint64 hash = machine_hash (history_get_machine (history));
  g_autoptr (GArray) list = history_list_events_between (history, from, to, kinds, most);
  guint n = 0;

  for (guint i = 0; i < told->len && n < most; i++)
    {
      const MachineEvent *event = &g_array_index (told, MachineEvent, i);
      const HistoryEvent *found = &g_array_index (list, HistoryEvent, n);

      if (!(kinds & 1u << event->kind) || event->step + 1 < from || event->step + 1 > to)
        continue;
      g_assert_cmpuint (list->len, >, n);
      g_assert_cmpuint (found->kind, ==, event->kind);
      g_assert_cmpuint (found->id, ==, event->id);
      g_assert_cmpuint (found->step, ==, event->step);
      n++;
    }
  g_assert_cmpuint (list->len, ==, n);
  g_assert_cmpuint (history_get_position (history), ==, position);
  g_assert_cmpuint (machine_hash (history_get_machine (history)), ==, hash);
}

static void
check_all_events (Run *run, gsize budget)
{
  static const guint32 memory = 1u << MACHINE_EVENT_ALLOCATE | 1u << MACHINE_EVENT_FREE;
  static const guint32 rare = 1u << MACHINE_EVENT_PRINT | 1u << MACHINE_EVENT_FAULT;
  static const guint32 calls = 1u << MACHINE_EVENT_CALL | 1u << MACHINE_EVENT_RETURN;
  g_autoptr (GArray) told = hear_all (run, expected_program_limits.max_ticks);
  History *history = history_new_with_budget (run->program->code, c_library_get_leaves (),
                                              &expected_program_limits, NULL, budget);
  guint64 n;

  run->history = history;
  while (history_record (history, 700000))
    ;
  n = history_get_n_positions (history);
  g_assert_cmpuint (history_get_counters (history).event_bytes, <=, budget);
  g_assert_cmpuint (history_get_counters (history).n_keyframes, >, 6);
  check_events (history, told, 1, n, memory | rare, G_MAXUINT);
  history_seek (history, n / 3);
  check_events (history, told, 1, n, G_MAXUINT32, G_MAXUINT);
  check_events (history, told, 1, n, rare, G_MAXUINT);
  check_events (history, told, n / 3, n / 3 + 10, memory | calls, G_MAXUINT);
  check_events (history, told, n / 2, n - n / 4, memory, 1000);
  check_events (history, told, n, n, rare | memory | calls, G_MAXUINT);
  check_events (history, told, 5, 5, memory, G_MAXUINT);
}

/* Events whose details were not kept are the same as those that were, and as those of a run that nobody records. */
static void
test_events (void)
{
  static const gsize budgets[] = { 0, 30000, HISTORY_EVENTS_BYTES };

  for (guint i = 0; i < G_N_ELEMENTS (budgets); i++)
    {
      g_auto (Run) run = { expected_program_new ("talker", talker) };

      g_assert_true (expected_program_compile (run.program));
      check_all_events (&run, budgets[i]);
    }
}

/* A limit is a position of its own, behind the last STOP, and can be left and reached again. */
static void
test_limit (void)
{
  MachineLimits limits = expected_program_limits;
  g_auto (Run) run = { NULL };
  Machine *machine;
  guint64 n, hash;

  limits.max_ticks = 3333333;
  run = record (endless_loop, &limits);
  machine = history_get_machine (run.history);
  n = history_get_n_positions (run.history);
  g_assert_cmpint (machine->state.end, ==, MACHINE_END_LIMIT);
  g_assert_cmpint (machine->state.limit, ==, MACHINE_LIMIT_TICKS);
  g_assert_cmpuint (machine->state.ticks, >=, limits.max_ticks);
  g_assert_cmpuint (machine->state.ticks, <=, limits.max_ticks + 10);
  hash = machine_hash (machine);
  history_seek (run.history, 10);
  g_assert_cmpuint (history_get_position (run.history), ==, 10);
  history_seek (run.history, n);
  g_assert_cmpuint (history_get_position (run.history), ==, n);
  g_assert_cmpuint (machine_hash (machine), ==, hash);
  history_seek (run.history, n + 1000);
  g_assert_cmpuint (history_get_position (run.history), ==, n);
}

/* A recording that was stopped half-way ends where it was. */
static void
test_stopped (void)
{
  g_autoptr (ExpectedProgram) program = expected_program_new ("endless", endless_loop);
  g_autoptr (History) history = NULL;
  guint64 n;

  g_assert_true (expected_program_compile (program));
  history = history_new (program->code, c_library_get_leaves (), &expected_program_limits, NULL);
  g_assert_true (history_record (history, 1234567));
  history_end_recording (history);
  n = history_get_n_positions (history);
  g_assert_cmpuint (n, >, 100000);
  history_seek (history, n);
  g_assert_cmpuint (history_get_position (history), ==, n);
  history_seek (history, n / 2);
  g_assert_cmpuint (history_get_position (history), ==, n / 2);
  history_seek (history, n + 1);
  g_assert_cmpuint (history_get_position (history), ==, n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/long-runs/sharing", test_sharing);
  g_test_add_func ("/long-runs/thinned-by-bytes", test_thinned_by_bytes);
  g_test_add_func ("/long-runs/thinned-by-number", test_thinned_by_number);
  g_test_add_func ("/long-runs/back", test_back);
  g_test_add_func ("/long-runs/very-long", test_very_long);
  g_test_add_func ("/long-runs/events", test_events);
  g_test_add_func ("/long-runs/limit", test_limit);
  g_test_add_func ("/long-runs/stopped", test_stopped);
  return g_test_run ();
}
