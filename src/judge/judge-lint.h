/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "judge-recording.h"

G_BEGIN_DECLS

void judge_lint (const Lesson *lesson, JudgeRecord record, gpointer data,
                 TextDiagnostics *diagnostics);
void judge_check_expectations (const Lesson *lesson, JudgeRecord record, gpointer data,
                               TextDiagnostics *diagnostics);
void judge_check_directions (const Lesson *lesson, JudgeRecord record, gpointer data,
                             TextDiagnostics *diagnostics);

G_END_DECLS
