/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The sentence about a step: pairs of states, and what must be said. */

#include "scene-samples.h"

static const char source[] = "int main(void)\n"
                             "{\n"
                             "  char *a = malloc(16);\n"
                             "  char *b = a;\n"
                             "  free(a);\n"
                             "  return 0;\n"
                             "}\n";

/* main with a and b; n says how far it is: 0 nothing yet, 1 a holds block 1, 2 b too, 3 the block is freed. */
static Facts *
make_state (guint n, guint line)
{
  SampleMaker maker;
  guint32 a, b;

  sample_begin (&maker, n + 1, line);
  sample_frame (&maker, "main", line, FALSE);
  a = sample_slot (&maker, "a", "char *", IR_TYPE_POINTER, 8, n >= 1 ? "0x4010" : "?",
                   n >= 1 ? 0 : FACTS_UNDEFINED);
  b = sample_slot (&maker, "b", "char *", IR_TYPE_POINTER, 8, n >= 2 ? "0x4010" : "?",
                   n >= 2 ? 0 : FACTS_UNDEFINED);
  if (n >= 1)
    {
      FactsBlock *block = sample_block (&maker, 1, 0x4010, 16, "char [16]");

      block->allocated_line = 3;
      block->state = n >= 3 ? FACTS_BLOCK_FREED : FACTS_BLOCK_LIVE;
      block->freed_line = n >= 3 ? 5 : 0;
      sample_point (&maker, a, 1, 0x4010, FACTS_NO_NODE);
      maker.facts->ledger.n_allocations = 1;
      maker.facts->ledger.n_frees = n >= 3;
      maker.facts->ledger.live_blocks = n < 3;
    }
  if (n >= 2)
    sample_point (&maker, b, 1, 0x4010, FACTS_NO_NODE);
  if (n == 1 || n == 2)
    g_array_index (maker.facts->nodes, FactsNode, n == 1 ? a : b).flags |= FACTS_CHANGED;
  return sample_end (&maker);
}

static void
assert_narration (Facts *before, Facts *now, const char *expected)
{
  g_autofree char *sentence = scene_narrate (before, now, source);

  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_steps (void)
{
  g_autoptr (Facts) begin = make_state (0, 3);
  g_autoptr (Facts) allocated = make_state (1, 4);
  g_autoptr (Facts) aliased = make_state (2, 5);
  g_autoptr (Facts) freed = make_state (3, 6);
  g_autoptr (Facts) fault = sample_use_after_free ();

  assert_narration (NULL, begin, "The program begins: line 3 of `main` is next.");
  assert_narration (begin, allocated, "Line 3 gets 16 bytes of the heap, and `a` points there.");
  assert_narration (allocated, aliased, "`b` points to block 1 now.");
  assert_narration (aliased, freed,
                    "`free(a)` gives 16 bytes back. `a` and `b` still point there.");
  assert_narration (freed, fault, "Line 19 uses `b`, but line 18 freed that block.");
}

static Facts *
make_call (gboolean is_inside, const char *value, guint32 flags)
{
  SampleMaker maker;

  sample_begin (&maker, 1, 9);
  sample_frame (&maker, "main", 9, FALSE);
  sample_slot (&maker, "i", "int", IR_TYPE_INT, 4, value, flags);
  if (is_inside)
    {
      sample_frame (&maker, "twice", 3, FALSE);
      sample_slot (&maker, "n", "int", IR_TYPE_INT, 4, "4", 0);
      g_array_index (maker.facts->frames, FactsFrame, 1).returns = "8";
    }
  return sample_end (&maker);
}

static void
test_calls (void)
{
  g_autoptr (Facts) outside = make_call (FALSE, "4", 0);
  g_autoptr (Facts) inside = make_call (TRUE, "4", 0);
  g_autoptr (Facts) later = make_call (FALSE, "8", FACTS_CHANGED);

  assert_narration (outside, inside, "`main` calls `twice` with `n = 4`.");
  assert_narration (inside, outside, "`twice` returns 8 to line 9 of `main`.");
  assert_narration (outside, later, "`i` is now 8; it was 4.");
}

static void
test_ends (void)
{
  g_autoptr (Facts) before = make_state (2, 6);
  g_autoptr (Facts) end = make_state (2, 0);
  g_autoptr (Facts) clean = make_state (3, 0);

  end->moment = FACTS_AT_END;
  clean->moment = FACTS_AT_END;
  assert_narration (before, end, "The program ends. 1 block was never given back.");
  assert_narration (before, clean, "The program ends. Every block was given back.");
  end->moment = FACTS_AT_LIMIT;
  assert_narration (before, end, "The run stops here: it reached its limit.");
}

static void
test_prints (void)
{
  g_autoptr (Facts) before = make_state (2, 5);
  g_autoptr (Facts) now = make_state (3, 6);
  g_autoptr (Facts) decided = make_state (3, 7);

  before->ledger = now->ledger;
  now->n_output = 4;
  assert_narration (before, now, "Line 5 prints 4 characters.");
  decided->n_output = 4;
  now->stop = IR_STOP_COND;
  assert_narration (now, decided, "Line 6 decides: line 7 is next.");
}

static Facts *
make_stop (const char *called, IrStopKind stop, guint line)
{
  SampleMaker maker;

  sample_begin (&maker, 1, line);
  sample_frame (&maker, "main", 3, FALSE);
  if (called != NULL)
    sample_frame (&maker, called, line, FALSE);
  maker.facts->stop = stop;
  maker.facts->function = called != NULL ? "fill" : "main";
  return sample_end (&maker);
}

static void
test_exceptions (void)
{
  g_autoptr (Facts) before = make_stop ("fill", IR_STOP_STMT, 9);
  g_autoptr (Facts) thrown = make_stop ("fill", IR_STOP_THROW, 9);
  g_autoptr (Facts) caught = make_stop ("fill", IR_STOP_CATCH, 11);
  g_autoptr (Facts) outside = make_stop (NULL, IR_STOP_CATCH, 5);
  g_autoptr (Facts) collected = make_stop ("fill", IR_STOP_COLLECT, 9);

  assert_narration (before, thrown,
                    "Line 9 throws an exception. The calls that do not catch it are left next.");
  assert_narration (thrown, caught, "Line 11 of `fill` catches the exception.");
  assert_narration (thrown, outside,
                    "The exception leaves `fill`, and line 5 of `main` catches it.");
  assert_narration (before, collected, "The collector takes a small step.");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scene/narrate/steps", test_steps);
  g_test_add_func ("/scene/narrate/calls", test_calls);
  g_test_add_func ("/scene/narrate/ends", test_ends);
  g_test_add_func ("/scene/narrate/prints", test_prints);
  g_test_add_func ("/scene/narrate/exceptions", test_exceptions);
  return g_test_run ();
}
