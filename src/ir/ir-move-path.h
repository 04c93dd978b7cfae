/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ir-program.h"

G_BEGIN_DECLS

/* Which parts of a function's owned slots are initialised where.
 *
 * A move path is an owned slot, or a field (of a variant) of one that is moved out somewhere: `s1`, `s1.0`, `s1 as 1.0`. A path stands for what
 * none of its children stands for. At each point it may be initialised, may be not, or both, as the ways to there differ. An owned slot becomes
 * initialised as a whole: by a move, a call's result, or the tag that completes a variant (rustc-dev-guide, "Move paths"). */

#define IR_NO_PATH G_MAXUINT32

typedef struct
{
  IrSlotId slot;
  guint32 parent; /* IR_NO_PATH: the slot itself */
  IrProjectionKind kind;
  guint32 field;
  IrTypeId type;
} IrMovePath;

enum
{
  IR_MAYBE_INITIALISED = 1,
  IR_MAYBE_NOT = 2,
};

typedef struct
{
  const IrFunction *function; /* borrowed */
  GArray *paths;              /* of IrMovePath; a parent stands before its children */
  guint32 *roots;             /* by slot: its path, or IR_NO_PATH */
  guint8 *entries;   /* for each block the states of all paths where it begins; 0: not reached */
  gboolean *reached; /* by block */
} IrMovePaths;

IrMovePaths *ir_move_paths_new (const IrFunction *function);
void ir_move_paths_free (IrMovePaths *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IrMovePaths, ir_move_paths_free)

guint32 ir_move_paths_find (const IrMovePaths *self, const IrPlace *place, gboolean *is_exact);
gboolean ir_move_paths_is_below (const IrMovePaths *self, guint32 path, guint32 above);
guint8 ir_move_paths_join (const IrMovePaths *self, const guint8 *states, guint32 path);
void ir_move_paths_take (const IrMovePaths *self, const IrInstruction *instruction, guint8 *states);
void ir_move_paths_give (const IrMovePaths *self, const IrInstruction *instruction, guint8 *states);

typedef void (*IrMovePathVisit) (gpointer data, guint32 path, gboolean is_initialised);
void ir_move_paths_visit (const IrMovePaths *self, const IrInstruction *instruction,
                          IrMovePathVisit visit, gpointer data);

G_END_DECLS
