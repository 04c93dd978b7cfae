/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <string.h>

#include "widgets/hw-note-card.h"
#include "widgets/hw-window.h"

/* All words of a widget's labels, one after the other. */
static void
collect_words (GtkWidget *widget, GString *words)
{
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (words, "%s|", gtk_label_get_text (GTK_LABEL (widget)));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect_words (child, words);
}

static void
assert_words (const char *note, const char *expected)
{
  HwNoteCard *card = HW_NOTE_CARD (g_object_ref_sink (hw_note_card_new ()));
  g_autoptr (GString) words = g_string_new (NULL);

  hw_note_card_set_text (card, note);
  collect_words (GTK_WIDGET (card), words);
  g_assert_cmpstr (words->str, ==, expected);
  g_assert_finalize_object (card);
}

static void
test_blocks (void)
{
  assert_words ("One `two` **three**.", "One two three.|");
  assert_words ("# Title\n\nwords\nmore", "Title|words more|");
  assert_words ("- a\n- b `c`", "•  a|•  b c|");
  assert_words ("2. a\n3. b", "2.  a|3.  b|");
  assert_words ("    int x;\n", "int x;|");
}

/* Nothing of a lesson's text is taken for markup of our own. */
static void
test_hostile (void)
{
  assert_words ("a < b && c > d", "a < b && c > d|");
  assert_words ("x <b>bold</b> y", "x bold y|");
  assert_words ("<script>alert(1)</script>", "");
  assert_words ("![image](http://example.org/x.png)", "image|");
}

static void
test_hidden (void)
{
  HwNoteCard *card = HW_NOTE_CARD (g_object_ref_sink (hw_note_card_new ()));

  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (card)));
  hw_note_card_set_text (card, "x");
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (card)));
  hw_note_card_set_text (card, NULL);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (card)));
  g_assert_finalize_object (card);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  hw_widgets_init ();
  g_test_add_func ("/widgets/note-card/blocks", test_blocks);
  g_test_add_func ("/widgets/note-card/hostile", test_hostile);
  g_test_add_func ("/widgets/note-card/hidden", test_hidden);
  return g_test_run ();
}
