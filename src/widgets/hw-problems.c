/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HwProblems: see hw-problems.h. */

#include "hw-problems.h"

#include <glib/gi18n-lib.h>

#include "hw-words.h"

#define KEY_LINE "hw-line"
#define KEY_COLUMN "hw-column"

struct _HwProblems
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkListBox *list;
};

enum
{
  SIGNAL_GO_TO,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwProblems, hw_problems, GTK_TYPE_WIDGET)

static void
row_activated_cb (HwProblems *self, GtkListBoxRow *row)
{
  guint line = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), KEY_LINE));
  guint column = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), KEY_COLUMN));

  if (line > 0)
    g_signal_emit (self, signals[SIGNAL_GO_TO], 0, line, column);
}

static GtkWidget *
make_label (const char *sentence, const char *style)
{
  g_autofree char *markup = hw_words_to_markup (sentence);
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_markup (GTK_LABEL (label), markup);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static void
add_problem (HwProblems *self, const TextDiagnostic *diagnostic, TextMap *map)
{
  g_autofree char *sentence = hw_words_dup_diagnostic (diagnostic);
  g_autofree char *plain = hw_words_to_plain (sentence);
  TextPlace place = map != NULL ? text_map_place (map, diagnostic->span.begin) : (TextPlace){ 0 };
  g_autofree char *where = place.line > 0 ? g_strdup_printf (_ ("Line %u"), place.line) : NULL;
  g_autofree char *name = where != NULL ? g_strdup_printf ("%s: %s", where, plain) : NULL;
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_box_append (GTK_BOX (box), make_label (sentence, NULL));
  if (diagnostic->help != NULL)
    {
      g_autofree char *help = text_message_word (diagnostic->help);

      gtk_box_append (GTK_BOX (box), make_label (help, "dim-label"));
    }
  if (where != NULL)
    gtk_box_append (GTK_BOX (box), make_label (where, "caption"));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  g_object_set_data (G_OBJECT (row), KEY_LINE, GUINT_TO_POINTER (place.line));
  g_object_set_data (G_OBJECT (row), KEY_COLUMN, GUINT_TO_POINTER (place.column));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name != NULL ? name : plain, -1);
  gtk_list_box_append (self->list, row);
}

static void
remove_problems (HwProblems *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

static void
hw_problems_dispose (GObject *object)
{
  HwProblems *self = HW_PROBLEMS (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (hw_problems_parent_class)->dispose (object);
}

static void
hw_problems_class_init (HwProblemsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_problems_dispose;

  signals[SIGNAL_GO_TO] = g_signal_new ("go-to", HW_TYPE_PROBLEMS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/heapwise/Heapwise/hw-problems.ui");
  gtk_widget_class_bind_template_child (widget_class, HwProblems, scroller);
  gtk_widget_class_bind_template_child (widget_class, HwProblems, list);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
  gtk_widget_class_set_css_name (widget_class, "problems");
}

static void
hw_problems_init (HwProblems *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_problems_new (void)
{
  return g_object_new (HW_TYPE_PROBLEMS, NULL);
}

/* Lists findings and, last, the fault; (nullable) all. Returns how many there are. */
guint
hw_problems_set (HwProblems *self, GPtrArray *diagnostics, const TextDiagnostic *fault,
                 TextMap *map)
{
  guint n = diagnostics != NULL ? diagnostics->len : 0;

  g_return_val_if_fail (HW_IS_PROBLEMS (self), 0);
  remove_problems (self);
  for (guint i = 0; i < n; i++)
    add_problem (self, diagnostics->pdata[i], map);
  if (fault != NULL)
    add_problem (self, fault, map);
  return n + (fault != NULL);
}
