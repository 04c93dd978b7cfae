/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "hw-memory-box.h"

#include "scene/scene.h"

struct _HwMemoryBox
{
  GtkWidget parent_instance;
  guint32 item;
};

G_DEFINE_FINAL_TYPE (HwMemoryBox, hw_memory_box, GTK_TYPE_WIDGET)

static void
hw_memory_box_class_init (HwMemoryBoxClass *klass)
{
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "memorybox");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_LIST_ITEM);
}

static void
hw_memory_box_init (HwMemoryBox *self)
{
  self->item = SCENE_NO_ITEM;
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  /* The picture below answers the pointer. */
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
hw_memory_box_new (void)
{
  return g_object_new (HW_TYPE_MEMORY_BOX, NULL);
}

/* Makes it stand for another item of the scene. */
void
hw_memory_box_set (HwMemoryBox *self, guint32 item, const char *words)
{
  self->item = item;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
}

guint32
hw_memory_box_get_item (HwMemoryBox *self)
{
  return self->item;
}
