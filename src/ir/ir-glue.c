/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drop glue: for each type that needs one a function that ends a value of it. The user's own Drop runs first, then the fields are dropped in
 * declared order, of variants those of the one that is there, elements from the first to the last; behind a trait object the vtable knows
 * (Rust Reference, "Destructors"). And vtables: drop glue, size, alignment, methods. */

#include "ir-instantiate.h"

#define VTABLE_HEAD 3 /* words before the methods */

/* ---- who needs it ---- */

static const IrImpl *
find_drop_impl (IrInstantiation *self, IrTypeId to, GArray **bound)
{
  for (guint i = 0; i < self->from->traits->len; i++)
    if (ir_program_get_trait (self->from, i)->is_drop)
      return ir_find_impl (self, i, &to, 1, FALSE, bound);
  return NULL;
}

static gboolean
any_field_needs_drop (IrInstantiation *self, const IrType *type)
{
  for (guint i = 0; i < type->fields->len; i++)
    if (ir_needs_drop (self, g_array_index (type->fields, IrField, i).type))
      return TRUE;
  return FALSE;
}

static gboolean
find_need (IrInstantiation *self, IrTypeId to)
{
  const IrType *type = ir_program_get_type (self->to, to);
  g_autoptr (GArray) bound = NULL;

  switch (type->kind)
    {
    case IR_TYPE_STRUCT:
    case IR_TYPE_VARIANT:
      return find_drop_impl (self, to, &bound) != NULL || any_field_needs_drop (self, type);
    case IR_TYPE_UNION:
      return find_drop_impl (self, to, &bound) != NULL;
    case IR_TYPE_ARRAY:
      return type->count > 0 && ir_needs_drop (self, type->element);
    case IR_TYPE_SLICE:
      return ir_needs_drop (self, type->element);
    case IR_TYPE_DYN:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Whether anything happens when a value of the final type is dropped. */
gboolean
ir_needs_drop (IrInstantiation *self, IrTypeId to)
{
  gint known = ir_instantiation_get_origin (self, to)->needs_drop;

  if (known >= 0)
    return known;
  /* A type that contains itself is a failure of its own. */
  ir_instantiation_get_origin (self, to)->needs_drop = FALSE;
  known = find_need (self, to);
  ir_instantiation_get_origin (self, to)->needs_drop = known;
  return known;
}

/* ---- calls of glue ---- */

static IrFunctionId
want_glue (IrInstantiation *self, IrTypeId to)
{
  g_autofree char *key = g_strdup_printf ("drop %u", to);
  g_autofree char *name = g_strdup_printf ("drop::<%s>", ir_program_get_type (self->to, to)->name);
  IrTypeId pointer = ir_instantiation_pointer_to (self, to);
  IrInstance *instance;
  IrFunctionId id;

  if (ir_instantiation_find (self, key, &id))
    return id;
  id = ir_function_add (self->to, name, ir_instantiation_function_type (self, pointer),
                        TEXT_NO_SPAN);
  ir_program_get_function (self->to, id)->is_library = TRUE;
  ir_program_get_function (self->to, id)->is_defined = TRUE;
  ir_instantiation_keep (self, key, id);
  instance = g_new0 (IrInstance, 1);
  *instance = (IrInstance){ IR_NO_FUNCTION, to, NULL, id };
  g_ptr_array_add (self->waiting, instance);
  return id;
}

/* The address of a place, in a register or, a fat one, in a hidden slot. */
static IrOperand
emit_address (IrBuilder *builder, IrPlace place, IrTypeId pointer)
{
  IrPlace at;

  if (ir_type_is_fat (ir_program_get_type (builder->program, pointer)))
    at = ir_place_slot (builder->function,
                        ir_slot_add (builder->function, NULL, pointer, TEXT_NO_SPAN, TEXT_NO_SPAN));
  else
    at = ir_place_register (builder->function, ir_build_register (builder, pointer));
  ir_build_address (builder, at, place);
  return ir_operand_move (at);
}

static gboolean
is_in_slot (const IrPlace *place)
{
  for (guint i = 0; i < place->n_projections; i++)
    if (place->projections[i].kind == IR_PROJECT_DEREF)
      return FALSE;
  return place->base == IR_PLACE_SLOT;
}

/* Calls the glue of what is in the place, if its type needs any. */
void
ir_emit_drop (IrInstantiation *self, IrBuilder *builder, IrPlace place)
{
  IrOperand pointer;
  IrFunctionId glue;

  if (!ir_needs_drop (self, place.type))
    return;
  if (is_in_slot (&place))
    ir_function_get_slot (builder->function, place.id)->is_address_taken = TRUE;
  glue = want_glue (self, place.type);
  pointer = emit_address (builder, place, ir_instantiation_pointer_to (self, place.type));
  ir_build_call (builder, ir_place_none (), glue, &pointer, 1);
}

/* ---- bodies of glue ---- */

/* Fields that need it, the first at the list's beginning. (transfer full) (element-type guint) */
static GArray *
list_fields (IrInstantiation *self, IrTypeId record)
{
  const IrType *type = ir_program_get_type (self->to, record);
  GArray *fields = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < type->fields->len; i++)
    if (ir_needs_drop (self, g_array_index (type->fields, IrField, i).type))
      g_array_append_val (fields, i);
  return fields;
}

/* What is done when the drop before fields[at] throws: the rest of the fields are dropped all the same, then the exception goes on. */
static IrBlockId
build_pad (IrInstantiation *self, IrBuilder *builder, IrPlace place, const GArray *fields, guint at)
{
  IrBlockId begin = builder->block, pad = ir_build_block (builder);

  builder->block = pad;
  ir_function_get_block (builder->function, pad)->is_cleanup = TRUE;
  for (guint i = at; i < fields->len; i++)
    ir_emit_drop (self, builder, ir_place_field (builder, place, g_array_index (fields, guint, i)));
  ir_build_rethrow (builder);
  builder->block = begin;
  return pad;
}

/* The block at hand ends: the drops that follow stand in one whose exceptions go to a pad of its own. */
static void
begin_step (IrInstantiation *self, IrBuilder *builder, IrPlace place, const GArray *fields,
            guint n_done)
{
  IrBlockId next = ir_build_block (builder);

  ir_build_jump (builder, next);
  builder->block = next;
  if (n_done < fields->len)
    ir_function_get_block (builder->function, next)->unwind
        = build_pad (self, builder, place, fields, n_done);
}

/* is_step: what stands before the first of them has a pad of its own */
static void
drop_list (IrInstantiation *self, IrBuilder *builder, IrPlace place, const GArray *fields,
           gboolean is_step)
{
  for (guint i = 0; i < fields->len; i++)
    {
      if (is_step || fields->len > 1)
        begin_step (self, builder, place, fields, i + 1);
      ir_emit_drop (self, builder,
                    ir_place_field (builder, place, g_array_index (fields, guint, i)));
    }
}

static void
drop_fields (IrInstantiation *self, IrBuilder *builder, IrPlace place)
{
  g_autoptr (GArray) fields = list_fields (self, place.type);

  drop_list (self, builder, place, fields, FALSE);
}

static void
drop_variants (IrInstantiation *self, IrBuilder *builder, IrPlace place)
{
  IrTypeId word = ir_instantiation_integer (self, 8);
  guint n = ir_program_get_type (self->to, place.type)->fields->len;
  IrPlace number = ir_place_register (builder->function, ir_build_register (builder, word));
  g_autofree IrSwitchCase *cases = g_new (IrSwitchCase, n + 1);
  IrBlockId begin = builder->block, end = ir_build_block (builder);
  guint n_cases = 0;

  ir_build_discriminant (builder, number, place);
  for (guint i = 0; i < n; i++)
    {
      IrPlace variant = ir_place_variant (builder, place, i);

      if (!ir_needs_drop (self, variant.type))
        continue;
      builder->block = ir_build_block (builder);
      cases[n_cases++] = (IrSwitchCase){ i, builder->block };
      drop_fields (self, builder, variant);
      ir_build_jump (builder, end);
    }
  builder->block = begin;
  ir_build_switch (builder, ir_operand_move (number), cases, n_cases, end);
  builder->block = end;
}

/* From the first to the last of `count` elements. */
static void
drop_elements (IrInstantiation *self, IrBuilder *builder, IrPlace place, IrOperand count)
{
  IrTypeId word = ir_instantiation_integer (self, 8);
  IrTypeId boolean = ir_instantiation_truth (self);
  IrTypeId element = ir_program_get_type (self->to, place.type)->element;
  IrPlace index = ir_place_slot (
      builder->function, ir_slot_add (builder->function, NULL, word, TEXT_NO_SPAN, TEXT_NO_SPAN));
  IrBlockId test = ir_build_block (builder), round = ir_build_block (builder),
            end = ir_build_block (builder);
  IrPlace more = ir_place_register (builder->function, ir_build_register (builder, boolean));

  ir_build_move (builder, index, ir_operand_const (word, 0));
  ir_build_jump (builder, test);
  builder->block = test;
  ir_build_binary (builder, IR_LT, word, more, ir_operand_copy (index), count);
  ir_build_branch (builder, ir_operand_move (more), round, end);
  builder->block = round;
  ir_emit_drop (self, builder, ir_place_index (builder, place, ir_operand_copy (index), element));
  ir_build_binary (builder, IR_ADD, word, index, ir_operand_copy (index),
                   ir_operand_const (word, 1));
  ir_build_jump (builder, test);
  builder->block = end;
}

/* Through the vtable in the fat pointer; its first word is 0 when there is nothing to do. */
static void
drop_object (IrInstantiation *self, IrBuilder *builder, IrPlace pointer)
{
  IrTypeId word = ir_instantiation_integer (self, 8);
  IrPlace data = ir_place_field (builder, pointer, 0), table = ir_place_field (builder, pointer, 1);
  IrTypeId head = ir_program_get_type (self->to, table.type)->element;
  IrPlace glue = ir_place_index (builder, ir_place_deref (builder, table, head),
                                 ir_operand_const (word, 0), word);
  IrBlockId call = ir_build_block (builder), end = ir_build_block (builder);
  IrOperand argument = ir_operand_copy (data);

  ir_build_branch (builder, ir_operand_copy (glue), call, end);
  builder->block = call;
  ir_build_call_method (builder, IR_CALL_VIRTUAL, ir_place_none (),
                        ir_instantiation_function_type (self, data.type), ir_operand_copy (table),
                        0, &argument, 1);
  ir_build_jump (builder, end);
  builder->block = end;
}

static void
call_own_drop (IrInstantiation *self, IrBuilder *builder, IrTypeId to, IrPlace pointer)
{
  g_autoptr (GArray) bound = NULL;
  const IrImpl *impl = find_drop_impl (self, to, &bound);
  IrOperand argument = ir_operand_copy (pointer);

  if (impl != NULL)
    ir_build_call (
        builder, ir_place_none (),
        ir_instantiation_want (self, g_array_index (impl->functions, IrFunctionId, 0), bound),
        &argument, 1);
}

/* The user's own Drop, then the fields, which are dropped even if it throws. */
static void
drop_struct (IrInstantiation *self, IrBuilder *builder, IrTypeId to, IrPlace pointer)
{
  IrPlace place = ir_place_deref (builder, pointer, to);
  g_autoptr (GArray) fields = list_fields (self, to);
  g_autoptr (GArray) bound = NULL;
  gboolean has_own = find_drop_impl (self, to, &bound) != NULL;

  if (has_own && fields->len > 0)
    begin_step (self, builder, place, fields, 0);
  call_own_drop (self, builder, to, pointer);
  drop_list (self, builder, place, fields, has_own);
}

static void
drop_contents (IrInstantiation *self, IrBuilder *builder, IrTypeId to, IrPlace pointer)
{
  const IrType *type = ir_program_get_type (self->to, to);
  IrTypeId word = ir_instantiation_integer (self, 8);

  switch (type->kind)
    {
    case IR_TYPE_STRUCT:
      drop_struct (self, builder, to, pointer);
      break;
    case IR_TYPE_VARIANT:
      call_own_drop (self, builder, to, pointer);
      drop_variants (self, builder, ir_place_deref (builder, pointer, to));
      break;
    case IR_TYPE_UNION:
      call_own_drop (self, builder, to, pointer);
      break;
    case IR_TYPE_ARRAY:
      drop_elements (self, builder, ir_place_deref (builder, pointer, to),
                     ir_operand_const (word, type->count));
      break;
    case IR_TYPE_SLICE:
      drop_elements (self, builder, ir_place_deref (builder, pointer, to),
                     ir_operand_copy (ir_place_field (builder, pointer, 1)));
      break;
    case IR_TYPE_DYN:
      drop_object (self, builder, pointer);
      break;
    default:
      g_assert_not_reached ();
    }
}

/* The body of a type's glue: one parameter, a pointer to the value. */
void
ir_build_glue (IrInstantiation *self, const IrInstance *instance)
{
  IrBuilder builder = { self->to, ir_program_get_function (self->to, instance->to) };
  IrTypeId pointer = ir_instantiation_pointer_to (self, instance->glue);
  IrSlotId slot = ir_slot_add (builder.function, "self", pointer, TEXT_NO_SPAN, TEXT_NO_SPAN);

  ir_function_get_slot (builder.function, slot)->is_parameter = TRUE;
  builder.block = ir_build_block (&builder);
  drop_contents (self, &builder, instance->glue, ir_place_slot (builder.function, slot));
  ir_build_return_void (&builder);
}

/* ---- vtables ---- */

static void
set_word (IrGlobal *global, guint word, guint64 value)
{
  for (guint i = 0; i < 8; i++)
    global->bytes[word * 8 + i] = value >> (8 * i);
}

static void
add_methods (IrInstantiation *self, IrGlobalId id, IrTypeId to, IrTraitId trait_id)
{
  const IrTrait *trait = ir_program_get_trait (self->from, trait_id);
  g_autoptr (GArray) bound = NULL;
  const IrImpl *impl = ir_find_impl (self, trait_id, &to, 1, TRUE, &bound);

  for (guint i = 0; impl != NULL && i < trait->methods->len; i++)
    if (g_array_index (trait->methods, IrMethod, i).n_parameters == 0)
      ir_global_relocate (
          self->to, id, (VTABLE_HEAD + i) * 8, TRUE,
          ir_instantiation_want (self, g_array_index (impl->functions, IrFunctionId, i), bound), 0);
}

/* The vtable of a final type as a trait: a constant of the final program. */
IrGlobalId
ir_want_vtable (IrInstantiation *self, IrTypeId to, IrTraitId trait_id)
{
  const IrTrait *trait = ir_program_get_trait (self->from, trait_id);
  g_autofree char *key = g_strdup_printf ("vtable %u %u", to, trait_id);
  const IrType *type = ir_lay_out (self, to);
  g_autofree char *name = g_strdup_printf ("<%s as %s>", type->name, trait->name);
  IrTypeId array = ir_instantiation_array (self, ir_instantiation_integer (self, 8),
                                           VTABLE_HEAD + trait->methods->len);
  IrGlobalId id;

  if (ir_instantiation_find (self, key, &id))
    return id;
  id = ir_global_add (self->to, name, array, IR_GLOBAL_CONSTANT, TEXT_NO_SPAN);
  ir_instantiation_keep (self, key, id);
  set_word (ir_program_get_global (self->to, id), 1, type->size);
  set_word (ir_program_get_global (self->to, id), 2, type->align);
  if (ir_needs_drop (self, to))
    ir_global_relocate (self->to, id, 0, TRUE, want_glue (self, to), 0);
  add_methods (self, id, to, trait_id);
  return id;
}
