/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "machine/machine-leaf.h"

G_BEGIN_DECLS

/* C's library: the leaves of leaf.def, by id. */
const MachineLeaf *c_library_get_leaves (void);

/* One function of the library each; what they do is C11 7 and glibc's manual. */
#define LEAF(id, name, operands, result) MachineLeafAnswer c_library_##id (MachineLeafCall *call);
#include "ir/leaf.def"
#undef LEAF

/* What a leaf answers after a checked call: done, or stopped. */
static inline MachineLeafAnswer
c_library_answer (gboolean is_right)
{
  return is_right ? MACHINE_LEAF_DONE : MACHINE_LEAF_FAULT;
}

G_END_DECLS
