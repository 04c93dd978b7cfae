/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ir-build.h"
#include "ir-text.h"

G_BEGIN_DECLS

/* What the reader's two files share: one pass over a text. Each function returns FALSE once something was not as expected. */

typedef struct
{
  const char *begin, *at, *end;
  guint32 base; /* position of begin */
  TextDiagnostics *diagnostics;
  IrProgram *program;
  guint depth; /* of indices in indices */
  gboolean failed;
} IrReader;

gboolean ir_read_complain (IrReader *self, const char *expected);
void ir_read_skip_space (IrReader *self);
gboolean ir_read_try (IrReader *self, const char *sign);
gboolean ir_read_sign (IrReader *self, const char *sign);
gboolean ir_read_unsigned (IrReader *self, guint64 *value);
gboolean ir_read_signed (IrReader *self, guint64 *value);
gboolean ir_read_id (IrReader *self, char letter, guint32 *id);
gboolean ir_read_string (IrReader *self, char **text);
gboolean ir_read_unsigned_32 (IrReader *self, guint32 *value);
gboolean ir_read_order (IrReader *self, char letter, guint expected);
gboolean ir_read_trait (IrReader *self);
gboolean ir_read_impl (IrReader *self);
gboolean ir_read_types (IrReader *self, GArray *types);
gboolean ir_read_span (IrReader *self, TextSpan *span);
gboolean ir_read_instruction (IrReader *self, IrBuilder *builder);

G_END_DECLS
