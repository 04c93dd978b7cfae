/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "judge-recording.h"

G_BEGIN_DECLS

char *judge_fill_text (const char *text, const JudgeRecording *recording, guint64 position,
                       GPtrArray *troubles);

G_END_DECLS
