/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking for writes and changes of bytes: see history-change.h.
 *
 * Intervals between keyframes are gone through once more, the nearest first. Within one, parts of some thousand steps are run in one go; only
 * those in which the bytes were written, or for a change their page was marked, are run again step by step. */

#include "history-change.h"

#include "history-private.h"

#include <string.h>

#define PART_STEPS 4000

/* Ticks between two words to whoever waits. */
#define SLICE 1000000

typedef struct
{
  History *history;
  Machine *machine;
  HistoryTouch touch;
  guint64 address, n_bytes;
  guint64 from, to; /* positions of steps that are looked at, both included */
  gboolean wants_first;
  gboolean is_unmarked; /* the pages are written without being marked */
  HistoryProgress progress;
  gpointer data;
  guint64 n_ticks, next_word;
  gboolean is_given_up;
  GByteArray *last; /* what stood there at the STOP before */
  guint64 found;    /* position, 0: none yet */
  guint32 pc;       /* what wrote there, or MACHINE_CALLER_NONE */
} Search;

/* ---- what stands there ---- */

static void
read_content (const Search *search, GByteArray *content)
{
  const MemSpace *space = search->machine->space;
  guint64 first = search->address / 8, end = (search->address + search->n_bytes + 7) / 8;

  g_byte_array_set_size (content, 0);
  g_byte_array_append (content, space->bytes + search->address, search->n_bytes);
  g_byte_array_append (content, space->defined + search->address, search->n_bytes);
  g_byte_array_append (content, (const guint8 *)(space->provenance + first),
                       (end - first) * sizeof *space->provenance);
}

static gboolean
has_changed (const Search *search)
{
  const MemSpace *space = search->machine->space;
  const guint8 *last = search->last->data;
  guint64 n = search->n_bytes;

  return memcmp (last, space->bytes + search->address, n) != 0
         || memcmp (last + n, space->defined + search->address, n) != 0
         || memcmp (last + 2 * n, space->provenance + search->address / 8,
                    search->last->len - 2 * n)
                != 0;
}

static gboolean
was_marked (const Search *search)
{
  const guint8 *dirty = search->machine->space->dirty;
  gsize first = search->address >> MEM_PAGE_SHIFT;
  gsize last = (search->address + search->n_bytes - 1) >> MEM_PAGE_SHIFT;

  return search->is_unmarked || memchr (dirty + first, 1, last - first + 1) != NULL;
}

static gboolean
find_unmarked (const Search *search)
{
  const GArray *pages = search->machine->code->direct_pages;

  for (guint i = 0; i < pages->len; i++)
    {
      guint64 page = g_array_index (pages, guint32, i);

      if (page >= search->address >> MEM_PAGE_SHIFT
          && page <= (search->address + search->n_bytes - 1) >> MEM_PAGE_SHIFT)
        return TRUE;
    }
  return FALSE;
}

/* Whether a part of the run has to be looked at more closely. */
static gboolean
may_be_hit (const Search *search)
{
  return search->touch == HISTORY_WRITE ? search->machine->space->watch.is_written
                                        : was_marked (search);
}

static gboolean
is_hit (const Search *search)
{
  return search->touch == HISTORY_WRITE ? search->machine->space->watch.is_written
                                        : has_changed (search);
}

/* ---- running ---- */

static void
watch (Search *search)
{
  search->machine->space->watch = (MemWatch){ .begin = search->address,
                                              .end = search->address + search->n_bytes,
                                              .keeps_first = search->wants_first };
}

/* Runs to a step; the position arrived at, or 0 when the search is given up. */
static guint64
arrive (Search *search, guint64 step)
{
  Machine *machine = search->machine;
  MachinePause pause;

  do
    {
      guint64 begin = machine->state.ticks;

      pause = machine_run (machine, step, begin + SLICE);
      search->n_ticks += machine->state.ticks - begin;
      if (search->progress != NULL && search->n_ticks >= search->next_word)
        {
          search->next_word = search->n_ticks + SLICE;
          search->is_given_up |= !search->progress (search->n_ticks, search->data);
        }
    }
  while (pause == MACHINE_PAUSED_AT_TICK && !search->is_given_up);
  return search->is_given_up ? 0 : history_get_position (search->history);
}

/* The instruction that wrote in the step just run, or MACHINE_CALLER_NONE. */
static guint32
get_writer (const Search *search)
{
  const MemWatch *seen = &search->machine->space->watch;

  return seen->is_written ? seen->at : MACHINE_CALLER_NONE;
}

/* From one STOP to another one, step by step. Returns TRUE when the first change was all that is wanted. */
static gboolean
compare_steps (Search *search, guint64 position, guint64 to)
{
  read_content (search, search->last);
  while (position < to)
    {
      guint64 next;

      watch (search);
      next = arrive (search, position + 1);
      if (next == 0)
        return TRUE;
      if (is_hit (search))
        {
          search->found = position;
          search->pc = get_writer (search);
          if (search->wants_first)
            return TRUE;
          read_content (search, search->last);
        }
      position = next;
    }
  return FALSE;
}

/* The machine is at a STOP. */
static gboolean
search_part (Search *search, guint64 position, guint64 to)
{
  Machine *machine = search->machine;
  MachineKeyframe *begin;
  gboolean is_done = FALSE;

  if (search->touch == HISTORY_CHANGE && search->is_unmarked)
    return compare_steps (search, position, to);
  /* From here on a page that is written is marked. */
  begin = machine_keyframe_new (machine);
  watch (search);
  if (arrive (search, to) == 0)
    is_done = TRUE;
  else if (may_be_hit (search))
    {
      machine_keyframe_restore (machine, begin);
      is_done = compare_steps (search, position, to);
    }
  machine_keyframe_free (machine, begin);
  return is_done;
}

/* Steps from the first STOP behind a keyframe until the first one behind the next. TRUE: the search is over. */
static gboolean
search_interval (Search *search, guint index)
{
  History *history = search->history;
  const MachineState *begin = &history_get_keyframe (history, index)->state;
  guint64 n_positions = history_get_n_positions (history);
  guint64 position, to = n_positions;

  if (index + 1 < history->keyframes->len)
    to = history_get_keyframe (history, index + 1)->state.steps + 1;
  to = MIN (to, search->to + 1);
  position = MAX (begin->steps + 1, search->from);
  if (position >= to)
    return FALSE;
  machine_keyframe_restore (search->machine, history_get_keyframe (history, index));
  position = arrive (search, position);
  while (position != 0 && position < to)
    {
      guint64 next = MIN (position + PART_STEPS, to);

      if (search_part (search, position, next))
        return TRUE;
      position = next;
    }
  return search->is_given_up || search->found != 0;
}

static void
describe (Search *search, HistoryChange *change)
{
  Machine *machine = search->machine;
  IrStopKind kind;

  history_seek (search->history, search->found);
  change->position = search->found;
  change->pc = search->pc;
  if (search->pc == MACHINE_CALLER_NONE)
    {
      change->pc = machine->state.pc;
      change->span = machine_code_get_info (machine->code, change->pc)->span;
      machine_get_stop (machine, &kind, &change->span);
    }
  else
    change->span = machine_code_get_info (machine->code, change->pc)->span;
}

static gboolean
run_search (Search *search, HistoryChange *change)
{
  History *history = search->history;
  guint n = history->keyframes->len;
  guint64 position = history_get_position (history);
  MachineKeyframe *here;

  search->machine = history->machine;
  if (search->n_bytes == 0 || search->address >= search->machine->space->size
      || search->n_bytes > search->machine->space->size - search->address)
    return FALSE;
  search->is_unmarked = find_unmarked (search);
  search->next_word = SLICE;
  search->last = g_byte_array_new ();
  here = machine_keyframe_new (search->machine);
  for (guint i = 0; i < n; i++)
    if (search_interval (search, search->wants_first ? i : n - 1 - i))
      break;
  search->machine->space->watch = (MemWatch){ 0 };
  machine_keyframe_restore (search->machine, here);
  machine_keyframe_free (search->machine, here);
  g_byte_array_unref (search->last);
  if (search->is_given_up || search->found == 0)
    return FALSE;
  describe (search, change);
  if (position != 0)
    history_seek (history, position);
  return TRUE;
}

/* The last write or change of any of n_bytes from an address by a step that was done when a position was reached. FALSE: there was none, or
 * progress (nullable) has given up. The history stays where it is. */
gboolean
history_find_change (History *history, HistoryTouch touch, guint64 address, guint64 n_bytes,
                     guint64 before, HistoryProgress progress, gpointer data, HistoryChange *change)
{
  Search search = { .history = history,
                    .touch = touch,
                    .address = address,
                    .n_bytes = n_bytes,
                    .from = 1,
                    .to = MIN (before, history_get_n_positions (history)) - 1,
                    .progress = progress,
                    .data = data };

  g_return_val_if_fail (!history->is_recording && before > 0, FALSE);
  return run_search (&search, change);
}

/* The first one by the step of a position or a later one. */
gboolean
history_find_next_change (History *history, HistoryTouch touch, guint64 address, guint64 n_bytes,
                          guint64 from, HistoryProgress progress, gpointer data,
                          HistoryChange *change)
{
  Search search = { .history = history,
                    .touch = touch,
                    .address = address,
                    .n_bytes = n_bytes,
                    .from = MAX (from, 1),
                    .to = history_get_n_positions (history) - 1,
                    .wants_first = TRUE,
                    .progress = progress,
                    .data = data };

  g_return_val_if_fail (!history->is_recording, FALSE);
  return run_search (&search, change);
}
