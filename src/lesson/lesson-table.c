/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables of members: see lesson-shape.h. They say in C what data/lesson-1.schema.json says to other tools, and a test holds
 * the two against each other. What a table cannot say (a `mark` or a `line`, not both) stands in lesson-check.c. */

#include "lesson-shape.h"

#define MAX_ID 64
#define MAX_TITLE 120
#define MAX_PROBE 120
#define MAX_PROSE 20000

/* Where a field stands, and the rows that are the same everywhere. */
#define AT(field) offsetof (THIS, field)
#define NOT_GIVEN .missing = LESSON_NOT_GIVEN
#define SHAPE(name, ...)                                                                           \
  const LessonShape lesson_shape_##name                                                            \
      = { sizeof (THIS), name##_members, G_N_ELEMENTS (name##_members), __VA_ARGS__ }

static void
clear_program (gpointer data)
{
  LessonProgram *program = data;

  g_clear_pointer (&program->marks, g_ptr_array_unref);
}

/* clang-format off */

#define THIS LessonPerson
static const LessonMember person_members[] = {
  { "name", LESSON_TYPE_TEXT, AT (name), .required = TRUE, .min = 1, .max = MAX_TITLE },
  { "email", LESSON_TYPE_TEXT, AT (email) },
  { "url", LESSON_TYPE_TEXT, AT (url) },
  { "orcid", LESSON_TYPE_TEXT, AT (orcid) },
};
static SHAPE (person);
#undef THIS

#define THIS LessonProgram
static const LessonMember program_members[] = {
  { "id", LESSON_TYPE_SLUG, AT (id), .required = TRUE, .max = MAX_ID },
  { "title", LESSON_TYPE_TEXT, AT (title), .min = 1, .max = MAX_TITLE },
  { "language", LESSON_TYPE_WORD, AT (language), .required = TRUE, .words = lesson_words_LANGUAGE },
  { "source", LESSON_TYPE_SOURCE, AT (text), .min = 1, .max = 400 },
  { "file", LESSON_TYPE_TEXT, AT (file), .min = 1 },
  { "stdin", LESSON_TYPE_PROSE, AT (input), .min = 1, .max = MAX_PROSE },
};
static SHAPE (program, .has_id = TRUE, .clear = clear_program);
#undef THIS

#define THIS LessonHeap
static const LessonMember heap_members[] = {
  { "bytes", LESSON_TYPE_INTEGER, AT (bytes), .min = 64, .max = 268435456, NOT_GIVEN },
  { "policy", LESSON_TYPE_WORD, AT (policy), .words = lesson_words_POLICY },
  { "align", LESSON_TYPE_INTEGER, AT (align), .min = 1, .max = 16, .is_power = TRUE, NOT_GIVEN },
  { "headerBytes", LESSON_TYPE_INTEGER, AT (header_bytes), .min = 0, .max = 32, NOT_GIVEN },
  { "coalesce", LESSON_TYPE_BOOLEAN, AT (coalesce), NOT_GIVEN },
  { "reuse", LESSON_TYPE_WORD, AT (reuse), .words = lesson_words_REUSE },
  { "onFree", LESSON_TYPE_WORD, AT (on_free), .words = lesson_words_ON_FREE },
};
static SHAPE (heap);
#undef THIS

#define THIS LessonCollector
static const LessonMember collector_members[] = {
  { "kind", LESSON_TYPE_WORD, AT (kind), .required = TRUE, .words = lesson_words_COLLECTOR },
  { "trigger", LESSON_TYPE_WORD, AT (trigger), .words = lesson_words_TRIGGER },
  { "thresholdBytes", LESSON_TYPE_INTEGER, AT (threshold_bytes), .min = 16, NOT_GIVEN },
  { "nurseryBytes", LESSON_TYPE_INTEGER, AT (nursery_bytes), .min = 16, NOT_GIVEN },
  { "promoteAfter", LESSON_TYPE_INTEGER, AT (promote_after), .min = 1, .max = 15, NOT_GIVEN },
  { "cycles", LESSON_TYPE_WORD, AT (cycles), .words = lesson_words_CYCLES },
  { "stepwise", LESSON_TYPE_BOOLEAN, AT (stepwise), NOT_GIVEN },
};
static SHAPE (collector);
#undef THIS

#define THIS LessonRules
static const LessonMember rules_members[] = {
#define LESSON_RULE(id, member, kind) \
  { member, LESSON_TYPE_WORD, AT (rulings[LESSON_RULE_##id]), .words = lesson_words_RULING },
#include "lesson-rule.def"
#undef LESSON_RULE
  { "borrow", LESSON_TYPE_WORD, AT (borrow), .words = lesson_words_BORROW },
};
static SHAPE (rules);
#undef THIS

#define THIS LessonMachine
static const LessonMember machine_members[] = {
  { "stackBytes", LESSON_TYPE_INTEGER, AT (stack_bytes), .min = 64, .max = 8388608, NOT_GIVEN },
  { "maxSteps", LESSON_TYPE_INTEGER, AT (max_steps), .min = 10, .max = 100000000, NOT_GIVEN },
  { "maxTicks", LESSON_TYPE_INTEGER, AT (max_ticks), .min = 1000, .max = 4000000000, NOT_GIVEN },
  { "seed", LESSON_TYPE_INTEGER, AT (seed), .min = 0, NOT_GIVEN },
  { "heap", LESSON_TYPE_OBJECT, AT (heap), .shape = &lesson_shape_heap },
  { "collector", LESSON_TYPE_OBJECT, AT (collector), .shape = &lesson_shape_collector },
  { "rules", LESSON_TYPE_OBJECT, AT (rules), .shape = &lesson_shape_rules },
};
SHAPE (machine);
#undef THIS

#define THIS LessonRun
static const LessonMember run_members[] = {
  { "id", LESSON_TYPE_SLUG, AT (id), .required = TRUE, .max = MAX_ID },
  { "title", LESSON_TYPE_TEXT, AT (title), .min = 1, .max = MAX_TITLE },
  { "program", LESSON_TYPE_SLUG, AT (program), .max = MAX_ID },
  { "machine", LESSON_TYPE_OBJECT, AT (machine), .shape = &lesson_shape_machine },
  { "beside", LESSON_TYPE_SLUG, AT (beside), .max = MAX_ID },
};
SHAPE (run, .has_id = TRUE);
#undef THIS

#define THIS LessonView
static const LessonMember view_members[] = {
  { "regions", LESSON_TYPE_WORDS, AT (regions), .words = lesson_words_REGION },
  { "addresses", LESSON_TYPE_WORD, AT (addresses), .words = lesson_words_ADDRESSES },
  { "bytes", LESSON_TYPE_BOOLEAN, AT (bytes), NOT_GIVEN },
  { "freeList", LESSON_TYPE_BOOLEAN, AT (free_list), NOT_GIVEN },
  { "permissions", LESSON_TYPE_BOOLEAN, AT (permissions), NOT_GIVEN },
  { "unreachable", LESSON_TYPE_BOOLEAN, AT (unreachable), .missing = TRUE },
  { "meters", LESSON_TYPE_WORDS, AT (meters), .words = lesson_words_METER },
};
static SHAPE (view);
#undef THIS

#define THIS LessonAnchor
static const LessonMember anchor_members[] = {
  { "run", LESSON_TYPE_SLUG, AT (run), .max = MAX_ID },
  { "mark", LESSON_TYPE_SLUG, AT (mark), .max = MAX_ID },
  { "line", LESSON_TYPE_INTEGER, AT (line), .min = 1, NOT_GIVEN },
  { "text", LESSON_TYPE_TEXT, AT (text), .min = 1 },
  { "event", LESSON_TYPE_WORD, AT (event), .words = lesson_words_EVENT },
  { "nth", LESSON_TYPE_INTEGER, AT (nth), .min = 1, .missing = 1 },
  { "visit", LESSON_TYPE_INTEGER, AT (visit), .min = 1, .missing = 1, .words = lesson_words_VISIT },
  { "at", LESSON_TYPE_WORD, AT (at), .words = lesson_words_AT },
  { "when", LESSON_TYPE_WORD, AT (when), .missing = LESSON_WHEN_BEFORE, .words = lesson_words_WHEN },
};
static SHAPE (anchor);
#undef THIS

#define THIS LessonNote
static const LessonMember note_members[] = {
  { "id", LESSON_TYPE_SLUG, AT (id), .required = TRUE, .max = MAX_ID },
  { "anchor", LESSON_TYPE_OBJECT, AT (anchor), .required = TRUE, .shape = &lesson_shape_anchor },
  { "title", LESSON_TYPE_TEXT, AT (title), .min = 1, .max = MAX_TITLE },
  { "text", LESSON_TYPE_PROSE, AT (text), .required = TRUE, .min = 1, .max = MAX_PROSE },
  { "presenter", LESSON_TYPE_PROSE, AT (presenter), .min = 1, .max = MAX_PROSE },
  { "highlight", LESSON_TYPE_TEXTS, AT (highlight), .max = 8 },
  { "pause", LESSON_TYPE_BOOLEAN, AT (pause), .missing = FALSE },
};
static SHAPE (note, .has_id = TRUE);
#undef THIS

#define THIS LessonOption
static const LessonMember option_members[] = {
  { "id", LESSON_TYPE_SLUG, AT (id), .required = TRUE, .max = MAX_ID },
  { "text", LESSON_TYPE_PROSE, AT (text), .required = TRUE, .min = 1, .max = MAX_PROSE },
  { "correct", LESSON_TYPE_BOOLEAN, AT (correct), .missing = FALSE },
  { "feedback", LESSON_TYPE_PROSE, AT (feedback), .min = 1, .max = MAX_PROSE },
  { "misconception", LESSON_TYPE_SLUG, AT (misconception), .max = MAX_ID },
  { "last", LESSON_TYPE_BOOLEAN, AT (last), .missing = FALSE },
};
static SHAPE (option, .has_id = TRUE);
#undef THIS

#define THIS LessonQuestion
static const LessonMember question_members[] = {
  { "id", LESSON_TYPE_SLUG, AT (id), .required = TRUE, .max = MAX_ID },
  { "kind", LESSON_TYPE_WORD, AT (kind), .required = TRUE, .words = lesson_words_QUESTION },
  { "anchor", LESSON_TYPE_OBJECT, AT (anchor), .required = TRUE, .shape = &lesson_shape_anchor },
  { "prompt", LESSON_TYPE_PROSE, AT (prompt), .required = TRUE, .min = 1, .max = MAX_PROSE },
  { "hints", LESSON_TYPE_PROSES, AT (hints), .max = 5 },
  { "explain", LESSON_TYPE_PROSE, AT (explain), .min = 1, .max = MAX_PROSE },
  { "presenter", LESSON_TYPE_PROSE, AT (presenter), .min = 1, .max = MAX_PROSE },
  { "teaches", LESSON_TYPE_SLUGS, AT (teaches), .max = 30 },
  { "optional", LESSON_TYPE_BOOLEAN, AT (optional), .missing = FALSE },
  { "options", LESSON_TYPE_LIST, AT (options), .min = 2, .max = 8, .shape = &lesson_shape_option },
  { "shuffle", LESSON_TYPE_BOOLEAN, AT (shuffle), .missing = TRUE },
  { "several", LESSON_TYPE_BOOLEAN, AT (several), .missing = FALSE },
  { "probe", LESSON_TYPE_TEXT, AT (probe), .min = 1, .max = MAX_PROBE },
  { "probes", LESSON_TYPE_TEXTS, AT (probes), .min = 2, .max = 8 },
  { "answerAt", LESSON_TYPE_OBJECT, AT (answer_at), .shape = &lesson_shape_anchor },
  { "answer", LESSON_TYPE_ANY, AT (answer) },
  { "accept", LESSON_TYPE_ANY, AT (accept) },
};
static SHAPE (question, .has_id = TRUE);
#undef THIS

#define THIS LessonCheck
static const LessonMember check_members[] = {
  { "check", LESSON_TYPE_WORD, AT (check), .required = TRUE, .words = lesson_words_CHECK },
  { "run", LESSON_TYPE_SLUG, AT (run), .max = MAX_ID },
  { "anchor", LESSON_TYPE_OBJECT, AT (anchor), .shape = &lesson_shape_anchor },
  { "probe", LESSON_TYPE_TEXT, AT (probe), .min = 1, .max = MAX_PROBE },
  { "is", LESSON_TYPE_ANY, AT (is) },
  { "atMost", LESSON_TYPE_NUMBER, AT (at_most) },
  { "atLeast", LESSON_TYPE_NUMBER, AT (at_least) },
  { "text", LESSON_TYPE_TEXT, AT (text), .min = 1 },
  { "times", LESSON_TYPE_INTEGER, AT (times), .min = 0, NOT_GIVEN },
  { "message", LESSON_TYPE_PROSE, AT (message), .min = 1, .max = MAX_PROSE },
  { "stretch", LESSON_TYPE_BOOLEAN, AT (stretch), .missing = FALSE },
};
static SHAPE (check);
#undef THIS

#define THIS LessonWrong
static const LessonMember wrong_members[] = {
  { "source", LESSON_TYPE_SOURCE, AT (source), .required = TRUE },
  { "fails", LESSON_TYPE_INTEGER, AT (fails), .min = 0, .required = TRUE, NOT_GIVEN },
};
static SHAPE (wrong);
#undef THIS

#define THIS LessonChallenge
static const LessonMember challenge_members[] = {
  { "id", LESSON_TYPE_SLUG, AT (id), .required = TRUE, .max = MAX_ID },
  { "title", LESSON_TYPE_TEXT, AT (title), .required = TRUE, .min = 1, .max = MAX_TITLE },
  { "task", LESSON_TYPE_PROSE, AT (task), .required = TRUE, .min = 1, .max = MAX_PROSE },
  { "program", LESSON_TYPE_SLUG, AT (program), .max = MAX_ID },
  { "run", LESSON_TYPE_SLUG, AT (run), .max = MAX_ID },
  { "start", LESSON_TYPE_SOURCE, AT (start), .min = 1, .max = 400 },
  { "editable", LESSON_TYPE_ANY, AT (editable) },
  { "checks", LESSON_TYPE_LIST, AT (checks), .required = TRUE, .min = 1, .max = 20, .shape = &lesson_shape_check },
  { "hints", LESSON_TYPE_PROSES, AT (hints), .max = 5 },
  { "solution", LESSON_TYPE_SOURCE, AT (solution), .required = TRUE, .min = 1, .max = 400 },
  { "wrong", LESSON_TYPE_LIST, AT (wrong), .max = 50, .shape = &lesson_shape_wrong },
  { "explain", LESSON_TYPE_PROSE, AT (explain), .min = 1, .max = MAX_PROSE },
  { "presenter", LESSON_TYPE_PROSE, AT (presenter), .min = 1, .max = MAX_PROSE },
};
static SHAPE (challenge, .has_id = TRUE);
#undef THIS

#define THIS LessonExpectation
static const LessonMember expectation_members[] = {
  { "run", LESSON_TYPE_SLUG, AT (run), .max = MAX_ID },
  { "anchor", LESSON_TYPE_OBJECT, AT (anchor), .shape = &lesson_shape_anchor },
  { "probe", LESSON_TYPE_TEXT, AT (probe), .min = 1, .max = MAX_PROBE },
  { "is", LESSON_TYPE_ANY, AT (is) },
  { "atMost", LESSON_TYPE_NUMBER, AT (at_most) },
  { "atLeast", LESSON_TYPE_NUMBER, AT (at_least) },
  { "ends", LESSON_TYPE_WORD, AT (ends), .words = lesson_words_ENDS },
  { "fault", LESSON_TYPE_TEXT, AT (fault) },
  { "error", LESSON_TYPE_TEXT, AT (error) },
  { "mark", LESSON_TYPE_SLUG, AT (mark), .max = MAX_ID },
  { "output", LESSON_TYPE_PROSE, AT (output), .min = 1, .max = MAX_PROSE },
  { "real", LESSON_TYPE_ANY, AT (real) },
  { "question", LESSON_TYPE_SLUG, AT (question), .max = MAX_ID },
  { "option", LESSON_TYPE_SLUG, AT (option), .max = MAX_ID },
};
static SHAPE (expectation);
#undef THIS

#define THIS Lesson
static const LessonMember lesson_members[] = {
  { "format", LESSON_TYPE_TEXT, AT (format), .required = TRUE },
  { "id", LESSON_TYPE_SLUG, AT (id), .required = TRUE, .max = MAX_ID },
  { "title", LESSON_TYPE_TEXT, AT (title), .required = TRUE, .min = 1, .max = MAX_TITLE },
  { "summary", LESSON_TYPE_TEXT, AT (summary), .min = 1, .max = 160 },
  { "language", LESSON_TYPE_TEXT, AT (language), .required = TRUE, .min = 2 },
  { "authors", LESSON_TYPE_LIST, AT (authors), .max = 20, .shape = &lesson_shape_person },
  { "license", LESSON_TYPE_TEXT, AT (license), .required = TRUE, .min = 1 },
  { "programLicense", LESSON_TYPE_TEXT, AT (program_license), .min = 1 },
  { "source", LESSON_TYPE_TEXT, AT (source) },
  { "sourceUrl", LESSON_TYPE_TEXT, AT (source_url) },
  { "forkedFrom", LESSON_TYPE_TEXTS, AT (forked_from) },
  { "status", LESSON_TYPE_WORD, AT (status), .missing = LESSON_STATUS_ACTIVE, .words = lesson_words_STATUS },
  { "difficulty", LESSON_TYPE_INTEGER, AT (difficulty), .min = 1, .max = 5, NOT_GIVEN },
  { "minutes", LESSON_TYPE_INTEGER, AT (minutes), .min = 1, .max = 120, NOT_GIVEN },
  { "prerequisites", LESSON_TYPE_SLUGS, AT (prerequisites), .max = 30 },
  { "teaches", LESSON_TYPE_SLUGS, AT (teaches), .max = 30 },
  { "misconceptions", LESSON_TYPE_SLUGS, AT (misconceptions), .max = 30 },
  { "objectives", LESSON_TYPE_TEXTS, AT (objectives), .min = 1, .max = 5 },
  { "keywords", LESSON_TYPE_TEXTS, AT (keywords), .max = 20 },
  { "introduction", LESSON_TYPE_PROSE, AT (introduction), .min = 1, .max = MAX_PROSE },
  { "conclusion", LESSON_TYPE_PROSE, AT (conclusion), .min = 1, .max = MAX_PROSE },
  { "presenter", LESSON_TYPE_PROSE, AT (presenter), .min = 1, .max = MAX_PROSE },
  { "programs", LESSON_TYPE_LIST, AT (programs), .required = TRUE, .min = 1, .max = 4, .shape = &lesson_shape_program },
  { "machine", LESSON_TYPE_OBJECT, AT (machine), .shape = &lesson_shape_machine },
  { "runs", LESSON_TYPE_LIST, AT (runs), .min = 1, .max = 8, .shape = &lesson_shape_run },
  { "view", LESSON_TYPE_OBJECT, AT (view), .shape = &lesson_shape_view },
  { "notes", LESSON_TYPE_LIST, AT (notes), .max = 200, .shape = &lesson_shape_note },
  { "questions", LESSON_TYPE_LIST, AT (questions), .max = 60, .shape = &lesson_shape_question },
  { "challenges", LESSON_TYPE_LIST, AT (challenges), .max = 10, .shape = &lesson_shape_challenge },
  { "expect", LESSON_TYPE_LIST, AT (expect), .max = 200, .shape = &lesson_shape_expectation },
};
SHAPE (lesson);
#undef THIS

/* clang-format on */
