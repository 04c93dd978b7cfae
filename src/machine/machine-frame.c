/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Frames that are more than a call's: those the machine calls by itself, those whose slots lie in a heap block and can be suspended, and
 * those that a heap block takes over when they end (a traceback keeps the locals alive).
 *
 * A heap block with a frame:
 *
 *     head (the program's own) | slots, as in the stack | 0 | where it goes on
 *
 * where the last word is 0 when the frame is finished, RUNNING while it runs, the function's address before it has begun, else the address behind
 * the instruction it is suspended at. Nothing is copied when a frame is suspended, and its addresses stay. */

#include "machine-call.h"

#include <string.h>

#define RUNNING 1
#define CODE_BEGIN 0x400

/* ---- cells ---- */

/* Address of a cell of the running frame. */
guint64
machine_get_cell (const Machine *machine, MachineCell cell)
{
  const MachineState *state = &machine->state;
  const guint64 bases[] = { state->frame, state->registers, 0, state->stack };

  return bases[cell & 3] + (gint64)((gint32)cell >> 2);
}

/* Copies a value between cells that may differ in width. */
static void
copy_value (Machine *machine, guint64 to, guint64 from, guint32 n_bytes)
{
  MemSpace *space = machine->space;

  mem_copy (space, to, from, n_bytes);
  if (n_bytes == 8)
    space->provenance[to / 8] = space->provenance[from / 8];
}

static void
set_empty (Machine *machine, guint64 cell)
{
  *(guint64 *)(machine->space->defined + cell) = 0;
  mem_array_mark (machine->space->array, cell);
}

/* ---- frames that the machine calls ---- */

static guint32
get_register_bytes (const Machine *machine)
{
  const MachineState *state = &machine->state;

  if (state->depth == 0)
    return 0;
  return machine_code_get_function (machine->code, machine->frames[state->depth].function)
      ->register_bytes;
}

/* After main there is nothing: its place is used again. */
static void
stand_at_beginning (Machine *machine)
{
  MachineState *state = &machine->state;
  const MachineFrame *main_frame = &machine->frames[1];

  state->registers = main_frame->registers;
  state->stack = main_frame->frame
                 + machine_code_get_function (machine->code, main_frame->function)->frame_bytes;
}

/* Calls a function by itself, with what the cells at `arguments` hold, which are emptied. When it comes back the code goes on where it
 * was. FALSE: there is no room. */
gboolean
machine_push_called (Machine *machine, guint32 id, guint32 call_pc, const guint64 *arguments,
                     guint n_arguments)
{
  const MachineFunction *function = machine_code_get_function (machine->code, id);
  MachineState *state = &machine->state;
  guint32 max_depth = machine->max_depth;
  guint32 back_pc = state->pc;
  gboolean has_room;

  if (state->depth == 0)
    stand_at_beginning (machine);
  machine->max_depth = G_MAXUINT32;
  has_room = push_frame (machine, function, id, get_register_bytes (machine));
  machine->max_depth = max_depth;
  if (!has_room)
    return FALSE;
  machine->frames[state->depth].call_pc = call_pc;
  machine->frames[state->depth].back_pc = back_pc;
  machine->frames[state->depth].is_special = TRUE;
  for (guint i = 0; i < n_arguments; i++)
    {
      copy_value (machine, state->frame + function->slots[i].offset, arguments[i], 8);
      set_empty (machine, arguments[i]);
    }
  state->pc = function->entry;
  if (machine->tells_calls)
    machine_tell (machine, MACHINE_EVENT_CALL, id);
  return TRUE;
}

/* The call at pc does not fit. What the program names for that is called in its place, with room that only it has; otherwise it is a
 * fault. FALSE: the program is over. */
gboolean
machine_overflow (Machine *machine)
{
  MachineState *state = &machine->state;
  IrFunctionId id = machine->code->program->hooks[IR_HOOK_STACK_OVERFLOW];
  const MachineFunction *function;
  guint32 reserve = machine->reserve, max_depth = machine->max_depth;
  gboolean has_room = FALSE;

  if (id != IR_NO_FUNCTION && state->overflow_depth == 0)
    {
      function = machine_code_get_function (machine->code, id);
      machine->reserve = 0;
      machine->max_depth = G_MAXUINT32;
      has_room = push_frame (machine, function, id, get_register_bytes (machine));
      state->pc = has_room ? function->entry : state->pc;
      state->overflow_depth = has_room ? state->depth : 0;
      machine->reserve = reserve;
      machine->max_depth = max_depth;
    }
  if (has_room)
    {
      machine->frames[state->depth].is_special = TRUE;
      machine_set_room (machine);
      return TRUE;
    }
  machine_fault (machine, MEM_FAULT_STACK_OVERFLOW, MEM_ACCESS_CALL, state->stack, 0, 0);
  return FALSE;
}

/* ---- the end of a frame ---- */

static guint32
get_head_bytes (const Machine *machine)
{
  IrTypeId head = machine->code->program->frame_head;

  return head != 0 ? ir_program_get_type (machine->code->program, head)->size : 0;
}

static guint64
get_record (const MemBlock *block)
{
  return (guint64)block->begin + block->size - 8;
}

static void
set_record (Machine *machine, guint32 id, guint64 value)
{
  MemSpace *space = machine->space;
  guint64 at = get_record (mem_block_get (space, id));

  mem_set_word (space, at, value);
  mem_set_defined (space, at, 8);
}

static gboolean
is_live (const Machine *machine, guint32 id)
{
  return id != 0 && mem_block_get (machine->space, id)->state == MEM_BLOCK_LIVE;
}

/* The slots of the running frame go to the block that keeps them. What stands in the stack is a popped frame's from now on. */
static void
hand_over_slots (Machine *machine, const MachineFunction *function, guint32 id)
{
  MemSpace *space = machine->space;
  guint64 frame = machine->state.frame;
  guint64 base = (guint64)mem_block_get (space, id)->begin + get_head_bytes (machine);

  mem_copy (space, base, frame, function->frame_bytes - 16);
  for (guint i = 0; i < function->n_managed_slots; i++)
    machine_tell_reference (machine, base + function->managed_slots[i]);
}

/* What the end of the running frame, by return or by exception, does besides popping it. */
void
machine_end_frame (Machine *machine)
{
  MachineState *state = &machine->state;
  const MachineFrame *frame = &machine->frames[state->depth];
  const MachineFunction *function = machine_code_get_function (machine->code, frame->function);

  if (function->ir->is_resumable)
    {
      if (is_live (machine, frame->block))
        set_record (machine, frame->block, 0);
      machine_let_go (machine, state->registers + function->self);
    }
  else if (is_live (machine, frame->block))
    {
      hand_over_slots (machine, function, frame->block);
      set_record (machine, frame->block, 0);
    }
}

void
machine_pop_frame (Machine *machine)
{
  const MachineFunction *functions
      = (const MachineFunction *)(gpointer)machine->code->functions->data;

  /* Behind main there is no frame to go back to. */
  if (machine->state.depth == 1)
    {
      machine_end_slots (machine, &functions[machine->frames[1].function]);
      machine->state.depth = 0;
      return;
    }
  pop_frame (machine, functions);
  if (machine->state.depth < machine->state.overflow_depth)
    {
      machine->state.overflow_depth = 0;
      machine_set_room (machine);
    }
}

static guint32
get_return_size (const MachineOp *op)
{
  switch (op->op & ~1u)
    {
    case MACHINE_OP_RETURN:
      return 0;
    case MACHINE_OP_RETURN_1:
      return 1;
    case MACHINE_OP_RETURN_2:
      return 2;
    case MACHINE_OP_RETURN_4:
      return 4;
    case MACHINE_OP_RETURN_BLOCK:
      return op->c;
    default:
      return 8;
    }
}

/* The status that main's return gives the process: the low byte (POSIX), 0 without a value (C11 5.1.2.2.3). */
static void
end_main (Machine *machine, guint32 n_bytes, guint64 from)
{
  machine->state.end = MACHINE_END_EXIT;
  machine->state.exit_status = n_bytes > 0 ? machine->space->bytes[from] : 0;
}

/* Brings a returned or yielded value to where the instruction that called wants it. */
static void
deliver (Machine *machine, guint32 call_pc, guint64 from, guint32 n_bytes)
{
  const MachineOp *call = machine_code_get_op (machine->code, call_pc);

  if (call->a == MACHINE_NO_CELL || (call->op & ~1u) == MACHINE_OP_ENSURE)
    return;
  if ((call->op & ~1u) == MACHINE_OP_RESUME || (call->op & ~1u) == MACHINE_OP_RESUME_THROW)
    n_bytes = MIN (n_bytes, call[1].c);
  copy_value (machine, machine_get_cell (machine, call->a), from, n_bytes);
}

/* Returns from a frame that is more than a call's. */
void
machine_return (Machine *machine, const MachineOp *op)
{
  MachineState *state = &machine->state;
  MachineFrame frame = machine->frames[state->depth];
  guint32 n_bytes = get_return_size (op);
  guint64 from = machine_get_cell (machine, op->b);

  state->ticks += op->n;
  if (machine->tells_calls)
    machine_tell (machine, MACHINE_EVENT_RETURN, frame.function);
  machine_end_frame (machine);
  machine_pop_frame (machine);
  switch (frame.call_pc)
    {
    case MACHINE_CALLER_NONE:
      end_main (machine, n_bytes, from);
      return;
    case MACHINE_CALLER_UNCAUGHT:
      state->end = MACHINE_END_EXCEPTION;
      return;
    case MACHINE_CALLER_WORK:
      state->pc = frame.back_pc;
      machine_come_back (machine);
      return;
    default:
      deliver (machine, frame.call_pc, from, n_bytes);
      state->pc = machine_skip (machine, frame.call_pc);
      if (machine_has_work (machine))
        state->mode = MACHINE_MODE_WORK;
      return;
    }
}

/* ---- heap blocks with frames ---- */

/* A block for a frame of the function, its head zero, its slots undefined. 0: see machine_make_block(). */
static guint32
make_frame_block (Machine *machine, guint32 id)
{
  const MachineFunction *function = machine_code_get_function (machine->code, id);
  guint32 head = get_head_bytes (machine);
  guint32 block = machine_make_block (machine, head + function->frame_bytes,
                                      machine->code->type_shapes[function->ir->frame_type],
                                      function->ir->frame_type);
  guint64 begin;

  if (block == 0)
    return 0;
  begin = mem_block_get (machine->space, block)->begin;
  machine_clear_head (machine, block, head);
  mem_set_undefined (machine->space, begin + head, function->frame_bytes - 16);
  memset (machine->space->bytes + begin + head, 0, function->frame_bytes);
  mem_set_word (machine->space, begin + head + function->frame_bytes - 16, 0);
  mem_set_defined (machine->space, begin + head + function->frame_bytes - 16, 16);
  return block;
}

static void
set_result (Machine *machine, const MachineOp *op, guint32 block)
{
  if (op->a != MACHINE_NO_CELL)
    mem_set_pointer (machine->space, machine_get_cell (machine, op->a),
                     mem_block_get (machine->space, block)->begin, block);
}

/* A suspended frame of function op->c. FALSE: not yet, or never. */
gboolean
machine_take_frame (Machine *machine, const MachineOp *op, guint8 *const bases[4])
{
  const MachineFunction *function = machine_code_get_function (machine->code, op->c);
  guint32 block = make_frame_block (machine, op->c);
  guint64 base;

  if (block == 0)
    return FALSE;
  base = (guint64)mem_block_get (machine->space, block)->begin + get_head_bytes (machine);
  set_record (machine, block, CODE_BEGIN + function->entry);
  machine_pass_arguments (machine, function, base, (const MachineArgument *)(op + 1), op->n, bases);
  set_result (machine, op, block);
  return TRUE;
}

/* A block that takes the running frame over when it ends; the same one when there is one. FALSE: not yet, or never. */
gboolean
machine_keep_frame (Machine *machine, const MachineOp *op)
{
  MachineFrame *frame = &machine->frames[machine->state.depth];
  guint32 block = frame->block;

  if (is_live (machine, block))
    {
      set_result (machine, op, block);
      machine_retain (machine, machine_get_cell (machine, op->a));
      return TRUE;
    }
  block = make_frame_block (machine, frame->function);
  if (block == 0)
    return FALSE;
  set_record (machine, block, RUNNING);
  frame->block = block;
  frame->is_special = TRUE;
  mem_array_mark (machine->frame_array, machine->state.depth * sizeof (MachineFrame));
  set_result (machine, op, block);
  return TRUE;
}

/* The function that a block holds a frame of; NULL: it holds none. */
static const MachineFunction *
get_frame_function (const Machine *machine, const MemBlock *block)
{
  guint32 frame_of = ir_program_get_type (machine->code->program, block->hint)->frame_of;

  return frame_of != 0 ? machine_code_get_function (machine->code, frame_of - 1) : NULL;
}

/* The block of a frame that a pointer in a cell leads to; 0 after a fault. */
static guint32
find_frame_block (Machine *machine, guint64 cell)
{
  MemSpace *space = machine->space;
  guint32 id = space->provenance[cell / 8];
  const MemBlock *block = mem_block_get (space, id);
  guint64 address = mem_get_word (space, cell);

  if (!mem_is_defined (space, cell, 8))
    machine_fault (machine, MEM_FAULT_UNINITIALISED_READ, MEM_ACCESS_CALL, address, 0, 0);
  else if (address == 0)
    machine_fault (machine, MEM_FAULT_NULL_DEREFERENCE, MEM_ACCESS_CALL, 0, 0, 0);
  else if (id != 0 && block->kind == MEM_BLOCK_HEAP && block->state == MEM_BLOCK_FREED)
    machine_fault (machine, MEM_FAULT_USE_AFTER_FREE, MEM_ACCESS_CALL, address, 0, id);
  else if (id == 0 || block->kind != MEM_BLOCK_HEAP || get_frame_function (machine, block) == NULL
           || block->begin != address)
    machine_fault (machine, MEM_FAULT_BAD_CALL, MEM_ACCESS_CALL, address, 0, id);
  else
    return id;
  return 0;
}

/* D := 0 finished, 1 not begun, 2 suspended, 3 running. FALSE: the program is over. */
gboolean
machine_get_frame_state (Machine *machine, const MachineOp *op)
{
  guint32 id = find_frame_block (machine, machine_get_cell (machine, op->b));
  const MachineFunction *function;
  guint64 record;
  guint32 value = 2;

  if (id == 0)
    return FALSE;
  function = get_frame_function (machine, mem_block_get (machine->space, id));
  record = mem_get_word (machine->space, get_record (mem_block_get (machine->space, id)));
  if (record == 0)
    value = 0;
  else if (record == RUNNING)
    value = 3;
  else if (record == CODE_BEGIN + (guint64)function->entry)
    value = 1;
  if (op->a != MACHINE_NO_CELL)
    mem_set_bytes (machine->space, machine_get_cell (machine, op->a), &value, 4);
  return TRUE;
}

static void
push_resumed (Machine *machine, const MachineFunction *function, guint32 id, guint32 function_id)
{
  MachineState *state = &machine->state;
  const MemBlock *block = mem_block_get (machine->space, id);
  guint64 frame = (guint64)block->begin + get_head_bytes (machine);
  guint64 registers = state->registers + get_register_bytes (machine);

  state->frame = frame;
  state->registers = registers;
  state->depth++;
  machine->frames[state->depth]
      = (MachineFrame){ function_id, TRUE, state->pc, frame, registers, state->stack, id };
  mem_array_mark (machine->frame_array, state->depth * sizeof (MachineFrame));
  for (guint i = 0; i < function->n_managed; i++)
    *(guint64 *)(machine->space->defined + registers + (function->n_taken + i) * 8) = 0;
  mem_set_pointer (machine->space, registers + function->self, block->begin, id);
  machine_retain (machine, registers + function->self);
  machine_mark_frame (machine);
  machine_tell (machine, MACHINE_EVENT_RESUME, function_id);
}

static gboolean
has_room (const Machine *machine)
{
  const MachineState *state = &machine->state;

  return state->depth < machine->max_depth
         && state->registers + get_register_bytes (machine) + machine->code->register_margin
                <= machine->space->hidden.end;
}

/* Lets a suspended frame go on, with the value in cell op->c, or with it as an exception. FALSE: after a fault, or, without one, because
 * there is no room for another frame. */
gboolean
machine_resume (Machine *machine, const MachineOp *op, gboolean throws)
{
  MachineState *state = &machine->state;
  guint64 value = machine_get_cell (machine, op->c);
  guint32 id = find_frame_block (machine, machine_get_cell (machine, op->b));
  guint32 function_id;
  const MachineFunction *function;
  gboolean is_begun;
  guint64 record;

  if (id == 0)
    return FALSE;
  record = mem_get_word (machine->space, get_record (mem_block_get (machine->space, id)));
  if (record == 0 || record == RUNNING)
    {
      machine_fault (machine, MEM_FAULT_BAD_CALL, MEM_ACCESS_CALL,
                     mem_block_get (machine->space, id)->begin, 0, id);
      return FALSE;
    }
  if (!has_room (machine))
    return FALSE;
  function = get_frame_function (machine, mem_block_get (machine->space, id));
  function_id = function - machine_code_get_function (machine->code, 0);
  state->ticks += op->n;
  push_resumed (machine, function, id, function_id);
  set_record (machine, id, RUNNING);
  is_begun = record != CODE_BEGIN + (guint64)function->entry;
  state->pc = is_begun ? record - CODE_BEGIN - 1 : function->entry;
  if (throws)
    machine_throw (machine, value, op[1].a == MACHINE_PASS_HANDED);
  else if (is_begun)
    {
      const MachineOp *yield = machine_code_get_op (machine->code, state->pc);

      if (yield->a != MACHINE_NO_CELL)
        copy_value (machine, machine_get_cell (machine, yield->a), value,
                    MIN (op[1].b, yield[1].c));
      else
        machine_drop_passed (machine, value, op[1].a);
      if (op[1].a == MACHINE_PASS_HANDED)
        set_empty (machine, value);
      state->pc = machine_skip (machine, state->pc);
    }
  else
    machine_drop_passed (machine, value, op[1].a);
  return TRUE;
}

/* Suspends the running frame, its value goes to whoever resumed it. */
void
machine_yield (Machine *machine, const MachineOp *op)
{
  MachineState *state = &machine->state;
  MachineFrame frame = machine->frames[state->depth];
  const MachineFunction *function = machine_code_get_function (machine->code, frame.function);
  guint64 value = machine_get_cell (machine, op->b);

  state->ticks += op->n;
  set_record (machine, frame.block, CODE_BEGIN + state->pc + 1);
  machine_tell (machine, MACHINE_EVENT_YIELD, frame.function);
  machine_let_go (machine, state->registers + function->self);
  machine_pop_frame (machine);
  deliver (machine, frame.call_pc, value, op[1].b);
  state->pc = machine_skip (machine, frame.call_pc);
  if (machine_has_work (machine))
    state->mode = MACHINE_MODE_WORK;
}
