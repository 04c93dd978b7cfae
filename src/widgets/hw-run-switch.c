/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HwRunSwitch: see hw-run-switch.h. */

#include "hw-run-switch.h"

#include <glib/gi18n-lib.h>

#define MAX_BUTTONS 3

/* A title gives way down to so many letters where the pane is narrow; its tooltip has it whole. */
#define MIN_TITLE_CHARS 6

struct _HwRunSwitch
{
  GtkWidget parent_instance;

  GtkWidget *bar;
  GtkBox *buttons;
  GtkDropDown *list;
  guint n_runs;
  guint chosen;
  gboolean is_setting; /* the program sets it, not the learner */
};

enum
{
  SIGNAL_CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwRunSwitch, hw_run_switch, GTK_TYPE_WIDGET)

/* ---- choosing ---- */

static void
choose (HwRunSwitch *self, guint index)
{
  if (self->is_setting || index == self->chosen || index >= self->n_runs)
    return;
  self->chosen = index;
  g_signal_emit (self, signals[SIGNAL_CHOSEN], 0, index);
}

static void
toggled_cb (HwRunSwitch *self, GtkToggleButton *button)
{
  guint index = 0;

  if (!gtk_toggle_button_get_active (button))
    return;
  for (GtkWidget *before = gtk_widget_get_prev_sibling (GTK_WIDGET (button)); before != NULL;
       before = gtk_widget_get_prev_sibling (before))
    index++;
  choose (self, index);
}

static void
selected_cb (HwRunSwitch *self)
{
  choose (self, gtk_drop_down_get_selected (self->list));
}

static GtkWidget *
get_button (HwRunSwitch *self, guint index)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (self->buttons));

  for (guint i = 0; i < index && button != NULL; i++)
    button = gtk_widget_get_next_sibling (button);
  return button;
}

/* ---- the runs ---- */

static void
add_button (HwRunSwitch *self, const char *title)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->buttons));
  GtkWidget *button = gtk_toggle_button_new ();
  GtkWidget *label = gtk_label_new (title);
  g_autofree char *tooltip = g_strdup_printf (/* Translators: %s is the title of a run. */
                                              _ ("%s (Alt+R: the next run)"), title);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_width_chars (GTK_LABEL (label), MIN_TITLE_CHARS);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_set_tooltip_text (button, tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
                                  -1);
  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), GTK_TOGGLE_BUTTON (first));
  g_signal_connect_object (button, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
  gtk_box_append (self->buttons, button);
}

static void
remove_buttons (HwRunSwitch *self)
{
  GtkWidget *button;

  while ((button = gtk_widget_get_first_child (GTK_WIDGET (self->buttons))) != NULL)
    gtk_box_remove (self->buttons, button);
}

static void
hw_run_switch_dispose (GObject *object)
{
  HwRunSwitch *self = HW_RUN_SWITCH (object);

  g_clear_pointer (&self->bar, gtk_widget_unparent);
  G_OBJECT_CLASS (hw_run_switch_parent_class)->dispose (object);
}

static void
hw_run_switch_class_init (HwRunSwitchClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_run_switch_dispose;

  signals[SIGNAL_CHOSEN] = g_signal_new ("chosen", HW_TYPE_RUN_SWITCH, G_SIGNAL_RUN_LAST, 0, NULL,
                                         NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/heapwise/Heapwise/hw-run-switch.ui");
  gtk_widget_class_bind_template_child (widget_class, HwRunSwitch, bar);
  gtk_widget_class_bind_template_child (widget_class, HwRunSwitch, buttons);
  gtk_widget_class_bind_template_child (widget_class, HwRunSwitch, list);
  gtk_widget_class_bind_template_callback (widget_class, selected_cb);
  gtk_widget_class_set_css_name (widget_class, "runswitch");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
hw_run_switch_init (HwRunSwitch *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
hw_run_switch_new (void)
{
  return g_object_new (HW_TYPE_RUN_SWITCH, NULL);
}

/* runs: of HwRun. The first is chosen; with fewer than two there is nothing to see. */
void
hw_run_switch_set_runs (HwRunSwitch *self, GPtrArray *runs)
{
  gboolean has_buttons = runs->len <= MAX_BUTTONS;
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  g_return_if_fail (HW_IS_RUN_SWITCH (self));
  self->is_setting = TRUE;
  remove_buttons (self);
  for (guint i = 0; i < runs->len; i++)
    {
      const HwRun *run = g_ptr_array_index (runs, i);

      if (has_buttons)
        add_button (self, run->title);
      gtk_string_list_append (titles, run->title);
    }
  gtk_drop_down_set_model (self->list, G_LIST_MODEL (titles));
  gtk_widget_set_visible (GTK_WIDGET (self->buttons), has_buttons);
  gtk_widget_set_visible (GTK_WIDGET (self->list), !has_buttons);
  gtk_widget_set_visible (GTK_WIDGET (self), runs->len > 1);
  self->n_runs = runs->len;
  self->is_setting = FALSE;
  hw_run_switch_set_chosen (self, 0);
}

/* Shows that this run is chosen; nobody is told. */
void
hw_run_switch_set_chosen (HwRunSwitch *self, guint index)
{
  GtkWidget *button;

  g_return_if_fail (HW_IS_RUN_SWITCH (self));
  self->is_setting = TRUE;
  self->chosen = index;
  button = get_button (self, index);
  if (button != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  gtk_drop_down_set_selected (self->list, index);
  self->is_setting = FALSE;
}

/* Puts the keyboard on the chosen run. */
void
hw_run_switch_focus (HwRunSwitch *self)
{
  GtkWidget *button;

  g_return_if_fail (HW_IS_RUN_SWITCH (self));
  button = get_button (self, self->chosen);
  gtk_widget_grab_focus (button != NULL ? button : GTK_WIDGET (self->list));
}
