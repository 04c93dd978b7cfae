/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `heapwise-cli play`: a program or lesson step by step in the terminal. Enter steps, b goes back, g N goes to step N, o over a call, u out
 * of the function, q quits. A lesson's questions are asked where they belong, and hold whoever steps on. Without a terminal the whole run is
 * printed, a block of text a step, each question with its answer. */

#include "cli.h"

#include "facts/facts-new.h"
#include "judge/judge-plan.h"
#include "lesson/lesson-file.h"
#include "scene/scene.h"
#include "session/session-recordings.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX_LINE 1024

typedef struct
{
  SessionProgram *program;
  History *history;
  Lesson *lesson;                /* NULL: a source file */
  SessionRecordings *recordings; /* with a lesson */
  JudgePlan *plan;               /* with a lesson */
  GHashTable *closed;            /* of asks that were answered, shown or skipped */
  guint n_hints;                 /* shown of the question that is open */
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
  for (guint i = 0; self->plan != NULL && i < self->plan->notes->len; i++)
    {
      const JudgeNote *note = g_ptr_array_index (self->plan->notes, i);

      if (note->position == self->position)
        printf ("  | %s\n", note->text);
    }
}

/* ---- questions ---- */

/* The first question of this moment that nobody has answered, or NULL. */
static const JudgeAsk *
find_open (Player *self)
{
  for (guint i = 0; self->plan != NULL && i < self->plan->asks->len; i++)
    {
      const JudgeAsk *ask = g_ptr_array_index (self->plan->asks, i);

      if (ask->position == self->position && !g_hash_table_contains (self->closed, ask))
        return ask;
    }
  return NULL;
}

/* The step of the next open question at or behind this one; the last step where there is none. */
static guint64
find_barrier (Player *self)
{
  for (guint i = 0; self->plan != NULL && i < self->plan->asks->len; i++)
    {
      const JudgeAsk *ask = g_ptr_array_index (self->plan->asks, i);

      if (ask->position >= self->position && !g_hash_table_contains (self->closed, ask))
        return ask->position;
    }
  return self->n_positions;
}

static void
print_question (const JudgeAsk *ask)
{
  printf ("  ? %s\n", ask->prompt);
  for (guint i = 0; i < ask->question->options->len; i++)
    printf ("    %u. %s\n", i + 1,
            ((LessonOption *)g_ptr_array_index (ask->question->options, i))->text);
  for (guint i = 0; ask->question->probes != NULL && ask->question->probes[i] != NULL; i++)
    printf ("    %u. %s\n", i + 1, ask->question->probes[i]);
}

static void
print_key (const JudgeAsk *ask)
{
  g_autofree char *words = judge_dup_key_words (ask->question, &ask->key);

  if (words != NULL)
    printf ("  ! %s\n", words);
  if (ask->explain != NULL)
    printf ("  | %s\n", ask->explain);
}

/* Words with spaces between them; numbers stand for options. (transfer full) */
static char **
read_answer (const LessonQuestion *question, const char *typed)
{
  gboolean has_options
      = question->kind == LESSON_QUESTION_CHOOSE || question->kind == LESSON_QUESTION_ORDER;
  g_autofree char *line = g_strstrip (g_strdup (typed));
  char **words;

  /* A line break is written \\n here. */
  if (question->kind == LESSON_QUESTION_OUTPUT)
    {
      g_autofree char *lines = g_strcompress (line);
      const char *const one[] = { lines, NULL };

      return g_strdupv ((char **)one);
    }
  if (!has_options && question->kind != LESSON_QUESTION_REGION
      && question->kind != LESSON_QUESTION_COMPILES)
    return g_strsplit (line, "\n", 1);
  words = g_strsplit_set (line, " ,", -1);
  for (guint i = 0; has_options && words[i] != NULL; i++)
    {
      guint64 number = g_ascii_strtoull (words[i], NULL, 10);

      if (number < 1 || number > question->options->len)
        continue;
      g_free (words[i]);
      words[i] = g_strdup (((LessonOption *)g_ptr_array_index (question->options, number - 1))->id);
    }
  return words;
}

static void
close_question (Player *self, const JudgeAsk *ask)
{
  g_hash_table_add (self->closed, (gpointer)ask);
  self->n_hints = 0;
  print_key (ask);
}

static void
take_answer (Player *self, const JudgeAsk *ask, const char *typed)
{
  g_auto (GStrv) answer = read_answer (ask->question, typed);
  g_autofree char *feedback = NULL;

  switch (judge_answer (ask->question, &ask->key, (const char *const *)answer, &feedback))
    {
    case JUDGE_RIGHT:
      printf ("  %s\n", _ ("Right."));
      close_question (self, ask);
      break;
    case JUDGE_NOT_MARKED:
      close_question (self, ask);
      break;
    case JUDGE_WRONG:
    case JUDGE_NO_ANSWER:
      printf ("  %s\n", feedback);
      break;
    }
}

static void
print_hint (Player *self, const JudgeAsk *ask)
{
  guint n = ask->question->hints != NULL ? g_strv_length (ask->question->hints) : 0;

  if (self->n_hints < n)
    printf ("  | %s\n", ask->question->hints[self->n_hints++]);
  else
    printf ("  %s\n", _ ("There are no more hints."));
}

static void
print_question_keys (void)
{
  printf (_ ("  Write the answer; h shows a hint, ! the answer, - skips, b goes back.\n"));
}

/* What was typed while a question is open. FALSE: it is none of the question's. */
static gboolean
take_question_word (Player *self, const JudgeAsk *ask, const char *word)
{
  if (strcmp (word, "b\n") == 0 || strcmp (word, "q\n") == 0)
    return FALSE;
  if (strcmp (word, "h\n") == 0)
    print_hint (self, ask);
  else if (strcmp (word, "!\n") == 0 || strcmp (word, "-\n") == 0)
    close_question (self, ask);
  else if (strcmp (word, "\n") == 0)
    print_question_keys ();
  else
    take_answer (self, ask, word);
  return TRUE;
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
  /* An open question holds whoever goes forward. */
  if (wanted > self->position && wanted <= self->n_positions)
    wanted = MIN (wanted, find_barrier (self));
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
ask_open (Player *self)
{
  const JudgeAsk *ask = find_open (self);

  if (ask == NULL)
    return;
  print_question (ask);
  print_question_keys ();
}

/* FALSE: the learner quits. */
static gboolean
take_line (Player *self, const char *word)
{
  const JudgeAsk *ask = find_open (self);
  guint64 before = self->position;

  if (ask != NULL && take_question_word (self, ask, word))
    {
      /* Another question of the same moment comes next. */
      if (find_open (self) != ask)
        ask_open (self);
      return TRUE;
    }
  if (!take_word (self, word))
    return FALSE;
  if (self->position != before)
    ask_open (self);
  return TRUE;
}

static void
play_by_hand (Player *self)
{
  char word[MAX_LINE];

  print_keys ();
  show (self);
  ask_open (self);
  do
    {
      printf ("> ");
      fflush (stdout);
    }
  while (fgets (word, sizeof word, stdin) != NULL && take_line (self, word));
}

static void
play_through (Player *self)
{
  for (self->position = 1; self->position <= self->n_positions; self->position++)
    {
      const JudgeAsk *ask;

      show (self);
      while ((ask = find_open (self)) != NULL)
        {
          print_question (ask);
          close_question (self, ask);
        }
    }
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
  self->recordings = session_recordings_new (options->files[0], self->lesson, &options->settings);
  session_recordings_lend (self->recordings, run->id, self->program, self->history);
  self->plan = judge_plan_new (self->lesson, run->id, session_recordings_get, self->recordings);
  printf ("%s\n", self->lesson->title);
  if (self->lesson->summary != NULL)
    printf ("%s\n", self->lesson->summary);
  putchar ('\n');
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
  self.closed = g_hash_table_new (NULL, NULL);
  self.position = 1;
  self.n_positions = history_get_n_positions (history);
  load_lesson (&self, options, map);
  if (isatty (STDIN_FILENO) && isatty (STDOUT_FILENO))
    play_by_hand (&self);
  else
    play_through (&self);
  g_clear_pointer (&self.plan, judge_plan_unref);
  g_clear_pointer (&self.recordings, session_recordings_free);
  g_hash_table_unref (self.closed);
  g_clear_pointer (&self.lesson, lesson_unref);
  return CLI_FINE;
}
