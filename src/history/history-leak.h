/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "machine/machine.h"

G_BEGIN_DECLS

/* Blocks that nothing leads to. */

GArray *history_find_leaks (Machine *machine);

G_END_DECLS
