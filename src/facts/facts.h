/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "ir/ir-program.h"

G_BEGIN_DECLS

/* One state of a run, decoded: frames, heap blocks and the data region as trees of named, typed values. Immutable, safe to
 * hand to another thread. Everything that shows a state reads this; nothing else decodes bytes. */

typedef enum
{
  FACTS_REGION_CODE,
  FACTS_REGION_CONSTANTS,
  FACTS_REGION_DATA,
  FACTS_REGION_HEAP,
  FACTS_REGION_STACK,
  FACTS_REGION_NONE, /* an address outside all regions */
} FactsRegion;

const char *facts_region_get_name (FactsRegion region);

/* What is true of a value. */
typedef enum
{
  FACTS_UNDEFINED = 1 << 0, /* no byte of it was ever written; its text is "?" */
  FACTS_PARTLY_UNDEFINED = 1 << 1,
  FACTS_POINTER = 1 << 2,
  FACTS_NULL = 1 << 3,     /* a pointer that is NULL */
  FACTS_DANGLING = 1 << 4, /* a pointer to a freed block or a popped frame */
  FACTS_OUTSIDE
      = 1 << 5, /* a pointer before or behind its block's bytes (one behind is legal to hold) */
  FACTS_WILD = 1 << 6,    /* a pointer made for no block */
  FACTS_CHANGED = 1 << 7, /* written in the step just taken */
  FACTS_CONST = 1 << 8,
  FACTS_CHAR = 1 << 9,      /* a character; text is 'a' */
  FACTS_FAULT = 1 << 10,    /* the fault of this state went through this value or touched it */
  FACTS_NOT_LIVE = 1 << 11, /* a variable whose scope has not begun */
} FactsFlags;

#define FACTS_NO_NODE G_MAXUINT32

/* A value: a scalar, or an aggregate with children in address order. */
typedef struct
{
  const char *name; /* "x"; of an array element "[3]"; "" for the value of a whole block */
  const char *type; /* "struct node *" */
  const char *
      text; /* of a scalar: "5", "'a'", "0x4010", "NULL", "?"; of a char array: "\"Ada\""; else "" */
  IrTypeKind kind;
  guint32 flags; /* FactsFlags */
  guint64 address;
  guint64 size;        /* bytes */
  guint32 parent;      /* index in nodes, or FACTS_NO_NODE */
  guint32 first_child; /* children stand one behind the other */
  guint32 n_children;
  guint64
      n_elements; /* of an array: how many it has, of a pointer to a slice: how many that has; more than n_children when only some are decoded */
  /* Pointers only: */
  guint32
      target_block; /* key of the block it was made for, 0 for none (FactsBlock's or a frame slot's) */
  guint64 target; /* the address it holds */
  guint32
      target_node; /* the node that begins at target in a live or freed block, or FACTS_NO_NODE */
  guint32 view;    /* of a library's type: number of its view in views, from 1; else 0 */
} FactsNode;

/* What is shown instead of the fields of a library's type; the fields are still the node's children. */
typedef struct
{
  IrViewKind kind;
  const char *text; /* TEXT: in quotes; else "" */
  guint32
      first_item; /* LIST: items "[0]" …; MAP: contents (or keys, where there is no more) by key, "[\"ana\"]"; VALUE: the one value */
  guint32 n_items;
  guint64 length; /* items or characters; more than n_items when only some are decoded */
} FactsView;

typedef enum
{
  FACTS_FRAME_LIVE,
  FACTS_FRAME_POPPED, /* returned, its bytes not yet overwritten */
} FactsFrameState;

typedef struct
{
  const char *function;
  FactsFrameState state;
  guint depth; /* 1 is main */
  guint line;  /* where it stands: the next line of the newest frame, the calling line of others */
  guint64 address;    /* lowest */
  guint64 size;       /* bytes, return record included */
  guint32 first_slot; /* nodes of its variables, in order of declaration */
  guint32 n_slots;
  const char *returns; /* text of the value it is about to return, or NULL */
} FactsFrame;

typedef enum
{
  FACTS_BLOCK_LIVE,
  FACTS_BLOCK_FREED,
  FACTS_BLOCK_LEAKED, /* live at the end, and nothing leads there */
} FactsBlockState;

typedef struct
{
  guint32 number; /* from 1, in the order of allocation; stable over the run */
  guint32 key;    /* what FactsNode.target_block holds */
  FactsBlockState state;
  guint64 address; /* of the first byte the program may use */
  guint64 size;    /* bytes asked for */
  guint64 gross;   /* with header and padding */
  guint32 root; /* node of its whole value; FACTS_NO_NODE when it was left out (too many blocks) */
  const char *type;         /* "struct node", "char [8]" */
  guint allocated_line;     /* the learner's line, 0 when unknown */
  const char *allocated_by; /* function */
  guint freed_line;         /* 0 while it is live */
  guint lost_line;          /* where the last pointer to it went, 0 when unknown */
  gboolean is_overwritten;  /* freed, and its bytes belong to another block now */
  gboolean is_faulty;       /* the fault of this state is about this block */
} FactsBlock;

typedef struct
{
  const char *name;   /* NULL for a text constant */
  FactsRegion region; /* CONSTANTS or DATA */
  guint32 root;
} FactsGlobal;

/* Sums for the ledger. */
typedef struct
{
  guint64 n_allocations, n_frees;
  guint64 live_bytes, live_blocks, peak_bytes;
  guint64 copied_bytes;
  guint64 heap_bytes; /* size of the whole heap */
} FactsLedger;

/* Where the run stands. */
typedef enum
{
  FACTS_AT_STOP,  /* before a line of the learner's program */
  FACTS_AT_FAULT, /* the program did something it may not do */
  FACTS_AT_END,   /* it ended by itself */
  FACTS_AT_LIMIT, /* it was stopped: a limit was reached */
} FactsMoment;

typedef struct
{
  gatomicrefcount reference_count;
  guint64 step; /* number of the STOP, from 1; one more for the end */
  FactsMoment moment;
  IrStopKind stop;
  guint line;    /* where the program stands, 0 at the end */
  TextSpan span; /* the same as a span */
  const char *function;
  GArray *nodes;   /* of FactsNode: first the state's own, then what views show of it once more */
  guint32 n_own;   /* nodes of the state itself */
  GArray *views;   /* of FactsView */
  GArray *frames;  /* of FactsFrame, main first; popped ones behind the live ones */
  GArray *blocks;  /* of FactsBlock, by number */
  GArray *globals; /* of FactsGlobal, by address */
  FactsLedger ledger;
  guint64 n_output;       /* bytes of output so far */
  const char *fault_kind; /* at a fault, else NULL */
  guint64 fault_address;
  GStringChunk *strings; /* owns all texts above */
} Facts;

Facts *facts_ref (Facts *facts);
void facts_unref (Facts *facts);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Facts, facts_unref)

static inline const FactsNode *
facts_get_node (const Facts *facts, guint32 index)
{
  g_assert (index < facts->nodes->len);
  return &g_array_index (facts->nodes, FactsNode, index);
}

/* NULL for a value that is shown by its fields. (transfer none) */
static inline const FactsView *
facts_get_view (const Facts *facts, const FactsNode *node)
{
  return node->view == 0 ? NULL : &g_array_index (facts->views, FactsView, node->view - 1);
}

G_END_DECLS
