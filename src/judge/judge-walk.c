/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a probe's path leads in a state: from node to node of the facts, a step at a time; a step that leads nowhere says so. */

#include "judge-probe-private.h"

#include <string.h>

/* ---- trouble ---- */

/* FALSE, with trouble. more: (nullable) */
gboolean
judge_walk_complain (JudgeWalk *self, TextMessageId id, const char *part, const char *more)
{
  if (more != NULL)
    *self->trouble = text_message_new (id, "sss", self->probe->text, part, more);
  else
    *self->trouble = text_message_new (id, "ss", self->probe->text, part);
  return FALSE;
}

/* The probe's text up to a step. (transfer full) */
static char *
dup_part (const JudgeWalk *self, const JudgeStep *step)
{
  return step->begin == 0 ? g_strdup (self->probe->text)
                          : g_strndup (self->probe->text, step->begin);
}

const FactsNode *
judge_walk_get_node (const JudgeWalk *self)
{
  return facts_get_node (self->facts, self->node);
}

/* ---- names ---- */

static gboolean
find_in_frame (JudgeWalk *self, const FactsFrame *frame, const char *name)
{
  guint32 found = FACTS_NO_NODE;

  for (guint32 i = 0; i < frame->n_slots; i++)
    {
      const FactsNode *node = facts_get_node (self->facts, frame->first_slot + i);

      /* Of two with one name the inner one is meant, while it lives. */
      if (strcmp (node->name, name) == 0
          && (found == FACTS_NO_NODE || (node->flags & FACTS_NOT_LIVE) == 0))
        found = frame->first_slot + i;
    }
  if (found != FACTS_NO_NODE)
    self->node = found;
  return found != FACTS_NO_NODE;
}

/* The newest frame of a function, or the newest of all. */
static const FactsFrame *
find_frame (const JudgeWalk *self, const char *function)
{
  for (guint i = self->facts->frames->len; i-- > 0;)
    {
      const FactsFrame *frame = &g_array_index (self->facts->frames, FactsFrame, i);

      if (frame->state == FACTS_FRAME_LIVE && strcmp (frame->function, function) == 0)
        return frame;
    }
  return NULL;
}

static gboolean
find_global (JudgeWalk *self, const char *name)
{
  for (guint i = 0; i < self->facts->globals->len; i++)
    {
      const FactsGlobal *global = &g_array_index (self->facts->globals, FactsGlobal, i);

      if (global->name != NULL && strcmp (global->name, name) == 0)
        {
          self->node = global->root;
          return TRUE;
        }
    }
  return FALSE;
}

/* A variable: of the newest frame that has one of that name, else a global one. */
static gboolean
find_variable (JudgeWalk *self, const char *name)
{
  for (guint i = self->facts->frames->len; i-- > 0;)
    {
      const FactsFrame *frame = &g_array_index (self->facts->frames, FactsFrame, i);

      if (frame->state == FACTS_FRAME_LIVE && find_in_frame (self, frame, name))
        return TRUE;
    }
  return find_global (self, name);
}

/* The first step, and the second one too where the first names a frame. How many were taken, 0: there is nothing. */
static guint
begin (JudgeWalk *self)
{
  const JudgeStep *first = &g_array_index (self->probe->steps, JudgeStep, 0);
  const JudgeStep *second = self->probe->steps->len > 1 ? first + 1 : NULL;
  const FactsFrame *frame;

  if (second == NULL || second->kind != JUDGE_STEP_FIELD || find_variable (self, first->name))
    {
      if (!find_variable (self, first->name))
        return judge_walk_complain (self, TEXT_PROBE_NO_VARIABLE, first->name, NULL);
      return 1;
    }
  if (strcmp (first->name, "global") == 0)
    {
      if (!find_global (self, second->name))
        return judge_walk_complain (self, TEXT_PROBE_NO_VARIABLE, second->name, NULL);
      return 2;
    }
  frame = find_frame (self, first->name);
  if (frame == NULL)
    return judge_walk_complain (self, TEXT_PROBE_NO_FRAME, first->name, NULL);
  if (!find_in_frame (self, frame, second->name))
    return judge_walk_complain (self, TEXT_PROBE_NO_VARIABLE, second->name, NULL);
  return 2;
}

/* ---- steps ---- */

static gboolean
follow (JudgeWalk *self, const JudgeStep *step)
{
  const FactsNode *node = judge_walk_get_node (self);
  g_autofree char *part = dup_part (self, step);

  if (!(node->flags & FACTS_POINTER))
    return judge_walk_complain (self, TEXT_PROBE_NO_POINTER, part, node->type);
  if (node->flags & FACTS_NULL)
    return judge_walk_complain (self, TEXT_PROBE_NULL, part, NULL);
  if (node->target_node == FACTS_NO_NODE)
    return judge_walk_complain (self, TEXT_PROBE_LEADS_NOWHERE, part, NULL);
  self->node = node->target_node;
  return TRUE;
}

/* Where everything is a reference, a dot follows one; so it does to what a view is of. */
static gboolean
follow_reference (JudgeWalk *self, const JudgeStep *step)
{
  const FactsNode *node = judge_walk_get_node (self);
  const char *language = self->moment->machine->code->program->language;

  if (!(node->flags & FACTS_POINTER) || strcmp (language, "c") == 0)
    return TRUE;
  return follow (self, step);
}

static gboolean
take_field (JudgeWalk *self, const JudgeStep *step)
{
  g_autofree char *part = dup_part (self, step);
  const FactsNode *node = judge_walk_get_node (self);

  for (guint32 i = 0; i < node->n_children; i++)
    if (strcmp (facts_get_node (self->facts, node->first_child + i)->name, step->name) == 0)
      {
        self->node = node->first_child + i;
        return TRUE;
      }
  return judge_walk_complain (self, TEXT_PROBE_NO_FIELD, step->name, part);
}

/* Among nodes one behind the other, the one of a name such as "[3]". */
static gboolean
take_named (JudgeWalk *self, guint32 first, guint32 n, const char *name)
{
  for (guint32 i = 0; i < n; i++)
    if (strcmp (facts_get_node (self->facts, first + i)->name, name) == 0)
      {
        self->node = first + i;
        return TRUE;
      }
  return FALSE;
}

/* An element of the array that the pointer leads into. */
static gboolean
take_element_behind (JudgeWalk *self, guint64 number)
{
  const FactsNode *target = judge_walk_get_node (self), *array;
  guint64 own = target->name[0] == '[' ? g_ascii_strtoull (target->name + 1, NULL, 10) : 0;
  g_autofree char *name = g_strdup_printf ("[%" G_GUINT64_FORMAT "]", own + number);

  if (target->kind == IR_TYPE_ARRAY)
    return take_named (self, target->first_child, target->n_children, name);
  if (target->parent == FACTS_NO_NODE)
    return number == 0;
  array = facts_get_node (self->facts, target->parent);
  return array->kind == IR_TYPE_ARRAY
             ? take_named (self, array->first_child, array->n_children, name)
             : number == 0;
}

static gboolean
take_item (JudgeWalk *self, const JudgeStep *step)
{
  g_autofree char *name = step->kind == JUDGE_STEP_KEY
                              ? g_strdup_printf ("[\"%s\"]", step->name)
                              : g_strdup_printf ("[%" G_GUINT64_FORMAT "]", step->number);
  g_autofree char *part = dup_part (self, step);
  g_autofree char *shown = g_strndup (name + 1, strlen (name) - 2);
  const FactsNode *node;
  const FactsView *view;

  if (!follow_reference (self, step))
    return FALSE;
  node = judge_walk_get_node (self);
  view = self->is_inside ? NULL : facts_get_view (self->facts, node);
  if (view != NULL && take_named (self, view->first_item, view->n_items, name))
    return TRUE;
  if (step->kind == JUDGE_STEP_INDEX && (node->flags & FACTS_POINTER))
    {
      if (!follow (self, step))
        return FALSE;
      if (take_element_behind (self, step->number))
        return TRUE;
    }
  else if (take_named (self, node->first_child, node->n_children, name))
    return TRUE;
  return judge_walk_complain (self, TEXT_PROBE_NO_ELEMENT, shown, part);
}

static gboolean
take_step (JudgeWalk *self, const JudgeStep *step)
{
  switch (step->kind)
    {
    case JUDGE_STEP_NAME:
      return TRUE;
    case JUDGE_STEP_FIELD:
      return follow_reference (self, step) && take_field (self, step);
    case JUDGE_STEP_ARROW:
      return follow (self, step) && take_field (self, step);
    case JUDGE_STEP_INDEX:
    case JUDGE_STEP_KEY:
      return take_item (self, step);
    case JUDGE_STEP_FOLLOW:
      return follow (self, step);
    case JUDGE_STEP_INSIDE:
      self->is_inside = TRUE;
      return follow_reference (self, step);
    }
  g_assert_not_reached ();
}

/* Goes all the way. FALSE and trouble: which part leads nowhere. */
gboolean
judge_walk (JudgeWalk *self)
{
  guint n = begin (self);

  if (n == 0)
    return FALSE;
  for (; n < self->probe->steps->len; n++)
    if (!take_step (self, &g_array_index (self->probe->steps, JudgeStep, n)))
      return FALSE;
  return TRUE;
}
