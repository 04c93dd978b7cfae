/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One box of the picture for assistive technology and the keyboard: it has a name and the focus, and paints nothing but the
 * ring around it. GTK 4.8 shows only widgets to screen readers, so each box of the picture has one. */
#define HW_TYPE_MEMORY_BOX (hw_memory_box_get_type ())
G_DECLARE_FINAL_TYPE (HwMemoryBox, hw_memory_box, HW, MEMORY_BOX, GtkWidget)

GtkWidget *hw_memory_box_new (void);
void hw_memory_box_set (HwMemoryBox *self, guint32 item, const char *words);
guint32 hw_memory_box_get_item (HwMemoryBox *self);

G_END_DECLS
