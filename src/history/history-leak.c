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
