/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mem-space.h"

G_BEGIN_DECLS

/* Allocators stand behind one table. They keep their books (headers, free lists) inside the heap's bytes, where the learner can see
 * them; what else they need to be fast lies in a paged array, so that history keeps it too. */

typedef struct _MemHeap MemHeap;

/* What could still be given out: bytes that a program may use, without headers. */
typedef struct
{
  guint64 free_bytes;
  guint64 largest; /* in one block */
} MemRoom;

typedef struct
{
  const char *name; /* "first-fit" */
  void (*begin) (MemHeap *heap);
  guint64 (*allocate) (MemHeap *heap, guint64 n_bytes, guint64 *cost);
  void (*release) (MemHeap *heap, guint64 address, guint64 *cost);
  guint64 (*get_gross) (MemHeap *heap, guint64 address);
  MemRoom (*get_room) (const MemHeap *heap); /* NULL: the allocator keeps no list of what is free */
} MemAllocator;

extern const MemAllocator mem_first_fit;
extern const MemAllocator mem_bump; /* of collectors that allocate by moving a pointer */

struct _MemHeap
{
  const MemAllocator *allocator;
  MemSpace *space;       /* borrowed */
  guint64 begin, end;    /* addresses, multiples of 16 */
  MemArray *index_array; /* which granules begin a free chunk, in levels of 64 */
  guint64 *levels[6];    /* level 0: a bit per 16 bytes */
  guint n_levels;
};

MemHeap *mem_heap_new (MemSpace *space, const MemAllocator *allocator);
void mem_heap_free (MemHeap *heap);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemHeap, mem_heap_free)

G_END_DECLS
