/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the loop does not do at every instruction: accesses that are not plainly right, slots that begin and end, calls through pointers,
 * leaves, whole blocks. */

#include "machine-slow.h"

#include <string.h>

/* The way of an access that is not plainly right: undefined pointer, alignment, block. */
gboolean
machine_check_pointer (Machine *machine, guint8 *p_at, guint64 address, guint64 n_bytes,
                       guint64 align, MemAccess access)
{
  MemSpace *space = machine->space;
  guint64 at = p_at - space->bytes;
  guint32 *block = &space->provenance[at / 8];

  if (*(guint64 *)(space->defined + at) != G_MAXUINT64
      && !machine_tolerates (machine, MEM_FAULT_UNINITIALISED_READ))
    {
      machine_fault (machine, MEM_FAULT_UNINITIALISED_READ, access, address, n_bytes, 0);
      return FALSE;
    }
  if (!machine_check_access (machine, block, address, n_bytes, access))
    {
      machine->state.fault.pointer_cell = at;
      return FALSE;
    }
  if (address % align != 0 && !machine_tolerates (machine, MEM_FAULT_MISALIGNED))
    {
      machine_fault (machine, MEM_FAULT_MISALIGNED, access, address, n_bytes, *block);
      machine->state.fault.limit = align;
      return FALSE;
    }
  mem_array_mark (space->array, at);
  return TRUE;
}

/* An undefined value decides something. */
gboolean
machine_check_defined (Machine *machine)
{
  if (machine_tolerates (machine, MEM_FAULT_UNINITIALISED_READ))
    return TRUE;
  machine_fault (machine, MEM_FAULT_UNINITIALISED_READ, MEM_ACCESS_READ, 0, 0, 0);
  return FALSE;
}

/* An index outside its array, as gcc's -fsanitize=bounds reports it. A rule cannot let it pass: what lies there is not
 * known to be a block at all. */
gboolean
machine_check_index (Machine *machine, gint64 index, guint32 count)
{
  machine_fault (machine, MEM_FAULT_OUT_OF_BOUNDS, MEM_ACCESS_READ, 0, 0, 0);
  machine->state.fault.number = index;
  machine->state.fault.limit = count;
  return FALSE;
}

/* An index into a slice that is not plainly right: undefined, or not below the length. */
gboolean
machine_check_length (Machine *machine, const guint8 *length_at, const guint8 *index_at)
{
  MemSpace *space = machine->space;
  guint64 length = *(const guint64 *)length_at, index = *(const guint64 *)index_at;

  if ((!mem_is_defined (space, length_at - space->bytes, 8)
       || !mem_is_defined (space, index_at - space->bytes, 8))
      && !machine_check_defined (machine))
    return FALSE;
  return index < length || machine_check_index (machine, index, MIN (length, G_MAXUINT32));
}

/* A part of a slice: D := how many elements it has. */
gboolean
machine_take_part (Machine *machine, const MachineOp *op, guint8 *dest_at, const guint8 *length_at)
{
  MemSpace *space = machine->space;
  guint64 length = *(const guint64 *)length_at, to = op[1].a;
  guint64 from = mem_get_word (space, (gint32)op->c >> 2);

  if (!mem_is_defined (space, length_at - space->bytes, 8) && !machine_check_defined (machine))
    return FALSE;
  if (to > length)
    return machine_check_index (machine, to, MIN (length, G_MAXUINT32));
  if (op->n != 0)
    to = length - to;
  if (from > to)
    return machine_check_index (machine, from, MIN (to, G_MAXUINT32));
  *(guint64 *)dest_at = to - from;
  memset (space->defined + (dest_at - space->bytes), 0xff, 8);
  mem_tell_write (space, dest_at - space->bytes, 8);
  return TRUE;
}

/* Looks a selector up in a table { n, n times { selector, function } }, sorted by selector: binary search. */
gboolean
machine_find_method (Machine *machine, guint8 *dest_at, guint8 *table_at, guint32 selector)
{
  MemSpace *space = machine->space;
  guint64 table = *(guint64 *)table_at, low = 0, high, dest = dest_at - space->bytes;

  if (!machine_check_pointer (machine, table_at, table, 8, 8, MEM_ACCESS_READ))
    return FALSE;
  high = mem_get_word (space, table);
  if (high > G_MAXUINT16
      || !machine_check_pointer (machine, table_at, table, 8 + high * 16, 8, MEM_ACCESS_READ))
    high = 0;
  if (machine->state.end != MACHINE_END_NONE)
    return FALSE;
  while (low < high)
    {
      guint64 middle = (low + high) / 2, entry = table + 8 + middle * 16;
      guint64 found = mem_get_word (space, entry);

      if (found == selector)
        {
          mem_copy (space, dest, entry + 8, 8);
          space->provenance[dest / 8] = space->provenance[(entry + 8) / 8];
          return TRUE;
        }
      if (found < selector)
        low = middle + 1;
      else
        high = middle;
    }
  machine_fault (machine, MEM_FAULT_BAD_CALL, MEM_ACCESS_CALL, table, 0,
                 space->provenance[(table_at - space->bytes) / 8]);
  return FALSE;
}

void
machine_expose_block (Machine *machine, guint32 id)
{
  mem_block_get (machine->space, id)->is_exposed = TRUE;
  mem_block_mark (machine->space, id);
}

void
machine_tell_store (Machine *machine, guint64 address, guint32 block)
{
  MachineEvent event = { MACHINE_EVENT_STORE,
                         0,
                         machine->state.pc,
                         machine->state.steps,
                         machine->state.ticks,
                         address,
                         block };

  if (machine->has_barrier)
    strategy_stored (machine->strategy, address, block);
  if (machine->tells_stores && machine->events != NULL)
    g_array_append_val (machine->events, event);
}

/* The first cells of a frame's registers begin empty: block ids of address-taken slots, and references. */
void
machine_clear_cells (Machine *machine, const MachineFunction *function, guint64 registers)
{
  gsize n_bytes = (function->n_taken + function->n_managed) * 8;

  memset (machine->space->bytes + registers, 0, n_bytes);
  memset (machine->space->defined + registers, 0, n_bytes);
}

/* Ends the incarnations of the running frame's address-taken slots. */
void
machine_end_slots (Machine *machine, const MachineFunction *function)
{
  MemSpace *space = machine->space;

  for (guint i = 0; i < function->n_taken; i++)
    {
      guint64 cell = machine->state.registers + i * 8;
      guint32 id = mem_get_word (space, cell);

      if (id != 0)
        {
          MemBlock *block = mem_block_get (space, id);

          block->ended_at = machine->state.pc;
          block->ended_by = block->function;
          mem_block_end (space, id, MEM_BLOCK_ENDED);
        }
      *(guint64 *)(space->bytes + cell) = 0;
    }
}

/* A new incarnation of an address-taken slot: a block of its own. FALSE: ids have run out. */
gboolean
machine_begin_slot (Machine *machine, guint ordinal, guint32 slot, guint64 address, guint32 size)
{
  MemSpace *space = machine->space;
  guint64 cell = machine->state.registers + ordinal * 8;
  guint32 old = mem_get_word (space, cell);
  guint32 id;

  if (old != 0)
    mem_block_end (space, old, MEM_BLOCK_ENDED);
  id = machine_add_block (machine, MEM_BLOCK_SLOT, address, size);
  if (id == 0)
    return FALSE;
  mem_block_get (space, id)->hint = slot;
  *(guint64 *)(space->bytes + cell) = id;
  *(guint64 *)(space->defined + cell) = G_MAXUINT64;
  return TRUE;
}

/* One argument, on its way from the cell that its word names to a slot. */
static void
pass_argument (Machine *machine, const MachineArgument *argument, guint64 to,
               guint8 *const bases[4])
{
  MemSpace *space = machine->space;
  guint64 from = bases[argument->cell & 3] + ((gint32)argument->cell >> 2) - space->bytes;

  mem_copy (space, to, from, argument->size);
  if (argument->scalar == IR_SCALAR_POINTER)
    space->provenance[to / 8] = space->provenance[from / 8];
  switch ((MachinePassing)argument->passing)
    {
    case MACHINE_PASS_PLAIN:
      break;
    case MACHINE_PASS_COPY:
      machine_retain (machine, to);
      break;
    case MACHINE_PASS_HANDED:
      *(guint64 *)(space->defined + from) = 0;
      mem_array_mark (space->array, from);
      break;
    }
}

/* Arguments that stand in words behind an instruction, into the frame at base that the callee will have. FALSE: they do not fit its
 * parameters. */
gboolean
machine_pass_arguments (Machine *machine, const MachineFunction *function, guint64 base,
                        const MachineArgument *arguments, guint n, guint8 *const bases[4])
{
  if (n != function->n_parameters)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if (arguments[i].size != function->slots[i].size)
      return FALSE;
  for (guint i = 0; i < n; i++)
    pass_argument (machine, &arguments[i], base + function->slots[i].offset, bases);
  return TRUE;
}

/* What a pointer to a function leads to: its id, or -1 after a fault. */
gint64
machine_resolve_callee (Machine *machine, guint8 *p_at)
{
  MemSpace *space = machine->space;
  guint64 at = p_at - space->bytes;
  guint64 address = mem_get_word (space, at);
  guint32 id = space->provenance[at / 8];
  const MemBlock *block = mem_block_get (space, id);

  if (!mem_is_defined (space, at, 8) && !machine_tolerates (machine, MEM_FAULT_UNINITIALISED_READ))
    machine_fault (machine, MEM_FAULT_UNINITIALISED_READ, MEM_ACCESS_CALL, address, 0, 0);
  else if (id == 0 && address < 0x100)
    machine_fault (machine, MEM_FAULT_NULL_DEREFERENCE, MEM_ACCESS_CALL, address, 0, 0);
  else if (id != 0 && block->kind == MEM_BLOCK_FUNCTION && block->begin == address)
    return block->hint;
  else if (id == 0)
    {
      /* A number that is a function's address is a function's address. */
      for (guint i = 0; i < machine->code->functions->len; i++)
        if (machine_code_get_function (machine->code, i)->address == address
            && machine_code_get_function (machine->code, i)->ir->is_defined)
          return i;
      machine_fault (machine, MEM_FAULT_WILD_POINTER, MEM_ACCESS_CALL, address, 0, 0);
    }
  else
    machine_fault (machine, MEM_FAULT_BAD_CALL, MEM_ACCESS_CALL, address, 0, id);
  return -1;
}

static void
read_leaf_arguments (Machine *machine, MachineLeafCall *call, const MachineArgument *arguments,
                     guint8 *const bases[4])
{
  MemSpace *space = machine->space;

  for (guint i = 0; i < call->n_arguments; i++)
    {
      const MachineArgument *argument = &arguments[i];
      guint64 at = bases[argument->cell & 3] + ((gint32)argument->cell >> 2) - space->bytes;
      MachineValue *value = &call->arguments[i];
      guint size = argument->size;

      *value = (MachineValue){ argument->scalar, argument->type };
      value->cell = at;
      memcpy (&value->bits, space->bytes + at, MIN (size, 8));
      memcpy (&value->defined, space->defined + at, MIN (size, 8));
      if (argument->scalar == IR_SCALAR_POINTER)
        value->block = space->provenance[at / 8];
    }
}

static void
write_leaf_result (Machine *machine, const MachineLeafCall *call, guint8 *d_at)
{
  MemSpace *space = machine->space;
  guint64 at = d_at - space->bytes;
  guint size = ir_scalar_get_size (call->result.scalar);

  memcpy (space->bytes + at, &call->result.bits, size);
  memcpy (space->defined + at, &call->result.defined, size);
  if (call->result.scalar == IR_SCALAR_POINTER)
    space->provenance[at / 8] = call->result.block;
  mem_array_mark (space->array, at);
  mem_tell_write (space, at, size);
}

static IrScalar
get_result_scalar (IrLeafId leaf)
{
  switch (ir_leaf_infos[leaf].result)
    {
    case 'p':
      return IR_SCALAR_POINTER;
    case 'i':
      return IR_SCALAR_I32;
    case 'l':
      return IR_SCALAR_I64;
    case 'd':
      return IR_SCALAR_F64;
    default:
      return IR_SCALAR_NONE;
    }
}

/* Runs a leaf. DONE: the result is written. SLOW: the function that stands for it is to be called. Otherwise the program is over, or the
 * machine does something else first. */
MachineLeafAnswer
machine_run_leaf (Machine *machine, const MachineOp *op, guint8 *const bases[4])
{
  MachineLeafCall call;
  MachineLeaf leaf = machine->leaves[op->c];
  MachineLeafAnswer answer;

  g_assert (leaf != NULL && op->n <= MACHINE_MAX_ARGUMENTS);
  call.machine = machine;
  call.n_arguments = op->n;
  call.hint = op->b;
  call.cost = 0;
  call.argument = 0;
  call.needed = 0;
  call.result = (MachineValue){ .scalar = get_result_scalar (op->c), .defined = G_MAXUINT64 };
  read_leaf_arguments (machine, &call, (const MachineArgument *)(op + 1), bases);
  answer = leaf (&call);
  switch (answer)
    {
    case MACHINE_LEAF_DONE:
      machine->state.ticks += call.cost;
      if (op->a != MACHINE_NO_CELL)
        write_leaf_result (machine, &call, bases[op->a & 3] + ((gint32)op->a >> 2));
      break;
    case MACHINE_LEAF_EXIT:
      machine->state.end = MACHINE_END_EXIT;
      machine->state.exit_status = (gint32)call.result.bits;
      break;
    case MACHINE_LEAF_FAULT:
      g_assert (machine->state.end != MACHINE_END_NONE);
      break;
    case MACHINE_LEAF_RAISE:
      machine->state.ticks += call.cost;
      machine_raise (machine, &call.result);
      break;
    case MACHINE_LEAF_SLOW:
      machine->state.ticks += call.cost;
      if ((op->op & ~1u) != MACHINE_OP_LEAF_ELSE)
        machine_fault (machine, MEM_FAULT_BAD_CALL, MEM_ACCESS_CALL, 0, 0, 0);
      break;
    case MACHINE_LEAF_NEED_MEMORY:
      break;
    case MACHINE_LEAF_NEED_INPUT:
      /* It runs again, and its STOP has been counted. */
      g_assert (machine->input_is_open);
      machine->is_waiting = TRUE;
      machine->state.is_begun = 1;
      break;
    }
  return answer;
}

/* Checks both ends of a copy through pointers, then copies. */
gboolean
machine_copy_block (Machine *machine, guint64 to, guint64 from, guint64 n_bytes)
{
  mem_copy (machine->space, to, from, n_bytes);
  machine->state.copied_bytes += n_bytes;
  machine_tell (machine, MACHINE_EVENT_COPY, MIN (n_bytes, G_MAXUINT32));
  if (machine->tells_stores && machine->events != NULL)
    for (guint64 at = (to + 7) / 8 * 8; at + 8 <= to + n_bytes; at += 8)
      machine_tell_store (machine, at, machine->space->provenance[at / 8]);
  return TRUE;
}

/* An aggregate that is returned; a fat pointer is no copy of what it points to. */
void
machine_return_block (Machine *machine, guint64 to, guint64 from, guint64 n_bytes, guint32 type)
{
  if (ir_type_is_fat (ir_program_get_type (machine->code->program, type)))
    mem_copy (machine->space, to, from, n_bytes);
  else
    machine_copy_block (machine, to, from, n_bytes);
}

gboolean
machine_check_block_pointer (Machine *machine, guint8 *p_at, guint64 n_bytes, MemAccess access)
{
  return machine_check_pointer (machine, p_at, *(guint64 *)p_at, n_bytes, 1, access);
}
