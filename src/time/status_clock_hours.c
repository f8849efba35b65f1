/*
 * status_clock_hours.c: what readers of status clocks are asked with: a set of statuses, a
 * time to read as of, and the hours that count.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type_d.h"
#include "common/int.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "status_clock_hours.h"

/* business_time.c */
extern Datum add_business_time(PG_FUNCTION_ARGS);

/* --- statuses and times ----------------------------------------------------------------- */

/* For each status of a clock, by number: is it in the array of an argument? */
bool *
status_set(FunctionCallInfo fcinfo, int argno, const StatusClock *clock)
{
	bool	   *in = palloc0(Max(clock->statuses, 1) * sizeof(bool));
	Datum	   *texts;
	bool	   *nulls;
	int			count,
				i;

	if (PG_ARGISNULL(argno))
		return in;
	deconstruct_array(PG_GETARG_ARRAYTYPE_P(argno), TEXTOID, -1, false, TYPALIGN_INT,
					  &texts, &nulls, &count);
	for (i = 0; i < count; i++)
	{
		text	   *name;
		int			number;

		CHECK_FOR_INTERRUPTS();
		if (nulls[i])
			continue;
		name = DatumGetTextPP(texts[i]);
		number = status_find(clock, VARDATA_ANY(name), (int) VARSIZE_ANY_EXHDR(name));
		if (number >= 0)
			in[number] = true;
	}
	return in;
}

/* The time to read as of, in an argument; NULL is now(). */
TimestampTz
status_as_of(FunctionCallInfo fcinfo, int argno)
{
	TimestampTz as_of = PG_ARGISNULL(argno) ? GetCurrentTransactionStartTimestamp() :
		PG_GETARG_TIMESTAMPTZ(argno);

	if (!IS_VALID_TIMESTAMP(as_of))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("a status clock cannot be read as of %s", timestamptz_to_str(as_of)),
				 errhint("Give the time at which the events were current, such as now().")));
	return as_of;
}

/* An interval of hours and smaller units, which has the same length on every day. */
Interval *
status_interval(int64 time)
{
	Interval   *interval = palloc0(sizeof(Interval));

	interval->time = time;
	return interval;
}

/* --- hours ------------------------------------------------------------------------------- */

/*
 * The functions of business time have the calendar in argument 0.  They are called in the
 * name of the reader, so that the calendar stays prepared from one call of it to the next.
 */
static void
status_hours_call(FunctionCallInfo call, FunctionCallInfo reader, int argno, short arguments)
{
	InitFunctionCallInfoData(*call, reader->flinfo, arguments, InvalidOid, NULL, NULL);
	call->args[0] = reader->args[argno];
}

/* The hours of the calendar in an argument, for times from an instant on. */
void
status_hours(StatusHours *hours, FunctionCallInfo fcinfo, int argno, TimestampTz from)
{
	LOCAL_FCINFO(call, 1);

	hours->fcinfo = fcinfo;
	hours->argno = argno;
	hours->calendar = NULL;
	if (PG_ARGISNULL(argno))
		return;
	status_hours_call(call, fcinfo, argno, 1);
	hours->calendar = business_clock(call, from);
}

pg_noreturn static void
status_hours_error(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
			 errmsg("time of a status clock out of range"),
			 errdetail("Times go up to about 292,000 years.")));
}

/* Open time from one instant to a later one. */
int64
status_hours_between(const StatusHours *hours, TimestampTz start, TimestampTz finish)
{
	int64		time;

	if (hours->calendar != NULL)
	{
		start = business_clock_open(hours->calendar, start);
		finish = business_clock_open(hours->calendar, finish);
	}
	if (pg_sub_s64_overflow(finish, start, &time))
		status_hours_error();
	return time;
}

int64
status_hours_sum(int64 a, int64 b)
{
	if (pg_add_s64_overflow(a, b, &a))
		status_hours_error();
	return a;
}

/* The first instant by which that much open time has passed since start. */
TimestampTz
status_hours_add(const StatusHours *hours, TimestampTz start, int64 time)
{
	LOCAL_FCINFO(call, 3);

	if (hours->calendar == NULL)
	{
		if (pg_add_s64_overflow(start, time, &start) || !IS_VALID_TIMESTAMP(start))
			status_hours_error();
		return start;
	}
	status_hours_call(call, hours->fcinfo, hours->argno, 3);
	call->args[1] = (NullableDatum) {TimestampTzGetDatum(start), false};
	call->args[2] = (NullableDatum) {IntervalPGetDatum(status_interval(time)), false};
	return DatumGetTimestampTz(add_business_time(call));
}
