/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "session/hw-session.h"
#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The run as a line: where one is, what happened when. It can be dragged, and moved by keys when it has the focus. */
#define HW_TYPE_TIMELINE (hw_timeline_get_type ())
G_DECLARE_FINAL_TYPE (HwTimeline, hw_timeline, HW, TIMELINE, GtkWidget)

GtkWidget *hw_timeline_new (void);
void hw_timeline_set_position (HwTimeline *self, guint64 step, guint64 n_steps);
guint64 hw_timeline_get_position (HwTimeline *self);
void hw_timeline_set_horizon (HwTimeline *self, guint64 step);
void hw_timeline_set_marks (HwTimeline *self, GArray *marks);

G_END_DECLS
