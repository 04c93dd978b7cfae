/* SPDX-License-Identifier: GPL-3.0-or-later */

/* stdlib.h and assert.h: memory by hand, the end of the program, numbers out of text, random numbers. */

#include "c-library.h"

#include "machine/machine.h"
#include "number/number-parse.h"

#define FAIL return MACHINE_LEAF_FAULT

/* Status that a shell shows for a process that abort() ended. */
#define ABORTED (128 + 6)

/* A number of more bytes than this has nothing behind its digits that could matter. */
#define MAX_NUMBER_BYTES 4096

MachineLeafAnswer
c_library_C_MALLOC (MachineLeafCall *call)
{
  if (!machine_leaf_is_defined (call, 0))
    FAIL;
  return machine_leaf_allocate (call, call->arguments[0].bits, FALSE);
}

MachineLeafAnswer
c_library_C_CALLOC (MachineLeafCall *call)
{
  guint64 n_bytes;

  if (!machine_leaf_is_defined (call, 0) || !machine_leaf_is_defined (call, 1))
    FAIL;
  /* A product that does not fit is refused, not cut (C11 7.22.3.2; glibc). */
  if (!g_uint64_checked_mul (&n_bytes, call->arguments[0].bits, call->arguments[1].bits))
    n_bytes = G_MAXUINT64;
  return machine_leaf_allocate (call, n_bytes, TRUE);
}

MachineLeafAnswer
c_library_C_REALLOC (MachineLeafCall *call)
{
  if (!machine_leaf_is_defined (call, 1))
    FAIL;
  return machine_leaf_reallocate (call, 0, call->arguments[1].bits);
}

MachineLeafAnswer
c_library_C_FREE (MachineLeafCall *call)
{
  return machine_leaf_release (call, 0);
}

MachineLeafAnswer
c_library_C_EXIT (MachineLeafCall *call)
{
  if (!machine_leaf_is_defined (call, 0))
    FAIL;
  call->result.bits = call->arguments[0].bits & 0xff;
  return MACHINE_LEAF_EXIT;
}

MachineLeafAnswer
c_library_C_ABORT (MachineLeafCall *call)
{
  call->result.bits = ABORTED;
  return MACHINE_LEAF_EXIT;
}

MachineLeafAnswer
c_library_C_ASSERT_FAIL (MachineLeafCall *call)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint64 n[4] = { 0 };

  for (guint i = 0; i < 4; i++)
    if (i != 2 && !machine_leaf_get_length (call, i, G_MAXUINT64, &n[i]))
      FAIL;
  g_string_append_len (text, machine_leaf_borrow (call, 1, n[1]), n[1]);
  g_string_append_printf (text, ":%u: ", (guint)call->arguments[2].bits);
  g_string_append_len (text, machine_leaf_borrow (call, 3, n[3]), n[3]);
  g_string_append (text, ": Assertion `");
  g_string_append_len (text, machine_leaf_borrow (call, 0, n[0]), n[0]);
  g_string_append (text, "' failed.\n");
  if (!machine_leaf_print (call, MACHINE_STREAM_ERROR, text->str, text->len))
    FAIL;
  call->result.bits = ABORTED;
  return MACHINE_LEAF_EXIT;
}

MachineLeafAnswer
c_library_C_ABS (MachineLeafCall *call)
{
  gint32 value = (gint32)call->arguments[0].bits;

  if (!machine_leaf_is_defined (call, 0))
    FAIL;
  call->result.bits = (guint32)(value < 0 ? -(guint32)value : (guint32)value);
  return MACHINE_LEAF_DONE;
}

MachineLeafAnswer
c_library_C_LABS (MachineLeafCall *call)
{
  gint64 value = (gint64)call->arguments[0].bits;

  if (!machine_leaf_is_defined (call, 0))
    FAIL;
  call->result.bits = value < 0 ? -(guint64)value : (guint64)value;
  return MACHINE_LEAF_DONE;
}

/* ---- numbers out of text ---- */

/* The whole string: reading a number must stop at its '\0' and nowhere behind a block's end. */
static const char *
borrow_text (MachineLeafCall *call, guint64 *n)
{
  if (!machine_leaf_get_length (call, 0, MAX_NUMBER_BYTES, n))
    return NULL;
  return machine_leaf_borrow (call, 0, *n);
}

/* strtol's second argument: where the number ends. */
static gboolean
set_end (MachineLeafCall *call, gsize n_used)
{
  MachineValue *text = &call->arguments[0], *end = &call->arguments[1];

  if (end->bits == 0 && end->block == 0)
    return TRUE;
  return machine_leaf_set_pointer (call, 1, text->bits + n_used, text->block);
}

MachineLeafAnswer
c_library_C_ATOI (MachineLeafCall *call)
{
  MachineLeafAnswer answer = c_library_C_ATOL (call);

  call->result.bits = (guint32)call->result.bits;
  return answer;
}

MachineLeafAnswer
c_library_C_ATOL (MachineLeafCall *call)
{
  gboolean is_out_of_range;
  gsize n_used;
  guint64 n;
  const char *text = borrow_text (call, &n);

  if (text == NULL)
    FAIL;
  call->result.bits = number_parse_signed (text, n, 10, &n_used, &is_out_of_range);
  return MACHINE_LEAF_DONE;
}

static void
return_double (MachineLeafCall *call, double value)
{
  memcpy (&call->result.bits, &value, sizeof value);
}

MachineLeafAnswer
c_library_C_ATOF (MachineLeafCall *call)
{
  gsize n_used;
  guint64 n;
  const char *text = borrow_text (call, &n);

  if (text == NULL)
    FAIL;
  return_double (call, number_parse_double (text, n, &n_used));
  return MACHINE_LEAF_DONE;
}

MachineLeafAnswer
c_library_C_STRTOD (MachineLeafCall *call)
{
  gsize n_used;
  guint64 n;
  const char *text = borrow_text (call, &n);

  if (text == NULL)
    FAIL;
  return_double (call, number_parse_double (text, n, &n_used));
  return c_library_answer (set_end (call, n_used));
}

static MachineLeafAnswer
parse_integer (MachineLeafCall *call, gboolean is_signed)
{
  guint base = (guint)call->arguments[2].bits;
  gboolean is_out_of_range;
  gsize n_used = 0;
  guint64 n;
  const char *text = borrow_text (call, &n);

  if (text == NULL || !machine_leaf_is_defined (call, 2))
    FAIL;
  /* A base that does not exist reads nothing (glibc). */
  if (base == 1 || base > 36)
    call->result.bits = 0;
  else if (is_signed)
    call->result.bits = number_parse_signed (text, n, base, &n_used, &is_out_of_range);
  else
    call->result.bits = number_parse_unsigned (text, n, base, &n_used, &is_out_of_range);
  return c_library_answer (set_end (call, n_used));
}

MachineLeafAnswer
c_library_C_STRTOL (MachineLeafCall *call)
{
  return parse_integer (call, TRUE);
}

MachineLeafAnswer
c_library_C_STRTOUL (MachineLeafCall *call)
{
  return parse_integer (call, FALSE);
}

/* ---- random numbers: the sequence of glibc's rand() ---- */

static guint32
draw (MachineRandom *random)
{
  guint32 *words = random->words;
  guint32 at = random->next;
  /* r[i] = r[i-3] + r[i-31], of which the upper 31 bits are given out */
  guint32 word = words[(at + 31) % 34] + words[(at + 3) % 34];

  words[at] = word;
  random->next = (at + 1) % 34;
  return word >> 1;
}

static void
seed (MachineRandom *random, guint32 start)
{
  gint64 word = (gint32)(start == 0 ? 1 : start);

  random->words[0] = word;
  for (guint i = 1; i < 31; i++)
    {
      word = 16807 * word % 2147483647;
      if (word < 0)
        word += 2147483647;
      random->words[i] = word;
    }
  for (guint i = 31; i < 34; i++)
    random->words[i] = random->words[i - 31];
  random->next = 0;
  random->is_seeded = 1;
  for (guint i = 0; i < 310; i++)
    draw (random);
}

MachineLeafAnswer
c_library_C_RAND (MachineLeafCall *call)
{
  MachineRandom *random = machine_leaf_get_random (call);

  if (!random->is_seeded)
    seed (random, 1);
  call->result.bits = draw (random);
  return MACHINE_LEAF_DONE;
}

MachineLeafAnswer
c_library_C_SRAND (MachineLeafCall *call)
{
  if (!machine_leaf_is_defined (call, 0))
    FAIL;
  seed (machine_leaf_get_random (call), (guint32)call->arguments[0].bits);
  return MACHINE_LEAF_DONE;
}
