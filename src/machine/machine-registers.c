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
  GArray *emptied;      /* of guint32: free after the instruction at hand */
  guint32 end;          /* bytes so far */
  guint32 block;
  gboolean managed; /* registers for references, or the others */
} Placer;

static gboolean
count_use (gpointer data, IrRegId id, gboolean is_write)
{
  Placer *placer = data;
  Use *use = &placer->uses[id];

  if (use->n_writes + use->n_reads > 0 && use->block != placer->block)
    use->crosses = TRUE;
  use->block = placer->block;
  if (is_write)
    use->n_writes++;
  else
    use->n_reads++;
  return TRUE;
}

static gboolean
is_short_lived (const Use *use)
{
  return use->n_writes == 1 && use->n_reads == 1 && !use->crosses;
}

static guint32
take_offset (Placer *placer)
{
  guint32 offset = placer->end;

  if (placer->free_offsets->len == 0)
    {
      placer->end += 8;
      return offset;
    }
  offset = g_array_index (placer->free_offsets, guint32, placer->free_offsets->len - 1);
  g_array_set_size (placer->free_offsets, placer->free_offsets->len - 1);
  return offset;
}

static gboolean
place_use (gpointer data, IrRegId id, gboolean is_write)
{
  Placer *placer = data;
  guint32 *offset = &placer->self->register_offsets[id];

  if (machine_is_managed (placer->self, ir_function_get_register_type (placer->self->ir, id))
      != placer->managed)
    return TRUE;
  if (is_short_lived (&placer->uses[id]))
    {
      if (is_write)
        *offset = take_offset (placer);
      else
        g_array_append_val (placer->emptied, *offset);
    }
  else if (*offset == G_MAXUINT32)
    {
      *offset = placer->end;
      placer->end += 8;
    }
  return TRUE;
}

static void
visit_function (Placer *placer, IrVisitRegister visit)
{
  const IrFunction *ir = placer->self->ir;

  for (guint i = 0; i < ir->blocks->len; i++)
    {
      GPtrArray *instructions = ir_function_get_block (ir, i)->instructions;

      placer->block = i;
      for (guint j = 0; j < instructions->len; j++)
        {
          ir_visit_registers (g_ptr_array_index (instructions, j), visit, placer);
          /* The result must not share bytes with an operand: some instructions write before they have read all. */
          g_array_append_vals (placer->free_offsets, placer->emptied->data, placer->emptied->len);
          g_array_set_size (placer->emptied, 0);
        }
    }
}

/* Cells for what the machine itself holds on to: the pending exception, the block that the frame lies in. */
static void
place_machine_cells (Placer *placer)
{
  MachineFunction *function = placer->self->function;
  const IrFunction *ir = placer->self->ir;

  function->pending = function->self = G_MAXUINT32;
  for (guint i = 0; i < ir->blocks->len && function->pending == G_MAXUINT32; i++)
    if (ir_function_get_block (ir, i)->unwind != IR_NO_BLOCK)
      {
        function->pending = placer->end;
        placer->end += 8;
      }
  if (ir->is_resumable)
    {
      function->self = placer->end;
      placer->end += 8;
    }
}

/* Fills self->register_offsets, from first_byte on, and sets self->first_temporary behind them. */
void
machine_place_registers (MachineFlattener *self, guint32 first_byte)
{
  guint n = self->ir->registers->len;
  Placer placer = { .self = self,
                    .uses = g_new0 (Use, n + 1),
                    .free_offsets = g_array_new (FALSE, FALSE, sizeof (guint32)),
                    .emptied = g_array_new (FALSE, FALSE, sizeof (guint32)),
                    .end = first_byte };

  self->register_offsets = g_new (guint32, n + 1);
  for (guint i = 0; i < n; i++)
    self->register_offsets[i] = G_MAXUINT32;
  visit_function (&placer, count_use);
  /* References lie in a row, so that they are found; no other value ever stands in their cells. */
  place_machine_cells (&placer);
  placer.managed = TRUE;
  visit_function (&placer, place_use);
  self->function->n_managed = (placer.end - first_byte) / 8;
  placer.managed = FALSE;
  g_array_set_size (placer.free_offsets, 0);
  visit_function (&placer, place_use);
  self->first_temporary = placer.end;
  g_free (placer.uses);
  g_array_unref (placer.free_offsets);
  g_array_unref (placer.emptied);
}
