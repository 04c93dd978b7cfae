/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "widgets/hw-window.h"

G_BEGIN_DECLS

/* A whole window as a person drives it, for tests: it opens files, takes actions, and is waited for. No display is looked at and no
 * clock measured; patience only ends a test that hangs. */

typedef gboolean (*WindowCondition) (HwWindow *window);

void window_driver_wait_until (HwWindow *window, WindowCondition condition);
void window_driver_wait_for_step (HwWindow *window, guint64 step);
HwWindow *window_driver_open (const char *lesson);
HwWindow *window_driver_open_with (const char *lesson, LessonStore *store);
void window_driver_close (HwWindow *window);
void window_driver_act (HwWindow *window, const char *action);
GtkWidget *window_driver_find (GtkWidget *widget, const char *type);
void window_driver_type (HwWindow *window, const char *text);
char *window_driver_dup_text (HwWindow *window);

HwMoment *window_driver_get_moment (HwWindow *window);
gboolean window_driver_is_ready (HwWindow *window);
gboolean window_driver_is_rejected (HwWindow *window);
gboolean window_driver_is_running (HwWindow *window);

G_END_DECLS
