/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ir/ir-build.h"
#include "ir/ir-program.h"
#include "memory/mem-shape.h"

G_BEGIN_DECLS

/* A program flattened for speed: one array of instructions with resolved offsets, comparisons fused with their branches, and what the
 * machine must know of functions and globals. Immutable; a pure function of the IR and the sizes. */

/* A place in reach of one instruction: selector in the two lowest bits, byte offset above. */
typedef guint32 MachineCell;

enum
{
  MACHINE_CELL_FRAME,    /* from the frame's lowest address */
  MACHINE_CELL_REGISTER, /* from the frame's first register */
  MACHINE_CELL_ABSOLUTE, /* from address 0 */
  MACHINE_CELL_STACK,    /* from the lowest address of the stack that is in use */
};

#define MACHINE_NO_CELL G_MAXUINT32

static inline MachineCell
machine_cell (guint selector, gint64 offset)
{
  return ((guint32)(gint32)offset << 2) | selector;
}

typedef enum
{
#define OP(name, meaning) MACHINE_OP_##name, MACHINE_OP_##name##_STOP,
#include "machine-op.def"
#undef OP
  MACHINE_N_OPS,
} MachineOpcode;

typedef struct
{
  guint16 op; /* MachineOpcode; odd: counts a STOP first */
  guint16 n;
  guint32 a, b, c;
} MachineOp;

/* What becomes of a reference that is passed. */
typedef enum
{
  MACHINE_PASS_PLAIN,  /* not managed */
  MACHINE_PASS_COPY,   /* the callee gets one more */
  MACHINE_PASS_HANDED, /* the cell it comes from is emptied */
} MachinePassing;

/* An argument of a LEAF or CALL_POINTER, in the words behind it. */
typedef struct
{
  guint16 scalar; /* IrScalar; IR_SCALAR_NONE: an aggregate */
  guint8 is_last;
  guint8 passing; /* MachinePassing */
  guint32 cell;
  guint32 type; /* IR type */
  guint32 size;
} MachineArgument;

G_STATIC_ASSERT (sizeof (MachineArgument) == sizeof (MachineOp));

/* What is known of an instruction besides what it does. */
typedef struct
{
  TextSpan span;
  TextSpan stop_span;  /* where a STOP stands */
  guint8 stop;         /* IrStopKind, or MACHINE_NO_STOP */
  guint8 is_extension; /* a word that belongs to the instruction before */
  guint16 run_offset;  /* instructions since the last transfer, this one not counted */
  guint32 function;
} MachineOpInfo;

#define MACHINE_NO_STOP 0xff

typedef struct
{
  guint32 offset; /* from the frame's lowest address */
  guint32 size;
  guint16 ordinal; /* among the address-taken slots; MACHINE_NOT_TAKEN else */
} MachineSlot;

#define MACHINE_NOT_TAKEN 0xffff

/* Where an exception goes that is thrown by one of these instructions. */
typedef struct
{
  guint32 begin, end; /* indices of instructions */
  guint32 pad;        /* the instruction to go on at; G_MAXUINT32: none */
  gboolean is_cleanup;
} MachineUnwind;

typedef struct
{
  const IrFunction *ir;  /* borrowed from the program */
  guint32 entry;         /* index of its first instruction */
  guint32 address;       /* in the code region */
  guint32 frame_bytes;   /* return record included, a multiple of 16 */
  guint32 cleared_bytes; /* from the lowest address: locals, which begin undefined */
  guint32 register_bytes;
  guint32 n_parameters;
  guint32 n_taken;   /* address-taken slots: their block ids are the frame's first registers */
  guint32 n_managed; /* cells behind those that hold references: roots while they are full */
  guint32
      pending; /* offset of the one with the pending exception, among the registers; G_MAXUINT32: none */
  guint32
      self; /* offset of the one with the block the frame lies in (resumable); G_MAXUINT32: none */
  guint32 n_managed_slots;
  guint32 *managed_slots; /* owned; offsets from the frame's lowest address */
  GArray *unwinds;        /* of MachineUnwind, by rising begin */
  guint32 result_size;
  IrScalar result;
  MachineSlot *slots; /* owned; by slot id */
} MachineFunction;

typedef struct
{
  guint64 value;
  guint32 target;
} MachineCase;

typedef struct
{
  MachineCase *cases; /* owned; by rising value */
  guint32 n_cases;
  guint32 otherwise;
  gboolean is_tags; /* of DISCRIMINATE: the targets are variants' numbers */
} MachineSwitch;

/* A constant in the hidden part of the space. */
typedef struct
{
  guint64 bits;
  guint32 block; /* provenance */
} MachineConstant;

typedef struct
{
  gatomicrefcount reference_count;
  IrProgram *program;
  GArray *ops;         /* of MachineOp */
  GArray *infos;       /* of MachineOpInfo, one for each */
  GArray *functions;   /* of MachineFunction, by IR function id */
  GPtrArray *switches; /* of MachineSwitch */
  GArray *constants;   /* of MachineConstant, 8 bytes each at the beginning of the hidden part */
  guint32 *global_addresses; /* owned; by IR global id */
  GArray *root_words;        /* of guint32: addresses of words of variables that hold references */
  GArray *shapes;            /* of MemShape; the first one has no references */
  guint32 *type_shapes;      /* owned; by IR type id: index in shapes */
  GArray *direct_pages; /* of guint32: pages of globals that are written without being marked */
  MemSizes sizes;
  guint32 margin; /* bytes of stack kept for the arguments of the next call */
  guint32 register_margin;
} MachineCode;

/* Block ids that are given before the program starts. */
static inline guint32
machine_global_block (const MachineCode *code, IrGlobalId id)
{
  return 1 + id;
}

static inline guint32
machine_function_block (const MachineCode *code, IrFunctionId id)
{
  return 1 + code->program->globals->len + id;
}

static inline guint32
machine_first_free_block (const MachineCode *code)
{
  return 1 + code->program->globals->len + code->program->functions->len;
}

MachineCode *machine_code_new (IrProgram *program, guint64 heap_bytes, guint64 stack_bytes);
MachineCode *machine_code_ref (MachineCode *code);
void machine_code_unref (MachineCode *code);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (MachineCode, machine_code_unref)

void machine_make_shapes (MachineCode *code);
char *machine_code_print (const MachineCode *code);

static inline const MachineOp *
machine_code_get_op (const MachineCode *code, guint32 pc)
{
  return &g_array_index (code->ops, MachineOp, pc);
}

static inline const MachineOpInfo *
machine_code_get_info (const MachineCode *code, guint32 pc)
{
  return &g_array_index (code->infos, MachineOpInfo, pc);
}

static inline const MachineFunction *
machine_code_get_function (const MachineCode *code, guint32 id)
{
  return &g_array_index (code->functions, MachineFunction, id);
}

G_END_DECLS
