/* SPDX-License-Identifier: GPL-3.0-or-later */

/* string.h: strings and bytes. The order of the checks is that of AddressSanitizer's interceptors: how long the source is, whether
 * source and destination overlap, whether all of it can be written. A byte that decides something must be defined, as for
 * memcheck. */

#define _GNU_SOURCE
#include "c-library.h"

#include <string.h>

#define FAIL return MACHINE_LEAF_FAULT

static guint64
get_size (MachineLeafCall *call, guint argument)
{
  return call->arguments[argument].bits;
}

static void
return_argument (MachineLeafCall *call, guint argument)
{
  call->result.bits = call->arguments[argument].bits;
  call->result.block = call->arguments[argument].block;
}

/* A pointer into argument's block, n bytes behind where it points. */
static void
return_inside (MachineLeafCall *call, guint argument, guint64 offset)
{
  return_argument (call, argument);
  call->result.bits += offset;
}

static void
return_null (MachineLeafCall *call)
{
  call->result.bits = 0;
  call->result.block = 0;
}

/* Two ranges share a byte (C11 7.24.1p2: undefined for all copies but memmove). Ranges of two blocks do so only where one of
 * them leaves its block, and that is the mistake to tell. */
static gboolean
is_overlap (MachineLeafCall *call, guint64 to_offset, guint64 n_to, guint64 n_from)
{
  guint64 to = call->arguments[0].bits + to_offset, from = call->arguments[1].bits;
  guint32 to_block = call->arguments[0].block, from_block = call->arguments[1].block;

  if (to_block != 0 && from_block != 0 && to_block != from_block)
    return FALSE;
  return n_to > 0 && n_from > 0 && to < from + n_from && from < to + n_to;
}

static gboolean
complain_overlap (MachineLeafCall *call)
{
  return machine_leaf_fault (call, MEM_FAULT_OVERLAP, 0);
}

MachineLeafAnswer
c_library_C_STRLEN (MachineLeafCall *call)
{
  return c_library_answer (machine_leaf_get_length (call, 0, G_MAXUINT64, &call->result.bits));
}

MachineLeafAnswer
c_library_C_STRCPY (MachineLeafCall *call)
{
  guint64 n;

  if (!machine_leaf_get_length (call, 1, G_MAXUINT64, &n))
    FAIL;
  if (is_overlap (call, 0, n + 1, n + 1) && !complain_overlap (call))
    FAIL;
  return_argument (call, 0);
  return c_library_answer (machine_leaf_copy (call, 0, 0, 1, 0, n + 1));
}

MachineLeafAnswer
c_library_C_STRNCPY (MachineLeafCall *call)
{
  guint64 n, size = get_size (call, 2);
  g_autofree guint8 *zeros = NULL;
  guint64 n_copied;

  if (!machine_leaf_is_defined (call, 2) || !machine_leaf_get_length (call, 1, size, &n))
    FAIL;
  n_copied = MIN (n + 1, size);
  if (is_overlap (call, 0, n_copied, n_copied) && !complain_overlap (call))
    FAIL;
  if (!machine_leaf_check (call, 0, 0, size, MEM_ACCESS_WRITE)
      || !machine_leaf_copy (call, 0, 0, 1, 0, n_copied))
    FAIL;
  zeros = g_malloc0 (size - n_copied + 1);
  return_argument (call, 0);
  return c_library_answer (machine_leaf_set_bytes (call, 0, n_copied, zeros, size - n_copied));
}

static MachineLeafAnswer
concatenate (MachineLeafCall *call, guint64 most)
{
  guint64 n_to, n_from;
  gboolean is_whole;

  if (!machine_leaf_get_length (call, 1, most, &n_from)
      || !machine_leaf_get_length (call, 0, G_MAXUINT64, &n_to))
    FAIL;
  is_whole = n_from < most;
  if ((is_overlap (call, 0, n_to + n_from + 1, n_from + (is_whole ? 1 : 0)))
      && !complain_overlap (call))
    FAIL;
  if (!machine_leaf_check (call, 0, n_to, n_from + 1, MEM_ACCESS_WRITE)
      || !machine_leaf_copy (call, 0, n_to, 1, 0, n_from))
    FAIL;
  return_argument (call, 0);
  return c_library_answer (machine_leaf_set_byte (call, 0, n_to + n_from, 0));
}

MachineLeafAnswer
c_library_C_STRCAT (MachineLeafCall *call)
{
  return concatenate (call, G_MAXUINT64);
}

MachineLeafAnswer
c_library_C_STRNCAT (MachineLeafCall *call)
{
  if (!machine_leaf_is_defined (call, 2))
    FAIL;
  return concatenate (call, get_size (call, 2));
}

/* Compares up to `most` bytes; ends_at_nul as strings do. The result is the difference of the first bytes that differ, as glibc
 * gives it. */
static MachineLeafAnswer
compare (MachineLeafCall *call, guint64 most, gboolean ends_at_nul)
{
  guint8 a = 0, b = 0;

  for (guint64 i = 0; i < most; i++)
    {
      if (!machine_leaf_get_byte (call, 0, i, &a) || !machine_leaf_get_byte (call, 1, i, &b))
        FAIL;
      if (a != b || (ends_at_nul && a == 0))
        {
          call->cost += i / 16;
          break;
        }
      a = b = 0;
    }
  call->result.bits = (guint64)(gint64)((gint)a - (gint)b);
  return MACHINE_LEAF_DONE;
}

MachineLeafAnswer
c_library_C_STRCMP (MachineLeafCall *call)
{
  return compare (call, G_MAXUINT64, TRUE);
}

MachineLeafAnswer
c_library_C_STRNCMP (MachineLeafCall *call)
{
  if (!machine_leaf_is_defined (call, 2))
    FAIL;
  return compare (call, get_size (call, 2), TRUE);
}

MachineLeafAnswer
c_library_C_MEMCMP (MachineLeafCall *call)
{
  guint64 size = get_size (call, 2);

  if (!machine_leaf_is_defined (call, 2) || !machine_leaf_check (call, 0, 0, size, MEM_ACCESS_READ)
      || !machine_leaf_check (call, 1, 0, size, MEM_ACCESS_READ))
    FAIL;
  return compare (call, size, FALSE);
}

/* Finds a byte; the last one with `last`. */
static MachineLeafAnswer
find_byte (MachineLeafCall *call, gboolean last)
{
  guint8 wanted = call->arguments[1].bits, byte;

  return_null (call);
  if (!machine_leaf_is_defined (call, 1))
    FAIL;
  for (guint64 i = 0;; i++)
    {
      if (!machine_leaf_get_byte (call, 0, i, &byte))
        FAIL;
      if (byte == wanted)
        {
          return_inside (call, 0, i);
          if (!last)
            return MACHINE_LEAF_DONE;
        }
      if (byte == 0)
        {
          call->cost += i / 16;
          return MACHINE_LEAF_DONE;
        }
    }
}

MachineLeafAnswer
c_library_C_STRCHR (MachineLeafCall *call)
{
  return find_byte (call, FALSE);
}

MachineLeafAnswer
c_library_C_STRRCHR (MachineLeafCall *call)
{
  return find_byte (call, TRUE);
}

MachineLeafAnswer
c_library_C_MEMCHR (MachineLeafCall *call)
{
  guint8 wanted = call->arguments[1].bits, byte;

  return_null (call);
  if (!machine_leaf_is_defined (call, 1) || !machine_leaf_is_defined (call, 2))
    FAIL;
  for (guint64 i = 0; i < get_size (call, 2); i++)
    {
      if (!machine_leaf_get_byte (call, 0, i, &byte))
        FAIL;
      if (byte == wanted)
        {
          return_inside (call, 0, i);
          break;
        }
    }
  return MACHINE_LEAF_DONE;
}

MachineLeafAnswer
c_library_C_STRSTR (MachineLeafCall *call)
{
  guint64 n, n_wanted;
  const char *text, *wanted, *found;

  return_null (call);
  if (!machine_leaf_get_length (call, 0, G_MAXUINT64, &n)
      || !machine_leaf_get_length (call, 1, G_MAXUINT64, &n_wanted))
    FAIL;
  text = machine_leaf_borrow (call, 0, n);
  wanted = machine_leaf_borrow (call, 1, n_wanted);
  found = memmem (text, n, wanted, n_wanted);
  if (found != NULL)
    return_inside (call, 0, found - text);
  return MACHINE_LEAF_DONE;
}

/* Length of the beginning of argument 0 whose bytes are, or are not, among argument 1's. */
static gboolean
span (MachineLeafCall *call, gboolean among, guint64 *length)
{
  guint64 n, n_set;
  const char *text, *set;

  if (!machine_leaf_get_length (call, 0, G_MAXUINT64, &n)
      || !machine_leaf_get_length (call, 1, G_MAXUINT64, &n_set))
    return FALSE;
  text = machine_leaf_borrow (call, 0, n);
  set = machine_leaf_borrow (call, 1, n_set);
  *length = 0;
  while (*length < n && (memchr (set, text[*length], n_set) != NULL) == among)
    (*length)++;
  return TRUE;
}

MachineLeafAnswer
c_library_C_STRSPN (MachineLeafCall *call)
{
  return c_library_answer (span (call, TRUE, &call->result.bits));
}

MachineLeafAnswer
c_library_C_STRCSPN (MachineLeafCall *call)
{
  return c_library_answer (span (call, FALSE, &call->result.bits));
}

MachineLeafAnswer
c_library_C_STRPBRK (MachineLeafCall *call)
{
  guint64 n, length;

  return_null (call);
  if (!span (call, FALSE, &length) || !machine_leaf_get_length (call, 0, G_MAXUINT64, &n))
    FAIL;
  if (length < n)
    return_inside (call, 0, length);
  return MACHINE_LEAF_DONE;
}

static MachineLeafAnswer
duplicate (MachineLeafCall *call, guint64 most)
{
  MachineLeafAnswer answer;
  guint64 n;
  guint copy = call->n_arguments;

  if (!machine_leaf_get_length (call, 0, most, &n))
    FAIL;
  answer = machine_leaf_allocate (call, n + 1, FALSE);
  if (answer != MACHINE_LEAF_DONE || call->result.bits == 0)
    return answer;
  /* The new block stands in as one more argument, so that it is written as any other. */
  call->arguments[copy] = call->result;
  call->n_arguments++;
  return c_library_answer (machine_leaf_copy (call, copy, 0, 0, 0, n)
                           && machine_leaf_set_byte (call, copy, n, 0));
}

MachineLeafAnswer
c_library_C_STRDUP (MachineLeafCall *call)
{
  return duplicate (call, G_MAXUINT64);
}

MachineLeafAnswer
c_library_C_STRNDUP (MachineLeafCall *call)
{
  if (!machine_leaf_is_defined (call, 1))
    FAIL;
  return duplicate (call, get_size (call, 1));
}

MachineLeafAnswer
c_library_C_MEMCPY (MachineLeafCall *call)
{
  guint64 size = get_size (call, 2);

  if (!machine_leaf_is_defined (call, 2))
    FAIL;
  if (call->arguments[0].bits != call->arguments[1].bits && is_overlap (call, 0, size, size)
      && !complain_overlap (call))
    FAIL;
  return_argument (call, 0);
  return c_library_answer (machine_leaf_copy (call, 0, 0, 1, 0, size));
}

MachineLeafAnswer
c_library_C_MEMMOVE (MachineLeafCall *call)
{
  if (!machine_leaf_is_defined (call, 2))
    FAIL;
  return_argument (call, 0);
  return c_library_answer (machine_leaf_copy (call, 0, 0, 1, 0, get_size (call, 2)));
}

MachineLeafAnswer
c_library_C_MEMSET (MachineLeafCall *call)
{
  guint64 size = get_size (call, 2);
  g_autofree guint8 *bytes = NULL;

  if (!machine_leaf_is_defined (call, 2) || !machine_leaf_is_defined (call, 1)
      || !machine_leaf_check (call, 0, 0, size, MEM_ACCESS_WRITE))
    FAIL;
  bytes = g_malloc (size + 1);
  memset (bytes, call->arguments[1].bits & 0xff, size);
  call->cost += size / 16;
  return_argument (call, 0);
  return c_library_answer (machine_leaf_set_bytes (call, 0, 0, bytes, size));
}
