/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Listing stops and finding anchors: see judge-stops.h. */

#include "judge-stops.h"

/* ---- listing ---- */

static JudgeStop
read_stop (History *history, TextMap *map, GArray *last_lines)
{
  Machine *machine = history_get_machine (history);
  const MachineState *state = &machine->state;
  TextSpan span;
  JudgeStop stop = { 0, state->depth, IR_STOP_THROW, FALSE };
  guint *last;

  if (state->end == MACHINE_END_FAULT)
    {
      stop.line = text_map_line (map, machine_code_get_info (machine->code, state->fault.pc)->span);
      return stop;
    }
  if (!machine_get_stop (machine, &stop.kind, &span))
    return stop;
  stop.line = text_map_user_line (map, span);
  /* A frame that was left has no stop before. */
  if (last_lines->len > state->depth + 1)
    g_array_set_size (last_lines, state->depth + 1);
  while (last_lines->len <= state->depth)
    {
      guint none = 0;

      g_array_append_val (last_lines, none);
    }
  last = &g_array_index (last_lines, guint, state->depth);
  if (stop.kind == IR_STOP_ENTER)
    *last = 0;
  stop.is_arrival
      = stop.kind != IR_STOP_THROW && stop.kind != IR_STOP_COLLECT && *last != stop.line;
  *last = stop.line;
  return stop;
}

/* Goes through the run once, at most `most` positions; the history is then somewhere else. (transfer full) */
JudgeStops *
judge_stops_new (History *history, TextMap *map, guint most)
{
  JudgeStops *stops = g_new0 (JudgeStops, 1);
  g_autoptr (GArray) last_lines = g_array_new (FALSE, TRUE, sizeof (guint));
  guint64 n = history_get_n_positions (history);

  stops->stops = g_array_new (FALSE, TRUE, sizeof (JudgeStop));
  stops->is_partial = n > most;
  stops->n_positions = n;
  for (guint64 position = 1; position <= MIN (n, most); position++)
    {
      JudgeStop stop;

      history_seek (history, position);
      stop = read_stop (history, map, last_lines);
      g_array_append_val (stops->stops, stop);
    }
  return stops;
}

void
judge_stops_free (JudgeStops *stops)
{
  g_array_unref (stops->stops);
  g_free (stops);
}

/* ---- anchors ---- */

/* The first later stop, or the end, at which no more frames stand; 0: it lies beyond the list. */
guint64
judge_stops_find_after (const JudgeStops *stops, guint64 position)
{
  guint depth;

  if (position > stops->stops->len)
    return position == stops->n_positions ? position : 0;
  depth = g_array_index (stops->stops, JudgeStop, position - 1).depth;

  for (guint64 i = position; i < stops->stops->len; i++)
    if (g_array_index (stops->stops, JudgeStop, i).depth <= depth)
      return i + 1;
  return stops->is_partial ? 0 : stops->n_positions;
}

static guint64
find_arrival (const JudgeStops *stops, guint line, gint64 visit)
{
  gboolean wants_last = visit == -LESSON_VISIT_LAST;
  guint64 found = 0;
  gint64 n = 0;

  for (guint i = 0; i < stops->stops->len; i++)
    {
      const JudgeStop *stop = &g_array_index (stops->stops, JudgeStop, i);

      if (stop->line != line || !stop->is_arrival)
        continue;
      n++;
      found = i + 1;
      if (!wants_last && n == MAX (visit, 1))
        return found;
    }
  return wants_last && !stops->is_partial ? found : 0;
}

/* The position of a mark's, line's or end's anchor; 0 when the run never gets there (a list that is cut cannot tell), or when it
 * names an event. */
guint64
judge_find_anchor (const JudgeStops *stops, const LessonProgram *program,
                   const LessonAnchor *anchor)
{
  guint line = anchor->line > 0 ? (guint)anchor->line : 0;
  guint64 position;

  if (stops->stops->len == 0)
    return 0;
  if (anchor->at == LESSON_AT_START)
    return 1;
  if (anchor->at == LESSON_AT_END)
    return stops->n_positions;
  if (anchor->mark != NULL)
    line = lesson_find_mark (program, anchor->mark);
  if (line == 0)
    return 0;
  position = find_arrival (stops, line, anchor->visit);
  if (position != 0 && anchor->when == LESSON_WHEN_AFTER)
    position = judge_stops_find_after (stops, position);
  return position;
}
