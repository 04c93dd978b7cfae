/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Words for labels: see hw-words.h. */

#include "hw-words.h"

/* Pango markup with the code in the code font, without ligatures. (transfer full) */
char *
hw_words_to_markup (const char *sentence)
{
  g_auto (GStrv) parts = g_strsplit (sentence, "`", -1);
  GString *markup = g_string_new (NULL);
  guint n = g_strv_length (parts);

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *escaped = g_markup_escape_text (parts[i], -1);
      /* An odd part stands between two backticks; a last one that is not closed is no code. */
      gboolean is_code = i % 2 == 1 && i + 1 < n;

      if (is_code)
        g_string_append_printf (markup,
                                "<span font_family=\"JetBrains Mono, monospace\" "
                                "font_features=\"liga=0,calt=0\">%s</span>",
                                escaped);
      else
        g_string_append (markup, escaped);
    }
  return g_string_free (markup, FALSE);
}

/* Without the backticks, for screen readers. (transfer full) */
char *
hw_words_to_plain (const char *sentence)
{
  g_auto (GStrv) parts = g_strsplit (sentence, "`", -1);

  return g_strjoinv ("", parts);
}

/* The finding as one sentence. (transfer full) */
char *
hw_words_dup_diagnostic (const TextDiagnostic *diagnostic)
{
  return text_message_word (diagnostic->message);
}
