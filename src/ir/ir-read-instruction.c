/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads one instruction: result, name, operands, span. Its form says what follows the name. */

#include "ir-leaf.h"
#include "ir-read.h"

#include <string.h>

#define MAX_INDEX_DEPTH 16
#define MAX_OPERANDS 256

static gboolean read_operand (IrReader *self, IrBuilder *builder, IrOperand *operand);

static gpointer
keep (IrProgram *program, GArray *array)
{
  gsize n_bytes = (gsize)array->len * g_array_get_element_size (array);
  gpointer kept;

  if (n_bytes == 0)
    return NULL;
  kept = ir_program_alloc (program, n_bytes);
  memcpy (kept, array->data, n_bytes);
  return kept;
}

/* ---- places ---- */

static gboolean
read_index_operand (IrReader *self, IrBuilder *builder, IrOperand *index)
{
  gboolean is_right;

  if (self->depth >= MAX_INDEX_DEPTH)
    return ir_read_complain (self, "fewer indices in indices");
  self->depth++;
  is_right = read_operand (self, builder, index);
  self->depth--;
  return is_right;
}

static gboolean
read_type_of (IrReader *self, IrTypeId *type)
{
  if (!ir_read_sign (self, ":") || !ir_read_id (self, 't', type))
    return FALSE;
  return *type < self->program->types->len
         || ir_read_complain (self, "a type that was read before");
}

/* Of a type with arguments the text says which type the field has. */
static gboolean
is_applied (const IrReader *self, const IrPlace *place)
{
  return ir_program_get_type (self->program, place->type)->kind == IR_TYPE_APPLY;
}

static gboolean
read_field (IrReader *self, IrBuilder *builder, IrPlace *place)
{
  const IrType *type = ir_program_get_type (self->program, place->type);
  guint64 field;
  IrTypeId typed;

  if (!ir_read_unsigned (self, &field))
    return FALSE;
  if (is_applied (self, place))
    {
      if (!read_type_of (self, &typed))
        return FALSE;
      *place = ir_place_field_as (builder, *place, MIN (field, G_MAXUINT32), typed);
      return TRUE;
    }
  if (type->fields == NULL || field >= type->fields->len
      || g_array_index (type->fields, IrField, field).type >= self->program->types->len)
    return ir_read_complain (self, "a field of the type");
  *place = ir_place_field (builder, *place, field);
  return TRUE;
}

/* Behind `[`: `-n]` and `a..b]`, `a..-b]`. FALSE without complaint when it is an index. */
static gboolean
try_end_or_part (IrReader *self, IrProjection *projection)
{
  const char *begin = self->at;
  guint64 number;

  *projection = (IrProjection){ IR_PROJECT_END };
  ir_read_skip_space (self);
  if (self->at < self->end && (*self->at == '-' || g_ascii_isdigit (*self->at))
      && ir_read_signed (self, &number))
    {
      projection->to = -number;
      if (*begin == '-' && ir_read_try (self, "]"))
        return TRUE;
      projection->kind = IR_PROJECT_PART;
      projection->from = number;
      if (ir_read_try (self, ".."))
        {
          projection->is_from_end = ir_read_try (self, "-");
          return ir_read_unsigned (self, &projection->to) && ir_read_sign (self, "]");
        }
    }
  if (!self->failed)
    self->at = begin;
  return FALSE;
}

static gboolean
read_brackets (IrReader *self, IrBuilder *builder, IrPlace *place)
{
  IrTypeKind kind = ir_program_get_type (self->program, place->type)->kind;
  IrProjection projection;
  IrOperand index;
  IrTypeId type;

  if (kind != IR_TYPE_ARRAY && kind != IR_TYPE_SLICE)
    {
      if (!read_index_operand (self, builder, &index) || !ir_read_sign (self, "]")
          || !read_type_of (self, &type))
        return FALSE;
      return ir_read_complain (self, "an index behind an array");
    }
  if (try_end_or_part (self, &projection))
    {
      if (!read_type_of (self, &type))
        return FALSE;
      *place = projection.kind == IR_PROJECT_END
                   ? ir_place_from_end (builder, *place, projection.to, type)
                   : ir_place_part (builder, *place, projection.from, projection.to,
                                    projection.is_from_end, type);
      return TRUE;
    }
  if (self->failed || !read_index_operand (self, builder, &index) || !ir_read_sign (self, "]")
      || !read_type_of (self, &type))
    return FALSE;
  *place = ir_place_index (builder, *place, index, type);
  return TRUE;
}

static gboolean
read_variant (IrReader *self, IrBuilder *builder, IrPlace *place)
{
  const IrType *type = ir_program_get_type (self->program, place->type);
  guint64 variant;
  IrTypeId typed;

  if (!ir_read_unsigned (self, &variant))
    return FALSE;
  if (is_applied (self, place))
    {
      if (!read_type_of (self, &typed))
        return FALSE;
      *place = ir_place_variant_as (builder, *place, MIN (variant, G_MAXUINT32), typed);
      return TRUE;
    }
  if (type->kind != IR_TYPE_VARIANT || variant >= type->fields->len
      || g_array_index (type->fields, IrField, variant).type >= self->program->types->len)
    return ir_read_complain (self, "a variant of the type");
  *place = ir_place_variant (builder, *place, variant);
  return TRUE;
}

/* The path behind a base, as far as it goes. */
static gboolean
read_path (IrReader *self, IrBuilder *builder, IrPlace *place)
{
  for (;;)
    {
      IrOperand index;
      IrTypeId type;

      if (ir_read_try (self, "->*"))
        {
          if (!read_type_of (self, &type))
            return FALSE;
          *place = ir_place_deref (builder, *place, type);
        }
      else if (ir_read_try (self, "."))
        {
          if (!read_field (self, builder, place))
            return FALSE;
        }
      else if (ir_read_try (self, "["))
        {
          if (!read_brackets (self, builder, place))
            return FALSE;
        }
      else if (ir_read_try (self, "as"))
        {
          if (!read_variant (self, builder, place))
            return FALSE;
        }
      else if (ir_read_try (self, "<"))
        {
          if (!read_index_operand (self, builder, &index) || !ir_read_sign (self, ">"))
            return FALSE;
          *place = ir_place_step (builder, *place, index);
        }
      else
        return TRUE;
    }
}

static gboolean
is_next_base (IrReader *self, char letter)
{
  return self->at + 1 < self->end && self->at[0] == letter && g_ascii_isdigit (self->at[1]);
}

static gboolean
read_base (IrReader *self, IrBuilder *builder, IrPlace *place)
{
  const IrFunction *function = builder->function;
  guint32 id;

  ir_read_skip_space (self);
  if (is_next_base (self, 's'))
    {
      if (!ir_read_id (self, 's', &id))
        return FALSE;
      if (id >= function->slots->len
          || ir_function_get_slot (function, id)->type >= self->program->types->len)
        return ir_read_complain (self, "a slot of the function");
      *place = ir_place_slot (function, id);
      return TRUE;
    }
  if (is_next_base (self, 'g'))
    {
      if (!ir_read_id (self, 'g', &id))
        return FALSE;
      if (id >= self->program->globals->len)
        return ir_read_complain (self, "a global that was read before");
      *place = ir_place_global (self->program, id);
      return TRUE;
    }
  if (!is_next_base (self, 'r'))
    return ir_read_complain (self, "a slot, a global or a register");
  if (!ir_read_id (self, 'r', &id))
    return FALSE;
  if (id >= function->registers->len
      || ir_function_get_register_type (function, id) >= self->program->types->len)
    return ir_read_complain (self, "a register of the function");
  *place = ir_place_register (function, id);
  return TRUE;
}

static gboolean
read_place (IrReader *self, IrBuilder *builder, IrPlace *place)
{
  return read_base (self, builder, place) && read_path (self, builder, place);
}

/* ---- operands ---- */

static gboolean
read_type_arguments (IrReader *self, IrTypeId **arguments, guint *n)
{
  g_autoptr (GArray) types = g_array_new (FALSE, FALSE, sizeof (IrTypeId));

  ir_read_skip_space (self);
  if (self->at >= self->end || *self->at != '<')
    return TRUE;
  if (!ir_read_types (self, types))
    return FALSE;
  *n = types->len;
  *arguments = keep (self->program, types);
  return TRUE;
}

/* Behind `sizeof`, `alignof` and `vtable`. */
static gboolean
read_measure (IrReader *self, IrOperand *operand, IrOperandKind kind)
{
  operand->kind = kind;
  if (!ir_read_id (self, 't', &operand->id))
    return FALSE;
  if (kind == IR_OPERAND_VTABLE
      && (!ir_read_sign (self, "as") || !ir_read_id (self, 'x', &operand->trait)))
    return FALSE;
  return read_type_of (self, &operand->type);
}

static gboolean
read_address (IrReader *self, IrOperand *operand)
{
  if (is_next_base (self, 'f'))
    {
      operand->kind = IR_OPERAND_FUNCTION;
      return ir_read_id (self, 'f', &operand->id)
             && read_type_arguments (self, &operand->arguments, &operand->n_arguments)
             && read_type_of (self, &operand->type);
    }
  operand->kind = IR_OPERAND_GLOBAL;
  return ir_read_id (self, 'g', &operand->id) && ir_read_sign (self, "+")
         && ir_read_unsigned (self, &operand->bits) && read_type_of (self, &operand->type);
}

static gboolean
read_operand (IrReader *self, IrBuilder *builder, IrOperand *operand)
{
  IrPlace place;

  *operand = (IrOperand){ IR_OPERAND_NONE };
  if (ir_read_try (self, "copy"))
    {
      if (!read_place (self, builder, &place))
        return FALSE;
      *operand = ir_operand_copy (place);
      return TRUE;
    }
  if (ir_read_try (self, "move"))
    {
      if (!read_place (self, builder, &place))
        return FALSE;
      *operand = ir_operand_move (place);
      return TRUE;
    }
  if (ir_read_try (self, "&"))
    return read_address (self, operand);
  if (ir_read_try (self, "sizeof"))
    return read_measure (self, operand, IR_OPERAND_SIZE_OF);
  if (ir_read_try (self, "alignof"))
    return read_measure (self, operand, IR_OPERAND_ALIGN_OF);
  if (ir_read_try (self, "vtable"))
    return read_measure (self, operand, IR_OPERAND_VTABLE);
  operand->kind = IR_OPERAND_CONST;
  return ir_read_signed (self, &operand->bits) && read_type_of (self, &operand->type);
}

/* Operands between commas, n of them. */
static gboolean
read_operands (IrReader *self, IrBuilder *builder, IrOperand *operands, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      if (i > 0 && !ir_read_sign (self, ","))
        return FALSE;
      if (!read_operand (self, builder, &operands[i]))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_arguments (IrReader *self, IrBuilder *builder, GArray *operands)
{
  IrOperand operand;
  gboolean is_first = TRUE;

  if (!ir_read_sign (self, "("))
    return FALSE;
  while (!ir_read_try (self, ")"))
    {
      if (!is_first && !ir_read_sign (self, ","))
        return FALSE;
      is_first = FALSE;
      if (operands->len >= MAX_OPERANDS)
        return ir_read_complain (self, "fewer arguments");
      if (!read_operand (self, builder, &operand) || !ir_read_span (self, &operand.span))
        return FALSE;
      g_array_append_val (operands, operand);
    }
  return TRUE;
}

/* ---- instructions ---- */

typedef struct
{
  IrOpcode opcode;
  gboolean wraps;
  IrTypeId type;
  IrPlace dest, place;
  GArray *operands;    /* of IrOperand */
  GArray *cases;       /* of IrSwitchCase */
  IrTypeId *arguments; /* in the program's arena */
  guint n_arguments;
  IrTraitId trait;
  guint32 id, other;
  IrBlockId target, otherwise;
  TextSpan span;
} Draft;

static gboolean
read_opcode (IrReader *self, Draft *draft)
{
  for (guint i = 0; i < IR_N_OPCODES; i++)
    {
      g_autofree char *wrapping = g_strconcat (ir_opcode_infos[i].name, "_wrap", NULL);

      draft->opcode = i;
      if (ir_read_try (self, ir_opcode_infos[i].name))
        return TRUE;
      if (ir_read_try (self, wrapping))
        {
          draft->wraps = TRUE;
          return TRUE;
        }
    }
  return ir_read_complain (self, "an instruction");
}

static gboolean
read_suffix (IrReader *self, Draft *draft)
{
  return ir_read_sign (self, ".") && ir_read_id (self, 't', &draft->type);
}

static gboolean
read_typed (IrReader *self, IrBuilder *builder, Draft *draft, guint n)
{
  g_array_set_size (draft->operands, n);
  return read_suffix (self, draft)
         && read_operands (self, builder, (IrOperand *)(gpointer)draft->operands->data, n);
}

static gboolean
read_stop (IrReader *self, Draft *draft)
{
  for (draft->id = IR_STOP_ENTER; draft->id <= IR_STOP_COLLECT; draft->id++)
    if (ir_read_try (self, ir_stop_kind_get_name (draft->id)))
      return TRUE;
  return ir_read_complain (self, "a kind of stop");
}

static gboolean
read_leaf (IrReader *self, IrBuilder *builder, Draft *draft)
{
  const char *begin;
  g_autofree char *name = NULL;

  ir_read_skip_space (self);
  begin = self->at;
  while (self->at < self->end
         && (g_ascii_isalnum (*self->at) || *self->at == '_' || *self->at == '.'))
    self->at++;
  name = g_strndup (begin, self->at - begin);
  draft->id = ir_leaf_find (name);
  if (draft->id == IR_N_LEAVES)
    {
      self->at = begin;
      return ir_read_complain (self, "the name of a leaf");
    }
  if (!read_arguments (self, builder, draft->operands))
    return FALSE;
  if (ir_read_try (self, "hint") && !ir_read_id (self, 't', &draft->type))
    return FALSE;
  return !ir_read_try (self, "else") || ir_read_id (self, 'f', &draft->other);
}

static gboolean
read_cases (IrReader *self, Draft *draft)
{
  if (!ir_read_sign (self, ",") || !ir_read_sign (self, "["))
    return FALSE;
  while (!ir_read_try (self, "]"))
    {
      IrSwitchCase switch_case;

      if (draft->cases->len > 0 && !ir_read_sign (self, ","))
        return FALSE;
      if (!ir_read_signed (self, &switch_case.value) || !ir_read_sign (self, ":")
          || !ir_read_id (self, 'b', &switch_case.block))
        return FALSE;
      g_array_append_val (draft->cases, switch_case);
    }
  return ir_read_sign (self, ",") && ir_read_id (self, 'b', &draft->otherwise);
}

static gboolean
read_call_pointer (IrReader *self, IrBuilder *builder, Draft *draft)
{
  return read_typed (self, builder, draft, 1) && read_arguments (self, builder, draft->operands);
}

/* Whether what follows can begin an operand; no instruction begins like one. */
static gboolean
is_next_operand (IrReader *self)
{
  const char *at;
  gboolean is_word;

  ir_read_skip_space (self);
  at = self->at;
  is_word = ir_read_try (self, "copy") || ir_read_try (self, "move");
  self->at = at;
  return is_word || (at < self->end && (g_ascii_isdigit (*at) || *at == '-' || *at == '&'));
}

/* The number of elements stands only where the type has some. */
static gboolean
read_allocate (IrReader *self, IrBuilder *builder, Draft *draft)
{
  if (!read_suffix (self, draft))
    return FALSE;
  if (!is_next_operand (self))
    return TRUE;
  g_array_set_size (draft->operands, 1);
  return read_operands (self, builder, (IrOperand *)(gpointer)draft->operands->data, 1);
}

static gboolean
read_borrow (IrReader *self, IrBuilder *builder, Draft *draft)
{
  for (draft->id = IR_BORROW_SHARED; draft->id <= IR_BORROW_TWO_PHASE; draft->id++)
    if (ir_read_try (self, ir_borrow_kind_get_name (draft->id)))
      return read_place (self, builder, &draft->place);
  return ir_read_complain (self, "`shared`, `unique` or `two_phase`");
}

static gboolean
read_number (IrReader *self, Draft *draft)
{
  guint64 number;

  if (!ir_read_sign (self, ",") || !ir_read_unsigned (self, &number))
    return FALSE;
  draft->id = MIN (number, G_MAXUINT32);
  return TRUE;
}

static gboolean
read_form (IrReader *self, IrBuilder *builder, Draft *draft)
{
  switch (ir_opcode_infos[draft->opcode].form)
    {
    case IR_FORM_STOP:
      return read_stop (self, draft);
    case IR_FORM_SLOT:
      return ir_read_id (self, 's', &draft->id);
    case IR_FORM_KILL:
      return ir_read_id (self, 'r', &draft->id);
    case IR_FORM_BORROW:
      return read_borrow (self, builder, draft);
    case IR_FORM_SET_DISCRIMINANT:
      return read_place (self, builder, &draft->place) && read_number (self, draft);
    case IR_FORM_METHOD:
      return read_typed (self, builder, draft, 1) && read_number (self, draft)
             && read_arguments (self, builder, draft->operands);
    case IR_FORM_DISCRIMINANT:
    case IR_FORM_DROP:
    case IR_FORM_ADDRESS:
      return read_place (self, builder, &draft->place);
    case IR_FORM_MOVE:
    case IR_FORM_UNARY:
    case IR_FORM_CONVERT:
      return read_typed (self, builder, draft, 1);
    case IR_FORM_BINARY:
    case IR_FORM_SHIFT:
    case IR_FORM_COMPARE:
    case IR_FORM_POINTER:
    case IR_FORM_DIFFER:
      return read_typed (self, builder, draft, 2);
    case IR_FORM_ALLOCATE:
      return read_allocate (self, builder, draft);
    case IR_FORM_USE:
    case IR_FORM_YIELD:
    case IR_FORM_STATE:
    case IR_FORM_THROW:
      return read_typed (self, builder, draft, 1);
    case IR_FORM_RESUME:
      return read_typed (self, builder, draft, 2);
    case IR_FORM_ENSURE:
      return ir_read_id (self, 'g', &draft->other) && ir_read_sign (self, ",")
             && ir_read_id (self, 'f', &draft->id);
    case IR_FORM_CALL:
    case IR_FORM_FRAME:
      return ir_read_id (self, 'f', &draft->id)
             && read_type_arguments (self, &draft->arguments, &draft->n_arguments)
             && read_arguments (self, builder, draft->operands);
    case IR_FORM_TRAIT:
      return ir_read_id (self, 'x', &draft->trait) && ir_read_sign (self, ".")
             && ir_read_unsigned_32 (self, &draft->id)
             && read_type_arguments (self, &draft->arguments, &draft->n_arguments)
             && read_arguments (self, builder, draft->operands);
    case IR_FORM_CALLP:
      return read_call_pointer (self, builder, draft);
    case IR_FORM_LEAF:
      return read_leaf (self, builder, draft);
    case IR_FORM_JUMP:
      return ir_read_id (self, 'b', &draft->target);
    case IR_FORM_BRANCH:
      return read_typed (self, builder, draft, 1) && ir_read_sign (self, ",")
             && ir_read_id (self, 'b', &draft->target) && ir_read_sign (self, ",")
             && ir_read_id (self, 'b', &draft->otherwise);
    case IR_FORM_SWITCH:
      return read_typed (self, builder, draft, 1) && read_cases (self, draft);
    case IR_FORM_RETURN:
      return self->at >= self->end || *self->at != '.' || read_typed (self, builder, draft, 1);
    case IR_FORM_RESULT:
    case IR_FORM_TRAP:
      return TRUE;
    }
  g_assert_not_reached ();
}

/* As it stands in the text, right or wrong: the verifier judges. */
static void
append_draft (IrBuilder *builder, const Draft *draft)
{
  IrInstruction *instruction = ir_program_alloc (builder->program, sizeof *instruction);

  *instruction = (IrInstruction){ .opcode = draft->opcode,
                                  .wraps = draft->wraps,
                                  .type = draft->type,
                                  .span = draft->span,
                                  .dest = draft->dest,
                                  .place = draft->place,
                                  .operands = keep (builder->program, draft->operands),
                                  .n_operands = draft->operands->len,
                                  .id = draft->id,
                                  .other = draft->other,
                                  .target = draft->target,
                                  .otherwise = draft->otherwise,
                                  .cases = keep (builder->program, draft->cases),
                                  .n_cases = draft->cases->len,
                                  .trait = draft->trait,
                                  .arguments = draft->arguments,
                                  .n_arguments = draft->n_arguments };
  g_ptr_array_add (ir_function_get_block (builder->function, builder->block)->instructions,
                   instruction);
}

/* The line that an instruction begins on: so that programs written by hand have lines to stop at. */
static TextSpan
get_own_span (IrReader *self, const char *begin)
{
  const char *end = begin;

  while (end < self->end && *end != '\n' && *end != ';')
    end++;
  while (end > begin && g_ascii_isspace (end[-1]))
    end--;
  return (TextSpan){ self->base + (begin - self->begin), self->base + (end - self->begin) };
}

/* Reads an instruction and appends it to builder->block. */
gboolean
ir_read_instruction (IrReader *self, IrBuilder *builder)
{
  g_autoptr (GArray) operands = g_array_new (FALSE, TRUE, sizeof (IrOperand));
  g_autoptr (GArray) cases = g_array_new (FALSE, TRUE, sizeof (IrSwitchCase));
  Draft draft = { .operands = operands, .cases = cases, .other = IR_NO_FUNCTION };
  const char *begin;

  ir_read_skip_space (self);
  begin = self->at;
  if (is_next_base (self, 's') || is_next_base (self, 'g') || is_next_base (self, 'r'))
    {
      if (!read_place (self, builder, &draft.dest) || !ir_read_sign (self, "="))
        return FALSE;
    }
  if (!read_opcode (self, &draft) || !read_form (self, builder, &draft))
    return FALSE;
  draft.span = get_own_span (self, begin);
  if (ir_read_try (self, "@"))
    {
      self->at--;
      if (!ir_read_span (self, &draft.span))
        return FALSE;
    }
  if (draft.opcode == IR_MOVE || draft.opcode == IR_ADDRESS || draft.opcode == IR_BORROW)
    draft.type = draft.dest.type;
  else if (draft.place.base != IR_PLACE_NONE)
    draft.type = draft.place.type;
  append_draft (builder, &draft);
  return TRUE;
}
