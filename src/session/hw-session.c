/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The session as an object: properties that the worker's answers change. See hw-session.h.
 *
 * A lesson's runs may run different programs of it: what was edited is kept for each. */

#include "hw-session.h"

#include "session-questions.h"
#include "session-worker.h"

#include <string.h>

struct _HwSession
{
  GObject parent_instance;

  SessionWorker *worker;
  guint64 serial; /* of the newest request that starts a run */
  HwSessionStatus status;
  HwMoment *moment; /* (nullable) */
  char *title;
  char *source;
  char *note;        /* (nullable) */
  char *path;        /* of the open file */
  Lesson *lesson;    /* NULL: a source file */
  GPtrArray *runs;   /* of HwRun */
  guint run;         /* index in runs */
  GHashTable *texts; /* id of a program of the lesson -> its text as edited */
  SessionQuestions *questions;
  LessonStore *store;      /* NULL: nothing is kept */
  GArray *marks;           /* of HwMark */
  SessionProgram *program; /* newest compilation; (nullable) */
  GPtrArray *no_diagnostics;
  guint64 n_steps_so_far;
};

typedef enum
{
  PROP_STATUS = 1,
  PROP_MOMENT,
  PROP_TITLE,
  PROP_SOURCE,
  PROP_MARKS,
  PROP_DIAGNOSTICS,
  PROP_STEPS_SO_FAR,
  PROP_NOTE,
  PROP_RUNS,
  PROP_RUN,
  PROP_QUESTION,
  PROP_HORIZON,
  N_PROPS,
} Property;

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (HwSession, hw_session, G_TYPE_OBJECT)

HwMoment *
hw_moment_ref (HwMoment *moment)
{
  g_atomic_ref_count_inc (&moment->reference_count);
  return moment;
}

void
hw_moment_unref (HwMoment *moment)
{
  if (!g_atomic_ref_count_dec (&moment->reference_count))
    return;
  g_clear_pointer (&moment->scene, scene_unref);
  g_clear_pointer (&moment->facts, facts_unref);
  g_clear_pointer (&moment->fault, text_diagnostic_free);
  g_free (moment->narration);
  g_free (moment->output);
  g_free (moment);
}

/* ---- answers ---- */

static void
set_status (HwSession *self, HwSessionStatus status)
{
  if (self->status == status)
    return;
  self->status = status;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STATUS]);
}

static void
set_steps_so_far (HwSession *self, guint64 n)
{
  if (self->n_steps_so_far == n)
    return;
  self->n_steps_so_far = n;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_STEPS_SO_FAR]);
}

static void
set_note (HwSession *self, char *note)
{
  g_autofree char *old = self->note;

  self->note = note;
  if (g_strcmp0 (old, note) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NOTE]);
}

static void
notify_question (HwSession *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_QUESTION]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HORIZON]);
}

static void
keep_position (HwSession *self)
{
  if (self->store != NULL && self->lesson != NULL && self->moment != NULL)
    lesson_store_set_position (self->store, self->lesson->id,
                               ((HwRun *)g_ptr_array_index (self->runs, self->run))->id,
                               self->moment->step);
}

static void
take_answer (gpointer owner, SessionAnswer *answer)
{
  HwSession *self = owner;

  /* An answer to what was asked before the newest program. */
  if (answer->serial < self->serial)
    {
      session_answer_free (answer);
      return;
    }
  g_object_freeze_notify (G_OBJECT (self));
  set_steps_so_far (self, answer->n_steps_so_far);
  if (answer->program != NULL)
    {
      g_clear_pointer (&self->program, session_program_unref);
      self->program = g_steal_pointer (&answer->program);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIAGNOSTICS]);
    }
  if (answer->marks != NULL)
    {
      g_clear_pointer (&self->marks, g_array_unref);
      self->marks = g_steal_pointer (&answer->marks);
      /* Marks come with a new recording, and with it its questions. */
      session_questions_set_plan (self->questions, answer->judge);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MARKS]);
    }
  if (answer->moment != NULL)
    {
      g_clear_pointer (&self->moment, hw_moment_unref);
      self->moment = g_steal_pointer (&answer->moment);
      set_note (self, g_steal_pointer (&answer->note));
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MOMENT]);
      keep_position (self);
      notify_question (self);
    }
  set_status (self, answer->status);
  g_object_thaw_notify (G_OBJECT (self));
  session_answer_free (answer);
}

/* ---- object ---- */

static void
hw_session_dispose (GObject *object)
{
  HwSession *self = HW_SESSION (object);

  g_clear_pointer (&self->worker, session_worker_end);
  G_OBJECT_CLASS (hw_session_parent_class)->dispose (object);
}

static void
hw_session_finalize (GObject *object)
{
  HwSession *self = HW_SESSION (object);

  g_clear_pointer (&self->moment, hw_moment_unref);
  g_clear_pointer (&self->program, session_program_unref);
  g_clear_pointer (&self->questions, session_questions_free);
  g_clear_object (&self->store);
  g_clear_pointer (&self->marks, g_array_unref);
  g_clear_pointer (&self->no_diagnostics, g_ptr_array_unref);
  g_clear_pointer (&self->lesson, lesson_unref);
  g_clear_pointer (&self->runs, g_ptr_array_unref);
  g_clear_pointer (&self->texts, g_hash_table_unref);
  g_free (self->title);
  g_free (self->source);
  g_free (self->note);
  g_free (self->path);
  G_OBJECT_CLASS (hw_session_parent_class)->finalize (object);
}

static void
hw_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HwSession *self = HW_SESSION (object);

  switch ((Property)id)
    {
    case PROP_STATUS:
      g_value_set_int (value, self->status);
      break;
    case PROP_MOMENT:
      g_value_set_pointer (value, self->moment);
      break;
    case PROP_TITLE:
      g_value_set_string (value, self->title);
      break;
    case PROP_SOURCE:
      g_value_set_string (value, self->source);
      break;
    case PROP_MARKS:
      g_value_set_pointer (value, self->marks);
      break;
    case PROP_DIAGNOSTICS:
      g_value_set_pointer (value, hw_session_get_diagnostics (self));
      break;
    case PROP_STEPS_SO_FAR:
      g_value_set_uint64 (value, self->n_steps_so_far);
      break;
    case PROP_NOTE:
      g_value_set_string (value, self->note);
      break;
    case PROP_RUNS:
      g_value_set_pointer (value, self->runs);
      break;
    case PROP_RUN:
      g_value_set_uint (value, self->run);
      break;
    case PROP_QUESTION:
      g_value_set_pointer (value, (gpointer)hw_session_get_question (self));
      break;
    case PROP_HORIZON:
      g_value_set_uint64 (value, hw_session_get_horizon (self));
      break;
    case N_PROPS:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
hw_session_class_init (HwSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = hw_session_dispose;
  object_class->finalize = hw_session_finalize;
  object_class->get_property = hw_session_get_property;

  properties[PROP_STATUS] = g_param_spec_int ("status", NULL, NULL, HW_SESSION_EMPTY,
                                              HW_SESSION_UNSUPPORTED, HW_SESSION_EMPTY, flags);
  properties[PROP_MOMENT] = g_param_spec_pointer ("moment", NULL, NULL, flags);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_SOURCE] = g_param_spec_string ("source", NULL, NULL, NULL, flags);
  properties[PROP_MARKS] = g_param_spec_pointer ("marks", NULL, NULL, flags);
  properties[PROP_DIAGNOSTICS] = g_param_spec_pointer ("diagnostics", NULL, NULL, flags);
  properties[PROP_STEPS_SO_FAR]
      = g_param_spec_uint64 ("steps-so-far", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  properties[PROP_NOTE] = g_param_spec_string ("note", NULL, NULL, NULL, flags);
  properties[PROP_RUNS] = g_param_spec_pointer ("runs", NULL, NULL, flags);
  properties[PROP_RUN] = g_param_spec_uint ("run", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_QUESTION] = g_param_spec_pointer ("question", NULL, NULL, flags);
  properties[PROP_HORIZON] = g_param_spec_uint64 ("horizon", NULL, NULL, 0, G_MAXUINT64, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
run_free (gpointer data)
{
  HwRun *run = data;

  g_free (run->id);
  g_free (run->title);
  g_free (run);
}

static void
hw_session_init (HwSession *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  self->marks = g_array_new (FALSE, FALSE, sizeof (HwMark));
  self->no_diagnostics = g_ptr_array_new ();
  self->runs = g_ptr_array_new_with_free_func (run_free);
  self->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->questions = session_questions_new ();
  self->worker = session_worker_new (context, take_answer, self);
}

/* ---- public ---- */

HwSession *
hw_session_new (void)
{
  return g_object_new (HW_TYPE_SESSION, NULL);
}

static SessionRequest *
new_request (HwSession *self, SessionRequestKind kind)
{
  SessionRequest *request = g_new0 (SessionRequest, 1);

  request->kind = kind;
  request->serial = self->serial;
  if (self->moment != NULL)
    request->barrier = session_questions_get_barrier (self->questions, self->moment->step);
  return request;
}

static void
set_source (HwSession *self, const char *source)
{
  if (g_strcmp0 (self->source, source) == 0)
    return;
  g_free (self->source);
  self->source = g_strdup (source);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SOURCE]);
}

/* file: (transfer full), NULL: as before. step: where it is begun to be looked at when no place is kept. */
static void
start_run (HwSession *self, SessionFile *file, gboolean keeps_place, guint64 step,
           const char *source, gsize n_source)
{
  SessionRequest *request;

  self->serial++;
  request = new_request (self, SESSION_REQUEST_RUN);
  request->file = file;
  request->keeps_place = keeps_place;
  request->step = step;
  request->source = g_memdup2 (source, n_source + 1);
  request->n_source = n_source;
  set_status (self, HW_SESSION_RUNNING);
  session_worker_push (self->worker, request);
}

/* ---- runs ---- */

static const char *
get_program_id (HwSession *self, guint run)
{
  return lesson_get_program_of_run (self->lesson, g_ptr_array_index (self->lesson->runs, run))->id;
}

static void
set_run (HwSession *self, guint run)
{
  if (self->run == run)
    return;
  self->run = run;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUN]);
}

static void
add_run (HwSession *self, const LessonRun *from)
{
  HwRun *run = g_new0 (HwRun, 1);

  run->id = g_strdup (from->id);
  run->title = g_strdup (from->title != NULL ? from->title : from->id);
  g_ptr_array_add (self->runs, run);
}

/* Another file is open. */
static void
take_file (HwSession *self, const SessionFile *file)
{
  g_clear_pointer (&self->lesson, lesson_unref);
  if (file->lesson != NULL)
    self->lesson = lesson_ref (file->lesson);
  g_free (self->path);
  self->path = g_strdup (file->path);
  g_hash_table_remove_all (self->texts);
  g_ptr_array_set_size (self->runs, 0);
  for (guint i = 0; self->lesson != NULL && i < self->lesson->runs->len; i++)
    add_run (self, g_ptr_array_index (self->lesson->runs, i));
  set_run (self, 0);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RUNS]);
  g_free (self->title);
  self->title = g_strdup (file->title);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TITLE]);
  set_source (self, file->source);
}

gboolean
hw_session_choose_run (HwSession *self, guint index, GError **error)
{
  SessionSettings settings;
  SessionFile *file;
  gboolean is_same_program;
  const char *text;

  g_return_val_if_fail (HW_IS_SESSION (self), FALSE);
  g_return_val_if_fail (index < self->runs->len, FALSE);
  if (index == self->run)
    return TRUE;
  session_settings_init (&settings);
  file = session_file_new_run (self->path, self->lesson,
                               ((HwRun *)g_ptr_array_index (self->runs, index))->id, &settings,
                               error);
  if (file == NULL)
    return FALSE;
  is_same_program = strcmp (get_program_id (self, self->run), get_program_id (self, index)) == 0;
  set_run (self, index);
  text = g_hash_table_lookup (self->texts, get_program_id (self, index));
  set_source (self, text != NULL ? text : file->source);
  start_run (self, file, is_same_program, 1, self->source, strlen (self->source));
  return TRUE;
}

void
hw_session_edit (HwSession *self, const char *source)
{
  g_return_if_fail (HW_IS_SESSION (self));
  g_return_if_fail (source != NULL);
  if (self->lesson != NULL)
    {
      const char *id = get_program_id (self, self->run);

      g_hash_table_replace (self->texts, g_strdup (id), g_strdup (source));
      if (self->store != NULL && g_strcmp0 (self->source, source) != 0)
        lesson_store_set_source (self->store, self->lesson->id, id, source);
    }
  set_source (self, source);
}

/* ---- opening and running ---- */

/* Goes on where the learner left off: their text of the program, their step. */
static void
take_up (HwSession *self, SessionFile *file)
{
  g_autofree char *text
      = lesson_store_dup_source (self->store, self->lesson->id, get_program_id (self, 0));
  guint64 step = 1;

  lesson_store_open (self->store, self->lesson->id, self->path, self->title);
  lesson_store_get_position (self->store, self->lesson->id,
                             ((HwRun *)g_ptr_array_index (self->runs, 0))->id, &step);
  if (text == NULL)
    {
      start_run (self, file, FALSE, step, file->source, file->n_source);
      return;
    }
  g_hash_table_replace (self->texts, g_strdup (get_program_id (self, 0)), g_strdup (text));
  set_source (self, text);
  start_run (self, file, FALSE, step, text, strlen (text));
}

gboolean
hw_session_open (HwSession *self, const char *path, GError **error)
{
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (GError) trouble = NULL;
  SessionSettings settings;
  SessionFile *file;

  g_return_val_if_fail (HW_IS_SESSION (self), FALSE);
  session_settings_init (&settings);
  file = session_file_open (path, NULL, NULL, &settings, diagnostics, map, &trouble);
  if (file == NULL)
    {
      /* A lesson's first finding says more than that there is one. */
      if (g_error_matches (trouble, SESSION_ERROR, SESSION_ERROR_LESSON)
          && diagnostics->list->len > 0)
        {
          g_autofree char *text
              = text_diagnostic_render (g_ptr_array_index (diagnostics->list, 0), map);

          g_set_error_literal (error, SESSION_ERROR, SESSION_ERROR_LESSON, text);
          return FALSE;
        }
      g_propagate_error (error, g_steal_pointer (&trouble));
      return FALSE;
    }
  file->diagnostics = NULL;
  take_file (self, file);
  if (self->store != NULL && self->lesson != NULL)
    take_up (self, file);
  else
    start_run (self, file, FALSE, 1, file->source, file->n_source);
  return TRUE;
}

void
hw_session_run_again (HwSession *self, const char *source)
{
  g_return_if_fail (HW_IS_SESSION (self));
  g_return_if_fail (source != NULL);
  hw_session_edit (self, source);
  start_run (self, NULL, TRUE, 1, source, strlen (source));
}

static const char *
get_own_text (HwSession *self)
{
  return lesson_get_program_of_run (self->lesson, g_ptr_array_index (self->lesson->runs, self->run))
      ->text;
}

gboolean
hw_session_can_start_over (HwSession *self)
{
  g_return_val_if_fail (HW_IS_SESSION (self), FALSE);
  return self->lesson != NULL && g_strcmp0 (self->source, get_own_text (self)) != 0;
}

char *
hw_session_start_over (HwSession *self)
{
  g_autofree char *text = NULL;
  const char *id;

  g_return_val_if_fail (HW_IS_SESSION (self), NULL);
  if (!hw_session_can_start_over (self))
    return NULL;
  text = g_strdup (self->source);
  id = get_program_id (self, self->run);
  g_hash_table_remove (self->texts, id);
  if (self->store != NULL)
    lesson_store_set_source (self->store, self->lesson->id, id, NULL);
  set_source (self, get_own_text (self));
  start_run (self, NULL, TRUE, 1, self->source, strlen (self->source));
  return g_steal_pointer (&text);
}

void
hw_session_stop (HwSession *self)
{
  g_return_if_fail (HW_IS_SESSION (self));
  session_worker_cancel (self->worker, self->serial);
}

void
hw_session_move (HwSession *self, HwMove move)
{
  SessionRequest *request;

  g_return_if_fail (HW_IS_SESSION (self));
  request = new_request (self, SESSION_REQUEST_MOVE);
  request->move = move;
  session_worker_push (self->worker, request);
}

void
hw_session_go_to (HwSession *self, guint64 step)
{
  SessionRequest *request;

  g_return_if_fail (HW_IS_SESSION (self));
  request = new_request (self, SESSION_REQUEST_GO_TO);
  request->step = step;
  session_worker_push (self->worker, request);
}

void
hw_session_go_to_change (HwSession *self, HwTouch touch, guint64 address, guint64 n_bytes,
                         gboolean forward)
{
  SessionRequest *request;

  g_return_if_fail (HW_IS_SESSION (self));
  request = new_request (self, SESSION_REQUEST_GO_TO_CHANGE);
  request->touch = touch;
  request->address = address;
  request->n_bytes = n_bytes;
  request->forward = forward;
  session_worker_push (self->worker, request);
}

void
hw_session_go_to_block (HwSession *self, guint32 key, HwBlockMoment moment)
{
  SessionRequest *request;

  g_return_if_fail (HW_IS_SESSION (self));
  request = new_request (self, SESSION_REQUEST_GO_TO_BLOCK);
  request->block = key;
  request->block_moment = moment;
  session_worker_push (self->worker, request);
}

void
hw_session_set_canvas (HwSession *self, double width, double height, double text_scale)
{
  SessionRequest *request;

  g_return_if_fail (HW_IS_SESSION (self));
  request = new_request (self, SESSION_REQUEST_CANVAS);
  request->width = width;
  request->height = height;
  request->text_scale = text_scale;
  session_worker_push (self->worker, request);
}

HwSessionStatus
hw_session_get_status (HwSession *self)
{
  g_return_val_if_fail (HW_IS_SESSION (self), HW_SESSION_EMPTY);
  return self->status;
}

HwMoment *
hw_session_get_moment (HwSession *self)
{
  g_return_val_if_fail (HW_IS_SESSION (self), NULL);
  return self->moment;
}

const char *
hw_session_get_title (HwSession *self)
{
  g_return_val_if_fail (HW_IS_SESSION (self), NULL);
  return self->title;
}

const char *
hw_session_get_source (HwSession *self)
{
  g_return_val_if_fail (HW_IS_SESSION (self), NULL);
  return self->source;
}

GArray *
hw_session_get_marks (HwSession *self)
{
  g_return_val_if_fail (HW_IS_SESSION (self), NULL);
  return self->marks;
}

GPtrArray *
hw_session_get_diagnostics (HwSession *self)
{
  g_return_val_if_fail (HW_IS_SESSION (self), NULL);
  return self->program != NULL ? self->program->diagnostics->list : self->no_diagnostics;
}

TextMap *
hw_session_get_text_map (HwSession *self)
{
  g_return_val_if_fail (HW_IS_SESSION (self), NULL);
  return self->program != NULL ? self->program->map : NULL;
}

guint64
hw_session_get_steps_so_far (HwSession *self)
{
  g_return_val_if_fail (HW_IS_SESSION (self), 0);
  return self->n_steps_so_far;
}

GPtrArray *
hw_session_get_runs (HwSession *self)
{
  g_return_val_if_fail (HW_IS_SESSION (self), NULL);
  return self->runs;
}

guint
hw_session_get_run (HwSession *self)
{
  g_return_val_if_fail (HW_IS_SESSION (self), 0);
  return self->run;
}

const char *
hw_session_get_note (HwSession *self)
{
  g_return_val_if_fail (HW_IS_SESSION (self), NULL);
  return self->note;
}

/* How often a kind of work was done on the worker and elsewhere. For tests. */
void
hw_session_count_work (HwSession *self, HwWork work, guint *n_on_worker, guint *n_elsewhere)
{
  g_return_if_fail (HW_IS_SESSION (self));
  session_worker_count (self->worker, work, n_on_worker, n_elsewhere);
}

/* ---- questions ---- */

void
hw_session_set_store (HwSession *self, LessonStore *store)
{
  g_return_if_fail (HW_IS_SESSION (self));
  g_set_object (&self->store, store);
  session_questions_set_store (self->questions, store);
}

const HwQuestion *
hw_session_get_question (HwSession *self)
{
  g_return_val_if_fail (HW_IS_SESSION (self), NULL);
  return self->moment != NULL ? session_questions_look (self->questions, self->moment->step) : NULL;
}

guint64
hw_session_get_horizon (HwSession *self)
{
  const HwQuestion *question = hw_session_get_question (self);

  return question != NULL && question->state == HW_QUESTION_OPEN ? self->moment->step : 0;
}

/* The step that was asked about. */
static void
play_step (HwSession *self)
{
  if (self->moment->step < self->moment->n_steps)
    hw_session_move (self, HW_MOVE_STEP);
}

void
hw_session_answer (HwSession *self, const char *const *answer)
{
  gboolean is_closed;

  g_return_if_fail (HW_IS_SESSION (self));
  is_closed = session_questions_answer (self->questions, answer);
  notify_question (self);
  if (is_closed)
    play_step (self);
}

static void
close_question (HwSession *self, HwQuestionState state)
{
  session_questions_close (self->questions, state);
  notify_question (self);
  play_step (self);
}

void
hw_session_show_answer (HwSession *self)
{
  g_return_if_fail (HW_IS_SESSION (self));
  close_question (self, HW_QUESTION_SHOWN);
}

void
hw_session_skip_question (HwSession *self)
{
  g_return_if_fail (HW_IS_SESSION (self));
  close_question (self, HW_QUESTION_SKIPPED);
}

void
hw_session_show_hint (HwSession *self)
{
  g_return_if_fail (HW_IS_SESSION (self));
  session_questions_show_hint (self->questions);
  notify_question (self);
}
