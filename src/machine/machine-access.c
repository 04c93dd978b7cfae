/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the loop and the leaves share: faults, the slow way of a checked access, block ids, events. */

#include "machine.h"

/* Records a fault at the instruction in state.pc; the program ends here, and this end is a step of its own (the THROW of
 * the table of stops). */
void
machine_fault (Machine *machine, MemFaultKind kind, MemAccess access, guint64 address,
               guint32 n_bytes, guint32 block)
{
  MachineState *state = &machine->state;

  state->fault = (MachineFault){ { kind, access, address, n_bytes, block } };
  state->fault.pc = state->pc;
  state->end = MACHINE_END_FAULT;
  machine_tell (machine, MACHINE_EVENT_FAULT, kind);
  state->steps++;
}

/* Whether a rule lets the program go on after such a fault. */
gboolean
machine_tolerates (Machine *machine, MemFaultKind kind)
{
  return machine->limits.allow[kind];
}

/* The slow way: resolves a pointer without a block, applies the rules. FALSE: the program stopped with a fault. */
gboolean
machine_check_access (Machine *machine, guint32 *block, guint64 address, guint64 n_bytes,
                      MemAccess access)
{
  MemFault fault
      = mem_check (machine->space, address, block, n_bytes, access, machine->state.n_blocks);

  if (fault.kind == MEM_FAULT_NONE)
    return TRUE;
  if (machine_tolerates (machine, fault.kind)
      && mem_may_force (machine->space, address, n_bytes, access))
    return TRUE;
  machine_fault (machine, fault.kind, access, address, n_bytes, *block);
  return FALSE;
}

/* Appends an event if anybody listens. */
void
machine_tell (Machine *machine, MachineEventKind kind, guint32 id)
{
  MachineEvent event;

  if (machine->events == NULL)
    return;
  event = (MachineEvent){ kind, id, machine->state.pc, machine->state.steps, machine->state.ticks,
                          0,    0 };
  g_array_append_val (machine->events, event);
}

/* The newest block was made here. */
void
machine_describe_block (Machine *machine, guint32 id)
{
  MachineState *state = &machine->state;
  MemBlock *block = mem_block_get (machine->space, id);

  state->n_blocks++;
  block->made_at = state->pc;
  block->function = machine_code_get_info (machine->code, state->pc)->function;
}

/* A fresh id for a block that begins to live; 0 when ids have run out and the program stops. */
guint32
machine_add_block (Machine *machine, MemBlockKind kind, guint64 begin, guint64 size)
{
  MachineState *state = &machine->state;
  guint32 id = state->n_blocks;

  if (id >= MEM_MAX_BLOCKS)
    {
      machine_stop_at_limit (machine, MACHINE_LIMIT_BLOCKS);
      return 0;
    }
  mem_block_begin (machine->space, id, kind, begin, size);
  machine_describe_block (machine, id);
  mem_block_get (machine->space, id)->frame = state->depth;
  return id;
}

void
machine_stop_at_limit (Machine *machine, MachineLimit limit)
{
  machine->state.end = MACHINE_END_LIMIT;
  machine->state.limit = limit;
}
