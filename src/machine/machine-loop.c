/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The loop. Each instruction has two entries, one behind the other: the first counts a STOP, the second does the work, so that a
 * statement's first instruction counts the step without an instruction of its own.
 *
 * Locals hold what the machine needs at every instruction; SAVE puts it into the state before anything that looks there, and
 * LOAD takes it from there again. A cell is found by adding its offset to one of three bases; its defined bits lie `delta`
 * bytes behind it, its provenance in the third plane.
 *
 * Compiled twice: with MACHINE_IS_WATCHED it tells each write to who waits for one (see MemWatch).
 */

#include "machine-call.h"
#include "machine-slow.h"

#include <math.h>
#include <string.h>

#define CELL(cell) (bases[(cell)&3] + ((gint32)(cell) >> 2))
#define VALUE(T, p) (*(T *)(p))
#define SET(T, p, value) (VALUE (T, p) = (value), TELL_WRITE (p, sizeof (T)))
#define DEFINED(T, p) (*(T *)((p) + delta))
#define BLOCK(p) (provenance[(gsize)((p)-bytes) >> 3])

#ifdef MACHINE_IS_WATCHED
#define MACHINE_RUN_CODE machine_run_watched_code
#define SAVE() (state->pc = machine->space->watch.now = op - ops)
#define TELL_WRITE(p, n_bytes)                                                                     \
  (machine->space->watch.now = op - ops,                                                           \
   mem_tell_write (machine->space, (guint64)((guint8 *)(p)-bytes), n_bytes))
#else
#define MACHINE_RUN_CODE machine_run_code
#define SAVE() (state->pc = op - ops)
#define TELL_WRITE(p, n_bytes) ((void)(n_bytes))
#endif
#define LOAD_BASES()                                                                               \
  (bases[MACHINE_CELL_FRAME] = bytes + state->frame,                                               \
   bases[MACHINE_CELL_REGISTER] = bytes + state->registers,                                        \
   bases[MACHINE_CELL_STACK] = bytes + state->stack)

#define NEXT                                                                                       \
  do                                                                                               \
    {                                                                                              \
      op++;                                                                                        \
      goto *labels[op->op];                                                                        \
    }                                                                                              \
  while (0)

#define COUNT_STOP()                                                                               \
  do                                                                                               \
    {                                                                                              \
      if (G_UNLIKELY (++state->steps >= until_step))                                               \
        goto paused_at_step;                                                                       \
    }                                                                                              \
  while (0)

/* Both entries of an instruction. */
#define CASE(name)                                                                                 \
  L_##name##_STOP : COUNT_STOP ();                                                                 \
  L_##name:

/* Ends a run of instructions: its ticks are counted, and whoever waits for a tick gets its turn. */
#define GO_TO(target)                                                                              \
  do                                                                                               \
    {                                                                                              \
      state->ticks += op->n;                                                                       \
      op = ops + (target);                                                                         \
      if (G_UNLIKELY (state->ticks >= until_tick))                                                 \
        goto paused_at_tick;                                                                       \
      goto *labels[op->op];                                                                        \
    }                                                                                              \
  while (0)

#define FALL_THROUGH()                                                                             \
  do                                                                                               \
    {                                                                                              \
      state->ticks += op->n;                                                                       \
      op++;                                                                                        \
      goto *labels[op->op];                                                                        \
    }                                                                                              \
  while (0)

/* ---- arithmetic ---- */

#define ARITHMETIC(name, T, M, expression)                                                         \
  CASE (name)                                                                                      \
  {                                                                                                \
    guint8 *x_at = CELL (op->b), *y_at = CELL (op->c), *d_at = CELL (op->a);                       \
    T x = VALUE (T, x_at), y = VALUE (T, y_at), d;                                                 \
    if (G_UNLIKELY ((DEFINED (M, x_at) & DEFINED (M, y_at)) != (M) ~(M)0))                         \
      goto undefined;                                                                              \
    expression;                                                                                    \
    SET (T, d_at, d);                                                                              \
    DEFINED (M, d_at) = (M) ~(M)0;                                                                 \
    NEXT;                                                                                          \
  }

#define OVERFLOWS(call)                                                                            \
  if (G_UNLIKELY (call))                                                                           \
    {                                                                                              \
      if (!machine_tolerates (machine, MEM_FAULT_OVERFLOW))                                        \
        goto overflow;                                                                             \
    }

#define DIVISION(T, U, is_rem, min)                                                                \
  if (G_UNLIKELY (y == 0))                                                                         \
    goto division_by_zero;                                                                         \
  if (G_UNLIKELY (min != 0 && x == (T)min && y == (T)-1))                                          \
    goto overflow;                                                                                 \
  d = is_rem ? x % y : x / y

#define SHIFT(name, T, M, U, bits, expression)                                                     \
  CASE (name)                                                                                      \
  {                                                                                                \
    guint8 *x_at = CELL (op->b), *y_at = CELL (op->c), *d_at = CELL (op->a);                       \
    T x = VALUE (T, x_at), d;                                                                      \
    gint32 y = VALUE (gint32, y_at);                                                               \
    if (G_UNLIKELY (DEFINED (M, x_at) != (M) ~(M)0 || DEFINED (guint32, y_at) != G_MAXUINT32))     \
      goto undefined;                                                                              \
    if (G_UNLIKELY ((guint32)y >= bits))                                                           \
      {                                                                                            \
        if (!machine_tolerates (machine, MEM_FAULT_BAD_SHIFT))                                     \
          goto bad_shift;                                                                          \
        y &= bits - 1;                                                                             \
      }                                                                                            \
    expression;                                                                                    \
    SET (T, d_at, d);                                                                              \
    DEFINED (M, d_at) = (M) ~(M)0;                                                                 \
    NEXT;                                                                                          \
  }

/* Left shift of a negative number, or of a one into or past the sign (C11 6.5.7p4): what gcc's -fsanitize=shift reports. */
#define SHIFT_LEFT_SIGNED(T, U, bits)                                                              \
  if (G_UNLIKELY (x < 0 || ((U)x >> (bits - 1 - y)) != 0))                                         \
    {                                                                                              \
      if (!machine_tolerates (machine, MEM_FAULT_BAD_SHIFT))                                       \
        goto bad_shift;                                                                            \
    }                                                                                              \
  d = (T)((U)x << y)

#define UNARY(name, T, M, expression)                                                              \
  CASE (name)                                                                                      \
  {                                                                                                \
    guint8 *x_at = CELL (op->b), *d_at = CELL (op->a);                                             \
    T x = VALUE (T, x_at), d;                                                                      \
    if (G_UNLIKELY (DEFINED (M, x_at) != (M) ~(M)0))                                               \
      goto undefined;                                                                              \
    expression;                                                                                    \
    SET (T, d_at, d);                                                                              \
    DEFINED (M, d_at) = (M) ~(M)0;                                                                 \
    NEXT;                                                                                          \
  }

#define CONVERT(name, T, M, T2, M2, expression)                                                    \
  CASE (name)                                                                                      \
  {                                                                                                \
    guint8 *x_at = CELL (op->b), *d_at = CELL (op->a);                                             \
    T x = VALUE (T, x_at);                                                                         \
    if (G_UNLIKELY (DEFINED (M, x_at) != (M) ~(M)0))                                               \
      goto undefined;                                                                              \
    SET (T2, d_at, (expression));                                                                  \
    DEFINED (M2, d_at) = (M2) ~(M2)0;                                                              \
    NEXT;                                                                                          \
  }

#define COMPARE(name, T, M, relation)                                                              \
  CASE (name)                                                                                      \
  {                                                                                                \
    guint8 *x_at = CELL (op->b), *y_at = CELL (op->c), *d_at = CELL (op->a);                       \
    if (G_UNLIKELY ((DEFINED (M, x_at) & DEFINED (M, y_at)) != (M) ~(M)0))                         \
      goto undefined;                                                                              \
    SET (gint32, d_at, VALUE (T, x_at) relation VALUE (T, y_at));                                  \
    DEFINED (guint32, d_at) = G_MAXUINT32;                                                         \
    NEXT;                                                                                          \
  }                                                                                                \
  CASE (BR_##name)                                                                                 \
  {                                                                                                \
    guint8 *x_at = CELL (op->a), *y_at = CELL (op->b);                                             \
    gboolean holds;                                                                                \
    if (G_UNLIKELY ((DEFINED (M, x_at) & DEFINED (M, y_at)) != (M) ~(M)0))                         \
      goto undefined_branch;                                                                       \
    holds = VALUE (T, x_at) relation VALUE (T, y_at);                                              \
    if (holds)                                                                                     \
      GO_TO (op->c);                                                                               \
    FALL_THROUGH ();                                                                               \
  }

#define BRANCH(name, M, relation)                                                                  \
  CASE (name)                                                                                      \
  {                                                                                                \
    guint8 *x_at = CELL (op->b);                                                                   \
    if (G_UNLIKELY (DEFINED (M, x_at) != (M) ~(M)0))                                               \
      goto undefined_branch;                                                                       \
    if (VALUE (M, x_at) relation 0)                                                                \
      GO_TO (op->c);                                                                               \
    FALL_THROUGH ();                                                                               \
  }

/* ---- memory ---- */

/* Sets address, from a pointer in cell b and more bytes; goes the slow way unless the access is plainly right. */
#define CHECK(n_bytes, limit, more, access)                                                        \
  guint8 *p_at = CELL (op->b);                                                                     \
  guint64 address = VALUE (guint64, p_at) + (more);                                                \
  const MemBlock *block = &blocks[BLOCK (p_at)];                                                   \
  guint64 offset = address - block->begin;                                                         \
  if (G_UNLIKELY (DEFINED (guint64, p_at) != G_MAXUINT64 || offset >= block->limit                 \
                  || block->limit - offset < (n_bytes) || (address & ((n_bytes)-1)) != 0))         \
    {                                                                                              \
      SAVE ();                                                                                     \
      if (!machine_check_pointer (machine, p_at, address, (n_bytes), (n_bytes), access))           \
        goto ended;                                                                                \
    }

#define NO_PROVENANCE(p, q)
#define COPY_PROVENANCE(p, q) BLOCK (p) = BLOCK (q)
#define CLEAR_AT(address) provenance[(address) >> 3] = 0
#define LOADS_BLOCK(d, address) BLOCK (d) = (address) % 8 == 0 ? provenance[(address) >> 3] : 0
/* Reading a byte of a pointer makes its address known (PNVI-ae-udi): a learner's own memcpy may put it together again. */
#define LOADS_NONE(d, address)                                                                     \
  do                                                                                               \
    {                                                                                              \
      guint32 read_block = provenance[(address) >> 3];                                             \
      if (G_UNLIKELY (read_block != 0) && !blocks[read_block].is_exposed)                          \
        machine_expose_block (machine, read_block);                                                \
    }                                                                                              \
  while (0)
#define STORES_BLOCK(address, s)                                                                   \
  do                                                                                               \
    {                                                                                              \
      if (G_UNLIKELY (machine->tells_stores | machine->has_barrier))                               \
        machine_tell_store (machine, (address), BLOCK (s));                                        \
      provenance[(address) >> 3] = (address) % 8 == 0 ? BLOCK (s) : 0;                             \
    }                                                                                              \
  while (0)
#define STORES_NONE(address, s) CLEAR_AT (address)

#define ELEMENT_INDEX()                                                                            \
  guint8 *i_at = CELL (op->c);                                                                     \
  gint64 index = VALUE (gint32, i_at);                                                             \
  if (G_UNLIKELY (DEFINED (guint32, i_at) != G_MAXUINT32))                                         \
    {                                                                                              \
      SAVE ();                                                                                     \
      if (!machine_check_defined (machine))                                                        \
        goto ended;                                                                                \
    }

#define ARRAY_INDEX()                                                                              \
  ELEMENT_INDEX ()                                                                                 \
  if (G_UNLIKELY ((guint64)index >= op[1].a))                                                      \
    {                                                                                              \
      SAVE ();                                                                                     \
      if (!machine_check_index (machine, index, op[1].a))                                          \
        goto ended;                                                                                \
    }

#define SET_AT(T, address, s, STORES)                                                              \
  do                                                                                               \
    {                                                                                              \
      guint64 set_at = (address);                                                                  \
      SET (T, bytes + set_at, VALUE (T, s));                                                       \
      DEFINED (T, bytes + set_at) = DEFINED (T, s);                                                \
      STORES (set_at, s);                                                                          \
      dirty[set_at >> MEM_PAGE_SHIFT] = 1;                                                         \
    }                                                                                              \
  while (0)

#define GET_AT(T, d, address, LOADS)                                                               \
  do                                                                                               \
    {                                                                                              \
      guint64 get_at = (address);                                                                  \
      SET (T, d, VALUE (T, bytes + get_at));                                                       \
      DEFINED (T, d) = DEFINED (T, bytes + get_at);                                                \
      LOADS (d, get_at);                                                                           \
    }                                                                                              \
  while (0)

#define MEMORY(W, T, MOVES, LOADS, STORES)                                                         \
  CASE (MOVE_##W)                                                                                  \
  {                                                                                                \
    guint8 *x_at = CELL (op->b), *d_at = CELL (op->a);                                             \
    SET (T, d_at, VALUE (T, x_at));                                                                \
    DEFINED (T, d_at) = DEFINED (T, x_at);                                                         \
    MOVES (d_at, x_at);                                                                            \
    NEXT;                                                                                          \
  }                                                                                                \
  CASE (LOAD_##W)                                                                                  \
  {                                                                                                \
    CHECK (sizeof (T), read_limit, (gint64)(gint32)op->c, MEM_ACCESS_READ)                         \
    guint8 *d_at = CELL (op->a);                                                                   \
    GET_AT (T, d_at, address, LOADS);                                                              \
    NEXT;                                                                                          \
  }                                                                                                \
  CASE (STORE_##W)                                                                                 \
  {                                                                                                \
    CHECK (sizeof (T), write_limit, (gint64)(gint32)op->c, MEM_ACCESS_WRITE)                       \
    guint8 *s_at = CELL (op->a);                                                                   \
    SET_AT (T, address, s_at, STORES);                                                             \
    NEXT;                                                                                          \
  }                                                                                                \
  CASE (LOADX_##W)                                                                                 \
  {                                                                                                \
    ELEMENT_INDEX ()                                                                               \
    CHECK (sizeof (T), read_limit, index * op->n, MEM_ACCESS_READ)                                 \
    guint8 *d_at = CELL (op->a);                                                                   \
    GET_AT (T, d_at, address, LOADS);                                                              \
    NEXT;                                                                                          \
  }                                                                                                \
  CASE (STOREX_##W)                                                                                \
  {                                                                                                \
    ELEMENT_INDEX ()                                                                               \
    CHECK (sizeof (T), write_limit, index * op->n, MEM_ACCESS_WRITE)                               \
    guint8 *s_at = CELL (op->a);                                                                   \
    SET_AT (T, address, s_at, STORES);                                                             \
    NEXT;                                                                                          \
  }                                                                                                \
  CASE (LOADA_##W)                                                                                 \
  {                                                                                                \
    ARRAY_INDEX ()                                                                                 \
    guint8 *d_at = CELL (op->a);                                                                   \
    GET_AT (T, d_at, (guint64)(CELL (op->b) - bytes) + index * op->n, LOADS);                      \
    op++;                                                                                          \
    NEXT;                                                                                          \
  }                                                                                                \
  CASE (STOREA_##W)                                                                                \
  {                                                                                                \
    ARRAY_INDEX ()                                                                                 \
    guint8 *s_at = CELL (op->a);                                                                   \
    SET_AT (T, (guint64)(CELL (op->b) - bytes) + index * op->n, s_at, STORES);                     \
    op++;                                                                                          \
    NEXT;                                                                                          \
  }                                                                                                \
  CASE (LOADO_##W)                                                                                 \
  {                                                                                                \
    guint8 *d_at = CELL (op->a);                                                                   \
    GET_AT (T, d_at, (guint64)(CELL (op->b) - bytes) + VALUE (guint64, CELL (op->c)), LOADS);      \
    NEXT;                                                                                          \
  }                                                                                                \
  CASE (STOREO_##W)                                                                                \
  {                                                                                                \
    guint8 *s_at = CELL (op->a);                                                                   \
    SET_AT (T, (guint64)(CELL (op->b) - bytes) + VALUE (guint64, CELL (op->c)), s_at, STORES);     \
    NEXT;                                                                                          \
  }

/* D := a pointer made for x's block, at x plus bytes. */
#define POINTER_RESULT(more)                                                                       \
  guint8 *x_at = CELL (op->b), *d_at = CELL (op->a);                                               \
  guint64 pointer = VALUE (guint64, x_at) + (more);                                                \
  DEFINED (guint64, d_at) = DEFINED (guint64, x_at);                                               \
  BLOCK (d_at) = BLOCK (x_at);                                                                     \
  SET (guint64, d_at, pointer)

#define STEP(name, T, M, sign)                                                                     \
  CASE (name)                                                                                      \
  {                                                                                                \
    guint8 *y_at = CELL (op->c);                                                                   \
    gint64 steps = (gint64)VALUE (T, y_at);                                                        \
    if (G_UNLIKELY (DEFINED (M, y_at) != (M) ~(M)0))                                               \
      {                                                                                            \
        SAVE ();                                                                                   \
        if (!machine_check_defined (machine))                                                      \
          goto ended;                                                                              \
      }                                                                                            \
    POINTER_RESULT (sign (gint64) ((guint64)steps * op->n));                                       \
    NEXT;                                                                                          \
  }

#define INDEX(name, T, M)                                                                          \
  CASE (name)                                                                                      \
  {                                                                                                \
    guint8 *i_at = CELL (op->c), *d_at = CELL (op->a);                                             \
    guint64 index = (guint64)(gint64)VALUE (T, i_at);                                              \
    if (G_UNLIKELY (DEFINED (M, i_at) != (M) ~(M)0))                                               \
      {                                                                                            \
        SAVE ();                                                                                   \
        if (!machine_check_defined (machine))                                                      \
          goto ended;                                                                              \
      }                                                                                            \
    if (G_UNLIKELY (index >= op[1].a))                                                             \
      {                                                                                            \
        SAVE ();                                                                                   \
        if (!machine_check_index (machine, (gint64)index, op[1].a))                                \
          goto ended;                                                                              \
      }                                                                                            \
    index *= op[1].b;                                                                              \
    if (op->b != MACHINE_NO_CELL)                                                                  \
      index += VALUE (guint64, CELL (op->b));                                                      \
    SET (guint64, d_at, index);                                                                    \
    DEFINED (guint64, d_at) = G_MAXUINT64;                                                         \
    op++;                                                                                          \
    NEXT;                                                                                          \
  }

static guint32
find_case (const MachineSwitch *table, guint64 value)
{
  guint low = 0, high = table->n_cases;

  while (low < high)
    {
      guint middle = (low + high) / 2;

      if (table->cases[middle].value == value)
        return table->cases[middle].target;
      if (table->cases[middle].value < value)
        low = middle + 1;
      else
        high = middle;
    }
  return table->otherwise;
}

/* Converts as cvttsd2si does: what does not fit is the smallest integer. */
static gint32
to_i32 (double x)
{
  return x > -2147483649.0 && x < 2147483648.0 ? (gint32)x : G_MININT32;
}

static gint64
to_i64 (double x)
{
  return x >= -9223372036854775808.0 && x < 9223372036854775808.0 ? (gint64)x : G_MININT64;
}

/* gcc's code for double to unsigned long: one subtraction, then the same conversion. */
static guint64
to_u64 (double x)
{
  if (x < 9223372036854775808.0)
    return (guint64)to_i64 (x);
  return (guint64)to_i64 (x - 9223372036854775808.0) ^ G_GUINT64_CONSTANT (0x8000000000000000);
}

/* Runs instructions until the step asked for has been arrived at, at least that many ticks have passed, the program is over or
 * the mode has changed. */
MachinePause
MACHINE_RUN_CODE (Machine *machine, guint64 until_step, guint64 until_tick)
{
  static const void *const labels[] = {
#define OP(name, meaning) &&L_##name, &&L_##name##_STOP,
#include "machine-op.def"
#undef OP
  };
  MachineState *state = &machine->state;
  const MachineOp *const ops = (const MachineOp *)(gpointer)machine->code->ops->data;
  const MachineFunction *const functions
      = (const MachineFunction *)(gpointer)machine->code->functions->data;
  guint8 *const bytes = machine->space->bytes;
  guint32 *const provenance = machine->space->provenance;
  guint8 *const dirty = machine->space->dirty;
  const MemBlock *const blocks = machine->space->blocks;
  const gsize delta = machine->space->defined - bytes;
  guint8 *bases[4] = { NULL, NULL, bytes, bytes };
  const MachineOp *op = ops + state->pc;

  LOAD_BASES ();
  if (state->arrived || state->is_begun)
    {
      state->arrived = 0;
      state->is_begun = 0;
      goto *labels[op->op & ~1u];
    }
  goto *labels[op->op];

  CASE (NOP)
  NEXT;

#define INTEGERS(T, C, M, bits, U, SHL_EXPRESSION, MIN_VALUE, SUM, DIFFERENCE, PRODUCT)            \
  ARITHMETIC (ADD_##T, C, M, SUM)                                                                  \
  ARITHMETIC (SUB_##T, C, M, DIFFERENCE)                                                           \
  ARITHMETIC (MUL_##T, C, M, PRODUCT)                                                              \
  ARITHMETIC (DIV_##T, C, M, DIVISION (C, U, FALSE, MIN_VALUE))                                    \
  ARITHMETIC (REM_##T, C, M, DIVISION (C, U, TRUE, MIN_VALUE))                                     \
  SHIFT (SHL_##T, C, M, U, bits, SHL_EXPRESSION)                                                   \
  SHIFT (SHR_##T, C, M, U, bits, d = x >> y)

#define CHECKED(name) OVERFLOWS (__builtin_##name##_overflow (x, y, &d))

  INTEGERS (I32, gint32, guint32, 32, guint32, SHIFT_LEFT_SIGNED (gint32, guint32, 32), G_MININT32,
            CHECKED (add), CHECKED (sub), CHECKED (mul))
  INTEGERS (U32, guint32, guint32, 32, guint32, d = x << y, 0, d = x + y, d = x - y, d = x * y)
  INTEGERS (I64, gint64, guint64, 64, guint64, SHIFT_LEFT_SIGNED (gint64, guint64, 64), G_MININT64,
            CHECKED (add), CHECKED (sub), CHECKED (mul))
  INTEGERS (U64, guint64, guint64, 64, guint64, d = x << y, 0, d = x + y, d = x - y, d = x * y)

  UNARY (NEG_I32, gint32, guint32, OVERFLOWS (__builtin_sub_overflow (0, x, &d)))
  UNARY (NEG_U32, guint32, guint32, d = -x)
  UNARY (NEG_I64, gint64, guint64, OVERFLOWS (__builtin_sub_overflow ((gint64)0, x, &d)))
  UNARY (NEG_U64, guint64, guint64, d = -x)

  ARITHMETIC (AND_32, guint32, guint32, d = x & y)
  ARITHMETIC (OR_32, guint32, guint32, d = x | y)
  ARITHMETIC (XOR_32, guint32, guint32, d = x ^ y)
  UNARY (NOT_32, guint32, guint32, d = ~x)
  ARITHMETIC (AND_64, guint64, guint64, d = x & y)
  ARITHMETIC (OR_64, guint64, guint64, d = x | y)
  ARITHMETIC (XOR_64, guint64, guint64, d = x ^ y)
  UNARY (NOT_64, guint64, guint64, d = ~x)

#define FLOATS(F, C, M)                                                                            \
  ARITHMETIC (ADD_##F, C, M, d = x + y)                                                            \
  ARITHMETIC (SUB_##F, C, M, d = x - y)                                                            \
  ARITHMETIC (MUL_##F, C, M, d = x * y)                                                            \
  ARITHMETIC (DIV_##F, C, M, d = x / y)                                                            \
  UNARY (NEG_##F, C, M, d = -x)

  FLOATS (F32, float, guint32)
  FLOATS (F64, double, guint64)

#define COMPARES(T, C, M)                                                                          \
  COMPARE (EQ_##T, C, M, ==)                                                                       \
  COMPARE (NE_##T, C, M, !=)                                                                       \
  COMPARE (LT_##T, C, M, <)                                                                        \
  COMPARE (LE_##T, C, M, <=)

  COMPARES (I32, gint32, guint32)
  COMPARES (U32, guint32, guint32)
  COMPARES (I64, gint64, guint64)
  COMPARES (U64, guint64, guint64)
  COMPARES (F32, float, guint32)
  COMPARES (F64, double, guint64)

  MEMORY (1, guint8, NO_PROVENANCE, LOADS_NONE, STORES_NONE)
  MEMORY (2, guint16, NO_PROVENANCE, LOADS_NONE, STORES_NONE)
  MEMORY (4, guint32, NO_PROVENANCE, LOADS_NONE, STORES_NONE)
  MEMORY (8, guint64, NO_PROVENANCE, LOADS_NONE, STORES_NONE)
  MEMORY (P, guint64, COPY_PROVENANCE, LOADS_BLOCK, STORES_BLOCK)

  CASE (MOVE_BLOCK)
  {
    SAVE ();
    if (!machine_check_block_pointer (machine, CELL (op->b), op->c, MEM_ACCESS_READ)
        || !machine_check_block_pointer (machine, CELL (op->a), op->c, MEM_ACCESS_WRITE))
      goto ended;
    machine_copy_block (machine, VALUE (guint64, CELL (op->a)), VALUE (guint64, CELL (op->b)),
                        op->c);
    NEXT;
  }
  CASE (COPY)
  {
    SAVE ();
    machine_copy_block (machine, CELL (op->a) - bytes, CELL (op->b) - bytes, op->c);
    NEXT;
  }
  CASE (LOAD_BLOCK)
  {
    SAVE ();
    if (!machine_check_block_pointer (machine, CELL (op->b), op->c, MEM_ACCESS_READ))
      goto ended;
    machine_copy_block (machine, CELL (op->a) - bytes, VALUE (guint64, CELL (op->b)), op->c);
    NEXT;
  }
  CASE (STORE_BLOCK)
  {
    SAVE ();
    if (!machine_check_block_pointer (machine, CELL (op->b), op->c, MEM_ACCESS_WRITE))
      goto ended;
    machine_copy_block (machine, VALUE (guint64, CELL (op->b)), CELL (op->a) - bytes, op->c);
    NEXT;
  }

  CONVERT (SX8_32, gint8, guint8, gint32, guint32, x)
  CONVERT (SX16_32, gint16, guint16, gint32, guint32, x)
  CONVERT (ZX8_32, guint8, guint8, gint32, guint32, x)
  CONVERT (ZX16_32, guint16, guint16, gint32, guint32, x)
  CONVERT (SX8_64, gint8, guint8, gint64, guint64, x)
  CONVERT (SX16_64, gint16, guint16, gint64, guint64, x)
  CONVERT (SX32_64, gint32, guint32, gint64, guint64, x)
  CONVERT (ZX8_64, guint8, guint8, guint64, guint64, x)
  CONVERT (ZX16_64, guint16, guint16, guint64, guint64, x)
  CONVERT (ZX32_64, guint32, guint32, guint64, guint64, x)
  CONVERT (BOOL_8, guint8, guint8, guint8, guint8, x != 0)
  CONVERT (BOOL_16, guint16, guint16, guint8, guint8, x != 0)
  CONVERT (BOOL_32, guint32, guint32, guint8, guint8, x != 0)
  CONVERT (BOOL_64, guint64, guint64, guint8, guint8, x != 0)
  CONVERT (BOOL_F32, float, guint32, guint8, guint8, x != 0)
  CONVERT (BOOL_F64, double, guint64, guint8, guint8, x != 0)
  CONVERT (I32_F64, gint32, guint32, double, guint64, x)
  CONVERT (U32_F64, guint32, guint32, double, guint64, x)
  CONVERT (I64_F64, gint64, guint64, double, guint64, x)
  CONVERT (U64_F64, guint64, guint64, double, guint64, x)
  CONVERT (I32_F32, gint32, guint32, float, guint32, x)
  CONVERT (U32_F32, guint32, guint32, float, guint32, x)
  CONVERT (I64_F32, gint64, guint64, float, guint32, x)
  CONVERT (U64_F32, guint64, guint64, float, guint32, x)
  CONVERT (F64_I32, double, guint64, gint32, guint32, to_i32 (x))
  CONVERT (F64_U32, double, guint64, guint32, guint32, (guint32)to_i64 (x))
  CONVERT (F64_I64, double, guint64, gint64, guint64, to_i64 (x))
  CONVERT (F64_U64, double, guint64, guint64, guint64, to_u64 (x))
  CONVERT (F32_F64, float, guint32, double, guint64, x)
  CONVERT (F64_F32, double, guint64, float, guint32, (float)x)
  CONVERT (SHIFT_COUNT, gint64, guint64, gint32, guint32, x >= 0 && x < 64 ? (gint32)x : -1)

  CASE (EXPOSE)
  {
    guint8 *x_at = CELL (op->b), *d_at = CELL (op->a);
    guint32 id = BLOCK (x_at);

    SET (guint64, d_at, VALUE (guint64, x_at));
    DEFINED (guint64, d_at) = DEFINED (guint64, x_at);
    if (id != 0 && !blocks[id].is_exposed)
      machine_expose_block (machine, id);
    NEXT;
  }
  CASE (UNPROVED)
  {
    guint8 *x_at = CELL (op->b), *d_at = CELL (op->a);

    SET (guint64, d_at, VALUE (guint64, x_at));
    DEFINED (guint64, d_at) = DEFINED (guint64, x_at);
    BLOCK (d_at) = 0;
    NEXT;
  }
  CASE (ADDRESS)
  {
    guint8 *d_at = CELL (op->a);

    SET (guint64, d_at, CELL (op->b) - bytes);
    DEFINED (guint64, d_at) = G_MAXUINT64;
    BLOCK (d_at) = VALUE (guint64, CELL (op->c));
    NEXT;
  }
  CASE (OFFSET)
  {
    POINTER_RESULT ((gint64)(gint32)op->c);
    NEXT;
  }

  STEP (STEP_32, gint32, guint32, +)
  STEP (STEP_64, gint64, guint64, +)
  STEP (BACK_32, gint32, guint32, -)
  STEP (BACK_64, gint64, guint64, -)

  CASE (DISTANCE)
  {
    guint8 *x_at = CELL (op->b), *y_at = CELL (op->c), *d_at = CELL (op->a);

    DEFINED (guint64, d_at)
        = (DEFINED (guint64, x_at) & DEFINED (guint64, y_at)) == G_MAXUINT64 ? G_MAXUINT64 : 0;
    SET (gint64, d_at, (gint64)(VALUE (guint64, x_at) - VALUE (guint64, y_at)) / op[1].a);
    op++;
    NEXT;
  }

  INDEX (INDEX_32, gint32, guint32)
  INDEX (INDEX_64, gint64, guint64)

  CASE (BOUND)
  {
    guint8 *x_at = CELL (op->b), *i_at = CELL (op->c);

    if (G_UNLIKELY (!(VALUE (guint64, i_at) < VALUE (guint64, x_at))
                    || (DEFINED (guint64, x_at) & DEFINED (guint64, i_at)) != G_MAXUINT64))
      {
        SAVE ();
        if (!machine_check_length (machine, x_at, i_at))
          goto ended;
      }
    NEXT;
  }
  CASE (PART)
  {
    SAVE ();
    if (!machine_take_part (machine, op, CELL (op->a), CELL (op->b)))
      goto ended;
    op++;
    NEXT;
  }
  CASE (DISCRIMINATE)
  {
    guint8 *x_at = CELL (op->b), *d_at = CELL (op->a);

    SET (guint64, d_at,
         find_case (g_ptr_array_index (machine->code->switches, op->c), VALUE (guint64, x_at)));
    DEFINED (guint64, d_at) = DEFINED (guint64, x_at) == G_MAXUINT64 ? G_MAXUINT64 : 0;
    NEXT;
  }
  CASE (FIND_METHOD)
  {
    SAVE ();
    if (!machine_find_method (machine, CELL (op->a), CELL (op->b), op->c))
      goto ended;
    NEXT;
  }
  CASE (DROP)
  {
    SAVE ();
    machine_tell (machine, MACHINE_EVENT_DROP, BLOCK (CELL (op->b)));
    NEXT;
  }
  CASE (BORROW)
  {
    SAVE ();
    if (machine->tells_borrows)
      machine_tell (machine, MACHINE_EVENT_BORROW, BLOCK (CELL (op->b)));
    NEXT;
  }
  CASE (LIVE)
  {
    const MachineFunction *function = &functions[machine->frames[state->depth].function];
    guint64 address = state->frame + function->slots[op->b].offset;

    SAVE ();
    /* A parameter arrives with its value. */
    if (op->a != MACHINE_NO_CELL)
      memset (machine->space->defined + address, 0, op->c);
    if (op->n != MACHINE_NOT_TAKEN && !machine_begin_slot (machine, op->n, op->b, address, op->c))
      goto ended;
    NEXT;
  }
  CASE (DEAD)
  {
    guint8 *cell = bases[MACHINE_CELL_REGISTER] + op->n * 8;
    guint32 id = VALUE (guint64, cell);

    if (id != 0)
      {
        mem_block_get (machine->space, id)->ended_at = op - ops;
        mem_block_end (machine->space, id, MEM_BLOCK_ENDED);
      }
    VALUE (guint64, cell) = 0;
    NEXT;
  }

  CASE (JUMP)
  GO_TO (op->c);

  BRANCH (BRZ_8, guint8, ==)
  BRANCH (BRZ_16, guint16, ==)
  BRANCH (BRZ_32, guint32, ==)
  BRANCH (BRZ_64, guint64, ==)
  BRANCH (BRNZ_8, guint8, !=)
  BRANCH (BRNZ_16, guint16, !=)
  BRANCH (BRNZ_32, guint32, !=)
  BRANCH (BRNZ_64, guint64, !=)

  CASE (SWITCH)
  {
    guint8 *x_at = CELL (op->b);
    const MachineSwitch *table = g_ptr_array_index (machine->code->switches, op->c);

    if (G_UNLIKELY (DEFINED (guint64, x_at) != G_MAXUINT64))
      {
        SAVE ();
        if (!machine_check_defined (machine))
          goto ended;
      }
    GO_TO (find_case (table, VALUE (guint64, x_at)));
  }

  CASE (CALL)
  {
    const MachineFunction *function = &functions[op->c];

    SAVE ();
    if (!push_frame (machine, function, op->c, op->b))
      goto call_failed;
    if (G_UNLIKELY (machine->tells_calls))
      machine_tell (machine, MACHINE_EVENT_CALL, op->c);
    LOAD_BASES ();
    GO_TO (function->entry);
  }
  CASE (CALL_POINTER)
  {
    gint64 id;

    SAVE ();
    id = machine_resolve_callee (machine, CELL (op->b));
    if (id < 0)
      goto ended;
    if (!machine_pass_arguments (machine, &functions[id], state->stack - functions[id].frame_bytes,
                                 (const MachineArgument *)(op + 1), op->c, bases)
        || (op->a != MACHINE_NO_CELL && functions[id].result_size == 0))
      {
        machine_fault (machine, MEM_FAULT_BAD_CALL, MEM_ACCESS_CALL, VALUE (guint64, CELL (op->b)),
                       0, machine_function_block (machine->code, id));
        goto ended;
      }
    if (!push_frame (machine, &functions[id], id,
                     functions[machine->frames[state->depth].function].register_bytes))
      goto call_failed;
    if (G_UNLIKELY (machine->tells_calls))
      machine_tell (machine, MACHINE_EVENT_CALL, id);
    LOAD_BASES ();
    GO_TO (functions[id].entry);
  }
  CASE (ENSURE)
  {
    const MachineFunction *function = &functions[op->c];

    if (VALUE (guint32, CELL (op->b)) == 1)
      FALL_THROUGH ();
    SAVE ();
    if (!push_frame (machine, function, op->c,
                     functions[machine->frames[state->depth].function].register_bytes))
      goto call_failed;
    if (G_UNLIKELY (machine->tells_calls))
      machine_tell (machine, MACHINE_EVENT_CALL, op->c);
    LOAD_BASES ();
    GO_TO (function->entry);
  }

/* After a return: ticks, event, and the rest of the caller. `dest` is the cell that the call's result goes to. */
#define LEAVE()                                                                                    \
  guint32 call_pc = machine->frames[state->depth].call_pc;                                         \
  MachineCell dest = MACHINE_NO_CELL;                                                              \
  SAVE ();                                                                                         \
  if (G_UNLIKELY (machine->frames[state->depth].is_special))                                       \
    goto special_return;                                                                           \
  if (G_UNLIKELY (machine->tells_calls))                                                           \
    machine_tell (machine, MACHINE_EVENT_RETURN, machine->frames[state->depth].function);          \
  pop_frame (machine, functions);                                                                  \
  state->ticks += op->n;                                                                           \
  LOAD_BASES ();                                                                                   \
  dest = ops[call_pc].a

#define GO_ON()                                                                                    \
  do                                                                                               \
    {                                                                                              \
      op = ops + machine_skip (machine, call_pc);                                                  \
      if (G_UNLIKELY (state->ticks >= until_tick))                                                 \
        goto paused_at_tick;                                                                       \
      goto *labels[op->op];                                                                        \
    }                                                                                              \
  while (0)

#define RETURN_VALUE(W, T, MOVES)                                                                  \
  CASE (RETURN_##W)                                                                                \
  {                                                                                                \
    guint8 *x_at = CELL (op->b);                                                                   \
    LEAVE ();                                                                                      \
    if (dest != MACHINE_NO_CELL)                                                                   \
      {                                                                                            \
        guint8 *d_at = CELL (dest);                                                                \
        SET (T, d_at, VALUE (T, x_at));                                                            \
        DEFINED (T, d_at) = DEFINED (T, x_at);                                                     \
        MOVES (d_at, x_at);                                                                        \
      }                                                                                            \
    GO_ON ();                                                                                      \
  }

  RETURN_VALUE (1, guint8, NO_PROVENANCE)
  RETURN_VALUE (2, guint16, NO_PROVENANCE)
  RETURN_VALUE (4, guint32, NO_PROVENANCE)
  RETURN_VALUE (8, guint64, NO_PROVENANCE)
  RETURN_VALUE (P, guint64, COPY_PROVENANCE)

  CASE (RETURN_BLOCK)
  {
    guint8 *x_at = CELL (op->b);
    guint32 n_bytes = op->c, type = op->a;

    LEAVE ();
    if (dest != MACHINE_NO_CELL)
      machine_return_block (machine, CELL (dest) - bytes, x_at - bytes, n_bytes, type);
    GO_ON ();
  }
  CASE (RETURN)
  {
    /* A caller that wants a value gets none (C11 6.9.1p12). */
    if (machine->frames[state->depth].call_pc < MACHINE_CALLER_FIRST
        && needs_result (&ops[machine->frames[state->depth].call_pc]))
      {
        SAVE ();
        machine_fault (machine, MEM_FAULT_MISSING_RETURN, MEM_ACCESS_READ, 0, 0, 0);
        goto ended;
      }
    {
      LEAVE ();
      (void)dest;
      GO_ON ();
    }
  }
  CASE (LEAF)
  {
    SAVE ();
    if (machine_run_leaf (machine, op, bases) != MACHINE_LEAF_DONE)
      goto left;
    op += op->n;
    NEXT;
  }
  CASE (LEAF_ELSE)
  {
    MachineLeafAnswer answer;

    SAVE ();
    answer = machine_run_leaf (machine, op, bases);

    if (answer == MACHINE_LEAF_DONE)
      {
        op += op->n + 1;
        NEXT;
      }
    if (answer != MACHINE_LEAF_SLOW)
      goto left;
    /* Too hard: the function in the last word does it, with the same arguments. */
    {
      guint32 id = op[op->n + 1].a;

      machine_pass_arguments (machine, &functions[id], state->stack - functions[id].frame_bytes,
                              (const MachineArgument *)(op + 1), op->n, bases);
      if (!push_frame (machine, &functions[id], id,
                       functions[machine->frames[state->depth].function].register_bytes))
        goto call_failed;
      if (G_UNLIKELY (machine->tells_calls))
        machine_tell (machine, MACHINE_EVENT_CALL, id);
      LOAD_BASES ();
      op = ops + functions[id].entry;
      goto *labels[op->op];
    }
  }

  CASE (RETAIN)
  machine_retain (machine, CELL (op->b) - bytes);
  NEXT;
  CASE (LET_GO)
  machine_let_go (machine, CELL (op->b) - bytes);
  if (G_UNLIKELY (machine_has_work (machine)))
    goto work_next;
  NEXT;
  CASE (EMPTY)
  DEFINED (guint64, CELL (op->b)) = 0;
  if (op->a != 0)
    {
      SAVE ();
      machine_tell (machine, MACHINE_EVENT_CATCH, 0);
    }
  NEXT;
  CASE (CLEAR)
  if (machine_clear_slot_cell (machine, op, CELL (op->b) - bytes))
    goto work_next;
  NEXT;
  CASE (ALLOCATE)
  SAVE ();
  if (!machine_allocate_object (machine, op))
    goto left;
  NEXT;
  CASE (RELEASE)
  SAVE ();
  if (!machine_release_object (machine, CELL (op->b) - bytes))
    goto left;
  NEXT;
  CASE (COLLECT)
  SAVE ();
  if (!machine_collect (machine, op))
    goto left;
  NEXT;
  CASE (THROW)
  SAVE ();
  state->ticks += op->n;
  if (op->a != 0)
    machine_throw_on (machine, CELL (op->b) - bytes, op->c);
  else
    machine_throw (machine, CELL (op->b) - bytes, op->c);
  goto left;
  CASE (RETHROW)
  SAVE ();
  state->ticks += op->n;
  machine_throw_on (machine, CELL (op->b) - bytes, TRUE);
  goto left;
  CASE (TAKE_FRAME)
  SAVE ();
  if (!machine_take_frame (machine, op, bases))
    goto left;
  op += op->n;
  NEXT;
  CASE (KEEP_FRAME)
  SAVE ();
  if (!machine_keep_frame (machine, op))
    goto left;
  NEXT;
  CASE (FRAME_STATE)
  SAVE ();
  if (!machine_get_frame_state (machine, op))
    goto left;
  NEXT;
  CASE (RESUME)
  SAVE ();
  if (!machine_resume (machine, op, FALSE))
    goto resume_failed;
  goto moved;
  CASE (RESUME_THROW)
  SAVE ();
  if (!machine_resume (machine, op, TRUE))
    goto resume_failed;
  goto moved;
  CASE (YIELD)
  SAVE ();
  machine_yield (machine, op);
  goto moved;
  CASE (UNREACHABLE)
  g_assert_not_reached ();

undefined:
  {
    guint n_bytes = machine_undefined (op, bases, delta);

    TELL_WRITE (CELL (op->a), n_bytes);
    NEXT;
  }

undefined_branch:
  {
    gboolean holds;

    /* A comparison may be decided by the bits that are defined. */
    if (!machine_undefined_branch (op, bases, delta, &holds))
      {
        SAVE ();
        if (!machine_check_defined (machine))
          goto ended;
      }
    if (holds)
      GO_TO (op->c);
    FALL_THROUGH ();
  }

special_return:
  machine_return (machine, op);
  goto moved;

  /* Somewhere else now, maybe in another mode; the ticks of the run that ended are counted. */
moved:
  if (state->end != MACHINE_END_NONE || state->mode != MACHINE_MODE_CODE)
    goto left;
  LOAD_BASES ();
  op = ops + state->pc;
  if (G_UNLIKELY (state->ticks >= until_tick))
    goto paused_at_tick;
  goto *labels[op->op];

resume_failed:
  if (state->end != MACHINE_END_NONE)
    goto ended;
call_failed:
  if (!machine_overflow (machine))
    goto ended;
  state->ticks++;
  goto moved;

work_next:
  op++;
  SAVE ();
  state->mode = MACHINE_MODE_WORK;
  goto left;

overflow:
  SAVE ();
  machine_fault (machine, MEM_FAULT_OVERFLOW, MEM_ACCESS_READ, 0, 0, 0);
  goto ended;

division_by_zero:
  SAVE ();
  machine_fault (machine, MEM_FAULT_DIVISION_BY_ZERO, MEM_ACCESS_READ, 0, 0, 0);
  goto ended;

bad_shift:
  SAVE ();
  machine_fault (machine, MEM_FAULT_BAD_SHIFT, MEM_ACCESS_READ, 0, 0, 0);
  state->fault.number = VALUE (gint32, CELL (op->c));
  goto ended;

paused_at_step:
  SAVE ();
  state->arrived = 1;
  return MACHINE_PAUSED_AT_STEP;

paused_at_tick:
  SAVE ();
  return MACHINE_PAUSED_AT_TICK;

left:
  if (state->end == MACHINE_END_NONE)
    return MACHINE_LEFT_CODE;
ended:
  return MACHINE_ENDED;
}
