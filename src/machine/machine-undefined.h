/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "machine-code.h"

G_BEGIN_DECLS

/* Rare, and out of the loop's way. */
#define MACHINE_COLD __attribute__ ((cold, noinline))

MACHINE_COLD guint machine_undefined (const MachineOp *op, guint8 *const bases[4], gsize delta);
MACHINE_COLD gboolean machine_undefined_branch (const MachineOp *op, guint8 *const bases[4],
                                                gsize delta, gboolean *holds);

G_END_DECLS
