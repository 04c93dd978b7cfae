/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history.h"

G_BEGIN_DECLS

/* "When did this change?" Bytes of memory with their undefined bits and provenance are compared from one STOP to the next. A step that
 * writes what stood there already is no change. */

/* Called at least every 5 million ticks with those re-executed so far; FALSE: the search is given up. */
typedef gboolean (*HistoryProgress) (guint64 n_ticks, gpointer data);

typedef struct
{
  guint64 position; /* the STOP whose step made the change, which shows from the next position on */
  guint32 pc;       /* its instruction */
  TextSpan span;
} HistoryChange;

gboolean history_find_change (History *history, guint64 address, guint64 n_bytes, guint64 before,
                              HistoryProgress progress, gpointer data, HistoryChange *change);
gboolean history_find_next_change (History *history, guint64 address, guint64 n_bytes, guint64 from,
                                   HistoryProgress progress, gpointer data, HistoryChange *change);

G_END_DECLS
