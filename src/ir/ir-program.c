/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The program and what stands in it: see ir-program.h. */

#include "ir-program.h"

#include "ir-leaf.h"

#include <string.h>

#define ARENA_CHUNK_BYTES (64 * 1024)

const IrOpcodeInfo ir_opcode_infos[IR_N_OPCODES] = {
#define INSTRUCTION(id, name, form, effect) { name, IR_FORM_##form, effect },
#include "ir-instruction.def"
#undef INSTRUCTION
};

const IrLeafInfo ir_leaf_infos[IR_N_LEAVES] = {
#define LEAF(id, name, operands, result) { name, operands, result },
#include "leaf.def"
#undef LEAF
};

IrLeafId
ir_leaf_find (const char *name)
{
  for (guint i = 0; i < IR_N_LEAVES; i++)
    if (strcmp (ir_leaf_infos[i].name, name) == 0)
      return i;
  return IR_N_LEAVES;
}

const char *
ir_stop_kind_get_name (IrStopKind kind)
{
  switch (kind)
    {
    case IR_STOP_ENTER:
      return "enter";
    case IR_STOP_STMT:
      return "stmt";
    case IR_STOP_COND:
      return "cond";
    case IR_STOP_EXIT:
      return "exit";
    case IR_STOP_THROW:
      return "throw";
    case IR_STOP_CATCH:
      return "catch";
    case IR_STOP_COLLECT:
      return "collect";
    }
  g_assert_not_reached ();
}

const char *
ir_management_get_name (IrManagement management)
{
  static const char *const names[] = { "by_hand", "traced", "counted" };

  return names[management];
}

const char *
ir_hook_get_name (IrHook hook)
{
  static const char *const names[] = {
#define HOOK(id, name, meaning) name,
#include "ir-hook.def"
#undef HOOK
  };

  return names[hook];
}

const char *
ir_borrow_kind_get_name (IrBorrowKind kind)
{
  static const char *const names[] = { "shared", "unique", "two_phase" };

  return names[kind];
}

static void
type_free (gpointer data)
{
  IrType *type = data;

  g_free (type->name);
  g_clear_pointer (&type->fields, g_array_unref);
  g_clear_pointer (&type->enumerators, g_array_unref);
  g_free (type->object);
  g_free (type->view);
  g_clear_pointer (&type->arguments, g_array_unref);
  g_free (type);
}

static void
global_free (gpointer data)
{
  IrGlobal *global = data;

  g_free (global->name);
  g_free (global->bytes);
  g_array_unref (global->relocations);
  g_free (global);
}

static void
slot_free (gpointer data)
{
  IrSlot *slot = data;

  g_free (slot->name);
  g_free (slot);
}

static void
block_free (gpointer data)
{
  IrBlock *block = data;

  g_ptr_array_unref (block->instructions);
  g_free (block);
}

static void
function_free (gpointer data)
{
  IrFunction *function = data;

  g_free (function->name);
  g_ptr_array_unref (function->slots);
  g_array_unref (function->registers);
  g_ptr_array_unref (function->blocks);
  g_free (function);
}

static void
trait_free (gpointer data)
{
  IrTrait *trait = data;

  g_free (trait->name);
  g_array_unref (trait->methods);
  g_ptr_array_unref (trait->associated);
  g_free (trait);
}

static void
impl_free (gpointer data)
{
  IrImpl *impl = data;

  g_array_unref (impl->arguments);
  g_ptr_array_unref (impl->bounds);
  g_array_unref (impl->functions);
  g_array_unref (impl->associated);
  g_free (impl);
}

/* A program with the type void and nothing else. */
IrProgram *
ir_program_new (const char *language)
{
  IrProgram *program = g_atomic_rc_box_new0 (IrProgram);
  IrType *nothing = g_new0 (IrType, 1);

  program->language = g_strdup (language);
  program->types = g_ptr_array_new_with_free_func (type_free);
  program->globals = g_ptr_array_new_with_free_func (global_free);
  program->functions = g_ptr_array_new_with_free_func (function_free);
  program->traits = g_ptr_array_new_with_free_func (trait_free);
  program->impls = g_ptr_array_new_with_free_func (impl_free);
  program->entry = IR_NO_FUNCTION;
  for (guint i = 0; i < IR_N_HOOKS; i++)
    program->hooks[i] = IR_NO_FUNCTION;
  program->arena = g_ptr_array_new_with_free_func (g_free);
  nothing->kind = IR_TYPE_VOID;
  nothing->name = g_strdup ("void");
  nothing->align = 1;
  nothing->otherwise = IR_NO_VARIANT;
  g_ptr_array_add (program->types, nothing);
  return program;
}

IrProgram *
ir_program_ref (IrProgram *program)
{
  return g_atomic_rc_box_acquire (program);
}

static void
clear_program (gpointer data)
{
  IrProgram *program = data;

  g_free (program->language);
  g_ptr_array_unref (program->traits);
  g_ptr_array_unref (program->impls);
  g_ptr_array_unref (program->functions);
  g_ptr_array_unref (program->globals);
  g_ptr_array_unref (program->types);
  g_ptr_array_unref (program->arena);
}

void
ir_program_unref (IrProgram *program)
{
  g_atomic_rc_box_release_full (program, clear_program);
}

/* Zeroed memory that lives as long as the program, cut from chunks; a large piece gets a chunk of its own. */
gpointer
ir_program_alloc (IrProgram *program, gsize n_bytes)
{
  gpointer piece;

  n_bytes = (n_bytes + 7) / 8 * 8;
  if (n_bytes > ARENA_CHUNK_BYTES / 4)
    {
      piece = g_malloc0 (n_bytes);
      g_ptr_array_add (program->arena, piece);
      return piece;
    }
  if (n_bytes > program->arena_left)
    {
      program->arena_next = g_malloc0 (ARENA_CHUNK_BYTES);
      program->arena_left = ARENA_CHUNK_BYTES;
      g_ptr_array_add (program->arena, program->arena_next);
    }
  piece = program->arena_next;
  program->arena_next += n_bytes;
  program->arena_left -= n_bytes;
  return piece;
}

IrType *
ir_program_get_type (const IrProgram *program, IrTypeId id)
{
  g_assert (id < program->types->len);
  return g_ptr_array_index (program->types, id);
}

IrScalar
ir_program_get_scalar (const IrProgram *program, IrTypeId id)
{
  return ir_type_get_scalar (ir_program_get_type (program, id));
}

/* Whether a value of the type is or holds a managed pointer. */
gboolean
ir_type_has_managed (const IrProgram *program, IrTypeId id)
{
  const IrType *type = ir_program_get_type (program, id);

  if (type->is_managed)
    return TRUE;
  if (type->kind == IR_TYPE_ARRAY)
    return ir_type_has_managed (program, type->element);
  if (type->kind != IR_TYPE_STRUCT && type->kind != IR_TYPE_UNION)
    return FALSE;
  for (guint i = 0; i < type->fields->len; i++)
    if (ir_type_has_managed (program, g_array_index (type->fields, IrField, i).type))
      return TRUE;
  return FALSE;
}

/* Whether it is a struct whose last field is an array of as many elements as its block has room for. C11 6.7.2.1p18 */
gboolean
ir_type_is_flexible (const IrProgram *program, IrTypeId id)
{
  const IrType *type = ir_program_get_type (program, id), *last;

  if (type->kind != IR_TYPE_STRUCT || type->fields->len == 0)
    return FALSE;
  last = ir_program_get_type (program,
                              g_array_index (type->fields, IrField, type->fields->len - 1).type);
  return last->kind == IR_TYPE_ARRAY && last->count == 0
         && ir_program_get_type (program, last->element)->size > 0;
}

IrGlobal *
ir_program_get_global (const IrProgram *program, IrGlobalId id)
{
  g_assert (id < program->globals->len);
  return g_ptr_array_index (program->globals, id);
}

IrFunction *
ir_program_get_function (const IrProgram *program, IrFunctionId id)
{
  g_assert (id < program->functions->len);
  return g_ptr_array_index (program->functions, id);
}

IrSlot *
ir_function_get_slot (const IrFunction *function, IrSlotId id)
{
  g_assert (id < function->slots->len);
  return g_ptr_array_index (function->slots, id);
}

IrTypeId
ir_function_get_register_type (const IrFunction *function, IrRegId id)
{
  g_assert (id < function->registers->len);
  return g_array_index (function->registers, IrTypeId, id);
}

IrBlock *
ir_function_get_block (const IrFunction *function, IrBlockId id)
{
  g_assert (id < function->blocks->len);
  return g_ptr_array_index (function->blocks, id);
}

/* A global of zero bytes; its type must be complete. name: (nullable) */
IrGlobalId
ir_global_add (IrProgram *program, const char *name, IrTypeId type, IrGlobalKind kind,
               TextSpan span)
{
  IrGlobal *global = g_new0 (IrGlobal, 1);

  global->name = g_strdup (name);
  global->type = type;
  global->kind = kind;
  global->span = span;
  global->function = IR_NO_FUNCTION;
  global->bytes = g_malloc0 (MAX (1, ir_program_get_type (program, type)->size));
  global->relocations = g_array_new (FALSE, TRUE, sizeof (IrRelocation));
  g_ptr_array_add (program->globals, global);
  return program->globals->len - 1;
}

/* Lets the 8 bytes at offset hold the address of a global or function. A second relocation at the same offset replaces the
 * first, as a later initialiser does (C11 6.7.9p19). */
void
ir_global_relocate (IrProgram *program, IrGlobalId id, guint64 offset, gboolean is_function,
                    guint32 target, guint64 addend)
{
  GArray *relocations = ir_program_get_global (program, id)->relocations;
  IrRelocation relocation = { offset, is_function, target, addend };
  guint at = 0;

  while (at < relocations->len && g_array_index (relocations, IrRelocation, at).offset < offset)
    at++;
  if (at < relocations->len && g_array_index (relocations, IrRelocation, at).offset == offset)
    g_array_index (relocations, IrRelocation, at) = relocation;
  else
    g_array_insert_val (relocations, at, relocation);
}

IrFunctionId
ir_function_add (IrProgram *program, const char *name, IrTypeId type, TextSpan span)
{
  IrFunction *function = g_new0 (IrFunction, 1);

  function->name = g_strdup (name);
  function->type = type;
  function->span = span;
  function->slots = g_ptr_array_new_with_free_func (slot_free);
  function->registers = g_array_new (FALSE, FALSE, sizeof (IrTypeId));
  function->blocks = g_ptr_array_new_with_free_func (block_free);
  g_ptr_array_add (program->functions, function);
  return program->functions->len - 1;
}

/* name: (nullable), NULL for a hidden slot */
IrSlotId
ir_slot_add (IrFunction *function, const char *name, IrTypeId type, TextSpan span, TextSpan scope)
{
  IrSlot *slot = g_new0 (IrSlot, 1);

  slot->name = g_strdup (name);
  slot->type = type;
  slot->span = span;
  slot->scope = scope;
  g_ptr_array_add (function->slots, slot);
  return function->slots->len - 1;
}
