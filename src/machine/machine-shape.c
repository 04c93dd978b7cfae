/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From types to shapes: where the references of each kind of object are, which is all that a strategy learns of types. A frame in a heap
 * block is an object too: its type is made here, with the program's head and the function's slots as fields. */

#include "machine-code.h"

#include <string.h>

/* ---- types of frames ---- */

static gboolean
keeps_frames (const IrFunction *function)
{
  if (function->is_resumable)
    return TRUE;
  for (guint i = 0; i < function->blocks->len; i++)
    {
      const IrBlock *block = ir_function_get_block (function, i);

      for (guint j = 0; j < block->instructions->len; j++)
        if (((const IrInstruction *)g_ptr_array_index (block->instructions, j))->opcode
            == IR_KEEP_FRAME)
          return TRUE;
    }
  return FALSE;
}

static guint64
add_head_fields (IrProgram *program, IrTypeId frame)
{
  GArray *fields;

  if (program->frame_head == 0)
    return 0;
  fields = ir_program_get_type (program, program->frame_head)->fields;
  for (guint i = 0; i < fields->len; i++)
    {
      const IrField *field = &g_array_index (fields, IrField, i);

      ir_type_add_field (program, frame, field->name, field->type, field->offset);
    }
  return ir_program_get_type (program, program->frame_head)->size;
}

/* Once for each program: a second code array finds them. */
static void
add_frame_type (IrProgram *program, const MachineFunction *function, guint32 id)
{
  IrFunction *ir = ir_program_get_function (program, id);
  g_autofree char *name = g_strdup_printf ("frame of %s", ir->name);
  IrTypeId frame;
  guint64 head;

  if (ir->frame_type != 0)
    return;
  frame = ir_type_add_record (program, name, FALSE);
  head = add_head_fields (program, frame);
  for (guint i = 0; i < ir->slots->len; i++)
    {
      const IrSlot *slot = ir_function_get_slot (ir, i);

      if (slot->name != NULL || ir_program_get_type (program, slot->type)->is_managed)
        ir_type_add_field (program, frame, slot->name != NULL ? slot->name : "", slot->type,
                           head + function->slots[i].offset);
    }
  ir_type_complete_record (program, frame, head + function->frame_bytes, 8);
  ir_program_get_type (program, frame)->frame_of = id + 1;
  ir->frame_type = frame;
}

/* ---- shapes ---- */

typedef struct
{
  MachineCode *code;
  const IrProgram *program;
  MemShape shape;
} ShapeMaker;

static gint
compare_words (gconstpointer a, gconstpointer b)
{
  guint32 first = ((const MemShapeWord *)a)->offset, second = ((const MemShapeWord *)b)->offset;

  return first < second ? -1 : first > second;
}

static void
add_words (ShapeMaker *self, IrTypeId id, guint64 offset, gboolean in_element)
{
  const IrType *type = ir_program_get_type (self->program, id);

  if (type->is_managed)
    mem_shape_add_word (&self->shape, in_element, offset, MEM_WORD_REFERENCE);
  else if (type->kind == IR_TYPE_ARRAY && ir_type_has_managed (self->program, type->element))
    for (guint64 i = 0; i < type->count; i++)
      add_words (self, type->element,
                 offset + i * ir_program_get_type (self->program, type->element)->size, in_element);
  else if (type->kind == IR_TYPE_STRUCT)
    for (guint i = 0; i < type->fields->len; i++)
      {
        const IrField *field = &g_array_index (type->fields, IrField, i);

        add_words (self, field->type, offset + field->offset, in_element);
      }
}

static gint64
get_attribute (const IrType *type, IrObjectAttribute attribute)
{
  return type->object != NULL ? type->object->values[attribute] : -1;
}

/* Offset of the field that an attribute names; MEM_SHAPE_NONE: there is none. */
static guint32
get_field_offset (const IrType *type, IrObjectAttribute attribute)
{
  gint64 field = get_attribute (type, attribute);

  return field >= 0 ? g_array_index (type->fields, IrField, field).offset : MEM_SHAPE_NONE;
}

/* The word at an offset is of another kind than its type says; words that are no managed pointers are added. */
static void
set_kind (ShapeMaker *self, guint32 offset, MemWordKind kind)
{
  if (offset == MEM_SHAPE_NONE)
    return;
  for (guint i = 0; i < self->shape.words->len; i++)
    {
      MemShapeWord *word = &g_array_index (self->shape.words, MemShapeWord, i);

      if (word->offset == offset)
        {
          word->kind = kind;
          return;
        }
    }
  mem_shape_add_word (&self->shape, FALSE, offset, kind);
  g_array_sort (self->shape.words, compare_words);
}

static void
add_elements (ShapeMaker *self, const IrType *type)
{
  MemShape *shape = &self->shape;
  gint64 apart = get_attribute (type, IR_OBJECT_APART);
  IrTypeId element;

  if (get_attribute (type, IR_OBJECT_COUNT) < 0)
    return;
  shape->count_offset = get_field_offset (type, IR_OBJECT_COUNT);
  if (apart >= 0)
    {
      element = apart;
      shape->items_apart = TRUE;
      shape->items_offset = get_field_offset (type, IR_OBJECT_OWNED);
    }
  else
    {
      const IrField *last = &g_array_index (type->fields, IrField, type->fields->len - 1);

      element = ir_program_get_type (self->program, last->type)->element;
      shape->items_offset = last->offset;
    }
  shape->stride = MAX (ir_program_get_type (self->program, element)->size, 1);
  add_words (self, element, 0, TRUE);
}

static void
add_attributes (ShapeMaker *self, const IrType *type)
{
  MemShape *shape = &self->shape;

  add_elements (self, type);
  set_kind (self, get_field_offset (type, IR_OBJECT_OWNED), MEM_WORD_OWNED);
  set_kind (self, get_field_offset (type, IR_OBJECT_WEAK), MEM_WORD_WEAK);
  set_kind (self, get_field_offset (type, IR_OBJECT_NEXT), MEM_WORD_WEAK);
  set_kind (self, get_field_offset (type, IR_OBJECT_PREVIOUS), MEM_WORD_WEAK);
  set_kind (self, get_field_offset (type, IR_OBJECT_WEAK_HEAD), MEM_WORD_WEAK);
  shape->releases_backward = get_attribute (type, IR_OBJECT_BACKWARD) == 1;
  shape->finaliser = get_attribute (type, IR_OBJECT_FINALISER) + 1;
  shape->class_offset = get_field_offset (type, IR_OBJECT_CLASS);
  if (get_attribute (type, IR_OBJECT_FLAG) >= 0)
    shape->flag_offset = get_attribute (type, IR_OBJECT_FLAG);
  else
    shape->class_offset = MEM_SHAPE_NONE;
  shape->weak_head = get_field_offset (type, IR_OBJECT_WEAK_HEAD);
  shape->weak_next = get_field_offset (type, IR_OBJECT_NEXT);
  shape->weak_previous = get_field_offset (type, IR_OBJECT_PREVIOUS);
  shape->weak_callback = get_field_offset (type, IR_OBJECT_CALLBACK);
}

/* Every type that an object can have in a managed heap has a shape of its own: in a counted one each object has a count, whether it has
 * references or not. */
static void
add_shape (MachineCode *code, IrTypeId id)
{
  ShapeMaker self = { code, code->program };
  const IrType *type = ir_program_get_type (code->program, id);

  mem_shape_init (&self.shape);
  self.shape.stride = 1;
  add_words (&self, id, 0, FALSE);
  /* The slots of a frame are released in the order of their declaration, which is that of the type's fields. */
  if (type->frame_of == 0)
    g_array_sort (self.shape.words, compare_words);
  if (type->object != NULL)
    add_attributes (&self, type);
  code->type_shapes[id] = code->shapes->len;
  g_array_append_val (code->shapes, self.shape);
}

static gboolean
is_allocated_raw (const IrType *type)
{
  return type->kind != IR_TYPE_STRUCT;
}

/* ---- roots ---- */

static void
add_root_words (MachineCode *code, IrTypeId id, guint64 address)
{
  ShapeMaker self = { code, code->program };

  if (!ir_type_has_managed (code->program, id))
    return;
  mem_shape_init (&self.shape);
  add_words (&self, id, 0, FALSE);
  for (guint i = 0; i < self.shape.words->len; i++)
    {
      guint32 at = address + g_array_index (self.shape.words, MemShapeWord, i).offset;

      g_array_append_val (code->root_words, at);
    }
  mem_shape_clear (&self.shape);
}

/* Fills code->shapes, type_shapes and root_words; frames and globals must have been laid out. Shape 0 is that of raw memory. */
void
machine_make_shapes (MachineCode *code)
{
  IrProgram *program = code->program;
  MemShape none;

  for (guint i = 0; i < program->functions->len; i++)
    if (ir_program_get_function (program, i)->is_defined
        && keeps_frames (ir_program_get_function (program, i)))
      add_frame_type (program, machine_code_get_function (code, i), i);
  code->type_shapes = g_new0 (guint32, program->types->len + 1);
  mem_shape_init (&none);
  none.stride = 1;
  g_array_append_val (code->shapes, none);
  for (guint i = 0; program->management != IR_BY_HAND && i < program->types->len; i++)
    if (!is_allocated_raw (ir_program_get_type (program, i)))
      add_shape (code, i);
  for (guint i = 0; i < program->globals->len; i++)
    {
      const IrGlobal *global = ir_program_get_global (program, i);

      if (global->kind == IR_GLOBAL_VARIABLE)
        add_root_words (code, global->type, code->global_addresses[i]);
    }
}
