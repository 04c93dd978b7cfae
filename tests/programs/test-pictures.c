/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every state of every program of this folder that is not too long: its facts hold together, and its picture keeps the rules
 * that scene-metrics counts. */

#include "expected-program.h"
#include "facts/facts-new.h"
#include "history/history.h"
#include "runtime/c/c-library.h"
#include "scene-metrics.h"

#include <string.h>

#define MOST_BOXES 60

typedef struct
{
  ExpectedProgram *program;
  History *history;
  ScenePlan *plan;
  SceneFonts *fonts;
} Show;

static void
show_clear (Show *show)
{
  g_clear_pointer (&show->history, history_free);
  g_clear_pointer (&show->program, expected_program_free);
  g_clear_pointer (&show->plan, scene_plan_unref);
  g_clear_pointer (&show->fonts, scene_fonts_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Show, show_clear)

/* ---- facts ---- */

static void
check_node (const Facts *facts, guint32 index)
{
  const FactsNode *node = facts_get_node (facts, index);

  g_assert_nonnull (node->name);
  g_assert_nonnull (node->type);
  g_assert_nonnull (node->text);
  g_assert_true (g_utf8_validate (node->text, -1, NULL));
  if (node->n_children > 0)
    g_assert_cmpuint (node->first_child, >, index);
  for (guint i = 0; i < node->n_children; i++)
    {
      const FactsNode *child = facts_get_node (facts, node->first_child + i);

      g_assert_cmpuint (child->parent, ==, index);
      g_assert_cmpuint (child->address, >=, node->address);
      g_assert_cmpuint (child->address + child->size, <=, node->address + node->size);
    }
  if (node->flags & FACTS_NULL)
    g_assert_cmpstr (node->text, ==, "NULL");
  if (node->target_node != FACTS_NO_NODE)
    g_assert_cmpuint (facts_get_node (facts, node->target_node)->address, ==, node->target);
}

static void
check_facts (const Facts *facts, guint64 step)
{
  guint64 live_bytes = 0;

  g_assert_cmpuint (facts->step, ==, step);
  g_assert_cmpint (facts->moment == FACTS_AT_FAULT, ==, facts->fault_kind != NULL);
  for (guint i = 0; i < facts->nodes->len; i++)
    check_node (facts, i);
  for (guint i = 0; i < facts->blocks->len; i++)
    {
      const FactsBlock *block = &g_array_index (facts->blocks, FactsBlock, i);

      g_assert_cmpuint (block->gross, >=, block->size);
      if (i > 0)
        g_assert_cmpuint (block->number, >,
                          g_array_index (facts->blocks, FactsBlock, i - 1).number);
      if (block->state == FACTS_BLOCK_FREED)
        g_assert_cmpuint (block->freed_line, >, 0);
      else
        live_bytes += block->size;
    }
  g_assert_cmpuint (live_bytes, ==, facts->ledger.live_bytes);
  for (guint i = 0; i < facts->frames->len; i++)
    {
      const FactsFrame *frame = &g_array_index (facts->frames, FactsFrame, i);

      if (frame->state == FACTS_FRAME_LIVE)
        g_assert_cmpuint (frame->depth, ==, i + 1);
      for (guint slot = 0; slot < frame->n_slots; slot++)
        g_assert_cmpuint (facts_get_node (facts, frame->first_slot + slot)->parent, ==,
                          FACTS_NO_NODE);
    }
}

/* ---- pictures ---- */

static void
check_scene (const Show *show, const Scene *before, const Scene *scene, guint64 step)
{
  g_auto (SceneMetrics) metrics = { 0 };

  scene_metrics_check (&metrics, scene, show->fonts);
  if (metrics.n_boxes > MOST_BOXES)
    return;
  if (before != NULL)
    scene_metrics_compare (&metrics, before, scene);
  if (metrics.n_overlaps + metrics.n_clipped + metrics.n_struck + metrics.n_moved == 0)
    return;
  g_test_message ("%s, step %" G_GUINT64_FORMAT
                  ": %u overlaps, %u clipped, %u struck, %u moved; %s",
                  show->program->name, step, metrics.n_overlaps, metrics.n_clipped,
                  metrics.n_struck, metrics.n_moved, metrics.first);
  g_test_fail ();
}

static void
test_pictures (gconstpointer name)
{
  const SceneOptions options = { .width = 900, .height = 600, .text_scale = 1 };
  g_auto (Show) show = { expected_program_load (name) };
  g_autoptr (Facts) last_facts = NULL;
  g_autoptr (Scene) last_scene = NULL;
  guint64 n;

  /* That it compiles is another test's matter. */
  if (!expected_program_compile (show.program))
    return;
  show.history
      = history_new (show.program->code, c_library_get_leaves (), &expected_program_limits, NULL);
  while (history_record (show.history, 1000000))
    ;
  n = history_get_n_positions (show.history);
  show.plan = scene_plan_new (history_get_survey (show.history));
  show.fonts = scene_fonts_new ();
  for (guint64 step = 1; step <= n && !g_test_failed (); step++)
    {
      g_autoptr (Facts) facts = NULL;
      g_autoptr (Scene) scene = NULL;
      SceneOptions with_fonts = options;

      with_fonts.fonts = show.fonts;
      history_seek (show.history, step);
      /* Each frame is a box, so such a state has too many to be judged; made it would cost a second. */
      if (history_get_machine (show.history)->state.depth > MOST_BOXES)
        continue;
      facts = facts_new (history_get_machine (show.history), show.program->map);
      if (last_facts != NULL)
        facts_mark_changes (facts, last_facts);
      check_facts (facts, step);
      scene = scene_new (facts, show.plan, &with_fonts);
      check_scene (&show, last_scene, scene, step);
      g_clear_pointer (&last_facts, facts_unref);
      g_clear_pointer (&last_scene, scene_unref);
      last_facts = g_steal_pointer (&facts);
      last_scene = g_steal_pointer (&scene);
    }
}

int
main (int argc, char **argv)
{
  g_autoptr (GPtrArray) names = NULL;

  g_test_init (&argc, &argv, NULL);
  names = expected_program_list ();
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      g_autofree char *path = g_strdup_printf ("/pictures/%s", name);

      g_test_add_data_func_full (path, g_strdup (name), test_pictures, g_free);
    }
  return g_test_run ();
}
