/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/scene.h"

G_BEGIN_DECLS

/* What must hold of every picture, counted. All but the crossings must be 0. */
typedef struct
{
  guint n_overlaps; /* boxes over their neighbours, words over words */
  guint
      n_clipped; /* words that do not fit into their box, or are wider in their font than planned */
  guint n_struck;    /* arrows through a word */
  guint n_moved;     /* boxes that stand elsewhere than in the state before */
  guint n_crossings; /* arrows over arrows */
  guint n_boxes;
  char *first; /* owned; about the first trouble, for the test's message */
} SceneMetrics;

void scene_metrics_clear (SceneMetrics *metrics);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SceneMetrics, scene_metrics_clear)

/* Adds what is wrong with a scene. Fonts: measure each word again as it will be painted; NULL: trust the list. */
void scene_metrics_check (SceneMetrics *metrics, const Scene *scene, SceneFonts *fonts);

/* Adds the boxes that moved from one state of a run to another. */
void scene_metrics_compare (SceneMetrics *metrics, const Scene *before, const Scene *now);

/* The display list as text, in whole pixels. (transfer full) */
char *scene_metrics_print (const Scene *scene);

/* Every sign is as wide as 0.6 of its size: no font is asked. */
void scene_metrics_measure (SceneRole role, const char *text, double *width, double *height,
                            gpointer data);

G_END_DECLS
