/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* Sentences of the catalogue on their way to labels: code stands between backticks. */
char *hw_words_to_markup (const char *sentence);
char *hw_words_to_plain (const char *sentence);
char *hw_words_dup_diagnostic (const TextDiagnostic *diagnostic);

G_END_DECLS
