/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The verifier: what every program must hold before it is flattened, whoever made it. It runs after each front end, in every build.
 * Types and globals first, then each function: ids, places, operands, the types of each instruction, and last the dataflow that
 * proves registers to be consumed exactly once (ir-verify-registers.c). It stops at the first fault of a function: what follows
 * would mean little. */

#include "ir-verify.h"

#define MAX_TYPE_DEPTH 64

/* ---- telling ---- */

static char *
dup_place (const IrVerifier *self)
{
  if (self->function == NULL)
    return g_strdup (self->what);
  return g_strdup_printf ("f%u b%u.%u", self->function_id, self->block, self->instruction);
}

/* Says what is wrong, once for a function. Always FALSE. */
gboolean
ir_verify_complain (IrVerifier *self, TextMessageId message, guint64 number)
{
  g_autofree char *place = dup_place (self);

  text_diagnostics_take (self->diagnostics,
                         text_diagnostic_new (TEXT_SEVERITY_ERROR, "ir", self->span,
                                              text_message_new (message, "su", place, number)));
  return FALSE;
}

static gboolean
complain (IrVerifier *self, TextMessageId message)
{
  return ir_verify_complain (self, message, 0);
}

/* ---- types ---- */

static gboolean
contains_itself (const IrProgram *program, IrTypeId id, guint depth)
{
  const IrType *type = ir_program_get_type (program, id);

  if (depth > MAX_TYPE_DEPTH)
    return TRUE;
  if (type->kind == IR_TYPE_APPLY)
    return FALSE;
  if (type->kind == IR_TYPE_ARRAY)
    return contains_itself (program, type->element, depth + 1);
  if (type->kind != IR_TYPE_STRUCT && type->kind != IR_TYPE_UNION && type->kind != IR_TYPE_VARIANT)
    return FALSE;
  for (guint i = 0; i < type->fields->len; i++)
    if (contains_itself (program, g_array_index (type->fields, IrField, i).type, depth + 1))
      return TRUE;
  return FALSE;
}

static gboolean
check_type_ids (IrVerifier *self, const IrType *type)
{
  if (type->element >= self->program->types->len)
    return ir_verify_complain (self, TEXT_IR_NO_TYPE, type->element);
  if (type->tag_type >= self->program->types->len)
    return ir_verify_complain (self, TEXT_IR_NO_TYPE, type->tag_type);
  for (guint i = 0; type->arguments != NULL && i < type->arguments->len; i++)
    if (g_array_index (type->arguments, IrTypeId, i) >= self->program->types->len)
      return ir_verify_complain (self, TEXT_IR_NO_TYPE,
                                 g_array_index (type->arguments, IrTypeId, i));
  for (guint i = 0; type->fields != NULL && i < type->fields->len; i++)
    {
      IrTypeId field = g_array_index (type->fields, IrField, i).type;

      if (field >= self->program->types->len)
        return ir_verify_complain (self, TEXT_IR_NO_TYPE, field);
    }
  return TRUE;
}

static gboolean
check_fields (IrVerifier *self, const IrType *type)
{
  for (guint i = 0; i < type->fields->len; i++)
    {
      const IrField *field = &g_array_index (type->fields, IrField, i);
      guint64 size = ir_program_get_type (self->program, field->type)->size;

      if (field->offset > type->size || size > type->size - field->offset
          || (guint64)field->bit + field->n_bits > size * 8)
        return ir_verify_complain (self, TEXT_IR_FIELD_OUTSIDE, i);
      if (field->offset % MAX (ir_program_get_type (self->program, field->type)->align, 1) != 0)
        return ir_verify_complain (self, TEXT_IR_FIELD_MISALIGNED, i);
    }
  return TRUE;
}

/* A scalar lies at a multiple of its size, and what holds something at least at a multiple of what that needs. */
static gboolean
check_align (IrVerifier *self, const IrType *type)
{
  guint32 least = 1;

  if (ir_type_get_scalar (type) != IR_SCALAR_NONE || ir_type_is_fat (type))
    least = MIN (type->size, 8);
  else if (type->kind == IR_TYPE_ARRAY)
    least = ir_program_get_type (self->program, type->element)->align;
  else if (type->kind == IR_TYPE_STRUCT || type->kind == IR_TYPE_UNION
           || type->kind == IR_TYPE_VARIANT)
    for (guint i = 0; i < type->fields->len; i++)
      least = MAX (
          least, ir_program_get_type (self->program, g_array_index (type->fields, IrField, i).type)
                     ->align);
  return type->align % MAX (least, 1) == 0
         || ir_verify_complain (self, TEXT_IR_BAD_ALIGN, type->align);
}

static gboolean
is_unsized (const IrType *type)
{
  return type->kind == IR_TYPE_SLICE || type->kind == IR_TYPE_DYN;
}

/* A pointer to what has a size is one word; to what has none, two: where to, and its length or vtable. */
static gboolean
check_pointer (IrVerifier *self, const IrType *type)
{
  const IrType *element = ir_program_get_type (self->program, type->element);
  const IrField *fields;
  IrScalar metadata;

  if (!is_unsized (element))
    return (type->fields == NULL && type->size == 8)
           || ir_verify_complain (self, TEXT_IR_BAD_SIZE, type->size);
  if (type->fields == NULL || type->fields->len != 2 || type->size != 16)
    return complain (self, TEXT_IR_BAD_FAT_POINTER);
  fields = (const IrField *)(gpointer)type->fields->data;
  metadata = ir_program_get_scalar (self->program, fields[1].type);
  if (fields[0].offset != 0 || fields[1].offset != 8
      || ir_program_get_scalar (self->program, fields[0].type) != IR_SCALAR_POINTER
      || metadata != (element->kind == IR_TYPE_SLICE ? IR_SCALAR_U64 : IR_SCALAR_POINTER))
    return complain (self, TEXT_IR_BAD_FAT_POINTER);
  return TRUE;
}

static gboolean
check_tag (IrVerifier *self, const IrType *type)
{
  const IrType *tag = ir_program_get_type (self->program, type->tag_type);
  IrScalar scalar = ir_type_get_scalar (tag);

  if (type->otherwise != IR_NO_VARIANT && type->otherwise >= type->fields->len)
    return ir_verify_complain (self, TEXT_IR_NO_VARIANT, type->otherwise);
  if (tag->kind == IR_TYPE_VOID)
    return type->fields->len <= 1 || complain (self, TEXT_IR_BAD_TAG);
  if (scalar == IR_SCALAR_NONE || scalar == IR_SCALAR_F32 || scalar == IR_SCALAR_F64
      || type->tag_offset > type->size || tag->size > type->size - type->tag_offset)
    return complain (self, TEXT_IR_BAD_TAG);
  return TRUE;
}

static gboolean
check_variants (IrVerifier *self, const IrType *type)
{
  for (guint i = 0; i < type->fields->len; i++)
    {
      const IrField *variant = &g_array_index (type->fields, IrField, i);

      if (ir_program_get_type (self->program, variant->type)->kind != IR_TYPE_STRUCT
          || variant->offset != 0)
        return ir_verify_complain (self, TEXT_IR_BAD_VARIANT, i);
      for (guint j = 0; j < i; j++)
        if (i != type->otherwise && j != type->otherwise
            && g_array_index (type->fields, IrField, j).tag == variant->tag)
          return ir_verify_complain (self, TEXT_IR_SAME_TAG, i);
    }
  return check_tag (self, type);
}

static gboolean
check_type (IrVerifier *self, IrTypeId id, const IrType *type)
{
  guint64 size = type->size;
  const IrType *element = ir_program_get_type (self->program, type->element);

  switch (type->kind)
    {
    case IR_TYPE_BOOL:
      return size == 1 || ir_verify_complain (self, TEXT_IR_BAD_SIZE, size);
    case IR_TYPE_INT:
    case IR_TYPE_ENUM:
      return size == 1 || size == 2 || size == 4 || size == 8
             || ir_verify_complain (self, TEXT_IR_BAD_SIZE, size);
    case IR_TYPE_FLOAT:
      return size == 4 || size == 8 || ir_verify_complain (self, TEXT_IR_BAD_SIZE, size);
    case IR_TYPE_POINTER:
      return check_pointer (self, type);
    case IR_TYPE_VARIANT:
      return check_fields (self, type) && check_variants (self, type);
    case IR_TYPE_ARRAY:
      return (type->count == 0 ? size == 0
                               : size / type->count == element->size && size % type->count == 0)
             || complain (self, TEXT_IR_BAD_ARRAY);
    case IR_TYPE_STRUCT:
    case IR_TYPE_UNION:
      return check_fields (self, type) && (type->object == NULL || ir_verify_object (self, id))
             && (type->view == NULL || ir_verify_view (self, id));
    case IR_TYPE_VOID:
    case IR_TYPE_FUNCTION:
    case IR_TYPE_SLICE:
    case IR_TYPE_DYN:
    case IR_TYPE_PARAMETER:
    case IR_TYPE_APPLY:
    case IR_TYPE_ASSOCIATED:
      return TRUE;
    }
  g_assert_not_reached ();
}

static gboolean
check_types (IrVerifier *self)
{
  for (guint pass = 0; pass < 3; pass++)
    {
      for (guint i = 0; i < self->program->types->len; i++)
        {
          const IrType *type = ir_program_get_type (self->program, i);

          g_snprintf (self->what, sizeof self->what, "t%u", i);
          if (pass == 0 && !check_type_ids (self, type))
            return FALSE;
          if (pass == 1 && contains_itself (self->program, i, 0))
            return complain (self, TEXT_IR_CONTAINS_ITSELF);
          if (pass == 2 && !ir_verify_is_open (self->program, i)
              && (!check_type (self, i, type) || !check_align (self, type)))
            return FALSE;
        }
    }
  return TRUE;
}

/* ---- globals and heads of functions ---- */

static gboolean
check_global (IrVerifier *self, const IrGlobal *global)
{
  guint64 size;

  if (global->type >= self->program->types->len)
    return ir_verify_complain (self, TEXT_IR_NO_TYPE, global->type);
  size = ir_program_get_type (self->program, global->type)->size;
  for (guint i = 0; i < global->relocations->len; i++)
    {
      const IrRelocation *relocation = &g_array_index (global->relocations, IrRelocation, i);

      if (relocation->offset % 8 != 0 || relocation->offset + 8 > size)
        return ir_verify_complain (self, TEXT_IR_BAD_RELOCATION, relocation->offset);
      if (relocation->is_function && relocation->id >= self->program->functions->len)
        return ir_verify_complain (self, TEXT_IR_NO_FUNCTION, relocation->id);
      if (!relocation->is_function && relocation->id >= self->program->globals->len)
        return ir_verify_complain (self, TEXT_IR_NO_GLOBAL, relocation->id);
    }
  return TRUE;
}

static gboolean
check_parameters (IrVerifier *self, const IrFunction *function, const IrType *type)
{
  if (function->slots->len < type->fields->len)
    return complain (self, TEXT_IR_FEW_SLOTS);
  for (guint i = 0; i < type->fields->len; i++)
    {
      const IrType *parameter
          = ir_program_get_type (self->program, g_array_index (type->fields, IrField, i).type);
      const IrType *slot
          = ir_program_get_type (self->program, ir_function_get_slot (function, i)->type);

      if (parameter->size != slot->size && !self->program->is_generic)
        return complain (self, TEXT_IR_FEW_SLOTS);
    }
  return TRUE;
}

/* Its slots lie in a heap block, which is the one block that pointers into it are made for. */
static gboolean
check_resumable (IrVerifier *self, const IrFunction *function)
{
  for (guint i = 0; i < function->slots->len; i++)
    if (ir_function_get_slot (function, i)->is_address_taken)
      return ir_verify_complain (self, TEXT_IR_TAKEN_RESUMABLE, i);
  return TRUE;
}

static gboolean
check_head (IrVerifier *self, const IrFunction *function)
{
  const IrType *type;

  if (function->type >= self->program->types->len)
    return ir_verify_complain (self, TEXT_IR_NO_TYPE, function->type);
  type = ir_program_get_type (self->program, function->type);
  if (type->kind != IR_TYPE_FUNCTION)
    return complain (self, TEXT_IR_NOT_FUNCTION_TYPE);
  if (!function->is_defined)
    return TRUE;
  for (guint i = 0; i < function->slots->len; i++)
    {
      IrTypeId slot = ir_function_get_slot (function, i)->type;

      if (slot >= self->program->types->len)
        return ir_verify_complain (self, TEXT_IR_NO_TYPE, slot);
    }
  for (guint i = 0; i < function->registers->len; i++)
    {
      IrTypeId id = ir_function_get_register_type (function, i);

      if (id >= self->program->types->len)
        return ir_verify_complain (self, TEXT_IR_NO_TYPE, id);
      if (ir_program_get_scalar (self->program, id) == IR_SCALAR_NONE
          && !ir_verify_is_open (self->program, id))
        return ir_verify_complain (self, TEXT_IR_REGISTER_NOT_SCALAR, i);
    }
  if (function->blocks->len == 0)
    return complain (self, TEXT_IR_NO_BLOCKS);
  if (function->is_resumable && !check_resumable (self, function))
    return FALSE;
  return check_parameters (self, function, type);
}

static gboolean
check_heads (IrVerifier *self)
{
  for (guint i = 0; i < self->program->globals->len; i++)
    {
      g_snprintf (self->what, sizeof self->what, "g%u", i);
      if (!check_global (self, ir_program_get_global (self->program, i)))
        return FALSE;
    }
  for (guint i = 0; i < self->program->functions->len; i++)
    {
      g_snprintf (self->what, sizeof self->what, "f%u", i);
      if (!check_head (self, ir_program_get_function (self->program, i)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_entry (IrVerifier *self)
{
  const IrFunction *entry;

  if (self->program->entry < self->program->functions->len)
    {
      entry = ir_program_get_function (self->program, self->program->entry);
      if (entry->is_defined)
        {
          guint n = ir_program_get_type (self->program, entry->type)->fields->len;

          if (n == 0 || n == 2)
            return TRUE;
        }
    }
  return complain (self, TEXT_IR_NO_ENTRY);
}

/* ---- bodies ---- */

static gboolean
check_block (IrVerifier *self, const IrBlock *block)
{
  self->instruction = 0;
  if (block->instructions->len == 0)
    return complain (self, TEXT_IR_EMPTY_BLOCK);
  for (guint i = 0; i < block->instructions->len; i++)
    {
      const IrInstruction *instruction = g_ptr_array_index (block->instructions, i);
      gboolean ends = ir_opcode_infos[instruction->opcode].form >= IR_FORM_JUMP;

      self->instruction = i;
      self->span = instruction->span;
      if (ends && i + 1 < block->instructions->len)
        return complain (self, TEXT_IR_ENDED_EARLY);
      if (!ends && i + 1 == block->instructions->len)
        return complain (self, TEXT_IR_NOT_ENDED);
      if (!ir_verify_instruction (self, instruction))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_unwind (IrVerifier *self, const IrBlock *block)
{
  return block->unwind == IR_NO_BLOCK || block->unwind < self->function->blocks->len
         || ir_verify_complain (self, TEXT_IR_NO_BLOCK, block->unwind);
}

static gboolean
check_body (IrVerifier *self, IrFunctionId id)
{
  gboolean is_right = TRUE;

  self->function_id = id;
  self->function = ir_program_get_function (self->program, id);
  for (guint i = 0; i < self->function->blocks->len && is_right; i++)
    {
      self->block = i;
      self->instruction = 0;
      is_right = check_unwind (self, ir_function_get_block (self->function, i))
                 && check_block (self, ir_function_get_block (self->function, i));
    }
  if (is_right)
    is_right = ir_verify_registers (self) && ir_verify_owned (self);
  self->function = NULL;
  self->span = TEXT_NO_SPAN;
  return is_right;
}

/* Whether the program holds all rules; what it does not hold is told in diagnostics. */
gboolean
ir_verify (const IrProgram *program, TextDiagnostics *diagnostics)
{
  IrVerifier self = { .program = program, .diagnostics = diagnostics };
  gboolean is_right = TRUE;

  if (!ir_verify_traits (&self) || !check_types (&self) || !check_heads (&self)
      || !check_entry (&self) || !ir_verify_hooks (&self))
    return FALSE;
  for (guint i = 0; i < program->functions->len; i++)
    if (ir_program_get_function (program, i)->is_defined && !check_body (&self, i))
      is_right = FALSE;
  return is_right;
}
