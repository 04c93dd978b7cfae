/* SPDX-License-Identifier: GPL-3.0-or-later */

/* struct, union and enum (C11 6.7.2.1 to 6.7.2.3). */

#include "c-parse.h"

#include "lang/lang-arena.h"

#include <string.h>

static CTag *
new_tag (CParser *parser, CName *name, CType *type, TextSpan span)
{
  CTag *tag = lang_arena_new0 (parser->context->arena, CTag);

  tag->name = name;
  tag->type = type;
  tag->depth = parser->depth;
  tag->span = span;
  if (name != NULL)
    c_scope_bind_tag (parser, tag);
  return tag;
}

static CType *
new_record_type (CParser *parser, CName *name, gboolean is_union, TextSpan span)
{
  CRecord *record = lang_arena_new0 (parser->context->arena, CRecord);

  record->tag = name;
  record->is_union = is_union;
  record->span = span;
  return c_type_new_record (parser->types, record);
}

/* The tag's type: an older one where it may be meant, else a new, incomplete one. is_definition: a `{` follows, so only
 * this scope counts; the same holds for `struct x;`, which declares a new one. */
static CType *
find_record (CParser *parser, CName *name, gboolean is_union, gboolean is_definition, TextSpan span)
{
  CTag *tag = name != NULL ? name->tag : NULL;
  CTypeKind kind = is_union ? C_TYPE_UNION : C_TYPE_STRUCT;
  gboolean is_new = is_definition || c_peek_kind (parser) == C_TOKEN_SEMICOLON;

  if (tag != NULL && (!is_new || tag->depth == parser->depth))
    {
      if (tag->type->kind == kind)
        return tag->type;
      c_add_label (c_report (parser->context, span, "redefined",
                             text_message_new (TEXT_C_WRONG_TAG, "s", name->text)),
                   tag->span, text_message_new (TEXT_C_DEFINED_HERE, ""));
      return parser->types->error;
    }
  return new_tag (parser, name, new_record_type (parser, name, is_union, span), span)->type;
}

static gboolean
has_member (const CRecord *fields, GArray *list, const CName *name, TextSpan *span)
{
  for (guint i = 0; i < list->len; i++)
    {
      const CField *field = &g_array_index (list, CField, i);
      guint index;

      if (field->name == name
          || (field->name == NULL && !field->is_bit_field
              && c_record_find (field->type->record, name, &index) != NULL))
        {
          *span = field->span;
          return TRUE;
        }
    }
  return FALSE;
}

/* Whether the type can be a member's; reports where it cannot. An array of unknown size may stand last (flexible). */
static gboolean
check_member_type (CParser *parser, CRecord *record, GArray *list, const CDeclarator *declarator)
{
  const char *name = declarator->name != NULL ? declarator->name->text : NULL;
  CType *type = declarator->type;

  if (type->kind == C_TYPE_FUNCTION)
    {
      c_report (parser->context, declarator->span, "bad-member",
                text_message_new (TEXT_C_FUNCTION_MEMBER, "s", name));
      return FALSE;
    }
  if (type->kind == C_TYPE_ARRAY && !type->has_count && c_type_is_complete (type->element))
    {
      if (!record->is_union && list->len > 0 && c_peek_kind (parser) == C_TOKEN_SEMICOLON
          && c_peek_second (parser)->kind == C_TOKEN_RIGHT_BRACE)
        {
          record->has_flexible = TRUE;
          return TRUE;
        }
      c_report (parser->context, declarator->span, "incomplete-type",
                text_message_new (TEXT_C_FLEXIBLE_PLACE, "s", name));
      return FALSE;
    }
  if (c_type_is_record (type) && type->record == record)
    {
      TextDiagnostic *diagnostic = c_report (parser->context, declarator->span, "incomplete-type",
                                             text_message_new (TEXT_C_CONTAINS_ITSELF, "s", name));

      c_add_help (diagnostic, text_message_new (TEXT_C_CONTAINS_ITSELF_HELP, "s", name));
      return FALSE;
    }
  return c_check_object_type (parser, type, declarator->span, name);
}

/* The width of a bit-field (C11 6.7.2.1p4), behind its `:`. FALSE, and reported, where it cannot be. */
static gboolean
parse_width (CParser *parser, const CDeclarator *declarator, CField *field)
{
  const CType *type = declarator->type;
  guint64 most = type->kind == C_TYPE_BOOL ? 1 : c_type_get_size (type) * 8;
  TextSpan span = c_peek (parser)->span;
  gint64 width = 0;

  if (!c_parse_constant (parser, &width, NULL))
    return FALSE;
  field->is_bit_field = TRUE;
  field->n_bits = (guint)width;
  if (!c_type_is_integer (type))
    c_report (parser->context, span, "bad-bit-field", text_message_new (TEXT_C_BIT_FIELD_TYPE, ""));
  else if (width < 0 || (guint64)width > most)
    c_report (parser->context, span, "bad-bit-field",
              text_message_new (TEXT_C_BIT_FIELD_WIDTH, "u", most));
  else if (width == 0 && declarator->name != NULL)
    c_report (parser->context, span, "bad-bit-field",
              text_message_new (TEXT_C_BIT_FIELD_EMPTY, "s", declarator->name->text));
  else
    return TRUE;
  return FALSE;
}

static void
add_member (CParser *parser, CRecord *record, GArray *list, const CDeclarator *declarator)
{
  CField field = { declarator->name, declarator->type, 0, declarator->span };
  TextSpan earlier;

  if (c_accept (parser, C_TOKEN_COLON) && !parse_width (parser, declarator, &field))
    field.is_bit_field = FALSE;
  if (!check_member_type (parser, record, list, declarator))
    return;
  if (declarator->name != NULL && has_member (record, list, declarator->name, &earlier))
    {
      c_add_label (c_report (parser->context, declarator->span, "redefined",
                             text_message_new (TEXT_C_MEMBER_TWICE, "s", declarator->name->text)),
                   earlier, text_message_new (TEXT_C_DEFINED_HERE, ""));
      return;
    }
  record->depth = MAX (record->depth, c_type_get_part_depth (field.type));
  if (record->depth > C_MAX_PART_DEPTH)
    c_report_limit (parser->context, declarator->span, "limit",
                    text_message_new (TEXT_C_NESTING_LIMIT, "u", (guint64)C_MAX_PART_DEPTH));
  g_array_append_val (list, field);
}

/* member-declaration = specifiers [declarator ("," declarator)*] ";" */
static void
parse_members (CParser *parser, CRecord *record, GArray *list)
{
  CSpecifiers specifiers;

  if (c_peek_kind (parser) == C_TOKEN_STATIC_ASSERT)
    {
      c_parse_static_assert (parser);
      return;
    }
  if (c_accept (parser, C_TOKEN_SEMICOLON))
    return;
  specifiers = c_parse_specifiers (parser, FALSE);
  if (!parser->is_lost && c_peek_kind (parser) == C_TOKEN_SEMICOLON)
    {
      CDeclarator unnamed = { NULL, specifiers.span, specifiers.type };

      if (c_type_is_record (specifiers.type) && specifiers.type->record->tag == NULL)
        add_member (parser, record, list, &unnamed);
      c_take (parser);
      return;
    }
  do
    {
      CDeclarator declarator = { NULL, c_peek (parser)->span, specifiers.type };

      if (c_peek_kind (parser) != C_TOKEN_COLON)
        declarator = c_parse_declarator (parser, specifiers.type, FALSE);
      c_skip_attributes (parser);
      if (!parser->is_lost)
        add_member (parser, record, list, &declarator);
    }
  while (c_accept (parser, C_TOKEN_COMMA));
  c_expect (parser, C_TOKEN_SEMICOLON);
}

/* The members up to the `}`; the `{` is taken. */
static void
parse_record_body (CParser *parser, CRecord *record)
{
  g_autoptr (GArray) list = g_array_new (FALSE, TRUE, sizeof (CField));

  if (!c_nest (parser))
    return;
  while (c_peek_kind (parser) != C_TOKEN_RIGHT_BRACE && c_peek_kind (parser) != C_TOKEN_END)
    {
      parse_members (parser, record, list);
      if (parser->is_lost)
        c_skip_statement (parser);
    }
  c_expect (parser, C_TOKEN_RIGHT_BRACE);
  c_unnest (parser);
  record->fields = lang_arena_dup (parser->context->arena, list->data, list->len * sizeof (CField));
  record->n_fields = list->len;
  c_record_lay_out (record);
}

/* record = ("struct" | "union") (tag | [tag] "{" member-declaration* "}") */
CType *
c_parse_record (CParser *parser)
{
  const CToken *keyword = c_take (parser);
  gboolean is_union = keyword->kind == C_TOKEN_UNION, is_definition;
  TextSpan span = keyword->span;
  CName *name = NULL;
  CType *type;

  c_skip_attributes (parser);
  if (c_peek_kind (parser) == C_TOKEN_IDENTIFIER)
    {
      span = c_peek (parser)->span;
      name = c_take (parser)->name;
    }
  is_definition = c_peek_kind (parser) == C_TOKEN_LEFT_BRACE;
  if (name == NULL && !is_definition)
    {
      c_report_unexpected (parser, "a name or `{`");
      return parser->types->error;
    }
  type = find_record (parser, name, is_union, is_definition, span);
  if (!is_definition)
    return type;
  c_take (parser);
  if (c_type_is_error (type) || type->record->is_complete)
    {
      if (!c_type_is_error (type))
        c_add_label (c_report (parser->context, span, "redefined",
                               text_message_new (TEXT_C_REDEFINED, "s", name->text)),
                     type->record->span, text_message_new (TEXT_C_DEFINED_HERE, ""));
      /* The second body is read for its syntax, into a record that nobody sees. */
      type = new_record_type (parser, name, is_union, span);
    }
  type->record->span = span;
  parse_record_body (parser, type->record);
  return type;
}

/* ---- enum ---- */

static void
add_enumerator (CParser *parser, CEnum *enumeration, const CToken *token, gint64 value)
{
  CEnumerator enumerator = { token->name, value };
  CSymbol *earlier = c_scope_find_here (parser, token->name), *symbol;

  if (earlier != NULL)
    {
      c_add_label (c_report (parser->context, token->span, "redefined",
                             text_message_new (TEXT_C_REDEFINED, "s", token->name->text)),
                   earlier->span, text_message_new (TEXT_C_DEFINED_HERE, ""));
      return;
    }
  if (value != (gint32)value && value != (guint32)value)
    c_report_unsupported (parser->context, token->span, "an enumerator wider than `int`");
  symbol = c_scope_new_symbol (parser, C_SYMBOL_ENUMERATOR, token->name, parser->types->integer,
                               token->span);
  symbol->value = value;
  if (value != (gint32)value)
    symbol->type = parser->types->natural;
  c_scope_bind (parser, symbol);
  enumeration->is_signed |= value < 0;
  g_array_append_val (enumeration->enumerators, enumerator);
}

/* enumerators = enumerator ["=" constant] ("," …)* [","] "}"; the `{` is taken */
static void
parse_enumerators (CParser *parser, CEnum *enumeration)
{
  gint64 next = 0;

  do
    {
      const CToken *token = c_peek (parser);

      if (c_peek_kind (parser) == C_TOKEN_RIGHT_BRACE && enumeration->enumerators->len > 0)
        break;
      if (c_peek_kind (parser) != C_TOKEN_IDENTIFIER)
        {
          c_report_unexpected (parser, "a name");
          return;
        }
      c_take (parser);
      if (c_accept (parser, C_TOKEN_EQUAL))
        c_parse_constant (parser, &next, NULL);
      if (!parser->is_lost)
        add_enumerator (parser, enumeration, token, next);
      next++;
    }
  while (c_accept (parser, C_TOKEN_COMMA));
  c_expect (parser, C_TOKEN_RIGHT_BRACE);
}

static CType *
new_enum_type (CParser *parser, CName *name, TextSpan span)
{
  CEnum *enumeration = lang_arena_new0 (parser->context->arena, CEnum);

  enumeration->tag = name;
  enumeration->span = span;
  enumeration->enumerators = g_array_new (FALSE, FALSE, sizeof (CEnumerator));
  g_ptr_array_add (parser->unit->enumerators, enumeration->enumerators);
  return c_type_new_enum (parser->types, enumeration);
}

/* enum = "enum" (tag | [tag] "{" enumerators) */
CType *
c_parse_enum (CParser *parser)
{
  TextSpan span = c_take (parser)->span;
  CName *name = NULL;
  CTag *tag = NULL;
  CType *type;

  if (c_peek_kind (parser) == C_TOKEN_IDENTIFIER)
    {
      span = c_peek (parser)->span;
      name = c_take (parser)->name;
      tag = name->tag;
    }
  if (c_peek_kind (parser) != C_TOKEN_LEFT_BRACE)
    {
      if (name == NULL)
        c_report_unexpected (parser, "a name or `{`");
      else if (tag == NULL)
        return new_tag (parser, name, new_enum_type (parser, name, span), span)->type;
      else if (tag->type->kind == C_TYPE_ENUM)
        return tag->type;
      else
        c_report (parser->context, span, "redefined",
                  text_message_new (TEXT_C_WRONG_TAG, "s", name->text));
      return parser->types->error;
    }
  if (tag != NULL && tag->depth == parser->depth)
    {
      if (tag->type->kind != C_TYPE_ENUM || tag->type->enumeration->is_complete)
        c_add_label (c_report (parser->context, span, "redefined",
                               text_message_new (TEXT_C_REDEFINED, "s", name->text)),
                     tag->span, text_message_new (TEXT_C_DEFINED_HERE, ""));
      type = tag->type->kind == C_TYPE_ENUM ? tag->type : new_enum_type (parser, NULL, span);
    }
  else
    type = new_tag (parser, name, new_enum_type (parser, name, span), span)->type;
  c_take (parser);
  parse_enumerators (parser, type->enumeration);
  type->enumeration->is_complete = TRUE;
  return type;
}
