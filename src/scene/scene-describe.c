/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture in words: a sentence for each box, for tooltips and screen readers, and a whole state as plain text. */

#include "scene.h"

#include <inttypes.h>
#include <glib/gi18n-lib.h>
#include <string.h>

#define MOST_CHILDREN 16

static const FactsBlock *
find_block (const Facts *facts, guint32 key)
{
  for (guint i = 0; key != 0 && i < facts->blocks->len; i++)
    {
      const FactsBlock *block = &g_array_index (facts->blocks, FactsBlock, i);

      if (block->key == key)
        return block;
    }
  return NULL;
}

/* "main.x", "list.next", "a[3]": how one would write the value. */
static char *
dup_path (const Facts *facts, guint32 index)
{
  const FactsNode *node = facts_get_node (facts, index);
  g_autofree char *above = NULL;

  if (node->parent == FACTS_NO_NODE)
    return g_strdup (node->name);
  above = dup_path (facts, node->parent);
  if (node->name[0] == '[' || above[0] == '\0')
    return g_strconcat (above, node->name, NULL);
  return g_strconcat (above, ".", node->name, NULL);
}

/* What a pointer leads to: "points to block 1, freed on line 18". */
static char *
word_target (const Facts *facts, const FactsNode *node)
{
  const FactsBlock *block = find_block (facts, node->target_block);

  if (block != NULL && block->state == FACTS_BLOCK_FREED)
    return g_strdup_printf (_ ("points to block %u, freed on line %u"), block->number,
                            block->freed_line);
  if (block != NULL && (node->flags & FACTS_OUTSIDE) != 0)
    return g_strdup_printf (_ ("points outside of block %u"), block->number);
  if (block != NULL)
    return g_strdup_printf (_ ("points to block %u"), block->number);
  if ((node->flags & FACTS_DANGLING) != 0)
    return g_strdup (_ ("points to a variable that is gone"));
  if ((node->flags & FACTS_WILD) != 0)
    return g_strdup_printf (_ ("holds %s, which is the address of nothing"), node->text);
  if (node->target_node != FACTS_NO_NODE)
    {
      g_autofree char *path = dup_path (facts, node->target_node);

      if (path[0] != '\0')
        return g_strdup_printf (_ ("points to %s"), path);
      return g_strdup_printf (_ ("points to %s"), facts_get_node (facts, node->target_node)->text);
    }
  return g_strdup_printf (_ ("points to %s"), node->text);
}

static char *
word_value (const Facts *facts, const FactsNode *node)
{
  if ((node->flags & FACTS_NOT_LIVE) != 0)
    return g_strdup (_ ("not there yet"));
  if ((node->flags & FACTS_UNDEFINED) != 0)
    return g_strdup (_ ("no value yet"));
  if ((node->flags & FACTS_NULL) != 0)
    return g_strdup (_ ("NULL"));
  if ((node->flags & FACTS_POINTER) != 0)
    return word_target (facts, node);
  if (node->text[0] != '\0')
    return g_strdup (node->text);
  if (node->kind == IR_TYPE_ARRAY)
    return g_strdup_printf (
        ngettext ("%" PRIu64 " element", "%" PRIu64 " elements", node->n_elements),
        node->n_elements);
  return g_strdup_printf (ngettext ("%u field", "%u fields", node->n_children), node->n_children);
}

static char *
describe_node (const Facts *facts, guint32 index)
{
  const FactsNode *node = facts_get_node (facts, index);
  g_autofree char *path = dup_path (facts, index);
  g_autofree char *value = word_value (facts, node);
  GString *words = g_string_new (path);

  if (words->len > 0)
    g_string_append (words, ", ");
  g_string_append_printf (words, "%s, %s", node->type, value);
  if ((node->flags & FACTS_CHANGED) != 0)
    g_string_append_printf (words, ", %s", _ ("changed in this step"));
  if ((node->flags & FACTS_FAULT) != 0)
    g_string_append_printf (words, ", %s", _ ("the fault went through it"));
  return g_string_free (words, FALSE);
}

static void
append_state (GString *words, const FactsBlock *block)
{
  switch (block->state)
    {
    case FACTS_BLOCK_LIVE:
      g_string_append (words, _ ("live"));
      break;
    case FACTS_BLOCK_FREED:
      g_string_append_printf (words, _ ("freed on line %u"), block->freed_line);
      break;
    case FACTS_BLOCK_LEAKED:
      if (block->lost_line > 0)
        g_string_append_printf (words, _ ("leaked, last pointer lost on line %u"),
                                block->lost_line);
      else
        g_string_append (words, _ ("leaked"));
      break;
    }
}

static char *
describe_block (const Facts *facts, const FactsBlock *block)
{
  GString *words = g_string_new (NULL);

  g_string_append_printf (words, _ ("block %u"), block->number);
  if (block->type != NULL)
    g_string_append_printf (words, ", %s", block->type);
  g_string_append_printf (
      words, ngettext (", %" PRIu64 " byte, ", ", %" PRIu64 " bytes, ", block->size), block->size);
  append_state (words, block);
  if (block->allocated_line > 0)
    g_string_append_printf (words, _ (", allocated on line %u"), block->allocated_line);
  if (block->root != FACTS_NO_NODE && facts_get_node (facts, block->root)->text[0] != '\0')
    g_string_append_printf (words, ", %s", facts_get_node (facts, block->root)->text);
  return g_string_free (words, FALSE);
}

static char *
describe_frame (const FactsFrame *frame)
{
  if (frame->state == FACTS_FRAME_POPPED)
    return g_strdup_printf (_ ("%s, has returned"), frame->function);
  return g_strdup_printf (_ ("call of %s, at line %u"), frame->function, frame->line);
}

static char *
describe_region (const Facts *facts, FactsRegion region)
{
  if (region == FACTS_REGION_HEAP)
    return g_strdup_printf (ngettext ("heap, %" PRIu64 " live block",
                                      "heap, %" PRIu64 " live blocks", facts->ledger.live_blocks),
                            facts->ledger.live_blocks);
  return g_strdup (_ ("data region"));
}

char *
scene_describe (const Scene *scene, guint32 item)
{
  const Facts *facts = scene->facts;
  const SceneBox *box = &scene_get_item (scene, item)->box;

  switch (box->about)
    {
    case SCENE_ABOUT_NOTHING:
      return NULL;
    case SCENE_ABOUT_REGION:
      return describe_region (facts, box->index);
    case SCENE_ABOUT_FRAME:
      return describe_frame (&g_array_index (facts->frames, FactsFrame, box->index));
    case SCENE_ABOUT_BLOCK:
      return describe_block (facts, &g_array_index (facts->blocks, FactsBlock, box->index));
    case SCENE_ABOUT_GLOBAL:
      return describe_node (facts, g_array_index (facts->globals, FactsGlobal, box->index).root);
    case SCENE_ABOUT_NODE:
      return describe_node (facts, box->index);
    case SCENE_ABOUT_GROUP:
      return g_strdup_printf (ngettext ("%u block: %s", "%u blocks: %s", box->index), box->index,
                              box->id + strlen ("group:0:"));
    }
  return NULL;
}

/* ---- the whole state ---- */

static void append_node (GString *text, const Facts *facts, guint32 index, guint indent);

static void
append_rest (GString *text, guint indent, guint n)
{
  g_string_append_printf (text, "%*s", (int)indent * 2, "");
  /* Translators: so many elements or blocks are not listed. */
  g_string_append_printf (text, _ ("… %u more"), n);
  g_string_append_c (text, '\n');
}

static void
append_children (GString *text, const Facts *facts, const FactsNode *node, guint indent)
{
  guint32 n = MIN (node->n_children, MOST_CHILDREN);

  for (guint32 i = 0; i < n; i++)
    append_node (text, facts, node->first_child + i, indent);
  if (node->n_children > n)
    append_rest (text, indent, node->n_children - n);
}

static void
append_node (GString *text, const Facts *facts, guint32 index, guint indent)
{
  const FactsNode *node = facts_get_node (facts, index);
  g_autofree char *value = word_value (facts, node);

  g_string_append_printf (text, "%*s%c %-10s %-14s 0x%04" G_GINT64_MODIFIER "x  %s\n",
                          (int)indent * 2, "", (node->flags & FACTS_CHANGED) != 0 ? '*' : ' ',
                          node->name, node->type, node->address, value);
  if (node->text[0] == '\0')
    append_children (text, facts, node, indent + 1);
}

static void
append_frames (GString *text, const Facts *facts)
{
  g_string_append_printf (text, "%s\n", _ ("Stack"));
  for (guint i = 0; i < facts->frames->len; i++)
    {
      const FactsFrame *frame = &g_array_index (facts->frames, FactsFrame, i);
      g_autofree char *words = describe_frame (frame);

      g_string_append_printf (text, "  %s\n", words);
      for (guint32 j = 0; j < frame->n_slots && frame->state == FACTS_FRAME_LIVE; j++)
        append_node (text, facts, frame->first_slot + j, 2);
    }
}

static void
append_blocks (GString *text, const Facts *facts)
{
  guint n = MIN (facts->blocks->len, 200);

  g_string_append_printf (text, "%s\n", _ ("Heap"));
  for (guint i = 0; i < n; i++)
    {
      const FactsBlock *block = &g_array_index (facts->blocks, FactsBlock, i);
      g_autofree char *words = NULL;

      if (block->is_overwritten)
        continue;
      words = describe_block (facts, block);
      g_string_append_printf (text, "  %s\n", words);
      if (block->root != FACTS_NO_NODE && facts_get_node (facts, block->root)->text[0] == '\0')
        append_children (text, facts, facts_get_node (facts, block->root), 2);
    }
  if (facts->blocks->len > n)
    append_rest (text, 1, facts->blocks->len - n);
}

char *
scene_to_text (const Facts *facts)
{
  GString *text = g_string_new (NULL);

  append_frames (text, facts);
  append_blocks (text, facts);
  g_string_append_printf (text, "%s\n", _ ("Data region"));
  for (guint i = 0; i < facts->globals->len; i++)
    append_node (text, facts, g_array_index (facts->globals, FactsGlobal, i).root, 1);
  return g_string_free (text, FALSE);
}
