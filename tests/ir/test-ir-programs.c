/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Programs written in the IR, one mechanism each: tests/ir/programs/NAME.hwir. What is expected stands in comments of the file:
 *
 *     ; expect: TEXT              one line of output, in order
 *     ; exit: N                   exit status, 0 without it
 *     ; fault: KIND LINE          ends with this fault at this line of the file
 *     ; exception: LINE           ends with the exception that was thrown at this line
 *     ; abort:                    ends because an exception left a clean-up
 *     ; limit: KIND               ends at this limit
 *     ; leaks: N                  blocks, 0 without it
 *     ; stops: KIND:LINE …        all stops in order, over several such comments if need be; a last `…`: only the beginning
 *     ; events: KIND …            all events in order but call, return and store; as stops
 *     ; settings: heap=N stack=N  bytes; depth=N frames; ticks=N; nursery=N bytes; stress: a collection at every allocation; stepwise: each small
 *                                 step of the strategy is a stop
 *     ; strategy: NAME …          under which strategies it is run, all that fit it without it; the output is the same under each, stops and events
 *                                 are compared under the first
 *
 * Each file is read and verified, printed, read back and printed the same, lowered to its final form if it is generic, run, and recorded: the
 * states at all its positions are visited in shuffled order. In a managed heap, after every small step of a collection the heap's verifier
 * must have no complaint, and after every collection that traces what is alive must be what the facts can reach. */

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
  MachineEnd end;
  char *fault; /* NULL: none; or the limit */
  guint fault_line;
  guint n_leaks;
  guint64 heap, stack;
  MachineLimits limits;
  GArray *strategies; /* of StrategyKind */
  TextMap *map;
  TextDiagnostics *diagnostics;
  IrProgram *program;
  MachineCode *code;
} Program;

static const MachineLimits default_limits
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
  g_array_unref (self->strategies);
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
      else if (g_str_has_prefix (words[i], "depth="))
        self->limits.max_depth = atoi (words[i] + 6);
      else if (g_str_has_prefix (words[i], "ticks="))
        self->limits.max_ticks = atoi (words[i] + 6);
      else if (g_str_has_prefix (words[i], "nursery="))
        self->limits.nursery_bytes = atoi (words[i] + 8);
      else if (strcmp (words[i], "stress") == 0)
        self->limits.collects_at_every_allocation = TRUE;
      else if (strcmp (words[i], "stepwise") == 0)
        self->limits.is_stepwise = TRUE;
      else
        g_error ("%s: unknown setting %s", self->name, words[i]);
    }
}

static void
read_strategies (Program *self, const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  StrategyKind kind;

  for (guint i = 0; words[i] != NULL; i++)
    {
      if (!strategy_kind_find (words[i], &kind))
        g_error ("%s: unknown strategy %s", self->name, words[i]);
      g_array_append_val (self->strategies, kind);
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
  else if (strcmp (name, "strategy") == 0)
    read_strategies (self, text);
  else if (strcmp (name, "exception") == 0)
    {
      self->end = MACHINE_END_EXCEPTION;
      self->fault_line = atoi (text);
    }
  else if (strcmp (name, "abort") == 0)
    self->end = MACHINE_END_ABORT;
  else if (strcmp (name, "limit") == 0)
    {
      self->end = MACHINE_END_LIMIT;
      self->fault = g_strdup (text);
    }
  else if (strcmp (name, "fault") == 0)
    {
      const char *space = strchr (text, ' ');

      g_assert_nonnull (space);
      self->end = MACHINE_END_FAULT;
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
  self->limits = default_limits;
  self->end = MACHINE_END_EXIT;
  self->strategies = g_array_new (FALSE, FALSE, sizeof (StrategyKind));
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
  if (self->strategies->len == 0)
    for (StrategyKind kind = 0; kind < STRATEGY_N_KINDS; kind++)
      if (machine_choose_strategy (self->program, kind) == kind)
        g_array_append_val (self->strategies, kind);
  return g_steal_pointer (&self);
}

static Machine *
make_machine (Program *self, guint strategy)
{
  self->limits.strategy = g_array_index (self->strategies, StrategyKind, strategy);
  return machine_new (self->code, c_library_get_leaves (), &self->limits, NULL);
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
  IrStopKind kind;
  TextSpan span;

  g_assert_true (machine_get_stop (machine, &kind, &span));
  g_string_append_printf (stops, "%s:%u ", ir_stop_kind_get_name (kind),
                          text_map_line (self->map, span));
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

  g_assert_cmpint (state->end, ==, self->end);
  if (state->end == MACHINE_END_LIMIT)
    g_assert_cmpstr (machine_limit_get_name (state->limit), ==, self->fault);
  if (state->end == MACHINE_END_EXCEPTION)
    g_assert_cmpuint (
        text_map_line (self->map, machine_code_get_info (self->code, state->thrown_pc)->span), ==,
        self->fault_line);
  if (state->end != MACHINE_END_EXIT && state->end != MACHINE_END_FAULT)
    return;
  if (state->end == MACHINE_END_FAULT)
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
run_under (Program *self, guint strategy)
{
  g_autoptr (Machine) machine = make_machine (self, strategy);
  g_autoptr (GArray) events = g_array_new (FALSE, FALSE, sizeof (MachineEvent));
  g_autoptr (GString) stops = g_string_new (NULL), told = g_string_new (NULL);

  g_test_message ("%s", strategy_kind_get_name (machine->limits.strategy));
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
  if (strategy > 0)
    return;
  compare_words (self, "stops", self->stops, stops);
  compare_words (self, "events", self->events, told);
}

static void
test_run (gconstpointer name)
{
  g_autoptr (Program) self = load_and_flatten (name);

  for (guint i = 0; self != NULL && i < self->strategies->len; i++)
    run_under (self, i);
}

/* What a program prints does not depend on when it is collected: the same with a collection at every allocation, in a heap that holds it all.
 * Only a program that tells what a collection has found may say something else. */
static void
test_stress (gconstpointer name)
{
  g_autoptr (Program) self = load_and_flatten (name);

  if (self == NULL || self->program->management == IR_BY_HAND || self->end != MACHINE_END_EXIT
      || strstr (self->text, "collect") != NULL || strstr (self->text, "ring") != NULL)
    return;
  self->limits.collects_at_every_allocation = TRUE;
  self->limits.is_stepwise = FALSE;
  self->limits.max_ticks = 100000000;
  g_string_truncate (self->stops, 0);
  g_string_truncate (self->events, 0);
  for (guint i = 0; i < self->strategies->len; i++)
    run_under (self, i);
}

/* ---- /seek ---- */

typedef struct
{
  guint64 position, hash, ticks;
} Visit;

static GArray *
note_visits (Program *self, guint strategy, guint64 n_positions)
{
  g_autoptr (Machine) machine = make_machine (self, strategy);
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
seek_under (Program *self, guint strategy)
{
  g_autoptr (Machine) alone = make_machine (self, strategy);
  g_autoptr (History) history = NULL;
  g_autoptr (GArray) visits = NULL;

  machine_run (alone, G_MAXUINT64, G_MAXUINT64);
  history = history_new (self->code, c_library_get_leaves (), &self->limits, NULL);
  while (history_record (history, 1000))
    ;
  g_assert_cmpuint (history_get_end (history)->ticks, ==, alone->state.ticks);
  g_assert_cmpuint (history_get_end (history)->steps, ==, alone->state.steps);
  visits = note_visits (self, strategy, history_get_n_positions (history));
  visit_shuffled (history, visits);
}

static void
test_seek (gconstpointer name)
{
  g_autoptr (Program) self = load_and_flatten (name);

  for (guint i = 0; self != NULL && i < self->strategies->len; i++)
    seek_under (self, i);
}

/* ---- /ticks ---- */

#define MAX_TICKS 30000

/* A keyframe at a tick: going on from it leads to the same end. */
static void
check_keyframe (Program *self, guint strategy, guint64 tick, guint64 end_hash)
{
  g_autoptr (Machine) machine = make_machine (self, strategy);
  MachineKeyframe *keyframe;

  machine_run (machine, G_MAXUINT64, tick);
  keyframe = machine_keyframe_new (machine);
  machine_run (machine, G_MAXUINT64, G_MAXUINT64);
  g_assert_cmpuint (machine_hash (machine), ==, end_hash);
  machine_keyframe_restore (machine, keyframe);
  machine_run (machine, G_MAXUINT64, G_MAXUINT64);
  g_assert_cmpuint (machine_hash (machine), ==, end_hash);
  machine_keyframe_free (machine, keyframe);
}

static void
reach (const Facts *facts, GHashTable *reached, guint32 key)
{
  guint32 root = FACTS_NO_NODE;

  if (key == 0 || !g_hash_table_add (reached, GUINT_TO_POINTER (key)))
    return;
  for (guint i = 0; i < facts->blocks->len; i++)
    if (g_array_index (facts->blocks, FactsBlock, i).key == key)
      root = g_array_index (facts->blocks, FactsBlock, i).root;
  for (guint i = root == FACTS_NO_NODE ? facts->nodes->len : root; i < facts->nodes->len; i++)
    {
      const FactsNode *node = facts_get_node (facts, i);
      guint32 at = i;

      while (at != FACTS_NO_NODE && at != root)
        at = facts_get_node (facts, at)->parent;
      if (at == root && (node->flags & FACTS_POINTER) && strcmp (node->name, "weak") != 0)
        reach (facts, reached, node->target_block);
    }
}

/* What lives after a collection is what the facts can reach, from what they show and from the references in registers. */
static void
check_survivors (Program *self, Machine *machine)
{
  g_autoptr (Facts) facts = facts_new (machine, self->map);
  g_autoptr (GHashTable) reached = g_hash_table_new (NULL, NULL);
  g_autoptr (GArray) roots = machine_list_roots (machine);

  for (guint i = 0; i < facts->nodes->len; i++)
    {
      const FactsNode *node = facts_get_node (facts, i);
      MemRegion region;

      if ((node->flags & FACTS_POINTER)
          && mem_space_find_region (machine->space, node->address, &region)
          && (region == MEM_REGION_DATA
              || (region == MEM_REGION_STACK && node->address >= machine->state.stack)))
        reach (facts, reached, node->target_block);
    }
  for (guint i = 0; i < roots->len; i++)
    reach (facts, reached,
           mem_shape_get_target (machine->space, g_array_index (roots, guint64, i)));
  for (guint i = 0; i < facts->blocks->len; i++)
    {
      const FactsBlock *block = &g_array_index (facts->blocks, FactsBlock, i);
      gboolean is_reached = g_hash_table_contains (reached, GUINT_TO_POINTER (block->key));

      if ((block->state == FACTS_BLOCK_LIVE) != is_reached)
        {
          g_test_message ("%s under %s, tick %" G_GUINT64_FORMAT ": block %u is %s", self->name,
                          strategy_kind_get_name (machine->limits.strategy), machine->state.ticks,
                          block->number,
                          is_reached ? "freed and can be reached" : "alive and cannot be reached");
          g_test_fail ();
          return;
        }
    }
}

/* An object whose finaliser was called lives until the next collection, whether anything leads to it or not. */
static gboolean
has_finalisers (const Program *self)
{
  for (guint i = 0; i < self->code->shapes->len; i++)
    if (g_array_index (self->code->shapes, MemShape, i).finaliser != 0)
      return TRUE;
  return FALSE;
}

static gboolean
check_heap (Program *self, Machine *machine)
{
  g_autoptr (GArray) roots = machine_list_roots (machine);
  g_autofree char *complaint
      = strategy_complain (machine->strategy, (const guint64 *)(gpointer)roots->data, roots->len);

  if (complaint == NULL)
    return TRUE;
  g_test_message ("%s under %s, tick %" G_GUINT64_FORMAT ": %s", self->name,
                  strategy_kind_get_name (machine->limits.strategy), machine->state.ticks,
                  complaint);
  g_test_fail ();
  return FALSE;
}

static void
tick_under (Program *self, guint strategy)
{
  g_autoptr (Machine) machine = make_machine (self, strategy);
  StrategyKind kind = machine->limits.strategy;
  guint64 n_runs = 0, n_ticks, end_hash;
  gboolean is_full = kind != STRATEGY_GENERATIONAL && !has_finalisers (self);

  for (guint64 tick = 1; tick < MAX_TICKS; tick++)
    {
      MachinePause pause = machine_run (machine, G_MAXUINT64, tick);
      StrategyStatistics statistics = strategy_get_statistics (machine->strategy);

      if (pause == MACHINE_ENDED)
        break;
      tick = MAX (tick, machine->state.ticks);
      if (machine->state.mode == MACHINE_MODE_WORK && !check_heap (self, machine))
        return;
      if (statistics.n_runs != n_runs && is_full && strategy_kind_is_traced (kind)
          && !strategy_has_work (machine->strategy))
        check_survivors (self, machine);
      n_runs = statistics.n_runs;
    }
  machine_run (machine, G_MAXUINT64, G_MAXUINT64);
  n_ticks = machine->state.ticks;
  end_hash = machine_hash (machine);
  for (guint i = 0; i < 20; i++)
    check_keyframe (self, strategy, g_test_rand_int_range (1, MIN (n_ticks, 1 << 30) + 2),
                    end_hash);
}

/* Tick by tick through a managed heap's run. */
static void
test_ticks (gconstpointer name)
{
  g_autoptr (Program) self = load_and_flatten (name);

  for (guint i = 0; self != NULL && i < self->strategies->len; i++)
    tick_under (self, i);
}

/* Every state can be shown. */
static void
test_facts (gconstpointer name)
{
  g_autoptr (Program) self = load_and_flatten (name);
  g_autoptr (Machine) machine = NULL;

  if (self == NULL)
    return;
  machine = make_machine (self, self->strategies->len - 1);
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
      add (g_ptr_array_index (names, i), "stress", test_stress);
      add (g_ptr_array_index (names, i), "ticks", test_ticks);
      add (g_ptr_array_index (names, i), "facts", test_facts);
    }
  return g_test_run ();
}
