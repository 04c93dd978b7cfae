/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Paged arrays and their snapshots: see mem-array.h. Pages are kept in chunks of a fixed number, so that a snapshot of a sparse
 * array of 65,536 pages is a hundred pointers and not half a megabyte. Reference counts are plain: an array and its
 * snapshots belong to one thread. */

#include "mem-array.h"

#include <string.h>
#include <sys/mman.h>

#define CHUNK_PAGES 512

/* Bytes between two planes. Without them a value and its defined bits would lie a multiple of 4 KiB apart, and processors take a
 * load for one that waits for a store at the same place of another page: measured, half the speed of the loop. */
#define PLANE_SKEW 1344

struct _MemPage
{
  union
  {
    guint reference_count;
    MemPage *next_free;
  };
  guint8 bytes[]; /* one page of each plane, one behind the other */
};

struct _MemChunk
{
  guint reference_count;
  MemPage *pages[CHUNK_PAGES]; /* NULL: all zero */
};

/* Bytes of a page with all its planes. */
gsize
mem_array_get_page_bytes (const MemArray *array)
{
  gsize n_bytes = 0;

  for (guint i = 0; i < array->n_planes; i++)
    n_bytes += array->plane_page[i];
  return n_bytes;
}

/* plane_page: bytes that one page takes in each plane. All bytes are zero. */
MemArray *
mem_array_new (guint n_planes, const guint *plane_page, gsize n_pages)
{
  MemArray *array = g_new0 (MemArray, 1);
  guint8 *at;

  array->n_planes = n_planes;
  array->n_pages = n_pages;
  for (guint i = 0; i < n_planes; i++)
    {
      array->plane_page[i] = plane_page[i];
      array->mapping_size += (gsize)plane_page[i] * n_pages + PLANE_SKEW;
    }
  array->mapping = mmap (NULL, array->mapping_size, PROT_READ | PROT_WRITE,
                         MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  if (array->mapping == MAP_FAILED)
    g_error ("cannot reserve %zu bytes of address space", array->mapping_size);
  at = array->mapping;
  for (guint i = 0; i < n_planes; i++)
    {
      array->planes[i] = at;
      at += (gsize)plane_page[i] * n_pages + PLANE_SKEW;
    }
  /* One byte more than pages, so that a range's last page can be marked without a test. */
  array->dirty = g_malloc0 (n_pages + 1);
  array->n_chunks = (n_pages + CHUNK_PAGES - 1) / CHUNK_PAGES;
  array->saved = g_new0 (MemChunk *, array->n_chunks);
  return array;
}

static void
drop_page (MemArray *array, MemPage *page)
{
  if (page == NULL || --page->reference_count > 0)
    return;
  page->next_free = array->free_pages;
  array->free_pages = page;
  array->n_kept--;
}

static void
drop_chunk (MemArray *array, MemChunk *chunk)
{
  if (chunk == NULL || --chunk->reference_count > 0)
    return;
  for (guint i = 0; i < CHUNK_PAGES; i++)
    drop_page (array, chunk->pages[i]);
  g_free (chunk);
}

void
mem_array_free (MemArray *array)
{
  for (gsize i = 0; i < array->n_chunks; i++)
    drop_chunk (array, array->saved[i]);
  while (array->free_pages != NULL)
    {
      MemPage *page = array->free_pages;

      array->free_pages = page->next_free;
      g_free (page);
    }
  g_free (array->saved);
  g_free (array->dirty);
  munmap (array->mapping, array->mapping_size);
  g_free (array);
}

static MemPage *
take_page (MemArray *array)
{
  MemPage *page = array->free_pages;

  if (page != NULL)
    array->free_pages = page->next_free;
  else
    page = g_malloc (sizeof (MemPage) + mem_array_get_page_bytes (array));
  page->reference_count = 1;
  array->n_kept++;
  return page;
}

static void
copy_from_live (MemArray *array, gsize index, MemPage *page)
{
  guint8 *to = page->bytes;

  for (guint i = 0; i < array->n_planes; i++)
    {
      memcpy (to, array->planes[i] + index * array->plane_page[i], array->plane_page[i]);
      to += array->plane_page[i];
    }
}

static void
copy_to_live (MemArray *array, gsize index, const MemPage *page)
{
  const guint8 *from = page != NULL ? page->bytes : NULL;

  for (guint i = 0; i < array->n_planes; i++)
    {
      guint8 *to = array->planes[i] + index * array->plane_page[i];

      if (from == NULL)
        {
          memset (to, 0, array->plane_page[i]);
          continue;
        }
      memcpy (to, from, array->plane_page[i]);
      from += array->plane_page[i];
    }
}

static gboolean
equals_live (MemArray *array, gsize index, const MemPage *page)
{
  const guint8 *kept = page->bytes;

  for (guint i = 0; i < array->n_planes; i++)
    {
      if (memcmp (kept, array->planes[i] + index * array->plane_page[i], array->plane_page[i]) != 0)
        return FALSE;
      kept += array->plane_page[i];
    }
  return TRUE;
}

/* A chunk that only the array's own table holds, so that it may be changed. */
static MemChunk *
own_chunk (MemArray *array, gsize index)
{
  MemChunk *old = array->saved[index];
  MemChunk *own;

  if (old != NULL && old->reference_count == 1)
    return old;
  own = g_new0 (MemChunk, 1);
  own->reference_count = 1;
  if (old != NULL)
    {
      memcpy (own->pages, old->pages, sizeof own->pages);
      for (guint i = 0; i < CHUNK_PAGES; i++)
        if (own->pages[i] != NULL)
          own->pages[i]->reference_count++;
      drop_chunk (array, old);
    }
  array->saved[index] = own;
  return own;
}

static void
save_page (MemArray *array, gsize index)
{
  MemChunk *chunk = array->saved[index / CHUNK_PAGES];
  MemPage *page;

  array->dirty[index] = 0;
  /* A page written with the values it had costs nothing. */
  if (chunk != NULL && chunk->pages[index % CHUNK_PAGES] != NULL
      && equals_live (array, index, chunk->pages[index % CHUNK_PAGES]))
    return;
  page = take_page (array);
  copy_from_live (array, index, page);
  array->n_pages_copied++;
  chunk = own_chunk (array, index / CHUNK_PAGES);
  drop_page (array, chunk->pages[index % CHUNK_PAGES]);
  chunk->pages[index % CHUNK_PAGES] = page;
}

/* The array as it is now. Give it back with mem_array_drop_snapshot(). (transfer full) */
MemSnapshot *
mem_array_snapshot (MemArray *array)
{
  MemSnapshot *snapshot = g_new0 (MemSnapshot, 1);
  const guint8 *dirty = array->dirty;
  const guint8 *end = dirty + array->n_pages;

  while ((dirty = memchr (dirty, 1, end - dirty)) != NULL)
    {
      save_page (array, dirty - array->dirty);
      dirty++;
    }
  snapshot->n_chunks = array->n_chunks;
  snapshot->chunks = g_memdup2 (array->saved, array->n_chunks * sizeof (MemChunk *));
  for (gsize i = 0; i < array->n_chunks; i++)
    if (snapshot->chunks[i] != NULL)
      snapshot->chunks[i]->reference_count++;
  return snapshot;
}

static void
restore_chunk (MemArray *array, gsize index, MemChunk *wanted)
{
  MemChunk *now = array->saved[index];
  gsize first = index * CHUNK_PAGES;
  gsize n = MIN (CHUNK_PAGES, array->n_pages - first);

  if (now == wanted && memchr (array->dirty + first, 1, n) == NULL)
    return;
  for (gsize i = 0; i < n; i++)
    {
      MemPage *page = wanted != NULL ? wanted->pages[i] : NULL;
      MemPage *saved = now != NULL ? now->pages[i] : NULL;

      if (page == saved && !array->dirty[first + i])
        continue;
      copy_to_live (array, first + i, page);
      array->dirty[first + i] = 0;
      array->n_pages_restored++;
    }
  if (wanted != NULL)
    wanted->reference_count++;
  drop_chunk (array, now);
  array->saved[index] = wanted;
}

/* Makes the array what it was when the snapshot was taken. */
void
mem_array_restore (MemArray *array, const MemSnapshot *snapshot)
{
  g_assert (snapshot->n_chunks == array->n_chunks);
  for (gsize i = 0; i < array->n_chunks; i++)
    restore_chunk (array, i, snapshot->chunks[i]);
}

/* snapshot: (transfer full) */
void
mem_array_drop_snapshot (MemArray *array, MemSnapshot *snapshot)
{
  for (gsize i = 0; i < snapshot->n_chunks; i++)
    drop_chunk (array, snapshot->chunks[i]);
  g_free (snapshot->chunks);
  g_free (snapshot);
}

/* How many written pages two snapshots of one array have in common, and how many not. */
gsize
mem_snapshot_count_shared (const MemSnapshot *a, const MemSnapshot *b, gsize *n_different)
{
  gsize n_shared = 0;

  *n_different = 0;
  for (gsize i = 0; i < a->n_chunks; i++)
    {
      for (guint j = 0; j < CHUNK_PAGES; j++)
        {
          MemPage *in_a = a->chunks[i] != NULL ? a->chunks[i]->pages[j] : NULL;
          MemPage *in_b = b->chunks[i] != NULL ? b->chunks[i]->pages[j] : NULL;

          if (in_a != in_b)
            (*n_different)++;
          else if (in_a != NULL)
            n_shared++;
        }
    }
  return n_shared;
}

void
mem_array_mark_range (MemArray *array, guint64 begin, guint64 n_bytes)
{
  gsize first = begin >> MEM_PAGE_SHIFT;

  if (n_bytes == 0)
    return;
  memset (array->dirty + first, 1, ((begin + n_bytes - 1) >> MEM_PAGE_SHIFT) - first + 1);
}

static guint64
hash_bytes (guint64 hash, const guint8 *bytes, gsize n_bytes)
{
  for (gsize i = 0; i + 8 <= n_bytes; i += 8)
    {
      guint64 word;

      memcpy (&word, bytes + i, 8);
      hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
      hash ^= hash >> 29;
    }
  return hash;
}

/* A hash of all pages that are not zero, the same for the same contents however they came about. */
guint64
mem_array_hash (MemArray *array, guint64 seed)
{
  gsize page_bytes = mem_array_get_page_bytes (array);
  g_autofree guint8 *zero = g_malloc0 (page_bytes);
  guint64 hash = seed;

  for (gsize index = 0; index < array->n_pages; index++)
    {
      MemChunk *chunk = array->saved[index / CHUNK_PAGES];

      /* Never written: not even looked at, so that it is not touched. */
      if (!array->dirty[index] && (chunk == NULL || chunk->pages[index % CHUNK_PAGES] == NULL))
        continue;
      for (guint i = 0; i < array->n_planes; i++)
        {
          const guint8 *plane = array->planes[i] + index * array->plane_page[i];

          if (memcmp (plane, zero, array->plane_page[i]) != 0)
            hash = hash_bytes (hash ^ (index * MEM_MAX_PLANES + i), plane, array->plane_page[i]);
        }
    }
  return hash;
}
