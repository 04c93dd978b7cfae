/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "session/hw-session.h"

G_BEGIN_DECLS

GtkWidget *hw_box_menu_new (HwSession *session, const char *id);

G_END_DECLS
