/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the plan seats blocks: rows and columns for the shapes that every course draws. */

#include "scene-samples.h"

static ScenePlan *
plan_run (SampleRun *run)
{
  HistorySurvey *survey = sample_run_survey (run, TRUE);
  ScenePlan *plan = scene_plan_new (survey);

  history_survey_unref (survey);
  return plan;
}

static ScenePlace
get_place (ScenePlan *plan, guint number)
{
  ScenePlace place;

  g_assert_true (scene_plan_get_place (plan, number, &place));
  return place;
}

static void
assert_place (ScenePlan *plan, guint number, guint line, guint column, double row)
{
  ScenePlace place = get_place (plan, number);

  g_assert_cmpuint (place.line, ==, line);
  g_assert_cmpuint (place.column, ==, column);
  g_assert_cmpfloat (place.row, ==, row);
}

/* The last one made is the head: the list stands in list order all the same. */
static void
test_head_first (void)
{
  g_autoptr (SampleRun) run = sample_list_head_first (5);
  g_autoptr (ScenePlan) plan = plan_run (run);

  for (guint number = 1; number <= 5; number++)
    assert_place (plan, number, 0, 5 - number, 0);
}

static void
test_tail_first (void)
{
  g_autoptr (SampleRun) run = sample_list_tail_first (5);
  g_autoptr (ScenePlan) plan = plan_run (run);

  for (guint number = 1; number <= 5; number++)
    assert_place (plan, number, 0, number - 1, 0);
}

static void
test_wrap (void)
{
  g_autoptr (SampleRun) run = sample_list_tail_first (14);
  g_autoptr (ScenePlan) plan = plan_run (run);

  assert_place (plan, 6, 0, 5, 0);
  assert_place (plan, 7, 1, 0, 0);
  assert_place (plan, 13, 2, 0, 0);
}

static void
test_tree (void)
{
  g_autoptr (SampleRun) run = sample_tree (3);
  g_autoptr (ScenePlan) plan = plan_run (run);

  assert_place (plan, 1, 0, 0, 1.5);
  assert_place (plan, 2, 0, 1, 0.5);
  assert_place (plan, 3, 0, 2, 0);
  assert_place (plan, 4, 0, 2, 1);
  assert_place (plan, 5, 0, 1, 2.5);
}

/* The edge that closes the ring is the lightest: the list that it was before keeps its order. */
static void
test_ring (void)
{
  g_autoptr (SampleRun) run = sample_ring (4);
  g_autoptr (ScenePlan) plan = plan_run (run);

  for (guint number = 1; number <= 4; number++)
    assert_place (plan, number, 0, 4 - number, 0);
}

static void
test_double_list (void)
{
  g_autoptr (SampleRun) run = sample_double_list (4);
  g_autoptr (ScenePlan) plan = plan_run (run);

  for (guint number = 1; number <= 4; number++)
    assert_place (plan, number, 0, number - 1, 0);
}

/* The list that the earlier variable holds stands above. */
static void
test_two_lists (void)
{
  g_autoptr (SampleRun) run = sample_run_new ();
  g_autoptr (ScenePlan) plan = NULL;

  for (guint i = 0; i < 4; i++)
    {
      guint number = sample_run_allocate (run, SAMPLE_ITEM, 1);
      guint slot = 1 - i % 2;

      if (sample_run_get_held (run, slot) != 0)
        sample_run_link (run, sample_run_get_held (run, slot), 1, number);
      else
        sample_run_hold (run, slot, number);
      sample_run_step (run);
    }
  plan = plan_run (run);
  g_assert_cmpuint (get_place (plan, 2).strip, ==, 0);
  g_assert_cmpuint (get_place (plan, 4).strip, ==, 0);
  g_assert_cmpuint (get_place (plan, 1).strip, ==, 1);
  g_assert_cmpuint (get_place (plan, 3).strip, ==, 1);
}

static double
find_y (ScenePlan *plan, SampleRun *run, guint step, const char *id)
{
  SceneOptions options = { .width = 900, .height = 600 };
  g_autoptr (Scene) scene = scene_new (sample_run_get_facts (run, step), plan, &options);
  guint32 item = scene_find (scene, id);

  g_assert_cmpuint (item, !=, SCENE_NO_ITEM);
  return scene_get_item (scene, item)->box.y;
}

/* Blocks that are never there together share one place. */
static void
test_reuse (void)
{
  g_autoptr (SampleRun) run = sample_many (1, 1);
  g_autoptr (HistorySurvey) survey = sample_run_survey (run, TRUE);
  HistoryLife first = g_array_index (survey->lives, HistoryLife, 0);
  g_autoptr (ScenePlan) apart = NULL;
  g_autoptr (ScenePlan) together = NULL;
  HistoryLife second = first;

  first.gone_step = 5;
  g_array_index (survey->lives, HistoryLife, 0) = first;
  second.number = 2;
  second.born_step = 5;
  g_array_append_val (survey->lives, second);
  apart = scene_plan_new (survey);
  g_array_index (survey->lives, HistoryLife, 0).gone_step = 6;
  together = scene_plan_new (survey);
  g_assert_cmpfloat (find_y (apart, run, 1, "region:data"), <,
                     find_y (together, run, 1, "region:data") + 1);
}

/* The plan is a pure function: twice the same. */
static void
test_pure (void)
{
  g_autoptr (SampleRun) run = sample_random (7, 60);
  g_autoptr (ScenePlan) first = plan_run (run);
  g_autoptr (ScenePlan) second = plan_run (run);
  ScenePlace a, b;

  for (guint number = 1; scene_plan_get_place (first, number, &a); number++)
    {
      b = get_place (second, number);
      g_assert_cmpuint (a.strip, ==, b.strip);
      g_assert_cmpuint (a.line, ==, b.line);
      g_assert_cmpuint (a.column, ==, b.column);
      g_assert_cmpfloat (a.row, ==, b.row);
    }
}

/* More blocks than are surveyed: the later ones are drawn all the same. */
static void
test_many (void)
{
  g_autoptr (SampleRun) run = sample_many (2100, 40);
  g_autoptr (HistorySurvey) survey = sample_run_survey (run, TRUE);
  g_autoptr (ScenePlan) plan = NULL;
  g_autoptr (Scene) scene = NULL;
  SceneOptions options = { .width = 900, .height = 600 };
  Facts *facts = sample_run_get_facts (run, 1);

  g_array_set_size (survey->lives, 2000);
  survey->is_partial = TRUE;
  for (guint i = 0; i < facts->blocks->len; i++)
    {
      FactsBlock *block = &g_array_index (facts->blocks, FactsBlock, i);

      block->is_overwritten = block->state == FACTS_BLOCK_FREED;
    }
  plan = scene_plan_new (survey);
  scene = scene_new (facts, plan, &options);
  g_assert_cmpuint (scene_find (scene, "block:2100"), !=, SCENE_NO_ITEM);
  g_assert_cmpuint (scene_find (scene, "block:2061"), !=, SCENE_NO_ITEM);
  g_assert_cmpuint (scene_find (scene, "block:2060"), ==, SCENE_NO_ITEM);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/plan/list-head-first", test_head_first);
  g_test_add_func ("/scene/plan/list-tail-first", test_tail_first);
  g_test_add_func ("/scene/plan/wrap", test_wrap);
  g_test_add_func ("/scene/plan/tree", test_tree);
  g_test_add_func ("/scene/plan/ring", test_ring);
  g_test_add_func ("/scene/plan/doubly-linked", test_double_list);
  g_test_add_func ("/scene/plan/two-lists", test_two_lists);
  g_test_add_func ("/scene/plan/reuse", test_reuse);
  g_test_add_func ("/scene/plan/pure", test_pure);
  g_test_add_func ("/scene/plan/many", test_many);
  return g_test_run ();
}
