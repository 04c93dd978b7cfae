/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Packing events: see history-events.h. */

#include "history-events.h"

typedef struct
{
  GByteArray *bytes;  /* NULL: counts only */
  guint64 first_step; /* what the first delta counts from */
  guint64 begin_tick;
  guint32 counts[MACHINE_N_EVENTS];
} Chunk;

struct _HistoryEvents
{
  GPtrArray *chunks; /* of Chunk */
  guint64 last_step;
  guint32 last_id;
  guint64 n_events;
  guint64 n_bytes;
  gsize most_bytes; /* of details */
};

static void
chunk_free (gpointer data)
{
  Chunk *chunk = data;

  g_clear_pointer (&chunk->bytes, g_byte_array_unref);
  g_free (chunk);
}

/* most_bytes: what all details together may take */
HistoryEvents *
history_events_new (gsize most_bytes)
{
  HistoryEvents *events = g_new0 (HistoryEvents, 1);

  events->chunks = g_ptr_array_new_with_free_func (chunk_free);
  events->most_bytes = most_bytes;
  history_events_begin_chunk (events, 0, 0);
  return events;
}

void
history_events_free (HistoryEvents *events)
{
  g_ptr_array_unref (events->chunks);
  g_free (events);
}

/* From here on events belong to another interval, which begins where so many steps and ticks have been. */
void
history_events_begin_chunk (HistoryEvents *events, guint64 step, guint64 tick)
{
  Chunk *chunk = g_new0 (Chunk, 1);

  chunk->bytes = g_byte_array_new ();
  chunk->first_step = step;
  chunk->begin_tick = tick;
  events->last_step = step;
  events->last_id = 0;
  g_ptr_array_add (events->chunks, chunk);
}

static void
append_number (GByteArray *bytes, guint64 number)
{
  do
    {
      guint8 byte = number & 0x7f;

      number >>= 7;
      if (number != 0)
        byte |= 0x80;
      g_byte_array_append (bytes, &byte, 1);
    }
  while (number != 0);
}

static guint64
take_number (const GByteArray *bytes, guint *at)
{
  guint64 number = 0;
  guint shift = 0;
  guint8 byte;

  do
    {
      byte = bytes->data[(*at)++];
      number |= (guint64)(byte & 0x7f) << shift;
      shift += 7;
    }
  while (byte & 0x80);
  return number;
}

/* Small differences of either sign become small numbers: 0, -1, 1, -2 … to 0, 1, 2, 3 … */
static guint64
fold_sign (gint64 difference)
{
  return ((guint64)difference << 1) ^ (guint64)(difference >> 63);
}

static gint64
unfold_sign (guint64 number)
{
  return (gint64)(number >> 1) ^ -(gint64)(number & 1);
}

void
history_events_append (HistoryEvents *events, const MachineEvent *event)
{
  Chunk *chunk = g_ptr_array_index (events->chunks, events->chunks->len - 1);
  guint before;

  chunk->counts[event->kind]++;
  events->n_events++;
  if (chunk->bytes == NULL)
    return;
  before = chunk->bytes->len;
  g_byte_array_append (chunk->bytes, &event->kind, 1);
  append_number (chunk->bytes, event->step - events->last_step);
  append_number (chunk->bytes, fold_sign ((gint64)event->id - (gint64)events->last_id));
  events->last_step = event->step;
  events->last_id = event->id;
  events->n_bytes += chunk->bytes->len - before;
  /* All of a chunk's details or none: what is missing is then a whole interval, which can be run again. */
  if (events->n_bytes > events->most_bytes)
    {
      events->n_bytes -= chunk->bytes->len;
      g_clear_pointer (&chunk->bytes, g_byte_array_unref);
    }
}

static void
list_chunk (const Chunk *chunk, guint32 kinds, guint most, GArray *list)
{
  HistoryEvent event = { 0, 0, chunk->first_step };
  guint at = 0;

  while (at < chunk->bytes->len && list->len < most)
    {
      event.kind = chunk->bytes->data[at++];
      event.step += take_number (chunk->bytes, &at);
      event.id = (guint32)((gint64)event.id + unfold_sign (take_number (chunk->bytes, &at)));
      if (kinds & (1u << event.kind))
        g_array_append_val (list, event);
    }
}

/* The first `most` events of the kinds in a bit set, as far as details are kept. (transfer full) (element-type HistoryEvent) */
GArray *
history_events_list (const HistoryEvents *events, guint32 kinds, guint most)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (HistoryEvent));

  for (guint i = 0; i < events->chunks->len && list->len < most; i++)
    {
      const Chunk *chunk = g_ptr_array_index (events->chunks, i);

      if (chunk->bytes != NULL)
        list_chunk (chunk, kinds, most, list);
    }
  return list;
}

guint
history_events_get_n_chunks (const HistoryEvents *events)
{
  return events->chunks->len;
}

HistoryChunk
history_events_get_chunk (const HistoryEvents *events, guint index)
{
  const Chunk *chunk = g_ptr_array_index (events->chunks, index);

  return (HistoryChunk){ chunk->first_step, chunk->begin_tick, chunk->bytes != NULL };
}

/* Appends a chunk's events of the kinds in a bit set until the list has `most`. The chunk must have its details. */
void
history_events_list_chunk (const HistoryEvents *events, guint index, guint32 kinds, guint most,
                           GArray *list)
{
  list_chunk (g_ptr_array_index (events->chunks, index), kinds, most, list);
}

guint64
history_events_count (const HistoryEvents *events, guint64 *n_bytes)
{
  *n_bytes = events->n_bytes;
  return events->n_events;
}
