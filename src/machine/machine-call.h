/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "machine-slow.h"

G_BEGIN_DECLS

/* Pushing and popping frames: shared by the loop, where a call and a return are worth their copies, and by machine-frame.c. */

#define ALWAYS_INLINE inline __attribute__ ((always_inline))

/* The pages of a frame and its registers, which the loop writes without marking each time. Most lie in one page or two. */
static ALWAYS_INLINE void
mark_frame (Machine *machine, const MachineFunction *function)
{
  const MachineState *state = &machine->state;
  guint8 *dirty = machine->space->dirty;
  guint32 margin = machine->code->margin;

  if (G_UNLIKELY (function->frame_bytes + margin + function->register_bytes
                  >= (1 << MEM_PAGE_SHIFT)))
    {
      machine_mark_frame (machine);
      return;
    }
  dirty[(state->frame - margin) >> MEM_PAGE_SHIFT] = 1;
  dirty[(state->frame + function->frame_bytes - 1) >> MEM_PAGE_SHIFT] = 1;
  dirty[state->registers >> MEM_PAGE_SHIFT] = 1;
  dirty[(state->registers + function->register_bytes + 7) >> MEM_PAGE_SHIFT] = 1;
}

/* Locals begin undefined. There are few of them as a rule. */
static ALWAYS_INLINE void
clear_locals (guint8 *defined, guint32 n_bytes)
{
  while (n_bytes >= 8)
    {
      *(guint64 *)defined = 0;
      defined += 8;
      n_bytes -= 8;
    }
  while (n_bytes-- > 0)
    *defined++ = 0;
}

/* Whether the instruction that called waits for a value. */
static inline gboolean
needs_result (const MachineOp *call)
{
  return (call->op & ~1u) != MACHINE_OP_ENSURE && call->a != MACHINE_NO_CELL;
}

/* Everything of a call but the arguments: the frame, its return record, its undefined locals. caller_bytes: of the caller's
 * registers. FALSE: the stack is full. */
static ALWAYS_INLINE gboolean
push_frame (Machine *machine, const MachineFunction *function, guint32 id, guint32 caller_bytes)
{
  MachineState *state = &machine->state;
  MemSpace *space = machine->space;
  guint64 floor = space->regions[MEM_REGION_STACK].begin + machine->code->margin + machine->reserve;
  guint64 frame = (guint64)state->stack - function->frame_bytes;
  guint64 registers = state->registers + caller_bytes;
  guint64 record = state->stack - 16;

  if (G_UNLIKELY (state->stack < floor + function->frame_bytes
                  || registers + machine->code->register_margin > space->hidden.end
                  || state->depth >= machine->max_depth))
    return FALSE;
  /* The return record: where the caller's frame is, and where to go on. */
  *(guint64 *)(space->bytes + record) = state->frame;
  *(guint64 *)(space->bytes + record + 8) = 0x400 + state->pc + 1;
  *(guint64 *)(space->defined + record) = G_MAXUINT64;
  *(guint64 *)(space->defined + record + 8) = G_MAXUINT64;
  mem_tell_write (space, record, 16);
  clear_locals (space->defined + frame, function->cleared_bytes);
  if (G_UNLIKELY (function->n_taken + function->n_managed > 0))
    machine_clear_cells (machine, function, registers);
  state->frame = frame;
  state->stack = frame;
  state->registers = registers;
  state->depth++;
  machine->frames[state->depth] = (MachineFrame){ id, FALSE, state->pc, frame, registers, frame };
  mem_array_mark (machine->frame_array, state->depth * sizeof (MachineFrame));
  mark_frame (machine, function);
  return TRUE;
}

static ALWAYS_INLINE void
pop_frame (Machine *machine, const MachineFunction *functions)
{
  MachineState *state = &machine->state;
  const MachineFrame *frame = &machine->frames[state->depth];

  if (G_UNLIKELY (functions[frame->function].n_taken > 0))
    machine_end_slots (machine, &functions[frame->function]);
  state->depth--;
  frame--;
  state->frame = frame->frame;
  state->stack = frame->stack;
  state->registers = frame->registers;
  mark_frame (machine, &functions[frame->function]);
}

/* What stands behind the instruction at pc and its words. */
static inline guint32
machine_skip (const Machine *machine, guint32 pc)
{
  const MachineOp *op = machine_code_get_op (machine->code, pc);

  switch (op->op & ~1u)
    {
    case MACHINE_OP_CALL_POINTER:
      return pc + op->c + 2;
    case MACHINE_OP_LEAF_ELSE:
      return pc + op->n + 2;
    case MACHINE_OP_LEAF:
    case MACHINE_OP_TAKE_FRAME:
      return pc + op->n + 1;
    case MACHINE_OP_RESUME:
    case MACHINE_OP_RESUME_THROW:
    case MACHINE_OP_YIELD:
      return pc + 2;
    default:
      return pc + 1;
    }
}

G_END_DECLS
