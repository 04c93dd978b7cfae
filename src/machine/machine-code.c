/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The code array of a whole program: where frames, globals and constants lie, and all functions one behind the other. */

#include "machine-flatten.h"

/* Bytes for registers beside what goes with the stack, so that a tiny stack is full before they are. */
#define LEAST_REGISTERS (1u << 20)

/* ---- layout of frames and globals ---- */

static guint64
round_up (guint64 value, guint64 step)
{
  return (value + step - 1) / step * step;
}

/* Slots that hold references, in the order of their declaration. */
static void
list_managed_slots (const IrProgram *program, MachineFunction *function)
{
  const IrFunction *ir = function->ir;

  function->managed_slots = g_new (guint32, ir->slots->len + 1);
  for (guint i = 0; i < ir->slots->len; i++)
    if (ir_program_get_type (program, ir_function_get_slot (ir, i)->type)->is_managed)
      function->managed_slots[function->n_managed_slots++] = function->slots[i].offset;
}

/* Locals lie in the order of their declaration at falling addresses, below the 16 bytes of the return record. */
static void
lay_out_frame (const IrProgram *program, MachineFunction *function)
{
  const IrFunction *ir = function->ir;
  const IrType *type = ir_program_get_type (program, ir->type);
  guint64 depth = 16;
  guint64 parameters_end = 16;

  function->slots = g_new0 (MachineSlot, ir->slots->len + 1);
  function->n_parameters = type->fields->len;
  function->result = ir_program_get_scalar (program, type->element);
  function->result_size = ir_program_get_type (program, type->element)->size;
  for (guint i = 0; i < ir->slots->len; i++)
    {
      const IrSlot *slot = ir_function_get_slot (ir, i);
      const IrType *of = ir_program_get_type (program, slot->type);
      MachineSlot *at = &function->slots[i];

      depth = round_up (depth + of->size, MAX (of->align, 1));
      at->offset = depth;
      at->size = of->size;
      at->ordinal = slot->is_address_taken ? function->n_taken++ : MACHINE_NOT_TAKEN;
      if (i + 1 == function->n_parameters)
        parameters_end = depth;
    }
  function->frame_bytes = round_up (depth, 16);
  function->cleared_bytes = function->frame_bytes - parameters_end;
  for (guint i = 0; i < ir->slots->len; i++)
    function->slots[i].offset = function->frame_bytes - function->slots[i].offset;
  list_managed_slots (program, function);
}

static void
lay_out_functions (MachineCode *code)
{
  for (guint i = 0; i < code->program->functions->len; i++)
    {
      MachineFunction function = { ir_program_get_function (code->program, i) };

      if (function.ir->is_defined)
        lay_out_frame (code->program, &function);
      code->margin = MAX (code->margin, function.frame_bytes - function.cleared_bytes);
      g_array_append_val (code->functions, function);
    }
}

/* Addresses of globals: constants and text in one region, variables in the other, each in the order of the program. */
static void
lay_out_globals (MachineCode *code, guint64 heap_bytes, guint64 stack_bytes)
{
  const IrProgram *program = code->program;
  MemRange regions[MEM_N_REGIONS], hidden;
  guint64 ends[2] = { 0, 0 };

  code->sizes = (MemSizes){ code->ops->len, 0, 0, heap_bytes, stack_bytes, 0 };
  for (int pass = 0; pass < 2; pass++)
    {
      if (pass == 1)
        mem_space_get_map (&code->sizes, regions, &hidden);
      ends[0] = ends[1] = 0;
      for (guint i = 0; i < program->globals->len; i++)
        {
          const IrGlobal *global = ir_program_get_global (program, i);
          const IrType *type = ir_program_get_type (program, global->type);
          gboolean is_data = global->kind == IR_GLOBAL_VARIABLE;
          guint64 at = round_up (ends[is_data], MAX (type->align, 1));

          ends[is_data] = at + MAX (type->size, 1);
          if (pass == 1)
            code->global_addresses[i]
                = at + regions[is_data ? MEM_REGION_DATA : MEM_REGION_CONSTANTS].begin;
        }
      code->sizes.constants = ends[0];
      code->sizes.data = ends[1];
    }
}

/* Constants get their addresses, functions theirs, and pages with directly written globals are listed. */
static void
resolve_cell (MachineCode *code, guint32 *cell, guint64 hidden)
{
  /* Not a cell of the stack, whose offset is negative. */
  if ((*cell & 3) == 3 && (gint32)*cell >= 0)
    *cell = machine_cell (MACHINE_CELL_ABSOLUTE, hidden + (*cell >> 2) * 8);
}

/* Which of a, b, c are cells. */
static guint
get_cell_fields (MachineOpcode op)
{
  if (op >= MACHINE_OP_BR_EQ_I32 && op <= MACHINE_OP_BR_LE_F64_STOP)
    {
      guint in_row = (op - MACHINE_OP_EQ_I32) % (MACHINE_OP_EQ_U32 - MACHINE_OP_EQ_I32);

      return in_row >= MACHINE_OP_BR_EQ_I32 - MACHINE_OP_EQ_I32 ? 3 : 7;
    }
  switch (op & ~1u)
    {
    case MACHINE_OP_LOAD_1:
    case MACHINE_OP_LOAD_2:
    case MACHINE_OP_LOAD_4:
    case MACHINE_OP_LOAD_8:
    case MACHINE_OP_LOAD_P:
    case MACHINE_OP_STORE_1:
    case MACHINE_OP_STORE_2:
    case MACHINE_OP_STORE_4:
    case MACHINE_OP_STORE_8:
    case MACHINE_OP_STORE_P:
    case MACHINE_OP_COPY:
    case MACHINE_OP_LOAD_BLOCK:
    case MACHINE_OP_STORE_BLOCK:
    case MACHINE_OP_MOVE_BLOCK:
    case MACHINE_OP_OFFSET:
    case MACHINE_OP_CALL_POINTER:
    case MACHINE_OP_ALLOCATE:
    case MACHINE_OP_FRAME_STATE:
    case MACHINE_OP_YIELD:
    case MACHINE_OP_DISCRIMINATE:
    case MACHINE_OP_FIND_METHOD:
      return 3;
    case MACHINE_OP_BOUND:
      return 6;
    case MACHINE_OP_LIVE:
    case MACHINE_OP_CALL:
    case MACHINE_OP_LEAF:
    case MACHINE_OP_LEAF_ELSE:
    case MACHINE_OP_TAKE_FRAME:
    case MACHINE_OP_COLLECT:
    case MACHINE_OP_KEEP_FRAME:
      return 1;
    case MACHINE_OP_JUMP:
    case MACHINE_OP_RETURN:
    case MACHINE_OP_NOP:
    case MACHINE_OP_DEAD:
    case MACHINE_OP_UNREACHABLE:
      return 0;
    case MACHINE_OP_BRZ_8:
    case MACHINE_OP_BRZ_16:
    case MACHINE_OP_BRZ_32:
    case MACHINE_OP_BRZ_64:
    case MACHINE_OP_BRNZ_8:
    case MACHINE_OP_BRNZ_16:
    case MACHINE_OP_BRNZ_32:
    case MACHINE_OP_BRNZ_64:
    case MACHINE_OP_SWITCH:
    case MACHINE_OP_DROP:
    case MACHINE_OP_BORROW:
    case MACHINE_OP_RETURN_1:
    case MACHINE_OP_RETURN_2:
    case MACHINE_OP_RETURN_4:
    case MACHINE_OP_RETURN_8:
    case MACHINE_OP_RETURN_P:
    case MACHINE_OP_RETURN_BLOCK:
    case MACHINE_OP_RETAIN:
    case MACHINE_OP_LET_GO:
    case MACHINE_OP_EMPTY:
    case MACHINE_OP_CLEAR:
    case MACHINE_OP_RELEASE:
    case MACHINE_OP_THROW:
    case MACHINE_OP_RETHROW:
    case MACHINE_OP_ENSURE:
      return 2;
    default:
      return 7;
    }
}

/* Words with arguments behind an instruction. */
static guint
count_arguments (const MachineOp *op)
{
  switch (op->op & ~1u)
    {
    case MACHINE_OP_LEAF:
    case MACHINE_OP_LEAF_ELSE:
    case MACHINE_OP_TAKE_FRAME:
      return op->n;
    case MACHINE_OP_CALL_POINTER:
      return op->c;
    default:
      return 0;
    }
}

static void
resolve_constants (MachineCode *code)
{
  MemRange regions[MEM_N_REGIONS], hidden;

  mem_space_get_map (&code->sizes, regions, &hidden);
  for (guint i = 0; i < code->ops->len; i++)
    {
      MachineOp *op = &g_array_index (code->ops, MachineOp, i);
      guint fields = get_cell_fields (op->op);

      if (!machine_code_get_info (code, i)->is_extension)
        {
          if (fields & 1)
            resolve_cell (code, &op->a, hidden.begin);
          if (fields & 2)
            resolve_cell (code, &op->b, hidden.begin);
          if (fields & 4)
            resolve_cell (code, &op->c, hidden.begin);
          continue;
        }
    }
  for (guint i = 0; i < code->ops->len; i++)
    {
      guint n = machine_code_get_info (code, i)->is_extension
                    ? 0
                    : count_arguments (machine_code_get_op (code, i));

      for (guint j = 1; j <= n; j++)
        resolve_cell (code,
                      &((MachineArgument *)&g_array_index (code->ops, MachineOp, i + j))->cell,
                      hidden.begin);
    }
}

static void
resolve_functions (MachineCode *code)
{
  for (guint i = 0; i < code->functions->len; i++)
    {
      MachineFunction *function = &g_array_index (code->functions, MachineFunction, i);

      function->address = 0x400 + function->entry;
      code->register_margin = MAX (code->register_margin, function->register_bytes + 64);
    }
  for (guint i = 0; i < code->constants->len; i++)
    {
      MachineConstant *constant = &g_array_index (code->constants, MachineConstant, i);

      if (constant->block >= machine_function_block (code, 0))
        constant->bits
            = machine_code_get_function (code, constant->block - machine_function_block (code, 0))
                  ->address;
    }
}

/* Globals that are written as cells: their pages count as written in every interval. */
static void
list_direct_pages (MachineCode *code)
{
  guint32 last = G_MAXUINT32;

  for (guint i = 0; i < code->program->globals->len; i++)
    {
      const IrGlobal *global = ir_program_get_global (code->program, i);
      const IrType *type = ir_program_get_type (code->program, global->type);
      guint32 first = code->global_addresses[i] >> MEM_PAGE_SHIFT;
      guint32 end = (code->global_addresses[i] + type->size) >> MEM_PAGE_SHIFT;

      if (global->kind != IR_GLOBAL_VARIABLE)
        continue;
      for (guint32 page = first; page <= end; page++)
        {
          if (page != last)
            g_array_append_val (code->direct_pages, page);
          last = page;
        }
    }
}

/* ---- the whole program ---- */

static void
switch_free (gpointer data)
{
  MachineSwitch *table = data;

  g_free (table->cases);
  g_free (table);
}

static MachineCode *
code_alloc (IrProgram *program)
{
  MachineCode *code = g_new0 (MachineCode, 1);

  g_atomic_ref_count_init (&code->reference_count);
  code->program = ir_program_ref (program);
  code->ops = g_array_new (FALSE, TRUE, sizeof (MachineOp));
  code->infos = g_array_new (FALSE, TRUE, sizeof (MachineOpInfo));
  code->functions = g_array_new (FALSE, TRUE, sizeof (MachineFunction));
  code->switches = g_ptr_array_new_with_free_func (switch_free);
  code->constants = g_array_new (FALSE, TRUE, sizeof (MachineConstant));
  code->global_addresses = g_new0 (guint32, program->globals->len + 1);
  code->root_words = g_array_new (FALSE, FALSE, sizeof (guint32));
  code->shapes = g_array_new (FALSE, FALSE, sizeof (MemShape));
  g_array_set_clear_func (code->shapes, mem_shape_clear);
  code->direct_pages = g_array_new (FALSE, FALSE, sizeof (guint32));
  return code;
}

/* Flattens a verified program for a heap and a stack of these sizes. (transfer full) */
MachineCode *
machine_code_new (IrProgram *program, guint64 heap_bytes, guint64 stack_bytes)
{
  MachineCode *code = code_alloc (program);
  MachineFlattener self = { code, program };

  self.constants = machine_constants_new ();
  self.patches = g_array_new (FALSE, FALSE, sizeof (guint32));
  lay_out_functions (code);
  /* Where globals lie depends on the length of the code only beyond 3 KiB of it; so an upper bound is laid out first. */
  lay_out_globals (code, heap_bytes, stack_bytes);
  for (int pass = 0; pass < 2; pass++)
    {
      g_array_set_size (code->ops, 0);
      g_array_set_size (code->infos, 0);
      g_array_set_size (code->constants, 0);
      g_ptr_array_set_size (code->switches, 0);
      g_hash_table_remove_all (self.constants);
      for (guint i = 0; i < program->functions->len; i++)
        {
          self.ir = ir_program_get_function (program, i);
          self.function = &g_array_index (code->functions, MachineFunction, i);
          self.function_id = i;
          if (self.ir->is_defined)
            machine_flatten_function (&self);
        }
      lay_out_globals (code, heap_bytes, stack_bytes);
      /* Short programs stay where they were laid out first; only a long one moves and is flattened again. */
      if (code->ops->len <= 0xc00)
        break;
    }
  resolve_functions (code);
  code->sizes.hidden
      = round_up ((guint64)code->constants->len * 8, 4096) + stack_bytes * 4 + LEAST_REGISTERS;
  resolve_constants (code);
  list_direct_pages (code);
  machine_make_shapes (code);
  g_hash_table_unref (self.constants);
  g_array_unref (self.patches);
  return code;
}

MachineCode *
machine_code_ref (MachineCode *code)
{
  g_atomic_ref_count_inc (&code->reference_count);
  return code;
}

void
machine_code_unref (MachineCode *code)
{
  if (!g_atomic_ref_count_dec (&code->reference_count))
    return;
  for (guint i = 0; i < code->functions->len; i++)
    {
      MachineFunction *function = &g_array_index (code->functions, MachineFunction, i);

      g_free (function->slots);
      g_free (function->managed_slots);
      g_clear_pointer (&function->unwinds, g_array_unref);
    }
  g_array_unref (code->ops);
  g_array_unref (code->infos);
  g_array_unref (code->functions);
  g_ptr_array_unref (code->switches);
  g_array_unref (code->constants);
  g_free (code->global_addresses);
  g_free (code->type_shapes);
  g_array_unref (code->shapes);
  g_array_unref (code->root_words);
  g_array_unref (code->direct_pages);
  ir_program_unref (code->program);
  g_free (code);
}
