/*
 * business_clock_make.c: making a clock of a calendar.
 *
 * Shifts over midnight are cut here: a day of the clock has the end of the shift before
 * and its own spans up to midnight.  So reading the clock knows nothing of them, and
 * costs the same with and without.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "business_clock_internal.h"
#include "period.h"

/* Set the hours of a day, and give them a place among the spans of the clock. */
static void
clock_set_day(ClockDay *day, const BusinessCalendar *calendar, const CalendarHours *hours,
			  ClockSpan **place)
{
	const CalendarSpan *stored = calendar_spans(calendar);
	ClockSpan  *span = *place;
	int64		night = calendar_night(calendar, hours->before) * USECS_PER_SEC;
	int			i;

	day->open = night;
	day->spans = span;
	day->closes = 0;
	if (night > 0)
	{
		span->from = 0;
		span++->to = night;
	}
	for (i = calendar_first(calendar, hours->own); i < calendar->entries[hours->own].end; i++)
	{
		day->closes = stored[i].to;
		if (stored[i].from == SECS_PER_DAY)
			continue;
		span->from = stored[i].from * USECS_PER_SEC;
		span->to = Min(stored[i].to, SECS_PER_DAY) * USECS_PER_SEC;
		day->open += span->to - span->from;
		span++;
	}
	day->count = (int32) (span - *place);
	*place = span;
}

/* Room for the spans of these days. */
static ClockSpan *
clock_spans(const BusinessCalendar *calendar, const CalendarHours *hours, int count)
{
	int			spans = 0;
	int			i;

	for (i = 0; i < count; i++)
		spans += calendar->entries[hours[i].own].end - calendar_first(calendar, hours[i].own) +
			(calendar_night(calendar, hours[i].before) > 0);
	return palloc(spans * sizeof(ClockSpan));
}

static void
clock_set_hours(BusinessClock *clock, const BusinessCalendar *calendar)
{
	CalendarHours *hours = palloc((CALENDAR_WEEK + 2 * calendar->dates) * sizeof(CalendarHours));
	int			count = calendar_hours(calendar, hours);
	ClockSpan  *spans = clock_spans(calendar, hours, count);
	int			i;

	for (i = 0; i < CALENDAR_WEEK; i++)
	{
		clock_set_day(&clock->week[i], calendar, &hours[i], &spans);
		clock->week[i].before = clock->week_open;
		clock->week_open += clock->week[i].open;
		clock->shifts_before[i] = clock->week_shifts;
		clock->week_shifts += clock->week[i].closes > 0;
	}
	clock->dates = count - CALENDAR_WEEK;
	clock->date = palloc((clock->dates + 1) * sizeof(uint32));
	clock->more = palloc((clock->dates + 1) * sizeof(int64));
	clock->more_shifts = palloc((clock->dates + 1) * sizeof(int));
	clock->day = palloc((clock->dates + 1) * sizeof(ClockDay));
	clock->more[0] = 0;
	clock->more_shifts[0] = 0;
	for (i = 0; i < clock->dates; i++)
	{
		const ClockDay *day = &clock->day[i];
		const ClockDay *weekday;

		CHECK_FOR_INTERRUPTS();
		clock->date[i] = hours[CALENDAR_WEEK + i].date + CLOCK_EPOCH_DAY;
		clock_set_day(&clock->day[i], calendar, &hours[CALENDAR_WEEK + i], &spans);
		weekday = &clock->week[clock->date[i] % CALENDAR_WEEK];
		clock->more[i + 1] = clock->more[i] + day->open - weekday->open;
		clock->more_shifts[i + 1] = clock->more_shifts[i] +
			(day->closes > 0) - (weekday->closes > 0);
	}
	clock->regular_from = CLOCK_REGULAR;
	if (clock->dates > 0)
		clock->regular_from = Max(CLOCK_REGULAR,
								  (hours[count - 1].date + 3) * USECS_PER_DAY);
	pfree(hours);
}

/* A clock in the current memory context, where all its parts live. */
BusinessClock *
business_clock_make(const BusinessCalendar *calendar)
{
	BusinessClock *clock = palloc0(sizeof(BusinessClock));

	clock->zone = period_zone(pnstrdup(calendar_zone(calendar), calendar->zone_length));
	clock->cycle_open = -1;
	clock->missing = -1;
	clock_set_hours(clock, calendar);
	clock->room = 64;
	clock->stretches = palloc(clock->room * sizeof(ClockStretch));
	business_clock_begin(clock, 0, 0);
	return clock;
}
