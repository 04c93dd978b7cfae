/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The address space: its map, raw access, block records, and the reasons why an access is wrong. See mem-space.h. */

#include "mem-space.h"

#include <string.h>

#define CODE_BEGIN 0x0400
#define CONSTANTS_BEGIN 0x1000
#define DATA_BEGIN 0x2000
#define HEAP_BEGIN 0x4000
#define STACK_STEP 0x8000

static guint64
round_up (guint64 value, guint64 step)
{
  return (value + step - 1) / step * step;
}

/* Each region begins at its usual address unless what stands before needs more. */
void
mem_space_get_map (const MemSizes *sizes, MemRange regions[MEM_N_REGIONS], MemRange *hidden)
{
  guint64 end;

  regions[MEM_REGION_CODE] = (MemRange){ CODE_BEGIN, CODE_BEGIN + sizes->code };
  end = round_up (regions[MEM_REGION_CODE].end, 0x1000);
  regions[MEM_REGION_CONSTANTS].begin = MAX (CONSTANTS_BEGIN, end);
  regions[MEM_REGION_CONSTANTS].end = regions[MEM_REGION_CONSTANTS].begin + sizes->constants;
  end = round_up (regions[MEM_REGION_CONSTANTS].end, 0x1000);
  regions[MEM_REGION_DATA].begin = MAX (DATA_BEGIN, end);
  regions[MEM_REGION_DATA].end = regions[MEM_REGION_DATA].begin + sizes->data;
  end = round_up (regions[MEM_REGION_DATA].end, 0x1000);
  regions[MEM_REGION_HEAP].begin = MAX (HEAP_BEGIN, end);
  regions[MEM_REGION_HEAP].end = regions[MEM_REGION_HEAP].begin + sizes->heap;
  end = round_up (regions[MEM_REGION_HEAP].end + sizes->stack, STACK_STEP);
  regions[MEM_REGION_STACK] = (MemRange){ end - sizes->stack, end };
  /* A page that nobody owns stands behind the stack. */
  hidden->begin = round_up (end, 1 << MEM_PAGE_SHIFT) + (1 << MEM_PAGE_SHIFT);
  hidden->end = hidden->begin + sizes->hidden;
}

/* The sizes must add up to less than 4 GiB. */
MemSpace *
mem_space_new (const MemSizes *sizes)
{
  static const guint plane_pages[] = { 4096, 4096, 2048 };
  static const guint block_page[] = { 4096 };
  MemSpace *space = g_new0 (MemSpace, 1);

  mem_space_get_map (sizes, space->regions, &space->hidden);
  space->size = round_up (space->hidden.end, 1 << MEM_PAGE_SHIFT);
  g_assert (space->size < G_MAXUINT32);
  space->array = mem_array_new (3, plane_pages, space->size >> MEM_PAGE_SHIFT);
  space->bytes = space->array->planes[0];
  space->defined = space->array->planes[1];
  space->provenance = (guint32 *)space->array->planes[2];
  space->dirty = space->array->dirty;
  space->block_array
      = mem_array_new (1, block_page, (gsize)MEM_MAX_BLOCKS * sizeof (MemBlock) / 4096);
  space->blocks = (MemBlock *)space->block_array->planes[0];
  return space;
}

void
mem_space_free (MemSpace *space)
{
  mem_array_free (space->array);
  mem_array_free (space->block_array);
  g_free (space);
}

/* FALSE when the address is in none. */
gboolean
mem_space_find_region (const MemSpace *space, guint64 address, MemRegion *region)
{
  for (guint i = 0; i < MEM_N_REGIONS; i++)
    {
      if (address >= space->regions[i].begin && address < space->regions[i].end)
        {
          *region = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* ---- blocks ---- */

/* Fills the record's hot fields; who made it and where is the caller's to add. */
void
mem_block_begin (MemSpace *space, guint32 id, MemBlockKind kind, guint64 begin, guint64 size)
{
  MemBlock *block = mem_block_get (space, id);

  *block = (MemBlock){ .begin = begin, .size = size, .kind = kind, .state = MEM_BLOCK_LIVE };
  block->read_limit = kind == MEM_BLOCK_FUNCTION ? 0 : size;
  block->write_limit = kind == MEM_BLOCK_FUNCTION || kind == MEM_BLOCK_CONSTANT ? 0 : size;
  mem_block_mark (space, id);
}

void
mem_block_end (MemSpace *space, guint32 id, MemBlockState state)
{
  MemBlock *block = mem_block_get (space, id);

  block->state = state;
  block->read_limit = 0;
  block->write_limit = 0;
  mem_block_mark (space, id);
}

/* ---- raw access ---- */

void
mem_see_write (MemSpace *space)
{
  if (!space->watch.is_written || !space->watch.keeps_first)
    space->watch.at = space->watch.now;
  space->watch.is_written = TRUE;
}

static void
clear_provenance (MemSpace *space, guint64 address, guint64 n_bytes)
{
  if (n_bytes > 0)
    memset (space->provenance + address / 8, 0,
            ((address + n_bytes - 1) / 8 - address / 8 + 1) * sizeof (guint32));
}

/* Writes defined bytes that are no pointers. */
void
mem_set_bytes (MemSpace *space, guint64 address, const void *bytes, guint64 n_bytes)
{
  memcpy (space->bytes + address, bytes, n_bytes);
  mem_tell_write (space, address, n_bytes);
  mem_set_defined (space, address, n_bytes);
  clear_provenance (space, address, n_bytes);
}

/* Writes zeros. */
void
mem_clear (MemSpace *space, guint64 address, guint64 n_bytes)
{
  memset (space->bytes + address, 0, n_bytes);
  mem_tell_write (space, address, n_bytes);
  mem_set_defined (space, address, n_bytes);
  clear_provenance (space, address, n_bytes);
}

/* address: a multiple of 8 */
void
mem_set_pointer (MemSpace *space, guint64 address, guint64 value, guint32 block)
{
  mem_set_word (space, address, value);
  mem_set_defined (space, address, 8);
  space->provenance[address / 8] = block;
}

void
mem_set_undefined (MemSpace *space, guint64 address, guint64 n_bytes)
{
  memset (space->defined + address, 0, n_bytes);
  clear_provenance (space, address, n_bytes);
  mem_array_mark_range (space->array, address, n_bytes);
}

void
mem_set_defined (MemSpace *space, guint64 address, guint64 n_bytes)
{
  memset (space->defined + address, 0xff, n_bytes);
  mem_array_mark_range (space->array, address, n_bytes);
}

gboolean
mem_is_defined (const MemSpace *space, guint64 address, guint64 n_bytes)
{
  for (guint64 i = 0; i < n_bytes; i++)
    if (space->defined[address + i] != 0xff)
      return FALSE;
  return TRUE;
}

/* Copies values, defined bits and, where whole words are copied between words, provenance. The ranges may overlap. */
void
mem_copy (MemSpace *space, guint64 to, guint64 from, guint64 n_bytes)
{
  if (n_bytes == 0)
    return;
  if ((to - from) % 8 == 0 && n_bytes >= 8)
    {
      guint64 skip = (8 - to % 8) % 8; /* bytes before the first whole word */
      guint64 n_words = n_bytes > skip ? (n_bytes - skip) / 8 : 0;
      guint64 tail = skip + n_words * 8;

      memmove (space->provenance + (to + skip) / 8, space->provenance + (from + skip) / 8,
               n_words * sizeof (guint32));
      clear_provenance (space, to, skip);
      clear_provenance (space, to + tail, n_bytes - tail);
    }
  else
    clear_provenance (space, to, n_bytes);
  memmove (space->bytes + to, space->bytes + from, n_bytes);
  mem_tell_write (space, to, n_bytes);
  memmove (space->defined + to, space->defined + from, n_bytes);
  mem_array_mark_range (space->array, to, n_bytes);
}

/* ---- checked access ---- */

static gboolean
lies_in (const MemSpace *space, guint64 address, MemRegion region)
{
  return address >= space->regions[region].begin && address < space->regions[region].end;
}

/* The one live block with an exposed address that holds it, as PNVI-ae-udi resolves a pointer that is only a number; 0 for none or
 * more than one. */
static guint32
adopt_block (const MemSpace *space, guint64 address, guint32 n_blocks)
{
  guint32 found = 0;

  for (guint32 id = 1; id < n_blocks; id++)
    {
      const MemBlock *block = &space->blocks[id];

      if (block->state == MEM_BLOCK_LIVE && block->is_exposed && address >= block->begin
          && address - block->begin < MAX (block->size, 1))
        {
          if (found != 0)
            return 0;
          found = id;
        }
    }
  return found;
}

static MemFaultKind
judge_block (const MemSpace *space, const MemBlock *block, guint64 address, guint64 n_bytes,
             MemAccess access)
{
  guint64 offset = address - block->begin;

  if (block->state == MEM_BLOCK_FREED)
    return MEM_FAULT_USE_AFTER_FREE;
  if (block->state == MEM_BLOCK_ENDED)
    return MEM_FAULT_DANGLING_STACK;
  if (address < 0x100)
    return MEM_FAULT_NULL_DEREFERENCE;
  if (offset >= block->size || n_bytes > block->size - offset)
    return MEM_FAULT_OUT_OF_BOUNDS;
  if (block->kind == MEM_BLOCK_FUNCTION)
    return MEM_FAULT_WILD_POINTER;
  if (access == MEM_ACCESS_WRITE && block->kind == MEM_BLOCK_CONSTANT)
    return MEM_FAULT_READ_ONLY_WRITE;
  return MEM_FAULT_NONE;
}

/* Says what is wrong with an access, kind MEM_FAULT_NONE if nothing is. A pointer without a block is resolved first, and *block becomes
 * what it was resolved to. n_blocks: ids in use. */
MemFault
mem_check (MemSpace *space, guint64 address, guint32 *block, guint64 n_bytes, MemAccess access,
           guint32 n_blocks)
{
  MemFault fault = { MEM_FAULT_NONE, access, address, n_bytes, *block };

  if (*block == 0 && address >= 0x100)
    {
      *block = adopt_block (space, address, n_blocks);
      fault.block = *block;
    }
  if (*block != 0)
    fault.kind = judge_block (space, mem_block_get (space, *block), address, n_bytes, access);
  else if (address < 0x100)
    fault.kind = MEM_FAULT_NULL_DEREFERENCE;
  else if (access == MEM_ACCESS_WRITE
           && (lies_in (space, address, MEM_REGION_CONSTANTS)
               || lies_in (space, address, MEM_REGION_CODE)))
    fault.kind = MEM_FAULT_READ_ONLY_WRITE;
  else
    fault.kind = MEM_FAULT_WILD_POINTER;
  return fault;
}

/* Whether a real machine would go on after a fault that a rule allows: the bytes are mapped, and can be written if it
 * writes. */
gboolean
mem_may_force (const MemSpace *space, guint64 address, guint64 n_bytes, MemAccess access)
{
  MemRegion first, last;

  if (n_bytes == 0)
    return TRUE;
  if (address + n_bytes < address || !mem_space_find_region (space, address, &first)
      || !mem_space_find_region (space, address + n_bytes - 1, &last) || first != last)
    return FALSE;
  if (access == MEM_ACCESS_WRITE)
    return first == MEM_REGION_DATA || first == MEM_REGION_HEAP || first == MEM_REGION_STACK;
  return first != MEM_REGION_CODE;
}
