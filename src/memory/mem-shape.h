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
  GArray *words;        /* of MemShapeWord, by rising offset */
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

guint64 mem_shape_count_words (const MemShape *shape, const MemSpace *space, const MemBlock *block);
guint64 mem_shape_get_word (const MemShape *shape, const MemSpace *space, const MemBlock *block,
                            guint64 index, MemWordKind *kind);
guint32 mem_shape_get_target (const MemSpace *space, guint64 address);

G_END_DECLS
