/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lesson/lesson-model.h"

G_BEGIN_DECLS

/* What a probe finds, and how it is held against what a lesson's author or a learner wrote. */

typedef enum
{
  JUDGE_VALUE_INTEGER,
  JUDGE_VALUE_NUMBER,  /* a floating-point number */
  JUDGE_VALUE_ADDRESS, /* a pointer, or address(x) */
  JUDGE_VALUE_TEXT,    /* a string, a character, a word such as "freed" */
  JUDGE_VALUE_NOTHING, /* uninitialised bytes */
} JudgeValueKind;

typedef struct
{
  JudgeValueKind kind;
  gint64 integer; /* INTEGER; ADDRESS as its bits */
  double number;
  char *text; /* as people read it: "5", "0x4010", "NULL", "Ada"; never NULL */
  /* An address also leads somewhere: the box that people would click. */
  guint64 target, target_size; /* address and bytes; 0: nowhere */
} JudgeValue;

void judge_value_clear (JudgeValue *value);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (JudgeValue, judge_value_clear)

/* What was typed is no number where one is wanted. */
typedef enum
{
  JUDGE_EQUAL,
  JUDGE_DIFFERENT,
  JUDGE_UNREADABLE,
} JudgeComparison;

gboolean judge_value_is (const JudgeValue *value, JsonNode *wanted);
gboolean judge_value_get_number (const JudgeValue *value, double *number);
JudgeComparison judge_value_compare_typed (const JudgeValue *value, const char *typed);
gboolean judge_parse_typed_integer (const char *typed, gint64 *integer);
gboolean judge_texts_agree (const char *wanted, const char *typed);

G_END_DECLS
