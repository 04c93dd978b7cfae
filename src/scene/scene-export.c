/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A scene as a file: SVG, PDF, PNG or plain text. Two exports of one scene are the same bytes: Cairo's SVG already is, its PDF
 * once the date of creation is set. */

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <math.h>
#include <string.h>

#include "scene.h"

#define PDF_DATE "2000-01-01T00:00:00Z"
#define POINTS_PER_PIXEL 0.75

static cairo_status_t
append_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
paint_page (const Scene *scene, cairo_surface_t *surface, const ScenePalette *palette)
{
  cairo_t *cr = cairo_create (surface);

  scene_palette_set_source (palette, SCENE_COLOUR_CANVAS, 1, cr);
  cairo_paint (cr);
  scene_paint (scene, cr, palette, NULL);
  cairo_destroy (cr);
}

static void
write_surface (const Scene *scene, SceneFormat format, const ScenePalette *palette,
               GByteArray *bytes)
{
  double width = ceil (scene->width), height = ceil (scene->height);
  cairo_surface_t *surface;

  if (format == SCENE_FORMAT_PNG)
    surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)width, (int)height);
  else if (format == SCENE_FORMAT_SVG)
    surface = cairo_svg_surface_create_for_stream (append_bytes, bytes, width, height);
  else
    surface = cairo_pdf_surface_create_for_stream (append_bytes, bytes, width * POINTS_PER_PIXEL,
                                                   height * POINTS_PER_PIXEL);
  if (format == SCENE_FORMAT_SVG)
    cairo_svg_surface_set_document_unit (surface, CAIRO_SVG_UNIT_PX);
  if (format == SCENE_FORMAT_PDF)
    {
      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, PDF_DATE);
      cairo_surface_set_device_scale (surface, POINTS_PER_PIXEL, POINTS_PER_PIXEL);
    }
  paint_page (scene, surface, palette);
  if (format == SCENE_FORMAT_PNG)
    cairo_surface_write_to_png_stream (surface, append_bytes, bytes);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
}

/* Cairo numbers its surfaces over the life of the process and writes the number into the file. */
static GBytes *
forget_numbers (GByteArray *svg)
{
  g_autoptr (GRegex) number = g_regex_new ("\\bsurface[0-9]+\\b", 0, 0, NULL);
  char *text
      = g_regex_replace_literal (number, (const char *)svg->data, svg->len, 0, "surface", 0, NULL);

  return g_bytes_new_take (text, strlen (text));
}

GBytes *
scene_export (const Scene *scene, SceneFormat format, const ScenePalette *palette)
{
  g_autoptr (GByteArray) bytes = NULL;

  if (format == SCENE_FORMAT_TEXT)
    {
      char *text = scene_to_text (scene->facts);

      return g_bytes_new_take (text, strlen (text));
    }
  bytes = g_byte_array_new ();
  write_surface (scene, format, palette, bytes);
  if (format == SCENE_FORMAT_SVG)
    return forget_numbers (bytes);
  return g_byte_array_free_to_bytes (g_steal_pointer (&bytes));
}

gboolean
scene_format_from_path (const char *path, SceneFormat *format)
{
  static const struct
  {
    const char *suffix;
    SceneFormat format;
  } formats[] = {
    { ".svg", SCENE_FORMAT_SVG },
    { ".pdf", SCENE_FORMAT_PDF },
    { ".png", SCENE_FORMAT_PNG },
    { ".txt", SCENE_FORMAT_TEXT },
  };
  g_autofree char *lower = g_ascii_strdown (path, -1);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_str_has_suffix (lower, formats[i].suffix))
      {
        *format = formats[i].format;
        return TRUE;
      }
  return FALSE;
}
