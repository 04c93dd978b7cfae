/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `heapwise-cli trace`: each step of a run as a JSON object on a line of its own, as data/trace-1.schema.json describes it. */

#include "cli.h"

#include "facts/facts-new.h"

#include <glib/gi18n-lib.h>
#include <json-glib/json-glib.h>
#include <string.h>

typedef struct
{
  SessionProgram *program;
  History *history;
  guint32 kinds; /* only steps with one of these; 0: all */
} Tracer;

/* ---- small things ---- */

static void
add_string (JsonBuilder *json, const char *name, const char *value)
{
  g_autofree char *valid = g_utf8_make_valid (value, -1);

  json_builder_set_member_name (json, name);
  json_builder_add_string_value (json, valid);
}

static void
add_int (JsonBuilder *json, const char *name, gint64 value)
{
  json_builder_set_member_name (json, name);
  json_builder_add_int_value (json, value);
}

static void
add_address (JsonBuilder *json, const char *name, guint64 address)
{
  char text[24];

  g_snprintf (text, sizeof text, "0x%04" G_GINT64_MODIFIER "x", address);
  add_string (json, name, text);
}

static void
begin_list (JsonBuilder *json, const char *name)
{
  json_builder_set_member_name (json, name);
  json_builder_begin_array (json);
}

/* ---- values ---- */

static FactsRegion
find_region (const Machine *machine, guint64 address)
{
  static const FactsRegion regions[] = {
    [MEM_REGION_CODE] = FACTS_REGION_CODE,   [MEM_REGION_CONSTANTS] = FACTS_REGION_CONSTANTS,
    [MEM_REGION_DATA] = FACTS_REGION_DATA,   [MEM_REGION_HEAP] = FACTS_REGION_HEAP,
    [MEM_REGION_STACK] = FACTS_REGION_STACK,
  };
  MemRegion region;

  if (!mem_space_find_region (machine->space, address, &region))
    return FACTS_REGION_NONE;
  return regions[region];
}

static void
add_region (JsonBuilder *json, const Machine *machine, guint64 address)
{
  FactsRegion region = find_region (machine, address);

  if (region != FACTS_REGION_NONE)
    add_string (json, "region", facts_region_get_name (region));
}

static void
add_state (JsonBuilder *json, guint32 flags)
{
  static const struct
  {
    guint32 flag;
    const char *name;
  } names[] = {
    { FACTS_UNDEFINED, "uninitialised" },
    { FACTS_PARTLY_UNDEFINED, "partly-uninitialised" },
    { FACTS_NULL, "null" },
    { FACTS_DANGLING, "dangling" },
    { FACTS_OUTSIDE, "outside" },
    { FACTS_WILD, "wild" },
    { FACTS_CHANGED, "changed" },
    { FACTS_CONST, "const" },
    { FACTS_FAULT, "fault" },
    { FACTS_NOT_LIVE, "not-live" },
  };
  guint32 known = 0;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    known |= flags & names[i].flag;
  if (known == 0)
    return;
  begin_list (json, "state");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (flags & names[i].flag)
      json_builder_add_string_value (json, names[i].name);
  json_builder_end_array (json);
}

static void
add_target (JsonBuilder *json, const Machine *machine, const FactsNode *node)
{
  const MemBlock *block = mem_block_get (machine->space, node->target_block);

  if (!(node->flags & FACTS_POINTER)
      || (node->flags & (FACTS_NULL | FACTS_UNDEFINED | FACTS_PARTLY_UNDEFINED)))
    return;
  json_builder_set_member_name (json, "target");
  json_builder_begin_object (json);
  add_address (json, "address", node->target);
  add_region (json, machine, node->target);
  if (node->target_block != 0)
    {
      if (block->number != 0)
        add_int (json, "block", block->number);
      add_int (json, "offset", (gint64)(node->target - block->begin));
    }
  json_builder_end_object (json);
}

static void add_value (JsonBuilder *json, const Machine *machine, const Facts *facts,
                       guint32 index);

static void
add_values (JsonBuilder *json, const Machine *machine, const Facts *facts, const char *member,
            guint32 first, guint32 n)
{
  if (n == 0)
    return;
  begin_list (json, member);
  for (guint32 i = 0; i < n; i++)
    add_value (json, machine, facts, first + i);
  json_builder_end_array (json);
}

static void
add_view (JsonBuilder *json, const Machine *machine, const Facts *facts, const FactsView *view)
{
  add_string (json, "view", ir_view_kind_get_name (view->kind));
  add_int (json, "length", (gint64)view->length);
  if (view->text[0] != '\0')
    add_string (json, "shown", view->text);
  add_values (json, machine, facts, "items", view->first_item, view->n_items);
}

static void
add_value (JsonBuilder *json, const Machine *machine, const Facts *facts, guint32 index)
{
  const FactsNode *node = facts_get_node (facts, index);

  json_builder_begin_object (json);
  add_string (json, "name", node->name);
  add_string (json, "type", node->type);
  add_address (json, "address", node->address);
  add_region (json, machine, node->address);
  if (node->text[0] != '\0')
    add_string (json, "text", node->text);
  add_state (json, node->flags);
  add_target (json, machine, node);
  if (facts_get_view (facts, node) != NULL)
    add_view (json, machine, facts, facts_get_view (facts, node));
  add_values (json, machine, facts, "children", node->first_child, node->n_children);
  json_builder_end_object (json);
}

/* ---- parts of a step ---- */

static void
add_frames (JsonBuilder *json, const Machine *machine, const Facts *facts)
{
  begin_list (json, "frames");
  for (guint i = 0; i < facts->frames->len; i++)
    {
      const FactsFrame *frame = &g_array_index (facts->frames, FactsFrame, i);

      if (frame->state != FACTS_FRAME_LIVE)
        continue;
      json_builder_begin_object (json);
      add_string (json, "function", frame->function);
      add_int (json, "line", frame->line);
      add_address (json, "address", frame->address);
      add_int (json, "bytes", frame->size);
      if (frame->returns != NULL)
        add_string (json, "returns", frame->returns);
      begin_list (json, "variables");
      for (guint32 j = 0; j < frame->n_slots; j++)
        add_value (json, machine, facts, frame->first_slot + j);
      json_builder_end_array (json);
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_blocks (JsonBuilder *json, const Machine *machine, const Facts *facts)
{
  static const char *const states[] = { "live", "freed", "leaked" };

  begin_list (json, "heap");
  for (guint i = 0; i < facts->blocks->len; i++)
    {
      const FactsBlock *block = &g_array_index (facts->blocks, FactsBlock, i);

      if (block->is_overwritten)
        continue;
      json_builder_begin_object (json);
      add_int (json, "block", block->number);
      add_string (json, "state", states[block->state]);
      add_address (json, "address", block->address);
      add_int (json, "bytes", block->size);
      add_int (json, "gross", block->gross);
      add_int (json, "allocated", block->allocated_line);
      if (block->freed_line != 0)
        add_int (json, "freed", block->freed_line);
      if (block->root != FACTS_NO_NODE)
        {
          json_builder_set_member_name (json, "value");
          add_value (json, machine, facts, block->root);
        }
      json_builder_end_object (json);
    }
  json_builder_end_array (json);
}

static void
add_globals (JsonBuilder *json, const Machine *machine, const Facts *facts)
{
  begin_list (json, "data");
  for (guint i = 0; i < facts->globals->len; i++)
    add_value (json, machine, facts, g_array_index (facts->globals, FactsGlobal, i).root);
  json_builder_end_array (json);
}

static void
add_block_event (JsonBuilder *json, const Tracer *self, const Machine *machine,
                 const MachineEvent *event)
{
  const MemBlock *block = mem_block_get (machine->space, event->id);
  guint32 pc = event->kind == MACHINE_EVENT_FREE ? block->ended_at : block->made_at;

  add_int (json, "block", block->number);
  add_int (json, "bytes", block->size);
  add_address (json, "address", block->begin);
  add_int (
      json, "line",
      text_map_user_line (self->program->map, machine_code_get_info (machine->code, pc)->span));
}

static void
add_event (JsonBuilder *json, const Tracer *self, const Machine *machine, const MachineEvent *event)
{
  json_builder_begin_object (json);
  add_string (json, "kind", machine_event_get_name (event->kind));
  switch ((MachineEventKind)event->kind)
    {
    case MACHINE_EVENT_ALLOCATE:
    case MACHINE_EVENT_FREE:
    case MACHINE_EVENT_RELOCATE:
      add_block_event (json, self, machine, event);
      break;
    case MACHINE_EVENT_CALL:
    case MACHINE_EVENT_RETURN:
    case MACHINE_EVENT_RESUME:
    case MACHINE_EVENT_YIELD:
      add_string (json, "function",
                  ir_program_get_function (machine->code->program, event->id)->name);
      break;
    case MACHINE_EVENT_COPY:
    case MACHINE_EVENT_PRINT:
      add_int (json, "bytes", event->id);
      break;
    case MACHINE_EVENT_FAULT:
      add_string (json, "text", mem_fault_kind_get_name (event->id));
      break;
    case MACHINE_EVENT_MOVE:
    case MACHINE_EVENT_DROP:
    case MACHINE_EVENT_BORROW:
    case MACHINE_EVENT_COLLECT:
    case MACHINE_EVENT_STORE:
    case MACHINE_EVENT_THROW:
    case MACHINE_EVENT_CATCH:
    case MACHINE_N_EVENTS:
      break;
    }
  json_builder_end_object (json);
}

/* What happened in the step that led here. TRUE when one event is of the kinds that are wanted. */
static gboolean
add_events (JsonBuilder *json, const Tracer *self, const Machine *machine, const GArray *events)
{
  gboolean is_wanted = self->kinds == 0;

  begin_list (json, "events");
  for (guint i = 0; i < events->len; i++)
    {
      const MachineEvent *event = &g_array_index (events, MachineEvent, i);

      add_event (json, self, machine, event);
      if (self->kinds & (1u << event->kind))
        is_wanted = TRUE;
    }
  json_builder_end_array (json);
  return is_wanted;
}

static const char *
get_stop_name (const Facts *facts)
{
  if (facts->moment == FACTS_AT_END || facts->moment == FACTS_AT_LIMIT)
    return "end";
  return ir_stop_kind_get_name (facts->stop);
}

/* The object of one position as a line, or NULL when it is not wanted. */
static char *
trace_position (const Tracer *self, guint64 position, const GArray *events, const Facts *now,
                guint64 n_output_before)
{
  g_autoptr (JsonBuilder) json = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  const Machine *machine = history_get_machine (self->history);
  g_autofree char *output = NULL;
  gboolean is_wanted;

  json_builder_begin_object (json);
  add_int (json, "step", position);
  add_int (json, "line", now->line);
  add_string (json, "function", now->function);
  add_string (json, "stop", get_stop_name (now));
  add_int (json, "depth", machine->state.depth);
  is_wanted = add_events (json, self, machine, events);
  add_frames (json, machine, now);
  add_blocks (json, machine, now);
  add_globals (json, machine, now);
  output = now->n_output > n_output_before ? g_strndup (
               (const char *)machine->outputs[MACHINE_STREAM_OUTPUT]->data + n_output_before,
               now->n_output - n_output_before)
                                           : g_strdup ("");
  add_string (json, "output", output);
  json_builder_end_object (json);
  if (!is_wanted)
    return NULL;
  root = json_builder_get_root (json);
  return json_to_string (root, FALSE);
}

/* ---- the run ---- */

static gboolean
parse_kinds (const char *list, guint32 *kinds)
{
  g_auto (GStrv) names = g_strsplit (list, ",", -1);

  for (guint i = 0; names[i] != NULL; i++)
    {
      guint kind = 0;

      while (kind < MACHINE_EVENT_STORE && strcmp (machine_event_get_name (kind), names[i]) != 0)
        kind++;
      if (kind == MACHINE_EVENT_STORE)
        {
          cli_complain (_ ("--events: “%s” is no kind of event"), names[i]);
          return FALSE;
        }
      *kinds |= 1u << kind;
    }
  return TRUE;
}

static gboolean
write_positions (Tracer *self, const CliOptions *options, GError **error)
{
  guint64 n = history_get_n_positions (self->history);
  guint64 first = options->from > 0 ? (guint64)options->from : 1;
  guint64 last = options->to > 0 ? MIN ((guint64)options->to, n) : n;
  g_autoptr (GString) all = g_string_new (NULL);
  g_autoptr (Facts) before = NULL;
  guint64 n_output = 0;

  for (guint64 position = MAX (first, 2) - 1; position <= last; position++)
    {
      g_autofree char *line = NULL;
      g_autoptr (GArray) events = NULL;
      Facts *now;

      events = history_read_step (self->history, position);
      now = facts_new (history_get_machine (self->history), self->program->map);
      facts_mark_changes (now, before);
      if (position >= first)
        line = trace_position (self, position, events, now, n_output);
      n_output = now->n_output;
      g_clear_pointer (&before, facts_unref);
      before = now;
      if (line == NULL)
        continue;
      g_string_append (all, line);
      g_string_append_c (all, '\n');
      if (options->output == NULL && all->len > (1 << 20))
        {
          if (!cli_write (NULL, all->str, all->len, error))
            return FALSE;
          g_string_truncate (all, 0);
        }
    }
  return cli_write (options->output, all->str, all->len, error);
}

int
cli_trace (const CliOptions *options)
{
  g_autoptr (GError) error = NULL;
  int status;
  g_autoptr (SessionProgram) program = NULL;
  g_autoptr (History) history = NULL;
  Tracer self = { NULL };

  if (options->events != NULL && !parse_kinds (options->events, &self.kinds))
    return CLI_USAGE;
  program = cli_load (options, &status);
  if (program == NULL)
    return status;
  if (!options->quiet)
    cli_print_diagnostics (program->diagnostics, program->map);
  if (program->code == NULL)
    return cli_get_status (program, NULL);
  history = cli_record (program);
  self.program = program;
  self.history = history;
  status = CLI_FINE;
  if (!write_positions (&self, options, &error))
    {
      cli_complain ("%s", error->message);
      status = CLI_USAGE;
    }
  return status;
}
