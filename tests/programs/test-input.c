/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Input that is waited for: a program given its input byte by byte runs as one that had all of it from the start. */

#include "expected-program.h"
#include "history/history.h"
#include "runtime/c/c-library.h"

#include <string.h>

#define N_POSITIONS 50

static const char reader[] = "#include <stdio.h>\n"
                             "#include <stdlib.h>\n"
                             "static int mix(int sum, int more)\n"
                             "{\n"
                             "    return sum % 10007 * 31 + more;\n"
                             "}\n"
                             "int main(void)\n"
                             "{\n"
                             "    int sum = 0, a = 0, b = 0, n = 0;\n"
                             "    double d = 0;\n"
                             "    char word[20], set[20], two[2];\n"
                             "    char *line = malloc(30);\n"
                             "    for (int i = 0; i < 5; i++)\n"
                             "        sum = mix(sum, getchar());\n"
                             "    while (fgets(line, 8, stdin) != NULL && line[0] != '.')\n"
                             "        sum = mix(sum, line[0]);\n"
                             "    sum = mix(sum, scanf(\"%d,%x %lf\", &a, &b, &d));\n"
                             "    printf(\"%d %d %.3f\\n\", a, b, d);\n"
                             "    sum = mix(sum, scanf(\"%5s%[a-z] %2c%n\", word, set, two, &n));\n"
                             "    printf(\"%s %s %c%c %d\\n\", word, set, two[0], two[1], n);\n"
                             "    while (scanf(\"%d\", &a) == 1)\n"
                             "        sum = mix(sum, a);\n"
                             "    printf(\"%d\\n\", getchar());\n"
                             "    while ((a = getchar()) != EOF)\n"
                             "        sum = mix(sum, a);\n"
                             "    free(line);\n"
                             "    printf(\"%d\\n\", sum);\n"
                             "    return 0;\n"
                             "}\n";

static const char input[]
    = "abc\nd\nefghijklmnopqrst\n\nlast\n.\n 17,ff   -3.5e1\n  helloworld  xy 1 2 -3 004\n5 x rest";

static const char expected[] = "17 255 -35.000\nhello world xy 17\n120\n";

static void
check_output (const Machine *machine)
{
  const GByteArray *output = machine->outputs[MACHINE_STREAM_OUTPUT];

  g_assert_cmpint (machine->state.end, ==, MACHINE_END_EXIT);
  g_assert_cmpuint (output->len, >, strlen (expected));
  g_assert_cmpmem (output->data, strlen (expected), expected, strlen (expected));
}

/* Runs to a step and gives what is asked for, a piece at a time. */
static MachinePause
run_to (Machine *machine, guint64 step, gsize *n_given, gsize piece)
{
  MachinePause pause;

  while ((pause = machine_run (machine, step, G_MAXUINT64)) == MACHINE_WAITING)
    {
      guint64 hash = machine_hash (machine), ticks = machine->state.ticks;
      gsize n = MIN (piece, strlen (input) - *n_given);

      /* Asking in vain changes nothing. */
      g_assert_cmpint (machine_run (machine, step, G_MAXUINT64), ==, MACHINE_WAITING);
      g_assert_cmpuint (machine_hash (machine), ==, hash);
      g_assert_cmpuint (machine->state.ticks, ==, ticks);
      g_assert_cmpuint (machine->state.steps, <, step);
      machine_append_input (machine, input + *n_given, n);
      *n_given += n;
      if (n == 0)
        machine_end_input (machine);
    }
  return pause;
}

static ExpectedProgram *
compile (void)
{
  ExpectedProgram *program = expected_program_new ("reader", reader);

  g_assert_true (expected_program_compile (program));
  return program;
}

static Machine *
make_machine (ExpectedProgram *program, GBytes *bytes)
{
  return machine_new (program->code, c_library_get_leaves (), &expected_program_limits, bytes);
}

static void
test_pieces (void)
{
  static const gsize pieces[] = { 1, 2, 3, 7, 50, 1000 };
  g_autoptr (ExpectedProgram) program = compile ();
  g_autoptr (GBytes) all = g_bytes_new_static (input, strlen (input));
  g_autoptr (Machine) first = make_machine (program, all);
  guint64 n;

  g_assert_cmpint (machine_run (first, G_MAXUINT64, G_MAXUINT64), ==, MACHINE_ENDED);
  check_output (first);
  n = first->state.steps;
  g_assert_cmpuint (n, >, N_POSITIONS);
  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (Machine) at_once = make_machine (program, all);
      g_autoptr (Machine) given = make_machine (program, NULL);
      gsize n_given = 0;

      machine_open_input (given);
      for (guint k = 1; k <= N_POSITIONS; k++)
        {
          guint64 step = n * k / N_POSITIONS;

          machine_run (at_once, step, G_MAXUINT64);
          run_to (given, step, &n_given, pieces[i]);
          g_assert_cmpuint (machine_hash (given), ==, machine_hash (at_once));
        }
      g_assert_cmpint (run_to (given, G_MAXUINT64, &n_given, pieces[i]), ==, MACHINE_ENDED);
      machine_run (at_once, G_MAXUINT64, G_MAXUINT64);
      g_assert_cmpuint (machine_hash (given), ==, machine_hash (at_once));
      check_output (given);
    }
}

/* A line that is there is read without waiting for more; a program that does not read does not wait. */
static void
test_enough (void)
{
  g_autoptr (ExpectedProgram) program = compile ();
  g_autoptr (Machine) machine = make_machine (program, NULL);

  machine_open_input (machine);
  machine_append_input (machine, "abcdefg\n.\n", 10);
  g_assert_cmpint (machine_run (machine, G_MAXUINT64, G_MAXUINT64), ==, MACHINE_WAITING);
  g_assert_cmpuint (machine->state.n_input, ==, 10);
  machine_append_input (machine, "17,ff", 5);
  g_assert_cmpint (machine_run (machine, G_MAXUINT64, G_MAXUINT64), ==, MACHINE_WAITING);
  /* None of a scanf is taken or stored before all of it is known. */
  g_assert_cmpuint (machine->state.n_input, ==, 10);
  machine_append_input (machine, " 2 ", 3);
  g_assert_cmpint (machine_run (machine, G_MAXUINT64, G_MAXUINT64), ==, MACHINE_WAITING);
  g_assert_cmpuint (machine->state.n_input, ==, 17);
}

/* Recorded while the input comes in, then sought in any order. */
static void
test_recorded (void)
{
  g_autoptr (ExpectedProgram) program = compile ();
  g_autoptr (GBytes) all = g_bytes_new_static (input, strlen (input));
  g_autoptr (Machine) at_once = make_machine (program, all);
  g_autoptr (History) history
      = history_new (program->code, c_library_get_leaves (), &expected_program_limits, NULL);
  guint64 hashes[N_POSITIONS], n;
  gsize n_given = 0;
  guint n_waits = 0;

  history_open_input (history);
  while (history_record (history, 100))
    {
      if (!history_is_waiting (history))
        continue;
      n_waits++;
      if (n_given == strlen (input))
        history_end_input (history);
      else
        history_append_input (history, input + n_given++, 1);
    }
  g_assert_cmpuint (n_waits, >, strlen (input) / 2);
  check_output (history_get_machine (history));
  n = history_get_end (history)->steps;
  for (guint i = 0; i < N_POSITIONS; i++)
    {
      machine_run (at_once, n * (i + 1) / N_POSITIONS, G_MAXUINT64);
      hashes[i] = machine_hash (at_once);
    }
  for (guint i = 0; i < N_POSITIONS; i++)
    {
      guint at = i * 7 % N_POSITIONS;

      history_seek (history, n * (at + 1) / N_POSITIONS);
      g_assert_cmpuint (machine_hash (history_get_machine (history)), ==, hashes[at]);
    }
}

/* A recording can be looked at while the program waits: its last position is the STOP of the statement that reads. */
static void
test_looked_at (void)
{
  g_autoptr (ExpectedProgram) program = compile ();
  g_autoptr (History) history
      = history_new (program->code, c_library_get_leaves (), &expected_program_limits, NULL);
  guint64 n;

  history_open_input (history);
  history_append_input (history, "abcdefg\n", 8);
  while (history_record (history, 100) && !history_is_waiting (history))
    ;
  g_assert_true (history_is_waiting (history));
  history_end_recording (history);
  n = history_get_n_positions (history);
  for (guint64 position = n; position > 0; position--)
    {
      history_seek (history, position);
      g_assert_cmpuint (history_get_position (history), ==, position);
    }
  history_seek (history, n);
  g_assert_cmpuint (history_get_position (history), ==, n);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/input/pieces", test_pieces);
  g_test_add_func ("/input/enough", test_enough);
  g_test_add_func ("/input/recorded", test_recorded);
  g_test_add_func ("/input/looked-at", test_looked_at);
  return g_test_run ();
}
