/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the paths of views lead to what they are for. Of a generic type only what is known before it is instantiated is checked; its
 * instances are checked again. */

#include "ir-verify.h"
#include "ir-view.h"

/* Where a view may begin and what its paths must find. */
typedef struct
{
  const IrProgram *program;
  const IrView *view;
  IrTypeId self, items, item, entry;
} View;

static gboolean
is_open (const View *view, IrTypeId id)
{
  return ir_view_is_open (view->program, id);
}

static gboolean
is_integer (const View *view, IrTypeId id)
{
  return ir_program_get_type (view->program, id)->kind == IR_TYPE_INT;
}

static gboolean
fits_items (View *view)
{
  if (!ir_view_follow (view->program, view->self, &view->view->paths[IR_VIEW_ITEMS], &view->items))
    return FALSE;
  if (view->view->kind == IR_VIEW_VALUE || is_open (view, view->items))
    return TRUE;
  view->item = ir_view_get_item (view->program, view->items);
  if (view->item == 0)
    return FALSE;
  view->entry = ir_view_get_entry (view->program, view->item);
  return view->view->kind != IR_VIEW_TEXT || is_open (view, view->item)
         || (is_integer (view, view->item)
             && ir_program_get_type (view->program, view->item)->size <= 4);
}

static gboolean
fits_length (View *view)
{
  IrTypeId length;

  return ir_view_follow (view->program, view->self, &view->view->paths[IR_VIEW_LENGTH], &length)
         && (is_open (view, length) || is_integer (view, length));
}

/* Paths from an entry. Before the items' type is known nothing can be said of them. */
static gboolean
fits_entry (View *view, IrViewPathKind kind)
{
  IrTypeId to;

  if (view->entry == 0)
    return TRUE;
  if (!ir_view_follow (view->program, view->entry, &view->view->paths[kind], &to))
    return FALSE;
  if (kind != IR_VIEW_NEXT || is_open (view, to) || is_open (view, view->entry))
    return TRUE;
  return ir_program_get_type (view->program, to)->kind == IR_TYPE_POINTER
         && ir_program_get_type (view->program, to)->element == view->entry;
}

static gboolean
fits (View *view, IrViewPathKind kind)
{
  gboolean is_given = view->view->paths[kind].is_given;
  gboolean is_map = view->view->kind == IR_VIEW_MAP;

  switch (kind)
    {
    case IR_VIEW_ITEMS:
      return is_given && fits_items (view);
    case IR_VIEW_LENGTH:
      if (view->view->kind == IR_VIEW_VALUE)
        return !is_given;
      return is_given
                 ? fits_length (view)
                 : is_open (view, view->items) || ir_view_knows_length (view->program, view->items);
    case IR_VIEW_KEY:
      return is_map ? is_given && fits_entry (view, kind) : !is_given;
    case IR_VIEW_NEXT:
    case IR_VIEW_CONTENT:
      return !is_given || (is_map && fits_entry (view, kind));
    case IR_N_VIEW_PATHS:
      break;
    }
  g_assert_not_reached ();
}

gboolean
ir_verify_view (IrVerifier *self, IrTypeId id)
{
  View view = { self->program, ir_program_get_type (self->program, id)->view, id, 0, 0, 0 };

  for (guint i = 0; i < IR_N_VIEW_PATHS; i++)
    {
      if (fits (&view, i))
        continue;
      text_diagnostics_take (
          self->diagnostics,
          text_diagnostic_new (
              TEXT_SEVERITY_ERROR, "ir", TEXT_NO_SPAN,
              text_message_new (TEXT_IR_VIEW_PATH, "ss", self->what, ir_view_path_get_name (i))));
      return FALSE;
    }
  return TRUE;
}
