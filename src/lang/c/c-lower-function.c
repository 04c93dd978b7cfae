/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Functions: the program's own, and the library's, which are leaves of the host. */

#include "c-lower.h"

#include "ir/ir-leaf.h"

#include <string.h>

/* Functions that do what another one does, on a machine where long long is long. */
static const struct
{
  const char *name;
  const char *leaf;
} same_functions[] = {
  { "putc", "c.fputc" },     { "llabs", "c.labs" },       { "atoll", "c.atol" },
  { "strtoll", "c.strtol" }, { "strtoull", "c.strtoul" }, { "__assert_fail", "c.assert_fail" },
};

/* The leaf that a call of the symbol is; IR_N_LEAVES for none. What the program defines itself is never one. */
IrLeafId
c_lower_find_leaf (const CSymbol *symbol)
{
  g_autofree char *name = NULL;

  if (symbol->is_defined || symbol->is_static)
    return IR_N_LEAVES;
  for (guint i = 0; i < G_N_ELEMENTS (same_functions); i++)
    if (strcmp (same_functions[i].name, symbol->name->text) == 0)
      return ir_leaf_find (same_functions[i].leaf);
  name = g_strconcat ("c.", symbol->name->text, NULL);
  return ir_leaf_find (name);
}

/* Whether there is something to call; reports where there is not. */
gboolean
c_lower_check_callable (CLower *lower, const CSymbol *symbol, TextSpan span)
{
  IrLeafId leaf;

  if (symbol->is_defined)
    return TRUE;
  leaf = c_lower_find_leaf (symbol);
  if (leaf != IR_N_LEAVES)
    return TRUE;
  if (symbol->is_library)
    c_report (lower->context, span, TEXT_CODE_UNSUPPORTED,
              text_message_new (TEXT_C_UNSUPPORTED_CALL, "s", symbol->name->text));
  else
    c_report (lower->context, span, "undefined",
              text_message_new (TEXT_C_UNDEFINED, "s", symbol->name->text));
  return FALSE;
}

/* ---- wrappers: a library function as a function of the program, for those that take its address ---- */

static void
build_wrapper (CLower *lower, IrFunction *function, const CType *type, IrLeafId leaf)
{
  IrBuilder builder = { lower->program, function, 0, TEXT_NO_SPAN };
  g_autoptr (GArray) operands = g_array_new (FALSE, FALSE, sizeof (IrOperand));
  IrTypeId result = c_lower_type (lower, type->element);
  IrPlace dest = ir_place_none ();

  builder.block = ir_build_block (&builder);
  for (guint i = 0; i < type->n_parameters; i++)
    {
      IrSlotId slot = ir_slot_add (function, NULL, c_lower_type (lower, type->parameters[i].type),
                                   TEXT_NO_SPAN, TEXT_NO_SPAN);
      IrOperand operand = ir_operand_copy (ir_place_slot (function, slot));

      ir_function_get_slot (function, slot)->is_parameter = TRUE;
      g_array_append_val (operands, operand);
    }
  if (type->element->kind != C_TYPE_VOID)
    dest = ir_place_register (function, ir_build_register (&builder, result));
  ir_build_leaf (&builder, dest, leaf, 0, (const IrOperand *)operands->data, operands->len);
  if (type->element->kind != C_TYPE_VOID)
    ir_build_return (&builder, ir_operand_move (dest));
  else
    ir_build_return_void (&builder);
}

static IrFunctionId
add_wrapper (CLower *lower, CSymbol *symbol)
{
  IrLeafId leaf = c_lower_find_leaf (symbol);
  IrFunctionId id = ir_function_add (lower->program, symbol->name->text,
                                     c_lower_type (lower, symbol->type), symbol->span);
  IrFunction *function = ir_program_get_function (lower->program, id);

  function->is_library = TRUE;
  if (strchr (ir_leaf_infos[leaf].operands, '.') != NULL)
    {
      g_autofree char *construct
          = g_strdup_printf ("a pointer to the function `%s`", symbol->name->text);

      c_report_unsupported (lower->context, lower->builder.span, construct);
      return id;
    }
  function->is_defined = TRUE;
  build_wrapper (lower, function, symbol->type, leaf);
  return id;
}

/* The IR's function of a symbol that passed c_lower_check_callable. */
IrFunctionId
c_lower_function_id (CLower *lower, CSymbol *symbol)
{
  if (!symbol->is_lowered)
    {
      symbol->is_lowered = TRUE;
      symbol->ir = symbol->is_defined ? symbol->definition->ir : add_wrapper (lower, symbol);
    }
  return symbol->ir;
}

/* ---- functions of the program ---- */

static void
add_function (CLower *lower, CFunction *function)
{
  CSymbol *symbol = function->symbol;
  IrFunction *ir;

  function->ir = ir_function_add (lower->program, symbol->name->text,
                                  c_lower_type (lower, function->type), symbol->span);
  ir = ir_program_get_function (lower->program, function->ir);
  ir->body = function->body_span;
  ir->is_library = symbol->is_library;
  ir->is_defined = TRUE;
}

static void
add_slots (CLower *lower, CFunction *function, IrFunction *ir)
{
  for (guint i = 0; i < function->locals->len; i++)
    {
      CSymbol *symbol = g_ptr_array_index (function->locals, i);
      IrSlot *slot;

      if (symbol->is_hidden)
        symbol->ir = ir_slot_add (ir, NULL, c_lower_type (lower, symbol->type), TEXT_NO_SPAN,
                                  TEXT_NO_SPAN);
      else
        symbol->ir = ir_slot_add (ir, symbol->name != NULL ? symbol->name->text : NULL,
                                  c_lower_type (lower, symbol->type), symbol->span, symbol->scope);
      symbol->is_lowered = TRUE;
      slot = ir_function_get_slot (ir, symbol->ir);
      slot->is_parameter = symbol->is_parameter;
      slot->is_address_taken = symbol->is_address_taken || symbol->type->kind == C_TYPE_ARRAY
                               || c_lower_needs_memset (symbol);
    }
}

/* Falling off the end: main gives 0 (C11 5.1.2.2.3), others no value, which is a fault if it is then used. */
static void
lower_end (CLower *lower, const CFunction *function)
{
  const CType *result = function->type->element;
  gboolean is_main = function->symbol == lower->unit->main;

  if (c_lower_is_ended (lower))
    return;
  c_lower_stop (lower, IR_STOP_EXIT, function->end_span);
  c_lower_span (lower, function->end_span);
  if (is_main && c_type_is_integer (result))
    ir_build_return (&lower->builder, ir_operand_const (c_lower_type (lower, (CType *)result), 0));
  else
    ir_build_return_void (&lower->builder);
}

static void
lower_function (CLower *lower, CFunction *function)
{
  IrFunction *ir = ir_program_get_function (lower->program, function->ir);

  lower->function = function;
  lower->builder.function = ir;
  lower->builder.block = ir_build_block (&lower->builder);
  lower->builder.span = function->symbol->span;
  lower->has_stops = !ir->is_library;
  lower->header_line = 0;
  g_array_set_size (lower->live, 0);
  g_array_set_size (lower->scratches, 0);
  add_slots (lower, function, ir);
  c_lower_stop (lower, IR_STOP_ENTER, function->symbol->span);
  c_lower_statement (lower, function->body);
  lower_end (lower, function);
}

void
c_lower_functions (CLower *lower)
{
  GPtrArray *functions = lower->unit->functions;

  for (guint i = 0; i < functions->len; i++)
    lower_function (lower, g_ptr_array_index (functions, i));
  if (lower->unit->main != NULL)
    lower->program->entry = lower->unit->main->definition->ir;
}

/* Before anything names a function, each has its number. */
void
c_lower_declare_functions (CLower *lower)
{
  for (guint i = 0; i < lower->unit->functions->len; i++)
    add_function (lower, g_ptr_array_index (lower->unit->functions, i));
}
