/* SPDX-License-Identifier: GPL-3.0-or-later */

/* CommonMark as markup: see hw-markup.h. cmark parses. */

#include "hw-markup.h"

#include <pango/pango.h>
#include <string.h>

void
hw_markup_append_escaped (GString *markup, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text != NULL ? text : "", -1);

  g_string_append (markup, escaped);
}

static void
append_inline (GString *markup, cmark_node *node, gboolean is_enter)
{
  switch (cmark_node_get_type (node))
    {
    case CMARK_NODE_TEXT:
      hw_markup_append_escaped (markup, cmark_node_get_literal (node));
      break;
    case CMARK_NODE_CODE:
      g_string_append (markup, HW_MARKUP_CODE_BEGIN);
      hw_markup_append_escaped (markup, cmark_node_get_literal (node));
      g_string_append (markup, "</span>");
      break;
    case CMARK_NODE_SOFTBREAK:
      g_string_append_c (markup, ' ');
      break;
    case CMARK_NODE_LINEBREAK:
      g_string_append_c (markup, '\n');
      break;
    case CMARK_NODE_EMPH:
      g_string_append (markup, is_enter ? "<i>" : "</i>");
      break;
    case CMARK_NODE_STRONG:
      g_string_append (markup, is_enter ? "<b>" : "</b>");
      break;
    default:
      break;
    }
}

/* All that stands inside a block. (transfer full) */
char *
hw_markup_from_block (cmark_node *block)
{
  GString *markup = g_string_new (NULL);
  cmark_iter *iter = cmark_iter_new (block);
  cmark_event_type event;

  while ((event = cmark_iter_next (iter)) != CMARK_EVENT_DONE)
    if (cmark_iter_get_node (iter) != block)
      append_inline (markup, cmark_iter_get_node (iter), event == CMARK_EVENT_ENTER);
  cmark_iter_free (iter);
  return g_string_free (markup, FALSE);
}

/* A text of one paragraph, or of several that are joined. (transfer full) */
char *
hw_markup_from_prose (const char *text)
{
  GString *markup = g_string_new (NULL);
  cmark_node *document = cmark_parse_document (text, strlen (text), CMARK_OPT_DEFAULT);

  for (cmark_node *block = cmark_node_first_child (document); block != NULL;
       block = cmark_node_next (block))
    {
      g_autofree char *one = hw_markup_from_block (block);

      if (markup->len > 0)
        g_string_append_c (markup, '\n');
      g_string_append (markup, one);
    }
  cmark_node_free (document);
  return g_string_free (markup, FALSE);
}

/* The words alone. (transfer full) */
char *
hw_markup_strip (const char *markup)
{
  char *text = NULL;

  if (!pango_parse_markup (markup, -1, 0, NULL, &text, NULL, NULL))
    return g_strdup (markup);
  return text;
}
