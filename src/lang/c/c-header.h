/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The standard headers, and the parts of C's library that are written in C, as texts of our own. */

/* The text of a header, NULL when we have none of that name. */
const char *c_header_find (const char *name);

/* Whether it is a header that programs on Linux have, though we do not. */
gboolean c_header_is_known (const char *name);

/* A small number for each header that c_header_find knows. */
guint c_header_get_index (const char *name);

/* The name and text of the header that declares a function, NULL for none; prototype: the line that does. */
const char *c_header_find_function (const char *function, char **prototype);

/* The library functions that have a source; none calls another one that has: c-header-source.c. */
guint c_header_get_n_sources (void);

/* The source; function: the name of the function that it defines (out) */
const char *c_header_get_source (guint index, const char **function);

G_END_DECLS
