/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is shown of values that C has not: a variant by its name and only its own fields, a pointer to a slice with its length. */

#include "facts/facts-new.h"
#include "ir/ir-text.h"
#include "machine/machine.h"
#include "runtime/c/c-library.h"

#include <string.h>

static const char text[] = "language \"ir\"\n"
                           "type t1 int size 4 align 4 signed \"i32\"\n"
                           "type t2 int size 8 align 8 \"usize\"\n"
                           "type t3 pointer size 8 align 8 element t1 nonnull \"&i32\"\n"
                           "type t4 array size 12 align 4 element t1 count 3 \"[i32; 3]\"\n"
                           "type t5 slice size 0 align 4 element t1 \"[i32]\"\n"
                           "type t6 pointer size 16 align 8 element t5 nonnull \"&[i32]\" { "
                           "\"pointer\" t3 0, \"length\" t2 8 }\n"
                           "type t7 struct size 0 align 1 \"None\" { }\n"
                           "type t8 struct size 8 align 8 \"Some\" { \"0\" t3 0 }\n"
                           "type t9 variant size 8 align 8 tag t3 0 otherwise 1 \"Option<&i32>\" { "
                           "\"None\" t7 0 = 0, \"Some\" t8 0 = 0 }\n"
                           "type t10 function size 0 align 1 element t1 \"fn() -> i32\" { }\n"
                           "function f0 t10 \"main\" defined\n"
                           "entry f0\n"
                           "body f0 {\n"
                           "  slot s0 t4 \"a\" taken\n"
                           "  slot s1 t6 \"v\"\n"
                           "  slot s2 t9 \"o\"\n"
                           "b0:\n"
                           "  live s0\n"
                           "  stop stmt\n"
                           "  s0[0:t1]:t1 = move.t1 7:t1\n"
                           "  set_discriminant s2, 0\n"
                           "  stop stmt\n"
                           "  s1 = address s0[0..2]:t5\n"
                           "  s2 as 1.0 = address s0[0:t1]:t1\n"
                           "  stop exit\n"
                           "  return.t1 0:t1\n"
                           "}\n";

/* Variables of main. */
enum
{
  ARRAY,
  SLICE,
  OPTION,
};

typedef struct
{
  TextMap *map;
  IrProgram *program;
  MachineCode *code;
  Machine *machine;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  static const MachineLimits limits
      = { .max_ticks = 1000, .max_steps = G_MAXUINT64 - 1, .max_output = 1000 };
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  guint32 base;

  self->map = text_map_new ();
  base = text_map_add (self->map, "facts.hwir", text, sizeof text - 1, TEXT_ORIGIN_USER);
  self->program = ir_read (text, sizeof text - 1, base, diagnostics);
  g_assert_nonnull (self->program);
  g_assert_true (ir_verify (self->program, diagnostics));
  self->code = machine_code_new (self->program, 1 << 16, 1 << 16);
  self->machine = machine_new (self->code, c_library_get_leaves (), &limits, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  machine_free (self->machine);
  machine_code_unref (self->code);
  ir_program_unref (self->program);
  text_map_unref (self->map);
}

/* (transfer full) */
static Facts *
look_at (Fixture *self, guint64 step)
{
  machine_run (self->machine, step, G_MAXUINT64);
  return facts_new (self->machine, self->map);
}

static const FactsNode *
get_variable (const Facts *facts, guint32 variable)
{
  return facts_get_node (facts, g_array_index (facts->frames, FactsFrame, 0).first_slot + variable);
}

static void
test_undefined (Fixture *self, gconstpointer data)
{
  g_autoptr (Facts) facts = look_at (self, 1);

  g_assert_cmpstr (get_variable (facts, SLICE)->text, ==, "?");
  g_assert_cmpstr (get_variable (facts, OPTION)->text, ==, "?");
  g_assert_cmpuint (get_variable (facts, OPTION)->n_children, ==, 0);
}

static void
test_variant (Fixture *self, gconstpointer data)
{
  g_autoptr (Facts) none = look_at (self, 2), some = look_at (self, 3);
  const FactsNode *node = get_variable (some, OPTION), *field;

  g_assert_cmpstr (get_variable (none, OPTION)->text, ==, "None");
  g_assert_cmpuint (get_variable (none, OPTION)->n_children, ==, 0);
  g_assert_cmpstr (node->text, ==, "Some");
  g_assert_cmpuint (node->n_children, ==, 1);
  field = facts_get_node (some, node->first_child);
  g_assert_cmpstr (field->name, ==, "0");
  g_assert_true (field->flags & FACTS_POINTER);
}

static void
test_slice (Fixture *self, gconstpointer data)
{
  g_autoptr (Facts) facts = look_at (self, 3);
  const FactsNode *node = get_variable (facts, SLICE), *array = get_variable (facts, ARRAY);
  const FactsNode *target;

  g_assert_cmpuint (node->n_elements, ==, 2);
  g_assert_true (g_str_has_suffix (node->text, " [2]"));
  g_assert_cmpuint (node->target, ==, array->address);
  target = facts_get_node (facts, node->target_node);
  g_assert_cmpstr (target->name, ==, "[0]");
  g_assert_cmpstr (target->text, ==, "7");
}

#define ADD(name, test) g_test_add ("/ir-facts/" name, Fixture, NULL, set_up, test, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  ADD ("undefined", test_undefined);
  ADD ("variant", test_variant);
  ADD ("slice", test_slice);
  return g_test_run ();
}
