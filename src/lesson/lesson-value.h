/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "lesson-shape.h"
#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* What the reading of one lesson needs everywhere. Pointers are borrowed. */
typedef struct
{
  const LessonPlaces *places;
  TextDiagnostics *diagnostics;
  gboolean is_newer; /* made for a later minor version: what is unknown is passed over */
  guint n_findings;  /* of this reading: diagnostics may hold others */
  guint n_errors;
} LessonReading;

/* A value of the file, and the row that it must fit. */
typedef struct
{
  const LessonMember *member;
  JsonNode *node;
  guint place;
} LessonValue;

void lesson_value_read (LessonReading *reading, LessonValue value, gpointer field);
JsonArray *lesson_value_get_items (LessonReading *reading, LessonValue value,
                                   TextMessageId sentence);
LessonValue lesson_value_get_item (LessonReading *reading, LessonValue list, JsonArray *items,
                                   guint i);

void lesson_value_refuse_type (LessonReading *reading, LessonValue value, TextMessageId sentence);
void lesson_value_report (LessonReading *reading, TextSeverity severity, const char *code,
                          TextSpan span, TextMessage *message, TextMessage *help);

G_END_DECLS
