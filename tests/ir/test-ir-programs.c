/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Programs written in the IR, one mechanism each: tests/ir/programs/NAME.hwir. What is expected stands in comments of the file:
 *
 *     ; expect: TEXT              one line of output, in order
 *     ; exit: N                   exit status, 0 without it
 *     ; fault: KIND LINE          ends with this fault at this line of the file
 *     ; leaks: N                  blocks, 0 without it
 *     ; stops: KIND:LINE …        all stops in order, over several such comments if need be; a last `…`: only the beginning
 *     ; events: KIND …            all events in order but call, return and store; as stops
 *     ; settings: heap=N stack=N  bytes
 *
 * Each file is read and verified, printed, read back and printed the same, lowered to its final form if it is generic, run, and recorded: the
 * states at all its positions are visited in shuffled order. */

#include "facts/facts-new.h"
#include "history/history.h"
#include "ir/ir-generic.h"
#include "ir/ir-text.h"
#include "runtime/c/c-library.h"

#include <stdlib.h>
#include <string.h>

#define MAX_POSITIONS 200

typedef struct
{
  char *name, *text;
  GString *output, *stops, *events; /* as words with a space behind each */
  gint status;
  char *fault; /* NULL: none */
  guint fault_line;
  guint n_leaks;
  guint64 heap, stack;
  TextMap *map;
  TextDiagnostics *diagnostics;
  IrProgram *program;
  MachineCode *code;
} Program;

static const MachineLimits limits
    = { .max_ticks = 1000000, .max_steps = G_MAXUINT64 - 1, .max_output = 100000 };

static void
program_free (Program *self)
{
  g_free (self->name);
  g_free (self->text);
  g_string_free (self->output, TRUE);
  g_string_free (self->stops, TRUE);
  g_string_free (self->events, TRUE);
  g_free (self->fault);
  text_map_unref (self->map);
  text_diagnostics_free (self->diagnostics);
  g_clear_pointer (&self->program, ir_program_unref);
  g_clear_pointer (&self->code, machine_code_unref);
  g_free (self);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Program, program_free)

/* ---- expectations ---- */

static void
append_words (GString *out, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (words[i][0] != '\0')
      g_string_append_printf (out, "%s ", words[i]);
}

static void
read_settings (Program *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (g_str_has_prefix (words[i], "heap="))
        self->heap = g_ascii_strtoull (words[i] + 5, NULL, 10);
      else if (g_str_has_prefix (words[i], "stack="))
        self->stack = g_ascii_strtoull (words[i] + 6, NULL, 10);
      else
        g_error ("%s: unknown setting %s", self->name, words[i]);
    }
}

static void
read_expectation (Program *self, const char *name, const char *text)
{
  if (strcmp (name, "expect") == 0)
    g_string_append_printf (self->output, "%s\n", text);
  else if (strcmp (name, "exit") == 0)
    self->status = atoi (text);
  else if (strcmp (name, "leaks") == 0)
    self->n_leaks = atoi (text);
  else if (strcmp (name, "stops") == 0)
    append_words (self->stops, text);
  else if (strcmp (name, "events") == 0)
    append_words (self->events, text);
  else if (strcmp (name, "settings") == 0)
    read_settings (self, text);
  else if (strcmp (name, "fault") == 0)
    {
      const char *space = strchr (text, ' ');

      g_assert_nonnull (space);
      g_free (self->fault);
      self->fault = g_strndup (text, space - text);
      self->fault_line = atoi (space + 1);
    }
}

static void
read_expectations (Program *self)
{
  g_auto (GStrv) lines = g_strsplit (self->text, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *colon = strstr (lines[i], ": ");
      g_autofree char *name = NULL;

      if (!g_str_has_prefix (lines[i], "; ") || colon == NULL)
        continue;
      name = g_strndup (lines[i] + 2, colon - lines[i] - 2);
      read_expectation (self, name, colon + 2);
    }
}

/* ---- from text to code ---- */

static void
complain (const Program *self, const char *what)
{
  const TextDiagnostic *first = g_ptr_array_index (self->diagnostics->list, 0);
  g_autofree char *words = text_message_word (first->message);

  g_test_message ("%s:%u: %s: %s", self->name, text_map_line (self->map, first->span), what, words);
  g_test_fail ();
}

static Program *
load (const char *name)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("HEAPWISE_TESTS"), "ir", "programs", name, NULL);
  Program *self = g_new0 (Program, 1);

  self->name = g_strdup (name);
  g_assert_true (g_file_get_contents (path, &self->text, NULL, NULL));
  self->output = g_string_new (NULL);
  self->stops = g_string_new (NULL);
  self->events = g_string_new (NULL);
  self->map = text_map_new ();
  self->diagnostics = text_diagnostics_new ();
  self->heap = self->stack = 1 << 16;
  read_expectations (self);
  return self;
}

/* Printed, read back, printed: the same. */
static void
check_text (const Program *self, const IrProgram *program)
{
  g_autofree char *printed = ir_print (program);
  g_autoptr (IrProgram) back = ir_read (printed, strlen (printed), 1, self->diagnostics);
  g_autofree char *again = NULL;

  if (back == NULL || !ir_verify (back, self->diagnostics))
    {
      complain (self, "its printed form");
      return;
    }
  again = ir_print (back);
  g_assert_cmpstr (again, ==, printed);
}

/* Instantiates a generic program: twice, in other host memory, with the same result. */
static gboolean
finish (Program *self)
{
  g_autoptr (IrProgram) generic = g_steal_pointer (&self->program);
  g_autoptr (IrProgram) again = NULL;
  g_autofree char *text = NULL, *other = NULL;

  ir_elaborate_drops (generic);
  self->program = ir_instantiate (generic, self->diagnostics);
  if (self->program == NULL || !ir_verify (self->program, self->diagnostics))
    {
      complain (self, "not instantiated");
      return FALSE;
    }
  check_text (self, self->program);
  again = ir_instantiate (generic, self->diagnostics);
  text = ir_print (self->program);
  other = ir_print (again);
  g_assert_cmpstr (text, ==, other);
  return TRUE;
}

static Program *
load_and_flatten (const char *name)
{
  g_autoptr (Program) self = load (name);
  guint32 base = text_map_add (self->map, name, self->text, strlen (self->text), TEXT_ORIGIN_USER);

  self->program = ir_read (self->text, strlen (self->text), base, self->diagnostics);
  if (self->program == NULL || !ir_verify (self->program, self->diagnostics))
    {
      complain (self, "refused");
      return NULL;
    }
  check_text (self, self->program);
  if (self->program->is_generic && !finish (self))
    return NULL;
  self->code = machine_code_new (self->program, self->heap, self->stack);
  return g_steal_pointer (&self);
}

/* ---- /run ---- */

/* Words in order; when the expectation ends in `…` only as many as it has. Nothing expected: all is well. */
static void
compare_words (const Program *self, const char *what, GString *expected, GString *found)
{
  static const char more[] = "… ";

  if (expected->len == 0)
    return;
  if (g_str_has_suffix (expected->str, more))
    {
      g_string_truncate (expected, expected->len - strlen (more));
      g_string_truncate (found, MIN (found->len, expected->len));
    }
  if (strcmp (expected->str, found->str) == 0)
    return;
  g_test_message ("%s: %s: %s", self->name, what, found->str);
  g_test_message ("%s: instead of: %s", self->name, expected->str);
  g_test_fail ();
}

static void
append_stop (const Program *self, Machine *machine, GString *stops)
{
  const MachineOpInfo *info = machine_code_get_info (self->code, machine->state.pc);

  g_string_append_printf (stops, "%s:%u ", ir_stop_kind_get_name (info->stop),
                          text_map_line (self->map, info->stop_span));
}

static void
append_events (GArray *events, GString *out)
{
  for (guint i = 0; i < events->len; i++)
    {
      MachineEventKind kind = g_array_index (events, MachineEvent, i).kind;

      if (kind != MACHINE_EVENT_CALL && kind != MACHINE_EVENT_RETURN && kind != MACHINE_EVENT_STORE)
        g_string_append_printf (out, "%s ", machine_event_get_name (kind));
    }
}

static void
check_end (const Program *self, Machine *machine)
{
  const MachineState *state = &machine->state;
  g_autoptr (GArray) leaks = NULL;
  guint n_blocks = 0;

  if (self->fault != NULL || state->end != MACHINE_END_EXIT)
    {
      const char *kind = state->end == MACHINE_END_FAULT
                             ? mem_fault_kind_get_name (state->fault.mem.kind)
                             : "no fault";
      guint line = text_map_line (self->map, facts_get_fault_span (machine, self->map));

      if (self->fault == NULL || strcmp (kind, self->fault) != 0 || line != self->fault_line)
        {
          g_test_message ("%s:%u: %s", self->name, line, kind);
          g_test_fail ();
        }
      return;
    }
  g_assert_cmpint (state->exit_status, ==, self->status);
  leaks = facts_list_leaks (machine, self->map);
  for (guint i = 0; i < leaks->len; i++)
    n_blocks += g_array_index (leaks, FactsLeak, i).n_blocks;
  g_assert_cmpuint (n_blocks, ==, self->n_leaks);
}

static void
test_run (gconstpointer name)
{
  g_autoptr (Program) self = load_and_flatten (name);
  g_autoptr (Machine) machine = NULL;
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (MachineEvent));
  g_autoptr (GString) stops = g_string_new (NULL), told = g_string_new (NULL);

  if (self == NULL)
    return;
  machine = machine_new (self->code, c_library_get_leaves (), &limits, NULL);
  machine->events = events;
  machine->tells_borrows = TRUE;
  for (guint64 step = 1; machine_run (machine, step, G_MAXUINT64) == MACHINE_PAUSED_AT_STEP; step++)
    append_stop (self, machine, stops);
  if (machine->state.end == MACHINE_END_FAULT)
    g_string_append_printf (stops, "throw:%u ",
                            text_map_line (self->map, facts_get_fault_span (machine, self->map)));
  machine->events = NULL;
  append_events (events, told);
  check_end (self, machine);
  g_assert_cmpmem (machine->outputs[MACHINE_STREAM_OUTPUT]->data,
                   machine->state.n_output[MACHINE_STREAM_OUTPUT], self->output->str,
                   self->output->len);
  compare_words (self, "stops", self->stops, stops);
  compare_words (self, "events", self->events, told);
}

/* ---- /seek ---- */

typedef struct
{
  guint64 position, hash, ticks;
} Visit;

static GArray *
note_visits (const Program *self, guint64 n_positions)
{
  g_autoptr (Machine) machine = machine_new (self->code, c_library_get_leaves (), &limits, NULL);
  GArray *visits = g_array_new (FALSE, FALSE, sizeof (Visit));

  for (guint64 i = 1; i <= MIN (n_positions, MAX_POSITIONS); i++)
    {
      Visit visit = { .position = i };

      machine_run (machine, i, G_MAXUINT64);
      visit.hash = machine_hash (machine);
      visit.ticks = machine_get_ticks (machine);
      g_array_append_val (visits, visit);
    }
  return visits;
}

static void
visit_shuffled (History *history, GArray *visits)
{
  Machine *machine = history_get_machine (history);

  for (guint i = visits->len; i > 0; i--)
    {
      guint at = g_test_rand_int_range (0, i);
      Visit visit = g_array_index (visits, Visit, at);

      g_array_index (visits, Visit, at) = g_array_index (visits, Visit, i - 1);
      history_seek (history, visit.position);
      g_assert_cmpuint (machine_get_ticks (machine), ==, visit.ticks);
      g_assert_cmpuint (machine_hash (machine), ==, visit.hash);
    }
}

static void
test_seek (gconstpointer name)
{
  g_autoptr (Program) self = load_and_flatten (name);
  g_autoptr (History) history = NULL;
  g_autoptr (Machine) alone = NULL;
  g_autoptr (GArray) visits = NULL;

  if (self == NULL)
    return;
  alone = machine_new (self->code, c_library_get_leaves (), &limits, NULL);
  machine_run (alone, G_MAXUINT64, G_MAXUINT64);
  history = history_new (self->code, c_library_get_leaves (), &limits, NULL);
  while (history_record (history, 1000))
    ;
  g_assert_cmpuint (history_get_end (history)->ticks, ==, alone->state.ticks);
  g_assert_cmpuint (history_get_end (history)->steps, ==, alone->state.steps);
  visits = note_visits (self, history_get_n_positions (history));
  visit_shuffled (history, visits);
}

/* Every state can be shown. */
static void
test_facts (gconstpointer name)
{
  g_autoptr (Program) self = load_and_flatten (name);
  g_autoptr (Machine) machine = NULL;

  if (self == NULL)
    return;
  machine = machine_new (self->code, c_library_get_leaves (), &limits, NULL);
  for (guint64 step = 1; step <= MAX_POSITIONS; step++)
    {
      MachinePause pause = machine_run (machine, step, G_MAXUINT64);
      g_autoptr (Facts) facts = facts_new (machine, self->map);

      g_assert_cmpuint (facts->step, >=, machine->state.steps);
      if (pause == MACHINE_ENDED)
        break;
    }
}

/* ---- all ---- */

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

static GPtrArray *
list_programs (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("HEAPWISE_TESTS"), "ir", "programs", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".hwir"))
      g_ptr_array_add (names, g_strdup (name));
  g_ptr_array_sort (names, compare_names);
  return names;
}

static void
add (const char *name, const char *check, GTestDataFunc function)
{
  g_autofree char *path = g_strdup_printf ("/ir-programs/%s/%s", name, check);

  g_test_add_data_func_full (path, g_strdup (name), function, g_free);
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) names = list_programs ();

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < names->len; i++)
    {
      add (g_ptr_array_index (names, i), "run", test_run);
      add (g_ptr_array_index (names, i), "seek", test_seek);
      add (g_ptr_array_index (names, i), "facts", test_facts);
    }
  return g_test_run ();
}
