/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* What is wrong with the program: the compiler's findings and the fault of the run. Signal "go-to" (line, column). */
#define HW_TYPE_PROBLEMS (hw_problems_get_type ())
G_DECLARE_FINAL_TYPE (HwProblems, hw_problems, HW, PROBLEMS, GtkWidget)

GtkWidget *hw_problems_new (void);
guint hw_problems_set (HwProblems *self, GPtrArray *diagnostics, const TextDiagnostic *fault,
                       TextMap *map);

G_END_DECLS
