/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of C's leaves. */

#include "c-library.h"

static const MachineLeaf leaves[IR_N_LEAVES] = {
#define LEAF(id, name, operands, result) [IR_LEAF_##id] = c_library_##id,
#include "ir/leaf.def"
#undef LEAF
};

/* By IrLeafId; lives as long as the process. */
const MachineLeaf *
c_library_get_leaves (void)
{
  return leaves;
}
