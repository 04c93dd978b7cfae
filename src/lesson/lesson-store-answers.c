/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a store knows of questions: every answer with its date, hints that were shown, and the counts for a lesson's card. */

#include "lesson-store-private.h"

#include <string.h>

#include "lesson-store-tree.h"

static const char *const result_words[] = {
  [LESSON_STORE_RIGHT] = "right",
  [LESSON_STORE_WRONG] = "wrong",
  [LESSON_STORE_SHOWN] = "shown",
  [LESSON_STORE_SKIPPED] = "skipped",
};

/* A word that a later version made up counts as skipped. */
static LessonStoreResult
read_result (JsonObject *attempt)
{
  const char *word = lesson_store_tree_get_text (attempt, "result");

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (result_words); i++)
    if (strcmp (result_words[i], word) == 0)
      return i;
  return LESSON_STORE_SKIPPED;
}

/* (transfer none) (nullable) */
static JsonArray *
get_tries (LessonStoreDocument *document, const char *question_id)
{
  JsonObject *question = lesson_store_tree_get (document->tree, "questions", question_id);

  return question != NULL && json_object_has_member (question, "tries")
             ? json_object_get_array_member (question, "tries")
             : NULL;
}

static JsonArray *
ensure_tries (LessonStoreDocument *document, const char *question_id)
{
  JsonObject *question = lesson_store_tree_ensure (document->tree, "questions", question_id);

  if (!json_object_has_member (question, "tries"))
    json_object_set_array_member (question, "tries", json_array_new ());
  return json_object_get_array_member (question, "tries");
}

static JsonArray *
new_words (const char *const *words)
{
  JsonArray *list = json_array_new ();

  for (guint i = 0; words != NULL && words[i] != NULL; i++)
    {
      g_autofree char *word = g_utf8_make_valid (words[i], -1);

      json_array_add_string_element (list, word);
    }
  return list;
}

void
lesson_store_answer (LessonStore *self, const char *lesson_id, const LessonQuestion *question,
                     const char *const *answer, LessonStoreResult result, double seconds)
{
  LessonStoreDocument *document;
  JsonObject *attempt = json_object_new ();
  g_autofree char *hash = lesson_store_tree_hash_question (question);
  gboolean is_time = seconds > 0 && seconds < 1e9; /* FALSE for NaN, too */

  g_return_if_fail (LESSON_IS_STORE (self) && lesson_id != NULL && question->id != NULL);
  document = _lesson_store_find (self, lesson_id);
  json_object_set_int_member (attempt, "at", _lesson_store_new_date (document));
  json_object_set_string_member (attempt, "question", hash);
  json_object_set_array_member (attempt, "answer", new_words (answer));
  json_object_set_string_member (attempt, "result", result_words[result]);
  json_object_set_int_member (attempt, "milliseconds", is_time ? (gint64)(seconds * 1000) : 0);
  json_array_add_object_element (ensure_tries (document, question->id), attempt);
  _lesson_store_touch (self, document);
}

static char **
read_words (JsonObject *attempt)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();
  JsonNode *node = json_object_get_member (attempt, "answer");
  JsonArray *list
      = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *word = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_VALUE (word) && json_node_get_value_type (word) == G_TYPE_STRING)
        g_strv_builder_add (words, json_node_get_string (word));
    }
  return g_strv_builder_end (words);
}

/* The tries at the question as it is worded now. */
static void
count_tries (LessonStoreAnswer *answer, JsonArray *tries, const char *hash)
{
  for (guint i = 0; i < json_array_get_length (tries); i++)
    {
      JsonObject *attempt = json_array_get_object_element (tries, i);
      LessonStoreResult result = read_result (attempt);

      if (g_strcmp0 (lesson_store_tree_get_text (attempt, "question"), hash) != 0)
        continue;
      answer->n_tries += result == LESSON_STORE_RIGHT || result == LESSON_STORE_WRONG;
      answer->was_right |= result == LESSON_STORE_RIGHT;
      answer->is_changed = FALSE;
    }
}

const LessonStoreAnswer *
lesson_store_get_answer (LessonStore *self, const char *lesson_id, const LessonQuestion *question)
{
  JsonArray *tries;
  JsonObject *last = NULL;
  g_autofree char *hash = lesson_store_tree_hash_question (question);

  g_return_val_if_fail (LESSON_IS_STORE (self) && lesson_id != NULL && question->id != NULL, NULL);
  tries = get_tries (_lesson_store_find (self, lesson_id), question->id);
  if (tries == NULL || json_array_get_length (tries) == 0)
    return NULL;
  self->answer = (LessonStoreAnswer){ .is_changed = TRUE };
  count_tries (&self->answer, tries, hash);
  /* An answer to an older wording that came in later, from another computer say, is not the last one to this question. */
  for (guint i = json_array_get_length (tries); last == NULL && i > 0; i--)
    {
      JsonObject *attempt = json_array_get_object_element (tries, i - 1);

      if (self->answer.is_changed
          || g_strcmp0 (lesson_store_tree_get_text (attempt, "question"), hash) == 0)
        last = attempt;
    }
  g_strfreev (self->answer_words);
  self->answer_words = read_words (last);
  self->answer.answer = (const char *const *)self->answer_words;
  self->answer.result = read_result (last);
  self->answer.seconds = lesson_store_tree_get_number (last, "milliseconds") / 1000.0;
  self->answer.at = lesson_store_tree_get_number (last, "at");
  return &self->answer;
}

void
lesson_store_set_hints (LessonStore *self, const char *lesson_id, const char *id, guint n)
{
  LessonStoreDocument *document;
  JsonObject *hints;

  g_return_if_fail (LESSON_IS_STORE (self) && lesson_id != NULL && id != NULL);
  document = _lesson_store_find (self, lesson_id);
  hints = lesson_store_tree_get (document->tree, "hints", id);
  if ((hints != NULL ? lesson_store_tree_get_number (hints, "n") : 0) == n)
    return;
  hints = lesson_store_tree_ensure (document->tree, "hints", id);
  json_object_set_int_member (hints, "at", _lesson_store_new_date (document));
  json_object_set_int_member (hints, "n", n);
  _lesson_store_touch (self, document);
}

guint
lesson_store_get_hints (LessonStore *self, const char *lesson_id, const char *id)
{
  JsonObject *hints;

  g_return_val_if_fail (LESSON_IS_STORE (self) && lesson_id != NULL && id != NULL, 0);
  hints = lesson_store_tree_get (_lesson_store_find (self, lesson_id)->tree, "hints", id);
  return hints != NULL ? CLAMP (lesson_store_tree_get_number (hints, "n"), 0, G_MAXINT) : 0;
}

static void
count_question (LessonStoreDocument *document, const char *id, LessonStoreProgress *progress)
{
  JsonArray *tries = get_tries (document, id);
  guint n = tries != NULL ? json_array_get_length (tries) : 0;

  progress->n_seen += n > 0;
  for (guint i = 0; i < n; i++)
    if (read_result (json_array_get_object_element (tries, i)) == LESSON_STORE_RIGHT)
      {
        progress->n_right++;
        return;
      }
}

void
lesson_store_get_progress (LessonStore *self, const char *lesson_id, const GPtrArray *questions,
                           LessonStoreProgress *progress)
{
  LessonStoreDocument *document;
  JsonObject *opened, *known;
  g_autoptr (GList) names = NULL;

  g_return_if_fail (LESSON_IS_STORE (self) && lesson_id != NULL);
  document = _lesson_store_find (self, lesson_id);
  opened = lesson_store_tree_get (document->tree, "opened", NULL);
  *progress = (LessonStoreProgress){
    .n_questions = questions != NULL ? questions->len : 0,
    .opened = opened != NULL ? lesson_store_tree_get_number (opened, "at") : 0,
  };
  if (questions != NULL)
    {
      for (guint i = 0; i < questions->len; i++)
        count_question (document, ((LessonQuestion *)g_ptr_array_index (questions, i))->id,
                        progress);
      return;
    }
  known = lesson_store_tree_get (document->tree, "questions", NULL);
  names = known != NULL ? json_object_get_members (known) : NULL;
  for (GList *name = names; name != NULL; name = name->next)
    count_question (document, name->data, progress);
}
