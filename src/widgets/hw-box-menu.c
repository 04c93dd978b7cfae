/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a box of the picture can be asked: where in the run it was made, freed, written. Each is one look-up in the recorded run. */

#include "hw-box-menu.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>

/* What a box stands for. */
typedef struct
{
  HwSession *session; /* owned */
  guint64 address, n_bytes;
  guint32 block; /* key; 0: no heap block */
  gboolean is_leaked;
} Place;

static void
place_free (gpointer data)
{
  Place *place = data;

  g_object_unref (place->session);
  g_free (place);
}

/* ---- what an id means ---- */

static gboolean
find_block (const Facts *facts, guint number, Place *place)
{
  for (guint i = 0; i < facts->blocks->len; i++)
    {
      const FactsBlock *block = &g_array_index (facts->blocks, FactsBlock, i);

      if (block->number != number)
        continue;
      place->address = block->address;
      place->n_bytes = MAX (block->size, 1);
      place->block = block->key;
      place->is_leaked = block->state == FACTS_BLOCK_LEAKED;
      return TRUE;
    }
  return FALSE;
}

static gboolean
take_node (const Facts *facts, guint32 index, Place *place)
{
  const FactsNode *node = facts_get_node (facts, index);

  place->address = node->address;
  place->n_bytes = MAX (node->size, 1);
  return TRUE;
}

static gboolean
find_slot (const Facts *facts, guint depth, const char *name, Place *place)
{
  for (guint i = 0; i < facts->frames->len; i++)
    {
      const FactsFrame *frame = &g_array_index (facts->frames, FactsFrame, i);

      for (guint32 j = 0; frame->depth == depth && j < frame->n_slots; j++)
        if (strcmp (facts_get_node (facts, frame->first_slot + j)->name, name) == 0)
          return take_node (facts, frame->first_slot + j, place);
    }
  return FALSE;
}

static gboolean
find_global (const Facts *facts, const char *name, Place *place)
{
  for (guint i = 0; i < facts->globals->len; i++)
    {
      const FactsGlobal *global = &g_array_index (facts->globals, FactsGlobal, i);

      if (g_strcmp0 (global->name, name) == 0)
        return take_node (facts, global->root, place);
    }
  return FALSE;
}

/* id: see SceneBox.id */
static gboolean
find_place (const Facts *facts, const char *id, Place *place)
{
  guint number;
  int n = 0;

  if (sscanf (id, "block:%u", &number) == 1)
    return find_block (facts, number, place);
  if (sscanf (id, "slot:%u:%n", &number, &n) == 1 && n > 0)
    return find_slot (facts, number, id + n, place);
  if (g_str_has_prefix (id, "global:"))
    return find_global (facts, id + strlen ("global:"), place);
  return FALSE;
}

/* ---- asking ---- */

static void
allocated_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Place *place = data;

  hw_session_go_to_block (place->session, place->block, HW_BLOCK_ALLOCATED);
}

static void
freed_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Place *place = data;

  hw_session_go_to_block (place->session, place->block, HW_BLOCK_FREED);
}

static void
lost_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Place *place = data;

  hw_session_go_to_block (place->session, place->block, HW_BLOCK_LOST);
}

static void
written_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Place *place = data;

  hw_session_go_to_change (place->session, HW_TOUCH_WRITE, place->address, place->n_bytes, FALSE);
}

static void
changes_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  Place *place = data;

  hw_session_go_to_change (place->session, HW_TOUCH_CHANGE, place->address, place->n_bytes, TRUE);
}

static const GActionEntry entries[] = {
  { .name = "allocated", .activate = allocated_cb }, { .name = "freed", .activate = freed_cb },
  { .name = "lost", .activate = lost_cb },           { .name = "written", .activate = written_cb },
  { .name = "changes", .activate = changes_cb },
};

/* The menu of a box of the moment that is shown, without a parent yet (floating); NULL: it can be asked nothing. */
GtkWidget *
hw_box_menu_new (HwSession *session, const char *id)
{
  HwMoment *moment = hw_session_get_moment (session);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GSimpleActionGroup) actions = g_simple_action_group_new ();
  Place *place = g_new0 (Place, 1);
  GtkWidget *popover;

  place->session = g_object_ref (session);
  if (moment == NULL || !find_place (moment->facts, id, place))
    {
      place_free (place);
      return NULL;
    }
  if (place->block != 0)
    {
      g_menu_append (menu, _ ("Go to where this was _allocated"), "box.allocated");
      g_menu_append (menu, _ ("Go to where this is _freed"), "box.freed");
    }
  if (place->is_leaked)
    g_menu_append (menu, _ ("Go to where its last _pointer went"), "box.lost");
  g_menu_append (menu, _ ("Go to where this was last _written"), "box.written");
  g_menu_append (menu, _ ("Go to where this will _change next"), "box.changes");
  g_action_map_add_action_entries (G_ACTION_MAP (actions), entries, G_N_ELEMENTS (entries), place);
  popover = gtk_popover_menu_new_from_model (G_MENU_MODEL (menu));
  gtk_widget_insert_action_group (popover, "box", G_ACTION_GROUP (actions));
  g_object_set_data_full (G_OBJECT (popover), "place", place, place_free);
  return popover;
}
