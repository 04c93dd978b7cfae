/* SPDX-License-Identifier: GPL-3.0-or-later */

/* stdio.h: sscanf, scanf, fscanf (C11 7.21.6.2). What is read stands whole in front of the scanner: a text up to its '\0', or the rest of
 * the input, of which it takes what it used. While more input may come, a first pass that stores nothing finds out whether what is known
 * decides everything. */

#include "c-library.h"

#include "number/number-parse.h"

#include <string.h>

#define END_OF_FILE ((guint64)(gint64)-1)

typedef enum
{
  SCAN_FAULT,    /* the program stopped */
  SCAN_MISMATCH, /* the text is not what the format says */
  SCAN_END,      /* there is no more text */
  SCAN_RIGHT,
} ScanAnswer;

typedef struct
{
  MachineLeafCall *call;
  guint format; /* argument that holds the format */
  guint next;   /* argument that the next conversion stores through */
  guint64 at;   /* offset in the format */
  const char *text;
  gsize n, n_used;
  gboolean is_trial; /* nothing is stored, no fault is told */
  gboolean saw_end;  /* what comes behind the text could change what was read */
  guint n_stored;
  /* of the conversion at hand */
  gboolean is_dropped; /* * */
  gsize width;
  guint size; /* bytes of an integer, or 8 with an l for floating numbers */
} Scanner;

static gboolean
peek_format (Scanner *self, guint8 *byte)
{
  return machine_leaf_get_byte (self->call, self->format, self->at, byte);
}

/* How many bytes the conversion may look at. */
static gsize
get_room (const Scanner *self)
{
  return MIN (self->width, self->n - self->n_used);
}

static void
skip_space (Scanner *self)
{
  while (self->n_used < self->n && strchr (" \t\n\v\f\r", self->text[self->n_used]) != NULL
         && self->text[self->n_used] != '\0')
    self->n_used++;
  self->saw_end |= self->n_used == self->n;
}

/* A number or word begins here: it is whole when a space stands behind it, or when it is as wide as it may be. */
static void
look_for_end (Scanner *self)
{
  gsize n = 0;

  while (n < get_room (self) && !g_ascii_isspace (self->text[self->n_used + n])
         && self->text[self->n_used + n] != '\v')
    n++;
  self->saw_end |= n < self->width && self->n_used + n == self->n;
}

/* The format is not what it should be. */
static gboolean
refuse (Scanner *self, guint argument)
{
  return self->is_trial ? FALSE : machine_leaf_fault (self->call, MEM_FAULT_BAD_FORMAT, argument);
}

/* Whether the next argument is a pointer to store through. */
static gboolean
has_target (Scanner *self)
{
  if (self->next < self->call->n_arguments
      && self->call->arguments[self->next].scalar == IR_SCALAR_POINTER)
    return TRUE;
  return refuse (self, MIN (self->next, self->call->n_arguments - 1));
}

/* The bytes go where the next argument points, unless they are dropped. */
static ScanAnswer
store (Scanner *self, const void *bytes, gsize n_bytes)
{
  if (self->is_dropped)
    return SCAN_RIGHT;
  if (!has_target (self))
    return SCAN_FAULT;
  if (!self->is_trial && !machine_leaf_set_bytes (self->call, self->next, 0, bytes, n_bytes))
    return SCAN_FAULT;
  self->next++;
  self->n_stored++;
  return SCAN_RIGHT;
}

/* ---- one conversion each ---- */

static ScanAnswer
scan_integer (Scanner *self, guint base, gboolean is_signed)
{
  gboolean is_out_of_range;
  gsize n_used;
  guint64 bits;

  skip_space (self);
  if (self->n_used == self->n)
    return SCAN_END;
  look_for_end (self);
  if (is_signed)
    bits = number_parse_signed (self->text + self->n_used, get_room (self), base, &n_used,
                                &is_out_of_range);
  else
    bits = number_parse_unsigned (self->text + self->n_used, get_room (self), base, &n_used,
                                  &is_out_of_range);
  if (n_used == 0)
    return SCAN_MISMATCH;
  self->n_used += n_used;
  return store (self, &bits, self->size);
}

static ScanAnswer
scan_double (Scanner *self)
{
  gsize n_used;
  double wide;
  float narrow;

  skip_space (self);
  if (self->n_used == self->n)
    return SCAN_END;
  look_for_end (self);
  wide = number_parse_double (self->text + self->n_used, get_room (self), &n_used);
  if (n_used == 0)
    return SCAN_MISMATCH;
  self->n_used += n_used;
  narrow = (float)wide;
  return self->size == 8 ? store (self, &wide, 8) : store (self, &narrow, 4);
}

static ScanAnswer
store_text (Scanner *self, gsize n_bytes)
{
  g_autofree char *text = g_strndup (self->text + self->n_used, n_bytes);

  self->n_used += n_bytes;
  return store (self, text, n_bytes + 1);
}

static ScanAnswer
scan_word (Scanner *self)
{
  gsize n = 0;

  skip_space (self);
  if (self->n_used == self->n)
    return SCAN_END;
  look_for_end (self);
  while (n < get_room (self) && !g_ascii_isspace (self->text[self->n_used + n])
         && self->text[self->n_used + n] != '\v')
    n++;
  return store_text (self, n);
}

static ScanAnswer
scan_characters (Scanner *self)
{
  const char *begin = self->text + self->n_used;
  gsize n = self->width == G_MAXSIZE ? 1 : self->width;

  if (self->n - self->n_used < n)
    {
      self->saw_end = TRUE;
      return SCAN_END;
    }
  self->n_used += n;
  return store (self, begin, n);
}

/* The set behind a `[`, up to its `]`. */
static gboolean
read_set (Scanner *self, gboolean set[256])
{
  gboolean is_negated, is_first = TRUE;
  guint8 byte, last = 0;

  memset (set, 0, 256 * sizeof *set);
  if (!peek_format (self, &byte))
    return FALSE;
  is_negated = byte == '^';
  self->at += is_negated ? 1 : 0;
  for (;; is_first = FALSE)
    {
      if (!peek_format (self, &byte))
        return FALSE;
      if (byte == '\0')
        return refuse (self, self->format);
      self->at++;
      if (byte == ']' && !is_first)
        break;
      set[byte] = TRUE;
      if (byte == '-' && !is_first)
        {
          guint8 end;

          if (!peek_format (self, &end))
            return FALSE;
          for (guint i = last; end != ']' && end != '\0' && i <= end; i++)
            set[i] = TRUE;
        }
      last = byte;
    }
  for (guint i = 0; i < 256 && is_negated; i++)
    set[i] = !set[i];
  return TRUE;
}

static ScanAnswer
scan_set (Scanner *self)
{
  gboolean set[256];
  gsize n = 0;

  if (!read_set (self, set))
    return SCAN_FAULT;
  if (self->n_used == self->n)
    {
      self->saw_end = TRUE;
      return SCAN_END;
    }
  while (n < get_room (self) && set[(guint8)self->text[self->n_used + n]])
    n++;
  self->saw_end |= n < self->width && self->n_used + n == self->n;
  return n > 0 ? store_text (self, n) : SCAN_MISMATCH;
}

/* %n stores how much was read, and does not count. */
static ScanAnswer
store_count (Scanner *self)
{
  guint64 n = self->n_used;
  ScanAnswer answer = store (self, &n, self->size);

  if (answer == SCAN_RIGHT && !self->is_dropped)
    self->n_stored--;
  return answer;
}

/* ---- the format ---- */

/* What stands between the percent sign and the letter. */
static gboolean
read_modifiers (Scanner *self, guint8 *letter)
{
  guint n_short = 0;

  self->is_dropped = FALSE;
  self->width = G_MAXSIZE;
  self->size = 4;
  for (;; self->at++)
    {
      if (!peek_format (self, letter))
        return FALSE;
      if (*letter == '*')
        self->is_dropped = TRUE;
      else if (g_ascii_isdigit (*letter))
        self->width
            = (self->width == G_MAXSIZE ? 0 : MIN (self->width, 100000000) * 10) + (*letter - '0');
      else if (*letter == 'h')
        self->size = ++n_short == 1 ? 2 : 1;
      else if (strchr ("lzjt", *letter) != NULL && *letter != '\0')
        self->size = 8;
      else
        return TRUE;
    }
}

static ScanAnswer
scan_conversion (Scanner *self)
{
  guint8 letter;

  if (!read_modifiers (self, &letter))
    return SCAN_FAULT;
  self->at++;
  switch (letter)
    {
    case 'd':
      return scan_integer (self, 10, TRUE);
    case 'i':
      return scan_integer (self, 0, TRUE);
    case 'u':
      return scan_integer (self, 10, FALSE);
    case 'o':
      return scan_integer (self, 8, FALSE);
    case 'x':
    case 'X':
      return scan_integer (self, 16, FALSE);
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
    case 'a':
    case 'A':
      return scan_double (self);
    case 's':
      return scan_word (self);
    case 'c':
      return scan_characters (self);
    case '[':
      return scan_set (self);
    case 'n':
      return store_count (self);
    case '%':
      skip_space (self);
      if (self->n_used == self->n)
        return SCAN_END;
      return self->text[self->n_used++] == '%' ? SCAN_RIGHT : SCAN_MISMATCH;
    default:
      refuse (self, self->format);
      return SCAN_FAULT;
    }
}

/* One part of the format: space, a letter that must stand there, or a conversion. */
static ScanAnswer
scan_part (Scanner *self, guint8 byte)
{
  self->at++;
  if (byte == '%')
    return scan_conversion (self);
  if (g_ascii_isspace (byte))
    {
      skip_space (self);
      return SCAN_RIGHT;
    }
  if (self->n_used == self->n)
    {
      self->saw_end = TRUE;
      return SCAN_END;
    }
  if ((guint8)self->text[self->n_used] != byte)
    return SCAN_MISMATCH;
  self->n_used++;
  return SCAN_RIGHT;
}

/* All of the format. FALSE: the program stopped. */
static gboolean
scan (Scanner *self)
{
  ScanAnswer answer = SCAN_RIGHT;
  guint8 byte;

  while (answer == SCAN_RIGHT && !(self->is_trial && self->saw_end))
    {
      if (!peek_format (self, &byte))
        return FALSE;
      if (byte == '\0')
        break;
      answer = scan_part (self, byte);
    }
  if (answer == SCAN_FAULT)
    return FALSE;
  self->call->result.bits
      = answer == SCAN_END && self->n_stored == 0 ? END_OF_FILE : self->n_stored;
  self->call->cost += (self->n_used + self->at) / 16;
  return TRUE;
}

MachineLeafAnswer
c_library_C_SSCANF (MachineLeafCall *call)
{
  Scanner self = { call, .format = 1, .next = 2 };
  g_autofree char *text = NULL;
  guint64 n;

  if (!machine_leaf_get_length (call, 0, G_MAXUINT64, &n))
    return MACHINE_LEAF_FAULT;
  /* What is stored may lie on top of what is read. */
  text = g_strndup (machine_leaf_borrow (call, 0, n), n);
  self.text = text;
  self.n = n;
  return c_library_answer (scan (&self));
}

/* Whether more input could change what is read. The format has been checked. */
static gboolean
needs_more (Scanner trial)
{
  MachineLeafCall call = *trial.call;

  trial.call = &call;
  trial.is_trial = TRUE;
  scan (&trial);
  return trial.saw_end;
}

static MachineLeafAnswer
scan_input (MachineLeafCall *call, guint format)
{
  Scanner self = { call, .format = format, .next = format + 1 };
  gboolean is_end;
  guint64 n_format;

  if (!machine_leaf_get_length (call, format, G_MAXUINT64, &n_format))
    return MACHINE_LEAF_FAULT;
  self.text = machine_leaf_peek_input (call, &self.n, &is_end);
  if (!is_end && needs_more (self))
    return MACHINE_LEAF_NEED_INPUT;
  if (!scan (&self))
    return MACHINE_LEAF_FAULT;
  machine_leaf_skip_input (call, self.n_used);
  return MACHINE_LEAF_DONE;
}

MachineLeafAnswer
c_library_C_SCANF (MachineLeafCall *call)
{
  return scan_input (call, 0);
}

MachineLeafAnswer
c_library_C_FSCANF (MachineLeafCall *call)
{
  return scan_input (call, 1);
}
