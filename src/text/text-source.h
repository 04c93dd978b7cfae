/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Places in source text.
 *
 * All sources of one program (the learner's file, our own headers and library code) stand in one TextMap, one behind the
 * other, so that a place is a single number and a span is two. Position 0 belongs to no source: a span
 * that begins there says "no place".
 */

typedef struct
{
  guint32 begin; /* position of the first byte; 0: no place */
  guint32 end;   /* position behind the last byte */
} TextSpan;

#define TEXT_NO_SPAN ((TextSpan){ 0, 0 })

typedef enum
{
  TEXT_ORIGIN_USER,    /* the learner's own text: stepped through, shown */
  TEXT_ORIGIN_LIBRARY, /* ours: headers and library code, stepped over */
} TextOrigin;

/* Where a position is, as a person counts. */
typedef struct
{
  const char *name; /* the source's name; belongs to the map */
  guint line;       /* from 1; 0: no place */
  guint column;     /* from 1, in characters, a tab is one */
  TextOrigin origin;
} TextPlace;

typedef struct _TextMap TextMap;

TextMap *text_map_new (void);
TextMap *text_map_ref (TextMap *map);
void text_map_unref (TextMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextMap, text_map_unref)

guint32 text_map_add (TextMap *map, const char *name, const char *text, gsize n_bytes,
                      TextOrigin origin);

const char *text_map_get_text (TextMap *map, guint32 position, gsize *n_bytes);
TextPlace text_map_place (TextMap *map, guint32 position);
guint text_map_line (TextMap *map, TextSpan span);
guint text_map_user_line (TextMap *map, TextSpan span);
char *text_map_dup_line (TextMap *map, guint32 position);
char *text_map_dup_span (TextMap *map, TextSpan span);

static inline TextSpan
text_span_join (TextSpan a, TextSpan b)
{
  if (a.begin == 0)
    return b;
  if (b.begin == 0)
    return a;
  return (TextSpan){ MIN (a.begin, b.begin), MAX (a.end, b.end) };
}

G_END_DECLS
