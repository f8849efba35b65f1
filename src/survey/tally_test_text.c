/*
 * tally_test_text.c: tests of two tallies given as text.
 *
 * To PostgreSQL csat_test('1..5:{...}', '1..5:{...}') could as well be a paired tally
 * and a confidence.  PostgreSQL prefers text for literals of unknown type, so these
 * functions take text and do the same as the others.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "tally.h"

#define LITERAL_MAX_ARGUMENTS	4

extern Datum tally_in(PG_FUNCTION_ARGS);

/*
 * Call the test with its first two arguments read as tallies, in a frame of its
 * own: the caller's frame keeps constants from row to row.
 */
static Datum
literal_test(FunctionCallInfo fcinfo, PGFunction test)
{
	LOCAL_FCINFO(call, LITERAL_MAX_ARGUMENTS);
	Datum		result;
	int			i;

	Assert(PG_NARGS() <= LITERAL_MAX_ARGUMENTS);
	memcpy(call, fcinfo, SizeForFunctionCallInfo(PG_NARGS()));
	for (i = 0; i < 2; i++)
	{
		if (!PG_ARGISNULL(i))
			call->args[i].value =
				DirectFunctionCall1(tally_in,
								CStringGetDatum(text_to_cstring(PG_GETARG_TEXT_PP(i))));
	}
	call->isnull = false;
	result = test(call);
	fcinfo->isnull = call->isnull;
	return result;
}

#define LITERAL_TEST(name) \
	extern Datum name(PG_FUNCTION_ARGS); \
	PG_FUNCTION_INFO_V1(name##_text); \
	Datum name##_text(PG_FUNCTION_ARGS) { return literal_test(fcinfo, name); }

LITERAL_TEST(rate_test)
LITERAL_TEST(csat_test)
LITERAL_TEST(nps_test)
LITERAL_TEST(ces_test)
