/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Leaks as LeakSanitizer counts them: a live heap block is leaked when no word of a root, or of a block that is not leaked itself, holds an
 * address inside it. As there, words are taken for what their value says, so that a pointer that went through a number or a
 * byte-wise copy still counts. */

#include "strategy.h"

typedef struct
{
  MemSpace *space;
  GArray *live;      /* of guint32: ids by rising address */
  guint8 *reachable; /* by id */
  GArray *grey;      /* of guint32: reached, not yet looked into */
} Search;

static gint
compare_blocks (gconstpointer a, gconstpointer b, gpointer data)
{
  const MemSpace *space = data;
  guint32 first = mem_block_get (space, *(const guint32 *)a)->begin;
  guint32 second = mem_block_get (space, *(const guint32 *)b)->begin;

  return first < second ? -1 : first > second;
}

/* The live block that holds an address; 0 for none. */
static guint32
find_block (const Search *search, guint64 address)
{
  guint low = 0, high = search->live->len;
  guint32 id;
  const MemBlock *block;

  while (low + 1 < high)
    {
      guint middle = (low + high) / 2;

      if (mem_block_get (search->space, g_array_index (search->live, guint32, middle))->begin
          <= address)
        low = middle;
      else
        high = middle;
    }
  if (high == 0)
    return 0;
  id = g_array_index (search->live, guint32, low);
  block = mem_block_get (search->space, id);
  if (address < block->begin || address - block->begin >= MAX (block->size, 1))
    return 0;
  return id;
}

static void
look_into (Search *search, guint64 begin, guint64 end)
{
  for (guint64 at = (begin + 7) / 8 * 8; at + 8 <= end; at += 8)
    {
      guint32 id;

      if (*(guint64 *)(search->space->defined + at) != G_MAXUINT64)
        continue;
      id = find_block (search, mem_get_word (search->space, at));
      if (id == 0 || search->reachable[id])
        continue;
      search->reachable[id] = TRUE;
      g_array_append_val (search->grey, id);
    }
}

/* Ids of leaked blocks, in the order of their allocation. (transfer full) (element-type guint32) */
GArray *
strategy_find_leaks (MemSpace *space, guint32 n_blocks, const StrategyRoot *roots, guint n_roots)
{
  Search search = { space, g_array_new (FALSE, FALSE, sizeof (guint32)), g_malloc0 (n_blocks + 1),
                    g_array_new (FALSE, FALSE, sizeof (guint32)) };
  GArray *leaked = g_array_new (FALSE, FALSE, sizeof (guint32));

  for (guint32 id = 1; id < n_blocks; id++)
    {
      const MemBlock *block = mem_block_get (space, id);

      if (block->kind == MEM_BLOCK_HEAP && block->state == MEM_BLOCK_LIVE)
        g_array_append_val (search.live, id);
    }
  g_array_sort_with_data (search.live, compare_blocks, space);
  for (guint i = 0; i < n_roots; i++)
    look_into (&search, roots[i].begin, roots[i].end);
  while (search.grey->len > 0)
    {
      const MemBlock *block
          = mem_block_get (space, g_array_index (search.grey, guint32, search.grey->len - 1));

      g_array_set_size (search.grey, search.grey->len - 1);
      look_into (&search, block->begin, (guint64)block->begin + block->size);
    }
  for (guint32 id = 1; id < n_blocks; id++)
    {
      const MemBlock *block = mem_block_get (space, id);

      if (block->kind == MEM_BLOCK_HEAP && block->state == MEM_BLOCK_LIVE && !search.reachable[id])
        g_array_append_val (leaked, id);
    }
  g_array_unref (search.live);
  g_array_unref (search.grey);
  g_free (search.reachable);
  return leaked;
}
