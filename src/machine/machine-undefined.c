/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Instructions with operands that are not all defined. The value is computed as ever; which bits of it are defined follows the rules of
 * Seward and Nethercote, "Using Valgrind to detect undefined value errors with bit-precision" (USENIX 2005), section 2.4:
 *
 *   + - *        everything from the lowest undefined bit upwards is undefined
 *   & |          a defined 0 (or 1) decides its bit
 *   == !=        decided where a bit that both operands define differs
 *   << >>        the bits move; an undefined count spoils all
 *   the rest     an undefined bit spoils all
 */

#include "machine-undefined.h"

#include <string.h>

typedef struct
{
  guint64 x, y;                 /* values, zero extended */
  guint64 x_defined, y_defined; /* masks within the width */
  guint64 all;                  /* mask of the width */
  guint n_bits;
} Operands;

static guint8 *
find_cell (guint8 *const bases[4], MachineCell cell)
{
  return bases[cell & 3] + ((gint32)cell >> 2);
}

static guint64
load (const guint8 *at, guint n_bytes)
{
  guint64 value = 0;

  memcpy (&value, at, n_bytes);
  return value;
}

static Operands
read_operands (guint8 *x_at, guint8 *y_at, guint n_bytes, gsize delta)
{
  Operands o = { load (x_at, n_bytes), 0, load (x_at + delta, n_bytes), 0 };

  o.n_bits = n_bytes * 8;
  o.all = n_bytes == 8 ? G_MAXUINT64 : (G_GUINT64_CONSTANT (1) << o.n_bits) - 1;
  if (y_at != NULL)
    {
      o.y = load (y_at, n_bytes);
      o.y_defined = load (y_at + delta, n_bytes);
    }
  else
    o.y_defined = o.all;
  return o;
}

/* How many bytes were written. */
static guint
write_result (guint8 *d_at, guint n_bytes, gsize delta, guint64 value, guint64 defined)
{
  memcpy (d_at, &value, n_bytes);
  memcpy (d_at + delta, &defined, n_bytes);
  return n_bytes;
}

/* Defined are the bits below the lowest undefined one. */
static guint64
below_lowest (guint64 undefined)
{
  return ~(undefined | -undefined);
}

static gint64
extend (guint64 value, guint n_bits)
{
  return (gint64)(value << (64 - n_bits)) >> (64 - n_bits);
}

static guint64
divide (const Operands *o, gboolean is_signed, gboolean is_rem)
{
  if (o->y == 0)
    return 0;
  if (is_signed)
    {
      gint64 x = extend (o->x, o->n_bits), y = extend (o->y, o->n_bits);

      if (y == -1)
        return is_rem ? 0 : -(guint64)x;
      return is_rem ? x % y : x / y;
    }
  return is_rem ? o->x % o->y : o->x / o->y;
}

static guint64
shift (const Operands *o, gboolean is_signed, gboolean is_left, gint32 count, gboolean is_known,
       guint64 *defined)
{
  guint n = (guint32)count % o->n_bits;

  *defined = 0;
  if (is_left)
    {
      if (is_known)
        *defined = o->x_defined << n | ((G_GUINT64_CONSTANT (1) << n) - 1);
      return o->x << n;
    }
  if (is_signed)
    {
      if (is_known)
        *defined = extend (o->x_defined, o->n_bits) >> n;
      return extend (o->x, o->n_bits) >> n;
    }
  if (is_known)
    *defined = o->x_defined >> n | ~(o->all >> n);
  return o->x >> n;
}

/* Rows of OPS_INTEGER: add sub mul div rem shl shr neg, for i32 u32 i64 u64. */
static guint
do_integer (const MachineOp *op, guint index, guint8 *const bases[4], gsize delta)
{
  guint row = index / 8, operation = index % 8;
  guint n_bytes = row < 2 ? 4 : 8;
  gboolean is_signed = row % 2 == 0;
  gboolean is_shift = operation == 5 || operation == 6;
  guint8 *x_at = find_cell (bases, op->b);
  guint8 *y_at = operation == 7 ? NULL : find_cell (bases, op->c);
  Operands o = read_operands (x_at, is_shift ? NULL : y_at, n_bytes, delta);
  guint64 undefined = (o.all & ~o.x_defined) | (o.all & ~o.y_defined);
  guint64 defined = below_lowest (undefined), value = 0;

  switch (operation)
    {
    case 0:
      value = o.x + o.y;
      break;
    case 1:
      value = o.x - o.y;
      break;
    case 2:
      value = o.x * o.y;
      break;
    case 3:
    case 4:
      value = divide (&o, is_signed, operation == 4);
      defined = 0;
      break;
    case 5:
    case 6:
      value = shift (&o, is_signed, operation == 5, *(gint32 *)y_at,
                     *(guint32 *)(y_at + delta) == G_MAXUINT32, &defined);
      break;
    case 7:
      value = -o.x;
      break;
    }
  return write_result (find_cell (bases, op->a), n_bytes, delta, value, defined);
}

/* Rows of OPS_BITS: and or xor not, for 32 and 64 bits. */
static guint
do_bits (const MachineOp *op, guint index, guint8 *const bases[4], gsize delta)
{
  guint n_bytes = index < 4 ? 4 : 8;
  guint operation = index % 4;
  Operands o = read_operands (find_cell (bases, op->b),
                              operation == 3 ? NULL : find_cell (bases, op->c), n_bytes, delta);
  guint64 both = o.x_defined & o.y_defined, value = 0, defined = both;

  switch (operation)
    {
    case 0:
      value = o.x & o.y;
      defined = both | (o.x_defined & ~o.x) | (o.y_defined & ~o.y);
      break;
    case 1:
      value = o.x | o.y;
      defined = both | (o.x_defined & o.x) | (o.y_defined & o.y);
      break;
    case 2:
      value = o.x ^ o.y;
      break;
    case 3:
      value = ~o.x;
      break;
    }
  return write_result (find_cell (bases, op->a), n_bytes, delta, value, defined);
}

static double
load_double (const guint8 *at, guint n_bytes)
{
  float narrow;
  double wide;

  if (n_bytes == 4)
    {
      memcpy (&narrow, at, 4);
      return narrow;
    }
  memcpy (&wide, at, 8);
  return wide;
}

/* Values of undefined doubles mean nothing; 0 is as good as any and the same everywhere. */
static guint
spoil (const MachineOp *op, guint n_bytes, guint8 *const bases[4], gsize delta)
{
  return write_result (find_cell (bases, op->a), n_bytes, delta, 0, 0);
}

/* eq ne lt le of one row of OPS_COMPARE. */
static gboolean
compare (guint row, guint operation, const guint8 *x_at, const guint8 *y_at)
{
  guint n_bytes = row == 2 || row == 3 || row == 5 ? 8 : 4;
  int order;

  if (row >= 4)
    {
      double x = load_double (x_at, n_bytes), y = load_double (y_at, n_bytes);

      return operation == 0 ? x == y : operation == 1 ? x != y : operation == 2 ? x < y : x <= y;
    }
  {
    guint64 x = load (x_at, n_bytes), y = load (y_at, n_bytes);

    if (row % 2 == 0)
      order = (extend (x, n_bytes * 8) > extend (y, n_bytes * 8))
              - (extend (x, n_bytes * 8) < extend (y, n_bytes * 8));
    else
      order = (x > y) - (x < y);
  }
  return operation == 0   ? order == 0
         : operation == 1 ? order != 0
         : operation == 2 ? order < 0
                          : order <= 0;
}

/* Whether the defined bits alone decide a comparison. */
static gboolean
is_decided (guint row, guint operation, guint8 *x_at, guint8 *y_at, gsize delta)
{
  guint n_bytes = row == 2 || row == 3 || row == 5 ? 8 : 4;
  Operands o = read_operands (x_at, y_at, n_bytes, delta);
  guint64 both = o.x_defined & o.y_defined;

  if (both == o.all)
    return TRUE;
  /* The sign alone decides x < 0. */
  if (operation == 2 && (row == 0 || row == 2) && o.y == 0 && o.y_defined == o.all
      && o.x_defined >> (o.n_bits - 1) != 0)
    return TRUE;
  return row < 4 && operation < 2 && ((o.x ^ o.y) & both) != 0;
}

static guint
do_compare (const MachineOp *op, guint row, guint operation, guint8 *const bases[4], gsize delta)
{
  guint8 *x_at = find_cell (bases, op->b), *y_at = find_cell (bases, op->c);
  gboolean decided = is_decided (row, operation, x_at, y_at, delta);

  return write_result (find_cell (bases, op->a), 4, delta, compare (row, operation, x_at, y_at),
                       decided ? G_MAXUINT32 : G_MAXUINT32 - 1);
}

/* Sizes of source and result, and what happens to the bits. */
static guint
do_conversion (const MachineOp *op, guint8 *const bases[4], gsize delta)
{
  guint8 *x_at = find_cell (bases, op->b);
  guint8 *d_at = find_cell (bases, op->a);
  guint from = 0, to = 0;
  gboolean is_signed = FALSE, is_bool = FALSE;
  Operands o;

#define EXTENSION(name, f, t, s)                                                                   \
  case MACHINE_OP_##name:                                                                          \
    from = f;                                                                                      \
    to = t;                                                                                        \
    is_signed = s;                                                                                 \
    break
#define TRUTH(name, f)                                                                             \
  case MACHINE_OP_##name:                                                                          \
    from = f;                                                                                      \
    to = 1;                                                                                        \
    is_bool = TRUE;                                                                                \
    break
  switch (op->op & ~1u)
    {
      EXTENSION (SX8_32, 1, 4, TRUE);
      EXTENSION (SX16_32, 2, 4, TRUE);
      EXTENSION (ZX8_32, 1, 4, FALSE);
      EXTENSION (ZX16_32, 2, 4, FALSE);
      EXTENSION (SX8_64, 1, 8, TRUE);
      EXTENSION (SX16_64, 2, 8, TRUE);
      EXTENSION (SX32_64, 4, 8, TRUE);
      EXTENSION (ZX8_64, 1, 8, FALSE);
      EXTENSION (ZX16_64, 2, 8, FALSE);
      EXTENSION (ZX32_64, 4, 8, FALSE);
      TRUTH (BOOL_8, 1);
      TRUTH (BOOL_16, 2);
      TRUTH (BOOL_32, 4);
      TRUTH (BOOL_64, 8);
    case MACHINE_OP_BOOL_F32:
    case MACHINE_OP_BOOL_F64:
      return spoil (op, 1, bases, delta);
    case MACHINE_OP_I32_F32:
    case MACHINE_OP_U32_F32:
    case MACHINE_OP_I64_F32:
    case MACHINE_OP_U64_F32:
    case MACHINE_OP_F64_F32:
    case MACHINE_OP_F64_I32:
    case MACHINE_OP_F64_U32:
    case MACHINE_OP_SHIFT_COUNT:
      return spoil (op, 4, bases, delta);
    default:
      return spoil (op, 8, bases, delta);
    }
#undef EXTENSION
#undef TRUTH
  o = read_operands (x_at, NULL, from, delta);
  if (is_bool)
    return write_result (d_at, 1, delta, o.x != 0, (o.x & o.x_defined) != 0 ? 0xff : 0xfe);
  if (is_signed)
    return write_result (d_at, to, delta, extend (o.x, o.n_bits), extend (o.x_defined, o.n_bits));
  return write_result (d_at, to, delta, o.x, o.x_defined | ~o.all);
}

#define CODES_PER_OP 2
#define N_OPS(first, next) ((MACHINE_OP_##next - MACHINE_OP_##first) / CODES_PER_OP)

/* Does what an arithmetic, comparing or converting instruction does, with undefined bits. How many bytes the result has. */
guint
machine_undefined (const MachineOp *op, guint8 *const bases[4], gsize delta)
{
  guint code = op->op & ~1u;

  if (code < MACHINE_OP_AND_32)
    return do_integer (op, (code - MACHINE_OP_ADD_I32) / CODES_PER_OP, bases, delta);
  else if (code < MACHINE_OP_ADD_F32)
    return do_bits (op, (code - MACHINE_OP_AND_32) / CODES_PER_OP, bases, delta);
  else if (code < MACHINE_OP_ADD_F64)
    return spoil (op, 4, bases, delta);
  else if (code < MACHINE_OP_EQ_I32)
    return spoil (op, 8, bases, delta);
  else if (code < MACHINE_OP_MOVE_1)
    {
      guint index = (code - MACHINE_OP_EQ_I32) / CODES_PER_OP;

      return do_compare (op, index / N_OPS (EQ_I32, EQ_U32), index % N_OPS (EQ_I32, EQ_U32), bases,
                         delta);
    }
  else
    return do_conversion (op, bases, delta);
}

/* *holds: what the branch's condition is. FALSE: bits that are not defined decide it. */
gboolean
machine_undefined_branch (const MachineOp *op, guint8 *const bases[4], gsize delta, gboolean *holds)
{
  guint code = op->op & ~1u;

  if (code >= MACHINE_OP_BRZ_8)
    {
      guint index = (code - MACHINE_OP_BRZ_8) / CODES_PER_OP;
      Operands o = read_operands (find_cell (bases, op->b), NULL, 1u << index % 4, delta);

      *holds = (o.x != 0) == (index >= 4);
      return (o.x & o.x_defined) != 0;
    }
  else
    {
      guint index = (code - MACHINE_OP_EQ_I32) / CODES_PER_OP;
      guint row = index / N_OPS (EQ_I32, EQ_U32);
      guint operation = index % N_OPS (EQ_I32, EQ_U32) - N_OPS (EQ_I32, BR_EQ_I32);
      guint8 *x_at = find_cell (bases, op->a), *y_at = find_cell (bases, op->b);

      *holds = compare (row, operation, x_at, y_at);
      return is_decided (row, operation, x_at, y_at, delta);
    }
}
