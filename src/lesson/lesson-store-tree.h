/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lesson-model.h"

G_BEGIN_DECLS

/* What is known of one lesson (or the list of recent files) as a tree of JSON objects:
 *
 *   {"format": "heapwise-progress/1.0", "lesson": "c-use-after-free",
 *    "opened": {"at": 1764097200000000},
 *    "questions": {"q1": {"tries": [{"at": …, "question": "5f3a…", "answer": ["3"], "result": "right", "milliseconds": 4200}]}},
 *    "hints": {"q1": {"at": …, "n": 2}},
 *    "programs": {"main": {"at": …, "text": "int main…"}},
 *    "runs": {"run": {"at": …, "step": 9}}}
 *
 *   {"format": "heapwise-progress/1.0", "lesson": "",
 *    "files": {"file:///…": {"at": …, "title": "…", "gone": false}}, "last": {"at": …, "lesson": "…", "uri": "…"}}
 *
 * An object with `at` (microseconds since 1970, UTC) is one fact: the newer one holds. */

/* Whole numbers beyond this are refused by the scan when the file is read again. */
#define LESSON_STORE_MAX_NUMBER ((G_GINT64_CONSTANT (1) << 53) - 1)

JsonObject *lesson_store_tree_new (const char *lesson_id);
gboolean lesson_store_tree_check (JsonNode *root, const char *lesson_id, const char **reason);
gboolean lesson_store_tree_join (JsonObject *ours, JsonObject *theirs);
void lesson_store_tree_trim (JsonObject *tree, guint max_tries);
gint64 lesson_store_tree_get_latest (JsonObject *tree);
char *lesson_store_tree_print (JsonObject *tree, gsize *n_bytes);

/* Members that may be missing or, below the ones that are checked, of another type: then NULL, 0 or FALSE. */
JsonObject *lesson_store_tree_get (JsonObject *tree, const char *group, const char *name);
JsonObject *lesson_store_tree_ensure (JsonObject *tree, const char *group, const char *name);
gint64 lesson_store_tree_get_number (JsonObject *object, const char *name);
const char *lesson_store_tree_get_text (JsonObject *object, const char *name);

char *lesson_store_tree_hash_question (const LessonQuestion *question);

G_END_DECLS
