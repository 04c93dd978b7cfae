/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/hw-session.h"

G_BEGIN_DECLS

/* Where a question is answered: what its kind needs, so that the keyboard alone is enough.
 *
 * Signals: "activate" () the answer is finished: Enter was pressed in a field. */
#define HW_TYPE_ANSWER_AREA (hw_answer_area_get_type ())
G_DECLARE_FINAL_TYPE (HwAnswerArea, hw_answer_area, HW, ANSWER_AREA, GtkBox)

GtkWidget *hw_answer_area_new (const LessonQuestion *question, const Facts *facts);
char **hw_answer_area_dup_answer (HwAnswerArea *self);
gboolean hw_answer_area_take_line (HwAnswerArea *self, guint line);
gboolean hw_answer_area_take_box (HwAnswerArea *self, const char *id);
gboolean hw_answer_area_choose (HwAnswerArea *self, guint index);

G_END_DECLS
