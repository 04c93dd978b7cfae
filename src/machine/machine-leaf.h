/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ir/ir-leaf.h"
#include "ir/ir-type.h"
#include "memory/mem-fault.h"

G_BEGIN_DECLS

/* The contract between the machine and host functions.
 *
 * A leaf never runs user code, never collects, never recurses; asks for all its memory before its first write, so that it can simply be run
 * again; touches program bytes only by the checked calls below; reports its cost in ticks; has no state of its own. */

struct _Machine;
struct _MachineRandom;

/* Where a program's text goes. */
typedef enum
{
  MACHINE_STREAM_OUTPUT,
  MACHINE_STREAM_ERROR,
  MACHINE_N_STREAMS,
} MachineStream;

typedef enum
{
  MACHINE_LEAF_DONE,        /* result is set */
  MACHINE_LEAF_RAISE,       /* an exception is pending */
  MACHINE_LEAF_FAULT,       /* machine_leaf_fault() or a checked call has said what */
  MACHINE_LEAF_SLOW,        /* the call must be made by library code instead */
  MACHINE_LEAF_NEED_MEMORY, /* `needed` bytes, then again */
  MACHINE_LEAF_NEED_INPUT,  /* more input, then again */
  MACHINE_LEAF_EXIT,        /* the program ends, with exit status `result` */
} MachineLeafAnswer;

/* A scalar on its way in or out: bits, which of them are defined, what a pointer was made for. */
typedef struct
{
  IrScalar scalar;
  guint32 type; /* IR type */
  guint64 bits;
  guint64 defined;
  guint32 block;
  guint32 cell; /* address of the cell an argument came from */
} MachineValue;

#define MACHINE_MAX_ARGUMENTS 64

typedef struct
{
  struct _Machine *machine;
  guint n_arguments;
  MachineValue arguments[MACHINE_MAX_ARGUMENTS];
  guint32 hint;        /* IR type of what is allocated, 0 unknown */
  MachineValue result; /* scalar and defined are preset */
  guint64 cost;        /* ticks */
  guint argument;      /* from 1: which one a fault is about */
  guint64 needed;
} MachineLeafCall;

typedef MachineLeafAnswer (*MachineLeaf) (MachineLeafCall *call);

/* ---- what a leaf may call; each returns FALSE when the program stops here ---- */

gboolean machine_leaf_is_defined (MachineLeafCall *call, guint argument);
gboolean machine_leaf_check (MachineLeafCall *call, guint argument, guint64 offset, guint64 n_bytes,
                             MemAccess access);
gboolean machine_leaf_get_byte (MachineLeafCall *call, guint argument, guint64 offset,
                                guint8 *byte);
gboolean machine_leaf_load (MachineLeafCall *call, guint argument, guint64 offset, IrScalar scalar,
                            MachineValue *value);
gboolean machine_leaf_set_byte (MachineLeafCall *call, guint argument, guint64 offset, guint8 byte);
gboolean machine_leaf_set_bytes (MachineLeafCall *call, guint argument, guint64 offset,
                                 const void *bytes, guint64 n_bytes);
gboolean machine_leaf_copy (MachineLeafCall *call, guint to, guint64 to_offset, guint from,
                            guint64 from_offset, guint64 n_bytes);
gboolean machine_leaf_set_pointer (MachineLeafCall *call, guint argument, guint64 address,
                                   guint32 block);
gboolean machine_leaf_set_value (MachineLeafCall *call, guint argument, guint64 bits,
                                 guint n_bytes);
gboolean machine_leaf_fault (MachineLeafCall *call, MemFaultKind kind, guint argument);
gboolean machine_leaf_get_length (MachineLeafCall *call, guint argument, guint64 most,
                                  guint64 *length);
const char *machine_leaf_borrow (MachineLeafCall *call, guint argument, guint64 n_bytes);
gboolean machine_leaf_print (MachineLeafCall *call, MachineStream stream, const char *text,
                             gsize n_bytes);
void machine_leaf_expose (MachineLeafCall *call, guint argument);
struct _MachineRandom *machine_leaf_get_random (MachineLeafCall *call);
const char *machine_leaf_peek_input (MachineLeafCall *call, gsize *n_bytes, gboolean *is_end);
void machine_leaf_skip_input (MachineLeafCall *call, gsize n_bytes);
MachineLeafAnswer machine_leaf_read_input (MachineLeafCall *call, guint8 *byte, gboolean *is_end);

/* managed: answers with a reference in result */
MachineLeafAnswer machine_leaf_make_object (MachineLeafCall *call, guint32 type);

/* by hand: answers with a pointer in result */
MachineLeafAnswer machine_leaf_allocate (MachineLeafCall *call, guint64 n_bytes, gboolean clear);
MachineLeafAnswer machine_leaf_release (MachineLeafCall *call, guint argument);
MachineLeafAnswer machine_leaf_reallocate (MachineLeafCall *call, guint argument, guint64 n_bytes);

G_END_DECLS
