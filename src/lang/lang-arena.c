/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A bump arena: see lang-arena.h. Pieces are cut from chunks; a large piece gets a chunk of its own. */

#include "lang-arena.h"

#include <string.h>

#define CHUNK_BYTES (256 * 1024)
#define ALIGNMENT 8

struct _LangArena
{
  GPtrArray *chunks; /* owned memory */
  char *next;        /* first free byte of the chunk at hand */
  gsize n_left;      /* free bytes of it */
};

LangArena *
lang_arena_new (void)
{
  LangArena *arena = g_new0 (LangArena, 1);

  arena->chunks = g_ptr_array_new_with_free_func (g_free);
  return arena;
}

void
lang_arena_free (LangArena *arena)
{
  g_ptr_array_unref (arena->chunks);
  g_free (arena);
}

/* Zeroed memory that lives as long as the arena. */
gpointer
lang_arena_alloc (LangArena *arena, gsize n_bytes)
{
  gpointer piece;

  n_bytes = (n_bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (n_bytes > CHUNK_BYTES / 4)
    {
      piece = g_malloc0 (n_bytes);
      g_ptr_array_add (arena->chunks, piece);
      return piece;
    }
  if (n_bytes > arena->n_left)
    {
      arena->next = g_malloc0 (CHUNK_BYTES);
      arena->n_left = CHUNK_BYTES;
      g_ptr_array_add (arena->chunks, arena->next);
    }
  piece = arena->next;
  arena->next += n_bytes;
  arena->n_left -= n_bytes;
  return piece;
}

/* A copy of n_bytes of text with a NUL byte behind it. */
char *
lang_arena_strndup (LangArena *arena, const char *text, gsize n_bytes)
{
  char *copy = lang_arena_alloc (arena, n_bytes + 1);

  memcpy (copy, text, n_bytes);
  return copy;
}

/* data may be NULL when n_bytes is 0. */
gpointer
lang_arena_dup (LangArena *arena, gconstpointer data, gsize n_bytes)
{
  gpointer copy = lang_arena_alloc (arena, n_bytes);

  if (n_bytes > 0)
    memcpy (copy, data, n_bytes);
  return copy;
}
