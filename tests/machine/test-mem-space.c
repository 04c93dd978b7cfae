/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Copies take values, defined bits and the provenance of whole words along; the checked access tells one wrong from another. */

#include "memory/mem-space.h"

#include <string.h>

#define BLOCK 7

typedef struct
{
  MemSpace *space;
  guint64 from, to; /* addresses, multiples of 8 */
} Fixture;

static void
set_up (Fixture *f, gconstpointer data)
{
  const MemSizes sizes = { .heap = 4096, .stack = 4096, .data = 64 };

  f->space = mem_space_new (&sizes);
  f->from = f->space->regions[MEM_REGION_HEAP].begin;
  f->to = f->from + 512;
  mem_set_pointer (f->space, f->from, 0x1000, BLOCK);
  mem_set_pointer (f->space, f->from + 8, 0x2000, BLOCK + 1);
}

static void
tear_down (Fixture *f, gconstpointer data)
{
  mem_space_free (f->space);
}

static guint32
get_provenance (const Fixture *f, guint64 address)
{
  return f->space->provenance[address / 8];
}

static void
test_copy (Fixture *f, gconstpointer data)
{
  mem_copy (f->space, f->to, f->from, 24);
  g_assert_cmphex (mem_get_word (f->space, f->to), ==, 0x1000);
  g_assert_cmpuint (get_provenance (f, f->to), ==, BLOCK);
  g_assert_cmpuint (get_provenance (f, f->to + 8), ==, BLOCK + 1);
  g_assert_true (mem_is_defined (f->space, f->to, 16));
  g_assert_false (mem_is_defined (f->space, f->to + 16, 1));
}

/* A word of which a part is copied loses its provenance; words beside it keep theirs. */
static void
test_part (Fixture *f, gconstpointer data)
{
  mem_set_pointer (f->space, f->to, 0x3000, 3);
  mem_set_pointer (f->space, f->to + 8, 0x3000, 3);
  mem_set_pointer (f->space, f->to + 16, 0x3000, 3);
  mem_copy (f->space, f->to + 4, f->from + 4, 8);
  g_assert_cmpuint (get_provenance (f, f->to), ==, 0);
  g_assert_cmpuint (get_provenance (f, f->to + 8), ==, 0);
  g_assert_cmpuint (get_provenance (f, f->to + 16), ==, 3);
}

/* Copied to another place within the word: the values arrive, as numbers. */
static void
test_misaligned (Fixture *f, gconstpointer data)
{
  guint64 word;

  mem_copy (f->space, f->to + 3, f->from, 8);
  memcpy (&word, f->space->bytes + f->to + 3, 8);
  g_assert_cmphex (word, ==, 0x1000);
  g_assert_cmpuint (get_provenance (f, f->to), ==, 0);
  g_assert_cmpuint (get_provenance (f, f->to + 8), ==, 0);
  g_assert_true (mem_is_defined (f->space, f->to + 3, 8));
  g_assert_false (mem_is_defined (f->space, f->to + 2, 1));
}

/* As memmove: in both directions over itself. */
static void
test_overlap (Fixture *f, gconstpointer data)
{
  mem_copy (f->space, f->from + 8, f->from, 16);
  g_assert_cmpuint (get_provenance (f, f->from), ==, BLOCK);
  g_assert_cmpuint (get_provenance (f, f->from + 8), ==, BLOCK);
  g_assert_cmpuint (get_provenance (f, f->from + 16), ==, BLOCK + 1);
  mem_copy (f->space, f->from, f->from + 8, 16);
  g_assert_cmpuint (get_provenance (f, f->from), ==, BLOCK);
  g_assert_cmpuint (get_provenance (f, f->from + 8), ==, BLOCK + 1);
}

/* Bytes that are no pointer clear what stood there, all words they touch. */
static void
test_bytes (Fixture *f, gconstpointer data)
{
  mem_set_bytes (f->space, f->from + 7, "ab", 2);
  g_assert_cmpuint (get_provenance (f, f->from), ==, 0);
  g_assert_cmpuint (get_provenance (f, f->from + 8), ==, 0);
  mem_set_pointer (f->space, f->from, 0x1000, BLOCK);
  mem_set_undefined (f->space, f->from + 2, 1);
  g_assert_cmpuint (get_provenance (f, f->from), ==, 0);
  g_assert_false (mem_is_defined (f->space, f->from, 8));
  g_assert_true (mem_is_defined (f->space, f->from + 3, 5));
}

static void
test_check (Fixture *f, gconstpointer data)
{
  static const struct
  {
    guint32 block; /* 1 live, 2 freed, 3 constant, 4 of a frame that is gone, 0 none */
    gint64 offset; /* from `from` */
    guint n_bytes;
    MemAccess access;
    MemFaultKind kind;
  } rows[] = {
    { 1, 0, 16, MEM_ACCESS_READ, MEM_FAULT_NONE },
    { 1, 12, 4, MEM_ACCESS_WRITE, MEM_FAULT_NONE },
    { 1, 13, 4, MEM_ACCESS_READ, MEM_FAULT_OUT_OF_BOUNDS },
    { 1, 16, 1, MEM_ACCESS_READ, MEM_FAULT_OUT_OF_BOUNDS },
    { 1, -1, 1, MEM_ACCESS_WRITE, MEM_FAULT_OUT_OF_BOUNDS },
    { 1, -1, 4, MEM_ACCESS_READ, MEM_FAULT_OUT_OF_BOUNDS },
    { 2, 0, 1, MEM_ACCESS_READ, MEM_FAULT_USE_AFTER_FREE },
    { 2, 100, 1, MEM_ACCESS_READ, MEM_FAULT_USE_AFTER_FREE },
    { 3, 0, 8, MEM_ACCESS_READ, MEM_FAULT_NONE },
    { 3, 0, 1, MEM_ACCESS_WRITE, MEM_FAULT_READ_ONLY_WRITE },
    { 4, 0, 4, MEM_ACCESS_READ, MEM_FAULT_DANGLING_STACK },
    { 0, -0x10000, 4, MEM_ACCESS_READ, MEM_FAULT_WILD_POINTER },
  };

  mem_block_begin (f->space, 1, MEM_BLOCK_HEAP, f->from, 16);
  mem_block_begin (f->space, 2, MEM_BLOCK_HEAP, f->from, 16);
  mem_block_end (f->space, 2, MEM_BLOCK_FREED);
  mem_block_begin (f->space, 3, MEM_BLOCK_CONSTANT, f->from, 16);
  mem_block_begin (f->space, 4, MEM_BLOCK_SLOT, f->from, 16);
  mem_block_end (f->space, 4, MEM_BLOCK_ENDED);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint32 block = rows[i].block;
      guint64 address = f->from + rows[i].offset;
      gboolean is_right = rows[i].access == MEM_ACCESS_WRITE
                              ? mem_may_write (f->space, address, block, rows[i].n_bytes)
                              : mem_may_read (f->space, address, block, rows[i].n_bytes);
      MemFault fault = mem_check (f->space, address, &block, rows[i].n_bytes, rows[i].access, 5);

      g_assert_cmpint (is_right, ==, rows[i].kind == MEM_FAULT_NONE);
      g_assert_cmpstr (mem_fault_kind_get_name (fault.kind), ==,
                       mem_fault_kind_get_name (rows[i].kind));
    }
}

/* A number that was once an address: adopted when exactly one exposed live block holds it (ISO/IEC TS 6010). */
static void
test_adopt (Fixture *f, gconstpointer data)
{
  guint32 block = 0;
  MemFault fault;

  mem_block_begin (f->space, 1, MEM_BLOCK_HEAP, f->from, 16);
  mem_block_begin (f->space, 2, MEM_BLOCK_HEAP, f->to, 16);
  fault = mem_check (f->space, f->to + 4, &block, 4, MEM_ACCESS_READ, 3);
  g_assert_cmpint (fault.kind, ==, MEM_FAULT_WILD_POINTER);
  mem_block_get (f->space, 2)->is_exposed = TRUE;
  block = 0;
  fault = mem_check (f->space, f->to + 4, &block, 4, MEM_ACCESS_READ, 3);
  g_assert_cmpint (fault.kind, ==, MEM_FAULT_NONE);
  g_assert_cmpuint (block, ==, 2);
  block = 0;
  fault = mem_check (f->space, f->to + 14, &block, 4, MEM_ACCESS_READ, 3);
  g_assert_cmpint (fault.kind, ==, MEM_FAULT_OUT_OF_BOUNDS);
  block = 0;
  fault = mem_check (f->space, f->from, &block, 4, MEM_ACCESS_READ, 3);
  g_assert_cmpint (fault.kind, ==, MEM_FAULT_WILD_POINTER);
}

/* Regions rise, do not overlap, and leave a gap behind each other where an access finds nobody. */
static void
test_map (void)
{
  static const MemSizes all[] = { { 0, 0, 0, 4096, 4096, 64 },
                                  { 100, 5000, 9000, 1 << 20, 1 << 16, 4096 },
                                  { 1 << 16, 16, 16, 256u << 20, 8u << 20, 64 } };

  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      MemRange regions[MEM_N_REGIONS], hidden;

      mem_space_get_map (&all[i], regions, &hidden);
      for (guint r = 0; r + 1 < MEM_N_REGIONS; r++)
        g_assert_cmpuint (regions[r].end, <=, regions[r + 1].begin);
      g_assert_cmpuint (regions[MEM_REGION_STACK].end, <, hidden.begin);
      g_assert_cmpuint (regions[MEM_REGION_STACK].end % 0x8000, ==, 0);
      for (guint r = MEM_REGION_CONSTANTS; r <= MEM_REGION_HEAP; r++)
        g_assert_cmpuint (regions[r].begin % 0x1000, ==, 0);
      g_assert_cmpuint (regions[MEM_REGION_HEAP].end - regions[MEM_REGION_HEAP].begin, >=,
                        all[i].heap);
    }
}

#define ADD(path, function) g_test_add (path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/mem-space/copy", test_copy);
  ADD ("/mem-space/part", test_part);
  ADD ("/mem-space/misaligned", test_misaligned);
  ADD ("/mem-space/overlap", test_overlap);
  ADD ("/mem-space/bytes", test_bytes);
  ADD ("/mem-space/check", test_check);
  ADD ("/mem-space/adopt", test_adopt);
  g_test_add_func ("/mem-space/map", test_map);
  return g_test_run ();
}
