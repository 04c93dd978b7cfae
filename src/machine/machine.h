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

/* Cells of the machine's own below main's registers: the exception on its way, and references for functions that it calls. */
#define MACHINE_N_OWN_CELLS 4

/* Who called a frame, where it was no instruction: values of MachineFrame.call_pc. */
enum
{
  MACHINE_CALLER_FIRST = 0xfffffff0u,
  MACHINE_CALLER_WORK = MACHINE_CALLER_FIRST, /* a finaliser or a weak reference's call-back */
  MACHINE_CALLER_UNCAUGHT,                    /* the hook for an exception that left main */
  MACHINE_CALLER_NONE = 0xffffffffu,          /* main */
};

/* A frame. Those beyond the depth are the popped ones that nothing has overwritten. */
typedef struct
{
  guint32 function : 31;
  guint32 is_special : 1; /* its end needs more than popping: block, or called by the machine */
  guint32 call_pc;        /* index of the calling instruction, or one of MACHINE_CALLER_… */
  guint32 frame;          /* lowest address of its slots, in the stack or in a heap block */
  guint32 registers;      /* address of its first register, in the hidden part */
  guint32 stack;          /* lowest address of the stack that is in use while it runs */
  guint32 block;     /* heap block that holds its slots, or takes them over when it ends; 0: none */
  guint32 back_pc;   /* called by the machine: where the code goes on afterwards */
  guint32 caught_pc; /* where the exception was thrown that it has caught last */
} MachineFrame;

/* Why machine_run() came back. */
typedef enum
{
  MACHINE_PAUSED_AT_STEP, /* the step asked for */
  MACHINE_PAUSED_AT_TICK, /* at least as many ticks as asked for */
  MACHINE_ENDED,          /* the program is over: see MachineState.end */
  MACHINE_WAITING,        /* the instruction at pc needs more input: see machine_append_input() */
  MACHINE_LEFT_CODE,      /* within the machine only: MachineState.mode has changed */
} MachinePause;

/* What the machine is at. */
typedef enum
{
  MACHINE_MODE_CODE,  /* runs instructions */
  MACHINE_MODE_THROW, /* an exception is on its way out of frames */
  MACHINE_MODE_WORK,  /* the strategy has work: objects die, or a collection runs */
} MachineMode;

typedef enum
{
  MACHINE_END_NONE, /* it goes on */
  MACHINE_END_EXIT,
  MACHINE_END_FAULT,
  MACHINE_END_LIMIT,
  MACHINE_END_EXCEPTION, /* one left main */
  MACHINE_END_ABORT,     /* one left a clean-up while another was on its way */
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
  guint32
      stack; /* address: lowest byte of the stack in use; the frame's, unless that lies in the heap */
  guint32 arrived; /* 1: the STOP at pc has been counted */
  guint32
      is_begun; /* 1: the instruction at pc has been begun, its STOP was counted, and it runs again */
  guint32 is_collected; /* 1: for the instruction at pc the collection that it asked for has run */
  MachineMode mode;
  guint32
      thrown_pc; /* where the exception on its way was thrown, seen from the innermost user frame */
  guint32
      overflow_depth; /* depth of the hook that tells a full stack, which has room beyond it; 0: none */
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
  StrategyKind strategy;        /* see machine_choose_strategy() */
  gboolean collects_at_every_allocation;
  guint64 nursery_bytes; /* generational; 0: as it sees fit */
  guint32 max_depth;     /* frames; 0: as many as fit */
  gboolean is_stepwise;  /* each small step of the strategy is a STOP */
  char **arguments;      /* of main, behind the program's name; borrowed; NULL: none */
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
  Strategy *strategy;
  const MachineLeaf *leaves; /* IR_N_LEAVES, given by the caller */
  MachineState state;
  GByteArray *outputs[MACHINE_N_STREAMS]; /* all of the run so far; the first n_output bytes are
                                             this state's */
  GByteArray *input;                      /* all of it that is known; n_input bytes are consumed */
  gboolean input_is_open;                 /* more may come */
  gboolean is_waiting;                    /* the last run ended for want of input */
  GArray *events;                         /* of MachineEvent; NULL: nobody listens */
  gboolean tells_calls;                   /* calls and returns are events too */
  gboolean tells_borrows;                 /* borrows are events too */
  gboolean tells_stores;                  /* pointer stores are events too */
  gboolean has_barrier;                   /* the strategy is told of them */
  /* Room for frames, less what is kept for the hook that tells that there is none */
  guint32 max_depth;
  guint32 reserve; /* bytes of stack */
};

StrategyKind machine_choose_strategy (const IrProgram *program, StrategyKind wished);
Machine *machine_new (MachineCode *code, const MachineLeaf *leaves, const MachineLimits *limits,
                      GBytes *input);
void machine_free (Machine *machine);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Machine, machine_free)

void machine_open_input (Machine *machine);
void machine_append_input (Machine *machine, const void *bytes, gsize n_bytes);
void machine_end_input (Machine *machine);
MachinePause machine_run (Machine *machine, guint64 until_step, guint64 until_tick);
guint64 machine_get_ticks (const Machine *machine);
guint64 machine_get_limit (const Machine *machine, MachineLimit limit);
const char *machine_limit_get_name (MachineLimit limit);
const char *machine_event_get_name (MachineEventKind kind);
guint64 machine_hash (Machine *machine);

GArray *machine_list_roots (Machine *machine);
gboolean machine_get_stop (const Machine *machine, IrStopKind *kind, TextSpan *span);
guint64 machine_get_thrown_address (const Machine *machine);

/* ---- keyframes ---- */

typedef struct
{
  MachineState state;
  MemSnapshot *space, *blocks, *index, *frames, *strategy;
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
void machine_describe_block (Machine *machine, guint32 id);
void machine_count_allocation (Machine *machine, guint32 id, guint64 n_bytes, guint32 hint);
void machine_count_free (Machine *machine, guint32 id);
void machine_mark_frame (Machine *machine);

/* The instruction that a frame's caller stands at. */
static inline guint32
machine_get_call_pc (const Machine *machine, guint32 depth)
{
  const MachineFrame *frame = &machine->frames[depth];

  return frame->call_pc < MACHINE_CALLER_FIRST ? frame->call_pc : frame->back_pc;
}

G_END_DECLS
