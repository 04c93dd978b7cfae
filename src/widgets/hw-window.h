/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "session/hw-session.h"

G_BEGIN_DECLS

/* The window: one session, seen. Each command of hw-commands.def is one of its actions. */
#define HW_TYPE_WINDOW (hw_window_get_type ())
G_DECLARE_FINAL_TYPE (HwWindow, hw_window, HW, WINDOW, AdwApplicationWindow)

GtkWidget *hw_window_new (GtkApplication *application);
void hw_window_set_store (HwWindow *self, LessonStore *store);
void hw_window_set_lessons (HwWindow *self, const char *folder);
void hw_window_show_library (HwWindow *self, const char *folder);
void hw_window_open (HwWindow *self, const char *path);
HwSession *hw_window_get_session (HwWindow *self);

/* Registers types, resources and style; once, after gtk_init (). */
void hw_widgets_init (void);

G_END_DECLS
