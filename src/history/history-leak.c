/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which blocks a run has leaked where it stands: see history-leak.h. */

#include "history-leak.h"

#include "strategy/strategy.h"

static void
add_root (GArray *roots, guint64 begin, guint64 size)
{
  StrategyRoot root = { begin, begin + size };

  g_array_append_val (roots, root);
}

/* Ids of the blocks that are leaked now: variables of the data region and of frames that still stand are roots. (transfer
 * full) (element-type guint32) */
GArray *
history_find_leaks (Machine *machine)
{
  g_autoptr (GArray) roots = g_array_new (FALSE, FALSE, sizeof (StrategyRoot));
  MemRange data = machine->space->regions[MEM_REGION_DATA];

  /* What a collector frees is no leak, and what it has not freed yet neither. */
  if (machine->code->program->management != IR_BY_HAND)
    return g_array_new (FALSE, FALSE, sizeof (guint32));
  add_root (roots, data.begin, data.end - data.begin);
  for (guint32 depth = 1; depth <= machine->state.depth; depth++)
    {
      const MachineFrame *frame = &machine->frames[depth];
      const MachineFunction *function = machine_code_get_function (machine->code, frame->function);

      add_root (roots, frame->frame, function->frame_bytes);
      add_root (roots, frame->registers, function->register_bytes);
    }
  return strategy_find_leaks (machine->space, machine->state.n_blocks,
                              (const StrategyRoot *)(gpointer)roots->data, roots->len);
}

/* ---- when the last pointer went ---- */

static gboolean
is_leaked_at (History *history, guint64 position, guint32 block)
{
  g_autoptr (GArray) leaked = NULL;

  history_seek (history, position);
  leaked = history_find_leaks (history_get_machine (history));
  for (guint i = 0; i < leaked->len; i++)
    if (g_array_index (leaked, guint32, i) == block)
      return TRUE;
  return FALSE;
}

static gboolean
is_born_at (History *history, guint64 position, guint32 block)
{
  history_seek (history, position);
  return history_get_machine (history)->state.n_blocks > block;
}

static gboolean
has_ended_at (History *history, guint64 position, guint32 block)
{
  return is_born_at (history, position, block)
         && mem_block_get (history_get_machine (history)->space, block)->state != MEM_BLOCK_LIVE;
}

/* The last position of the run at which `wanted` does not hold yet; it holds at `high`, and from its first time on. */
static guint64
bisect (History *history, guint64 high, guint32 block,
        gboolean (*wanted) (History *history, guint64 position, guint32 block))
{
  guint64 low = 1;

  if (wanted (history, low, block))
    return 0;
  while (low + 1 < high)
    {
      guint64 middle = low + (high - low) / 2;

      if (wanted (history, middle, block))
        high = middle;
      else
        low = middle;
    }
  return low;
}

/* The position whose step loses the last way to a block that is leaked when a position is reached; 0 when it is not, or that cannot be
 * told. What nothing leads to stays lost, so the step is found by halving. Leaves the history where it was. */
guint64
history_find_loss_before (History *history, guint32 block, guint64 before)
{
  guint64 here = history_get_position (history);
  guint64 position = 0;

  if (is_leaked_at (history, before, block))
    {
      guint64 birth = bisect (history, before, block, is_born_at);

      position = bisect (history, before, block, is_leaked_at);
      /* Before it was born it was not leaked either; never reachable at a stop: it was lost in the step that made it. */
      position = MAX (position, birth);
    }
  history_seek (history, here);
  return position;
}

/* The same for a block that is leaked at the end of the run. */
guint64
history_find_loss (History *history, guint32 block)
{
  return history_find_loss_before (history, block, history_get_n_positions (history));
}

/* The position whose step makes a block; 0: it stood before the first step, or the run never makes it. */
guint64
history_find_birth (History *history, guint32 block)
{
  guint64 here = history_get_position (history);
  guint64 n = history_get_n_positions (history);
  guint64 position = is_born_at (history, n, block) ? bisect (history, n, block, is_born_at) : 0;

  history_seek (history, here);
  return position;
}

/* The position whose step ends a block; 0: it lives at the end of the run, or the run never makes it. */
guint64
history_find_end (History *history, guint32 block)
{
  guint64 here = history_get_position (history);
  guint64 n = history_get_n_positions (history);
  guint64 position
      = has_ended_at (history, n, block) ? bisect (history, n, block, has_ended_at) : 0;

  history_seek (history, here);
  return position;
}
