/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scene/scene.h"

G_BEGIN_DECLS

/* The picture: paints a ready scene, says what is under the pointer and at the keyboard's cursor, zooms and pans.
 *
 * Signals: "canvas-changed" (); "box-chosen" (const char *id): a box was clicked, see SceneBox.id; "box-menu" (const char
 * *id, GdkRectangle *at): its menu is wanted. */
#define HW_TYPE_MEMORY_VIEW (hw_memory_view_get_type ())
G_DECLARE_FINAL_TYPE (HwMemoryView, hw_memory_view, HW, MEMORY_VIEW, GtkWidget)

GtkWidget *hw_memory_view_new (void);
void hw_memory_view_set_scene (HwMemoryView *self, Scene *scene);
Scene *hw_memory_view_get_scene (HwMemoryView *self);
void hw_memory_view_set_old (HwMemoryView *self, gboolean is_old);
void hw_memory_view_zoom (HwMemoryView *self, double factor);
void hw_memory_view_zoom_fit (HwMemoryView *self);
double hw_memory_view_get_text_scale (HwMemoryView *self);

G_END_DECLS
