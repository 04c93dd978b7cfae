/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Strict JSON (RFC 8259), read before anything else looks at a file from strangers.
 *
 * json-glib 1.6 runs out of stack on deep nesting, keeps the last of two equal members, cuts a text at \u0000, wraps large
 * whole numbers and knows no places. So this goes over the bytes first. What it lets through, json-glib reads as it is
 * written: nesting up to MAX_DEPTH, no member twice, no NUL, whole numbers within 2^53. It gives one finding at most, and the
 * place of every value. It keeps its own stack: a hostile file cannot use up the C one. */

#include "lesson-scan.h"

#include "lesson-report.h"
#include "lesson-token.h"

#include <string.h>

#define MAX_DEPTH 32
/* Ten times what any lesson needs; bounds the work that equal hashes can make json-glib do. */
#define MAX_MEMBERS 4096

typedef enum
{
  EXPECT_VALUE,         /* of a member, or an item behind a comma, or the whole lesson */
  EXPECT_ITEM_OR_CLOSE, /* just behind [ */
  EXPECT_NAME,          /* behind a comma */
  EXPECT_NAME_OR_CLOSE, /* just behind { */
  EXPECT_COLON,
  EXPECT_COMMA_OR_CLOSE,
  EXPECT_END,
} Expectation;

typedef struct
{
  gboolean is_object;
  TextSpan opened; /* the bracket */
  guint place;     /* its own */
  guint n_children;
} Level;

typedef struct
{
  LessonTokens tokens;
  LessonPlaces *places;
  Level levels[MAX_DEPTH];
  guint depth;
  Expectation expectation;
  guint value_place;   /* place of the value to come */
  LessonToken last;    /* the token before this one */
  gboolean is_refused; /* a finding was reported */
} Scan;

static TextDiagnostic *
refuse (Scan *scan, TextSpan span, TextMessage *message, TextMessage *help)
{
  scan->is_refused = TRUE;
  return lesson_report (scan->tokens.diagnostics, TEXT_SEVERITY_ERROR, LESSON_CODE_JSON, span,
                        message, help);
}

/* The same with a sentence and a help that have no arguments. */
static void
refuse_plainly (Scan *scan, TextSpan span, TextMessageId sentence, TextMessageId help)
{
  refuse (scan, span, text_message_new (sentence, ""), text_message_new (help, ""));
}

static Level *
get_level (Scan *scan)
{
  return scan->depth > 0 ? &scan->levels[scan->depth - 1] : NULL;
}

static void
expect_after_value (Scan *scan)
{
  scan->expectation = scan->depth > 0 ? EXPECT_COMMA_OR_CLOSE : EXPECT_END;
}

/* What is still open, innermost first, as its closing brackets. */
static char *
dup_closers (Scan *scan)
{
  GString *closers = g_string_new (NULL);

  for (guint i = scan->depth; i > 0; i--)
    g_string_append_c (closers, scan->levels[i - 1].is_object ? '}' : ']');
  return g_string_free (closers, FALSE);
}

static void
refuse_cut (Scan *scan, TextSpan end)
{
  g_autofree char *closers = dup_closers (scan);
  TextDiagnostic *diagnostic;

  if (scan->depth == 0)
    {
      refuse_plainly (scan, end, TEXT_LESSON_EMPTY, TEXT_LESSON_HELP_EMPTY);
      return;
    }
  diagnostic = refuse (scan, end, text_message_new (TEXT_LESSON_CUT, ""),
                       text_message_new (TEXT_LESSON_HELP_CUT, "s", closers));
  for (guint i = scan->depth; i > 0; i--)
    text_diagnostic_add_label (diagnostic, scan->levels[i - 1].opened,
                               text_message_new (TEXT_LESSON_OPENED_HERE, ""));
}

/* Words that people take for JSON from other languages. */
static const char *
find_json_word (const char *word)
{
  static const struct
  {
    const char *foreign;
    const char *json;
  } words[] = {
    { "true", "true" }, { "yes", "true" },  { "false", "false" },   { "no", "false" },
    { "null", "null" }, { "none", "null" }, { "nil", "null" },      { "undefined", "null" },
    { "nan", "null" },  { "-nan", "null" }, { "infinity", "null" }, { "-infinity", "null" },
    { "inf", "null" },  { "-inf", "null" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strcasecmp (word, words[i].foreign) == 0)
      return words[i].json;
  return NULL;
}

static void
refuse_word (Scan *scan, TextSpan span)
{
  const char *text = scan->tokens.text + (span.begin - scan->tokens.base);
  g_autofree char *word = lesson_report_quote (text, span.end - span.begin);
  const char *json = find_json_word (word);

  refuse (scan, span, text_message_new (TEXT_LESSON_BARE_WORD, "s", word),
          json != NULL ? text_message_new (TEXT_LESSON_HELP_LOWER_CASE, "s", json)
                       : text_message_new (TEXT_LESSON_HELP_QUOTE_WORD, ""));
}

static void
open_level (Scan *scan, LessonToken token)
{
  Level *level;

  if (scan->depth == MAX_DEPTH)
    {
      refuse (scan, token.span, text_message_new (TEXT_LESSON_TOO_DEEP, "i", (gint64)MAX_DEPTH),
              text_message_new (TEXT_LESSON_HELP_FLATTEN, ""));
      return;
    }
  level = &scan->levels[scan->depth++];
  level->is_object = token.kind == LESSON_TOKEN_OPEN_OBJECT;
  level->opened = token.span;
  level->place = scan->value_place;
  level->n_children = 0;
  scan->expectation = level->is_object ? EXPECT_NAME_OR_CLOSE : EXPECT_ITEM_OR_CLOSE;
}

static void
close_level (Scan *scan, LessonToken token)
{
  Level *level = get_level (scan);

  if (level == NULL)
    {
      refuse_plainly (scan, token.span, TEXT_LESSON_STRAY_BRACKET, TEXT_LESSON_HELP_DELETE);
      return;
    }
  if (level->is_object != (token.kind == LESSON_TOKEN_CLOSE_OBJECT))
    {
      TextDiagnostic *diagnostic
          = refuse (scan, token.span, text_message_new (TEXT_LESSON_WRONG_BRACKET, ""),
                    text_message_new (TEXT_LESSON_HELP_CLOSE, "s", level->is_object ? "}" : "]"));

      text_diagnostic_add_label (diagnostic, level->opened,
                                 text_message_new (TEXT_LESSON_OPENED_HERE, ""));
      return;
    }
  lesson_places_set_value (scan->places, level->place, text_span_join (level->opened, token.span));
  scan->depth--;
  expect_after_value (scan);
}

static void
take_name (Scan *scan, LessonToken token)
{
  Level *level = get_level (scan);
  const char *name = scan->tokens.string->str;
  guint place = lesson_places_add (scan->places, level->place, name, token.span);

  if (place == LESSON_NO_PLACE)
    {
      guint first = lesson_places_child (scan->places, level->place, name);
      g_autofree char *quoted = lesson_report_quote (name, strlen (name));
      TextDiagnostic *diagnostic
          = refuse (scan, token.span, text_message_new (TEXT_LESSON_DUPLICATE_MEMBER, "s", quoted),
                    text_message_new (TEXT_LESSON_HELP_ONE_NAME, ""));

      text_diagnostic_add_label (diagnostic, lesson_places_get_name (scan->places, first),
                                 text_message_new (TEXT_LESSON_FIRST_HERE, ""));
      return;
    }
  if (++level->n_children > MAX_MEMBERS)
    refuse (scan, token.span,
            text_message_new (TEXT_LESSON_TOO_MANY_MEMBERS, "i", (gint64)MAX_MEMBERS),
            text_message_new (TEXT_LESSON_HELP_SPLIT, ""));
  scan->value_place = place;
  scan->expectation = EXPECT_COLON;
}

/* Gives the value to come a place of its own: in a list each value is a new child. */
static void
place_item (Scan *scan)
{
  Level *level = get_level (scan);
  char token[16];

  if (level == NULL || level->is_object)
    return;
  g_snprintf (token, sizeof token, "%u", level->n_children++);
  scan->value_place = lesson_places_add (scan->places, level->place, token, TEXT_NO_SPAN);
}

/* What stands where a value should, and is none. */
static void
refuse_value (Scan *scan, LessonToken token)
{
  gboolean behind_comma = scan->last.kind == LESSON_TOKEN_COMMA;

  if (token.kind == LESSON_TOKEN_COMMA)
    refuse_plainly (scan, token.span, TEXT_LESSON_EXTRA_COMMA, TEXT_LESSON_HELP_DELETE_COMMA);
  else if (token.kind == LESSON_TOKEN_CLOSE_LIST && behind_comma)
    refuse_plainly (scan, scan->last.span, TEXT_LESSON_TRAILING_COMMA,
                    TEXT_LESSON_HELP_DELETE_COMMA);
  else if (scan->depth == 0 && token.kind != LESSON_TOKEN_COLON)
    refuse_plainly (scan, token.span, TEXT_LESSON_STRAY_BRACKET, TEXT_LESSON_HELP_DELETE);
  else
    refuse_plainly (scan, token.span, TEXT_LESSON_MISSING_VALUE, TEXT_LESSON_HELP_VALUE);
}

static void
scan_value (Scan *scan, LessonToken token)
{
  switch (token.kind)
    {
    case LESSON_TOKEN_OPEN_OBJECT:
    case LESSON_TOKEN_OPEN_LIST:
      place_item (scan);
      open_level (scan, token);
      break;
    case LESSON_TOKEN_STRING:
    case LESSON_TOKEN_SCALAR:
      place_item (scan);
      lesson_places_set_value (scan->places, scan->value_place, token.span);
      expect_after_value (scan);
      break;
    case LESSON_TOKEN_BARE_WORD:
      refuse_word (scan, token.span);
      break;
    case LESSON_TOKEN_CLOSE_LIST:
      if (scan->expectation == EXPECT_ITEM_OR_CLOSE)
        close_level (scan, token);
      else
        refuse_value (scan, token);
      break;
    case LESSON_TOKEN_CLOSE_OBJECT:
      /* In a list it is the wrong bracket; behind a colon the value is what is missing. */
      if (scan->depth > 0 && !get_level (scan)->is_object)
        close_level (scan, token);
      else
        refuse_value (scan, token);
      break;
    default:
      refuse_value (scan, token);
    }
}

static void
scan_name (Scan *scan, LessonToken token)
{
  if (token.kind == LESSON_TOKEN_STRING)
    take_name (scan, token);
  else if (token.kind == LESSON_TOKEN_CLOSE_OBJECT && scan->expectation == EXPECT_NAME_OR_CLOSE)
    close_level (scan, token);
  else if (token.kind == LESSON_TOKEN_CLOSE_OBJECT)
    refuse_plainly (scan, scan->last.span, TEXT_LESSON_TRAILING_COMMA,
                    TEXT_LESSON_HELP_DELETE_COMMA);
  else if (token.kind == LESSON_TOKEN_COMMA)
    refuse_plainly (scan, token.span, TEXT_LESSON_EXTRA_COMMA, TEXT_LESSON_HELP_DELETE_COMMA);
  else if (token.kind == LESSON_TOKEN_CLOSE_LIST)
    close_level (scan, token);
  else if (token.kind == LESSON_TOKEN_BARE_WORD || token.kind == LESSON_TOKEN_SCALAR)
    refuse_plainly (scan, token.span, TEXT_LESSON_BARE_NAME, TEXT_LESSON_HELP_COLON);
  else
    refuse_plainly (scan, token.span, TEXT_LESSON_MISSING_NAME, TEXT_LESSON_HELP_COLON);
}

static void
scan_comma_or_close (Scan *scan, LessonToken token)
{
  /* A forgotten comma is seen at the next word, and belongs behind the last one. */
  TextSpan gap = { scan->last.span.end, scan->last.span.end };

  switch (token.kind)
    {
    case LESSON_TOKEN_COMMA:
      scan->expectation = get_level (scan)->is_object ? EXPECT_NAME : EXPECT_VALUE;
      break;
    case LESSON_TOKEN_CLOSE_OBJECT:
    case LESSON_TOKEN_CLOSE_LIST:
      close_level (scan, token);
      break;
    case LESSON_TOKEN_COLON:
      refuse_plainly (scan, token.span, TEXT_LESSON_STRAY_COLON, TEXT_LESSON_HELP_COLON);
      break;
    case LESSON_TOKEN_BARE_WORD:
      /* "She said "no" to him": most likely the text goes on. */
      refuse_plainly (scan, gap, TEXT_LESSON_MISSING_COMMA,
                      scan->last.kind == LESSON_TOKEN_STRING ? TEXT_LESSON_HELP_QUOTE
                                                             : TEXT_LESSON_HELP_ADD_COMMA);
      break;
    default:
      refuse_plainly (scan, gap, TEXT_LESSON_MISSING_COMMA, TEXT_LESSON_HELP_ADD_COMMA);
    }
}

/* One word, held against what is expected. The file's end and what is no JSON at all have been dealt with. */
static void
scan_token (Scan *scan, LessonToken token)
{
  switch (scan->expectation)
    {
    case EXPECT_VALUE:
    case EXPECT_ITEM_OR_CLOSE:
      scan_value (scan, token);
      break;
    case EXPECT_NAME:
    case EXPECT_NAME_OR_CLOSE:
      scan_name (scan, token);
      break;
    case EXPECT_COLON:
      if (token.kind == LESSON_TOKEN_COLON)
        scan->expectation = EXPECT_VALUE;
      else
        refuse_plainly (scan, (TextSpan){ scan->last.span.end, scan->last.span.end },
                        TEXT_LESSON_MISSING_COLON, TEXT_LESSON_HELP_COLON);
      break;
    case EXPECT_COMMA_OR_CLOSE:
      scan_comma_or_close (scan, token);
      break;
    case EXPECT_END:
      refuse_plainly (scan, token.span, TEXT_LESSON_AFTER_END, TEXT_LESSON_HELP_AFTER_END);
      break;
    }
}

/* Whether a word without quotes is only the beginning of one, since the file is cut behind it. */
static gboolean
is_cut_word (const Scan *scan, LessonToken token)
{
  return token.kind == LESSON_TOKEN_BARE_WORD && scan->tokens.at == scan->tokens.end
         && scan->depth > 0;
}

static void
scan_tokens (Scan *scan)
{
  while (!scan->is_refused)
    {
      LessonToken token = lesson_tokens_next (&scan->tokens);

      if (token.kind == LESSON_TOKEN_TROUBLE)
        scan->is_refused = TRUE;
      else if (token.kind == LESSON_TOKEN_END && scan->expectation == EXPECT_END)
        return;
      else if (token.kind == LESSON_TOKEN_END || is_cut_word (scan, token))
        refuse_cut (scan, (TextSpan){ token.span.end, token.span.end });
      else
        scan_token (scan, token);
      scan->last = token;
    }
}

/* Refuses bytes that are not text at all, or too many. */
static void
scan_bytes (Scan *scan)
{
  const char *text = scan->tokens.text;
  gsize n_bytes = scan->tokens.end - text;
  const char *nul = memchr (text, '\0', n_bytes);
  const char *valid_end;
  guint32 bad;

  if (n_bytes > LESSON_MAX_BYTES)
    {
      bad = scan->tokens.base + LESSON_MAX_BYTES;
      refuse (scan, (TextSpan){ bad, bad },
              text_message_new (TEXT_LESSON_TOO_LARGE, "i", (gint64)LESSON_MAX_BYTES),
              text_message_new (TEXT_LESSON_HELP_SPLIT, ""));
    }
  else if (!g_utf8_validate_len (text, nul != NULL ? (gsize)(nul - text) : n_bytes, &valid_end))
    {
      bad = scan->tokens.base + (valid_end - text);
      refuse_plainly (scan, (TextSpan){ bad, bad + 1 }, TEXT_LESSON_NOT_UTF8,
                      TEXT_LESSON_HELP_UTF8);
    }
  else if (nul != NULL)
    {
      bad = scan->tokens.base + (nul - text);
      refuse_plainly (scan, (TextSpan){ bad, bad + 1 }, TEXT_LESSON_NUL, TEXT_LESSON_HELP_DELETE);
    }
}

/* Reads the source that begins at base. Returns the places of its values (transfer full), or NULL when it is not strict JSON:
 * then there is exactly one finding more, with code L01. */
LessonPlaces *
lesson_scan (TextMap *map, guint32 base, TextDiagnostics *diagnostics)
{
  g_autoptr (LessonPlaces) places = lesson_places_new ();
  g_autoptr (GString) string = g_string_new (NULL);
  gsize n_bytes;
  const char *text = text_map_get_text (map, base, &n_bytes);
  Scan scan = {
    .tokens = { text, text + n_bytes, text, base, diagnostics, string },
    .places = places,
    .value_place = LESSON_PLACE_ROOT,
    .expectation = EXPECT_VALUE,
  };

  scan_bytes (&scan);
  scan_tokens (&scan);
  return scan.is_refused ? NULL : g_steal_pointer (&places);
}
