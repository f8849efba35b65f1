/*
 * business_time.c: open time between two instants, and the time when a promise falls
 * due.
 */
#include "postgres.h"

#include "common/int.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "business_clock_cache.h"

PG_FUNCTION_INFO_V1(business_time);
PG_FUNCTION_INFO_V1(add_business_time);
PG_FUNCTION_INFO_V1(is_open);

/* An interval of hours and smaller units, which has the same length on every day. */
static Interval *
business_interval(int64 time)
{
	Interval   *result = palloc0(sizeof(Interval));

	result->time = time;
	return result;
}

static char *
business_interval_text(const Interval *interval)
{
	return DatumGetCString(DirectFunctionCall1(interval_out, PointerGetDatum(interval)));
}

/*
 * business_time(calendar, start, finish).  NULL to or from an infinite time; error
 * 22003 if finish is before start.
 */
Datum
business_time(PG_FUNCTION_ARGS)
{
	TimestampTz start = PG_GETARG_TIMESTAMPTZ(1);
	TimestampTz finish = PG_GETARG_TIMESTAMPTZ(2);
	BusinessClock *clock;
	int64		before,
				open;

	if (TIMESTAMP_NOT_FINITE(start) || TIMESTAMP_NOT_FINITE(finish))
		PG_RETURN_NULL();
	if (unlikely(finish < start))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("finish \"%s\" is before start \"%s\"",
						pstrdup(timestamptz_to_str(finish)), pstrdup(timestamptz_to_str(start))),
				 errhint("Leave such rows out with WHERE or FILTER (WHERE finish >= start).")));
	clock = business_clock(fcinfo, start);
	before = business_clock_open(clock, start);
	if (unlikely(pg_sub_s64_overflow(business_clock_open(clock, finish), before, &open)))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("interval out of range")));
	PG_RETURN_INTERVAL_P(business_interval(open));
}

/* The microseconds of a length of hours, minutes and seconds; an error for days or below 0. */
static int64
business_length(const Interval *length)
{
	if (length->month != 0 || length->day != 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("business time \"%s\" is not given in hours",
						business_interval_text(length)),
				 errdetail("Opening hours differ from day to day, "
						   "so days and months have no length in business time."),
				 errhint("Write three working days of eight hours as '24 hours'.")));
	if (length->time < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("negative business time \"%s\"", business_interval_text(length)),
				 errhint("A promise falls due after its start: give a length of zero or more.")));
	return length->time;
}

pg_noreturn static void
business_never_error(const BusinessClock *clock, TimestampTz start, const Interval *length)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
			 errmsg("business time \"%s\" after \"%s\" is never reached",
					business_interval_text(length), timestamptz_to_str(start)),
			 business_clock_weekly(clock) ?
			 errdetail("The result would be after the last possible timestamp.") :
			 errdetail("The calendar opens on no weekday, and not long enough on later dates.")));
}

/*
 * add_business_time(calendar, start, length): the first instant from start on at
 * which that much open time has passed.
 *
 * The answer is found by halving between two instants around it.  As open time never
 * runs faster than time, each probe also moves its end by its distance from the
 * target, so a probe in the span of the answer finds it at once.
 */
Datum
add_business_time(PG_FUNCTION_ARGS)
{
	TimestampTz start = PG_GETARG_TIMESTAMPTZ(1);
	Interval   *length = PG_GETARG_INTERVAL_P(2);
	int64		time = business_length(length);
	BusinessClock *clock;
	int64		step = 7 * USECS_PER_DAY;
	TimestampTz low = start;
	TimestampTz high = start;
	int64		target;

	if (TIMESTAMP_NOT_FINITE(start))
		PG_RETURN_NULL();
	clock = business_clock(fcinfo, start);
	if (pg_add_s64_overflow(business_clock_open(clock, start), time, &target))
		business_never_error(clock, start, length);

	/* ever longer steps, until the target is reached */
	while (business_clock_open(clock, high) < target)
	{
		if (high == END_TIMESTAMP - 1)
			business_never_error(clock, start, length);
		low = high;
		high = high < END_TIMESTAMP - 1 - step ? high + step : END_TIMESTAMP - 1;
		if (step < PG_INT64_MAX / 4)
			step *= 2;
	}
	/* the answer is in low..high */
	while (low < high)
	{
		TimestampTz middle = low + (high - low) / 2;
		int64		open = business_clock_open(clock, middle);

		CHECK_FOR_INTERRUPTS();
		if (open >= target)
			high = middle - (open - target);
		else
			low = middle + (target - open);
	}
	PG_RETURN_TIMESTAMPTZ(low);
}

/* is_open(calendar, at): is any part of the microsecond that begins then open? */
Datum
is_open(PG_FUNCTION_ARGS)
{
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(1);
	BusinessClock *clock;
	int64		before;

	if (TIMESTAMP_NOT_FINITE(at))
		PG_RETURN_NULL();
	clock = business_clock(fcinfo, at);
	before = business_clock_open(clock, at);
	PG_RETURN_BOOL(business_clock_open(clock, at + 1) > before);
}
