/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names and properties of fault kinds: see mem-fault.h. */

#include "mem-fault.h"

#include <string.h>

static const struct
{
  const char *name;
  gboolean may_go_on;
} kinds[MEM_N_FAULTS] = {
  [MEM_FAULT_NONE] = { "none", FALSE },
#define FAULT(id, name, may_go_on) [MEM_FAULT_##id] = { name, may_go_on },
#include "mem-fault.def"
#undef FAULT
};

const char *
mem_fault_kind_get_name (MemFaultKind kind)
{
  return kinds[kind].name;
}

/* FALSE when there is no kind of that name. */
gboolean
mem_fault_kind_find (const char *name, MemFaultKind *kind)
{
  for (guint i = MEM_FAULT_NONE + 1; i < MEM_N_FAULTS; i++)
    {
      if (strcmp (kinds[i].name, name) == 0)
        {
          *kind = i;
          return TRUE;
        }
    }
  return FALSE;
}

/* Whether a rule can let the program go on after it. */
gboolean
mem_fault_kind_may_go_on (MemFaultKind kind)
{
  return kinds[kind].may_go_on;
}
