/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking recorded runs: see judge-recording.h. */

#include "judge-recording.h"

#include "facts/facts-new.h"

/* Longer runs are listed this far: who reads a lesson does not step a million times. */
#define MAX_STOPS 200000
#define MAX_EVENTS 100000

/* (transfer full) */
JudgeRecording *
judge_recording_new (const Lesson *lesson, const LessonRun *run, History *history, TextMap *map,
                     TextDiagnostics *diagnostics)
{
  JudgeRecording *self = g_new0 (JudgeRecording, 1);

  self->run = run;
  self->program = lesson_get_program_of_run (lesson, run);
  self->history = history;
  self->map = map;
  self->diagnostics = diagnostics;
  if (history != NULL)
    self->stops = judge_stops_new (history, map, MAX_STOPS);
  return self;
}

void
judge_recording_free (JudgeRecording *self)
{
  g_clear_pointer (&self->stops, judge_stops_free);
  g_free (self);
}

/* ---- anchors ---- */

static gboolean
is_event_kept (LessonEvent event, MachineEventKind *kind)
{
  switch (event)
    {
    case LESSON_EVENT_ALLOCATE:
      *kind = MACHINE_EVENT_ALLOCATE;
      return TRUE;
    case LESSON_EVENT_FREE:
      *kind = MACHINE_EVENT_FREE;
      return TRUE;
    case LESSON_EVENT_COPY:
      *kind = MACHINE_EVENT_COPY;
      return TRUE;
    case LESSON_EVENT_MOVE:
      *kind = MACHINE_EVENT_MOVE;
      return TRUE;
    case LESSON_EVENT_DROP:
      *kind = MACHINE_EVENT_DROP;
      return TRUE;
    case LESSON_EVENT_BORROW:
      *kind = MACHINE_EVENT_BORROW;
      return TRUE;
    case LESSON_EVENT_COLLECT:
      *kind = MACHINE_EVENT_COLLECT;
      return TRUE;
    case LESSON_EVENT_PRINT:
      *kind = MACHINE_EVENT_PRINT;
      return TRUE;
    case LESSON_EVENT_CALL:
    case LESSON_EVENT_RETURN:
    case LESSON_EVENT_FAULT:
    case LESSON_EVENT_NONE:
      return FALSE;
    }
  g_assert_not_reached ();
}

/* The nth stop at which a function begins or ends: calls and returns of the learner's own functions. */
static guint64
find_nth_stop (const JudgeRecording *self, IrStopKind kind, gint64 nth)
{
  for (guint i = 0; i < self->stops->stops->len; i++)
    if (g_array_index (self->stops->stops, JudgeStop, i).kind == kind && --nth == 0)
      return i + 1;
  return 0;
}

/* The position whose step makes the nth event of a kind. */
static guint64
find_event (const JudgeRecording *self, const LessonAnchor *anchor)
{
  MachineEventKind kind;
  g_autoptr (GArray) events = NULL;
  guint64 n = history_get_n_positions (self->history);

  if (anchor->event == LESSON_EVENT_FAULT)
    return anchor->nth == 1 && judge_recording_get_end (self) == LESSON_ENDS_FAULT ? n : 0;
  if (anchor->event == LESSON_EVENT_CALL || anchor->event == LESSON_EVENT_RETURN)
    return find_nth_stop (self, anchor->event == LESSON_EVENT_CALL ? IR_STOP_ENTER : IR_STOP_EXIT,
                          anchor->nth);
  if (!is_event_kept (anchor->event, &kind))
    return 0;
  events = history_list_events_between (self->history, 1, n, 1u << kind, MAX_EVENTS);
  return anchor->nth >= 1 && anchor->nth <= events->len
             ? g_array_index (events, HistoryEvent, anchor->nth - 1).step
             : 0;
}

/* See judge_stops_find_after(). */
guint64
judge_recording_find_after (const JudgeRecording *self, guint64 position)
{
  return judge_stops_find_after (self->stops, position);
}

/* Where what explains a question that was asked at a position is read: behind its step. */
guint64
judge_recording_find_explanation (const JudgeRecording *self, guint64 position)
{
  guint64 after = judge_recording_find_after (self, position);

  return after != 0 ? after : position;
}

/* The position of an anchor, the first one where it is meant for every visit; 0: the run never gets there. */
guint64
judge_recording_find (const JudgeRecording *self, const LessonAnchor *anchor)
{
  guint64 position;

  if (self->history == NULL)
    return 0;
  if (anchor->event == LESSON_EVENT_NONE)
    return judge_find_anchor (self->stops, self->program, anchor);
  position = find_event (self, anchor);
  return position != 0 && anchor->when == LESSON_WHEN_AFTER
             ? judge_recording_find_after (self, position)
             : position;
}

/* All positions of an anchor, in order. (transfer full) of guint64 */
GArray *
judge_recording_list (const JudgeRecording *self, const LessonAnchor *anchor)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint64));
  LessonAnchor visit = *anchor;
  gboolean is_line = anchor->mark != NULL || anchor->line > 0;
  gboolean is_every = is_line && anchor->visit == -LESSON_VISIT_EVERY;
  guint64 position;

  visit.visit = is_every ? 1 : anchor->visit;
  while ((position = judge_recording_find (self, &visit)) != 0)
    {
      g_array_append_val (positions, position);
      if (!is_every)
        break;
      visit.visit++;
    }
  return positions;
}

/* Why an anchor has no position. (transfer full) */
TextMessage *
judge_recording_tell_absence (const JudgeRecording *self)
{
  if (self->history == NULL)
    return text_message_new (TEXT_LESSON_NOT_RUN, "s", self->run->id);
  if (self->stops->is_partial)
    return text_message_new (TEXT_LESSON_NOT_SOUGHT, "su", self->run->id, (guint64)MAX_STOPS);
  return text_message_new (TEXT_LESSON_NOT_REACHED, "s", self->run->id);
}

/* Where the lesson's file speaks of the run; of one that it does not name, its beginning. */
TextSpan
judge_recording_get_span (const JudgeRecording *self, const Lesson *lesson)
{
  return self->run->place != LESSON_NO_PLACE
             ? lesson_get_span (lesson, self->run->place, "id")
             : lesson_places_get_start (lesson->places, LESSON_PLACE_ROOT);
}

/* ---- states ---- */

/* What a probe finds at a position; the history is then there. */
gboolean
judge_recording_ask (const JudgeRecording *self, guint64 position, const JudgeProbe *probe,
                     JudgeValue *value, TextMessage **trouble)
{
  g_autoptr (Facts) facts = NULL;
  JudgeMoment moment = { NULL };

  history_seek (self->history, position);
  moment.machine = history_get_machine (self->history);
  moment.facts = facts = facts_new (moment.machine, self->map);
  return judge_probe_ask (probe, &moment, value, trouble);
}

/* The line at which the program stands at a position, 0 at its end. */
guint
judge_recording_get_line (const JudgeRecording *self, guint64 position)
{
  g_autoptr (Facts) facts = NULL;

  history_seek (self->history, position);
  facts = facts_new (history_get_machine (self->history), self->map);
  return facts->line;
}

static gsize
get_n_output (const JudgeRecording *self, guint64 position)
{
  if (position == 0)
    return 0;
  history_seek (self->history, position);
  return history_get_machine (self->history)->state.n_output[MACHINE_STREAM_OUTPUT];
}

/* What is printed by the steps between two positions; from 0: since the start. (transfer full) */
char *
judge_recording_dup_output (const JudgeRecording *self, guint64 from, guint64 to)
{
  gsize begin = get_n_output (self, from), end = get_n_output (self, to);
  const GByteArray *output = history_get_machine (self->history)->outputs[MACHINE_STREAM_OUTPUT];
  g_autofree char *bytes
      = g_strndup ((const char *)output->data + begin, end > begin ? end - begin : 0);

  return g_utf8_make_valid (bytes, -1);
}

/* ---- the end ---- */

LessonEnds
judge_recording_get_end (const JudgeRecording *self)
{
  if (self->history == NULL)
    return text_diagnostics_are_unsupported (self->diagnostics) ? LESSON_ENDS_UNSUPPORTED
                                                                : LESSON_ENDS_REJECTED;
  switch (history_get_end (self->history)->end)
    {
    case MACHINE_END_NONE:
    case MACHINE_END_LIMIT:
      return LESSON_ENDS_LIMIT;
    case MACHINE_END_EXIT:
      return LESSON_ENDS_EXIT;
    case MACHINE_END_FAULT:
      return LESSON_ENDS_FAULT;
    case MACHINE_END_EXCEPTION:
    case MACHINE_END_ABORT:
      return LESSON_ENDS_EXCEPTION;
    }
  g_assert_not_reached ();
}

/* The kind of the fault that ended the run, and its line; "nothing" and 0 when none did. */
const char *
judge_recording_get_fault (const JudgeRecording *self, guint *line)
{
  *line = 0;
  if (judge_recording_get_end (self) != LESSON_ENDS_FAULT)
    return "nothing";
  history_seek (self->history, history_get_n_positions (self->history));
  *line = text_map_line (self->map,
                         facts_get_fault_span (history_get_machine (self->history), self->map));
  return mem_fault_kind_get_name (history_get_machine (self->history)->state.fault.mem.kind);
}
