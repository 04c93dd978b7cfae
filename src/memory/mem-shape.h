/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mem-space.h"

G_BEGIN_DECLS

/* Where the references of a block are: all that a collector knows of an object.
 *
 *     | fixed part: words at offsets | n elements of `stride` bytes, each with words at offsets |
 *
 * The elements may lie in a block of their own that a word of the fixed part leads to (Python's list). References are visited by index, so
 * that whoever visits can stop after any of them. */

typedef enum
{
  MEM_WORD_REFERENCE, /* followed and counted */
  MEM_WORD_WEAK,      /* not followed; zero once its target is gone */
  MEM_WORD_OWNED,     /* leads to a raw block that dies with this one */
} MemWordKind;

typedef struct
{
  guint32 offset; /* from the first byte of the fixed part, or of the element */
  guint32 kind;   /* MemWordKind */
} MemShapeWord;

#define MEM_SHAPE_NONE G_MAXUINT32

typedef struct
{
  GArray *words;        /* of MemShapeWord, in the order in which they are released */
  guint32 count_offset; /* of the 64-bit number of elements; MEM_SHAPE_NONE: no elements */
  guint32 items_offset; /* of the first element; apart: of the OWNED word that leads to it */
  gboolean items_apart;
  guint32 stride;             /* bytes of an element */
  GArray *item_words;         /* of MemShapeWord */
  gboolean releases_backward; /* elements are released last to first */
  guint32 finaliser;          /* number of a function of the caller's, from 1; 0: none */
  /* The finaliser is called only if the word at flag_offset in the block that the word at class_offset leads to is not zero; MEM_SHAPE_NONE:
     always. */
  guint32 class_offset, flag_offset;
  guint32 weak_head; /* offset of the word that leads to the newest weak reference to the block */
  guint32 weak_next, weak_previous,
      weak_callback; /* in a weak reference; MEM_SHAPE_NONE elsewhere */
} MemShape;

void mem_shape_init (MemShape *shape);
void mem_shape_clear (gpointer shape);
void mem_shape_add_word (MemShape *shape, gboolean in_element, guint32 offset, MemWordKind kind);
gboolean mem_shape_has_references (const MemShape *shape);
gboolean mem_shape_has_weak (const MemShape *shape);

guint64 mem_shape_count_words (const MemShape *shape, const MemSpace *space, const MemBlock *block);
guint64 mem_shape_get_word (const MemShape *shape, const MemSpace *space, const MemBlock *block,
                            guint64 index, MemWordKind *kind);
guint64 mem_shape_find_elements (const MemShape *shape, const MemSpace *space,
                                 const MemBlock *block, guint64 *n);

/* The live heap block that the word at an address leads to; 0: the word is empty, null, or leads elsewhere. */
static inline guint32
mem_shape_get_target (const MemSpace *space, guint64 address)
{
  guint32 id = space->provenance[address / 8];
  const MemBlock *block = &space->blocks[id];

  return id != 0 && block->kind == MEM_BLOCK_HEAP && block->state == MEM_BLOCK_LIVE
                 && *(const guint64 *)(space->defined + address) == G_MAXUINT64
             ? id
             : 0;
}

/* Whether a word leads from a weak reference to its target, and is no link of the list of those. */
static inline gboolean
mem_shape_leads_weakly (const MemShape *shape, const MemShapeWord *word)
{
  return word->kind == MEM_WORD_WEAK && word->offset != shape->weak_head
         && word->offset != shape->weak_next && word->offset != shape->weak_previous;
}

typedef void (*MemShapeVisit) (guint64 address, MemWordKind kind, gpointer data);

/* Calls visit for each word in the same order as mem_shape_get_word(). Inline, so that a collector's inner loop has no call through a
 * pointer in it. */
static G_ALWAYS_INLINE inline void
mem_shape_visit (const MemShape *shape, const MemSpace *space, const MemBlock *block,
                 MemShapeVisit visit, gpointer data)
{
  const MemShapeWord *words = (const MemShapeWord *)(gpointer)shape->words->data;
  guint64 n, elements;

  for (guint i = 0; i < shape->words->len; i++)
    visit ((guint64)block->begin + words[i].offset, words[i].kind, data);
  if (shape->count_offset == MEM_SHAPE_NONE || shape->item_words->len == 0)
    return;
  words = (const MemShapeWord *)(gpointer)shape->item_words->data;
  elements = mem_shape_find_elements (shape, space, block, &n);
  for (guint64 i = 0; i < n; i++)
    {
      guint64 element = elements + (shape->releases_backward ? n - 1 - i : i) * shape->stride;

      for (guint j = 0; j < shape->item_words->len; j++)
        visit (element + words[j].offset, words[j].kind, data);
    }
}

G_END_DECLS
