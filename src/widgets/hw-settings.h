/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

GSettings *hw_settings_new (void);
void hw_settings_follow (GSettings *settings);

G_END_DECLS
