/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Registers are written once and consumed exactly once on each path. Proved by forward dataflow over the blocks: at each point a
 * register is full or empty; a write needs it empty, a read (`move`, `kill`, the beginning of a path) needs it full and empties it; where
 * paths meet they agree; at a return all are empty. An unwind edge leads to a block that begins with all of them empty, since the machine
 * empties them, and with an exception that is pending, which is treated as one more register: `catch` and `rethrow` consume
 * it. */

#include "ir-build.h"
#include "ir-verify.h"

/* ---- the registers of an instruction ---- */

static gboolean visit_operand (const IrOperand *operand, IrVisitRegister visit, gpointer data);

static gboolean
visit_path (const IrPlace *place, IrVisitRegister visit, gpointer data)
{
  if (place->base == IR_PLACE_REGISTER && place->n_projections > 0
      && !visit (data, place->id, FALSE))
    return FALSE;
  for (guint i = 0; i < place->n_projections; i++)
    if (place->projections[i].index != NULL
        && !visit_operand (place->projections[i].index, visit, data))
      return FALSE;
  return TRUE;
}

static gboolean
visit_operand (const IrOperand *operand, IrVisitRegister visit, gpointer data)
{
  if (operand->kind != IR_OPERAND_COPY && operand->kind != IR_OPERAND_MOVE)
    return TRUE;
  if (ir_place_is_register (&operand->place))
    return visit (data, operand->place.id, FALSE);
  return visit_path (&operand->place, visit, data);
}

/* Visits the registers that an instruction reads, then the one it writes; ends when a visit returns FALSE, and returns what the
 * last one did. */
gboolean
ir_visit_registers (const IrInstruction *instruction, IrVisitRegister visit, gpointer data)
{
  for (guint i = 0; i < instruction->n_operands; i++)
    if (!visit_operand (&instruction->operands[i], visit, data))
      return FALSE;
  if (!visit_path (&instruction->place, visit, data)
      || !visit_path (&instruction->dest, visit, data))
    return FALSE;
  if (instruction->opcode == IR_KILL && !visit (data, instruction->id, FALSE))
    return FALSE;
  if (ir_place_is_register (&instruction->dest))
    return visit (data, instruction->dest.id, TRUE);
  return TRUE;
}

/* ---- the pending exception ---- */

static gboolean
consumes_pending (IrOpcode opcode)
{
  return opcode == IR_CATCH || opcode == IR_RETHROW;
}

/* ---- dataflow ---- */

typedef struct
{
  IrVerifier *verifier;
  guint n_words;
  guint64 *full;     /* at the point at hand: a bit per register */
  guint64 *entries;  /* n_words for each block */
  gboolean *reached; /* by block */
  GArray *waiting;   /* of IrBlockId: reached and not yet walked */
} Flow;

static gboolean
visit_flow (gpointer data, IrRegId id, gboolean is_write)
{
  Flow *flow = data;
  guint64 bit = G_GUINT64_CONSTANT (1) << id % 64;
  gboolean is_full = (flow->full[id / 64] & bit) != 0;

  if (is_write && is_full)
    return ir_verify_complain (flow->verifier, TEXT_IR_WRITTEN_FULL, id);
  if (!is_write && !is_full)
    return ir_verify_complain (flow->verifier, TEXT_IR_READ_EMPTY, id);
  flow->full[id / 64] ^= bit;
  return TRUE;
}

static gboolean
has_pending (const Flow *flow)
{
  guint n = flow->verifier->function->registers->len;

  return (flow->full[n / 64] >> n % 64 & 1) != 0;
}

static gboolean
take_pending (Flow *flow)
{
  guint n = flow->verifier->function->registers->len;

  if (!has_pending (flow))
    return ir_verify_complain (flow->verifier, TEXT_IR_NOTHING_PENDING, 0);
  flow->full[n / 64] &= ~(G_GUINT64_CONSTANT (1) << n % 64);
  return TRUE;
}

/* What does not fit about the register of that bit. Always FALSE. */
static gboolean
complain_bit (Flow *flow, TextMessageId message, guint bit)
{
  if (bit == flow->verifier->function->registers->len)
    return ir_verify_complain (
        flow->verifier,
        message == TEXT_IR_PATHS_DIFFER ? TEXT_IR_PENDING_DIFFERS : TEXT_IR_STILL_PENDING, 0);
  return ir_verify_complain (flow->verifier, message, bit);
}

static IrRegId
first_difference (const guint64 *a, const guint64 *b, guint n_words)
{
  guint i = 0;

  while (i < n_words && a[i] == b[i])
    i++;
  g_assert (i < n_words);
  return i * 64 + __builtin_ctzll (a[i] ^ b[i]);
}

/* Hands the point at hand on to a block. */
static gboolean
flow_into (Flow *flow, IrBlockId block)
{
  guint64 *entry = flow->entries + (gsize)block * flow->n_words;
  gsize n_bytes = flow->n_words * sizeof (guint64);

  if (!flow->reached[block])
    {
      flow->reached[block] = TRUE;
      memcpy (entry, flow->full, n_bytes);
      g_array_append_val (flow->waiting, block);
      return TRUE;
    }
  if (memcmp (entry, flow->full, n_bytes) == 0)
    return TRUE;
  return complain_bit (flow, TEXT_IR_PATHS_DIFFER,
                       first_difference (entry, flow->full, flow->n_words));
}

/* Nothing may be left in a register. */
static gboolean
ends_empty (Flow *flow)
{
  for (guint i = 0; i < flow->n_words; i++)
    if (flow->full[i] != 0)
      return complain_bit (flow, TEXT_IR_LEFT_FULL, i * 64 + __builtin_ctzll (flow->full[i]));
  return TRUE;
}

/* The block that the block at hand unwinds to begins with nothing but a pending exception. */
static gboolean
flow_into_pad (Flow *flow, IrBlockId pad)
{
  guint n = flow->verifier->function->registers->len;
  gsize n_bytes = flow->n_words * sizeof (guint64);
  g_autofree guint64 *kept = g_memdup2 (flow->full, n_bytes);
  gboolean is_right;

  memset (flow->full, 0, n_bytes);
  flow->full[n / 64] |= G_GUINT64_CONSTANT (1) << n % 64;
  is_right = flow_into (flow, pad);
  memcpy (flow->full, kept, n_bytes);
  return is_right;
}

static gboolean
flow_on (Flow *flow, const IrInstruction *last)
{
  switch (ir_opcode_infos[last->opcode].form)
    {
    case IR_FORM_JUMP:
      return flow_into (flow, last->target);
    case IR_FORM_BRANCH:
      return flow_into (flow, last->target) && flow_into (flow, last->otherwise);
    case IR_FORM_SWITCH:
      for (guint i = 0; i < last->n_cases; i++)
        if (!flow_into (flow, last->cases[i].block))
          return FALSE;
      return flow_into (flow, last->otherwise);
    case IR_FORM_RETURN:
      return ends_empty (flow);
    default:
      return TRUE;
    }
}

/* A suspended frame keeps its slots only: no register may hold a value across a yield. */
static gboolean
visit_instruction (Flow *flow, const IrInstruction *instruction)
{
  guint n = flow->verifier->function->registers->len;

  if (instruction->opcode != IR_YIELD)
    return ir_visit_registers (instruction, visit_flow, flow);
  if (!visit_operand (&instruction->operands[0], visit_flow, flow))
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (flow->full[i / 64] >> i % 64 & 1)
      return ir_verify_complain (flow->verifier, TEXT_IR_FULL_AT_YIELD, i);
  if (ir_place_is_register (&instruction->dest))
    return visit_flow (flow, instruction->dest.id, TRUE);
  return visit_path (&instruction->dest, visit_flow, flow);
}

static gboolean
walk_block (Flow *flow, IrBlockId id)
{
  IrVerifier *verifier = flow->verifier;
  const IrBlock *block = ir_function_get_block (verifier->function, id);
  GPtrArray *instructions = block->instructions;

  verifier->block = id;
  memcpy (flow->full, flow->entries + (gsize)id * flow->n_words, flow->n_words * sizeof (guint64));
  verifier->instruction = 0;
  if (block->unwind != IR_NO_BLOCK && !flow_into_pad (flow, block->unwind))
    return FALSE;
  for (guint i = 0; i < instructions->len; i++)
    {
      const IrInstruction *instruction = g_ptr_array_index (instructions, i);

      verifier->instruction = i;
      verifier->span = instruction->span;
      if (consumes_pending (instruction->opcode) && !take_pending (flow))
        return FALSE;
      if (!visit_instruction (flow, instruction))
        return FALSE;
    }
  return flow_on (flow, g_ptr_array_index (instructions, instructions->len - 1));
}

/* Whether the registers of the verifier's function are used as they must be. Blocks that nothing reaches are not looked
 * at. */
gboolean
ir_verify_registers (IrVerifier *self)
{
  guint n_blocks = self->function->blocks->len;
  guint n_words = self->function->registers->len / 64 + 1;
  g_autofree guint64 *full = g_new0 (guint64, n_words);
  g_autofree guint64 *entries = g_new0 (guint64, (gsize)n_words * n_blocks);
  g_autofree gboolean *reached = g_new0 (gboolean, n_blocks);
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (IrBlockId));
  Flow flow = { self, n_words, full, entries, reached, waiting };
  gboolean is_right = flow_into (&flow, 0);

  while (is_right && waiting->len > 0)
    {
      IrBlockId id = g_array_index (waiting, IrBlockId, waiting->len - 1);

      g_array_set_size (waiting, waiting->len - 1);
      is_right = walk_block (&flow, id);
    }
  return is_right;
}
