/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Messages and their wording: see text-message.h. */

#include "text-message.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>
#include <string.h>

#define MAX_ARGUMENTS 6

typedef struct
{
  char type; /* 's', 'i', 'u' or 'x' */
  union
  {
    char *string; /* owned */
    gint64 integer;
    guint64 natural;
  };
} Argument;

struct _TextMessage
{
  TextMessageId id;
  guint n_arguments;
  Argument arguments[MAX_ARGUMENTS];
};

typedef struct
{
  const char *name;
  guint counted; /* number of the argument that chooses the plural, 0: none */
  const char *one;
  const char *many;
} Entry;

static const Entry entries[] = {
#define MESSAGE(id, sentence) { #id, 0, sentence, NULL },
#define MESSAGE_PLURAL(id, number, one, many) { #id, number, one, many },
#include "text-message.def"
#undef MESSAGE
#undef MESSAGE_PLURAL
};

static gulong
get_count (const TextMessage *message, guint number)
{
  const Argument *argument = &message->arguments[number - 1];

  g_assert (number <= message->n_arguments && argument->type != 's');
  return (gulong)argument->natural;
}

static void
append_argument (GString *words, const TextMessage *message, guint number)
{
  const Argument *argument;

  g_assert (number >= 1 && number <= message->n_arguments);
  argument = &message->arguments[number - 1];
  switch (argument->type)
    {
    case 's':
      g_string_append (words, argument->string);
      break;
    case 'i':
      g_string_append_printf (words, "%" G_GINT64_FORMAT, argument->integer);
      break;
    case 'u':
      g_string_append_printf (words, "%" G_GUINT64_FORMAT, argument->natural);
      break;
    case 'x':
      g_string_append_printf (words, "0x%04" G_GINT64_MODIFIER "x", argument->natural);
      break;
    default:
      g_assert_not_reached ();
    }
}

TextMessage *
text_message_new (TextMessageId id, const char *types, ...)
{
  TextMessage *message = g_new0 (TextMessage, 1);
  va_list list;

  g_assert (strlen (types) <= MAX_ARGUMENTS);
  message->id = id;
  va_start (list, types);
  for (const char *type = types; *type != '\0'; type++)
    {
      Argument *argument = &message->arguments[message->n_arguments++];

      argument->type = *type;
      if (*type == 's')
        argument->string = g_strdup (va_arg (list, const char *));
      else
        argument->natural = va_arg (list, guint64);
    }
  va_end (list);
  return message;
}

TextMessage *
text_message_copy (const TextMessage *message)
{
  TextMessage *copy = g_memdup2 (message, sizeof *message);

  for (guint i = 0; i < copy->n_arguments; i++)
    if (copy->arguments[i].type == 's')
      copy->arguments[i].string = g_strdup (copy->arguments[i].string);
  return copy;
}

void
text_message_free (TextMessage *message)
{
  for (guint i = 0; i < message->n_arguments; i++)
    if (message->arguments[i].type == 's')
      g_free (message->arguments[i].string);
  g_free (message);
}

TextMessageId
text_message_get_id (const TextMessage *message)
{
  return message->id;
}

/* The id's own spelling, for tests and reports. */
const char *
text_message_get_id_name (const TextMessage *message)
{
  return entries[message->id].name;
}

/* The sentence in the user's language. (transfer full) */
char *
text_message_word (const TextMessage *message)
{
  const Entry *entry = &entries[message->id];
  GString *words = g_string_new (NULL);
  const char *sentence;

  if (entry->counted == 0)
    sentence = _ (entry->one);
  else
    sentence = ngettext (entry->one, entry->many, get_count (message, entry->counted));
  for (const char *p = sentence; *p != '\0'; p++)
    {
      if (p[0] == '{' && g_ascii_isdigit (p[1]) && p[2] == '}')
        {
          append_argument (words, message, p[1] - '0');
          p += 2;
        }
      else
        g_string_append_c (words, *p);
    }
  return g_string_free (words, FALSE);
}
