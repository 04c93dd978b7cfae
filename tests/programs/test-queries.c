/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When bytes changed, held against a machine that is stepped through the whole run; when they were written, held against the program's
 * own words. */

#include "expected-program.h"
#include "history/history-change.h"
#include "history/history-leak.h"
#include "runtime/c/c-library.h"

#include <string.h>

/* A global written as a cell, a slot of main, an array reached by pointer, a heap block that changes now and then and one that is freed. */
static const char writer[] = "#include <stdlib.h>\n"
                             "#include <string.h>\n"
                             "static int global = 1;\n"
                             "static int table[4000];\n"
                             "static int deep(int n)\n"
                             "{\n"
                             "    int here = n * 2;\n"
                             "    return n == 0 ? here : deep(n - 1) + 1;\n"
                             "}\n"
                             "int main(void)\n"
                             "{\n"
                             "    int rare = 5, often = 0;\n"
                             "    int *block = malloc(40000);\n"
                             "    char *early = malloc(64);\n"
                             "    memset(block, 0, 40000);\n"
                             "    strcpy(early, \"text\");\n"
                             "    free(early);\n"
                             "    for (int i = 0; i < 120000; i++)\n"
                             "    {\n"
                             "        often += i;\n"
                             "        often %= 1000;\n"
                             "        block[i % 5000] = often;\n"
                             "        block[9000] = i / 40000;\n"
                             "        table[i % 100] = i;\n"
                             "        if (i == 50000)\n"
                             "            rare = 6;\n"
                             "        if (i % 70000 == 1)\n"
                             "            global += deep(20);\n"
                             "    }\n"
                             "    block = NULL;\n"
                             "    return rare + global > 0 ? 0 : 1;\n"
                             "}\n";

/* Each global is written on the lines that name it behind `//`, whatever stood there before. What runs last comes first in the test. */
static const char toucher[]
    = "#include <stdio.h>\n"
      "#include <stdlib.h>\n"
      "#include <string.h>\n"
      "struct pair { int a, b; };\n"
      "static int same = 5;\n"
      "static int self;\n"
      "static double sum;\n"
      "static char letters[16];\n"
      "static struct pair pair, other;\n"
      "static int *where;\n"
      "static int numbers[4], far;\n"
      "static int never = 3;\n"
      "static int answer;\n"
      "static struct pair make(int a) { struct pair p = { a, a }; return p; } // other\n"
      "static int give(void)\n"
      "{\n"
      "    return 7; // answer\n"
      "}\n"
      "static void set(int *to, int value)\n"
      "{\n"
      "    *to = value; // far\n"
      "}\n"
      "int main(void)\n"
      "{\n"
      "    same = 5; // same\n"
      "    same = 5; // same\n"
      "    self = self; // self\n"
      "    self += 0; // self\n"
      "    self = -self; // self\n"
      "    sum = sum * 1.0; // sum\n"
      "    sum = same; // sum\n"
      "    memset(letters, 0, sizeof letters); // letters\n"
      "    memmove(letters, letters + 8, 8); // letters\n"
      "    strcpy(letters, \"\"); // letters\n"
      "    letters[0] = 0; // letters\n"
      "    sprintf(letters, \"%d\", never); // letters\n"
      "    pair = other; // pair\n"
      "    pair.b = 9;\n"
      "    pair.a = same == 5; // pair\n"
      "    other = make(0);\n"
      "    where = &same; // where\n"
      "    where = where + 0; // where\n"
      "    where = NULL; // where\n"
      "    numbers[same - 5] = 0; // numbers\n"
      "    set(&far, 0);\n"
      "    set(&numbers[1], 4);\n"
      "    sscanf(\"0\", \"%d\", numbers); // numbers\n"
      "    answer = give();\n"
      "    answer = answer > 0 && same > 0; // answer\n"
      "    answer = (char)300; // answer\n"
      "    return never + pair.b - pair.b > 0 ? 0 : 1;\n"
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
record_text (const char *text)
{
  Run run = { expected_program_new ("text", text) };

  g_assert_true (expected_program_compile (run.program));
  run.history
      = history_new (run.program->code, c_library_get_leaves (), &expected_program_limits, NULL);
  while (history_record (run.history, 1000000))
    ;
  return run;
}

static Run
record (void)
{
  Run run = record_text (writer);

  g_assert_cmpuint (history_get_counters (run.history).n_keyframes, >, 3);
  return run;
}

/* Positions whose steps change the bytes, found the long way. */
static GArray *
list_changes (const Run *run, guint64 address, guint64 n_bytes)
{
  g_autoptr (Machine) machine
      = machine_new (run->program->code, c_library_get_leaves (), &expected_program_limits, NULL);
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autofree guint8 *last = g_malloc (2 * n_bytes + 8);
  guint64 n = history_get_n_positions (run->history);
  const MemSpace *space = machine->space;

  for (guint64 position = 1; position <= n; position++)
    {
      guint64 before = position - 1;

      machine_run (machine, position, G_MAXUINT64);
      if (position > 1
          && (memcmp (last, space->bytes + address, n_bytes) != 0
              || memcmp (last + n_bytes, space->defined + address, n_bytes) != 0
              || memcmp (last + 2 * n_bytes, space->provenance + address / 8, 4) != 0))
        g_array_append_val (changes, before);
      memcpy (last, space->bytes + address, n_bytes);
      memcpy (last + n_bytes, space->defined + address, n_bytes);
      memcpy (last + 2 * n_bytes, space->provenance + address / 8, 4);
    }
  return changes;
}

static void
check_at (History *history, const GArray *changes, guint64 address, guint64 n_bytes, guint64 at)
{
  guint64 wanted = 0, next = 0, here = history_get_position (history);
  guint64 hash = machine_hash (history_get_machine (history));
  HistoryChange change = { 0 };

  for (guint i = 0; i < changes->len; i++)
    {
      guint64 position = g_array_index (changes, guint64, i);

      if (position < at)
        wanted = position;
      else if (next == 0)
        next = position;
    }
  g_assert_cmpint (
      history_find_change (history, HISTORY_CHANGE, address, n_bytes, at, NULL, NULL, &change), ==,
      wanted != 0);
  if (wanted != 0)
    g_assert_cmpuint (change.position, ==, wanted);
  g_assert_cmpint (
      history_find_next_change (history, HISTORY_CHANGE, address, n_bytes, at, NULL, NULL, &change),
      ==, next != 0);
  if (next != 0)
    g_assert_cmpuint (change.position, ==, next);
  g_assert_cmpuint (history_get_position (history), ==, here);
  g_assert_cmpuint (machine_hash (history_get_machine (history)), ==, hash);
}

static void
check_place (const Run *run, guint64 address, guint n_at_least)
{
  g_autoptr (GArray) changes = list_changes (run, address, 4);
  guint64 n = history_get_n_positions (run->history);
  guint64 places[] = { 1, 2, 9, n / 3, n / 2, n - 5, n };

  g_assert_cmpuint (changes->len, >=, n_at_least);
  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    check_at (run->history, changes, address, 4, places[i]);
}

/* A place of each kind: addresses are taken from the machine, where it stands in the middle of the run. */
static void
test_changes (void)
{
  g_auto (Run) run = record ();
  Machine *machine = history_get_machine (run.history);
  const MachineFunction *function, *deep;
  guint64 heap;

  history_seek (run.history, history_get_n_positions (run.history) / 2);
  function = machine_code_get_function (machine->code, machine->frames[1].function);
  heap = machine->space->regions[MEM_REGION_HEAP].begin;
  for (guint i = 0; i < 2; i++) /* rare, often */
    check_place (&run, machine->frames[1].frame + function->slots[i].offset, i == 0 ? 2 : 50000);
  for (guint i = 0; i < 2; i++) /* global, table[0] */
    check_place (&run, machine->code->global_addresses[i], i == 0 ? 2 : 1000);
  /* `here` of the first call of deep(), the program's first function */
  deep = machine_code_get_function (machine->code, 0);
  check_place (&run, machine->frames[1].frame - deep->frame_bytes + deep->slots[1].offset, 2);
  check_place (&run, heap + 16 + 9000 * 4, 3);
  check_place (&run, heap + 16 + 12 * 4, 10);
  check_place (&run, heap + 40000 + 32, 1);
  check_place (&run, heap + 60000, 0); /* never */
}

/* ---- writes ---- */

/* The lines that a comment names a variable on, as "25 26 …". (transfer full) */
static char *
list_marked_lines (const char *variable)
{
  g_auto (GStrv) lines = g_strsplit (toucher, "\n", -1);
  g_autofree char *mark = g_strdup_printf ("// %s", variable);
  GString *list = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    if (g_str_has_suffix (lines[i], mark))
      g_string_append_printf (list, "%u ", i + 1);
  return g_string_free (list, FALSE);
}

static guint
get_line (const Run *run, const HistoryChange *change)
{
  return text_map_line (run->program->map, change->span);
}

static void
prepend_line (GString *list, guint line)
{
  g_autofree char *text = g_strdup_printf ("%u ", line);

  g_string_prepend (list, text);
}

/* The lines that write to four bytes, found backwards from the end; a line that runs twice stands twice. (transfer full) */
static char *
list_written_lines (const Run *run, guint64 address)
{
  guint64 at = history_get_n_positions (run->history);
  GString *list = g_string_new (NULL);
  HistoryChange change;

  while (at > 1
         && history_find_change (run->history, HISTORY_WRITE, address, 4, at, NULL, NULL, &change))
    {
      prepend_line (list, get_line (run, &change));
      at = change.position;
    }
  return g_string_free (list, FALSE);
}

/* … and forwards from the start. */
static char *
list_writing_lines (const Run *run, guint64 address)
{
  guint64 from = 1, n = history_get_n_positions (run->history);
  GString *list = g_string_new (NULL);
  HistoryChange change;

  while (from < n
         && history_find_next_change (run->history, HISTORY_WRITE, address, 4, from, NULL, NULL,
                                      &change))
    {
      g_string_append_printf (list, "%u ", get_line (run, &change));
      from = change.position + 1;
    }
  return g_string_free (list, FALSE);
}

static guint64
find_global (const Run *run, const char *name)
{
  const MachineCode *code = history_get_machine (run->history)->code;

  for (guint i = 0; i < code->program->globals->len; i++)
    if (g_strcmp0 (ir_program_get_global (code->program, i)->name, name) == 0)
      return code->global_addresses[i];
  g_assert_not_reached ();
}

static void
test_writes (void)
{
  static const char *const variables[] = { "same",  "self",    "sum",   "letters", "pair", "other",
                                           "where", "numbers", "never", "answer",  "far" };
  g_auto (Run) run = record_text (toucher);

  for (guint i = 0; i < G_N_ELEMENTS (variables); i++)
    {
      guint64 address = find_global (&run, variables[i]);
      g_autofree char *wanted = list_marked_lines (variables[i]);
      g_autofree char *backwards = list_written_lines (&run, address);
      g_autofree char *forwards = list_writing_lines (&run, address);

      g_test_message ("%s: %s", variables[i], backwards);
      g_assert_cmpstr (forwards, ==, backwards);
      g_assert_cmpstr (backwards, ==, wanted);
    }
}

static gboolean
give_up_later (guint64 n_ticks, gpointer data)
{
  guint64 *last = data;

  g_assert_cmpuint (n_ticks - *last, <=, 5000000);
  *last = n_ticks;
  return n_ticks < 1000000;
}

static void
test_given_up (void)
{
  g_auto (Run) run = record ();
  guint64 address
      = history_get_machine (run.history)->space->regions[MEM_REGION_HEAP].begin + 60000;
  guint64 last = 0, n = history_get_n_positions (run.history);
  HistoryChange change;

  g_assert_cmpuint (history_get_end (run.history)->ticks, >, 1500000);
  g_assert_false (history_find_change (run.history, HISTORY_CHANGE, address, 8, n, give_up_later,
                                       &last, &change));
  g_assert_cmpuint (last, >=, 1000000);
  g_assert_cmpuint (last, <, 1500000);
  g_assert_cmpuint (history_get_position (run.history), ==, n);
}

/* Where the events say that blocks were made and freed; the big one loses its last pointer in `block = NULL`, the step before the last
 * three STOPs. */
static void
test_blocks (void)
{
  g_auto (Run) run = record ();
  guint64 n = history_get_n_positions (run.history), loss;
  g_autoptr (GArray) made
      = history_list_events_between (run.history, 1, n, 1u << MACHINE_EVENT_ALLOCATE, 9);
  g_autoptr (GArray) freed
      = history_list_events_between (run.history, 1, n, 1u << MACHINE_EVENT_FREE, 9);
  guint32 big, early;

  g_assert_cmpuint (made->len, ==, 2);
  g_assert_cmpuint (freed->len, ==, 1);
  big = g_array_index (made, HistoryEvent, 0).id;
  early = g_array_index (made, HistoryEvent, 1).id;
  g_assert_cmpuint (g_array_index (freed, HistoryEvent, 0).id, ==, early);
  history_seek (run.history, n / 2);
  for (guint i = 0; i < made->len; i++)
    g_assert_cmpuint (history_find_birth (run.history, g_array_index (made, HistoryEvent, i).id),
                      ==, g_array_index (made, HistoryEvent, i).step);
  g_assert_cmpuint (history_find_end (run.history, early), ==,
                    g_array_index (freed, HistoryEvent, 0).step);
  g_assert_cmpuint (history_find_end (run.history, big), ==, 0);
  g_assert_cmpuint (history_find_birth (run.history, big + 1000), ==, 0);
  loss = history_find_loss (run.history, big);
  g_assert_cmpuint (loss, >, n - 5);
  g_assert_cmpuint (history_find_loss_before (run.history, big, loss), ==, 0);
  g_assert_cmpuint (history_find_loss_before (run.history, big, loss + 1), ==, loss);
  g_assert_cmpuint (history_get_position (run.history), ==, n / 2);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/queries/changes", test_changes);
  g_test_add_func ("/queries/writes", test_writes);
  g_test_add_func ("/queries/given-up", test_given_up);
  g_test_add_func ("/queries/blocks", test_blocks);
  return g_test_run ();
}
