/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene.h"

G_BEGIN_DECLS

/* The form of a value: its type as a tree, with the node it stands for where there is one. The plan measures forms made from
 * the survey's parts, the scene draws forms made from a state's nodes, and both go through the same lines, so what is drawn
 * has the size that was planned. All lengths are pixels at 100 %. */

typedef struct
{
  const char *name; /* borrowed from the survey or the facts */
  IrTypeKind kind;
  gboolean is_char;
  guint64 size;
  guint64 offset;      /* in a plan, of a field: bytes from the beginning of its struct */
  guint64 n_elements;  /* ARRAY */
  guint64 element;     /* of an array's element: its index */
  guint32 node;        /* FACTS_NO_NODE in a plan */
  GPtrArray *children; /* of SceneForm, owned, or NULL; a plan's ARRAY has one for all elements */
} SceneForm;

SceneForm *scene_form_new_from_parts (GArray *parts, guint *next);
SceneForm *scene_form_new_elements (SceneForm *element, guint64 n_elements);
SceneForm *scene_form_new_from_node (const Facts *facts, guint32 node);
gboolean scene_form_stretch (SceneForm *form, guint64 size);
void scene_form_free (SceneForm *form);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SceneForm, scene_form_free)

/* How much room there is: roomy where a run has few blocks, dense where it has many. */
typedef struct
{
  double stack_width;
  double slot_height;   /* row of a variable */
  double slot_cell;     /* width of its value's cell */
  double cell_height;   /* of a variable's cell */
  double head_height;   /* of a block */
  double foot_height;   /* address and place of birth; 0: left out */
  double field_height;  /* row of a field */
  double field_cell;    /* height of its value's cell */
  double field_pointer; /* width of a pointer's cell */
  double element_height;
  double inner_gutter; /* above a row of elements: where arrows to them run */
  double pad;          /* between a block's edge and what is in it */
  double cells_width;  /* longest row of elements */
  double minimum_width;
  gboolean has_addresses;
} SceneMeasures;

const SceneMeasures *scene_measures_get (gboolean is_dense);

/* Which of an array's elements are drawn, in which seat. */
typedef struct
{
  gboolean is_gap;
  guint64 element; /* gap: the first hidden one */
  guint64 n_hidden;
  guint seat; /* from 0 */
  guint extent;
} ScenePick;

#define SCENE_MAX_SEATS 16

GArray *scene_form_pick (const SceneForm *array, const Facts *facts, const guint8 *is_pointed);

typedef enum
{
  SCENE_LINE_FIELD, /* name and cell */
  SCENE_LINE_HEAD,  /* name alone; what it holds follows */
  SCENE_LINE_CELLS, /* elements side by side */
  SCENE_LINE_GAP,   /* "… 84 …" */
} SceneLineKind;

typedef struct
{
  SceneLineKind kind;
  const SceneForm *form;
  guint64 n_hidden; /* GAP */
  guint indent;
  gboolean has_label; /* CELLS: the name stands before them */
  double height;
} SceneLine;

typedef enum
{
  SCENE_STYLE_CELLS,  /* a row of elements */
  SCENE_STYLE_FIELDS, /* rows of name and cell */
  SCENE_STYLE_PAIR, /* a value and a pointer side by side: an item of a list, where room is scarce */
} SceneBlockStyle;

gboolean scene_form_is_compact (const SceneForm *form);
double scene_form_get_element_width (const SceneForm *element);
double scene_form_get_cell_width (const SceneForm *form, const SceneMeasures *measures);
guint scene_form_get_n_seats (const SceneForm *array);
guint scene_form_get_per_row (const SceneForm *array, double width);
GArray *scene_form_get_lines (const SceneForm *form, gboolean is_root,
                              const SceneMeasures *measures, double width, const Facts *facts,
                              const guint8 *is_pointed);
SceneBlockStyle scene_form_get_style (const SceneForm *form, const SceneMeasures *measures);
void scene_form_measure_block (const SceneForm *form, const SceneMeasures *measures, double *width,
                               double *height);
double scene_form_measure_slot (const SceneForm *form, const SceneMeasures *measures);

#define SCENE_FRAME_HEAD 32.0
#define SCENE_LABEL_WIDTH 40.0

G_END_DECLS
