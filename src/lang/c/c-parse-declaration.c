/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Declarations and function definitions (C11 6.7, 6.9). */

#include "c-parse.h"

#include "c-header.h"
#include "c-lex.h"
#include "lang/lang-arena.h"

#include <string.h>

static void
report_conflict (CParser *parser, const CSymbol *earlier, TextSpan span, TextMessageId id)
{
  TextDiagnostic *diagnostic = c_report (parser->context, span, "redefined",
                                         text_message_new (id, "s", earlier->name->text));

  if (earlier->is_library)
    c_add_help (diagnostic, text_message_new (TEXT_C_LIBRARY_NAME_HELP, "s", earlier->name->text));
  else
    c_add_label (diagnostic, earlier->span, text_message_new (TEXT_C_DECLARED_HERE, ""));
}

/* ---- typedef ---- */

static void
declare_typedef (CParser *parser, const CDeclarator *declarator)
{
  CSymbol *earlier = c_scope_find_here (parser, declarator->name), *symbol;

  if (earlier != NULL)
    {
      if (earlier->kind != C_SYMBOL_TYPEDEF || !c_type_is_same (earlier->type, declarator->type))
        report_conflict (parser, earlier, declarator->span, TEXT_C_CONFLICT);
      return;
    }
  symbol = c_scope_new_symbol (parser, C_SYMBOL_TYPEDEF, declarator->name, declarator->type,
                               declarator->span);
  symbol->type = c_type_alias (parser->types, declarator->type, declarator->name);
  c_scope_bind (parser, symbol);
}

/* ---- functions ---- */

/* A function is one symbol of the file, in whatever scope it is declared. */
static CSymbol *
find_function (CParser *parser, CName *name)
{
  CSymbol *symbol = name->symbol;

  /* Names that a local covers are looked for under it. */
  for (guint i = parser->names->len; symbol != NULL && symbol->depth > 0 && i-- > 0;)
    {
      CScopeEntry *entry = &g_array_index (parser->names, CScopeEntry, i);

      if (entry->name == name)
        symbol = entry->covered;
    }
  return symbol;
}

CSymbol *
c_declare_function (CParser *parser, const CDeclarator *declarator, CStorage storage)
{
  CSymbol *here = c_scope_find_here (parser, declarator->name);
  CSymbol *symbol = find_function (parser, declarator->name);

  if (here != NULL && here->kind != C_SYMBOL_FUNCTION)
    {
      report_conflict (parser, here, declarator->span, TEXT_C_CONFLICT);
      return NULL;
    }
  if (symbol != NULL && symbol->kind == C_SYMBOL_FUNCTION)
    {
      if (!c_type_is_compatible (symbol->type, declarator->type))
        {
          report_conflict (parser, symbol, declarator->span, TEXT_C_CONFLICT);
          return symbol;
        }
      if (storage == C_STORAGE_STATIC && !symbol->is_static && !parser->is_library)
        report_conflict (parser, symbol, declarator->span, TEXT_C_STATIC_AFTER);
      if (symbol->type->is_unprototyped)
        symbol->type = declarator->type;
      if (here == NULL)
        c_scope_bind (parser, symbol);
      return symbol;
    }
  symbol = c_scope_new_symbol (parser, C_SYMBOL_FUNCTION, declarator->name, declarator->type,
                               declarator->span);
  symbol->is_static = storage == C_STORAGE_STATIC;
  symbol->is_library |= parser->is_library;
  c_scope_bind (parser, symbol);
  symbol->depth = 0;
  return symbol;
}

/* A call of a function that is not declared (C89, and gcc 12 with a warning): the library's are known; others are a mistake.
 * Returns NULL, with nothing said, for those. */
CSymbol *
c_declare_implicitly (CParser *parser, CName *name, TextSpan span)
{
  g_autofree char *prototype = NULL;
  const char *header = c_header_find_function (name->text, &prototype);
  const CToken *tokens = parser->tokens;
  guint at = parser->at;
  CTokenList list = { NULL };
  TextDiagnostic *diagnostic;
  CSpecifiers specifiers;
  CDeclarator declarator;
  CSymbol *symbol;

  if (header == NULL || strstr (prototype, "FILE") != NULL)
    return NULL;
  diagnostic = c_warn (parser->context, span, "implicit-declaration",
                       text_message_new (TEXT_C_IMPLICIT_FUNCTION, "s", name->text));
  c_add_help (diagnostic, text_message_new (TEXT_C_INCLUDE_HELP, "s", header));
  c_lex (parser->context, 0, prototype, strlen (prototype), &list);
  parser->tokens = list.tokens;
  parser->at = 0;
  specifiers = c_parse_specifiers (parser, FALSE);
  declarator = c_parse_declarator (parser, specifiers.type, FALSE);
  symbol = c_declare_function (parser, &declarator, C_STORAGE_NONE);
  if (symbol != NULL)
    symbol->is_library = TRUE;
  parser->tokens = tokens;
  parser->at = at;
  c_token_list_clear (&list);
  return symbol;
}

static void
bind_parameters (CParser *parser, CFunction *function, CType *type)
{
  for (guint i = 0; i < type->n_parameters; i++)
    {
      CParameter *parameter = &type->parameters[i];
      CSymbol *symbol = c_scope_new_symbol (parser, C_SYMBOL_VARIABLE, parameter->name,
                                            parameter->type, parameter->span);
      CSymbol *earlier
          = parameter->name != NULL ? c_scope_find_here (parser, parameter->name) : NULL;

      symbol->is_parameter = TRUE;
      symbol->is_defined = TRUE;
      symbol->function = function;
      g_ptr_array_add (function->locals, symbol);
      if (!c_type_is_error (parameter->type) && !c_type_is_complete (parameter->type))
        c_check_object_type (parser, parameter->type, parameter->span,
                             parameter->name != NULL ? parameter->name->text : NULL);
      if (earlier != NULL)
        report_conflict (parser, earlier, parameter->span, TEXT_C_REDEFINED);
      else if (parameter->name != NULL)
        c_scope_bind (parser, symbol);
    }
}

static void
check_labels (CParser *parser)
{
  for (guint i = 0; i < parser->labels->len; i++)
    {
      const CLabel *label = g_ptr_array_index (parser->labels, i);

      label->name->label = NULL;
      if (!label->is_defined)
        c_report (parser->context, label->span, "undeclared",
                  text_message_new (TEXT_C_UNKNOWN_LABEL, "s", label->name->text));
    }
  g_ptr_array_set_size (parser->labels, 0);
}

static CFunction *
new_function (CParser *parser, CSymbol *symbol, CType *type)
{
  CFunction *function = lang_arena_new0 (parser->context->arena, CFunction);

  function->symbol = symbol;
  function->type = type;
  function->locals = g_ptr_array_new ();
  g_ptr_array_add (parser->unit->arrays, function->locals);
  g_ptr_array_add (parser->unit->functions, function);
  return function;
}

static void
check_result_type (CParser *parser, const CType *result, TextSpan span)
{
  g_autofree char *spelling = NULL;

  if (result->kind == C_TYPE_VOID || c_type_is_complete (result))
    return;
  spelling = c_type_spell (parser->types, result);
  c_report (parser->context, span, "incomplete-type",
            text_message_new (TEXT_C_INCOMPLETE_RESULT, "s", spelling));
}

/* The row of the arguments behind the last parameter, which stdarg.h knows by this name: see c-lower-variadic.c. */
static void
bind_further_arguments (CParser *parser, CFunction *function)
{
  static const char name[] = "__arguments";
  CSymbol *symbol = c_scope_new_symbol (
      parser, C_SYMBOL_VARIABLE, c_names_intern (parser->context->names, name, strlen (name)),
      c_type_new_pointer (parser->types, parser->types->character), function->symbol->span);

  symbol->function = function;
  symbol->is_parameter = TRUE;
  symbol->is_hidden = TRUE;
  symbol->is_defined = TRUE;
  g_ptr_array_add (function->locals, symbol);
  c_scope_bind (parser, symbol);
}

/* function-definition = specifiers declarator block */
static void
parse_function (CParser *parser, const CDeclarator *declarator, CStorage storage)
{
  CSymbol *symbol = c_declare_function (parser, declarator, storage);
  guint first = parser->at;
  CFunction *function;

  if (symbol == NULL)
    symbol = c_scope_new_symbol (parser, C_SYMBOL_FUNCTION, declarator->name, declarator->type,
                                 declarator->span);
  else if (symbol->is_defined)
    report_conflict (parser, symbol, declarator->span, TEXT_C_REDEFINED);
  check_result_type (parser, declarator->type->element, declarator->span);
  function = new_function (parser, symbol, declarator->type);
  symbol->is_defined = TRUE;
  symbol->is_library = parser->is_library;
  symbol->definition = function;
  symbol->span = declarator->span;
  if (symbol->depth == 0 && strcmp (declarator->name->text, "main") == 0)
    parser->unit->main = symbol;
  parser->function = function;
  c_scope_enter (parser);
  bind_parameters (parser, function, declarator->type);
  if (declarator->type->is_variadic)
    bind_further_arguments (parser, function);
  function->body = c_parse_block (parser, TRUE);
  c_scope_leave (parser, c_span_from (parser, first).end);
  check_labels (parser);
  function->body_span = c_span_from (parser, first);
  function->end_span = parser->tokens[MAX (parser->at, 1) - 1].span;
  parser->function = NULL;
}

/* ---- variables ---- */

static CSymbol *
new_variable (CParser *parser, const CDeclarator *declarator, CStorage storage)
{
  CSymbol *symbol = c_scope_new_symbol (parser, C_SYMBOL_VARIABLE, declarator->name,
                                        declarator->type, declarator->span);

  symbol->function = parser->function;
  symbol->is_static = storage == C_STORAGE_STATIC;
  symbol->is_extern = storage == C_STORAGE_EXTERN;
  symbol->is_global = parser->depth == 0 || symbol->is_static || symbol->is_extern;
  symbol->is_in_block = parser->depth > 1;
  symbol->is_register = storage == C_STORAGE_REGISTER;
  c_scope_bind (parser, symbol);
  return symbol;
}

/* An object of the file: several declarations may name it, one of them with an initialiser. */
static CSymbol *
declare_global (CParser *parser, const CDeclarator *declarator, CStorage storage)
{
  CSymbol *earlier
      = parser->depth == 0 ? declarator->name->symbol : find_function (parser, declarator->name);
  CSymbol *symbol;

  if (earlier != NULL && (parser->depth == 0 || storage == C_STORAGE_EXTERN))
    {
      if (earlier->kind != C_SYMBOL_VARIABLE || !c_type_is_same (earlier->type, declarator->type))
        {
          report_conflict (parser, earlier, declarator->span, TEXT_C_CONFLICT);
          return NULL;
        }
      if (storage == C_STORAGE_STATIC && !earlier->is_static)
        report_conflict (parser, earlier, declarator->span, TEXT_C_STATIC_AFTER);
      if (earlier->type->kind == C_TYPE_ARRAY && !earlier->type->has_count)
        earlier->type = declarator->type;
      if (parser->depth > 0)
        c_scope_bind (parser, earlier);
      return earlier;
    }
  symbol = new_variable (parser, declarator, storage);
  if (parser->depth > 0 && storage == C_STORAGE_EXTERN)
    {
      symbol->depth = 0;
      symbol->function = NULL;
    }
  return symbol;
}

static CSymbol *
declare_local (CParser *parser, const CDeclarator *declarator, CStorage storage)
{
  CSymbol *earlier = c_scope_find_here (parser, declarator->name), *symbol;

  if (earlier != NULL)
    report_conflict (parser, earlier, declarator->span,
                     c_type_is_same (earlier->type, declarator->type) ? TEXT_C_REDEFINED
                                                                      : TEXT_C_CONFLICT);
  symbol = new_variable (parser, declarator, storage);
  symbol->is_defined = TRUE;
  if (storage == C_STORAGE_STATIC)
    g_ptr_array_add (parser->unit->globals, symbol);
  else
    g_ptr_array_add (parser->function->locals, symbol);
  return symbol;
}

/* A declaration without initialiser is a definition unless it says extern (C11 6.9.2). */
static void
note_definition (CParser *parser, CSymbol *symbol, CStorage storage, gboolean has_initialiser,
                 TextSpan span)
{
  if (symbol->has_initialiser && has_initialiser)
    report_conflict (parser, symbol, span, TEXT_C_REDEFINED);
  if (!has_initialiser && storage == C_STORAGE_EXTERN)
    return;
  if (!symbol->is_defined)
    {
      symbol->is_defined = TRUE;
      symbol->span = span;
      g_ptr_array_add (parser->unit->globals, symbol);
    }
}

static CSymbol *
declare_variable (CParser *parser, const CDeclarator *declarator, CStorage storage)
{
  gboolean has_initialiser = c_peek_kind (parser) == C_TOKEN_EQUAL;
  gboolean is_file = parser->depth == 0 || storage == C_STORAGE_EXTERN;
  CSymbol *symbol;

  if (storage == C_STORAGE_EXTERN && parser->depth > 0 && has_initialiser)
    c_report (parser->context, declarator->span, "bad-specifier",
              text_message_new (TEXT_C_EXTERN_INITIALISED, "s", declarator->name->text));
  symbol = is_file ? declare_global (parser, declarator, storage)
                   : declare_local (parser, declarator, storage);
  if (symbol == NULL)
    symbol = c_scope_new_symbol (parser, C_SYMBOL_VARIABLE, declarator->name, parser->types->error,
                                 declarator->span);
  else if (is_file)
    note_definition (parser, symbol, storage, has_initialiser, declarator->span);
  if (c_accept (parser, C_TOKEN_EQUAL))
    c_parse_initialiser (parser, symbol);
  if (storage == C_STORAGE_EXTERN && !symbol->is_defined)
    return symbol;
  if (parser->depth == 0 && symbol->type->kind == C_TYPE_ARRAY && !symbol->type->has_count)
    symbol->type = c_type_new_array (parser->types, symbol->type->element, TRUE, 1);
  if (!parser->is_lost
      && !c_check_object_type (parser, symbol->type, declarator->span, declarator->name->text))
    symbol->type = parser->types->error;
  return symbol;
}

/* ---- the rules ---- */

/* static-assert = "_Static_assert" "(" constant ["," string] ")" ";" */
void
c_parse_static_assert (CParser *parser)
{
  guint first = parser->at;
  gint64 value = 1;
  const CToken *text = NULL;

  c_take (parser);
  c_expect (parser, C_TOKEN_LEFT_PAREN);
  c_parse_constant (parser, &value, NULL);
  if (c_accept (parser, C_TOKEN_COMMA))
    {
      if (c_peek_kind (parser) == C_TOKEN_STRING)
        text = c_take (parser);
      else
        c_report_unexpected (parser, "a text between quotes");
    }
  c_expect (parser, C_TOKEN_RIGHT_PAREN);
  if (value == 0 && !parser->is_lost)
    {
      g_autofree char *words = text != NULL ? g_strndup (text->text, text->length) : g_strdup ("");

      c_report (parser->context, c_span_from (parser, first), "static-assert",
                text_message_new (TEXT_C_STATIC_ASSERT, "s", words));
    }
  c_expect (parser, C_TOKEN_SEMICOLON);
}

static void
check_function_storage (CParser *parser, const CSpecifiers *specifiers)
{
  if (specifiers->storage == C_STORAGE_AUTO || specifiers->storage == C_STORAGE_REGISTER
      || (specifiers->storage == C_STORAGE_STATIC && parser->depth > 0))
    c_report (parser->context, specifiers->storage_span, "bad-specifier",
              text_message_new (TEXT_C_FUNCTION_STORAGE, ""));
}

static gboolean
ends_declarator (CTokenKind kind)
{
  return kind == C_TOKEN_SEMICOLON || kind == C_TOKEN_COMMA || kind == C_TOKEN_EQUAL
         || kind == C_TOKEN_ASM || kind == C_TOKEN_ATTRIBUTE;
}

/* init-declarator = declarator ["=" initialiser]; gives the variable, NULL where it declares something else */
static CSymbol *
parse_init_declarator (CParser *parser, const CSpecifiers *specifiers, CDeclarator *declarator)
{
  CSymbol *symbol = NULL;

  if (declarator->name == NULL)
    return NULL;
  if (!parser->is_lost && !ends_declarator (c_peek_kind (parser)))
    c_report_unexpected (parser, "`;`");
  if (parser->is_lost)
    {
      /* The name was meant to be declared; its uses are no further mistakes. */
      if (c_scope_find_here (parser, declarator->name) == NULL)
        c_scope_bind (parser, c_scope_new_symbol (parser, C_SYMBOL_VARIABLE, declarator->name,
                                                  parser->types->error, declarator->span));
      return NULL;
    }
  if (c_peek_kind (parser) == C_TOKEN_ASM || c_peek_kind (parser) == C_TOKEN_ATTRIBUTE)
    c_skip_attributes (parser);
  if (specifiers->storage == C_STORAGE_TYPEDEF)
    {
      declare_typedef (parser, declarator);
      if (c_peek_kind (parser) == C_TOKEN_EQUAL)
        c_report_unexpected (parser, "`;`");
    }
  else if (declarator->type->kind == C_TYPE_FUNCTION)
    {
      check_function_storage (parser, specifiers);
      c_declare_function (parser, declarator, specifiers->storage);
      if (c_peek_kind (parser) == C_TOKEN_EQUAL)
        c_report_unexpected (parser, "`;`");
    }
  else
    symbol = declare_variable (parser, declarator, specifiers->storage);
  return symbol;
}

/* The declarators behind the first one, which was read, up to the `;`. */
static void
parse_declarators (CParser *parser, const CSpecifiers *specifiers, CDeclarator declarator,
                   GPtrArray *symbols)
{
  for (;;)
    {
      CSymbol *symbol = parse_init_declarator (parser, specifiers, &declarator);

      if (symbol != NULL && symbols != NULL)
        g_ptr_array_add (symbols, symbol);
      if (!c_accept (parser, C_TOKEN_COMMA))
        break;
      declarator = c_parse_declarator (parser, specifiers->type, FALSE);
    }
  c_expect (parser, C_TOKEN_SEMICOLON);
}

/* Whether every brace that is open here finds its end. */
static gboolean
are_braces_closed (const CParser *parser)
{
  gint depth = parser->nesting;

  for (guint at = parser->at; parser->tokens[at].kind != C_TOKEN_END; at++)
    if (parser->tokens[at].kind == C_TOKEN_LEFT_BRACE)
      depth++;
    else if (parser->tokens[at].kind == C_TOKEN_RIGHT_BRACE)
      depth--;
  return depth <= 0;
}

/* A function inside a function is GNU C; far more often the brace before it was forgotten. Either way what follows would be
 * misread. */
static void
report_inner_function (CParser *parser, TextSpan span, const char *name)
{
  g_autofree char *found = g_strdup_printf ("the function `%s`", name);

  if (are_braces_closed (parser))
    c_report_unsupported (parser->context, span, "a function inside a function");
  else
    c_add_label (
        c_report (parser->context, span, "expected-token",
                  text_message_new (TEXT_C_EXPECTED, "ss", "`}`", found)),
        parser->function->symbol->span,
        text_message_new (TEXT_C_FUNCTION_OPEN, "s", parser->function->symbol->name->text));
  parser->context->is_stopped = TRUE;
}

/* declaration = specifiers [init-declarator ("," init-declarator)*] ";" */
CStatement *
c_parse_declaration (CParser *parser)
{
  g_autoptr (GPtrArray) symbols = g_ptr_array_new ();
  guint first = parser->at;
  CStatement *statement = c_new_statement (parser, C_STATEMENT_DECLARATION, c_peek (parser));
  CSpecifiers specifiers;

  if (c_peek_kind (parser) == C_TOKEN_STATIC_ASSERT)
    c_parse_static_assert (parser);
  else
    {
      specifiers = c_parse_specifiers (parser, TRUE);
      if (!c_accept (parser, C_TOKEN_SEMICOLON))
        {
          CDeclarator declarator = c_parse_declarator (parser, specifiers.type, FALSE);

          if (declarator.type->kind == C_TYPE_FUNCTION && c_peek_kind (parser) == C_TOKEN_LEFT_BRACE
              && !parser->is_lost)
            report_inner_function (parser, declarator.span, declarator.name->text);
          parse_declarators (parser, &specifiers, declarator, symbols);
        }
    }
  statement->n_symbols = symbols->len;
  statement->symbols
      = lang_arena_dup (parser->context->arena, symbols->pdata, symbols->len * sizeof (CSymbol *));
  statement->span = c_span_from (parser, first);
  return statement;
}

/* external-declaration = function-definition | declaration | ";" */
void
c_parse_external_declaration (CParser *parser)
{
  CSpecifiers specifiers;
  CDeclarator declarator;

  if (c_accept (parser, C_TOKEN_SEMICOLON))
    return;
  if (c_peek_kind (parser) == C_TOKEN_STATIC_ASSERT)
    {
      c_parse_static_assert (parser);
      return;
    }
  specifiers = c_parse_specifiers (parser, TRUE);
  if (c_accept (parser, C_TOKEN_SEMICOLON))
    return;
  declarator = c_parse_declarator (parser, specifiers.type, FALSE);
  if (declarator.type->kind == C_TYPE_FUNCTION && declarator.name != NULL && !parser->is_lost
      && c_peek_kind (parser) == C_TOKEN_LEFT_BRACE)
    parse_function (parser, &declarator, specifiers.storage);
  else
    parse_declarators (parser, &specifiers, declarator, NULL);
}
