/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading probes: see judge-probe.h. */

#include "judge-probe-private.h"

#include <string.h>

/* Brackets in one another. */
#define MAX_DEPTH 16

static const char *const counters[] = {
#define COUNTER(id, name) name,
#include "judge-counter.def"
#undef COUNTER
};

static const struct
{
  const char *name;
  JudgeAsks asks;
} functions[] = {
  { "address", JUDGE_ASKS_ADDRESS }, { "size", JUDGE_ASKS_SIZE },
  { "region", JUDGE_ASKS_REGION },   { "refcount", JUDGE_ASKS_REFCOUNT },
  { "owner", JUDGE_ASKS_OWNER },     { "permissions", JUDGE_ASKS_PERMISSIONS },
  { "block", JUDGE_ASKS_BLOCK },
};

typedef struct
{
  JudgeProbe *probe;
  const char *at;
  guint depth;
} Reader;

/* ---- words ---- */

static void
skip_space (Reader *self)
{
  while (*self->at == ' ')
    self->at++;
}

static gboolean
take (Reader *self, const char *sign)
{
  skip_space (self);
  if (!g_str_has_prefix (self->at, sign))
    return FALSE;
  self->at += strlen (sign);
  return TRUE;
}

static gboolean
is_name_byte (char c)
{
  return g_ascii_isalnum (c) || c == '_' || (guchar)c >= 0x80;
}

/* (transfer full) (nullable): NULL, no name stands here */
static char *
take_name (Reader *self)
{
  const char *begin;

  skip_space (self);
  begin = self->at;
  if (g_ascii_isdigit (*begin))
    return NULL;
  while (is_name_byte (*self->at))
    self->at++;
  return self->at > begin ? g_strndup (begin, self->at - begin) : NULL;
}

static gsize
get_place (const Reader *self)
{
  return self->at - self->probe->text;
}

static void
add_step (Reader *self, JudgeStepKind kind, char *name, guint64 number, gsize begin)
{
  JudgeStep step = { kind, name, number, begin };

  g_array_append_val (self->probe->steps, step);
}

/* ---- paths ---- */

static gboolean read_path (Reader *self);

static gboolean
read_index (Reader *self, gsize begin)
{
  skip_space (self);
  if (*self->at == '"' || *self->at == '\'')
    {
      const char *end = strchr (self->at + 1, *self->at);

      if (end == NULL)
        return FALSE;
      add_step (self, JUDGE_STEP_KEY, g_strndup (self->at + 1, end - self->at - 1), 0, begin);
      self->at = end + 1;
    }
  else
    {
      char *end;
      guint64 number = g_ascii_strtoull (self->at, &end, 10);

      if (!g_ascii_isdigit (*self->at))
        return FALSE;
      add_step (self, JUDGE_STEP_INDEX, NULL, number, begin);
      self->at = end;
    }
  return take (self, "]");
}

static gboolean
read_suffixes (Reader *self)
{
  for (;;)
    {
      gsize begin = get_place (self);
      gboolean is_arrow = take (self, "->");
      char *name;

      if (!is_arrow && take (self, "["))
        {
          if (!read_index (self, begin))
            return FALSE;
          continue;
        }
      if (!is_arrow && !take (self, "."))
        return TRUE;
      name = take_name (self);
      if (name == NULL)
        return FALSE;
      add_step (self, is_arrow ? JUDGE_STEP_ARROW : JUDGE_STEP_FIELD, name, 0, begin);
    }
}

static gboolean
read_start (Reader *self)
{
  gsize begin = get_place (self);
  char *name;

  if (take (self, "("))
    return read_path (self) && take (self, ")");
  name = take_name (self);
  if (name == NULL)
    return FALSE;
  if (strcmp (name, "inside") == 0 && take (self, "("))
    {
      g_free (name);
      if (!read_path (self) || !take (self, ")"))
        return FALSE;
      add_step (self, JUDGE_STEP_INSIDE, NULL, 0, begin);
      return TRUE;
    }
  add_step (self, JUDGE_STEP_NAME, name, 0, begin);
  return TRUE;
}

static gboolean
read_path (Reader *self)
{
  gsize begin = get_place (self);
  guint n_stars = 0;
  gboolean is_right;

  if (++self->depth > MAX_DEPTH)
    return FALSE;
  while (take (self, "*"))
    n_stars++;
  is_right = read_start (self) && read_suffixes (self);
  for (guint i = 0; is_right && i < n_stars; i++)
    add_step (self, JUDGE_STEP_FOLLOW, NULL, 0, begin);
  self->depth--;
  return is_right;
}

/* ---- probes ---- */

static gboolean
read_counter (Reader *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (counters); i++)
    if (strcmp (self->probe->text, counters[i]) == 0)
      {
        self->probe->asks = JUDGE_ASKS_COUNTER;
        self->probe->counter = i;
        self->at += strlen (self->at);
        return TRUE;
      }
  return FALSE;
}

/* FALSE: it does not begin with a function. */
static gboolean
take_function (Reader *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    {
      gsize n = strlen (functions[i].name);

      if (strncmp (self->at, functions[i].name, n) != 0 || self->at[n] != '(')
        continue;
      self->at += n + 1;
      self->probe->asks = functions[i].asks;
      return TRUE;
    }
  return FALSE;
}

static gboolean
read_probe (Reader *self)
{
  if (read_counter (self))
    return TRUE;
  if (!take_function (self))
    return read_path (self);
  if (!read_path (self) || !take (self, ")"))
    return FALSE;
  if (self->probe->asks != JUDGE_ASKS_BLOCK)
    return TRUE;
  if (take (self, "."))
    self->probe->word = take_name (self);
  /* As what a note points at, a block stands alone. */
  return TRUE;
}

static void
clear_step (gpointer data)
{
  g_free (((JudgeStep *)data)->name);
}

/* NULL and trouble (transfer full): it cannot be read. */
JudgeProbe *
judge_probe_new (const char *text, TextMessage **trouble)
{
  JudgeProbe *probe = g_new0 (JudgeProbe, 1);
  Reader reader = { probe, NULL, 0 };

  probe->text = g_strstrip (g_strdup (text));
  probe->steps = g_array_new (FALSE, TRUE, sizeof (JudgeStep));
  g_array_set_clear_func (probe->steps, clear_step);
  reader.at = probe->text;
  if (read_probe (&reader) && *reader.at == '\0')
    return probe;
  if (*reader.at == '\0')
    *trouble = text_message_new (TEXT_PROBE_END, "s", text);
  else
    *trouble = text_message_new (TEXT_PROBE_SYNTAX, "ss", text, reader.at);
  judge_probe_free (probe);
  return NULL;
}

void
judge_probe_free (JudgeProbe *probe)
{
  g_free (probe->text);
  g_free (probe->word);
  g_array_unref (probe->steps);
  g_free (probe);
}
