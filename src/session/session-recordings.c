/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Recording a lesson's runs one by one: see session-recordings.h. */

#include "session-recordings.h"

#include <string.h>

/* Ticks between two looks at whether a recording is over. */
#define SLICE 4000000

typedef struct
{
  const LessonRun *run;
  SessionProgram *program;
  History *own; /* NULL: it was lent, or the program was rejected */
  JudgeRecording *recording;
} Entry;

struct _SessionRecordings
{
  char *path;
  Lesson *lesson;
  SessionSettings defaults;
  GPtrArray *entries;                     /* of Entry */
  gboolean (*is_stopped) (gpointer data); /* NULL: nobody stops them */
  gpointer stop_data;
};

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  judge_recording_free (entry->recording);
  g_clear_pointer (&entry->own, history_free);
  session_program_unref (entry->program);
  g_free (entry);
}

/* defaults: what the lesson does not say of its machine. (transfer full) */
SessionRecordings *
session_recordings_new (const char *path, Lesson *lesson, const SessionSettings *defaults)
{
  SessionRecordings *self = g_new0 (SessionRecordings, 1);

  self->path = g_strdup (path);
  self->lesson = lesson_ref (lesson);
  self->defaults = *defaults;
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  return self;
}

void
session_recordings_free (SessionRecordings *self)
{
  g_ptr_array_unref (self->entries);
  lesson_unref (self->lesson);
  g_free (self->path);
  g_free (self);
}

/* Asked every few milliseconds of a recording: TRUE ends it where it is. */
void
session_recordings_set_stop (SessionRecordings *self, gboolean (*is_stopped) (gpointer data),
                             gpointer data)
{
  self->is_stopped = is_stopped;
  self->stop_data = data;
}

static Entry *
add_entry (SessionRecordings *self, const LessonRun *run, SessionProgram *program, History *history)
{
  Entry *entry = g_new0 (Entry, 1);

  entry->run = run;
  entry->program = session_program_ref (program);
  entry->recording
      = judge_recording_new (self->lesson, run, history, program->map, program->diagnostics);
  g_ptr_array_add (self->entries, entry);
  return entry;
}

/* A run that somebody has recorded already. program: referenced, history: borrowed (nullable), must outlive this. */
void
session_recordings_lend (SessionRecordings *self, const char *run_id, SessionProgram *program,
                         History *history)
{
  const LessonRun *run = lesson_find_run (self->lesson, run_id);

  g_return_if_fail (run != NULL);
  add_entry (self, run, program, history);
}

static Entry *
record (SessionRecordings *self, const LessonRun *run)
{
  g_autoptr (SessionFile) file
      = session_file_new_run (self->path, self->lesson, run->id, &self->defaults, NULL);
  g_autoptr (SessionProgram) program = NULL;
  g_autoptr (GBytes) input = NULL;
  History *history = NULL;
  Entry *entry;

  if (file == NULL)
    return NULL;
  input = g_bytes_new (file->input, file->input != NULL ? strlen (file->input) : 0);
  program = session_program_new (file->name, file->source, file->n_source, file->language,
                                 &file->settings, input);
  if (program->code != NULL)
    {
      history = session_program_new_history (program);
      while (history_record (history, SLICE))
        if (self->is_stopped != NULL && self->is_stopped (self->stop_data))
          {
            history_end_recording (history);
            break;
          }
    }
  entry = add_entry (self, run, program, history);
  entry->own = history;
  return entry;
}

/* A JudgeRecord. */
JudgeRecording *
session_recordings_get (const char *run_id, gpointer recordings)
{
  SessionRecordings *self = recordings;
  const LessonRun *run = lesson_find_run (self->lesson, run_id);
  Entry *entry;

  if (run == NULL)
    return NULL;
  for (guint i = 0; i < self->entries->len; i++)
    {
      entry = g_ptr_array_index (self->entries, i);
      if (entry->run == run)
        return entry->recording;
    }
  entry = record (self, run);
  return entry != NULL ? entry->recording : NULL;
}
