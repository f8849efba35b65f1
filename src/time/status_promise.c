/*
 * status_promise.c: is a promise kept, and when is it due, on a clock that pauses.
 *
 * The running time of a case is its open time outside of the pauses since its first event.
 * It never falls, and events to come do not change what has passed.  So a verdict, once
 * there, stays: kept if the case was done before its running time went beyond the promise,
 * broken once the running time has gone beyond it.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "life_table.h"
#include "status_clock_hours.h"

PG_FUNCTION_INFO_V1(due_at);
PG_FUNCTION_INFO_V1(promise_kept);

/*
 * The length of a promise, in argument 1, in microseconds.  With a calendar it is in hours,
 * as days differ in length; around the clock a day has 24 hours.
 */
static int64
status_promise(FunctionCallInfo fcinfo, bool calendar)
{
	Interval   *promise = PG_GETARG_INTERVAL_P(1);

	if (calendar && (promise->month != 0 || promise->day != 0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("promise \"%s\" is not given in hours",
						DatumGetCString(DirectFunctionCall1(interval_out, PG_GETARG_DATUM(1)))),
				 errdetail("Opening hours differ from day to day, "
						   "so days and months have no length in business time."),
				 errhint("Write two working days of eight hours as '16 hours'.")));
	return life_microseconds(fcinfo, 1, "promise",
							 "A promise falls due after its start: give zero or more.");
}

/*
 * due_at(clock, promise, pauses, calendar, as_of): the first instant by which the running
 * time is as long as promised.  While the case runs it lies ahead; NULL while it is paused
 * before.
 */
Datum
due_at(PG_FUNCTION_ARGS)
{
	StatusHours hours;
	StatusWalk	walk;
	StatusSpan	span;
	StatusClock *clock;
	bool	   *paused;
	int64		left;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	clock = PG_GETARG_STATUS_CLOCK(0);
	left = status_promise(fcinfo, !PG_ARGISNULL(3));
	paused = status_set(fcinfo, 2, clock);
	status_walk(&walk, clock, status_as_of(fcinfo, 4));
	if (!walk.more)
		PG_RETURN_NULL();
	if (left == 0)
		PG_RETURN_TIMESTAMPTZ(walk.ahead.at);
	status_hours(&hours, fcinfo, 3, walk.ahead.at);
	while (status_step(&walk, &span))
	{
		int64		time;

		if (paused[span.status])
			continue;
		time = status_hours_between(&hours, span.start, span.finish);
		if (span.open || time >= left)
			PG_RETURN_TIMESTAMPTZ(status_hours_add(&hours, span.start, left));
		left -= time;
	}
	PG_RETURN_NULL();
}

/*
 * promise_kept(clock, promise, done, pauses, calendar, as_of): was the running time at most
 * as long as promised when the case first was done?  NULL while it is not done and can
 * still be in time.
 */
Datum
promise_kept(PG_FUNCTION_ARGS)
{
	StatusHours hours;
	StatusWalk	walk;
	StatusSpan	span;
	StatusClock *clock;
	bool	   *done;
	bool	   *paused;
	int64		left;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	clock = PG_GETARG_STATUS_CLOCK(0);
	left = status_promise(fcinfo, !PG_ARGISNULL(4));
	done = status_set(fcinfo, 2, clock);
	paused = status_set(fcinfo, 3, clock);
	status_walk(&walk, clock, status_as_of(fcinfo, 5));
	if (!walk.more)
		PG_RETURN_NULL();
	status_hours(&hours, fcinfo, 4, walk.ahead.at);
	while (status_step(&walk, &span))
	{
		int64		time;

		if (done[span.status])
			PG_RETURN_BOOL(true);
		if (paused[span.status])
			continue;
		time = status_hours_between(&hours, span.start, span.finish);
		if (time > left)
			PG_RETURN_BOOL(false);
		left -= time;
	}
	PG_RETURN_NULL();
}
