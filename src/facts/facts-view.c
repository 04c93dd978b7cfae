/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values of library types as they are meant: a row of items, a text, pairs. What a view shows is decoded a second time, behind the nodes
 * of the state itself; bytes that are undefined, a length that its block has no room for, a pointer that leads nowhere: no view, and
 * the fields are all there is. */

#include "facts-value.h"

#include "ir/ir-view.h"

#include <string.h>

/* A view in a view in a view …, and characters, before the rest is left out. */
#define MAX_DEPTH 8
#define MAX_TEXT 1000

typedef struct
{
  IrTypeId type;
  guint64 address;
} Place;

typedef struct
{
  IrTypeId type;
  guint64 address;
  guint64 count;
} Row;

/* ---- following paths ---- */

/* A defined word or shorter integer. */
static gboolean
read_integer (FactsBuilder *self, Place place, guint64 *value)
{
  const MemSpace *space = self->machine->space;
  guint64 size = MIN (ir_program_get_type (self->program, place.type)->size, 8);

  *value = 0;
  if (!mem_is_defined (space, place.address, size))
    return FALSE;
  memcpy (value, space->bytes + place.address, size);
  return TRUE;
}

/* Where a pointer leads, when n_bytes are there for it. */
static gboolean
follow (FactsBuilder *self, Place pointer, guint64 n_bytes, guint64 *address)
{
  const MemSpace *space = self->machine->space;

  return read_integer (self, pointer, address)
         && mem_may_read (space, *address, space->provenance[pointer.address / 8], n_bytes);
}

static gboolean
walk (FactsBuilder *self, const IrViewPath *path, Place *place)
{
  for (guint i = 0; i < path->n_steps; i++)
    {
      const IrType *type = ir_program_get_type (self->program, place->type);

      if (path->steps[i] == IR_VIEW_FOLLOW)
        {
          guint64 size = ir_program_get_type (self->program, type->element)->size;

          if (!follow (self, *place, size, &place->address))
            return FALSE;
          place->type = type->element;
        }
      else
        {
          const IrField *field = &g_array_index (type->fields, IrField, path->steps[i]);

          place->address += field->offset;
          place->type = field->type;
        }
    }
  return TRUE;
}

/* How many items the view says there are; FALSE when it cannot be told. */
static gboolean
read_length (FactsBuilder *self, const IrView *view, Place from, Place items, guint64 *length)
{
  const IrType *type = ir_program_get_type (self->program, items.type);

  if (view->paths[IR_VIEW_LENGTH].is_given)
    return walk (self, &view->paths[IR_VIEW_LENGTH], &from) && read_integer (self, from, length);
  *length = type->count;
  if (type->kind == IR_TYPE_POINTER)
    return read_integer (self, (Place){ items.type, items.address + 8 }, length);
  return TRUE;
}

static gint
compare_blocks (gconstpointer a, gconstpointer b, gpointer data)
{
  const MemSpace *space = data;
  guint32 first = mem_block_get (space, *(const guint32 *)a)->begin;
  guint32 second = mem_block_get (space, *(const guint32 *)b)->begin;

  return first < second ? -1 : first > second;
}

/* The heap's live blocks by address. */
static void
find_live (FactsBuilder *self)
{
  const MemSpace *space = self->machine->space;

  self->live = g_array_new (FALSE, FALSE, sizeof (guint32));
  for (guint32 id = 1; id < self->machine->state.n_blocks; id++)
    if (mem_block_get (space, id)->kind == MEM_BLOCK_HEAP
        && mem_block_get (space, id)->state == MEM_BLOCK_LIVE)
      g_array_append_val (self->live, id);
  g_array_sort_with_data (self->live, compare_blocks, (gpointer)space);
}

/* Whether a row lies within the heap block that it begins in: the last array of an object has as many items as fit. */
static gboolean
fits_block (FactsBuilder *self, guint64 address, guint64 n_bytes)
{
  const MemSpace *space = self->machine->space;
  guint low = 0, high;

  if (self->live == NULL)
    find_live (self);
  for (high = self->live->len; low < high;)
    {
      guint middle = (low + high) / 2;

      if (mem_block_get (space, g_array_index (self->live, guint32, middle))->begin <= address)
        low = middle + 1;
      else
        high = middle;
    }
  return low > 0
         && mem_may_read (space, address, g_array_index (self->live, guint32, low - 1), n_bytes);
}

static gboolean
find_row (FactsBuilder *self, const IrView *view, Place from, Row *row)
{
  Place items = from;
  const IrType *type;
  guint64 size;

  if (!walk (self, &view->paths[IR_VIEW_ITEMS], &items)
      || !read_length (self, view, from, items, &row->count))
    return FALSE;
  type = ir_program_get_type (self->program, items.type);
  row->type = ir_view_get_item (self->program, items.type);
  row->address = items.address;
  size = ir_program_get_type (self->program, row->type)->size;
  if (size == 0 || row->count > G_MAXUINT32 / size)
    return FALSE;
  if (row->count == 0)
    return TRUE;
  if (type->kind == IR_TYPE_POINTER)
    return follow (self, items, row->count * size, &row->address);
  return type->count > 0 ? row->count <= type->count
                         : fits_block (self, row->address, row->count * size);
}

/* ---- text ---- */

/* The code point that begins with the i-th of n units, and how many of them it takes; FALSE when they are none. Unicode 15, D90 to D92 */
static gboolean
read_code_point (gconstpointer units, guint64 size, guint64 i, guint64 n, gunichar *c,
                 guint *n_taken)
{
  const guint8 *bytes = (const guint8 *)units + i * size;
  guint16 pair[2] = { 0 };

  *n_taken = 1;
  switch (size)
    {
    case 1:
      *c = bytes[0] == 0 ? 0 : g_utf8_get_char_validated ((const char *)bytes, n - i);
      *n_taken = bytes[0] == 0 ? 1 : g_utf8_skip[bytes[0]];
      return *c < (gunichar)-2;
    case 2:
      memcpy (pair, bytes, MIN (n - i, 2) * size);
      *c = pair[0];
      if ((pair[0] & 0xf800) != 0xd800)
        return TRUE;
      *n_taken = 2;
      *c = 0x10000 + ((pair[0] & 0x3ffu) << 10) + (pair[1] & 0x3ffu);
      return (pair[0] & 0xfc00) == 0xd800 && (pair[1] & 0xfc00) == 0xdc00;
    default:
      memcpy (c, bytes, size);
      return g_unichar_validate (*c);
    }
}

/* In quotes, escaped as C does; NULL when the units are no text. (transfer none) belongs to the facts */
static const char *
quote (FactsBuilder *self, Row row)
{
  const MemSpace *space = self->machine->space;
  guint64 size = ir_program_get_type (self->program, row.type)->size;
  guint64 n = MIN (row.count, MAX_TEXT);
  g_autoptr (GString) quoted = g_string_new ("\"");
  guint n_taken;

  if (!mem_is_defined (space, row.address, row.count * size))
    return NULL;
  for (guint64 i = 0; i < n; i += n_taken)
    {
      gunichar c;

      if (!read_code_point (space->bytes + row.address, size, i, row.count, &c, &n_taken))
        return NULL;
      if (c == '"')
        g_string_append (quoted, "\\\"");
      else if (c < 0x80)
        facts_append_character (quoted, c);
      else
        g_string_append_unichar (quoted, c);
    }
  g_string_append (quoted, row.count > n ? "\"…" : "\"");
  return facts_keep (self, quoted->str);
}

/* The text of a value whose view is one; NULL when there is none. (transfer none) */
static const char *
format_text (FactsBuilder *self, const IrView *view, Place from, guint64 *length)
{
  Row row;

  if (!find_row (self, view, from, &row))
    return NULL;
  *length = row.count;
  return quote (self, row);
}

/* ---- items ---- */

static FactsView *
add_view (FactsBuilder *self, guint32 node, IrViewKind kind)
{
  FactsView view = { kind, "", self->facts->nodes->len, 0, 0 };

  g_array_append_val (self->facts->views, view);
  g_array_index (self->facts->nodes, FactsNode, node).view = self->facts->views->len;
  return &g_array_index (self->facts->views, FactsView, self->facts->views->len - 1);
}

static void
add_list (FactsBuilder *self, guint32 node, const IrView *from, Place place)
{
  FactsView *view;
  Row row;

  if (!find_row (self, from, place, &row))
    return;
  view = add_view (self, node, IR_VIEW_LIST);
  view->length = row.count;
  view->n_items = facts_fill_row (self, row.type, row.address, row.count, node, &view->first_item);
}

static void
add_text (FactsBuilder *self, guint32 node, const IrView *from, Place place)
{
  guint64 length;
  const char *text = format_text (self, from, place, &length);
  FactsView *view;

  if (text == NULL)
    return;
  view = add_view (self, node, IR_VIEW_TEXT);
  view->text = text;
  view->length = length;
}

static void
add_single (FactsBuilder *self, guint32 node, const IrView *from, Place place)
{
  FactsView *view;

  if (!walk (self, &from->paths[IR_VIEW_ITEMS], &place))
    return;
  view = add_view (self, node, IR_VIEW_VALUE);
  view->length = view->n_items = 1;
  view->first_item = facts_add_value (self, "", place.type, place.address, node);
}

/* ---- pairs ---- */

/* The entry behind a cell. FALSE for a cell that has none. */
static gboolean
find_entry (FactsBuilder *self, Place cell, Place *entry)
{
  *entry = cell;
  entry->type = ir_view_get_entry (self->program, cell.type);
  return entry->type == cell.type
         || follow (self, cell, ir_program_get_type (self->program, entry->type)->size,
                    &entry->address);
}

/* A dense table's cell is vacant while its key is. */
static gboolean
has_key (FactsBuilder *self, const IrView *view, Place entry)
{
  guint64 bits;

  return walk (self, &view->paths[IR_VIEW_KEY], &entry)
         && mem_is_defined (self->machine->space, entry.address,
                            ir_program_get_type (self->program, entry.type)->size)
         && (ir_program_get_type (self->program, entry.type)->kind != IR_TYPE_POINTER
             || (read_integer (self, entry, &bits) && bits != 0));
}

/* The entries of a table and of the chains in it, at most FACTS_MAX_ITEMS. (transfer full) of Place */
static GArray *
find_entries (FactsBuilder *self, const IrView *view, Row row)
{
  GArray *entries = g_array_new (FALSE, FALSE, sizeof (Place));
  guint64 size = ir_program_get_type (self->program, row.type)->size;

  for (guint64 i = 0; i < row.count && entries->len < FACTS_MAX_ITEMS; i++)
    {
      Place entry;
      gboolean is_there = find_entry (self, (Place){ row.type, row.address + i * size }, &entry);

      while (is_there && entries->len < FACTS_MAX_ITEMS)
        {
          if (has_key (self, view, entry))
            g_array_append_val (entries, entry);
          is_there = view->paths[IR_VIEW_NEXT].is_given
                     && walk (self, &view->paths[IR_VIEW_NEXT], &entry)
                     && find_entry (self, entry, &entry);
        }
    }
  return entries;
}

/* How a key is written: a text in quotes, whether it is held or pointed to. (transfer none) */
static const char *
format_key (FactsBuilder *self, Place key)
{
  const IrType *type = ir_program_get_type (self->program, key.type);
  guint32 flags = 0;
  guint64 length;
  const char *text = NULL;

  if (type->kind == IR_TYPE_POINTER && !ir_type_is_fat (type)
      && ir_program_get_type (self->program, type->element)->view != NULL)
    {
      Place held = { type->element, 0 };

      type = ir_program_get_type (self->program, type->element);
      if (!follow (self, key, type->size, &held.address))
        return "…";
      key = held;
    }
  if (type->view != NULL && type->view->kind == IR_VIEW_TEXT)
    text = format_text (self, type->view, key, &length);
  else if (ir_type_get_scalar (type) != IR_SCALAR_NONE)
    text = facts_format_scalar (self, type, key.address, &flags);
  return text != NULL ? text : "…";
}

static void
fill_pair (FactsBuilder *self, guint32 index, const IrView *view, Place entry, guint32 parent)
{
  gboolean has_content = view->paths[IR_VIEW_CONTENT].is_given;
  Place key = entry, shown = entry;
  g_autofree char *name = NULL;

  walk (self, &view->paths[IR_VIEW_KEY], &key);
  if (!walk (self, &view->paths[has_content ? IR_VIEW_CONTENT : IR_VIEW_KEY], &shown))
    return;
  name = g_strdup_printf ("[%s]", format_key (self, key));
  facts_fill_value (self, index, name, shown.type, shown.address, parent);
}

static void
add_map (FactsBuilder *self, guint32 node, const IrView *from, Place place)
{
  g_autoptr (GArray) entries = NULL;
  guint32 first;
  FactsView *view;
  Row row;

  if (!find_row (self, from, place, &row))
    return;
  entries = find_entries (self, from, row);
  first = facts_reserve_values (self, entries->len);
  view = add_view (self, node, IR_VIEW_MAP);
  view->first_item = first;
  view->length = view->n_items = entries->len;
  for (guint32 i = 0; i < entries->len; i++)
    fill_pair (self, first + i, from, g_array_index (entries, Place, i), node);
}

/* ---- all ---- */

/* How many views a node stands in. */
static guint
get_depth (FactsBuilder *self, guint32 index)
{
  guint depth = 0;

  for (; index != FACTS_NO_NODE && index >= self->facts->n_own; depth++)
    index = facts_get_node (self->facts, index)->parent;
  return depth;
}

/* Adds the views of all values whose types have one, and of what those show in turn. */
void
facts_add_views (FactsBuilder *self)
{
  self->facts->n_own = self->facts->nodes->len;
  for (guint32 i = 0; i < self->facts->nodes->len && self->facts->nodes->len < FACTS_MAX_NODES; i++)
    {
      Place place = { g_array_index (self->types, IrTypeId, i), 0 };
      const IrView *view = ir_program_get_type (self->program, place.type)->view;

      if (view == NULL || get_depth (self, i) >= MAX_DEPTH)
        continue;
      place.address = facts_get_node (self->facts, i)->address;
      switch (view->kind)
        {
        case IR_VIEW_LIST:
          add_list (self, i, view, place);
          break;
        case IR_VIEW_TEXT:
          add_text (self, i, view, place);
          break;
        case IR_VIEW_VALUE:
          add_single (self, i, view, place);
          break;
        case IR_VIEW_MAP:
          add_map (self, i, view, place);
          break;
        case IR_N_VIEW_KINDS:
          g_assert_not_reached ();
        }
    }
}
