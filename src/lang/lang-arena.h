/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Memory of one compilation: many small zeroed pieces that all end together. */

typedef struct _LangArena LangArena;

LangArena *lang_arena_new (void);
void lang_arena_free (LangArena *arena);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LangArena, lang_arena_free)

gpointer lang_arena_alloc (LangArena *arena, gsize n_bytes);
char *lang_arena_strndup (LangArena *arena, const char *text, gsize n_bytes);
gpointer lang_arena_dup (LangArena *arena, gconstpointer data, gsize n_bytes);

#define lang_arena_new0(arena, Type) ((Type *)lang_arena_alloc ((arena), sizeof (Type)))

G_END_DECLS
