/*
 * fuzz.h: the extension's functions, as the fuzz targets call them.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include "stub.h"

/* A line of functions.inc; letters as in functions.sql. */
typedef struct Function
{
	const char *name;
	PGFunction	call;
	bool		strict;
	const char *arguments;
	char		result;
	Shape		shape;
} Function;

extern const Function functions[];
extern const int functions_count;

/* The functions of a type, found by what they take and give. */
typedef struct Type
{
	const char *name;
	char		letter;
	const Function *in;
	const Function *out;
	const Function *recv;
	const Function *send;
	const Function *plus;		/* or merge */
	const Function *final;
	const Function *eq;
	const Function *packed;		/* the same value as a store has it */
} Type;

extern Type types[];
extern Type *type_of(char letter);
extern void types_find(void);

/* What calls take their arguments from: two values of the type, and a text. */
typedef struct Given
{
	char		letter;
	Datum		first;
	Datum		second;
	struct varlena *text;
} Given;

extern Given given;

/* Calls; false after an error, which must be one for users, or for NULL. */
extern bool call_plain(const Function *function, const Datum *args, bool aggregate, Datum *result);
extern bool call_chosen(const Function *function, Datum *result);
extern bool call_transition(const Function *function, Datum *state);
extern void call_states(const Function *function);
extern bool value_from(const Type *type, bool binary, const uint8 *bytes, size_t size,
					   Datum *value);
extern bool function_is_read(const Function *function);

/* Check a value by all that must be true of it, fuzz.c. */
extern void check_value(const Type *type, Datum value);

#endif
