/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <cmark.h>
#include <glib.h>

G_BEGIN_DECLS

/* CommonMark as Pango markup. Raw HTML is left out, since a lesson is a stranger's file. */

#define HW_MARKUP_CODE_BEGIN                                                                       \
  "<span font_family=\"JetBrains Mono, monospace\" font_features=\"liga=0,calt=0\">"

void hw_markup_append_escaped (GString *markup, const char *text);
char *hw_markup_from_block (cmark_node *block);
char *hw_markup_from_prose (const char *text);
char *hw_markup_strip (const char *markup);

G_END_DECLS
