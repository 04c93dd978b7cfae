/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values as trees of nodes, and what the pointers among them point to. */

#include "facts-value.h"

#include <string.h>

/* Of a long row this many of the last ones are decoded. */
#define LAST_ELEMENTS 2

/* A text is kept once for each facts. (transfer none) */
const char *
facts_keep (FactsBuilder *self, const char *text)
{
  return g_string_chunk_insert_const (self->facts->strings, text);
}

static FactsNode *
get_node (FactsBuilder *self, guint32 index)
{
  return &g_array_index (self->facts->nodes, FactsNode, index);
}

/* n nodes one behind the other. Index of the first. */
guint32
facts_reserve_values (FactsBuilder *self, guint32 n)
{
  guint32 first = self->facts->nodes->len;

  g_array_set_size (self->facts->nodes, first + n);
  g_array_set_size (self->types, first + n);
  for (guint32 i = 0; i < n; i++)
    {
      *get_node (self, first + i) = (FactsNode){ .name = "", .type = "", .text = "" };
      get_node (self, first + i)->target_node = FACTS_NO_NODE;
    }
  return first;
}

/* The text of a char array up to its '\0'; "" when some byte is undefined or the end is missing. */
static const char *
format_text (FactsBuilder *self, guint64 address, guint64 count)
{
  const MemSpace *space = self->machine->space;
  const char *text = (const char *)space->bytes + address;
  gsize length = strnlen (text, count);
  g_autofree char *copy = NULL;
  g_autofree char *escaped = NULL;
  g_autofree char *quoted = NULL;

  if (length == count || !mem_is_defined (space, address, length + 1))
    return "";
  copy = g_strndup (text, length);
  escaped = g_utf8_validate (copy, -1, NULL) ? g_strescape (copy, NULL) : NULL;
  if (escaped == NULL)
    return "";
  quoted = g_strdup_printf ("\"%s\"", escaped);
  return facts_keep (self, quoted);
}

/* Nodes for the items of a row: index of the first, and how many there are. */
guint32
facts_fill_row (FactsBuilder *self, IrTypeId item, guint64 address, guint64 count, guint32 parent,
                guint32 *first)
{
  const IrType *of = ir_program_get_type (self->program, item);
  guint32 n = MIN (count, FACTS_MAX_ITEMS);

  if (self->facts->nodes->len + n > FACTS_MAX_NODES)
    return 0;
  *first = facts_reserve_values (self, n);
  for (guint32 i = 0; i < n; i++)
    {
      guint64 at = i < n - LAST_ELEMENTS || n == count ? i : count - n + i;
      char name[32];

      g_snprintf (name, sizeof name, "[%" G_GUINT64_FORMAT "]", at);
      facts_fill_value (self, *first + i, facts_keep (self, name), item, address + at * of->size,
                        parent);
    }
  return n;
}

static void
fill_elements (FactsBuilder *self, guint32 index, IrTypeId element, guint64 address, guint64 count)
{
  guint32 first = 0, n;

  get_node (self, index)->n_elements = count;
  if (ir_program_get_type (self->program, element)->is_char)
    get_node (self, index)->text = format_text (self, address, count);
  n = facts_fill_row (self, element, address, count, index, &first);
  get_node (self, index)->first_child = first;
  get_node (self, index)->n_children = n;
}

/* A bit-field's node was filled as its whole unit, of which only some bits are its own. */
static void
fill_bit_field (FactsBuilder *self, guint32 index, const IrField *field, guint64 address)
{
  guint32 flags = get_node (self, index)->flags & FACTS_CONST;
  const char *text = facts_format_bit_field (self, field, address, &flags);

  get_node (self, index)->text = text;
  get_node (self, index)->flags = flags;
}

static void
fill_fields (FactsBuilder *self, guint32 index, const IrType *record, guint64 address)
{
  guint32 n = record->fields->len;
  guint32 first;

  if (self->facts->nodes->len + n > FACTS_MAX_NODES)
    return;
  first = facts_reserve_values (self, n);
  get_node (self, index)->first_child = first;
  get_node (self, index)->n_children = n;
  for (guint32 i = 0; i < n; i++)
    {
      const IrField *field = &g_array_index (record->fields, IrField, i);

      facts_fill_value (self, first + i, field->name, field->type, address + field->offset, index);
      if (field->n_bits > 0)
        fill_bit_field (self, first + i, field, address + field->offset);
    }
}

/* A pointer to a slice is told with the slice's length. */
static void
tell_length (FactsBuilder *self, guint32 index, const IrType *type, guint64 address)
{
  const MemSpace *space = self->machine->space;
  FactsNode *node = get_node (self, index);
  g_autofree char *text = NULL;

  if (!ir_type_is_fat (type)
      || ir_program_get_type (self->program, type->element)->kind != IR_TYPE_SLICE
      || !mem_is_defined (space, address + 8, 8))
    return;
  node->n_elements = mem_get_word (space, address + 8);
  text = g_strdup_printf ("%s [%" G_GUINT64_FORMAT "]", node->text, node->n_elements);
  node->text = facts_keep (self, text);
}

static void
fill_scalar (FactsBuilder *self, guint32 index, const IrType *type, guint64 address)
{
  const MemSpace *space = self->machine->space;
  guint32 flags = 0;
  const char *text = facts_format_scalar (self, type, address, &flags);
  FactsNode *node = get_node (self, index);

  node->text = text;
  node->flags |= flags;
  if (type->kind == IR_TYPE_POINTER && !(flags & (FACTS_UNDEFINED | FACTS_PARTLY_UNDEFINED)))
    {
      node->target = mem_get_word (space, address);
      node->target_block = space->provenance[address / 8];
      tell_length (self, index, type, address);
    }
}

/* The variant that is there, and its fields only. */
static void
fill_variant (FactsBuilder *self, guint32 index, const IrType *type, guint64 address)
{
  guint32 variant = facts_get_variant (self, type, address);
  const IrField *field;

  if (variant >= type->fields->len)
    {
      get_node (self, index)->text = "?";
      get_node (self, index)->flags |= FACTS_UNDEFINED;
      return;
    }
  field = &g_array_index (type->fields, IrField, variant);
  get_node (self, index)->text = facts_keep (self, field->name);
  fill_fields (self, index, ir_program_get_type (self->program, field->type), address);
}

/* Decodes a value of a type into a reserved node, with all that is inside it into further ones. */
void
facts_fill_value (FactsBuilder *self, guint32 index, const char *name, IrTypeId id, guint64 address,
                  guint32 parent)
{
  const IrType *type = ir_program_get_type (self->program, id);
  FactsNode *node = get_node (self, index);

  node->name = name != NULL ? facts_keep (self, name) : "";
  node->type = facts_keep (self, type->name);
  node->kind = type->kind;
  node->flags = type->is_const ? FACTS_CONST : 0;
  node->address = address;
  node->size = type->size;
  node->parent = parent;
  g_array_index (self->types, IrTypeId, index) = id;
  switch (type->kind)
    {
    case IR_TYPE_ARRAY:
      fill_elements (self, index, type->element, address, type->count);
      break;
    case IR_TYPE_STRUCT:
    case IR_TYPE_UNION:
      fill_fields (self, index, type, address);
      break;
    case IR_TYPE_VARIANT:
      fill_variant (self, index, type, address);
      break;
    case IR_TYPE_VOID:
    case IR_TYPE_FUNCTION:
    case IR_TYPE_SLICE:
    case IR_TYPE_DYN:
    case IR_TYPE_PARAMETER:
    case IR_TYPE_APPLY:
    case IR_TYPE_ASSOCIATED:
      break;
    default:
      fill_scalar (self, index, type, address);
      break;
    }
}

/* A value of a type, with all that is inside it. Index of its node. */
guint32
facts_add_value (FactsBuilder *self, const char *name, IrTypeId type, guint64 address,
                 guint32 parent)
{
  guint32 index = facts_reserve_values (self, 1);

  facts_fill_value (self, index, name, type, address, parent);
  return index;
}

static guint32
add_array (FactsBuilder *self, const char *type, guint64 address, guint64 size)
{
  guint32 index = facts_reserve_values (self, 1);
  FactsNode *node = get_node (self, index);

  node->type = facts_keep (self, type);
  node->kind = IR_TYPE_ARRAY;
  node->address = address;
  node->size = size;
  node->parent = FACTS_NO_NODE;
  return index;
}

/* What a block of several elements holds. */
guint32
facts_add_row (FactsBuilder *self, IrTypeId element, guint64 address, guint64 count)
{
  const IrType *of = ir_program_get_type (self->program, element);
  g_autofree char *type = g_strdup_printf ("%s [%" G_GUINT64_FORMAT "]", of->name, count);
  guint32 index = add_array (self, type, address, of->size * count);

  fill_elements (self, index, element, address, count);
  return index;
}

/* A struct in a block of so many bytes, with as many elements of its last member as fit. C11 6.7.2.1p18 */
guint32
facts_add_flexible (FactsBuilder *self, IrTypeId type, guint64 address, guint64 size)
{
  const IrType *record = ir_program_get_type (self->program, type);
  const IrField *last = &g_array_index (record->fields, IrField, record->fields->len - 1);
  IrTypeId element = ir_program_get_type (self->program, last->type)->element;
  guint32 index = facts_add_value (self, NULL, type, address, FACTS_NO_NODE);
  guint32 array = get_node (self, index)->first_child + record->fields->len - 1;
  guint64 count = (size - last->offset) / ir_program_get_type (self->program, element)->size;

  if (get_node (self, index)->n_children == 0 || count == 0)
    return index;
  get_node (self, array)->size = count * ir_program_get_type (self->program, element)->size;
  get_node (self, index)->size = size;
  fill_elements (self, array, element, get_node (self, array)->address, count);
  return index;
}

static void
fill_byte (FactsBuilder *self, guint32 index, guint64 address, guint64 offset, guint32 parent)
{
  const MemSpace *space = self->machine->space;
  gboolean is_defined = space->defined[address] == 0xff;
  FactsNode *node = get_node (self, index);
  char name[32], text[8];

  g_snprintf (name, sizeof name, "[%" G_GUINT64_FORMAT "]", offset);
  g_snprintf (text, sizeof text, "%02x", space->bytes[address]);
  node->name = facts_keep (self, name);
  node->type = "byte";
  node->text = is_defined ? facts_keep (self, text) : "?";
  node->kind = IR_TYPE_INT;
  node->flags = is_defined ? 0 : FACTS_UNDEFINED;
  node->address = address;
  node->size = 1;
  node->parent = parent;
}

/* A block of which nobody has said what it holds: its bytes, in hexadecimal digits. */
guint32
facts_add_bytes (FactsBuilder *self, guint64 address, guint64 size)
{
  g_autofree char *type = g_strdup_printf ("byte [%" G_GUINT64_FORMAT "]", size);
  guint32 index = add_array (self, type, address, size);
  guint32 n = MIN (size, FACTS_MAX_ITEMS);
  guint32 first;

  get_node (self, index)->n_elements = size;
  if (self->facts->nodes->len + n > FACTS_MAX_NODES)
    return index;
  first = facts_reserve_values (self, n);
  get_node (self, index)->first_child = first;
  get_node (self, index)->n_children = n;
  for (guint32 i = 0; i < n; i++)
    {
      guint64 at = i < n - LAST_ELEMENTS || n == size ? i : size - n + i;

      fill_byte (self, first + i, address + at, at, index);
    }
  return index;
}

/* ---- targets of pointers ---- */

static gint
compare_nodes (gconstpointer a, gconstpointer b, gpointer data)
{
  const FactsBuilder *self = data;
  guint32 first = *(const guint32 *)a, second = *(const guint32 *)b;
  const FactsNode *x = facts_get_node (self->facts, first);
  const FactsNode *y = facts_get_node (self->facts, second);

  if (x->address != y->address)
    return x->address < y->address ? -1 : 1;
  /* An aggregate stands before what begins at the same address inside it. */
  return first < second ? -1 : first > second;
}

/* The node at an address that a pointer of this type means: one of the pointee's own type, else the outermost. */
static guint32
find_node (FactsBuilder *self, const GArray *order, guint64 address, IrTypeId pointee)
{
  const IrType *wanted = ir_program_get_type (self->program, pointee);
  guint low = 0, high = order->len;
  guint32 outermost = FACTS_NO_NODE;

  /* A slice is its first element and those that follow. */
  if (wanted->kind == IR_TYPE_SLICE)
    wanted = ir_program_get_type (self->program, wanted->element);
  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (facts_get_node (self->facts, g_array_index (order, guint32, middle))->address < address)
        low = middle + 1;
      else
        high = middle;
    }
  for (; low < order->len; low++)
    {
      guint32 index = g_array_index (order, guint32, low);
      const FactsNode *node = facts_get_node (self->facts, index);

      if (node->address != address)
        break;
      if (outermost == FACTS_NO_NODE)
        outermost = index;
      if (node->kind == wanted->kind && node->size == wanted->size)
        return index;
    }
  return outermost;
}

/* Fills target_node of every pointer. */
void
facts_find_targets (FactsBuilder *self)
{
  guint32 n = self->facts->nodes->len;
  guint32 n_own = self->facts->n_own;
  g_autoptr (GArray) order = g_array_sized_new (FALSE, FALSE, sizeof (guint32), n_own);

  /* What a view shows is a second sight of something: arrows lead to the thing itself. */
  for (guint32 i = 0; i < n_own; i++)
    if (get_node (self, i)->size > 0)
      g_array_append_val (order, i);
  g_array_sort_with_data (order, compare_nodes, self);
  for (guint32 i = 0; i < n; i++)
    {
      FactsNode *node = get_node (self, i);
      IrTypeId type = g_array_index (self->types, IrTypeId, i);

      if ((node->flags & FACTS_POINTER) && node->target != 0)
        node->target_node = find_node (self, order, node->target,
                                       ir_program_get_type (self->program, type)->element);
    }
}
