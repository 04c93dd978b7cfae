/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts.h"
#include "history/history.h"
#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* Making facts from a machine that has paused, and the stories that are told at its end. */

Facts *facts_new (Machine *machine, TextMap *map);
void facts_mark_changes (Facts *facts, const Facts *before);

/* One leak report: the blocks that one line allocated. */
typedef struct
{
  guint line; /* that allocated them */
  TextSpan span;
  guint64 n_bytes, n_blocks;
  guint32 first_block; /* id of the first of them */
  TextSpan lost;       /* the step that lost the first of them; begin 0: not known */
  guint lost_line;     /* where the last pointer to the first of them went, 0: not known */
} FactsLeak;

GArray *facts_list_leaks (Machine *machine, TextMap *map);
void facts_find_losses (GArray *leaks, History *history, TextMap *map);
void facts_set_losses (Facts *facts, History *history, TextMap *map);

TextDiagnostic *facts_tell_fault (Machine *machine, TextMap *map);
TextDiagnostic *facts_tell_limit (Machine *machine, TextMap *map);
TextDiagnostic *facts_tell_leak (const FactsLeak *leak);

TextSpan facts_get_fault_span (Machine *machine, TextMap *map);
TextSpan facts_get_user_span (Machine *machine, TextMap *map, guint32 pc);

G_END_DECLS
