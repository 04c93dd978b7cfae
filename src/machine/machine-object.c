/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Objects: where the program meets the strategy. References are counted or emptied, blocks are made, roots are listed; and what the
 * strategy wants done (a finaliser to be called, a block's end to be told) is done here, one small step a tick. */

#include "machine-slow.h"

#include <string.h>

/* ---- references ---- */

/* The block that the reference in a cell leads to; 0: the cell is empty, or null. */
static guint32
get_reference (const Machine *machine, guint64 cell)
{
  const MemSpace *space = machine->space;

  if (*(const guint64 *)(space->defined + cell) != G_MAXUINT64)
    return 0;
  return space->provenance[cell / 8];
}

static gboolean
is_counted (const Machine *machine)
{
  return machine->code->program->management == IR_COUNTED;
}

/* One more place holds what the cell refers to. */
void
machine_retain (Machine *machine, guint64 cell)
{
  guint32 id = get_reference (machine, cell);

  if (id != 0 && is_counted (machine))
    strategy_retain (machine->strategy, id);
}

/* The cell is emptied; in a counted program what it referred to loses a reference, and may die: see machine_has_work(). */
void
machine_let_go (Machine *machine, guint64 cell)
{
  guint32 id = get_reference (machine, cell);

  *(guint64 *)(machine->space->defined + cell) = 0;
  mem_array_mark (machine->space->array, cell);
  if (id != 0 && is_counted (machine))
    strategy_release (machine->strategy, id);
}

/* A value that nobody wants: what the cell refers to loses the reference that was meant for the taker. */
void
machine_drop_passed (Machine *machine, guint64 cell, MachinePassing passing)
{
  if (passing == MACHINE_PASS_HANDED)
    machine_let_go (machine, cell);
  else if (passing == MACHINE_PASS_COPY && is_counted (machine))
    strategy_release (machine->strategy, get_reference (machine, cell));
}

/* Whether objects are dying, or a collection runs. */
gboolean
machine_has_work (const Machine *machine)
{
  return strategy_has_work (machine->strategy);
}

/* A reference stands in a block now that no checked store has written. */
void
machine_tell_reference (Machine *machine, guint64 address)
{
  guint32 id = get_reference (machine, address);

  if (id != 0)
    machine_tell_store (machine, address, id);
}

/* Empties a slot, unless a heap block takes it over when the frame ends. Whether the strategy has work then. */
gboolean
machine_clear_slot_cell (Machine *machine, const MachineOp *op, guint64 cell)
{
  const MachineFrame *frame = &machine->frames[machine->state.depth];

  if (frame->block != 0 && mem_block_get (machine->space, frame->block)->state == MEM_BLOCK_LIVE
      && frame->frame != mem_block_get (machine->space, frame->block)->begin
      && !machine_code_get_function (machine->code, frame->function)->ir->is_resumable)
    return FALSE;
  if (op->n == 0)
    {
      mem_set_undefined (machine->space, cell, op->c);
      return FALSE;
    }
  machine_let_go (machine, cell);
  return machine_has_work (machine);
}

/* ---- roots ---- */

static void
add_root (GArray *roots, guint64 address)
{
  g_array_append_val (roots, address);
}

static void
list_frame_roots (Machine *machine, const MachineFrame *frame, GArray *roots)
{
  const MachineFunction *function = machine_code_get_function (machine->code, frame->function);

  for (guint i = 0; i < function->n_managed; i++)
    add_root (roots, frame->registers + (function->n_taken + i) * 8);
  for (guint i = 0; i < function->n_managed_slots; i++)
    {
      guint64 address = (guint64)frame->frame + function->managed_slots[i];

      /* A frame in the heap is followed like any block; a strategy with generations learns what it holds now. */
      if (function->ir->is_resumable)
        machine_tell_reference (machine, address);
      else
        add_root (roots, address);
    }
}

/* Addresses of all words outside the heap that may hold a reference: of variables, of frames, of the machine. An empty one is undefined.
 * (transfer full) (element-type guint64) */
GArray *
machine_list_roots (Machine *machine)
{
  const MachineCode *code = machine->code;
  GArray *roots = g_array_new (FALSE, FALSE, sizeof (guint64));
  guint64 thrown = machine_get_thrown_address (machine);

  for (guint i = 0; i < code->root_words->len; i++)
    add_root (roots, g_array_index (code->root_words, guint32, i));
  for (guint i = 0; i < MACHINE_N_OWN_CELLS; i++)
    add_root (roots, thrown - i * 8);
  for (guint32 depth = 1; depth <= machine->state.depth; depth++)
    list_frame_roots (machine, &machine->frames[depth], roots);
  return roots;
}

/* ---- blocks ---- */

/* Counts a new block of the heap and says who made it. */
void
machine_count_allocation (Machine *machine, guint32 id, guint64 n_bytes, guint32 hint)
{
  MachineState *state = &machine->state;
  MemBlock *block = mem_block_get (machine->space, id);

  block->number = ++state->n_heap_blocks;
  block->hint = hint;
  state->n_allocations++;
  state->live_blocks++;
  state->live_bytes += n_bytes;
  state->peak_bytes = MAX (state->peak_bytes, state->live_bytes);
  machine_tell (machine, MACHINE_EVENT_ALLOCATE, id);
}

/* Counts the end of a block that the strategy has just ended. */
void
machine_count_free (Machine *machine, guint32 id)
{
  MachineState *state = &machine->state;
  MemBlock *block = mem_block_get (machine->space, id);

  block->ended_at = state->pc;
  block->ended_by = machine_code_get_info (machine->code, state->pc)->function;
  mem_block_mark (machine->space, id);
  state->n_frees++;
  state->live_blocks--;
  state->live_bytes -= block->size;
  machine_tell (machine, MACHINE_EVENT_FREE, id);
}

static void
begin_collection (Machine *machine, StrategyCause cause)
{
  g_autoptr (GArray) roots = machine_list_roots (machine);

  strategy_begin (machine->strategy, cause, (const guint64 *)(gpointer)roots->data, roots->len);
  machine->state.mode = MACHINE_MODE_WORK;
  machine->state.is_begun = 1;
}

/* No room, even after a collection: what the program names for that is called in place of the instruction. */
static void
run_out_of_memory (Machine *machine, guint64 n_bytes)
{
  IrFunctionId hook = machine->code->program->hooks[IR_HOOK_OUT_OF_MEMORY];

  if (hook != IR_NO_FUNCTION && machine_push_called (machine, hook, machine->state.pc, NULL, 0))
    {
      machine->state.is_collected = 0;
      return;
    }
  machine_fault (machine, MEM_FAULT_OUT_OF_MEMORY, MEM_ACCESS_READ, 0, 0, 0);
  machine->state.fault.number = n_bytes;
}

/* A block for an object of n_bytes, with one reference to it where they are counted. 0: the program does something else first (a collection,
 * after which the instruction runs again; an exception), or it is over. */
guint32
machine_make_block (Machine *machine, guint64 n_bytes, guint32 shape, guint32 hint)
{
  MachineState *state = &machine->state;
  guint32 id = state->n_blocks;
  guint64 address = 0, cost = 0;

  if (id >= MEM_MAX_BLOCKS)
    {
      machine_stop_at_limit (machine, MACHINE_LIMIT_BLOCKS);
      return 0;
    }
  switch (strategy_allocate (machine->strategy, id, n_bytes, shape, &address, &cost))
    {
    case STRATEGY_DONE:
      break;
    case STRATEGY_COLLECT:
      begin_collection (machine, STRATEGY_CAUSE_ALLOCATION);
      return 0;
    case STRATEGY_FULL:
      run_out_of_memory (machine, n_bytes);
      return 0;
    }
  state->ticks += cost;
  machine_describe_block (machine, id);
  machine_count_allocation (machine, id, n_bytes, hint);
  return id;
}

/* The first bytes of a fresh object are zero, but for a count of one. */
void
machine_clear_head (Machine *machine, guint32 id, guint64 n_bytes)
{
  MemSpace *space = machine->space;
  guint64 begin = mem_block_get (space, id)->begin;

  if (n_bytes == 0)
    return;
  mem_clear (space, begin, n_bytes);
  if (is_counted (machine) && n_bytes >= 8)
    mem_set_word (space, begin, 1);
}

static guint64
get_n_elements (const Machine *machine, const IrType *type, const MachineOp *op, guint64 *n_bytes)
{
  const IrType *last, *element;
  guint64 n = op->b != MACHINE_NO_CELL
                  ? mem_get_word (machine->space, machine_get_cell (machine, op->b))
                  : 0;

  *n_bytes = type->size;
  if (op->b == MACHINE_NO_CELL)
    return 0;
  last = ir_program_get_type (machine->code->program,
                              g_array_index (type->fields, IrField, type->fields->len - 1).type);
  element = ir_program_get_type (machine->code->program, last->element);
  /* More than any heap has is as good as all there is. */
  if (n > G_MAXUINT32 || n * MAX (element->size, 1) > G_MAXUINT32)
    *n_bytes = G_MAXUINT32;
  else
    *n_bytes += n * element->size;
  return n;
}

/* D := a new object. FALSE: see machine_make_block(). */
gboolean
machine_allocate_object (Machine *machine, const MachineOp *op)
{
  MemSpace *space = machine->space;
  const IrType *type = ir_program_get_type (machine->code->program, op->c);
  guint64 n_bytes, begin;
  guint64 n = get_n_elements (machine, type, op, &n_bytes);
  guint32 id = machine_make_block (machine, n_bytes, machine->code->type_shapes[op->c], op->c);

  if (id == 0)
    return FALSE;
  begin = mem_block_get (space, id)->begin;
  machine_clear_head (machine, id, n_bytes);
  machine->state.ticks += n_bytes / 16;
  if (op->b != MACHINE_NO_CELL)
    {
      guint64 field = type->object->values[IR_OBJECT_COUNT];

      mem_set_word (space, begin + g_array_index (type->fields, IrField, field).offset, n);
    }
  if (op->a != MACHINE_NO_CELL)
    mem_set_pointer (space, machine_get_cell (machine, op->a), begin, id);
  return TRUE;
}

/* By hand. FALSE: after a fault. */
gboolean
machine_release_object (Machine *machine, guint64 cell)
{
  MemSpace *space = machine->space;
  guint64 address = mem_get_word (space, cell), cost = 0;
  guint32 id = space->provenance[cell / 8];
  MemFaultKind kind;

  if (address == 0 && id == 0 && mem_is_defined (space, cell, 8))
    return TRUE;
  kind = mem_is_defined (space, cell, 8) ? strategy_judge_release (machine->strategy, address, id)
                                         : MEM_FAULT_UNINITIALISED_READ;
  if (kind == MEM_FAULT_NONE)
    {
      strategy_free_block (machine->strategy, id, &cost);
      machine->state.ticks += cost;
      machine_count_free (machine, id);
      return TRUE;
    }
  if (machine_tolerates (machine, kind))
    return TRUE;
  machine_fault (machine, kind, MEM_ACCESS_FREE, address, 0, id);
  return FALSE;
}

/* D := what a full collection found unreachable. FALSE: it begins now, and the instruction runs again after it. */
gboolean
machine_collect (Machine *machine, const MachineOp *op)
{
  MachineState *state = &machine->state;
  guint64 n = 0;

  if (machine->code->program->management != IR_BY_HAND)
    {
      if (!state->is_collected)
        {
          begin_collection (machine, STRATEGY_CAUSE_ASKED);
          state->is_collected = 1;
          return FALSE;
        }
      state->is_collected = 0;
      n = strategy_get_statistics (machine->strategy).n_found;
    }
  if (op->a != MACHINE_NO_CELL)
    mem_set_bytes (machine->space, machine_get_cell (machine, op->a), &n, 8);
  return TRUE;
}

/* ---- the strategy's work ---- */

/* Frames whose slots lie in a block move with it. */
static void
move_frames (Machine *machine, guint32 id, guint64 from, guint64 to)
{
  MachineState *state = &machine->state;

  if (ir_program_get_type (machine->code->program, mem_block_get (machine->space, id)->hint)
          ->frame_of
      == 0)
    return;
  for (guint32 depth = 1; depth <= state->depth; depth++)
    {
      MachineFrame *frame = &machine->frames[depth];

      if (frame->block != id || frame->frame < from
          || frame->frame >= from + mem_block_get (machine->space, id)->size)
        continue;
      frame->frame += (guint32)(to - from);
      mem_array_mark (machine->frame_array, depth * sizeof (MachineFrame));
    }
  state->frame = machine->frames[state->depth].frame;
}

static void
note_task (Machine *machine, const StrategyTask *task)
{
  switch (task->kind)
    {
    case STRATEGY_TASK_FREE:
      if (task->id != 0)
        machine_count_free (machine, task->id);
      break;
    case STRATEGY_TASK_COPY:
    case STRATEGY_TASK_PROMOTE:
      move_frames (machine, task->id, task->from, task->to);
      machine_tell (machine, MACHINE_EVENT_RELOCATE, task->id);
      break;
    case STRATEGY_TASK_DONE:
      machine_tell (machine, MACHINE_EVENT_COLLECT,
                    (guint32)strategy_get_statistics (machine->strategy).n_found);
      break;
    default:
      break;
    }
}

/* Gives one of the machine's own cells a reference for a parameter. */
static guint64
put_argument (Machine *machine, guint i, guint32 id)
{
  guint64 cell = machine_get_thrown_address (machine) - (i + 1) * 8;

  mem_set_pointer (machine->space, cell, mem_block_get (machine->space, id)->begin, id);
  machine_retain (machine, cell);
  return cell;
}

static void
call_for_strategy (Machine *machine, const StrategyTask *task)
{
  IrFunctionId function = task->kind == STRATEGY_TASK_FINALISER ? task->function - 1 : 0;
  guint64 arguments[2];
  guint n = 1;

  arguments[0] = put_argument (machine, 0, task->id);
  if (task->kind == STRATEGY_TASK_WEAK_CALLBACK)
    {
      function = machine->code->program->hooks[IR_HOOK_WEAK_CALLBACK];
      arguments[1] = put_argument (machine, 1, task->other);
      n = 2;
    }
  machine->state.mode = MACHINE_MODE_CODE;
  if (function == IR_NO_FUNCTION)
    {
      for (guint i = 0; i < n; i++)
        machine_let_go (machine, arguments[i]);
      machine_come_back (machine);
    }
  else if (!machine_push_called (machine, function, MACHINE_CALLER_WORK, arguments, n))
    machine_fault (machine, MEM_FAULT_STACK_OVERFLOW, MEM_ACCESS_CALL, machine->state.stack, 0, 0);
}

/* What the strategy had called has come back. */
void
machine_come_back (Machine *machine)
{
  strategy_returned (machine->strategy);
  machine->state.mode = MACHINE_MODE_WORK;
}

/* Does the strategy's work, until it has none, wants a function called, or whoever asked wants to look. */
MachinePause
machine_work (Machine *machine, guint64 until_step, guint64 until_tick)
{
  MachineState *state = &machine->state;
  StrategyTask task;

  while (state->ticks < until_tick)
    {
      switch (strategy_step (machine->strategy, &task))
        {
        case STRATEGY_IDLE:
          state->mode = MACHINE_MODE_CODE;
          return MACHINE_LEFT_CODE;
        case STRATEGY_CALL:
          call_for_strategy (machine, &task);
          return MACHINE_LEFT_CODE;
        case STRATEGY_WORKED:
          break;
        }
      state->ticks++;
      note_task (machine, &task);
      if (machine->limits.is_stepwise && ++state->steps >= until_step)
        {
          state->arrived = 1;
          return MACHINE_PAUSED_AT_STEP;
        }
    }
  return MACHINE_PAUSED_AT_TICK;
}
