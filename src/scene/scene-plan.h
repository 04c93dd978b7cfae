/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene-form.h"

G_BEGIN_DECLS

/* Inside of a plan. Lengths are pixels at 100 %, from the heap's corner. */

/* How much of each block is drawn: decided once for a run, by how many blocks are there at the same time. */
typedef enum
{
  SCENE_LEVEL_WHOLE,  /* boxes with all their fields */
  SCENE_LEVEL_CHIPS,  /* more than 60: type and state */
  SCENE_LEVEL_CROWDS, /* more than 300: groups, and whole boxes for the few that matter */
} SceneLevel;

#define SCENE_MOST_WHOLE 60
#define SCENE_MOST_CHIPS 300
#define SCENE_CHIP_WIDTH 64.0
#define SCENE_CHIP_HEIGHT 24.0
#define SCENE_PAIR_WIDTH 76.0
#define SCENE_LEAST_BELOW 14.0 /* free below the last line of a strip */

/* One line of a strip: columns of seats with free gutters between them and one above, where arrows run. */
typedef struct
{
  guint strip;
  double gutter;        /* top of the gutter above it */
  double gutter_height; /* its height; the seats begin below */
  double bottom;
  guint n_columns;
  GArray
      *columns; /* of SceneColumn; one more than there are columns: the gutter at the right end */
} SceneBand;

typedef struct
{
  double gutter; /* left end of the gutter before the column */
  double gutter_width;
  double width;
} SceneColumn;

typedef struct
{
  gboolean has_seat;
  ScenePlace place;
  guint band; /* index in bands */
  double x, y, width, height;
} SceneSeat;

#define SCENE_NO_BLOCK 0

/* The forest of heaviest edges. Indices are block numbers, from 1. */
typedef struct
{
  guint n_blocks;
  guint32 *parent; /* 0: a root */
  guint64 *offset; /* of the word that holds it */
  guint32 *chain;  /* its only child of its own shape, 0: none */
  GArray **others; /* of guint32: its other children in field order; NULL: none */
  GArray *roots;   /* of guint32, in order */
} SceneForest;

struct _ScenePlan
{
  gatomicrefcount reference_count;
  HistorySurvey *survey; /* owned */
  SceneLevel level;
  gboolean is_dense;
  guint n_blocks;
  SceneSeat *seats; /* by number */
  GArray *bands;    /* of SceneBand */
  double width, height;
};

SceneForest *scene_forest_new (HistorySurvey *survey);
void scene_forest_free (SceneForest *forest);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SceneForest, scene_forest_free)

/* Rows and columns of one strip; the lines are appended to `n_lines`. */
guint scene_forest_place (SceneForest *forest, guint32 root, guint strip, guint n_columns,
                          SceneSeat *seats);

void scene_plan_measure (ScenePlan *plan, SceneForest *forest);
SceneForm *scene_plan_dup_form (ScenePlan *plan, const HistoryLife *life);
const SceneSeat *scene_plan_get_seat (ScenePlan *plan, guint number);
guint scene_plan_count_at_once (HistorySurvey *survey);
double scene_measure_stands (HistorySurvey *survey, const SceneMeasures *measures, double most);

static inline const HistoryLife *
scene_plan_get_life (HistorySurvey *survey, guint number)
{
  return &g_array_index (survey->lives, HistoryLife, number - 1);
}

G_END_DECLS
