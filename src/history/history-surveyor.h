/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "history.h"

G_BEGIN_DECLS

/* Makes the survey while a run is recorded: fed with every event, and shown the machine at every STOP. */

typedef struct _HistorySurveyor HistorySurveyor;

HistorySurveyor *history_surveyor_new (void);
void history_surveyor_free (HistorySurveyor *self);
void history_surveyor_take_event (HistorySurveyor *self, Machine *machine,
                                  const MachineEvent *event);
gboolean history_surveyor_look (HistorySurveyor *self, Machine *machine);
HistorySurvey *history_surveyor_end (HistorySurveyor *self, Machine *machine);

G_END_DECLS
