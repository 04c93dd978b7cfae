/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Scopes (C11 6.2.1): a name's meaning hangs on the name; what a scope's declaration covers is noted, and put back at the
 * scope's end. */

#include "c-parse.h"

#include "lang/lang-arena.h"

#include <string.h>

/* An entry of depth d marks where its scope begins by having no name. */
static const CScopeEntry scope_begin = { NULL, NULL };
static const CTagEntry tag_begin = { NULL, NULL };

void
c_scope_enter (CParser *parser)
{
  CBlock *block = lang_arena_new0 (parser->context->arena, CBlock);

  parser->depth++;
  block->outer = parser->block;
  block->depth = parser->depth;
  parser->block = block;
  g_array_append_val (parser->names, scope_begin);
  g_array_append_val (parser->tags, tag_begin);
}

/* end: position behind the scope's last byte */
void
c_scope_leave (CParser *parser, guint32 end)
{
  while (parser->names->len > 0)
    {
      CScopeEntry entry = g_array_index (parser->names, CScopeEntry, parser->names->len - 1);

      g_array_set_size (parser->names, parser->names->len - 1);
      if (entry.name == NULL)
        break;
      if (entry.name->symbol->kind == C_SYMBOL_VARIABLE && entry.name->symbol->depth > 0)
        entry.name->symbol->scope.end = end;
      entry.name->symbol = entry.covered;
    }
  while (parser->tags->len > 0)
    {
      CTagEntry entry = g_array_index (parser->tags, CTagEntry, parser->tags->len - 1);

      g_array_set_size (parser->tags, parser->tags->len - 1);
      if (entry.name == NULL)
        break;
      entry.name->tag = entry.covered;
    }
  parser->depth--;
  parser->block = parser->block->outer;
}

/* A symbol of the scope at hand that no name stands for yet. */
CSymbol *
c_scope_new_symbol (CParser *parser, CSymbolKind kind, CName *name, CType *type, TextSpan span)
{
  CSymbol *symbol = lang_arena_new0 (parser->context->arena, CSymbol);

  symbol->kind = kind;
  symbol->name = name;
  symbol->type = type;
  symbol->span = span;
  symbol->depth = parser->depth;
  symbol->scope.begin = span.end;
  symbol->is_library = span.begin < parser->context->begin || span.begin > parser->context->end;
  return symbol;
}

/* Lets the symbol's name stand for it until the scope at hand ends. */
void
c_scope_bind (CParser *parser, CSymbol *symbol)
{
  CScopeEntry entry = { symbol->name, symbol->name->symbol };

  if (parser->depth > 0)
    g_array_append_val (parser->names, entry);
  symbol->name->symbol = symbol;
}

void
c_scope_bind_tag (CParser *parser, CTag *tag)
{
  CTagEntry entry = { tag->name, tag->name->tag };

  if (parser->depth > 0)
    g_array_append_val (parser->tags, entry);
  tag->name->tag = tag;
}

/* What the name stands for by a declaration in the scope at hand, NULL for nothing. */
CSymbol *
c_scope_find_here (const CParser *parser, const CName *name)
{
  if (name->symbol == NULL || parser->depth == 0 || name->symbol->depth == parser->depth)
    return name->symbol;
  /* An extern declaration in a block binds the file's symbol. */
  for (guint i = parser->names->len; i-- > 0;)
    {
      CScopeEntry *entry = &g_array_index (parser->names, CScopeEntry, i);

      if (entry->name == NULL)
        break;
      if (entry->name == name)
        return name->symbol;
    }
  return NULL;
}

/* The declared name that a misspelled word most likely means, NULL for none. Names of our own that begin with two underscores
 * are never meant. */
const char *
c_scope_suggest (const CParser *parser, const char *word)
{
  const CNames *names = parser->context->names;
  guint best = MIN (2, strlen (word) / 3) + 1;
  const char *suggestion = NULL;

  for (guint i = 0; i < c_names_get_n (names); i++)
    {
      const CName *name = c_names_get (names, i);
      guint distance;

      if (name->symbol == NULL || strncmp (name->text, "__", 2) == 0)
        continue;
      distance = c_word_distance (word, name->text, best);
      if (distance < best)
        {
          best = distance;
          suggestion = name->text;
        }
    }
  return suggestion;
}
