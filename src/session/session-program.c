/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Reading a file, compiling it, and making a machine for it: see session-program.h. */

#include "session-program.h"

#include "ir/ir-generic.h"
#include "ir/ir-text.h"
#include "lang/c/c-compile.h"
#include "lesson/lesson-file.h"
#include "runtime/c/c-library.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/stat.h>

#define DEFAULT_HEAP (256u << 20)
#define DEFAULT_STACK (8u << 20)
#define DEFAULT_TICKS 1000000000u
#define DEFAULT_OUTPUT (64u << 20)

/* A source file may be this long. */
#define MAX_SOURCE_BYTES (16u << 20)

G_DEFINE_QUARK (session - error - quark, session_error)

/* ---- settings ---- */

void
session_settings_init (SessionSettings *settings)
{
  *settings = (SessionSettings){ .heap_bytes = DEFAULT_HEAP, .stack_bytes = DEFAULT_STACK };
  settings->limits.max_ticks = DEFAULT_TICKS;
  settings->limits.max_steps = G_MAXUINT64 - 1;
  settings->limits.max_output = DEFAULT_OUTPUT;
}

/* FALSE when there is no such kind of fault, or the machine cannot go on after it. */
gboolean
session_settings_set_rule (SessionSettings *settings, const char *kind, gboolean allow)
{
  MemFaultKind fault;

  if (!mem_fault_kind_find (kind, &fault) || !mem_fault_kind_may_go_on (fault))
    return FALSE;
  settings->limits.allow[fault] = allow;
  return TRUE;
}

static void
take_machine (SessionSettings *settings, const LessonMachine *machine)
{
  settings->limits.max_ticks
      = machine->max_ticks >= 0 ? (guint64)machine->max_ticks : LESSON_DEFAULT_MAX_TICKS;
  if (machine->max_steps >= 0)
    settings->limits.max_steps = machine->max_steps;
  if (machine->stack_bytes >= 0)
    settings->stack_bytes = machine->stack_bytes;
  if (machine->heap.bytes >= 0)
    settings->heap_bytes = machine->heap.bytes;
  settings->limits.no_reuse = machine->heap.reuse == LESSON_REUSE_NEVER;
  for (guint i = 0; i < LESSON_N_RULES; i++)
    if (machine->rules.rulings[i] == LESSON_RULING_ALLOW)
      session_settings_set_rule (settings, lesson_rule_get_kind (i), TRUE);
}

/* ---- files ---- */

/* What a lesson asks for and this version cannot do is refused: a run under other rules would be a wrong one. */
static gboolean
check_machine (const SessionFile *file, const LessonMachine *machine, GError **error)
{
  const LessonHeap *heap = &machine->heap;
  const char *wanted = NULL;

  if (heap->policy != LESSON_POLICY_NONE && heap->policy != LESSON_POLICY_FIRST_FIT)
    wanted = lesson_word_get_name (lesson_words_POLICY, heap->policy);
  else if (heap->reuse == LESSON_REUSE_LAST)
    wanted = "reuse: last";
  else if (heap->on_free == LESSON_ON_FREE_FILL)
    wanted = "onFree: fill";
  else if (heap->coalesce == FALSE)
    wanted = "coalesce: false";
  else if (heap->align >= 0 && heap->align != 16)
    wanted = "align";
  else if (heap->header_bytes >= 0 && heap->header_bytes != 16)
    wanted = "headerBytes";
  if (wanted == NULL)
    return TRUE;
  g_set_error (error, SESSION_ERROR, SESSION_ERROR_RUN,
               _ ("%s asks for a heap with “%s”, which is not supported yet"), file->path, wanted);
  return FALSE;
}

static const struct
{
  const char *suffix, *language;
} languages[] = {
  { ".c", "c" }, { ".hwir", "hwir" }, { ".java", "java" }, { ".py", "python" }, { ".rs", "rust" },
};

static const char *
guess_language (const char *path)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (g_str_has_suffix (path, languages[i].suffix))
      return languages[i].language;
  return NULL;
}

static gboolean
is_known_language (const char *language)
{
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    if (strcmp (languages[i].language, language) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
read_source (SessionFile *file, GError **error)
{
  struct stat status;

  if (stat (file->path, &status) == 0 && S_ISDIR (status.st_mode))
    {
      g_set_error (error, SESSION_ERROR, SESSION_ERROR_FILE, _ ("%s is a folder, not a program"),
                   file->path);
      return FALSE;
    }
  if (stat (file->path, &status) == 0 && status.st_size > MAX_SOURCE_BYTES)
    {
      g_set_error (error, SESSION_ERROR, SESSION_ERROR_FILE, _ ("%s is too large for a program"),
                   file->path);
      return FALSE;
    }
  return g_file_get_contents (file->path, &file->source, &file->n_source, error);
}

/* What one of the lesson's runs asks for. run: (nullable), the first. */
static gboolean
take_run (SessionFile *file, const char *run, GError **error)
{
  const LessonProgram *program;
  g_autofree LessonMachine *machine = NULL;

  file->run = lesson_find_run (file->lesson, run);
  if (file->run == NULL)
    {
      g_set_error (error, SESSION_ERROR, SESSION_ERROR_RUN, _ ("%s has no run called “%s”"),
                   file->path, run);
      return FALSE;
    }
  program = lesson_get_program_of_run (file->lesson, file->run);
  machine = lesson_dup_machine (file->lesson, file->run);
  if (!check_machine (file, machine, error))
    return FALSE;
  take_machine (&file->settings, machine);
  file->source = g_strdup (program->text);
  file->n_source = strlen (program->text);
  file->input = g_strdup (program->input);
  file->language = g_strdup (lesson_word_get_name (lesson_words_LANGUAGE, program->language));
  file->title = g_strdup (file->lesson->title);
  return TRUE;
}

static gboolean
read_lesson (SessionFile *file, const char *run, GError **error)
{
  file->lesson = lesson_load (file->map, file->path, file->diagnostics, error);
  if (file->lesson == NULL)
    {
      if (error != NULL && *error == NULL)
        g_set_error (error, SESSION_ERROR, SESSION_ERROR_LESSON,
                     _ ("%s is not a lesson that can be opened"), file->path);
      return FALSE;
    }
  return take_run (file, run, error);
}

static gboolean
is_lesson_path (const char *path)
{
  return g_str_has_suffix (path, ".json");
}

/* Reads a lesson or a source file. run: (nullable), the first; language: (nullable), by the file's name. Findings about a lesson's file go
 * to diagnostics, with places in map; both are borrowed for the file's life. NULL with an error in SESSION_ERROR or
 * G_IO_ERROR. (transfer full) */
SessionFile *
session_file_open (const char *path, const char *run, const char *language,
                   const SessionSettings *defaults, TextDiagnostics *diagnostics, TextMap *map,
                   GError **error)
{
  g_autoptr (SessionFile) file = g_new0 (SessionFile, 1);

  file->path = g_strdup (path);
  file->name = g_strdup (path);
  file->map = text_map_ref (map);
  file->diagnostics = diagnostics;
  file->settings = *defaults;
  if (is_lesson_path (path))
    return read_lesson (file, run, error) ? g_steal_pointer (&file) : NULL;
  if (language == NULL)
    language = guess_language (path);
  if (!read_source (file, error))
    return NULL;
  if (language == NULL)
    {
      g_set_error (error, SESSION_ERROR, SESSION_ERROR_LANGUAGE,
                   _ ("%s: no language goes with this name; use --lang"), path);
      return NULL;
    }
  if (!is_known_language (language))
    {
      g_set_error (error, SESSION_ERROR, SESSION_ERROR_LANGUAGE,
                   _ ("“%s” is no language; there are c, java, python and rust"), language);
      return NULL;
    }
  file->language = g_strdup (language);
  file->title = g_path_get_basename (path);
  return g_steal_pointer (&file);
}

/* The lesson that was read from path, under another of its runs: what was read is shared. NULL with an error in SESSION_ERROR.
 * (transfer full) */
SessionFile *
session_file_new_run (const char *path, Lesson *lesson, const char *run,
                      const SessionSettings *defaults, GError **error)
{
  g_autoptr (SessionFile) file = g_new0 (SessionFile, 1);

  file->path = g_strdup (path);
  file->name = g_strdup (path);
  file->map = text_map_ref (lesson->map);
  file->lesson = lesson_ref (lesson);
  file->settings = *defaults;
  return take_run (file, run, error) ? g_steal_pointer (&file) : NULL;
}

void
session_file_free (SessionFile *file)
{
  g_free (file->path);
  g_free (file->name);
  g_free (file->title);
  g_free (file->source);
  g_free (file->language);
  g_free (file->input);
  g_clear_pointer (&file->lesson, lesson_unref);
  g_clear_pointer (&file->map, text_map_unref);
  g_free (file);
}

/* ---- programs ---- */

static IrProgram *
compile (SessionProgram *self, const char *name, const char *source, gsize n_source)
{
  guint32 base;

  if (strcmp (self->language, "c") == 0)
    return c_compile (self->map, name, source, n_source, self->diagnostics);
  base = text_map_add (self->map, name, source, n_source, TEXT_ORIGIN_USER);
  if (strcmp (self->language, "hwir") == 0)
    return ir_read (source, n_source, base, self->diagnostics);
  text_diagnostics_take (
      self->diagnostics,
      text_diagnostic_new (TEXT_SEVERITY_ERROR, TEXT_CODE_UNSUPPORTED, (TextSpan){ base, base + 1 },
                           text_message_new (TEXT_C_LANGUAGE_UNSUPPORTED, "s", self->language)));
  return NULL;
}

/* A generic program cannot run: what is made of it takes its place, if it can be made. */
static void
finish_generic (SessionProgram *self)
{
  g_autoptr (IrProgram) generic = g_steal_pointer (&self->program);

  ir_elaborate_drops (generic);
  self->program = ir_instantiate (generic, self->diagnostics);
  if (self->program != NULL && !ir_verify (self->program, self->diagnostics))
    g_clear_pointer (&self->program, ir_program_unref);
}

/* Compiles a text of n_source bytes; what is wrong with it is in the result's diagnostics. input: (nullable). (transfer
 * full) */
SessionProgram *
session_program_new (const char *name, const char *source, gsize n_source, const char *language,
                     const SessionSettings *settings, GBytes *input)
{
  SessionProgram *self = g_new0 (SessionProgram, 1);

  g_atomic_ref_count_init (&self->reference_count);
  self->map = text_map_new ();
  self->diagnostics = text_diagnostics_new ();
  self->settings = *settings;
  self->language = g_strdup (language);
  self->input = input != NULL ? g_bytes_ref (input) : NULL;
  /* Every front end puts the learner's text into the map first. */
  self->source_begin = 1;
  self->program = compile (self, name, source, n_source);
  if (self->program != NULL && !ir_verify (self->program, self->diagnostics))
    g_clear_pointer (&self->program, ir_program_unref);
  if (self->program != NULL && self->program->is_generic)
    finish_generic (self);
  if (self->program != NULL)
    self->code = machine_code_new (self->program, settings->heap_bytes, settings->stack_bytes);
  return self;
}

SessionProgram *
session_program_ref (SessionProgram *self)
{
  g_atomic_ref_count_inc (&self->reference_count);
  return self;
}

void
session_program_unref (SessionProgram *self)
{
  if (!g_atomic_ref_count_dec (&self->reference_count))
    return;
  g_clear_pointer (&self->code, machine_code_unref);
  g_clear_pointer (&self->program, ir_program_unref);
  text_diagnostics_free (self->diagnostics);
  text_map_unref (self->map);
  g_clear_pointer (&self->input, g_bytes_unref);
  g_free (self->language);
  g_free (self);
}

/* A machine at the program's start. (transfer full) */
Machine *
session_program_new_machine (SessionProgram *self)
{
  return machine_new (self->code, c_library_get_leaves (), &self->settings.limits, self->input);
}

/* A recording at the program's start. (transfer full) */
History *
session_program_new_history (SessionProgram *self)
{
  return history_new (self->code, c_library_get_leaves (), &self->settings.limits, self->input);
}

/* Whether the program holds a call that reads its standard input. */
gboolean
session_program_reads_input (SessionProgram *self)
{
  for (guint i = 0; i < self->code->ops->len; i++)
    {
      const MachineOp *op = machine_code_get_op (self->code, i);

      if (!machine_code_get_info (self->code, i)->is_extension && (op->op & ~1u) == MACHINE_OP_LEAF
          && (op->c == IR_LEAF_C_GETCHAR || op->c == IR_LEAF_C_FGETS || op->c == IR_LEAF_C_SCANF
              || op->c == IR_LEAF_C_FSCANF))
        return TRUE;
    }
  return FALSE;
}
