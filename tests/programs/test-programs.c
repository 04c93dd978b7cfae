/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every program of this folder: /run compares its run with the expectations on its lines (expected-program.h), /ir sends its IR
 * through text and back, /seek records it and visits its states out of order.
 *
 * meson runs all of it a second time under a locale that writes 1,5. */

#include "expected-program.h"
#include "facts/facts-new.h"
#include "history/history.h"
#include "ir/ir-text.h"
#include "runtime/c/c-library.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#define N_POSITIONS 50

/* A failure that names the program's line, and lets the test go on to the next check. */
#define FAIL(line, ...)                                                                            \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *message = g_strdup_printf (__VA_ARGS__);                                      \
                                                                                                   \
    g_test_message ("%s.c:%u: %s", self->name, (guint)(line), message);                            \
    g_test_fail ();                                                                                \
  }                                                                                                \
  G_STMT_END

static ExpectedProgram *
load_and_compile (const char *name)
{
  g_autoptr (ExpectedProgram) self = expected_program_load (name);

  if (!expected_program_compile (self))
    {
      g_autofree char *text = expected_program_print_diagnostics (self);

      FAIL (0, "%s", text);
      return NULL;
    }
  return g_steal_pointer (&self);
}

static Machine *
make_machine (MachineCode *code)
{
  return machine_new (code, c_library_get_leaves (), &expected_program_limits, NULL);
}

/* ---- /run ---- */

static void
check_output (const ExpectedProgram *self, Machine *machine)
{
  guint64 n_output = machine->state.n_output[MACHINE_STREAM_OUTPUT];
  const guint8 *output = machine->outputs[MACHINE_STREAM_OUTPUT]->data;
  g_autofree char *text = g_strndup (n_output > 0 ? (const char *)output : "", n_output);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_lines = g_strv_length (lines);

  if (n_lines > 0 && lines[n_lines - 1][0] == '\0')
    n_lines--;
  for (guint i = 0; i < MAX (n_lines, self->output->len); i++)
    {
      const ExpectedLine *expected
          = i < self->output->len ? &g_array_index (self->output, ExpectedLine, i) : NULL;
      const char *printed = i < n_lines ? g_strchomp (lines[i]) : NULL;

      if (expected == NULL)
        FAIL (0, "prints more than expected: “%s”", printed);
      else if (printed == NULL)
        FAIL (expected->line, "does not print “%s”", expected->text);
      else if (strcmp (printed, expected->text) != 0)
        FAIL (expected->line, "prints “%s” instead of “%s”", printed, expected->text);
      else
        continue;
      return;
    }
}

static void
check_fault (const ExpectedProgram *self, Machine *machine)
{
  const MachineFault *fault = &machine->state.fault;
  TextSpan span;
  guint line;

  if (machine->state.end != MACHINE_END_FAULT)
    {
      FAIL (self->fault_line, "no fault, but %s expected", mem_fault_kind_get_name (self->fault));
      return;
    }
  span = facts_get_user_span (machine, self->map, fault->pc);
  line = text_map_user_line (self->map, span);
  if (fault->mem.kind != self->fault || line != self->fault_line)
    {
      g_autoptr (TextDiagnostic) story = facts_tell_fault (machine, self->map);
      g_autofree char *text = text_diagnostic_render (story, self->map);

      FAIL (self->fault_line, "expected %s; %s", mem_fault_kind_get_name (self->fault), text);
    }
}

static void
check_leaks (const ExpectedProgram *self, Machine *machine)
{
  g_autoptr (GArray) leaks = facts_list_leaks (machine, self->map);

  for (guint i = 0; i < MAX (leaks->len, self->leaks->len); i++)
    {
      const ExpectedLeak *expected
          = i < self->leaks->len ? &g_array_index (self->leaks, ExpectedLeak, i) : NULL;
      const FactsLeak *leak = i < leaks->len ? &g_array_index (leaks, FactsLeak, i) : NULL;

      if (leak == NULL)
        FAIL (expected->line, "does not leak");
      else if (expected == NULL || leak->line != expected->line
               || leak->n_bytes != expected->n_bytes || leak->n_blocks != expected->n_blocks)
        FAIL (leak->line, "leaks %" G_GUINT64_FORMAT " bytes in %" G_GUINT64_FORMAT " blocks",
              leak->n_bytes, leak->n_blocks);
      else
        continue;
      return;
    }
}

/* A rejected program: for the right reason, on the right line. */
static void
check_rejected (const ExpectedProgram *self)
{
  const TextDiagnostic *first;

  g_assert_cmpuint (self->diagnostics->n_errors, >, 0);
  g_assert_true (text_diagnostics_are_unsupported (self->diagnostics));
  first = g_ptr_array_index (self->diagnostics->list, 0);
  g_assert_cmpuint (text_map_line (self->map, first->span), ==, self->unsupported_line);
}

static void
test_run (gconstpointer name)
{
  g_autoptr (ExpectedProgram) self = expected_program_load (name);
  g_autoptr (Machine) machine = NULL;

  if (!expected_program_compile (self))
    {
      g_autofree char *text = expected_program_print_diagnostics (self);

      if (self->unsupported_line == 0)
        FAIL (0, "%s", text);
      else
        check_rejected (self);
      return;
    }
  if (self->unsupported_line != 0)
    {
      FAIL (self->unsupported_line, "is accepted");
      return;
    }
  machine = make_machine (self->code);
  machine_run (machine, G_MAXUINT64, G_MAXUINT64);
  check_output (self, machine);
  if (self->fault != MEM_FAULT_NONE || machine->state.end != MACHINE_END_EXIT)
    {
      check_fault (self, machine);
      return;
    }
  g_assert_cmpint (machine->state.exit_status, ==, self->exit_status);
  check_leaks (self, machine);
}

/* ---- /ir ---- */

static guint64
run_and_hash (MachineCode *code)
{
  g_autoptr (Machine) machine = make_machine (code);

  machine_run (machine, G_MAXUINT64, G_MAXUINT64);
  return machine_hash (machine);
}

/* Compiled again, in other host memory, everything is the same: nothing in the output depends on addresses. */
static void
check_again (const ExpectedProgram *self, const char *ir)
{
  g_autoptr (ExpectedProgram) again = expected_program_new (self->name, self->text);
  g_autofree char *other_ir = NULL;

  g_assert_true (expected_program_compile (again));
  other_ir = ir_print (again->program);
  g_assert_cmpstr (other_ir, ==, ir);
  g_assert_cmpmem (self->code->ops->data, self->code->ops->len * sizeof (MachineOp),
                   again->code->ops->data, again->code->ops->len * sizeof (MachineOp));
  g_assert_cmpmem (
      self->code->constants->data, self->code->constants->len * sizeof (MachineConstant),
      again->code->constants->data, again->code->constants->len * sizeof (MachineConstant));
}

static void
test_ir (gconstpointer name)
{
  g_autoptr (ExpectedProgram) self = load_and_compile (name);
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (IrProgram) back = NULL;
  g_autoptr (MachineCode) code = NULL;
  g_autofree char *ir = NULL, *other_ir = NULL;

  if (self == NULL)
    return;
  ir = ir_print (self->program);
  back = ir_read (ir, strlen (ir), 1, diagnostics);
  if (back == NULL || !ir_verify (back, diagnostics))
    {
      g_autofree char *words = text_message_word (
          ((TextDiagnostic *)g_ptr_array_index (diagnostics->list, 0))->message);

      FAIL (0, "its printed IR is not read back: %s", words);
      return;
    }
  other_ir = ir_print (back);
  g_assert_cmpstr (other_ir, ==, ir);
  code = expected_program_flatten (back);
  g_assert_cmpuint (run_and_hash (code), ==, run_and_hash (self->code));
  check_again (self, ir);
}

/* ---- /seek ---- */

typedef struct
{
  guint64 position;
  guint64 hash;
  guint64 ticks;
} Visit;

/* The states to visit, noted by a machine that nobody records. The end is one of them. */
static GArray *
note_visits (const ExpectedProgram *self, guint64 n_positions)
{
  g_autoptr (Machine) machine = make_machine (self->code);
  GArray *visits = g_array_new (FALSE, FALSE, sizeof (Visit));

  for (guint i = 1; i <= N_POSITIONS; i++)
    {
      guint64 position = MAX (1, n_positions * i / N_POSITIONS);
      Visit visit = { .position = position };

      if (visits->len > 0 && g_array_index (visits, Visit, visits->len - 1).position == position)
        continue;
      machine_run (machine, position, G_MAXUINT64);
      visit.hash = machine_hash (machine);
      visit.ticks = machine_get_ticks (machine);
      g_array_append_val (visits, visit);
    }
  return visits;
}

static void
shuffle (GArray *visits)
{
  for (guint i = visits->len; i > 1; i--)
    {
      Visit *a = &g_array_index (visits, Visit, i - 1);
      Visit *b = &g_array_index (visits, Visit, g_test_rand_int_range (0, i));
      Visit kept = *a;

      *a = *b;
      *b = kept;
    }
}

static void
visit_all (History *history, const GArray *visits)
{
  Machine *machine = history_get_machine (history);

  for (guint i = 0; i < visits->len; i++)
    {
      const Visit *visit = &g_array_index (visits, Visit, i);

      history_seek (history, visit->position);
      g_assert_cmpuint (history_get_position (history), ==, visit->position);
      g_assert_cmpuint (machine_get_ticks (machine), ==, visit->ticks);
      g_assert_cmpuint (machine_hash (machine), ==, visit->hash);
    }
}

/* One back and forth again, two back and forth again: the state is the same. */
static void
visit_neighbours (History *history, guint64 position)
{
  Machine *machine = history_get_machine (history);
  guint64 hash;

  history_seek (history, position);
  position = history_get_position (history);
  hash = machine_hash (machine);
  for (guint64 distance = 1; distance <= 2; distance++)
    {
      history_seek (history, position > distance ? position - distance : 1);
      history_seek (history, position);
      g_assert_cmpuint (machine_hash (machine), ==, hash);
      history_seek (history, position + distance);
      history_seek (history, position);
      g_assert_cmpuint (machine_hash (machine), ==, hash);
    }
}

static void
test_seek (gconstpointer name)
{
  g_autoptr (ExpectedProgram) self = load_and_compile (name);
  g_autoptr (History) history = NULL;
  g_autoptr (Machine) alone = NULL;
  g_autoptr (GArray) visits = NULL;
  HistoryCounters counters;
  guint64 n_positions;

  if (self == NULL)
    return;
  alone = make_machine (self->code);
  machine_run (alone, G_MAXUINT64, G_MAXUINT64);
  history = history_new (self->code, c_library_get_leaves (), &expected_program_limits, NULL);
  while (history_record (history, 100000))
    ;
  g_assert_cmpuint (history_get_end (history)->ticks, ==, alone->state.ticks);
  g_assert_cmpuint (history_get_end (history)->steps, ==, alone->state.steps);
  g_assert_cmpuint (machine_hash (history_get_machine (history)), ==, machine_hash (alone));
  n_positions = history_get_n_positions (history);
  visits = note_visits (self, n_positions);
  visit_all (history, visits);
  shuffle (visits);
  visit_all (history, visits);
  visit_neighbours (history, 1);
  visit_neighbours (history, n_positions / 2);
  visit_neighbours (history, n_positions);
  counters = history_get_counters (history);
  g_assert_cmpuint (counters.most_reexecuted, <=, counters.spacing);
}

/* ---- all ---- */

static void
test_locale (void)
{
  char text[8];

  /* Under the comma locale the tests mean nothing unless libc does write a comma. */
  snprintf (text, sizeof text, "%g", 1.5);
  g_assert_cmpstr (text, ==, g_str_has_prefix (g_getenv ("LC_ALL"), "de_DE") ? "1,5" : "1.5");
}

static void
add (const ExpectedProgram *self, const char *check, GTestDataFunc function)
{
  g_autofree char *path = g_strdup_printf ("/programs/%s/%s", self->name, check);

  g_test_add_data_func_full (path, g_strdup (self->name), function, g_free);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) names = NULL;

  /* The seed is part of the test: a failure can be had again. */
  static char seed[] = "--seed=R02S00000000000000000000000000000001";
  g_autofree char **with_seed = g_new0 (char *, argc + 2);
  int n = argc + 1;

  setlocale (LC_ALL, "");
  with_seed[0] = argv[0];
  with_seed[1] = seed;
  for (int i = 1; i < argc; i++)
    with_seed[i + 1] = argv[i];
  argv = with_seed;
  g_test_init (&n, &argv, NULL);
  g_test_add_func ("/programs/locale", test_locale);
  names = expected_program_list ();
  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (ExpectedProgram) self = expected_program_load (g_ptr_array_index (names, i));

      add (self, "run", test_run);
      if (self->unsupported_line != 0)
        continue;
      add (self, "ir", test_ir);
      add (self, "seek", test_seek);
    }
  return g_test_run ();
}
