/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Making a machine: loading a program's constants and globals into a fresh memory, and keeping and restoring its whole state.
 * The loop that runs it stands in machine-loop.c. */

#include "machine-slow.h"

#include <string.h>

#define MAX_FRAMES_PER_BYTE 16

/* What a program's own code for a full stack may use beyond the limits */
#define OVERFLOW_RESERVE 2048 /* bytes */
#define OVERFLOW_FRAMES 50

/* ---- loading ---- */

static void
load_function_blocks (Machine *machine)
{
  const MachineCode *code = machine->code;

  for (guint i = 0; i < code->functions->len; i++)
    {
      guint32 id = machine_function_block (code, i);

      mem_block_begin (machine->space, id, MEM_BLOCK_FUNCTION,
                       machine_code_get_function (code, i)->address, 1);
      mem_block_get (machine->space, id)->hint = i;
    }
}

static void
load_global (Machine *machine, IrGlobalId id)
{
  const MachineCode *code = machine->code;
  const IrGlobal *global = ir_program_get_global (code->program, id);
  guint64 size = ir_program_get_type (code->program, global->type)->size;
  guint32 address = code->global_addresses[id];
  guint32 block = machine_global_block (code, id);

  mem_block_begin (machine->space, block,
                   global->kind == IR_GLOBAL_VARIABLE ? MEM_BLOCK_GLOBAL : MEM_BLOCK_CONSTANT,
                   address, size);
  mem_block_get (machine->space, block)->hint = id;
  if (size == 0)
    return;
  mem_set_bytes (machine->space, address, global->bytes, size);
  for (guint i = 0; i < global->relocations->len; i++)
    {
      const IrRelocation *relocation = &g_array_index (global->relocations, IrRelocation, i);

      if (relocation->is_function)
        mem_set_pointer (machine->space, address + relocation->offset,
                         machine_code_get_function (code, relocation->id)->address,
                         machine_function_block (code, relocation->id));
      else
        mem_set_pointer (machine->space, address + relocation->offset,
                         code->global_addresses[relocation->id] + relocation->addend,
                         machine_global_block (code, relocation->id));
    }
}

static void
load_constants (Machine *machine)
{
  const GArray *constants = machine->code->constants;

  for (guint i = 0; i < constants->len; i++)
    {
      const MachineConstant *constant = &g_array_index (constants, MachineConstant, i);

      mem_set_pointer (machine->space, machine->space->hidden.begin + i * 8, constant->bits,
                       constant->block);
    }
}

/* A block of main's surroundings; its records say that it belongs to the parameter argv. */
static guint32
add_argument_block (Machine *machine, guint64 address, guint64 size)
{
  guint32 id = machine->state.n_blocks++;
  MemBlock *block;

  mem_block_begin (machine->space, id, MEM_BLOCK_SLOT, address, size);
  block = mem_block_get (machine->space, id);
  block->function = machine->code->program->entry;
  block->hint = 1;
  block->frame = 1;
  return id;
}

static guint
get_n_arguments (const Machine *machine)
{
  return machine->limits.arguments != NULL ? 1 + g_strv_length (machine->limits.arguments) : 1;
}

static const char *
get_argument (const Machine *machine, guint i)
{
  return i == 0 ? "./program" : machine->limits.arguments[i - 1];
}

/* What main (argc, argv) gets: the program's name, its arguments, and NULL behind them (C11 5.1.2.2.1). As on a real machine the words
 * stand at the stack's upper end, the list of them below. Returns the address below that, where main's frame ends. */
static guint64
push_arguments (Machine *machine, const MachineFunction *function)
{
  MemSpace *space = machine->space;
  guint64 top = space->regions[MEM_REGION_STACK].end;
  guint32 n = get_n_arguments (machine);
  guint64 n_text = 0, list, text, frame;
  guint32 list_block;

  if (function->n_parameters != 2)
    return top;
  for (guint i = 0; i < n; i++)
    n_text += strlen (get_argument (machine, i)) + 1;
  text = (top - n_text) & ~(guint64)15;
  list = (text - (n + 1) * 8) & ~(guint64)15;
  frame = list - function->frame_bytes;
  list_block = add_argument_block (machine, list, (n + 1) * 8);
  for (guint i = 0; i < n; i++)
    {
      const char *word = get_argument (machine, i);
      gsize n_bytes = strlen (word) + 1;

      mem_set_bytes (space, text, word, n_bytes);
      mem_set_pointer (space, list + i * 8, text, add_argument_block (machine, text, n_bytes));
      text += n_bytes;
    }
  mem_set_pointer (space, list + n * 8, 0, 0);
  mem_set_bytes (space, frame + function->slots[0].offset, &n, sizeof n);
  mem_set_pointer (space, frame + function->slots[1].offset, list, list_block);
  return list;
}

/* The first frame is main's; the word before it in the table says that nobody called it. */
static void
push_entry (Machine *machine)
{
  const MachineFunction *function
      = machine_code_get_function (machine->code, machine->code->program->entry);
  MachineState *state = &machine->state;
  guint64 top = push_arguments (machine, function);

  state->pc = function->entry;
  state->frame = top - function->frame_bytes;
  state->stack = state->frame;
  state->registers = machine->space->hidden.begin
                     + (machine->code->constants->len * 8 + 4095) / 4096 * 4096
                     + MACHINE_N_OWN_CELLS * 8;
  state->depth = 1;
  machine->frames[1] = (MachineFrame){ .function = machine->code->program->entry,
                                       .call_pc = MACHINE_CALLER_NONE,
                                       .frame = state->frame,
                                       .registers = state->registers,
                                       .stack = state->stack,
                                       .is_special = TRUE };
  mem_array_mark (machine->frame_array, sizeof (MachineFrame));
  mem_set_bytes (machine->space, top - 16, "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 16);
  machine_mark_frame (machine);
}

/* A program says who may manage it; where the limits do not fit that, the plainest strategy that does. */
StrategyKind
machine_choose_strategy (const IrProgram *program, StrategyKind wished)
{
  switch (program->management)
    {
    case IR_BY_HAND:
      return STRATEGY_MANUAL;
    case IR_TRACED:
      return strategy_kind_is_traced (wished) ? wished : STRATEGY_MARK_SWEEP;
    case IR_COUNTED:
      return strategy_kind_is_counted (wished) ? wished : STRATEGY_COUNTS_CYCLES;
    }
  g_assert_not_reached ();
}

static void
make_strategy (Machine *machine)
{
  StrategySettings settings
      = { .no_reuse = machine->limits.no_reuse,
          .collects_at_every_allocation = machine->limits.collects_at_every_allocation,
          .nursery_bytes = machine->limits.nursery_bytes };

  machine->strategy
      = strategy_new (machine->limits.strategy, machine->space, machine->heap,
                      (const MemShape *)(gpointer)machine->code->shapes->data,
                      machine->code->shapes->len, &machine->state.high_water, &settings);
  machine->has_barrier = strategy_has_barrier (machine->strategy);
}

/* A machine about to enter main. code is kept; leaves and limits: leaves borrowed, limits copied; input: (nullable) all of it, unless
 * machine_open_input() says that more may come. */
Machine *
machine_new (MachineCode *code, const MachineLeaf *leaves, const MachineLimits *limits,
             GBytes *input)
{
  static const guint frame_page[] = { 4096 };
  Machine *machine = g_new0 (Machine, 1);
  gsize max_frames = code->sizes.stack / MAX_FRAMES_PER_BYTE + 2;

  machine->code = machine_code_ref (code);
  machine->leaves = leaves;
  machine->limits = *limits;
  machine->limits.strategy = machine_choose_strategy (code->program, limits->strategy);
  machine->space = mem_space_new (&code->sizes);
  machine->heap
      = mem_heap_new (machine->space, strategy_kind_get_allocator (machine->limits.strategy));
  machine->frame_array
      = mem_array_new (1, frame_page, max_frames * sizeof (MachineFrame) / 4096 + 1);
  machine->frames = (MachineFrame *)machine->frame_array->planes[0];
  make_strategy (machine);
  for (guint i = 0; i < MACHINE_N_STREAMS; i++)
    machine->outputs[i] = g_byte_array_new ();
  machine->input = g_byte_array_new ();
  if (input != NULL)
    machine_append_input (machine, g_bytes_get_data (input, NULL), g_bytes_get_size (input));
  machine->state.n_blocks = machine_first_free_block (code);
  load_function_blocks (machine);
  for (guint i = 0; i < code->program->globals->len; i++)
    load_global (machine, i);
  load_constants (machine);
  push_entry (machine);
  machine_set_room (machine);
  return machine;
}

void
machine_free (Machine *machine)
{
  strategy_free (machine->strategy);
  mem_heap_free (machine->heap);
  mem_space_free (machine->space);
  mem_array_free (machine->frame_array);
  for (guint i = 0; i < MACHINE_N_STREAMS; i++)
    g_byte_array_unref (machine->outputs[i]);
  g_byte_array_unref (machine->input);
  machine_code_unref (machine->code);
  g_free (machine);
}

/* ---- input ---- */

/* From here on the program waits where its input is used up, until machine_end_input(). */
void
machine_open_input (Machine *machine)
{
  machine->input_is_open = TRUE;
}

/* More input behind what is known. It is no part of the state: a leaf answers only when what is known decides its answer, so that a state
 * from before runs on in the same way. */
void
machine_append_input (Machine *machine, const void *bytes, gsize n_bytes)
{
  if (n_bytes > 0)
    g_byte_array_append (machine->input, bytes, n_bytes);
}

/* No more comes: the program reads the end of its input behind what is known. */
void
machine_end_input (Machine *machine)
{
  machine->input_is_open = FALSE;
}

/* ---- asking ---- */

/* Ticks so far, the instruction about to run not counted. */
guint64
machine_get_ticks (const Machine *machine)
{
  const MachineState *state = &machine->state;

  if (state->pc >= machine->code->ops->len)
    return state->ticks;
  return state->ticks + machine_code_get_info (machine->code, state->pc)->run_offset;
}

const char *
machine_limit_get_name (MachineLimit limit)
{
  static const char *const names[] = { "ticks", "steps", "heap", "output", "blocks" };

  return names[limit];
}

/* The bound that stands for a kind of limit. */
guint64
machine_get_limit (const Machine *machine, MachineLimit limit)
{
  switch (limit)
    {
    case MACHINE_LIMIT_TICKS:
      return machine->limits.max_ticks;
    case MACHINE_LIMIT_STEPS:
      return machine->limits.max_steps;
    case MACHINE_LIMIT_HEAP:
      return machine->code->sizes.heap;
    case MACHINE_LIMIT_OUTPUT:
      return machine->limits.max_output;
    case MACHINE_LIMIT_BLOCKS:
      return MEM_MAX_BLOCKS;
    }
  g_assert_not_reached ();
}

const char *
machine_event_get_name (MachineEventKind kind)
{
  static const char *const names[] = {
#define EVENT(id, name) name,
#include "machine-event.def"
#undef EVENT
  };

  return names[kind];
}

static guint64
hash_word (guint64 hash, guint64 word)
{
  hash = (hash ^ word) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return hash ^ hash >> 31;
}

/* A hash of everything that the rest of the run depends on. */
guint64
machine_hash (Machine *machine)
{
  const MachineState *state = &machine->state;
  guint64 hash = mem_array_hash (machine->space->array, 1);

  hash = mem_array_hash (machine->space->block_array, hash);
  hash = mem_array_hash (machine->heap->index_array, hash);
  hash = mem_array_hash (machine->frame_array, hash);
  hash = mem_array_hash (strategy_get_array (machine->strategy), hash);
  hash = hash_word (hash, state->pc);
  hash = hash_word (hash, state->frame);
  hash = hash_word (hash, state->registers);
  hash = hash_word (hash, state->depth);
  hash = hash_word (hash, state->stack);
  hash = hash_word (hash, state->mode);
  hash = hash_word (hash, state->thrown_pc);
  hash = hash_word (hash, state->steps);
  hash = hash_word (hash, machine_get_ticks (machine));
  for (guint i = 0; i < MACHINE_N_STREAMS; i++)
    hash = hash_word (hash, state->n_output[i]);
  hash = hash_word (hash, state->n_input);
  hash = hash_word (hash, state->n_blocks);
  hash = hash_word (hash, state->n_allocations);
  hash = hash_word (hash, state->n_frees);
  hash = hash_word (hash, state->live_bytes);
  hash = hash_word (hash, state->peak_bytes);
  hash = hash_word (hash, state->copied_bytes);
  for (guint i = 0; i < G_N_ELEMENTS (state->random.words); i++)
    hash = hash_word (hash, state->random.words[i]);
  hash = hash_word (hash, state->random.next);
  hash = hash_word (hash, state->end);
  return hash_word (hash, state->fault.mem.kind);
}

/* ---- keyframes ---- */

/* Pages that are written without being marked: the running frame's, and globals that are written as cells. */
static void
mark_unmarked (Machine *machine)
{
  const GArray *pages = machine->code->direct_pages;

  for (guint i = 0; i < pages->len; i++)
    machine->space->dirty[g_array_index (pages, guint32, i)] = 1;
}

/* The whole state as it is now; shares all pages that have not changed since the last one. Give it back with
 * machine_keyframe_free(). (transfer full) */
MachineKeyframe *
machine_keyframe_new (Machine *machine)
{
  MachineKeyframe *keyframe = g_new0 (MachineKeyframe, 1);

  mark_unmarked (machine);
  keyframe->state = machine->state;
  keyframe->space = mem_array_snapshot (machine->space->array);
  keyframe->blocks = mem_array_snapshot (machine->space->block_array);
  keyframe->index = mem_array_snapshot (machine->heap->index_array);
  keyframe->frames = mem_array_snapshot (machine->frame_array);
  keyframe->strategy = mem_array_snapshot (strategy_get_array (machine->strategy));
  /* From here on the running frame is written again. */
  machine_mark_frame (machine);
  return keyframe;
}

/* Makes the machine what it was. The keyframe stays usable. */
void
machine_keyframe_restore (Machine *machine, const MachineKeyframe *keyframe)
{
  mark_unmarked (machine);
  machine->state = keyframe->state;
  mem_array_restore (machine->space->array, keyframe->space);
  mem_array_restore (machine->space->block_array, keyframe->blocks);
  mem_array_restore (machine->heap->index_array, keyframe->index);
  mem_array_restore (machine->frame_array, keyframe->frames);
  mem_array_restore (strategy_get_array (machine->strategy), keyframe->strategy);
  machine_set_room (machine);
  machine_mark_frame (machine);
}

void
machine_keyframe_free (Machine *machine, MachineKeyframe *keyframe)
{
  mem_array_drop_snapshot (machine->space->array, keyframe->space);
  mem_array_drop_snapshot (machine->space->block_array, keyframe->blocks);
  mem_array_drop_snapshot (machine->heap->index_array, keyframe->index);
  mem_array_drop_snapshot (machine->frame_array, keyframe->frames);
  mem_array_drop_snapshot (strategy_get_array (machine->strategy), keyframe->strategy);
  g_free (keyframe);
}

/* Host bytes that all keyframes take together. */
gsize
machine_get_kept_bytes (const Machine *machine)
{
  const MemArray *arrays[]
      = { machine->space->array, machine->space->block_array, machine->heap->index_array,
          machine->frame_array, strategy_get_array (machine->strategy) };
  gsize n_bytes = 0;

  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    n_bytes += arrays[i]->n_kept * mem_array_get_page_bytes (arrays[i]);
  return n_bytes;
}

/* Room for frames, by the limits and by what is kept for the hook that tells that it is used up; once that runs it has more. */
void
machine_set_room (Machine *machine)
{
  gboolean has_hook = machine->code->program->hooks[IR_HOOK_STACK_OVERFLOW] != IR_NO_FUNCTION;
  gboolean is_telling = machine->state.overflow_depth != 0;

  machine->reserve = has_hook && !is_telling ? OVERFLOW_RESERVE : 0;
  machine->max_depth = G_MAXUINT32;
  if (machine->limits.max_depth != 0)
    machine->max_depth = machine->limits.max_depth + (is_telling ? OVERFLOW_FRAMES : 0);
}

/* Marks the pages of the running frame and its registers: the loop writes them without marking each time. */
void
machine_mark_frame (Machine *machine)
{
  const MachineState *state = &machine->state;
  const MachineFunction *function;

  if (state->depth == 0)
    return;
  function = machine_code_get_function (machine->code, machine->frames[state->depth].function);
  mem_array_mark_range (machine->space->array, state->frame, function->frame_bytes);
  /* The arguments of the next call are written below the stack before it is entered. */
  mem_array_mark_range (machine->space->array, state->stack - machine->code->margin,
                        machine->code->margin);
  mem_array_mark_range (machine->space->array, state->registers, function->register_bytes + 8);
}
