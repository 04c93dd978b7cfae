/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One state of a machine as facts: frames, blocks, globals, sums. See facts.h. */

#include "facts-new.h"

#include "facts-value.h"
#include "history/history-leak.h"

#include <string.h>

/* With more blocks than this, what is inside them is left out. */
#define MAX_DECODED_BLOCKS 2000

#define MAX_POPPED_FRAMES 8

const char *
facts_region_get_name (FactsRegion region)
{
  static const char *const names[] = { "code", "constants", "data", "heap", "stack", "none" };

  return names[region];
}

Facts *
facts_ref (Facts *facts)
{
  g_atomic_ref_count_inc (&facts->reference_count);
  return facts;
}

void
facts_unref (Facts *facts)
{
  if (!g_atomic_ref_count_dec (&facts->reference_count))
    return;
  g_array_unref (facts->nodes);
  g_array_unref (facts->views);
  g_array_unref (facts->frames);
  g_array_unref (facts->blocks);
  g_array_unref (facts->globals);
  g_string_chunk_free (facts->strings);
  g_free (facts);
}

/* ---- where it stands ---- */

/* The place of an instruction in the learner's own text: of the instruction itself, or of the call that led into library
 * code. */
TextSpan
facts_get_user_span (Machine *machine, TextMap *map, guint32 pc)
{
  guint32 depth = machine->state.depth;
  TextSpan span = machine_code_get_info (machine->code, pc)->span;

  while (depth > 1
         && (text_map_place (map, span.begin).origin != TEXT_ORIGIN_USER
             || machine_code_get_function (machine->code, machine->frames[depth].function)
                    ->ir->is_library))
    {
      span = machine_code_get_info (machine->code, machine_get_call_pc (machine, depth))->span;
      depth--;
    }
  return span;
}

/* The place of the fault: of the argument to blame where it stands on the line of its call, else of the failing instruction. The
 * line is the call's in any case, as the sanitizers tell it. */
TextSpan
facts_get_fault_span (Machine *machine, TextMap *map)
{
  const MachineFault *fault = &machine->state.fault;
  TextSpan span = facts_get_user_span (machine, map, fault->pc);
  TextSpan argument;

  if (fault->argument == 0
      || (machine_code_get_op (machine->code, fault->pc)->op & ~1u) != MACHINE_OP_LEAF)
    return span;
  argument = machine_code_get_info (machine->code, fault->pc + fault->argument)->span;
  if (text_map_user_line (map, argument) == text_map_line (map, span))
    return argument;
  return span;
}

static void
set_moment (FactsBuilder *self)
{
  Facts *facts = self->facts;
  const MachineState *state = &self->machine->state;

  facts->step = state->steps;
  facts->fault_kind = NULL;
  switch (state->end)
    {
    case MACHINE_END_NONE:
      facts->moment = FACTS_AT_STOP;
      if (!machine_get_stop (self->machine, &facts->stop, &facts->span))
        {
          facts->stop = IR_STOP_STMT;
          facts->span = machine_code_get_info (self->machine->code, state->pc)->span;
        }
      break;
    case MACHINE_END_FAULT:
      facts->moment = FACTS_AT_FAULT;
      facts->stop = IR_STOP_THROW;
      facts->span = facts_get_fault_span (self->machine, self->map);
      facts->fault_kind = mem_fault_kind_get_name (state->fault.mem.kind);
      facts->fault_address = state->fault.mem.address;
      break;
    case MACHINE_END_EXIT:
    case MACHINE_END_EXCEPTION:
    case MACHINE_END_ABORT:
      facts->moment = FACTS_AT_END;
      facts->step++;
      break;
    case MACHINE_END_LIMIT:
      facts->moment = FACTS_AT_LIMIT;
      facts->step++;
      facts->span = facts_get_user_span (self->machine, self->map, state->pc);
      break;
    }
  facts->line = text_map_line (self->map, facts->span);
}

static void
set_ledger (FactsBuilder *self)
{
  const MachineState *state = &self->machine->state;
  FactsLedger *ledger = &self->facts->ledger;

  ledger->n_allocations = state->n_allocations;
  ledger->n_frees = state->n_frees;
  ledger->live_bytes = state->live_bytes;
  ledger->live_blocks = state->live_blocks;
  ledger->peak_bytes = state->peak_bytes;
  ledger->copied_bytes = state->copied_bytes;
  ledger->heap_bytes = self->machine->code->sizes.heap;
  self->facts->n_output = state->n_output[MACHINE_STREAM_OUTPUT];
}

/* ---- frames ---- */

static gboolean
holds (TextSpan scope, guint32 position)
{
  return scope.begin == 0 || (position >= scope.begin && position < scope.end);
}

/* position: where in the text the frame stands, 0 when it has returned */
static void
add_slots (FactsBuilder *self, FactsFrame *frame, const MachineFunction *function, guint32 position)
{
  guint n_slots = function->ir->slots->len;
  guint32 index;

  for (guint i = 0; i < n_slots; i++)
    frame->n_slots += ir_function_get_slot (function->ir, i)->name != NULL;
  /* Children of one level stand together: first the variables, then what is inside them. */
  index = frame->first_slot = facts_reserve_values (self, frame->n_slots);
  for (guint i = 0; i < n_slots; i++)
    {
      const IrSlot *slot = ir_function_get_slot (function->ir, i);

      if (slot->name == NULL)
        continue;
      facts_fill_value (self, index, slot->name, slot->type,
                        frame->address + function->slots[i].offset, FACTS_NO_NODE);
      if (position != 0 && !slot->is_parameter && !holds (slot->scope, position))
        g_array_index (self->facts->nodes, FactsNode, index).flags |= FACTS_NOT_LIVE;
      index++;
    }
}

static void
add_frame (FactsBuilder *self, guint32 depth, FactsFrameState state, TextSpan span)
{
  const MachineFrame *at = &self->machine->frames[depth];
  const MachineFunction *function = machine_code_get_function (self->machine->code, at->function);
  FactsFrame frame = { .function = facts_keep (self, function->ir->name),
                       .state = state,
                       .depth = depth,
                       .line = text_map_line (self->map, span),
                       .address = at->frame,
                       .size = function->frame_bytes };

  if (!function->ir->is_library)
    add_slots (self, &frame, function, state == FACTS_FRAME_LIVE ? span.begin : 0);
  g_array_append_val (self->facts->frames, frame);
}

/* The value that the running frame is about to return. */
static void
set_returns (FactsBuilder *self)
{
  const MachineState *state = &self->machine->state;
  const MachineOp *op = machine_code_get_op (self->machine->code, state->pc);
  guint opcode = op->op & ~1u;
  guint32 flags = 0;
  guint64 address;

  if (self->facts->stop != IR_STOP_EXIT || opcode < MACHINE_OP_RETURN_1
      || opcode > MACHINE_OP_RETURN_P)
    return;
  address = (gint32)op->b >> 2;
  if ((op->b & 3) == MACHINE_CELL_FRAME)
    address += state->frame;
  else if ((op->b & 3) == MACHINE_CELL_REGISTER)
    address += state->registers;
  g_array_index (self->facts->frames, FactsFrame, state->depth - 1).returns
      = facts_format_scalar (self, ir_program_get_type (self->program, op->a), address, &flags);
}

/* Frames that returned and that nothing has overwritten: each lies right below the one that called it. */
static void
add_popped_frames (FactsBuilder *self)
{
  const MachineFrame *frames = self->machine->frames;
  guint32 depth = self->machine->state.depth;
  guint64 below
      = depth > 0 ? frames[depth].frame : self->machine->space->regions[MEM_REGION_STACK].end;
  guint n = 0;

  while (++depth < self->machine->code->sizes.stack / 16 && n++ < MAX_POPPED_FRAMES)
    {
      const MachineFunction *function;

      if (frames[depth].frame == 0)
        return;
      function = machine_code_get_function (self->machine->code, frames[depth].function);
      /* Above main's frame stand its arguments. */
      if (depth > 1 && frames[depth].frame + function->frame_bytes != below)
        return;
      below = frames[depth].frame;
      add_frame (self, depth, FACTS_FRAME_POPPED,
                 depth > 1 ? machine_code_get_info (self->machine->code,
                                                    machine_get_call_pc (self->machine, depth))
                                 ->span
                           : TEXT_NO_SPAN);
    }
}

static void
add_frames (FactsBuilder *self)
{
  guint32 depth = self->machine->state.depth;

  for (guint32 i = 1; i <= depth; i++)
    {
      TextSpan span = self->facts->span;

      if (i < depth)
        span = machine_code_get_info (self->machine->code,
                                      machine_get_call_pc (self->machine, i + 1))
                   ->span;
      add_frame (self, i, FACTS_FRAME_LIVE, span);
    }
  if (self->machine->state.end == MACHINE_END_NONE && depth > 0)
    set_returns (self);
  add_popped_frames (self);
  if (depth > 0)
    self->facts->function = g_array_index (self->facts->frames, FactsFrame, depth - 1).function;
  else
    self->facts->function = "";
}

/* ---- globals ---- */

static FactsRegion
get_global_region (const IrGlobal *global)
{
  return global->kind == IR_GLOBAL_VARIABLE ? FACTS_REGION_DATA : FACTS_REGION_CONSTANTS;
}

/* What a function of the library keeps between its calls (strtok) is not the program's. */
static gboolean
is_library_global (const FactsBuilder *self, const IrGlobal *global)
{
  return global->function != IR_NO_FUNCTION
         && ir_program_get_function (self->program, global->function)->is_library;
}

static void
add_globals (FactsBuilder *self)
{
  for (guint i = 0; i < self->program->globals->len; i++)
    {
      const IrGlobal *global = ir_program_get_global (self->program, i);
      FactsGlobal fact = { .region = get_global_region (global) };

      if (is_library_global (self, global))
        continue;
      fact.name = global->name != NULL ? facts_keep (self, global->name) : NULL;
      fact.root = facts_add_value (self, global->name, global->type,
                                   self->machine->code->global_addresses[i], FACTS_NO_NODE);
      if (fact.region == FACTS_REGION_CONSTANTS)
        g_array_index (self->facts->nodes, FactsNode, fact.root).flags |= FACTS_CONST;
      g_array_append_val (self->facts->globals, fact);
    }
}

/* ---- heap blocks ---- */

/* Whether one of the block's granules is taken; takes them. */
static gboolean
take_granules (const MemBlock *block, guint64 begin, guint8 *taken)
{
  guint64 first = (block->begin - begin) / 16;
  guint64 n = (MAX (block->size, 1) + 15) / 16;
  gboolean was_taken = memchr (taken + first, 1, n) != NULL;

  memset (taken + first, 1, n);
  return was_taken;
}

/* Which freed blocks' bytes belong to other blocks: first each live one takes its granules (a collector may have moved it there), then the
 * others, the newest first. */
static guint8 *
find_overwritten (FactsBuilder *self)
{
  const MachineState *state = &self->machine->state;
  const MemSpace *space = self->machine->space;
  guint64 begin = space->regions[MEM_REGION_HEAP].begin;
  guint64 n_granules = state->high_water > begin ? (state->high_water - begin) / 16 + 1 : 1;
  g_autofree guint8 *taken = g_malloc0 (n_granules);
  guint8 *overwritten = g_malloc0 (state->n_blocks);

  for (MemBlockState pass = MEM_BLOCK_LIVE; pass <= MEM_BLOCK_FREED; pass++)
    for (guint32 id = state->n_blocks; id-- > 1;)
      {
        const MemBlock *block = mem_block_get (space, id);

        if (block->kind == MEM_BLOCK_HEAP && block->state == pass)
          overwritten[id] = take_granules (block, begin, taken);
      }
  return overwritten;
}

static guint32
add_block_value (FactsBuilder *self, const MemBlock *block)
{
  const IrType *type = ir_program_get_type (self->program, block->hint);
  guint64 count;

  if (block->hint == 0 || type->size == 0 || block->size < type->size)
    return facts_add_bytes (self, block->begin, block->size);
  if (ir_type_is_flexible (self->program, block->hint))
    return facts_add_flexible (self, block->hint, block->begin, block->size);
  count = block->size / type->size;
  if (count == 1 && block->size == type->size)
    return facts_add_value (self, NULL, block->hint, block->begin, FACTS_NO_NODE);
  return facts_add_row (self, block->hint, block->begin, count);
}

static void
add_block (FactsBuilder *self, guint32 id, gboolean is_overwritten, gboolean decode)
{
  const MachineState *state = &self->machine->state;
  const MemBlock *block = mem_block_get (self->machine->space, id);
  FactsBlock fact
      = { .number = block->number,
          .key = id,
          .state = block->state == MEM_BLOCK_LIVE ? FACTS_BLOCK_LIVE : FACTS_BLOCK_FREED,
          .address = block->begin,
          .size = block->size,
          .root = FACTS_NO_NODE,
          .is_overwritten = is_overwritten };

  fact.gross = block->state == MEM_BLOCK_LIVE
                   ? self->machine->heap->allocator->get_gross (self->machine->heap, block->begin)
                   : block->size;
  fact.allocated_line = text_map_user_line (
      self->map, machine_code_get_info (self->machine->code, block->made_at)->span);
  fact.allocated_by
      = facts_keep (self, ir_program_get_function (self->program, block->function)->name);
  if (block->state == MEM_BLOCK_FREED)
    fact.freed_line = text_map_user_line (
        self->map, machine_code_get_info (self->machine->code, block->ended_at)->span);
  fact.is_faulty = state->end == MACHINE_END_FAULT && state->fault.mem.block == id;
  if (decode && !is_overwritten)
    {
      fact.root = add_block_value (self, block);
      fact.type = facts_get_node (self->facts, fact.root)->type;
    }
  else
    fact.type = block->hint != 0 ? ir_program_get_type (self->program, block->hint)->name : "byte";
  g_array_append_val (self->facts->blocks, fact);
}

static void
mark_leaks (FactsBuilder *self)
{
  g_autoptr (GArray) leaks = NULL;

  if (self->facts->moment != FACTS_AT_END)
    return;
  leaks = history_find_leaks (self->machine);
  for (guint i = 0, j = 0; i < self->facts->blocks->len && j < leaks->len; i++)
    {
      FactsBlock *block = &g_array_index (self->facts->blocks, FactsBlock, i);

      if (block->key != g_array_index (leaks, guint32, j))
        continue;
      block->state = FACTS_BLOCK_LEAKED;
      j++;
    }
}

static void
add_blocks (FactsBuilder *self)
{
  const MachineState *state = &self->machine->state;
  g_autofree guint8 *overwritten = find_overwritten (self);
  guint32 n_drawn = 0;

  for (guint32 id = 1; id < state->n_blocks; id++)
    if (mem_block_get (self->machine->space, id)->kind == MEM_BLOCK_HEAP && !overwritten[id])
      n_drawn++;
  for (guint32 id = 1; id < state->n_blocks; id++)
    if (mem_block_get (self->machine->space, id)->kind == MEM_BLOCK_HEAP)
      add_block (self, id, overwritten[id], n_drawn <= MAX_DECODED_BLOCKS);
  mark_leaks (self);
}

/* The cell that the fault went through: of a pointer that was used, the variables that hold it are not to blame, only the one
 * that the failing instruction read. */
static void
mark_fault (FactsBuilder *self)
{
  const MachineState *state = &self->machine->state;
  guint64 address = state->fault.mem.address;

  if (self->facts->moment != FACTS_AT_FAULT)
    return;
  for (guint32 i = 0; i < self->facts->nodes->len; i++)
    {
      FactsNode *node = &g_array_index (self->facts->nodes, FactsNode, i);

      if (node->n_children == 0 && node->size > 0 && address >= node->address
          && address - node->address < node->size && address != 0)
        node->flags |= FACTS_FAULT;
      if (state->fault.pointer_cell != 0 && node->address == state->fault.pointer_cell
          && (node->flags & FACTS_POINTER))
        node->flags |= FACTS_FAULT;
    }
}

/* The state at which the machine has paused. Immutable from here on, but for facts_mark_changes() before it is handed to
 * others. (transfer full) */
Facts *
facts_new (Machine *machine, TextMap *map)
{
  Facts *facts = g_new0 (Facts, 1);
  g_autoptr (GArray) types = g_array_new (FALSE, TRUE, sizeof (IrTypeId));
  FactsBuilder self = { machine, machine->code->program, map, facts, types, NULL };

  g_atomic_ref_count_init (&facts->reference_count);
  facts->nodes = g_array_new (FALSE, TRUE, sizeof (FactsNode));
  facts->views = g_array_new (FALSE, FALSE, sizeof (FactsView));
  facts->frames = g_array_new (FALSE, TRUE, sizeof (FactsFrame));
  facts->blocks = g_array_new (FALSE, TRUE, sizeof (FactsBlock));
  facts->globals = g_array_new (FALSE, TRUE, sizeof (FactsGlobal));
  facts->strings = g_string_chunk_new (4096);
  set_moment (&self);
  set_ledger (&self);
  add_frames (&self);
  add_globals (&self);
  add_blocks (&self);
  facts_add_views (&self);
  facts_find_targets (&self);
  mark_fault (&self);
  g_clear_pointer (&self.live, g_array_unref);
  return facts;
}

/* ---- changes ---- */

static guint
hash_place (gconstpointer data)
{
  const FactsNode *node = data;

  return (guint)node->address * 31 + (guint)node->size;
}

static gboolean
equal_places (gconstpointer a, gconstpointer b)
{
  const FactsNode *first = a, *second = b;

  return first->address == second->address && first->size == second->size
         && first->kind == second->kind && strcmp (first->name, second->name) == 0;
}

/* Marks what differs from the state one step earlier; before: NULL at the first one. A value that was not there is changed unless it is
 * still undefined. */
void
facts_mark_changes (Facts *facts, const Facts *before)
{
  g_autoptr (GHashTable) old = g_hash_table_new (hash_place, equal_places);

  if (before == NULL)
    return;
  for (guint32 i = 0; i < before->nodes->len; i++)
    {
      const FactsNode *node = facts_get_node (before, i);

      if (node->n_children == 0)
        g_hash_table_add (old, (gpointer)node);
    }
  for (guint32 i = 0; i < facts->nodes->len; i++)
    {
      FactsNode *node = &g_array_index (facts->nodes, FactsNode, i);
      const FactsNode *was;
      guint32 states = FACTS_UNDEFINED | FACTS_PARTLY_UNDEFINED;

      if (node->n_children > 0 || node->size == 0)
        continue;
      was = g_hash_table_lookup (old, node);
      if (was == NULL ? !(node->flags & (FACTS_UNDEFINED | FACTS_NOT_LIVE | FACTS_CONST))
                      : strcmp (was->text, node->text) != 0
                            || (was->flags & states) != (node->flags & states)
                            || was->target_block != node->target_block)
        node->flags |= FACTS_CHANGED;
    }
}
