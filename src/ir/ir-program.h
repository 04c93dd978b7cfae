/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ir-type.h"
#include "text/text-source.h"

G_BEGIN_DECLS

/* A program in the IR: types, globals, functions; a function is slots, registers and blocks of instructions.
 *
 *   slot      a named variable of a frame (or a hidden temporary that is an aggregate): bytes in the stack, drawn
 *   register  a temporary scalar: not in memory, not drawn. It is written once on each path and consumed exactly once, by a
 *             `move` operand or a `kill`
 *   place     a slot, global or register with a path behind it: x   x.f   p->*   p->*.next   a[i]
 *   operand   a constant, `copy` of a place, or `move` out of a register or a place
 *
 * Everything belongs to the program and lives as long. */

typedef guint32 IrSlotId;
typedef guint32 IrRegId;
typedef guint32 IrBlockId;
typedef guint32 IrFunctionId;
typedef guint32 IrGlobalId;

typedef struct _IrPlace IrPlace;
typedef struct _IrOperand IrOperand;

/* Kinds of STOP (where the learner's next step begins). */
typedef enum
{
  IR_STOP_ENTER,   /* a function was entered, its arguments are bound */
  IR_STOP_STMT,    /* a statement begins */
  IR_STOP_COND,    /* a condition is about to be evaluated */
  IR_STOP_EXIT,    /* the frame is about to be popped, its value is known */
  IR_STOP_THROW,   /* an exception, panic or fault, all frames still there */
  IR_STOP_CATCH,   /* a handler takes it */
  IR_STOP_COLLECT, /* one small step of a collector */
} IrStopKind;

/* What a borrow allows (Rust Reference, "Borrow operators"; two-phase: rustc-dev-guide). */
typedef enum
{
  IR_BORROW_SHARED,
  IR_BORROW_UNIQUE,
  IR_BORROW_TWO_PHASE, /* shared until it is first used */
} IrBorrowKind;

const char *ir_borrow_kind_get_name (IrBorrowKind kind);
const char *ir_stop_kind_get_name (IrStopKind kind);

/* ---- places and operands ---- */

typedef enum
{
  IR_PLACE_NONE,
  IR_PLACE_SLOT,
  IR_PLACE_GLOBAL,
  IR_PLACE_REGISTER, /* as it is: the register itself; with a path: the path begins with a dereference */
} IrPlaceBase;

typedef enum
{
  IR_PROJECT_DEREF, /* ->*      what the pointer points to */
  IR_PROJECT_FIELD, /* .n       a member of a struct or union */
  IR_PROJECT_INDEX, /* [i]      an element of an array; an index outside 0 … count-1 is a fault */
  IR_PROJECT_VARIANT, /* as n     the struct of variant n; another one being there is a front end's bug */
  IR_PROJECT_END,  /* [-n]     the nth element from the end of an array or slice */
  IR_PROJECT_PART, /* [a..b]   elements a to before b; [a..-b]: to before the bth from the end */
  IR_PROJECT_STEP, /* <i>      behind a dereference: i elements further on, as pointer arithmetic does */
} IrProjectionKind;

typedef struct
{
  IrProjectionKind kind;
  IrTypeId type;    /* of the place that results */
  guint32 field;    /* FIELD, VARIANT: index in the type's fields */
  IrOperand *index; /* INDEX, STEP: an integer constant, copy of a slot, or move of a register */
  guint64 from, to; /* PART; END: to */
  gboolean is_from_end; /* PART: `to` counts from the end */
  gboolean is_typed;    /* FIELD, VARIANT of a type with arguments: the text says the type too */
} IrProjection;

struct _IrPlace
{
  IrPlaceBase base;
  guint32 id;    /* slot, global or register */
  IrTypeId type; /* of the whole place */
  guint n_projections;
  IrProjection *projections;
};

typedef enum
{
  IR_OPERAND_NONE,
  IR_OPERAND_CONST,    /* bits */
  IR_OPERAND_GLOBAL,   /* the address of a global, plus bits bytes */
  IR_OPERAND_FUNCTION, /* the address of a function */
  IR_OPERAND_COPY,     /* the value of a place, which keeps it */
  IR_OPERAND_MOVE,     /* the value of a place, which loses it; a register is emptied */
  IR_OPERAND_SIZE_OF,  /* generic: bytes of the type id */
  IR_OPERAND_ALIGN_OF, /* generic: its alignment */
  IR_OPERAND_VTABLE,   /* generic: the address of the vtable of the type id as the trait */
} IrOperandKind;

struct _IrOperand
{
  IrOperandKind kind;
  IrTypeId type;
  guint64 bits;  /* CONST: the value, sign or zero extended (a double's own bits); GLOBAL: offset */
  guint32 id;    /* GLOBAL, FUNCTION; SIZE_OF, ALIGN_OF, VTABLE: the type */
  guint32 trait; /* VTABLE */
  IrTypeId *arguments; /* FUNCTION that is generic: its type arguments */
  guint n_arguments;
  IrPlace place;
  TextSpan span; /* of an argument of a call; begin 0: as the call's */
};

/* ---- instructions ---- */

typedef enum
{
#define INSTRUCTION(id, name, form, effect) IR_##id,
#include "ir-instruction.def"
#undef INSTRUCTION
  IR_N_OPCODES,
} IrOpcode;

typedef enum
{
  IR_FORM_STOP,
  IR_FORM_SLOT,
  IR_FORM_MOVE,
  IR_FORM_ADDRESS,
  IR_FORM_UNARY,
  IR_FORM_BINARY,
  IR_FORM_SHIFT,
  IR_FORM_COMPARE,
  IR_FORM_CONVERT,
  IR_FORM_POINTER,
  IR_FORM_DIFFER,
  IR_FORM_DISCRIMINANT,
  IR_FORM_SET_DISCRIMINANT,
  IR_FORM_BORROW,
  IR_FORM_DROP,
  IR_FORM_KILL,
  IR_FORM_CALL,
  IR_FORM_CALLP,
  IR_FORM_LEAF,
  IR_FORM_ALLOCATE,
  IR_FORM_USE,
  IR_FORM_RESULT,
  IR_FORM_FRAME,
  IR_FORM_RESUME,
  IR_FORM_YIELD,
  IR_FORM_STATE,
  IR_FORM_ENSURE,
  IR_FORM_METHOD,
  IR_FORM_TRAIT,
  IR_FORM_JUMP,
  IR_FORM_BRANCH,
  IR_FORM_SWITCH,
  IR_FORM_RETURN,
  IR_FORM_THROW,
  IR_FORM_TRAP,
} IrForm;

typedef struct
{
  const char *name;
  IrForm form;
  const char *effect;
} IrOpcodeInfo;

extern const IrOpcodeInfo ir_opcode_infos[IR_N_OPCODES];

typedef struct
{
  guint64 value; /* sign or zero extended as the switch's type is */
  IrBlockId block;
} IrSwitchCase;

typedef struct
{
  IrOpcode opcode;
  gboolean
      wraps;     /* signed ADD, SUB, MUL, NEG, SHL: overflow is no fault (Java); text: add_wrap.T */
  IrTypeId type; /* T of the form; LEAF: the hint, 0 for none */
  TextSpan span;
  IrPlace dest;        /* base NONE where there is no result */
  IrOperand *operands; /* CALL, LEAF: the arguments; CALLP: pointer, then the arguments */
  guint n_operands;
  IrPlace place; /* ADDRESS, DISCRIMINANT, SET_DISCRIMINANT, BORROW, DROP */
  /* STOP: kind; SLOT: slot; KILL: register; CALL, FRAME, ENSURE: function; LEAF: leaf (ir-leaf.h); SET_DISCRIMINANT: variant; BORROW: kind;
     METHOD: index or selector */
  guint32 id;
  /* LEAF: the function called when it answers SLOW, or IR_NO_FUNCTION; ENSURE: the global */
  guint32 other;
  IrBlockId target;    /* JUMP, BRANCH (not zero) */
  IrBlockId otherwise; /* BRANCH (zero), SWITCH (no case) */
  IrSwitchCase *cases; /* SWITCH, by rising value (as guint64) */
  guint n_cases;
  guint32 trait;       /* CALL_TRAIT, whose id is the method's number */
  IrTypeId *arguments; /* CALL of a generic function, CALL_TRAIT: Self, the trait's, the method's */
  guint n_arguments;
} IrInstruction;

typedef struct
{
  GPtrArray
      *instructions; /* of IrInstruction, in the program's arena; the last one ends the block */
  IrBlockId
      unwind; /* where an exception goes that is thrown in it; IR_NO_BLOCK: out of the frame */
  gboolean
      is_cleanup; /* runs while a frame is left: an exception that leaves it ends the program */
} IrBlock;

#define IR_NO_BLOCK G_MAXUINT32

typedef struct
{
  char *name; /* owned; NULL for a hidden slot */
  IrTypeId type;
  TextSpan span;  /* of its declaration; begin 0 for a hidden slot */
  TextSpan scope; /* where the name can be used, to behind the closing brace */
  gboolean is_parameter;
  gboolean is_address_taken; /* has a block of its own in each incarnation */
  gboolean is_owned;         /* generic: its moves are followed, its drops are decided by them */
} IrSlot;

typedef struct
{
  char *name;          /* owned */
  IrTypeId type;       /* FUNCTION */
  TextSpan span;       /* of the name in the definition */
  TextSpan body;       /* from the opening to behind the closing brace */
  gboolean is_library; /* stepped over, folded in the picture */
  gboolean is_root;    /* of a generic program: wanted in each instance of it */
  guint n_parameters;  /* of types: more than 0 in a generic function */
  gboolean
      is_defined; /* has blocks; a program in which an undefined function is called does not run */
  gboolean
      is_resumable; /* its frames lie in heap blocks and can be suspended: FRAME, RESUME, YIELD */
  IrTypeId frame_type; /* made with the machine's code: a heap block with a frame of it; 0: none */
  GPtrArray *slots;    /* of IrSlot; the parameters first, in order */
  GArray *registers;   /* of IrTypeId */
  GPtrArray *blocks;   /* of IrBlock; the first is the entry */
} IrFunction;

/* An address inside a global's bytes. */
typedef struct
{
  guint64 offset; /* where in the global, a multiple of 8 */
  gboolean is_function;
  guint32 id;     /* global or function */
  guint64 addend; /* bytes behind the global's first */
} IrRelocation;

typedef enum
{
  IR_GLOBAL_VARIABLE, /* data region, can be written */
  IR_GLOBAL_CONSTANT, /* read-only constants */
  IR_GLOBAL_LITERAL,  /* read-only constants, a text without a name */
} IrGlobalKind;

typedef struct
{
  char *name; /* owned; NULL for a literal */
  IrTypeId type;
  IrGlobalKind kind;
  TextSpan span;
  IrFunctionId
      function;        /* of a static local: the function it is declared in, else IR_NO_FUNCTION */
  guint8 *bytes;       /* owned; size of the type */
  GArray *relocations; /* of IrRelocation, by rising offset */
} IrGlobal;

#define IR_NO_FUNCTION G_MAXUINT32

/* Who frees what the program allocates. With it goes what `move`, `copy` and `kill` of a managed pointer do. */
typedef enum
{
  IR_BY_HAND, /* the program; no managed pointers */
  IR_TRACED,  /* a collector that follows references from exact roots */
  IR_COUNTED, /* counts of references, kept in the objects' first 8 bytes */
} IrManagement;

const char *ir_management_get_name (IrManagement management);

/* Functions that the machine calls by itself. */
typedef enum
{
#define HOOK(id, name, meaning) IR_HOOK_##id,
#include "ir-hook.def"
#undef HOOK
  IR_N_HOOKS,
} IrHook;

const char *ir_hook_get_name (IrHook hook);

/* ---- traits of generic programs ---- */

typedef guint32 IrTraitId;

typedef struct
{
  char *name;         /* owned */
  IrTypeId type;      /* FUNCTION; parameter 0 is Self, then the trait's, then the method's own */
  guint n_parameters; /* its own */
} IrMethod;

typedef struct
{
  char *name;            /* owned */
  guint n_parameters;    /* besides Self */
  gboolean is_drop;      /* its one method runs before a value's fields are dropped */
  GArray *methods;       /* of IrMethod */
  GPtrArray *associated; /* names of types, owned */
} IrTrait;

/* A condition of an impl: <arguments as trait> must have one too. */
typedef struct
{
  IrTraitId trait;
  GArray *arguments; /* of IrTypeId */
} IrBound;

/* What a trait means for types: each that the patterns in `arguments` fit. */
typedef struct
{
  IrTraitId trait;
  guint n_parameters;
  GArray *arguments;  /* of IrTypeId: Self, then the trait's */
  GPtrArray *bounds;  /* of IrBound */
  GArray *functions;  /* of IrFunctionId, by method; their parameters: the impl's, the method's */
  GArray *associated; /* of IrTypeId */
} IrImpl;

typedef struct _IrProgram IrProgram;
struct _IrProgram
{
  char *language;       /* owned; "c" */
  GPtrArray *types;     /* of IrType; type 0 is void */
  GPtrArray *globals;   /* of IrGlobal */
  GPtrArray *functions; /* of IrFunction */
  gboolean is_generic;  /* ir_instantiate() makes one of it that can run */
  GPtrArray *traits;    /* of IrTrait */
  GPtrArray *impls;     /* of IrImpl */
  IrFunctionId entry;   /* main; IR_NO_FUNCTION while there is none */
  IrManagement management;
  IrFunctionId hooks[IR_N_HOOKS]; /* IR_NO_FUNCTION: none */
  IrTypeId frame_head; /* struct at the beginning of a heap block that holds a frame; 0: none */
  GPtrArray *arena;    /* owned chunks: instructions, operands, paths */
  char *arena_next;    /* first free byte of the last chunk */
  gsize arena_left;    /* free bytes of it */
};

IrProgram *ir_program_new (const char *language);
IrProgram *ir_program_ref (IrProgram *program);
void ir_program_unref (IrProgram *program);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (IrProgram, ir_program_unref)

gpointer ir_program_alloc (IrProgram *program, gsize n_bytes);

IrType *ir_program_get_type (const IrProgram *program, IrTypeId id);
IrScalar ir_program_get_scalar (const IrProgram *program, IrTypeId id);
gboolean ir_type_has_managed (const IrProgram *program, IrTypeId id);
gboolean ir_type_is_flexible (const IrProgram *program, IrTypeId id);
IrGlobal *ir_program_get_global (const IrProgram *program, IrGlobalId id);
IrFunction *ir_program_get_function (const IrProgram *program, IrFunctionId id);
IrSlot *ir_function_get_slot (const IrFunction *function, IrSlotId id);
IrTypeId ir_function_get_register_type (const IrFunction *function, IrRegId id);
IrBlock *ir_function_get_block (const IrFunction *function, IrBlockId id);

/* ---- making types, globals, functions. Strings are copied. ---- */

IrTypeId ir_type_add_int (IrProgram *program, const char *name, guint size, gboolean is_signed,
                          gboolean is_char);
IrTypeId ir_type_add_bool (IrProgram *program, const char *name);
IrTypeId ir_type_add_float (IrProgram *program, const char *name, guint size);
IrTypeId ir_type_add_pointer (IrProgram *program, const char *name, IrTypeId to);
IrTypeId ir_type_add_fat_pointer (IrProgram *program, const char *name, IrTypeId to, IrTypeId thin,
                                  IrTypeId metadata);
IrTypeId ir_type_add_slice (IrProgram *program, const char *name, IrTypeId element);
IrTypeId ir_type_add_dyn (IrProgram *program, const char *name, guint32 trait);
IrTypeId ir_type_add_variants (IrProgram *program, const char *name, IrTypeId tag,
                               guint64 tag_offset);
void ir_type_add_variant (IrProgram *program, IrTypeId id, const char *name, IrTypeId type,
                          guint64 tag);
IrTypeId ir_type_add_array (IrProgram *program, const char *name, IrTypeId element, guint64 count);
IrTypeId ir_type_add_record (IrProgram *program, const char *name, gboolean is_union);
void ir_type_set_bits (IrProgram *program, IrTypeId record, guint field, guint bit, guint n_bits);
void ir_type_add_field (IrProgram *program, IrTypeId record, const char *name, IrTypeId type,
                        guint64 offset);
void ir_type_complete_record (IrProgram *program, IrTypeId record, guint64 size, guint32 align);
IrTypeId ir_type_add_enum (IrProgram *program, const char *name, guint size, gboolean is_signed);
void ir_type_add_enumerator (IrProgram *program, IrTypeId type, const char *name, gint64 value);
IrTypeId ir_type_add_function (IrProgram *program, const char *name, IrTypeId result,
                               gboolean is_variadic);
void ir_type_add_parameter (IrProgram *program, IrTypeId function, const char *name, IrTypeId type);
IrTypeId ir_type_add_alias (IrProgram *program, const char *name, IrTypeId of);
IrTypeId ir_type_add_const (IrProgram *program, const char *name, IrTypeId unqualified);

IrTypeId ir_type_add_parameter_type (IrProgram *program, const char *name, guint number);
IrTypeId ir_type_add_apply (IrProgram *program, const char *name, IrTypeId of,
                            const IrTypeId *arguments, guint n_arguments);
IrTypeId ir_type_add_associated (IrProgram *program, const char *name, IrTraitId trait,
                                 guint number, const IrTypeId *arguments, guint n_arguments);

IrTraitId ir_trait_add (IrProgram *program, const char *name, guint n_parameters);
void ir_trait_add_method (IrProgram *program, IrTraitId trait, const char *name, IrTypeId type,
                          guint n_parameters);
void ir_trait_add_associated (IrProgram *program, IrTraitId trait, const char *name);
IrImpl *ir_impl_add (IrProgram *program, IrTraitId trait, guint n_parameters,
                     const IrTypeId *arguments, guint n_arguments);
void ir_impl_add_bound (IrImpl *impl, IrTraitId trait, const IrTypeId *arguments,
                        guint n_arguments);
IrTrait *ir_program_get_trait (const IrProgram *program, IrTraitId id);

IrGlobalId ir_global_add (IrProgram *program, const char *name, IrTypeId type, IrGlobalKind kind,
                          TextSpan span);
void ir_global_relocate (IrProgram *program, IrGlobalId id, guint64 offset, gboolean is_function,
                         guint32 target, guint64 addend);

IrFunctionId ir_function_add (IrProgram *program, const char *name, IrTypeId type, TextSpan span);
IrSlotId ir_slot_add (IrFunction *function, const char *name, IrTypeId type, TextSpan span,
                      TextSpan scope);

G_END_DECLS
