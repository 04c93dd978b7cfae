/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HwQuestionCard: see hw-question-card.h. */

#include "hw-question-card.h"

#include "hw-answer-area.h"
#include "hw-markup.h"

#include <glib/gi18n-lib.h>

struct _HwQuestionCard
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkBox *content;
  GtkLabel *number;
  GtkLabel *prompt;
  GtkBox *place; /* of the answer area */
  GtkLabel *hints;
  GtkLabel *feedback;
  GtkWidget *buttons;
  GtkWidget *answer;
  GtkWidget *hint;
  HwAnswerArea *area; /* NULL: the question is closed, or there is none */
  char *id;           /* of the question that is shown */
  gboolean is_open;
};

enum
{
  SIGNAL_ANSWERED,
  SIGNAL_HINT,
  SIGNAL_SKIP,
  SIGNAL_SHOW,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwQuestionCard, hw_question_card, GTK_TYPE_WIDGET)

static void
hint_clicked_cb (HwQuestionCard *self)
{
  g_signal_emit (self, signals[SIGNAL_HINT], 0);
}

static void
show_clicked_cb (HwQuestionCard *self)
{
  g_signal_emit (self, signals[SIGNAL_SHOW], 0);
}

static void
skip_clicked_cb (HwQuestionCard *self)
{
  g_signal_emit (self, signals[SIGNAL_SKIP], 0);
}

static void
hw_question_card_dispose (GObject *object)
{
  HwQuestionCard *self = HW_QUESTION_CARD (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->id, g_free);
  G_OBJECT_CLASS (hw_question_card_parent_class)->dispose (object);
}

static guint
add_signal (const char *name)
{
  return g_signal_new (name, HW_TYPE_QUESTION_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                       G_TYPE_NONE, 0);
}

static void
hw_question_card_class_init (HwQuestionCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_question_card_dispose;
  signals[SIGNAL_ANSWERED] = g_signal_new ("answered", HW_TYPE_QUESTION_CARD, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRV);
  signals[SIGNAL_HINT] = add_signal ("hint");
  signals[SIGNAL_SKIP] = add_signal ("skip");
  signals[SIGNAL_SHOW] = add_signal ("show-answer");
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/heapwise/Heapwise/hw-question-card.ui");
  gtk_widget_class_bind_template_child (widget_class, HwQuestionCard, scroller);
  gtk_widget_class_bind_template_child (widget_class, HwQuestionCard, content);
  gtk_widget_class_bind_template_child (widget_class, HwQuestionCard, number);
  gtk_widget_class_bind_template_child (widget_class, HwQuestionCard, prompt);
  gtk_widget_class_bind_template_child (widget_class, HwQuestionCard, place);
  gtk_widget_class_bind_template_child (widget_class, HwQuestionCard, hints);
  gtk_widget_class_bind_template_child (widget_class, HwQuestionCard, feedback);
  gtk_widget_class_bind_template_child (widget_class, HwQuestionCard, buttons);
  gtk_widget_class_bind_template_child (widget_class, HwQuestionCard, answer);
  gtk_widget_class_bind_template_child (widget_class, HwQuestionCard, hint);
  gtk_widget_class_bind_template_callback (widget_class, hw_question_card_submit);
  gtk_widget_class_bind_template_callback (widget_class, hint_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, skip_clicked_cb);
  gtk_widget_class_set_css_name (widget_class, "questioncard");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static gboolean
choose_cb (GtkWidget *widget, GVariant *index, gpointer data)
{
  return hw_question_card_choose (HW_QUESTION_CARD (widget), g_variant_get_uint32 (index));
}

/* Alt+1 to Alt+9, wherever the focus is. */
static void
add_keys (HwQuestionCard *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_shortcut_controller_set_scope (GTK_SHORTCUT_CONTROLLER (keys), GTK_SHORTCUT_SCOPE_GLOBAL);
  for (guint i = 0; i < 9; i++)
    {
      GtkShortcut *shortcut
          = gtk_shortcut_new (gtk_keyval_trigger_new (GDK_KEY_1 + i, GDK_ALT_MASK),
                              gtk_callback_action_new (choose_cb, NULL, NULL));

      gtk_shortcut_set_arguments (shortcut, g_variant_new_uint32 (i));
      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys), shortcut);
    }
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
hw_question_card_init (HwQuestionCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_keys (self);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
hw_question_card_new (void)
{
  return g_object_new (HW_TYPE_QUESTION_CARD, NULL);
}

/* ---- showing ---- */

/* CommonMark; NULL or nothing hides the label. */
static void
show_prose (GtkLabel *label, const char *text)
{
  gboolean is_visible = text != NULL && text[0] != '\0';

  if (is_visible)
    {
      g_autofree char *markup = hw_markup_from_prose (text);

      gtk_label_set_markup (label, markup);
    }
  gtk_widget_set_visible (GTK_WIDGET (label), is_visible);
}

static void
show_number (HwQuestionCard *self, const HwQuestion *question)
{
  g_autofree char *words = NULL;

  switch (question->state)
    {
    case HW_QUESTION_OPEN:
      words = g_strdup_printf (_ ("Question %u of %u"), question->number, question->n_questions);
      break;
    case HW_QUESTION_RIGHT:
      words = g_strdup_printf (_ ("Question %u of %u: right"), question->number,
                               question->n_questions);
      break;
    case HW_QUESTION_SHOWN:
      words = g_strdup_printf (_ ("Question %u of %u: the answer was shown"), question->number,
                               question->n_questions);
      break;
    case HW_QUESTION_SKIPPED:
      words = g_strdup_printf (_ ("Question %u of %u: skipped"), question->number,
                               question->n_questions);
      break;
    }
  gtk_label_set_label (self->number, words);
}

static void
show_hints (HwQuestionCard *self, const HwQuestion *question)
{
  char **hints = question->question->hints;
  guint n = hints != NULL ? g_strv_length (hints) : 0;
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *words = NULL;

  for (guint i = 0; i < MIN (n, question->n_hints); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "\n\n" : "", hints[i]);
  show_prose (self->hints, text->str);
  gtk_widget_set_visible (self->hint, n > question->n_hints);
  words = g_strdup_printf (_ ("Hint, %u of %u"), MIN (question->n_hints + 1, n), n);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->hint), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                  -1);
}

/* What is said to an answer; behind a closed question what is right, and why. */
static void
show_feedback (HwQuestionCard *self, const HwQuestion *question)
{
  g_autofree char *words = NULL;

  if (question->state == HW_QUESTION_OPEN)
    {
      show_prose (self->feedback, question->feedback);
      return;
    }
  if (question->key != NULL)
    words = g_strdup_printf (_ ("The answer: %s"), question->key);
  if (question->explain != NULL)
    {
      g_autofree char *first = g_steal_pointer (&words);

      words = first != NULL ? g_strdup_printf ("%s\n\n%s", first, question->explain)
                            : g_strdup (question->explain);
    }
  show_prose (self->feedback, words);
}

static void
remove_area (HwQuestionCard *self)
{
  if (self->area != NULL)
    gtk_box_remove (self->place, GTK_WIDGET (self->area));
  self->area = NULL;
}

static void
take_question (HwQuestionCard *self, const HwQuestion *question, const Facts *facts)
{
  gboolean is_open = question->state == HW_QUESTION_OPEN;

  if (g_strcmp0 (self->id, question->question->id) == 0 && self->is_open == is_open)
    return;
  g_free (self->id);
  self->id = g_strdup (question->question->id);
  self->is_open = is_open;
  remove_area (self);
  if (!is_open)
    return;
  self->area = HW_ANSWER_AREA (hw_answer_area_new (question->question, facts));
  g_signal_connect_object (self->area, "activate", G_CALLBACK (hw_question_card_submit), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (self->place, GTK_WIDGET (self->area));
}

/* question: NULL hides the card; facts: of the moment (nullable), read now and not kept. */
void
hw_question_card_set_question (HwQuestionCard *self, const HwQuestion *question, const Facts *facts)
{
  g_return_if_fail (HW_IS_QUESTION_CARD (self));
  gtk_widget_set_visible (GTK_WIDGET (self), question != NULL);
  if (question == NULL)
    {
      remove_area (self);
      g_clear_pointer (&self->id, g_free);
      return;
    }
  take_question (self, question, facts);
  show_number (self, question);
  show_prose (self->prompt, question->prompt);
  show_hints (self, question);
  show_feedback (self, question);
  gtk_widget_set_visible (self->buttons, self->is_open);
  if (!self->is_open)
    gtk_widget_set_visible (GTK_WIDGET (self->hints), FALSE);
}

/* ---- answering ---- */

void
hw_question_card_submit (HwQuestionCard *self)
{
  g_auto (GStrv) answer = NULL;

  g_return_if_fail (HW_IS_QUESTION_CARD (self));
  if (self->area == NULL)
    return;
  answer = hw_answer_area_dup_answer (self->area);
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, answer);
}

/* These three are FALSE where the open question has no use for them. */
gboolean
hw_question_card_take_line (HwQuestionCard *self, guint line)
{
  g_return_val_if_fail (HW_IS_QUESTION_CARD (self), FALSE);
  return self->area != NULL && hw_answer_area_take_line (self->area, line);
}

gboolean
hw_question_card_take_box (HwQuestionCard *self, const char *id)
{
  g_return_val_if_fail (HW_IS_QUESTION_CARD (self), FALSE);
  return self->area != NULL && hw_answer_area_take_box (self->area, id);
}

gboolean
hw_question_card_choose (HwQuestionCard *self, guint index)
{
  g_return_val_if_fail (HW_IS_QUESTION_CARD (self), FALSE);
  return self->area != NULL && hw_answer_area_choose (self->area, index);
}

/* Whoever wants to go on is told what holds them. */
void
hw_question_card_remind (HwQuestionCard *self)
{
  g_return_if_fail (HW_IS_QUESTION_CARD (self));
  if (self->area == NULL)
    return;
  show_prose (self->feedback,
              _ ("Answer first, or choose *Show me* or *Skip*. Going back is always possible."));
  gtk_widget_child_focus (GTK_WIDGET (self->area), GTK_DIR_TAB_FORWARD);
}
