/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Sentences as data: an id and typed arguments, put into words (and translated) only when shown.
 *
 * The catalogue stands in text-message.def, which includes one file per subject. A sentence holds {1}, {2} … for its
 * arguments. */

typedef enum
{
#define MESSAGE(id, sentence) TEXT_##id,
#define MESSAGE_PLURAL(id, number, one, many) TEXT_##id,
#include "text-message.def"
#undef MESSAGE
#undef MESSAGE_PLURAL
  TEXT_N_MESSAGES,
} TextMessageId;

typedef struct _TextMessage TextMessage;

/* Types of arguments, one letter each: s a string (copied), i a gint64, u a guint64, x an address (guint64).
 * Integers must be passed in these very types. */
TextMessage *text_message_new (TextMessageId id, const char *types, ...);
TextMessage *text_message_copy (const TextMessage *message);
void text_message_free (TextMessage *message);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (TextMessage, text_message_free)

TextMessageId text_message_get_id (const TextMessage *message);
const char *text_message_get_id_name (const TextMessage *message);
char *text_message_word (const TextMessage *message);

G_END_DECLS
