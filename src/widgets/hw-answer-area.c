/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HwAnswerArea: see hw-answer-area.h. */

#include "hw-answer-area.h"

#include "hw-markup.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

/* Words of a drop-down and what the judge is told. */
typedef struct
{
  GtkDropDown *list;
  GPtrArray *ids;   /* of char *, owned */
  GPtrArray *boxes; /* POINT_TO: of char *, ids of the picture's boxes; else NULL */
} Choice;

struct _HwAnswerArea
{
  GtkBox parent_instance;

  LessonQuestionKind kind;
  GPtrArray *checks;  /* of GtkCheckButton, borrowed: CHOOSE, COMPILES */
  GPtrArray *ids;     /* of char *: what each of them stands for */
  GPtrArray *choices; /* of Choice: REGION, FAULT, POINT_TO, ORDER */
  GtkEditable *entry; /* NULL: nothing is typed on one line */
  GtkTextView *text;  /* NULL: nothing is typed on several */
};

enum
{
  SIGNAL_ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwAnswerArea, hw_answer_area, GTK_TYPE_BOX)

static void
choice_free (gpointer data)
{
  g_ptr_array_unref (((Choice *)data)->ids);
  g_clear_pointer (&((Choice *)data)->boxes, g_ptr_array_unref);
  g_free (data);
}

static void
hw_answer_area_finalize (GObject *object)
{
  HwAnswerArea *self = HW_ANSWER_AREA (object);

  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->ids);
  g_ptr_array_unref (self->choices);
  G_OBJECT_CLASS (hw_answer_area_parent_class)->finalize (object);
}

static void
hw_answer_area_class_init (HwAnswerAreaClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = hw_answer_area_finalize;
  signals[SIGNAL_ACTIVATE] = g_signal_new ("activate", HW_TYPE_ANSWER_AREA, G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
hw_answer_area_init (HwAnswerArea *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->checks = g_ptr_array_new ();
  self->ids = g_ptr_array_new_with_free_func (g_free);
  self->choices = g_ptr_array_new_with_free_func (choice_free);
}

static void
set_name (GtkWidget *widget, const char *name)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* ---- options ---- */

/* Options in an order that says nothing of which is right, and is the same every time. */
static guint
get_rank (const LessonQuestion *question, const LessonOption *option)
{
  g_autofree char *key = g_strconcat (question->id, "/", option->id, NULL);

  return option->last == TRUE ? G_MAXUINT : g_str_hash (key) * 2654435761u >> 1;
}

static gint
compare_options (gconstpointer a, gconstpointer b, gpointer question)
{
  guint first = get_rank (question, *(LessonOption *const *)a);
  guint second = get_rank (question, *(LessonOption *const *)b);

  return first < second ? -1 : first > second;
}

/* (transfer container) of LessonOption */
static GPtrArray *
list_options (const LessonQuestion *question)
{
  GPtrArray *options = g_ptr_array_new ();

  for (guint i = 0; i < question->options->len; i++)
    g_ptr_array_add (options, g_ptr_array_index (question->options, i));
  if (question->shuffle == TRUE)
    g_ptr_array_sort_with_data (options, compare_options, (gpointer)question);
  return options;
}

static void
add_check (HwAnswerArea *self, const char *id, const char *markup, const char *name,
           gboolean is_single)
{
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_margin_start (label, 6);
  gtk_check_button_set_child (GTK_CHECK_BUTTON (check), label);
  set_name (check, name);
  if (is_single && self->checks->len > 0)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check),
                                g_ptr_array_index (self->checks, self->checks->len - 1));
  g_ptr_array_add (self->checks, check);
  g_ptr_array_add (self->ids, g_strdup (id));
  gtk_box_append (GTK_BOX (self), check);
}

static void
add_options (HwAnswerArea *self, const LessonQuestion *question)
{
  g_autoptr (GPtrArray) options = list_options (question);

  for (guint i = 0; i < options->len; i++)
    {
      const LessonOption *option = g_ptr_array_index (options, i);
      g_autofree char *markup = hw_markup_from_prose (option->text);
      g_autofree char *name = hw_markup_strip (markup);

      add_check (self, option->id, markup, name, question->several != TRUE);
    }
}

/* ---- fields ---- */

static void
activate_cb (HwAnswerArea *self)
{
  g_signal_emit (self, signals[SIGNAL_ACTIVATE], 0);
}

static void
add_entry (HwAnswerArea *self, const char *name, const char *placeholder)
{
  GtkWidget *entry = gtk_entry_new ();

  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), placeholder);
  set_name (entry, name);
  g_signal_connect_object (entry, "activate", G_CALLBACK (activate_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (self), entry);
  self->entry = GTK_EDITABLE (entry);
}

/* Enter is a new line here; with Ctrl it is the end of the answer. */
static gboolean
text_key_cb (HwAnswerArea *self, guint key, guint code, GdkModifierType state)
{
  if (key != GDK_KEY_Return || (state & GDK_CONTROL_MASK) == 0)
    return FALSE;
  activate_cb (self);
  return TRUE;
}

/* Several lines, as programs print them. */
static void
add_text (HwAnswerArea *self, const char *name)
{
  GtkWidget *frame = gtk_scrolled_window_new ();
  GtkWidget *text = gtk_text_view_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (text_key_cb), self, G_CONNECT_SWAPPED);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  gtk_widget_add_controller (text, keys);
  gtk_text_view_set_monospace (GTK_TEXT_VIEW (text), TRUE);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (text), FALSE);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (text), 6);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (text), 4);
  set_name (text, name);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), text);
  gtk_scrolled_window_set_min_content_height (GTK_SCROLLED_WINDOW (frame), 56);
  gtk_widget_add_css_class (frame, "card");
  gtk_box_append (GTK_BOX (self), frame);
  self->text = GTK_TEXT_VIEW (text);
}

/* ---- lists ---- */

/* Nothing is chosen at first. ids, words: one for each entry. */
static Choice *
add_choice (HwAnswerArea *self, const char *title, const char *const *ids, const char *const *words)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (title);
  Choice *choice = g_new0 (Choice, 1);
  GtkStringList *list = gtk_string_list_new (NULL);

  choice->ids = g_ptr_array_new_with_free_func (g_free);
  gtk_string_list_append (list, _ ("Choose…"));
  g_ptr_array_add (choice->ids, NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    {
      g_ptr_array_add (choice->ids, g_strdup (ids[i]));
      gtk_string_list_append (list, words[i]);
    }
  choice->list = GTK_DROP_DOWN (gtk_drop_down_new (G_LIST_MODEL (list), NULL));
  set_name (GTK_WIDGET (choice->list), title);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (choice->list));
  gtk_box_append (GTK_BOX (self), row);
  g_ptr_array_add (self->choices, choice);
  return choice;
}

/* What stands in the brackets of `region(x)`. (transfer full) */
static char *
dup_path (const char *probe)
{
  const char *begin = g_str_has_prefix (probe, "region(") ? probe + strlen ("region(") : probe;
  gsize n = strlen (begin);

  return g_strndup (begin, begin > probe && n > 0 && begin[n - 1] == ')' ? n - 1 : n);
}

static void
add_regions (HwAnswerArea *self, const LessonQuestion *question)
{
  static const char *const ids[] = { "stack", "heap", "data", "constants", "code", NULL };
  const char *const words[]
      = { _ ("Stack"), _ ("Heap"), _ ("Data region"), _ ("Constants"), _ ("Code"), NULL };

  for (guint i = 0; question->probes != NULL && question->probes[i] != NULL; i++)
    {
      g_autofree char *name = dup_path (question->probes[i]);

      add_choice (self, name, ids, words);
    }
}

static void
add_faults (HwAnswerArea *self)
{
  static const char *const ids[] = { "nothing",
                                     "use-after-free",
                                     "double-free",
                                     "invalid-free",
                                     "out-of-bounds",
                                     "uninitialised-read",
                                     "null-dereference",
                                     "dangling-stack",
                                     "read-only-write",
                                     "stack-overflow",
                                     NULL };
  const char *const words[] = { _ ("Nothing: it runs to its end"),
                                _ ("Memory is used after it was freed"),
                                _ ("A block is freed twice"),
                                _ ("Something is freed that malloc did not give"),
                                _ ("A byte outside of a block is used"),
                                _ ("A value is used that was never written"),
                                _ ("NULL is followed"),
                                _ ("A variable of a returned function is used"),
                                _ ("A constant is written to"),
                                _ ("The stack is full"),
                                NULL };

  add_choice (self, _ ("What happens"), ids, words);
}

/* Places that can be pointed at, for those who do not click: blocks by address, and the variables of live frames. */
static void
add_places (HwAnswerArea *self, const Facts *facts)
{
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  GPtrArray *boxes = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (boxes, NULL);
  for (guint i = 0; facts != NULL && i < facts->blocks->len; i++)
    {
      const FactsBlock *block = &g_array_index (facts->blocks, FactsBlock, i);

      if (block->is_overwritten)
        continue;
      g_ptr_array_add (ids, g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", block->address));
      g_ptr_array_add (boxes, g_strdup_printf ("block:%u", block->number));
      g_ptr_array_add (words,
                       g_strdup_printf (_ ("Heap: %s at 0x%" PRIx64), block->type, block->address));
    }
  for (guint i = 0; facts != NULL && i < facts->frames->len; i++)
    {
      const FactsFrame *frame = &g_array_index (facts->frames, FactsFrame, i);

      for (guint32 j = 0; frame->state == FACTS_FRAME_LIVE && j < frame->n_slots; j++)
        {
          const FactsNode *slot = facts_get_node (facts, frame->first_slot + j);

          g_ptr_array_add (ids, g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", slot->address));
          g_ptr_array_add (boxes, g_strdup_printf ("slot:%u:%s", frame->depth, slot->name));
          g_ptr_array_add (words,
                           g_strdup_printf (_ ("Stack: %s of %s"), slot->name, frame->function));
        }
    }
  g_ptr_array_add (ids, NULL);
  g_ptr_array_add (words, NULL);
  add_choice (self, _ ("Click a box, or choose it here"), (const char *const *)ids->pdata,
              (const char *const *)words->pdata)
      ->boxes
      = boxes;
}

/* One list for each place in the order. */
static void
add_order (HwAnswerArea *self, const LessonQuestion *question)
{
  g_autoptr (GPtrArray) options = list_options (question);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < options->len; i++)
    {
      const LessonOption *option = g_ptr_array_index (options, i);
      g_autofree char *markup = hw_markup_from_prose (option->text);

      g_ptr_array_add (ids, option->id);
      g_ptr_array_add (words, hw_markup_strip (markup));
    }
  g_ptr_array_add (ids, NULL);
  g_ptr_array_add (words, NULL);
  for (guint i = 0; i < options->len; i++)
    {
      g_autofree char *title = g_strdup_printf (_ ("Number %u"), i + 1);

      add_choice (self, title, (const char *const *)ids->pdata, (const char *const *)words->pdata);
    }
}

static void
fill (HwAnswerArea *self, const LessonQuestion *question, const Facts *facts)
{
  switch (question->kind)
    {
    case LESSON_QUESTION_CHOOSE:
      add_options (self, question);
      break;
    case LESSON_QUESTION_ORDER:
      add_order (self, question);
      break;
    case LESSON_QUESTION_VALUE:
    case LESSON_QUESTION_COUNT:
      add_entry (self, _ ("Your answer"), NULL);
      break;
    case LESSON_QUESTION_OUTPUT:
      add_text (self, _ ("What is printed"));
      break;
    case LESSON_QUESTION_EXPLAIN:
      add_text (self, _ ("Your words"));
      break;
    case LESSON_QUESTION_POINT_TO:
      add_places (self, facts);
      break;
    case LESSON_QUESTION_REGION:
      add_regions (self, question);
      break;
    case LESSON_QUESTION_FAULT:
      add_faults (self);
      break;
    case LESSON_QUESTION_COMPILES:
      add_check (self, "yes", _ ("Yes, it compiles"), _ ("Yes, it compiles"), TRUE);
      add_check (self, "no", _ ("No"), _ ("No"), TRUE);
      add_entry (self, _ ("Line of the error"),
                 _ ("Line of the error: click it, or type its number"));
      break;
    case LESSON_QUESTION_NEXT_LINE:
    case LESSON_QUESTION_WHICH_LINE:
      add_entry (self, _ ("Line"), _ ("Click a line of the program, or type its number"));
      break;
    case LESSON_QUESTION_NONE:
      break;
    }
}

/* facts: of the moment at which it is asked (nullable), read now and not kept. */
GtkWidget *
hw_answer_area_new (const LessonQuestion *question, const Facts *facts)
{
  HwAnswerArea *self = g_object_new (HW_TYPE_ANSWER_AREA, NULL);

  self->kind = question->kind;
  fill (self, question, facts);
  return GTK_WIDGET (self);
}

/* ---- the answer ---- */

static void
add_answers (HwAnswerArea *self, GPtrArray *answer)
{
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      g_ptr_array_add (answer, g_strdup (g_ptr_array_index (self->ids, i)));
  for (guint i = 0; i < self->choices->len; i++)
    {
      const Choice *choice = g_ptr_array_index (self->choices, i);
      const char *id = g_ptr_array_index (choice->ids, gtk_drop_down_get_selected (choice->list));

      if (id != NULL)
        g_ptr_array_add (answer, g_strdup (id));
    }
  if (self->entry != NULL && gtk_editable_get_text (self->entry)[0] != '\0')
    g_ptr_array_add (answer, g_strdup (gtk_editable_get_text (self->entry)));
  if (self->text != NULL)
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text);
      GtkTextIter begin, end;

      gtk_text_buffer_get_bounds (buffer, &begin, &end);
      g_ptr_array_add (answer, gtk_text_buffer_get_text (buffer, &begin, &end, FALSE));
    }
}

/* As judge_answer() wants it. (transfer full) */
char **
hw_answer_area_dup_answer (HwAnswerArea *self)
{
  GPtrArray *answer = g_ptr_array_new ();

  g_return_val_if_fail (HW_IS_ANSWER_AREA (self), NULL);
  add_answers (self, answer);
  g_ptr_array_add (answer, NULL);
  return (char **)g_ptr_array_free (answer, FALSE);
}

/* A line of the program was clicked. FALSE: no line is asked for. */
gboolean
hw_answer_area_take_line (HwAnswerArea *self, guint line)
{
  g_autofree char *text = g_strdup_printf ("%u", line);

  g_return_val_if_fail (HW_IS_ANSWER_AREA (self), FALSE);
  if (self->kind != LESSON_QUESTION_NEXT_LINE && self->kind != LESSON_QUESTION_WHICH_LINE
      && self->kind != LESSON_QUESTION_COMPILES)
    return FALSE;
  gtk_editable_set_text (self->entry, text);
  return TRUE;
}

/* A box of the picture was clicked. FALSE: none is asked for, or this one is not in the list. */
gboolean
hw_answer_area_take_box (HwAnswerArea *self, const char *id)
{
  const Choice *choice;

  g_return_val_if_fail (HW_IS_ANSWER_AREA (self), FALSE);
  if (self->kind != LESSON_QUESTION_POINT_TO)
    return FALSE;
  choice = g_ptr_array_index (self->choices, 0);
  for (guint i = 1; i < choice->boxes->len; i++)
    if (g_strcmp0 (g_ptr_array_index (choice->boxes, i), id) == 0)
      {
        gtk_drop_down_set_selected (choice->list, i);
        return TRUE;
      }
  return FALSE;
}

/* The option of a number, from 0, as it stands there. FALSE: there is none. */
gboolean
hw_answer_area_choose (HwAnswerArea *self, guint index)
{
  GtkCheckButton *check;

  g_return_val_if_fail (HW_IS_ANSWER_AREA (self), FALSE);
  if (index >= self->checks->len)
    return FALSE;
  check = g_ptr_array_index (self->checks, index);
  gtk_check_button_set_active (check, !gtk_check_button_get_active (check));
  gtk_widget_grab_focus (GTK_WIDGET (check));
  return TRUE;
}
