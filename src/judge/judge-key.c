/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What answers a question: the run says it, or the author where only people can. */

#include "judge-plan.h"

#include <string.h>

typedef struct
{
  const Lesson *lesson;
  const LessonQuestion *question;
  JudgeRecording *here, *there; /* where it is asked, where it is answered */
  guint64 asked, answered;      /* positions */
  JudgeKey *key;
  TextMessage **trouble;
} Search;

void
judge_key_clear (JudgeKey *key)
{
  judge_value_clear (&key->value);
  g_clear_pointer (&key->words, g_strfreev);
}

static gboolean
complain (Search *self, TextMessageId id)
{
  *self->trouble = text_message_new (id, "s", self->question->id);
  return FALSE;
}

/* ---- of the file ---- */

static char **
list_correct (const LessonQuestion *question)
{
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < question->options->len; i++)
    {
      const LessonOption *option = g_ptr_array_index (question->options, i);

      if (option->correct)
        g_ptr_array_add (ids, g_strdup (option->id));
    }
  g_ptr_array_add (ids, NULL);
  return (char **)g_ptr_array_free (ids, FALSE);
}

/* Texts of a list, or the one text. (transfer full) */
static char **
list_strings (JsonNode *node)
{
  GPtrArray *texts = g_ptr_array_new ();

  if (lesson_node_get_text (node) != NULL)
    g_ptr_array_add (texts, g_strdup (lesson_node_get_text (node)));
  else if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        if (lesson_node_get_text (json_array_get_element (array, i)) != NULL)
          g_ptr_array_add (texts, g_strdup (json_array_get_string_element (array, i)));
    }
  g_ptr_array_add (texts, NULL);
  return (char **)g_ptr_array_free (texts, FALSE);
}

/* ---- of the run ---- */

static gboolean
ask_probe (Search *self, const char *text, JudgeValue *value)
{
  g_autoptr (JudgeProbe) probe = judge_probe_new (text, self->trouble);

  return probe != NULL
         && judge_recording_ask (self->there, self->answered, probe, value, self->trouble);
}

/* What the line, or all up to where it is answered, prints. */
static gboolean
find_output (Search *self)
{
  guint64 to = self->answered, from = self->asked;

  if (self->question->answer_at.place == LESSON_NO_PLACE)
    to = self->question->anchor.at != LESSON_AT_NONE
             ? history_get_n_positions (self->here->history)
             : judge_recording_find_after (self->here, self->asked);
  if (to == 0)
    return complain (self, TEXT_JUDGE_NEVER_THERE);
  if (self->question->anchor.at == LESSON_AT_END)
    from = 0;
  self->key->value.kind = JUDGE_VALUE_TEXT;
  self->key->value.text = judge_recording_dup_output (self->here, from, MAX (to, from));
  return TRUE;
}

static gboolean
find_regions (Search *self)
{
  GPtrArray *words = g_ptr_array_new ();
  gboolean is_found = TRUE;

  for (guint i = 0; is_found && self->question->probes[i] != NULL; i++)
    {
      g_auto (JudgeValue) value = { JUDGE_VALUE_NOTHING };

      is_found = ask_probe (self, self->question->probes[i], &value);
      if (is_found)
        g_ptr_array_add (words, g_strdup (value.text));
    }
  g_ptr_array_add (words, NULL);
  self->key->words = (char **)g_ptr_array_free (words, FALSE);
  return is_found;
}

static gboolean
find_next_line (Search *self)
{
  const GArray *stops = self->here->stops->stops;

  /* The same line once more, as when its function is left, is not the next one. */
  for (guint64 i = self->asked; i < stops->len; i++)
    {
      const JudgeStop *stop = &g_array_index (stops, JudgeStop, i);

      if (!stop->is_arrival)
        continue;
      self->key->line = stop->line;
      return TRUE;
    }
  return complain (self, TEXT_JUDGE_NO_NEXT_LINE);
}

/* The line of an event that the answer names, as {"event": "fault"} or {"event": "free", "nth": 2}: the run says it. */
static guint
find_event_line (Search *self, JsonObject *answer)
{
  const char *word = lesson_node_get_text (json_object_get_member (answer, "event"));
  LessonAnchor event = { .nth = 1 };
  guint64 position;

  event.event = word != NULL ? lesson_word_find (lesson_words_EVENT, word) : LESSON_EVENT_NONE;
  if (json_object_has_member (answer, "nth"))
    event.nth = json_object_get_int_member (answer, "nth");
  position = event.event != LESSON_EVENT_NONE ? judge_recording_find (self->there, &event) : 0;
  return position != 0 ? judge_recording_get_line (self->there, position) : 0;
}

static gboolean
find_which_line (Search *self)
{
  JsonNode *answer = self->question->answer;

  if (lesson_node_get_text (answer) != NULL)
    self->key->line = lesson_find_mark (self->here->program, lesson_node_get_text (answer));
  else if (answer != NULL && JSON_NODE_HOLDS_OBJECT (answer))
    self->key->line = find_event_line (self, json_node_get_object (answer));
  return self->key->line > 0 || complain (self, TEXT_JUDGE_NO_LINE);
}

static gboolean
find_compiles (Search *self)
{
  gboolean is_rejected = self->here->history == NULL;
  const TextDiagnostic *first;

  self->key->words = g_strsplit (is_rejected ? "no" : "yes", " ", -1);
  if (!is_rejected || self->here->diagnostics->list->len == 0)
    return TRUE;
  first = g_ptr_array_index (self->here->diagnostics->list, 0);
  self->key->line = text_map_line (self->here->map, first->span);
  return TRUE;
}

static gboolean
find_fault (Search *self)
{
  guint line;

  self->key->words = g_strsplit (judge_recording_get_fault (self->there, &line), " ", -1);
  return TRUE;
}

static gboolean
find_by_kind (Search *self)
{
  const LessonQuestion *question = self->question;

  switch (question->kind)
    {
    case LESSON_QUESTION_CHOOSE:
      self->key->words = list_correct (question);
      return TRUE;
    case LESSON_QUESTION_ORDER:
      self->key->words = list_strings (question->answer);
      return TRUE;
    case LESSON_QUESTION_VALUE:
    case LESSON_QUESTION_COUNT:
      return ask_probe (self, question->probe, &self->key->value);
    case LESSON_QUESTION_POINT_TO:
      return ask_probe (self, question->probe, &self->key->value)
             && (self->key->value.target != 0 || complain (self, TEXT_JUDGE_NO_TARGET));
    case LESSON_QUESTION_OUTPUT:
      return find_output (self);
    case LESSON_QUESTION_REGION:
      return find_regions (self);
    case LESSON_QUESTION_NEXT_LINE:
      return find_next_line (self);
    case LESSON_QUESTION_WHICH_LINE:
      return find_which_line (self);
    case LESSON_QUESTION_COMPILES:
      return find_compiles (self);
    case LESSON_QUESTION_FAULT:
      return find_fault (self);
    case LESSON_QUESTION_EXPLAIN:
      return TRUE;
    case LESSON_QUESTION_NONE:
      return FALSE;
    }
  g_assert_not_reached ();
}

/* FALSE and trouble (transfer full, NULL for a kind of question that is not known): why there is no key. */
gboolean
judge_find_key (const Lesson *lesson, const LessonQuestion *question, JudgeRecord record,
                gpointer data, JudgeKey *key, TextMessage **trouble)
{
  gboolean has_place = question->answer_at.place != LESSON_NO_PLACE;
  const LessonAnchor *there = has_place ? &question->answer_at : &question->anchor;
  Search self = { lesson, question, NULL, NULL, 0, 0, key, trouble };

  *key = (JudgeKey){ FALSE };
  *trouble = NULL;
  self.here = record (question->anchor.run, data);
  self.there = record (there->run != NULL ? there->run : question->anchor.run, data);
  if (self.here == NULL || self.there == NULL)
    return complain (&self, TEXT_JUDGE_NO_RUN);
  if (question->kind != LESSON_QUESTION_COMPILES && question->kind != LESSON_QUESTION_FAULT)
    {
      self.asked = judge_recording_find (self.here, &question->anchor);
      self.answered = judge_recording_find (self.there, there);
      if (self.asked == 0 || self.answered == 0)
        return complain (&self, TEXT_JUDGE_NEVER_THERE);
    }
  key->is_known = find_by_kind (&self);
  return key->is_known;
}
