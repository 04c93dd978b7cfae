/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "ir/ir-type.h"

G_BEGIN_DECLS

/* What a whole recorded run did with its heap blocks and the pointers between them: the source of the placement plan. Made
 * once while recording, then immutable. */

typedef enum
{
  HISTORY_HOLDER_NONE,   /* no pointer to it was ever stored */
  HISTORY_HOLDER_GLOBAL, /* index: the global */
  HISTORY_HOLDER_SLOT,   /* index: the slot, depth: the frame's */
  HISTORY_HOLDER_BLOCK,  /* index: number of the block */
} HistoryHolderKind;

typedef struct
{
  HistoryHolderKind kind;
  guint32 depth; /* of a slot's frame, 1 is main */
  guint32 index;
} HistoryHolder;

/* A part of a type, as far as its drawing needs it. A type is a list of parts in preorder: a struct or union is followed by
 * its fields, an array by one element. */
typedef struct
{
  const char *name; /* of a field; "" of an element; interned */
  IrTypeKind kind;
  gboolean is_char;
  guint64 size;       /* bytes */
  guint64 n_elements; /* ARRAY */
  guint32 n_children; /* STRUCT, UNION: fields; ARRAY: 1; else 0 */
  guint64 offset;     /* of a field: bytes from the beginning of its struct */
} HistoryPart;

/* What a block of one shape holds one behind the other: its size / parts[0].size elements of this type. */
typedef struct
{
  GArray *parts; /* of HistoryPart */
} HistoryShape;

/* That a function stood at this depth of the stack at some time. One entry per (depth, function). */
typedef struct
{
  guint32 depth;   /* 1 is main */
  guint32 n_slots; /* how many variables the parts are */
  GArray *parts;   /* of HistoryPart: its variables, in order of declaration */
} HistoryStand;

/* A heap block's life. */
typedef struct
{
  guint32 number; /* from 1, in the order of allocation */
  guint32 shape;  /* blocks of one type have one shape */
  guint64 address, size;
  guint64 born_step; /* first step at which it is drawn */
  guint64
      gone_step; /* first step at which it is not drawn any more (freed and its bytes reused); G_MAXUINT64: never */
  guint64 ticks;            /* how long it was drawn; 0: not known */
  guint32 site;             /* position in the text of the allocating call … */
  guint32 site_nth;         /* … and the how-manieth block of that call, from 0 */
  HistoryHolder first_root; /* the first global or stack variable that pointed to it */
} HistoryLife;

/* That a word of one block held a pointer to another. One edge per (parent, offset, child). */
typedef struct
{
  guint32 parent, child; /* numbers */
  guint64 offset;        /* of the word in the parent */
  guint64 ticks;         /* how long it did */
  guint64 first_tick;
} HistoryEdge;

typedef struct
{
  gatomicrefcount reference_count;
  GArray *lives;       /* of HistoryLife, by number */
  GArray *edges;       /* of HistoryEdge, by child, then by first_tick */
  GArray *shapes;      /* of HistoryShape, by HistoryLife.shape; NULL: not known */
  GArray *stands;      /* of HistoryStand; NULL: not known */
  gboolean is_partial; /* the run is longer than what was surveyed (20,000 steps or 2,000 blocks) */
} HistorySurvey;

HistorySurvey *history_survey_ref (HistorySurvey *survey);
void history_survey_unref (HistorySurvey *survey);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HistorySurvey, history_survey_unref)

G_END_DECLS
