/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking a lesson: see lesson-model.h. */

#include "lesson-shape.h"

#include <string.h>

static const struct
{
  const char *member;
  const char *kind;
} rules[] = {
#define LESSON_RULE(id, member, kind) { member, kind },
#include "lesson-rule.def"
#undef LESSON_RULE
};

static void
clear_lesson (gpointer data)
{
  Lesson *lesson = data;

  lesson_shape_clear (&lesson_shape_lesson, lesson);
  g_clear_pointer (&lesson->root, json_node_unref);
  g_clear_pointer (&lesson->places, lesson_places_free);
  g_clear_pointer (&lesson->map, text_map_unref);
}

Lesson *
lesson_ref (Lesson *lesson)
{
  return g_atomic_rc_box_acquire (lesson);
}

void
lesson_unref (Lesson *lesson)
{
  g_atomic_rc_box_release_full (lesson, clear_lesson);
}

/* The program of that id, the first for NULL; NULL when there is none. (transfer none) */
const LessonProgram *
lesson_find_program (const Lesson *lesson, const char *id)
{
  for (guint i = 0; i < lesson->programs->len; i++)
    {
      const LessonProgram *program = g_ptr_array_index (lesson->programs, i);

      if (id == NULL || g_strcmp0 (program->id, id) == 0)
        return program;
    }
  return NULL;
}

/* The run of that id, the first for NULL; NULL when there is none. (transfer none) */
const LessonRun *
lesson_find_run (const Lesson *lesson, const char *id)
{
  for (guint i = 0; i < lesson->runs->len; i++)
    {
      const LessonRun *run = g_ptr_array_index (lesson->runs, i);

      if (id == NULL || g_strcmp0 (run->id, id) == 0)
        return run;
    }
  return NULL;
}

/* The program that a run runs. (transfer none) */
const LessonProgram *
lesson_get_program_of_run (const Lesson *lesson, const LessonRun *run)
{
  return lesson_find_program (lesson, run->program);
}

/* The settings of a run: the lesson's, with the run's own laid over them. What neither gives stays "not given", except
 * max_ticks. (transfer full): g_free() */
LessonMachine *
lesson_dup_machine (const Lesson *lesson, const LessonRun *run)
{
  LessonMachine *machine = g_memdup2 (&lesson->machine, sizeof lesson->machine);

  lesson_shape_overlay (&lesson_shape_machine, machine, &run->machine);
  if (machine->max_ticks == LESSON_NOT_GIVEN)
    machine->max_ticks = LESSON_DEFAULT_MAX_TICKS;
  return machine;
}

/* (nullable) */
const LessonQuestion *
lesson_find_question (const Lesson *lesson, const char *id)
{
  for (guint i = 0; i < lesson->questions->len; i++)
    {
      const LessonQuestion *question = g_ptr_array_index (lesson->questions, i);

      if (g_strcmp0 (question->id, id) == 0)
        return question;
    }
  return NULL;
}

/* (nullable) */
const LessonOption *
lesson_find_option (const LessonQuestion *question, const char *id)
{
  for (guint i = 0; i < question->options->len; i++)
    {
      const LessonOption *option = g_ptr_array_index (question->options, i);

      if (g_strcmp0 (option->id, id) == 0)
        return option;
    }
  return NULL;
}

/* The string of a member that may be of several kinds; NULL when it is something else, or not given. */
const char *
lesson_node_get_text (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_VALUE (node)
                 && json_node_get_value_type (node) == G_TYPE_STRING
             ? json_node_get_string (node)
             : NULL;
}

/* The line that carries a mark, from 1; 0 when none does. */
guint
lesson_find_mark (const LessonProgram *program, const char *name)
{
  for (guint i = 0; program->marks != NULL && i < program->marks->len; i++)
    {
      const LessonMark *mark = g_ptr_array_index (program->marks, i);

      if (strcmp (mark->name, name) == 0)
        return mark->line;
    }
  return 0;
}

/* Where a member of the object at place stands in the file; the object's own bracket when member is NULL or not there; no span
 * when the object is not in the file. */
TextSpan
lesson_get_span (const Lesson *lesson, guint place, const char *member)
{
  guint child;

  if (place == LESSON_NO_PLACE)
    return TEXT_NO_SPAN;
  child = member != NULL ? lesson_places_child (lesson->places, place, member) : LESSON_NO_PLACE;
  return child != LESSON_NO_PLACE ? lesson_places_get_value (lesson->places, child)
                                  : lesson_places_get_start (lesson->places, place);
}

/* The rule's name in a lesson, such as "useAfterFree". */
const char *
lesson_rule_get_member (LessonRule rule)
{
  return rules[rule].member;
}

/* The kind of fault that the rule is about, in the spelling of faults and of the command line: "use-after-free". */
const char *
lesson_rule_get_kind (LessonRule rule)
{
  return rules[rule].kind;
}
