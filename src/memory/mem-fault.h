/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a program can do wrong while it runs. A fault is data: where it was is the machine's to know. */

typedef enum
{
  MEM_FAULT_NONE,
#define FAULT(id, name, may_go_on) MEM_FAULT_##id,
#include "mem-fault.def"
#undef FAULT
  MEM_N_FAULTS,
} MemFaultKind;

typedef enum
{
  MEM_ACCESS_READ,
  MEM_ACCESS_WRITE,
  MEM_ACCESS_FREE,
  MEM_ACCESS_CALL,
} MemAccess;

typedef struct
{
  MemFaultKind kind;
  MemAccess access;
  guint64 address; /* that was used */
  guint32 n_bytes; /* width of the access, 0 where a library function walks */
  guint32 block;   /* id of the block the pointer was made for, 0 for none */
} MemFault;

const char *mem_fault_kind_get_name (MemFaultKind kind);
gboolean mem_fault_kind_find (const char *name, MemFaultKind *kind);
gboolean mem_fault_kind_may_go_on (MemFaultKind kind);

G_END_DECLS
