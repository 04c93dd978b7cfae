/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Surveying a run: which words of which heap blocks pointed to which blocks, and for how long; which variable first led to a block. Words of
 * the heap are told by store events; variables are looked at on every STOP, since assigning one is no event. */

#include "history-surveyor.h"

#include "history-shape.h"

#define MAX_STEPS 20000
#define MAX_BLOCKS 2000

/* Of a longer array of pointers only the beginning is looked at on every step. */
#define MAX_HOLDER_BYTES 1024

/* A word of the heap that holds a pointer to a heap block now. */
typedef struct
{
  guint64 address;
  guint32 parent, child; /* numbers */
  guint64 since;         /* tick */
} Word;

struct _HistorySurveyor
{
  GArray *lives;           /* of HistoryLife, by number - 1 */
  GArray *edges;           /* of HistoryEdge */
  GHashTable *edge_index;  /* look-up only: HistoryEdge -> index + 1 */
  GTree *live_blocks;      /* address -> number, blocks whose bytes are theirs now */
  GHashTable *words;       /* look-up only: address -> Word */
  GHashTable *sites;       /* look-up only: instruction -> blocks so far */
  GArray *shapes;          /* of HistoryShape */
  GHashTable *shape_index; /* look-up only: IR type -> index + 1 */
  GArray *stands;          /* of HistoryStand */
  GHashTable *stand_index; /* look-up only: depth and function */
  guint32 depth;           /* of the machine at the last look */
  GArray *holders; /* of IrGlobalId: variables that have room for a pointer; NULL: not listed yet */
  gboolean is_partial;
};

static gint
compare_addresses (gconstpointer a, gconstpointer b, gpointer data)
{
  guint64 first = GPOINTER_TO_SIZE (a), second = GPOINTER_TO_SIZE (b);

  return first < second ? -1 : first > second;
}

static guint
hash_edge (gconstpointer data)
{
  const HistoryEdge *edge = data;

  return edge->parent * 31u + edge->child * 17u + (guint)edge->offset;
}

static gboolean
equal_edges (gconstpointer a, gconstpointer b)
{
  const HistoryEdge *first = a, *second = b;

  return first->parent == second->parent && first->child == second->child
         && first->offset == second->offset;
}

HistorySurveyor *
history_surveyor_new (void)
{
  HistorySurveyor *self = g_new0 (HistorySurveyor, 1);

  self->lives = g_array_new (FALSE, TRUE, sizeof (HistoryLife));
  self->edges = g_array_new (FALSE, TRUE, sizeof (HistoryEdge));
  self->edge_index = g_hash_table_new_full (hash_edge, equal_edges, g_free, NULL);
  self->live_blocks = g_tree_new_full (compare_addresses, NULL, NULL, NULL);
  self->words = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->sites = g_hash_table_new (NULL, NULL);
  self->shapes = g_array_new (FALSE, TRUE, sizeof (HistoryShape));
  g_array_set_clear_func (self->shapes, history_shape_clear);
  self->shape_index = g_hash_table_new (NULL, NULL);
  self->stands = g_array_new (FALSE, TRUE, sizeof (HistoryStand));
  g_array_set_clear_func (self->stands, history_stand_clear);
  self->stand_index = g_hash_table_new (NULL, NULL);
  return self;
}

void
history_surveyor_free (HistorySurveyor *self)
{
  g_clear_pointer (&self->lives, g_array_unref);
  g_clear_pointer (&self->edges, g_array_unref);
  g_hash_table_unref (self->edge_index);
  g_tree_unref (self->live_blocks);
  g_hash_table_unref (self->words);
  g_hash_table_unref (self->sites);
  g_clear_pointer (&self->holders, g_array_unref);
  g_clear_pointer (&self->shapes, g_array_unref);
  g_hash_table_unref (self->shape_index);
  g_clear_pointer (&self->stands, g_array_unref);
  g_hash_table_unref (self->stand_index);
  g_free (self);
}

static HistoryLife *
get_life (HistorySurveyor *self, guint32 number)
{
  if (number == 0 || number > self->lives->len)
    return NULL;
  return &g_array_index (self->lives, HistoryLife, number - 1);
}

/* ---- edges ---- */

static void
add_edge (HistorySurveyor *self, const Word *word, guint64 now)
{
  const HistoryLife *parent = get_life (self, word->parent);
  HistoryEdge edge = { word->parent, word->child, word->address - parent->address, 0, word->since };
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->edge_index, &edge));

  if (index == 0)
    {
      g_array_append_val (self->edges, edge);
      index = self->edges->len;
      g_hash_table_insert (self->edge_index, g_memdup2 (&edge, sizeof edge),
                           GUINT_TO_POINTER (index));
    }
  g_array_index (self->edges, HistoryEdge, index - 1).ticks += now - word->since;
}

static void
end_word (HistorySurveyor *self, guint64 address, guint64 now)
{
  Word *word = g_hash_table_lookup (self->words, GSIZE_TO_POINTER (address));

  if (word == NULL)
    return;
  add_edge (self, word, now);
  g_hash_table_remove (self->words, GSIZE_TO_POINTER (address));
}

/* The block whose bytes hold an address, or 0. */
static guint32
find_parent (HistorySurveyor *self, guint64 address)
{
  GTreeNode *node = g_tree_upper_bound (self->live_blocks, GSIZE_TO_POINTER (address));
  const HistoryLife *life;

  node = node != NULL ? g_tree_node_previous (node) : g_tree_node_last (self->live_blocks);
  if (node == NULL)
    return 0;
  life = get_life (self, GPOINTER_TO_UINT (g_tree_node_value (node)));
  return address - life->address < life->size ? life->number : 0;
}

static void
begin_word (HistorySurveyor *self, guint64 address, guint32 child, guint64 now)
{
  guint32 parent = find_parent (self, address);
  Word *word;

  if (parent == 0 || parent == child)
    return;
  word = g_new (Word, 1);
  *word = (Word){ address, parent, child, now };
  g_hash_table_insert (self->words, GSIZE_TO_POINTER (address), word);
}

/* ---- events ---- */

/* Index of the shape of blocks with this type hint; 0 is "unknown". */
static guint32
find_shape (HistorySurveyor *self, const IrProgram *program, IrTypeId hint)
{
  guint index = GPOINTER_TO_UINT (g_hash_table_lookup (self->shape_index, GUINT_TO_POINTER (hint)));
  HistoryShape shape;

  if (index != 0)
    return index - 1;
  shape.parts = history_shape_new_parts ();
  if (hint == 0 || ir_program_get_type (program, hint)->size == 0)
    history_shape_append_unknown (shape.parts);
  else
    history_shape_append_type (shape.parts, program, hint, NULL);
  g_array_append_val (self->shapes, shape);
  g_hash_table_insert (self->shape_index, GUINT_TO_POINTER (hint),
                       GUINT_TO_POINTER (self->shapes->len));
  return self->shapes->len - 1;
}

static void
begin_life (HistorySurveyor *self, Machine *machine, const MachineEvent *event)
{
  const MemBlock *block = mem_block_get (machine->space, event->id);
  HistoryLife life = { .number = block->number,
                       .shape = find_shape (self, machine->code->program, block->hint),
                       .address = block->begin,
                       .size = block->size,
                       .born_step = event->step + 1,
                       .gone_step = G_MAXUINT64,
                       .ticks = event->tick,
                       .site = block->made_at };
  guint nth
      = GPOINTER_TO_UINT (g_hash_table_lookup (self->sites, GUINT_TO_POINTER (block->made_at + 1)));

  g_assert (block->number == self->lives->len + 1);
  life.site_nth = nth;
  g_hash_table_insert (self->sites, GUINT_TO_POINTER (block->made_at + 1),
                       GUINT_TO_POINTER (nth + 1));
  g_array_append_val (self->lives, life);
  g_tree_insert (self->live_blocks, GSIZE_TO_POINTER (life.address),
                 GUINT_TO_POINTER (life.number));
}

/* A new block takes the bytes of freed ones: these are not drawn any more. */
static void
end_lives_below (HistorySurveyor *self, guint64 begin, guint64 end, guint64 step, guint64 now)
{
  for (guint i = 0; i < self->lives->len; i++)
    {
      HistoryLife *life = &g_array_index (self->lives, HistoryLife, i);

      if (life->gone_step != G_MAXUINT64 || life->address >= end
          || life->address + MAX (life->size, 1) <= begin)
        continue;
      life->gone_step = step + 1;
      life->ticks = now - life->ticks;
      for (guint64 at = (life->address + 7) / 8 * 8; at < life->address + life->size; at += 8)
        end_word (self, at, now);
      g_tree_remove (self->live_blocks, GSIZE_TO_POINTER (life->address));
    }
}

/* Events come in the order of the run. */
void
history_surveyor_take_event (HistorySurveyor *self, Machine *machine, const MachineEvent *event)
{
  if (event->kind == MACHINE_EVENT_ALLOCATE)
    {
      const MemBlock *block = mem_block_get (machine->space, event->id);

      end_lives_below (self, block->begin, block->begin + MAX (block->size, 1), event->step,
                       event->tick);
      begin_life (self, machine, event);
    }
  else if (event->kind == MACHINE_EVENT_STORE)
    {
      const MemBlock *block = mem_block_get (machine->space, event->value);

      end_word (self, event->address, event->tick);
      if (event->value != 0 && block->kind == MEM_BLOCK_HEAP)
        begin_word (self, event->address, block->number, event->tick);
    }
}

/* ---- roots ---- */

static void
note_root (HistorySurveyor *self, Machine *machine, guint64 address, HistoryHolder holder)
{
  MemSpace *space = machine->space;
  guint32 id = space->provenance[address / 8];
  const MemBlock *block;
  HistoryLife *life;

  if (id == 0 || *(guint64 *)(space->defined + address) != G_MAXUINT64)
    return;
  block = mem_block_get (space, id);
  if (block->kind != MEM_BLOCK_HEAP || mem_get_word (space, address) - block->begin > block->size)
    return;
  life = get_life (self, block->number);
  if (life != NULL && life->first_root.kind == HISTORY_HOLDER_NONE)
    life->first_root = holder;
}

static void
look_at_range (HistorySurveyor *self, Machine *machine, guint64 begin, guint64 size,
               HistoryHolder holder)
{
  for (guint64 at = (begin + 7) / 8 * 8; at + 8 <= begin + size; at += 8)
    note_root (self, machine, at, holder);
}

static void
note_stand (HistorySurveyor *self, const IrProgram *program, guint32 depth, IrFunctionId id)
{
  gsize key = (gsize)depth << 24 | id;
  const IrFunction *function = ir_program_get_function (program, id);
  HistoryStand stand = { depth, 0, NULL };

  if (g_hash_table_contains (self->stand_index, GSIZE_TO_POINTER (key)))
    return;
  stand.parts = history_shape_new_parts ();
  for (guint i = 0; i < function->slots->len && !function->is_library; i++)
    {
      const IrSlot *slot = ir_function_get_slot (function, i);

      if (slot->name == NULL)
        continue;
      history_shape_append_type (stand.parts, program, slot->type, slot->name);
      stand.n_slots++;
    }
  g_array_append_val (self->stands, stand);
  g_hash_table_add (self->stand_index, GSIZE_TO_POINTER (key));
}

/* Variables of a frame change while it runs: the frames below the lowest depth since the last look are as they were. */
static void
look_at_frames (HistorySurveyor *self, Machine *machine)
{
  guint32 first = MAX (MIN (self->depth, machine->state.depth), 1);

  self->depth = machine->state.depth;
  for (guint32 depth = first; depth <= machine->state.depth; depth++)
    {
      const MachineFrame *frame = &machine->frames[depth];
      const MachineFunction *function = machine_code_get_function (machine->code, frame->function);

      note_stand (self, machine->code->program, depth, frame->function);
      for (guint i = 0; i < function->ir->slots->len; i++)
        look_at_range (self, machine, frame->frame + function->slots[i].offset,
                       function->slots[i].size, (HistoryHolder){ HISTORY_HOLDER_SLOT, depth, i });
    }
}

static gboolean
has_pointers (const IrProgram *program, IrTypeId id)
{
  const IrType *type = ir_program_get_type (program, id);

  if (type->kind == IR_TYPE_ARRAY)
    return has_pointers (program, type->element);
  for (guint i = 0;
       (type->kind == IR_TYPE_STRUCT || type->kind == IR_TYPE_UNION) && i < type->fields->len; i++)
    if (has_pointers (program, g_array_index (type->fields, IrField, i).type))
      return TRUE;
  return type->kind == IR_TYPE_POINTER;
}

static void
list_holders (HistorySurveyor *self, const IrProgram *program)
{
  self->holders = g_array_new (FALSE, FALSE, sizeof (IrGlobalId));
  for (IrGlobalId i = 0; i < program->globals->len; i++)
    {
      const IrGlobal *global = ir_program_get_global (program, i);

      if (global->kind == IR_GLOBAL_VARIABLE && has_pointers (program, global->type))
        g_array_append_val (self->holders, i);
    }
}

static void
look_at_globals (HistorySurveyor *self, Machine *machine)
{
  const IrProgram *program = machine->code->program;

  if (self->holders == NULL)
    list_holders (self, program);
  for (guint i = 0; i < self->holders->len; i++)
    {
      IrGlobalId id = g_array_index (self->holders, IrGlobalId, i);
      guint64 size = ir_program_get_type (program, ir_program_get_global (program, id)->type)->size;

      look_at_range (self, machine, machine->code->global_addresses[id],
                     MIN (size, MAX_HOLDER_BYTES), (HistoryHolder){ HISTORY_HOLDER_GLOBAL, 0, id });
    }
}

/* Shows the machine at a STOP. FALSE once enough was seen: the rest of a long run is not surveyed. */
gboolean
history_surveyor_look (HistorySurveyor *self, Machine *machine)
{
  look_at_globals (self, machine);
  look_at_frames (self, machine);
  if (machine->state.steps < MAX_STEPS && self->lives->len < MAX_BLOCKS)
    return TRUE;
  self->is_partial = TRUE;
  return FALSE;
}

/* ---- the end ---- */

static gint
compare_edges (gconstpointer a, gconstpointer b)
{
  const HistoryEdge *first = a, *second = b;

  if (first->child != second->child)
    return first->child < second->child ? -1 : 1;
  if (first->first_tick != second->first_tick)
    return first->first_tick < second->first_tick ? -1 : 1;
  if (first->parent != second->parent)
    return first->parent < second->parent ? -1 : 1;
  return first->offset < second->offset ? -1 : first->offset > second->offset;
}

static void
end_all_words (HistorySurveyor *self, guint64 now)
{
  GHashTableIter iter;
  gpointer value;

  /* In any order: each adds to an edge of its own, and edges are sorted below. */
  g_hash_table_iter_init (&iter, self->words);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    add_edge (self, value, now);
  g_hash_table_remove_all (self->words);
}

/* A fault may stop the run in a function of the library, where there was no stop to look at. */
static void
note_last_stands (HistorySurveyor *self, const Machine *machine)
{
  for (guint32 depth = 1; depth <= machine->state.depth; depth++)
    note_stand (self, machine->code->program, depth, machine->frames[depth].function);
}

/* While recording, a site is an instruction; the survey wants its place in the text. */
static void
name_sites (HistorySurveyor *self, Machine *machine)
{
  for (guint i = 0; i < self->lives->len; i++)
    {
      HistoryLife *life = &g_array_index (self->lives, HistoryLife, i);

      life->site = machine_code_get_info (machine->code, life->site)->span.begin;
    }
}

/* What was seen. (transfer full) */
HistorySurvey *
history_surveyor_end (HistorySurveyor *self, Machine *machine)
{
  HistorySurvey *survey = g_new0 (HistorySurvey, 1);

  end_all_words (self, machine->state.ticks);
  note_last_stands (self, machine);
  for (guint i = 0; i < self->lives->len; i++)
    {
      HistoryLife *life = &g_array_index (self->lives, HistoryLife, i);

      if (life->gone_step == G_MAXUINT64)
        life->ticks = machine->state.ticks - life->ticks;
    }
  g_array_sort (self->edges, compare_edges);
  name_sites (self, machine);
  g_atomic_ref_count_init (&survey->reference_count);
  survey->lives = g_steal_pointer (&self->lives);
  survey->edges = g_steal_pointer (&self->edges);
  survey->shapes = g_steal_pointer (&self->shapes);
  survey->stands = g_steal_pointer (&self->stands);
  survey->is_partial = self->is_partial;
  return survey;
}

HistorySurvey *
history_survey_ref (HistorySurvey *survey)
{
  g_atomic_ref_count_inc (&survey->reference_count);
  return survey;
}

void
history_survey_unref (HistorySurvey *survey)
{
  if (!g_atomic_ref_count_dec (&survey->reference_count))
    return;
  g_array_unref (survey->lives);
  g_array_unref (survey->edges);
  g_clear_pointer (&survey->shapes, g_array_unref);
  g_clear_pointer (&survey->stands, g_array_unref);
  g_free (survey);
}
