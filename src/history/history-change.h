/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history.h"

G_BEGIN_DECLS

/* "When was this written?" and "When did this change?" A change is told by comparing the bytes of memory, their undefined bits and
 * provenance from one STOP to the next: a step that writes what stood there already is none, and bytes that become undefined with their
 * scope are one. A write is told by whoever makes it (see MemWatch), whatever it writes. */

typedef enum
{
  HISTORY_WRITE,
  HISTORY_CHANGE,
} HistoryTouch;

/* Called at least every 5 million ticks with those re-executed so far; FALSE: the search is given up. */
typedef gboolean (*HistoryProgress) (guint64 n_ticks, gpointer data);

typedef struct
{
  guint64 position; /* the STOP whose step made the change, which shows from the next position on */
  guint32 pc;       /* the instruction that wrote; of a change without a write the STOP's */
  TextSpan span;    /* of that instruction */
} HistoryChange;

gboolean history_find_change (History *history, HistoryTouch touch, guint64 address,
                              guint64 n_bytes, guint64 before, HistoryProgress progress,
                              gpointer data, HistoryChange *change);
gboolean history_find_next_change (History *history, HistoryTouch touch, guint64 address,
                                   guint64 n_bytes, guint64 from, HistoryProgress progress,
                                   gpointer data, HistoryChange *change);

G_END_DECLS
