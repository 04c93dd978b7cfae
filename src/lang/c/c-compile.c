/* SPDX-License-Identifier: GPL-3.0-or-later */

/* One source from text to IR: lexed, preprocessed, parsed to a typed tree, lowered. See c-compile.h. */

#include "c-compile.h"

#include "c-header.h"
#include "c-lower.h"
#include "c-preprocess.h"
#include "lang/lang-arena.h"

#include <string.h>

/* Texts that no program is. FALSE when one was reported. */
static gboolean
check_text (CContext *context, guint32 base, const char *text, gsize n_bytes)
{
  const char *nul;

  if (n_bytes > C_MAX_SOURCE_BYTES)
    {
      c_report_limit (context, (TextSpan){ base, base + 1 }, "too-big",
                      text_message_new (TEXT_C_SOURCE_TOO_BIG, "uu", (guint64)n_bytes,
                                        (guint64)C_MAX_SOURCE_BYTES));
      return FALSE;
    }
  nul = memchr (text, '\0', n_bytes);
  if (nul != NULL)
    {
      guint32 at = base + (nul - text);

      c_report_limit (context, (TextSpan){ at, at + 1 }, "nul-byte",
                      text_message_new (TEXT_C_NUL_BYTE, ""));
      return FALSE;
    }
  return TRUE;
}

/* The tokens that the parser reads. */
static void
read_tokens (CContext *context, guint32 base, gsize n_bytes, CTokenList *output)
{
  CPreprocessor preprocessor = { context };
  const char *text = text_map_get_text (context->map, base, NULL);
  CTokenList list = { NULL };
  CToken end;

  c_define_predefined (&preprocessor);
  /* A token is three bytes long in the mean, with the space before it. */
  c_token_list_reserve (&list, n_bytes / 3 + 16);
  c_lex (context, base, text, n_bytes, &list);
  end = list.tokens[list.n_tokens - 1];
  c_token_list_reserve (&preprocessor.output, list.n_tokens + 16);
  c_preprocess (&preprocessor, list.tokens, FALSE);
  c_token_list_clear (&list);
  c_token_list_add (&preprocessor.output, &end);
  *output = preprocessor.output;
}

static CUnit *
unit_new (void)
{
  CUnit *unit = g_new0 (CUnit, 1);

  unit->globals = g_ptr_array_new ();
  unit->functions = g_ptr_array_new ();
  unit->arrays = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  unit->enumerators = g_ptr_array_new_with_free_func ((GDestroyNotify)g_array_unref);
  return unit;
}

static void
unit_free (CUnit *unit)
{
  g_ptr_array_unref (unit->globals);
  g_ptr_array_unref (unit->functions);
  g_ptr_array_unref (unit->arrays);
  g_ptr_array_unref (unit->enumerators);
  g_free (unit);
}

/* Some library functions are C themselves; those that the program uses, and does not define, are read behind it. */
static void
parse_library (CParser *parser, guint index)
{
  const char *function, *text = c_header_get_source (index, &function);
  CName *name = c_names_intern (parser->context->names, function, strlen (function));
  CTokenList list = { NULL };
  guint32 base;

  if (name->symbol == NULL || name->symbol->kind != C_SYMBOL_FUNCTION || name->symbol->is_defined
      || !name->symbol->is_used)
    return;
  base = text_map_add (parser->context->map, function, text, strlen (text), TEXT_ORIGIN_LIBRARY);
  text = text_map_get_text (parser->context->map, base, NULL);
  c_lex (parser->context, base, text, strlen (text), &list);
  parser->tokens = list.tokens;
  parser->at = 0;
  parser->is_library = TRUE;
  c_parse_unit (parser);
  c_token_list_clear (&list);
}

static void
parse (CContext *context, CTypes *types, const CTokenList *tokens, CUnit *unit)
{
  CParser parser = { context, .unit = unit, .types = types, .tokens = tokens->tokens };

  parser.names = g_array_new (FALSE, FALSE, sizeof (CScopeEntry));
  parser.tags = g_array_new (FALSE, FALSE, sizeof (CTagEntry));
  parser.labels = g_ptr_array_new ();
  c_parse_unit (&parser);
  for (guint i = 0; i < c_header_get_n_sources () && !c_has_errors (context); i++)
    parse_library (&parser, i);
  g_array_unref (parser.names);
  g_array_unref (parser.tags);
  g_ptr_array_unref (parser.labels);
}

/* int main (void) or int main (int, char **) (C11 5.1.2.2.1); gcc takes other results. */
static gboolean
is_usual_main (const CType *type)
{
  if (type->n_parameters == 0)
    return TRUE;
  return type->n_parameters == 2 && type->parameters[0].type->kind == C_TYPE_INT
         && type->parameters[1].type->kind == C_TYPE_POINTER;
}

/* An object that is only declared, and used, would be missing when the program is linked. */
static void
check_definitions (CContext *context, const CUnit *unit, guint32 base)
{
  for (guint i = 0; i < c_names_get_n (context->names); i++)
    {
      const CSymbol *symbol = c_names_get (context->names, i)->symbol;

      if (symbol != NULL && symbol->kind == C_SYMBOL_VARIABLE && symbol->is_used
          && !symbol->is_defined)
        c_report (context, symbol->use, "undefined",
                  text_message_new (TEXT_C_UNDEFINED, "s", symbol->name->text));
    }
  if (c_has_errors (context))
    return;
  if (unit->main == NULL || unit->main->is_static)
    c_report (context, (TextSpan){ base, base + 1 }, "missing-main",
              text_message_new (TEXT_C_MISSING_MAIN, ""));
  else if (!is_usual_main (unit->main->definition->type))
    c_report_unsupported (context, unit->main->span,
                          "a `main` with other parameters than `int argc, char **argv`");
}

static IrProgram *
lower (CContext *context, CTypes *types, CUnit *unit)
{
  IrProgram *program = ir_program_new ("c");
  CLower lower = { context, types, unit, program };

  lower.builder.program = program;
  lower.type_ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  lower.literals
      = g_hash_table_new_full (g_bytes_hash, g_bytes_equal, (GDestroyNotify)g_bytes_unref, NULL);
  lower.open_records = g_ptr_array_new ();
  lower.scratches = g_array_new (FALSE, FALSE, sizeof (CScratch));
  lower.scopes = g_array_new (FALSE, FALSE, sizeof (CLowerScope));
  lower.live = g_array_new (FALSE, FALSE, sizeof (IrSlotId));
  c_lower_unit (&lower);
  g_hash_table_unref (lower.type_ids);
  g_hash_table_unref (lower.literals);
  g_ptr_array_unref (lower.open_records);
  g_array_unref (lower.scratches);
  g_array_unref (lower.scopes);
  g_array_unref (lower.live);
  return program;
}

static IrProgram *
compile (CContext *context, guint32 base, gsize n_bytes)
{
  CUnit *unit = unit_new ();
  CTokenList tokens = { NULL };
  IrProgram *program = NULL;
  CTypes types;

  c_types_init (&types, context->arena);
  read_tokens (context, base, n_bytes, &tokens);
  parse (context, &types, &tokens, unit);
  if (!context->is_stopped)
    check_definitions (context, unit, base);
  if (!c_has_errors (context))
    program = lower (context, &types, unit);
  if (c_has_errors (context))
    g_clear_pointer (&program, ir_program_unref);
  c_token_list_clear (&tokens);
  unit_free (unit);
  return program;
}

IrProgram *
c_compile (TextMap *map, const char *name, const char *text, gsize n_bytes,
           TextDiagnostics *diagnostics)
{
  CContext context = { map, diagnostics };
  guint32 base = text_map_add (map, name, text, n_bytes, TEXT_ORIGIN_USER);
  IrProgram *program = NULL;
  guint n_mark;

  context.begin = base;
  context.end = base + n_bytes;
  context.n_errors_before = diagnostics->n_errors;
  context.arena = lang_arena_new ();
  context.names = c_names_new (context.arena);
  /* Some editors begin a file with a mark that says it is UTF-8; gcc passes over it. */
  n_mark = n_bytes >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
  if (check_text (&context, base, text, n_bytes))
    program = compile (&context, base + n_mark, n_bytes - n_mark);
  c_names_free (context.names);
  lang_arena_free (context.arena);
  return program;
}
