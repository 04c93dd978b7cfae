/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Paged arrays: everything that changes during a run lives in one.
 *
 * The running machine sees plain memory: up to three planes side by side, each a row of pages, reserved for their whole size and
 * touched only where they are used. Whoever writes marks the page dirty. A snapshot shares every page that has not been
 * written since the one before; going back to a snapshot copies only pages that differ from what is there.
 *
 *     live      [page 0][page 1][page 2]…     dirty: 0 1 0 …
 *     saved        |       x       |          the kept page that equals the live one
 *     snapshot A   a0      a1      a2
 *     snapshot B   a0      b1      a2          two pages shared, one copied
 *
 * A page that is all zero and was never written is kept as NULL. */

#define MEM_MAX_PLANES 3

/* log2 of the number of program bytes that one page of plane 0 holds */
#define MEM_PAGE_SHIFT 12

typedef struct _MemPage MemPage;
typedef struct _MemChunk MemChunk;

typedef struct
{
  guint n_planes;
  guint8 *planes[MEM_MAX_PLANES];   /* host addresses of the live planes */
  guint plane_page[MEM_MAX_PLANES]; /* bytes of one page in each plane */
  gsize n_pages;
  guint8 *dirty;   /* a byte per page, not zero: written since the last snapshot */
  guint8 *mapping; /* what was reserved */
  gsize mapping_size;
  /* Kept pages */
  MemChunk **saved; /* equals the live pages where they are not dirty */
  gsize n_chunks;
  MemPage *free_pages;    /* recycled: fresh host pages are dear */
  guint64 n_pages_copied; /* into snapshots, over the array's life */
  guint64 n_pages_restored;
  gsize n_kept; /* pages in use by snapshots */
} MemArray;

typedef struct
{
  MemChunk **chunks;
  gsize n_chunks;
} MemSnapshot;

MemArray *mem_array_new (guint n_planes, const guint *plane_page, gsize n_pages);
void mem_array_free (MemArray *array);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemArray, mem_array_free)

MemSnapshot *mem_array_snapshot (MemArray *array);
void mem_array_restore (MemArray *array, const MemSnapshot *snapshot);
void mem_array_drop_snapshot (MemArray *array, MemSnapshot *snapshot);
gsize mem_snapshot_count_shared (const MemSnapshot *a, const MemSnapshot *b, gsize *n_different);
guint64 mem_array_hash (MemArray *array, guint64 seed);
gsize mem_array_get_page_bytes (const MemArray *array);

static inline void
mem_array_mark (MemArray *array, guint64 byte)
{
  array->dirty[byte >> MEM_PAGE_SHIFT] = 1;
}

void mem_array_mark_range (MemArray *array, guint64 begin, guint64 n_bytes);

G_END_DECLS
