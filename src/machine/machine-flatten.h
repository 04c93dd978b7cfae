/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "machine-code.h"

G_BEGIN_DECLS

/* One function on its way from the IR to the code array: shared by machine-emit.c (appending), machine-flatten.c (instructions), machine-flatten-arithmetic.c, machine-flatten-place.c (places and
 * operands) and machine-registers.c (which register lies where). */

typedef struct
{
  MachineCode *code;
  const IrProgram *program;
  const IrFunction *ir;
  MachineFunction *function;
  guint32 function_id;
  GHashTable *constants; /* look-up only: (bits, block) -> index in code->constants */
  TextSpan span;         /* of the IR instruction at hand */
  guint8 pending_stop;   /* STOP that the next instruction counts, or MACHINE_NO_STOP */
  TextSpan pending_span;
  guint run_offset;          /* instructions since the last transfer */
  guint32 *register_offsets; /* by IR register: bytes from the frame's first register */
  guint32 temporary;         /* bytes of temporaries in use by the IR instruction at hand */
  guint32 first_temporary;
  guint32 max_temporary;
  guint32 block_begin;    /* index of the first instruction of the block at hand */
  guint32 *block_entries; /* by IR block: index of its first instruction */
  GArray *patches;        /* of guint32: indices of instructions whose c is an IR block */
} MachineFlattener;

/* Where a place is, as far as is known before the run. */
typedef enum
{
  MACHINE_LOCATION_CELL, /* at a cell */
  MACHINE_LOCATION_OFFSET, /* at a cell, plus the offset in another (from INDEX), which is in bounds */
  MACHINE_LOCATION_ELEMENT, /* element `index` of size `scale` behind a cell, not yet checked against count */
  MACHINE_LOCATION_POINTER, /* what the pointer in a cell points to, plus bytes */
  MACHINE_LOCATION_STEPPED, /* element `index` of size `scale` behind the pointer in a cell */
} MachineLocationKind;

typedef struct
{
  MachineLocationKind kind;
  MachineCell cell;
  MachineCell index; /* OFFSET, ELEMENT, STEPPED: i32 in ELEMENT and STEPPED, 8 bytes in OFFSET */
  gint64 bytes;      /* POINTER */
  guint32 scale;     /* ELEMENT, STEPPED: bytes */
  guint32 count;     /* ELEMENT */
  MachineCell metadata; /* of what has no size of its own: its length or vtable; see has_metadata */
  gboolean has_metadata;
} MachineLocation;

/* ---- machine-emit.c ---- */
guint32 machine_emit (MachineFlattener *self, MachineOpcode op, guint32 a, guint32 b, guint32 c);
guint32 machine_emit_n (MachineFlattener *self, MachineOpcode op, guint n, guint32 a, guint32 b,
                        guint32 c);
void machine_emit_word (MachineFlattener *self, guint32 a, guint32 b, guint32 c);
void machine_emit_argument (MachineFlattener *self, MachineCell cell, const IrOperand *operand,
                            gboolean is_last);
guint32 machine_emit_transfer (MachineFlattener *self, MachineOpcode op, guint32 a, guint32 b,
                               guint32 c);
void machine_emit_to_block (MachineFlattener *self, MachineOpcode op, guint32 a, guint32 b,
                            IrBlockId target);
gboolean machine_redirect_result (MachineFlattener *self, MachineCell dest, MachineCell value,
                                  guint size);
MachineCell machine_take_temporary (MachineFlattener *self);
GHashTable *machine_constants_new (void);
MachineCell machine_constant (MachineFlattener *self, guint64 bits, guint32 block);

/* ---- machine-flatten.c ---- */
void machine_flatten_function (MachineFlattener *self);

/* ---- machine-flatten-arithmetic.c ---- */
void machine_flatten_arithmetic (MachineFlattener *self, const IrInstruction *instruction);
MachineOpcode machine_compare_op (IrOpcode opcode, IrScalar scalar, gboolean *swap);
gboolean machine_is_floating (IrScalar scalar);
MachineCell machine_widen (MachineFlattener *self, IrScalar from, gboolean to_64, MachineCell cell);
MachineCell machine_convert_to_bool (MachineFlattener *self, IrScalar from, MachineCell cell);
MachineCell machine_convert_scalar (MachineFlattener *self, IrScalar from, const IrType *to_type,
                                    MachineCell cell);

/* ---- machine-flatten-variant.c ---- */
void machine_flatten_discriminant (MachineFlattener *self, const IrInstruction *instruction);
void machine_flatten_set_discriminant (MachineFlattener *self, const IrInstruction *instruction);

/* ---- machine-flatten-place.c ---- */
MachineLocation machine_settle (MachineFlattener *self, MachineLocation location);
MachineLocation machine_locate (MachineFlattener *self, const IrPlace *place);
MachineCell machine_read_operand (MachineFlattener *self, const IrOperand *operand);
MachineCell machine_read_location (MachineFlattener *self, MachineLocation location,
                                   IrScalar scalar);
void machine_write_location (MachineFlattener *self, MachineLocation location, IrScalar scalar,
                             MachineCell value);
MachineCell machine_dest_cell (MachineFlattener *self, const MachineLocation *location);
MachineLocation machine_project_bytes (MachineFlattener *self, MachineLocation location,
                                       gint64 bytes);
void machine_write_address (MachineFlattener *self, const IrPlace *place, const IrPlace *dest);
MachineCell machine_address_of (MachineFlattener *self, const IrPlace *place, MachineCell dest);
MachineOpcode machine_width_op (MachineOpcode one_byte, IrScalar scalar);
guint machine_width_index (IrScalar scalar);

/* ---- machine-flatten-managed.c ---- */
gboolean machine_is_managed (const MachineFlattener *self, IrTypeId type);
MachinePassing machine_get_passing (const MachineFlattener *self, const IrOperand *operand);
void machine_write_reference (MachineFlattener *self, const IrPlace *place, MachineLocation dest,
                              MachineCell value, gboolean is_shared);
void machine_write_result (MachineFlattener *self, const IrPlace *place, MachineLocation dest,
                           IrScalar scalar, MachineCell result);
MachineCell machine_result_cell (MachineFlattener *self, const IrPlace *place,
                                 const MachineLocation *dest);
void machine_move_reference (MachineFlattener *self, const IrInstruction *move);
void machine_consume (MachineFlattener *self, const IrInstruction *instruction);
void machine_flatten_object (MachineFlattener *self, const IrInstruction *instruction);
void machine_clear_slot (MachineFlattener *self, IrSlotId id);

/* ---- machine-registers.c ---- */
void machine_place_registers (MachineFlattener *self, guint32 first_byte);

G_END_DECLS
