/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ir-program.h"

G_BEGIN_DECLS

gboolean ir_view_is_open (const IrProgram *program, IrTypeId id);
gboolean ir_view_follow (const IrProgram *program, IrTypeId from, const IrViewPath *path,
                         IrTypeId *to);
IrTypeId ir_view_get_item (const IrProgram *program, IrTypeId items);
gboolean ir_view_knows_length (const IrProgram *program, IrTypeId items);
IrTypeId ir_view_get_entry (const IrProgram *program, IrTypeId item);

G_END_DECLS
