/* SPDX-License-Identifier: GPL-3.0-or-later */

/* `heapwise-cli picture`: one state of a run as a picture, in the format that the output's name asks for. */

#include "cli.h"

#include "facts/facts-new.h"
#include "scene/scene.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* The picture's share of a window of 1440 × 900. */
#define WIDTH 864
#define HEIGHT 620

static GBytes *
draw (SessionProgram *program, History *history, guint64 position, SceneFormat format)
{
  g_autoptr (ScenePlan) plan = scene_plan_new (history_get_survey (history));
  g_autoptr (Facts) before = NULL;
  g_autoptr (Facts) facts = NULL;
  g_autoptr (Scene) scene = NULL;
  SceneOptions options = { WIDTH, HEIGHT, 1, NULL, NULL, NULL };

  if (position > 1)
    {
      history_seek (history, position - 1);
      before = facts_new (history_get_machine (history), program->map);
    }
  history_seek (history, position);
  facts = facts_new (history_get_machine (history), program->map);
  facts_mark_changes (facts, before);
  scene = scene_new (facts, plan, &options);
  return scene_export (scene, format, scene_palette_get (SCENE_PALETTE_LIGHT));
}

int
cli_picture (const CliOptions *options)
{
  SceneFormat format = SCENE_FORMAT_TEXT;
  g_autoptr (SessionProgram) program = NULL;
  g_autoptr (History) history = NULL;
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (GError) error = NULL;
  guint64 n, position;
  int status;

  if (options->output != NULL && strcmp (options->output, "-") != 0
      && !scene_format_from_path (options->output, &format))
    {
      cli_complain (_ ("%s: the name of a picture ends in .svg, .pdf, .png or .txt"),
                    options->output);
      return CLI_USAGE;
    }
  program = cli_load (options, &status);
  if (program == NULL)
    return status;
  if (!options->quiet)
    cli_print_diagnostics (program->diagnostics, program->map);
  if (program->code == NULL)
    return cli_get_status (program, NULL);
  history = cli_record (program);
  n = history_get_n_positions (history);
  position = options->step > 0 ? (guint64)options->step : n;
  if (position > n)
    {
      cli_complain (_ ("the run has %" G_GUINT64_FORMAT " steps, and no step %" G_GUINT64_FORMAT),
                    n, position);
      return CLI_USAGE;
    }
  picture = draw (program, history, position, format);
  if (cli_write (options->output, g_bytes_get_data (picture, NULL), g_bytes_get_size (picture),
                 &error))
    return CLI_FINE;
  cli_complain ("%s", error->message);
  return CLI_USAGE;
}
