/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The checks of scene-metrics.h. Plain loops over pairs: a picture has some hundreds of items. */

#include "scene-metrics.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SLACK 0.6 /* pixels */

void
scene_metrics_clear (SceneMetrics *metrics)
{
  g_clear_pointer (&metrics->first, g_free);
}

static void
complain (SceneMetrics *metrics, guint *count, const char *format, const char *a, const char *b)
{
  (*count)++;
  if (metrics->first == NULL)
    metrics->first = g_strdup_printf ("%s: %s, %s", format, a, b);
}

static const char *
name_box (const SceneBox *box)
{
  return box->id != NULL ? box->id : "a box";
}

static gboolean
do_overlap (double ax, double ay, double aw, double ah, double bx, double by, double bw, double bh)
{
  return ax + aw > bx + SLACK && bx + bw > ax + SLACK && ay + ah > by + SLACK
         && by + bh > ay + SLACK;
}

static gboolean
counts_for_overlap (const SceneBox *box)
{
  return box->role != SCENE_BOX_HEAD && box->role != SCENE_BOX_COLUMN;
}

static void
check_pair (SceneMetrics *metrics, const SceneItem *a, const SceneItem *b)
{
  if (a->kind == SCENE_ITEM_TEXT && b->kind == SCENE_ITEM_TEXT
      && do_overlap (a->text.x, a->text.y, a->text.width, a->text.height, b->text.x, b->text.y,
                     b->text.width, b->text.height))
    complain (metrics, &metrics->n_overlaps, "words overlap", a->text.text, b->text.text);
  if (a->kind == SCENE_ITEM_BOX && b->kind == SCENE_ITEM_BOX && a->owner == b->owner
      && counts_for_overlap (&a->box) && counts_for_overlap (&b->box)
      && do_overlap (a->box.x, a->box.y, a->box.width, a->box.height, b->box.x, b->box.y,
                     b->box.width, b->box.height))
    complain (metrics, &metrics->n_overlaps, "boxes overlap", name_box (&a->box),
              name_box (&b->box));
}

static void
check_text (SceneMetrics *metrics, const Scene *scene, const SceneItem *item, SceneFonts *fonts)
{
  const SceneText *text = &item->text;
  double left = 0, top = 0, right = scene->width, bottom = scene->height;
  double width = text->width, height = text->height;

  if (item->owner != SCENE_NO_ITEM)
    {
      const SceneBox *owner = &scene_get_item (scene, item->owner)->box;

      left = owner->x;
      top = owner->y;
      right = owner->x + owner->width;
      bottom = owner->y + owner->height;
    }
  if (fonts != NULL)
    scene_fonts_measure (fonts, text->role, scene->scale, text->text, &width, &height);
  if (text->x < left - SLACK || text->x + width > right + SLACK || text->y < top - 2
      || text->y + height > bottom + 2 || width > text->width + SLACK)
    complain (metrics, &metrics->n_clipped, "does not fit", text->text,
              scene_role_get_name (text->role));
}

static gboolean
is_in_text (const SceneText *text, double x, double y)
{
  return x > text->x + 1 && x < text->x + text->width - 1 && y > text->y + 2
         && y < text->y + text->height - 2;
}

static void
check_arrow_piece (SceneMetrics *metrics, const Scene *scene, const ScenePoint *a,
                   const ScenePoint *b)
{
  double length = hypot (b->x - a->x, b->y - a->y);
  guint n = (guint)(length / 2) + 1;

  for (guint i = 0; i < scene->items->len; i++)
    {
      const SceneItem *item = scene_get_item (scene, i);

      for (guint j = 0; item->kind == SCENE_ITEM_TEXT && j <= n; j++)
        if (is_in_text (&item->text, a->x + (b->x - a->x) * j / n, a->y + (b->y - a->y) * j / n))
          {
            complain (metrics, &metrics->n_struck, "an arrow runs through", item->text.text,
                      scene_role_get_name (item->text.role));
            break;
          }
    }
}

static double
turn (const ScenePoint *a, const ScenePoint *b, const ScenePoint *c)
{
  return (b->x - a->x) * (c->y - a->y) - (b->y - a->y) * (c->x - a->x);
}

static gboolean
do_cross (const ScenePoint *a, const ScenePoint *b, const ScenePoint *c, const ScenePoint *d)
{
  return turn (a, b, c) * turn (a, b, d) < 0 && turn (c, d, a) * turn (c, d, b) < 0;
}

static void
count_crossings (SceneMetrics *metrics, GArray *a, GArray *b)
{
  for (guint i = 1; i < a->len; i++)
    for (guint j = 1; j < b->len; j++)
      if (do_cross (&g_array_index (a, ScenePoint, i - 1), &g_array_index (a, ScenePoint, i),
                    &g_array_index (b, ScenePoint, j - 1), &g_array_index (b, ScenePoint, j)))
        metrics->n_crossings++;
}

static void
check_arrows (SceneMetrics *metrics, const Scene *scene)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);

  for (guint i = 0; i < scene->items->len; i++)
    if (scene_get_item (scene, i)->kind == SCENE_ITEM_ARROW)
      {
        GArray *line = scene_flatten_arrow (scene, &scene_get_item (scene, i)->arrow);

        g_ptr_array_add (lines, line);
        for (guint j = 1; j < line->len; j++)
          check_arrow_piece (metrics, scene, &g_array_index (line, ScenePoint, j - 1),
                             &g_array_index (line, ScenePoint, j));
      }
  for (guint i = 0; i < lines->len; i++)
    for (guint j = i + 1; j < lines->len; j++)
      count_crossings (metrics, lines->pdata[i], lines->pdata[j]);
}

void
scene_metrics_check (SceneMetrics *metrics, const Scene *scene, SceneFonts *fonts)
{
  for (guint i = 0; i < scene->items->len; i++)
    {
      const SceneItem *item = scene_get_item (scene, i);

      metrics->n_boxes += item->kind == SCENE_ITEM_BOX;
      if (item->kind == SCENE_ITEM_TEXT)
        check_text (metrics, scene, item, fonts);
      for (guint j = i + 1; j < scene->items->len; j++)
        check_pair (metrics, item, scene_get_item (scene, j));
    }
  check_arrows (metrics, scene);
}

/* ---- movement ---- */

static const FactsFrame *
get_frame (const Facts *facts, guint depth)
{
  for (guint i = 0; i < facts->frames->len; i++)
    if (g_array_index (facts->frames, FactsFrame, i).depth == depth)
      return &g_array_index (facts->frames, FactsFrame, i);
  return NULL;
}

/* "frame:2" is another call when another function stands there, or below it. */
static gboolean
is_same_call (const char *id, const Facts *before, const Facts *now)
{
  guint depth;

  if (g_str_has_prefix (id, "frame:"))
    depth = (guint)atoi (id + strlen ("frame:"));
  else if (g_str_has_prefix (id, "slot:"))
    depth = (guint)atoi (id + strlen ("slot:"));
  else
    return TRUE;
  for (guint i = 1; i <= depth; i++)
    {
      const FactsFrame *a = get_frame (before, i), *b = get_frame (now, i);

      if (a == NULL || b == NULL || strcmp (a->function, b->function) != 0 || a->state != b->state)
        return FALSE;
    }
  return TRUE;
}

void
scene_metrics_compare (SceneMetrics *metrics, const Scene *before, const Scene *now)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < before->items->len; i++)
    {
      const SceneItem *item = scene_get_item (before, i);

      if (item->kind == SCENE_ITEM_BOX && item->box.id != NULL
          && (item->box.flags & SCENE_FLOATING) == 0)
        g_hash_table_insert (places, (gpointer)item->box.id, (gpointer)item);
    }
  for (guint i = 0; i < now->items->len; i++)
    {
      const SceneItem *item = scene_get_item (now, i);
      const SceneItem *old = item->kind == SCENE_ITEM_BOX && item->box.id != NULL
                                 ? g_hash_table_lookup (places, item->box.id)
                                 : NULL;

      if (old == NULL || (item->box.flags & SCENE_FLOATING) != 0
          || !is_same_call (item->box.id, before->facts, now->facts))
        continue;
      if (fabs (old->box.x - item->box.x) > SLACK || fabs (old->box.y - item->box.y) > SLACK)
        complain (metrics, &metrics->n_moved, "moved", item->box.id, "");
    }
}

/* ---- printing ---- */

void
scene_metrics_measure (SceneRole role, const char *text, double *width, double *height,
                       gpointer data)
{
  static const int sizes[] = {
#define ROLE(id, is_code, size, weight, colour) size,
#include "scene/scene-role.def"
#undef ROLE
  };

  *width = g_utf8_strlen (text, -1) * sizes[role] * 0.6;
  *height = sizes[role] * 1.3;
}

static const char *
name_role (SceneBoxRole role)
{
  static const char *const names[] = { "region", "frame",    "head",   "slot", "block", "field",
                                       "cell",   "constant", "global", "chip", "group", "column" };

  return names[role];
}

static void
print_flags (GString *text, guint32 flags)
{
  static const char *const names[]
      = { "changed", "freed", "faulty", "undefined", "dangling", "leaked" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((flags & (1u << i)) != 0)
      g_string_append_printf (text, " %s", names[i]);
}

char *
scene_metrics_print (const Scene *scene)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < scene->items->len; i++)
    {
      const SceneItem *item = scene_get_item (scene, i);

      switch (item->kind)
        {
        case SCENE_ITEM_BOX:
          g_string_append_printf (text, "%s %s %.0f,%.0f %.0fx%.0f", name_role (item->box.role),
                                  item->box.id != NULL ? item->box.id : "-", item->box.x,
                                  item->box.y, item->box.width, item->box.height);
          print_flags (text, item->box.flags);
          break;
        case SCENE_ITEM_TEXT:
          g_string_append_printf (text, "  text %s %.0f,%.0f \"%s\"",
                                  scene_role_get_name (item->text.role), item->text.x, item->text.y,
                                  item->text.text);
          break;
        case SCENE_ITEM_SIGN:
          g_string_append_printf (text, "  sign %u %.0f,%.0f", item->sign.kind, item->sign.x,
                                  item->sign.y);
          break;
        case SCENE_ITEM_ARROW:
          g_string_append_printf (text, "arrow %u to %s", item->arrow.style,
                                  name_box (&scene_get_item (scene, item->arrow.to)->box));
          for (guint j = 0; j < item->arrow.n_points; j++)
            {
              const ScenePoint *point
                  = &g_array_index (scene->points, ScenePoint, item->arrow.first_point + j);

              g_string_append_printf (text, " %.0f,%.0f", point->x, point->y);
            }
          break;
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free (text, FALSE);
}
