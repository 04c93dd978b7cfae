/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history.h"

G_BEGIN_DECLS

/* Blocks that nothing leads to. */

GArray *history_find_leaks (Machine *machine);
guint64 history_find_loss_before (History *history, guint32 block, guint64 before);
guint64 history_find_birth (History *history, guint32 block);
guint64 history_find_end (History *history, guint32 block);
guint64 history_find_loss (History *history, guint32 block);

G_END_DECLS
