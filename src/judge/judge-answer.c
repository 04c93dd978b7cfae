/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A learner's answer held against the key: what is right, and what is said to one that is not. Pure. */

#include "judge-plan.h"

#include <string.h>

static char *
word (TextMessageId id)
{
  g_autoptr (TextMessage) message = text_message_new (id, "");

  return text_message_word (message);
}

static char *
word_number (TextMessageId id, guint64 number)
{
  g_autoptr (TextMessage) message = text_message_new (id, "u", number);

  return text_message_word (message);
}

static gboolean
contains (const char *const *words, const char *wanted)
{
  return words != NULL && g_strv_contains (words, wanted);
}

/* ---- by kind ---- */

/* The reason of the first wrong option; where only right ones were chosen and not all of them, that. */
static JudgeVerdict
judge_options (const LessonQuestion *question, const JudgeKey *key, const char *const *answer,
               char **feedback)
{
  guint n_right = 0;

  for (guint i = 0; answer[i] != NULL; i++)
    {
      const LessonOption *option = lesson_find_option (question, answer[i]);

      if (contains ((const char *const *)key->words, answer[i]))
        n_right++;
      else
        {
          *feedback = option != NULL && option->feedback != NULL ? g_strdup (option->feedback)
                                                                 : word (TEXT_JUDGE_OTHER_OPTION);
          return JUDGE_WRONG;
        }
    }
  if (n_right == g_strv_length (key->words))
    return JUDGE_RIGHT;
  *feedback = word (TEXT_JUDGE_MORE_OPTIONS);
  return JUDGE_WRONG;
}

static JudgeVerdict
judge_order (const JudgeKey *key, const char *const *answer, char **feedback)
{
  guint i = 0;

  while (answer[i] != NULL && key->words[i] != NULL && strcmp (answer[i], key->words[i]) == 0)
    i++;
  if (answer[i] == NULL && key->words[i] == NULL)
    return JUDGE_RIGHT;
  *feedback = i == 0 ? word (TEXT_JUDGE_ORDER_FIRST) : word_number (TEXT_JUDGE_ORDER_PLACE, i + 1);
  return JUDGE_WRONG;
}

/* How many of the words are right is told, not which. */
static JudgeVerdict
judge_words (const JudgeKey *key, const char *const *answer, char **feedback)
{
  guint n = g_strv_length (key->words), n_right = 0;

  if (g_strv_length ((char **)answer) < n)
    {
      *feedback = word (TEXT_JUDGE_FILL_ALL);
      return JUDGE_NO_ANSWER;
    }
  for (guint i = 0; i < n; i++)
    n_right += strcmp (answer[i], key->words[i]) == 0;
  if (n_right == n)
    return JUDGE_RIGHT;
  *feedback = word_number (TEXT_JUDGE_SOME_RIGHT, n_right);
  return JUDGE_WRONG;
}

static JudgeVerdict
judge_line (const JudgeKey *key, const char *line, char **feedback)
{
  guint64 number = g_ascii_strtoull (line, NULL, 10);

  if (number == 0)
    {
      *feedback = word (TEXT_JUDGE_CLICK_LINE);
      return JUDGE_NO_ANSWER;
    }
  if (number == key->line)
    return JUDGE_RIGHT;
  *feedback = word_number (TEXT_JUDGE_OTHER_LINE, number);
  return JUDGE_WRONG;
}

static JudgeVerdict
judge_compiles (const JudgeKey *key, const char *const *answer, char **feedback)
{
  if (strcmp (answer[0], key->words[0]) != 0)
    {
      *feedback = word (key->line > 0 ? TEXT_JUDGE_DOES_NOT_COMPILE : TEXT_JUDGE_DOES_COMPILE);
      return JUDGE_WRONG;
    }
  return key->line == 0 ? JUDGE_RIGHT
                        : judge_line (key, answer[1] != NULL ? answer[1] : "", feedback);
}

/* Other answers that the author takes for right. */
static gboolean
is_accepted (const LessonQuestion *question, const char *typed)
{
  JsonArray *array;

  if (question->accept == NULL || !JSON_NODE_HOLDS_ARRAY (question->accept))
    return FALSE;
  array = json_node_get_array (question->accept);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      g_autofree char *text = NULL;

      if (!JSON_NODE_HOLDS_VALUE (node))
        continue;
      text = json_node_get_value_type (node) == G_TYPE_STRING ? json_node_dup_string (node)
                                                              : json_to_string (node, FALSE);
      if (judge_texts_agree (text, typed))
        return TRUE;
    }
  return FALSE;
}

/* What is typed. A number that is off is told by how it is off, never by what is right. */
static JudgeVerdict
judge_typed (const LessonQuestion *question, const JudgeKey *key, const char *typed,
             char **feedback)
{
  gboolean is_text = key->value.kind == JUDGE_VALUE_TEXT;

  if (is_accepted (question, typed))
    return JUDGE_RIGHT;
  switch (judge_value_compare_typed (&key->value, typed))
    {
    case JUDGE_EQUAL:
      return JUDGE_RIGHT;
    case JUDGE_UNREADABLE:
      *feedback = word (key->value.kind == JUDGE_VALUE_ADDRESS ? TEXT_JUDGE_WANTS_ADDRESS
                                                               : TEXT_JUDGE_WANTS_NUMBER);
      return JUDGE_NO_ANSWER;
    case JUDGE_DIFFERENT:
      *feedback = word (question->kind == LESSON_QUESTION_OUTPUT  ? TEXT_JUDGE_OTHER_OUTPUT
                        : question->kind == LESSON_QUESTION_COUNT ? TEXT_JUDGE_OTHER_COUNT
                        : is_text                                 ? TEXT_JUDGE_OTHER_TEXT
                                                                  : TEXT_JUDGE_OTHER_VALUE);
      return JUDGE_WRONG;
    }
  g_assert_not_reached ();
}

/* Any place inside the box is the box. */
static JudgeVerdict
judge_place (const JudgeKey *key, const char *place, char **feedback)
{
  gint64 address;

  if (!judge_parse_typed_integer (place, &address))
    {
      *feedback = word (TEXT_JUDGE_CLICK_BOX);
      return JUDGE_NO_ANSWER;
    }
  if ((guint64)address >= key->value.target
      && (guint64)address - key->value.target < MAX (key->value.target_size, 1))
    return JUDGE_RIGHT;
  *feedback = word (TEXT_JUDGE_OTHER_BOX);
  return JUDGE_WRONG;
}

static JudgeVerdict
judge_by_kind (const LessonQuestion *question, const JudgeKey *key, const char *const *answer,
               char **feedback)
{
  switch (question->kind)
    {
    case LESSON_QUESTION_CHOOSE:
      return judge_options (question, key, answer, feedback);
    case LESSON_QUESTION_ORDER:
      return judge_order (key, answer, feedback);
    case LESSON_QUESTION_VALUE:
    case LESSON_QUESTION_COUNT:
    case LESSON_QUESTION_OUTPUT:
      return judge_typed (question, key, answer[0], feedback);
    case LESSON_QUESTION_POINT_TO:
      return judge_place (key, answer[0], feedback);
    case LESSON_QUESTION_REGION:
      return judge_words (key, answer, feedback);
    case LESSON_QUESTION_FAULT:
      if (strcmp (answer[0], key->words[0]) == 0)
        return JUDGE_RIGHT;
      *feedback = word (TEXT_JUDGE_OTHER_FAULT);
      return JUDGE_WRONG;
    case LESSON_QUESTION_NEXT_LINE:
    case LESSON_QUESTION_WHICH_LINE:
      return judge_line (key, answer[0], feedback);
    case LESSON_QUESTION_COMPILES:
      return judge_compiles (key, answer, feedback);
    case LESSON_QUESTION_EXPLAIN:
    case LESSON_QUESTION_NONE:
      return JUDGE_NOT_MARKED;
    }
  g_assert_not_reached ();
}

/* answer: CHOOSE and ORDER: ids of options; VALUE, COUNT, OUTPUT, EXPLAIN: the text as it was typed; NEXT_LINE, WHICH_LINE: a line's number;
 * POINT_TO: an address; REGION: a word for each probe; FAULT: a kind, or "nothing"; COMPILES: "yes", or "no" and a line's number.
 * feedback (transfer full): CommonMark, why it is not right; NULL when it is. */
JudgeVerdict
judge_answer (const LessonQuestion *question, const JudgeKey *key, const char *const *answer,
              char **feedback)
{
  *feedback = NULL;
  if (answer == NULL || answer[0] == NULL)
    {
      *feedback = word (TEXT_JUDGE_NOTHING_CHOSEN);
      return JUDGE_NO_ANSWER;
    }
  if (!key->is_known)
    return JUDGE_NOT_MARKED;
  return judge_by_kind (question, key, answer, feedback);
}

/* ---- the key in words ---- */

static char *
list_options (const LessonQuestion *question, char **ids)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; ids[i] != NULL; i++)
    {
      const LessonOption *option = lesson_find_option (question, ids[i]);

      g_string_append_printf (list, "%s%s", i > 0 ? "; " : "",
                              option != NULL ? option->text : ids[i]);
    }
  return g_string_free (list, FALSE);
}

static char *
list_regions (const LessonQuestion *question, char **words)
{
  GString *list = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL && question->probes[i] != NULL; i++)
    g_string_append_printf (list, "%s`%s`: %s", i > 0 ? ", " : "", question->probes[i], words[i]);
  return g_string_free (list, FALSE);
}

static char *
quote_output (const char *output)
{
  g_autofree char *text = g_strchomp (g_strdup (output));

  return *text == '\0' ? word (TEXT_JUDGE_NOTHING_PRINTED) : g_strdup_printf ("`%s`", text);
}

/* What *Show me* says: CommonMark. (transfer full) (nullable): NULL, the key is not known. */
char *
judge_dup_key_words (const LessonQuestion *question, const JudgeKey *key)
{
  if (!key->is_known)
    return NULL;
  switch (question->kind)
    {
    case LESSON_QUESTION_CHOOSE:
    case LESSON_QUESTION_ORDER:
      return list_options (question, key->words);
    case LESSON_QUESTION_VALUE:
    case LESSON_QUESTION_COUNT:
    case LESSON_QUESTION_POINT_TO:
      return g_strdup_printf ("`%s`", key->value.text);
    case LESSON_QUESTION_OUTPUT:
      return quote_output (key->value.text);
    case LESSON_QUESTION_REGION:
      return list_regions (question, key->words);
    case LESSON_QUESTION_FAULT:
      return g_strdup (key->words[0]);
    case LESSON_QUESTION_NEXT_LINE:
    case LESSON_QUESTION_WHICH_LINE:
      return word_number (TEXT_JUDGE_LINE, key->line);
    case LESSON_QUESTION_COMPILES:
      return key->line > 0 ? word_number (TEXT_JUDGE_NO_AT_LINE, key->line) : word (TEXT_JUDGE_YES);
    case LESSON_QUESTION_EXPLAIN:
    case LESSON_QUESTION_NONE:
      return NULL;
    }
  g_assert_not_reached ();
}
