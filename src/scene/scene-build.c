/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Small parts of a scene: boxes, words that fit, signs. See scene-build.h. */

#include "scene-build.h"

#include <string.h>

/* (transfer none): the scene keeps it. */
const char *
scene_build_id (SceneBuild *build, const char *format, ...)
{
  g_autofree char *id = NULL;
  va_list list;

  va_start (list, format);
  id = g_strdup_vprintf (format, list);
  va_end (list);
  return g_string_chunk_insert (build->scene->strings, id);
}

/* Appends a box and returns its item. */
guint32
scene_build_box (SceneBuild *build, guint32 owner, const SceneBox *box)
{
  SceneItem item = { .kind = SCENE_ITEM_BOX, .owner = owner, .box = *box };

  g_array_append_val (build->scene->items, item);
  return build->scene->items->len - 1;
}

static void
measure_text (SceneBuild *build, SceneRole role, const char *text, double *width, double *height)
{
  if (build->options->measure != NULL)
    build->options->measure (role, text, width, height, build->options->measure_data);
  else
    scene_fonts_measure (build->fonts, role, build->scene->scale, text, width, height);
  if (build->options->measure == NULL)
    {
      *width /= build->scene->scale;
      *height /= build->scene->scale;
    }
}

/* The longest beginning of the text that fits with a "…" behind it; NULL when not even that does. (transfer full) */
static char *
shorten_text (SceneBuild *build, SceneRole role, const char *text, double most_width)
{
  glong low = 0, high = g_utf8_strlen (text, -1);
  char *best = NULL;

  while (low < high)
    {
      glong middle = (low + high) / 2;
      const char *end = g_utf8_offset_to_pointer (text, middle);
      char *attempt = g_strdup_printf ("%.*s…", (int)(end - text), text);
      double width, height;

      measure_text (build, role, attempt, &width, &height);
      if (width <= most_width)
        {
          g_free (best);
          best = attempt;
          low = middle + 1;
        }
      else
        {
          g_free (attempt);
          high = middle;
        }
    }
  return best;
}

/* Writes a text around a middle line, shortened to the room there is. Returns the width it took. */
double
scene_build_text (SceneBuild *build, guint32 owner, SceneRole role, const char *text, double x,
                  double middle, double most_width, SceneAlign align)
{
  SceneItem item = { .kind = SCENE_ITEM_TEXT, .owner = owner };
  g_autofree char *shorter = NULL;
  double width, height;

  if (text[0] == '\0')
    return 0;
  measure_text (build, role, text, &width, &height);
  if (width > most_width)
    {
      shorter = shorten_text (build, role, text, most_width);
      if (shorter == NULL)
        return 0;
      text = shorter;
      measure_text (build, role, text, &width, &height);
      if (owner != SCENE_NO_ITEM)
        scene_build_get_box (build, owner)->flags |= SCENE_CLIPPED;
    }
  item.text.role = role;
  item.text.colour = scene_role_get_colour (role);
  item.text.x = align == SCENE_ALIGN_START ? x
                : align == SCENE_ALIGN_END ? x - width
                                           : x - width / 2;
  item.text.y = middle - height / 2;
  item.text.width = width;
  item.text.height = height;
  item.text.text = g_string_chunk_insert_const (build->scene->strings, text);
  g_array_append_val (build->scene->items, item);
  return width;
}

void
scene_build_sign (SceneBuild *build, guint32 owner, SceneSignKind kind, SceneColour colour,
                  double x, double y, double size)
{
  SceneItem item
      = { .kind = SCENE_ITEM_SIGN, .owner = owner, .sign = { kind, colour, x, y, size } };

  g_array_append_val (build->scene->items, item);
}

/* The name of a region and, at the right end, a few words about it. */
void
scene_build_heading (SceneBuild *build, const char *heading, const char *caption, double x,
                     double y, double width)
{
  double used = scene_build_text (build, SCENE_NO_ITEM, SCENE_ROLE_HEADING, heading, x, y, width,
                                  SCENE_ALIGN_START);

  if (caption != NULL)
    scene_build_text (build, SCENE_NO_ITEM, SCENE_ROLE_CAPTION, caption, x + width, y,
                      width - used - 16, SCENE_ALIGN_END);
}

guint32
scene_build_spot (SceneBuild *build, const SceneSpot *spot)
{
  g_array_append_val (build->spots, *spot);
  return build->spots->len - 1;
}

/* Says that a node is drawn as this box of the spot at hand; keeps where its pointer begins, if that is known. */
SceneAnchor *
scene_build_anchor (SceneBuild *build, guint32 node, guint32 item)
{
  SceneAnchor *anchor = &build->anchors[node];
  const SceneBox *box = scene_build_get_box (build, item);

  anchor->item = item;
  anchor->spot = build->spot;
  anchor->y = box->y + box->height / 2;
  return anchor;
}
