/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Move paths and the dataflow over them: see ir-move-path.h. Forward; where ways meet what may be on one of them may be. */

#include "ir-move-path.h"

#include "ir-build.h"

#include <string.h>

/* ---- paths ---- */

static const IrMovePath *
get_path (const IrMovePaths *self, guint32 id)
{
  return &g_array_index (self->paths, IrMovePath, id);
}

static gboolean
is_followed (const IrProjection *projection)
{
  return projection->kind == IR_PROJECT_FIELD || projection->kind == IR_PROJECT_VARIANT;
}

static guint32
find_child (const IrMovePaths *self, guint32 parent, const IrProjection *projection)
{
  for (guint i = parent + 1; i < self->paths->len; i++)
    {
      const IrMovePath *path = get_path (self, i);

      if (path->parent == parent && path->kind == projection->kind
          && path->field == projection->field)
        return i;
    }
  return IR_NO_PATH;
}

/* The deepest path that the place begins with, or IR_NO_PATH; *is_exact: it is the whole place. */
guint32
ir_move_paths_find (const IrMovePaths *self, const IrPlace *place, gboolean *is_exact)
{
  guint32 at;
  guint i = 0;

  *is_exact = FALSE;
  if (place->base != IR_PLACE_SLOT || place->id >= self->function->slots->len)
    return IR_NO_PATH;
  at = self->roots[place->id];
  if (at == IR_NO_PATH)
    return IR_NO_PATH;
  for (; i < place->n_projections && is_followed (&place->projections[i]); i++)
    {
      guint32 child = find_child (self, at, &place->projections[i]);

      if (child == IR_NO_PATH)
        return at;
      at = child;
    }
  *is_exact = i == place->n_projections;
  return at;
}

/* Only a whole path of fields can be moved out of a slot. */
static void
add_moved (IrMovePaths *self, const IrPlace *place)
{
  guint32 at;

  if (place->base != IR_PLACE_SLOT || self->roots[place->id] == IR_NO_PATH)
    return;
  for (guint i = 0; i < place->n_projections; i++)
    if (!is_followed (&place->projections[i]))
      return;
  at = self->roots[place->id];
  for (guint i = 0; i < place->n_projections; i++)
    {
      const IrProjection *projection = &place->projections[i];
      IrMovePath path = { place->id, at, projection->kind, projection->field, projection->type };
      guint32 child = find_child (self, at, projection);

      if (child == IR_NO_PATH)
        {
          g_array_append_val (self->paths, path);
          child = self->paths->len - 1;
        }
      at = child;
    }
}

static void
add_paths (IrMovePaths *self)
{
  const IrFunction *function = self->function;

  for (guint i = 0; i < function->slots->len; i++)
    {
      IrMovePath path = { i, IR_NO_PATH, 0, 0, ir_function_get_slot (function, i)->type };

      self->roots[i] = IR_NO_PATH;
      if (!ir_function_get_slot (function, i)->is_owned)
        continue;
      self->roots[i] = self->paths->len;
      g_array_append_val (self->paths, path);
    }
  for (guint i = 0; i < function->blocks->len && self->paths->len > 0; i++)
    {
      GPtrArray *instructions = ir_function_get_block (function, i)->instructions;

      for (guint j = 0; j < instructions->len; j++)
        {
          const IrInstruction *instruction = g_ptr_array_index (instructions, j);

          for (guint k = 0; k < instruction->n_operands; k++)
            if (instruction->operands[k].kind == IR_OPERAND_MOVE)
              add_moved (self, &instruction->operands[k].place);
        }
    }
}

/* Whether a path is another one or a part of it. */
gboolean
ir_move_paths_is_below (const IrMovePaths *self, guint32 path, guint32 above)
{
  while (path != IR_NO_PATH && path > above)
    path = get_path (self, path)->parent;
  return path == above;
}

/* What may be of a path and all its parts. */
guint8
ir_move_paths_join (const IrMovePaths *self, const guint8 *states, guint32 path)
{
  guint8 state = 0;

  for (guint32 i = path; i < self->paths->len; i++)
    if (ir_move_paths_is_below (self, i, path))
      state |= states[i];
  return state;
}

/* ---- what instructions do ---- */

static void
visit_slot (const IrMovePaths *self, IrSlotId slot, gboolean is_initialised, IrMovePathVisit visit,
            gpointer data)
{
  if (slot < self->function->slots->len && self->roots[slot] != IR_NO_PATH)
    visit (data, self->roots[slot], is_initialised);
}

static void
visit_place (const IrMovePaths *self, const IrPlace *place, gboolean is_initialised,
             IrMovePathVisit visit, gpointer data)
{
  gboolean is_exact;
  guint32 path = ir_move_paths_find (self, place, &is_exact);

  if (path != IR_NO_PATH && is_exact)
    visit (data, path, is_initialised);
}

/* Visits the paths that an instruction takes the value of, then those that it gives one; with a path all its parts are meant. */
void
ir_move_paths_visit (const IrMovePaths *self, const IrInstruction *instruction,
                     IrMovePathVisit visit, gpointer data)
{
  for (guint i = 0; i < instruction->n_operands; i++)
    if (instruction->operands[i].kind == IR_OPERAND_MOVE)
      visit_place (self, &instruction->operands[i].place, FALSE, visit, data);
  if (ir_opcode_infos[instruction->opcode].form == IR_FORM_SLOT)
    visit_slot (self, instruction->id, FALSE, visit, data);
  if (instruction->opcode == IR_DROP)
    visit_place (self, &instruction->place, FALSE, visit, data);
  if (instruction->opcode == IR_SET_DISCRIMINANT)
    visit_place (self, &instruction->place, TRUE, visit, data);
  if (instruction->dest.base != IR_PLACE_NONE)
    visit_place (self, &instruction->dest, TRUE, visit, data);
}

typedef struct
{
  const IrMovePaths *paths;
  guint8 *states;
  gboolean wanted; /* which changes are of interest */
} Application;

static void
apply_path (gpointer data, guint32 path, gboolean is_initialised)
{
  Application *self = data;

  if (is_initialised != self->wanted)
    return;
  for (guint32 i = path; i < self->paths->paths->len; i++)
    if (ir_move_paths_is_below (self->paths, i, path))
      self->states[i] = is_initialised ? IR_MAYBE_INITIALISED : IR_MAYBE_NOT;
}

/* From the states before an instruction to those while it runs, which an exception in it finds. */
void
ir_move_paths_take (const IrMovePaths *self, const IrInstruction *instruction, guint8 *states)
{
  Application application = { self, states, FALSE };

  ir_move_paths_visit (self, instruction, apply_path, &application);
}

/* From there to those behind it. */
void
ir_move_paths_give (const IrMovePaths *self, const IrInstruction *instruction, guint8 *states)
{
  Application application = { self, states, TRUE };

  ir_move_paths_visit (self, instruction, apply_path, &application);
}

/* ---- dataflow ---- */

typedef struct
{
  IrMovePaths *paths;
  guint8 *states;
  GArray *waiting; /* of IrBlockId */
} Flow;

static void
flow_into (Flow *flow, IrBlockId block)
{
  guint n = flow->paths->paths->len;
  guint8 *entry = flow->paths->entries + (gsize)block * n;
  gboolean is_changed = !flow->paths->reached[block];

  for (guint i = 0; i < n; i++)
    {
      is_changed |= (flow->states[i] & ~entry[i]) != 0;
      entry[i] |= flow->states[i];
    }
  flow->paths->reached[block] = TRUE;
  if (is_changed)
    g_array_append_val (flow->waiting, block);
}

static void
flow_on (Flow *flow, const IrInstruction *last)
{
  switch (ir_opcode_infos[last->opcode].form)
    {
    case IR_FORM_JUMP:
      flow_into (flow, last->target);
      break;
    case IR_FORM_BRANCH:
      flow_into (flow, last->target);
      flow_into (flow, last->otherwise);
      break;
    case IR_FORM_SWITCH:
      for (guint i = 0; i < last->n_cases; i++)
        flow_into (flow, last->cases[i].block);
      flow_into (flow, last->otherwise);
      break;
    default:
      break;
    }
}

/* Whether an exception can come out of an instruction. A fault ends the program, that is another matter. */
static gboolean
can_throw (const IrInstruction *instruction)
{
  switch (ir_opcode_infos[instruction->opcode].form)
    {
    case IR_FORM_DROP:
    case IR_FORM_CALL:
    case IR_FORM_CALLP:
    case IR_FORM_METHOD:
    case IR_FORM_TRAIT:
    case IR_FORM_LEAF:
    case IR_FORM_ALLOCATE:
    case IR_FORM_FRAME:
    case IR_FORM_RESUME:
    case IR_FORM_YIELD:
    case IR_FORM_ENSURE:
    case IR_FORM_THROW:
      return TRUE;
    default:
      return instruction->opcode == IR_RETHROW || instruction->opcode == IR_COLLECT;
    }
}

static void
walk_block (Flow *flow, IrBlockId id)
{
  const IrBlock *block = ir_function_get_block (flow->paths->function, id);
  GPtrArray *instructions = block->instructions;
  guint n = flow->paths->paths->len;

  memcpy (flow->states, flow->paths->entries + (gsize)id * n, n);
  for (guint i = 0; i < instructions->len; i++)
    {
      const IrInstruction *instruction = g_ptr_array_index (instructions, i);

      ir_move_paths_take (flow->paths, instruction, flow->states);
      if (block->unwind != IR_NO_BLOCK && can_throw (instruction))
        flow_into (flow, block->unwind);
      ir_move_paths_give (flow->paths, instruction, flow->states);
    }
  flow_on (flow, g_ptr_array_index (instructions, instructions->len - 1));
}

static void
run_flow (IrMovePaths *self)
{
  guint n = self->paths->len;
  g_autofree guint8 *states = g_new0 (guint8, n + 1);
  g_autoptr (GArray) waiting = g_array_new (FALSE, FALSE, sizeof (IrBlockId));
  Flow flow = { self, states, waiting };

  for (guint i = 0; i < n; i++)
    states[i] = ir_function_get_slot (self->function, get_path (self, i)->slot)->is_parameter
                    ? IR_MAYBE_INITIALISED
                    : IR_MAYBE_NOT;
  flow_into (&flow, 0);
  while (waiting->len > 0)
    {
      IrBlockId id = g_array_index (waiting, IrBlockId, waiting->len - 1);

      g_array_set_size (waiting, waiting->len - 1);
      walk_block (&flow, id);
    }
}

/* Of a verified function. (transfer full) */
IrMovePaths *
ir_move_paths_new (const IrFunction *function)
{
  IrMovePaths *self = g_new0 (IrMovePaths, 1);

  self->function = function;
  self->paths = g_array_new (FALSE, FALSE, sizeof (IrMovePath));
  self->roots = g_new (guint32, function->slots->len + 1);
  add_paths (self);
  self->entries = g_new0 (guint8, (gsize)function->blocks->len * self->paths->len + 1);
  self->reached = g_new0 (gboolean, function->blocks->len + 1);
  if (self->paths->len > 0)
    run_flow (self);
  return self;
}

void
ir_move_paths_free (IrMovePaths *self)
{
  g_array_unref (self->paths);
  g_free (self->roots);
  g_free (self->entries);
  g_free (self->reached);
  g_free (self);
}
