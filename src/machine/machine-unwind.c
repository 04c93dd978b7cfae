/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Exceptions and panics. What is thrown lies in one cell of the hidden part while it is on its way. Frames are left, innermost first, until
 * one has an unwind edge at its instruction; there it becomes that frame's pending exception, so that another can be thrown and caught
 * by what runs meanwhile (finalisers, clean-up). Nothing is paid for where nothing is thrown: the edges are a table per function. */

#include "machine-slow.h"

/* Address of the cell with the exception on its way. */
guint64
machine_get_thrown_address (const Machine *machine)
{
  return machine->frames[1].registers - 8;
}

/* The reference in one cell goes to another. */
static void
move_cell (Machine *machine, guint64 to, guint64 from)
{
  MemSpace *space = machine->space;

  mem_copy (space, to, from, 8);
  *(guint64 *)(space->defined + from) = 0;
  mem_array_mark (space->array, from);
}

/* The instruction that the innermost frame of the learner's own code stands at. */
static guint32
find_user_pc (const Machine *machine)
{
  guint32 pc = machine->state.pc;

  for (guint32 depth = machine->state.depth; depth > 1; depth--)
    {
      if (!machine_code_get_function (machine->code, machine->frames[depth].function)
               ->ir->is_library)
        return pc;
      pc = machine_get_call_pc (machine, depth);
    }
  return pc;
}

static void
begin (Machine *machine)
{
  MachineState *state = &machine->state;

  state->mode = MACHINE_MODE_THROW;
  state->is_begun = 0;
  state->is_collected = 0;
  state->thrown_pc = find_user_pc (machine);
  machine_tell (machine, MACHINE_EVENT_THROW, 0);
  /* The moment before any frame goes is a step of its own. */
  state->steps++;
  state->arrived = 1;
}

static void
take_thrown (Machine *machine, guint64 from, gboolean is_emptied)
{
  guint64 thrown = machine_get_thrown_address (machine);

  if (is_emptied)
    move_cell (machine, thrown, from);
  else
    mem_copy (machine->space, thrown, from, 8);
}

/* Throws what the cell at `from` holds; is_emptied: the cell hands it over. */
void
machine_throw (Machine *machine, guint64 from, gboolean is_emptied)
{
  take_thrown (machine, from, is_emptied);
  begin (machine);
}

/* Throws a pointer that a leaf has made. */
void
machine_raise (Machine *machine, const MachineValue *value)
{
  guint64 thrown = machine_get_thrown_address (machine);

  mem_set_pointer (machine->space, thrown, value->bits, value->block);
  /* Whoever the leaf had it from keeps it. */
  machine_retain (machine, thrown);
  begin (machine);
}

static const MachineUnwind *
find_unwind (const MachineFunction *function, guint32 pc)
{
  guint low = 0, high;

  if (function->unwinds == NULL)
    return NULL;
  high = function->unwinds->len;
  while (low < high)
    {
      guint middle = (low + high) / 2;
      const MachineUnwind *unwind = &g_array_index (function->unwinds, MachineUnwind, middle);

      if (pc < unwind->begin)
        high = middle;
      else if (pc >= unwind->end)
        low = middle + 1;
      else
        return unwind;
    }
  return NULL;
}

/* What the frame's registers hold is in nobody's hands any more. The machine's own two cells stay. */
static void
empty_registers (Machine *machine, const MachineFunction *function)
{
  for (guint i = 0; i < function->n_managed; i++)
    {
      guint32 offset = (function->n_taken + i) * 8;

      if (offset != function->pending && offset != function->self)
        machine_let_go (machine, machine->state.registers + offset);
    }
}

static void
enter_pad (Machine *machine, const MachineFunction *function, const MachineUnwind *unwind)
{
  MachineState *state = &machine->state;
  guint64 pending = state->registers + function->pending;

  /* An exception in a handler or in `finally` takes the place of the one that was pending. */
  machine_let_go (machine, pending);
  move_cell (machine, pending, machine_get_thrown_address (machine));
  machine->frames[state->depth].caught_pc = state->thrown_pc;
  mem_array_mark (machine->frame_array, state->depth * sizeof (MachineFrame));
  state->pc = unwind->pad;
  state->mode = machine_has_work (machine) ? MACHINE_MODE_WORK : MACHINE_MODE_CODE;
}

/* Main has been left. */
static void
end_uncaught (Machine *machine)
{
  MachineState *state = &machine->state;
  IrFunctionId hook = machine->code->program->hooks[IR_HOOK_UNCAUGHT];
  guint64 thrown = machine_get_thrown_address (machine);

  state->mode = MACHINE_MODE_CODE;
  if (hook == IR_NO_FUNCTION
      || !machine_push_called (machine, hook, MACHINE_CALLER_UNCAUGHT, &thrown, 1))
    state->end = MACHINE_END_EXCEPTION;
}

/* An exception that leaves a finaliser is told and ignored. */
static void
ignore (Machine *machine)
{
  MachineState *state = &machine->state;
  IrFunctionId hook = machine->code->program->hooks[IR_HOOK_IGNORED];
  guint64 thrown = machine_get_thrown_address (machine);

  state->mode = MACHINE_MODE_WORK;
  if (hook != IR_NO_FUNCTION
      && machine_push_called (machine, hook, MACHINE_CALLER_WORK, &thrown, 1))
    {
      state->mode = MACHINE_MODE_CODE;
      return;
    }
  machine_let_go (machine, thrown);
  machine_come_back (machine);
}

/* The innermost frame goes; the exception is on its way in whoever called it. */
static void
leave_frame (Machine *machine, const MachineFunction *function)
{
  MachineState *state = &machine->state;
  MachineFrame frame = machine->frames[state->depth];

  if (function->pending != G_MAXUINT32)
    machine_let_go (machine, state->registers + function->pending);
  if (machine->tells_calls)
    machine_tell (machine, MACHINE_EVENT_RETURN, frame.function);
  machine_end_frame (machine);
  machine_pop_frame (machine);
  switch (frame.call_pc)
    {
    case MACHINE_CALLER_NONE:
      end_uncaught (machine);
      break;
    case MACHINE_CALLER_UNCAUGHT:
      state->end = MACHINE_END_EXCEPTION;
      break;
    case MACHINE_CALLER_WORK:
      state->pc = frame.back_pc;
      ignore (machine);
      break;
    default:
      state->pc = frame.call_pc;
      break;
    }
}

/* One frame's part of the way: either it goes on at a pad, or it is left. One tick. */
static void
pass_frame (Machine *machine, gboolean may_abort)
{
  MachineState *state = &machine->state;
  const MachineFunction *function
      = machine_code_get_function (machine->code, machine->frames[state->depth].function);
  const MachineUnwind *unwind = find_unwind (function, state->pc);

  state->ticks++;
  empty_registers (machine, function);
  if (unwind != NULL && unwind->pad != G_MAXUINT32)
    enter_pad (machine, function, unwind);
  else if (unwind != NULL && may_abort)
    {
      /* Out of a clean-up, while another exception is on its way: the program aborts, as Rust's does. */
      state->end = MACHINE_END_ABORT;
      state->exit_status = 134;
    }
  else
    leave_frame (machine, function);
}

void
machine_unwind (Machine *machine)
{
  pass_frame (machine, TRUE);
}

/* An exception that was caught or is pending in the frame goes on its way; nobody stops there again, and that a clean-up ends so is as it
 * should be. */
void
machine_throw_on (Machine *machine, guint64 from, gboolean is_emptied)
{
  take_thrown (machine, from, is_emptied);
  machine->state.thrown_pc = machine->frames[machine->state.depth].caught_pc;
  machine->state.mode = MACHINE_MODE_THROW;
  pass_frame (machine, FALSE);
}
