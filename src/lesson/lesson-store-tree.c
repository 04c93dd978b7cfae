/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tree that a store keeps for a lesson: made, checked, joined with another one, printed.
 *
 * Joining knows no member by its name. Objects are joined member by member; of two objects with a date (`at`) the later one
 * holds; lists of such objects become one list, in the order of their dates. So what two windows did comes out the same whoever
 * writes last, and members of later versions come through. */

#include "lesson-store-tree.h"

#include <string.h>

#define FORMAT_FAMILY "heapwise-progress/1"
#define FORMAT FORMAT_FAMILY ".0"

JsonObject *
lesson_store_tree_new (const char *lesson_id)
{
  JsonObject *tree = json_object_new ();

  json_object_set_string_member (tree, "format", FORMAT);
  json_object_set_string_member (tree, "lesson", lesson_id);
  return tree;
}

/* ---- members ---- */

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* (transfer none) (nullable) */
JsonObject *
lesson_store_tree_get (JsonObject *tree, const char *group, const char *name)
{
  JsonObject *members = get_object (tree, group);

  return members != NULL && name != NULL ? get_object (members, name) : members;
}

static JsonObject *
ensure_object (JsonObject *object, const char *name)
{
  if (get_object (object, name) == NULL)
    json_object_set_object_member (object, name, json_object_new ());
  return get_object (object, name);
}

/* The same, made when it is not there. (transfer none) */
JsonObject *
lesson_store_tree_ensure (JsonObject *tree, const char *group, const char *name)
{
  JsonObject *members = ensure_object (tree, group);

  return name != NULL ? ensure_object (members, name) : members;
}

gint64
lesson_store_tree_get_number (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_INT64
             ? json_node_get_int (node)
             : 0;
}

/* (transfer none) (nullable) */
const char *
lesson_store_tree_get_text (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* ---- checking what a file gave ---- */

static gboolean
is_fact (JsonNode *node)
{
  return JSON_NODE_HOLDS_OBJECT (node)
         && lesson_store_tree_get_number (json_node_get_object (node), "at") > 0;
}

static gboolean
is_list_of_facts (JsonNode *node)
{
  JsonArray *list;

  if (!JSON_NODE_HOLDS_ARRAY (node))
    return FALSE;
  list = json_node_get_array (node);
  for (guint i = 0; i < json_array_get_length (list); i++)
    if (!is_fact (json_array_get_element (list, i)))
      return FALSE;
  return TRUE;
}

static gboolean
is_question (JsonNode *node)
{
  JsonNode *tries;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  tries = json_object_get_member (json_node_get_object (node), "tries");
  return tries == NULL || is_list_of_facts (tries);
}

/* A member that is missing, or an object of which each member passes. */
static gboolean
check_group (JsonObject *tree, const char *group, gboolean (*is_right) (JsonNode *))
{
  JsonNode *node = json_object_get_member (tree, group);
  g_autoptr (GList) values = NULL;

  if (node == NULL)
    return TRUE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return FALSE;
  values = json_object_get_values (json_node_get_object (node));
  for (GList *value = values; value != NULL; value = value->next)
    if (!is_right (value->data))
      return FALSE;
  return TRUE;
}

static gboolean
check_fact (JsonObject *tree, const char *name)
{
  JsonNode *node = json_object_get_member (tree, name);

  return node == NULL || is_fact (node);
}

/* Whether the tree is what a store of this major version writes for that lesson. If not, reason is the member at fault. */
gboolean
lesson_store_tree_check (JsonNode *root, const char *lesson_id, const char **reason)
{
  static const char *const groups[] = { "hints", "programs", "runs", "files" };
  static const char *const facts[] = { "opened", "last" };
  JsonObject *tree
      = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  const char *format = tree != NULL ? lesson_store_tree_get_text (tree, "format") : NULL;

  *reason = "format";
  if (format == NULL || !g_str_has_prefix (format, FORMAT_FAMILY)
      || (format[strlen (FORMAT_FAMILY)] != '.' && format[strlen (FORMAT_FAMILY)] != '\0'))
    return FALSE;
  *reason = "lesson";
  if (g_strcmp0 (lesson_store_tree_get_text (tree, "lesson"), lesson_id) != 0)
    return FALSE;
  *reason = "questions";
  if (!check_group (tree, "questions", is_question))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (groups); i++)
    if (!check_group (tree, *reason = groups[i], is_fact))
      return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (!check_fact (tree, *reason = facts[i]))
      return FALSE;
  return TRUE;
}

/* ---- joining ---- */

static gint64
get_date (JsonNode *fact)
{
  return lesson_store_tree_get_number (json_node_get_object (fact), "at");
}

/* By date; at the same microsecond by their text, so that every store puts them in the same order. */
static int
compare_facts (JsonNode *a, JsonNode *b)
{
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;

  if (get_date (a) != get_date (b))
    return get_date (a) < get_date (b) ? -1 : 1;
  text_a = json_to_string (a, FALSE);
  text_b = json_to_string (b, FALSE);
  return strcmp (text_a, text_b);
}

/* Both are in order of their dates: so is the result. (transfer full) */
static JsonNode *
join_lists (JsonNode *ours, JsonNode *theirs)
{
  JsonArray *a = json_node_get_array (ours);
  JsonArray *b = json_node_get_array (theirs);
  guint n_a = json_array_get_length (a), n_b = json_array_get_length (b), i = 0, j = 0;
  JsonArray *joined = json_array_sized_new (n_a + n_b);
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  while (i < n_a || j < n_b)
    {
      int order = i == n_a   ? 1
                  : j == n_b ? -1
                             : compare_facts (json_array_get_element (a, i),
                                              json_array_get_element (b, j));

      json_array_add_element (joined, json_node_copy (order <= 0 ? json_array_get_element (a, i)
                                                                 : json_array_get_element (b, j)));
      i += order <= 0;
      j += order >= 0;
    }
  json_node_take_array (node, joined);
  return node;
}

/* The later fact, with what only the earlier one had. */
static gboolean
join_facts (JsonObject *ours, JsonObject *theirs, gboolean theirs_is_later)
{
  g_autoptr (GList) names = json_object_get_members (theirs);
  gboolean is_different = FALSE;

  for (GList *name = names; name != NULL; name = name->next)
    if (theirs_is_later || !json_object_has_member (ours, name->data))
      {
        json_object_set_member (ours, name->data,
                                json_node_copy (json_object_get_member (theirs, name->data)));
        is_different = TRUE;
      }
  return is_different;
}

static gboolean
join_member (JsonObject *ours, const char *name, JsonNode *theirs)
{
  JsonNode *mine = json_object_get_member (ours, name);

  if (mine == NULL)
    json_object_set_member (ours, name, json_node_copy (theirs));
  else if (json_node_equal (mine, theirs))
    return FALSE;
  else if (is_fact (mine) && is_fact (theirs))
    return join_facts (json_node_get_object (mine), json_node_get_object (theirs),
                       compare_facts (mine, theirs) < 0);
  else if (JSON_NODE_HOLDS_OBJECT (mine) && JSON_NODE_HOLDS_OBJECT (theirs))
    return lesson_store_tree_join (json_node_get_object (mine), json_node_get_object (theirs));
  else if (is_list_of_facts (mine) && is_list_of_facts (theirs))
    json_object_set_member (ours, name, join_lists (mine, theirs));
  else
    /* Only a later version has written such a thing: what stands in the file is kept. */
    json_object_set_member (ours, name, json_node_copy (theirs));
  return TRUE;
}

/* Adds to ours what theirs, read from the file, knows. TRUE: ours may have changed. Parts of theirs are shared afterwards:
 * drop it. */
gboolean
lesson_store_tree_join (JsonObject *ours, JsonObject *theirs)
{
  g_autoptr (GList) names = json_object_get_members (theirs);
  gboolean is_different = FALSE;

  for (GList *name = names; name != NULL; name = name->next)
    if (join_member (ours, name->data, json_object_get_member (theirs, name->data)))
      is_different = TRUE;
  return is_different;
}

/* ---- size ---- */

/* Leaves the last max_tries of each question. */
void
lesson_store_tree_trim (JsonObject *tree, guint max_tries)
{
  JsonObject *questions = get_object (tree, "questions");
  g_autoptr (GList) values = questions != NULL ? json_object_get_values (questions) : NULL;

  for (GList *value = values; value != NULL; value = value->next)
    {
      JsonObject *question = json_node_get_object (value->data);
      JsonArray *tries = json_object_has_member (question, "tries")
                             ? json_object_get_array_member (question, "tries")
                             : NULL;

      while (tries != NULL && json_array_get_length (tries) > max_tries)
        json_array_remove_element (tries, 0);
    }
}

static gint64
find_latest (JsonNode *node, gint64 latest)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      g_autoptr (GList) values = json_object_get_values (json_node_get_object (node));

      latest = MAX (latest, get_date (node));
      for (GList *value = values; value != NULL; value = value->next)
        latest = find_latest (value->data, latest);
    }
  else if (JSON_NODE_HOLDS_ARRAY (node))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (node)); i++)
      latest = find_latest (json_array_get_element (json_node_get_array (node), i), latest);
  return latest;
}

/* The latest date of all facts, 0 when there is none. The next fact gets a later one, even when the clock was put back. */
gint64
lesson_store_tree_get_latest (JsonObject *tree)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), tree);

  return find_latest (node, 0);
}

/* (transfer full) */
char *
lesson_store_tree_print (JsonObject *tree, gsize *n_bytes)
{
  g_autoptr (JsonNode) root = json_node_init_object (json_node_alloc (), tree);
  g_autoptr (JsonGenerator) generator = json_generator_new ();

  json_generator_set_root (generator, root);
  json_generator_set_pretty (generator, TRUE);
  json_generator_set_indent (generator, 1);
  return json_generator_to_data (generator, n_bytes);
}

/* ---- what a question asks ---- */

static void
hash_text (GChecksum *sum, const char *text)
{
  /* With the NUL: "ab", "c" is not "a", "bc". */
  g_checksum_update (sum, (const guchar *)(text != NULL ? text : ""),
                     text != NULL ? (gssize)strlen (text) + 1 : 1);
}

static void
hash_value (GChecksum *sum, JsonNode *value)
{
  g_autofree char *text = value != NULL ? json_to_string (value, FALSE) : NULL;

  hash_text (sum, text);
}

/* Of what decides which answer is right: kind, prompt, options, probes, answer. Hints and explanations may be reworded, and
 * lines may move, without making an old answer worthless. (transfer full) */
char *
lesson_store_tree_hash_question (const LessonQuestion *question)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);

  hash_text (sum, lesson_word_get_name (lesson_words_QUESTION, question->kind));
  hash_text (sum, question->prompt);
  for (guint i = 0; question->options != NULL && i < question->options->len; i++)
    {
      const LessonOption *option = g_ptr_array_index (question->options, i);

      hash_text (sum, option->text);
      hash_text (sum, option->correct == TRUE ? "correct" : "");
    }
  hash_text (sum, question->probe);
  for (guint i = 0; question->probes != NULL && question->probes[i] != NULL; i++)
    hash_text (sum, question->probes[i]);
  hash_value (sum, question->answer);
  hash_value (sum, question->accept);
  return g_strndup (g_checksum_get_string (sum), 16);
}
