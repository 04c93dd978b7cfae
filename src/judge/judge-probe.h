/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts/facts.h"
#include "history/history.h"
#include "judge-value.h"
#include "text/text-message.h"

G_BEGIN_DECLS

/* A probe: the name of something that a state of a run can be asked for. A small path language without operators:
 *
 *     probe     = counter | path | function "(" path ")" | "block" "(" path ")" "." word
 *     function  = "address" | "size" | "region" | "refcount" | "owner" | "permissions"
 *     path      = { "*" } start { "." name | "->" name | "[" number "]" | "[" text "]" }
 *     start     = name | function's name "." name | "global" "." name | "inside" "(" path ")" | "(" path ")"
 *
 * As in C, what stands behind a name binds more closely than the stars before it. */

typedef struct _JudgeProbe JudgeProbe;

/* A state that can be asked: the machine stands there, and the facts are of it. */
typedef struct
{
  Machine *machine;
  const Facts *facts;
} JudgeMoment;

JudgeProbe *judge_probe_new (const char *text, TextMessage **trouble);
void judge_probe_free (JudgeProbe *probe);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JudgeProbe, judge_probe_free)

gboolean judge_probe_ask (const JudgeProbe *probe, const JudgeMoment *moment, JudgeValue *value,
                          TextMessage **trouble);

G_END_DECLS
