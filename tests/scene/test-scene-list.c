/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The display list of four states against files of text, and what is read from a list: hit test, sentences, exports.
 * HEAPWISE_UPDATE=1 writes the files anew. */

#include "scene-metrics.h"
#include "scene-samples.h"

#include <string.h>

static Scene *
make_scene (Facts *facts, HistorySurvey *survey)
{
  g_autoptr (ScenePlan) plan = scene_plan_new (survey);
  SceneOptions options
      = { .width = 888, .height = 600, .text_scale = 1, .measure = scene_metrics_measure };

  return scene_new (facts, plan, &options);
}

static Scene *
make_use_after_free (void)
{
  g_autoptr (Facts) facts = sample_use_after_free ();
  g_autoptr (HistorySurvey) survey = sample_use_after_free_survey ();

  return make_scene (facts, survey);
}

static Scene *
make_last (SampleRun *run)
{
  g_autoptr (HistorySurvey) survey = sample_run_survey (run, TRUE);

  return make_scene (sample_run_get_facts (run, sample_run_count (run)), survey);
}

static void
compare_golden (const Scene *scene, const char *name)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("HEAPWISE_TESTS"), "scene", "golden", name, NULL);
  g_autofree char *text = scene_metrics_print (scene);
  g_autofree char *expected = NULL;

  if (g_getenv ("HEAPWISE_UPDATE") != NULL)
    g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_true (g_file_get_contents (path, &expected, NULL, NULL));
  g_assert_cmpstr (text, ==, expected);
}

static void
test_golden (void)
{
  g_autoptr (Scene) scene = make_use_after_free ();
  g_autoptr (SampleRun) list = sample_list_and_tree ();
  g_autoptr (SampleRun) table = sample_table (4);
  g_autoptr (SampleRun) crowd = sample_many (1000, 400);
  g_autoptr (Scene) list_scene = make_last (list);
  g_autoptr (Scene) table_scene = make_last (table);
  g_autoptr (Scene) crowd_scene = make_last (crowd);

  compare_golden (scene, "use-after-free.txt");
  compare_golden (list_scene, "list-and-tree.txt");
  compare_golden (table_scene, "table.txt");
  compare_golden (crowd_scene, "crowd.txt");
}

static void
test_hit (void)
{
  g_autoptr (Scene) scene = make_use_after_free ();
  guint32 slot = scene_find (scene, "slot:1:a");
  const SceneBox *box = &scene_get_item (scene, slot)->box;
  guint32 hit = scene_hit_test (scene, box->x + 20, box->y + 10);

  g_assert_cmpuint (hit, ==, slot);
  g_assert_cmpuint (scene_hit_test (scene, 2, 2), ==, SCENE_NO_ITEM);
  g_assert_cmpuint (scene_find (scene, "slot:1:nobody"), ==, SCENE_NO_ITEM);
}

static void
test_describe (void)
{
  g_autoptr (Scene) scene = make_use_after_free ();
  g_autofree char *a = scene_describe (scene, scene_find (scene, "slot:1:a"));
  g_autofree char *block = scene_describe (scene, scene_find (scene, "block:1"));
  g_autofree char *text = scene_to_text (scene->facts);

  g_assert_cmpstr (a, ==, "a, char *, points to block 1, freed on line 18");
  g_assert_cmpstr (block, ==,
                   "block 1, char [16], 16 bytes, freed on line 18, allocated on line 8, "
                   "\"Hello, Ada\"");
  g_assert_nonnull (strstr (text, "points to block 1, freed on line 18"));
  g_assert_nonnull (strstr (text, "made"));
}

static void
test_export (void)
{
  g_autoptr (Scene) scene = make_use_after_free ();
  const ScenePalette *palette = scene_palette_get (SCENE_PALETTE_LIGHT);

  for (SceneFormat format = SCENE_FORMAT_SVG; format <= SCENE_FORMAT_TEXT; format++)
    {
      g_autoptr (GBytes) first = scene_export (scene, format, palette);
      g_autoptr (GBytes) second = scene_export (scene, format, palette);

      g_assert_cmpuint (g_bytes_get_size (first), >, 400);
      g_assert_true (g_bytes_equal (first, second));
    }
}

static void
test_format (void)
{
  SceneFormat format;

  g_assert_true (scene_format_from_path ("a/b.SVG", &format));
  g_assert_cmpint (format, ==, SCENE_FORMAT_SVG);
  g_assert_true (scene_format_from_path ("x.txt", &format));
  g_assert_cmpint (format, ==, SCENE_FORMAT_TEXT);
  g_assert_false (scene_format_from_path ("x.gif", &format));
}

/* WCAG 2.1's relative luminance. */
static double
get_luminance (guint32 rgb)
{
  double sum = 0;
  static const double weights[] = { 0.2126, 0.7152, 0.0722 };

  for (guint i = 0; i < 3; i++)
    {
      double part = (rgb >> (16 - 8 * i) & 0xff) / 255.0;
      double low = part / 12.92;
      double high = (part + 0.055) / 1.055;

      sum += weights[i] * (part <= 0.03928 ? low : high * high * (0.4 * high + 0.6));
    }
  return sum;
}

static void
assert_contrast (ScenePaletteKind kind, SceneColour word, SceneColour ground)
{
  const ScenePalette *palette = scene_palette_get (kind);
  double a = get_luminance (palette->rgb[word]), b = get_luminance (palette->rgb[ground]);
  double ratio = (MAX (a, b) + 0.05) / (MIN (a, b) + 0.05);

  if (ratio < 4.3)
    g_test_message ("palette %u, colours %u on %u: %.2f", kind, word, ground, ratio);
  g_assert_cmpfloat (ratio, >=, 4.3); /* the luminance above is exact to some per cent */
}

static void
test_contrast (void)
{
  static const SceneColour words[] = { SCENE_COLOUR_TEXT, SCENE_COLOUR_TEXT2, SCENE_COLOUR_TEXT3 };
  static const SceneColour grounds[]
      = { SCENE_COLOUR_CANVAS, SCENE_COLOUR_CARD, SCENE_COLOUR_CELL,     SCENE_COLOUR_CONST,
          SCENE_COLOUR_FRAME,  SCENE_COLOUR_CHIP, SCENE_COLOUR_GREY_SOFT };

  for (ScenePaletteKind kind = SCENE_PALETTE_LIGHT; kind <= SCENE_PALETTE_CONTRAST; kind++)
    {
      for (guint i = 0; i < G_N_ELEMENTS (words); i++)
        for (guint j = 0; j < G_N_ELEMENTS (grounds); j++)
          assert_contrast (kind, words[i], grounds[j]);
      assert_contrast (kind, SCENE_COLOUR_RED_TEXT, SCENE_COLOUR_RED_SOFT);
      assert_contrast (kind, SCENE_COLOUR_STR, SCENE_COLOUR_CONST);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/list/golden", test_golden);
  g_test_add_func ("/scene/list/hit", test_hit);
  g_test_add_func ("/scene/list/describe", test_describe);
  g_test_add_func ("/scene/list/export", test_export);
  g_test_add_func ("/scene/list/format", test_format);
  g_test_add_func ("/scene/list/contrast", test_contrast);
  return g_test_run ();
}
