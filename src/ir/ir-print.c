/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The IR as text. What is printed is what ir-read.c reads:
 *
 *     language "c"
 *     type t1 int size 4 align 4 signed "int"
 *     type t2 struct size 16 align 8 "struct node" { "value" t1 0, "next" t3 8 }
 *     global g0 variable t1 "made" @12+4 = 05000000
 *     function f0 t4 "main" @20+4 body @30+80 defined
 *     entry f0
 *     body f0 {
 *       slot s0 t1 "x" @40+1 scope @41+60 taken
 *       register r0 t1
 *     b0:
 *       stop stmt @44+9
 *       s0 = add.t1 copy s0, 1:t1 @48+5
 *       return.t1 copy s0 @60+9
 *     }
 *
 * A place is a base with its path: s0.2   s0[copy s1]:t1   s3->*:t2.0   r1->*:t1<4:t5>
 */

#include "ir-text.h"

#include "ir-leaf.h"

static const char *const kind_names[] = {
  [IR_TYPE_VARIANT] = "variant", [IR_TYPE_SLICE] = "slice",
  [IR_TYPE_DYN] = "dyn",         [IR_TYPE_PARAMETER] = "parameter",
  [IR_TYPE_APPLY] = "apply",     [IR_TYPE_ASSOCIATED] = "associated",
  [IR_TYPE_VOID] = "void",       [IR_TYPE_BOOL] = "bool",
  [IR_TYPE_INT] = "int",         [IR_TYPE_FLOAT] = "float",
  [IR_TYPE_POINTER] = "pointer", [IR_TYPE_ARRAY] = "array",
  [IR_TYPE_STRUCT] = "struct",   [IR_TYPE_UNION] = "union",
  [IR_TYPE_ENUM] = "enum",       [IR_TYPE_FUNCTION] = "function",
};

static void
print_string (GString *out, const char *text)
{
  g_autofree char *escaped = g_strescape (text != NULL ? text : "", NULL);

  g_string_append_printf (out, " \"%s\"", escaped);
}

static void
print_span (GString *out, TextSpan span)
{
  if (span.begin != 0)
    g_string_append_printf (out, " @%u+%u", span.begin, span.end - span.begin);
}

static void
print_fields (GString *out, const IrType *type)
{
  g_string_append (out, " {");
  for (guint i = 0; i < type->fields->len; i++)
    {
      const IrField *field = &g_array_index (type->fields, IrField, i);

      if (i > 0)
        g_string_append_c (out, ',');
      print_string (out, field->name);
      g_string_append_printf (out, " t%u %" G_GUINT64_FORMAT, field->type, field->offset);
      if (type->kind == IR_TYPE_VARIANT)
        g_string_append_printf (out, " = %" G_GUINT64_FORMAT, field->tag);
      if (field->n_bits > 0)
        g_string_append_printf (out, " : %u %u", field->bit, field->n_bits);
    }
  g_string_append (out, " }");
}

static void
print_enumerators (GString *out, const IrType *type)
{
  g_string_append (out, " {");
  for (guint i = 0; i < type->enumerators->len; i++)
    {
      const IrEnumerator *enumerator = &g_array_index (type->enumerators, IrEnumerator, i);

      if (i > 0)
        g_string_append_c (out, ',');
      print_string (out, enumerator->name);
      g_string_append_printf (out, " %" G_GINT64_FORMAT, enumerator->value);
    }
  g_string_append (out, " }");
}

static void
print_object (GString *out, const IrObject *object)
{
  g_string_append (out, " object {");
  for (guint i = 0; i < IR_N_OBJECT_ATTRIBUTES; i++)
    if (object->values[i] >= 0)
      g_string_append_printf (out, " %s %" G_GINT64_FORMAT, ir_object_attribute_get_name (i),
                              object->values[i]);
  g_string_append (out, " }");
}

static void
print_view (GString *out, const IrView *view)
{
  g_string_append_printf (out, " view %s {", ir_view_kind_get_name (view->kind));
  for (guint i = 0; i < IR_N_VIEW_PATHS; i++)
    {
      const IrViewPath *path = &view->paths[i];

      if (!path->is_given)
        continue;
      g_string_append_printf (out, " %s%s", ir_view_path_get_name (i),
                              path->n_steps == 0 ? " self" : "");
      for (guint step = 0; step < path->n_steps; step++)
        {
          g_string_append_c (out, step == 0 ? ' ' : '.');
          if (path->steps[step] == IR_VIEW_FOLLOW)
            g_string_append_c (out, '*');
          else
            g_string_append_printf (out, "%u", path->steps[step]);
        }
    }
  g_string_append (out, " }");
}

static void
print_types (GString *out, const IrTypeId *types, guint n)
{
  g_string_append (out, " <");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (out, "%st%u", i > 0 ? ", " : "", types[i]);
  g_string_append_c (out, '>');
}

static void
print_generic_type (GString *out, const IrType *type)
{
  if (type->is_open)
    g_string_append (out, " open");
  if (type->is_ordered)
    g_string_append (out, " ordered");
  if (type->n_parameters > 0)
    g_string_append_printf (out, " template %u", type->n_parameters);
  if (type->kind == IR_TYPE_DYN || type->kind == IR_TYPE_ASSOCIATED)
    g_string_append_printf (out, " of x%u", type->trait);
  if (type->arguments != NULL)
    print_types (out, (const IrTypeId *)(gpointer)type->arguments->data, type->arguments->len);
}

static void
print_type (GString *out, const IrType *type, IrTypeId id)
{
  g_string_append_printf (out, "type t%u %s size %" G_GUINT64_FORMAT " align %u", id,
                          kind_names[type->kind], type->size, type->align);
  if (type->is_signed)
    g_string_append (out, " signed");
  if (type->is_char)
    g_string_append (out, " char");
  if (type->is_const)
    g_string_append (out, " const");
  if (type->is_variadic)
    g_string_append (out, " variadic");
  if (type->is_managed)
    g_string_append (out, " managed");
  if (type->element != 0)
    g_string_append_printf (out, " element t%u", type->element);
  if (type->count != 0)
    g_string_append_printf (out, " count %" G_GUINT64_FORMAT, type->count);
  if (type->is_nonnull)
    g_string_append (out, " nonnull");
  if (type->kind == IR_TYPE_VARIANT)
    g_string_append_printf (out, " tag t%u %" G_GUINT64_FORMAT, type->tag_type, type->tag_offset);
  if (type->otherwise != IR_NO_VARIANT)
    g_string_append_printf (out, " otherwise %u", type->otherwise);
  print_generic_type (out, type);
  print_string (out, type->name);
  if (type->fields != NULL)
    print_fields (out, type);
  if (type->enumerators != NULL)
    print_enumerators (out, type);
  if (type->object != NULL)
    print_object (out, type->object);
  if (type->view != NULL)
    print_view (out, type->view);
  g_string_append_c (out, '\n');
}

static void
print_relocations (GString *out, const IrGlobal *global)
{
  for (guint i = 0; i < global->relocations->len; i++)
    {
      const IrRelocation *relocation = &g_array_index (global->relocations, IrRelocation, i);

      g_string_append_printf (out, " at %" G_GUINT64_FORMAT " %c%u + %" G_GUINT64_FORMAT,
                              relocation->offset, relocation->is_function ? 'f' : 'g',
                              relocation->id, relocation->addend);
    }
}

static void
print_global (GString *out, const IrProgram *program, IrGlobalId id)
{
  static const char *const names[] = { "variable", "constant", "literal" };
  const IrGlobal *global = ir_program_get_global (program, id);
  guint64 size = ir_program_get_type (program, global->type)->size;

  g_string_append_printf (out, "global g%u %s t%u", id, names[global->kind], global->type);
  print_string (out, global->name);
  print_span (out, global->span);
  if (global->function != IR_NO_FUNCTION)
    g_string_append_printf (out, " in f%u", global->function);
  /* Zeros at the end are left out: a large array is one line all the same. */
  while (size > 0 && global->bytes[size - 1] == 0)
    size--;
  if (size > 0)
    g_string_append (out, " = ");
  for (guint64 i = 0; i < size; i++)
    g_string_append_printf (out, "%02x", global->bytes[i]);
  print_relocations (out, global);
  g_string_append_c (out, '\n');
}

static void print_operand (GString *out, const IrOperand *operand);

static void
print_place (GString *out, const IrPlace *place)
{
  static const char bases[] = { '?', 's', 'g', 'r' };

  g_string_append_printf (out, "%c%u", bases[place->base], place->id);
  for (guint i = 0; i < place->n_projections; i++)
    {
      const IrProjection *projection = &place->projections[i];

      switch (projection->kind)
        {
        case IR_PROJECT_DEREF:
          g_string_append_printf (out, "->*:t%u", projection->type);
          break;
        case IR_PROJECT_FIELD:
          g_string_append_printf (out, ".%u", projection->field);
          if (projection->is_typed)
            g_string_append_printf (out, ":t%u", projection->type);
          break;
        case IR_PROJECT_INDEX:
          g_string_append_c (out, '[');
          print_operand (out, projection->index);
          g_string_append_printf (out, "]:t%u", projection->type);
          break;
        case IR_PROJECT_VARIANT:
          g_string_append_printf (out, " as %u", projection->field);
          if (projection->is_typed)
            g_string_append_printf (out, ":t%u", projection->type);
          break;
        case IR_PROJECT_END:
          g_string_append_printf (out, "[-%" G_GUINT64_FORMAT "]:t%u", projection->to,
                                  projection->type);
          break;
        case IR_PROJECT_PART:
          g_string_append_printf (out, "[%" G_GUINT64_FORMAT "..%s%" G_GUINT64_FORMAT "]:t%u",
                                  projection->from, projection->is_from_end ? "-" : "",
                                  projection->to, projection->type);
          break;
        case IR_PROJECT_STEP:
          g_string_append_c (out, '<');
          print_operand (out, projection->index);
          g_string_append_c (out, '>');
          break;
        }
    }
}

static void
print_operand (GString *out, const IrOperand *operand)
{
  switch (operand->kind)
    {
    case IR_OPERAND_NONE:
      g_string_append (out, "none");
      break;
    case IR_OPERAND_CONST:
      g_string_append_printf (out, "%" G_GINT64_FORMAT ":t%u", (gint64)operand->bits,
                              operand->type);
      break;
    case IR_OPERAND_GLOBAL:
      g_string_append_printf (out, "&g%u + %" G_GUINT64_FORMAT ":t%u", operand->id, operand->bits,
                              operand->type);
      break;
    case IR_OPERAND_FUNCTION:
      g_string_append_printf (out, "&f%u", operand->id);
      if (operand->n_arguments > 0)
        print_types (out, operand->arguments, operand->n_arguments);
      g_string_append_printf (out, ":t%u", operand->type);
      break;
    case IR_OPERAND_SIZE_OF:
    case IR_OPERAND_ALIGN_OF:
      g_string_append_printf (out, "%s t%u:t%u",
                              operand->kind == IR_OPERAND_SIZE_OF ? "sizeof" : "alignof",
                              operand->id, operand->type);
      break;
    case IR_OPERAND_VTABLE:
      g_string_append_printf (out, "vtable t%u as x%u:t%u", operand->id, operand->trait,
                              operand->type);
      break;
    case IR_OPERAND_COPY:
    case IR_OPERAND_MOVE:
      g_string_append (out, operand->kind == IR_OPERAND_COPY ? "copy " : "move ");
      print_place (out, &operand->place);
      break;
    }
}

static void
print_operands (GString *out, const IrInstruction *instruction, guint first)
{
  for (guint i = first; i < instruction->n_operands; i++)
    {
      g_string_append (out, i > first ? ", " : "");
      print_operand (out, &instruction->operands[i]);
      print_span (out, instruction->operands[i].span);
    }
}

static void
print_cases (GString *out, const IrInstruction *instruction)
{
  g_string_append (out, ", [");
  for (guint i = 0; i < instruction->n_cases; i++)
    g_string_append_printf (out, "%s%" G_GINT64_FORMAT ": b%u", i > 0 ? ", " : "",
                            (gint64)instruction->cases[i].value, instruction->cases[i].block);
  g_string_append_printf (out, "], b%u", instruction->otherwise);
}

static void
print_call (GString *out, const IrInstruction *instruction)
{
  guint first = 0;

  switch (instruction->opcode)
    {
    case IR_CALL:
    case IR_FRAME:
      g_string_append_printf (out, " f%u", instruction->id);
      break;
    case IR_CALL_TRAIT:
      g_string_append_printf (out, " x%u.%u", instruction->trait, instruction->id);
      break;
    case IR_LEAF:
      g_string_append_printf (out, " %s", ir_leaf_infos[instruction->id].name);
      break;
    default:
      g_string_append_printf (out, ".t%u ", instruction->type);
      print_operand (out, &instruction->operands[0]);
      if (ir_opcode_infos[instruction->opcode].form == IR_FORM_METHOD)
        g_string_append_printf (out, ", %u", instruction->id);
      first = 1;
      break;
    }
  if (instruction->n_arguments > 0)
    print_types (out, instruction->arguments, instruction->n_arguments);
  g_string_append (out, " (");
  print_operands (out, instruction, first);
  g_string_append_c (out, ')');
  if (instruction->opcode == IR_LEAF && instruction->type != 0)
    g_string_append_printf (out, " hint t%u", instruction->type);
  if (instruction->opcode == IR_LEAF && instruction->other != IR_NO_FUNCTION)
    g_string_append_printf (out, " else f%u", instruction->other);
}

static void
print_instruction (GString *out, const IrInstruction *instruction)
{
  const IrOpcodeInfo *info = &ir_opcode_infos[instruction->opcode];

  g_string_append (out, "  ");
  if (instruction->dest.base != IR_PLACE_NONE)
    {
      print_place (out, &instruction->dest);
      g_string_append (out, " = ");
    }
  g_string_append (out, info->name);
  if (instruction->wraps)
    g_string_append (out, "_wrap");
  switch (info->form)
    {
    case IR_FORM_STOP:
      g_string_append_printf (out, " %s", ir_stop_kind_get_name (instruction->id));
      break;
    case IR_FORM_SLOT:
      g_string_append_printf (out, " s%u", instruction->id);
      break;
    case IR_FORM_KILL:
      g_string_append_printf (out, " r%u", instruction->id);
      break;
    case IR_FORM_BORROW:
      g_string_append_printf (out, " %s ", ir_borrow_kind_get_name (instruction->id));
      print_place (out, &instruction->place);
      break;
    case IR_FORM_SET_DISCRIMINANT:
      g_string_append_c (out, ' ');
      print_place (out, &instruction->place);
      g_string_append_printf (out, ", %u", instruction->id);
      break;
    case IR_FORM_DISCRIMINANT:
    case IR_FORM_DROP:
    case IR_FORM_ADDRESS:
      g_string_append_c (out, ' ');
      print_place (out, &instruction->place);
      break;
    case IR_FORM_CALL:
    case IR_FORM_CALLP:
    case IR_FORM_LEAF:
    case IR_FORM_FRAME:
    case IR_FORM_METHOD:
    case IR_FORM_TRAIT:
      print_call (out, instruction);
      break;
    case IR_FORM_ALLOCATE:
      g_string_append_printf (out, ".t%u ", instruction->type);
      print_operands (out, instruction, 0);
      break;
    case IR_FORM_ENSURE:
      g_string_append_printf (out, " g%u, f%u", instruction->other, instruction->id);
      break;
    case IR_FORM_JUMP:
      g_string_append_printf (out, " b%u", instruction->target);
      break;
    case IR_FORM_MOVE:
    case IR_FORM_UNARY:
    case IR_FORM_BINARY:
    case IR_FORM_SHIFT:
    case IR_FORM_COMPARE:
    case IR_FORM_CONVERT:
    case IR_FORM_POINTER:
    case IR_FORM_DIFFER:
    case IR_FORM_BRANCH:
    case IR_FORM_SWITCH:
    case IR_FORM_RETURN:
    case IR_FORM_THROW:
    case IR_FORM_USE:
    case IR_FORM_RESUME:
    case IR_FORM_YIELD:
    case IR_FORM_STATE:
      if (instruction->n_operands > 0)
        g_string_append_printf (out, ".t%u ", instruction->type);
      print_operands (out, instruction, 0);
      if (instruction->opcode == IR_BRANCH)
        g_string_append_printf (out, ", b%u, b%u", instruction->target, instruction->otherwise);
      else if (instruction->opcode == IR_SWITCH)
        print_cases (out, instruction);
      break;
    case IR_FORM_RESULT:
    case IR_FORM_TRAP:
      break;
    }
  /* None is told as well: an instruction of a text without one gets its line in that text. */
  if (instruction->span.begin == 0)
    g_string_append (out, " @0+0");
  print_span (out, instruction->span);
  g_string_append_c (out, '\n');
}

static void
print_function_head (GString *out, const IrFunction *function, IrFunctionId id)
{
  g_string_append_printf (out, "function f%u t%u", id, function->type);
  print_string (out, function->name);
  print_span (out, function->span);
  if (function->body.begin != 0)
    {
      g_string_append (out, " body");
      print_span (out, function->body);
    }
  if (function->is_library)
    g_string_append (out, " library");
  if (function->is_root)
    g_string_append (out, " root");
  if (function->n_parameters > 0)
    g_string_append_printf (out, " parameters %u", function->n_parameters);
  if (function->is_defined)
    g_string_append (out, " defined");
  if (function->is_resumable)
    g_string_append (out, " resumable");
  g_string_append_c (out, '\n');
}

static void
print_slot (GString *out, const IrSlot *slot, IrSlotId id)
{
  g_string_append_printf (out, "  slot s%u t%u", id, slot->type);
  if (slot->name != NULL)
    print_string (out, slot->name);
  print_span (out, slot->span);
  if (slot->scope.begin != 0)
    {
      g_string_append (out, " scope");
      print_span (out, slot->scope);
    }
  if (slot->is_parameter)
    g_string_append (out, " parameter");
  if (slot->is_address_taken)
    g_string_append (out, " taken");
  if (slot->is_owned)
    g_string_append (out, " owned");
  g_string_append_c (out, '\n');
}

static void
print_body (GString *out, const IrFunction *function, IrFunctionId id)
{
  g_string_append_printf (out, "body f%u {\n", id);
  for (guint i = 0; i < function->slots->len; i++)
    print_slot (out, ir_function_get_slot (function, i), i);
  for (guint i = 0; i < function->registers->len; i++)
    g_string_append_printf (out, "  register r%u t%u\n", i,
                            ir_function_get_register_type (function, i));
  for (guint i = 0; i < function->blocks->len; i++)
    {
      const IrBlock *block = ir_function_get_block (function, i);
      GPtrArray *instructions = block->instructions;

      g_string_append_printf (out, "b%u", i);
      if (block->unwind != IR_NO_BLOCK)
        g_string_append_printf (out, " unwind b%u", block->unwind);
      g_string_append (out, block->is_cleanup ? " cleanup:\n" : ":\n");
      for (guint j = 0; j < instructions->len; j++)
        print_instruction (out, g_ptr_array_index (instructions, j));
    }
  g_string_append (out, "}\n");
}

static void
print_trait (GString *out, const IrProgram *program, IrTraitId id)
{
  const IrTrait *trait = ir_program_get_trait (program, id);

  g_string_append_printf (out, "trait x%u", id);
  print_string (out, trait->name);
  if (trait->n_parameters > 0)
    g_string_append_printf (out, " parameters %u", trait->n_parameters);
  if (trait->is_drop)
    g_string_append (out, " drop");
  g_string_append (out, " {");
  for (guint i = 0; i < trait->methods->len; i++)
    {
      const IrMethod *method = &g_array_index (trait->methods, IrMethod, i);

      if (i > 0)
        g_string_append_c (out, ',');
      print_string (out, method->name);
      g_string_append_printf (out, " t%u", method->type);
      if (method->n_parameters > 0)
        g_string_append_printf (out, " parameters %u", method->n_parameters);
    }
  if (trait->associated->len > 0)
    g_string_append_c (out, ':');
  for (guint i = 0; i < trait->associated->len; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      print_string (out, g_ptr_array_index (trait->associated, i));
    }
  g_string_append (out, " }\n");
}

static void
print_type_list (GString *out, const GArray *types)
{
  print_types (out, (const IrTypeId *)(gpointer)types->data, types->len);
}

static void
print_impl (GString *out, const IrImpl *impl)
{
  g_string_append_printf (out, "impl x%u", impl->trait);
  print_type_list (out, impl->arguments);
  if (impl->n_parameters > 0)
    g_string_append_printf (out, " parameters %u", impl->n_parameters);
  for (guint i = 0; i < impl->bounds->len; i++)
    {
      const IrBound *bound = g_ptr_array_index (impl->bounds, i);

      g_string_append_printf (out, " where x%u", bound->trait);
      print_type_list (out, bound->arguments);
    }
  g_string_append (out, " {");
  for (guint i = 0; i < impl->functions->len; i++)
    g_string_append_printf (out, "%s f%u", i > 0 ? "," : "",
                            g_array_index (impl->functions, IrFunctionId, i));
  if (impl->associated->len > 0)
    g_string_append_c (out, ':');
  for (guint i = 0; i < impl->associated->len; i++)
    g_string_append_printf (out, "%s t%u", i > 0 ? "," : "",
                            g_array_index (impl->associated, IrTypeId, i));
  g_string_append (out, " }\n");
}

/* The whole program. (transfer full) */
char *
ir_print (const IrProgram *program)
{
  GString *out = g_string_new ("language");

  print_string (out, program->language);
  if (program->management != IR_BY_HAND)
    g_string_append_printf (out, " %s", ir_management_get_name (program->management));
  if (program->is_generic)
    g_string_append (out, " generic");
  g_string_append_c (out, '\n');
  for (guint i = 1; i < program->types->len; i++)
    if (ir_program_get_type (program, i)->frame_of == 0)
      print_type (out, ir_program_get_type (program, i), i);
  for (guint i = 0; i < program->functions->len; i++)
    print_function_head (out, ir_program_get_function (program, i), i);
  for (guint i = 0; i < program->traits->len; i++)
    print_trait (out, program, i);
  for (guint i = 0; i < program->impls->len; i++)
    print_impl (out, g_ptr_array_index (program->impls, i));
  for (guint i = 0; i < program->globals->len; i++)
    print_global (out, program, i);
  if (program->entry != IR_NO_FUNCTION)
    g_string_append_printf (out, "entry f%u\n", program->entry);
  for (guint i = 0; i < IR_N_HOOKS; i++)
    if (program->hooks[i] != IR_NO_FUNCTION)
      g_string_append_printf (out, "hook %s f%u\n", ir_hook_get_name (i), program->hooks[i]);
  if (program->frame_head != 0)
    g_string_append_printf (out, "frame_head t%u\n", program->frame_head);
  for (guint i = 0; i < program->functions->len; i++)
    if (ir_program_get_function (program, i)->is_defined)
      print_body (out, ir_program_get_function (program, i), i);
  return g_string_free (out, FALSE);
}
