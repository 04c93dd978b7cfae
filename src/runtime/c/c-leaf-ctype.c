/* SPDX-License-Identifier: GPL-3.0-or-later */

/* ctype.h and math.h. Characters are the "C" locale's; the value of a true test is glibc's, since programs print it. */

#include "c-library.h"

#include <math.h>
#include <string.h>

/* glibc's bit for each class, as its table of classes holds them on a little-endian machine. */
enum
{
  CLASS_UPPER = 1 << 8,
  CLASS_LOWER = 1 << 9,
  CLASS_ALPHA = 1 << 10,
  CLASS_DIGIT = 1 << 11,
  CLASS_XDIGIT = 1 << 12,
  CLASS_SPACE = 1 << 13,
  CLASS_PRINT = 1 << 14,
  CLASS_GRAPH = 1 << 15,
  CLASS_BLANK = 1 << 0,
  CLASS_CNTRL = 1 << 1,
  CLASS_PUNCT = 1 << 2,
  CLASS_ALNUM = 1 << 3,
};

/* A character as an unsigned char, or EOF; anything else is an index outside the library's table (C11 7.4p1). */
static gboolean
get_character (MachineLeafCall *call, gint *character)
{
  *character = (gint)call->arguments[0].bits;
  if (!machine_leaf_is_defined (call, 0))
    return FALSE;
  /* glibc's table begins at -128, so that plain chars work too. */
  if (*character >= -128 && *character <= 255)
    return TRUE;
  return machine_leaf_fault (call, MEM_FAULT_OUT_OF_BOUNDS, 0);
}

static MachineLeafAnswer
classify (MachineLeafCall *call, gboolean (*test) (gchar c), gint bit)
{
  gint character;

  if (!get_character (call, &character))
    return MACHINE_LEAF_FAULT;
  call->result.bits = character >= 0 && character < 128 && test (character) ? bit : 0;
  return MACHINE_LEAF_DONE;
}

static gboolean
is_alnum (gchar c)
{
  return g_ascii_isalnum (c);
}

static gboolean
is_alpha (gchar c)
{
  return g_ascii_isalpha (c);
}

static gboolean
is_blank (gchar c)
{
  return c == ' ' || c == '\t';
}

static gboolean
is_cntrl (gchar c)
{
  return g_ascii_iscntrl (c);
}

static gboolean
is_digit (gchar c)
{
  return g_ascii_isdigit (c);
}

static gboolean
is_graph (gchar c)
{
  return g_ascii_isgraph (c);
}

static gboolean
is_lower (gchar c)
{
  return g_ascii_islower (c);
}

static gboolean
is_print (gchar c)
{
  return g_ascii_isprint (c);
}

static gboolean
is_punct (gchar c)
{
  return g_ascii_ispunct (c);
}

/* g_ascii_isspace() leaves out the vertical tab. */
static gboolean
is_space (gchar c)
{
  return c == ' ' || (c >= '\t' && c <= '\r');
}

static gboolean
is_upper (gchar c)
{
  return g_ascii_isupper (c);
}

static gboolean
is_xdigit (gchar c)
{
  return g_ascii_isxdigit (c);
}

#define CLASSIFIER(ID, test, bit)                                                                  \
  MachineLeafAnswer c_library_C_##ID (MachineLeafCall *call) { return classify (call, test, bit); }

CLASSIFIER (ISALNUM, is_alnum, CLASS_ALNUM)
CLASSIFIER (ISALPHA, is_alpha, CLASS_ALPHA)
CLASSIFIER (ISBLANK, is_blank, CLASS_BLANK)
CLASSIFIER (ISCNTRL, is_cntrl, CLASS_CNTRL)
CLASSIFIER (ISDIGIT, is_digit, CLASS_DIGIT)
CLASSIFIER (ISGRAPH, is_graph, CLASS_GRAPH)
CLASSIFIER (ISLOWER, is_lower, CLASS_LOWER)
CLASSIFIER (ISPRINT, is_print, CLASS_PRINT)
CLASSIFIER (ISPUNCT, is_punct, CLASS_PUNCT)
CLASSIFIER (ISSPACE, is_space, CLASS_SPACE)
CLASSIFIER (ISUPPER, is_upper, CLASS_UPPER)
CLASSIFIER (ISXDIGIT, is_xdigit, CLASS_XDIGIT)

/* tolower and toupper leave alone what they do not know, whatever it is. */
static MachineLeafAnswer
change_case (MachineLeafCall *call, gchar (*change) (gchar c))
{
  gint character = (gint)call->arguments[0].bits;

  if (!machine_leaf_is_defined (call, 0))
    return MACHINE_LEAF_FAULT;
  if (character >= 0 && character < 128)
    character = change (character);
  call->result.bits = (guint64)(gint64)character;
  return MACHINE_LEAF_DONE;
}

MachineLeafAnswer
c_library_C_TOLOWER (MachineLeafCall *call)
{
  return change_case (call, g_ascii_tolower);
}

MachineLeafAnswer
c_library_C_TOUPPER (MachineLeafCall *call)
{
  return change_case (call, g_ascii_toupper);
}

/* ---- math.h: IEEE 754 operations, and the others as the host's library rounds them ---- */

static gboolean
get_doubles (MachineLeafCall *call, double *x, double *y)
{
  for (guint i = 0; i < call->n_arguments; i++)
    if (!machine_leaf_is_defined (call, i))
      return FALSE;
  memcpy (x, &call->arguments[0].bits, sizeof *x);
  if (call->n_arguments > 1)
    memcpy (y, &call->arguments[1].bits, sizeof *y);
  return TRUE;
}

#define FUNCTION(ID, expression)                                                                   \
  MachineLeafAnswer c_library_C_##ID (MachineLeafCall *call)                                       \
  {                                                                                                \
    double x, y = 0, result;                                                                       \
    if (!get_doubles (call, &x, &y))                                                               \
      return MACHINE_LEAF_FAULT;                                                                   \
    (void)y;                                                                                       \
    result = expression;                                                                           \
    memcpy (&call->result.bits, &result, sizeof result);                                           \
    return MACHINE_LEAF_DONE;                                                                      \
  }

FUNCTION (SQRT, sqrt (x))
FUNCTION (FABS, fabs (x))
FUNCTION (FLOOR, floor (x))
FUNCTION (CEIL, ceil (x))
FUNCTION (ROUND, round (x))
FUNCTION (TRUNC, trunc (x))
FUNCTION (RINT, rint (x))
FUNCTION (CBRT, cbrt (x))
FUNCTION (SIN, sin (x))
FUNCTION (COS, cos (x))
FUNCTION (TAN, tan (x))
FUNCTION (ASIN, asin (x))
FUNCTION (ACOS, acos (x))
FUNCTION (ATAN, atan (x))
FUNCTION (SINH, sinh (x))
FUNCTION (COSH, cosh (x))
FUNCTION (TANH, tanh (x))
FUNCTION (EXP, exp (x))
FUNCTION (EXP2, exp2 (x))
FUNCTION (EXPM1, expm1 (x))
FUNCTION (LOG, log (x))
FUNCTION (LOG2, log2 (x))
FUNCTION (LOG10, log10 (x))
FUNCTION (LOG1P, log1p (x))
FUNCTION (FMOD, fmod (x, y))
FUNCTION (POW, pow (x, y))
FUNCTION (ATAN2, atan2 (x, y))
FUNCTION (HYPOT, hypot (x, y))
FUNCTION (FMIN, fmin (x, y))
FUNCTION (FMAX, fmax (x, y))
FUNCTION (FDIM, fdim (x, y))
FUNCTION (COPYSIGN, copysign (x, y))
