/*
 * status_clock_accum.c: transition, combine and final functions of status clocks.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "status_clock.h"

PG_FUNCTION_INFO_V1(status_clock_accum);
PG_FUNCTION_INFO_V1(status_clock_accum_sequence);
PG_FUNCTION_INFO_V1(status_clock_plus);
PG_FUNCTION_INFO_V1(status_clock_final);

/* A clock as an SQL value: unchanged inside its aggregate, else sorted. */
static Datum
status_state(FunctionCallInfo fcinfo, const StatusClock *clock)
{
	return PointerGetDatum(summary_in_aggregate(fcinfo) ? clock :
						   status_clock_sorted(clock, NULL));
}

/* One event more, of the arguments 1 and 2. */
static Datum
status_count(FunctionCallInfo fcinfo, int64 sequence, bool sequenced)
{
	StatusClock *clock = summary_state(fcinfo, STATUS_VERSION);
	text	   *status = PG_GETARG_TEXT_PP(1);
	StatusName	name = {.text = VARDATA_ANY(status), .length = (int) VARSIZE_ANY_EXHDR(status)};
	StatusEvent event = {.at = PG_GETARG_TIMESTAMPTZ(2), .sequence = sequence};

	return status_state(fcinfo, status_clock_add(clock, &name, &event, sequenced, NULL));
}

/* status_clock(status, at): strict, so a row with a NULL is not counted. */
Datum
status_clock_accum(PG_FUNCTION_ARGS)
{
	return status_count(fcinfo, 0, false);
}

/*
 * status_clock(status, at, sequence): called with NULLs.  An event without its number
 * would lose its place, so that is an error.
 */
Datum
status_clock_accum_sequence(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))		/* not called by an aggregate, which starts from an empty clock */
		PG_RETURN_NULL();
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return status_state(fcinfo, summary_state(fcinfo, STATUS_VERSION));
	if (PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("sequence of status \"%s\" must not be NULL",
						summary_shown(TextDatumGetCString(PG_GETARG_DATUM(1)))),
				 errhint("Give all events of a case a number, or use status_clock(status, at).")));
	return status_count(fcinfo, PG_GETARG_INT64(3), true);
}

/*
 * a + b, the events of both: the operator, the transition of sum(status_clock) and the
 * combine function of every aggregate whose state is a clock.
 */
Datum
status_clock_plus(PG_FUNCTION_ARGS)
{
	StatusClock *sum = summary_sum_state(fcinfo, STATUS_VERSION);
	StatusClock *more = summary_detoast(PG_GETARG_DATUM(1), STATUS_VERSION, "status clock");
	StatusName *names = status_names(more);
	StatusCursor cursor;
	StatusEvent event;

	status_cursor(&cursor, more);
	while (status_next(&cursor, &event))
		sum = status_clock_add(sum, &names[event.status], &event, status_sequenced(more), NULL);
	pfree(names);
	PG_FREE_IF_COPY(more, 1);
	return status_state(fcinfo, sum);
}

/* The final function of aggregates that give the clock itself. */
Datum
status_clock_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(PG_GETARG_STATUS_CLOCK(0));
}
