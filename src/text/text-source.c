/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sources and places: see text-source.h. A map owns copies of its texts, each followed by a NUL byte. */

#include "text-source.h"

#include <string.h>

typedef struct
{
  char *name;
  char *text; /* n_bytes and a NUL */
  gsize n_bytes;
  guint32 base;   /* position of text[0] */
  GArray *starts; /* guint32: offset of each line's first byte */
  TextOrigin origin;
} Source;

struct _TextMap
{
  GPtrArray *sources; /* Source, by rising base */
  guint32 next_base;
};

static void
source_free (gpointer data)
{
  Source *source = data;

  g_free (source->name);
  g_free (source->text);
  g_array_unref (source->starts);
  g_free (source);
}

static GArray *
find_line_starts (const char *text, gsize n_bytes)
{
  GArray *starts = g_array_new (FALSE, FALSE, sizeof (guint32));
  guint32 start = 0;

  g_array_append_val (starts, start);
  for (gsize i = 0; i < n_bytes; i++)
    {
      if (text[i] == '\n')
        {
          start = i + 1;
          g_array_append_val (starts, start);
        }
    }
  return starts;
}

static Source *
find_source (TextMap *map, guint32 position)
{
  guint low = 0, high = map->sources->len;

  if (position == 0)
    return NULL;
  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;
      Source *source = g_ptr_array_index (map->sources, middle);

      if (source->base <= position)
        low = middle;
      else
        high = middle;
    }
  return low < map->sources->len ? g_ptr_array_index (map->sources, low) : NULL;
}

/* Index of the line that holds offset. */
static guint
find_line (Source *source, guint32 offset)
{
  guint low = 0, high = source->starts->len;

  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;

      if (g_array_index (source->starts, guint32, middle) <= offset)
        low = middle;
      else
        high = middle;
    }
  return low;
}

static gsize
line_end (Source *source, gsize offset)
{
  while (offset < source->n_bytes && source->text[offset] != '\n')
    offset++;
  return offset;
}

TextMap *
text_map_new (void)
{
  TextMap *map = g_atomic_rc_box_new0 (TextMap);

  map->sources = g_ptr_array_new_with_free_func (source_free);
  map->next_base = 1;
  return map;
}

TextMap *
text_map_ref (TextMap *map)
{
  return g_atomic_rc_box_acquire (map);
}

static void
clear_map (gpointer data)
{
  TextMap *map = data;

  g_ptr_array_unref (map->sources);
}

void
text_map_unref (TextMap *map)
{
  g_atomic_rc_box_release_full (map, clear_map);
}

/* Copies a text into the map. Returns the position of its first byte; the position of byte n is that plus n, and the
 * position behind the last byte is valid too. */
guint32
text_map_add (TextMap *map, const char *name, const char *text, gsize n_bytes, TextOrigin origin)
{
  Source *source = g_new0 (Source, 1);

  source->name = g_strdup (name);
  source->text = g_malloc (n_bytes + 1);
  memcpy (source->text, text, n_bytes);
  source->text[n_bytes] = '\0';
  source->n_bytes = n_bytes;
  source->base = map->next_base;
  source->starts = find_line_starts (source->text, n_bytes);
  source->origin = origin;
  map->next_base += n_bytes + 2;
  g_ptr_array_add (map->sources, source);
  return source->base;
}

/* The text from position to the end of its source (borrowed, NUL behind it). */
const char *
text_map_get_text (TextMap *map, guint32 position, gsize *n_bytes)
{
  Source *source = find_source (map, position);
  gsize offset;

  g_return_val_if_fail (source != NULL, NULL);
  offset = MIN (position - source->base, source->n_bytes);
  if (n_bytes != NULL)
    *n_bytes = source->n_bytes - offset;
  return source->text + offset;
}

/* Name, line and column of a position; line 0 for position 0. */
TextPlace
text_map_place (TextMap *map, guint32 position)
{
  Source *source = find_source (map, position);
  TextPlace place = { NULL, 0, 0, TEXT_ORIGIN_LIBRARY };
  guint32 offset, start;
  guint line;

  if (source == NULL)
    return place;
  offset = MIN (position - source->base, source->n_bytes);
  line = find_line (source, offset);
  start = g_array_index (source->starts, guint32, line);
  place.name = source->name;
  place.line = line + 1;
  place.column = 1;
  for (guint32 i = start; i < offset; i++)
    {
      /* Continuation bytes of UTF-8 do not begin a character. */
      if (((guchar)source->text[i + 1] & 0xc0) != 0x80 || i + 1 == offset)
        place.column++;
    }
  place.origin = source->origin;
  return place;
}

/* Line of a span's beginning, 0 for none. */
guint
text_map_line (TextMap *map, TextSpan span)
{
  return text_map_place (map, span.begin).line;
}

/* The same, but 0 when the span is not in the learner's own text. */
guint
text_map_user_line (TextMap *map, TextSpan span)
{
  TextPlace place = text_map_place (map, span.begin);

  return place.origin == TEXT_ORIGIN_USER ? place.line : 0;
}

/* The whole line that holds position, without its end. (transfer full) */
char *
text_map_dup_line (TextMap *map, guint32 position)
{
  Source *source = find_source (map, position);
  guint32 offset, start;
  gsize end;

  if (source == NULL)
    return g_strdup ("");
  offset = MIN (position - source->base, source->n_bytes);
  start = g_array_index (source->starts, guint32, find_line (source, offset));
  end = line_end (source, start);
  if (end > start && source->text[end - 1] == '\r')
    end--;
  return g_strndup (source->text + start, end - start);
}

/* The text of a span. (transfer full) */
char *
text_map_dup_span (TextMap *map, TextSpan span)
{
  gsize n_bytes;
  const char *text;

  if (span.begin == 0)
    return g_strdup ("");
  text = text_map_get_text (map, span.begin, &n_bytes);
  return g_strndup (text, MIN (n_bytes, span.end - span.begin));
}
