/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "machine-code.h"
#include "machine-leaf.h"
#include "memory/mem-heap.h"
#include "strategy/strategy.h"

G_BEGIN_DECLS

/* The machine: runs a code array against one memory. No global state, no clock, no randomness, no host address: the same
 * program and settings give the same run, byte for byte.
 *
 *   tick   one instruction of the code array, or what a leaf charges for its work. Limits and keyframes count these.
 *   step   a STOP. A machine that has paused at step n has arrived at the nth STOP and run nothing of what follows it.
 *   event  something worth telling: a call, an allocation, output …
 */

/* A frame. Those beyond the depth are the popped ones that nothing has overwritten. */
typedef struct
{
  guint32 function;
  guint32 call_pc;   /* index of the calling instruction; G_MAXUINT32 for main */
  guint32 frame;     /* its lowest address */
  guint32 registers; /* address of its first register, in the hidden part */
} MachineFrame;

/* Why machine_run() came back. */
typedef enum
{
  MACHINE_PAUSED_AT_STEP, /* the step asked for */
  MACHINE_PAUSED_AT_TICK, /* at least as many ticks as asked for */
  MACHINE_ENDED,          /* the program is over: see MachineState.end */
} MachinePause;

typedef enum
{
  MACHINE_END_NONE, /* it goes on */
  MACHINE_END_EXIT,
  MACHINE_END_FAULT,
  MACHINE_END_LIMIT,
} MachineEnd;

typedef enum
{
  MACHINE_LIMIT_TICKS,
  MACHINE_LIMIT_STEPS,
  MACHINE_LIMIT_HEAP,
  MACHINE_LIMIT_OUTPUT,
  MACHINE_LIMIT_BLOCKS,
} MachineLimit;

/* A fault and its details, for the story told about it. */
typedef struct
{
  MemFault mem;
  guint32 pc;           /* the instruction */
  guint32 pointer_cell; /* address of the cell whose pointer was followed, 0: none */
  guint32 argument;     /* of a leaf: which one, from 1; 0: none */
  guint64 number;       /* index, divisor, shift count, bytes asked for … */
  guint64 limit;        /* that it exceeds: elements of the array, width … */
} MachineFault;

/* State of the program's random numbers: glibc's additive feedback generator, the last 34 words of it. */
typedef struct _MachineRandom
{
  guint32 words[34];
  guint32 next;      /* index of the oldest word */
  guint32 is_seeded; /* 0: as if srand (1) had been called */
} MachineRandom;

/* All that changes besides the paged arrays. Plain data, copied whole into a keyframe. */
typedef struct
{
  guint32 pc;
  guint32 frame;     /* address */
  guint32 registers; /* address */
  guint32 depth;     /* 1 is main; 0 before it and after */
  guint32 arrived;   /* 1: the STOP at pc has been counted */
  guint64 steps;
  guint64 ticks;                       /* up to the last transfer; see machine_get_ticks() */
  guint64 n_output[MACHINE_N_STREAMS]; /* bytes */
  guint64 n_input;                     /* bytes consumed */
  guint32 n_blocks;                    /* ids given so far, 0 included */
  guint32 n_heap_blocks;
  guint64 n_allocations, n_frees;
  guint64 live_bytes, live_blocks, peak_bytes;
  guint64 copied_bytes;
  guint64 high_water; /* address: no heap byte from here on was ever given out */
  MachineRandom random;
  MachineEnd end;
  gint32 exit_status;
  MachineLimit limit;
  MachineFault fault;
} MachineState;

typedef struct
{
  guint64 max_ticks, max_steps, max_output;
  gboolean allow[MEM_N_FAULTS]; /* rules: the fault does not stop the program */
  gboolean no_reuse;            /* freed bytes are not given out again */
  char **arguments;             /* of main, behind the program's name; borrowed; NULL: none */
} MachineLimits;

/* Kinds of events. */
typedef enum
{
#define EVENT(id, name) MACHINE_EVENT_##id,
#include "machine-event.def"
#undef EVENT
  MACHINE_N_EVENTS,
} MachineEventKind;

/* One event, as the machine tells it; history packs it. */
typedef struct
{
  guint8 kind; /* MachineEventKind */
  guint32 id;  /* block, function … */
  guint32 pc;
  guint64 step;           /* steps so far: the step whose doing it is */
  guint64 tick;           /* of the last transfer */
  guint64 address, value; /* STORE: where, what it held before and holds now as block ids */
} MachineEvent;

typedef struct _Machine Machine;
struct _Machine
{
  MachineCode *code;
  MachineLimits limits;
  MemSpace *space;
  MemHeap *heap;
  MemArray *frame_array;
  MachineFrame *frames; /* by depth */
  StrategyManual *strategy;
  const MachineLeaf *leaves; /* IR_N_LEAVES, given by the caller */
  MachineState state;
  GByteArray *outputs[MACHINE_N_STREAMS]; /* all of the run so far; the first n_output bytes are
                                             this state's */
  GBytes *input;                          /* (nullable) */
  GArray *events;                         /* of MachineEvent; NULL: nobody listens */
  gboolean tells_calls;                   /* calls and returns are events too */
  gboolean tells_borrows;                 /* borrows are events too */
  gboolean tells_stores;                  /* pointer stores are events too */
  guint64 until_step;
  guint64 until_tick;
};

Machine *machine_new (MachineCode *code, const MachineLeaf *leaves, const MachineLimits *limits,
                      GBytes *input);
void machine_free (Machine *machine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Machine, machine_free)

MachinePause machine_run (Machine *machine, guint64 until_step, guint64 until_tick);
guint64 machine_get_ticks (const Machine *machine);
guint64 machine_get_limit (const Machine *machine, MachineLimit limit);
const char *machine_limit_get_name (MachineLimit limit);
const char *machine_event_get_name (MachineEventKind kind);
guint64 machine_hash (Machine *machine);

/* ---- keyframes ---- */

typedef struct
{
  MachineState state;
  MemSnapshot *space, *blocks, *index, *frames;
} MachineKeyframe;

MachineKeyframe *machine_keyframe_new (Machine *machine);
void machine_keyframe_restore (Machine *machine, const MachineKeyframe *keyframe);
void machine_keyframe_free (Machine *machine, MachineKeyframe *keyframe);
gsize machine_get_kept_bytes (const Machine *machine);

/* ---- for the machine's own files ---- */

__attribute__ ((cold)) void machine_fault (Machine *machine, MemFaultKind kind, MemAccess access,
                                           guint64 address, guint32 n_bytes, guint32 block);
gboolean machine_tolerates (Machine *machine, MemFaultKind kind);
gboolean machine_check_access (Machine *machine, guint32 *block, guint64 address, guint64 n_bytes,
                               MemAccess access);
void machine_tell (Machine *machine, MachineEventKind kind, guint32 id);
guint32 machine_add_block (Machine *machine, MemBlockKind kind, guint64 begin, guint64 size);
void machine_stop_at_limit (Machine *machine, MachineLimit limit);
void machine_mark_frame (Machine *machine);

G_END_DECLS
