/*
 * fuzz.c: the fuzz target of libFuzzer; FUZZ_TYPE says of which type, or "text" for the
 * functions that take none.
 *
 * An input is a byte of flags, three that choose arguments, the length of the first
 * value in two bytes, and two values.  What is read must be written so that it is read
 * as the same; equality, order and hashes must agree; every function must return finite
 * figures or an error for users, and must not change what it was given.
 */
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>

#include "common/hashfn.h"

#define HEAD		6
#define BINARY_1	1
#define BINARY_2	2
#define SAME		4
#define ALL			8

static const Type *target;

extern int	LLVMFuzzerTestOneInput(const uint8 *data, size_t size);

/* --- what must be true of a value ------------------------------------------------------------ */

static struct varlena *
sent(const Type *type, Datum value)
{
	Datum		result;

	if (!call_plain(type->send, &value, false, &result))
		defect("%s cannot be sent: %s", type->name, error_message);
	return (struct varlena *) DatumGetPointer(result);
}

static bool
same_bytes(const struct varlena *a, const struct varlena *b)
{
	return VARSIZE(a) == VARSIZE(b) && memcmp(a, b, VARSIZE(a)) == 0;
}

void
check_value(const Type *type, Datum value)
{
	const struct varlena *binary = sent(type, value);
	Datum		text,
				again,
				equal;
	int			i;

	if (!call_plain(type->out, &value, false, &text))
		defect("%s cannot be written: %s", type->name, error_message);
	for (i = 0; i < 2; i++)
	{
		const uint8 *bytes = i == 0 ? (const uint8 *) DatumGetCString(text) :
			(const uint8 *) VARDATA(binary);
		size_t		size = i == 0 ? strlen(DatumGetCString(text)) : VARSIZE(binary) - VARHDRSZ;

		if (!value_from(type, i == 1, bytes, size, &again))
			defect("%s %s is rejected when read back: %s", type->name, DatumGetCString(text),
				   error_message);
		if (!same_bytes(binary, sent(type, again)))
			defect("%s %s is another value when read back", type->name, DatumGetCString(text));
		if (type->eq != NULL &&
			(!call_plain(type->eq, (Datum[]) {value, again}, false, &equal) ||
			 !DatumGetBool(equal)))
			defect("%s %s does not equal what is read back", type->name, DatumGetCString(text));
	}
}

/* --- two values ------------------------------------------------------------------------------- */

static int
ask(const char *name, Datum a, Datum b)
{
	char		full[NAMEDATALEN];
	Datum		result;
	int			i;

	/* paired tallies are ordered as tallies are */
	snprintf(full, sizeof(full), "%s%s", target->letter == 'P' ? "tally" : target->name, name);
	for (i = 0; i < functions_count; i++)
	{
		if (strcmp(functions[i].name, full) != 0)
			continue;
		if (!call_plain(&functions[i], (Datum[]) {a, b}, false, &result))
			defect("%s fails: %s", full, error_message);
		return (int32) DatumGetInt32(result);
	}
	defect("no %s", full);
}

static void
check_order(Datum a, Datum b)
{
	int			order = ask("_cmp", a, b);

	if ((order < 0) != (ask("_cmp", b, a) > 0) || (order == 0) != (ask("_cmp", b, a) == 0) ||
		(ask("_eq", a, b) & 1) != (order == 0) || (ask("_ne", a, b) & 1) != (order != 0) ||
		(ask("_lt", a, b) & 1) != (order < 0) || (ask("_le", a, b) & 1) != (order <= 0) ||
		(ask("_gt", a, b) & 1) != (order > 0) || (ask("_ge", a, b) & 1) != (order >= 0))
		defect("comparisons of two values of %s disagree", target->name);
	if (order == 0 && (ask("_hash", a, (Datum) 0) != ask("_hash", b, (Datum) 0) ||
					   ask("_hash_extended", a, (Datum) 7) != ask("_hash_extended", b, (Datum) 7)))
		defect("equal values of %s have different hashes", target->name);
}

/* The sum of two values; fitted models and complete histories cannot be added. */
static bool
sum_of(Datum a, Datum b, Datum *sum)
{
	if (!call_plain(target->plus, (Datum[]) {a, b}, false, sum))
		return false;
	check_value(target, *sum);
	return true;
}

static void
check_sums(Datum a, Datum b)
{
	Datum		sum,
				turned,
				state;

	if (target->plus == NULL)
		return;
	sum_of(a, a, &sum);
	if (!sum_of(a, b, &sum))
		return;
	if (!sum_of(b, a, &turned))
		defect("%s can be added in one order only: %s", target->name, error_message);
	if (target->eq != NULL && !same_bytes(sent(target, sum), sent(target, turned)))
		defect("a + b is not b + a of %s", target->name);
	/* the same in place, as an aggregate does it */
	state = PointerGetDatum(pg_detoast_datum_copy((struct varlena *) DatumGetPointer(a)));
	if (!call_plain(target->plus, (Datum[]) {state, b}, true, &state))
		defect("%s can be added outside aggregates only: %s", target->name, error_message);
	if (target->final != NULL && !call_plain(target->final, &state, true, &state))
		defect("%s has no final value: %s", target->name, error_message);
	if (!same_bytes(sent(target, sum), sent(target, state)))
		defect("the sum in an aggregate is another one of %s", target->name);
}

/* --- every function --------------------------------------------------------------------------- */

/* Rows added to a state by transition functions of the type; the state must be a value like any. */
static void
check_aggregate(Datum first)
{
	Datum		state =
		PointerGetDatum(pg_detoast_datum_copy((struct varlena *) DatumGetPointer(first)));
	Datum		value;
	int			start = (int) choose(functions_count);
	int			rows = 1 + (int) choose(60);
	int			i,
				row;

	for (i = 0; i < functions_count; i++)
	{
		const Function *function = &functions[(start + i) % functions_count];

		if (function->arguments[0] == target->letter && function->result == target->letter &&
			function->arguments[1] != '\0' && function_is_read(function))
		{
			for (row = 0; row < rows; row++)
			{
				if (!call_transition(function, &state))
					return;
			}
			if (choose(2) == 0)
				break;
		}
	}
	/* rows of an aggregate can contradict each other */
	if (target->final != NULL && !call_plain(target->final, &state, true, &value))
		return;
	check_value(target, state);
	given.first = state;
}

/* Does the function belong to the target: to its type, or to none? */
static bool
function_is_of(const Function *function)
{
	const Type *type;

	if (target != NULL)
		return strchr(function->arguments, target->letter) != NULL;
	for (type = types; type->name != NULL; type++)
	{
		if (strchr(function->arguments, type->letter) != NULL)
			return false;
	}
	return true;
}

static uint32
sum_of_given(void)
{
	uint32		sum = 0;

	if (given.first != (Datum) 0)
		sum = hash_bytes((unsigned char *) DatumGetPointer(given.first),
						 VARSIZE(DatumGetPointer(given.first))) +
			3 * hash_bytes((unsigned char *) DatumGetPointer(given.second),
						   VARSIZE(DatumGetPointer(given.second)));
	if (given.text != NULL)
		sum += hash_bytes((unsigned char *) given.text, VARSIZE(given.text));
	return sum;
}

static void
check_functions(bool all)
{
	uint32		before = sum_of_given();
	Datum		result;
	int			i;

	for (i = 0; i < functions_count; i++)
	{
		const Function *function = &functions[i];

		/* one of no arguments gives the same every time */
		if (!function_is_of(function) || (!all && choose(6) > 0) ||
			(function->arguments[0] == '\0' && choose(200) > 0))
			continue;
		if (function->arguments[0] == 'n' && function->result == 'n')
		{
			/* a combine function is called with the states of its transition function */
			if (function->arguments[1] != 'n')
				call_states(function);
		}
		else if (function_is_read(function) && call_chosen(function, &result) &&
				 type_of(function->result) != NULL)
			check_value(type_of(function->result), result);
		if (sum_of_given() != before)
			defect("%s changes its arguments", function->name);
	}
}

/* --- the target ------------------------------------------------------------------------------- */

static void
find_target(void)
{
	const char *name = getenv("FUZZ_TYPE");
	Type	   *type;

	types_find();
	if (name != NULL && strcmp(name, "text") == 0)
		return;
	for (type = types; type->name != NULL; type++)
	{
		if (name != NULL && strcmp(type->name, name) == 0)
			target = type;
	}
	if (target == NULL)
		defect("FUZZ_TYPE must be one of the types or text");
}

static void
test_text(const uint8 *bytes, size_t size, bool all)
{
	size_t		i;

	given.text = make_varlena(bytes, size);
	for (i = 0; i < size; i++)
	{
		if (VARDATA(given.text)[i] == '\0')
			VARDATA(given.text)[i] = ' ';
	}
	check_functions(all);
}

static void
test_values(uint8 flags, const uint8 *bytes, size_t size, size_t split)
{
	if (!value_from(target, flags & BINARY_1, bytes, split, &given.first))
		return;
	check_value(target, given.first);
	if ((flags & SAME) ||
		!value_from(target, flags & BINARY_2, bytes + split, size - split, &given.second))
		given.second =
			PointerGetDatum(pg_detoast_datum_copy((struct varlena *) DatumGetPointer(given.first)));
	if (target->packed != NULL && choose(2) == 0 &&
		!call_plain(target->packed, &given.second, false, &given.second))
		defect("%s cannot be packed: %s", target->name, error_message);
	check_value(target, given.second);
	if (target->eq != NULL)
		check_order(given.first, given.second);
	check_sums(given.first, given.second);
	check_functions(flags & ALL);
	check_aggregate(given.first);
	check_functions(false);
}

int
LLVMFuzzerTestOneInput(const uint8 *data, size_t size)
{
	static bool ready = false;
	size_t		split;

	memory_begin();
	if (!ready)
		find_target();
	ready = true;
	if (size < HEAD)
		return 0;
	choices_set(data + 1, 3);
	memset(&given, 0, sizeof(given));
	split = Min(size - HEAD, (size_t) data[4] | (size_t) data[5] << 8);
	if (target == NULL)
		test_text(data + HEAD, size - HEAD, data[0] & ALL);
	else
	{
		given.letter = target->letter;
		test_values(data[0], data + HEAD, size - HEAD, split);
	}
	memory_end();
	return 0;
}
