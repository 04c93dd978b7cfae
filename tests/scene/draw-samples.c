/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes the samples as PNG files into a folder, to look at: draw-samples FOLDER. */

#include "scene-samples.h"

static void
draw (const char *folder, const char *name, Facts *facts, HistorySurvey *survey,
      ScenePaletteKind kind)
{
  g_autoptr (ScenePlan) plan = scene_plan_new (survey);
  SceneOptions options = { .width = 888, .height = 560, .text_scale = 1 };
  g_autoptr (Scene) scene = scene_new (facts, plan, &options);
  g_autoptr (GBytes) bytes = scene_export (scene, SCENE_FORMAT_PNG, scene_palette_get (kind));
  g_autofree char *path = g_strdup_printf ("%s/%s.png", folder, name);

  g_file_set_contents (path, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL);
  history_survey_unref (survey);
}

static void
draw_run (const char *folder, const char *name, SampleRun *run)
{
  draw (folder, name, sample_run_get_facts (run, sample_run_count (run)),
        sample_run_survey (run, TRUE), SCENE_PALETTE_LIGHT);
  sample_run_free (run);
}

int
main (int argc, char **argv)
{
  g_autoptr (Facts) facts = sample_use_after_free ();

  if (argc != 2)
    return 2;
  draw (argv[1], "use-after-free", facts, sample_use_after_free_survey (), SCENE_PALETTE_LIGHT);
  draw (argv[1], "use-after-free-dark", facts, sample_use_after_free_survey (), SCENE_PALETTE_DARK);
  draw_run (argv[1], "list-and-tree", sample_list_and_tree ());
  draw_run (argv[1], "ring", sample_ring (8));
  draw_run (argv[1], "double", sample_double_list (8));
  draw_run (argv[1], "table", sample_table (6));
  draw_run (argv[1], "random", sample_random (5, 50));
  draw_run (argv[1], "chips", sample_list_head_first (90));
  draw_run (argv[1], "crowd", sample_many (5000, 1000));
  return 0;
}
