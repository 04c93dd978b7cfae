/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which bits of a result are defined: memcheck's rules (Seward and Nethercote, USENIX 2005, 2.4), row by row. Defined bits are
 * masks, 1 for a bit that is. */

#include "machine/machine-undefined.h"

#include <string.h>

typedef struct
{
  const char *name;
  MachineOpcode opcode;
  guint n_bytes; /* of the result */
  guint64 x, x_defined, y, y_defined;
  guint64 value; /* of the result's defined bits */
  guint64 defined;
} Row;

#define ALL32 G_GUINT64_CONSTANT (0xffffffff)
#define ALL64 G_MAXUINT64

/* clang-format off */
static const Row rows[] = {
  { "a sum is defined below the lowest undefined bit", MACHINE_OP_ADD_I32, 4, 0x10, 0xfffffff0, 0x01, ALL32, 0, 0 },
  { "a sum with undefined high bits", MACHINE_OP_ADD_I32, 4, 0x05, 0xffff, 0x03, ALL32, 0x08, 0xffff },
  { "a difference likewise", MACHINE_OP_SUB_U32, 4, 0x105, 0xff, 0x03, ALL32, 0x02, 0xff },
  { "a product likewise", MACHINE_OP_MUL_I64, 8, 0x13, 0xff, 0x10, ALL64, 0x30, 0xff },
  { "a negation likewise", MACHINE_OP_NEG_I32, 4, 0x01, 0x0f, 0, 0, 0x0f, 0x0f },
  { "a quotient is spoilt by one bit", MACHINE_OP_DIV_I32, 4, 0x100, ALL32 - 1, 0x2, ALL32, 0, 0 },
  { "a remainder too", MACHINE_OP_REM_U64, 8, 0x100, ALL64, 0x2, ALL64 >> 1, 0, 0 },
  { "x & 0 is defined", MACHINE_OP_AND_32, 4, 0xdead, 0, 0, ALL32, 0, ALL32 },
  { "x & mask is defined where the mask is 0", MACHINE_OP_AND_32, 4, 0xdead, 0, 0xf0, ALL32, 0, ALL32 - 0xf0 },
  { "x | ones is defined", MACHINE_OP_OR_64, 8, 0, 0, ALL64, ALL64, ALL64, ALL64 },
  { "x | mask is defined where the mask is 1", MACHINE_OP_OR_32, 4, 0, 0, 0xf0, ALL32, 0xf0, 0xf0 },
  { "x ^ y is defined where both are", MACHINE_OP_XOR_32, 4, 0xff, 0x0f, 0x0f, 0xfc, 0x00, 0x0c },
  { "~x is defined where x is", MACHINE_OP_NOT_32, 4, 0x0f, 0xff, 0, 0, 0xf0, 0xff },
  { "bits move with <<, zeros come in", MACHINE_OP_SHL_I32, 4, 0x3, 0x3, 4, ALL32, 0x30, 0x3f },
  { "bits move with unsigned >>, zeros come in", MACHINE_OP_SHR_U32, 4, 0x300, 0xff00, 8, ALL32, 0x03, 0xff0000ff },
  { "the sign comes in with signed >>", MACHINE_OP_SHR_I32, 4, 0x80000000, 0x80000000, 4, ALL32, 0xf8000000, 0xf8000000 },
  { "an undefined sign spoils what comes in", MACHINE_OP_SHR_I32, 4, 0x10, 0x7fffffff, 4, ALL32, 0x1, 0x07ffffff },
  { "an undefined count spoils all", MACHINE_OP_SHL_U64, 8, 0x3, ALL64, 4, ALL32 - 4, 0, 0 },
  { "== is decided by a bit that differs", MACHINE_OP_EQ_I32, 4, 0x80, 0xf0, 0x00, ALL32, 0, ALL32 },
  { "!= too", MACHINE_OP_NE_U64, 4, 0x80, 0xf0, 0x00, ALL64, 1, ALL32 },
  { "== with equal defined bits is open", MACHINE_OP_EQ_I32, 4, 0x80, 0xf0, 0x80, ALL32, 0, ALL32 - 1 },
  { "< is spoilt by one bit", MACHINE_OP_LT_I32, 4, 0x80, ALL32 - 1, 0x1000, ALL32, 0, ALL32 - 1 },
  { "the sign decides x < 0", MACHINE_OP_LT_I32, 4, 0x80000000, 0x80000000, 0, ALL32, 1, ALL32 },
  { "… of a signed number only", MACHINE_OP_LT_U32, 4, 0x80000000, 0x80000000, 0, ALL32, 0, ALL32 - 1 },
  { "doubles are spoilt by one bit", MACHINE_OP_ADD_F64, 8, 0, ALL64 - 1, 0, ALL64, 0, 0 },
  { "a float's comparison too", MACHINE_OP_EQ_F32, 4, 0, ALL32 - 1, 0, ALL32, 0, ALL32 - 1 },
  { "sign extension copies the sign's bit", MACHINE_OP_SX8_32, 4, 0x80, 0x80, 0, 0, 0xffffff80, 0xffffff80 },
  { "an undefined sign stays undefined", MACHINE_OP_SX8_32, 4, 0x05, 0x7f, 0, 0, 0x05, 0x7f },
  { "zero extension brings defined zeros", MACHINE_OP_ZX16_64, 8, 0x05, 0xff, 0, 0, 0x05, ALL64 - 0xff00 },
  { "one defined 1 makes a truth", MACHINE_OP_BOOL_32, 1, 0x10, 0x10, 0, 0, 1, 0xff },
  { "defined zeros alone do not", MACHINE_OP_BOOL_32, 1, 0, 0xffff, 0, 0, 0, 0xfe },
  { "a conversion to double is spoilt", MACHINE_OP_I32_F64, 8, 5, ALL32 - 1, 0, 0, 0, 0 },
};
/* clang-format on */

typedef struct
{
  guint8 bytes[64];
  guint8 defined[64];
} Cells;

static void
put (Cells *cells, guint at, guint64 value, guint64 defined)
{
  memcpy (cells->bytes + at, &value, 8);
  memcpy (cells->defined + at, &defined, 8);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  Cells cells = { { 0 } };
  guint8 *const bases[4] = { cells.bytes, cells.bytes, cells.bytes, NULL };
  MachineOp op = { .op = row->opcode,
                   .a = machine_cell (MACHINE_CELL_FRAME, 0),
                   .b = machine_cell (MACHINE_CELL_FRAME, 16),
                   .c = machine_cell (MACHINE_CELL_FRAME, 32) };
  guint64 value = 0, defined = 0;

  g_test_message ("%s", row->name);
  put (&cells, 0, 0x1111111111111111, 0);
  put (&cells, 16, row->x, row->x_defined);
  put (&cells, 32, row->y, row->y_defined);
  machine_undefined (&op, bases, G_STRUCT_OFFSET (Cells, defined));
  memcpy (&value, cells.bytes, row->n_bytes);
  memcpy (&defined, cells.defined, row->n_bytes);
  g_assert_cmphex (defined, ==, row->defined);
  g_assert_cmphex (value & defined, ==, row->value & defined);
  /* The result's neighbour is left alone. */
  g_assert_cmphex (cells.bytes[row->n_bytes], ==, row->n_bytes < 8 ? 0x11 : 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/undefined/%u", i);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  return g_test_run ();
}
