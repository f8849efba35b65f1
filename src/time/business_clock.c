/*
 * business_clock.c: how long a calendar has been open until an instant.
 *
 * An instant is open if the clocks of the calendar's zone then show a time within the
 * hours of the date they show.  Business time is the measure of the open instants: it
 * adds up, never runs faster than time itself, and agrees with a count of open
 * minutes.
 *
 * Let C(local) be the open time from some origin to a local time on a clock that is
 * never changed: whole weeks by multiplication, the rest of the week by a table, and
 * the dates by a running sum of what each date adds to its weekday.  A real clock is
 * changed now and then.  Between two changes its offset from UTC is constant, and the
 * open time from one instant to another is C(to + offset) - C(from + offset).  So
 * with carry = the sum of C(change + offset before) - C(change + offset after) over
 * all changes so far,
 *
 *   open until at = carry + C(at + offset)
 *
 * and business time is the difference of two such figures.  The carry takes away an
 * hour skipped in spring and adds an hour that comes twice in autumn.  The cost does
 * not depend on how many days or changes lie between.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/datetime.h"

#include "business_clock.h"
#include "period.h"

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

typedef struct ClockSpan
{
	int64		from;
	int64		to;
} ClockSpan;

typedef struct ClockDay
{
	int64		open;			/* of the whole day */
	int64		before;			/* for weekdays: open time from Monday on */
	const ClockSpan *spans;
	int			count;
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
	int			dates;
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
};

/* --- local time ------------------------------------------------------------------ */

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

/* C(local), see above. */
static inline int64
clock_local_open(const BusinessClock *clock, int64 local)
{
	uint64		since = (uint64) local + CLOCK_EPOCH;
	uint32		number = (uint32) (since / USECS_PER_DAY);
	int64		time = (int64) (since % USECS_PER_DAY);
	const ClockDay *day = &clock->week[number % CALENDAR_WEEK];
	int64		open = ((int64) (number / CALENDAR_WEEK) - CLOCK_EPOCH_WEEK) * clock->week_open +
		day->before;
	int			before = clock_dates_before(clock, number);
	int			i;

	open += clock->more[before];
	if (before < clock->dates && clock->date[before] == number)
		day = &clock->day[before];
	for (i = 0; i < day->count && day->spans[i].from < time; i++)
		open += Min(day->spans[i].to, time) - day->spans[i].from;
	return open;
}

/* --- changes of clocks -------------------------------------------------------------- */

/* The stretch that an instant lies in, found like a date. */
static inline const ClockStretch *
clock_stretch(const BusinessClock *clock, TimestampTz at)
{
	const ClockStretch *base = clock->stretches;
	int			count = clock->count;

	while (count > 1)
	{
		int			half = count / 2;

		base += base[half].from <= at ? half : 0;
		count -= half;
	}
	return base;
}

/* Add a stretch that begins at an instant, and find its end. */
static void
clock_add_stretch(BusinessClock *clock, TimestampTz from)
{
	pg_time_t	seconds = period_seconds(from);
	pg_time_t	search = seconds + 1;	/* as the search stops at the last change of a table */
	pg_time_t	border;
	long int	before,
				after;
	int			is_dst;
	ClockStretch stretch;
	int			found;

	stretch.from = from;
	stretch.offset = pg_localtime(&seconds, clock->zone)->tm_gmtoff * USECS_PER_SEC;
	stretch.carry = 0;
	if (clock->count > 0)
	{
		const ClockStretch *last = &clock->stretches[clock->count - 1];

		stretch.carry = last->carry + clock_local_open(clock, from + last->offset) -
			clock_local_open(clock, from + stretch.offset);
	}
	found = pg_next_dst_boundary(&search, &before, &is_dst, &border, &after, &is_dst, clock->zone);
	if (found < 0)
		elog(ERROR, "time zone without rules");
	if (clock->count == clock->room)
	{
		clock->stretches = repalloc(clock->stretches, 2 * clock->room * sizeof(ClockStretch));
		clock->room *= 2;
	}
	clock->stretches[clock->count++] = stretch;
	clock->known_to = found == 0 ? PG_INT64_MAX : period_timestamp(border);
}

static void
clock_extend(BusinessClock *clock, TimestampTz at)
{
	while (clock->known_to <= at)
	{
		CHECK_FOR_INTERRUPTS();
		clock_add_stretch(clock, clock->known_to);
	}
}

/*
 * Start the stretches again.  This moves the origin of open time, so figures from
 * before and after must not be mixed.
 */
static void
clock_begin(BusinessClock *clock, TimestampTz first, TimestampTz known_from)
{
	clock->count = 0;
	clock->known_from = known_from;
	clock_add_stretch(clock, first);
}

/* Open time of 400 regular years. */
static int64
clock_cycle_open(BusinessClock *clock)
{
	if (clock->cycle_open < 0)
	{
		clock_extend(clock, clock->regular_from + CLOCK_CYCLE);
		clock->cycle_open = business_clock_open(clock, clock->regular_from + CLOCK_CYCLE) -
			business_clock_open(clock, clock->regular_from);
	}
	return clock->cycle_open;
}

/*
 * Open time until an instant, in microseconds from an origin of the clock's own.  The
 * clock must reach back to this instant (business_clock_reach).  Error 22008 before
 * the year 1.
 */
int64
business_clock_open(BusinessClock *clock, TimestampTz at)
{
	const ClockStretch *stretch;
	int64		open = 0;
	int64		local;

	Assert(at >= clock->known_from);
	if (unlikely(at >= clock->known_to))
	{
		if (at >= clock->regular_from + CLOCK_CYCLE)
		{
			int64		cycles = (at - clock->regular_from) / CLOCK_CYCLE;

			open = cycles * clock_cycle_open(clock);
			at -= cycles * CLOCK_CYCLE;
		}
		clock_extend(clock, at);
	}
	stretch = clock_stretch(clock, at);
	local = at + stretch->offset;
	if (unlikely(local < -(int64) CLOCK_EPOCH))
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
				 errmsg("timestamp before the year 1: \"%s\"", timestamptz_to_str(at)),
				 errhint("Leave such rows out with FILTER (WHERE ...).")));
	return open + stretch->carry + clock_local_open(clock, local);
}

/* Does the calendar open on any weekday? */
bool
business_clock_weekly(const BusinessClock *clock)
{
	return clock->week_open > 0;
}

/* --- making a clock ------------------------------------------------------------------ */

static void
clock_set_day(ClockDay *day, const BusinessCalendar *calendar, int number, ClockSpan *spans)
{
	const CalendarSpan *stored = calendar_spans(calendar);
	int			first = calendar_first(calendar, number);
	int			i;

	day->open = 0;
	day->count = calendar->entries[number].end - first;
	day->spans = &spans[first];
	for (i = first; i < first + day->count; i++)
	{
		spans[i].from = stored[i].from * USECS_PER_SEC;
		spans[i].to = stored[i].to * USECS_PER_SEC;
		day->open += spans[i].to - spans[i].from;
	}
}

static void
clock_set_hours(BusinessClock *clock, const BusinessCalendar *calendar)
{
	ClockSpan  *spans = palloc(calendar_spans_total(calendar) * sizeof(ClockSpan));
	int			i;

	for (i = 0; i < CALENDAR_WEEK; i++)
	{
		clock_set_day(&clock->week[i], calendar, i, spans);
		clock->week[i].before = clock->week_open;
		clock->week_open += clock->week[i].open;
	}
	clock->dates = calendar->dates;
	clock->date = palloc((clock->dates + 1) * sizeof(uint32));
	clock->more = palloc((clock->dates + 1) * sizeof(int64));
	clock->day = palloc((clock->dates + 1) * sizeof(ClockDay));
	clock->more[0] = 0;
	for (i = 0; i < clock->dates; i++)
	{
		CHECK_FOR_INTERRUPTS();
		clock->date[i] = calendar->entries[CALENDAR_WEEK + i].date + CLOCK_EPOCH_DAY;
		clock_set_day(&clock->day[i], calendar, CALENDAR_WEEK + i, spans);
		clock->more[i + 1] = clock->more[i] + clock->day[i].open -
			clock->week[clock->date[i] % CALENDAR_WEEK].open;
	}
	clock->regular_from = CLOCK_REGULAR;
	if (clock->dates > 0)
		clock->regular_from = Max(CLOCK_REGULAR,
								  (calendar->entries[calendar_days(calendar) - 1].date + 3) *
								  USECS_PER_DAY);
}

/* A clock in the current memory context, where all its parts live. */
BusinessClock *
business_clock_make(const BusinessCalendar *calendar)
{
	BusinessClock *clock = palloc0(sizeof(BusinessClock));

	clock->zone = period_zone(pnstrdup(calendar_zone(calendar), calendar->zone_length));
	clock->cycle_open = -1;
	clock_set_hours(clock, calendar);
	clock->room = 64;
	clock->stretches = palloc(clock->room * sizeof(ClockStretch));
	clock_begin(clock, 0, 0);
	return clock;
}

/* Make sure that times from this instant on can be asked for. */
void
business_clock_reach(BusinessClock *clock, TimestampTz from)
{
	if (unlikely(from < clock->known_from))
		clock_begin(clock, -(int64) CLOCK_EPOCH - 2 * USECS_PER_DAY, PG_INT64_MIN);
}
