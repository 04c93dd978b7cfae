/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values of library types as they are shown: rows, texts, pairs, boxes. Each row of the table changes the program's text in one place
 * and names what the facts must then say of one value. */

#include "facts/facts-new.h"
#include "ir/ir-text.h"
#include "machine/machine.h"
#include "runtime/c/c-library.h"

#include <string.h>

/* clang-format off */
static const char by_hand[] =
  "language \"ir\"\n"
  "type t1 int size 4 align 4 signed \"i32\"\n"
  "type t2 int size 8 align 8 \"usize\"\n"
  "type t3 int size 1 align 1 \"u8\"\n"
  "type t4 int size 2 align 2 \"u16\"\n"
  "type t5 pointer size 8 align 8 element t1 \"*i32\"\n"
  "type t6 pointer size 8 align 8 element t3 \"*u8\"\n"
  "type t7 pointer size 8 align 8 element t4 \"*u16\"\n"
  "type t8 array size 16 align 4 element t1 count 4 \"[i32; 4]\"\n"
  "type t9 array size 8 align 1 element t3 count 8 \"[u8; 8]\"\n"
  "type t10 array size 8 align 2 element t4 count 4 \"[u16; 4]\"\n"
  "type t11 struct size 24 align 8 \"Vec\" { \"data\" t5 0, \"length\" t2 8, \"capacity\" t2 16 } view list { items 0 length 1 }\n"
  "type t12 struct size 16 align 8 \"Text\" { \"bytes\" t6 0, \"length\" t2 8 } view text { items 0 length 1 }\n"
  "type t13 struct size 16 align 8 \"Wide\" { \"units\" t7 0, \"length\" t2 8 } view text { items 0 length 1 }\n"
  "type t14 pointer size 8 align 8 element t11 \"*Vec\"\n"
  "type t15 struct size 8 align 8 \"Box\" { \"to\" t14 0 } view value { items 0.* }\n"
  "type t16 struct size 32 align 8 \"Entry\" { \"key\" t17 0, \"value\" t1 8, \"next\" t18 16, \"hash\" t2 24 }\n"
  "type t17 pointer size 8 align 8 element t12 \"*Text\"\n"
  "type t18 pointer size 8 align 8 element t16 \"*Entry\"\n"
  "type t19 array size 24 align 8 element t18 count 3 \"[*Entry; 3]\"\n"
  "type t20 pointer size 8 align 8 element t18 \"**Entry\"\n"
  "type t21 struct size 16 align 8 \"Map\" { \"table\" t20 0, \"size\" t2 8 } view map { items 0 length 1 next 2 key 0 content 1 }\n"
  "type t22 struct size 20 align 4 \"Small\" { \"items\" t8 0, \"n\" t1 16 } view list { items 0 length 1 }\n"
  "type t23 function size 0 align 1 element t1 \"fn() -> i32\" { }\n"
  "type t24 slice size 0 align 4 element t1 \"[i32]\"\n"
  "type t25 pointer size 16 align 8 element t24 \"*[i32]\" { \"pointer\" t5 0, \"length\" t2 8 }\n"
  "type t26 struct size 16 align 8 \"BoxedSlice\" { \"to\" t25 0 } view list { items 0 }\n"
  "type t27 struct size 24 align 8 \"Vec\" { \"data\" t5 0, \"length\" t2 8, \"capacity\" t2 16 }\n"
  "type t28 pointer size 8 align 8 element t27 \"*Vec\"\n"
  "global g0 variable t8 \"numbers\" = 0700000008000000090000000a000000\n"
  "global g1 variable t9 \"letters\" = 4d61c3bc0a00ff00\n"
  "global g2 variable t10 \"units\" = 4800fc003dd800de\n"
  "global g3 variable t11 \"vec\" = 000000000000000003000000000000000400000000000000 at 0 g0 + 0\n"
  "global g4 variable t12 \"text\" = 00000000000000000400000000000000 at 0 g1 + 0\n"
  "global g5 variable t13 \"wide\" = 00000000000000000400000000000000 at 0 g2 + 0\n"
  "global g6 variable t15 \"box\" at 0 g3 + 0\n"
  "global g7 variable t12 \"ma\" = 00000000000000000200000000000000 at 0 g1 + 0\n"
  "global g8 variable t16 \"first\" = 000000000000000001 at 0 g4 + 0 at 16 g9 + 0\n"
  "global g9 variable t16 \"second\" = 000000000000000002 at 0 g7 + 0\n"
  "global g10 variable t19 \"table\" at 8 g8 + 0\n"
  "global g11 variable t21 \"map\" = 00000000000000000300000000000000 at 0 g10 + 0\n"
  "global g12 variable t22 \"small\" = 0500000006000000000000000000000002000000\n"
  "global g13 variable t26 \"slice\" = 00000000000000000200000000000000 at 0 g0 + 4\n"
  "global g14 variable t27 \"copy\" = 000000000000000003000000000000000400000000000000 at 0 g0 + 0\n"
  "function f0 t23 \"main\" defined\n"
  "entry f0\n"
  "body f0 {\n"
  "  slot s0 t11 \"new\"\n"
  "b0:\n"
  "  live s0\n"
  "  stop stmt\n"
  "  s0.1 = move.t2 0:t2\n"
  "  stop exit\n"
  "  return.t1 0:t1\n"
  "}\n";

/* An object whose items lie behind its head. */
static const char by_collector[] =
  "language \"ir\" traced\n"
  "type t1 int size 4 align 4 signed \"i32\"\n"
  "type t2 int size 8 align 8 signed \"long\"\n"
  "type t3 array size 0 align 4 element t1 count 0 \"i32 []\"\n"
  "type t4 struct size 16 align 8 \"Row\" { \"head\" t2 0, \"n\" t2 8, \"items\" t3 16 } object { count 1 } view list { items 2 length 1 }\n"
  "type t5 pointer size 8 align 8 managed element t4 \"Row\"\n"
  "type t6 function size 0 align 1 element t1 \"fn() -> i32\" { }\n"
  "function f0 t6 \"main\" defined\n"
  "entry f0\n"
  "body f0 {\n"
  "  slot s0 t5 \"row\"\n"
  "b0:\n"
  "  stop stmt\n"
  "  s0 = allocate.t4 3:t2\n"
  "  stop stmt\n"
  "  return.t1 0:t1\n"
  "}\n";

static const struct
{
  const char *name;
  const char *program;
  const char *from, *to; /* the change; NULL: none */
  guint64 step;
  const char *value;
  const char *says;
} rows[] = {
  { "list", by_hand, NULL, NULL, 1, "vec", "list 3: [0]=7 [1]=8 [2]=9" },
  { "empty-list", by_hand, "000000000000000003000000000000000400000000000000 at 0 g0 + 0\n", "040000\n", 1, "vec", "list 0:" },
  { "list-too-long", by_hand, "000000000000000003000000000000000400", "000000000000000005000000000000000500", 1, "vec", "fields" },
  { "length-below-zero", by_hand, "000000000000000003000000000000000400", "0000000000000000ffffffffffffffff0400", 1, "vec", "fields" },
  { "no-items", by_hand, "000000000000000003000000000000000400000000000000 at 0 g0 + 0\n", "000000000000000003\n", 1, "vec", "fields" },
  { "length-undefined", by_hand, NULL, NULL, 1, "new", "fields" },
  { "length-zero-items-undefined", by_hand, NULL, NULL, 2, "new", "list 0:" },
  { "text", by_hand, NULL, NULL, 1, "text", "text 4: \"Ma\303\274\"" },
  { "text-with-newline", by_hand, "\"text\" = 000000000000000004", "\"text\" = 000000000000000006", 1, "text", "text 6: \"Ma\303\274\\n\\0\"" },
  { "text-not-utf-8", by_hand, "\"text\" = 000000000000000004", "\"text\" = 000000000000000007", 1, "text", "fields" },
  { "wide-text", by_hand, NULL, NULL, 1, "wide", "text 4: \"H\303\274\360\237\230\200\"" },
  { "half-a-surrogate", by_hand, "\"wide\" = 000000000000000004", "\"wide\" = 000000000000000003", 1, "wide", "fields" },
  { "box", by_hand, NULL, NULL, 1, "box", "value 1: =(list 3: [0]=7 [1]=8 [2]=9)" },
  { "box-of-nothing", by_hand, "\"box\" at 0 g3 + 0", "\"box\"", 1, "box", "fields" },
  { "map", by_hand, NULL, NULL, 1, "map", "map 2: [\"Ma\303\274\"]=1 [\"Ma\"]=2" },
  { "map-of-keys", by_hand, " key 0 content 1 }", " key 3 }", 1, "map", "map 2: [0]=0 [0]=0" },
  { "map-in-a-ring", by_hand, "000000000000000002 at 0 g7 + 0\n", "000000000000000002 at 0 g7 + 0 at 16 g9 + 0\n", 1, "map", "map 1000" },
  { "array-inside", by_hand, NULL, NULL, 1, "small", "list 2: [0]=5 [1]=6" },
  { "array-inside-too-long", by_hand, "000000000000000002000000\n", "000000000000000005000000\n", 1, "small", "fields" },
  { "slice", by_hand, NULL, NULL, 1, "slice", "list 2: [0]=8 [1]=9" },
  { "array-length-by-type", by_hand, "view list { items 0 length 1 }\ntype t23", "view list { items 0 }\ntype t23", 1, "small", "list 4: [0]=5 [1]=6 [2]=0 [3]=0" },
  { "object", by_collector, NULL, NULL, 2, "", "list 3: [0]=0 [1]=0 [2]=0" },
};
/* clang-format on */

typedef struct
{
  TextMap *map;
  IrProgram *program;
  MachineCode *code;
  Machine *machine;
  Facts *facts;
} Run;

static Run *
run_new (const char *text, guint64 step)
{
  static const MachineLimits limits
      = { .max_ticks = 1000, .max_steps = G_MAXUINT64 - 1, .max_output = 1000 };
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  Run *self = g_new0 (Run, 1);

  self->map = text_map_new ();
  self->program = ir_read (
      text, strlen (text),
      text_map_add (self->map, "views.hwir", text, strlen (text), TEXT_ORIGIN_USER), diagnostics);
  g_assert_nonnull (self->program);
  g_assert_true (ir_verify (self->program, diagnostics));
  self->code = machine_code_new (self->program, 1 << 16, 1 << 16);
  self->machine = machine_new (self->code, c_library_get_leaves (), &limits, NULL);
  machine_run (self->machine, step, G_MAXUINT64);
  self->facts = facts_new (self->machine, self->map);
  return self;
}

static void
run_free (Run *self)
{
  facts_unref (self->facts);
  machine_free (self->machine);
  machine_code_unref (self->code);
  ir_program_unref (self->program);
  text_map_unref (self->map);
  g_free (self);
}

/* ---- telling ---- */

static void tell (const Facts *facts, guint32 index, GString *out);

static void
tell_view (const Facts *facts, const FactsView *view, GString *out)
{
  g_string_append_printf (out, "%s %" G_GUINT64_FORMAT, ir_view_kind_get_name (view->kind),
                          view->length);
  if (view->length >= 1000)
    return;
  g_string_append_printf (out, ":%s%s", view->kind == IR_VIEW_TEXT ? " " : "", view->text);
  for (guint32 i = 0; i < view->n_items; i++)
    {
      g_string_append_printf (out, " %s=", facts_get_node (facts, view->first_item + i)->name);
      tell (facts, view->first_item + i, out);
    }
}

/* A value as it is meant to be read. */
static void
tell (const Facts *facts, guint32 index, GString *out)
{
  const FactsNode *node = facts_get_node (facts, index);
  const FactsView *view = facts_get_view (facts, node);

  if (view != NULL && index >= facts->n_own)
    g_string_append_c (out, '(');
  if (view != NULL)
    tell_view (facts, view, out);
  else
    g_string_append (out, node->n_children > 0 ? "fields" : node->text);
  if (view != NULL && index >= facts->n_own)
    g_string_append_c (out, ')');
}

/* A value by its fields, addresses and bytes alone. */
static void
tell_raw (const Facts *facts, guint32 index, GString *out)
{
  const FactsNode *node = facts_get_node (facts, index);

  g_string_append_printf (out, "%s %s %s %u %" G_GUINT64_FORMAT " %u [", node->name, node->type,
                          node->text, node->flags, node->size, node->target_node);
  for (guint32 i = 0; i < node->n_children; i++)
    tell_raw (facts, node->first_child + i, out);
  g_string_append_c (out, ']');
}

static guint32
find_value (const Facts *facts, const char *name)
{
  for (guint32 i = 0; i < facts->n_own; i++)
    if (facts_get_node (facts, i)->parent == FACTS_NO_NODE
        && strcmp (facts_get_node (facts, i)->name, name) == 0)
      return i;
  g_assert_not_reached ();
}

/* ---- tests ---- */

static char *
replace (const char *text, const char *from, const char *to)
{
  const char *at = strstr (text, from);

  g_assert_nonnull (at);
  return g_strdup_printf ("%.*s%s%s", (int)(at - text), text, to, at + strlen (from));
}

static void
test_row (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *text = rows[i].from != NULL ? replace (rows[i].program, rows[i].from, rows[i].to)
                                               : g_strdup (rows[i].program);
  g_autoptr (GString) told = g_string_new (NULL);
  Run *run = run_new (text, rows[i].step);
  g_autofree char *printed = ir_print (run->program);

  tell (run->facts, find_value (run->facts, rows[i].value), told);
  g_assert_cmpstr (told->str, ==, rows[i].says);
  g_assert_nonnull (strstr (printed, " view "));
  run_free (run);
}

/* A learner's own copy of the type: the same memory, the same fields, only no view. */
static void
test_copy (void)
{
  Run *run = run_new (by_hand, 1);
  g_autoptr (GString) library = g_string_new (NULL), own = g_string_new (NULL);
  guint32 vec = find_value (run->facts, "vec"), copy = find_value (run->facts, "copy");

  g_assert_nonnull (facts_get_view (run->facts, facts_get_node (run->facts, vec)));
  g_assert_null (facts_get_view (run->facts, facts_get_node (run->facts, copy)));
  for (guint32 i = 0; i < 3; i++)
    {
      tell_raw (run->facts, facts_get_node (run->facts, vec)->first_child + i, library);
      tell_raw (run->facts, facts_get_node (run->facts, copy)->first_child + i, own);
    }
  g_assert_cmpstr (library->str, ==, own->str);
  run_free (run);
}

/* Arrows lead to the things themselves, never to what a view shows of them: not even where only the view knows the type. */
static void
test_targets (void)
{
  g_autofree char *bytes = replace (by_hand, "t8 \"numbers\" = 0700000008000000090000000a000000",
                                    "t9 \"numbers\" = 0700000008000000");
  g_autofree char *text
      = replace (bytes, "\"vec\" = 000000000000000003", "\"vec\" = 000000000000000002");
  Run *run = run_new (text, 1);

  g_assert_cmpuint (run->facts->n_own, <, run->facts->nodes->len);
  for (guint32 i = 0; i < run->facts->nodes->len; i++)
    {
      const FactsNode *node = facts_get_node (run->facts, i);

      if (node->target_node != FACTS_NO_NODE)
        g_assert_cmpuint (node->target_node, <, run->facts->n_own);
    }
  run_free (run);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ir-views/%s", rows[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/ir-views/copy", test_copy);
  g_test_add_func ("/ir-views/targets", test_targets);
  return g_test_run ();
}
