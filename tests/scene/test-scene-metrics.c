/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every state of every sample run: nothing overlaps, no word is clipped at three sizes of text, no arrow runs through a word, and
 * no box moves from one step to the next, forwards or backwards. */

#include "scene-metrics.h"
#include "scene-samples.h"

static const double scales[] = { 1, 1.25, 2 };

static void
assert_clean (const SceneMetrics *metrics, const char *name, guint step)
{
  if (metrics->n_overlaps + metrics->n_clipped + metrics->n_struck + metrics->n_moved > 0)
    {
      g_test_message ("%s, state %u: %u overlaps, %u clipped, %u struck, %u moved; %s", name, step,
                      metrics->n_overlaps, metrics->n_clipped, metrics->n_struck, metrics->n_moved,
                      metrics->first);
      g_test_fail ();
    }
}

static void
check_run (const char *name, SampleRun *run, gboolean has_shapes, double scale)
{
  g_autoptr (HistorySurvey) survey = sample_run_survey (run, has_shapes);
  g_autoptr (ScenePlan) plan = scene_plan_new (survey);
  g_autoptr (SceneFonts) fonts = scene_fonts_new ();
  g_autoptr (Scene) before = NULL;
  guint n = sample_run_count (run);

  for (guint step = 1; step <= n; step++)
    {
      SceneOptions options = { .width = 900, .height = 600, .text_scale = scale, .fonts = fonts };
      g_autoptr (Scene) scene = scene_new (sample_run_get_facts (run, step), plan, &options);
      g_auto (SceneMetrics) metrics = { 0 };

      /* The list of each state is checked for movement, the words only now and then: it is the costly part. */
      if (step % 5 == 0 || step == n)
        scene_metrics_check (&metrics, scene, fonts);
      if (before != NULL)
        scene_metrics_compare (&metrics, before, scene);
      assert_clean (&metrics, name, step);
      g_clear_pointer (&before, scene_unref);
      before = g_steal_pointer (&scene);
    }
}

static void
test_runs (void)
{
  static SampleRun *(*const makers[]) (guint) = { sample_list_head_first, sample_list_tail_first,
                                                  sample_ring, sample_double_list, sample_table };
  static const char *const names[] = { "head first", "tail first", "ring", "double", "table" };

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    for (guint j = 0; j < G_N_ELEMENTS (scales); j++)
      {
        g_autoptr (SampleRun) run = makers[i](9);

        check_run (names[i], run, TRUE, scales[j]);
      }
}

static void
test_list_and_tree (void)
{
  g_autoptr (SampleRun) run = sample_list_and_tree ();

  for (guint j = 0; j < G_N_ELEMENTS (scales); j++)
    check_run ("list and tree", run, TRUE, scales[j]);
}

static void
test_chips (void)
{
  g_autoptr (SampleRun) run = sample_list_head_first (80);

  check_run ("chips", run, TRUE, 1);
}

static void
test_random (void)
{
  guint n = g_test_thorough () ? 200 : 24;

  for (guint seed = 1; seed <= n; seed++)
    {
      g_autoptr (SampleRun) run = sample_random (seed, 60);
      g_autofree char *name = g_strdup_printf ("random %u", seed);

      check_run (name, run, TRUE, scales[seed % G_N_ELEMENTS (scales)]);
    }
}

/* A survey that knows no types: seats are guessed from sizes, and what is in them is shortened to fit. */
static void
test_shapeless (void)
{
  for (guint seed = 1; seed <= 6; seed++)
    {
      g_autoptr (SampleRun) run = sample_random (seed, 40);

      check_run ("shapeless", run, FALSE, 1);
    }
}

static void
test_use_after_free (void)
{
  g_autoptr (Facts) facts = sample_use_after_free ();
  g_autoptr (HistorySurvey) survey = sample_use_after_free_survey ();
  g_autoptr (ScenePlan) plan = scene_plan_new (survey);
  g_autoptr (SceneFonts) fonts = scene_fonts_new ();

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      SceneOptions options
          = { .width = 888 * scales[i], .height = 600, .text_scale = scales[i], .fonts = fonts };
      g_autoptr (Scene) scene = scene_new (facts, plan, &options);
      g_auto (SceneMetrics) metrics = { 0 };

      scene_metrics_check (&metrics, scene, fonts);
      assert_clean (&metrics, "use after free", 13);
      g_assert_cmpuint (metrics.n_crossings, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/metrics/use-after-free", test_use_after_free);
  g_test_add_func ("/scene/metrics/runs", test_runs);
  g_test_add_func ("/scene/metrics/list-and-tree", test_list_and_tree);
  g_test_add_func ("/scene/metrics/chips", test_chips);
  g_test_add_func ("/scene/metrics/random", test_random);
  g_test_add_func ("/scene/metrics/shapeless", test_shapeless);
  return g_test_run ();
}
