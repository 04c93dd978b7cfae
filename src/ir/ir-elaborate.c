/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Drop elaboration, before instantiation: of each `drop` of an owned slot the dataflow tells what is left to drop there.
 *
 *   static   all of it is certainly there           the drop stays
 *   dead     nothing of it is                       the drop goes
 *   flagged  it depends on the way                  the drop is made when a hidden byte says so
 *   open     parts of it were moved out             its parts are dropped one by one, each as above
 *
 * A flag belongs to a path; it is set where the path is given a value, cleared where that is taken (rustc-dev-guide, "Drop elaboration").
 * Afterwards no slot is owned. */

#include "ir-build.h"
#include "ir-generic.h"
#include "ir-move-path.h"

#include <string.h>

#define NO_FLAG G_MAXUINT32

typedef struct
{
  IrProgram *program;
  IrMovePaths *paths;
  IrBuilder builder;
  guint8 *states;     /* at the instruction at hand */
  IrSlotId *kept;     /* by path: what its flag said before its parts began to be dropped */
  IrSlotId *flags;    /* by path; NO_FLAG: it needs none */
  IrTypeId boolean;   /* of flags */
  gboolean is_asking; /* first pass: only finds out which flags are needed */
} Elaboration;

/* A new block: what is thrown in it goes where the block at hand sends it. */
static IrBlockId
split_block (Elaboration *self)
{
  IrBlockId id = ir_build_block (&self->builder);
  const IrBlock *old = ir_function_get_block (self->builder.function, self->builder.block);
  IrBlock *block = ir_function_get_block (self->builder.function, id);

  block->unwind = old->unwind;
  block->is_cleanup = old->is_cleanup;
  return id;
}

/* ---- flags ---- */

static IrTypeId
find_boolean (IrProgram *program)
{
  for (guint i = 0; i < program->types->len; i++)
    if (ir_program_get_type (program, i)->kind == IR_TYPE_BOOL)
      return i;
  return ir_type_add_bool (program, "bool");
}

/* One that a discriminant fits. */
static IrTypeId
find_integer (IrProgram *program)
{
  for (guint i = 0; i < program->types->len; i++)
    {
      const IrType *type = ir_program_get_type (program, i);

      if (type->kind == IR_TYPE_INT && type->size >= 4)
        return i;
    }
  return ir_type_add_int (program, "usize", 8, FALSE, FALSE);
}

static IrSlotId
need_flag (Elaboration *self, guint32 path)
{
  if (self->flags[path] == NO_FLAG)
    {
      if (self->boolean == 0)
        self->boolean = find_boolean (self->program);
      self->flags[path]
          = ir_slot_add (self->builder.function, NULL, self->boolean, TEXT_NO_SPAN, TEXT_NO_SPAN);
    }
  return self->flags[path];
}

static void
set_flag (Elaboration *self, guint32 path, gboolean value)
{
  ir_build_move (&self->builder, ir_place_slot (self->builder.function, self->flags[path]),
                 ir_operand_const (self->boolean, value));
}

typedef struct
{
  Elaboration *self;
  gboolean wanted; /* which changes are of interest */
} FlagChange;

static void
change_flags (gpointer data, guint32 path, gboolean is_initialised)
{
  FlagChange *change = data;
  Elaboration *self = change->self;

  if (is_initialised != change->wanted)
    return;
  for (guint32 i = path; i < self->paths->paths->len; i++)
    if (self->flags[i] != NO_FLAG && ir_move_paths_is_below (self->paths, i, path))
      set_flag (self, i, is_initialised);
}

/* ---- drops ---- */

static void drop_path (Elaboration *self, guint32 path, IrPlace place);

/* Before the first of a path's parts is dropped its flag is cleared, and kept for the others to ask: should a drop throw, the clean-up finds
 * nothing to drop a second time. */
static void
keep_flag (Elaboration *self, guint32 path)
{
  IrPlace kept;

  if (self->is_asking || self->flags[path] == NO_FLAG)
    return;
  self->kept[path]
      = ir_slot_add (self->builder.function, NULL, self->boolean, TEXT_NO_SPAN, TEXT_NO_SPAN);
  kept = ir_place_slot (self->builder.function, self->kept[path]);
  ir_build_move (&self->builder, kept,
                 ir_operand_copy (ir_place_slot (self->builder.function, self->flags[path])));
  set_flag (self, path, FALSE);
}

static IrPlace
get_flag (Elaboration *self, guint32 path)
{
  return ir_place_slot (self->builder.function,
                        self->kept[path] != NO_FLAG ? self->kept[path] : self->flags[path]);
}

/* Before the glue runs the flags say that nothing is there any more: should it throw, the clean-up drops nothing twice. */
static void
drop_now (Elaboration *self, guint32 path, IrPlace place, gboolean is_whole)
{
  if (self->is_asking)
    return;
  for (guint32 i = path; i < self->paths->paths->len; i++)
    if (is_whole && self->flags[i] != NO_FLAG && ir_move_paths_is_below (self->paths, i, path))
      set_flag (self, i, FALSE);
  ir_build_drop (&self->builder, place);
}

/* Makes the drop of what a path itself stands for: certainly, never, or as its flag says. The place is the path's own (is_whole), or a field of
 * it that has no path. */
static void
drop_part (Elaboration *self, guint32 path, IrPlace place, gboolean is_whole)
{
  IrBlockId then, join;

  switch (self->states[path])
    {
    case IR_MAYBE_INITIALISED:
      drop_now (self, path, place, is_whole);
      return;
    case IR_MAYBE_INITIALISED | IR_MAYBE_NOT:
      need_flag (self, path);
      break;
    default:
      return;
    }
  if (self->is_asking)
    return;
  then = split_block (self);
  join = split_block (self);
  ir_build_branch (&self->builder, ir_operand_copy (get_flag (self, path)), then, join);
  self->builder.block = then;
  drop_now (self, path, place, is_whole);
  ir_build_jump (&self->builder, join);
  self->builder.block = join;
}

static guint32
find_child (Elaboration *self, guint32 parent, IrProjectionKind kind, guint32 field)
{
  for (guint32 i = parent + 1; i < self->paths->paths->len; i++)
    {
      const IrMovePath *path = &g_array_index (self->paths->paths, IrMovePath, i);

      if (path->parent == parent && path->kind == kind && path->field == field)
        return i;
    }
  return IR_NO_PATH;
}

static const IrType *
get_record (Elaboration *self, IrTypeId id)
{
  const IrType *type = ir_program_get_type (self->program, id);

  return type->kind == IR_TYPE_APPLY ? ir_program_get_type (self->program, type->element) : type;
}

/* A field or variant; of a type with arguments its type is the one that the template gives it, which instantiation puts right. */
static IrPlace
project_part (Elaboration *self, IrPlace place, IrProjectionKind kind, guint32 field)
{
  gboolean is_applied = ir_program_get_type (self->program, place.type)->kind == IR_TYPE_APPLY;
  IrTypeId type = g_array_index (get_record (self, place.type)->fields, IrField, field).type;

  if (kind == IR_PROJECT_FIELD)
    return is_applied ? ir_place_field_as (&self->builder, place, field, type)
                      : ir_place_field (&self->builder, place, field);
  return is_applied ? ir_place_variant_as (&self->builder, place, field, type)
                    : ir_place_variant (&self->builder, place, field);
}

static void
drop_fields (Elaboration *self, guint32 path, IrPlace place)
{
  guint n = get_record (self, place.type)->fields->len;

  keep_flag (self, path);
  for (guint i = 0; i < n; i++)
    {
      guint32 child = find_child (self, path, IR_PROJECT_FIELD, i);
      IrPlace field = project_part (self, place, IR_PROJECT_FIELD, i);

      if (child != IR_NO_PATH)
        drop_path (self, child, field);
      else
        drop_part (self, path, field, FALSE);
    }
  self->kept[path] = NO_FLAG;
}

static void
drop_variant (Elaboration *self, guint32 path, IrPlace place, guint32 variant, IrBlockId end)
{
  guint32 child = find_child (self, path, IR_PROJECT_VARIANT, variant);

  if (child == IR_NO_PATH)
    drop_part (self, path, place, TRUE);
  else
    drop_fields (self, child, project_part (self, place, IR_PROJECT_VARIANT, variant));
  if (!self->is_asking)
    ir_build_jump (&self->builder, end);
}

/* A variant that parts were moved out of: whether it is there, its tag tells. */
static void
drop_variants (Elaboration *self, guint32 path, IrPlace place)
{
  guint n = get_record (self, place.type)->fields->len;
  g_autofree IrSwitchCase *cases = g_new (IrSwitchCase, n + 1);
  IrBlockId begin = self->builder.block, end = 0;
  IrPlace number;

  if (self->states[path] == IR_MAYBE_NOT)
    return;
  if (self->is_asking)
    {
      for (guint i = 0; i < n; i++)
        drop_variant (self, path, place, i, end);
      return;
    }
  number = ir_place_register (self->builder.function,
                              ir_build_register (&self->builder, find_integer (self->program)));
  keep_flag (self, path);
  end = split_block (self);
  for (guint i = 0; i < n; i++)
    {
      self->builder.block = split_block (self);
      cases[i] = (IrSwitchCase){ i, self->builder.block };
      drop_variant (self, path, place, i, end);
    }
  self->builder.block = begin;
  ir_build_discriminant (&self->builder, number, place);
  ir_build_switch (&self->builder, ir_operand_move (number), cases, n, end);
  self->builder.block = end;
  self->kept[path] = NO_FLAG;
}

static gboolean
has_children (Elaboration *self, guint32 path)
{
  for (guint32 i = path + 1; i < self->paths->paths->len; i++)
    if (g_array_index (self->paths->paths, IrMovePath, i).parent == path)
      return TRUE;
  return FALSE;
}

static void
drop_path (Elaboration *self, guint32 path, IrPlace place)
{
  guint8 all = ir_move_paths_join (self->paths, self->states, path);
  const IrType *record = get_record (self, place.type);

  if (all == IR_MAYBE_NOT)
    return;
  if (all == IR_MAYBE_INITIALISED || !has_children (self, path))
    drop_part (self, path, place, TRUE);
  else if (record->kind == IR_TYPE_VARIANT)
    drop_variants (self, path, place);
  else
    drop_fields (self, path, place);
}

/* ---- instructions ---- */

static void
append (Elaboration *self, IrInstruction *instruction)
{
  g_ptr_array_add (
      ir_function_get_block (self->builder.function, self->builder.block)->instructions,
      instruction);
}

static void
elaborate_instruction (Elaboration *self, IrInstruction *instruction)
{
  FlagChange taken = { self, FALSE }, given = { self, TRUE };
  gboolean is_exact = FALSE;
  guint32 path = IR_NO_PATH;

  self->builder.span = instruction->span;
  if (instruction->opcode == IR_DROP)
    path = ir_move_paths_find (self->paths, &instruction->place, &is_exact);
  if (path != IR_NO_PATH && is_exact)
    drop_path (self, path, instruction->place);
  if (!self->is_asking)
    {
      ir_move_paths_visit (self->paths, instruction, change_flags, &taken);
      if (path == IR_NO_PATH || !is_exact)
        append (self, instruction);
      if (!ir_build_is_ended (&self->builder))
        ir_move_paths_visit (self->paths, instruction, change_flags, &given);
    }
  ir_move_paths_take (self->paths, instruction, self->states);
  ir_move_paths_give (self->paths, instruction, self->states);
}

static void
elaborate_block (Elaboration *self, IrBlockId id)
{
  IrBlock *block = ir_function_get_block (self->builder.function, id);
  g_autoptr (GPtrArray) instructions = g_ptr_array_ref (block->instructions);
  guint n = self->paths->paths->len;

  if (!self->paths->reached[id])
    return;
  memcpy (self->states, self->paths->entries + (gsize)id * n, n);
  self->builder.block = id;
  if (!self->is_asking)
    {
      g_ptr_array_unref (block->instructions);
      block->instructions = g_ptr_array_new ();
      /* Before anything else the flags say what is there from the beginning. */
      for (guint i = 0; i < n && id == 0; i++)
        if (self->flags[i] != NO_FLAG)
          set_flag (self, i, self->states[i] == IR_MAYBE_INITIALISED);
    }
  for (guint i = 0; i < instructions->len; i++)
    elaborate_instruction (self, g_ptr_array_index (instructions, i));
}

static void
retarget (IrInstruction *last, IrBlockId from, IrBlockId to)
{
  IrForm form = ir_opcode_infos[last->opcode].form;

  if ((form == IR_FORM_JUMP || form == IR_FORM_BRANCH) && last->target == from)
    last->target = to;
  if ((form == IR_FORM_BRANCH || form == IR_FORM_SWITCH) && last->otherwise == from)
    last->otherwise = to;
  for (guint i = 0; i < last->n_cases; i++)
    if (last->cases[i].block == from)
      last->cases[i].block = to;
}

/* Flags are set where the function begins, so nothing may jump back to there: the first block becomes one of its own. */
static void
detach_entry (IrProgram *program, IrFunction *function)
{
  IrBuilder builder = { program, function };
  IrBlockId copy = ir_build_block (&builder);
  IrBlock *entry = ir_function_get_block (function, 0),
          *block = ir_function_get_block (function, copy);
  GPtrArray *instructions = block->instructions;

  block->instructions = entry->instructions;
  block->unwind = entry->unwind;
  block->is_cleanup = entry->is_cleanup;
  entry->instructions = instructions;
  ir_build_jump (&builder, copy);
  for (guint i = 1; i < function->blocks->len; i++)
    {
      GPtrArray *list = ir_function_get_block (function, i)->instructions;

      retarget (g_ptr_array_index (list, list->len - 1), 0, copy);
      if (ir_function_get_block (function, i)->unwind == 0)
        ir_function_get_block (function, i)->unwind = copy;
    }
}

static gboolean
has_owned_slots (const IrFunction *function)
{
  for (guint i = 0; i < function->slots->len; i++)
    if (ir_function_get_slot (function, i)->is_owned)
      return TRUE;
  return FALSE;
}

/* First all flags are found, then they are set from the beginning on. */
static void
elaborate_function (IrProgram *program, IrFunction *function)
{
  g_autoptr (IrMovePaths) paths = ir_move_paths_new (function);
  guint n = paths->paths->len, n_blocks = function->blocks->len;
  g_autofree guint8 *states = g_new0 (guint8, n + 1);
  g_autofree IrSlotId *flags = g_new (IrSlotId, n + 1);
  g_autofree IrSlotId *kept = g_new (IrSlotId, n + 1);
  Elaboration self = { program, paths, { program, function }, states, kept, flags };

  if (n == 0)
    return;
  for (guint i = 0; i < n; i++)
    flags[i] = kept[i] = NO_FLAG;
  for (self.is_asking = TRUE;; self.is_asking = FALSE)
    {
      for (guint i = 0; i < n_blocks; i++)
        elaborate_block (&self, i);
      if (!self.is_asking)
        break;
    }
  for (guint i = 0; i < function->slots->len; i++)
    ir_function_get_slot (function, i)->is_owned = FALSE;
}

/* Decides all drops of owned slots in a verified generic program. */
void
ir_elaborate_drops (IrProgram *program)
{
  for (guint i = 0; i < program->functions->len; i++)
    {
      IrFunction *function = ir_program_get_function (program, i);

      if (!function->is_defined || !has_owned_slots (function))
        continue;
      detach_entry (program, function);
      elaborate_function (program, function);
    }
}
