/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Owned slots are read only where they certainly hold a value: what was moved out is not read before it is written again. */

#include "ir-build.h"
#include "ir-move-path.h"
#include "ir-verify.h"

#include <string.h>

typedef struct
{
  IrVerifier *verifier;
  const IrMovePaths *paths;
  guint8 *states;
} Walk;

/* is_whole: all parts of the place are read, else only what it itself stands for. */
static gboolean
check_read (Walk *self, const IrPlace *place, gboolean is_whole)
{
  gboolean is_exact;
  guint32 path = ir_move_paths_find (self->paths, place, &is_exact);
  guint8 state;

  if (path == IR_NO_PATH)
    return TRUE;
  state = is_whole && is_exact ? ir_move_paths_join (self->paths, self->states, path)
                               : self->states[path];
  return (state & IR_MAYBE_NOT) == 0
         || ir_verify_complain (self->verifier, TEXT_IR_MOVED_READ, place->id);
}

/* A part of a slot may be written before the whole is complete; what lies behind a pointer in it may not. */
static gboolean
is_behind_pointer (const IrPlace *place)
{
  for (guint i = 0; i < place->n_projections; i++)
    if (place->projections[i].kind == IR_PROJECT_DEREF)
      return TRUE;
  return FALSE;
}

static gboolean
check_instruction (Walk *self, const IrInstruction *instruction)
{
  for (guint i = 0; i < instruction->n_operands; i++)
    {
      const IrOperand *operand = &instruction->operands[i];

      if ((operand->kind == IR_OPERAND_COPY || operand->kind == IR_OPERAND_MOVE)
          && !check_read (self, &operand->place, TRUE))
        return FALSE;
    }
  if (instruction->opcode == IR_ADDRESS || instruction->opcode == IR_BORROW
      || instruction->opcode == IR_DISCRIMINANT)
    return check_read (self, &instruction->place, instruction->opcode != IR_DISCRIMINANT);
  return !is_behind_pointer (&instruction->dest) || check_read (self, &instruction->dest, FALSE);
}

static gboolean
check_block (Walk *self, IrBlockId id)
{
  IrVerifier *verifier = self->verifier;
  GPtrArray *instructions = ir_function_get_block (verifier->function, id)->instructions;
  guint n = self->paths->paths->len;

  verifier->block = id;
  memcpy (self->states, self->paths->entries + (gsize)id * n, n);
  for (guint i = 0; i < instructions->len; i++)
    {
      const IrInstruction *instruction = g_ptr_array_index (instructions, i);

      verifier->instruction = i;
      verifier->span = instruction->span;
      if (!check_instruction (self, instruction))
        return FALSE;
      ir_move_paths_take (self->paths, instruction, self->states);
      ir_move_paths_give (self->paths, instruction, self->states);
    }
  return TRUE;
}

/* Whether the function's owned slots are read as they may be. Blocks that nothing reaches are not looked at. */
gboolean
ir_verify_owned (IrVerifier *self)
{
  g_autoptr (IrMovePaths) paths = ir_move_paths_new (self->function);
  g_autofree guint8 *states = g_new0 (guint8, paths->paths->len + 1);
  Walk walk = { self, paths, states };

  if (paths->paths->len == 0)
    return TRUE;
  for (guint i = 0; i < self->function->blocks->len; i++)
    if (paths->reached[i] && !check_block (&walk, i))
      return FALSE;
  return TRUE;
}
