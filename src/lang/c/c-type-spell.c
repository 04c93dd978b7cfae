/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How a learner writes a type: `struct node *`, `int [3][4]`, `int (*)(int)`. A declarator is written from the inside out
 * (C11 6.7.6): what stands where the name would stand is carried along and wrapped. */

#include "c-type.h"

#include "lang/lang-arena.h"

static const char *const names[C_TYPE_DOUBLE + 1] = {
  [C_TYPE_ERROR] = "?",
  [C_TYPE_VOID] = "void",
  [C_TYPE_BOOL] = "bool",
  [C_TYPE_CHAR] = "char",
  [C_TYPE_SIGNED_CHAR] = "signed char",
  [C_TYPE_UNSIGNED_CHAR] = "unsigned char",
  [C_TYPE_SHORT] = "short",
  [C_TYPE_UNSIGNED_SHORT] = "unsigned short",
  [C_TYPE_INT] = "int",
  [C_TYPE_UNSIGNED_INT] = "unsigned int",
  [C_TYPE_LONG] = "long",
  [C_TYPE_UNSIGNED_LONG] = "unsigned long",
  [C_TYPE_LONG_LONG] = "long long",
  [C_TYPE_UNSIGNED_LONG_LONG] = "unsigned long long",
  [C_TYPE_FLOAT] = "float",
  [C_TYPE_DOUBLE] = "double",
};

static void
append_tagged (GString *out, const char *keyword, const CName *tag, const CName *alias)
{
  if (tag == NULL && alias != NULL)
    g_string_append (out, alias->text);
  else
    g_string_append_printf (out, "%s %s", keyword, tag != NULL ? tag->text : "(unnamed)");
}

/* A type that is neither pointer, array nor function, or is spelled by its typedef. */
static void
append_base (GString *out, const CType *type)
{
  if (type->is_const)
    g_string_append (out, "const ");
  if (type->is_volatile)
    g_string_append (out, "volatile ");
  if (type->alias != NULL)
    g_string_append (out, type->alias->text);
  else if (type->kind == C_TYPE_ENUM)
    append_tagged (out, "enum", type->enumeration->tag, type->enumeration->alias);
  else if (c_type_is_record (type))
    append_tagged (out, type->kind == C_TYPE_UNION ? "union" : "struct", type->record->tag,
                   type->record->alias);
  else
    g_string_append (out, names[type->kind]);
}

static void
append_parameters (const CTypes *types, GString *out, const CType *function)
{
  g_string_append_c (out, '(');
  for (guint i = 0; i < function->n_parameters; i++)
    {
      g_autofree char *spelling = c_type_spell (types, function->parameters[i].type);

      g_string_append_printf (out, "%s%s", i > 0 ? ", " : "", spelling);
    }
  if (function->is_variadic)
    g_string_append (out, ", ...");
  if (function->n_parameters == 0 && !function->is_unprototyped)
    g_string_append (out, "void");
  g_string_append_c (out, ')');
}

/* The spelling of the type. (transfer full) */
char *
c_type_spell (const CTypes *types, const CType *type)
{
  g_autoptr (GString) inner = g_string_new (NULL);
  GString *out = g_string_new (NULL);

  while (type->alias == NULL && type->element != NULL)
    {
      const CType *element = type->element;

      if (type->kind == C_TYPE_POINTER)
        {
          gboolean is_wrapped
              = element->alias == NULL
                && (element->kind == C_TYPE_ARRAY || element->kind == C_TYPE_FUNCTION);

          if (type->is_const)
            g_string_prepend (inner, inner->len > 0 && inner->str[0] != '[' ? "const " : "const");
          g_string_prepend (inner, is_wrapped ? "(*" : "*");
          if (is_wrapped)
            g_string_append_c (inner, ')');
        }
      else if (type->kind == C_TYPE_ARRAY && type->has_count)
        g_string_append_printf (inner, "[%" G_GUINT64_FORMAT "]", type->count);
      else if (type->kind == C_TYPE_ARRAY)
        g_string_append (inner, "[]");
      else
        append_parameters (types, inner, type);
      type = element;
    }
  append_base (out, type);
  if (inner->len > 0)
    g_string_append_printf (out, " %s", inner->str);
  return g_string_free (out, FALSE);
}
