/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene-plan.h"

G_BEGIN_DECLS

/* A scene while it is being made: one file draws the stack, one the heap, one the data region, each on this. Lengths are
 * pixels at 100 %; the finished list is multiplied by the text scale at the very end. */

/* Where an arrow may leave and enter a box: the free gutters around it. */
typedef enum
{
  SCENE_ZONE_STACK, /* left and entered at the right edge, from the channel between stack and heap */
  SCENE_ZONE_HEAP,  /* entered at the left edge */
  SCENE_ZONE_DATA,  /* entered at the left edge */
} SceneZone;

typedef struct
{
  double low, high;
} SceneRange;

typedef struct
{
  SceneZone zone;
  guint32 item; /* the box */
  guint band;   /* boxes of one band share the gutter above them */
  guint column;
  SceneRange left, right;  /* x of the gutters at its sides */
  SceneRange above, below; /* y of the gutters of its band and of the next */
} SceneSpot;

/* Where the picture of a value is. */
typedef struct
{
  guint32 item; /* SCENE_NO_ITEM: it is not drawn */
  guint32 spot;
  gboolean is_whole;   /* the spot's own box */
  gboolean is_element; /* in a row of elements: entered from the gutter above the row */
  double gutter;       /* y of that gutter */
  double y;            /* middle of its row */
  gboolean has_sign;   /* a pointer's begin is drawn at … */
  double sign_x, sign_y;
} SceneAnchor;

typedef struct
{
  Scene *scene;
  const Facts *facts;
  ScenePlan *plan;
  const SceneMeasures *measures;
  SceneFonts *fonts; /* not owned when the caller's */
  const SceneOptions *options;
  double width, height; /* of the canvas at 100 % */
  guint8 *is_pointed;   /* by node: a pointer leads there */
  SceneAnchor *anchors; /* by node */
  guint32 *block_items; /* by index in the facts' blocks; SCENE_NO_ITEM: not drawn on its own */
  guint32 *block_spots;
  GArray *spots;       /* of SceneSpot */
  guint32 spot;        /* of what is being drawn */
  guint32 card;        /* of the region that is being drawn */
  double top;          /* of the regions */
  double left, right;  /* of the picture */
  double stack_height; /* room kept for frames */
  SceneRange channel;  /* x between stack and heap */
  double heap_left, heap_width, heap_height;
  SceneRange corridor; /* x inside the heap's card, left of all its blocks */
  double data_top, data_height;
  gboolean is_data_under_stack;
} SceneBuild;

typedef enum
{
  SCENE_ALIGN_START,
  SCENE_ALIGN_CENTRE,
  SCENE_ALIGN_END,
} SceneAlign;

static inline SceneItem *
scene_build_get_item (SceneBuild *build, guint32 index)
{
  return &g_array_index (build->scene->items, SceneItem, index);
}

static inline SceneBox *
scene_build_get_box (SceneBuild *build, guint32 index)
{
  return &scene_build_get_item (build, index)->box;
}

const char *scene_build_id (SceneBuild *build, const char *format, ...) G_GNUC_PRINTF (2, 3);
guint32 scene_build_box (SceneBuild *build, guint32 owner, const SceneBox *box);
double scene_build_text (SceneBuild *build, guint32 owner, SceneRole role, const char *text,
                         double x, double middle, double most_width, SceneAlign align);
void scene_build_sign (SceneBuild *build, guint32 owner, SceneSignKind kind, SceneColour colour,
                       double x, double y, double size);
void scene_build_heading (SceneBuild *build, const char *heading, const char *caption, double x,
                          double y, double width);
guint32 scene_build_spot (SceneBuild *build, const SceneSpot *spot);
SceneAnchor *scene_build_anchor (SceneBuild *build, guint32 node, guint32 item);

/* ---- values ---- */

typedef enum
{
  SCENE_LOOK_VARIABLE = 1 << 0, /* a variable's large cell */
  SCENE_LOOK_STALE = 1 << 1,    /* in a popped frame or freed block */
  SCENE_LOOK_SEAMLESS = 1 << 2, /* no edge of its own */
} SceneLook;

guint32 scene_build_cell (SceneBuild *build, guint32 owner, guint32 node, double x, double y,
                          double width, double height, guint look);
void scene_build_lines (SceneBuild *build, guint32 owner, const SceneForm *form, const char *id,
                        double x, double y, double width, double bottom, guint look);

/* ---- regions ---- */

void scene_build_stack (SceneBuild *build);
void scene_build_heap (SceneBuild *build);
void scene_build_crowd (SceneBuild *build);
double scene_build_measure_crowd (SceneBuild *build);
void scene_build_block (SceneBuild *build, guint index, double x, double y, double width,
                        double height, guint32 flags, guint32 owner);
void scene_build_chip (SceneBuild *build, guint index, double x, double y, guint32 flags,
                       guint32 owner);
double scene_build_measure_data (SceneBuild *build, gboolean is_under_stack);
void scene_build_data (SceneBuild *build);
void scene_build_arrows (SceneBuild *build);

G_END_DECLS
