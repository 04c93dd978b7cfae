/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "c-report.h"

G_BEGIN_DECLS

/* Text into tokens (C11 6.4). Comments and white space become the flag HAS_SPACE of the token behind them; what is no token
 * becomes an INVALID one, which is reported only if the parser gets to see it. Ends with an END token. */
void c_lex (CContext *context, guint32 base, const char *text, gsize n_bytes, CTokenList *list);

/* A single token out of a spelling that macros pasted together; FALSE when it is not exactly one. */
gboolean c_lex_one (CContext *context, const char *text, gsize n_bytes, CToken *token);

void c_report_flaw (CContext *context, const CToken *token);

G_END_DECLS
