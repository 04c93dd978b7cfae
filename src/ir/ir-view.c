/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Views: where their paths lead, as far as types tell. */

#include "ir-view.h"

const char *
ir_view_kind_get_name (IrViewKind kind)
{
  static const char *const names[] = {
#define VIEW_KIND(id, name, meaning) name,
#include "ir-view.def"
#undef VIEW_KIND
  };

  return names[kind];
}

const char *
ir_view_path_get_name (IrViewPathKind path)
{
  static const char *const names[] = {
#define VIEW_PATH(id, name, meaning) name,
#include "ir-view.def"
#undef VIEW_PATH
  };

  return names[path];
}

/* Whether only ir_instantiate() will tell what the type is. */
gboolean
ir_view_is_open (const IrProgram *program, IrTypeId id)
{
  IrTypeKind kind = ir_program_get_type (program, id)->kind;

  return kind == IR_TYPE_PARAMETER || kind == IR_TYPE_APPLY || kind == IR_TYPE_ASSOCIATED;
}

/* The type at the end of a path that begins at a value of type `from`. FALSE when a step leads nowhere; a type that is open
 * (see ir_view_is_open()) ends the path early. */
gboolean
ir_view_follow (const IrProgram *program, IrTypeId from, const IrViewPath *path, IrTypeId *to)
{
  *to = from;
  for (guint i = 0; i < path->n_steps && !ir_view_is_open (program, *to); i++)
    {
      const IrType *type = ir_program_get_type (program, *to);
      gboolean is_record = type->kind == IR_TYPE_STRUCT || type->kind == IR_TYPE_UNION;

      if (path->steps[i] == IR_VIEW_FOLLOW && type->kind == IR_TYPE_POINTER
          && !ir_type_is_fat (type))
        *to = type->element;
      else if (path->steps[i] != IR_VIEW_FOLLOW && is_record && path->steps[i] < type->fields->len)
        *to = g_array_index (type->fields, IrField, path->steps[i]).type;
      else
        return FALSE;
    }
  return TRUE;
}

/* The type of the items at the end of the items' path; void when that is no row. */
IrTypeId
ir_view_get_item (const IrProgram *program, IrTypeId items)
{
  const IrType *type = ir_program_get_type (program, items);

  if (type->kind != IR_TYPE_ARRAY && type->kind != IR_TYPE_POINTER)
    return 0;
  if (ir_program_get_type (program, type->element)->kind == IR_TYPE_SLICE)
    return ir_program_get_type (program, type->element)->element;
  return ir_type_is_fat (type) ? 0 : type->element;
}

/* Whether the items' own type tells how many there are. */
gboolean
ir_view_knows_length (const IrProgram *program, IrTypeId items)
{
  const IrType *type = ir_program_get_type (program, items);

  return type->kind == IR_TYPE_ARRAY ? type->count > 0 : ir_type_is_fat (type);
}

/* A map's entry: the item, or what the item points to. */
IrTypeId
ir_view_get_entry (const IrProgram *program, IrTypeId item)
{
  const IrType *type = ir_program_get_type (program, item);

  return type->kind == IR_TYPE_POINTER && !ir_type_is_fat (type) ? type->element : item;
}
