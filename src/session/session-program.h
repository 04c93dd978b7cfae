/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history/history.h"
#include "lesson/lesson-model.h"
#include "machine/machine.h"
#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* From a file to code that can run: the one way that the window and the command line share. */

/* Defaults are the command line's. */
typedef struct
{
  guint64 heap_bytes;
  guint64 stack_bytes;
  MachineLimits limits;
} SessionSettings;

void session_settings_init (SessionSettings *settings);
gboolean session_settings_set_rule (SessionSettings *settings, const char *kind, gboolean allow);

/* A file that was read: a lesson, or a source file as it is. */
typedef struct
{
  char *path;
  char *name; /* as messages say it */
  char *title;
  char *source;   /* the program's text, marks stripped */
  gsize n_source; /* bytes; the text may hold a NUL */
  char *language; /* "c", "hwir" … */
  char *input;    /* what the program reads, or NULL */
  Lesson *lesson; /* NULL for a source file */
  const LessonRun *run;
  TextMap *map;                 /* of the lesson's file */
  TextDiagnostics *diagnostics; /* about the lesson's file (borrowed, nullable) */
  SessionSettings settings;
} SessionFile;

typedef enum
{
  SESSION_ERROR_FILE,     /* cannot be read */
  SESSION_ERROR_LESSON,   /* read, and not a lesson: see diagnostics */
  SESSION_ERROR_LANGUAGE, /* no language of ours */
  SESSION_ERROR_RUN,      /* the lesson has no such run */
} SessionError;

#define SESSION_ERROR session_error_quark ()
GQuark session_error_quark (void);

SessionFile *session_file_open (const char *path, const char *run, const char *language,
                                const SessionSettings *defaults, TextDiagnostics *diagnostics,
                                TextMap *map, GError **error);
SessionFile *session_file_new_run (const char *path, Lesson *lesson, const char *run,
                                   const SessionSettings *defaults, GError **error);
void session_file_free (SessionFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SessionFile, session_file_free)

/* A program that was compiled, right or wrong. */
typedef struct
{
  gatomicrefcount reference_count;
  TextMap *map;
  TextDiagnostics *diagnostics;
  IrProgram *program; /* NULL: rejected */
  MachineCode *code;  /* NULL: rejected */
  SessionSettings settings;
  GBytes *input; /* (nullable) */
  char *language;
  guint32 source_begin; /* position of the learner's text in map */
} SessionProgram;

SessionProgram *session_program_new (const char *name, const char *source, gsize n_source,
                                     const char *language, const SessionSettings *settings,
                                     GBytes *input);
SessionProgram *session_program_ref (SessionProgram *program);
void session_program_unref (SessionProgram *program);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SessionProgram, session_program_unref)

Machine *session_program_new_machine (SessionProgram *program);
History *session_program_new_history (SessionProgram *program);
gboolean session_program_reads_input (SessionProgram *program);

G_END_DECLS
