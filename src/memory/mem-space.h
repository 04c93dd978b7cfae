/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "mem-array.h"
#include "mem-fault.h"

G_BEGIN_DECLS

/* The address space of one program and the table of its blocks.
 *
 * Three planes: a byte's value; a mask of its defined bits (0xff: all, 0: none); per aligned word of 8 bytes the *provenance*, the id
 * of the block that the pointer in it was made for. Addresses look like real ones and rise in this order:
 *
 *     code | constants | data | heap ->      <- stack | hidden
 *
 * Behind the stack stands a hidden part that no block covers and no program reaches: the machine's registers and
 * constants, so that they are kept by history like everything else. */

typedef enum
{
  MEM_REGION_CODE,
  MEM_REGION_CONSTANTS,
  MEM_REGION_DATA,
  MEM_REGION_HEAP,
  MEM_REGION_STACK,
  MEM_N_REGIONS,
} MemRegion;

typedef struct
{
  guint64 begin, end; /* addresses */
} MemRange;

/* What a block is. */
typedef enum
{
  MEM_BLOCK_FUNCTION, /* code: can be called, not read */
  MEM_BLOCK_CONSTANT, /* read-only */
  MEM_BLOCK_GLOBAL,
  MEM_BLOCK_HEAP,
  MEM_BLOCK_SLOT, /* one incarnation of a local variable */
} MemBlockKind;

typedef enum
{
  MEM_BLOCK_LIVE,
  MEM_BLOCK_FREED, /* heap: given back */
  MEM_BLOCK_ENDED, /* slot: its scope or its frame ended */
} MemBlockState;

/* A block's record. Hot fields first: an access is right when it lies within [begin, begin + limit). */
typedef struct
{
  guint32 begin;         /* address */
  guint32 read_limit;    /* bytes that may be read: size while live, else 0 */
  guint32 write_limit;   /* bytes that may be written: 0 for constants too */
  guint32 size;          /* bytes asked for */
  guint8 kind;           /* MemBlockKind */
  guint8 state;          /* MemBlockState */
  guint8 is_exposed;     /* its address became a number (PNVI-ae-udi, ISO/IEC TS 6010) */
  guint8 is_overwritten; /* freed, and its bytes went to another block */
  guint32 number;        /* heap: from 1 in the order of allocation; else 0 */
  guint32 hint;          /* heap: IR type id, 0 unknown; slot: slot id; global, function: its id */
  guint32 made_at;       /* code index of the instruction that made it */
  guint32 ended_at;      /* … and of the one that ended it */
  guint32 function;      /* whose instruction made it */
  union
  {
    guint32 frame; /* slot: depth of its frame */
    guint32 shape; /* heap: index of its MemShape; 0: no references */
  };
  guint32 ended_by; /* function whose instruction ended it */
} MemBlock;

#define MEM_MAX_BLOCKS (1u << 24)

/* Bytes whose writes somebody waits for. What is seen is no part of the state: whoever watches begins it anew where he goes. */
typedef struct
{
  guint64 begin, end; /* addresses; end 0: nobody waits */
  gboolean is_written;
  gboolean keeps_first; /* at is that of the first write, else of the last one */
  guint32 now;          /* code index of the instruction that runs */
  guint32 at;           /* … of the one that wrote */
} MemWatch;

typedef struct
{
  MemArray *array;     /* the three planes */
  guint8 *bytes;       /* plane 0 */
  guint8 *defined;     /* plane 1 */
  guint32 *provenance; /* plane 2 */
  guint8 *dirty;
  MemRange regions[MEM_N_REGIONS];
  MemRange hidden;
  guint64 size; /* of everything */

  MemArray *block_array;
  MemBlock *blocks; /* by id; 0 is no block */

  MemWatch watch;
} MemSpace;

/* Sizes in bytes that the address map is made from. */
typedef struct
{
  guint64 code, constants, data, heap, stack, hidden;
} MemSizes;

MemSpace *mem_space_new (const MemSizes *sizes);
void mem_space_free (MemSpace *space);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MemSpace, mem_space_free)

void mem_space_get_map (const MemSizes *sizes, MemRange regions[MEM_N_REGIONS], MemRange *hidden);
gboolean mem_space_find_region (const MemSpace *space, guint64 address, MemRegion *region);

/* ---- blocks ---- */

void mem_block_begin (MemSpace *space, guint32 id, MemBlockKind kind, guint64 begin, guint64 size);
void mem_block_end (MemSpace *space, guint32 id, MemBlockState state);

static inline MemBlock *
mem_block_get (const MemSpace *space, guint32 id)
{
  return &space->blocks[id];
}

static inline void
mem_block_mark (MemSpace *space, guint32 id)
{
  mem_array_mark (space->block_array, (guint64)id * sizeof (MemBlock));
  /* A record may reach into the next page. */
  mem_array_mark (space->block_array, (guint64)id * sizeof (MemBlock) + sizeof (MemBlock) - 1);
}

/* ---- raw access, for allocators, loading and decoding; no checks beyond the space's end ---- */

static inline guint64
mem_get_word (const MemSpace *space, guint64 address)
{
  return *(const guint64 *)(space->bytes + address);
}

void mem_see_write (MemSpace *space);

/* Everything that writes bytes tells it here. That bytes become undefined is no write. */
static inline void
mem_tell_write (MemSpace *space, guint64 address, guint64 n_bytes)
{
  if (G_UNLIKELY (address < space->watch.end) && address + n_bytes > space->watch.begin)
    mem_see_write (space);
}

static inline void
mem_set_word (MemSpace *space, guint64 address, guint64 value)
{
  *(guint64 *)(space->bytes + address) = value;
  mem_array_mark (space->array, address);
  mem_tell_write (space, address, 8);
}

void mem_set_bytes (MemSpace *space, guint64 address, const void *bytes, guint64 n_bytes);
void mem_set_pointer (MemSpace *space, guint64 address, guint64 value, guint32 block);
void mem_clear (MemSpace *space, guint64 address, guint64 n_bytes);
void mem_set_undefined (MemSpace *space, guint64 address, guint64 n_bytes);
void mem_set_defined (MemSpace *space, guint64 address, guint64 n_bytes);
gboolean mem_is_defined (const MemSpace *space, guint64 address, guint64 n_bytes);
void mem_copy (MemSpace *space, guint64 to, guint64 from, guint64 n_bytes);

/* ---- the checked access of the program ---- */

/* Whether n_bytes at address may be read through a pointer made for the block. The common case alone; what is wrong
 * otherwise says mem_check(). */
static inline gboolean
mem_may_read (const MemSpace *space, guint64 address, guint32 block, guint64 n_bytes)
{
  const MemBlock *b = &space->blocks[block];
  guint64 offset = address - b->begin;

  return offset < b->read_limit && n_bytes <= b->read_limit - offset;
}

static inline gboolean
mem_may_write (const MemSpace *space, guint64 address, guint32 block, guint64 n_bytes)
{
  const MemBlock *b = &space->blocks[block];
  guint64 offset = address - b->begin;

  return offset < b->write_limit && n_bytes <= b->write_limit - offset;
}

MemFault mem_check (MemSpace *space, guint64 address, guint32 *block, guint64 n_bytes,
                    MemAccess access, guint32 n_blocks);
gboolean mem_may_force (const MemSpace *space, guint64 address, guint64 n_bytes, MemAccess access);

G_END_DECLS
