/*
 * business_clock_add.c: the instant at which so much open time has passed since another
 * one, or is left until it.
 *
 * The answer is found by halving between two instants around it.  As open time never
 * runs faster than time, each probe also moves its end by its distance from the
 * target, so a probe in the span of the answer finds it at once.
 */
#include "postgres.h"

#include "common/int.h"
#include "miscadmin.h"

#include "business_clock_internal.h"
#include "period.h"

#define CLOCK_STEP			(7 * USECS_PER_DAY)	/* the first of the steps around the answer */

/* The first instant of the year 1 in the zone. */
static TimestampTz
clock_first(const BusinessClock *clock)
{
	TimestampTz first = -(int64) CLOCK_EPOCH;
	pg_time_t	seconds = period_seconds(first);

	return first - pg_localtime(&seconds, clock->zone)->tm_gmtoff * USECS_PER_SEC;
}

/* The first instant from start on by which so much open time has passed. */
static bool
clock_after(BusinessClock *clock, TimestampTz start, int64 time, TimestampTz *result)
{
	int64		step = CLOCK_STEP;
	TimestampTz low = start;
	TimestampTz high = start;
	int64		target;

	if (pg_add_s64_overflow(business_clock_open(clock, start), time, &target))
		return false;
	/* ever longer steps, until the target is reached */
	while (business_clock_open(clock, high) < target)
	{
		if (high == END_TIMESTAMP - 1)
			return false;
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
	*result = low;
	return true;
}

/*
 * The last instant up to finish from which so much open time passes until then; time is
 * negative.  The clock may have to reach back further at each step, which moves the origin
 * of open time, so the target is taken anew.
 */
static bool
clock_before(BusinessClock *clock, TimestampTz finish, int64 time, TimestampTz *result)
{
	TimestampTz first = clock_first(clock);
	int64		step = CLOCK_STEP;
	TimestampTz low = finish;
	TimestampTz high = finish;
	int64		target;

	for (;;)
	{
		business_clock_reach(clock, low);
		if (pg_add_s64_overflow(business_clock_open(clock, finish), time, &target))
			return false;
		if (business_clock_open(clock, low) <= target)
			break;
		if (low == first)
			return false;
		high = low;
		low = low > first + step ? low - step : first;
		if (step < PG_INT64_MAX / 4)
			step *= 2;
	}
	/* the answer is in low..high */
	while (low < high)
	{
		/* all of time is longer than 63 bits */
		TimestampTz middle = high - (TimestampTz) (((uint64) high - (uint64) low) / 2);
		int64		open = business_clock_open(clock, middle);

		CHECK_FOR_INTERRUPTS();
		if (open > target)
			high = middle - (open - target);
		else
			low = middle + (target - open);
	}
	*result = low;
	return true;
}

/*
 * The instant nearest to at with so much open time between the two: after it, or before it
 * if time is negative; at itself for 0.  False if there is none.  The clock must reach back
 * to at.
 */
bool
business_clock_add(BusinessClock *clock, TimestampTz at, int64 time, TimestampTz *result)
{
	return time < 0 ? clock_before(clock, at, time, result) :
		clock_after(clock, at, time, result);
}
