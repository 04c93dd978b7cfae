/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Real programs through the whole core: every state of every program in the tree is drawn, and nothing overlaps, is cut, is
 * struck by an arrow or moves. Of long runs about MOST_STATES states are drawn, evenly. */

#include "facts/facts-new.h"
#include "history/history.h"
#include "lang/c/c-compile.h"
#include "runtime/c/c-library.h"
#include "scene-metrics.h"

#define MOST_STATES 60
#define HEAP_BYTES (1u << 20)
#define STACK_BYTES (1u << 16)

static const char *const folders[]
    = { "lang/programs/accepted", "lang/programs/stops", "programs" };

typedef struct
{
  const char *name;
  TextMap *map;
  History *history;
  ScenePlan *plan;
  SceneFonts *fonts;
  Facts *before;
  Scene *scene_before;
} Walk;

static void
check_state (Walk *walk, guint64 position)
{
  SceneOptions options = { .width = 888, .height = 560, .text_scale = 1, .fonts = walk->fonts };
  g_auto (SceneMetrics) metrics = { 0 };
  Facts *facts;
  Scene *scene;

  history_seek (walk->history, position);
  facts = facts_new (history_get_machine (walk->history), walk->map);
  if (walk->before != NULL)
    facts_mark_changes (facts, walk->before);
  scene = scene_new (facts, walk->plan, &options);
  scene_metrics_check (&metrics, scene, walk->fonts);
  if (walk->scene_before != NULL)
    scene_metrics_compare (&metrics, walk->scene_before, scene);
  if (metrics.first != NULL)
    {
      g_test_message ("%s, step %" G_GUINT64_FORMAT ": %s", walk->name, position, metrics.first);
      g_test_fail ();
    }
  g_clear_pointer (&walk->before, facts_unref);
  g_clear_pointer (&walk->scene_before, scene_unref);
  walk->before = facts;
  walk->scene_before = scene;
}

static void
walk_program (Walk *walk, IrProgram *program)
{
  MachineLimits limits = { .max_ticks = 20000000, .max_steps = 1000000, .max_output = 1 << 20 };
  g_autoptr (MachineCode) code = machine_code_new (program, HEAP_BYTES, STACK_BYTES);
  g_autoptr (History) history = history_new (code, c_library_get_leaves (), &limits, NULL);
  guint64 n, stride;

  while (history_record (history, 1000000))
    ;
  walk->history = history;
  walk->plan = scene_plan_new (history_get_survey (history));
  n = history_get_n_positions (history);
  stride = MAX (1, n / MOST_STATES);
  for (guint64 position = 1; position <= n; position += stride)
    check_state (walk, position);
  check_state (walk, n);
  g_clear_pointer (&walk->before, facts_unref);
  g_clear_pointer (&walk->scene_before, scene_unref);
  g_clear_pointer (&walk->plan, scene_plan_unref);
}

/* TRUE: the file is a program. */
static gboolean
check_file (const char *folder, const char *name, SceneFonts *fonts)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autofree char *text = NULL;
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (IrProgram) program = NULL;
  Walk walk = { .name = name, .map = map, .fonts = fonts };
  gsize n_bytes;

  if (!g_str_has_suffix (name, ".c") || !g_file_get_contents (path, &text, &n_bytes, NULL))
    return FALSE;
  program = c_compile (map, name, text, n_bytes, diagnostics);
  if (program == NULL || program->entry == IR_NO_FUNCTION)
    return FALSE;
  walk_program (&walk, program);
  return TRUE;
}

static void
test_programs (void)
{
  g_autoptr (SceneFonts) fonts = scene_fonts_new ();
  guint n = 0;

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *folder = g_build_filename (g_getenv ("HEAPWISE_TESTS"), folders[i], NULL);
      g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
      const char *name;

      while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
        n += check_file (folder, name, fonts);
    }
  g_test_message ("%u programs", n);
  g_assert_cmpuint (n, >, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/programs", test_programs);
  return g_test_run ();
}
