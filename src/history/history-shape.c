/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Types as parts: see history-shape.h. */

#include "history-shape.h"

GArray *
history_shape_new_parts (void)
{
  return g_array_new (FALSE, TRUE, sizeof (HistoryPart));
}

/* A type and all that it is made of. Types that contain themselves do so behind pointers, which are not followed. */
void
history_shape_append_type (GArray *parts, const IrProgram *program, IrTypeId id, const char *name)
{
  const IrType *type = ir_program_get_type (program, id);
  HistoryPart part
      = { g_intern_string (name != NULL ? name : ""), type->kind, type->is_char, type->size };

  if (type->kind == IR_TYPE_ARRAY)
    {
      part.n_elements = type->count;
      part.n_children = 1;
      g_array_append_val (parts, part);
      history_shape_append_type (parts, program, type->element, "");
      return;
    }
  if (type->kind == IR_TYPE_STRUCT || type->kind == IR_TYPE_UNION)
    part.n_children = type->fields->len;
  g_array_append_val (parts, part);
  for (guint i = 0; i < part.n_children; i++)
    {
      const IrField *field = &g_array_index (type->fields, IrField, i);

      guint at = parts->len;

      history_shape_append_type (parts, program, field->type, field->name);
      g_array_index (parts, HistoryPart, at).offset = field->offset;
    }
}

/* A block of unknown type is a row of bytes. */
void
history_shape_append_unknown (GArray *parts)
{
  HistoryPart part = { "", IR_TYPE_INT, FALSE, 1 };

  g_array_append_val (parts, part);
}

void
history_shape_clear (gpointer shape)
{
  g_array_unref (((HistoryShape *)shape)->parts);
}

void
history_stand_clear (gpointer stand)
{
  g_array_unref (((HistoryStand *)stand)->parts);
}
