/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HwTransport: see hw-transport.h. Signal "seek" (guint64 step). Its buttons are actions of the window. */

#include "hw-transport.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>

#include "hw-timeline.h"

struct _HwTransport
{
  GtkWidget parent_instance;

  GtkWidget *bar;
  GtkWidget *step;
  HwTimeline *timeline;
  GtkMenuButton *where;
  GtkLabel *place;
  GtkPopover *popover;
  GtkEntry *entry;
  GtkWidget *run, *stop;
};

enum
{
  SIGNAL_SEEK,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HwTransport, hw_transport, GTK_TYPE_WIDGET)

static void
seek_cb (HwTransport *self, guint64 step)
{
  g_signal_emit (self, signals[SIGNAL_SEEK], 0, step);
}

static void
entry_activated_cb (HwTransport *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  guint64 step;

  if (!g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &step, NULL))
    {
      gtk_widget_error_bell (GTK_WIDGET (self->entry));
      return;
    }
  gtk_popover_popdown (self->popover);
  g_signal_emit (self, signals[SIGNAL_SEEK], 0, step);
}

static void
hw_transport_dispose (GObject *object)
{
  HwTransport *self = HW_TRANSPORT (object);

  g_clear_pointer (&self->bar, gtk_widget_unparent);
  G_OBJECT_CLASS (hw_transport_parent_class)->dispose (object);
}

static void
hw_transport_class_init (HwTransportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_transport_dispose;

  signals[SIGNAL_SEEK] = g_signal_new ("seek", HW_TYPE_TRANSPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                       NULL, G_TYPE_NONE, 1, G_TYPE_UINT64);

  g_type_ensure (HW_TYPE_TIMELINE);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/heapwise/Heapwise/hw-transport.ui");
  gtk_widget_class_bind_template_child (widget_class, HwTransport, bar);
  gtk_widget_class_bind_template_child (widget_class, HwTransport, step);
  gtk_widget_class_bind_template_child (widget_class, HwTransport, timeline);
  gtk_widget_class_bind_template_child (widget_class, HwTransport, where);
  gtk_widget_class_bind_template_child (widget_class, HwTransport, place);
  gtk_widget_class_bind_template_child (widget_class, HwTransport, popover);
  gtk_widget_class_bind_template_child (widget_class, HwTransport, entry);
  gtk_widget_class_bind_template_child (widget_class, HwTransport, run);
  gtk_widget_class_bind_template_child (widget_class, HwTransport, stop);
  gtk_widget_class_bind_template_callback (widget_class, seek_cb);
  gtk_widget_class_bind_template_callback (widget_class, entry_activated_cb);
  gtk_widget_class_set_css_name (widget_class, "transport");
}

static void
hw_transport_init (HwTransport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  hw_transport_set_moment (self, NULL);
}

GtkWidget *
hw_transport_new (void)
{
  return g_object_new (HW_TYPE_TRANSPORT, NULL);
}

/* (transfer full) */
static char *
word_place (HwMoment *moment)
{
  if (moment == NULL)
    return g_strdup (_ ("No run yet"));
  if (moment->line == 0)
    return g_strdup_printf (_ ("End · step %" PRIu64 " of %" PRIu64), moment->step,
                            moment->n_steps);
  return g_strdup_printf (_ ("Line %u · step %" PRIu64 " of %" PRIu64), moment->line, moment->step,
                          moment->n_steps);
}

/* Where the learner is; NULL: nowhere yet. */
void
hw_transport_set_moment (HwTransport *self, HwMoment *moment)
{
  g_autofree char *place = word_place (moment);
  g_autofree char *name = NULL;

  g_return_if_fail (HW_IS_TRANSPORT (self));
  name = g_strdup_printf (_ ("%s, go to a step"), place);
  gtk_label_set_label (self->place, place);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->where), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  hw_timeline_set_position (self->timeline, moment != NULL ? moment->step : 0,
                            moment != NULL ? moment->n_steps : 0);
}

void
hw_transport_set_marks (HwTransport *self, GArray *marks)
{
  g_return_if_fail (HW_IS_TRANSPORT (self));
  hw_timeline_set_marks (self->timeline, marks);
}

/* What comes behind a step is hidden, since it would tell the answer; 0: nothing is. */
void
hw_transport_set_horizon (HwTransport *self, guint64 step)
{
  g_return_if_fail (HW_IS_TRANSPORT (self));
  hw_timeline_set_horizon (self->timeline, step);
}

/* While a program runs, Stop stands where Run again was. */
void
hw_transport_set_running (HwTransport *self, gboolean is_running)
{
  g_return_if_fail (HW_IS_TRANSPORT (self));
  gtk_widget_set_visible (self->run, !is_running);
  gtk_widget_set_visible (self->stop, is_running);
}

/* Opens the field for a step's number. */
void
hw_transport_ask_step (HwTransport *self)
{
  g_return_if_fail (HW_IS_TRANSPORT (self));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  gtk_menu_button_popup (self->where);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void
hw_transport_focus (HwTransport *self)
{
  g_return_if_fail (HW_IS_TRANSPORT (self));
  if (!gtk_widget_grab_focus (self->step))
    gtk_widget_grab_focus (GTK_WIDGET (self->timeline));
}
