/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bytes of a scalar as text and flags: the only decoder of values for all that shows. */

#include "facts-value.h"

#include "number/number-format.h"

#include <string.h>

static guint64
load (const MemSpace *space, guint64 address, guint64 size)
{
  guint64 bits = 0;

  memcpy (&bits, space->bytes + address, size);
  return bits;
}

/* Whether no byte, or not every byte, is defined. */
static guint32
get_definedness (const MemSpace *space, guint64 address, guint64 size)
{
  guint64 n_defined = 0;

  for (guint64 i = 0; i < size; i++)
    n_defined += space->defined[address + i] == 0xff;
  if (n_defined == size)
    return 0;
  return n_defined == 0 ? FACTS_UNDEFINED : FACTS_PARTLY_UNDEFINED;
}

static gint64
extend (guint64 bits, guint64 size)
{
  guint unused = 64 - size * 8;

  return (gint64)(bits << unused) >> unused;
}

/* A character as C writes it, without the quotes. */
void
facts_append_character (GString *out, guchar character)
{
  static const char escapes[][2]
      = { { '\0', '0' }, { '\a', 'a' }, { '\b', 'b' }, { '\f', 'f' }, { '\n', 'n' },
          { '\r', 'r' }, { '\t', 't' }, { '\v', 'v' }, { '\\', '\\' } };

  for (guint i = 0; i < G_N_ELEMENTS (escapes); i++)
    {
      if (escapes[i][0] == (char)character)
        {
          g_string_append_printf (out, "\\%c", escapes[i][1]);
          return;
        }
    }
  if (g_ascii_isprint (character))
    g_string_append_c (out, character);
  else
    g_string_append_printf (out, "\\x%02x", character);
}

static char *
format_character (guint64 bits)
{
  GString *out = g_string_new ("'");

  if ((char)bits == '\'')
    g_string_append (out, "\\'");
  else
    facts_append_character (out, bits);
  g_string_append_c (out, '\'');
  return g_string_free (out, FALSE);
}

static char *
format_integer (const IrType *type, guint64 bits)
{
  if (type->is_signed)
    return g_strdup_printf ("%" G_GINT64_FORMAT, extend (bits, type->size));
  return g_strdup_printf ("%" G_GUINT64_FORMAT, bits);
}

static char *
format_enumerator (const IrType *type, guint64 bits)
{
  gint64 value = type->is_signed ? extend (bits, type->size) : (gint64)bits;

  for (guint i = 0; i < type->enumerators->len; i++)
    {
      const IrEnumerator *enumerator = &g_array_index (type->enumerators, IrEnumerator, i);

      if (enumerator->value == value)
        return g_strdup (enumerator->name);
    }
  return format_integer (type, bits);
}

static char *
format_float (const IrType *type, guint64 bits)
{
  double wide;
  float narrow;

  if (type->size == 4)
    {
      memcpy (&narrow, &bits, sizeof narrow);
      return number_shortest_float (narrow);
    }
  memcpy (&wide, &bits, sizeof wide);
  return number_shortest_double (wide);
}

/* A pointer to a function is shown by the function's name. */
static char *
format_pointer (FactsBuilder *self, guint64 address, guint64 bits)
{
  const MemSpace *space = self->machine->space;
  guint32 id = space->provenance[address / 8];
  const MemBlock *block = mem_block_get (space, id);

  if (bits == 0)
    return g_strdup ("NULL");
  if (id != 0 && block->kind == MEM_BLOCK_FUNCTION && block->begin == bits)
    return g_strdup (ir_program_get_function (self->program, block->hint)->name);
  return g_strdup_printf ("0x%04" G_GINT64_MODIFIER "x", bits);
}

static guint32
get_pointer_flags (const MemSpace *space, guint64 address, guint64 bits)
{
  guint32 id = space->provenance[address / 8];
  const MemBlock *block = mem_block_get (space, id);

  if (bits == 0 && id == 0)
    return FACTS_POINTER | FACTS_NULL;
  if (id == 0)
    return FACTS_POINTER | FACTS_WILD;
  if (block->state != MEM_BLOCK_LIVE)
    return FACTS_POINTER | FACTS_DANGLING;
  if (bits < block->begin || bits - block->begin > block->size)
    return FACTS_POINTER | FACTS_OUTSIDE;
  return FACTS_POINTER;
}

/* Text of a scalar's bits, which stand at an address; adds to flags what is true of it. */
static const char *
format_bits (FactsBuilder *self, const IrType *type, guint64 address, guint64 bits,
             guint32 definedness, guint32 *flags)
{
  g_autofree char *text = NULL;

  *flags |= definedness;
  if (type->kind == IR_TYPE_POINTER && definedness == 0)
    *flags |= get_pointer_flags (self->machine->space, address, bits);
  else if (type->kind == IR_TYPE_POINTER)
    *flags |= FACTS_POINTER;
  if (type->is_char)
    *flags |= FACTS_CHAR;
  if (definedness & FACTS_UNDEFINED)
    return "?";
  switch (type->kind)
    {
    case IR_TYPE_BOOL:
      return bits != 0 ? "true" : "false";
    case IR_TYPE_INT:
      text = type->is_char ? format_character (bits) : format_integer (type, bits);
      break;
    case IR_TYPE_ENUM:
      text = format_enumerator (type, bits);
      break;
    case IR_TYPE_FLOAT:
      text = format_float (type, bits);
      break;
    case IR_TYPE_POINTER:
      text = format_pointer (self, address, bits);
      break;
    case IR_TYPE_VOID:
    case IR_TYPE_ARRAY:
    case IR_TYPE_STRUCT:
    case IR_TYPE_UNION:
    case IR_TYPE_FUNCTION:
    case IR_TYPE_VARIANT:
    case IR_TYPE_SLICE:
    case IR_TYPE_DYN:
    case IR_TYPE_PARAMETER:
    case IR_TYPE_APPLY:
    case IR_TYPE_ASSOCIATED:
      g_assert_not_reached ();
    }
  return facts_keep (self, text);
}

/* Text of the scalar at an address; adds to flags what is true of it. (transfer none) belongs to the facts */
const char *
facts_format_scalar (FactsBuilder *self, const IrType *type, guint64 address, guint32 *flags)
{
  const MemSpace *space = self->machine->space;

  /* Of a fat pointer the first word tells where it points to. */
  guint64 size = MIN (type->size, 8);

  return format_bits (self, type, address, load (space, address, size),
                      get_definedness (space, address, size), flags);
}

/* The number of the variant at an address, as its tag tells; IR_NO_VARIANT when no tag or an undefined one stands there. */
guint32
facts_get_variant (FactsBuilder *self, const IrType *type, guint64 address)
{
  const MemSpace *space = self->machine->space;
  guint64 size = ir_program_get_type (self->program, type->tag_type)->size;
  guint64 at = address + type->tag_offset, mask;
  guint64 tag;

  if (type->fields->len == 0)
    return IR_NO_VARIANT;
  if (size == 0)
    return 0;
  if (get_definedness (space, at, size) != 0)
    return IR_NO_VARIANT;
  tag = load (space, at, size);
  mask = G_MAXUINT64 >> (64 - size * 8);
  for (guint32 i = 0; i < type->fields->len; i++)
    if (i != type->otherwise && (g_array_index (type->fields, IrField, i).tag & mask) == tag)
      return i;
  return type->otherwise;
}

/* Text of the bit-field in the unit at an address. (transfer none) belongs to the facts */
const char *
facts_format_bit_field (FactsBuilder *self, const IrField *field, guint64 address, guint32 *flags)
{
  const IrType *type = ir_program_get_type (self->program, field->type);
  const MemSpace *space = self->machine->space;
  guint64 mask = G_MAXUINT64 >> (64 - field->n_bits);
  guint64 bits = load (space, address, type->size) >> field->bit & mask;
  guint64 defined = 0;

  for (guint64 i = 0; i < type->size; i++)
    defined |= (guint64)space->defined[address + i] << (8 * i);
  defined = defined >> field->bit & mask;
  if (ir_scalar_is_signed (ir_program_get_scalar (self->program, field->type))
      && (bits >> (field->n_bits - 1)) != 0)
    bits |= ~mask;
  return format_bits (self, type, address, bits,
                      defined == mask ? 0
                      : defined == 0  ? FACTS_UNDEFINED
                                      : FACTS_PARTLY_UNDEFINED,
                      flags);
}
