/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a piece of C becomes. Each row is a function's body and a part of the IR that it must give, without places; and every
 * accepted program passes the verifier and is the same when compiled again. */

#include "ir/ir-text.h"
#include "lang/c/c-compile.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *before; /* declarations of the file */
  const char *body;   /* of void f (int i, int *p, int n) */
  const char *part;   /* in the IR, without types; each line ends with "| " */
} Row;

/* clang-format off */
static const Row rows[] = {
  { "step is one add",      "", "i = i + 1;",         "s0 = add copy s0, 1" },
  { "increment",            "", "i++;",               "s0 = add copy s0, 1" },
  { "through a pointer",    "", "i = i + *p;",        "s0 = add copy s0, copy s1->*" },
  { "element",              "", "p[i] = n;",          "s1->*<copy s0> = move copy s2" },
  { "array's element",      "int a[4];", "a[i] = n;", "g0[copy s0] = move copy s2" },
  { "fused comparison",     "", "while (i < n) i++;", "lt copy s0, copy s2| branch move r0, b" },
  { "not",                  "", "if (!(i < n)) i = 2;", "lt copy s0, copy s2| branch move r0, b" },
  { "held before effects",  "int g (void);\nint g (void) { return 1; }", "i = i + g ();", "r0 = move copy s0| r1 = call f0 ()| s0 = add move r0, move r1|" },
  { "hint of an array",     "#include <stdlib.h>", "p = malloc (n * sizeof *p);", "hint t" },
  { "hint through a cast",  "#include <stdlib.h>", "p = (int *) (void *) malloc (n);", "hint t" },
  { "one past the end",     "int a[4];", "p = &a[4];", "s1 = move &g0 + 16|" },
  { "address of an element", "", "int a[4]; p = &a[i];", "s1 = pointer_add move r0, copy s0" },
  { "no conversion of kin", "", "unsigned u = 1; const int c = i; i = c;", "s4 = move copy s0| s0 = move copy s4" },
  { "folded",               "", "i = 2 * 3 + (int) 4.5;", "s0 = move 10" },
  { "overflow is left",     "", "i = 2147483647 + 1;", "add 2147483647, 1" },
  { "division is left",     "", "i = 1 / 0;",         "div 1, 0" },
  { "life in a loop",       "", "for (;;) { int x; if (i) break; x = i; i = x; }", "live s3| branch" },
  { "death at a break",     "", "for (;;) { int x = 1; p = &x; if (n) break; }", "dead s3| jump" },
};
/* clang-format on */

static char *
dup_source (const Row *row)
{
  return g_strdup_printf ("%s\nvoid f (int i, int *p, int n) { %s }\n"
                          "int main (void) { f (0, 0, 0); return 0; }\n",
                          row->before, row->body);
}

static IrProgram *
compile (const char *text)
{
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  IrProgram *program = c_compile (map, "row.c", text, strlen (text), diagnostics);

  g_assert_nonnull (program);
  g_assert_true (ir_verify (program, diagnostics));
  return program;
}

/* The instructions as text, without types and the places behind their last @, and joined to one line. */
static char *
dup_plain (const IrProgram *program)
{
  g_autofree char *text = ir_print (program);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GRegex) types = g_regex_new ("[.:]t[0-9]+", 0, 0, NULL);
  g_autoptr (GString) plain = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++)
    {
      char *at = strrchr (lines[i], '@');

      if (at != NULL)
        *at = '\0';
      if (!g_str_has_prefix (lines[i], "  stop"))
        g_string_append_printf (plain, "%s| ", g_strstrip (lines[i]));
    }
  return g_regex_replace_literal (types, plain->str, plain->len, 0, "", 0, NULL);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *source = dup_source (row);
  g_autoptr (IrProgram) program = compile (source);
  g_autofree char *plain = dup_plain (program);

  if (strstr (plain, row->part) == NULL)
    g_test_message ("%s", plain);
  g_assert_nonnull (strstr (plain, row->part));
}

static void
test_file (gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (IrProgram) first = NULL;
  g_autoptr (IrProgram) second = NULL;
  g_autofree char *a = NULL;
  g_autofree char *b = NULL;

  g_assert_true (g_file_get_contents (data, &text, NULL, NULL));
  first = compile (text);
  second = compile (text);
  a = ir_print (first);
  b = ir_print (second);
  g_assert_cmpstr (a, ==, b);
}

int
main (int argc, char **argv)
{
  static const char *const files[]
      = { "accepted/expressions.c", "accepted/declarations.c", "accepted/initialisers.c",
          "accepted/statements.c", "accepted/macros.c" };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *name = g_strconcat ("/c-lowering/", rows[i].name, NULL);

      g_test_add_data_func (name, &rows[i], test_row);
    }
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_strconcat ("/c-lowering/", files[i], NULL);

      g_test_add_data_func_full (
          name, g_build_filename (g_getenv ("HEAPWISE_TESTS"), "lang", "programs", files[i], NULL),
          test_file, g_free);
    }
  return g_test_run ();
}
