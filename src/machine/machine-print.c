/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The code array as text, for people who work on the machine and for tests that compare two of them. */

#include "machine-code.h"

static const char *const op_names[] = {
#define OP(name, meaning) #name, #name "_STOP",
#include "machine-op.def"
#undef OP
};

/* f-8 is 8 bytes below the frame's lowest address, r16 a register, 0x2000 an absolute address. What is no cell reads as one
 * too; the instruction's name tells. */
static void
print_field (GString *out, guint32 field)
{
  gint32 offset = (gint32)field >> 2;

  if (field == MACHINE_NO_CELL)
    g_string_append (out, " -");
  else if ((field & 3) == MACHINE_CELL_FRAME)
    g_string_append_printf (out, " f%d", offset);
  else if ((field & 3) == MACHINE_CELL_REGISTER)
    g_string_append_printf (out, " r%d", offset);
  else
    g_string_append_printf (out, " 0x%x", offset);
}

/* One line an instruction: index, name, n, a, b, c as cells, c as a number. (transfer full) */
char *
machine_code_print (const MachineCode *code)
{
  GString *out = g_string_new (NULL);
  guint32 function = G_MAXUINT32;

  for (guint i = 0; i < code->ops->len; i++)
    {
      const MachineOp *op = machine_code_get_op (code, i);
      const MachineOpInfo *info = machine_code_get_info (code, i);

      if (info->function != function)
        {
          function = info->function;
          g_string_append_printf (out, "%s:\n",
                                  ir_program_get_function (code->program, function)->name);
        }
      if (info->is_extension)
        {
          g_string_append_printf (out, "%5u   | %u %u %u %u %u\n", i, op->op, op->n, op->a, op->b,
                                  op->c);
          continue;
        }
      g_string_append_printf (out, "%5u %s %u", i, op_names[op->op], op->n);
      print_field (out, op->a);
      print_field (out, op->b);
      print_field (out, op->c);
      g_string_append_printf (out, " (%u)\n", op->c);
    }
  return g_string_free (out, FALSE);
}
