/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The loop once more, telling each write: only those who look for one pay for it. */

#define MACHINE_IS_WATCHED

#include "machine-loop.c"
