/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lesson-model.h"
#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* The format that this version reads: any minor of this major, and everything of this minor. */
#define LESSON_FORMAT_MAJOR 1
#define LESSON_FORMAT_MINOR 0

Lesson *lesson_load (TextMap *map, const char *path, TextDiagnostics *diagnostics, GError **error);
Lesson *lesson_parse (TextMap *map, const char *name, const char *bytes, gsize n_bytes,
                      TextDiagnostics *diagnostics);

G_END_DECLS
