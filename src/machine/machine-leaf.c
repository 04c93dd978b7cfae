/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What leaves may call: see machine-leaf.h. Every byte of the program goes through the same check as in the loop. */

#include "machine-leaf.h"

#include "machine-slow.h"

#include <string.h>

static MachineValue *
get_argument (MachineLeafCall *call, guint argument)
{
  g_assert (argument < call->n_arguments);
  return &call->arguments[argument];
}

/* The program stops here with a fault about an argument (from 0). Always FALSE. */
gboolean
machine_leaf_fault (MachineLeafCall *call, MemFaultKind kind, guint argument)
{
  MachineValue *value = argument < call->n_arguments ? get_argument (call, argument) : NULL;

  machine_fault (call->machine, kind, MEM_ACCESS_READ, value != NULL ? value->bits : 0, 0,
                 value != NULL && value->scalar == IR_SCALAR_POINTER ? value->block : 0);
  call->machine->state.fault.argument = argument + 1;
  call->machine->state.fault.pointer_cell = value != NULL ? value->cell : 0;
  return FALSE;
}

/* Whether all bits of an argument that are looked at are defined; FALSE: the program stopped. */
gboolean
machine_leaf_is_defined (MachineLeafCall *call, guint argument)
{
  MachineValue *value = get_argument (call, argument);
  guint n_bits = ir_scalar_get_size (value->scalar) * 8;
  guint64 wanted = n_bits == 64 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << n_bits) - 1;

  if ((value->defined & wanted) == wanted
      || machine_tolerates (call->machine, MEM_FAULT_UNINITIALISED_READ))
    return TRUE;
  return machine_leaf_fault (call, MEM_FAULT_UNINITIALISED_READ, argument);
}

/* Whether n_bytes from offset behind a pointer argument may be accessed; FALSE: the program stopped. */
gboolean
machine_leaf_check (MachineLeafCall *call, guint argument, guint64 offset, guint64 n_bytes,
                    MemAccess access)
{
  MachineValue *value = get_argument (call, argument);
  MemSpace *space = call->machine->space;
  guint64 address = value->bits + offset;

  if (n_bytes == 0)
    return TRUE;
  if (!machine_leaf_is_defined (call, argument))
    return FALSE;
  if (access == MEM_ACCESS_READ ? mem_may_read (space, address, value->block, n_bytes)
                                : mem_may_write (space, address, value->block, n_bytes))
    return TRUE;
  if (machine_check_access (call->machine, &value->block, address, n_bytes, access))
    return TRUE;
  call->machine->state.fault.argument = argument + 1;
  call->machine->state.fault.pointer_cell = value->cell;
  return FALSE;
}

/* Reads a byte that must be defined. */
gboolean
machine_leaf_get_byte (MachineLeafCall *call, guint argument, guint64 offset, guint8 *byte)
{
  MemSpace *space = call->machine->space;
  guint64 address = get_argument (call, argument)->bits + offset;

  if (!machine_leaf_check (call, argument, offset, 1, MEM_ACCESS_READ))
    return FALSE;
  if (space->defined[address] != 0xff
      && !machine_tolerates (call->machine, MEM_FAULT_UNINITIALISED_READ))
    {
      machine_leaf_fault (call, MEM_FAULT_UNINITIALISED_READ, argument);
      call->machine->state.fault.mem.address = address;
      return FALSE;
    }
  *byte = space->bytes[address];
  return TRUE;
}

/* Reads a scalar, of whose bits not all need to be defined. */
gboolean
machine_leaf_load (MachineLeafCall *call, guint argument, guint64 offset, IrScalar scalar,
                   MachineValue *value)
{
  MemSpace *space = call->machine->space;
  guint64 address = get_argument (call, argument)->bits + offset;
  guint n_bytes = ir_scalar_get_size (scalar);

  if (!machine_leaf_check (call, argument, offset, n_bytes, MEM_ACCESS_READ))
    return FALSE;
  *value = (MachineValue){ .scalar = scalar };
  memcpy (&value->bits, space->bytes + address, n_bytes);
  memcpy (&value->defined, space->defined + address, n_bytes);
  if (scalar == IR_SCALAR_POINTER && address % 8 == 0)
    value->block = space->provenance[address / 8];
  return TRUE;
}

gboolean
machine_leaf_set_byte (MachineLeafCall *call, guint argument, guint64 offset, guint8 byte)
{
  return machine_leaf_set_bytes (call, argument, offset, &byte, 1);
}

gboolean
machine_leaf_set_bytes (MachineLeafCall *call, guint argument, guint64 offset, const void *bytes,
                        guint64 n_bytes)
{
  if (n_bytes == 0)
    return TRUE;
  if (!machine_leaf_check (call, argument, offset, n_bytes, MEM_ACCESS_WRITE))
    return FALSE;
  mem_set_bytes (call->machine->space, get_argument (call, argument)->bits + offset, bytes,
                 n_bytes);
  return TRUE;
}

/* A pointer word that changes hands is told to whoever surveys the run. */
static void
tell_copied_pointers (Machine *machine, guint64 to, guint64 n_bytes)
{
  for (guint64 address = (to + 7) / 8 * 8; address + 8 <= to + n_bytes; address += 8)
    {
      MachineEvent event = { MACHINE_EVENT_STORE,
                             0,
                             machine->state.pc,
                             machine->state.steps,
                             machine->state.ticks,
                             address,
                             machine->space->provenance[address / 8] };

      if (event.value != 0)
        g_array_append_val (machine->events, event);
    }
}

/* Copies bytes with their undefined bits and provenance, and counts them as copied. */
gboolean
machine_leaf_copy (MachineLeafCall *call, guint to, guint64 to_offset, guint from,
                   guint64 from_offset, guint64 n_bytes)
{
  Machine *machine = call->machine;
  guint64 dest = get_argument (call, to)->bits + to_offset;

  if (n_bytes == 0)
    return TRUE;
  if (!machine_leaf_check (call, from, from_offset, n_bytes, MEM_ACCESS_READ)
      || !machine_leaf_check (call, to, to_offset, n_bytes, MEM_ACCESS_WRITE))
    return FALSE;
  mem_copy (machine->space, dest, get_argument (call, from)->bits + from_offset, n_bytes);
  machine->state.copied_bytes += n_bytes;
  call->cost += n_bytes / 16;
  machine_tell (machine, MACHINE_EVENT_COPY, MIN (n_bytes, G_MAXUINT32));
  if (machine->tells_stores && machine->events != NULL)
    tell_copied_pointers (machine, dest, n_bytes);
  return TRUE;
}

/* Stores a pointer through a pointer argument (strtol's end). */
gboolean
machine_leaf_set_pointer (MachineLeafCall *call, guint argument, guint64 address, guint32 block)
{
  guint64 to = get_argument (call, argument)->bits;

  if (!machine_leaf_check (call, argument, 0, 8, MEM_ACCESS_WRITE))
    return FALSE;
  if (to % 8 == 0)
    mem_set_pointer (call->machine->space, to, address, block);
  else
    mem_set_bytes (call->machine->space, to, &address, 8);
  return TRUE;
}

/* Stores an integer of n_bytes through a pointer argument (printf's %n, scanf). */
gboolean
machine_leaf_set_value (MachineLeafCall *call, guint argument, guint64 bits, guint n_bytes)
{
  return machine_leaf_set_bytes (call, argument, 0, &bits, n_bytes);
}

static gboolean
is_all_defined (const guint8 *defined, guint64 n_bytes)
{
  guint64 all = G_MAXUINT64, i = 0;

  for (; i + 8 <= n_bytes; i += 8)
    {
      guint64 word;

      memcpy (&word, defined + i, 8);
      all &= word;
    }
  for (; i < n_bytes; i++)
    all &= G_MAXUINT64 << 8 | defined[i];
  return all == G_MAXUINT64;
}

/* The common case: the string ends inside its block and every byte of it is defined. */
static gboolean
find_length (MachineLeafCall *call, const MachineValue *value, guint64 most, guint64 *length)
{
  const MemSpace *space = call->machine->space;
  const MemBlock *block = mem_block_get (space, value->block);
  guint64 offset = value->bits - block->begin;
  guint64 room;
  const guint8 *end;

  if (value->defined != G_MAXUINT64 || offset >= block->read_limit)
    return FALSE;
  room = block->read_limit - offset;
  end = memchr (space->bytes + value->bits, 0, MIN (room, most));
  if (end != NULL)
    *length = end - (space->bytes + value->bits);
  else if (most <= room)
    *length = most;
  else
    return FALSE;
  return is_all_defined (space->defined + value->bits, *length + (end != NULL ? 1 : 0));
}

/* Bytes before the '\0' of a string argument, at most `most`; each must be readable and defined. */
gboolean
machine_leaf_get_length (MachineLeafCall *call, guint argument, guint64 most, guint64 *length)
{
  guint8 byte = 1;
  guint64 n = 0;

  if (find_length (call, get_argument (call, argument), most, length))
    {
      call->cost += *length / 16;
      return TRUE;
    }
  while (n < most)
    {
      if (!machine_leaf_get_byte (call, argument, n, &byte))
        {
          /* The walk, not a single access, went wrong. */
          call->machine->state.fault.mem.n_bytes = 0;
          return FALSE;
        }
      if (byte == 0)
        break;
      n++;
    }
  *length = n;
  call->cost += n / 16;
  return TRUE;
}

/* The bytes themselves, good until the leaf writes. They must have been checked. */
const char *
machine_leaf_borrow (MachineLeafCall *call, guint argument, guint64 n_bytes)
{
  (void)n_bytes;
  return (const char *)call->machine->space->bytes + get_argument (call, argument)->bits;
}

/* Appends to what the program writes. FALSE: the limit of output is reached. */
gboolean
machine_leaf_print (MachineLeafCall *call, MachineStream stream, const char *text, gsize n_bytes)
{
  Machine *machine = call->machine;
  GByteArray *output = machine->outputs[stream];
  guint64 *n_output = &machine->state.n_output[stream];
  gsize known = output->len - MIN (*n_output, output->len);

  if (n_bytes == 0)
    return TRUE;
  if (*n_output + n_bytes > machine->limits.max_output)
    {
      machine_stop_at_limit (machine, MACHINE_LIMIT_OUTPUT);
      return FALSE;
    }
  /* What was written on an earlier way through here stands there already. */
  if (n_bytes > known)
    g_byte_array_append (output, (const guint8 *)text + known, n_bytes - known);
  *n_output += n_bytes;
  call->cost += n_bytes / 16;
  machine_tell (machine, MACHINE_EVENT_PRINT, MIN (n_bytes, G_MAXUINT32));
  return TRUE;
}

/* The address in a pointer argument becomes known as a number. */
void
machine_leaf_expose (MachineLeafCall *call, guint argument)
{
  guint32 id = get_argument (call, argument)->block;

  if (id == 0)
    return;
  mem_block_get (call->machine->space, id)->is_exposed = TRUE;
  mem_block_mark (call->machine->space, id);
}

/* State of the program's random numbers; kept by history. */
MachineRandom *
machine_leaf_get_random (MachineLeafCall *call)
{
  return &call->machine->state.random;
}

/* The next byte of input; *is_end when there is none and none will come. */
MachineLeafAnswer
machine_leaf_read_input (MachineLeafCall *call, guint8 *byte, gboolean *is_end)
{
  Machine *machine = call->machine;

  *is_end = machine->state.n_input >= machine->input->len;
  if (*is_end)
    return machine->input_is_open ? MACHINE_LEAF_NEED_INPUT : MACHINE_LEAF_DONE;
  *byte = machine->input->data[machine->state.n_input++];
  return MACHINE_LEAF_DONE;
}

/* All of the input that is known and still to be read. A leaf whose answer what comes behind it could change answers that it needs more,
 * unless nothing will come. */
const char *
machine_leaf_peek_input (MachineLeafCall *call, gsize *n_bytes, gboolean *is_end)
{
  Machine *machine = call->machine;
  gsize n_read = MIN (machine->state.n_input, machine->input->len);

  *n_bytes = machine->input->len - n_read;
  *is_end = !machine->input_is_open;
  return *n_bytes > 0 ? (const char *)machine->input->data + n_read : "";
}

void
machine_leaf_skip_input (MachineLeafCall *call, gsize n_bytes)
{
  call->machine->state.n_input += n_bytes;
}

/* ---- managed memory ---- */

/* A new object of a type, all zero, whose first reference is the result. NEED_MEMORY: the machine makes room, and the leaf runs again. Ask
 * before the first write. */
MachineLeafAnswer
machine_leaf_make_object (MachineLeafCall *call, guint32 type)
{
  Machine *machine = call->machine;
  guint64 n_bytes = ir_program_get_type (machine->code->program, type)->size;
  guint32 id = machine_make_block (machine, n_bytes, machine->code->type_shapes[type], type);

  if (id == 0)
    return machine->state.end != MACHINE_END_NONE ? MACHINE_LEAF_FAULT : MACHINE_LEAF_NEED_MEMORY;
  machine_clear_head (machine, id, n_bytes);
  call->cost += n_bytes / 16;
  call->result.bits = mem_block_get (machine->space, id)->begin;
  call->result.block = id;
  return MACHINE_LEAF_DONE;
}

/* ---- memory by hand ---- */

/* A block of n_bytes, its address in call->result, or NULL when the heap has no room. */
MachineLeafAnswer
machine_leaf_allocate (MachineLeafCall *call, guint64 n_bytes, gboolean clear)
{
  Machine *machine = call->machine;
  guint64 cost, address;
  guint32 id = machine->state.n_blocks;

  call->result.bits = 0;
  call->result.block = 0;
  if (id >= MEM_MAX_BLOCKS)
    {
      machine_stop_at_limit (machine, MACHINE_LIMIT_BLOCKS);
      return MACHINE_LEAF_FAULT;
    }
  if (strategy_allocate (machine->strategy, id, n_bytes, 0, &address, &cost) != STRATEGY_DONE)
    return MACHINE_LEAF_DONE;
  call->cost += cost;
  machine_describe_block (machine, id);
  machine_count_allocation (machine, id, n_bytes, call->hint);
  if (clear && n_bytes > 0)
    {
      mem_clear (machine->space, address, n_bytes);
      call->cost += n_bytes / 16;
    }
  call->result.bits = address;
  call->result.block = id;
  return MACHINE_LEAF_DONE;
}

static void
end_block (MachineLeafCall *call, guint32 id)
{
  Machine *machine = call->machine;
  guint64 cost;

  strategy_free_block (machine->strategy, id, &cost);
  call->cost += cost;
  machine_count_free (machine, id);
}

/* Whether the pointer argument may be given back. On FALSE *answer says how the call ends: with a fault, or, where a rule
 * allows it, without doing anything. */
static gboolean
may_release (MachineLeafCall *call, guint argument, MachineLeafAnswer *answer)
{
  MachineValue *value = get_argument (call, argument);
  MemFaultKind kind;

  *answer = MACHINE_LEAF_FAULT;
  if (!machine_leaf_is_defined (call, argument))
    return FALSE;
  if (value->block == 0)
    mem_check (call->machine->space, value->bits, &value->block, 1, MEM_ACCESS_FREE,
               call->machine->state.n_blocks);
  kind = strategy_judge_release (call->machine->strategy, value->bits, value->block);
  if (kind == MEM_FAULT_NONE)
    return TRUE;
  if (machine_tolerates (call->machine, kind))
    {
      *answer = MACHINE_LEAF_DONE;
      return FALSE;
    }
  machine_leaf_fault (call, kind, argument);
  call->machine->state.fault.mem.access = MEM_ACCESS_FREE;
  return FALSE;
}

/* Gives the block back; NULL does nothing (C11 7.22.3.3). */
MachineLeafAnswer
machine_leaf_release (MachineLeafCall *call, guint argument)
{
  MachineValue *value = get_argument (call, argument);
  MachineLeafAnswer answer;

  if (value->bits == 0 && value->block == 0 && value->defined == G_MAXUINT64)
    return MACHINE_LEAF_DONE;
  if (!may_release (call, argument, &answer))
    return answer;
  end_block (call, value->block);
  return MACHINE_LEAF_DONE;
}

/* A new block with the old one's bytes, as far as they fit; the old one ends, also where the new one lies at its address
 * (C11 7.22.3.5). The old one stays when there is no room. */
MachineLeafAnswer
machine_leaf_reallocate (MachineLeafCall *call, guint argument, guint64 n_bytes)
{
  MachineValue *value = get_argument (call, argument);
  Machine *machine = call->machine;
  MachineLeafAnswer answer;
  MachineValue old = *value;
  guint64 n_kept;

  if (value->bits == 0 && value->block == 0 && value->defined == G_MAXUINT64)
    return machine_leaf_allocate (call, n_bytes, FALSE);
  /* glibc frees here and gives NULL; the standard leaves it open. */
  if (n_bytes == 0)
    {
      call->result.bits = 0;
      call->result.block = 0;
      return machine_leaf_release (call, argument);
    }
  if (!may_release (call, argument, &answer))
    return answer;
  old.block = value->block;
  n_kept = MIN (n_bytes, mem_block_get (machine->space, old.block)->size);
  answer = machine_leaf_allocate (call, n_bytes, FALSE);
  if (answer != MACHINE_LEAF_DONE || call->result.bits == 0)
    return answer;
  if (call->hint == 0)
    mem_block_get (machine->space, call->result.block)->hint
        = mem_block_get (machine->space, old.block)->hint;
  mem_copy (machine->space, call->result.bits, old.bits, n_kept);
  machine->state.copied_bytes += n_kept;
  call->cost += n_kept / 16;
  if (machine->tells_stores && machine->events != NULL)
    tell_copied_pointers (machine, call->result.bits, n_kept);
  end_block (call, old.block);
  return MACHINE_LEAF_DONE;
}
