/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history-survey.h"
#include "ir/ir-program.h"

G_BEGIN_DECLS

/* Types as lists of parts in preorder, for the seats of the plan. */

void history_shape_append_type (GArray *parts, const IrProgram *program, IrTypeId id,
                                const char *name);
void history_shape_append_unknown (GArray *parts);
GArray *history_shape_new_parts (void);
void history_shape_clear (gpointer shape);
void history_stand_clear (gpointer stand);

G_END_DECLS
