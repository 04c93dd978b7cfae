/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The worker of a session: see session-worker.h.
 *
 * Requests that only move are gone through one after the other, and the picture is made once, for the last of them: holding
 * a key down never queues up pictures. A new program ends a recording under way. */

#include "session-worker.h"

#include "facts/facts-new.h"
#include "history/history-change.h"
#include "history/history-leak.h"
#include "judge/judge-plan.h"
#include "session-recordings.h"

#include <string.h>

/* Ticks between two looks at the queue: some milliseconds. */
#define SLICE 1000000

/* Time between two reports of progress, in microseconds. */
#define PROGRESS_INTERVAL 50000

/* Marks on the timeline. */
#define MAX_MARKS 20000

struct _SessionWorker
{
  GThread *thread;
  GAsyncQueue *requests; /* of SessionRequest */
  GMainContext *context;
  SessionTakeAnswer take;
  gpointer owner;                 /* called back only while it lives: session_worker_end() waits */
  gint newest;                    /* atomic: serial of the newest run asked for */
  gint cancelled;                 /* atomic: serial of the run that was stopped, 0: none */
  gint ends;                      /* atomic: no more answers */
  gint works[SESSION_N_WORKS][2]; /* atomic: here, elsewhere */

  /* The thread's own */
  SessionFile *file;
  SessionProgram *program; /* what history records */
  History *history;        /* NULL: nothing was recorded yet */
  ScenePlan *plan;
  SceneFonts *fonts;
  JudgePlan *judge; /* of a lesson's own program; NULL: none */
  char *source;
  guint64 position;
  double width, height, text_scale;
  Facts *facts; /* of the position that was shown last, to compare with */
  guint64 facts_position;
  guint64 serial;
  HwSessionStatus status; /* of the newest run */
};

void
session_answer_free (SessionAnswer *answer)
{
  g_clear_pointer (&answer->program, session_program_unref);
  g_clear_pointer (&answer->moment, hw_moment_unref);
  g_clear_pointer (&answer->marks, g_array_unref);
  g_clear_pointer (&answer->judge, judge_plan_unref);
  g_free (answer->note);
  g_free (answer);
}

static void
request_free (gpointer data)
{
  SessionRequest *request = data;

  g_clear_pointer (&request->file, session_file_free);
  g_free (request->source);
  g_free (request);
}

static void
count_work (SessionWorker *self, HwWork work)
{
  g_atomic_int_inc (&self->works[work][g_thread_self () == self->thread ? 0 : 1]);
}

/* ---- answers ---- */

typedef struct
{
  SessionWorker *worker;
  SessionAnswer *answer;
} Delivery;

static gboolean
deliver_cb (gpointer data)
{
  Delivery *delivery = data;

  if (!g_atomic_int_get (&delivery->worker->ends))
    delivery->worker->take (delivery->worker->owner, g_steal_pointer (&delivery->answer));
  return G_SOURCE_REMOVE;
}

static void
delivery_free (gpointer data)
{
  Delivery *delivery = data;

  g_clear_pointer (&delivery->answer, session_answer_free);
  g_atomic_rc_box_release (delivery->worker);
  g_free (delivery);
}

static void
send_answer (SessionWorker *self, SessionAnswer *answer)
{
  Delivery *delivery = g_new0 (Delivery, 1);
  GSource *source = g_idle_source_new ();

  answer->serial = self->serial;
  delivery->worker = g_atomic_rc_box_acquire (self);
  delivery->answer = answer;
  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, deliver_cb, delivery, delivery_free);
  g_source_attach (source, self->context);
  g_source_unref (source);
}

static SessionAnswer *
new_answer (HwSessionStatus status)
{
  SessionAnswer *answer = g_new0 (SessionAnswer, 1);

  answer->status = status;
  return answer;
}

/* ---- moments ---- */

static Facts *
read_facts (SessionWorker *self, guint64 position)
{
  count_work (self, HW_WORK_SEEK);
  history_seek (self->history, position);
  return facts_new (history_get_machine (self->history), self->program->map);
}

/* The state one step earlier: the one shown last where it is that. */
static Facts *
read_facts_before (SessionWorker *self)
{
  if (self->position <= 1)
    return NULL;
  if (self->facts != NULL && self->facts_position == self->position - 1)
    return facts_ref (self->facts);
  return read_facts (self, self->position - 1);
}

static char *
dup_output (SessionWorker *self)
{
  Machine *machine = history_get_machine (self->history);
  guint64 n = machine->state.n_output[MACHINE_STREAM_OUTPUT];

  if (n == 0)
    return g_strdup ("");
  return g_utf8_make_valid ((const char *)machine->outputs[MACHINE_STREAM_OUTPUT]->data, n);
}

static Scene *
lay_out (SessionWorker *self, Facts *facts)
{
  SceneOptions options = { self->width, self->height, self->text_scale, self->fonts, NULL, NULL };

  count_work (self, HW_WORK_LAY_OUT);
  return scene_new (facts, self->plan, &options);
}

static HwMoment *
make_moment (SessionWorker *self)
{
  HwMoment *moment = g_new0 (HwMoment, 1);
  g_autoptr (Facts) before = read_facts_before (self);
  Facts *now = read_facts (self, self->position);
  Machine *machine = history_get_machine (self->history);

  facts_mark_changes (now, before);
  facts_set_losses (now, self->history, self->program->map);
  g_atomic_ref_count_init (&moment->reference_count);
  moment->step = self->position;
  moment->n_steps = history_get_n_positions (self->history);
  moment->line = now->line;
  moment->span = now->span;
  if (before != NULL)
    {
      moment->line_before = before->line;
      moment->span_before = before->span;
    }
  moment->narration = scene_narrate (before, now, self->source);
  moment->output = dup_output (self);
  if (machine->state.end == MACHINE_END_FAULT)
    moment->fault = facts_tell_fault (machine, self->program->map);
  else if (machine->state.end == MACHINE_END_LIMIT)
    moment->fault = facts_tell_limit (machine, self->program->map);
  moment->scene = lay_out (self, now);
  moment->facts = now;
  g_clear_pointer (&self->facts, facts_unref);
  self->facts = facts_ref (now);
  self->facts_position = self->position;
  return moment;
}

/* The note that was reached last; before the first one the lesson's introduction. */
static char *
find_note (SessionWorker *self)
{
  const Lesson *lesson = self->file->lesson;
  const JudgeNote *found = NULL;

  if (lesson == NULL)
    return NULL;
  for (guint i = 0; self->judge != NULL && i < self->judge->notes->len; i++)
    {
      const JudgeNote *note = g_ptr_array_index (self->judge->notes, i);

      if (note->position <= self->position)
        found = note;
    }
  if (found == NULL)
    return g_strdup (lesson->introduction);
  if (found->note->title != NULL)
    return g_strdup_printf ("### %s\n\n%s", found->note->title, found->text);
  return g_strdup (found->text);
}

static void
send_moment (SessionWorker *self)
{
  /* While a program is rejected, moving about shows the old recording. */
  SessionAnswer *answer = new_answer (self->status);

  answer->moment = make_moment (self);
  answer->note = find_note (self);
  send_answer (self, answer);
}

/* ---- running ---- */

/* Whether nobody waits for this run any more. */
static gboolean
is_superseded (SessionWorker *self)
{
  return g_atomic_int_get (&self->ends) || g_atomic_int_get (&self->newest) != (gint)self->serial;
}

static gboolean
is_interrupted (SessionWorker *self)
{
  return is_superseded (self) || g_atomic_int_get (&self->cancelled) == (gint)self->serial;
}

static void
record (SessionWorker *self, History *history)
{
  gint64 told = g_get_monotonic_time ();

  count_work (self, HW_WORK_RUN);
  while (history_record (history, SLICE))
    {
      gint64 now = g_get_monotonic_time ();

      if (is_interrupted (self))
        {
          history_end_recording (history);
          return;
        }
      if (now - told >= PROGRESS_INTERVAL)
        {
          SessionAnswer *answer = new_answer (HW_SESSION_RUNNING);

          answer->n_steps_so_far = history_get_machine (history)->state.steps;
          send_answer (self, answer);
          told = now;
        }
    }
}

static HwMarkKind
get_mark_kind (guint8 kind)
{
  switch (kind)
    {
    case MACHINE_EVENT_ALLOCATE:
      return HW_MARK_ALLOCATE;
    case MACHINE_EVENT_FREE:
      return HW_MARK_FREE;
    case MACHINE_EVENT_PRINT:
      return HW_MARK_PRINT;
    default:
      return HW_MARK_FAULT;
    }
}

static GArray *
list_marks (History *history)
{
  static const guint32 kinds = 1u << MACHINE_EVENT_ALLOCATE | 1u << MACHINE_EVENT_FREE
                               | 1u << MACHINE_EVENT_PRINT | 1u << MACHINE_EVENT_FAULT;
  g_autoptr (GArray) events = history_list_events (history, kinds, MAX_MARKS);
  GArray *marks = g_array_new (FALSE, FALSE, sizeof (HwMark));

  for (guint i = 0; i < events->len; i++)
    {
      const HistoryEvent *event = &g_array_index (events, HistoryEvent, i);
      HwMark mark = { get_mark_kind (event->kind), event->step + 1 };

      g_array_append_val (marks, mark);
    }
  return marks;
}

static void
forget_recording (SessionWorker *self)
{
  g_clear_pointer (&self->facts, facts_unref);
  g_clear_pointer (&self->judge, judge_plan_unref);
  g_clear_pointer (&self->plan, scene_plan_unref);
  g_clear_pointer (&self->history, history_free);
  g_clear_pointer (&self->program, session_program_unref);
  g_clear_pointer (&self->source, g_free);
}

static gboolean
is_stopped (gpointer data)
{
  return is_interrupted (data);
}

/* Where the lesson's notes and questions belong. They are about the lesson's own program: of one that was edited they would tell what
 * is not there. NULL then. */
static JudgePlan *
make_judge (SessionWorker *self)
{
  g_autoptr (SessionRecordings) recordings = NULL;
  SessionSettings settings;

  if (strcmp (self->source, self->file->source) != 0)
    return NULL;
  session_settings_init (&settings);
  recordings = session_recordings_new (self->file->path, self->file->lesson, &settings);
  session_recordings_set_stop (recordings, is_stopped, self);
  session_recordings_lend (recordings, self->file->run->id, self->program, self->history);
  return judge_plan_new (self->file->lesson, self->file->run->id, session_recordings_get,
                         recordings);
}

static void
keep_recording (SessionWorker *self, SessionProgram *program, History *history, const char *source,
                gsize n_source)
{
  guint64 position = self->position;

  forget_recording (self);
  self->program = session_program_ref (program);
  self->history = history;
  self->source = g_strndup (source, n_source);
  count_work (self, HW_WORK_PLAN);
  self->plan = scene_plan_new (history_get_survey (history));
  if (self->file->lesson != NULL)
    self->judge = make_judge (self);
  self->position = CLAMP (position, 1, history_get_n_positions (history));
}

/* Compiles and records; a program that is rejected leaves the recording before as it was. */
static void
run_program (SessionWorker *self, const char *source, gsize n_source)
{
  g_autoptr (SessionProgram) program = NULL;
  g_autoptr (GBytes) input = NULL;
  SessionAnswer *answer;
  History *history;

  count_work (self, HW_WORK_COMPILE);
  if (self->file->input != NULL)
    input = g_bytes_new (self->file->input, strlen (self->file->input));
  program = session_program_new (self->file->name, source, n_source, self->file->language,
                                 &self->file->settings, input);
  if (program->code == NULL)
    {
      self->status = text_diagnostics_are_unsupported (program->diagnostics)
                         ? HW_SESSION_UNSUPPORTED
                         : HW_SESSION_REJECTED;
      answer = new_answer (self->status);
      answer->program = session_program_ref (program);
      send_answer (self, answer);
      return;
    }
  history = session_program_new_history (program);
  record (self, history);
  if (is_superseded (self))
    {
      history_free (history);
      return;
    }
  keep_recording (self, program, history, source, n_source);
  self->status = HW_SESSION_READY;
  answer = new_answer (self->status);
  answer->program = session_program_ref (program);
  answer->marks = list_marks (history);
  answer->judge = self->judge != NULL ? judge_plan_ref (self->judge) : NULL;
  answer->moment = make_moment (self);
  answer->note = find_note (self);
  send_answer (self, answer);
}

/* ---- moving ---- */

static guint64
find_event (SessionWorker *self, gboolean forward)
{
  g_autoptr (GArray) marks = list_marks (self->history);
  guint64 found = forward ? history_get_n_positions (self->history) : 1;

  for (guint i = 0; i < marks->len; i++)
    {
      guint64 step = g_array_index (marks, HwMark, i).step;

      if (forward && step > self->position)
        return step;
      if (!forward && step < self->position)
        found = step;
    }
  return found;
}

/* Where an open question lets one go. */
static guint64
hold (SessionWorker *self, const SessionRequest *request, guint64 position)
{
  return request->barrier != 0 && request->barrier >= self->position
             ? MIN (position, request->barrier)
             : position;
}

static guint64
find_move (SessionWorker *self, HwMove move)
{
  guint64 n = history_get_n_positions (self->history);

  switch (move)
    {
    case HW_MOVE_STEP:
      return MIN (self->position + 1, n);
    case HW_MOVE_BACK:
      return MAX (self->position, 2) - 1;
    case HW_MOVE_OVER:
      return history_seek_over (self->history, self->position);
    case HW_MOVE_BACK_OVER:
      return history_seek_back_over (self->history, self->position);
    case HW_MOVE_OUT:
      return history_seek_out (self->history, self->position);
    case HW_MOVE_FIRST:
      return 1;
    case HW_MOVE_LAST:
      return n;
    case HW_MOVE_NEXT_EVENT:
      return find_event (self, TRUE);
    case HW_MOVE_PREVIOUS_EVENT:
      return find_event (self, FALSE);
    }
  g_assert_not_reached ();
}

/* A search goes on until it is stopped or another program is run. */
static gboolean
goes_on (guint64 n_ticks, gpointer data)
{
  (void)n_ticks;
  return !is_interrupted (data);
}

static HistoryTouch
get_touch (HwTouch touch)
{
  switch (touch)
    {
    case HW_TOUCH_WRITE:
      return HISTORY_WRITE;
    case HW_TOUCH_CHANGE:
      return HISTORY_CHANGE;
    }
  g_assert_not_reached ();
}

static void
go_to_change (SessionWorker *self, const SessionRequest *request)
{
  HistoryTouch touch = get_touch (request->touch);
  HistoryChange change;
  gboolean is_found
      = request->forward
            ? history_find_next_change (self->history, touch, request->address, request->n_bytes,
                                        self->position, goes_on, self, &change)
            : history_find_change (self->history, touch, request->address, request->n_bytes,
                                   self->position, goes_on, self, &change);

  if (is_found)
    self->position = hold (self, request, change.position);
}

/* The step whose line does it is shown as the next one to run. */
static void
go_to_block (SessionWorker *self, const SessionRequest *request)
{
  guint32 block = request->block;
  guint64 position = 0;

  switch (request->block_moment)
    {
    case HW_BLOCK_ALLOCATED:
      position = history_find_birth (self->history, block);
      break;
    case HW_BLOCK_FREED:
      position = history_find_end (self->history, block);
      break;
    case HW_BLOCK_LOST:
      position = history_find_loss (self->history, block);
      break;
    }
  if (position != 0)
    self->position = hold (self, request, position);
}

/* ---- the thread ---- */

static gboolean
take_canvas (SessionWorker *self, const SessionRequest *request)
{
  self->width = request->width;
  self->height = request->height;
  self->text_scale = request->text_scale;
  return self->history != NULL;
}

/* TRUE when what is shown is another picture now. */
static gboolean
take_request (SessionWorker *self, SessionRequest *request)
{
  self->serial = request->serial;
  switch (request->kind)
    {
    case SESSION_REQUEST_RUN:
      if (request->file != NULL)
        {
          g_clear_pointer (&self->file, session_file_free);
          self->file = g_steal_pointer (&request->file);
          if (!request->keeps_place)
            self->position = MAX (request->step, 1);
        }
      run_program (self, request->source, request->n_source);
      return FALSE;
    case SESSION_REQUEST_MOVE:
      if (self->history == NULL)
        return FALSE;
      self->position = hold (self, request, find_move (self, request->move));
      return TRUE;
    case SESSION_REQUEST_GO_TO:
      if (self->history == NULL)
        return FALSE;
      self->position
          = hold (self, request, CLAMP (request->step, 1, history_get_n_positions (self->history)));
      return TRUE;
    case SESSION_REQUEST_GO_TO_CHANGE:
      if (self->history == NULL)
        return FALSE;
      go_to_change (self, request);
      return TRUE;
    case SESSION_REQUEST_GO_TO_BLOCK:
      if (self->history == NULL)
        return FALSE;
      go_to_block (self, request);
      return TRUE;
    case SESSION_REQUEST_CANVAS:
      return take_canvas (self, request);
    case SESSION_REQUEST_QUIT:
      return FALSE;
    }
  g_assert_not_reached ();
}

static gpointer
work (gpointer data)
{
  SessionWorker *self = data;
  gboolean shows_other = FALSE;

  self->fonts = scene_fonts_new ();
  for (;;)
    {
      SessionRequest *request = shows_other ? g_async_queue_try_pop (self->requests)
                                            : g_async_queue_pop (self->requests);
      gboolean quits;

      if (request == NULL)
        {
          send_moment (self);
          shows_other = FALSE;
          continue;
        }
      quits = request->kind == SESSION_REQUEST_QUIT;
      if (request->kind == SESSION_REQUEST_RUN)
        shows_other = FALSE;
      shows_other |= take_request (self, request);
      request_free (request);
      if (quits)
        break;
    }
  forget_recording (self);
  g_clear_pointer (&self->file, session_file_free);
  scene_fonts_free (self->fonts);
  return NULL;
}

/* Starts the thread. Answers are handed to take (owner, answer), which takes them, in context. */
SessionWorker *
session_worker_new (GMainContext *context, SessionTakeAnswer take, gpointer owner)
{
  SessionWorker *self = g_atomic_rc_box_new0 (SessionWorker);

  self->requests = g_async_queue_new_full (request_free);
  self->context = g_main_context_ref (context);
  self->take = take;
  self->owner = owner;
  self->width = 800;
  self->height = 600;
  self->text_scale = 1;
  self->thread = g_thread_new ("heapwise", work, self);
  return self;
}

static void
clear_worker (gpointer data)
{
  SessionWorker *self = data;

  g_async_queue_unref (self->requests);
  g_main_context_unref (self->context);
}

/* Ends the thread and waits for it; no answer arrives any more. */
void
session_worker_end (SessionWorker *self)
{
  SessionRequest *request = g_new0 (SessionRequest, 1);

  g_atomic_int_set (&self->ends, 1);
  request->kind = SESSION_REQUEST_QUIT;
  g_async_queue_push (self->requests, request);
  g_thread_join (self->thread);
  g_atomic_rc_box_release_full (self, clear_worker);
}

/* request: (transfer full) */
void
session_worker_push (SessionWorker *self, SessionRequest *request)
{
  /* A new program: the one before need not be run to its end. */
  if (request->kind == SESSION_REQUEST_RUN)
    g_atomic_int_set (&self->newest, (gint)request->serial);
  g_async_queue_push (self->requests, request);
}

/* Ends the run of that serial if it is under way; what ran until then is kept. */
void
session_worker_cancel (SessionWorker *self, guint64 serial)
{
  g_atomic_int_set (&self->cancelled, (gint)serial);
}

void
session_worker_count (SessionWorker *self, HwWork work_kind, guint *n_here, guint *n_elsewhere)
{
  *n_here = g_atomic_int_get (&self->works[work_kind][0]);
  *n_elsewhere = g_atomic_int_get (&self->works[work_kind][1]);
}
