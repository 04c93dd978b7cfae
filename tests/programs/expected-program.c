/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading a program with its expectations, and compiling it: see expected-program.h. */

#include "expected-program.h"

#include "ir/ir-text.h"
#include "lang/c/c-compile.h"

#include <stdlib.h>
#include <string.h>

/* The stack is smaller than a real one: a state of a stack overflow is hashed a hundred times. */
#define HEAP_BYTES (64u << 20)
#define STACK_BYTES (2u << 20)

const MachineLimits expected_program_limits = {
  .max_ticks = 400000000,
  .max_steps = G_MAXUINT64 - 1,
  .max_output = 1 << 20,
};

static void
clear_line (gpointer data)
{
  g_free (((ExpectedLine *)data)->text);
}

static void
expect_output (ExpectedProgram *self, guint line, const char *text)
{
  ExpectedLine expected = { line, g_strchomp (g_strdup (text)) };

  g_array_append_val (self->output, expected);
}

/* What stands behind a mark on a line, or NULL. */
static const char *
find_mark (const char *line, const char *mark)
{
  const char *at = strstr (line, mark);

  return at != NULL ? at + strlen (mark) : NULL;
}

static void
read_line (ExpectedProgram *self, guint number, const char *line)
{
  const char *at;

  if ((at = find_mark (line, "// expect: ")) != NULL)
    expect_output (self, number, at);
  else if ((at = find_mark (line, "// expect-exit: ")) != NULL)
    self->exit_status = atoi (at);
  else if ((at = find_mark (line, "// expect-fault: ")) != NULL)
    {
      g_autofree char *kind = g_strstrip (g_strdup (at));

      self->fault_line = number;
      if (!mem_fault_kind_find (kind, &self->fault))
        g_error ("%s:%u: there is no fault “%s”", self->name, number, kind);
    }
  else if ((at = find_mark (line, "// expect-leak: ")) != NULL)
    {
      char *end;
      ExpectedLeak leak = { .line = number };

      leak.n_bytes = g_ascii_strtoull (at, &end, 10);
      leak.n_blocks = g_ascii_strtoull (end, NULL, 10);
      g_array_append_val (self->leaks, leak);
    }
  else if (strstr (line, "// expect-unsupported") != NULL)
    self->unsupported_line = number;
  else if (strstr (line, "// expect") != NULL)
    g_error ("%s:%u: an expectation of an unknown kind", self->name, number);
}

ExpectedProgram *
expected_program_new (const char *name, const char *text)
{
  ExpectedProgram *self = g_new0 (ExpectedProgram, 1);
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  gboolean is_output = FALSE;

  self->name = g_strdup (name);
  self->text = g_strdup (text);
  self->n_bytes = strlen (text);
  self->output = g_array_new (FALSE, FALSE, sizeof (ExpectedLine));
  g_array_set_clear_func (self->output, clear_line);
  self->leaks = g_array_new (FALSE, FALSE, sizeof (ExpectedLeak));
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (is_output && strcmp (lines[i], "*/") == 0)
        is_output = FALSE;
      else if (is_output)
        expect_output (self, i + 1, lines[i]);
      else if (strcmp (lines[i], "/* expect-output:") == 0)
        is_output = TRUE;
      else
        read_line (self, i + 1, lines[i]);
    }
  return self;
}

/* The folder of the programs. (transfer full) */
static char *
dup_folder (void)
{
  return g_build_filename (g_getenv ("HEAPWISE_TESTS"), "programs", NULL);
}

/* One of this folder, by its name without the ending. */
ExpectedProgram *
expected_program_load (const char *name)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = dup_folder ();
  g_autofree char *file = g_strconcat (name, ".c", NULL);
  g_autofree char *path = g_build_filename (folder, file, NULL);
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return expected_program_new (name, text);
}

void
expected_program_free (ExpectedProgram *self)
{
  g_free (self->name);
  g_free (self->text);
  g_array_unref (self->output);
  g_array_unref (self->leaks);
  g_clear_pointer (&self->map, text_map_unref);
  g_clear_pointer (&self->diagnostics, text_diagnostics_free);
  g_clear_pointer (&self->program, ir_program_unref);
  g_clear_pointer (&self->code, machine_code_unref);
  g_free (self);
}

MachineCode *
expected_program_flatten (IrProgram *program)
{
  return machine_code_new (program, HEAP_BYTES, STACK_BYTES);
}

/* FALSE when the program is rejected or its IR is wrong: see the diagnostics. */
gboolean
expected_program_compile (ExpectedProgram *self)
{
  g_autofree char *file = g_strconcat (self->name, ".c", NULL);

  self->map = text_map_new ();
  self->diagnostics = text_diagnostics_new ();
  self->program = c_compile (self->map, file, self->text, self->n_bytes, self->diagnostics);
  if (self->program == NULL || !ir_verify (self->program, self->diagnostics))
    return FALSE;
  self->code = expected_program_flatten (self->program);
  return TRUE;
}

/* All findings as text. (transfer full) */
char *
expected_program_print_diagnostics (const ExpectedProgram *self)
{
  GString *all = g_string_new (NULL);

  for (guint i = 0; i < self->diagnostics->list->len; i++)
    {
      g_autofree char *text
          = text_diagnostic_render (g_ptr_array_index (self->diagnostics->list, i), self->map);

      g_string_append (all, text);
    }
  return g_string_free (all, FALSE);
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Names of all programs of the folder, without their ending, in order. (transfer full) */
GPtrArray *
expected_program_list (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = dup_folder ();
  g_autoptr (GDir) folder = g_dir_open (path, 0, &error);
  GPtrArray *names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (folder)) != NULL)
    if (g_str_has_suffix (name, ".c") && !g_str_has_prefix (name, "test-")
        && strcmp (name, "expected-program.c") != 0)
      g_ptr_array_add (names, g_strndup (name, strlen (name) - 2));
  g_ptr_array_sort (names, compare_names);
  return names;
}
