/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lesson-places.h"
#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* The largest file that is read at all. */
#define LESSON_MAX_BYTES (1 << 20)

LessonPlaces *lesson_scan (TextMap *map, guint32 base, TextDiagnostics *diagnostics);

G_END_DECLS
