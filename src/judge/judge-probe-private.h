/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "judge-probe.h"

G_BEGIN_DECLS

/* A probe as it was read. */

typedef enum
{
#define COUNTER(id, name) JUDGE_COUNTER_##id,
#include "judge-counter.def"
#undef COUNTER
  JUDGE_N_COUNTERS,
} JudgeCounter;

typedef enum
{
  JUDGE_ASKS_VALUE,
  JUDGE_ASKS_COUNTER,
  JUDGE_ASKS_ADDRESS,
  JUDGE_ASKS_SIZE,
  JUDGE_ASKS_REGION,
  JUDGE_ASKS_REFCOUNT,
  JUDGE_ASKS_OWNER,
  JUDGE_ASKS_PERMISSIONS,
  JUDGE_ASKS_BLOCK,
} JudgeAsks;

typedef enum
{
  JUDGE_STEP_NAME,   /* a variable, or the frame that the next name is looked for in */
  JUDGE_STEP_FIELD,  /* .name */
  JUDGE_STEP_ARROW,  /* ->name */
  JUDGE_STEP_INDEX,  /* [number] */
  JUDGE_STEP_KEY,    /* ["text"] */
  JUDGE_STEP_FOLLOW, /* * */
  JUDGE_STEP_INSIDE, /* from here on fields, not what a view shows */
} JudgeStepKind;

typedef struct
{
  JudgeStepKind kind;
  char *name;     /* NAME, FIELD, ARROW, KEY; owned */
  guint64 number; /* INDEX */
  gsize begin;    /* where it begins in the text */
} JudgeStep;

struct _JudgeProbe
{
  char *text;
  JudgeAsks asks;
  JudgeCounter counter;
  GArray *steps; /* of JudgeStep */
  char *word;    /* of a block */
};

/* A probe on its way through a state. */
typedef struct
{
  const JudgeProbe *probe;
  const JudgeMoment *moment;
  const Facts *facts;
  TextMessage **trouble;
  guint32 node;       /* where the walk is */
  gboolean is_inside; /* fields, not what a view shows */
} JudgeWalk;

gboolean judge_walk (JudgeWalk *self);
const FactsNode *judge_walk_get_node (const JudgeWalk *self);
gboolean judge_walk_complain (JudgeWalk *self, TextMessageId id, const char *part,
                              const char *more);

G_END_DECLS
