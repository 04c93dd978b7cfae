/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Layouts of final types: fields by falling alignment, the declared order among equals, as rustc arranges them by default; in declared order where
 * the type asks for it; variants with a niche of the one that has data as their tag, else with a tag in front (Rust Reference, "Type layout"). */

#include "ir-instantiate.h"

static guint64
round_up (guint64 value, guint64 step)
{
  return (value + step - 1) / step * step;
}

/* ---- structs and unions ---- */

static const IrType *
lay_out_field (IrInstantiation *self, const IrType *record, guint i)
{
  return ir_lay_out (self, g_array_index (record->fields, IrField, i).type);
}

/* Fields behind the first `prefix` bytes, which something else needs. */
static void
lay_out_struct (IrInstantiation *self, IrType *type, guint64 prefix)
{
  guint n = type->fields->len;
  g_autofree gboolean *placed = g_new0 (gboolean, n + 1);
  guint64 end = prefix;

  type->align = 1;
  for (guint i = 0; i < n; i++)
    type->align = MAX (type->align, lay_out_field (self, type, i)->align);
  for (guint turn = 0; turn < n; turn++)
    {
      guint best = n;
      const IrType *field;

      for (guint i = 0; i < n && (best == n || !type->is_ordered); i++)
        if (!placed[i]
            && (best == n
                || lay_out_field (self, type, i)->align > lay_out_field (self, type, best)->align))
          best = i;
      field = lay_out_field (self, type, best);
      placed[best] = TRUE;
      end = round_up (end, field->align);
      g_array_index (type->fields, IrField, best).offset = end;
      end += field->size;
    }
  type->size = round_up (end, type->align);
}

static void
lay_out_union (IrInstantiation *self, IrType *type)
{
  type->size = 0;
  type->align = 1;
  for (guint i = 0; i < type->fields->len; i++)
    {
      const IrType *field = lay_out_field (self, type, i);

      type->align = MAX (type->align, field->align);
      type->size = MAX (type->size, field->size);
    }
  type->size = round_up (type->size, type->align);
}

/* ---- niches ---- */

/* Values that a type has no use for: `count` of them from `first` on, in the scalar `type` at `offset`. */
typedef struct
{
  IrTypeId type;
  guint64 offset;
  guint64 first, count;
} Niche;

static void find_niche (IrInstantiation *self, IrTypeId id, guint64 offset, Niche *best);

static void
offer (Niche *best, IrTypeId type, guint64 offset, guint64 first, guint64 count)
{
  if (count > best->count)
    *best = (Niche){ type, offset, first, count };
}

/* Of a tag the values behind the largest one in use. */
static void
find_niche_in_tag (IrInstantiation *self, const IrType *type, guint64 offset, Niche *best)
{
  const IrType *tag = ir_program_get_type (self->to, type->tag_type);
  guint64 first = 0, end;

  if (tag->kind == IR_TYPE_VOID || tag->kind == IR_TYPE_POINTER)
    return;
  end = tag->size == 1 ? 256 : tag->is_char ? G_MAXUINT32 : 0;
  /* A bool's own values are in use, whatever tags say. */
  if (tag->kind == IR_TYPE_BOOL)
    first = 2;
  if (tag->is_char && tag->size == 4)
    first = 0x110000;
  for (guint i = 0; i < type->fields->len; i++)
    if (i != type->otherwise)
      first = MAX (first, g_array_index (type->fields, IrField, i).tag + 1);
  if (end > first)
    offer (best, type->tag_type, offset + type->tag_offset, first, end - first);
}

static void
find_niche (IrInstantiation *self, IrTypeId id, guint64 offset, Niche *best)
{
  const IrType *type = ir_program_get_type (self->to, id);

  switch (type->kind)
    {
    case IR_TYPE_BOOL:
      offer (best, id, offset, 2, 254);
      break;
    case IR_TYPE_INT:
      /* A char of Rust: a Unicode scalar value. */
      if (type->is_char && type->size == 4)
        offer (best, id, offset, 0x110000, G_MAXUINT32 - 0x110000);
      break;
    case IR_TYPE_POINTER:
      if (type->is_nonnull && !ir_type_is_fat (type))
        offer (best, id, offset, 0, 1);
      else if (type->is_nonnull)
        offer (best, g_array_index (type->fields, IrField, 0).type, offset, 0, 1);
      break;
    case IR_TYPE_STRUCT:
      for (guint i = 0; i < type->fields->len; i++)
        find_niche (self, g_array_index (type->fields, IrField, i).type,
                    offset + g_array_index (type->fields, IrField, i).offset, best);
      break;
    case IR_TYPE_ARRAY:
      if (type->count > 0)
        find_niche (self, type->element, offset, best);
      break;
    case IR_TYPE_VARIANT:
      find_niche_in_tag (self, type, offset, best);
      break;
    default:
      break;
    }
}

/* ---- variants ---- */

static void
finish_variants (IrInstantiation *self, IrType *type, guint64 size, guint32 align)
{
  type->align = align;
  for (guint i = 0; i < type->fields->len; i++)
    {
      const IrType *variant
          = ir_program_get_type (self->to, g_array_index (type->fields, IrField, i).type);

      type->align = MAX (type->align, variant->align);
      size = MAX (size, variant->size);
    }
  type->size = round_up (size, type->align);
}

/* All but one variant are empty, and that one leaves enough values unused. */
static gboolean
use_niche (IrInstantiation *self, IrType *type)
{
  guint dataful = type->fields->len;
  Niche niche = { 0 };
  guint64 next;

  for (guint i = 0; i < type->fields->len; i++)
    {
      if (lay_out_field (self, type, i)->size == 0)
        continue;
      if (dataful != type->fields->len)
        return FALSE;
      dataful = i;
    }
  if (dataful == type->fields->len)
    return FALSE;
  find_niche (self, g_array_index (type->fields, IrField, dataful).type, 0, &niche);
  if (niche.count < type->fields->len - 1)
    return FALSE;
  type->tag_type = niche.type;
  type->tag_offset = niche.offset;
  type->otherwise = dataful;
  next = niche.first;
  for (guint i = 0; i < type->fields->len; i++)
    g_array_index (type->fields, IrField, i).tag = i == dataful ? 0 : next++;
  finish_variants (self, type, 0, 1);
  return TRUE;
}

/* A tag of one byte in front; a variant's struct belongs to this type alone, so its fields can make room. */
static void
put_tag_in_front (IrInstantiation *self, IrType *type)
{
  guint size = type->fields->len > 256 ? 2 : 1;

  type->tag_type = ir_instantiation_integer (self, size);
  type->tag_offset = 0;
  type->otherwise = IR_NO_VARIANT;
  for (guint i = 0; i < type->fields->len; i++)
    {
      IrField *field = &g_array_index (type->fields, IrField, i);

      field->tag = i;
      lay_out_struct (self, ir_program_get_type (self->to, field->type), size);
    }
  finish_variants (self, type, size, size);
}

static void
lay_out_variants (IrInstantiation *self, IrType *type)
{
  for (guint i = 0; i < type->fields->len; i++)
    lay_out_field (self, type, i);
  if (self->failed)
    return;
  if (type->fields->len <= 1)
    {
      type->tag_type = 0;
      type->otherwise = type->fields->len == 1 ? 0 : IR_NO_VARIANT;
      finish_variants (self, type, 0, 1);
      return;
    }
  if (!use_niche (self, type))
    put_tag_in_front (self, type);
}

/* ---- all ---- */

static void
lay_out_one (IrInstantiation *self, IrType *type)
{
  const IrType *element;

  switch (type->kind)
    {
    case IR_TYPE_ARRAY:
      element = ir_lay_out (self, type->element);
      type->align = element->align;
      if (!g_uint64_checked_mul (&type->size, element->size, type->count)
          || type->size > G_MAXUINT32)
        ir_instantiation_complain (self, TEXT_IR_BAD_SIZE, type->count);
      break;
    case IR_TYPE_SLICE:
      type->align = ir_lay_out (self, type->element)->align;
      break;
    case IR_TYPE_STRUCT:
      if (type->is_open)
        lay_out_struct (self, type, 0);
      break;
    case IR_TYPE_UNION:
      if (type->is_open)
        lay_out_union (self, type);
      break;
    case IR_TYPE_VARIANT:
      if (type->is_open)
        lay_out_variants (self, type);
      break;
    default:
      break;
    }
  type->is_open = FALSE;
  type->is_ordered = FALSE;
}

/* The final type, its size and offsets computed. */
const IrType *
ir_lay_out (IrInstantiation *self, IrTypeId to)
{
  IrType *type = ir_program_get_type (self->to, to);
  IrOrigin *origin = ir_instantiation_get_origin (self, to);

  if (origin->layout == IR_LAYOUT_DONE || self->failed)
    return type;
  if (origin->layout == IR_LAYOUT_RUNNING)
    {
      ir_instantiation_complain (self, TEXT_IR_CONTAINS_ITSELF, 0);
      return type;
    }
  origin->layout = IR_LAYOUT_RUNNING;
  lay_out_one (self, type);
  ir_instantiation_get_origin (self, to)->layout = IR_LAYOUT_DONE;
  return type;
}
