/* SPDX-License-Identifier: GPL-3.0-or-later */

/* States made by hand: see scene-samples.h. */

#include "scene-samples.h"

#include <string.h>

void
sample_begin (SampleMaker *maker, guint64 step, guint line)
{
  Facts *facts = g_new0 (Facts, 1);

  g_atomic_ref_count_init (&facts->reference_count);
  facts->step = step;
  facts->line = line;
  facts->stop = IR_STOP_STMT;
  facts->nodes = g_array_new (FALSE, TRUE, sizeof (FactsNode));
  facts->views = g_array_new (FALSE, FALSE, sizeof (FactsView));
  facts->frames = g_array_new (FALSE, TRUE, sizeof (FactsFrame));
  facts->blocks = g_array_new (FALSE, TRUE, sizeof (FactsBlock));
  facts->globals = g_array_new (FALSE, TRUE, sizeof (FactsGlobal));
  facts->strings = g_string_chunk_new (256);
  maker->facts = facts;
  maker->stack = 0x7ff0;
}

static const char *
keep (SampleMaker *maker, const char *text)
{
  return g_string_chunk_insert (maker->facts->strings, text);
}

void
sample_frame (SampleMaker *maker, const char *function, guint line, gboolean is_popped)
{
  FactsFrame frame = { .function = keep (maker, function),
                       .state = is_popped ? FACTS_FRAME_POPPED : FACTS_FRAME_LIVE,
                       .depth = maker->facts->frames->len + 1,
                       .line = line,
                       .first_slot = maker->facts->nodes->len };

  maker->stack -= 16;
  g_array_append_val (maker->facts->frames, frame);
  maker->facts->function = frame.function;
}

guint32
sample_add_node (SampleMaker *maker, FactsNode node)
{
  node.name = keep (maker, node.name != NULL ? node.name : "");
  node.type = keep (maker, node.type != NULL ? node.type : "");
  node.text = keep (maker, node.text != NULL ? node.text : "");
  if (node.target_block == 0 && node.target == 0)
    node.target_node = FACTS_NO_NODE;
  g_array_append_val (maker->facts->nodes, node);
  maker->facts->n_own = maker->facts->nodes->len;
  return maker->facts->nodes->len - 1;
}

/* A scalar variable of the newest frame. */
guint32
sample_slot (SampleMaker *maker, const char *name, const char *type, IrTypeKind kind, guint64 size,
             const char *text, guint32 flags)
{
  FactsFrame *frame
      = &g_array_index (maker->facts->frames, FactsFrame, maker->facts->frames->len - 1);
  FactsNode node = { .name = name,
                     .type = type,
                     .text = text,
                     .kind = kind,
                     .flags = flags,
                     .size = size,
                     .parent = FACTS_NO_NODE };

  maker->stack -= 8;
  node.address = maker->stack;
  frame->n_slots++;
  return sample_add_node (maker, node);
}

FactsBlock *
sample_block (SampleMaker *maker, guint32 number, guint64 address, guint64 size, const char *type)
{
  FactsBlock block = { .number = number,
                       .key = number,
                       .address = address,
                       .size = size,
                       .root = FACTS_NO_NODE,
                       .type = keep (maker, type) };

  g_array_append_val (maker->facts->blocks, block);
  return &g_array_index (maker->facts->blocks, FactsBlock, maker->facts->blocks->len - 1);
}

void
sample_point (SampleMaker *maker, guint32 node, guint32 block_key, guint64 target,
              guint32 target_node)
{
  FactsNode *pointer = &g_array_index (maker->facts->nodes, FactsNode, node);

  pointer->flags |= FACTS_POINTER;
  pointer->target_block = block_key;
  pointer->target = target;
  pointer->target_node = target_node;
}

/* An array of characters; the first n_set hold the bytes and a \0. */
guint32
sample_chars (SampleMaker *maker, guint64 address, const char *type, const char *bytes, guint n_set,
              guint n)
{
  g_autofree char *text = g_strdup_printf ("\"%s\"", bytes);
  FactsNode root = { .type = type,
                     .text = text,
                     .kind = IR_TYPE_ARRAY,
                     .address = address,
                     .size = n,
                     .parent = FACTS_NO_NODE,
                     .n_children = n,
                     .n_elements = n };
  guint32 index = sample_add_node (maker, root);

  g_array_index (maker->facts->nodes, FactsNode, index).first_child = index + 1;
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *name = g_strdup_printf ("[%u]", i);
      g_autofree char *sign = i < strlen (bytes) ? g_strdup_printf ("'%c'", bytes[i])
                                                 : g_strdup (i < n_set ? "'\\0'" : "?");
      FactsNode element = { .name = name,
                            .type = "char",
                            .text = sign,
                            .kind = IR_TYPE_INT,
                            .flags = FACTS_CHAR | (i < n_set ? 0 : FACTS_UNDEFINED),
                            .address = address + i,
                            .size = 1,
                            .parent = index };

      sample_add_node (maker, element);
    }
  return index;
}

void
sample_global (SampleMaker *maker, const char *name, const char *type, const char *text,
               guint64 address, IrTypeKind kind, guint64 size)
{
  FactsNode node = { .name = name,
                     .type = type,
                     .text = text,
                     .kind = kind,
                     .address = address,
                     .size = size,
                     .flags = name == NULL ? FACTS_CONST : 0,
                     .parent = FACTS_NO_NODE };
  FactsGlobal global = { .name = name != NULL ? keep (maker, name) : NULL,
                         .region = name != NULL ? FACTS_REGION_DATA : FACTS_REGION_CONSTANTS };

  global.root = sample_add_node (maker, node);
  g_array_append_val (maker->facts->globals, global);
}

Facts *
sample_end (SampleMaker *maker)
{
  return g_steal_pointer (&maker->facts);
}

/* ---- the use after free of the target picture ---- */

Facts *
sample_use_after_free (void)
{
  SampleMaker maker;
  FactsBlock *block;
  guint32 a, b, chars;

  sample_begin (&maker, 13, 19);
  maker.facts->moment = FACTS_AT_FAULT;
  maker.facts->fault_kind = "use-after-free";
  maker.facts->ledger = (FactsLedger){ 1, 1, 0, 0, 16, 12, 256 };
  sample_frame (&maker, "main", 19, FALSE);
  maker.stack = 0x7ff0;
  a = sample_slot (&maker, "a", "char *", IR_TYPE_POINTER, 8, "0x4010", FACTS_DANGLING);
  b = sample_slot (&maker, "b", "char *", IR_TYPE_POINTER, 8, "0x4010",
                   FACTS_DANGLING | FACTS_FAULT);
  sample_frame (&maker, "greet", 16, TRUE);
  chars = sample_chars (&maker, 0x4010, "char [16]", "Hello, Ada", 11, 16);
  block = sample_block (&maker, 1, 0x4010, 16, "char [16]");
  block->root = chars;
  block->state = FACTS_BLOCK_FREED;
  block->freed_line = 18;
  block->allocated_line = 8;
  block->allocated_by = "greet";
  block->is_faulty = TRUE;
  sample_point (&maker, a, 1, 0x4010, chars);
  sample_point (&maker, b, 1, 0x4010, chars);
  sample_global (&maker, NULL, "char [8]", "\"Hello, \"", 0x1000, IR_TYPE_ARRAY, 8);
  sample_global (&maker, NULL, "char [4]", "\"Ada\"", 0x1008, IR_TYPE_ARRAY, 4);
  sample_global (&maker, NULL, "char [4]", "\"%s\\n\"", 0x100c, IR_TYPE_ARRAY, 4);
  sample_global (&maker, "made", "int", "1", 0x2000, IR_TYPE_INT, 4);
  return sample_end (&maker);
}

static GArray *
make_parts (const HistoryPart *parts, guint n)
{
  GArray *array = g_array_new (FALSE, FALSE, sizeof (HistoryPart));

  g_array_append_vals (array, parts, n);
  return array;
}

HistorySurvey *
sample_use_after_free_survey (void)
{
  static const HistoryPart character = { "", IR_TYPE_INT, TRUE, 1, 0, 0 };
  static const HistoryPart pointers[]
      = { { "a", IR_TYPE_POINTER, FALSE, 8, 0, 0 }, { "b", IR_TYPE_POINTER, FALSE, 8, 0, 0 } };
  HistorySurvey *survey = g_new0 (HistorySurvey, 1);
  HistoryLife life = { .number = 1,
                       .address = 0x4010,
                       .size = 16,
                       .born_step = 5,
                       .gone_step = G_MAXUINT64,
                       .ticks = 100,
                       .first_root = { HISTORY_HOLDER_SLOT, 2, 1 } };
  HistoryShape shape = { make_parts (&character, 1) };
  HistoryStand main_stand = { 1, 2, make_parts (pointers, 2) };
  HistoryStand greet = { 2, 2, make_parts (pointers, 2) };

  g_atomic_ref_count_init (&survey->reference_count);
  survey->lives = g_array_new (FALSE, FALSE, sizeof (HistoryLife));
  survey->edges = g_array_new (FALSE, FALSE, sizeof (HistoryEdge));
  survey->shapes = g_array_new (FALSE, FALSE, sizeof (HistoryShape));
  survey->stands = g_array_new (FALSE, FALSE, sizeof (HistoryStand));
  g_array_append_val (survey->lives, life);
  g_array_append_val (survey->shapes, shape);
  g_array_append_val (survey->stands, main_stand);
  g_array_append_val (survey->stands, greet);
  return survey;
}
