/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "facts-new.h"

G_BEGIN_DECLS

/* Facts in the making, shared by the files of this folder. */

/* Of a longer row the first and the last items are decoded. */
#define FACTS_MAX_ITEMS 1000

/* A state with more nodes than this leaves out what is inside further aggregates, and further views. */
#define FACTS_MAX_NODES 200000

typedef struct
{
  Machine *machine; /* borrowed */
  const IrProgram *program;
  TextMap *map;
  Facts *facts;
  GArray *types; /* of IrTypeId, one for each node: for finding what a pointer points to */
  GArray *live;  /* of block ids by address, made when first wanted; else NULL */
} FactsBuilder;

guint32 facts_add_value (FactsBuilder *self, const char *name, IrTypeId type, guint64 address,
                         guint32 parent);
guint32 facts_reserve_values (FactsBuilder *self, guint32 n);
void facts_fill_value (FactsBuilder *self, guint32 index, const char *name, IrTypeId type,
                       guint64 address, guint32 parent);
guint32 facts_fill_row (FactsBuilder *self, IrTypeId item, guint64 address, guint64 count,
                        guint32 parent, guint32 *first);
void facts_add_views (FactsBuilder *self);
guint32 facts_add_row (FactsBuilder *self, IrTypeId element, guint64 address, guint64 count);
guint32 facts_add_flexible (FactsBuilder *self, IrTypeId type, guint64 address, guint64 size);
guint32 facts_add_bytes (FactsBuilder *self, guint64 address, guint64 size);
void facts_find_targets (FactsBuilder *self);
const char *facts_keep (FactsBuilder *self, const char *text);
const char *facts_format_bit_field (FactsBuilder *self, const IrField *field, guint64 address,
                                    guint32 *flags);
void facts_append_character (GString *out, guchar character);
guint32 facts_get_variant (FactsBuilder *self, const IrType *type, guint64 address);
const char *facts_format_scalar (FactsBuilder *self, const IrType *type, guint64 address,
                                 guint32 *flags);

G_END_DECLS
