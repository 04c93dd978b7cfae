/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Generic programs that no final one can be made of: each is refused with the sentence that says why, and soon. */

#include "ir/ir-generic.h"
#include "ir/ir-text.h"

#include <string.h>

/* f1 <T> (&T), which main calls for i32. Each row puts something into its body, and more before it. */
static const char head[]
    = "language \"rust\" generic\n"
      "type t1 int size 4 align 4 signed \"i32\"\n"
      "type t2 int size 8 align 8 \"usize\"\n"
      "type t3 function size 0 align 1 element t1 \"fn() -> i32\" { }\n"
      "type t4 parameter size 0 align 1 \"T\"\n"
      "type t5 pointer size 8 align 8 element t4 \"*{0}\"\n"
      "type t6 function size 0 align 1 element t1 \"fn(*{0}) -> i32\" { \"self\" t5 0 }\n"
      "type t7 struct size 0 align 1 open template 1 \"Box<{0}>\" { \"0\" t5 0 }\n"
      "type t8 apply size 0 align 1 element t7 <t4> \"Box<T>\"\n"
      "type t9 pointer size 8 align 8 element t8 \"*Box<T>\"\n"
      "type t10 struct size 0 align 1 open template 1 \"Ring<{0}>\" { \"0\" t11 0 }\n"
      "type t11 apply size 0 align 1 element t10 <t4> \"Ring<T>\"\n"
      "type t12 struct size 0 align 1 open template 2 \"Pair<{0}, {1}>\" { \"0\" t4 0 }\n"
      "type t13 apply size 0 align 1 element t12 <t4, t4> \"Pair<T, T>\"\n"
      "type t14 array size 0 align 1 element t4 count 3000000000 \"[T; 3000000000]\"\n"
      "type t15 associated size 0 align 1 of x0 <t4> \"T::Item\"\n"
      "type t16 pointer size 8 align 8 element t1 \"*i32\"\n"
      "type t17 function size 0 align 1 element t1 \"fn(*i32) -> i32\" { \"self\" t16 0 }\n"
      "trait x0 \"Shape\" { \"area\" t6: \"Item\" }\n"
      "function f0 t3 \"main\" defined\n"
      "function f1 t6 \"f\" parameters 1 defined\n"
      "function f2 t17 \"area\" defined\n"
      "function f3 t6 \"area\" parameters 1 defined\n"
      "entry f0\n";

static const char tail[] = "body f2 {\n"
                           "  slot s0 t16 \"self\" parameter\n"
                           "b0:\n"
                           "  return.t1 1:t1\n"
                           "}\n"
                           "body f3 {\n"
                           "  slot s0 t5 \"self\" parameter\n"
                           "b0:\n"
                           "  return.t1 1:t1\n"
                           "}\n"
                           "body f0 {\n"
                           "  slot s0 t1 \"x\" taken\n"
                           "  slot s1 t16 \"p\"\n"
                           "b0:\n"
                           "  call f1 <t1> (0:t16)\n"
                           "  return.t1 0:t1\n"
                           "}\n";

typedef struct
{
  const char *name;
  const char *more; /* heads */
  const char *body; /* instructions of f1 */
  TextMessageId message;
  const char *words;
} Row;

/* clang-format off */
static const Row rows[] = {
  { "deeper-types", "", "call f1 <t8> (0:t2)", TEXT_IR_DEEP_TYPES, NULL },
  { "doubled-types", "", "call f1 <t13> (0:t2)", TEXT_IR_DEEP_TYPES, NULL },
  { "contains-itself", "", "s1 = move.t2 sizeof t11:t2", TEXT_IR_CONTAINS_ITSELF, "f<i32>: the type contains itself" },
  { "too-large", "", "s1 = move.t2 sizeof t14:t2", TEXT_IR_BAD_SIZE, "f<i32>: a type of this kind cannot have 3000000000 bytes" },
  { "no-impl", "", "callt x0.0 <t4> (copy s0)", TEXT_IR_NO_IMPL, "f<i32>: no impl of x0 fits" },
  { "no-associated", "", "s1 = move.t2 sizeof t15:t2", TEXT_IR_NO_IMPL, "f<i32>: no impl of x0 fits" },
  { "no-vtable", "", "s1 = move.t2 vtable t4 as x0:t2", TEXT_IR_NO_IMPL, "f<i32>: no impl of x0 fits" },
  { "several-impls", "impl x0 <t1> { f2: t1 }\nimpl x0 <t4> parameters 1 { f3: t1 }\n", "callt x0.0 <t4> (copy s0)", TEXT_IR_SEVERAL_IMPLS, "f<i32>: more than one impl of x0 fits" },
  { "condition-fails", "impl x0 <t8> parameters 1 where x0 <t4> { f3: t1 }\n", "callt x0.0 <t8> (0:t2)", TEXT_IR_NO_IMPL, "f<i32>: no impl of x0 fits" },
  { "condition-endless", "impl x0 <t4> parameters 1 where x0 <t8> { f3: t1 }\n", "callt x0.0 <t4> (copy s0)", TEXT_IR_DEEP_TYPES, "f<i32>: types nest more than 64 deep" },
};
/* clang-format on */

static char *
make_text (const char *more, const char *body)
{
  return g_strconcat (head, more,
                      "body f1 {\n"
                      "  slot s0 t5 \"self\" parameter\n"
                      "  slot s1 t2 \"n\"\n"
                      "b0:\n  ",
                      body, "\n  return.t1 1:t1\n}\n", tail, NULL);
}

/* Reads, verifies, elaborates, instantiates. Gives the first sentence that refuses it, or NULL. (transfer full) (nullable) */
static char *
refuse (const char *text, TextMessageId *message)
{
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (IrProgram) generic = ir_read (text, strlen (text), 1, diagnostics);
  g_autoptr (IrProgram) program = NULL;
  const TextDiagnostic *first;

  if (generic != NULL && ir_verify (generic, diagnostics))
    {
      ir_elaborate_drops (generic);
      program = ir_instantiate (generic, diagnostics);
    }
  if (program != NULL && ir_verify (program, diagnostics))
    return NULL;
  first = g_ptr_array_index (diagnostics->list, 0);
  *message = text_message_get_id (first->message);
  return text_message_word (first->message);
}

static void
test_row (gconstpointer data)
{
  const Row *row = data;
  g_autofree char *text = make_text (row->more, row->body);
  TextMessageId message = TEXT_N_MESSAGES;
  g_autofree char *words = refuse (text, &message);

  g_assert_nonnull (words);
  g_test_message ("%s", words);
  g_assert_cmpint (message, ==, row->message);
  if (row->words != NULL)
    g_assert_cmpstr (words, ==, row->words);
}

/* Eight steps of four calls each, with another type at each: 4 + 16 + … instances. */
static void
test_many_instances (void)
{
  g_autoptr (GString) text = g_string_new ("language \"rust\" generic\n"
                                           "type t1 int size 4 align 4 signed \"i32\"\n"
                                           "type t2 function size 0 align 1 element t1 \"\" { }\n"
                                           "type t3 parameter size 0 align 1 \"T\"\n");
  g_autofree char *words = NULL;
  TextMessageId message = TEXT_N_MESSAGES;

  for (guint i = 0; i < 4; i++)
    g_string_append_printf (
        text, "type t%u struct size 0 align 1 open template 1 \"S%u\" { \"0\" t1 0 }\n", 4 + i, i);
  for (guint i = 0; i < 4; i++)
    g_string_append_printf (text, "type t%u apply size 0 align 1 element t%u <t3> \"S%u<T>\"\n",
                            8 + i, 4 + i, i);
  g_string_append (text, "function f0 t2 \"main\" defined\n");
  for (guint i = 1; i <= 8; i++)
    g_string_append_printf (text, "function f%u t2 \"f%u\" parameters 1 defined\n", i, i);
  g_string_append (text, "entry f0\nbody f0 {\nb0:\n  call f1 <t1> ()\n  return.t1 0:t1\n}\n");
  for (guint i = 1; i <= 8; i++)
    {
      g_string_append_printf (text, "body f%u {\nb0:\n", i);
      for (guint j = 0; j < 4 && i < 8; j++)
        g_string_append_printf (text, "  call f%u <t%u> ()\n", i + 1, 8 + j);
      g_string_append (text, "  return.t1 0:t1\n}\n");
    }
  words = refuse (text->str, &message);
  g_assert_cmpint (message, ==, TEXT_IR_MANY_INSTANCES);
  g_assert_true (g_str_has_suffix (words, "more than 5000 instances of generic functions"));
}

/* What holds all rows up is right without them. */
static void
test_right (void)
{
  g_autofree char *text = make_text ("impl x0 <t1> { f2: t1 }\n", "callt x0.0 <t4> (copy s0)");
  TextMessageId message;
  g_autofree char *words = refuse (text, &message);

  g_assert_cmpstr (words, ==, NULL);
}

/* A view of a template is checked as far as its types are known, and is its instances' view. */
static void
test_view (void)
{
  static const char record[] = "\"Box<{0}>\" { \"0\" t5 0 }";
  g_autofree char *text = make_text ("", "s1 = move.t2 sizeof t8:t2");
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (GString) with_view = g_string_new (text);
  g_autoptr (IrProgram) generic = NULL, program = NULL;
  g_autofree char *printed = NULL;

  g_string_replace (with_view, record, "\"Box<{0}>\" { \"0\" t5 0 } view value { items 0.* }", 1);
  generic = ir_read (with_view->str, with_view->len, 1, diagnostics);
  g_assert_nonnull (generic);
  g_assert_true (ir_verify (generic, diagnostics));
  program = ir_instantiate (generic, diagnostics);
  g_assert_nonnull (program);
  g_assert_true (ir_verify (program, diagnostics));
  printed = ir_print (program);
  g_assert_nonnull (strstr (printed, "\"Box<i32>\" { \"0\" t"));
  g_assert_nonnull (strstr (printed, " 0 } view value { items 0.* }\n"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/ir-instantiate/right", test_right);
  g_test_add_func ("/ir-instantiate/view", test_view);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ir-instantiate/%s", rows[i].name);

      g_test_add_data_func (path, &rows[i], test_row);
    }
  g_test_add_func ("/ir-instantiate/many-instances", test_many_instances);
  return g_test_run ();
}
