/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Initialisers (C11 6.7.9), flattened while they are read: each part becomes an item with the place in the object that it
 * fills. Inner braces may be left out; then a part takes from the list around it as much as it needs. */

#include "c-parse.h"

#include "lang/lang-arena.h"

#include <string.h>

typedef struct
{
  CParser *parser;
  CSymbol *symbol;
  CItem **tail;
  CExpression *pending; /* read already, by a part that is to take it apart */
} Filling;

static void fill_part (Filling *filling, CExpression *target, guint64 offset);

static void
add_item (Filling *filling, CExpression *target, guint64 offset, CExpression *value)
{
  CParser *parser = filling->parser;
  CItem *item;
  CConstant constant;

  if (value->kind == C_EXPRESSION_ERROR)
    return;
  if (filling->symbol->is_global && !c_evaluate (value, &constant))
    {
      c_report (parser->context, value->span, "not-constant",
                text_message_new (TEXT_C_NOT_CONSTANT, ""));
      return;
    }
  item = lang_arena_new0 (parser->context->arena, CItem);
  item->target = target;
  item->offset = offset;
  item->value = value;
  *filling->tail = item;
  filling->tail = &item->next;
}

static gboolean
is_text_array (const CType *type)
{
  return type->kind == C_TYPE_ARRAY && type->element->kind >= C_TYPE_CHAR
         && type->element->kind <= C_TYPE_UNSIGNED_CHAR;
}

/* A string that fills an array of characters; the array takes its size from it where it has none. */
static void
fill_text (Filling *filling, CExpression *target, guint64 offset, CExpression *text)
{
  CParser *parser = filling->parser;
  CType *type = target->type;

  if (!type->has_count)
    type = target->type
        = c_type_new_array (parser->types, type->element, TRUE, text->string.n_bytes);
  else if (text->string.n_bytes > type->count + 1)
    c_warn (parser->context, text->span, "too-long", text_message_new (TEXT_C_TEXT_TOO_LONG, ""));
  add_item (filling, target, offset, text);
}

/* How many parts an object has; G_MAXUINT64 for an array whose size the initialiser decides. */
static guint64
count_parts (const CType *type)
{
  if (type->kind == C_TYPE_ARRAY)
    return type->has_count ? type->count : G_MAXUINT64;
  if (type->kind == C_TYPE_UNION)
    return MIN (1, type->record->n_fields);
  return type->record->n_fields;
}

static CExpression *
select_part (Filling *filling, CExpression *object, guint64 index, guint64 *offset)
{
  CParser *parser = filling->parser;
  CType *type = object->type;
  CExpression *part;

  if (type->kind != C_TYPE_ARRAY)
    {
      *offset += type->record->fields[index].offset;
      return c_select (parser, object, index, object->span);
    }
  *offset += index * c_type_get_size (type->element);
  part = c_new_expression (parser, C_EXPRESSION_INDEX, type->element, object->span, object,
                           c_new_integer (parser, parser->types->size, index, object->span));
  part->is_lvalue = TRUE;
  return part;
}

/* ---- designators ---- */

static gboolean
read_index_designator (Filling *filling, const CType *type, guint64 *index)
{
  CParser *parser = filling->parser;
  guint first = parser->at;
  gint64 value = 0;

  c_take (parser);
  c_parse_constant (parser, &value, NULL);
  if (c_peek_kind (parser) == C_TOKEN_ELLIPSIS && !parser->is_lost)
    {
      c_report_unsupported (parser->context, c_peek (parser)->span, "a range `[a ... b]`");
      parser->is_lost = TRUE;
    }
  if (!c_expect (parser, C_TOKEN_RIGHT_BRACKET))
    return FALSE;
  *index = value;
  if (type->kind == C_TYPE_ARRAY && value >= 0
      && (guint64)value < (type->has_count
                               ? type->count
                               : C_MAX_OBJECT_BYTES / MAX (1, c_type_get_size (type->element))))
    return TRUE;
  c_report (parser->context, c_span_from (parser, first), "bad-designator",
            text_message_new (type->kind == C_TYPE_ARRAY ? TEXT_C_DESIGNATOR_OUTSIDE
                                                         : TEXT_C_DESIGNATOR_NOT_ARRAY,
                              ""));
  parser->is_lost = TRUE;
  return FALSE;
}

static gboolean
read_field_designator (Filling *filling, const CType *type, guint64 *index)
{
  CParser *parser = filling->parser;
  const CToken *name;
  guint field = 0;

  c_take (parser);
  name = c_peek (parser);
  if (name->kind != C_TOKEN_IDENTIFIER)
    {
      c_report_unexpected (parser, "a member's name");
      return FALSE;
    }
  if (!c_type_is_record (type) || c_record_find (type->record, name->name, &field) == NULL)
    {
      g_autofree char *spelling = c_type_spell (parser->types, type);

      c_report (parser->context, name->span, "no-member",
                text_message_new (TEXT_C_NO_MEMBER, "ss", spelling, name->name->text));
      parser->is_lost = TRUE;
      return FALSE;
    }
  *index = field;
  /* The name of a member of an anonymous member is looked up once more, one level deeper. */
  if (type->record->fields[field].name == name->name)
    c_take (parser);
  else
    parser->at--;
  return TRUE;
}

/* designation = ("[" constant "]" | "." name)+ "=" */
static gboolean
read_designators (Filling *filling, CExpression **object, guint64 *offset, guint64 *first_index)
{
  CParser *parser = filling->parser;
  gboolean is_first = TRUE;

  while (c_peek_kind (parser) == C_TOKEN_DOT || c_peek_kind (parser) == C_TOKEN_LEFT_BRACKET)
    {
      guint64 index;

      if (c_peek_kind (parser) == C_TOKEN_DOT
              ? !read_field_designator (filling, (*object)->type, &index)
              : !read_index_designator (filling, (*object)->type, &index))
        return FALSE;
      if (is_first)
        *first_index = index;
      is_first = FALSE;
      *object = select_part (filling, *object, index, offset);
    }
  return c_expect (parser, C_TOKEN_EQUAL);
}

/* ---- lists ---- */

/* One more value than the object has parts: gcc warns and drops it. */
static void
skip_excess (Filling *filling)
{
  CParser *parser = filling->parser;
  guint first = parser->at;

  if (c_accept (parser, C_TOKEN_LEFT_BRACE))
    c_skip_braces (parser);
  else
    c_parse_assignment (parser);
  if (!parser->is_lost)
    c_warn (parser->context, c_span_from (parser, first), "excess",
            text_message_new (TEXT_C_EXCESS, ""));
}

static gboolean
begins_designator (const CParser *parser)
{
  CTokenKind kind = c_peek_kind (parser);

  return kind == C_TOKEN_DOT || kind == C_TOKEN_LEFT_BRACKET;
}

/* list = [designation] part ("," [designation] part)* [","]. Without braces of its own it ends with the object's last part, and
 * leaves the comma to the list around it. */
static void
fill_list (Filling *filling, CExpression *object, guint64 offset, gboolean is_braced)
{
  CParser *parser = filling->parser;
  gboolean is_open = object->type->kind == C_TYPE_ARRAY && !object->type->has_count;
  guint64 index = 0, n_parts = count_parts (object->type), n_filled = 0;

  for (;;)
    {
      CExpression *part = object;
      guint64 part_offset = offset;

      if (is_braced && begins_designator (parser))
        {
          if (!read_designators (filling, &part, &part_offset, &index))
            return;
          fill_part (filling, part, part_offset);
        }
      else if (index >= n_parts)
        skip_excess (filling);
      else
        {
          part = select_part (filling, object, index, &part_offset);
          fill_part (filling, part, part_offset);
        }
      index++;
      n_filled = MAX (n_filled, index);
      if (parser->is_lost || parser->context->is_stopped || (!is_braced && index >= n_parts))
        break;
      if (!c_accept (parser, C_TOKEN_COMMA))
        break;
      if (c_peek_kind (parser) == C_TOKEN_RIGHT_BRACE || (!is_braced && begins_designator (parser)))
        {
          if (!is_braced)
            parser->at--;
          break;
        }
    }
  if (is_open)
    object->type = c_type_new_array (parser->types, object->type->element, TRUE, n_filled);
}

/* After a mistake: to behind the list's `}`. No `;` stands in a list, so one says that the `}` is missing. */
static void
skip_list (CParser *parser, guint first)
{
  guint depth = 0;

  parser->at = first;
  do
    {
      CTokenKind kind = c_peek_kind (parser);

      if (kind == C_TOKEN_END || kind == C_TOKEN_SEMICOLON)
        return;
      if (kind == C_TOKEN_LEFT_BRACE)
        depth++;
      else if (kind == C_TOKEN_RIGHT_BRACE)
        depth--;
      c_take (parser);
    }
  while (depth > 0);
}

/* braced = "{" [list] "}" */
static void
fill_braced (Filling *filling, CExpression *target, guint64 offset)
{
  CParser *parser = filling->parser;
  CType *type = target->type;
  guint first = parser->at;

  if (!c_nest (parser))
    return;
  c_take (parser);
  if (c_peek_kind (parser) == C_TOKEN_RIGHT_BRACE)
    {
      /* GNU C: all zero. */
      if (type->kind == C_TYPE_ARRAY && !type->has_count)
        target->type = c_type_new_array (parser->types, type->element, TRUE, 0);
      else if (!c_type_is_aggregate (type))
        c_report_unexpected (parser, "a value");
    }
  else if (is_text_array (type) && c_peek_kind (parser) == C_TOKEN_STRING)
    {
      fill_part (filling, target, offset);
      c_accept (parser, C_TOKEN_COMMA);
    }
  else if (c_type_is_aggregate (type))
    fill_list (filling, target, offset, TRUE);
  else
    {
      fill_part (filling, target, offset);
      while (c_accept (parser, C_TOKEN_COMMA) && c_peek_kind (parser) != C_TOKEN_RIGHT_BRACE)
        skip_excess (filling);
    }
  c_expect (parser, C_TOKEN_RIGHT_BRACE);
  c_unnest (parser);
  if (parser->is_lost)
    skip_list (parser, first);
}

/* A flexible array member has no room in a local (gcc rejects it), and in a global only as an extension. */
static gboolean
is_flexible_part (Filling *filling, const CExpression *target)
{
  CParser *parser = filling->parser;

  if (target->kind != C_EXPRESSION_MEMBER || target->type->kind != C_TYPE_ARRAY
      || target->type->has_count)
    return FALSE;
  if (filling->symbol->is_global)
    c_report_unsupported (parser->context, c_peek (parser)->span,
                          "first values of an array without a size in a struct");
  else
    c_report (parser->context, c_peek (parser)->span, "incomplete-type",
              text_message_new (TEXT_C_FLEXIBLE_INITIALISED, ""));
  parser->is_lost = TRUE;
  return TRUE;
}

static CExpression *
take_value (Filling *filling)
{
  CExpression *value = filling->pending;

  filling->pending = NULL;
  return value != NULL ? value : c_parse_assignment (filling->parser);
}

/* part = braced | assignment-expression */
static void
fill_part (Filling *filling, CExpression *target, guint64 offset)
{
  CParser *parser = filling->parser;
  CType *type = target->type;
  CExpression *value;

  if (is_flexible_part (filling, target))
    return;
  if (filling->pending == NULL && c_peek_kind (parser) == C_TOKEN_LEFT_BRACE)
    {
      fill_braced (filling, target, offset);
      return;
    }
  value = take_value (filling);
  if (parser->is_lost || value->kind == C_EXPRESSION_ERROR || c_type_is_error (type))
    return;
  if (is_text_array (type) && value->kind == C_EXPRESSION_STRING)
    fill_text (filling, target, offset, value);
  else if (c_type_is_aggregate (type)
           && !(c_type_is_record (type) && c_type_is_compatible (type, value->type)))
    {
      if (target->kind == C_EXPRESSION_VARIABLE || target->kind == C_EXPRESSION_LITERAL)
        c_report (parser->context, value->span, "type-mismatch",
                  text_message_new (type->kind == C_TYPE_ARRAY ? TEXT_C_ARRAY_NEEDS_LIST
                                                               : TEXT_C_RECORD_NEEDS_LIST,
                                    ""));
      else if (count_parts (type) == 0)
        c_warn (parser->context, value->span, "excess", text_message_new (TEXT_C_EXCESS, ""));
      else
        {
          filling->pending = value;
          if (c_nest (parser))
            fill_list (filling, target, offset, FALSE);
          c_unnest (parser);
        }
    }
  else
    add_item (filling, target, offset,
              c_check_assignable (parser, value, type, C_ASSIGN_INITIALISE, value->span, NULL));
}

/* initialiser = part; the "=" is taken. Gives the symbol its items, and an array its size. */
void
c_parse_initialiser (CParser *parser, CSymbol *symbol)
{
  CExpression *object = c_new_variable (parser, symbol, symbol->span);
  Filling filling = { parser, symbol, &symbol->items };

  symbol->has_initialiser = TRUE;
  if (!c_type_is_error (symbol->type) && !c_type_is_aggregate (symbol->type)
      && !c_type_is_scalar (symbol->type))
    {
      c_check_object_type (parser, symbol->type, symbol->span,
                           symbol->name != NULL ? symbol->name->text : NULL);
      symbol->type = object->type = parser->types->error;
    }
  if (c_type_is_record (symbol->type) && !c_type_is_complete (symbol->type))
    object->type = parser->types->error;
  fill_part (&filling, object, 0);
  if (!c_type_is_error (symbol->type) && !c_type_is_error (object->type))
    symbol->type = object->type;
}
