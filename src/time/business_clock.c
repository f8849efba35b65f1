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

#include "business_clock_internal.h"
#include "period.h"

/* --- local time ------------------------------------------------------------------ */

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
void
business_clock_begin(BusinessClock *clock, TimestampTz first, TimestampTz known_from)
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

void
business_clock_year_error(TimestampTz at)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
			 errmsg("timestamp before the year 1: \"%s\"", timestamptz_to_str(at)),
			 errhint("Leave such rows out with FILTER (WHERE ...).")));
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
		business_clock_year_error(at);
	return open + stretch->carry + clock_local_open(clock, local);
}

/* Does the calendar open on any weekday? */
bool
business_clock_weekly(const BusinessClock *clock)
{
	return clock->week_open > 0;
}

/* Make sure that times from this instant on can be asked for. */
void
business_clock_reach(BusinessClock *clock, TimestampTz from)
{
	if (unlikely(from < clock->known_from))
		business_clock_begin(clock, -(int64) CLOCK_EPOCH - 2 * USECS_PER_DAY, PG_INT64_MIN);
}
