/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The list of leaves: functions of the host that a program can call. Their code stands in runtime/. */

typedef enum
{
#define LEAF(id, name, operands, result) IR_LEAF_##id,
#include "leaf.def"
#undef LEAF
  IR_N_LEAVES,
} IrLeafId;

typedef struct
{
  const char *name; /* "c.malloc" */
  const char *
      operands; /* a letter each: p pointer, i any integer, d double, . any number more of any kind */
  char result; /* p, i (int), l (8 bytes), d, or v for none */
} IrLeafInfo;

extern const IrLeafInfo ir_leaf_infos[IR_N_LEAVES];

/* The leaf of that name, or IR_N_LEAVES. */
IrLeafId ir_leaf_find (const char *name);

G_END_DECLS
