/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The author's words: CommonMark without HTML, images and links to elsewhere. */
#define HW_TYPE_NOTE_CARD (hw_note_card_get_type ())
G_DECLARE_FINAL_TYPE (HwNoteCard, hw_note_card, HW, NOTE_CARD, GtkWidget)

GtkWidget *hw_note_card_new (void);
void hw_note_card_set_text (HwNoteCard *self, const char *text);

G_END_DECLS
