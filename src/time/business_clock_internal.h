/*
 * business_clock_internal.h: the parts of a clock, for the files business_clock*.c.
 */
#ifndef RECOVERY_KPI_BUSINESS_CLOCK_INTERNAL_H
#define RECOVERY_KPI_BUSINESS_CLOCK_INTERNAL_H

#include "business_clock.h"

/*
 * Days are counted from 0001-01-01, a Monday, so they are positive; open time is
 * counted from Monday of the week of 2000-01-01, so that it fits in 64 bits at both
 * ends.
 */
#define CLOCK_EPOCH			((uint64) 730119 * USECS_PER_DAY)
#define CLOCK_EPOCH_DAY		730119
#define CLOCK_EPOCH_WEEK	104302
#define CLOCK_CYCLE			((int64) 146097 * USECS_PER_DAY)	/* 400 years */
#define CLOCK_REGULAR		((int64) 365243 * USECS_PER_DAY)	/* 3000-01-01 */
#define CLOCK_MISSING		4	/* dates that a zone does not have; none has two */

typedef struct ClockSpan
{
	int64		from;
	int64		to;
} ClockSpan;

typedef struct ClockDay
{
	int64		open;			/* of the whole day */
	int64		before;			/* for weekdays: open time from Monday on */
	const ClockSpan *spans;		/* with the end of the shift before, up to midnight */
	int32		count;
	int32		closes;			/* end of its own last shift in seconds; 0: no shift begins */
} ClockDay;

/* From here to the next stretch the offset from UTC does not change. */
typedef struct ClockStretch
{
	TimestampTz from;
	int64		offset;
	int64		carry;
} ClockStretch;

/*
 * A prepared calendar.  Stretches begin with the year 2000, or with the year 1 once
 * an earlier time is asked for, and are added when times need them.  After all dates
 * and all irregular changes everything recurs every 400 years, which are whole weeks,
 * so no stretches are kept beyond that.
 */
struct BusinessClock
{
	pg_tz	   *zone;

	int64		week_open;
	ClockDay	week[CALENDAR_WEEK];
	int			dates;			/* whose hours are not those of the weekdays */
	uint32	   *date;			/* days from the epoch, ascending */
	int64	   *more;			/* of all dates before, over their weekdays' open time */
	ClockDay   *day;

	TimestampTz known_from;
	TimestampTz known_to;		/* next change of clocks */
	int			count;
	int			room;
	ClockStretch *stretches;
	TimestampTz regular_from;
	int64		cycle_open;		/* -1: not computed yet */

	int			week_shifts;	/* days of the week on which a shift begins */
	int			shifts_before[CALENDAR_WEEK];	/* of these from Monday on */
	int		   *more_shifts;	/* of all dates before, over their weekdays' */
	int			missing;		/* -1: not known yet */
	uint32		missing_date[CLOCK_MISSING];	/* with a shift, but left out by the zone */
};

/*
 * How many of the ascending dates are before the day.  Halving without branches, as
 * the half cannot be predicted.
 */
static inline int
clock_dates_before(const BusinessClock *clock, uint32 day)
{
	const uint32 *base = clock->date;
	int			count = clock->dates;

	if (count == 0)
		return 0;
	while (count > 1)
	{
		int			half = count / 2;

		base += base[half - 1] < day ? half : 0;
		count -= half;
	}
	return (int) (base - clock->date) + (*base < day);
}

extern void business_clock_begin(BusinessClock *clock, TimestampTz first, TimestampTz known_from);
pg_noreturn extern void business_clock_year_error(TimestampTz at) pg_attribute_cold;

#endif
