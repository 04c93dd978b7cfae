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
gboolean machine_pass_arguments (Machine *machine, const MachineFunction *function,
                                 const MachineArgument *arguments, guint n, guint8 *const bases[4]);
gint64 machine_resolve_callee (Machine *machine, guint8 *p_at);
gboolean machine_run_leaf (Machine *machine, const MachineOp *op, guint8 *const bases[4]);
gboolean machine_copy_block (Machine *machine, guint64 to, guint64 from, guint64 n_bytes);
void machine_return_block (Machine *machine, guint64 to, guint64 from, guint64 n_bytes,
                           guint32 type);
gboolean machine_check_block_pointer (Machine *machine, guint8 *p_at, guint64 n_bytes,
                                      MemAccess access);

G_END_DECLS
