/* SPDX-License-Identifier: GPL-3.0-or-later */

/* References of a block, one by one: see mem-shape.h. */

#include "mem-shape.h"

/* No words, no elements, no finaliser. Give it to mem_shape_clear() in the end. */
void
mem_shape_init (MemShape *shape)
{
  *shape = (MemShape){ .words = g_array_new (FALSE, FALSE, sizeof (MemShapeWord)),
                       .item_words = g_array_new (FALSE, FALSE, sizeof (MemShapeWord)),
                       .count_offset = MEM_SHAPE_NONE,
                       .class_offset = MEM_SHAPE_NONE,
                       .flag_offset = MEM_SHAPE_NONE,
                       .weak_head = MEM_SHAPE_NONE,
                       .weak_next = MEM_SHAPE_NONE,
                       .weak_previous = MEM_SHAPE_NONE,
                       .weak_callback = MEM_SHAPE_NONE };
}

void
mem_shape_clear (gpointer data)
{
  MemShape *shape = data;

  g_clear_pointer (&shape->words, g_array_unref);
  g_clear_pointer (&shape->item_words, g_array_unref);
}

/* Words are released in the order in which they were added; offset: a multiple of 8. */
void
mem_shape_add_word (MemShape *shape, gboolean in_element, guint32 offset, MemWordKind kind)
{
  MemShapeWord word = { offset, kind };

  g_array_append_val (in_element ? shape->item_words : shape->words, word);
}

/* Whether an object of the shape can hold a reference at all. */
gboolean
mem_shape_has_references (const MemShape *shape)
{
  for (guint i = 0; i < shape->words->len; i++)
    if (g_array_index (shape->words, MemShapeWord, i).kind == MEM_WORD_REFERENCE)
      return TRUE;
  return shape->item_words->len > 0;
}

/* Whether one of its words can be weak. */
gboolean
mem_shape_has_weak (const MemShape *shape)
{
  const GArray *lists[] = { shape->words, shape->item_words };

  for (guint i = 0; i < G_N_ELEMENTS (lists); i++)
    for (guint j = 0; j < lists[i]->len; j++)
      if (g_array_index (lists[i], MemShapeWord, j).kind == MEM_WORD_WEAK)
        return TRUE;
  return FALSE;
}

/* Address of the first element and their number: never more than their block has room for, and none while the number's own bytes
 * are undefined. */
guint64
mem_shape_find_elements (const MemShape *shape, const MemSpace *space, const MemBlock *block,
                         guint64 *n)
{
  guint64 at = (guint64)block->begin + shape->items_offset;
  guint64 end = (guint64)block->begin + block->size;
  guint64 count = (guint64)block->begin + shape->count_offset;

  *n = 0;
  if (shape->count_offset == MEM_SHAPE_NONE || shape->item_words->len == 0
      || *(const guint64 *)(space->defined + count) != G_MAXUINT64)
    return 0;
  if (shape->items_apart)
    {
      guint32 id = mem_shape_get_target (space, at);

      if (id == 0)
        return 0;
      at = mem_block_get (space, id)->begin;
      end = at + mem_block_get (space, id)->size;
    }
  if (at < end && shape->stride > 0)
    *n = MIN (mem_get_word (space, count), (end - at) / shape->stride);
  return at;
}

/* How many words of all kinds the block has now. */
guint64
mem_shape_count_words (const MemShape *shape, const MemSpace *space, const MemBlock *block)
{
  guint64 n;

  mem_shape_find_elements (shape, space, block, &n);
  return shape->words->len + n * shape->item_words->len;
}

/* Address and kind of word `index`, in the order in which references are released; 0 when there are no more. */
guint64
mem_shape_get_word (const MemShape *shape, const MemSpace *space, const MemBlock *block,
                    guint64 index, MemWordKind *kind)
{
  const MemShapeWord *word;
  guint64 n, elements;

  if (index < shape->words->len)
    {
      word = &g_array_index (shape->words, MemShapeWord, index);
      *kind = word->kind;
      return (guint64)block->begin + word->offset;
    }
  index -= shape->words->len;
  elements = mem_shape_find_elements (shape, space, block, &n);
  if (shape->item_words->len == 0 || index >= n * shape->item_words->len)
    return 0;
  word = &g_array_index (shape->item_words, MemShapeWord, index % shape->item_words->len);
  index /= shape->item_words->len;
  if (shape->releases_backward)
    index = n - 1 - index;
  *kind = word->kind;
  return elements + index * shape->stride + word->offset;
}
