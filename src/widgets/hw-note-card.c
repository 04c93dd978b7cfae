/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HwNoteCard: see hw-note-card.h. cmark parses; each block becomes a label, what is inside becomes Pango markup. Raw HTML is left
 * out, since a lesson is a stranger's file. */

#include "hw-note-card.h"

#include "hw-markup.h"

#include <string.h>

struct _HwNoteCard
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkBox *blocks;
  char *text;
};

G_DEFINE_FINAL_TYPE (HwNoteCard, hw_note_card, GTK_TYPE_WIDGET)

static GtkWidget *
add_label (HwNoteCard *self, const char *markup)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  /* A scrolled window asks for the height at the natural width: this is about the width it will get. */
  gtk_label_set_max_width_chars (GTK_LABEL (label), 46);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_box_append (self->blocks, label);
  return label;
}

static void
add_code (HwNoteCard *self, cmark_node *block)
{
  g_autoptr (GString) markup = g_string_new (HW_MARKUP_CODE_BEGIN);
  g_autofree char *code = g_strchomp (g_strdup (cmark_node_get_literal (block)));
  GtkWidget *label;

  hw_markup_append_escaped (markup, code);
  g_string_append (markup, "</span>");
  label = add_label (self, markup->str);
  gtk_widget_set_direction (label, GTK_TEXT_DIR_LTR);
}

static void
add_item (HwNoteCard *self, cmark_node *item, gboolean is_ordered, guint number)
{
  cmark_node *first = cmark_node_first_child (item);
  g_autofree char *words = first != NULL ? hw_markup_from_block (first) : g_strdup ("");
  g_autofree char *markup
      = is_ordered ? g_strdup_printf ("%u.  %s", number, words) : g_strdup_printf ("•  %s", words);

  gtk_widget_set_margin_start (add_label (self, markup), 8);
}

static void
add_list (HwNoteCard *self, cmark_node *list)
{
  gboolean is_ordered = cmark_node_get_list_type (list) == CMARK_ORDERED_LIST;
  guint number = is_ordered ? (guint)cmark_node_get_list_start (list) : 0;

  for (cmark_node *item = cmark_node_first_child (list); item != NULL;
       item = cmark_node_next (item))
    add_item (self, item, is_ordered, number++);
}

static void
add_block (HwNoteCard *self, cmark_node *block)
{
  g_autofree char *markup = NULL;

  switch (cmark_node_get_type (block))
    {
    case CMARK_NODE_PARAGRAPH:
      markup = hw_markup_from_block (block);
      add_label (self, markup);
      break;
    case CMARK_NODE_HEADING:
      markup = hw_markup_from_block (block);
      gtk_widget_add_css_class (add_label (self, markup), "heading");
      break;
    case CMARK_NODE_CODE_BLOCK:
      add_code (self, block);
      break;
    case CMARK_NODE_LIST:
      add_list (self, block);
      break;
    case CMARK_NODE_BLOCK_QUOTE:
      for (cmark_node *child = cmark_node_first_child (block); child != NULL;
           child = cmark_node_next (child))
        add_block (self, child);
      break;
    default:
      break;
    }
}

static void
remove_blocks (HwNoteCard *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->blocks))) != NULL)
    gtk_box_remove (self->blocks, child);
}

static void
hw_note_card_dispose (GObject *object)
{
  HwNoteCard *self = HW_NOTE_CARD (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->text, g_free);
  G_OBJECT_CLASS (hw_note_card_parent_class)->dispose (object);
}

static void
hw_note_card_class_init (HwNoteCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_note_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/heapwise/Heapwise/hw-note-card.ui");
  gtk_widget_class_bind_template_child (widget_class, HwNoteCard, scroller);
  gtk_widget_class_bind_template_child (widget_class, HwNoteCard, blocks);
  gtk_widget_class_set_css_name (widget_class, "notecard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hw_note_card_init (HwNoteCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
hw_note_card_new (void)
{
  return g_object_new (HW_TYPE_NOTE_CARD, NULL);
}

/* Another note, as CommonMark; NULL hides the card. */
void
hw_note_card_set_text (HwNoteCard *self, const char *text)
{
  cmark_node *document;

  g_return_if_fail (HW_IS_NOTE_CARD (self));
  if (g_strcmp0 (self->text, text) == 0)
    return;
  g_free (self->text);
  self->text = g_strdup (text);
  remove_blocks (self);
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL && text[0] != '\0');
  if (text == NULL)
    return;
  document = cmark_parse_document (text, strlen (text), CMARK_OPT_DEFAULT);
  for (cmark_node *block = cmark_node_first_child (document); block != NULL;
       block = cmark_node_next (block))
    add_block (self, block);
  cmark_node_free (document);
}
