/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `heapwise-cli picture`: states of a run as pictures, in the format that the output's name asks for. One state by its step or by the
 * mark of a line; several (--steps A-B, --notes) as the pages of a PDF. */

#include "cli.h"

#include "facts/facts-new.h"
#include "judge/judge-stops.h"
#include "lesson/lesson-file.h"
#include "scene/scene.h"

#include <cairo-pdf.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* The picture's share of a window of 1440 × 900. */
#define WIDTH 864
#define HEIGHT 620

#define MAX_STOPS 20000
#define MAX_PAGES 1000

typedef struct
{
  const CliOptions *options;
  SessionProgram *program;
  History *history;
  ScenePlan *plan;
  GArray *positions; /* of guint64: the states that are drawn */
} Painter;

/* ---- which states ---- */

static gboolean
add_position (Painter *self, guint64 position)
{
  guint64 n = history_get_n_positions (self->history);

  if (position < 1 || position > n)
    {
      cli_complain (_ ("the run has %" PRIu64 " steps, and no step %" PRIu64), n, position);
      return FALSE;
    }
  g_array_append_val (self->positions, position);
  return TRUE;
}

static gboolean
add_range (Painter *self, const char *range)
{
  guint64 first, last;
  char rest;

  if (sscanf (range, "%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT "%c", &first, &last, &rest) != 2
      || first > last || last - first >= MAX_PAGES)
    {
      cli_complain (_ ("--steps wants two step numbers such as 3-9, at most %d steps, not “%s”"),
                    MAX_PAGES, range);
      return FALSE;
    }
  for (guint64 position = first; position <= last; position++)
    if (!add_position (self, position))
      return FALSE;
  return TRUE;
}

static gboolean
add_mark (Painter *self, const JudgeStops *stops, const LessonProgram *text)
{
  LessonAnchor anchor = { .mark = self->options->mark, .visit = 1 };
  guint64 position;

  if (lesson_find_mark (text, anchor.mark) == 0)
    {
      cli_complain (_ ("no line of the program carries the mark “%s”"), anchor.mark);
      return FALSE;
    }
  position = judge_find_anchor (stops, text, &anchor);
  if (position == 0)
    {
      cli_complain (_ ("the run does not get to the mark “%s”"), anchor.mark);
      return FALSE;
    }
  return add_position (self, position);
}

static gboolean
add_notes (Painter *self, const JudgeStops *stops, const LessonProgram *text, const Lesson *lesson)
{
  for (guint i = 0; i < lesson->notes->len; i++)
    {
      const LessonNote *note = g_ptr_array_index (lesson->notes, i);
      guint64 position = judge_find_anchor (stops, text, &note->anchor);

      if (position != 0 && !add_position (self, position))
        return FALSE;
    }
  if (self->positions->len > 0)
    return TRUE;
  cli_complain (_ ("the run gets to no note of the lesson"));
  return FALSE;
}

/* --mark and --notes speak of a lesson. */
static gboolean
add_from_lesson (Painter *self)
{
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  const char *path = self->options->files[0];
  g_autoptr (Lesson) lesson = NULL;
  g_autoptr (JudgeStops) stops = NULL;
  const LessonProgram *text;

  if (g_str_has_suffix (path, ".json"))
    lesson = lesson_load (map, path, diagnostics, NULL);
  if (lesson == NULL)
    {
      cli_complain (_ ("%s is no lesson, so it has no marks and no notes"), path);
      return FALSE;
    }
  text = lesson_get_program_of_run (lesson, lesson_find_run (lesson, self->options->run));
  stops = judge_stops_new (self->history, self->program->map, MAX_STOPS);
  if (self->options->mark != NULL)
    return add_mark (self, stops, text);
  return add_notes (self, stops, text, lesson);
}

static gboolean
find_positions (Painter *self)
{
  const CliOptions *options = self->options;

  if (options->steps != NULL)
    return add_range (self, options->steps);
  if (options->mark != NULL || options->notes)
    return add_from_lesson (self);
  return add_position (self, options->step > 0 ? (guint64)options->step
                                               : history_get_n_positions (self->history));
}

/* ---- drawing ---- */

static Scene *
lay_out (Painter *self, guint64 position)
{
  SceneOptions options = { WIDTH, HEIGHT, 1, NULL, NULL, NULL };
  g_autoptr (Facts) before = NULL;
  g_autoptr (Facts) facts = NULL;

  if (position > 1)
    {
      history_seek (self->history, position - 1);
      before = facts_new (history_get_machine (self->history), self->program->map);
    }
  history_seek (self->history, position);
  facts = facts_new (history_get_machine (self->history), self->program->map);
  facts_mark_changes (facts, before);
  return scene_new (facts, self->plan, &options);
}

static cairo_status_t
take_bytes (void *closure, const unsigned char *bytes, unsigned int n_bytes)
{
  g_byte_array_append (closure, bytes, n_bytes);
  return CAIRO_STATUS_SUCCESS;
}

/* A page for each state, as large as its picture. The same run gives the same bytes: a PDF's date is the only thing that would
 * differ. */
static GBytes *
draw_pages (Painter *self)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface = cairo_pdf_surface_create_for_stream (take_bytes, bytes, WIDTH, HEIGHT);
  cairo_t *cr;

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z");
  cr = cairo_create (surface);
  for (guint i = 0; i < self->positions->len; i++)
    {
      g_autoptr (Scene) scene = lay_out (self, g_array_index (self->positions, guint64, i));

      cairo_pdf_surface_set_size (surface, scene->width, scene->height);
      scene_paint (scene, cr, scene_palette_get (SCENE_PALETTE_LIGHT), NULL);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
draw (Painter *self, SceneFormat format)
{
  g_autoptr (Scene) scene = NULL;

  if (self->positions->len > 1 || self->options->steps != NULL || self->options->notes)
    return draw_pages (self);
  scene = lay_out (self, g_array_index (self->positions, guint64, 0));
  return scene_export (scene, format, scene_palette_get (SCENE_PALETTE_LIGHT));
}

/* ---- the command ---- */

static gboolean
check_output (const CliOptions *options, SceneFormat *format)
{
  gboolean wants_pages = options->steps != NULL || options->notes;

  if (options->output != NULL && strcmp (options->output, "-") != 0
      && !scene_format_from_path (options->output, format))
    {
      cli_complain (_ ("%s: the name of a picture ends in .svg, .pdf, .png or .txt"),
                    options->output);
      return FALSE;
    }
  if (!wants_pages || *format == SCENE_FORMAT_PDF)
    return TRUE;
  cli_complain (_ ("several steps need pages: give -o a name that ends in .pdf"));
  return FALSE;
}

static int
write_picture (Painter *self, SceneFormat format)
{
  g_autoptr (GBytes) picture = draw (self, format);
  g_autoptr (GError) error = NULL;

  if (cli_write (self->options->output, g_bytes_get_data (picture, NULL),
                 g_bytes_get_size (picture), &error))
    return CLI_FINE;
  cli_complain ("%s", error->message);
  return CLI_USAGE;
}

int
cli_picture (const CliOptions *options)
{
  SceneFormat format = SCENE_FORMAT_TEXT;
  g_autoptr (SessionProgram) program = NULL;
  g_autoptr (History) history = NULL;
  g_autoptr (ScenePlan) plan = NULL;
  g_autoptr (GArray) positions = g_array_new (FALSE, FALSE, sizeof (guint64));
  Painter self;
  int status;

  if (!check_output (options, &format))
    return CLI_USAGE;
  program = cli_load (options, &status);
  if (program == NULL)
    return status;
  if (!options->quiet)
    cli_print_diagnostics (program->diagnostics, program->map);
  if (program->code == NULL)
    return cli_get_status (program, NULL);
  history = cli_record (program);
  plan = scene_plan_new (history_get_survey (history));
  self = (Painter){ options, program, history, plan, positions };
  if (!find_positions (&self))
    return CLI_USAGE;
  return write_picture (&self, format);
}
