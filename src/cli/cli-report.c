/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The report of a run: one JSON object on one line. */

#include "cli.h"

#include "facts/facts-new.h"

#include <json-glib/json-glib.h>
#include <string.h>

static void
add_string (JsonBuilder *json, const char *name, const char *value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, value);
}

static void
add_int (JsonBuilder *json, const char *name, gint64 value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, value);
}

static void
add_labels (JsonBuilder *json, const TextDiagnostic *diagnostic, TextMap *map)
{
  json_builder_set_member_name (json, "labels");
  json_builder_begin_array (json);
  for (guint i = 0; i < diagnostic->labels->len; i++)
    {
      TextLabel *label = g_ptr_array_index (diagnostic->labels, i);
      TextPlace place = text_map_place (map, label->span.begin);
      g_autofree char *words = text_message_word (label->message);

      json_builder_begin_object (json);
      add_int (json, "line", place.line);
      add_int (json, "column", place.column);
      add_string (json, "text", words);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_diagnostic (JsonBuilder *json, const TextDiagnostic *diagnostic, TextMap *map)
{
  TextPlace place = text_map_place (map, diagnostic->span.begin);
  g_autofree char *words = text_message_word (diagnostic->message);

  json_builder_begin_object (json);
  add_string (json, "code", diagnostic->code);
  add_string (json, "severity", text_severity_get_name (diagnostic->severity));
  add_string (json, "message", words);
  if (place.line != 0)
    {
      add_string (json, "file", place.name);
      add_int (json, "line", place.line);
      add_int (json, "column", place.column);
    }
  if (diagnostic->labels->len > 0)
    add_labels (json, diagnostic, map);
  json_builder_end_object (json);
}

static void
add_diagnostics (JsonBuilder *json, const TextDiagnostics *diagnostics, TextMap *map)
{
  GPtrArray *list = diagnostics->list;

  if (list->len == 0)
    return;
  json_builder_set_member_name (json, "diagnostics");
  json_builder_begin_array (json);
  for (guint i = 0; i < list->len; i++)
    add_diagnostic (json, g_ptr_array_index (list, i), map);
  json_builder_end_array (json);
}

static void
add_fault (JsonBuilder *json, SessionProgram *program, Machine *machine)
{
  const MachineFault *fault = &machine->state.fault;
  TextSpan span = facts_get_fault_span (machine, program->map);
  TextPlace place = text_map_place (program->map, span.begin);
  const MemBlock *block = mem_block_get (machine->space, fault->mem.block);

  json_builder_set_member_name (json, "fault");
  json_builder_begin_object (json);
  add_string (json, "kind", mem_fault_kind_get_name (fault->mem.kind));
  add_int (json, "line", place.line);
  add_int (json, "column", place.column);
  if (fault->mem.block != 0 && block->kind == MEM_BLOCK_HEAP)
    {
      add_int (json, "block", block->number);
      add_int (json, "allocated",
               text_map_user_line (program->map,
                                   machine_code_get_info (machine->code, block->made_at)->span));
      if (block->state == MEM_BLOCK_FREED)
        add_int (json, "freed",
                 text_map_user_line (program->map,
                                     machine_code_get_info (machine->code, block->ended_at)->span));
    }
  if (fault->mem.n_bytes != 0)
    add_int (json, "bytes", fault->mem.n_bytes);
  json_builder_end_object (json);
}

static void
add_limit (JsonBuilder *json, SessionProgram *program, Machine *machine)
{
  TextSpan span = facts_get_user_span (machine, program->map, machine->state.pc);

  json_builder_set_member_name (json, "limit");
  json_builder_begin_object (json);
  add_string (json, "kind", machine_limit_get_name (machine->state.limit));
  add_int (json, "value", machine_get_limit (machine, machine->state.limit));
  add_int (json, "line", text_map_line (program->map, span));
  json_builder_end_object (json);
}

static void
add_leaks (JsonBuilder *json, const GArray *leaks)
{
  json_builder_set_member_name (json, "leaks");
  json_builder_begin_array (json);
  for (guint i = 0; i < leaks->len; i++)
    {
      const FactsLeak *leak = &g_array_index (leaks, FactsLeak, i);

      json_builder_begin_object (json);
      add_int (json, "line", leak->line);
      add_int (json, "bytes", leak->n_bytes);
      add_int (json, "blocks", leak->n_blocks);
      if (leak->lost_line != 0)
        add_int (json, "lostLine", leak->lost_line);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_heap (JsonBuilder *json, Machine *machine, const GArray *leaks)
{
  const MachineState *state = &machine->state;
  guint64 n_bytes = 0, n_blocks = 0;

  json_builder_set_member_name (json, "heap");
  json_builder_begin_object (json);
  add_int (json, "allocations", state->n_allocations);
  add_int (json, "frees", state->n_frees);
  add_int (json, "liveBytes", state->live_bytes);
  add_int (json, "liveBlocks", state->live_blocks);
  add_int (json, "peakBytes", state->peak_bytes);
  if (leaks != NULL)
    {
      for (guint i = 0; i < leaks->len; i++)
        {
          n_bytes += g_array_index (leaks, FactsLeak, i).n_bytes;
          n_blocks += g_array_index (leaks, FactsLeak, i).n_blocks;
        }
      add_int (json, "leakedBytes", n_bytes);
      add_int (json, "leakedBlocks", n_blocks);
      add_leaks (json, leaks);
    }
  json_builder_end_object (json);
}

/* What one language calls an exception another calls a panic. */
static gboolean
panics (const Machine *machine)
{
  return strcmp (machine->code->program->language, "rust") == 0;
}

static void
add_exception (JsonBuilder *json, SessionProgram *program, const Machine *machine)
{
  json_builder_set_member_name (json, panics (machine) ? "panic" : "exception");
  json_builder_begin_object (json);
  add_int (
      json, "line",
      text_map_user_line (program->map,
                          machine_code_get_info (machine->code, machine->state.thrown_pc)->span));
  json_builder_end_object (json);
}

/* machine: (nullable) when the program did not run */
const char *
cli_get_ends (SessionProgram *program, Machine *machine)
{
  if (machine == NULL)
    return text_diagnostics_are_unsupported (program->diagnostics) ? "unsupported" : "rejected";
  switch (machine->state.end)
    {
    case MACHINE_END_FAULT:
      return "fault";
    case MACHINE_END_LIMIT:
      return "limit";
    case MACHINE_END_EXCEPTION:
    case MACHINE_END_ABORT:
      return panics (machine) ? "panic" : "exception";
    case MACHINE_END_EXIT:
    case MACHINE_END_NONE:
      return "exit";
    }
  g_assert_not_reached ();
}

/* The status of `run`. */
int
cli_get_status (SessionProgram *program, Machine *machine)
{
  if (machine == NULL)
    return text_diagnostics_are_unsupported (program->diagnostics) ? CLI_UNSUPPORTED : CLI_REJECTED;
  switch (machine->state.end)
    {
    case MACHINE_END_FAULT:
      return CLI_FAULT;
    case MACHINE_END_LIMIT:
      return CLI_LIMIT;
    case MACHINE_END_EXCEPTION:
    case MACHINE_END_ABORT:
      return CLI_EXCEPTION;
    case MACHINE_END_EXIT:
    case MACHINE_END_NONE:
      return CLI_FINE;
    }
  g_assert_not_reached ();
}

static void
add_collector (JsonBuilder *json, const Machine *machine)
{
  StrategyStatistics statistics = strategy_get_statistics (machine->strategy);

  json_builder_set_member_name (json, "collector");
  json_builder_begin_object (json);
  add_int (json, "runs", statistics.n_runs);
  add_int (json, "freed", statistics.n_freed);
  add_int (json, "moved", statistics.n_moved);
  add_int (json, "traced", statistics.n_traced);
  json_builder_end_object (json);
}

static void
add_run (JsonBuilder *json, SessionProgram *program, Machine *machine, const GArray *leaks)
{
  const MachineState *state = &machine->state;

  add_string (json, "strategy", strategy_kind_get_name (machine->limits.strategy));
  add_int (json, "steps", state->steps);
  add_int (json, "ticks", machine_get_ticks (machine));
  if (state->end == MACHINE_END_EXIT)
    add_int (json, "exit", state->exit_status);
  else if (state->end == MACHINE_END_FAULT)
    add_fault (json, program, machine);
  else if (state->end == MACHINE_END_EXCEPTION || state->end == MACHINE_END_ABORT)
    add_exception (json, program, machine);
  else if (state->end == MACHINE_END_LIMIT)
    add_limit (json, program, machine);
  add_heap (json, machine, leaks);
  if (machine->limits.strategy != STRATEGY_MANUAL)
    add_collector (json, machine);
  add_int (json, "copiedBytes", state->copied_bytes);
}

/* One line, without its end. machine: (nullable); leaks: (nullable) where the run did not end by itself. (transfer full) */
char *
cli_report_new (SessionProgram *program, Machine *machine, const GArray *leaks)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (json);
  add_string (json, "format", "heapwise-report/1");
  add_string (json, "ends", cli_get_ends (program, machine));
  add_string (json, "language", program->language);
  if (machine != NULL)
    add_run (json, program, machine, leaks);
  add_diagnostics (json, program->diagnostics, program->map);
  json_builder_end_object (json);
  root = json_builder_get_root (json);
  return json_to_string (root, FALSE);
}

/* The same for a lesson's file. */
char *
cli_report_lesson (const char *path, const TextDiagnostics *diagnostics, TextMap *map,
                   guint n_errors, guint n_warnings)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (json);
  add_string (json, "format", "heapwise-report/1");
  add_string (json, "lesson", path);
  add_int (json, "errors", n_errors);
  add_int (json, "warnings", n_warnings);
  add_diagnostics (json, diagnostics, map);
  json_builder_end_object (json);
  root = json_builder_get_root (json);
  return json_to_string (root, FALSE);
}
