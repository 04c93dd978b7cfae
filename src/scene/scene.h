/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "facts/facts.h"
#include "history/history-survey.h"

G_BEGIN_DECLS

/* One state of a run as a picture: a display list of boxes, words, signs and arrows.
 *
 * A plan is made once from the survey of the whole run and gives every heap block its seat, so that a box never moves. A scene
 * is made from a plan and the facts of one state. Both are immutable, reference counted and may be made on one thread and used
 * on another. Painting, hit test, accessible words, export and tests all read the one list. */

/* ---- colours and words ---- */

typedef enum
{
#define COLOUR(id, light, dark, contrast) SCENE_COLOUR_##id,
#include "scene-palette.def"
#undef COLOUR
  SCENE_N_COLOURS,
  SCENE_COLOUR_NONE = SCENE_N_COLOURS,
} SceneColour;

typedef enum
{
  SCENE_PALETTE_LIGHT,
  SCENE_PALETTE_DARK,
  SCENE_PALETTE_CONTRAST,
} ScenePaletteKind;

typedef struct
{
  guint32 rgb[SCENE_N_COLOURS]; /* 0xrrggbb */
} ScenePalette;

const ScenePalette *scene_palette_get (ScenePaletteKind kind);
void scene_palette_set_source (const ScenePalette *palette, SceneColour colour, double alpha,
                               cairo_t *cr);

typedef enum
{
#define ROLE(id, is_code, size, weight, colour) SCENE_ROLE_##id,
#include "scene-role.def"
#undef ROLE
  SCENE_N_ROLES,
} SceneRole;

const char *scene_role_get_name (SceneRole role);
SceneColour scene_role_get_colour (SceneRole role);

/* Fonts and shaped words, kept between scenes. One per thread. */
typedef struct _SceneFonts SceneFonts;

SceneFonts *scene_fonts_new (void);
void scene_fonts_free (SceneFonts *fonts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SceneFonts, scene_fonts_free)
void scene_fonts_measure (SceneFonts *fonts, SceneRole role, double scale, const char *text,
                          double *width, double *height);

/* ---- the plan ---- */

typedef struct _ScenePlan ScenePlan;

ScenePlan *scene_plan_new (HistorySurvey *survey);
ScenePlan *scene_plan_ref (ScenePlan *plan);
void scene_plan_unref (ScenePlan *plan);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (ScenePlan, scene_plan_unref)

/* Where the plan seats a block, as a table reads: the row of its strip, the line in it, the column. For tests. */
typedef struct
{
  guint strip;
  guint line; /* of a chain that wraps: how often it did */
  guint column;
  double row; /* of the line; a parent stands in the middle of its children */
} ScenePlace;

gboolean scene_plan_get_place (ScenePlan *plan, guint number, ScenePlace *place);

/* ---- the display list ---- */

#define SCENE_NO_ITEM G_MAXUINT32

typedef enum
{
  SCENE_BOX_REGION,   /* stack, heap, data region: the card that holds it */
  SCENE_BOX_FRAME,    /* one call */
  SCENE_BOX_HEAD,     /* the head of a frame or block */
  SCENE_BOX_SLOT,     /* the row of a variable */
  SCENE_BOX_BLOCK,    /* one heap block */
  SCENE_BOX_FIELD,    /* the row of a field or element */
  SCENE_BOX_CELL,     /* where a value stands */
  SCENE_BOX_CONSTANT, /* a read-only constant */
  SCENE_BOX_GLOBAL,   /* a variable of the data region */
  SCENE_BOX_CHIP,     /* a heap block where there are many */
  SCENE_BOX_GROUP,    /* many heap blocks of one type and state */
  SCENE_BOX_COLUMN,   /* a stretch of the heap in the strip of coverage */
} SceneBoxRole;

typedef enum
{
  SCENE_EDGE_NONE,
  SCENE_EDGE_THIN,  /* 1 px */
  SCENE_EDGE_THICK, /* 2 px: an error */
  SCENE_EDGE_CHANGED /* 3 px */,
  SCENE_EDGE_DASHED,       /* 1 px */
  SCENE_EDGE_DASHED_THICK, /* 2 px */
} SceneEdge;

typedef enum
{
  SCENE_CHANGED = 1 << 0,   /* in the step just taken */
  SCENE_FREED = 1 << 1,     /* a freed block or popped frame */
  SCENE_FAULTY = 1 << 2,    /* the fault is about it */
  SCENE_UNDEFINED = 1 << 3, /* holds no value yet */
  SCENE_DANGLING = 1 << 4,  /* a pointer to what is gone */
  SCENE_LEAKED = 1 << 5,
  SCENE_HATCHED = 1 << 6, /* drawn with stripes */
  SCENE_FLOATING
      = 1
        << 7, /* its place depends on the state: an element in the middle of a long array, a crowd's block */
  SCENE_CLIPPED = 1 << 8, /* its text was shortened; the whole is in the facts */
} SceneFlags;

typedef enum
{
  SCENE_ITEM_BOX,
  SCENE_ITEM_TEXT,
  SCENE_ITEM_SIGN,
  SCENE_ITEM_ARROW,
} SceneItemKind;

/* What a box is about, as an index in the facts' arrays. */
typedef enum
{
  SCENE_ABOUT_NOTHING,
  SCENE_ABOUT_REGION, /* index: FactsRegion */
  SCENE_ABOUT_FRAME,
  SCENE_ABOUT_BLOCK,
  SCENE_ABOUT_GLOBAL,
  SCENE_ABOUT_NODE,
  SCENE_ABOUT_GROUP, /* index: how many blocks */
} SceneAbout;

typedef struct
{
  SceneBoxRole role;
  double x, y, width, height;
  double radius;
  SceneColour fill, edge_colour;
  SceneEdge edge;
  guint32 flags; /* SceneFlags */
  const char *
      id; /* "block:3", "frame:2", "slot:2:x", "global:made"; stable over the run; NULL: just drawn */
  SceneAbout about;
  guint32 index;
} SceneBox;

typedef struct
{
  SceneRole role;
  SceneColour colour;
  double x, y, width, height; /* extents */
  const char *text;
} SceneText;

typedef enum
{
  SCENE_SIGN_DOT,     /* a pointer's begin */
  SCENE_SIGN_CROSSED, /* a circle with a cross: a dangling pointer's begin */
  SCENE_SIGN_CHANGED, /* the dot of a changed cell */
  SCENE_SIGN_LOCK,    /* read-only */
} SceneSignKind;

typedef struct
{
  SceneSignKind kind;
  SceneColour colour;
  double x, y; /* centre */
  double size;
} SceneSign;

typedef enum
{
  SCENE_ARROW_LIVE,
  SCENE_ARROW_DANGLING, /* grey, dashed */
  SCENE_ARROW_FAULTY,   /* red, dashed: it was used */
} SceneArrowStyle;

typedef struct
{
  SceneArrowStyle style;
  gboolean is_faint;   /* one of many, and not about this step */
  gboolean is_curve;   /* the four points are those of a cubic */
  guint32 from, to;    /* items: a cell, and a block, cell, slot or constant */
  guint32 first_point; /* in the scene's points */
  guint32 n_points;
} SceneArrow;

typedef struct
{
  double x, y;
} ScenePoint;

typedef struct
{
  SceneItemKind kind;
  guint32 owner; /* the box it stands in, SCENE_NO_ITEM: none */
  union
  {
    SceneBox box;
    SceneText text;
    SceneSign sign;
    SceneArrow arrow;
  };
} SceneItem;

typedef struct
{
  gatomicrefcount reference_count;
  double width, height; /* of the whole picture; may exceed what was asked for */
  double scale;         /* of the text */
  GArray *items;        /* of SceneItem, in the order they are painted */
  GArray *points;       /* of ScenePoint */
  Facts *facts;         /* owned */
  GStringChunk *strings;
} Scene;

/* Extents of a text at 100 %, in pixels. */
typedef void (*SceneMeasure) (SceneRole role, const char *text, double *width, double *height,
                              gpointer data);

typedef struct
{
  double width, height; /* pixels at hand */
  double text_scale;    /* 1.0 = 100 %; 0 counts as 1 */
  SceneFonts *fonts;    /* (nullable) this thread's, kept between scenes */
  SceneMeasure measure; /* (nullable) instead of fonts: for tests */
  gpointer measure_data;
} SceneOptions;

Scene *scene_new (Facts *facts, ScenePlan *plan, const SceneOptions *options);
Scene *scene_ref (Scene *scene);
void scene_unref (Scene *scene);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_unref)

static inline const SceneItem *
scene_get_item (const Scene *scene, guint32 index)
{
  g_assert (index < scene->items->len);
  return &g_array_index (scene->items, SceneItem, index);
}

/* An arrow as a line of short pieces, curve and all. (transfer full) of ScenePoint */
GArray *scene_flatten_arrow (const Scene *scene, const SceneArrow *arrow);

/* ---- what can be done with it ---- */

/* Fonts may be NULL: they are then made for this call. */
void scene_paint (const Scene *scene, cairo_t *cr, const ScenePalette *palette, SceneFonts *fonts);

/* The topmost box with an id at a point; SCENE_NO_ITEM: none. */
guint32 scene_hit_test (const Scene *scene, double x, double y);
guint32 scene_find (const Scene *scene, const char *id);

/* A sentence about a box, for tooltips and screen readers. (transfer full) (nullable) */
char *scene_describe (const Scene *scene, guint32 item);

/* The state as plain text. (transfer full) */
char *scene_to_text (const Facts *facts);

typedef enum
{
  SCENE_FORMAT_SVG,
  SCENE_FORMAT_PDF,
  SCENE_FORMAT_PNG,
  SCENE_FORMAT_TEXT,
} SceneFormat;

/* The format that a file's name asks for; FALSE: none of them. */
gboolean scene_format_from_path (const char *path, SceneFormat *format);
/* The picture as a file's bytes: the same scene and palette give the same bytes. (transfer full) */
GBytes *scene_export (const Scene *scene, SceneFormat format, const ScenePalette *palette);

/* One sentence for the step from one state to the next. `source` is the learner's text, or NULL. (transfer full) */
char *scene_narrate (const Facts *before, const Facts *now, const char *source);

G_END_DECLS
