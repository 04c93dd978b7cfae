/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lesson-model.h"
#include "text/text-diagnostic.h"

G_BEGIN_DECLS

void lesson_lint (const Lesson *lesson, TextDiagnostics *diagnostics);

G_END_DECLS
