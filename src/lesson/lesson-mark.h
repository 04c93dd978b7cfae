/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lesson-model.h"

G_BEGIN_DECLS

const char *lesson_mark_get_sign (LessonLanguage language);
char *lesson_mark_strip (const char *text, LessonLanguage language, GPtrArray **marks);

G_END_DECLS
