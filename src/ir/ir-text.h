/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ir-program.h"
#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* The IR as text, both ways, and its verifier. */

char *ir_print (const IrProgram *program);
IrProgram *ir_read (const char *text, gsize n_bytes, guint32 base, TextDiagnostics *diagnostics);
gboolean ir_verify (const IrProgram *program, TextDiagnostics *diagnostics);

G_END_DECLS
