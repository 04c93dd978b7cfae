/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Prose that follows the run: `{=heap.live.count}` in a text is the probe's value where the text belongs. */

#include "judge-text.h"

#include <string.h>

/* A text whose {=…} are the values at a position. One that finds nothing stays as it is, and its trouble (TextMessage) is added to
 * troubles (nullable). (transfer full) */
char *
judge_fill_text (const char *text, const JudgeRecording *recording, guint64 position,
                 GPtrArray *troubles)
{
  GString *filled = g_string_new (NULL);
  const char *open;

  while ((open = strstr (text, "{=")) != NULL && strchr (open, '}') != NULL)
    {
      const char *end = strchr (open, '}');
      g_autofree char *asked = g_strndup (open + 2, end - open - 2);
      g_auto (JudgeValue) value = { JUDGE_VALUE_NOTHING };
      TextMessage *trouble = NULL;
      g_autoptr (JudgeProbe) probe = judge_probe_new (asked, &trouble);

      g_string_append_len (filled, text, open - text);
      if (probe != NULL && judge_recording_ask (recording, position, probe, &value, &trouble))
        g_string_append (filled, value.text);
      else
        g_string_append_len (filled, open, end + 1 - open);
      if (trouble != NULL && troubles != NULL)
        g_ptr_array_add (troubles, trouble);
      else
        g_clear_pointer (&trouble, text_message_free);
      text = end + 1;
    }
  g_string_append (filled, text);
  return g_string_free (filled, FALSE);
}
