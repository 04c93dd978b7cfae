/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a probe finds in a state: its steps are walked from node to node of the facts; what the facts do not hold is asked of the machine. */

#include "judge-probe-private.h"

#include "history/history-leak.h"

#include <string.h>

typedef struct
{
  const JudgeProbe *probe;
  const JudgeMoment *moment;
  const Facts *facts;
  TextMessage **trouble;
  guint32 node;       /* where the walk is */
  gboolean is_inside; /* fields, not what a view shows */
} Walk;

/* ---- trouble ---- */

static gboolean
complain (Walk *self, TextMessageId id, const char *part, const char *more)
{
  if (more != NULL)
    *self->trouble = text_message_new (id, "sss", self->probe->text, part, more);
  else
    *self->trouble = text_message_new (id, "ss", self->probe->text, part);
  return FALSE;
}

/* The probe's text up to a step. (transfer full) */
static char *
dup_part (const Walk *self, const JudgeStep *step)
{
  return step->begin == 0 ? g_strdup (self->probe->text)
                          : g_strndup (self->probe->text, step->begin);
}

static const FactsNode *
get_node (const Walk *self)
{
  return facts_get_node (self->facts, self->node);
}

/* ---- names ---- */

static gboolean
find_in_frame (Walk *self, const FactsFrame *frame, const char *name)
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
find_frame (const Walk *self, const char *function)
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
find_global (Walk *self, const char *name)
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
find_variable (Walk *self, const char *name)
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
begin (Walk *self)
{
  const JudgeStep *first = &g_array_index (self->probe->steps, JudgeStep, 0);
  const JudgeStep *second = self->probe->steps->len > 1 ? first + 1 : NULL;
  const FactsFrame *frame;

  if (second == NULL || second->kind != JUDGE_STEP_FIELD || find_variable (self, first->name))
    {
      if (!find_variable (self, first->name))
        return complain (self, TEXT_PROBE_NO_VARIABLE, first->name, NULL);
      return 1;
    }
  if (strcmp (first->name, "global") == 0)
    {
      if (!find_global (self, second->name))
        return complain (self, TEXT_PROBE_NO_VARIABLE, second->name, NULL);
      return 2;
    }
  frame = find_frame (self, first->name);
  if (frame == NULL)
    return complain (self, TEXT_PROBE_NO_FRAME, first->name, NULL);
  if (!find_in_frame (self, frame, second->name))
    return complain (self, TEXT_PROBE_NO_VARIABLE, second->name, NULL);
  return 2;
}

/* ---- steps ---- */

static gboolean
follow (Walk *self, const JudgeStep *step)
{
  const FactsNode *node = get_node (self);
  g_autofree char *part = dup_part (self, step);

  if (!(node->flags & FACTS_POINTER))
    return complain (self, TEXT_PROBE_NO_POINTER, part, node->type);
  if (node->flags & FACTS_NULL)
    return complain (self, TEXT_PROBE_NULL, part, NULL);
  if (node->target_node == FACTS_NO_NODE)
    return complain (self, TEXT_PROBE_LEADS_NOWHERE, part, NULL);
  self->node = node->target_node;
  return TRUE;
}

/* Where everything is a reference, a dot follows one; so it does to what a view is of. */
static gboolean
follow_reference (Walk *self, const JudgeStep *step)
{
  const FactsNode *node = get_node (self);
  const char *language = self->moment->machine->code->program->language;

  if (!(node->flags & FACTS_POINTER) || strcmp (language, "c") == 0)
    return TRUE;
  return follow (self, step);
}

static gboolean
take_field (Walk *self, const JudgeStep *step)
{
  g_autofree char *part = dup_part (self, step);
  const FactsNode *node = get_node (self);

  for (guint32 i = 0; i < node->n_children; i++)
    if (strcmp (facts_get_node (self->facts, node->first_child + i)->name, step->name) == 0)
      {
        self->node = node->first_child + i;
        return TRUE;
      }
  return complain (self, TEXT_PROBE_NO_FIELD, step->name, part);
}

/* Among nodes one behind the other, the one of a name such as "[3]". */
static gboolean
take_named (Walk *self, guint32 first, guint32 n, const char *name)
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
take_element_behind (Walk *self, guint64 number)
{
  const FactsNode *target = get_node (self), *array;
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
take_item (Walk *self, const JudgeStep *step)
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
  node = get_node (self);
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
  return complain (self, TEXT_PROBE_NO_ELEMENT, shown, part);
}

static gboolean
take_step (Walk *self, const JudgeStep *step)
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

static gboolean
walk (Walk *self)
{
  guint n = begin (self);

  if (n == 0)
    return FALSE;
  for (; n < self->probe->steps->len; n++)
    if (!take_step (self, &g_array_index (self->probe->steps, JudgeStep, n)))
      return FALSE;
  return TRUE;
}

/* ---- values ---- */

static void
set_integer (JudgeValue *value, gint64 integer)
{
  value->kind = JUDGE_VALUE_INTEGER;
  value->integer = integer;
  value->text = g_strdup_printf ("%" G_GINT64_FORMAT, integer);
}

static void
set_text (JudgeValue *value, const char *text)
{
  value->kind = JUDGE_VALUE_TEXT;
  value->text = g_strdup (text != NULL ? text : "");
}

static void
set_address (JudgeValue *value, guint64 address)
{
  value->kind = JUDGE_VALUE_ADDRESS;
  value->integer = address;
  value->text
      = address == 0 ? g_strdup ("NULL") : g_strdup_printf ("0x%" G_GINT64_MODIFIER "x", address);
}

/* Without its quotes, escapes undone. */
static void
set_quoted (JudgeValue *value, const char *quoted)
{
  gsize n = strlen (quoted);
  g_autofree char *inside = g_strndup (quoted + 1, n >= 2 ? n - 2 : 0);
  g_autofree char *text = g_strcompress (inside);

  set_text (value, text);
}

/* The box that a pointer leads to: its block where there is one, else the value there. */
static void
set_target (const Facts *facts, const FactsNode *node, JudgeValue *value)
{
  value->target = node->target;
  value->target_size = 1;
  for (guint i = 0; i < facts->blocks->len; i++)
    {
      const FactsBlock *block = &g_array_index (facts->blocks, FactsBlock, i);

      if (block->key != node->target_block)
        continue;
      value->target = block->address;
      value->target_size = block->size;
      return;
    }
  if (node->target_node != FACTS_NO_NODE)
    {
      value->target = facts_get_node (facts, node->target_node)->address;
      value->target_size = facts_get_node (facts, node->target_node)->size;
    }
}

static gboolean
take_value (Walk *self, JudgeValue *value)
{
  const FactsNode *node = get_node (self);
  const FactsView *view = facts_get_view (self->facts, node);

  if (node->flags & (FACTS_UNDEFINED | FACTS_PARTLY_UNDEFINED))
    {
      value->kind = JUDGE_VALUE_NOTHING;
      value->text = g_strdup ("?");
    }
  else if (node->flags & FACTS_POINTER)
    {
      set_address (value, node->target);
      if (node->target != 0)
        set_target (self->facts, node, value);
    }
  else if (view != NULL && view->kind == IR_VIEW_TEXT)
    set_quoted (value, view->text);
  else if (node->text[0] == '"' || node->text[0] == '\'')
    set_quoted (value, node->text);
  else if (node->kind == IR_TYPE_FLOAT)
    {
      value->kind = JUDGE_VALUE_NUMBER;
      value->number = g_ascii_strtod (node->text, NULL);
      value->text = g_strdup (node->text);
    }
  else if (node->kind == IR_TYPE_INT)
    set_integer (value, node->text[0] == '-' ? g_ascii_strtoll (node->text, NULL, 10)
                                             : (gint64)g_ascii_strtoull (node->text, NULL, 10));
  else if (node->text[0] != '\0')
    set_text (value, node->text);
  else
    return complain (self, TEXT_PROBE_AGGREGATE, node->type, NULL);
  return TRUE;
}

/* ---- regions, blocks ---- */

static const char *
get_region (const Walk *self, guint64 address)
{
  MemRegion region;

  if (!mem_space_find_region (self->moment->machine->space, address, &region))
    return facts_region_get_name (FACTS_REGION_NONE);
  return facts_region_get_name ((FactsRegion)region);
}

static gboolean
is_leaked (const Walk *self, guint32 key)
{
  g_autoptr (GArray) leaks = history_find_leaks (self->moment->machine);

  for (guint i = 0; i < leaks->len; i++)
    if (g_array_index (leaks, guint32, i) == key)
      return TRUE;
  return FALSE;
}

static const char *
get_block_state (const Walk *self, guint32 key)
{
  const MemBlock *block = mem_block_get (self->moment->machine->space, key);

  switch ((MemBlockState)block->state)
    {
    case MEM_BLOCK_LIVE:
      return block->kind == MEM_BLOCK_HEAP && is_leaked (self, key) ? "leaked" : "live";
    case MEM_BLOCK_FREED:
      return "freed";
    case MEM_BLOCK_ENDED:
      return "popped";
    }
  g_assert_not_reached ();
}

static gboolean
ask_heap_block (Walk *self, guint32 key, const char *word, JudgeValue *value)
{
  for (guint i = 0; i < self->facts->blocks->len; i++)
    {
      const FactsBlock *block = &g_array_index (self->facts->blocks, FactsBlock, i);

      if (block->key != key)
        continue;
      if (strcmp (word, "gross") == 0)
        set_integer (value, block->gross);
      else if (strcmp (word, "site") == 0)
        set_integer (value, block->allocated_line);
      else if (strcmp (word, "freedAt") == 0)
        set_integer (value, block->freed_line);
      else
        break;
      return TRUE;
    }
  return complain (self, TEXT_PROBE_NOT_TOLD, word, NULL);
}

static gboolean
ask_block (Walk *self, JudgeValue *value)
{
  const FactsNode *node = get_node (self);
  const char *word = self->probe->word;
  guint32 key = node->target_block;

  if (!(node->flags & FACTS_POINTER))
    return complain (self, TEXT_PROBE_NO_POINTER, node->name, node->type);
  if (key == 0)
    return complain (self, TEXT_PROBE_NO_BLOCK, node->name, NULL);
  if (word == NULL)
    {
      set_address (value, mem_block_get (self->moment->machine->space, key)->begin);
      return TRUE;
    }
  if (strcmp (word, "state") == 0)
    set_text (value, get_block_state (self, key));
  else if (strcmp (word, "size") == 0)
    set_integer (value, mem_block_get (self->moment->machine->space, key)->size);
  else
    return ask_heap_block (self, key, word, value);
  return TRUE;
}

/* Where counts are kept, in an object's first 8 bytes. */
static gboolean
ask_refcount (Walk *self, JudgeValue *value)
{
  const Machine *machine = self->moment->machine;
  const FactsNode *node = get_node (self);

  if (machine->code->program->management != IR_COUNTED)
    return complain (self, TEXT_PROBE_NOT_TOLD, "refcount", NULL);
  if (!(node->flags & FACTS_POINTER) || node->target == 0)
    return complain (self, TEXT_PROBE_NO_POINTER, node->name, node->type);
  set_integer (value, mem_get_word (machine->space, node->target));
  return TRUE;
}

/* ---- counters ---- */

static guint64
count_frames (const Facts *facts, guint64 *n_bytes)
{
  guint64 n = 0;

  *n_bytes = 0;
  for (guint i = 0; i < facts->frames->len; i++)
    {
      const FactsFrame *frame = &g_array_index (facts->frames, FactsFrame, i);

      if (frame->state != FACTS_FRAME_LIVE)
        continue;
      n++;
      *n_bytes += frame->size;
    }
  return n;
}

static void
set_output (const Machine *machine, JudgeValue *value)
{
  const GByteArray *output = machine->outputs[MACHINE_STREAM_OUTPUT];
  g_autofree char *text
      = g_strndup ((const char *)output->data, machine->state.n_output[MACHINE_STREAM_OUTPUT]);

  value->kind = JUDGE_VALUE_TEXT;
  value->text = g_utf8_make_valid (text, -1);
}

static gboolean
ask_room (Walk *self, gboolean wants_largest, JudgeValue *value)
{
  const MemHeap *heap = self->moment->machine->heap;
  MemRoom room;

  if (heap->allocator->get_room == NULL)
    return complain (self, TEXT_PROBE_NOT_TOLD, "free list", NULL);
  room = heap->allocator->get_room (heap);
  set_integer (value, wants_largest ? room.largest : room.free_bytes);
  return TRUE;
}

static gboolean
ask_collector (Walk *self, JudgeValue *value)
{
  const Machine *machine = self->moment->machine;
  StrategyStatistics statistics = strategy_get_statistics (machine->strategy);

  if (machine->code->program->management == IR_BY_HAND)
    return complain (self, TEXT_PROBE_NOT_TOLD, "collector", NULL);
  set_integer (value, self->probe->counter == JUDGE_COUNTER_GC_RUNS    ? statistics.n_runs
                      : self->probe->counter == JUDGE_COUNTER_GC_FREED ? statistics.n_freed
                      : self->probe->counter == JUDGE_COUNTER_GC_MOVED ? statistics.n_moved
                                                                       : statistics.n_traced);
  return TRUE;
}

static gboolean
ask_counter (Walk *self, JudgeValue *value)
{
  const Facts *facts = self->facts;
  const FactsLedger *ledger = &facts->ledger;
  guint64 n_bytes, n_frames = count_frames (facts, &n_bytes);
  gboolean is_fault = facts->moment == FACTS_AT_FAULT;

  switch (self->probe->counter)
    {
    case JUDGE_COUNTER_LIVE_COUNT:
      set_integer (value, ledger->live_blocks);
      return TRUE;
    case JUDGE_COUNTER_LIVE_BYTES:
      set_integer (value, ledger->live_bytes);
      return TRUE;
    case JUDGE_COUNTER_ALLOCATIONS:
      set_integer (value, ledger->n_allocations);
      return TRUE;
    case JUDGE_COUNTER_FREES:
      set_integer (value, ledger->n_frees);
      return TRUE;
    case JUDGE_COUNTER_FREE_BYTES:
      return ask_room (self, FALSE, value);
    case JUDGE_COUNTER_LARGEST_FREE:
      return ask_room (self, TRUE, value);
    case JUDGE_COUNTER_UNREACHABLE_COUNT:
      {
        g_autoptr (GArray) leaks = history_find_leaks (self->moment->machine);

        set_integer (value, leaks->len);
        return TRUE;
      }
    case JUDGE_COUNTER_STACK_DEPTH:
      set_integer (value, n_frames);
      return TRUE;
    case JUDGE_COUNTER_STACK_BYTES:
      set_integer (value, n_bytes);
      return TRUE;
    case JUDGE_COUNTER_GC_RUNS:
    case JUDGE_COUNTER_GC_FREED:
    case JUDGE_COUNTER_GC_MOVED:
    case JUDGE_COUNTER_GC_TRACED:
      return ask_collector (self, value);
    case JUDGE_COUNTER_COPIED_BYTES:
      set_integer (value, ledger->copied_bytes);
      return TRUE;
    case JUDGE_COUNTER_OUTPUT:
      set_output (self->moment->machine, value);
      return TRUE;
    case JUDGE_COUNTER_LINE:
      set_integer (value, facts->line);
      return TRUE;
    case JUDGE_COUNTER_FUNCTION:
      set_text (value, facts->function);
      return TRUE;
    case JUDGE_COUNTER_FAULT_KIND:
      set_text (value, is_fault ? facts->fault_kind : "nothing");
      return TRUE;
    case JUDGE_COUNTER_FAULT_LINE:
      set_integer (value, is_fault ? facts->line : 0);
      return TRUE;
    case JUDGE_N_COUNTERS:
      break;
    }
  g_assert_not_reached ();
}

/* ---- all ---- */

/* What the probe finds at a moment. FALSE and trouble (transfer full): which part of it finds nothing, and why. */
gboolean
judge_probe_ask (const JudgeProbe *probe, const JudgeMoment *moment, JudgeValue *value,
                 TextMessage **trouble)
{
  Walk self = { probe, moment, moment->facts, trouble, FACTS_NO_NODE, FALSE };

  *value = (JudgeValue){ JUDGE_VALUE_NOTHING };
  if (probe->asks == JUDGE_ASKS_COUNTER)
    return ask_counter (&self, value);
  if (!walk (&self))
    return FALSE;
  switch (probe->asks)
    {
    case JUDGE_ASKS_VALUE:
      return take_value (&self, value);
    case JUDGE_ASKS_ADDRESS:
      set_address (value, get_node (&self)->address);
      value->target = get_node (&self)->address;
      value->target_size = get_node (&self)->size;
      return TRUE;
    case JUDGE_ASKS_SIZE:
      set_integer (value, get_node (&self)->size);
      return TRUE;
    case JUDGE_ASKS_REGION:
      set_text (value, get_region (&self, get_node (&self)->address));
      return TRUE;
    case JUDGE_ASKS_REFCOUNT:
      return ask_refcount (&self, value);
    case JUDGE_ASKS_BLOCK:
      return ask_block (&self, value);
    case JUDGE_ASKS_OWNER:
      return complain (&self, TEXT_PROBE_NOT_TOLD, "owner", NULL);
    case JUDGE_ASKS_PERMISSIONS:
      return complain (&self, TEXT_PROBE_NOT_TOLD, "permissions", NULL);
    case JUDGE_ASKS_COUNTER:
      break;
    }
  g_assert_not_reached ();
}

/* The node that the probe's path leads to, for who wants to point at it; FACTS_NO_NODE and trouble (transfer full): none. */
guint32
judge_probe_find_node (const JudgeProbe *probe, const JudgeMoment *moment, TextMessage **trouble)
{
  Walk self = { probe, moment, moment->facts, trouble, FACTS_NO_NODE, FALSE };

  if (probe->asks == JUDGE_ASKS_COUNTER)
    {
      *trouble = text_message_new (TEXT_PROBE_NO_VARIABLE, "ss", probe->text, probe->text);
      return FACTS_NO_NODE;
    }
  return walk (&self) ? self.node : FACTS_NO_NODE;
}
