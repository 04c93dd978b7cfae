/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtksourceview/gtksource.h>

G_BEGIN_DECLS

/* A source view that can say something behind the end of one line. */
#define HW_TYPE_CODE_TEXT (hw_code_text_get_type ())
G_DECLARE_FINAL_TYPE (HwCodeText, hw_code_text, HW, CODE_TEXT, GtkSourceView)

void hw_code_text_set_remark (HwCodeText *self, guint line, const char *words);

G_END_DECLS
