/*
 * life_time.c: durations as SQL intervals, in and out.
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "life_table.h"

/*
 * The microseconds of an interval argument, with days of 24 hours and months of 30
 * days, as PostgreSQL compares intervals.  Error 22003 if it is negative or too long.
 */
int64
life_microseconds(FunctionCallInfo fcinfo, int argno, const char *what, const char *hint)
{
	Interval   *span = PG_GETARG_INTERVAL_P(argno);
	int64		days = (int64) span->month * DAYS_PER_MONTH + span->day;
	int64		time;

	if (unlikely(INTERVAL_NOT_FINITE(span) ||
				 pg_mul_s64_overflow(days, USECS_PER_DAY, &time) ||
				 pg_add_s64_overflow(time, span->time, &time) || time < 0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s \"%s\" is negative or too long", what,
						DatumGetCString(DirectFunctionCall1(interval_out, PG_GETARG_DATUM(argno)))),
				 errdetail("It lies between 0 and about 292,000 years."),
				 errhint("%s", hint)));
	return time;
}

/* An interval of days and time, like the difference of two timestamps. */
Interval *
life_make_interval(int64 time)
{
	Interval   *span = palloc0(sizeof(Interval));

	span->day = (int32) (time / USECS_PER_DAY);
	span->time = time % USECS_PER_DAY;
	return span;
}
