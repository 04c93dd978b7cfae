/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Texts that no person writes: each meets a bound, or is no text at all, and gets one message of the right kind. */

#include "lang/c/c-compile.h"

#include <string.h>

typedef struct
{
  const char *name;
  const char *before, *open, *middle, *close, *after; /* open and close: n times each */
  guint n;
  const char *code;
} Bomb;

/* clang-format off */
static const Bomb bombs[] = {
  { "parentheses",  "int main (void) { int x = ", "(", "1", ")", "; }",            10000, "limit" },
  { "blocks",       "int main (void) { ", "{", "", "}", "}",                       20000, "limit" },
  { "minuses",      "int main (void) { return ", "- ", "1", "", "; }",             50000, "limit" },
  { "stars",        "int ", "*", "x", "", ";",                                     50000, "limit" },
  { "declarators",  "int ", "(", "x", ")", ";",                                    10000, "limit" },
  { "arrays",       "int x", "[1]", "", "", ";",                                   50000, "limit" },
  { "initialisers", "int x[] = ", "{", "", "}", ";",                               50000, "limit" },
  { "sum",          "int main (void) { int x = 1; return x", "+x", "", "", "; }", 200000, "limit" },
  { "casts",        "int main (void) { return ", "(int)", "1", "", "; }",          20000, "limit" },
  { "sizeof",       "int main (void) { return ", "sizeof ", "1", "", "; }",        20000, "limit" },
  { "ifs",          "int main (void) { ", "if (1) ", ";", "", "}",                 20000, "limit" },
  { "calls",        "int f (int); int main (void) { return ", "f (", "1", ")", "; }", 20000, "limit" },
  { "macro calls",  "#define F(x) x\nint main (void) { return ", "F (", "1", ")", "; }", 20000, "limit" },
  { "conditions",   "int main (void) { return ", "1 ? ", "1", " : 1", "; }",       20000, "limit" },
  { "structs",      "", "struct { int a; ", "", "};", "",                          20000, "limit" },
  { "if groups",    "", "#if 1\n", "", "#endif\n", "",                             20000, "limit" },
  { "if condition", "#if ", "(", "1", ")", "\n#endif\n",                           20000, "limit" },
  { "one line",     "int main (void) { return ", "x", "", "", "; }",             1000000, "undeclared" },
  { "size",         "int main (void) { return 0; }", "\n", "", "", "",           1100000, "too-big" },
  { "open comment", "int main (void) { return 0; } /*", "x", "", "", "",          900000, "unterminated" },
  { "2 GB",         "int main (void) { static char a[2000000000", "", "", "", "]; return a[0]; }", 0, "too-big" },
  { "bad UTF-8",    "int main (void) { return \xff\xfe 0; }", "", "", "", "",          0, "invalid-utf8" },
};
/* clang-format on */

static char *
dup_bomb (const Bomb *bomb)
{
  GString *text = g_string_new (bomb->before);

  for (guint i = 0; i < bomb->n; i++)
    g_string_append (text, bomb->open);
  g_string_append (text, bomb->middle);
  for (guint i = 0; i < bomb->n; i++)
    g_string_append (text, bomb->close);
  g_string_append (text, bomb->after);
  return g_string_free (text, FALSE);
}

static void
check_rejected (const char *text, gsize n_bytes, const char *code)
{
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  IrProgram *program = c_compile (map, "bomb.c", text, n_bytes, diagnostics);
  const TextDiagnostic *first;

  g_assert_null (program);
  g_assert_cmpuint (diagnostics->n_errors, ==, 1);
  first = g_ptr_array_index (diagnostics->list, diagnostics->list->len - 1);
  g_assert_cmpstr (first->code, ==, code);
}

static void
test_bomb (gconstpointer data)
{
  const Bomb *bomb = data;
  g_autofree char *text = dup_bomb (bomb);

  check_rejected (text, strlen (text), bomb->code);
}

static void
test_nul (void)
{
  static const char text[] = "int main (void) { return 0; }\n\0int x;\n";

  check_rejected (text, sizeof text - 1, "nul-byte");
}

/* A macro that doubles, forty times. */
static void
test_expansion (void)
{
  g_autoptr (GString) text = g_string_new ("#define A0 1\n");

  for (guint i = 0; i < 40; i++)
    g_string_append_printf (text, "#define A%u A%u + A%u\n", i + 1, i, i);
  g_string_append (text, "int main (void) { return A40; }\n");
  check_rejected (text->str, text->len, "limit");
}

static void
check_accepted (const char *text)
{
  g_autoptr (TextMap) map = text_map_new ();
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (IrProgram) program = c_compile (map, "accepted.c", text, strlen (text), diagnostics);

  g_assert_nonnull (program);
  g_assert_cmpuint (diagnostics->list->len, ==, 0);
}

/* What is long, but not deep, is no bound. */
static void
test_long (void)
{
  g_autoptr (GString) text = g_string_new ("int main (void) { int x = 0;\n");

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "if (x == %u) x = 1; else\n", i);
  g_string_append (text, "x = 2; switch (x) {\n");
  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "case %u:\n", i);
  g_string_append (text, "x = 3; }\nreturn x; }\n");
  check_accepted (text->str);
}

static void
test_line_ends (void)
{
  check_accepted ("int main (void)\r\n{\r\n#define N 1 \\\r\n  + 1\r\n  return N;\r\n}");
  check_accepted ("#define X Y\n#define Y X\nint X; int main (void) { return X; }");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (bombs); i++)
    {
      g_autofree char *name = g_strconcat ("/c-bounds/", bombs[i].name, NULL);

      g_test_add_data_func (name, &bombs[i], test_bomb);
    }
  g_test_add_func ("/c-bounds/nul", test_nul);
  g_test_add_func ("/c-bounds/expansion", test_expansion);
  g_test_add_func ("/c-bounds/long", test_long);
  g_test_add_func ("/c-bounds/line-ends", test_line_ends);
  return g_test_run ();
}
