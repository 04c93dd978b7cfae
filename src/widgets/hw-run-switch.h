/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/hw-session.h"

G_BEGIN_DECLS

/* Which of a lesson's runs is shown: buttons side by side, a list where there are many, nothing where there is no choice. Signal
 * "chosen" (index) when the learner takes another. */
#define HW_TYPE_RUN_SWITCH (hw_run_switch_get_type ())
G_DECLARE_FINAL_TYPE (HwRunSwitch, hw_run_switch, HW, RUN_SWITCH, GtkWidget)

GtkWidget *hw_run_switch_new (void);
void hw_run_switch_set_runs (HwRunSwitch *self, GPtrArray *runs);
void hw_run_switch_set_chosen (HwRunSwitch *self, guint index);
void hw_run_switch_focus (HwRunSwitch *self);

G_END_DECLS
