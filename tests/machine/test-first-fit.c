/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first-fit allocator, checked by a reader of its own: the heap's bytes alone must tell a consistent heap. Nothing of the
 * allocator's code is used to decode them; the format is the one its first comment draws. */

#include "memory/mem-heap.h"

#include <string.h>

#define HEAP_BYTES 65536
#define N_BLOCKS 200

typedef struct
{
  MemSpace *space;
  MemHeap *heap;
  guint64 begin, end;
} Fixture;

typedef struct
{
  guint64 address; /* 0: not in use */
  guint64 n_bytes;
  guint8 fill;
} Block;

static void
set_up (Fixture *f, gconstpointer data)
{
  const MemSizes sizes = { .heap = HEAP_BYTES, .stack = 4096 };

  f->space = mem_space_new (&sizes);
  f->heap = mem_heap_new (f->space, &mem_first_fit);
  f->begin = f->space->regions[MEM_REGION_HEAP].begin;
  f->end = f->space->regions[MEM_REGION_HEAP].end;
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  mem_heap_free (f->heap);
  mem_space_free (f->space);
}

static guint32
get_half (const Fixture *f, guint64 address)
{
  guint32 half;

  memcpy (&half, f->space->bytes + address, 4);
  return half;
}

/* Walks over all chunks and over the free list. Returns the number of free chunks. */
static guint
check_heap (const Fixture *f)
{
  guint64 size_before = 0, last_free = 0, n_gross = 0;
  gboolean was_free = FALSE;
  guint n_free = 0;

  for (guint64 chunk = f->begin; chunk < f->end;)
    {
      guint64 size = get_half (f, chunk) & ~1u;
      gboolean in_use = get_half (f, chunk) & 1;
      guint32 next = get_half (f, chunk + 4), previous = get_half (f, chunk + 12);

      g_assert_cmpuint (size, >=, 32);
      g_assert_cmpuint (size % 16, ==, 0);
      g_assert_cmpuint (chunk + size, <=, f->end);
      g_assert_cmpuint (get_half (f, chunk + 8), ==, size_before);
      g_assert_true (mem_is_defined (f->space, chunk, 16));
      if (in_use)
        {
          g_assert_cmpuint (next, ==, 0);
          g_assert_cmpuint (previous, ==, 0);
        }
      else
        {
          /* Two free neighbours would be one. The list is in address order: the free chunk before this one. */
          g_assert_false (was_free);
          g_assert_cmpuint (previous, ==, last_free);
          if (last_free != 0)
            g_assert_cmpuint (get_half (f, last_free + 4), ==, chunk);
          last_free = chunk;
          n_free++;
        }
      was_free = !in_use;
      size_before = size;
      n_gross += size;
      chunk += size;
    }
  if (last_free != 0)
    g_assert_cmpuint (get_half (f, last_free + 4), ==, 0);
  g_assert_cmpuint (n_gross, ==, f->end - f->begin);
  return n_free;
}

/* Where first fit must put it: behind the header of the first free chunk that is large enough; 0: nowhere. */
static guint64
find_first_fit (const Fixture *f, guint64 n_bytes)
{
  guint64 needed = MAX ((n_bytes + 16 + 15) / 16 * 16, 32);

  for (guint64 chunk = f->begin; chunk < f->end; chunk += get_half (f, chunk) & ~1u)
    if (!(get_half (f, chunk) & 1) && get_half (f, chunk) >= needed)
      return chunk + 16;
  return 0;
}

static guint64
allocate (const Fixture *f, guint64 n_bytes)
{
  guint64 cost = 0, address = mem_first_fit.allocate (f->heap, n_bytes, &cost);

  g_assert_cmpuint (cost, >=, 1);
  return address;
}

static void
release (const Fixture *f, guint64 address)
{
  guint64 cost = 0;

  mem_first_fit.release (f->heap, address, &cost);
}

static void
take (const Fixture *f, Block *block)
{
  guint64 wanted;

  block->n_bytes = g_test_rand_int_range (0, 10) == 0 ? g_test_rand_int_range (0, 5000)
                                                      : g_test_rand_int_range (0, 200);
  wanted = find_first_fit (f, block->n_bytes);
  block->address = allocate (f, block->n_bytes);
  g_assert_cmpuint (block->address, ==, wanted);
  if (block->address == 0)
    return;
  g_assert_cmpuint (block->address % 16, ==, 0);
  g_assert_cmpuint (mem_first_fit.get_gross (f->heap, block->address), >=, block->n_bytes + 16);
  block->fill = g_test_rand_int_range (0, 256);
  memset (f->space->bytes + block->address, block->fill, block->n_bytes);
}

static void
give_back (const Fixture *f, Block *block)
{
  for (guint64 i = 0; i < block->n_bytes; i++)
    g_assert_cmpuint (f->space->bytes[block->address + i], ==, block->fill);
  release (f, block->address);
  /* What a dangling pointer still reads is what was there. */
  for (guint64 i = 0; i < block->n_bytes; i++)
    g_assert_cmpuint (f->space->bytes[block->address + i], ==, block->fill);
  block->address = 0;
}

static void
test_random (Fixture *f, gconstpointer data)
{
  Block blocks[N_BLOCKS] = { { 0 } };

  for (guint round = 0; round < 10000; round++)
    {
      Block *block = &blocks[g_test_rand_int_range (0, N_BLOCKS)];

      if (block->address == 0)
        take (f, block);
      else
        give_back (f, block);
      check_heap (f);
    }
  for (guint i = 0; i < N_BLOCKS; i++)
    if (blocks[i].address != 0)
      give_back (f, &blocks[i]);
  g_assert_cmpuint (check_heap (f), ==, 1);
  g_assert_cmpuint (get_half (f, f->begin), ==, HEAP_BYTES);
}

/* Merged with the free neighbour before, behind, both, none. */
static void
test_coalesce (Fixture *f, gconstpointer data)
{
  guint64 a = allocate (f, 100), b = allocate (f, 100), c = allocate (f, 100);
  guint64 d = allocate (f, 100);

  g_assert_cmpuint (b - a, ==, 128);
  g_assert_cmpuint (check_heap (f), ==, 1);
  release (f, a);
  g_assert_cmpuint (check_heap (f), ==, 2);
  release (f, c);
  g_assert_cmpuint (check_heap (f), ==, 3);
  release (f, b);
  g_assert_cmpuint (check_heap (f), ==, 2);
  g_assert_cmpuint (get_half (f, f->begin), ==, 3 * 128);
  release (f, d);
  g_assert_cmpuint (check_heap (f), ==, 1);
}

static void
test_reuse (Fixture *f, gconstpointer data)
{
  guint64 a = allocate (f, 64), b = allocate (f, 64);

  release (f, a);
  g_assert_cmpuint (allocate (f, 65), >, b); /* does not fit into the hole */
  g_assert_cmpuint (allocate (f, 16), ==, a);
  g_assert_cmpuint (allocate (f, 16), ==, a + 32);
  check_heap (f);
}

static void
test_full (Fixture *f, gconstpointer data)
{
  guint64 all = allocate (f, HEAP_BYTES - 16);

  g_assert_cmpuint (all, ==, f->begin + 16);
  g_assert_cmpuint (check_heap (f), ==, 0);
  g_assert_cmpuint (allocate (f, 0), ==, 0);
  release (f, all);
  g_assert_cmpuint (allocate (f, HEAP_BYTES - 15), ==, 0);
  g_assert_cmpuint (allocate (f, G_MAXUINT64), ==, 0);
  g_assert_cmpuint (allocate (f, G_MAXUINT64 - 20), ==, 0);
  g_assert_cmpuint (check_heap (f), ==, 1);
}

/* A rest too small for a chunk of its own stays with the block; one just large enough becomes one. */
static void
test_rest (Fixture *f, gconstpointer data)
{
  guint64 a = allocate (f, 48), b = allocate (f, 16);

  release (f, a);
  a = allocate (f, 32);
  g_assert_cmpuint (mem_first_fit.get_gross (f->heap, a), ==, 64);
  g_assert_cmpuint (check_heap (f), ==, 1);
  release (f, a);
  a = allocate (f, 16);
  g_assert_cmpuint (mem_first_fit.get_gross (f->heap, a), ==, 32);
  g_assert_cmpuint (check_heap (f), ==, 2);
  release (f, a);
  release (f, b);
  g_assert_cmpuint (check_heap (f), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/first-fit/random", Fixture, NULL, set_up, test_random, tear_down);
  g_test_add ("/first-fit/coalesce", Fixture, NULL, set_up, test_coalesce, tear_down);
  g_test_add ("/first-fit/reuse", Fixture, NULL, set_up, test_reuse, tear_down);
  g_test_add ("/first-fit/full", Fixture, NULL, set_up, test_full, tear_down);
  g_test_add ("/first-fit/rest", Fixture, NULL, set_up, test_rest, tear_down);
  return g_test_run ();
}
