/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One sentence about the step just taken, made from what differs between two states. The first thing that happened in this
 * order is told: a fault, the end, a free, an allocation, a call, a return, a changed value, output, a decision. The words are
 * in text-message-narration.def. */

#include "scene.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "text/text-message.h"

#define MOST_ARGUMENTS 4
#define MOST_WORDS 40 /* letters of an expression that a sentence can quote */

typedef struct
{
  const Facts *before; /* NULL: there is nothing before */
  const Facts *now;
  const char *source;
} Story;

/* (transfer full); takes the message. */
static char *
word (TextMessage *message)
{
  char *words = text_message_word (message);

  text_message_free (message);
  return words;
}

static char *
join_sentences (char *first, char *second)
{
  char *both;

  if (second == NULL)
    return first;
  both = g_strconcat (first, " ", second, NULL);
  g_free (first);
  g_free (second);
  return both;
}

static guint
get_line_before (const Story *story)
{
  return story->before != NULL ? story->before->line : story->now->line;
}

/* ---- names ---- */

static char *
dup_path (const Facts *facts, guint32 index)
{
  const FactsNode *node = facts_get_node (facts, index);
  g_autofree char *above = NULL;

  if (node->parent == FACTS_NO_NODE)
    return g_strdup (node->name);
  above = dup_path (facts, node->parent);
  if (node->name[0] == '[' || above[0] == '\0')
    return g_strconcat (above, node->name, NULL);
  return g_strconcat (above, ".", node->name, NULL);
}

static guint32
find_root (const Facts *facts, guint32 index)
{
  while (facts_get_node (facts, index)->parent != FACTS_NO_NODE)
    index = facts_get_node (facts, index)->parent;
  return index;
}

static const FactsBlock *
get_block (const Facts *facts, guint index)
{
  return &g_array_index (facts->blocks, FactsBlock, index);
}

/* The block whose value has this root, or NULL. */
static const FactsBlock *
find_owner (const Facts *facts, guint32 root)
{
  for (guint i = 0; i < facts->blocks->len; i++)
    if (get_block (facts, i)->root == root)
      return get_block (facts, i);
  return NULL;
}

/* A value's name as a person would say it: "x", "p.next", "block 3's next". */
static char *
name_node (const Facts *facts, guint32 index)
{
  const FactsBlock *block = find_owner (facts, find_root (facts, index));
  g_autofree char *path = dup_path (facts, index);
  g_autofree char *name = NULL;

  if (block == NULL)
    return g_steal_pointer (&path);
  name = g_strdup_printf (_ ("block %u"), block->number);
  return g_strconcat (name, path[0] == '\0' || path[0] == '[' ? "" : ".", path, NULL);
}

static const FactsFrame *
get_top (const Facts *facts)
{
  const FactsFrame *top = NULL;

  for (guint i = 0; i < facts->frames->len; i++)
    if (g_array_index (facts->frames, FactsFrame, i).state == FACTS_FRAME_LIVE)
      top = &g_array_index (facts->frames, FactsFrame, i);
  return top;
}

/* Whether the value is one that a program can reach by a name: in a live frame or the data region. */
static gboolean
is_named (const Facts *facts, guint32 index)
{
  guint32 root = find_root (facts, index);

  for (guint i = 0; i < facts->frames->len; i++)
    {
      const FactsFrame *frame = &g_array_index (facts->frames, FactsFrame, i);

      if (root >= frame->first_slot && root < frame->first_slot + frame->n_slots)
        return frame->state == FACTS_FRAME_LIVE;
    }
  return TRUE;
}

/* The live block at an address, or NULL. */
static const FactsBlock *
find_block_at (const Facts *facts, guint64 address)
{
  for (guint i = 0; i < facts->blocks->len; i++)
    if (get_block (facts, i)->address == address && get_block (facts, i)->state == FACTS_BLOCK_LIVE)
      return get_block (facts, i);
  return NULL;
}

/* The block that a pointer was made for, or NULL. */
static const FactsBlock *
find_target (const Facts *facts, const FactsNode *node)
{
  if ((node->flags & FACTS_POINTER) == 0 || node->target_block == 0)
    return NULL;
  for (guint i = 0; i < facts->blocks->len; i++)
    if (get_block (facts, i)->key == node->target_block)
      return get_block (facts, i);
  return NULL;
}

/* A piece of the program's text that is short and on one line, else NULL. The learner's text is the first of its map. (transfer full) */
static char *
dup_words_at (const char *source, TextSpan span)
{
  gsize n = source != NULL ? strlen (source) : 0;

  if (span.begin == 0 || span.end <= span.begin || span.end - 1 > n
      || span.end - span.begin > MOST_WORDS)
    return NULL;
  if (memchr (source + span.begin - 1, '\n', span.end - span.begin) != NULL)
    return NULL;
  return g_strndup (source + span.begin - 1, span.end - span.begin);
}

/* What a place that decides asks: an expression, of `for (a; b; c)` the b. Later rounds stand at `b; c)`. (transfer full) (nullable) */
static char *
dup_question (const char *source, TextSpan span)
{
  char *words = dup_words_at (source, span);
  g_auto (GStrv) parts = NULL;
  guint n;

  if (words == NULL || strchr (words, ';') == NULL)
    return words;
  parts = g_strsplit (words, ";", -1);
  g_free (words);
  n = g_strv_length (parts);
  if (n > 3 || g_strstrip (parts[n - 2])[0] == '\0')
    return NULL;
  return g_strdup (parts[n - 2]);
}

/* ---- faults and ends ---- */

static char *
find_faulty_name (const Facts *now)
{
  for (guint32 i = 0; i < now->n_own; i++)
    if ((facts_get_node (now, i)->flags & FACTS_FAULT) != 0)
      return name_node (now, i);
  return NULL;
}

static const FactsBlock *
find_faulty_block (const Facts *now)
{
  for (guint i = 0; i < now->blocks->len; i++)
    if (get_block (now, i)->is_faulty)
      return get_block (now, i);
  return NULL;
}

static char *
tell_fault (const Story *story)
{
  const Facts *now = story->now;
  const FactsBlock *block = find_faulty_block (now);
  g_autofree char *name = find_faulty_name (now);
  const char *kind = now->fault_kind != NULL ? now->fault_kind : "";
  guint64 line = now->line;

  if (strcmp (kind, "double-free") == 0 && block != NULL)
    return word (
        text_message_new (TEXT_FAULTED_FREES_AGAIN, "uu", line, (guint64)block->freed_line));
  if (strcmp (kind, "use-after-free") == 0 && block != NULL && name != NULL)
    return word (
        text_message_new (TEXT_FAULTED_FREED, "usu", line, name, (guint64)block->freed_line));
  if (strcmp (kind, "use-after-free") == 0 && block != NULL)
    return word (text_message_new (TEXT_FAULTED_FREED_BLOCK, "uuu", line, (guint64)block->number,
                                   (guint64)block->freed_line));
  if (strcmp (kind, "out-of-bounds") == 0 && block != NULL)
    return word (
        text_message_new (TEXT_FAULTED_OUTSIDE, "uuu", line, (guint64)block->number, block->size));
  if (strcmp (kind, "null-dereference") == 0)
    return word (text_message_new (TEXT_FAULTED_NULL, "u", line));
  if (strcmp (kind, "uninitialised-read") == 0)
    return word (text_message_new (TEXT_FAULTED_UNSET, "u", line));
  if (strcmp (kind, "dangling-stack") == 0)
    return word (text_message_new (TEXT_FAULTED_GONE, "u", line));
  if (name != NULL)
    return word (text_message_new (TEXT_FAULTED_AT, "us", line, name));
  return word (text_message_new (TEXT_FAULTED, "u", line));
}

static char *
tell_end (const Facts *now)
{
  if (now->ledger.n_allocations == 0)
    return word (text_message_new (TEXT_STEP_ENDS_PLAIN, ""));
  if (now->ledger.live_blocks == 0)
    return word (text_message_new (TEXT_STEP_ENDS, ""));
  return word (text_message_new (TEXT_STEP_ENDS_LEAKING, "u", now->ledger.live_blocks));
}

/* ---- frees and allocations ---- */

/* What stands between the brackets of free ( ) in a line of the source, when it is short. (transfer full) (nullable) */
static char *
find_freed_words (const char *source, guint line)
{
  g_auto (GStrv) lines = source != NULL ? g_strsplit (source, "\n", -1) : NULL;
  const char *call = NULL, *end;

  if (lines == NULL || line == 0 || line > g_strv_length (lines))
    return NULL;
  call = strstr (lines[line - 1], "free(");
  if (call == NULL || strstr (call + 1, "free(") != NULL)
    return NULL;
  call += strlen ("free(");
  end = strchr (call, ')');
  if (end == NULL || end == call || end - call > 24 || memchr (call, '(', end - call) != NULL)
    return NULL;
  return g_strndup (call, end - call);
}

/* Who still points to a block that is gone: a sentence, or NULL for nobody. */
static char *
tell_holders (const Facts *now, guint32 key)
{
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  guint64 n = 0;

  for (guint32 i = 0; i < now->n_own; i++)
    {
      const FactsNode *node = facts_get_node (now, i);

      if ((node->flags & FACTS_POINTER) == 0 || node->target_block != key || !is_named (now, i))
        continue;
      if (n == 0)
        first = name_node (now, i);
      else if (n == 1)
        second = name_node (now, i);
      n++;
    }
  if (n == 0)
    return NULL;
  if (n == 1)
    return word (text_message_new (TEXT_STEP_STILL_ONE, "s", first));
  if (n == 2)
    return word (text_message_new (TEXT_STEP_STILL_TWO, "ss", first, second));
  return word (text_message_new (TEXT_STEP_STILL_MORE, "us", n - 1, first));
}

/* The block that changed to this state in the step. */
static const FactsBlock *
find_freed (const Story *story)
{
  for (guint i = 0; i < story->now->blocks->len; i++)
    {
      const FactsBlock *block = get_block (story->now, i);

      if (block->state != FACTS_BLOCK_FREED)
        continue;
      for (guint j = 0; j < story->before->blocks->len; j++)
        if (get_block (story->before, j)->number == block->number
            && get_block (story->before, j)->state != FACTS_BLOCK_FREED)
          return block;
    }
  return NULL;
}

static char *
tell_free (const Story *story)
{
  const FactsBlock *block = find_freed (story);
  g_autofree char *name = NULL;
  guint64 line;
  char *first;

  if (block == NULL)
    return NULL;
  line = block->freed_line > 0 ? block->freed_line : get_line_before (story);
  name = find_freed_words (story->source, (guint)line);
  if (name != NULL)
    first = word (text_message_new (TEXT_STEP_FREES, "us", block->size, name));
  else
    first = word (text_message_new (TEXT_STEP_FREES_LINE, "uu", block->size, line));
  return join_sentences (first, tell_holders (story->now, block->key));
}

static char *
tell_allocation (const Story *story)
{
  const Facts *now = story->now;
  const FactsBlock *block;
  guint64 n = now->ledger.n_allocations - story->before->ledger.n_allocations;
  guint64 line, n_bytes = 0;

  if (now->blocks->len == 0)
    return NULL;
  block = get_block (now, now->blocks->len - 1);
  line = block->allocated_line > 0 ? block->allocated_line : get_line_before (story);
  for (guint i = 0; i < MIN (n, now->blocks->len); i++)
    n_bytes += get_block (now, now->blocks->len - 1 - i)->size;
  if (n > 1)
    return word (text_message_new (TEXT_STEP_GIVES_MORE, "uuu", n, line, n_bytes));
  for (guint32 i = 0; i < now->n_own; i++)
    {
      const FactsNode *node = facts_get_node (now, i);

      if ((node->flags & FACTS_CHANGED) != 0 && node->target_block == block->key)
        {
          g_autofree char *name = name_node (now, i);

          return word (text_message_new (TEXT_STEP_GIVES_TO, "uus", block->size, line, name));
        }
    }
  return word (
      text_message_new (TEXT_STEP_GIVES, "uuu", block->size, line, (guint64)block->number));
}

/* ---- calls ---- */

/* "n = 3, name = 0x1008" */
static char *
list_arguments (const Facts *now, const FactsFrame *frame)
{
  GString *list = g_string_new (NULL);
  guint n = 0;

  for (guint32 i = 0; i < frame->n_slots && n < MOST_ARGUMENTS; i++)
    {
      const FactsNode *node = facts_get_node (now, frame->first_slot + i);

      const FactsBlock *block = find_target (now, node);

      if ((node->flags & (FACTS_NOT_LIVE | FACTS_UNDEFINED)) != 0 || node->text[0] == '\0')
        continue;
      if (n > 0)
        g_string_append (list, ", ");
      if (block != NULL && block->address == node->target)
        {
          g_autofree char *at = word (
              text_message_new (TEXT_STEP_ARGUMENT_AT, "su", node->name, (guint64)block->number));

          g_string_append (list, at);
        }
      else
        g_string_append_printf (list, "`%s = %s`", node->name, node->text);
      n++;
    }
  return g_string_free (list, FALSE);
}

static char *
tell_call (const Story *story, const FactsFrame *now)
{
  const FactsFrame *caller = now - 1;
  g_autofree char *arguments = list_arguments (story->now, now);

  if (arguments[0] == '\0')
    return word (text_message_new (TEXT_STEP_CALLS, "ss", caller->function, now->function));
  return word (
      text_message_new (TEXT_STEP_CALLS_WITH, "sss", caller->function, now->function, arguments));
}

/* A returned value: an address says more by its block. (transfer full) */
static char *
word_returned (const Facts *facts, const char *text)
{
  const FactsBlock *block = NULL;
  guint64 address;

  if (g_str_has_prefix (text, "0x")
      && g_ascii_string_to_unsigned (text + 2, 16, 0, G_MAXUINT64, &address, NULL))
    block = find_block_at (facts, address);
  if (block == NULL)
    return g_strdup (text);
  return word (text_message_new (TEXT_STEP_BLOCK_ADDRESS, "u", (guint64)block->number));
}

static char *
tell_leaving (const Facts *facts, const FactsFrame *now)
{
  g_autofree char *value = NULL;

  if (now->returns == NULL || now->returns[0] == '\0')
    return word (text_message_new (TEXT_STEP_LEAVES, "s", now->function));
  value = word_returned (facts, now->returns);
  return word (text_message_new (TEXT_STEP_LEAVES_WITH, "ss", now->function, value));
}

static char *
tell_return (const Facts *facts, const FactsFrame *before, const FactsFrame *now)
{
  if (before->returns != NULL && before->returns[0] != '\0')
    {
      g_autofree char *value = word_returned (facts, before->returns);

      return word (text_message_new (TEXT_STEP_RETURNS_VALUE, "suss", before->function,
                                     (guint64)now->line, now->function, value));
    }
  return word (text_message_new (TEXT_STEP_RETURNS, "sus", before->function, (guint64)now->line,
                                 now->function));
}

/* ---- values ---- */

/* The same value in the state before: by address, since nothing that is alive moves. */
static const FactsNode *
find_same (const Facts *before, const FactsNode *node)
{
  for (guint32 i = 0; i < before->n_own; i++)
    {
      const FactsNode *other = facts_get_node (before, i);

      if (other->address == node->address && other->size == node->size && other->n_children == 0
          && strcmp (other->name, node->name) == 0)
        return other;
    }
  return NULL;
}

static char *
tell_one_value (const Story *story, guint32 index)
{
  const FactsNode *node = facts_get_node (story->now, index);
  const FactsNode *old = find_same (story->before, node);
  const FactsBlock *block = find_target (story->now, node);
  g_autofree char *name = name_node (story->now, index);

  if (block != NULL)
    return word (text_message_new (TEXT_STEP_POINTS, "su", name, (guint64)block->number));
  if ((node->flags & FACTS_POINTER) != 0 && node->target_node != FACTS_NO_NODE)
    {
      g_autofree char *target = name_node (story->now, node->target_node);

      if (target[0] != '\0')
        return word (text_message_new (TEXT_STEP_POINTS_AT, "ss", name, target));
    }
  if (old == NULL || (old->flags & (FACTS_UNDEFINED | FACTS_NOT_LIVE)) != 0
      || strcmp (old->text, node->text) == 0)
    return word (text_message_new (TEXT_STEP_SETS, "ss", name, node->text));
  return word (text_message_new (TEXT_STEP_ASSIGNS, "sss", name, node->text, old->text));
}

/* Without an end, to be joined. */
static char *
tell_part (const Facts *now, guint32 index)
{
  const FactsNode *node = facts_get_node (now, index);
  const FactsBlock *block = find_target (now, node);
  g_autofree char *name = name_node (now, index);

  if (block != NULL)
    return word (text_message_new (TEXT_STEP_PART_POINTS, "su", name, (guint64)block->number));
  return word (text_message_new (TEXT_STEP_PART_SETS, "ss", name, node->text));
}

/* The function of the library that the line calls to write into memory, or NULL. */
static const char *
find_writer (const char *source, guint line)
{
  static const char *const writers[] = { "strcpy",  "strncpy", "strcat",   "strncat", "memcpy",
                                         "memmove", "memset",  "snprintf", "sprintf", "fgets" };
  g_auto (GStrv) lines = source != NULL ? g_strsplit (source, "\n", -1) : NULL;
  const char *found = NULL;

  if (lines == NULL || line == 0 || line > g_strv_length (lines))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (writers); i++)
    {
      const char *call = strstr (lines[line - 1], writers[i]);
      const char *end = call != NULL ? call + strlen (writers[i]) : NULL;

      if (call == NULL || (*end != '(' && *end != ' '))
        continue;
      if (call > lines[line - 1] && (g_ascii_isalnum (call[-1]) || call[-1] == '_'))
        continue;
      /* With two of them nobody knows which one it was. */
      if (found != NULL)
        return NULL;
      found = writers[i];
    }
  return found;
}

/* "`strcpy` writes "Ada" into block 1: 4 bytes.": what changed is in one block or variable, and the line calls a function that
 * writes. The text is told where all of it is new. NULL where it cannot be told so. */
static char *
tell_writing (const Story *story, guint32 first, guint32 last)
{
  const Facts *now = story->now;
  guint32 root = find_root (now, first);
  const FactsNode *whole = facts_get_node (now, root);
  guint64 n_bytes = now->ledger.copied_bytes - story->before->ledger.copied_bytes;
  const char *writer = find_writer (story->source, get_line_before (story));
  const FactsBlock *block = find_owner (now, root);
  g_autofree char *place = NULL;

  if (writer == NULL || n_bytes == 0 || find_root (now, last) != root)
    return NULL;
  if (block != NULL)
    place = word (text_message_new (TEXT_STEP_BLOCK, "u", (guint64)block->number));
  else
    place = g_strdup_printf ("`%s`", whole->name);
  if (strcmp (writer, "strcpy") == 0 && facts_get_node (now, first)->address == whole->address
      && whole->text[0] == '"')
    return word (
        text_message_new (TEXT_STEP_WRITES_TEXT, "suss", writer, n_bytes, place, whole->text));
  return word (text_message_new (TEXT_STEP_WRITES, "sus", writer, n_bytes, place));
}

static char *
tell_values (const Story *story)
{
  const Facts *now = story->now;
  guint32 first = FACTS_NO_NODE, last = 0;
  guint64 n = 0;
  char *words;

  for (guint32 i = 0; i < now->n_own; i++)
    {
      const FactsNode *node = facts_get_node (now, i);

      if ((node->flags & FACTS_CHANGED) == 0 || node->n_children > 0
          || (node->flags & (FACTS_NOT_LIVE | FACTS_UNDEFINED)) != 0 || !is_named (now, i))
        continue;
      if (first == FACTS_NO_NODE)
        first = i;
      last = i;
      n++;
    }
  if (n == 0)
    return NULL;
  if (n == 1)
    return tell_one_value (story, first);
  words = tell_writing (story, first, last);
  if (words == NULL && n == 2)
    {
      g_autofree char *begin = tell_part (now, first);
      g_autofree char *end = tell_part (now, last);

      words = word (text_message_new (TEXT_STEP_TWO, "ss", begin, end));
    }
  if (words == NULL)
    {
      g_autofree char *begin = name_node (now, first);
      g_autofree char *end = name_node (now, last);

      words = word (text_message_new (TEXT_STEP_FILLS, "ussu", n, begin, end,
                                      (guint64)get_line_before (story)));
    }
  return words;
}

static char *
tell_decision (const Story *story)
{
  guint64 line = story->before->line, next = story->now->line;
  g_autofree char *question = dup_question (story->source, story->before->span);

  if (question == NULL)
    return word (text_message_new (TEXT_STEP_DECIDES, "uu", line, next));
  return word (text_message_new (TEXT_STEP_DECIDES_BY, "uus", line, next, question));
}

/* ---- exceptions and collectors ---- */

/* Frames between were left in this one step; the innermost is named. */
static char *
tell_catch (const Facts *before, const Facts *now)
{
  const FactsFrame *top_before = get_top (before), *top = get_top (now);

  if (top_before != NULL && top != NULL && top->depth < top_before->depth)
    return word (text_message_new (TEXT_STEP_CATCHES_LEFT, "sus", top_before->function,
                                   (guint64)now->line, now->function));
  return word (text_message_new (TEXT_STEP_CATCHES, "us", (guint64)now->line, now->function));
}

/* What a stop that is no line of the program stands for; NULL for any other. */
static char *
tell_special_stop (const Facts *before, const Facts *now)
{
  switch (now->stop)
    {
    case IR_STOP_THROW:
      return word (text_message_new (TEXT_STEP_THROWS, "u", (guint64)now->line));
    case IR_STOP_CATCH:
      return tell_catch (before, now);
    case IR_STOP_COLLECT:
      return word (text_message_new (TEXT_STEP_COLLECTS, ""));
    case IR_STOP_ENTER:
    case IR_STOP_STMT:
    case IR_STOP_COND:
    case IR_STOP_EXIT:
      break;
    }
  return NULL;
}

/* ---- all of it ---- */

static char *
tell_what_ran (const Story *story)
{
  const Facts *before = story->before, *now = story->now;
  const FactsFrame *top_before = get_top (before), *top = get_top (now);
  char *words = tell_special_stop (before, now);

  if (words != NULL)
    return words;
  if (now->ledger.n_frees > before->ledger.n_frees)
    words = tell_free (story);
  if (words == NULL && now->ledger.n_allocations > before->ledger.n_allocations)
    words = tell_allocation (story);
  if (words == NULL && top_before != NULL && top != NULL && top->depth > 1
      && (top->depth > top_before->depth || now->stop == IR_STOP_ENTER))
    words = tell_call (story, top);
  if (words == NULL && top_before != NULL && top != NULL && top->depth < top_before->depth)
    words = tell_return (now, top_before, top);
  if (words == NULL)
    words = tell_values (story);
  if (words == NULL && now->n_output > before->n_output)
    words = word (text_message_new (TEXT_STEP_PRINTS, "uu", now->n_output - before->n_output,
                                    (guint64)before->line));
  if (words == NULL && before->stop == IR_STOP_COND)
    words = tell_decision (story);
  if (words == NULL && now->stop == IR_STOP_EXIT && top != NULL)
    words = tell_leaving (now, top);
  if (words == NULL)
    words = word (text_message_new (TEXT_STEP_NEXT, "u", (guint64)now->line));
  return words;
}

char *
scene_narrate (const Facts *before, const Facts *now, const char *source)
{
  Story story = { before, now, source };

  switch (now->moment)
    {
    case FACTS_AT_FAULT:
      return tell_fault (&story);
    case FACTS_AT_END:
      return tell_end (now);
    case FACTS_AT_LIMIT:
      return word (text_message_new (TEXT_STEP_LIMIT, ""));
    case FACTS_AT_STOP:
      break;
    }
  if (before == NULL)
    return word (text_message_new (TEXT_STEP_BEGINS, "us", (guint64)now->line,
                                   now->function != NULL ? now->function : "main"));
  return tell_what_ran (&story);
}
