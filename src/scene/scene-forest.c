/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From who pointed to whom over a whole run to rows and columns.
 *
 * The parent of a block is the block whose word held its address longest. Edges are taken by weight, as Kruskal takes them
 * for a spanning forest; one that closes a ring is left out. In the forest a child that is the only one of its parent's own
 * shape continues a chain in the same row, all others stand in the next column, each parent in the middle of its children:
 *
 *     list head-first            tree                     table of lists
 *     [a]→[b]→[c]                    [b]                  [t] [a]→[b]
 *                                [a]                          [c]
 *                                    [c]                      [d]→[e]
 */

#include "scene-plan.h"

/* A child whose parent held it for less of its life than one part in this is a root. */
#define LEAST_PART 5

/* Other children never stand further right than this. */
#define MOST_COLUMNS 16

static gint
compare_edges (gconstpointer a, gconstpointer b)
{
  const HistoryEdge *first = *(const HistoryEdge *const *)a;
  const HistoryEdge *second = *(const HistoryEdge *const *)b;

  if (first->ticks != second->ticks)
    return first->ticks > second->ticks ? -1 : 1;
  if (first->first_tick != second->first_tick)
    return first->first_tick < second->first_tick ? -1 : 1;
  if (first->child != second->child)
    return first->child < second->child ? -1 : 1;
  if (first->parent != second->parent)
    return first->parent < second->parent ? -1 : 1;
  return first->offset < second->offset ? -1 : first->offset > second->offset;
}

/* Union-find with path halving. */
static guint32
find_tree (guint32 *trees, guint32 number)
{
  while (trees[number] != number)
    {
      trees[number] = trees[trees[number]];
      number = trees[number];
    }
  return number;
}

static gboolean
is_heavy_enough (HistorySurvey *survey, const HistoryEdge *edge)
{
  guint64 life = scene_plan_get_life (survey, edge->child)->ticks;

  return life == 0 || edge->ticks >= life / LEAST_PART;
}

static void
choose_parents (SceneForest *forest, HistorySurvey *survey)
{
  g_autoptr (GPtrArray) edges = g_ptr_array_new ();
  g_autofree guint32 *trees = g_new (guint32, forest->n_blocks + 1);

  for (guint32 i = 0; i <= forest->n_blocks; i++)
    trees[i] = i;
  for (guint i = 0; i < survey->edges->len; i++)
    {
      HistoryEdge *edge = &g_array_index (survey->edges, HistoryEdge, i);

      if (edge->parent >= 1 && edge->parent <= forest->n_blocks && edge->child >= 1
          && edge->child <= forest->n_blocks && is_heavy_enough (survey, edge))
        g_ptr_array_add (edges, edge);
    }
  g_ptr_array_sort (edges, compare_edges);
  for (guint i = 0; i < edges->len; i++)
    {
      const HistoryEdge *edge = edges->pdata[i];
      guint32 above = find_tree (trees, edge->parent);
      guint32 below = find_tree (trees, edge->child);

      if (forest->parent[edge->child] != SCENE_NO_BLOCK || above == below)
        continue;
      forest->parent[edge->child] = edge->parent;
      forest->offset[edge->child] = edge->offset;
      trees[below] = above;
    }
}

static gint
compare_offsets (gconstpointer a, gconstpointer b, gpointer user_data)
{
  const SceneForest *forest = user_data;
  guint32 first = *(const guint32 *)a;
  guint32 second = *(const guint32 *)b;

  if (forest->offset[first] != forest->offset[second])
    return forest->offset[first] < forest->offset[second] ? -1 : 1;
  return first < second ? -1 : first > second;
}

/* Takes the only child of the parent's shape out of the others: it continues the chain. */
static void
find_chain (SceneForest *forest, HistorySurvey *survey, guint32 number)
{
  GArray *children = forest->others[number];
  guint32 shape = scene_plan_get_life (survey, number)->shape;
  guint at = G_MAXUINT;

  for (guint i = 0; i < children->len; i++)
    {
      guint32 child = g_array_index (children, guint32, i);

      if (scene_plan_get_life (survey, child)->shape != shape)
        continue;
      if (at != G_MAXUINT)
        return;
      at = i;
    }
  if (at == G_MAXUINT)
    return;
  forest->chain[number] = g_array_index (children, guint32, at);
  g_array_remove_index (children, at);
}

static void
find_children (SceneForest *forest, HistorySurvey *survey)
{
  for (guint32 i = 1; i <= forest->n_blocks; i++)
    {
      guint32 parent = forest->parent[i];

      if (parent == SCENE_NO_BLOCK)
        continue;
      if (forest->others[parent] == NULL)
        forest->others[parent] = g_array_new (FALSE, FALSE, sizeof (guint32));
      g_array_append_val (forest->others[parent], i);
    }
  for (guint32 i = 1; i <= forest->n_blocks; i++)
    if (forest->others[i] != NULL)
      {
        g_array_sort_with_data (forest->others[i], compare_offsets, forest);
        find_chain (forest, survey, i);
      }
}

/* Roots stand in the order of who held them first: globals, then variables from the oldest frame on, then the rest. */
static gint
compare_roots (gconstpointer a, gconstpointer b, gpointer user_data)
{
  HistorySurvey *survey = user_data;
  const HistoryLife *first = scene_plan_get_life (survey, *(const guint32 *)a);
  const HistoryLife *second = scene_plan_get_life (survey, *(const guint32 *)b);
  static const guint ranks[] = { [HISTORY_HOLDER_GLOBAL] = 0,
                                 [HISTORY_HOLDER_SLOT] = 1,
                                 [HISTORY_HOLDER_BLOCK] = 2,
                                 [HISTORY_HOLDER_NONE] = 3 };
  const HistoryHolder *left = &first->first_root;
  const HistoryHolder *right = &second->first_root;

  if (left->kind != right->kind)
    return ranks[left->kind] < ranks[right->kind] ? -1 : 1;
  if (left->depth != right->depth)
    return left->depth < right->depth ? -1 : 1;
  if (left->index != right->index)
    return left->index < right->index ? -1 : 1;
  return first->number < second->number ? -1 : first->number > second->number;
}

SceneForest *
scene_forest_new (HistorySurvey *survey)
{
  SceneForest *forest = g_new0 (SceneForest, 1);
  guint n = survey->lives->len;

  forest->n_blocks = n;
  forest->parent = g_new0 (guint32, n + 1);
  forest->offset = g_new0 (guint64, n + 1);
  forest->chain = g_new0 (guint32, n + 1);
  forest->others = g_new0 (GArray *, n + 1);
  forest->roots = g_array_new (FALSE, FALSE, sizeof (guint32));
  choose_parents (forest, survey);
  find_children (forest, survey);
  for (guint32 i = 1; i <= n; i++)
    if (forest->parent[i] == SCENE_NO_BLOCK)
      g_array_append_val (forest->roots, i);
  g_array_sort_with_data (forest->roots, compare_roots, survey);
  return forest;
}

void
scene_forest_free (SceneForest *forest)
{
  for (guint32 i = 0; i <= forest->n_blocks; i++)
    if (forest->others[i] != NULL)
      g_array_unref (forest->others[i]);
  g_free (forest->parent);
  g_free (forest->offset);
  g_free (forest->chain);
  g_free (forest->others);
  g_array_unref (forest->roots);
  g_free (forest);
}

/* ---- rows and columns ---- */

typedef struct
{
  SceneForest *forest;
  SceneSeat *seats;
  guint strip;
  guint line;
  guint n_columns;              /* a chain wraps behind this many */
  double sky[MOST_COLUMNS + 1]; /* first free row of each column */
  GArray *pending;              /* of guint32: where the next lines begin */
} Placer;

static void
seat_block (Placer *placer, guint32 number, guint column, double row)
{
  SceneSeat *seat = &placer->seats[number];

  seat->has_seat = TRUE;
  seat->place = (ScenePlace){ placer->strip, placer->line, column, row };
  placer->sky[column] = row + 1;
}

static double place_run (Placer *placer, guint32 head, guint column, double least_row);

/* The other children of a block in its next column; gives the rows of the first and the last, FALSE: none is there. */
static gboolean
place_others (Placer *placer, guint32 number, guint column, double least_row, double *first,
              double *last)
{
  GArray *others = placer->forest->others[number];
  gboolean is_first = TRUE;

  for (guint i = 0; others != NULL && i < others->len; i++)
    {
      guint32 child = g_array_index (others, guint32, i);

      if (column + 1 >= MOST_COLUMNS)
        {
          g_array_append_val (placer->pending, child);
          continue;
        }
      *last = place_run (placer, child, column + 1, least_row);
      if (is_first)
        *first = *last;
      is_first = FALSE;
    }
  return !is_first;
}

static double
ceil_row (double row)
{
  guint whole = (guint)row;

  return whole < row ? whole + 1 : whole;
}

/* A block without a chain behind it stands in the middle of its children. */
static double
place_single (Placer *placer, guint32 number, guint column, double least_row)
{
  double row = MAX (least_row, placer->sky[column]);
  double first, last;

  if (place_others (placer, number, column, row, &first, &last))
    row = MAX (row, (first + last) / 2);
  else
    row = ceil_row (row);
  seat_block (placer, number, column, row);
  return row;
}

/* A chain from `head` on: all in one row, their other children below. Returns the row. */
static double
place_run (Placer *placer, guint32 head, guint column, double least_row)
{
  SceneForest *forest = placer->forest;
  guint n_columns = MAX (placer->n_columns, column + 1);
  guint end = column;
  double row = least_row;
  double first, last;

  if (forest->chain[head] == SCENE_NO_BLOCK)
    return place_single (placer, head, column, least_row);
  for (guint32 number = head; number != SCENE_NO_BLOCK && end < n_columns; end++)
    {
      row = MAX (row, placer->sky[end]);
      number = forest->chain[number];
    }
  row = ceil_row (row);
  for (guint32 number = head, at = column; number != SCENE_NO_BLOCK; at++)
    {
      if (at >= end)
        {
          g_array_append_val (placer->pending, number);
          break;
        }
      seat_block (placer, number, at, row);
      number = forest->chain[number];
    }
  for (guint32 number = head, at = column; at < end; at++)
    {
      place_others (placer, number, at, row + 1, &first, &last);
      number = forest->chain[number];
    }
  return row;
}

/* Gives all blocks of a root's tree their place; returns how many lines they take. */
guint
scene_forest_place (SceneForest *forest, guint32 root, guint strip, guint n_columns,
                    SceneSeat *seats)
{
  Placer placer = { .forest = forest, .seats = seats, .strip = strip, .n_columns = n_columns };

  placer.pending = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (placer.pending, root);
  for (guint i = 0; i < placer.pending->len; i++)
    {
      for (guint column = 0; column <= MOST_COLUMNS; column++)
        placer.sky[column] = 0;
      placer.line = i;
      place_run (&placer, g_array_index (placer.pending, guint32, i), 0, 0);
    }
  g_array_unref (placer.pending);
  return placer.line + 1;
}
