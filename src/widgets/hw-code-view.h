/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* The program: line numbers, the two arrows, findings underlined, the fault in words at the end of its line.
 *
 * Signals: "line-clicked" (guint line, from 1); "edited" (): somebody has changed the text. */
#define HW_TYPE_CODE_VIEW (hw_code_view_get_type ())
G_DECLARE_FINAL_TYPE (HwCodeView, hw_code_view, HW, CODE_VIEW, GtkWidget)

GtkWidget *hw_code_view_new (void);
void hw_code_view_set_text (HwCodeView *self, const char *text);
char *hw_code_view_dup_text (HwCodeView *self);
void hw_code_view_set_lines (HwCodeView *self, guint next, guint before);
void hw_code_view_set_remark (HwCodeView *self, guint line, const char *words);
void hw_code_view_set_editable (HwCodeView *self, gboolean is_editable);
void hw_code_view_set_diagnostics (HwCodeView *self, GPtrArray *diagnostics, TextMap *map);
void hw_code_view_go_to (HwCodeView *self, guint line, guint column);
void hw_code_view_focus (HwCodeView *self);

G_END_DECLS
