/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The stories told at the end of a run: a fault with its history (used here, freed there, allocated there), a limit, leaks. */

#include "facts-new.h"

#include "history/history-leak.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  Machine *machine;
  TextMap *map;
  const MachineFault *fault;
  const MemBlock *block; /* NULL: none */
  TextDiagnostic *diagnostic;
} Story;

static TextSpan
get_span (const Story *self, guint32 pc)
{
  return machine_code_get_info (self->machine->code, pc)->span;
}

/* What the learner calls the value: the text of the failing expression. */
static char *
dup_expression (const Story *self)
{
  TextSpan span = facts_get_fault_span (self->machine, self->map);
  g_autofree char *text = text_map_dup_span (self->map, span);
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  char *line_end = strpbrk (valid, "\r\n");

  if (line_end != NULL)
    *line_end = '\0';
  if (g_utf8_strlen (valid, -1) <= 40)
    return g_strdup (valid);
  {
    g_autofree char *begin = g_utf8_substring (valid, 0, 38);

    return g_strconcat (begin, "…", NULL);
  }
}

static gboolean
is_user_place (const Story *self, TextSpan span)
{
  return text_map_place (self->map, span.begin).origin == TEXT_ORIGIN_USER && span.begin != 0;
}

/* ---- labels ---- */

static void
label_allocation (Story *self)
{
  TextSpan span = get_span (self, self->block->made_at);

  if (is_user_place (self, span))
    text_diagnostic_add_label (
        self->diagnostic, span,
        text_message_new (TEXT_FAULT_ALLOCATED_HERE, "u", (guint64)self->block->size));
}

static void
label_release (Story *self)
{
  TextSpan span = get_span (self, self->block->ended_at);

  if (is_user_place (self, span))
    text_diagnostic_add_label (self->diagnostic, span,
                               text_message_new (TEXT_FAULT_FREED_HERE, ""));
}

static void
label_variable (Story *self)
{
  const IrFunction *function
      = ir_program_get_function (self->machine->code->program, self->block->function);
  const IrSlot *slot = ir_function_get_slot (function, self->block->hint);

  if (slot->name != NULL && is_user_place (self, slot->span))
    text_diagnostic_add_label (
        self->diagnostic, slot->span,
        text_message_new (TEXT_FAULT_DECLARED_IN, "ss", slot->name, function->name));
}

static void
label_global (Story *self)
{
  const IrGlobal *global = ir_program_get_global (self->machine->code->program, self->block->hint);

  if (is_user_place (self, global->span))
    text_diagnostic_add_label (
        self->diagnostic, global->span,
        text_message_new (TEXT_FAULT_GLOBAL_HERE, "u", (guint64)self->block->size));
}

/* Where the block comes from, and where it ended. */
static void
label_block (Story *self)
{
  if (self->block == NULL)
    return;
  switch (self->block->kind)
    {
    case MEM_BLOCK_HEAP:
      if (self->block->state == MEM_BLOCK_FREED)
        label_release (self);
      label_allocation (self);
      break;
    case MEM_BLOCK_SLOT:
      label_variable (self);
      break;
    case MEM_BLOCK_GLOBAL:
    case MEM_BLOCK_CONSTANT:
      label_global (self);
      break;
    case MEM_BLOCK_FUNCTION:
      break;
    }
}

/* ---- the first sentence ---- */

/* What the block is, in a word or two: "block 3", "`x`". */
static char *
dup_block_name (const Story *self)
{
  const IrProgram *program = self->machine->code->program;
  const char *name = NULL;

  if (self->block == NULL)
    return g_strdup ("?");
  switch (self->block->kind)
    {
    case MEM_BLOCK_HEAP:
      return g_strdup_printf (_ ("block %u"), self->block->number);
    case MEM_BLOCK_SLOT:
      name = ir_function_get_slot (ir_program_get_function (program, self->block->function),
                                   self->block->hint)
                 ->name;
      break;
    case MEM_BLOCK_GLOBAL:
    case MEM_BLOCK_CONSTANT:
      name = ir_program_get_global (program, self->block->hint)->name;
      break;
    case MEM_BLOCK_FUNCTION:
      name = ir_program_get_function (program, self->block->hint)->name;
      break;
    }
  return name != NULL ? g_strdup_printf ("`%s`", name) : g_strdup (_ ("a text constant"));
}

static TextMessage *
word_out_of_bounds (const Story *self, const char *expression)
{
  g_autofree char *block = dup_block_name (self);
  gint64 offset;

  if (self->fault->limit != 0)
    return text_message_new (TEXT_FAULT_INDEX, "siu", expression, (gint64)self->fault->number,
                             self->fault->limit);
  if (self->block == NULL)
    return text_message_new (TEXT_FAULT_OUT_OF_TABLE, "s", expression);
  offset = (gint64)(self->fault->mem.address - self->block->begin);
  if (offset < 0)
    return text_message_new (TEXT_FAULT_BEFORE, "sus", expression, (guint64)-offset, block);
  if ((guint64)offset >= self->block->size)
    return text_message_new (TEXT_FAULT_BEHIND, "suus", expression, (guint64)offset,
                             (guint64)self->block->size, block);
  return text_message_new (TEXT_FAULT_ACROSS_END, "suus", expression, (guint64)offset,
                           (guint64)self->block->size, block);
}

static TextMessage *
word_misaligned (const Story *self, const char *expression)
{
  return text_message_new (TEXT_FAULT_MISALIGNED, "sxu", expression, self->fault->mem.address,
                           self->fault->limit);
}

static TextMessage *
word_invalid_free (const Story *self, const char *expression)
{
  g_autofree char *block = dup_block_name (self);

  if (self->block == NULL)
    return text_message_new (TEXT_FAULT_INVALID_FREE_WILD, "s", expression);
  if (self->block->kind == MEM_BLOCK_HEAP)
    return text_message_new (TEXT_FAULT_INVALID_FREE_INSIDE, "sus", expression,
                             self->fault->mem.address - self->block->begin, block);
  return text_message_new (TEXT_FAULT_INVALID_FREE, "ss", expression, block);
}

static TextMessage *
word_sentence (const Story *self)
{
  g_autofree char *expression = dup_expression (self);
  g_autofree char *block = dup_block_name (self);

  switch (self->fault->mem.kind)
    {
    case MEM_FAULT_USE_AFTER_FREE:
      return text_message_new (TEXT_FAULT_USE_AFTER_FREE, "ss", expression, block);
    case MEM_FAULT_DOUBLE_FREE:
      return text_message_new (TEXT_FAULT_DOUBLE_FREE, "ss", expression, block);
    case MEM_FAULT_INVALID_FREE:
      return word_invalid_free (self, expression);
    case MEM_FAULT_OUT_OF_BOUNDS:
      return word_out_of_bounds (self, expression);
    case MEM_FAULT_UNINITIALISED_READ:
      return text_message_new (TEXT_FAULT_UNINITIALISED_READ, "s", expression);
    case MEM_FAULT_NULL_DEREFERENCE:
      return text_message_new (TEXT_FAULT_NULL_DEREFERENCE, "s", expression);
    case MEM_FAULT_DANGLING_STACK:
      return text_message_new (TEXT_FAULT_DANGLING_STACK, "ss", expression, block);
    case MEM_FAULT_READ_ONLY_WRITE:
      return text_message_new (TEXT_FAULT_READ_ONLY_WRITE, "s", expression);
    case MEM_FAULT_WILD_POINTER:
      return text_message_new (TEXT_FAULT_WILD_POINTER, "sx", expression, self->fault->mem.address);
    case MEM_FAULT_MISALIGNED:
      return word_misaligned (self, expression);
    case MEM_FAULT_OVERLAP:
      return text_message_new (TEXT_FAULT_OVERLAP, "s", expression);
    case MEM_FAULT_STACK_OVERFLOW:
      return text_message_new (TEXT_FAULT_STACK_OVERFLOW, "suu", expression,
                               (guint64)self->machine->state.depth,
                               self->machine->code->sizes.stack);
    case MEM_FAULT_DIVISION_BY_ZERO:
      return text_message_new (TEXT_FAULT_DIVISION_BY_ZERO, "s", expression);
    case MEM_FAULT_OUT_OF_MEMORY:
      return text_message_new (TEXT_FAULT_OUT_OF_MEMORY, "s", expression);
    case MEM_FAULT_BAD_FORMAT:
      return text_message_new (TEXT_FAULT_BAD_FORMAT, "su", expression,
                               (guint64)self->fault->argument);
    case MEM_FAULT_MISSING_RETURN:
      return text_message_new (
          TEXT_FAULT_MISSING_RETURN, "s",
          ir_program_get_function (
              self->machine->code->program,
              self->machine->frames[MAX (self->machine->state.depth, 1)].function)
              ->name);
    case MEM_FAULT_BAD_CALL:
      return text_message_new (TEXT_FAULT_BAD_CALL, "s", expression);
    case MEM_FAULT_OVERFLOW:
      return text_message_new (TEXT_FAULT_OVERFLOW, "s", expression);
    case MEM_FAULT_BAD_SHIFT:
      return text_message_new (TEXT_FAULT_BAD_SHIFT, "si", expression, (gint64)self->fault->number);
    case MEM_FAULT_NONE:
    case MEM_N_FAULTS:
      break;
    }
  g_assert_not_reached ();
}

/* ---- beside the caret, and what to do ---- */

static TextMessage *
word_here (const Story *self)
{
  g_autofree char *block = dup_block_name (self);
  gboolean is_freed = self->fault->mem.kind == MEM_FAULT_USE_AFTER_FREE;
  TextMessageId id = TEXT_FAULT_READS_HERE;

  if (self->block == NULL)
    return NULL;
  if (is_freed && self->fault->mem.access == MEM_ACCESS_READ)
    return text_message_new (TEXT_FAULT_READS_FREED, "");
  if (is_freed && self->fault->mem.access == MEM_ACCESS_WRITE)
    return text_message_new (TEXT_FAULT_WRITES_FREED, "");
  switch (self->fault->mem.access)
    {
    case MEM_ACCESS_READ:
      break;
    case MEM_ACCESS_WRITE:
      id = TEXT_FAULT_WRITES_HERE;
      break;
    case MEM_ACCESS_FREE:
      id = self->fault->mem.kind == MEM_FAULT_DOUBLE_FREE ? TEXT_FAULT_FREES_AGAIN
                                                          : TEXT_FAULT_FREES_HERE;
      break;
    case MEM_ACCESS_CALL:
      return NULL;
    }
  return text_message_new (id, "s", block);
}

static TextMessage *
word_help (const Story *self)
{
  static const TextMessageId ids[MEM_N_FAULTS] = {
    [MEM_FAULT_USE_AFTER_FREE] = TEXT_FAULT_HELP_USE_AFTER_FREE,
    [MEM_FAULT_DOUBLE_FREE] = TEXT_FAULT_HELP_DOUBLE_FREE,
    [MEM_FAULT_INVALID_FREE] = TEXT_FAULT_HELP_INVALID_FREE,
    [MEM_FAULT_OUT_OF_BOUNDS] = TEXT_FAULT_HELP_OUT_OF_BOUNDS,
    [MEM_FAULT_UNINITIALISED_READ] = TEXT_FAULT_HELP_UNINITIALISED_READ,
    [MEM_FAULT_NULL_DEREFERENCE] = TEXT_FAULT_HELP_NULL_DEREFERENCE,
    [MEM_FAULT_DANGLING_STACK] = TEXT_FAULT_HELP_DANGLING_STACK,
    [MEM_FAULT_READ_ONLY_WRITE] = TEXT_FAULT_HELP_READ_ONLY_WRITE,
    [MEM_FAULT_OVERLAP] = TEXT_FAULT_HELP_OVERLAP,
    [MEM_FAULT_STACK_OVERFLOW] = TEXT_FAULT_HELP_STACK_OVERFLOW,
    [MEM_FAULT_DIVISION_BY_ZERO] = TEXT_FAULT_HELP_DIVISION_BY_ZERO,
    [MEM_FAULT_BAD_FORMAT] = TEXT_FAULT_HELP_BAD_FORMAT,
    [MEM_FAULT_MISSING_RETURN] = TEXT_FAULT_HELP_MISSING_RETURN,
    [MEM_FAULT_OVERFLOW] = TEXT_FAULT_HELP_OVERFLOW,
  };
  TextMessageId id = ids[self->fault->mem.kind];
  gboolean is_end = self->fault->mem.kind == MEM_FAULT_OUT_OF_BOUNDS
                    && self->fault->mem.n_bytes == 0 && self->fault->limit == 0
                    && self->fault->mem.access == MEM_ACCESS_READ && self->block != NULL;

  if (is_end)
    return text_message_new (TEXT_FAULT_HELP_NO_END, "");
  return id != 0 ? text_message_new (id, "") : NULL;
}

/* The fault at which a run ended, with its history. (transfer full) */
TextDiagnostic *
facts_tell_fault (Machine *machine, TextMap *map)
{
  const MachineFault *fault = &machine->state.fault;
  Story self = { machine, map, fault };

  g_return_val_if_fail (machine->state.end == MACHINE_END_FAULT, NULL);
  if (fault->mem.block != 0)
    self.block = mem_block_get (machine->space, fault->mem.block);
  self.diagnostic
      = text_diagnostic_new (TEXT_SEVERITY_FAULT, mem_fault_kind_get_name (fault->mem.kind),
                             facts_get_fault_span (machine, map), word_sentence (&self));
  text_diagnostic_take_here (self.diagnostic, word_here (&self));
  label_block (&self);
  text_diagnostic_take_help (self.diagnostic, word_help (&self));
  return self.diagnostic;
}

/* The limit at which a run was stopped. (transfer full) */
TextDiagnostic *
facts_tell_limit (Machine *machine, TextMap *map)
{
  static const TextMessageId sentences[] = {
    [MACHINE_LIMIT_TICKS] = TEXT_FAULT_LIMIT_TICKS,
    [MACHINE_LIMIT_STEPS] = TEXT_FAULT_LIMIT_STEPS,
    [MACHINE_LIMIT_HEAP] = TEXT_FAULT_LIMIT_HEAP,
    [MACHINE_LIMIT_OUTPUT] = TEXT_FAULT_LIMIT_OUTPUT,
    [MACHINE_LIMIT_BLOCKS] = TEXT_FAULT_LIMIT_BLOCKS,
  };
  MachineLimit limit = machine->state.limit;
  TextDiagnostic *diagnostic = text_diagnostic_new (
      TEXT_SEVERITY_LIMIT, machine_limit_get_name (limit),
      facts_get_user_span (machine, map, machine->state.pc),
      text_message_new (sentences[limit], "u", machine_get_limit (machine, limit)));

  if (limit == MACHINE_LIMIT_TICKS || limit == MACHINE_LIMIT_OUTPUT)
    text_diagnostic_take_help (diagnostic, text_message_new (TEXT_FAULT_HELP_ENDLESS, ""));
  return diagnostic;
}

/* ---- leaks ---- */

/* What leaked, by the lines that allocated it, in the order of their first block. (transfer full) (element-type
 * FactsLeak) */
GArray *
facts_list_leaks (Machine *machine, TextMap *map)
{
  GArray *leaks = g_array_new (FALSE, TRUE, sizeof (FactsLeak));
  g_autoptr (GArray) blocks = history_find_leaks (machine);
  g_autoptr (GHashTable) by_line = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < blocks->len; i++)
    {
      const MemBlock *block = mem_block_get (machine->space, g_array_index (blocks, guint32, i));
      FactsLeak leak = { .span = machine_code_get_info (machine->code, block->made_at)->span };
      guint index;

      leak.line = text_map_user_line (map, leak.span);
      index = GPOINTER_TO_UINT (g_hash_table_lookup (by_line, GUINT_TO_POINTER (leak.line)));
      if (index == 0)
        {
          leak.first_block = g_array_index (blocks, guint32, i);
          g_array_append_val (leaks, leak);
          index = leaks->len;
          g_hash_table_insert (by_line, GUINT_TO_POINTER (leak.line), GUINT_TO_POINTER (index));
        }
      g_array_index (leaks, FactsLeak, index - 1).n_bytes += block->size;
      g_array_index (leaks, FactsLeak, index - 1).n_blocks++;
    }
  return leaks;
}

/* Where the learner's program stands at a position. */
static TextSpan
get_stop_span (History *history, TextMap *map, guint64 position)
{
  Machine *machine = history_get_machine (history);
  IrStopKind kind;
  TextSpan span;

  history_seek (history, position);
  return machine_get_stop (machine, &kind, &span) ? span : TEXT_NO_SPAN;
}

/* Fills where the last pointer to each leak's first block went, from a recording of the same run. */
void
facts_find_losses (GArray *leaks, History *history, TextMap *map)
{
  for (guint i = 0; i < leaks->len; i++)
    {
      FactsLeak *leak = &g_array_index (leaks, FactsLeak, i);
      guint64 position = history_find_loss (history, leak->first_block);

      if (position == 0)
        continue;
      leak->lost = get_stop_span (history, map, position);
      leak->lost_line = text_map_user_line (map, leak->lost);
    }
}

/* The same for the leaked blocks of facts that are not yet handed to others; those of one line share the first one's answer.
 * Leaves the history where it was. */
void
facts_set_losses (Facts *facts, History *history, TextMap *map)
{
  guint64 here = history_get_position (history);
  g_autoptr (GArray) leaks = NULL;

  if (facts->moment != FACTS_AT_END)
    return;
  leaks = facts_list_leaks (history_get_machine (history), map);
  facts_find_losses (leaks, history, map);
  for (guint i = 0; i < facts->blocks->len; i++)
    {
      FactsBlock *block = &g_array_index (facts->blocks, FactsBlock, i);

      for (guint j = 0; block->state == FACTS_BLOCK_LEAKED && j < leaks->len; j++)
        if (g_array_index (leaks, FactsLeak, j).line == block->allocated_line)
          block->lost_line = g_array_index (leaks, FactsLeak, j).lost_line;
    }
  history_seek (history, here);
}

/* (transfer full) */
TextDiagnostic *
facts_tell_leak (const FactsLeak *leak)
{
  TextDiagnostic *diagnostic = text_diagnostic_new (
      TEXT_SEVERITY_LEAK, "leak", leak->span,
      text_message_new (leak->n_blocks == 1 ? TEXT_FAULT_LEAK_ONE : TEXT_FAULT_LEAK, "uu",
                        leak->n_bytes, leak->n_blocks));

  text_diagnostic_take_here (diagnostic, text_message_new (TEXT_FAULT_LEAK_HERE, ""));
  if (leak->lost.begin != 0)
    text_diagnostic_add_label (diagnostic, leak->lost, text_message_new (TEXT_FAULT_LOST_HERE, ""));
  text_diagnostic_take_help (diagnostic, text_message_new (TEXT_FAULT_HELP_LEAK, ""));
  return diagnostic;
}
