/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ir/ir-program.h"
#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* Compiles one C source: C11 as gcc 12 reads it on x86-64 Linux. A construct outside of what is supported is an error of the
 * code "unsupported". Returns NULL when diagnostics
 * hold an error of it; warnings come with a program. name: of the source, as messages show it; text: any bytes, without a need
 * for a NUL behind them. map gets the learner's source and our headers. (transfer full) (nullable) */
IrProgram *c_compile (TextMap *map, const char *name, const char *text, gsize n_bytes,
                      TextDiagnostics *diagnostics);

G_END_DECLS
