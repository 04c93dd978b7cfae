/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/hw-session.h"

G_BEGIN_DECLS

/* The sums of the heap at the step shown. */
#define HW_TYPE_LEDGER (hw_ledger_get_type ())
G_DECLARE_FINAL_TYPE (HwLedger, hw_ledger, HW, LEDGER, GtkWidget)

GtkWidget *hw_ledger_new (void);
void hw_ledger_set (HwLedger *self, const FactsLedger *ledger);

G_END_DECLS
