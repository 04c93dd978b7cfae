/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "machine-undefined.h"
#include "machine.h"

G_BEGIN_DECLS

/* The slow ways of machine-loop.c. Those with a gboolean return FALSE when the program is over. */

MACHINE_COLD gboolean machine_check_pointer (Machine *machine, guint8 *p_at, guint64 address,
                                             guint64 n_bytes, guint64 align, MemAccess access);
MACHINE_COLD gboolean machine_check_defined (Machine *machine);
MACHINE_COLD gboolean machine_check_index (Machine *machine, gint64 index, guint32 count);
MACHINE_COLD gboolean machine_check_length (Machine *machine, const guint8 *length_at,
                                            const guint8 *index_at);
gboolean machine_take_part (Machine *machine, const MachineOp *op, guint8 *dest_at,
                            const guint8 *length_at);
gboolean machine_find_method (Machine *machine, guint8 *dest_at, guint8 *table_at,
                              guint32 selector);
MACHINE_COLD void machine_expose_block (Machine *machine, guint32 id);
MACHINE_COLD void machine_tell_store (Machine *machine, guint64 address, guint32 block);
void machine_end_slots (Machine *machine, const MachineFunction *function);
gboolean machine_begin_slot (Machine *machine, guint ordinal, guint32 slot, guint64 address,
                             guint32 size);
gboolean machine_pass_arguments (Machine *machine, const MachineFunction *function, guint64 base,
                                 const MachineArgument *arguments, guint n, guint8 *const bases[4]);
gint64 machine_resolve_callee (Machine *machine, guint8 *p_at);
MachineLeafAnswer machine_run_leaf (Machine *machine, const MachineOp *op, guint8 *const bases[4]);
gboolean machine_copy_block (Machine *machine, guint64 to, guint64 from, guint64 n_bytes);
void machine_return_block (Machine *machine, guint64 to, guint64 from, guint64 n_bytes,
                           guint32 type);
gboolean machine_check_block_pointer (Machine *machine, guint8 *p_at, guint64 n_bytes,
                                      MemAccess access);

/* ---- machine-loop.c ---- */
MachinePause machine_run_code (Machine *machine, guint64 until_step, guint64 until_tick);
MachinePause machine_run_watched_code (Machine *machine, guint64 until_step, guint64 until_tick);

void machine_clear_cells (Machine *machine, const MachineFunction *function, guint64 registers);

/* ---- machine-frame.c: frames that are more than a call's ---- */
guint64 machine_get_cell (const Machine *machine, MachineCell cell);
gboolean machine_push_called (Machine *machine, guint32 function, guint32 call_pc,
                              const guint64 *arguments, guint n_arguments);
void machine_set_room (Machine *machine);
void machine_end_frame (Machine *machine);
void machine_pop_frame (Machine *machine);
void machine_return (Machine *machine, const MachineOp *op);
gboolean machine_overflow (Machine *machine);
gboolean machine_take_frame (Machine *machine, const MachineOp *op, guint8 *const bases[4]);
gboolean machine_keep_frame (Machine *machine, const MachineOp *op);
gboolean machine_resume (Machine *machine, const MachineOp *op, gboolean throws);
void machine_yield (Machine *machine, const MachineOp *op);
gboolean machine_get_frame_state (Machine *machine, const MachineOp *op);

/* ---- machine-unwind.c: exceptions ---- */
void machine_throw (Machine *machine, guint64 from, gboolean is_emptied);
void machine_raise (Machine *machine, const MachineValue *value);
void machine_throw_on (Machine *machine, guint64 from, gboolean is_emptied);
void machine_unwind (Machine *machine);

/* ---- machine-object.c: references and the strategy ---- */
void machine_retain (Machine *machine, guint64 cell);
void machine_let_go (Machine *machine, guint64 cell);
gboolean machine_has_work (const Machine *machine);
gboolean machine_clear_slot_cell (Machine *machine, const MachineOp *op, guint64 cell);
gboolean machine_allocate_object (Machine *machine, const MachineOp *op);
gboolean machine_release_object (Machine *machine, guint64 cell);
gboolean machine_collect (Machine *machine, const MachineOp *op);
guint32 machine_make_block (Machine *machine, guint64 n_bytes, guint32 shape, guint32 hint);
void machine_clear_head (Machine *machine, guint32 id, guint64 n_bytes);
void machine_drop_passed (Machine *machine, guint64 cell, MachinePassing passing);
void machine_tell_reference (Machine *machine, guint64 address);
void machine_come_back (Machine *machine);
MachinePause machine_work (Machine *machine, guint64 until_step, guint64 until_tick);

G_END_DECLS
