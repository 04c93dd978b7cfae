/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a probe says of where its path leads: values, regions, blocks; and what is counted. What the facts do not hold is asked of the
 * machine. */

#include "judge-probe-private.h"

#include "history/history-leak.h"

#include <string.h>

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
take_value (JudgeWalk *self, JudgeValue *value)
{
  const FactsNode *node = judge_walk_get_node (self);
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
    return judge_walk_complain (self, TEXT_PROBE_AGGREGATE, node->type, NULL);
  return TRUE;
}

/* ---- regions, blocks ---- */

static const char *
get_region (const JudgeWalk *self, guint64 address)
{
  MemRegion region;

  if (!mem_space_find_region (self->moment->machine->space, address, &region))
    return facts_region_get_name (FACTS_REGION_NONE);
  return facts_region_get_name ((FactsRegion)region);
}

static gboolean
is_leaked (const JudgeWalk *self, guint32 key)
{
  g_autoptr (GArray) leaks = history_find_leaks (self->moment->machine);

  for (guint i = 0; i < leaks->len; i++)
    if (g_array_index (leaks, guint32, i) == key)
      return TRUE;
  return FALSE;
}

static const char *
get_block_state (const JudgeWalk *self, guint32 key)
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
ask_heap_block (JudgeWalk *self, guint32 key, const char *word, JudgeValue *value)
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
  return judge_walk_complain (self, TEXT_PROBE_NOT_TOLD, word, NULL);
}

static gboolean
ask_block (JudgeWalk *self, JudgeValue *value)
{
  const FactsNode *node = judge_walk_get_node (self);
  const char *word = self->probe->word;
  guint32 key = node->target_block;

  if (!(node->flags & FACTS_POINTER))
    return judge_walk_complain (self, TEXT_PROBE_NO_POINTER, node->name, node->type);
  if (key == 0)
    return judge_walk_complain (self, TEXT_PROBE_NO_BLOCK, node->name, NULL);
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
ask_refcount (JudgeWalk *self, JudgeValue *value)
{
  const Machine *machine = self->moment->machine;
  const FactsNode *node = judge_walk_get_node (self);

  if (machine->code->program->management != IR_COUNTED)
    return judge_walk_complain (self, TEXT_PROBE_NOT_TOLD, "refcount", NULL);
  if (!(node->flags & FACTS_POINTER) || node->target == 0)
    return judge_walk_complain (self, TEXT_PROBE_NO_POINTER, node->name, node->type);
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
ask_room (JudgeWalk *self, gboolean wants_largest, JudgeValue *value)
{
  const MemHeap *heap = self->moment->machine->heap;
  MemRoom room;

  if (heap->allocator->get_room == NULL)
    return judge_walk_complain (self, TEXT_PROBE_NOT_TOLD, "free list", NULL);
  room = heap->allocator->get_room (heap);
  set_integer (value, wants_largest ? room.largest : room.free_bytes);
  return TRUE;
}

static gboolean
ask_collector (JudgeWalk *self, JudgeValue *value)
{
  const Machine *machine = self->moment->machine;
  StrategyStatistics statistics = strategy_get_statistics (machine->strategy);

  if (machine->code->program->management == IR_BY_HAND)
    return judge_walk_complain (self, TEXT_PROBE_NOT_TOLD, "collector", NULL);
  set_integer (value, self->probe->counter == JUDGE_COUNTER_GC_RUNS    ? statistics.n_runs
                      : self->probe->counter == JUDGE_COUNTER_GC_FREED ? statistics.n_freed
                      : self->probe->counter == JUDGE_COUNTER_GC_MOVED ? statistics.n_moved
                                                                       : statistics.n_traced);
  return TRUE;
}

static gboolean
ask_counter (JudgeWalk *self, JudgeValue *value)
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
  JudgeWalk self = { probe, moment, moment->facts, trouble, FACTS_NO_NODE, FALSE };

  *value = (JudgeValue){ JUDGE_VALUE_NOTHING };
  if (probe->asks == JUDGE_ASKS_COUNTER)
    return ask_counter (&self, value);
  if (!judge_walk (&self))
    return FALSE;
  switch (probe->asks)
    {
    case JUDGE_ASKS_VALUE:
      return take_value (&self, value);
    case JUDGE_ASKS_ADDRESS:
      set_address (value, judge_walk_get_node (&self)->address);
      value->target = judge_walk_get_node (&self)->address;
      value->target_size = judge_walk_get_node (&self)->size;
      return TRUE;
    case JUDGE_ASKS_SIZE:
      set_integer (value, judge_walk_get_node (&self)->size);
      return TRUE;
    case JUDGE_ASKS_REGION:
      set_text (value, get_region (&self, judge_walk_get_node (&self)->address));
      return TRUE;
    case JUDGE_ASKS_REFCOUNT:
      return ask_refcount (&self, value);
    case JUDGE_ASKS_BLOCK:
      return ask_block (&self, value);
    case JUDGE_ASKS_OWNER:
      return judge_walk_complain (&self, TEXT_PROBE_NOT_TOLD, "owner", NULL);
    case JUDGE_ASKS_PERMISSIONS:
      return judge_walk_complain (&self, TEXT_PROBE_NOT_TOLD, "permissions", NULL);
    case JUDGE_ASKS_COUNTER:
      break;
    }
  g_assert_not_reached ();
}
