/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads the text form of the IR (ir-print.c shows it). Words and numbers, one at a time; the first thing that is not as expected ends the
 * reading with one diagnostic. What is read is not yet right: ir_verify() sees to that. */

#include "ir-build.h"
#include "ir-read.h"

#include <string.h>

/* Bounds, so that a hostile text cannot ask for all memory. */
#define MAX_GLOBAL_BYTES (1u << 26)

/* ---- words ---- */

static gboolean
is_word_character (char c)
{
  return g_ascii_isalnum (c) || c == '_';
}

/* Goes on to the next word; a comment begins with `;`. */
void
ir_read_skip_space (IrReader *self)
{
  for (;;)
    {
      while (self->at < self->end && g_ascii_isspace (*self->at))
        self->at++;
      if (self->at >= self->end || *self->at != ';')
        return;
      /* A comment goes to the end of its line. */
      while (self->at < self->end && *self->at != '\n')
        self->at++;
    }
}

static char *
dup_found (const IrReader *self)
{
  const char *end = self->at;

  if (self->at >= self->end)
    return g_strdup ("the end");
  while (end < self->end && end - self->at < 24 && is_word_character (*end))
    end++;
  if (end == self->at)
    end++;
  {
    g_autofree char *found = g_strndup (self->at, end - self->at);
    g_autofree char *valid = g_utf8_make_valid (found, -1);

    return g_strdup_printf ("`%s`", valid);
  }
}

/* Says what was expected here, once. Always FALSE. */
gboolean
ir_read_complain (IrReader *self, const char *expected)
{
  g_autofree char *found = dup_found (self);
  guint32 position = self->base + (self->at - self->begin);

  if (self->failed)
    return FALSE;
  self->failed = TRUE;
  text_diagnostics_take (
      self->diagnostics,
      text_diagnostic_new (TEXT_SEVERITY_ERROR, "ir", (TextSpan){ position, position + 1 },
                           text_message_new (TEXT_IR_EXPECTED, "ss", expected, found)));
  return FALSE;
}

/* Takes the sign if it is next. Signs of letters end where the word does. */
gboolean
ir_read_try (IrReader *self, const char *sign)
{
  gsize n = strlen (sign);

  ir_read_skip_space (self);
  if ((gsize)(self->end - self->at) < n || memcmp (self->at, sign, n) != 0)
    return FALSE;
  if (is_word_character (sign[n - 1]) && self->at + n < self->end
      && is_word_character (self->at[n]))
    return FALSE;
  self->at += n;
  return TRUE;
}

gboolean
ir_read_sign (IrReader *self, const char *sign)
{
  g_autofree char *expected = NULL;

  if (ir_read_try (self, sign))
    return TRUE;
  expected = g_strdup_printf ("`%s`", sign);
  return ir_read_complain (self, expected);
}

gboolean
ir_read_unsigned (IrReader *self, guint64 *value)
{
  guint64 n = 0;

  ir_read_skip_space (self);
  if (self->at >= self->end || !g_ascii_isdigit (*self->at))
    return ir_read_complain (self, "a number");
  while (self->at < self->end && g_ascii_isdigit (*self->at))
    if (!g_uint64_checked_mul (&n, n, 10) || !g_uint64_checked_add (&n, n, *self->at++ - '0'))
      return ir_read_complain (self, "a number of 64 bits");
  *value = n;
  return TRUE;
}

gboolean
ir_read_signed (IrReader *self, guint64 *value)
{
  gboolean is_negative = ir_read_try (self, "-");

  if (!ir_read_unsigned (self, value))
    return FALSE;
  if (is_negative)
    *value = -*value;
  return TRUE;
}

gboolean
ir_read_unsigned_32 (IrReader *self, guint32 *value)
{
  guint64 wide;

  if (!ir_read_unsigned (self, &wide))
    return FALSE;
  if (wide > G_MAXUINT32)
    return ir_read_complain (self, "a number of 32 bits");
  *value = wide;
  return TRUE;
}

/* An id: its letter and a number, without space between. */
gboolean
ir_read_id (IrReader *self, char letter, guint32 *id)
{
  char expected[] = "an id such as `x0`";

  expected[15] = letter;
  ir_read_skip_space (self);
  if (self->at + 1 >= self->end || self->at[0] != letter || !g_ascii_isdigit (self->at[1]))
    return ir_read_complain (self, expected);
  self->at++;
  return ir_read_unsigned_32 (self, id);
}

static gboolean
is_next_id (IrReader *self, char letter)
{
  ir_read_skip_space (self);
  return self->at + 1 < self->end && self->at[0] == letter && g_ascii_isdigit (self->at[1]);
}

/* A span, TEXT_NO_SPAN when there is none. */
gboolean
ir_read_span (IrReader *self, TextSpan *span)
{
  guint32 begin = 0, length = 0;

  *span = TEXT_NO_SPAN;
  if (!ir_read_try (self, "@"))
    return TRUE;
  if (!ir_read_unsigned_32 (self, &begin) || !ir_read_sign (self, "+")
      || !ir_read_unsigned_32 (self, &length))
    return FALSE;
  *span = (TextSpan){ begin, begin + length };
  return TRUE;
}

gboolean
ir_read_string (IrReader *self, char **text)
{
  const char *begin;
  g_autofree char *raw = NULL;

  if (!ir_read_sign (self, "\""))
    return FALSE;
  begin = self->at;
  while (self->at < self->end && *self->at != '"' && *self->at != '\n')
    self->at += *self->at == '\\' && self->at + 1 < self->end ? 2 : 1;
  if (self->at >= self->end || *self->at != '"')
    return ir_read_complain (self, "the end of the text");
  raw = g_strndup (begin, self->at - begin);
  *text = g_strcompress (raw);
  self->at++;
  return TRUE;
}

/* ---- types ---- */

static gboolean
read_kind (IrReader *self, IrTypeKind *kind)
{
  static const char *const names[]
      = { "void", "bool",     "int",     "float", "pointer", "array",     "struct", "union",
          "enum", "function", "variant", "slice", "dyn",     "parameter", "apply",  "associated" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (ir_read_try (self, names[i]))
        {
          *kind = i;
          return TRUE;
        }
    }
  return ir_read_complain (self, "a kind of type");
}

static void
clear_enumerator (gpointer data)
{
  g_free (((IrEnumerator *)data)->name);
}

/* Behind a bit-field: `:`, its lowest bit in the unit, how many it has. */
static gboolean
read_bits (IrReader *self, IrField *field)
{
  guint64 bit, n_bits;

  if (!ir_read_try (self, ":"))
    return TRUE;
  if (!ir_read_unsigned (self, &bit) || !ir_read_unsigned (self, &n_bits))
    return FALSE;
  field->bit = MIN (bit, G_MAXUINT16);
  field->n_bits = MIN (n_bits, G_MAXUINT16);
  return TRUE;
}

static gboolean
read_fields (IrReader *self, IrType *type)
{
  type->fields = ir_fields_new ();
  if (!ir_read_sign (self, "{"))
    return FALSE;
  while (!ir_read_try (self, "}"))
    {
      IrField field = { NULL };
      gboolean is_right;

      if (type->fields->len > 0 && !ir_read_sign (self, ","))
        return FALSE;
      is_right = ir_read_string (self, &field.name) && ir_read_id (self, 't', &field.type)
                 && ir_read_unsigned (self, &field.offset) && read_bits (self, &field)
                 && (type->kind != IR_TYPE_VARIANT
                     || (ir_read_sign (self, "=") && ir_read_unsigned (self, &field.tag)));
      g_array_append_val (type->fields, field);
      if (!is_right)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_enumerators (IrReader *self, IrType *type)
{
  type->enumerators = g_array_new (FALSE, TRUE, sizeof (IrEnumerator));
  g_array_set_clear_func (type->enumerators, clear_enumerator);
  if (!ir_read_sign (self, "{"))
    return FALSE;
  while (!ir_read_try (self, "}"))
    {
      IrEnumerator enumerator = { NULL };
      guint64 value = 0;
      gboolean is_right;

      if (type->enumerators->len > 0 && !ir_read_sign (self, ","))
        return FALSE;
      is_right = ir_read_string (self, &enumerator.name) && ir_read_signed (self, &value);
      enumerator.value = value;
      g_array_append_val (type->enumerators, enumerator);
      if (!is_right)
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_object (IrReader *self, IrType *type)
{
  type->object = g_new (IrObject, 1);
  for (guint i = 0; i < IR_N_OBJECT_ATTRIBUTES; i++)
    type->object->values[i] = -1;
  if (!ir_read_sign (self, "{"))
    return FALSE;
  for (guint i = 0; i < IR_N_OBJECT_ATTRIBUTES; i++)
    {
      guint32 value = 0;

      if (!ir_read_try (self, ir_object_attribute_get_name (i)))
        continue;
      if (!ir_read_unsigned_32 (self, &value))
        return FALSE;
      type->object->values[i] = value;
    }
  return ir_read_sign (self, "}");
}

static gboolean
read_view_path (IrReader *self, IrViewPath *path)
{
  path->is_given = TRUE;
  if (ir_read_try (self, "self"))
    return TRUE;
  do
    {
      guint32 field = IR_VIEW_FOLLOW;

      if (!ir_read_try (self, "*") && !ir_read_unsigned_32 (self, &field))
        return FALSE;
      if (path->n_steps == IR_VIEW_MAX_STEPS)
        return ir_read_complain (self, "a path of at most 8 steps");
      /* A number that no field has is refused later, with the type's name. */
      path->steps[path->n_steps++] = MIN (field, IR_VIEW_FOLLOW);
    }
  while (ir_read_try (self, "."));
  return TRUE;
}

static gboolean
read_view (IrReader *self, IrType *type)
{
  IrView *view = type->view = g_new0 (IrView, 1);

  while (view->kind < IR_N_VIEW_KINDS && !ir_read_try (self, ir_view_kind_get_name (view->kind)))
    view->kind++;
  if (view->kind == IR_N_VIEW_KINDS)
    return ir_read_complain (self, "`list`, `text`, `value` or `map`");
  if (!ir_read_sign (self, "{"))
    return FALSE;
  for (guint i = 0; i < IR_N_VIEW_PATHS; i++)
    if (ir_read_try (self, ir_view_path_get_name (i)) && !read_view_path (self, &view->paths[i]))
      return FALSE;
  return ir_read_sign (self, "}");
}

gboolean
ir_read_order (IrReader *self, char letter, guint expected)
{
  guint32 id;
  const char *at;

  ir_read_skip_space (self);
  at = self->at;
  if (!ir_read_id (self, letter, &id))
    return FALSE;
  if (id == expected)
    return TRUE;
  self->at = at;
  {
    g_autofree char *wanted = g_strdup_printf ("`%c%u`", letter, expected);

    return ir_read_complain (self, wanted);
  }
}

/* Types between < and >. (transfer full) in types */
gboolean
ir_read_types (IrReader *self, GArray *types)
{
  if (!ir_read_sign (self, "<"))
    return FALSE;
  while (!ir_read_try (self, ">"))
    {
      IrTypeId id;

      if ((types->len > 0 && !ir_read_sign (self, ",")) || !ir_read_id (self, 't', &id))
        return FALSE;
      g_array_append_val (types, id);
    }
  return TRUE;
}

/* What only variants and types of generic programs have. */
static gboolean
read_variant_and_generic (IrReader *self, IrType *type)
{
  guint32 n = 0;

  type->is_nonnull = ir_read_try (self, "nonnull");
  if (type->kind == IR_TYPE_VARIANT
      && (!ir_read_sign (self, "tag") || !ir_read_id (self, 't', &type->tag_type)
          || !ir_read_unsigned (self, &type->tag_offset)))
    return FALSE;
  if (ir_read_try (self, "otherwise") && !ir_read_unsigned_32 (self, &type->otherwise))
    return FALSE;
  type->is_open = ir_read_try (self, "open");
  type->is_ordered = ir_read_try (self, "ordered");
  if (ir_read_try (self, "template") && !ir_read_unsigned_32 (self, &n))
    return FALSE;
  type->n_parameters = n;
  if ((type->kind == IR_TYPE_DYN || type->kind == IR_TYPE_ASSOCIATED)
      && (!ir_read_sign (self, "of") || !ir_read_id (self, 'x', &type->trait)))
    return FALSE;
  if (type->kind != IR_TYPE_APPLY && type->kind != IR_TYPE_ASSOCIATED)
    return TRUE;
  type->arguments = g_array_new (FALSE, FALSE, sizeof (IrTypeId));
  return ir_read_types (self, type->arguments);
}

static gboolean
read_type (IrReader *self)
{
  IrType *type = g_new0 (IrType, 1);
  guint n = self->program->types->len;

  type->otherwise = IR_NO_VARIANT;
  g_ptr_array_add (self->program->types, type);
  if (!ir_read_order (self, 't', n) || !read_kind (self, &type->kind)
      || !ir_read_sign (self, "size") || !ir_read_unsigned (self, &type->size)
      || !ir_read_sign (self, "align") || !ir_read_unsigned_32 (self, &type->align))
    return FALSE;
  if (type->align == 0 || type->align > 4096)
    return ir_read_complain (self, "an alignment between 1 and 4096");
  type->is_signed = ir_read_try (self, "signed");
  type->is_char = ir_read_try (self, "char");
  type->is_const = ir_read_try (self, "const");
  type->is_variadic = ir_read_try (self, "variadic");
  type->is_managed = ir_read_try (self, "managed");
  if (ir_read_try (self, "element") && !ir_read_id (self, 't', &type->element))
    return FALSE;
  if (ir_read_try (self, "count") && !ir_read_unsigned (self, &type->count))
    return FALSE;
  if (!read_variant_and_generic (self, type) || !ir_read_string (self, &type->name))
    return FALSE;
  switch (type->kind)
    {
    case IR_TYPE_STRUCT:
      return read_fields (self, type) && (!ir_read_try (self, "object") || read_object (self, type))
             && (!ir_read_try (self, "view") || read_view (self, type));
    case IR_TYPE_UNION:
    case IR_TYPE_FUNCTION:
    case IR_TYPE_VARIANT:
      return read_fields (self, type);
    case IR_TYPE_POINTER:
      ir_read_skip_space (self);
      return self->at >= self->end || *self->at != '{' || read_fields (self, type);
    case IR_TYPE_ENUM:
      return read_enumerators (self, type);
    default:
      return TRUE;
    }
}

/* ---- globals and heads of functions ---- */

static gboolean
read_bytes (IrReader *self, IrGlobal *global, guint64 size)
{
  guint64 n = 0;

  ir_read_skip_space (self);
  while (self->at + 1 < self->end && g_ascii_isxdigit (self->at[0])
         && g_ascii_isxdigit (self->at[1]))
    {
      if (n >= size)
        return ir_read_complain (self, "no more bytes than the type has");
      global->bytes[n++]
          = g_ascii_xdigit_value (self->at[0]) * 16 + g_ascii_xdigit_value (self->at[1]);
      self->at += 2;
    }
  return TRUE;
}

static gboolean
read_relocation (IrReader *self, IrGlobalId id)
{
  guint64 offset, addend;
  guint32 target;
  gboolean is_function;

  if (!ir_read_unsigned (self, &offset))
    return FALSE;
  is_function = is_next_id (self, 'f');
  if (!ir_read_id (self, is_function ? 'f' : 'g', &target) || !ir_read_sign (self, "+")
      || !ir_read_unsigned (self, &addend))
    return FALSE;
  ir_global_relocate (self->program, id, offset, is_function, target, addend);
  return TRUE;
}

static gboolean
read_global (IrReader *self)
{
  static const char *const kinds[] = { "variable", "constant", "literal" };
  g_autofree char *name = NULL;
  IrGlobalKind kind = 0;
  IrTypeId type;
  TextSpan span;
  IrGlobalId id;
  guint64 size;

  if (!ir_read_order (self, 'g', self->program->globals->len))
    return FALSE;
  while (kind < G_N_ELEMENTS (kinds) && !ir_read_try (self, kinds[kind]))
    kind++;
  if (kind == G_N_ELEMENTS (kinds))
    return ir_read_complain (self, "`variable`, `constant` or `literal`");
  if (!ir_read_id (self, 't', &type))
    return FALSE;
  if (type >= self->program->types->len)
    return ir_read_complain (self, "a type that was read before");
  size = ir_program_get_type (self->program, type)->size;
  if (size > MAX_GLOBAL_BYTES)
    return ir_read_complain (self, "a global of at most 64 MiB");
  if (!ir_read_string (self, &name) || !ir_read_span (self, &span))
    return FALSE;
  id = ir_global_add (self->program, name[0] != '\0' ? name : NULL, type, kind, span);
  if (ir_read_try (self, "in")
      && !ir_read_id (self, 'f', &ir_program_get_global (self->program, id)->function))
    return FALSE;
  if (ir_read_try (self, "=")
      && !read_bytes (self, ir_program_get_global (self->program, id), size))
    return FALSE;
  while (ir_read_try (self, "at"))
    if (!read_relocation (self, id))
      return FALSE;
  return TRUE;
}

static gboolean
read_head (IrReader *self)
{
  g_autofree char *name = NULL;
  IrFunction *function;
  IrTypeId type;
  TextSpan span;
  guint32 n_parameters = 0;

  if (!ir_read_order (self, 'f', self->program->functions->len) || !ir_read_id (self, 't', &type)
      || !ir_read_string (self, &name) || !ir_read_span (self, &span))
    return FALSE;
  function
      = ir_program_get_function (self->program, ir_function_add (self->program, name, type, span));
  if (ir_read_try (self, "body") && !ir_read_span (self, &function->body))
    return FALSE;
  function->is_library = ir_read_try (self, "library");
  function->is_root = ir_read_try (self, "root");
  if (ir_read_try (self, "parameters") && !ir_read_unsigned_32 (self, &n_parameters))
    return FALSE;
  function->n_parameters = n_parameters;
  function->is_defined = ir_read_try (self, "defined");
  function->is_resumable = ir_read_try (self, "resumable");
  return TRUE;
}

/* ---- bodies ---- */

static gboolean
read_slot (IrReader *self, IrFunction *function)
{
  g_autofree char *name = NULL;
  IrTypeId type;
  TextSpan span, scope = TEXT_NO_SPAN;
  IrSlot *slot;

  if (!ir_read_order (self, 's', function->slots->len) || !ir_read_id (self, 't', &type))
    return FALSE;
  ir_read_skip_space (self);
  if (self->at < self->end && *self->at == '"' && !ir_read_string (self, &name))
    return FALSE;
  if (!ir_read_span (self, &span))
    return FALSE;
  if (ir_read_try (self, "scope") && !ir_read_span (self, &scope))
    return FALSE;
  slot = ir_function_get_slot (function, ir_slot_add (function, name, type, span, scope));
  slot->is_parameter = ir_read_try (self, "parameter");
  slot->is_address_taken = ir_read_try (self, "taken");
  slot->is_owned = ir_read_try (self, "owned");
  return TRUE;
}

static gboolean
read_register (IrReader *self, IrFunction *function)
{
  IrTypeId type;

  if (!ir_read_order (self, 'r', function->registers->len) || !ir_read_id (self, 't', &type))
    return FALSE;
  g_array_append_val (function->registers, type);
  return TRUE;
}

static gboolean
read_block (IrReader *self, IrBuilder *builder)
{
  IrBlock *block;

  if (!ir_read_order (self, 'b', builder->function->blocks->len))
    return FALSE;
  builder->block = ir_build_block (builder);
  block = ir_function_get_block (builder->function, builder->block);
  if (ir_read_try (self, "unwind") && !ir_read_id (self, 'b', &block->unwind))
    return FALSE;
  block->is_cleanup = ir_read_try (self, "cleanup");
  return ir_read_sign (self, ":");
}

static gboolean
read_hook (IrReader *self)
{
  for (guint i = 0; i < IR_N_HOOKS; i++)
    if (ir_read_try (self, ir_hook_get_name (i)))
      return ir_read_id (self, 'f', &self->program->hooks[i]);
  return ir_read_complain (self, "the name of a hook");
}

static gboolean
read_body (IrReader *self)
{
  IrFunctionId id;
  IrBuilder builder = { self->program };

  if (!ir_read_id (self, 'f', &id))
    return FALSE;
  if (id >= self->program->functions->len)
    return ir_read_complain (self, "a function that was read before");
  builder.function = ir_program_get_function (self->program, id);
  if (builder.function->blocks->len > 0)
    return ir_read_complain (self, "one body for each function");
  if (!ir_read_sign (self, "{"))
    return FALSE;
  while (ir_read_try (self, "slot"))
    if (!read_slot (self, builder.function))
      return FALSE;
  while (ir_read_try (self, "register"))
    if (!read_register (self, builder.function))
      return FALSE;
  while (!ir_read_try (self, "}"))
    {
      if (is_next_id (self, 'b'))
        {
          if (!read_block (self, &builder))
            return FALSE;
          continue;
        }
      if (builder.function->blocks->len == 0)
        return ir_read_complain (self, "a block such as `b0:`");
      if (!ir_read_instruction (self, &builder))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_program (IrReader *self)
{
  g_autofree char *language = NULL;

  if (!ir_read_sign (self, "language") || !ir_read_string (self, &language))
    return FALSE;
  self->program = ir_program_new (language);
  for (guint i = IR_TRACED; i <= IR_COUNTED; i++)
    if (ir_read_try (self, ir_management_get_name (i)))
      self->program->management = i;
  self->program->is_generic = ir_read_try (self, "generic");
  for (;;)
    {
      gboolean is_right;

      ir_read_skip_space (self);
      if (self->at >= self->end)
        return TRUE;
      if (ir_read_try (self, "type"))
        is_right = read_type (self);
      else if (ir_read_try (self, "function"))
        is_right = read_head (self);
      else if (ir_read_try (self, "trait"))
        is_right = ir_read_trait (self);
      else if (ir_read_try (self, "impl"))
        is_right = ir_read_impl (self);
      else if (ir_read_try (self, "global"))
        is_right = read_global (self);
      else if (ir_read_try (self, "entry"))
        is_right = ir_read_id (self, 'f', &self->program->entry);
      else if (ir_read_try (self, "hook"))
        is_right = read_hook (self);
      else if (ir_read_try (self, "frame_head"))
        is_right = ir_read_id (self, 't', &self->program->frame_head);
      else if (ir_read_try (self, "body"))
        is_right = read_body (self);
      else
        is_right = ir_read_complain (self, "`type`, `function`, `global`, `entry` or `body`");
      if (!is_right)
        return FALSE;
    }
}

/* An instruction without a span gets its own line's. base: position of the text's first byte in the map that diagnostics are shown with. NULL when the text is not IR; what it
 * says must still be verified. (transfer full) (nullable) */
IrProgram *
ir_read (const char *text, gsize n_bytes, guint32 base, TextDiagnostics *diagnostics)
{
  IrReader self = { text, text, text + n_bytes, base, diagnostics };

  if (read_program (&self))
    return self.program;
  g_clear_pointer (&self.program, ir_program_unref);
  return NULL;
}
