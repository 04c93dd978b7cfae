/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which register of the IR lies where behind the frame's first register.
 *
 * Most registers live for a few instructions of one block: written once, consumed once. These share bytes as soon as they are empty, so that
 * a deep recursion costs little. A register with more writers or readers (it merges two branches) keeps its own. */

#include "machine-flatten.h"

typedef struct
{
  guint32 n_writes, n_reads;
  guint32 block;    /* of the last use seen */
  gboolean crosses; /* used in more than one block */
} Use;

typedef struct
{
  MachineFlattener *self;
  Use *uses;
  GArray *free_offsets; /* of guint32, the last one is taken next */
  guint32 end;          /* bytes so far */
  guint32 block;
} Placer;

typedef void (*VisitRegister) (Placer *placer, IrRegId id, gboolean is_write);

static void visit_operand (Placer *placer, const IrOperand *operand, VisitRegister visit);

static void
visit_path (Placer *placer, const IrPlace *place, VisitRegister visit)
{
  if (place->base == IR_PLACE_REGISTER && place->n_projections > 0)
    visit (placer, place->id, FALSE);
  for (guint i = 0; i < place->n_projections; i++)
    if (place->projections[i].index != NULL)
      visit_operand (placer, place->projections[i].index, visit);
}

static void
visit_operand (Placer *placer, const IrOperand *operand, VisitRegister visit)
{
  if (operand->kind != IR_OPERAND_COPY && operand->kind != IR_OPERAND_MOVE)
    return;
  if (ir_place_is_register (&operand->place))
    visit (placer, operand->place.id, FALSE);
  else
    visit_path (placer, &operand->place, visit);
}

static void
visit_reads (Placer *placer, const IrInstruction *instruction, VisitRegister visit)
{
  for (guint i = 0; i < instruction->n_operands; i++)
    visit_operand (placer, &instruction->operands[i], visit);
  visit_path (placer, &instruction->place, visit);
  visit_path (placer, &instruction->dest, visit);
  if (instruction->opcode == IR_KILL)
    visit (placer, instruction->id, FALSE);
}

static void
visit_write (Placer *placer, const IrInstruction *instruction, VisitRegister visit)
{
  if (ir_place_is_register (&instruction->dest))
    visit (placer, instruction->dest.id, TRUE);
}

static void
count_use (Placer *placer, IrRegId id, gboolean is_write)
{
  Use *use = &placer->uses[id];

  if (use->n_writes + use->n_reads > 0 && use->block != placer->block)
    use->crosses = TRUE;
  use->block = placer->block;
  if (is_write)
    use->n_writes++;
  else
    use->n_reads++;
}

static gboolean
is_short_lived (const Use *use)
{
  return use->n_writes == 1 && use->n_reads == 1 && !use->crosses;
}

static void
place_use (Placer *placer, IrRegId id, gboolean is_write)
{
  const Use *use = &placer->uses[id];
  guint32 *offset = &placer->self->register_offsets[id];

  if (!is_short_lived (use))
    {
      if (*offset == G_MAXUINT32)
        {
          *offset = placer->end;
          placer->end += 8;
        }
      return;
    }
  if (!is_write)
    {
      g_array_append_val (placer->free_offsets, *offset);
      return;
    }
  if (placer->free_offsets->len > 0)
    {
      *offset = g_array_index (placer->free_offsets, guint32, placer->free_offsets->len - 1);
      g_array_set_size (placer->free_offsets, placer->free_offsets->len - 1);
    }
  else
    {
      *offset = placer->end;
      placer->end += 8;
    }
}

static void
visit_function (Placer *placer, VisitRegister visit)
{
  const IrFunction *ir = placer->self->ir;

  for (guint i = 0; i < ir->blocks->len; i++)
    {
      GPtrArray *instructions = ir_function_get_block (ir, i)->instructions;

      placer->block = i;
      for (guint j = 0; j < instructions->len; j++)
        {
          /* The result must not share bytes with an operand: some instructions write before they have read all. */
          visit_write (placer, g_ptr_array_index (instructions, j), visit);
          visit_reads (placer, g_ptr_array_index (instructions, j), visit);
        }
    }
}

/* Fills self->register_offsets, from first_byte on, and sets self->first_temporary behind them. */
void
machine_place_registers (MachineFlattener *self, guint32 first_byte)
{
  guint n = self->ir->registers->len;
  Placer placer
      = { self, g_new0 (Use, n + 1), g_array_new (FALSE, FALSE, sizeof (guint32)), first_byte };

  self->register_offsets = g_new (guint32, n + 1);
  for (guint i = 0; i < n; i++)
    self->register_offsets[i] = G_MAXUINT32;
  visit_function (&placer, count_use);
  visit_function (&placer, place_use);
  self->first_temporary = placer.end;
  g_free (placer.uses);
  g_array_unref (placer.free_offsets);
}
