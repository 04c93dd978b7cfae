/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* Codes of findings about lesson files. They are public: authors read and search for them. */
#define LESSON_CODE_JSON "L01"           /* strict JSON, within its limits */
#define LESSON_CODE_FORMAT "L02"         /* the format is known */
#define LESSON_CODE_MISSING "L03"        /* required members are there */
#define LESSON_CODE_UNKNOWN "L04"        /* members are known */
#define LESSON_CODE_ID "L05"             /* ids are unique */
#define LESSON_CODE_ABSENT "L07"         /* what is referred to is there: marks, runs, programs */
#define LESSON_CODE_DUPLICATE_MARK "L09" /* a mark stands on one line */
#define LESSON_CODE_UNUSED_MARK "L08"    /* marks are referred to */
#define LESSON_CODE_GUARD "L10"          /* the text of an anchor stands on its line */
#define LESSON_CODE_REACHED "L11"        /* anchors are reached */
#define LESSON_CODE_PROBE "L12"          /* probes find something that fits the question */
#define LESSON_CODE_ANSWER "L13"         /* answers that are written down are the run's */
#define LESSON_CODE_OPTIONS "L14"        /* options can be answered */
#define LESSON_CODE_FEEDBACK "L15"       /* a wrong option has a reason */
#define LESSON_CODE_EXPECT "L21" /* expectations hold, and states are the same in both directions */
#define LESSON_CODE_SIZE "L22"   /* a lesson is small enough to be taken in */
#define LESSON_CODE_CARD "L23"   /* who wrote it, under what licence, for what, how long */
#define LESSON_CODE_LOOKS "L25"  /* words do without colours and sides */
#define LESSON_CODE_VALUE "L30"  /* values have their type and keep their bounds */

TextDiagnostic *lesson_report (TextDiagnostics *diagnostics, TextSeverity severity,
                               const char *code, TextSpan span, TextMessage *message,
                               TextMessage *help);
char *lesson_report_quote (const char *text, gsize n_bytes);

G_END_DECLS
