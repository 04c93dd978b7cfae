/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lesson-model.h"
#include "text/text-diagnostic.h"

G_BEGIN_DECLS

void lesson_build (Lesson *lesson, TextDiagnostics *diagnostics);
gboolean lesson_is_slug (const char *text, gsize n_bytes);

G_END_DECLS
