/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Leaves of no language: each gives one of the answers that a leaf can give, so that programs in the IR's text form reach all of them. */

#include "runtime/c/c-library.h"

/* RAISE: its argument becomes the exception. */
MachineLeafAnswer
c_library_IR_RAISE (MachineLeafCall *call)
{
  if (!machine_leaf_is_defined (call, 0))
    return MACHINE_LEAF_FAULT;
  call->result = call->arguments[0];
  return MACHINE_LEAF_RAISE;
}

/* SLOW for odd numbers, else DONE with the half. */
MachineLeafAnswer
c_library_IR_HALF (MachineLeafCall *call)
{
  gint32 n = (gint32)call->arguments[0].bits;

  if (!machine_leaf_is_defined (call, 0))
    return MACHINE_LEAF_FAULT;
  if (n % 2 != 0)
    return MACHINE_LEAF_SLOW;
  call->result.bits = (guint32)(n / 2);
  return MACHINE_LEAF_DONE;
}

/* NEED_MEMORY while there is no room, else DONE with a new object of the type hint. */
MachineLeafAnswer
c_library_IR_NEW (MachineLeafCall *call)
{
  return machine_leaf_make_object (call, call->hint);
}

/* Charges as many ticks as its argument says. */
MachineLeafAnswer
c_library_IR_CHARGE (MachineLeafCall *call)
{
  if (!machine_leaf_is_defined (call, 0))
    return MACHINE_LEAF_FAULT;
  call->cost += (guint32)call->arguments[0].bits;
  return MACHINE_LEAF_DONE;
}
