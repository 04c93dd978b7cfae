/* SPDX-License-Identifier: GPL-3.0-or-later */

/* stdio.h: printf and its kin, single characters, input. A conversion whose argument has another type or size is a fault, since
 * what a real machine prints then is whatever lies in a register (C11 7.21.6.1p9). */

#include "c-library.h"

#include "machine/machine.h"
#include "number/number-format.h"

#include <string.h>

#define FAIL return MACHINE_LEAF_FAULT

/* Streams as the headers number them. */
#define STDOUT 1
#define END_OF_FILE ((guint64)(gint64)-1)

/* A number of more digits than fit counts as this. */
#define MAX_FIELD G_MAXINT

/* ---- a conversion ---- */

typedef enum
{
  LENGTH_NONE,
  LENGTH_CHAR,  /* hh */
  LENGTH_SHORT, /* h */
  LENGTH_LONG,  /* l ll z j t: all 8 bytes */
  LENGTH_LONG_DOUBLE,
} Length;

typedef struct
{
  MachineLeafCall *call;
  guint format;       /* argument that holds the format */
  guint next;         /* argument that the next conversion takes */
  const guint8 *text; /* the format's bytes */
  guint64 at;         /* offset in the format */
  GString *out;
  gboolean
      has_list; /* arguments come from a va_list: each is read to stand behind the call's own */
  guint n_read; /* from the list */
} Printer;

/* A va_list's next word as the argument that a conversion takes, of the kind that it wants: the list does not know its kinds. */
static gboolean
fetch (Printer *self, IrScalar scalar)
{
  MachineLeafCall *call = self->call;
  guint row = self->format + 2;

  if (!self->has_list)
    return TRUE;
  call->n_arguments = row + 1;
  if (!machine_leaf_load (call, self->format + 1, 0, IR_SCALAR_POINTER, &call->arguments[row])
      || !machine_leaf_load (call, row, (guint64)self->n_read * 8, scalar,
                             &call->arguments[row + 1]))
    return FALSE;
  call->n_arguments = row + 2;
  self->next = row + 1;
  self->n_read++;
  return TRUE;
}

/* The byte at hand; the format was checked to its '\0' before, so that each byte need not be. */
static gboolean
peek (Printer *self, guint8 *byte)
{
  *byte = self->text[self->at];
  return TRUE;
}

static gboolean
complain (Printer *self)
{
  guint argument = MIN (self->next, self->call->n_arguments - 1);

  return machine_leaf_fault (self->call, MEM_FAULT_BAD_FORMAT, argument);
}

/* The next argument, which must be an integer of n_bytes. */
static gboolean
take_integer (Printer *self, guint n_bytes, guint64 *bits)
{
  MachineValue *value;

  if (!fetch (self, n_bytes == 8 ? IR_SCALAR_I64 : IR_SCALAR_I32))
    return FALSE;
  if (self->next >= self->call->n_arguments)
    return complain (self);
  value = &self->call->arguments[self->next];
  if (value->scalar > IR_SCALAR_U64 || ir_scalar_get_size (value->scalar) != n_bytes)
    return complain (self);
  if (!machine_leaf_is_defined (self->call, self->next))
    return FALSE;
  *bits = value->bits;
  self->next++;
  return TRUE;
}

/* A width or precision: digits, or `*` and an argument. */
static gboolean
read_number (Printer *self, gint *number)
{
  guint8 byte;
  guint64 bits;

  if (!peek (self, &byte))
    return FALSE;
  if (byte == '*')
    {
      self->at++;
      if (!take_integer (self, 4, &bits))
        return FALSE;
      *number = MAX ((gint32)bits, -MAX_FIELD);
      return TRUE;
    }
  *number = 0;
  while (g_ascii_isdigit (byte))
    {
      *number = MIN ((gint64)*number * 10 + (byte - '0'), MAX_FIELD);
      self->at++;
      if (!peek (self, &byte))
        return FALSE;
    }
  return TRUE;
}

static gboolean
read_flags (Printer *self, NumberFormat *format)
{
  guint8 byte;

  for (;; self->at++)
    {
      if (!peek (self, &byte))
        return FALSE;
      switch (byte)
        {
        case '-':
          format->minus = TRUE;
          break;
        case '+':
          format->plus = TRUE;
          break;
        case ' ':
          format->space = TRUE;
          break;
        case '#':
          format->hash = TRUE;
          break;
        case '0':
          format->zero = TRUE;
          break;
        default:
          return TRUE;
        }
    }
}

static gboolean
read_width (Printer *self, NumberFormat *format)
{
  guint8 byte;

  if (!peek (self, &byte))
    return FALSE;
  if (byte == '*' || g_ascii_isdigit (byte))
    {
      if (!read_number (self, &format->width))
        return FALSE;
      if (format->width < 0)
        {
          format->minus = TRUE;
          format->width = -format->width;
        }
    }
  if (!peek (self, &byte))
    return FALSE;
  if (byte == '.')
    {
      self->at++;
      if (!read_number (self, &format->precision))
        return FALSE;
      format->precision = MAX (format->precision, -1);
    }
  return TRUE;
}

static gboolean
read_length (Printer *self, Length *length)
{
  guint8 byte;

  *length = LENGTH_NONE;
  for (;; self->at++)
    {
      if (!peek (self, &byte))
        return FALSE;
      if (byte == 'h')
        *length = *length == LENGTH_SHORT ? LENGTH_CHAR : LENGTH_SHORT;
      else if (byte == 'l' || byte == 'z' || byte == 'j' || byte == 't')
        *length = LENGTH_LONG;
      else if (byte == 'L')
        *length = LENGTH_LONG_DOUBLE;
      else
        return TRUE;
    }
}

/* ---- one argument each ---- */

static gboolean
print_integer (Printer *self, const NumberFormat *format, Length length)
{
  gboolean is_signed = format->conversion == 'd' || format->conversion == 'i';
  guint64 bits;

  if (!take_integer (self, length == LENGTH_LONG ? 8 : 4, &bits))
    return FALSE;
  if (length == LENGTH_CHAR)
    bits = is_signed ? (guint64)(gint64)(gint8)bits : (guint8)bits;
  else if (length == LENGTH_SHORT)
    bits = is_signed ? (guint64)(gint64)(gint16)bits : (guint16)bits;
  else if (length != LENGTH_LONG)
    bits = is_signed ? (guint64)(gint64)(gint32)bits : (guint32)bits;
  if (is_signed)
    number_format_signed (self->out, format, bits);
  else
    number_format_unsigned (self->out, format, bits);
  return TRUE;
}

static gboolean
print_double (Printer *self, const NumberFormat *format, Length length)
{
  double value;

  if (!fetch (self, IR_SCALAR_F64))
    return FALSE;
  if (self->next >= self->call->n_arguments || length == LENGTH_LONG_DOUBLE
      || self->call->arguments[self->next].scalar != IR_SCALAR_F64)
    return complain (self);
  if (!machine_leaf_is_defined (self->call, self->next))
    return FALSE;
  memcpy (&value, &self->call->arguments[self->next].bits, sizeof value);
  self->next++;
  number_format_double (self->out, format, value);
  return TRUE;
}

static gboolean
take_pointer (Printer *self)
{
  if (!fetch (self, IR_SCALAR_POINTER))
    return FALSE;
  if (self->next < self->call->n_arguments
      && self->call->arguments[self->next].scalar == IR_SCALAR_POINTER)
    return TRUE;
  return complain (self);
}

static gboolean
print_string (Printer *self, const NumberFormat *format)
{
  guint64 n;
  guint64 most = format->precision >= 0 ? (guint64)format->precision : G_MAXUINT64;

  if (!take_pointer (self))
    return FALSE;
  if (!machine_leaf_get_length (self->call, self->next, most, &n))
    return FALSE;
  number_format_text (self->out, format, machine_leaf_borrow (self->call, self->next, n), n);
  self->next++;
  return TRUE;
}

static gboolean
print_character (Printer *self, const NumberFormat *format)
{
  guint64 bits;
  char character;

  if (!take_integer (self, 4, &bits))
    return FALSE;
  character = bits;
  number_format_text (self->out, format, &character, 1);
  return TRUE;
}

/* "%p" as glibc prints it; the address is a number from now on. */
static gboolean
print_pointer (Printer *self, const NumberFormat *format)
{
  NumberFormat hexadecimal = *format;
  guint64 address;

  if (!take_pointer (self))
    return FALSE;
  if (!machine_leaf_is_defined (self->call, self->next))
    return FALSE;
  address = self->call->arguments[self->next].bits;
  machine_leaf_expose (self->call, self->next);
  self->next++;
  if (address == 0)
    {
      hexadecimal.precision = -1;
      number_format_text (self->out, &hexadecimal, "(nil)", 5);
      return TRUE;
    }
  hexadecimal.hash = TRUE;
  hexadecimal.conversion = 'x';
  number_format_unsigned (self->out, &hexadecimal, address);
  return TRUE;
}

static gboolean
store_count (Printer *self, Length length)
{
  static const guint sizes[] = { 4, 1, 2, 8, 8 };

  if (!take_pointer (self))
    return FALSE;
  if (!machine_leaf_set_value (self->call, self->next, self->out->len, sizes[length]))
    return FALSE;
  self->next++;
  return TRUE;
}

/* A field that no output has room for is not even made. */
static gboolean
fits_output (Printer *self, const NumberFormat *format)
{
  guint64 most = machine_get_limit (self->call->machine, MACHINE_LIMIT_OUTPUT);

  if (format->width < (gint64)most && format->precision < (gint64)most)
    return TRUE;
  machine_stop_at_limit (self->call->machine, MACHINE_LIMIT_OUTPUT);
  return FALSE;
}

/* One conversion, `at` behind its percent sign. */
static gboolean
print_conversion (Printer *self)
{
  NumberFormat format = { .width = -1, .precision = -1 };
  Length length;
  guint8 letter;

  if (!read_flags (self, &format) || !read_width (self, &format) || !read_length (self, &length)
      || !peek (self, &letter))
    return FALSE;
  format.conversion = letter;
  self->at++;
  if (!fits_output (self, &format))
    return FALSE;
  switch (letter)
    {
    case 'd':
    case 'i':
    case 'u':
    case 'o':
    case 'x':
    case 'X':
      return print_integer (self, &format, length);
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
    case 'a':
    case 'A':
      return print_double (self, &format, length);
    case 's':
      return length == LENGTH_NONE ? print_string (self, &format) : complain (self);
    case 'c':
      return length == LENGTH_NONE ? print_character (self, &format) : complain (self);
    case 'p':
      return print_pointer (self, &format);
    case 'n':
      return store_count (self, length);
    case '%':
      g_string_append_c (self->out, '%');
      return TRUE;
    default:
      return complain (self);
    }
}

/* All that a format makes of its arguments, or of those in the va_list behind it. FALSE: the program stopped. */
static gboolean
print_format (MachineLeafCall *call, guint format, gboolean has_list, GString *out)
{
  Printer self
      = { .call = call, .format = format, .next = format + 1, .out = out, .has_list = has_list };
  guint64 n;

  if (!machine_leaf_get_length (call, format, G_MAXUINT64, &n))
    return FALSE;
  self.text = (const guint8 *)machine_leaf_borrow (call, format, n);
  while (self.text[self.at] != 0)
    {
      gsize n_plain = strcspn ((const char *)self.text + self.at, "%");

      g_string_append_len (out, (const char *)self.text + self.at, n_plain);
      self.at += n_plain;
      if (self.text[self.at] == 0)
        break;
      self.at++;
      if (!print_conversion (&self))
        return FALSE;
    }
  call->cost += self.at / 16;
  return TRUE;
}

static MachineStream
get_stream (MachineLeafCall *call, guint argument)
{
  return call->arguments[argument].bits == STDOUT ? MACHINE_STREAM_OUTPUT : MACHINE_STREAM_ERROR;
}

static MachineLeafAnswer
print_to_stream (MachineLeafCall *call, guint format, gboolean has_list, MachineStream stream)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (!print_format (call, format, has_list, out))
    FAIL;
  call->result.bits = out->len;
  return c_library_answer (machine_leaf_print (call, stream, out->str, out->len));
}

static MachineLeafAnswer
print_to_string (MachineLeafCall *call, gboolean has_list)
{
  g_autoptr (GString) out = g_string_new (NULL);

  if (!print_format (call, 1, has_list, out))
    FAIL;
  call->result.bits = out->len;
  return c_library_answer (machine_leaf_set_bytes (call, 0, 0, out->str, out->len + 1));
}

static MachineLeafAnswer
print_to_room (MachineLeafCall *call, gboolean has_list)
{
  g_autoptr (GString) out = g_string_new (NULL);
  guint64 size = call->arguments[1].bits, n;

  if (!machine_leaf_is_defined (call, 1) || !print_format (call, 2, has_list, out))
    FAIL;
  call->result.bits = out->len;
  if (size == 0)
    return MACHINE_LEAF_DONE;
  n = MIN (out->len, size - 1);
  return c_library_answer (machine_leaf_set_bytes (call, 0, 0, out->str, n)
                           && machine_leaf_set_byte (call, 0, n, 0));
}

MachineLeafAnswer
c_library_C_PRINTF (MachineLeafCall *call)
{
  return print_to_stream (call, 0, FALSE, MACHINE_STREAM_OUTPUT);
}

MachineLeafAnswer
c_library_C_FPRINTF (MachineLeafCall *call)
{
  return print_to_stream (call, 1, FALSE, get_stream (call, 0));
}

MachineLeafAnswer
c_library_C_SPRINTF (MachineLeafCall *call)
{
  return print_to_string (call, FALSE);
}

MachineLeafAnswer
c_library_C_SNPRINTF (MachineLeafCall *call)
{
  return print_to_room (call, FALSE);
}

MachineLeafAnswer
c_library_C_VPRINTF (MachineLeafCall *call)
{
  return print_to_stream (call, 0, TRUE, MACHINE_STREAM_OUTPUT);
}

MachineLeafAnswer
c_library_C_VFPRINTF (MachineLeafCall *call)
{
  return print_to_stream (call, 1, TRUE, get_stream (call, 0));
}

MachineLeafAnswer
c_library_C_VSPRINTF (MachineLeafCall *call)
{
  return print_to_string (call, TRUE);
}

MachineLeafAnswer
c_library_C_VSNPRINTF (MachineLeafCall *call)
{
  return print_to_room (call, TRUE);
}

/* ---- strings and characters ---- */

static gboolean
print_whole (MachineLeafCall *call, MachineStream stream, gboolean newline)
{
  g_autoptr (GString) out = NULL;
  guint64 n;

  if (!machine_leaf_get_length (call, 0, G_MAXUINT64, &n))
    return FALSE;
  out = g_string_new_len (machine_leaf_borrow (call, 0, n), n);
  if (newline)
    g_string_append_c (out, '\n');
  call->result.bits = newline ? out->len : 1;
  return machine_leaf_print (call, stream, out->str, out->len);
}

MachineLeafAnswer
c_library_C_PUTS (MachineLeafCall *call)
{
  return c_library_answer (print_whole (call, MACHINE_STREAM_OUTPUT, TRUE));
}

MachineLeafAnswer
c_library_C_FPUTS (MachineLeafCall *call)
{
  return c_library_answer (print_whole (call, get_stream (call, 1), FALSE));
}

static MachineLeafAnswer
put_character (MachineLeafCall *call, MachineStream stream)
{
  char character = call->arguments[0].bits;

  if (!machine_leaf_is_defined (call, 0))
    FAIL;
  call->result.bits = (guint8)character;
  return c_library_answer (machine_leaf_print (call, stream, &character, 1));
}

MachineLeafAnswer
c_library_C_PUTCHAR (MachineLeafCall *call)
{
  return put_character (call, MACHINE_STREAM_OUTPUT);
}

MachineLeafAnswer
c_library_C_FPUTC (MachineLeafCall *call)
{
  return put_character (call, get_stream (call, 1));
}

MachineLeafAnswer
c_library_C_FFLUSH (MachineLeafCall *call)
{
  call->result.bits = 0;
  return MACHINE_LEAF_DONE;
}

/* ---- input ---- */

MachineLeafAnswer
c_library_C_GETCHAR (MachineLeafCall *call)
{
  gboolean is_end;
  guint8 byte = 0;
  MachineLeafAnswer answer = machine_leaf_read_input (call, &byte, &is_end);

  call->result.bits = is_end ? END_OF_FILE : byte;
  return answer;
}

/* A line, as far as there is room: to its '\n', or n - 1 bytes, or the end (C11 7.21.7.2). */
MachineLeafAnswer
c_library_C_FGETS (MachineLeafCall *call)
{
  gint32 size = (gint32)call->arguments[1].bits;
  gboolean is_end;
  gsize n_known, n;
  const char *known = machine_leaf_peek_input (call, &n_known, &is_end);
  const char *newline;
  g_autofree char *line = NULL;

  if (!machine_leaf_is_defined (call, 1))
    FAIL;
  call->result.bits = 0;
  if (size <= 0)
    return MACHINE_LEAF_DONE;
  n = MIN (n_known, (gsize)size - 1);
  newline = memchr (known, '\n', n);
  if (newline != NULL)
    n = newline - known + 1;
  else if (n < (gsize)size - 1 && !is_end)
    return MACHINE_LEAF_NEED_INPUT;
  else if (n == 0 && size > 1)
    return MACHINE_LEAF_DONE;
  line = g_malloc (n + 1);
  memcpy (line, known, n);
  line[n] = '\0';
  machine_leaf_skip_input (call, n);
  call->result = call->arguments[0];
  return c_library_answer (machine_leaf_set_bytes (call, 0, 0, line, n + 1));
}
