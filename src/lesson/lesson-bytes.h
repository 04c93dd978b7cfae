/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *lesson_bytes_read (const char *path, gsize max_bytes, gsize *n_bytes, GError **error);

G_END_DECLS
