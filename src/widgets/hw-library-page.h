/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "lesson/lesson-store.h"

G_BEGIN_DECLS

/* The lessons there are, as cards: what each is about, how long it takes, how far one is. What was begun last comes first.
 *
 * Signals: "open" (const char *path). */
#define HW_TYPE_LIBRARY_PAGE (hw_library_page_get_type ())
G_DECLARE_FINAL_TYPE (HwLibraryPage, hw_library_page, HW, LIBRARY_PAGE, GtkWidget)

GtkWidget *hw_library_page_new (void);
void hw_library_page_fill (HwLibraryPage *self, const char *folder, LessonStore *store);
void hw_library_page_focus (HwLibraryPage *self);

G_END_DECLS
