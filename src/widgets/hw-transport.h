/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/hw-session.h"

G_BEGIN_DECLS

/* The bar below: buttons that move in time, the timeline, where one is, and editing. */
#define HW_TYPE_TRANSPORT (hw_transport_get_type ())
G_DECLARE_FINAL_TYPE (HwTransport, hw_transport, HW, TRANSPORT, GtkWidget)

GtkWidget *hw_transport_new (void);
void hw_transport_set_moment (HwTransport *self, HwMoment *moment);
void hw_transport_set_marks (HwTransport *self, GArray *marks);
void hw_transport_set_horizon (HwTransport *self, guint64 step);
void hw_transport_set_running (HwTransport *self, gboolean is_running);
void hw_transport_ask_step (HwTransport *self);
void hw_transport_focus (HwTransport *self);

G_END_DECLS
