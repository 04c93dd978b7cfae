/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `heapwise-cli play`: a program or lesson step by step in the terminal. Enter steps, b goes back, g N goes to step N, o over a call, u out
 * of the function, q quits. Without a terminal the whole run is printed, a block of text a step. */

#include "cli.h"

#include "facts/facts-new.h"
#include "judge/judge-stops.h"
#include "lesson/lesson-file.h"
#include "scene/scene.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_STOPS 20000
#define MAX_LINE 64

typedef struct
{
  SessionProgram *program;
  History *history;
  Lesson *lesson;            /* NULL: a source file */
  const LessonProgram *text; /* of the lesson, or NULL */
  JudgeStops *stops;         /* with a lesson */
  guint64 position;
  guint64 n_positions;
} Player;

static Facts *
read_facts (Player *self, guint64 position)
{
  history_seek (self->history, position);
  return facts_new (history_get_machine (self->history), self->program->map);
}

/* The line that runs next, as it stands in the program. */
static void
print_line (Player *self, const Facts *facts)
{
  g_autofree char *line = NULL;

  if (facts->line == 0)
    return;
  line = text_map_dup_line (self->program->map, facts->span.begin);
  printf ("  %4u > %s\n", facts->line, line);
}

/* Notes of the lesson whose moment this is. */
static void
print_notes (Player *self)
{
  for (guint i = 0; self->stops != NULL && i < self->lesson->notes->len; i++)
    {
      const LessonNote *note = g_ptr_array_index (self->lesson->notes, i);

      if (judge_find_anchor (self->stops, self->text, &note->anchor) == self->position)
        printf ("  | %s\n", note->text);
    }
}

static void
print_output (Player *self, guint64 before, guint64 now)
{
  const Machine *machine = history_get_machine (self->history);
  const guint8 *bytes = machine->outputs[MACHINE_STREAM_OUTPUT]->data;

  if (now <= before)
    return;
  printf ("  %s ", _ ("printed:"));
  fwrite (bytes + before, 1, now - before, stdout);
  if (bytes[now - 1] != '\n')
    putchar ('\n');
}

static void
print_end (Player *self)
{
  Machine *machine = history_get_machine (self->history);
  g_autoptr (TextDiagnostic) diagnostic = NULL;
  g_autofree char *text = NULL;

  if (machine->state.end == MACHINE_END_FAULT)
    diagnostic = facts_tell_fault (machine, self->program->map);
  else if (machine->state.end == MACHINE_END_LIMIT)
    diagnostic = facts_tell_limit (machine, self->program->map);
  if (diagnostic == NULL)
    return;
  text = text_diagnostic_render (diagnostic, self->program->map);
  fputs (text, stdout);
}

static void
show (Player *self)
{
  g_autoptr (Facts) before = self->position > 1 ? read_facts (self, self->position - 1) : NULL;
  g_autoptr (Facts) now = read_facts (self, self->position);
  g_autofree char *narration = NULL;
  g_autofree char *picture = NULL;

  facts_mark_changes (now, before);
  narration = scene_narrate (
      before, now, text_map_get_text (self->program->map, self->program->source_begin, NULL));
  picture = scene_to_text (now);
  printf (_ ("── step %" PRIu64 " of %" PRIu64 " ── %s\n"), self->position, self->n_positions,
          narration);
  print_line (self, now);
  print_notes (self);
  print_output (self, before != NULL ? before->n_output : 0, now->n_output);
  fputs (picture, stdout);
  print_end (self);
  putchar ('\n');
  fflush (stdout);
}

static void
print_keys (void)
{
  printf (_ ("Enter steps, b goes back, o over a call, u out of the function, g N to step N, q "
             "quits.\n"));
}

/* FALSE: the learner quits. */
static gboolean
take_word (Player *self, const char *word)
{
  guint64 wanted = self->position;

  switch (word[0])
    {
    case '\n':
    case '\0':
    case 's':
      wanted = self->position + 1;
      break;
    case 'b':
      wanted = MAX (self->position, 2) - 1;
      break;
    case 'o':
      wanted = history_seek_over (self->history, self->position);
      break;
    case 'u':
      wanted = history_seek_out (self->history, self->position);
      break;
    case 'g':
      wanted = g_ascii_strtoull (word + 1, NULL, 10);
      break;
    case 'q':
      return FALSE;
    default:
      print_keys ();
      return TRUE;
    }
  if (wanted < 1 || wanted > self->n_positions)
    {
      printf (_ ("There are steps 1 to %" PRIu64 ".\n"), self->n_positions);
      return TRUE;
    }
  self->position = wanted;
  show (self);
  return TRUE;
}

static void
play_by_hand (Player *self)
{
  char word[MAX_LINE];

  print_keys ();
  show (self);
  do
    {
      printf ("> ");
      fflush (stdout);
    }
  while (fgets (word, sizeof word, stdin) != NULL && take_word (self, word));
}

static void
play_through (Player *self)
{
  for (self->position = 1; self->position <= self->n_positions; self->position++)
    show (self);
}

/* The lesson once more, for its words; the program comes from cli_load(). */
static void
load_lesson (Player *self, const CliOptions *options, TextMap *map)
{
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  const LessonRun *run;

  if (!g_str_has_suffix (options->files[0], ".json"))
    return;
  self->lesson = lesson_load (map, options->files[0], diagnostics, NULL);
  if (self->lesson == NULL)
    return;
  run = lesson_find_run (self->lesson, options->run);
  self->text = lesson_get_program_of_run (self->lesson, run);
  self->stops = judge_stops_new (self->history, self->program->map, MAX_STOPS);
  printf ("%s\n%s\n\n", self->lesson->title, self->lesson->summary);
  if (self->lesson->introduction != NULL)
    printf ("%s\n\n", self->lesson->introduction);
}

int
cli_play (const CliOptions *options)
{
  int status;
  g_autoptr (SessionProgram) program = cli_load (options, &status);
  g_autoptr (History) history = NULL;
  g_autoptr (TextMap) map = text_map_new ();
  Player self = { NULL };

  if (program == NULL)
    return status;
  cli_print_diagnostics (program->diagnostics, program->map);
  if (program->code == NULL)
    return cli_get_status (program, NULL);
  history = cli_record (program);
  self.program = program;
  self.history = history;
  self.position = 1;
  self.n_positions = history_get_n_positions (history);
  load_lesson (&self, options, map);
  if (isatty (STDIN_FILENO) && isatty (STDOUT_FILENO))
    play_by_hand (&self);
  else
    play_through (&self);
  g_clear_pointer (&self.stops, judge_stops_free);
  g_clear_pointer (&self.lesson, lesson_unref);
  return CLI_FINE;
}
