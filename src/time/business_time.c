/*
 * business_time.c: open time and working days between two instants, and the time when a
 * promise falls due.
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "business_clock_cache.h"

PG_FUNCTION_INFO_V1(business_time);
PG_FUNCTION_INFO_V1(add_business_time);
PG_FUNCTION_INFO_V1(is_open);
PG_FUNCTION_INFO_V1(working_days);
PG_FUNCTION_INFO_V1(add_working_days);

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

/* Error 22003 if finish is before start. */
static inline void
business_check_order(TimestampTz start, TimestampTz finish)
{
	if (unlikely(finish < start))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("finish \"%s\" is before start \"%s\"",
						pstrdup(timestamptz_to_str(finish)), pstrdup(timestamptz_to_str(start))),
				 errhint("Leave such rows out with WHERE or FILTER (WHERE finish >= start).")));
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
	business_check_order(start, finish);
	clock = business_clock(fcinfo, start);
	before = business_clock_open(clock, start);
	if (unlikely(pg_sub_s64_overflow(business_clock_open(clock, finish), before, &open)))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("interval out of range")));
	PG_RETURN_INTERVAL_P(business_interval(open));
}

/* The microseconds of a length of hours, minutes and seconds; an error for days. */
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
	return length->time;
}

pg_noreturn static void
business_never_error(const BusinessClock *clock, TimestampTz at, const char *what,
					 const char *how, bool back)
{
	const char *shown = timestamptz_to_str(at);

	ereport(ERROR,
			(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
			 back ? errmsg("%s from \"%s\" is never reached", what, shown) :
			 errmsg("%s after \"%s\" is never reached", what, shown),
			 business_clock_weekly(clock) ?
			 errdetail("The result would be %s.",
					   back ? "before the year 1" : "after the last possible timestamp") :
			 errdetail("The calendar opens on no weekday, and not %s enough on %s dates.",
					   how, back ? "earlier" : "later")));
}

/*
 * add_business_time(calendar, start, length): the first instant from start on at which
 * that much open time has passed; for a negative length the last one up to start from
 * which that much open time passes.
 */
Datum
add_business_time(PG_FUNCTION_ARGS)
{
	TimestampTz start = PG_GETARG_TIMESTAMPTZ(1);
	Interval   *length = PG_GETARG_INTERVAL_P(2);
	int64		time = business_length(length);
	BusinessClock *clock;
	TimestampTz due;

	if (TIMESTAMP_NOT_FINITE(start))
		PG_RETURN_NULL();
	clock = business_clock(fcinfo, start);
	if (!business_clock_add(clock, start, time, &due))
		business_never_error(clock, start, psprintf("business time \"%s\"",
													business_interval_text(length)),
							 "long", time < 0);
	PG_RETURN_TIMESTAMPTZ(due);
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

/*
 * working_days(calendar, start, finish): dates on which a shift begins, after that of
 * start, up to that of finish.  NULL and errors as in business_time.
 */
Datum
working_days(PG_FUNCTION_ARGS)
{
	TimestampTz start = PG_GETARG_TIMESTAMPTZ(1);
	TimestampTz finish = PG_GETARG_TIMESTAMPTZ(2);

	if (TIMESTAMP_NOT_FINITE(start) || TIMESTAMP_NOT_FINITE(finish))
		PG_RETURN_NULL();
	business_check_order(start, finish);
	PG_RETURN_INT32(business_clock_days(business_clock(fcinfo, start), start, finish));
}

/*
 * add_working_days(calendar, start, days): the time of day of start on the working day
 * that comes as number days after its date, or before it; closing time if that is
 * earlier.  NULL for an infinite time; error 22008 if there is no such day.
 */
Datum
add_working_days(PG_FUNCTION_ARGS)
{
	TimestampTz start = PG_GETARG_TIMESTAMPTZ(1);
	int32		days = PG_GETARG_INT32(2);
	BusinessClock *clock;
	TimestampTz due;

	if (TIMESTAMP_NOT_FINITE(start))
		PG_RETURN_NULL();
	clock = business_clock(fcinfo, start);
	if (!business_clock_add_days(clock, start, days, &due))
		business_never_error(clock, start, psprintf("%d working day%s", days,
														days == 1 || days == -1 ? "" : "s"),
							 "often", days < 0);
	PG_RETURN_TIMESTAMPTZ(due);
}
