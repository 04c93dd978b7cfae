/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/hw-session.h"

G_BEGIN_DECLS

/* The lesson's question at this moment: predicted before the step, explained behind it.
 *
 * Signals: "answered" (GStrv answer), "hint" (), "skip" (), "show-answer" (). */
#define HW_TYPE_QUESTION_CARD (hw_question_card_get_type ())
G_DECLARE_FINAL_TYPE (HwQuestionCard, hw_question_card, HW, QUESTION_CARD, GtkWidget)

GtkWidget *hw_question_card_new (void);
void hw_question_card_set_question (HwQuestionCard *self, const HwQuestion *question,
                                    const Facts *facts);
gboolean hw_question_card_take_line (HwQuestionCard *self, guint line);
gboolean hw_question_card_take_box (HwQuestionCard *self, const char *id);
gboolean hw_question_card_choose (HwQuestionCard *self, guint index);
void hw_question_card_submit (HwQuestionCard *self);
void hw_question_card_remind (HwQuestionCard *self);

G_END_DECLS
