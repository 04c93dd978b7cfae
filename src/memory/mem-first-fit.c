/* SPDX-License-Identifier: GPL-3.0-or-later */

/* First fit with boundary tags (Knuth, The Art of Computer Programming, vol. 1, 2.5, algorithms A and C): the free list is in address
 * order, the first chunk that is large enough is split, a freed chunk is merged with free neighbours at once.
 *
 * A chunk is a multiple of 16 bytes, 32 at least; its header is two words of 8 bytes, each in two halves:
 *
 *     [size of the chunk | 1 while in use, next free][size of the chunk before, previous free][bytes of the program …]
 *
 * The links are 0 while the chunk is in use and at the list's ends. Standing in the header, they leave the program's
 * bytes as they were when it is freed: what a dangling pointer still reads is then the learner's own old data.
 *
 * The list would have to be walked to find a freed chunk's place in it. A bit per granule that begins a free chunk, in levels of
 * 64, finds the free chunk before an address in a few word operations; it says nothing that the headers do not.
 */

#include "mem-heap.h"

#define GRANULE 16
#define HEADER 16
#define MIN_CHUNK 32
#define IN_USE 1

/* ---- headers ---- */

/* A half of a header word; the bytes count as defined and hold no pointer of the program. */
static guint64
get_half (const MemHeap *heap, guint64 address)
{
  return *(const guint32 *)(heap->space->bytes + address);
}

static void
set_half (MemHeap *heap, guint64 address, guint64 value)
{
  MemSpace *space = heap->space;

  *(guint32 *)(space->bytes + address) = value;
  *(guint32 *)(space->defined + address) = G_MAXUINT32;
  space->provenance[address / 8] = 0;
  mem_array_mark (space->array, address);
  mem_tell_write (space, address, 4);
}

static guint64
get_size (const MemHeap *heap, guint64 chunk)
{
  return get_half (heap, chunk) & ~(guint64)IN_USE;
}

static gboolean
is_in_use (const MemHeap *heap, guint64 chunk)
{
  return get_half (heap, chunk) & IN_USE;
}

static guint64
get_next (const MemHeap *heap, guint64 chunk)
{
  return get_half (heap, chunk + 4);
}

static guint64
get_size_before (const MemHeap *heap, guint64 chunk)
{
  return get_half (heap, chunk + 8);
}

static guint64
get_previous (const MemHeap *heap, guint64 chunk)
{
  return get_half (heap, chunk + 12);
}

static void
set_next (MemHeap *heap, guint64 chunk, guint64 next)
{
  set_half (heap, chunk + 4, next);
}

static void
set_size_before (MemHeap *heap, guint64 chunk, guint64 size)
{
  set_half (heap, chunk + 8, size);
}

static void
set_previous (MemHeap *heap, guint64 chunk, guint64 previous)
{
  set_half (heap, chunk + 12, previous);
}

/* Sets a chunk's size, and the word by which the one behind it knows it. */
static void
set_size (MemHeap *heap, guint64 chunk, guint64 size, gboolean in_use)
{
  set_half (heap, chunk, size | (in_use ? IN_USE : 0));
  if (chunk + size < heap->end)
    set_size_before (heap, chunk + size, size);
}

/* ---- the index ---- */

static void
mark_index (MemHeap *heap, guint level, guint64 word)
{
  mem_array_mark (heap->index_array,
                  (guint8 *)(heap->levels[level] + word) - heap->index_array->planes[0]);
}

static void
set_bit (MemHeap *heap, guint64 chunk)
{
  guint64 bit = (chunk - heap->begin) / GRANULE;

  for (guint level = 0; level < heap->n_levels; level++, bit /= 64)
    {
      heap->levels[level][bit / 64] |= G_GUINT64_CONSTANT (1) << bit % 64;
      mark_index (heap, level, bit / 64);
    }
}

static void
clear_bit (MemHeap *heap, guint64 chunk)
{
  guint64 bit = (chunk - heap->begin) / GRANULE;

  for (guint level = 0; level < heap->n_levels; level++, bit /= 64)
    {
      heap->levels[level][bit / 64] &= ~(G_GUINT64_CONSTANT (1) << bit % 64);
      mark_index (heap, level, bit / 64);
      if (heap->levels[level][bit / 64] != 0)
        return;
    }
}

static guint
highest_bit (guint64 word)
{
  return 63 - __builtin_clzll (word);
}

/* The last free chunk before an address, 0 for none. */
static guint64
find_before (const MemHeap *heap, guint64 address)
{
  guint64 bit = (address - heap->begin) / GRANULE;
  guint level = 0;

  /* Up to the first level at which something stands to the left in the same word … */
  for (;; level++, bit /= 64)
    {
      guint64 left;

      if (level == heap->n_levels)
        return 0;
      left = heap->levels[level][bit / 64] & ((G_GUINT64_CONSTANT (1) << bit % 64) - 1);
      if (left != 0)
        {
          bit = bit / 64 * 64 + highest_bit (left);
          break;
        }
    }
  /* … and down again along the last bit of each word. */
  while (level-- > 0)
    bit = bit * 64 + highest_bit (heap->levels[level][bit]);
  return heap->begin + bit * GRANULE;
}

/* ---- the free list ---- */

static guint64
get_first (const MemHeap *heap)
{
  guint64 bit = 0;
  guint level = heap->n_levels - 1;

  if (heap->levels[level][0] == 0)
    return 0;
  for (;;)
    {
      bit = bit * 64 + __builtin_ctzll (heap->levels[level][bit]);
      if (level == 0)
        return heap->begin + bit * GRANULE;
      level--;
    }
}

static void
link_chunk (MemHeap *heap, guint64 chunk)
{
  guint64 previous = find_before (heap, chunk);
  guint64 next = previous != 0 ? get_next (heap, previous) : get_first (heap);

  set_next (heap, chunk, next);
  set_previous (heap, chunk, previous);
  if (previous != 0)
    set_next (heap, previous, chunk);
  if (next != 0)
    set_previous (heap, next, chunk);
  set_bit (heap, chunk);
}

static void
unlink_chunk (MemHeap *heap, guint64 chunk)
{
  guint64 next = get_next (heap, chunk), previous = get_previous (heap, chunk);

  if (previous != 0)
    set_next (heap, previous, next);
  if (next != 0)
    set_previous (heap, next, previous);
  set_next (heap, chunk, 0);
  set_previous (heap, chunk, 0);
  clear_bit (heap, chunk);
}

/* `to` takes the place of `from` in the list: both lie between the same neighbours. */
static void
replace_chunk (MemHeap *heap, guint64 from, guint64 to)
{
  guint64 next = get_next (heap, from), previous = get_previous (heap, from);

  clear_bit (heap, from);
  set_next (heap, from, 0);
  set_previous (heap, from, 0);
  set_next (heap, to, next);
  set_previous (heap, to, previous);
  if (previous != 0)
    set_next (heap, previous, to);
  if (next != 0)
    set_previous (heap, next, to);
  set_bit (heap, to);
}

/* ---- the allocator ---- */

static void
begin (MemHeap *heap)
{
  guint64 size = heap->end - heap->begin;

  if (size < MIN_CHUNK)
    return;
  set_size_before (heap, heap->begin, 0);
  set_size (heap, heap->begin, size, FALSE);
  link_chunk (heap, heap->begin);
}

static guint64
get_needed (guint64 n_bytes)
{
  guint64 size = (n_bytes + HEADER + GRANULE - 1) / GRANULE * GRANULE;

  return MAX (size, MIN_CHUNK);
}

/* Address of n_bytes, a multiple of 16, or 0 when no chunk is large enough. *cost: chunks looked at. */
static guint64
allocate (MemHeap *heap, guint64 n_bytes, guint64 *cost)
{
  guint64 needed = get_needed (n_bytes);
  guint64 chunk, size;

  *cost = 1;
  if (n_bytes > heap->end - heap->begin)
    return 0;
  for (chunk = get_first (heap); chunk != 0; chunk = get_next (heap, chunk))
    {
      size = get_size (heap, chunk);
      if (size >= needed)
        break;
      (*cost)++;
    }
  if (chunk == 0)
    return 0;
  if (size - needed >= MIN_CHUNK)
    {
      guint64 rest = chunk + needed;

      replace_chunk (heap, chunk, rest);
      set_size (heap, rest, size - needed, FALSE);
      set_size (heap, chunk, needed, TRUE);
    }
  else
    {
      unlink_chunk (heap, chunk);
      set_size (heap, chunk, size, TRUE);
    }
  return chunk + HEADER;
}

/* address: of a block in use */
static void
release (MemHeap *heap, guint64 address, guint64 *cost)
{
  guint64 chunk = address - HEADER;
  guint64 size = get_size (heap, chunk);
  guint64 behind = chunk + size;
  guint64 size_before = get_size_before (heap, chunk);
  gboolean is_free_behind = behind < heap->end && !is_in_use (heap, behind);
  gboolean is_free_before = size_before != 0 && !is_in_use (heap, chunk - size_before);

  *cost = 1;
  if (is_free_behind)
    size += get_size (heap, behind);
  if (is_free_before)
    {
      if (is_free_behind)
        unlink_chunk (heap, behind);
      set_size (heap, chunk - size_before, size + size_before, FALSE);
      return;
    }
  if (is_free_behind)
    replace_chunk (heap, behind, chunk);
  else
    link_chunk (heap, chunk);
  set_size (heap, chunk, size, FALSE);
}

/* Bytes that a block in use takes, header and padding included. */
static guint64
get_gross (MemHeap *heap, guint64 address)
{
  return get_size (heap, address - HEADER);
}

static MemRoom
get_room (const MemHeap *heap)
{
  MemRoom room = { 0, 0 };

  for (guint64 chunk = get_first (heap); chunk != 0; chunk = get_next (heap, chunk))
    {
      guint64 n_bytes = get_size (heap, chunk) - HEADER;

      room.free_bytes += n_bytes;
      room.largest = MAX (room.largest, n_bytes);
    }
  return room;
}

const MemAllocator mem_first_fit = { "first-fit", begin, allocate, release, get_gross, get_room };

/* ---- the heap ---- */

/* A heap over the space's heap region, one free chunk. space: borrowed, must outlive it */
MemHeap *
mem_heap_new (MemSpace *space, const MemAllocator *allocator)
{
  static const guint index_page[] = { 4096 };
  MemHeap *heap = g_new0 (MemHeap, 1);
  gsize n_words[G_N_ELEMENTS (heap->levels)], n_all = 0;
  guint64 n_bits;

  heap->allocator = allocator;
  heap->space = space;
  heap->begin = space->regions[MEM_REGION_HEAP].begin;
  heap->end = space->regions[MEM_REGION_HEAP].end / GRANULE * GRANULE;
  n_bits = (heap->end - heap->begin) / GRANULE;
  do
    {
      g_assert (heap->n_levels < G_N_ELEMENTS (heap->levels));
      n_bits = MAX (1, (n_bits + 63) / 64);
      n_words[heap->n_levels++] = n_bits;
      n_all += n_bits;
    }
  while (n_bits > 1);
  heap->index_array = mem_array_new (1, index_page, n_all * sizeof (guint64) / 4096 + 1);
  heap->levels[0] = (guint64 *)heap->index_array->planes[0];
  for (guint i = 1; i < heap->n_levels; i++)
    heap->levels[i] = heap->levels[i - 1] + n_words[i - 1];
  allocator->begin (heap);
  return heap;
}

void
mem_heap_free (MemHeap *heap)
{
  mem_array_free (heap->index_array);
  g_free (heap);
}
