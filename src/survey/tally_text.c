/*
 * tally_text.c: intervals and tests of tallies given as text.
 *
 * To PostgreSQL csat_test('1..5:{...}', '1..5:{...}') could as well be a paired tally
 * and a confidence, and csat_interval('1..5:{...}') an aggregate over scores.
 * PostgreSQL prefers text for literals of unknown type, so these functions take text
 * and do the same as the others.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "tally.h"

#define LITERAL_MAX_ARGUMENTS	5

extern Datum tally_in(PG_FUNCTION_ARGS);

/*
 * Call the function with its first arguments, this many, read as tallies, in a frame of
 * its own: the caller's frame keeps constants from row to row.
 */
static Datum
literal_call(FunctionCallInfo fcinfo, PGFunction function, int tallies)
{
	LOCAL_FCINFO(call, LITERAL_MAX_ARGUMENTS);
	Datum		result;
	int			i;

	Assert(PG_NARGS() <= LITERAL_MAX_ARGUMENTS);
	memcpy(call, fcinfo, SizeForFunctionCallInfo(PG_NARGS()));
	for (i = 0; i < tallies; i++)
	{
		if (!PG_ARGISNULL(i))
			call->args[i].value =
				DirectFunctionCall1(tally_in,
								CStringGetDatum(text_to_cstring(PG_GETARG_TEXT_PP(i))));
	}
	call->isnull = false;
	result = function(call);
	fcinfo->isnull = call->isnull;
	return result;
}

#define LITERAL_CALL(name, tallies) \
	extern Datum name(PG_FUNCTION_ARGS); \
	PG_FUNCTION_INFO_V1(name##_text); \
	Datum name##_text(PG_FUNCTION_ARGS) { return literal_call(fcinfo, name, tallies); }

LITERAL_CALL(rate_test, 2)
LITERAL_CALL(csat_test, 2)
LITERAL_CALL(nps_test, 2)
LITERAL_CALL(ces_test, 2)
LITERAL_CALL(effect_test, 4)
LITERAL_CALL(rate_interval, 1)
LITERAL_CALL(csat_interval, 1)
LITERAL_CALL(crs_interval, 1)
LITERAL_CALL(nps_interval, 1)
LITERAL_CALL(ces_interval, 1)
