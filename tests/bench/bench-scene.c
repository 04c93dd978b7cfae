/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a picture costs, in milliseconds of this thread: laid out and painted for the first time, and again after a step, for
 * heaps of 10 to 100,000 blocks. */

#include <stdlib.h>
#include <time.h>

#include "scene-samples.h"

#define WIDTH 1280
#define HEIGHT 800
#define ROUNDS 7

static double
get_ms (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

static int
compare_doubles (const void *a, const void *b)
{
  double first = *(const double *)a, second = *(const double *)b;

  return first < second ? -1 : first > second;
}

typedef struct
{
  Facts *facts;
  ScenePlan *plan;
  cairo_surface_t *surface;
} Bench;

static void
draw (Bench *bench, SceneFonts *fonts, double *layout, double *paint)
{
  SceneOptions options = { .width = WIDTH, .height = HEIGHT, .text_scale = 1, .fonts = fonts };
  cairo_t *cr = cairo_create (bench->surface);
  double begin = get_ms (), middle;
  g_autoptr (Scene) scene = scene_new (bench->facts, bench->plan, &options);

  middle = get_ms ();
  scene_paint (scene, cr, scene_palette_get (SCENE_PALETTE_LIGHT), fonts);
  cairo_surface_flush (bench->surface);
  *layout = middle - begin;
  *paint = get_ms () - middle;
  cairo_destroy (cr);
}

/* Medians; cold: fonts that have shaped nothing yet. */
static void
measure (Bench *bench, const char *what, gboolean is_cold)
{
  double layouts[ROUNDS], paints[ROUNDS];
  SceneFonts *fonts = scene_fonts_new ();
  double width, height;

  draw (bench, fonts, &layouts[0], &paints[0]);
  for (guint i = 0; i < ROUNDS; i++)
    {
      if (is_cold)
        {
          scene_fonts_free (fonts);
          fonts = scene_fonts_new ();
          /* The font files themselves are opened once in the life of a program. */
          scene_fonts_measure (fonts, SCENE_ROLE_TYPE, 1, "x", &width, &height);
          scene_fonts_measure (fonts, SCENE_ROLE_CAPTION, 1, "x", &width, &height);
        }
      draw (bench, fonts, &layouts[i], &paints[i]);
    }
  qsort (layouts, ROUNDS, sizeof *layouts, compare_doubles);
  qsort (paints, ROUNDS, sizeof *paints, compare_doubles);
  g_print ("%8u blocks  %-10s  layout %7.2f ms  paint %7.2f ms\n", bench->facts->blocks->len, what,
           layouts[ROUNDS / 2], paints[ROUNDS / 2]);
  scene_fonts_free (fonts);
}

/* With so many blocks the facts leave out what is inside them: only the variables are decoded. */
static void
forget_insides (Facts *facts)
{
  const FactsFrame *frame = &g_array_index (facts->frames, FactsFrame, 0);

  for (guint i = 0; i < facts->blocks->len; i++)
    g_array_index (facts->blocks, FactsBlock, i).root = FACTS_NO_NODE;
  g_array_set_size (facts->nodes, frame->n_slots);
  facts->n_own = facts->nodes->len;
  for (guint i = 0; i < facts->nodes->len; i++)
    g_array_index (facts->nodes, FactsNode, i).target_node = FACTS_NO_NODE;
}

static void
bench_blocks (guint n)
{
  g_autoptr (SampleRun) run = n <= 1000 ? sample_many (n, n) : sample_many (n, n / 2);
  g_autoptr (HistorySurvey) survey = sample_run_survey (run, TRUE);
  Bench bench = { .facts = sample_run_get_facts (run, 1) };
  double begin;

  if (survey->lives->len > 2000)
    {
      g_array_set_size (survey->lives, 2000);
      for (guint i = 0; i < 2000; i++)
        g_array_index (survey->lives, HistoryLife, i).gone_step = G_MAXUINT64;
      survey->is_partial = TRUE;
    }
  if (n > 2000)
    forget_insides (bench.facts);
  begin = get_ms ();
  bench.plan = scene_plan_new (survey);
  g_print ("%8u blocks  plan        %.2f ms\n", n, get_ms () - begin);
  bench.surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  measure (&bench, "cold", TRUE);
  measure (&bench, "after step", FALSE);
  scene_plan_unref (bench.plan);
  cairo_surface_destroy (bench.surface);
}

int
main (void)
{
  static const guint sizes[] = { 10, 100, 1000, 10000, 100000 };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    bench_blocks (sizes[i]);
  return 0;
}
