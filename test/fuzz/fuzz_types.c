/*
 * fuzz_types.c: the table of the extension's functions, and which are a type's own.
 */
#include "fuzz.h"

#define FUNCTION(name, strict, arguments, result, columns) extern Datum name(PG_FUNCTION_ARGS);
#include "functions.inc"
#undef FUNCTION

#define t true
#define f false
#define FUNCTION(name, strict, arguments, result, columns) \
	{#name, name, strict, arguments, result, {columns}},
const Function functions[] = {
#include "functions.inc"
};
#undef FUNCTION
#undef t
#undef f
const int	functions_count = lengthof(functions);

Type		types[] = {
	{"tally", 'T'}, {"paired_tally", 'P'}, {"weighted_tally", 'W'}, {"life_table", 'L'},
	{"business_calendar", 'B'}, {"purchase_history", 'H'}, {"clv_model", 'C'},
	{"driver_model", 'D'}, {"clustered_tally", 'K'}, {"status_clock", 'S'}, {NULL}
};

Type *
type_of(char letter)
{
	Type	   *type;

	for (type = types; type->name != NULL; type++)
	{
		if (type->letter == letter)
			return type;
	}
	return NULL;
}

static bool
ends_with(const char *name, const char *end)
{
	return strlen(name) > strlen(end) && strcmp(name + strlen(name) - strlen(end), end) == 0;
}

void
types_find(void)
{
	Type	   *type;
	int			i;

	for (type = types; type->name != NULL; type++)
	{
		const char	one[] = {type->letter, '\0'};
		const char	two[] = {type->letter, type->letter, '\0'};

		for (i = 0; i < functions_count; i++)
		{
			const Function *function = &functions[i];

			if (strcmp(function->arguments, "c") == 0 && function->result == type->letter)
				type->in = function;
			if (strcmp(function->arguments, "n") == 0 && function->result == type->letter &&
				ends_with(function->name, "_recv"))
				type->recv = function;
			if (strcmp(function->arguments, one) == 0 && function->result == 'c')
				type->out = function;
			if (strcmp(function->arguments, one) == 0 && function->result == 'y')
				type->send = function;
			if (strcmp(function->arguments, one) == 0 && ends_with(function->name, "_final"))
				type->final = function;
			if (strcmp(function->arguments, one) == 0 && ends_with(function->name, "_packed"))
				type->packed = function;
			if (strcmp(function->arguments, two) == 0 && function->result == type->letter &&
				(ends_with(function->name, "_plus") || ends_with(function->name, "_merge")))
				type->plus = function;
			if (strcmp(function->arguments, two) == 0 && ends_with(function->name, "_eq"))
				type->eq = function;
		}
		if (type->in == NULL || type->out == NULL || type->recv == NULL || type->send == NULL)
			defect("%s has no functions of its own in functions.inc", type->name);
	}
}

