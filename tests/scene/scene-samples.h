/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scene/scene.h"

G_BEGIN_DECLS

/* States and surveys without a machine: made by hand, or by a small model of a run with a heap of typed blocks. */

/* ---- by hand ---- */

typedef struct
{
  Facts *facts;
  guint64 stack; /* next address below */
} SampleMaker;

void sample_begin (SampleMaker *maker, guint64 step, guint line);
void sample_frame (SampleMaker *maker, const char *function, guint line, gboolean is_popped);
guint32 sample_slot (SampleMaker *maker, const char *name, const char *type, IrTypeKind kind,
                     guint64 size, const char *text, guint32 flags);
guint32 sample_add_node (SampleMaker *maker, FactsNode node);
FactsBlock *sample_block (SampleMaker *maker, guint32 number, guint64 address, guint64 size,
                          const char *type);
void sample_point (SampleMaker *maker, guint32 node, guint32 block_key, guint64 target,
                   guint32 target_node);
guint32 sample_chars (SampleMaker *maker, guint64 address, const char *type, const char *bytes,
                      guint n_set, guint n);
void sample_global (SampleMaker *maker, const char *name, const char *type, const char *text,
                    guint64 address, IrTypeKind kind, guint64 size);
Facts *sample_end (SampleMaker *maker);

Facts *sample_use_after_free (void);
HistorySurvey *sample_use_after_free_survey (void);

/* ---- a model of a run ---- */

typedef enum
{
  SAMPLE_ITEM,  /* struct item { int n; struct item *next; } */
  SAMPLE_TREE,  /* struct tree { int key; struct tree *left, *right; } */
  SAMPLE_RING,  /* struct ring { int n; struct ring *prev, *next; } */
  SAMPLE_BYTES, /* char [n] */
  SAMPLE_INTS,  /* int [n] */
  SAMPLE_TABLE, /* struct item *[n] */
  SAMPLE_N_TYPES,
} SampleType;

typedef struct _SampleRun SampleRun;

SampleRun *sample_run_new (void);
void sample_run_free (SampleRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SampleRun, sample_run_free)

guint sample_run_allocate (SampleRun *run, SampleType type, guint n);
void sample_run_free_block (SampleRun *run, guint number);
void sample_run_hold (SampleRun *run, guint slot, guint number);
guint sample_run_get_held (SampleRun *run, guint slot);
void sample_run_link (SampleRun *run, guint from, guint field, guint to);
void sample_run_call (SampleRun *run);
void sample_run_return (SampleRun *run);
void sample_run_step (SampleRun *run);
guint sample_run_count (SampleRun *run);
Facts *sample_run_get_facts (SampleRun *run, guint step);
HistorySurvey *sample_run_survey (SampleRun *run, gboolean has_shapes);

/* Ready-made runs. */
SampleRun *sample_list_head_first (guint n);
SampleRun *sample_list_tail_first (guint n);
SampleRun *sample_tree (guint depth);
SampleRun *sample_ring (guint n);
SampleRun *sample_double_list (guint n);
SampleRun *sample_table (guint n);
SampleRun *sample_list_and_tree (void);
SampleRun *sample_random (guint32 seed, guint n_steps);
SampleRun *sample_many (guint n_blocks, guint n_live);

G_END_DECLS
