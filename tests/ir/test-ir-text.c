/* SPDX-License-Identifier: GPL-3.0-or-later */

/* IR that is right runs; IR that has one thing wrong is refused with the sentence that says so, by the reader or the
 * verifier. Programs stand beside this file as .hwir, with `; expect: TEXT` for each line of output and `; expect-exit: N`. */

#include "ir/ir-text.h"
#include "machine/machine.h"
#include "runtime/c/c-library.h"

#include <stdlib.h>
#include <string.h>

/* A right program. Each row of the table below replaces one piece of it. */
static const char template[]
    = "language \"c\"\n"
      "type t1 int size 4 align 4 signed \"int\"\n"
      "type t2 function size 0 align 1 element t1 \"int (void)\" { }\n"
      "type t3 pointer size 8 align 8 element t1 \"int *\"\n"
      "type t4 struct size 16 align 8 \"pair\" { \"n\" t1 0, \"to\" t3 8 }\n"
      "type t5 array size 12 align 4 element t1 count 3 \"int [3]\"\n"
      "type t6 int size 1 align 1 signed char \"char\"\n"
      "type t7 function size 0 align 1 \"void (int)\" { \"n\" t1 0 }\n"
      "type t8 float size 8 align 8 \"double\"\n"
      "type t9 bool size 1 align 1 \"bool\"\n"
      "global g0 variable t3 \"to\" at 0 g1 + 4\n"
      "global g1 constant t5 \"list\" = 010000000200000003\n"
      "function f0 t2 \"main\" defined\n"
      "function f1 t7 \"sink\" defined\n"
      "function f2 t2 \"missing\"\n"
      "entry f0\n"
      "body f0 {\n"
      "  slot s0 t1 \"x\"\n"
      "  slot s1 t4 \"pair\" taken\n"
      "  slot s2 t5 \"array\"\n"
      "  slot s3 t3 \"p\"\n"
      "  register r0 t1\n"
      "  register r1 t3\n"
      "b0:\n"
      "  stop stmt\n"
      "  s0 = move.t1 2:t1\n"
      "  r1 = address s1.0\n"
      "  s3 = move.t3 move r1\n"
      "  s3->*:t1 = move.t1 copy s0\n"
      "  r0 = add.t1 copy s0, 1:t1\n"
      "  s2[copy s0]:t1 = move.t1 move r0\n"
      "  call f1 (copy s2[2:t1]:t1)\n"
      "  leaf c.putchar (65:t1)\n"
      "  branch.t1 copy s0, b1, b2\n"
      "b1:\n"
      "  switch.t1 copy s0, [1: b2, 5: b2], b2\n"
      "b2:\n"
      "  return.t1 copy s1.0\n"
      "}\n"
      "body f1 {\n"
      "  slot s0 t1 \"n\" parameter\n"
      "b0:\n"
      "  return\n"
      "}\n";

typedef struct
{
  const char *piece; /* of the template */
  const char *instead;
  TextMessageId message;
  const char *words;
} Broken;

/* clang-format off */
static const Broken brokens[] = {
  /* The reader */
  { "language", "languag", TEXT_IR_EXPECTED, "expected `language`, found `languag`" },
  { "\"c\"", "c", TEXT_IR_EXPECTED, "expected `\"`, found `c`" },
  { "\"int *\"", "\"int *", TEXT_IR_EXPECTED, "expected the end of the text, found `\n`" },
  { "type t1 int", "type t2 int", TEXT_IR_EXPECTED, "expected `t1`, found `t2`" },
  { "type t1 int", "type t1 integer", TEXT_IR_EXPECTED, "expected a kind of type, found `integer`" },
  { "size 4 align 4 signed", "size four align 4 signed", TEXT_IR_EXPECTED, "expected a number, found `four`" },
  { "align 4 signed", "align 0 signed", TEXT_IR_EXPECTED, "expected an alignment between 1 and 4096, found ` `" },
  { "global g0 variable", "global g0 variabl", TEXT_IR_EXPECTED, "expected `variable`, `constant` or `literal`, found `variabl`" },
  { "global g0 variable t3", "global g0 variable t33", TEXT_IR_EXPECTED, "expected a type that was read before, found ` `" },
  { "0200000003", "02000000030000000405", TEXT_IR_EXPECTED, "expected no more bytes than the type has, found `0405`" },
  { "entry f0", "entry g0", TEXT_IR_EXPECTED, "expected an id such as `f0`, found `g0`" },
  { "entry f0", "start f0", TEXT_IR_EXPECTED, "expected `type`, `function`, `global`, `entry` or `body`, found `start`" },
  { "body f0", "body f3", TEXT_IR_EXPECTED, "expected a function that was read before, found ` `" },
  { "body f1", "body f0", TEXT_IR_EXPECTED, "expected one body for each function, found ` `" },
  { "b0:\n  stop stmt", "stop stmt", TEXT_IR_EXPECTED, "expected a block such as `b0:`, found `stop`" },
  { "stop stmt", "stop there", TEXT_IR_EXPECTED, "expected a kind of stop, found `there`" },
  { "add.t1", "plus.t1", TEXT_IR_EXPECTED, "expected an instruction, found `plus`" },
  { "add.t1 copy s0,", "add.t1 copy s0", TEXT_IR_EXPECTED, "expected `,`, found `1`" },
  { "c.putchar", "c.putcar", TEXT_IR_EXPECTED, "expected the name of a leaf, found `c`" },
  { "s0 = move.t1 2:t1", "s9 = move.t1 2:t1", TEXT_IR_EXPECTED, "expected a slot of the function, found ` `" },
  { "move r0", "move r7", TEXT_IR_EXPECTED, "expected a register of the function, found `\n`" },
  { "move r0", "move g7", TEXT_IR_EXPECTED, "expected a global that was read before, found `\n`" },
  { "copy s1.0\n}", "copy s1.0\n", TEXT_IR_EXPECTED, "expected an instruction, found `body`" },
  { "s2[copy s0]", "s0[copy s0]", TEXT_IR_EXPECTED, "expected an index behind an array, found ` `" },
  /* The verifier: types */
  { "element t1 count", "element t99 count", TEXT_IR_NO_TYPE, "t5: there is no type t99" },
  { "(int)\" { \"n\" t1", "(int)\" { \"n\" t77", TEXT_IR_NO_TYPE, "t7: there is no type t77" },
  { "int size 4", "int size 3", TEXT_IR_BAD_SIZE, "t1: a type of this kind cannot have 3 bytes" },
  { "pointer size 8", "pointer size 4", TEXT_IR_BAD_SIZE, "t3: a type of this kind cannot have 4 bytes" },
  { "float size 8", "float size 10", TEXT_IR_BAD_SIZE, "t8: a type of this kind cannot have 10 bytes" },
  { "bool size 1", "bool size 2", TEXT_IR_BAD_SIZE, "t9: a type of this kind cannot have 2 bytes" },
  { "count 3", "count 4", TEXT_IR_BAD_ARRAY, "t5: an array's size is its element's size times its count" },
  { "t3 8 }", "t3 9 }", TEXT_IR_FIELD_OUTSIDE, "t4: field 1 lies outside the type" },
  { "\"to\" t3 8 }", "\"to\" t4 0 }", TEXT_IR_CONTAINS_ITSELF, "t4: the type contains itself" },
  /* Globals, heads, entry */
  { "at 0 g1", "at 4 g1", TEXT_IR_BAD_RELOCATION, "g0: the pointer at 4 does not lie in whole words inside the global" },
  { "at 0 g1", "at 8 g1", TEXT_IR_BAD_RELOCATION, "g0: the pointer at 8 does not lie in whole words inside the global" },
  { "at 0 g1", "at 0 g2", TEXT_IR_NO_GLOBAL, "g0: there is no global g2" },
  { "at 0 g1", "at 0 f3", TEXT_IR_NO_FUNCTION, "g0: there is no function f3" },
  { "function f0 t2", "function f0 t1", TEXT_IR_NOT_FUNCTION_TYPE, "f0: a function's type must be a function type" },
  { "\"missing\"", "\"missing\" defined", TEXT_IR_NO_BLOCKS, "f2: a defined function has at least one block" },
  { "slot s0 t1 \"n\" parameter", "", TEXT_IR_FEW_SLOTS, "f1: each parameter needs a slot of its type" },
  { "register r0 t1", "register r0 t4", TEXT_IR_REGISTER_NOT_SCALAR, "f0: register r0 is not a scalar" },
  { "entry f0", "global g2 literal t1 \"\"", TEXT_IR_NO_ENTRY, "the program has no entry function with no or two parameters" },
  { "entry f0", "entry f1", TEXT_IR_NO_ENTRY, "the program has no entry function with no or two parameters" },
  { "entry f0", "entry f2", TEXT_IR_NO_ENTRY, "the program has no entry function with no or two parameters" },
  /* Blocks */
  { "  switch.t1 copy s0, [1: b2, 5: b2], b2\n", "", TEXT_IR_EMPTY_BLOCK, "f0 b1.0: a block needs an instruction that ends it" },
  { "  return.t1 copy s1.0", "  stop exit", TEXT_IR_NOT_ENDED, "f0 b2.0: the last instruction does not end the block" },
  { "  stop stmt", "  jump b1\n  stop stmt", TEXT_IR_ENDED_EARLY, "f0 b0.0: only the last instruction may end a block" },
  { "copy s0, b1, b2", "copy s0, b1, b3", TEXT_IR_NO_BLOCK, "f0 b0.9: there is no block b3" },
  { "[1: b2, 5: b2]", "[5: b2, 1: b2]", TEXT_IR_CASES_UNSORTED, "f0 b1.0: the cases of a switch stand in rising order, each once" },
  { "[1: b2, 5: b2]", "[5: b2, 5: b2]", TEXT_IR_CASES_UNSORTED, "f0 b1.0: the cases of a switch stand in rising order, each once" },
  /* Registers */
  { "move.t1 move r0", "move.t1 copy r0", TEXT_IR_REGISTER_COPIED, "f0 b0.6: register r0 is copied; a register is moved" },
  { "  r0 = add.t1 copy s0, 1:t1\n", "", TEXT_IR_READ_EMPTY, "f0 b0.5: register r0 is read while it is empty" },
  { "  r0 = add", "  r0 = move.t1 1:t1\n  r0 = add", TEXT_IR_WRITTEN_FULL, "f0 b0.6: register r0 is written while it still holds a value" },
  { "move.t1 move r0", "move.t1 1:t1", TEXT_IR_LEFT_FULL, "f0 b2.0: register r0 still holds a value at the end" },
  { "b1:\n", "b1:\n  r0 = move.t1 1:t1\n", TEXT_IR_PATHS_DIFFER, "f0 b1.1: register r0 is full on one path to here and empty on another" },
  { "  stop stmt", "  kill r0", TEXT_IR_READ_EMPTY, "f0 b0.0: register r0 is read while it is empty" },
  { "  stop stmt", "  kill r5", TEXT_IR_NO_REGISTER, "f0 b0.0: there is no register r5" },
  /* Places and operands */
  { "branch.t1 copy s0", "branch.t6 copy s0", TEXT_IR_OPERAND_TYPE, "f0 b0.9: operand 1 has the wrong type" },
  { "switch.t1 copy s0", "switch.t3 copy s0", TEXT_IR_OPERAND_TYPE, "f0 b1.0: operand 1 has the wrong type" },
  { "t1 int size 4 align 4", "t1 int size 4 align 2", TEXT_IR_BAD_ALIGN, "t1: a type of this kind cannot be aligned to 2 bytes" },
  { "\"to\" t3 8 }", "\"to\" t3 4 }", TEXT_IR_FIELD_MISALIGNED, "t4: field 1 does not lie at a multiple of its alignment" },
  { "s3->*:t1 =", "s0->*:t1 =", TEXT_IR_DEREF_NO_POINTER, "f0 b0.4: only a pointer can be dereferenced" },
  { "s2[copy s0]", "s2[1:t6]", TEXT_IR_BAD_INDEX, "f0 b0.6: an index is an integer of 4 or 8 bytes: a constant, a copied slot or a moved register" },
  { "s3->*:t1 =", "s0<1:t1> =", TEXT_IR_STEP_NO_DEREF, "f0 b0.4: a step stands behind a dereference" },
  { "2:t1\n", "2:t5\n", TEXT_IR_CONST_NOT_SCALAR, "f0 b0.1: a constant is a scalar" },
  { "2:t1\n", "&g5+0:t3\n", TEXT_IR_NO_GLOBAL, "f0 b0.1: there is no global g5" },
  { "2:t1\n", "&f5:t3\n", TEXT_IR_NO_FUNCTION, "f0 b0.1: there is no function f5" },
  { "\"pair\" taken", "\"pair\"", TEXT_IR_NOT_TAKEN, "f0 b0.2: slot s1 is not marked as address-taken" },
  { "address s1.0", "address r0", TEXT_IR_ADDRESS_OF_REGISTER, "f0 b0.2: a register has no address" },
  { "  stop stmt", "  live s8", TEXT_IR_NO_SLOT, "f0 b0.0: there is no slot s8" },
  /* Instructions */
  { "r0 = add.t1", "add.t1", TEXT_IR_NO_DEST, "f0 b0.5: the instruction needs a place for its result" },
  { "r0 = add.t1 copy s0, 1:t1", "r0 = add.t1 copy s0, 1:t8", TEXT_IR_OPERAND_TYPE, "f0 b0.5: operand 2 has the wrong type" },
  { "r0 = add.t1 copy s0, 1:t1", "r0 = add.t8 1:t8, 1:t8", TEXT_IR_DEST_TYPE, "f0 b0.5: the result does not fit the place it goes to" },
  { "r0 = add.t1 copy s0, 1:t1", "r0 = and.t8 1:t8, 1:t8", TEXT_IR_OPERATION_TYPE, "f0 b0.5: the operation does not exist for this type" },
  { "r0 = add.t1 copy s0, 1:t1", "r0 = add.t6 1:t6, 1:t6", TEXT_IR_OPERATION_TYPE, "f0 b0.5: the operation does not exist for this type" },
  { "(copy s2[2:t1]:t1)", "()", TEXT_IR_ARGUMENT_COUNT, "f0 b0.7: the call has 0 arguments where 1 are needed" },
  { "(copy s2[2:t1]:t1)", "(1:t3)", TEXT_IR_OPERAND_TYPE, "f0 b0.7: operand 1 has the wrong type" },
  { "call f1", "call f9", TEXT_IR_NO_FUNCTION, "f0 b0.7: there is no function f9" },
  { "call f1 (copy s2[2:t1]:t1)", "call f2 ()", TEXT_IR_NOT_DEFINED, "f0 b0.7: function f2 is called and has no body" },
  { "call f1", "s0 = call f1", TEXT_IR_RESULT_OF_VOID, "f0 b0.7: the function returns nothing" },
  { "(65:t1)", "(65:t1, 66:t1)", TEXT_IR_ARGUMENT_COUNT, "f0 b0.8: the call has 2 arguments where 1 are needed" },
  { "(65:t1)", "(65:t8)", TEXT_IR_OPERAND_TYPE, "f0 b0.8: operand 1 has the wrong type" },
  { "return.t1 copy s1.0", "return.t8 1:t8", TEXT_IR_RETURN_TYPE, "f0 b2.0: the value does not fit the function's result" },
  { "  return\n", "  return.t1 1:t1\n", TEXT_IR_RETURN_TYPE, "f1 b0.0: the value does not fit the function's result" },
};

/* A right generic program, with what the one above has not. */
static const char generic_template[]
    = "language \"rust\" generic\n"
      "type t1 int size 4 align 4 signed \"i32\"\n"
      "type t2 int size 8 align 8 \"usize\"\n"
      "type t3 function size 0 align 1 element t1 \"fn() -> i32\" { }\n"
      "type t4 parameter size 0 align 1 \"T\"\n"
      "type t5 pointer size 8 align 8 element t4 nonnull \"&{0}\"\n"
      "type t6 function size 0 align 1 element t1 \"fn(&{0}) -> i32\" { \"self\" t5 0 }\n"
      "type t7 struct size 0 align 1 open template 1 \"Box<{0}>\" { \"0\" t4 0 }\n"
      "type t8 apply size 0 align 1 element t7 <t1> \"Box<i32>\"\n"
      "type t9 associated size 0 align 1 of x0 <t1> \"i32::Item\"\n"
      "type t10 slice size 0 align 4 element t1 \"[i32]\"\n"
      "type t11 pointer size 8 align 8 element t1 \"*i32\"\n"
      "type t12 pointer size 16 align 8 element t10 \"&[i32]\" { \"pointer\" t11 0, \"length\" t2 8 }\n"
      "type t13 array size 12 align 4 element t1 count 3 \"[i32; 3]\"\n"
      "type t14 struct size 0 align 1 \"None\" { }\n"
      "type t15 struct size 8 align 4 \"Some\" { \"0\" t1 4 }\n"
      "type t16 variant size 8 align 4 tag t1 0 \"Option\" { \"None\" t14 0 = 0, \"Some\" t15 0 = 1 }\n"
      "type t17 dyn size 0 align 1 of x0 \"dyn Shape\"\n"
      "type t18 array size 8 align 4 element t1 count 2 \"[i32; 2]\"\n"
      "function f0 t3 \"main\" defined\n"
      "function f1 t6 \"area\" parameters 1 defined\n"
      "trait x0 \"Shape\" { \"area\" t6: \"Item\" }\n"
      "impl x0 <t8> { f2: t1 }\n"
      "function f2 t6 \"Box::area\" defined\n"
      "entry f0\n"
      "body f0 {\n"
      "  slot s0 t8 \"b\" taken owned\n"
      "  slot s1 t8\n"
      "  slot s2 t12 \"v\"\n"
      "  slot s3 t13 \"a\" taken\n"
      "  slot s4 t16 \"o\"\n"
      "  slot s5 t1 \"n\"\n"
      "  slot s6 t18 \"h\"\n"
      "  register r0 t5\n"
      "b0:\n"
      "  s0 = move.t8 move s1\n"
      "  r0 = borrow unique s0\n"
      "  s5 = callt x0.0 <t8> (move r0)\n"
      "  s1 = move.t8 move s0\n"
      "  s2 = address s3[0..3]:t10\n"
      "  s5 = move.t1 copy s3[-1]:t1\n"
      "  s6 = move.t18 copy s3[1..-0]:t18\n"
      "  s5 = move.t1 copy s4 as 1.0\n"
      "  s5 = discriminant s4\n"
      "  set_discriminant s4, 1\n"
      "  s2.1 = move.t2 sizeof t8:t2\n"
      "  call f1 <t1> (vtable t8 as x0:t5)\n"
      "  s5 = callv.t3 copy s2.0, 0 ()\n"
      "  return.t1 0:t1\n"
      "}\n"
      "body f1 {\n"
      "  slot s0 t5 \"self\" parameter\n"
      "b0:\n"
      "  return.t1 1:t1\n"
      "}\n"
      "body f2 {\n"
      "  slot s0 t5 \"self\" parameter\n"
      "b0:\n"
      "  return.t1 2:t1\n"
      "}\n";

static const Broken generic_brokens[] = {
  /* The reader */
  { "trait x0", "trait x1", TEXT_IR_EXPECTED, "expected `x0`, found `x1`" },
  { "{ f2: t1 }", "{ f2: f1 }", TEXT_IR_EXPECTED, "expected an id such as `t0`, found `f1`" },
  { "<t8> { f2", "<t8 t1> { f2", TEXT_IR_EXPECTED, "expected `,`, found `t1`" },
  { "borrow unique", "borrow mine", TEXT_IR_EXPECTED, "expected `shared`, `unique` or `two_phase`, found `mine`" },
  { "s4 as 1", "s4 as 2", TEXT_IR_EXPECTED, "expected a variant of the type, found `.`" },
  { "s4 as 1", "s5 as 1", TEXT_IR_EXPECTED, "expected a variant of the type, found `.`" },
  { "0..3]", "0..]", TEXT_IR_EXPECTED, "expected a number, found `]`" },
  { "tag t1 0 ", "", TEXT_IR_EXPECTED, "expected `tag`, found `\"`" },
  { "t14 0 = 0", "t14 0", TEXT_IR_EXPECTED, "expected `=`, found `,`" },
  /* Types */
  { "\"i32::Item\"", "\"\" type t10 slice size 0 align 4 element t99 \"\"", TEXT_IR_EXPECTED, "expected `t11`, found `t10`" },
  { "element t7 <t1>", "element t7 <t1, t1>", TEXT_IR_ARGUMENTS, "t8: as many types as there are parameters are needed, not 2" },
  { "element t7 <t1>", "element t7 <t99>", TEXT_IR_NO_TYPE, "t8: there is no type t99" },
  { "element t7 <t1>", "element t99 <t1>", TEXT_IR_NO_TYPE, "t8: there is no type t99" },
  { "of x0 <t1>", "of x4 <t1>", TEXT_IR_NO_TRAIT, "t9: there is no trait x4" },
  { "of x0 \"dyn", "of x1 \"dyn", TEXT_IR_NO_TRAIT, "t17: there is no trait x1" },
  { ": \"Item\"", "", TEXT_IR_NO_ASSOCIATED, "t9: the trait has no type 0" },
  { "t2 8 }", "t2 4 }", TEXT_IR_BAD_FAT_POINTER, "t12: a pointer to a slice or dyn has two words, a pointer and its length or vtable" },
  { "\"length\" t2", "\"length\" t11", TEXT_IR_BAD_FAT_POINTER, "t12: a pointer to a slice or dyn has two words, a pointer and its length or vtable" },
  { "t14 0 = 0", "t1 0 = 0", TEXT_IR_BAD_VARIANT, "t16: variant 0 is not a struct at offset 0" },
  { "t15 0 = 1", "t15 0 = 0", TEXT_IR_SAME_TAG, "t16: variant 1 has the tag of another one" },
  { "tag t1 0", "tag t1 8", TEXT_IR_BAD_TAG, "t16: the tag of variants is an integer or pointer inside the type, and only a single variant needs none" },
  { "tag t1 0", "tag t0 0", TEXT_IR_BAD_TAG, "t16: the tag of variants is an integer or pointer inside the type, and only a single variant needs none" },
  { "tag t1 0", "tag t1 0 otherwise 2", TEXT_IR_NO_VARIANT, "t16: the type has no variant 2" },
  { "\"rust\" generic", "\"rust\"", TEXT_IR_GENERIC_LEFT, "t4: only a generic program may have types, functions and calls with parameters" },
  /* Traits and impls */
  { "{ \"area\" t6", "{ \"area\" t77", TEXT_IR_NO_TYPE, "x0: there is no type t77" },
  { "{ \"area\" t6", "{ \"area\" t1", TEXT_IR_NOT_FUNCTION_TYPE, "x0: a function's type must be a function type" },
  { "impl x0", "impl x2", TEXT_IR_NO_TRAIT, "impl 0: there is no trait x2" },
  { "{ f2: t1 }", "{ : t1 }", TEXT_IR_IMPL_INCOMPLETE, "impl 0: a function for each method and a type for each name of x0 is needed" },
  { "{ f2: t1 }", "{ f2 }", TEXT_IR_IMPL_INCOMPLETE, "impl 0: a function for each method and a type for each name of x0 is needed" },
  { "{ f2: t1 }", "{ f1: t1 }", TEXT_IR_ARGUMENTS, "impl 0: as many types as there are parameters are needed, not 0" },
  { "<t8> { f2", "<t8> where x3 <t1> { f2", TEXT_IR_NO_TRAIT, "impl 0: there is no trait x3" },
  /* Instructions */
  { "callt x0.0 <t8>", "callt x0.1 <t8>", TEXT_IR_NO_METHOD, "f0 b0.2: the trait has no method 1" },
  { "callt x0.0 <t8>", "callt x0.0", TEXT_IR_ARGUMENTS, "f0 b0.2: as many types as there are parameters are needed, not 0" },
  { "call f1 <t1>", "call f1", TEXT_IR_ARGUMENTS, "f0 b0.11: as many types as there are parameters are needed, not 0" },
  { "vtable t8 as x0", "vtable t8 as x1", TEXT_IR_NO_TRAIT, "f0 b0.11: there is no trait x1" },
  { "discriminant s4", "discriminant s3", TEXT_IR_NOT_VARIANTS, "f0 b0.8: only a type of variants has a discriminant" },
  { "set_discriminant s4, 1", "set_discriminant s4, 2", TEXT_IR_NO_VARIANT, "f0 b0.9: the type has no variant 2" },
  { "s2 = address s3[0..3]:t10", "s2 = address s2->*:t1", TEXT_IR_DEREF_UNSIZED, "f0 b0.4: what has no size stands behind a fat pointer of its own kind, and nothing else does" },
  { "s3[0..3]", "s3[0..4]", TEXT_IR_PART_OUTSIDE, "f0 b0.4: the part lies outside the array" },
  { "s3[-1]", "s3[-4]", TEXT_IR_PART_OUTSIDE, "f0 b0.5: the part lies outside the array" },
  { "s3[1..-0]", "s3[2..-0]", TEXT_IR_PART_TYPE, "f0 b0.6: a part is a slice, or of an array an array of so many elements" },
  { "s2 = address s3", "s2.0 = address s3", TEXT_IR_DEST_TYPE, "f0 b0.4: the result does not fit the place it goes to" },
  { "  s5 = callt x0.0 <t8> (move r0)\n", "  kill r0\n  s1 = move.t8 move s0\n", TEXT_IR_MOVED_READ, "f0 b0.4: slot s0 is read where it may have been moved out or not written" },
  { "  s0 = move.t8 move s1\n", "  stop stmt\n", TEXT_IR_MOVED_READ, "f0 b0.1: slot s0 is read where it may have been moved out or not written" },
  { "  s0 = move.t8 move s1\n", "  s0 = move.t8 move s1\n  dead s0\n", TEXT_IR_MOVED_READ, "f0 b0.2: slot s0 is read where it may have been moved out or not written" },
};
/* clang-format on */

/* A right program with objects, exceptions and frames. */
static const char managed_template[]
    = "language \"python\" counted\n"
      "type t1 int size 4 align 4 signed \"int\"\n"
      "type t2 int size 8 align 8 signed \"long\"\n"
      "type t3 function size 0 align 1 element t1 \"int ()\" { }\n"
      "type t4 pointer size 8 align 8 managed element t5 \"Node\"\n"
      "type t5 struct size 24 align 8 \"Node\" { \"head\" t2 0, \"n\" t2 8, \"next\" t4 16 } "
      "object { finaliser 1 }\n"
      "type t6 array size 0 align 8 element t4 count 0 \"Node []\"\n"
      "type t7 struct size 16 align 8 \"list\" { \"head\" t2 0, \"n\" t2 8, \"items\" t6 16 } "
      "object { count 1 backward 1 }\n"
      "type t8 function size 0 align 1 \"void (Node)\" { \"self\" t4 0 }\n"
      "type t9 pointer size 8 align 8 managed element t7 \"list\"\n"
      "type t10 struct size 8 align 8 \"frame\" { \"head\" t2 0 }\n"
      "type t11 function size 0 align 1 \"void ()\" { }\n"
      "type t12 function size 0 align 1 element t1 \"int (int)\" { \"n\" t1 0 }\n"
      "global g0 variable t1 \"state\"\n"
      "global g1 variable t4 \"kept\"\n"
      "function f0 t3 \"main\" defined\n"
      "function f1 t8 \"del\" defined\n"
      "function f2 t3 \"gen\" defined resumable\n"
      "function f3 t11 \"init\" defined\n"
      "function f4 t12 \"half\" defined\n"
      "entry f0\n"
      "hook uncaught f1\n"
      "frame_head t10\n"
      "body f0 {\n"
      "  slot s0 t4 \"node\"\n"
      "  slot s1 t9 \"list\"\n"
      "  slot s2 t4 \"frame\"\n"
      "  slot s3 t1 \"x\"\n"
      "  register r0 t1\n"
      "b0 unwind b1:\n"
      "  ensure g0, f3\n"
      "  s0 = allocate.t5\n"
      "  s1 = allocate.t7 3:t1\n"
      "  s2 = frame f2 ()\n"
      "  r0 = resume.t4 copy s2, 1:t1\n"
      "  s3 = leaf ir.half (move r0) else f4\n"
      "  call f1 (copy s0)\n"
      "  throw.t4 copy s0\n"
      "b1:\n"
      "  s0 = catch\n"
      "  branch.t1 copy s3, b2, b2\n"
      "b2:\n"
      "  return.t1 0:t1\n"
      "}\n"
      "body f1 {\n"
      "  slot s0 t4 \"self\" parameter\n"
      "b0:\n"
      "  clear s0\n"
      "  return\n"
      "}\n"
      "body f2 {\n"
      "  slot s0 t1 \"got\"\n"
      "  register r0 t1\n"
      "b0:\n"
      "  s0 = yield.t1 2:t1\n"
      "  return.t1 0:t1\n"
      "}\n"
      "body f3 {\n"
      "b0 unwind b1:\n"
      "  return\n"
      "b1 cleanup:\n"
      "  rethrow\n"
      "}\n"
      "body f4 {\n"
      "  slot s0 t1 \"n\" parameter\n"
      "b0:\n"
      "  return.t1 copy s0\n"
      "}\n";

/* clang-format off */
static const Broken managed_brokens[] = {
  /* Exceptions */
  { "  s0 = catch\n", "  s0 = catch\n  s0 = catch\n", TEXT_IR_NOTHING_PENDING, "f0 b1.1: no exception is pending here" },
  { "  ensure g0, f3\n", "  s0 = catch\n", TEXT_IR_NOTHING_PENDING, "f0 b0.0: no exception is pending here" },
  { "  s0 = catch\n", "", TEXT_IR_STILL_PENDING, "f0 b2.0: an exception is still pending at the end" },
  { "  throw.t4 copy s0\n", "  jump b1\n", TEXT_IR_PENDING_DIFFERS, "f0 b0.7: an exception is pending on one path to here and none on another" },
  { "b0 unwind b1", "b0 unwind b9", TEXT_IR_NO_BLOCK, "f0 b0.0: there is no block b9" },
  { "throw.t4 copy s0", "throw.t1 copy s3", TEXT_IR_OPERAND_TYPE, "f0 b0.7: operand 1 has the wrong type" },
  { "hook uncaught f1", "hook uncaught f0", TEXT_IR_HOOK, "hook uncaught does not name a defined function with fitting parameters" },
  { "hook uncaught f1", "hook caught f1", TEXT_IR_EXPECTED, "expected the name of a hook, found `caught`" },
  /* Frames */
  { "resumable", "", TEXT_IR_NOT_RESUMABLE, "f0 b0.3: function f2 is not marked as resumable" },
  { "  s2 = frame f2 ()\n", "  s2 = frame f1 (copy s0)\n", TEXT_IR_NOT_RESUMABLE, "f0 b0.3: function f1 is not marked as resumable" },
  { "frame f2 ()", "frame f2 (1:t1)", TEXT_IR_ARGUMENT_COUNT, "f0 b0.3: the call has 1 arguments where 0 are needed" },
  { "call f1 (copy s0)", "call f2 ()", TEXT_IR_RESUMABLE_CALLED, "f0 b0.6: function f2 is resumable: its frames are made with `frame`" },
  { "\"got\"", "\"got\" taken", TEXT_IR_TAKEN_RESUMABLE, "f2: slot s0 of a resumable function cannot be address-taken" },
  { "  s0 = yield", "  r0 = move.t1 1:t1\n  s0 = yield", TEXT_IR_FULL_AT_YIELD, "f2 b0.1: register r0 holds a value where the frame is suspended" },
  { "  s0 = yield.t1 2:t1\n", "  g1 = keep_frame\n", TEXT_IR_KEPT_RESUMABLE, "f2 b0.0: the frame of f2 lies in a heap block already" },
  { "frame_head t10", "frame_head t1", TEXT_IR_FRAME_HEAD, "the frame head t1 is not a struct of whole words" },
  /* Objects */
  { "allocate.t5\n", "allocate.t0\n", TEXT_IR_NO_OBJECT, "f0 b0.1: an object of type t0 cannot be made" },
  { "allocate.t5\n", "allocate.t5 2:t1\n", TEXT_IR_OBJECT_COUNT, "f0 b0.1: the number of elements is given exactly where type t5 has a `count`" },
  { "allocate.t7 3:t1\n", "allocate.t7\n", TEXT_IR_OBJECT_COUNT, "f0 b0.2: the number of elements is given exactly where type t7 has a `count`" },
  { "finaliser 1", "finaliser 9", TEXT_IR_OBJECT_FIELD, "t5: `finaliser` does not name a fitting field, type or function" },
  { "finaliser 1", "finaliser 1 flag 8", TEXT_IR_OBJECT_FIELD, "t5: `flag` does not name a fitting field, type or function" },
  { "count 1", "count 7", TEXT_IR_OBJECT_FIELD, "t7: `count` does not name a fitting field, type or function" },
  { "backward 1", "weak 0", TEXT_IR_OBJECT_FIELD, "t7: `weak` does not name a fitting field, type or function" },
  { "backward 1", "apart 4", TEXT_IR_OBJECT_FIELD, "t7: `apart` does not name a fitting field, type or function" },
  /* Views */
  { "backward 1 }", "backward 1 } view rows { items 2 }", TEXT_IR_EXPECTED, "expected `list`, `text`, `value` or `map`, found `rows`" },
  { "backward 1 }", "backward 1 } view list { items 1.2.3.4.5.6.7.8.9 }", TEXT_IR_EXPECTED, "expected a path of at most 8 steps, found ` `" },
  { "backward 1 }", "backward 1 } view list { items length 1 }", TEXT_IR_EXPECTED, "expected a number, found `length`" },
  { "backward 1 }", "backward 1 } view list { items 9 length 1 }", TEXT_IR_VIEW_PATH, "t7: the view's path `items` leads nowhere, or to a type that does not fit" },
  { "backward 1 }", "backward 1 } view list { items 1 length 1 }", TEXT_IR_VIEW_PATH, "t7: the view's path `items` leads nowhere, or to a type that does not fit" },
  { "backward 1 }", "backward 1 } view list { items * length 1 }", TEXT_IR_VIEW_PATH, "t7: the view's path `items` leads nowhere, or to a type that does not fit" },
  { "backward 1 }", "backward 1 } view list { length 1 }", TEXT_IR_VIEW_PATH, "t7: the view's path `items` leads nowhere, or to a type that does not fit" },
  { "backward 1 }", "backward 1 } view list { items 2 }", TEXT_IR_VIEW_PATH, "t7: the view's path `length` leads nowhere, or to a type that does not fit" },
  { "backward 1 }", "backward 1 } view list { items 2 length 2 }", TEXT_IR_VIEW_PATH, "t7: the view's path `length` leads nowhere, or to a type that does not fit" },
  { "backward 1 }", "backward 1 } view list { items 2 length 1 key self }", TEXT_IR_VIEW_PATH, "t7: the view's path `key` leads nowhere, or to a type that does not fit" },
  { "backward 1 }", "backward 1 } view text { items 2 length 1 }", TEXT_IR_VIEW_PATH, "t7: the view's path `items` leads nowhere, or to a type that does not fit" },
  { "backward 1 }", "backward 1 } view value { items 1 length 1 }", TEXT_IR_VIEW_PATH, "t7: the view's path `length` leads nowhere, or to a type that does not fit" },
  { "backward 1 }", "backward 1 } view map { items 2 length 1 }", TEXT_IR_VIEW_PATH, "t7: the view's path `key` leads nowhere, or to a type that does not fit" },
  { "backward 1 }", "backward 1 } view map { items 2 length 1 key 7 }", TEXT_IR_VIEW_PATH, "t7: the view's path `key` leads nowhere, or to a type that does not fit" },
  { "backward 1 }", "backward 1 } view map { items 2 length 1 next 0 key 1 }", TEXT_IR_VIEW_PATH, "t7: the view's path `next` leads nowhere, or to a type that does not fit" },
  { "backward 1 }", "backward 1 } view map { items 2 length 1 key 1 content 0.0 }", TEXT_IR_VIEW_PATH, "t7: the view's path `content` leads nowhere, or to a type that does not fit" },
  { "ensure g0, f3", "ensure g1, f3", TEXT_IR_ENSURED_GLOBAL, "f0 b0.0: global g1 is not a variable of 4 bytes" },
  { "ensure g0, f3", "ensure g7, f3", TEXT_IR_NO_GLOBAL, "f0 b0.0: there is no global g7" },
  { "ensure g0, f3", "ensure g0, f1", TEXT_IR_ARGUMENT_COUNT, "f0 b0.0: the call has 0 arguments where 1 are needed" },
  { "else f4", "else f9", TEXT_IR_NO_FUNCTION, "f0 b0.5: there is no function f9" },
  /* References */
  { " counted", "", TEXT_IR_MANAGED_BY_HAND, "t4: a program by hand has no managed pointers" },
  { "\"node\"", "\"node\" taken", TEXT_IR_MANAGED_TAKEN, "f0: slot s0 holds managed pointers and cannot be address-taken" },
  { "s1 t9 \"list\"", "s1 t5 \"list\"", TEXT_IR_MANAGED_AGGREGATE, "f0: an aggregate with managed pointers is not moved as a whole" },
  { "call f1 (copy s0)", "call f1 (copy s0->*:t5.2)", TEXT_IR_MANAGED_PATH, "f0 b0.6: operand 1 is a managed pointer: it comes from a slot, a global or a register" },
  { "s0 = allocate.t5", "s0->*:t5.2 = allocate.t5", TEXT_IR_MANAGED_RESULT, "f0 b0.1: the result goes to a slot, a global or a register" },
  { "  s0 = allocate.t5\n", "  s0 = move.t4 move s2->*:t5.2\n", TEXT_IR_MANAGED_MOVE, "f0 b0.1: a managed pointer is moved out of slots and registers only" },
};
/* clang-format on */

/* Reads and verifies. Gives the first sentence that refuses the text, or NULL. (transfer full) (nullable) */
static char *
refuse (const char *text, gsize n_bytes, TextMessageId *message)
{
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (IrProgram) program = ir_read (text, n_bytes, 1, diagnostics);
  const TextDiagnostic *first;

  if (program != NULL && ir_verify (program, diagnostics))
    {
      g_assert_cmpuint (diagnostics->list->len, ==, 0);
      return NULL;
    }
  g_assert_cmpuint (diagnostics->list->len, >, 0);
  first = g_ptr_array_index (diagnostics->list, 0);
  if (message != NULL)
    *message = text_message_get_id (first->message);
  return text_message_word (first->message);
}

static void
test_template (void)
{
  g_autofree char *words = refuse (template, sizeof template - 1, NULL);

  g_assert_cmpstr (words, ==, NULL);
}

static void
check_broken (const char *text_before, const Broken *broken)
{
  const char *at = strstr (text_before, broken->piece);
  g_autofree char *before = NULL, *text = NULL, *words = NULL;
  TextMessageId message = TEXT_N_MESSAGES;

  g_assert_nonnull (at);
  before = g_strndup (text_before, at - text_before);
  text = g_strconcat (before, broken->instead, at + strlen (broken->piece), NULL);
  words = refuse (text, strlen (text), &message);
  g_assert_cmpstr (words, ==, broken->words);
  g_assert_cmpint (message, ==, broken->message);
}

static void
test_broken (gconstpointer data)
{
  check_broken (template, data);
}

static void
test_generic_broken (gconstpointer data)
{
  check_broken (generic_template, data);
}

static void
test_managed_broken (gconstpointer data)
{
  check_broken (managed_template, data);
}

static void
test_managed_template (void)
{
  g_autofree char *words = refuse (managed_template, sizeof managed_template - 1, NULL);

  g_assert_cmpstr (words, ==, NULL);
}

static void
test_generic_template (void)
{
  g_autofree char *words = refuse (generic_template, sizeof generic_template - 1, NULL);

  g_assert_cmpstr (words, ==, NULL);
}

/* Each text that ends too early is refused, never read past its end. */
static void
test_cut (void)
{
  /* What stands behind the last line that matters may be missing. */
  gsize n_needed = strstr (template, "}\nbody f1") - template;

  for (gsize n = 0; n <= n_needed; n++)
    {
      g_autofree char *exact = g_memdup2 (template, n);
      g_autofree char *words = refuse (exact, n, NULL);

      g_assert_nonnull (words);
    }
}

static void
test_deep_indices (void)
{
  g_autoptr (GString) text = g_string_new_len (template, strstr (template, "s2[copy") - template);
  g_autofree char *words = NULL;

  for (guint i = 0; i < 100000; i++)
    g_string_append (text, "s2[copy ");
  words = refuse (text->str, text->len, NULL);
  g_assert_cmpstr (words, ==, "expected fewer indices in indices, found `copy`");
}

/* Numbers at and beyond the edges: refused, or taken as what they say, never as something else. */
static void
test_numbers (void)
{
  static const struct
  {
    const char *text, *words;
  } rows[] = {
    { "language \"c\" type t4294967296", "expected a number of 32 bits, found the end" },
    { "language \"c\" type t1 int size 18446744073709551616",
      "expected a number of 64 bits, found the end" },
    { "language \"c\" type t4294967295", "expected `t1`, found `t4294967295`" },
    { "language \"c\" entry f4294967295",
      "the program has no entry function with no or two parameters" },
    { "language \"c\" type t1 struct size 9223372036854775807 align 1 \"\" { } global g0 variable "
      "t1",
      "expected a global of at most 64 MiB, found the end" },
    { "language \"c\" type t1 int size 1 align 99999999999 \"\"",
      "expected a number of 32 bits, found ` `" },
    { "language \"c\" type t1 array size 0 align 1 element t2 count 18446744073709551615 \"\" "
      "type t2 int size 8 align 8 \"\"",
      "t1: an array's size is its element's size times its count" },
    { "", "expected `language`, found the end" },
    { "; only a comment", "expected `language`, found the end" },
    { "language \"\xff\xfe\" \xff",
      "expected `type`, `function`, `global`, `entry` or `body`, found `\xef\xbf\xbd`" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *words = refuse (rows[i].text, strlen (rows[i].text), NULL);

      g_assert_cmpstr (words, ==, rows[i].words);
    }
}

/* A type of many types that each hold the next is no cycle, but as deep as one. */
static void
test_deep_types (void)
{
  g_autoptr (GString) text = g_string_new ("language \"c\"\n");
  g_autofree char *words = NULL;

  for (guint i = 1; i <= 10000; i++)
    g_string_append_printf (text, "type t%u struct size 8 align 8 \"\" { \"\" t%u 0 }\n", i, i + 1);
  g_string_append (text, "type t10001 int size 8 align 8 \"\"\n");
  words = refuse (text->str, text->len, NULL);
  g_assert_cmpstr (words, ==, "t1: the type contains itself");
}

/* canonical.hwir has one of everything, written as the printer writes it. */
static void
test_canonical (void)
{
  g_autofree char *path
      = g_build_filename (g_getenv ("HEAPWISE_TESTS"), "ir", "canonical.hwir", NULL);
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (IrProgram) program = NULL;
  g_autofree char *text = NULL, *words = NULL, *printed = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  words = refuse (text, strlen (text), NULL);
  g_assert_cmpstr (words, ==, NULL);
  program = ir_read (text, strlen (text), 1, diagnostics);
  printed = ir_print (program);
  g_assert_cmpstr (printed, ==, text);
}

/* ---- programs that run ---- */

static void
test_program (gconstpointer name)
{
  static const MachineLimits limits
      = { .max_ticks = 100000, .max_steps = G_MAXUINT64 - 1, .max_output = 1000 };
  g_autofree char *path = g_build_filename (g_getenv ("HEAPWISE_TESTS"), "ir", name, NULL);
  g_autofree char *text = NULL, *printed = NULL, *back = NULL;
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autoptr (TextDiagnostics) diagnostics = text_diagnostics_new ();
  g_autoptr (IrProgram) program = NULL, again = NULL;
  g_autoptr (MachineCode) code = NULL;
  g_autoptr (Machine) machine = NULL;
  g_auto (GStrv) lines = NULL;
  int status = 0;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      if (g_str_has_prefix (lines[i], "; expect: "))
        g_string_append_printf (expected, "%s\n", lines[i] + strlen ("; expect: "));
      if (g_str_has_prefix (lines[i], "; expect-exit: "))
        status = atoi (lines[i] + strlen ("; expect-exit: "));
    }
  program = ir_read (text, strlen (text), 1, diagnostics);
  if (program == NULL || !ir_verify (program, diagnostics))
    {
      g_autofree char *words = refuse (text, strlen (text), NULL);

      g_error ("%s: %s", (const char *)name, words);
    }
  code = machine_code_new (program, 1 << 16, 1 << 16);
  machine = machine_new (code, c_library_get_leaves (), &limits, NULL);
  machine_run (machine, G_MAXUINT64, G_MAXUINT64);
  g_assert_cmpint (machine->state.end, ==, MACHINE_END_EXIT);
  g_assert_cmpint (machine->state.exit_status, ==, status);
  g_assert_cmpmem (machine->outputs[MACHINE_STREAM_OUTPUT]->data,
                   machine->state.n_output[MACHINE_STREAM_OUTPUT], expected->str, expected->len);
  /* Print, read, print: the same text. */
  printed = ir_print (program);
  again = ir_read (printed, strlen (printed), 1, diagnostics);
  g_assert_nonnull (again);
  back = ir_print (again);
  g_assert_cmpstr (back, ==, printed);
}

int
main (int argc, char **argv)
{
  static const char *const programs[]
      = { "loop-sum.hwir", "heap-pair.hwir", "wrap-switch-call.hwir" };

  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_test_add_func ("/ir-text/template", test_template);
  for (guint i = 0; i < G_N_ELEMENTS (brokens); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ir-text/broken/%u", i);

      g_test_add_data_func (path, &brokens[i], test_broken);
    }
  g_test_add_func ("/ir-text/managed-template", test_managed_template);
  for (guint i = 0; i < G_N_ELEMENTS (managed_brokens); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ir-text/managed-broken/%02u", i);

      g_test_add_data_func (path, &managed_brokens[i], test_managed_broken);
    }
  g_test_add_func ("/ir-text/generic-template", test_generic_template);
  for (guint i = 0; i < G_N_ELEMENTS (generic_brokens); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ir-text/generic-broken/%u", i);

      g_test_add_data_func (path, &generic_brokens[i], test_generic_broken);
    }
  g_test_add_func ("/ir-text/canonical", test_canonical);
  g_test_add_func ("/ir-text/cut", test_cut);
  g_test_add_func ("/ir-text/deep-indices", test_deep_indices);
  g_test_add_func ("/ir-text/deep-types", test_deep_types);
  g_test_add_func ("/ir-text/numbers", test_numbers);
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ir-text/program/%s", programs[i]);

      g_test_add_data_func (path, programs[i], test_program);
    }
  return g_test_run ();
}
