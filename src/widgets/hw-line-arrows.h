/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* The two arrows beside the code: solid red at the line about to run, hollow green at the line just run. */
#define HW_TYPE_LINE_ARROWS (hw_line_arrows_get_type ())
G_DECLARE_FINAL_TYPE (HwLineArrows, hw_line_arrows, HW, LINE_ARROWS, GtkSourceGutterRenderer)

GtkSourceGutterRenderer *hw_line_arrows_new (void);
void hw_line_arrows_set_lines (HwLineArrows *self, guint next, guint before);

G_END_DECLS
