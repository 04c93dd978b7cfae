/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A model of a run: typed blocks, a few variables of main that hold them, and one state for each step. It keeps what the real
 * recorder keeps, so the plan can be tested against states that belong to it. */

#include "scene-samples.h"

#define N_SLOTS 6
#define MOST_FIELDS 24

typedef struct
{
  SampleType type;
  guint n;
  guint64 address, size;
  guint64 born, gone;
  gboolean is_freed;
  guint freed_line;
  guint targets[MOST_FIELDS];
  HistoryHolder first_root;
  gboolean has_root;
} Block;

struct _SampleRun
{
  GArray *blocks; /* of Block, by number */
  GPtrArray *states;
  GArray *edges; /* of HistoryEdge */
  guint held[N_SLOTS];
  guint depth;
  guint64 next_address;
};

typedef struct
{
  const char *name;
  IrTypeKind kind;
  guint64 size;
} Field;

typedef struct
{
  const char *name, *element;
  guint64 size; /* of one element */
  guint n_fields;
  Field fields[3];
} Kind;

static const Kind kinds[SAMPLE_N_TYPES] = {
  [SAMPLE_ITEM]
  = { "struct item", NULL, 16, 2, { { "n", IR_TYPE_INT, 4 }, { "next", IR_TYPE_POINTER, 8 } } },
  [SAMPLE_TREE] = { "struct tree",
                    NULL,
                    24,
                    3,
                    { { "key", IR_TYPE_INT, 4 },
                      { "left", IR_TYPE_POINTER, 8 },
                      { "right", IR_TYPE_POINTER, 8 } } },
  [SAMPLE_RING]
  = { "struct ring",
      NULL,
      24,
      3,
      { { "n", IR_TYPE_INT, 4 }, { "prev", IR_TYPE_POINTER, 8 }, { "next", IR_TYPE_POINTER, 8 } } },
  [SAMPLE_BYTES] = { "char", "char", 1, 0, { { 0 } } },
  [SAMPLE_INTS] = { "int", "int", 4, 0, { { 0 } } },
  [SAMPLE_TABLE] = { "struct item *", "struct item *", 8, 0, { { 0 } } },
};

static Block *
get_block (SampleRun *run, guint number)
{
  return &g_array_index (run->blocks, Block, number - 1);
}

SampleRun *
sample_run_new (void)
{
  SampleRun *run = g_new0 (SampleRun, 1);

  run->blocks = g_array_new (FALSE, TRUE, sizeof (Block));
  run->states = g_ptr_array_new_with_free_func ((GDestroyNotify)facts_unref);
  run->edges = g_array_new (FALSE, TRUE, sizeof (HistoryEdge));
  run->depth = 1;
  run->next_address = 0x4010;
  return run;
}

void
sample_run_free (SampleRun *run)
{
  g_array_unref (run->blocks);
  g_ptr_array_unref (run->states);
  g_array_unref (run->edges);
  g_free (run);
}

guint
sample_run_allocate (SampleRun *run, SampleType type, guint n)
{
  Block block = { .type = type,
                  .n = n,
                  .address = run->next_address,
                  .size = n * kinds[type].size,
                  .born = run->states->len + 1,
                  .gone = G_MAXUINT64 };

  run->next_address += (block.size + 31) / 16 * 16;
  g_array_append_val (run->blocks, block);
  return run->blocks->len;
}

void
sample_run_free_block (SampleRun *run, guint number)
{
  get_block (run, number)->is_freed = TRUE;
  get_block (run, number)->freed_line = 40;
}

void
sample_run_hold (SampleRun *run, guint slot, guint number)
{
  run->held[slot] = number;
  if (number > 0 && !get_block (run, number)->has_root)
    {
      get_block (run, number)->has_root = TRUE;
      get_block (run, number)->first_root = (HistoryHolder){ HISTORY_HOLDER_SLOT, 1, slot };
    }
}

guint
sample_run_get_held (SampleRun *run, guint slot)
{
  return run->held[slot];
}

void
sample_run_link (SampleRun *run, guint from, guint field, guint to)
{
  get_block (run, from)->targets[field] = to;
}

void
sample_run_call (SampleRun *run)
{
  run->depth++;
}

void
sample_run_return (SampleRun *run)
{
  run->depth--;
}

guint
sample_run_count (SampleRun *run)
{
  return run->states->len;
}

Facts *
sample_run_get_facts (SampleRun *run, guint step)
{
  return run->states->pdata[step - 1];
}

/* ---- states ---- */

static guint64
get_offset (const Block *block, guint field)
{
  if (block->type == SAMPLE_TABLE)
    return field * 8;
  return field == 0 ? 0 : field * 8;
}

static void
add_pointer (SampleRun *run, SampleMaker *maker, guint32 *roots, FactsNode node, guint target)
{
  g_autofree char *text = NULL;

  node.kind = IR_TYPE_POINTER;
  node.size = 8;
  node.flags |= FACTS_POINTER;
  if (target == 0)
    {
      node.flags |= FACTS_NULL;
      node.text = "NULL";
      sample_add_node (maker, node);
      return;
    }
  text = g_strdup_printf ("0x%04" G_GINT64_MODIFIER "x", get_block (run, target)->address);
  node.text = text;
  node.target_block = target;
  node.target = get_block (run, target)->address;
  node.target_node = roots[target];
  if (get_block (run, target)->is_freed)
    node.flags |= FACTS_DANGLING;
  sample_add_node (maker, node);
}

static guint
count_children (const Block *block)
{
  return kinds[block->type].n_fields > 0 ? kinds[block->type].n_fields : block->n;
}

static void
add_children (SampleRun *run, SampleMaker *maker, guint32 *roots, guint number)
{
  const Block *block = get_block (run, number);
  const Kind *kind = &kinds[block->type];

  for (guint i = 0; i < count_children (block); i++)
    {
      g_autofree char *index = g_strdup_printf ("[%u]", i);
      g_autofree char *text = block->type == SAMPLE_BYTES ? g_strdup_printf ("'%c'", 'a' + i % 26)
                                                          : g_strdup_printf ("%u", number * 7 + i);
      FactsNode node = { .name = kind->n_fields > 0 ? kind->fields[i].name : index,
                         .type = kind->n_fields > 0 ? "int" : kind->element,
                         .text = text,
                         .kind = IR_TYPE_INT,
                         .flags = block->type == SAMPLE_BYTES ? FACTS_CHAR : 0,
                         .size = kind->n_fields > 0 ? kind->fields[i].size : kind->size,
                         .address = block->address + get_offset (block, i),
                         .parent = roots[number] };

      if (block->type == SAMPLE_TABLE
          || (kind->n_fields > 0 && kind->fields[i].kind == IR_TYPE_POINTER))
        add_pointer (run, maker, roots, node, i < MOST_FIELDS ? block->targets[i] : 0);
      else
        sample_add_node (maker, node);
    }
}

static void
add_slots (SampleRun *run, SampleMaker *maker, guint32 *roots)
{
  sample_frame (maker, "main", 33, FALSE);
  for (guint i = 0; i < N_SLOTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("v%u", i);
      FactsNode node = { .name = name, .type = "void *", .parent = FACTS_NO_NODE };

      maker->stack -= 8;
      node.address = maker->stack;
      g_array_index (maker->facts->frames, FactsFrame, 0).n_slots++;
      add_pointer (run, maker, roots, node, run->held[i]);
    }
  for (guint i = 1; i < run->depth; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);

      sample_frame (maker, "walk", 21, FALSE);
      sample_slot (maker, "depth", "int", IR_TYPE_INT, 4, text, FACTS_CHANGED);
    }
}

static void
add_blocks (SampleRun *run, SampleMaker *maker, const guint32 *roots)
{
  for (guint number = 1; number <= run->blocks->len; number++)
    {
      const Block *block = get_block (run, number);
      FactsBlock *facts_block
          = sample_block (maker, number, block->address, block->size, kinds[block->type].name);

      facts_block->root = roots[number];
      facts_block->allocated_line = 9;
      facts_block->allocated_by = "grow";
      facts_block->state = block->is_freed ? FACTS_BLOCK_FREED : FACTS_BLOCK_LIVE;
      facts_block->freed_line = block->freed_line;
      maker->facts->ledger.n_allocations++;
      maker->facts->ledger.live_blocks += !block->is_freed;
      maker->facts->ledger.n_frees += block->is_freed;
      maker->facts->ledger.live_bytes += block->is_freed ? 0 : block->size;
    }
}

/* Where each block's nodes will stand: pointers need them before they are there. */
static guint32 *
number_roots (SampleRun *run)
{
  guint32 *roots = g_new (guint32, run->blocks->len + 1);
  guint32 next = N_SLOTS + run->depth - 1;

  for (guint number = 1; number <= run->blocks->len; number++)
    {
      roots[number] = next;
      next += 1 + count_children (get_block (run, number));
    }
  return roots;
}

static Facts *
make_state (SampleRun *run)
{
  SampleMaker maker;
  g_autofree guint32 *roots = number_roots (run);

  sample_begin (&maker, run->states->len + 1, 33);
  add_slots (run, &maker, roots);
  for (guint number = 1; number <= run->blocks->len; number++)
    {
      const Block *block = get_block (run, number);
      const Kind *kind = &kinds[block->type];
      FactsNode root = { .type = kind->name,
                         .kind = kind->n_fields > 0 ? IR_TYPE_STRUCT : IR_TYPE_ARRAY,
                         .address = block->address,
                         .size = block->size,
                         .parent = FACTS_NO_NODE,
                         .first_child = roots[number] + 1,
                         .n_children = count_children (block),
                         .n_elements = kind->n_fields > 0 ? 0 : block->n };

      g_assert_cmpuint (sample_add_node (&maker, root), ==, roots[number]);
      add_children (run, &maker, roots, number);
    }
  add_blocks (run, &maker, roots);
  return sample_end (&maker);
}

/* ---- the survey ---- */

static void
hold_edge (SampleRun *run, guint parent, guint64 offset, guint child)
{
  HistoryEdge fresh = { parent, child, offset, 1, run->states->len + 1 };

  for (guint i = 0; i < run->edges->len; i++)
    {
      HistoryEdge *edge = &g_array_index (run->edges, HistoryEdge, i);

      if (edge->parent == parent && edge->child == child && edge->offset == offset)
        {
          edge->ticks++;
          return;
        }
    }
  g_array_append_val (run->edges, fresh);
}

/* Keeps this moment as a state. */
void
sample_run_step (SampleRun *run)
{
  for (guint number = 1; number <= run->blocks->len && run->blocks->len < 500; number++)
    for (guint i = 0; i < MOST_FIELDS; i++)
      if (get_block (run, number)->targets[i] != 0)
        hold_edge (run, number, get_offset (get_block (run, number), i),
                   get_block (run, number)->targets[i]);
  g_ptr_array_add (run->states, make_state (run));
}

static GArray *
make_parts (const Kind *kind, gboolean is_char)
{
  GArray *parts = g_array_new (FALSE, FALSE, sizeof (HistoryPart));
  HistoryPart root = { "",      kind->n_fields > 0 ? IR_TYPE_STRUCT : IR_TYPE_INT,
                       is_char, kind->size,
                       0,       kind->n_fields };

  if (kind == &kinds[SAMPLE_TABLE])
    root.kind = IR_TYPE_POINTER;
  g_array_append_val (parts, root);
  for (guint i = 0; i < kind->n_fields; i++)
    {
      HistoryPart field
          = { kind->fields[i].name, kind->fields[i].kind, FALSE, kind->fields[i].size, 0, 0 };

      g_array_append_val (parts, field);
    }
  return parts;
}

static void
add_stands (HistorySurvey *survey)
{
  HistoryStand first = { 1, N_SLOTS, g_array_new (FALSE, FALSE, sizeof (HistoryPart)) };
  HistoryPart depth = { "depth", IR_TYPE_INT, FALSE, 4, 0, 0 };

  for (guint i = 0; i < N_SLOTS; i++)
    {
      HistoryPart slot = { "v", IR_TYPE_POINTER, FALSE, 8, 0, 0 };

      g_array_append_val (first.parts, slot);
    }
  g_array_append_val (survey->stands, first);
  for (guint i = 2; i < 4; i++)
    {
      HistoryStand walk = { i, 1, g_array_new (FALSE, FALSE, sizeof (HistoryPart)) };

      g_array_append_val (walk.parts, depth);
      g_array_append_val (survey->stands, walk);
    }
}

HistorySurvey *
sample_run_survey (SampleRun *run, gboolean has_shapes)
{
  HistorySurvey *survey = g_new0 (HistorySurvey, 1);

  g_atomic_ref_count_init (&survey->reference_count);
  survey->lives = g_array_new (FALSE, FALSE, sizeof (HistoryLife));
  survey->edges = g_array_copy (run->edges);
  for (guint number = 1; number <= run->blocks->len; number++)
    {
      const Block *block = get_block (run, number);
      HistoryLife life = { .number = number,
                           .shape = block->type,
                           .address = block->address,
                           .size = block->size,
                           .born_step = block->born,
                           .gone_step = block->gone,
                           .first_root = block->first_root };

      g_array_append_val (survey->lives, life);
    }
  if (!has_shapes)
    return survey;
  survey->shapes = g_array_new (FALSE, FALSE, sizeof (HistoryShape));
  survey->stands = g_array_new (FALSE, FALSE, sizeof (HistoryStand));
  for (guint i = 0; i < SAMPLE_N_TYPES; i++)
    {
      HistoryShape shape = { make_parts (&kinds[i], i == SAMPLE_BYTES) };

      g_array_append_val (survey->shapes, shape);
    }
  add_stands (survey);
  return survey;
}

/* ---- ready-made runs ---- */

SampleRun *
sample_list_head_first (guint n)
{
  SampleRun *run = sample_run_new ();

  for (guint i = 0; i < n; i++)
    {
      guint number = sample_run_allocate (run, SAMPLE_ITEM, 1);

      sample_run_hold (run, 1, number);
      sample_run_step (run);
      sample_run_link (run, number, 1, run->held[0]);
      sample_run_step (run);
      sample_run_hold (run, 0, number);
      sample_run_step (run);
    }
  return run;
}

SampleRun *
sample_list_tail_first (guint n)
{
  SampleRun *run = sample_run_new ();
  guint last = 0;

  for (guint i = 0; i < n; i++)
    {
      guint number = sample_run_allocate (run, SAMPLE_ITEM, 1);

      sample_run_hold (run, 1, number);
      sample_run_step (run);
      if (last == 0)
        sample_run_hold (run, 0, number);
      else
        sample_run_link (run, last, 1, number);
      last = number;
      sample_run_step (run);
    }
  return run;
}

static guint
grow (SampleRun *run, guint depth)
{
  guint number;

  if (depth == 0)
    return 0;
  number = sample_run_allocate (run, SAMPLE_TREE, 1);
  sample_run_step (run);
  for (guint field = 1; field <= 2; field++)
    {
      guint child = grow (run, depth - 1);

      sample_run_link (run, number, field, child);
      sample_run_step (run);
    }
  return number;
}

SampleRun *
sample_tree (guint depth)
{
  SampleRun *run = sample_run_new ();

  sample_run_hold (run, 0, grow (run, depth));
  sample_run_step (run);
  return run;
}

SampleRun *
sample_ring (guint n)
{
  SampleRun *run = sample_list_head_first (n);

  sample_run_link (run, 1, 1, run->held[0]);
  for (guint i = 0; i < 4; i++)
    sample_run_step (run);
  return run;
}

SampleRun *
sample_double_list (guint n)
{
  SampleRun *run = sample_run_new ();
  guint last = 0;

  for (guint i = 0; i < n; i++)
    {
      guint number = sample_run_allocate (run, SAMPLE_RING, 1);

      sample_run_hold (run, 1, number);
      sample_run_step (run);
      if (last == 0)
        sample_run_hold (run, 0, number);
      else
        {
          sample_run_link (run, last, 2, number);
          sample_run_step (run);
          sample_run_link (run, number, 1, last);
        }
      last = number;
      sample_run_step (run);
    }
  return run;
}

SampleRun *
sample_table (guint n)
{
  SampleRun *run = sample_run_new ();
  guint table = sample_run_allocate (run, SAMPLE_TABLE, n);

  sample_run_hold (run, 0, table);
  sample_run_step (run);
  for (guint i = 0; i < 2 * n; i++)
    {
      guint item = sample_run_allocate (run, SAMPLE_ITEM, 1);
      guint bucket = i * 5 % n;

      sample_run_link (run, item, 1, get_block (run, table)->targets[bucket]);
      sample_run_link (run, table, bucket, item);
      sample_run_step (run);
    }
  return run;
}

SampleRun *
sample_list_and_tree (void)
{
  SampleRun *run = sample_run_new ();

  sample_run_hold (run, 0, grow (run, 3));
  sample_run_step (run);
  for (guint i = 0; i < 12; i++)
    {
      guint number = sample_run_allocate (run, SAMPLE_ITEM, 1);

      sample_run_link (run, number, 1, run->held[1]);
      sample_run_hold (run, 1, number);
      sample_run_step (run);
    }
  sample_run_call (run);
  sample_run_hold (run, 2, get_block (run, run->held[0])->targets[2]);
  sample_run_step (run);
  sample_run_call (run);
  sample_run_step (run);
  return run;
}

/* Anything may point to anything. */
SampleRun *
sample_random (guint32 seed, guint n_steps)
{
  SampleRun *run = sample_run_new ();
  g_autoptr (GRand) chance = g_rand_new_with_seed (seed);

  for (guint i = 0; i < n_steps; i++)
    {
      guint n = run->blocks->len;
      guint number = n > 0 ? (guint)g_rand_int_range (chance, 1, n + 1) : 0;

      switch (g_rand_int_range (chance, 0, 6))
        {
        case 0:
        case 1:
          number = sample_run_allocate (run, g_rand_int_range (chance, 0, SAMPLE_N_TYPES), 1);
          sample_run_hold (run, g_rand_int_range (chance, 0, N_SLOTS), number);
          break;
        case 2:
          number
              = sample_run_allocate (run, g_rand_int_range (chance, SAMPLE_BYTES, SAMPLE_N_TYPES),
                                     g_rand_int_range (chance, 1, 22));
          sample_run_hold (run, g_rand_int_range (chance, 0, N_SLOTS), number);
          break;
        case 3:
        case 4:
          if (n > 0 && kinds[get_block (run, number)->type].n_fields > 1)
            sample_run_link (
                run, number,
                g_rand_int_range (chance, 1, kinds[get_block (run, number)->type].n_fields),
                g_rand_int_range (chance, 0, n + 1));
          break;
        default:
          if (n > 2)
            sample_run_free_block (run, number);
          break;
        }
      if (run->blocks->len > 0)
        sample_run_step (run);
    }
  return run;
}

/* So many blocks one after the other; all but the last n_live of them are freed. One state, at the end. */
SampleRun *
sample_many (guint n_blocks, guint n_live)
{
  SampleRun *run = sample_run_new ();

  for (guint i = 0; i < n_blocks; i++)
    {
      guint number = sample_run_allocate (run, SAMPLE_ITEM, 1);

      if (i > 0)
        sample_run_link (run, number, 1, number - 1);
      get_block (run, number)->born = i + 1;
      if (n_blocks - i > n_live)
        {
          get_block (run, number)->gone = i + 1 + n_live;
          sample_run_free_block (run, number);
        }
    }
  sample_run_hold (run, 0, n_blocks);
  g_ptr_array_add (run->states, make_state (run));
  return run;
}
