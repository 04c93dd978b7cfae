/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making operands, places and instructions: see ir-build.h. */

#include "ir-build.h"

#include <string.h>

/* ---- operands ---- */

IrOperand
ir_operand_const (IrTypeId type, guint64 bits)
{
  return (IrOperand){ .kind = IR_OPERAND_CONST, .type = type, .bits = bits };
}

/* type: a float of 4 or 8 bytes; what stands in bits is always the double. */
IrOperand
ir_operand_double (IrTypeId type, double value)
{
  guint64 bits;

  memcpy (&bits, &value, sizeof bits);
  return ir_operand_const (type, bits);
}

IrOperand
ir_operand_global (IrTypeId pointer_type, IrGlobalId id, guint64 offset)
{
  return (IrOperand){ .kind = IR_OPERAND_GLOBAL, .type = pointer_type, .bits = offset, .id = id };
}

IrOperand
ir_operand_function (IrTypeId pointer_type, IrFunctionId id)
{
  return (IrOperand){ .kind = IR_OPERAND_FUNCTION, .type = pointer_type, .id = id };
}

IrOperand
ir_operand_size_of (IrTypeId integer_type, IrTypeId type)
{
  return (IrOperand){ .kind = IR_OPERAND_SIZE_OF, .type = integer_type, .id = type };
}

IrOperand
ir_operand_align_of (IrTypeId integer_type, IrTypeId type)
{
  return (IrOperand){ .kind = IR_OPERAND_ALIGN_OF, .type = integer_type, .id = type };
}

IrOperand
ir_operand_vtable (IrTypeId pointer_type, IrTypeId type, IrTraitId trait)
{
  return (IrOperand){ .kind = IR_OPERAND_VTABLE, .type = pointer_type, .id = type, .trait = trait };
}

IrOperand
ir_operand_copy (IrPlace place)
{
  return (IrOperand){ .kind = IR_OPERAND_COPY, .type = place.type, .place = place };
}

IrOperand
ir_operand_move (IrPlace place)
{
  return (IrOperand){ .kind = IR_OPERAND_MOVE, .type = place.type, .place = place };
}

/* ---- places ---- */

IrPlace
ir_place_none (void)
{
  return (IrPlace){ IR_PLACE_NONE };
}

IrPlace
ir_place_slot (const IrFunction *function, IrSlotId id)
{
  return (IrPlace){ IR_PLACE_SLOT, id, ir_function_get_slot (function, id)->type };
}

IrPlace
ir_place_global (const IrProgram *program, IrGlobalId id)
{
  return (IrPlace){ IR_PLACE_GLOBAL, id, ir_program_get_global (program, id)->type };
}

IrPlace
ir_place_register (const IrFunction *function, IrRegId id)
{
  return (IrPlace){ IR_PLACE_REGISTER, id, ir_function_get_register_type (function, id) };
}

static IrPlace
project (IrBuilder *builder, IrPlace place, IrProjection projection)
{
  IrProjection *path
      = ir_program_alloc (builder->program, (place.n_projections + 1) * sizeof (IrProjection));

  if (place.n_projections > 0)
    memcpy (path, place.projections, place.n_projections * sizeof (IrProjection));
  path[place.n_projections] = projection;
  place.projections = path;
  place.n_projections++;
  place.type = projection.type;
  return place;
}

/* What the pointer in place points to, seen as type. */
IrPlace
ir_place_deref (IrBuilder *builder, IrPlace place, IrTypeId type)
{
  return project (builder, place, (IrProjection){ IR_PROJECT_DEREF, type });
}

IrPlace
ir_place_field (IrBuilder *builder, IrPlace place, guint32 field)
{
  const IrType *record = ir_program_get_type (builder->program, place.type);

  g_assert (record->fields != NULL && field < record->fields->len);
  return project (builder, place,
                  (IrProjection){ IR_PROJECT_FIELD,
                                  g_array_index (record->fields, IrField, field).type, field });
}

static IrOperand *
keep_operand (IrBuilder *builder, IrOperand operand)
{
  IrOperand *kept = ir_program_alloc (builder->program, sizeof *kept);

  *kept = operand;
  return kept;
}

/* An element of the array or slice in place, seen as type (its element type, perhaps const). */
IrPlace
ir_place_index (IrBuilder *builder, IrPlace place, IrOperand index, IrTypeId type)
{
  return project (builder, place,
                  (IrProjection){ IR_PROJECT_INDEX, type, 0, keep_operand (builder, index) });
}

/* A field of a type with arguments, whose own type follows from them. */
IrPlace
ir_place_field_as (IrBuilder *builder, IrPlace place, guint32 field, IrTypeId type)
{
  return project (
      builder, place,
      (IrProjection){ .kind = IR_PROJECT_FIELD, .type = type, .field = field, .is_typed = TRUE });
}

IrPlace
ir_place_variant_as (IrBuilder *builder, IrPlace place, guint32 variant, IrTypeId type)
{
  return project (
      builder, place,
      (IrProjection){
          .kind = IR_PROJECT_VARIANT, .type = type, .field = variant, .is_typed = TRUE });
}

/* The struct of a variant. */
IrPlace
ir_place_variant (IrBuilder *builder, IrPlace place, guint32 variant)
{
  const IrType *type = ir_program_get_type (builder->program, place.type);
  IrTypeId to = g_array_index (type->fields, IrField, variant).type;

  return project (builder, place, (IrProjection){ IR_PROJECT_VARIANT, to, variant });
}

/* The nth element from the end (the last is 1) of the array or slice in place. */
IrPlace
ir_place_from_end (IrBuilder *builder, IrPlace place, guint64 n, IrTypeId type)
{
  return project (builder, place, (IrProjection){ .kind = IR_PROJECT_END, .type = type, .to = n });
}

/* Elements of an array or slice, seen as type: a slice, or of an array also an array. */
IrPlace
ir_place_part (IrBuilder *builder, IrPlace place, guint64 from, guint64 to, gboolean is_from_end,
               IrTypeId type)
{
  return project (builder, place,
                  (IrProjection){ .kind = IR_PROJECT_PART,
                                  .type = type,
                                  .from = from,
                                  .to = to,
                                  .is_from_end = is_from_end });
}

/* The place index elements of its own type further on; place ends in a dereference. */
IrPlace
ir_place_step (IrBuilder *builder, IrPlace place, IrOperand index)
{
  return project (builder, place,
                  (IrProjection){ IR_PROJECT_STEP, place.type, 0, keep_operand (builder, index) });
}

gboolean
ir_place_is_register (const IrPlace *place)
{
  return place->base == IR_PLACE_REGISTER && place->n_projections == 0;
}

/* ---- blocks and registers ---- */

/* A new block, empty; builder->block stays as it was. */
IrBlockId
ir_build_block (IrBuilder *builder)
{
  IrBlock *block = g_new0 (IrBlock, 1);

  block->unwind = IR_NO_BLOCK;

  block->instructions = g_ptr_array_new ();
  g_ptr_array_add (builder->function->blocks, block);
  return builder->function->blocks->len - 1;
}

IrRegId
ir_build_register (IrBuilder *builder, IrTypeId type)
{
  g_assert (ir_program_get_scalar (builder->program, type) != IR_SCALAR_NONE);
  g_array_append_val (builder->function->registers, type);
  return builder->function->registers->len - 1;
}

/* Whether the block at hand already has its last instruction. */
gboolean
ir_build_is_ended (const IrBuilder *builder)
{
  GPtrArray *list = ir_function_get_block (builder->function, builder->block)->instructions;
  const IrInstruction *last;

  if (list->len == 0)
    return FALSE;
  last = g_ptr_array_index (list, list->len - 1);
  return ir_opcode_infos[last->opcode].form >= IR_FORM_JUMP;
}

/* ---- instructions ---- */

static IrInstruction *
append (IrBuilder *builder, IrOpcode opcode)
{
  IrInstruction *instruction = ir_program_alloc (builder->program, sizeof *instruction);

  g_assert (!ir_build_is_ended (builder));
  instruction->opcode = opcode;
  instruction->span = builder->span;
  instruction->other = IR_NO_FUNCTION;
  g_ptr_array_add (ir_function_get_block (builder->function, builder->block)->instructions,
                   instruction);
  return instruction;
}

static void
set_operands (IrBuilder *builder, IrInstruction *instruction, const IrOperand *first,
              const IrOperand *rest, guint n_rest)
{
  guint n_first = first != NULL ? 1 : 0;

  instruction->n_operands = n_first + n_rest;
  if (instruction->n_operands == 0)
    return;
  instruction->operands
      = ir_program_alloc (builder->program, instruction->n_operands * sizeof (IrOperand));
  if (first != NULL)
    instruction->operands[0] = *first;
  if (n_rest > 0)
    memcpy (instruction->operands + n_first, rest, n_rest * sizeof (IrOperand));
}

void
ir_build_stop (IrBuilder *builder, IrStopKind kind, TextSpan span)
{
  IrInstruction *stop = append (builder, IR_STOP);

  stop->id = kind;
  stop->span = span;
}

void
ir_build_live (IrBuilder *builder, IrSlotId slot)
{
  append (builder, IR_LIVE)->id = slot;
}

void
ir_build_dead (IrBuilder *builder, IrSlotId slot)
{
  append (builder, IR_DEAD)->id = slot;
}

/* dest and value have one layout, scalar or aggregate. */
void
ir_build_move (IrBuilder *builder, IrPlace dest, IrOperand value)
{
  IrInstruction *move = append (builder, IR_MOVE);

  move->type = dest.type;
  move->dest = dest;
  set_operands (builder, move, &value, NULL, 0);
}

/* place is not a register. */
void
ir_build_address (IrBuilder *builder, IrPlace dest, IrPlace place)
{
  IrInstruction *address = append (builder, IR_ADDRESS);

  address->type = dest.type;
  address->dest = dest;
  address->place = place;
}

/* NEG or NOT */
void
ir_build_unary (IrBuilder *builder, IrOpcode opcode, IrTypeId type, IrPlace dest, IrOperand a)
{
  IrInstruction *unary = append (builder, opcode);

  unary->type = type;
  unary->dest = dest;
  set_operands (builder, unary, &a, NULL, 0);
}

void
ir_build_binary (IrBuilder *builder, IrOpcode opcode, IrTypeId type, IrPlace dest, IrOperand a,
                 IrOperand b)
{
  IrInstruction *binary = append (builder, opcode);

  binary->type = type;
  binary->dest = dest;
  set_operands (builder, binary, &a, &b, 1);
}

/* From value's type to dest's. */
void
ir_build_convert (IrBuilder *builder, IrPlace dest, IrOperand value)
{
  IrInstruction *convert = append (builder, IR_CONVERT);

  convert->type = value.type;
  convert->dest = dest;
  set_operands (builder, convert, &value, NULL, 0);
}

void
ir_build_kill (IrBuilder *builder, IrRegId id)
{
  append (builder, IR_KILL)->id = id;
}

/* dest: where the result goes, ir_place_none () when there is none or it is not used */
void
ir_build_call (IrBuilder *builder, IrPlace dest, IrFunctionId function, const IrOperand *arguments,
               guint n_arguments)
{
  IrInstruction *call = append (builder, IR_CALL);

  call->dest = dest;
  call->id = function;
  set_operands (builder, call, NULL, arguments, n_arguments);
}

void
ir_build_call_pointer (IrBuilder *builder, IrPlace dest, IrTypeId function_type, IrOperand pointer,
                       const IrOperand *arguments, guint n_arguments)
{
  IrInstruction *call = append (builder, IR_CALL_POINTER);

  call->type = function_type;
  call->dest = dest;
  set_operands (builder, call, &pointer, arguments, n_arguments);
}

/* hint: the type that an allocated block is first used as, 0 when unknown */
void
ir_build_leaf (IrBuilder *builder, IrPlace dest, IrLeafId leaf, IrTypeId hint,
               const IrOperand *arguments, guint n_arguments)
{
  IrInstruction *instruction = append (builder, IR_LEAF);

  instruction->type = hint;
  instruction->dest = dest;
  instruction->id = leaf;
  set_operands (builder, instruction, NULL, arguments, n_arguments);
}

static IrInstruction *
append_with_place (IrBuilder *builder, IrOpcode opcode, IrPlace place, guint32 id)
{
  IrInstruction *instruction = append (builder, opcode);

  instruction->type = place.type;
  instruction->place = place;
  instruction->id = id;
  return instruction;
}

/* dest: an integer */
void
ir_build_discriminant (IrBuilder *builder, IrPlace dest, IrPlace place)
{
  append_with_place (builder, IR_DISCRIMINANT, place, 0)->dest = dest;
}

void
ir_build_set_discriminant (IrBuilder *builder, IrPlace place, guint32 variant)
{
  append_with_place (builder, IR_SET_DISCRIMINANT, place, variant);
}

void
ir_build_borrow (IrBuilder *builder, IrPlace dest, IrBorrowKind kind, IrPlace place)
{
  IrInstruction *borrow = append_with_place (builder, IR_BORROW, place, kind);

  borrow->type = dest.type;
  borrow->dest = dest;
}

void
ir_build_drop (IrBuilder *builder, IrPlace place)
{
  append_with_place (builder, IR_DROP, place, 0);
}

void
ir_build_call_method (IrBuilder *builder, IrOpcode opcode, IrPlace dest, IrTypeId function_type,
                      IrOperand table, guint32 number, const IrOperand *arguments,
                      guint n_arguments)
{
  IrInstruction *call = append (builder, opcode);

  call->type = function_type;
  call->dest = dest;
  call->id = number;
  set_operands (builder, call, &table, arguments, n_arguments);
}

static IrTypeId *
keep_types (IrBuilder *builder, const IrTypeId *types, guint n)
{
  IrTypeId *kept;

  if (n == 0)
    return NULL;
  kept = ir_program_alloc (builder->program, n * sizeof (IrTypeId));
  memcpy (kept, types, n * sizeof (IrTypeId));
  return kept;
}

void
ir_build_call_generic (IrBuilder *builder, IrPlace dest, IrFunctionId function,
                       const IrTypeId *types, guint n_types, const IrOperand *arguments,
                       guint n_arguments)
{
  IrInstruction *call = append (builder, IR_CALL);

  call->dest = dest;
  call->id = function;
  call->arguments = keep_types (builder, types, n_types);
  call->n_arguments = n_types;
  set_operands (builder, call, NULL, arguments, n_arguments);
}

/* types: Self, the trait's arguments, the method's own */
void
ir_build_call_trait (IrBuilder *builder, IrPlace dest, IrTraitId trait, guint32 method,
                     const IrTypeId *types, guint n_types, const IrOperand *arguments,
                     guint n_arguments)
{
  IrInstruction *call = append (builder, IR_CALL_TRAIT);

  call->dest = dest;
  call->trait = trait;
  call->id = method;
  call->arguments = keep_types (builder, types, n_types);
  call->n_arguments = n_types;
  set_operands (builder, call, NULL, arguments, n_arguments);
}

void
ir_build_jump (IrBuilder *builder, IrBlockId target)
{
  append (builder, IR_JUMP)->target = target;
}

void
ir_build_branch (IrBuilder *builder, IrOperand condition, IrBlockId if_not_zero, IrBlockId if_zero)
{
  IrInstruction *branch = append (builder, IR_BRANCH);

  branch->type = condition.type;
  branch->target = if_not_zero;
  branch->otherwise = if_zero;
  set_operands (builder, branch, &condition, NULL, 0);
}

static int
compare_cases (gconstpointer a, gconstpointer b)
{
  guint64 first = ((const IrSwitchCase *)a)->value, second = ((const IrSwitchCase *)b)->value;

  return first < second ? -1 : first > second;
}

/* The values must differ. */
void
ir_build_switch (IrBuilder *builder, IrOperand value, const IrSwitchCase *cases, guint n_cases,
                 IrBlockId otherwise)
{
  IrInstruction *instruction = append (builder, IR_SWITCH);

  instruction->type = value.type;
  instruction->otherwise = otherwise;
  instruction->n_cases = n_cases;
  if (n_cases > 0)
    {
      instruction->cases = ir_program_alloc (builder->program, n_cases * sizeof (IrSwitchCase));
      memcpy (instruction->cases, cases, n_cases * sizeof (IrSwitchCase));
      qsort (instruction->cases, n_cases, sizeof (IrSwitchCase), compare_cases);
    }
  set_operands (builder, instruction, &value, NULL, 0);
}

void
ir_build_return (IrBuilder *builder, IrOperand value)
{
  IrInstruction *instruction = append (builder, IR_RETURN);

  instruction->type = value.type;
  set_operands (builder, instruction, &value, NULL, 0);
}

void
ir_build_return_void (IrBuilder *builder)
{
  append (builder, IR_RETURN);
}

/* In a block that an unwind edge leads to. */
void
ir_build_rethrow (IrBuilder *builder)
{
  append (builder, IR_RETHROW);
}

void
ir_build_unreachable (IrBuilder *builder)
{
  append (builder, IR_UNREACHABLE);
}
