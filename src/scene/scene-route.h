/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene-build.h"

G_BEGIN_DECLS

/* Arrows while their ways are being found: scene-arrow.c finds them, scene-lane.c keeps them apart. */

#define SCENE_MOST_LEGS 6

typedef struct
{
  guint gutter; /* index in gutters */
  double position;
} SceneLeg;

typedef struct
{
  guint32 from, to; /* items */
  guint32 target_spot;
  SceneArrowStyle style;
  gboolean is_weighty; /* keeps its ink among many */
  gboolean is_whole;   /* leads to a whole box: any place of its left edge will do */
  gboolean has_tail;   /* goes on inside to a cell of a row, from above */
  double tail_x, tail_y;
  double start_x, start_y, end_x, end_y;
  double low, high; /* where its end may be */
  guint n_legs;
  SceneLeg legs[SCENE_MOST_LEGS];
} SceneWay;

typedef struct
{
  gboolean is_upright;
  SceneRange range;
  guint n_lanes;
} SceneGutter;

typedef struct
{
  SceneBuild *build;
  GArray *ways;    /* of SceneWay */
  GArray *gutters; /* of SceneGutter */
} SceneRouter;

void scene_route_choose_ports (SceneRouter *router);
void scene_route_choose_lanes (SceneRouter *router);

G_END_DECLS
