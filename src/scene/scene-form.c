/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Forms: how large a value of a type is drawn, and in which lines. See scene-form.h. */

#include "scene-plan.h"

#include <stdlib.h>
#include <string.h>

/* Advance of one sign of the code font, in parts of its size. The real font may differ by a little: words that do not fit are
 * shortened when the scene is made. */
#define ADVANCE 0.6

#define INDENT 12.0

static const SceneMeasures measures_table[2] = {
  {
      .stack_width = 328,
      .slot_height = 48,
      .slot_cell = 128,
      .cell_height = 32,
      .head_height = 32,
      .foot_height = 36,
      .field_height = 32,
      .field_cell = 26,
      .field_pointer = 96,
      .element_height = 32,
      .inner_gutter = 10,
      .pad = 16,
      .cells_width = 362,
      .minimum_width = 392,
      .has_addresses = TRUE,
  },
  {
      .stack_width = 248,
      .slot_height = 32,
      .slot_cell = 76,
      .cell_height = 26,
      .head_height = 22,
      .foot_height = 0,
      .field_height = 24,
      .field_cell = 20,
      .field_pointer = 56,
      .element_height = 24,
      .inner_gutter = 10,
      .pad = 8,
      .cells_width = 272,
      .minimum_width = 80,
      .has_addresses = FALSE,
  },
};

const SceneMeasures *
scene_measures_get (gboolean is_dense)
{
  return &measures_table[is_dense ? 1 : 0];
}

/* ---- making ---- */

void
scene_form_free (SceneForm *form)
{
  if (form == NULL)
    return;
  g_clear_pointer (&form->children, g_ptr_array_unref);
  g_free (form);
}

static SceneForm *
make_form (const char *name, IrTypeKind kind, guint64 size)
{
  SceneForm *form = g_new0 (SceneForm, 1);

  form->name = name;
  form->kind = kind;
  form->size = size;
  form->node = FACTS_NO_NODE;
  return form;
}

static void
take_child (SceneForm *form, SceneForm *child)
{
  if (form->children == NULL)
    form->children = g_ptr_array_new_with_free_func ((GDestroyNotify)scene_form_free);
  g_ptr_array_add (form->children, child);
}

/* The tree of a type whose parts begin at *next, which moves behind them. (transfer full) */
SceneForm *
scene_form_new_from_parts (GArray *parts, guint *next)
{
  const HistoryPart *part = &g_array_index (parts, HistoryPart, (*next)++);
  SceneForm *form = make_form (part->name, part->kind, part->size);

  form->is_char = part->is_char;
  form->n_elements = part->n_elements;
  form->offset = part->offset;
  for (guint32 i = 0; i < part->n_children; i++)
    take_child (form, scene_form_new_from_parts (parts, next));
  return form;
}

/* A struct whose last field is an array of as many elements as a block of so many bytes has room for. FALSE, and nothing is done, when the
 * form is none. */
gboolean
scene_form_stretch (SceneForm *form, guint64 size)
{
  SceneForm *last, *element;

  if (form->kind != IR_TYPE_STRUCT || form->children == NULL || size < form->size)
    return FALSE;
  last = g_ptr_array_index (form->children, form->children->len - 1);
  if (last->kind != IR_TYPE_ARRAY || last->n_elements > 0 || last->children == NULL)
    return FALSE;
  element = g_ptr_array_index (last->children, 0);
  if (element->size == 0)
    return FALSE;
  last->n_elements = (size - last->offset) / element->size;
  last->size = last->n_elements * element->size;
  return TRUE;
}

/* An array of such elements. (transfer full) for both */
SceneForm *
scene_form_new_elements (SceneForm *element, guint64 n_elements)
{
  SceneForm *form = make_form ("", IR_TYPE_ARRAY, element->size * n_elements);

  form->n_elements = n_elements;
  take_child (form, element);
  return form;
}

/* The tree of a value. (transfer full) */
SceneForm *
scene_form_new_from_node (const Facts *facts, guint32 index)
{
  const FactsNode *node = facts_get_node (facts, index);
  SceneForm *form = make_form (node->name, node->kind, node->size);

  form->node = index;
  form->is_char = (node->flags & FACTS_CHAR) != 0;
  form->n_elements = node->n_elements;
  for (guint32 i = 0; i < node->n_children; i++)
    {
      SceneForm *child = scene_form_new_from_node (facts, node->first_child + i);

      if (node->kind == IR_TYPE_ARRAY)
        child->element = child->name[0] == '[' ? g_ascii_strtoull (child->name + 1, NULL, 10) : i;
      take_child (form, child);
    }
  return form;
}

/* ---- elements ---- */

static const SceneForm *
get_element (const SceneForm *array)
{
  return array->children != NULL ? array->children->pdata[0] : NULL;
}

/* Whether an array's elements stand side by side: those without arrows and parts. */
gboolean
scene_form_is_compact (const SceneForm *form)
{
  const SceneForm *element = form->kind == IR_TYPE_ARRAY ? get_element (form) : NULL;

  if (form->kind != IR_TYPE_ARRAY)
    return FALSE;
  return element == NULL
         || (element->children == NULL && element->kind != IR_TYPE_POINTER
             && element->kind != IR_TYPE_ARRAY);
}

/* How many signs a value of this type is given. */
static guint
count_signs (const SceneForm *form)
{
  switch (form->kind)
    {
    case IR_TYPE_BOOL:
      return 3;
    case IR_TYPE_INT:
      if (form->is_char)
        return 4;
      return form->size <= 2 ? 5 : form->size == 4 ? 6 : 10;
    case IR_TYPE_FLOAT:
      return form->size == 4 ? 8 : 9;
    case IR_TYPE_ENUM:
      return 10;
    case IR_TYPE_VOID:
    case IR_TYPE_POINTER:
    case IR_TYPE_ARRAY:
    case IR_TYPE_STRUCT:
    case IR_TYPE_UNION:
    case IR_TYPE_FUNCTION:
    case IR_TYPE_VARIANT:
    case IR_TYPE_SLICE:
    case IR_TYPE_DYN:
    case IR_TYPE_PARAMETER:
    case IR_TYPE_APPLY:
    case IR_TYPE_ASSOCIATED:
      break;
    }
  return 6;
}

double
scene_form_get_element_width (const SceneForm *element)
{
  if (element == NULL || element->is_char)
    return 22.5;
  return MAX (34, count_signs (element) * 13 * ADVANCE + 8);
}

double
scene_form_get_cell_width (const SceneForm *form, const SceneMeasures *measures)
{
  if (form->kind == IR_TYPE_POINTER)
    return measures->field_pointer;
  return MAX (measures->field_pointer, count_signs (form) * 13 * ADVANCE + 8);
}

/* Seats of an array: fixed by its length, whatever is in it. */
guint
scene_form_get_n_seats (const SceneForm *array)
{
  const SceneForm *element = get_element (array);

  if (scene_form_is_compact (array) || element->kind == IR_TYPE_POINTER)
    return (guint)MIN (array->n_elements, SCENE_MAX_SEATS);
  return (guint)MIN (array->n_elements, 8);
}

guint
scene_form_get_per_row (const SceneForm *array, double width)
{
  double cell = scene_form_get_element_width (get_element (array));
  guint fits = (guint)MAX (1, (width + 2) / cell);

  return CLAMP (fits, 1, MAX (1, scene_form_get_n_seats (array)));
}

static void
add_pick (GArray *picks, gboolean is_gap, guint64 element, guint64 n_hidden, guint seat,
          guint extent)
{
  ScenePick pick = { is_gap, element, n_hidden, seat, extent };

  g_array_append_val (picks, pick);
}

static gboolean
is_touched (const SceneForm *element, const Facts *facts, const guint8 *is_pointed)
{
  const FactsNode *node = facts_get_node (facts, element->node);

  return (node->flags & (FACTS_CHANGED | FACTS_FAULT)) != 0 || is_pointed[element->node];
}

/* The touched elements between the first and the last ones, at most `limit`, by index. */
static GArray *
find_touched (const SceneForm *array, guint64 first, guint64 end, guint limit, const Facts *facts,
              const guint8 *is_pointed)
{
  GArray *touched = g_array_new (FALSE, FALSE, sizeof (guint64));

  for (guint i = 0; facts != NULL && i < array->children->len && touched->len < limit; i++)
    {
      const SceneForm *element = array->children->pdata[i];

      if (element->element >= first && element->element < end
          && is_touched (element, facts, is_pointed))
        g_array_append_val (touched, element->element);
    }
  return touched;
}

/* Fills the seats from `seat` on with the touched elements and gaps that share the rest evenly. */
static guint
pick_middle (GArray *picks, GArray *touched, guint64 first, guint64 end, guint seat, guint n_seats)
{
  guint n_gaps = 0;
  guint64 next = first;

  for (guint i = 0; i <= touched->len; i++)
    {
      guint64 stop = i < touched->len ? g_array_index (touched, guint64, i) : end;

      n_gaps += stop > next;
      next = stop + 1;
    }
  next = first;
  for (guint i = 0; i <= touched->len; i++)
    {
      guint64 stop = i < touched->len ? g_array_index (touched, guint64, i) : end;

      if (stop > next)
        {
          guint extent = (n_seats - (touched->len - i)) / n_gaps;

          n_seats -= extent;
          n_gaps--;
          add_pick (picks, TRUE, next, stop - next, seat, extent);
          seat += extent;
        }
      if (i < touched->len)
        {
          add_pick (picks, FALSE, stop, 0, seat++, 1);
          n_seats--;
        }
      next = stop + 1;
    }
  return seat;
}

/* Which elements are drawn where: all of a short array; of a long one the first, the last and, in seats between them that are
 * always the same, those that changed or are pointed to. (transfer full) of ScenePick. `facts` may be NULL: none is. */
GArray *
scene_form_pick (const SceneForm *array, const Facts *facts, const guint8 *is_pointed)
{
  GArray *picks = g_array_new (FALSE, FALSE, sizeof (ScenePick));
  const SceneForm *element = get_element (array);
  guint n_seats = scene_form_get_n_seats (array);
  guint n_first = element != NULL && element->is_char ? 8 : n_seats > 8 ? 4 : 2;
  guint n_last = n_seats > 8 ? 2 : 1;
  guint seat;
  g_autoptr (GArray) touched = NULL;

  if (array->n_elements <= n_seats)
    {
      for (guint i = 0; i < n_seats; i++)
        add_pick (picks, FALSE, i, 0, i, 1);
      return picks;
    }
  for (guint i = 0; i < n_first; i++)
    add_pick (picks, FALSE, i, 0, i, 1);
  touched = find_touched (array, n_first, array->n_elements - n_last,
                          (n_seats - n_first - n_last - 1) / 2, facts, is_pointed);
  seat = pick_middle (picks, touched, n_first, array->n_elements - n_last, n_first,
                      n_seats - n_first - n_last);
  for (guint i = 0; i < n_last; i++)
    add_pick (picks, FALSE, array->n_elements - n_last + i, 0, seat + i, 1);
  return picks;
}

/* ---- lines ---- */

/* An array's element is named "[3]" in a state and "" in a plan. */
static gboolean
is_element (const SceneForm *form)
{
  return form->name[0] == '[' || form->name[0] == '\0';
}

static double
measure_name (const SceneForm *form)
{
  return (is_element (form) ? 4 : MIN (16, strlen (form->name))) * 12 * ADVANCE;
}

typedef struct
{
  GArray *lines;
  const SceneMeasures *measures;
  double width;
  const Facts *facts;
  const guint8 *is_pointed;
} LineMaker;

static void
add_line (LineMaker *maker, SceneLineKind kind, const SceneForm *form, guint indent, double height)
{
  SceneLine line = { .kind = kind, .form = form, .indent = indent, .height = height };

  g_array_append_val (maker->lines, line);
}

static void add_value (LineMaker *maker, const SceneForm *form, guint indent);

static void
add_cells (LineMaker *maker, const SceneForm *form, guint indent, gboolean has_label)
{
  const SceneMeasures *measures = maker->measures;
  double width = maker->width - indent * INDENT - (has_label ? SCENE_LABEL_WIDTH : 0);
  guint n_seats = scene_form_get_n_seats (form);
  guint per_row = scene_form_get_per_row (form, width);
  guint n_rows = MAX (1, (n_seats + per_row - 1) / per_row);

  add_line (maker, SCENE_LINE_CELLS, form, indent,
            n_rows * (measures->element_height + measures->inner_gutter));
  g_array_index (maker->lines, SceneLine, maker->lines->len - 1).has_label = has_label;
}

static const SceneForm *
find_element (const SceneForm *array, guint64 index)
{
  for (guint i = 0; i < array->children->len; i++)
    if (((SceneForm *)array->children->pdata[i])->element == index)
      return array->children->pdata[i];
  return array->children->pdata[0];
}

static double
measure_element (LineMaker *maker, const SceneForm *element)
{
  guint n_before = maker->lines->len;
  double height = 0;

  add_value (maker, element, 0);
  for (guint i = n_before; i < maker->lines->len; i++)
    height += g_array_index (maker->lines, SceneLine, i).height;
  g_array_set_size (maker->lines, n_before);
  return height;
}

/* Elements one below the other: pointers, structs, arrays. */
static void
add_elements (LineMaker *maker, const SceneForm *array, guint indent)
{
  g_autoptr (GArray) picks = scene_form_pick (array, maker->facts, maker->is_pointed);
  double height = measure_element (maker, array->children->pdata[0]);

  for (guint i = 0; i < picks->len; i++)
    {
      const ScenePick *pick = &g_array_index (picks, ScenePick, i);

      if (pick->is_gap)
        {
          add_line (maker, SCENE_LINE_GAP, array, indent, pick->extent * height);
          g_array_index (maker->lines, SceneLine, maker->lines->len - 1).n_hidden = pick->n_hidden;
        }
      else
        add_value (maker, find_element (array, pick->element), indent);
    }
}

static void
add_children (LineMaker *maker, const SceneForm *form, guint indent)
{
  if (form->kind == IR_TYPE_ARRAY && !scene_form_is_compact (form))
    add_elements (maker, form, indent);
  else if (form->kind == IR_TYPE_ARRAY)
    add_cells (maker, form, indent, FALSE);
  else
    for (guint i = 0; i < form->children->len; i++)
      add_value (maker, form->children->pdata[i], indent);
}

static void
add_value (LineMaker *maker, const SceneForm *form, guint indent)
{
  if (form->children == NULL)
    add_line (maker, SCENE_LINE_FIELD, form, indent, maker->measures->field_height);
  else if (is_element (form) && scene_form_is_compact (form))
    add_cells (maker, form, indent, TRUE);
  else
    {
      add_line (maker, SCENE_LINE_HEAD, form, indent, maker->measures->field_height - 4);
      add_children (maker, form, MIN (indent + 1, 4));
    }
}

/* The lines of a value in `width` pixels; of a root its parts alone, without a line for itself. (transfer full) of SceneLine */
GArray *
scene_form_get_lines (const SceneForm *form, gboolean is_root, const SceneMeasures *measures,
                      double width, const Facts *facts, const guint8 *is_pointed)
{
  LineMaker maker
      = { g_array_new (FALSE, FALSE, sizeof (SceneLine)), measures, width, facts, is_pointed };

  if (is_root && form->children != NULL)
    add_children (&maker, form, 0);
  else
    add_value (&maker, form, 0);
  return maker.lines;
}

/* ---- blocks and slots ---- */

SceneBlockStyle
scene_form_get_style (const SceneForm *form, const SceneMeasures *measures)
{
  if (scene_form_is_compact (form) || (form->children == NULL && form->kind != IR_TYPE_POINTER))
    return SCENE_STYLE_CELLS;
  if (form->kind == IR_TYPE_STRUCT && measures->foot_height == 0 && form->children->len == 2)
    {
      const SceneForm *first = form->children->pdata[0];
      const SceneForm *second = form->children->pdata[1];

      if (first->children == NULL && first->kind != IR_TYPE_POINTER
          && second->kind == IR_TYPE_POINTER)
        return SCENE_STYLE_PAIR;
    }
  return SCENE_STYLE_FIELDS;
}

static double
measure_line_width (const SceneLine *line, const SceneMeasures *measures)
{
  double indent = line->indent * INDENT;

  switch (line->kind)
    {
    case SCENE_LINE_CELLS:
      return indent + (line->has_label ? SCENE_LABEL_WIDTH : 0)
             + scene_form_get_per_row (line->form, measures->cells_width - indent
                                                       - (line->has_label ? SCENE_LABEL_WIDTH : 0))
                   * scene_form_get_element_width (get_element (line->form));
    case SCENE_LINE_FIELD:
      return indent + measure_name (line->form) + 12
             + scene_form_get_cell_width (line->form, measures);
    case SCENE_LINE_HEAD:
      return indent + measure_name (line->form);
    case SCENE_LINE_GAP:
      break;
    }
  return indent + 60;
}

/* Size of a whole block of this form. */
void
scene_form_measure_block (const SceneForm *form, const SceneMeasures *measures, double *width,
                          double *height)
{
  g_autoptr (GArray) lines = NULL;

  if (scene_form_get_style (form, measures) == SCENE_STYLE_PAIR)
    {
      *width = SCENE_PAIR_WIDTH;
      *height = measures->head_height + 30;
      return;
    }
  lines = scene_form_get_lines (form, TRUE, measures, measures->cells_width, NULL, NULL);
  *width = measures->minimum_width;
  *height = measures->head_height;
  for (guint i = 0; i < lines->len; i++)
    {
      const SceneLine *line = &g_array_index (lines, SceneLine, i);

      *width = MAX (*width, measure_line_width (line, measures) + 2 * measures->pad);
      *height += line->height;
    }
  *height += measures->foot_height > 0 ? measures->foot_height : 6;
  *width = (double)(((guint)(*width + 7)) / 8 * 8);
}

/* Height of a variable's rows in a frame. */
double
scene_form_measure_slot (const SceneForm *form, const SceneMeasures *measures)
{
  double height = measures->slot_height;
  g_autoptr (GArray) lines = NULL;

  if (form->children == NULL)
    return height;
  lines = scene_form_get_lines (form, TRUE, measures, measures->stack_width - 32, NULL, NULL);
  for (guint i = 0; i < lines->len; i++)
    height += g_array_index (lines, SceneLine, i).height;
  return height + 4;
}
