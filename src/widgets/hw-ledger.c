/* SPDX-License-Identifier: GPL-3.0-or-later */

/* HwLedger: see hw-ledger.h. Each meter is a number above its word; a screen reader hears them as one. */

#include "hw-ledger.h"

#include <glib/gi18n-lib.h>

typedef enum
{
  METER_ALLOCATIONS,
  METER_FREES,
  METER_LIVE,
  METER_PEAK,
  METER_COPIED,
  METER_LEFT,
  N_METERS,
} Meter;

struct _HwLedger
{
  GtkWidget parent_instance;

  GtkFlowBox *meters;
  GtkLabel *numbers[N_METERS];
  GtkLabel *words[N_METERS];
};

G_DEFINE_FINAL_TYPE (HwLedger, hw_ledger, GTK_TYPE_WIDGET)

static void
add_meter (HwLedger *self, Meter meter)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *number = gtk_label_new ("0");
  GtkWidget *word = gtk_label_new ("");
  GtkWidget *child = gtk_flow_box_child_new ();

  gtk_label_set_xalign (GTK_LABEL (number), 0);
  gtk_label_set_xalign (GTK_LABEL (word), 0);
  gtk_label_set_ellipsize (GTK_LABEL (word), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (number, "meter");
  gtk_widget_add_css_class (word, "caption");
  gtk_box_append (GTK_BOX (box), number);
  gtk_box_append (GTK_BOX (box), word);
  gtk_flow_box_child_set_child (GTK_FLOW_BOX_CHILD (child), box);
  gtk_widget_set_focusable (child, FALSE);
  gtk_flow_box_append (self->meters, child);
  self->numbers[meter] = GTK_LABEL (number);
  self->words[meter] = GTK_LABEL (word);
}

/* Takes the number's words. */
static void
set_meter (HwLedger *self, Meter meter, char *number, const char *word)
{
  g_autofree char *whole = g_strdup_printf ("%s %s", number, word);
  GtkWidget *child
      = gtk_widget_get_parent (gtk_widget_get_parent (GTK_WIDGET (self->words[meter])));

  gtk_label_set_label (self->numbers[meter], number);
  gtk_label_set_label (self->words[meter], word);
  gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, whole, -1);
  g_free (number);
}

static char *
word_number (guint64 number)
{
  return g_strdup_printf ("%" G_GUINT64_FORMAT, number);
}

static char *
word_bytes (guint64 n_bytes)
{
  /* Translators: B is the sign for bytes */
  return g_strdup_printf (_ ("%" G_GUINT64_FORMAT " B"), n_bytes);
}

static void
hw_ledger_dispose (GObject *object)
{
  HwLedger *self = HW_LEDGER (object);

  if (self->meters != NULL)
    gtk_widget_unparent (GTK_WIDGET (self->meters));
  self->meters = NULL;
  G_OBJECT_CLASS (hw_ledger_parent_class)->dispose (object);
}

static void
hw_ledger_class_init (HwLedgerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = hw_ledger_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/heapwise/Heapwise/hw-ledger.ui");
  gtk_widget_class_bind_template_child (widget_class, HwLedger, meters);
  gtk_widget_class_set_css_name (widget_class, "ledger");
}

static void
hw_ledger_init (HwLedger *self)
{
  FactsLedger empty = { 0 };

  gtk_widget_init_template (GTK_WIDGET (self));
  for (Meter meter = 0; meter < N_METERS; meter++)
    add_meter (self, meter);
  hw_ledger_set (self, &empty);
}

GtkWidget *
hw_ledger_new (void)
{
  return g_object_new (HW_TYPE_LEDGER, NULL);
}

void
hw_ledger_set (HwLedger *self, const FactsLedger *ledger)
{
  g_return_if_fail (HW_IS_LEDGER (self));
  set_meter (self, METER_ALLOCATIONS, word_number (ledger->n_allocations),
             ngettext ("allocation", "allocations", ledger->n_allocations));
  set_meter (self, METER_FREES, word_number (ledger->n_frees),
             ngettext ("free", "frees", ledger->n_frees));
  set_meter (self, METER_LIVE, word_bytes (ledger->live_bytes), _ ("live now"));
  set_meter (self, METER_PEAK, word_bytes (ledger->peak_bytes), _ ("peak"));
  set_meter (self, METER_COPIED, word_bytes (ledger->copied_bytes), _ ("copied"));
  set_meter (self, METER_LEFT, word_number (ledger->live_blocks), _ ("still to free"));
}
