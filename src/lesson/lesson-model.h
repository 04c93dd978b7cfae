/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "lesson-places.h"
#include "lesson-word.h"

G_BEGIN_DECLS

/* A lesson as plain structs, one for each kind of object in the file. Format and meaning of the members: data/lesson-1.schema.json.
 *
 * Each struct begins with its place, for findings that come later: lesson_get_span() gives the span of one of its members.
 * LESSON_NO_PLACE says that the object is not in the file. A member that is not in the file is NULL (texts, lists
 * of texts or words), empty (lists of structs), LESSON_…_NONE (words), LESSON_NOT_GIVEN (whole numbers, truth values) or NaN
 * (numbers), unless its comment says otherwise.
 * Everything is owned by the Lesson and does not change. */

#define LESSON_NOT_GIVEN -1

/* A lesson that does not say `heap.bytes` and so on gets what the command line's defaults are; a lesson's own: */
#define LESSON_DEFAULT_MAX_TICKS G_GINT64_CONSTANT (400000000)

typedef struct
{
  guint place;
  char *name;
  char *email;
  char *url;
  char *orcid;
} LessonPerson;

typedef struct
{
  char *name;
  guint line;    /* of the program, from 1 */
  TextSpan span; /* the name in the lesson's file or the sidecar file */
} LessonMark;

typedef struct
{
  guint place;
  char *id;
  char *title;
  LessonLanguage language;
  char *text;       /* without its marks; never NULL in a lesson that has no errors */
  char *file;       /* the sidecar file that it came from, as the lesson names it */
  char *input;      /* what the program reads from its standard input */
  GPtrArray *marks; /* of LessonMark, in the order of their lines */
} LessonProgram;

typedef struct
{
  guint place;
  gint64 bytes;
  LessonPolicy policy;
  gint64 align;
  gint64 header_bytes;
  gint coalesce;
  LessonReuse reuse;
  LessonOnFree on_free;
} LessonHeap;

typedef struct
{
  guint place;
  LessonCollectorKind kind;
  LessonTrigger trigger;
  gint64 threshold_bytes;
  gint64 nursery_bytes;
  gint64 promote_after; /* collections */
  LessonCycles cycles;
  gint stepwise;
} LessonCollector;

typedef enum
{
#define LESSON_RULE(id, member, kind) LESSON_RULE_##id,
#include "lesson-rule.def"
#undef LESSON_RULE
  LESSON_N_RULES,
} LessonRule;

typedef struct
{
  guint place;
  LessonRuling rulings[LESSON_N_RULES];
  LessonBorrow borrow;
} LessonRules;

typedef struct
{
  guint place;
  gint64 stack_bytes;
  gint64 max_steps;
  gint64 max_ticks;
  gint64 seed;
  LessonHeap heap;
  LessonCollector collector;
  LessonRules rules;
} LessonMachine;

/* A lesson without runs has one, called "run". */
typedef struct
{
  guint place;
  char *id;
  char *title;
  char *program;         /* id; NULL: the first */
  LessonMachine machine; /* only what this run says; see lesson_dup_machine */
  char *beside;          /* id of a run that is shown beside this one */
} LessonRun;

typedef struct
{
  guint place;
  GArray *regions; /* of LessonRegion, in the order of the file */
  LessonAddresses addresses;
  gint bytes;
  gint free_list;
  gint permissions;
  gint unreachable; /* TRUE when not given */
  GArray *meters;   /* of LessonMeter */
} LessonView;

/* Where in a run. Exactly one of mark, line (with text), event and at is given. */
typedef struct
{
  guint place;
  char *run; /* id; NULL: the first */
  char *mark;
  gint64 line;
  char *text; /* must stand on that line */
  LessonEvent event;
  gint64 nth;   /* 1 when not given */
  gint64 visit; /* 1 when not given; minus a LessonVisit for `every` and `last` */
  LessonAt at;
  LessonWhen when; /* LESSON_WHEN_BEFORE when not given */
} LessonAnchor;

typedef struct
{
  guint place;
  char *id;
  LessonAnchor anchor;
  char *title;
  char *text; /* Markdown */
  char *presenter;
  char **highlight; /* probes */
  gint pause;       /* FALSE when not given */
} LessonNote;

typedef struct
{
  guint place;
  char *id;
  char *text;
  gint correct; /* FALSE when not given */
  char *feedback;
  char *misconception;
  gint last; /* FALSE when not given */
} LessonOption;

typedef struct
{
  guint place;
  char *id;
  LessonQuestionKind kind; /* LESSON_QUESTION_NONE: a kind of a newer version */
  LessonAnchor anchor;
  char *prompt;
  char **hints;
  char *explain;
  char *presenter;
  char **teaches;
  gint optional;      /* FALSE when not given */
  GPtrArray *options; /* of LessonOption */
  gint shuffle;       /* TRUE when not given */
  gint several;       /* FALSE when not given */
  char *probe;
  char **probes;
  LessonAnchor answer_at; /* no place: as the anchor */
  JsonNode *answer;       /* (nullable): a value, a list, or {"event", "nth"} */
  JsonNode *accept;
} LessonQuestion;

typedef struct
{
  guint place;
  LessonCheckKind check;
  char *run;
  LessonAnchor anchor;
  char *probe;
  JsonNode *is;
  double at_most;
  double at_least;
  char *text;
  gint64 times;
  char *message;
  gint stretch; /* FALSE when not given */
} LessonCheck;

typedef struct
{
  guint place;
  char *source; /* a whole program */
  gint64 fails; /* index of the check that must stop it */
} LessonWrong;

typedef struct
{
  guint place;
  char *id;
  char *title;
  char *task;
  char *program;
  char *run;
  char *start;        /* a whole program; NULL: the lesson's own */
  JsonNode *editable; /* "all" or a list of marks */
  GPtrArray *checks;  /* of LessonCheck */
  char **hints;
  char *solution;
  GPtrArray *wrong; /* of LessonWrong */
  char *explain;
  char *presenter;
} LessonChallenge;

typedef struct
{
  guint place;
  char *run;
  LessonAnchor anchor;
  char *probe;
  JsonNode *is;
  double at_most;
  double at_least;
  LessonEnds ends;
  char *fault;
  char *error;
  char *mark;
  char *output;
  JsonNode *real; /* {toolchain: what it says} */
  char *question; /* whose key it proves … */
  char *option;   /* … the option that is right; NULL: the mark */
} LessonExpectation;

typedef struct
{
  guint place;
  char *format;
  char *id;
  char *title;
  char *summary;
  char *language;     /* of the words: BCP 47 */
  GPtrArray *authors; /* of LessonPerson */
  char *license;
  char *program_license;
  char *source;
  char *source_url;
  char **forked_from;
  LessonStatus status;
  gint64 difficulty; /* 1 to 5 */
  gint64 minutes;
  char **prerequisites;
  char **teaches;
  char **misconceptions;
  char **objectives;
  char **keywords;
  char *introduction;
  char *conclusion;
  char *presenter;
  GPtrArray *programs; /* of LessonProgram */
  LessonMachine machine;
  GPtrArray *runs; /* of LessonRun */
  LessonView view;
  GPtrArray *notes;      /* of LessonNote */
  GPtrArray *questions;  /* of LessonQuestion */
  GPtrArray *challenges; /* of LessonChallenge */
  GPtrArray *expect;     /* of LessonExpectation */

  /* What the file was; unknown members are still in root. */
  JsonNode *root;
  LessonPlaces *places;
  TextMap *map;
  gboolean is_newer; /* made for a later minor version */
} Lesson;

Lesson *lesson_ref (Lesson *lesson);
void lesson_unref (Lesson *lesson);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lesson, lesson_unref)

const LessonProgram *lesson_find_program (const Lesson *lesson, const char *id);
const LessonRun *lesson_find_run (const Lesson *lesson, const char *id);
const LessonProgram *lesson_get_program_of_run (const Lesson *lesson, const LessonRun *run);
LessonMachine *lesson_dup_machine (const Lesson *lesson, const LessonRun *run);
const LessonQuestion *lesson_find_question (const Lesson *lesson, const char *id);
const LessonOption *lesson_find_option (const LessonQuestion *question, const char *id);
const char *lesson_node_get_text (JsonNode *node);
guint lesson_find_mark (const LessonProgram *program, const char *name);
TextSpan lesson_get_span (const Lesson *lesson, guint place, const char *member);

const char *lesson_rule_get_member (LessonRule rule);
const char *lesson_rule_get_kind (LessonRule rule);

G_END_DECLS
