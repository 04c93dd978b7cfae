/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Running: instructions (machine-loop.c), an exception on its way (machine-unwind.c) and the strategy's work (machine-object.c) take
 * turns, and each stops where whoever asked wants to look.
 *
 * An exception that is thrown, and where it is wished each small step of a collection, is a STOP of its own. They stand at no
 * instruction's STOP, so the state says what they are: see machine_get_stop(). */

#include "machine-slow.h"

static MachinePause
end_at_limit (Machine *machine, MachineLimit limit)
{
  machine_stop_at_limit (machine, limit);
  return MACHINE_ENDED;
}

static MachinePause
run_part (Machine *machine, guint64 until_step, guint64 until_tick)
{
  MachineState *state = &machine->state;

  machine->space->watch.now = state->pc;
  switch (state->mode)
    {
    case MACHINE_MODE_CODE:
      return machine->space->watch.end != 0
                 ? machine_run_watched_code (machine, until_step, until_tick)
                 : machine_run_code (machine, until_step, until_tick);
    case MACHINE_MODE_THROW:
      state->arrived = 0;
      machine_unwind (machine);
      return MACHINE_LEFT_CODE;
    case MACHINE_MODE_WORK:
      state->arrived = 0;
      return machine_work (machine, until_step, until_tick);
    }
  g_assert_not_reached ();
}

/* Runs until the step asked for has been arrived at, at least that many ticks have passed, the program is over, or it waits for input. */
MachinePause
machine_run (Machine *machine, guint64 until_step, guint64 until_tick)
{
  MachineState *state = &machine->state;
  MachinePause pause = MACHINE_LEFT_CODE;

  until_tick = MIN (until_tick, machine->limits.max_ticks);
  until_step = MIN (until_step, machine->limits.max_steps + 1);
  machine->is_waiting = FALSE;
  while (state->end == MACHINE_END_NONE)
    {
      if (state->arrived && state->steps >= until_step)
        pause = MACHINE_PAUSED_AT_STEP;
      else if (pause == MACHINE_LEFT_CODE && state->mode != MACHINE_MODE_CODE
               && state->ticks >= until_tick)
        pause = MACHINE_PAUSED_AT_TICK;
      else
        pause = run_part (machine, until_step, until_tick);
      if (pause == MACHINE_PAUSED_AT_STEP && state->steps > machine->limits.max_steps)
        return end_at_limit (machine, MACHINE_LIMIT_STEPS);
      if (pause == MACHINE_PAUSED_AT_TICK && state->ticks >= machine->limits.max_ticks)
        return end_at_limit (machine, MACHINE_LIMIT_TICKS);
      if (machine->is_waiting)
        return MACHINE_WAITING;
      if (pause != MACHINE_LEFT_CODE && pause != MACHINE_ENDED)
        return pause;
    }
  return MACHINE_ENDED;
}

/* What the machine stands at: kind and place of the STOP. FALSE: at none. */
gboolean
machine_get_stop (const Machine *machine, IrStopKind *kind, TextSpan *span)
{
  const MachineState *state = &machine->state;
  const MachineOpInfo *info;

  if (state->end != MACHINE_END_NONE || !state->arrived)
    return FALSE;
  info = machine_code_get_info (machine->code, state->pc);
  *span = info->span;
  switch (state->mode)
    {
    case MACHINE_MODE_THROW:
      *kind = IR_STOP_THROW;
      *span = machine_code_get_info (machine->code, state->thrown_pc)->span;
      return TRUE;
    case MACHINE_MODE_WORK:
      *kind = IR_STOP_COLLECT;
      return TRUE;
    case MACHINE_MODE_CODE:
      *kind = info->stop;
      *span = info->stop_span;
      return TRUE;
    }
  g_assert_not_reached ();
}
