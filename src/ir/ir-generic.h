/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ir-program.h"
#include "text/text-diagnostic.h"

G_BEGIN_DECLS

/* What is done to a verified generic program before it runs: first its drops are decided, then it is instantiated. */

void ir_elaborate_drops (IrProgram *program);
IrProgram *ir_instantiate (const IrProgram *generic, TextDiagnostics *diagnostics);

G_END_DECLS
