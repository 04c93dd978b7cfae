/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* A fuzz target: takes any bytes, ends only by returning 0. libFuzzer calls it, and so does replay.c with files. */
int LLVMFuzzerTestOneInput (const uint8_t *data, size_t size);
