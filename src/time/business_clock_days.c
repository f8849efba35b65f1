/*
 * business_clock_days.c: counting working days, the dates on which a shift begins.
 *
 * Their number up to a date is whole weeks by multiplication, the rest of the week by a
 * table, and a running sum of what the dates of the calendar change, as open time is.  So
 * neither counting nor adding costs more for more days.  A date that a zone left out when
 * it changed sides of the date line (Samoa has no 2011-12-30) is no working day.
 */
#include "postgres.h"

#include "utils/datetime.h"

#include "business_clock_internal.h"
#include "period.h"

#define CLOCK_LAST_DAY		(END_TIMESTAMP / USECS_PER_DAY + CLOCK_EPOCH_DAY - 1)
#define CLOCK_UNIX_DAYS		719162	/* from 0001-01-01 to 1970-01-01 */
#define CLOCK_TABLES_END	((pg_time_t) 1 << 31)	/* 2038: later changes follow a rule */

/* The day that the clocks of the zone show, and the time of day; error 22008 before the year 1. */
static int64
clock_date(const BusinessClock *clock, TimestampTz at, int64 *time)
{
	pg_time_t	seconds = period_seconds(at);
	int64		local = at + pg_localtime(&seconds, clock->zone)->tm_gmtoff * USECS_PER_SEC;
	uint64		since = (uint64) local + CLOCK_EPOCH;

	if (local < -(int64) CLOCK_EPOCH)
		business_clock_year_error(at);
	*time = (int64) (since % USECS_PER_DAY);
	return (int64) (since / USECS_PER_DAY);
}

static const ClockDay *
clock_day(const BusinessClock *clock, uint32 number)
{
	int			before = clock_dates_before(clock, number);

	if (before < clock->dates && clock->date[before] == number)
		return &clock->day[before];
	return &clock->week[number % CALENDAR_WEEK];
}

/* Find the dates with a shift that lie wholly within a jump of the clocks. */
static void
clock_find_missing(BusinessClock *clock)
{
	pg_time_t	at = -(pg_time_t) CLOCK_UNIX_DAYS * SECS_PER_DAY;
	pg_time_t	border;
	long int	before,
				after;
	int			is_dst;

	clock->missing = 0;
	while (pg_next_dst_boundary(&at, &before, &is_dst, &border, &after, &is_dst,
								clock->zone) > 0 && border < CLOCK_TABLES_END)
	{
		int64		local = border + (int64) CLOCK_UNIX_DAYS * SECS_PER_DAY;
		int64		number = (local + before + SECS_PER_DAY - 1) / SECS_PER_DAY;

		for (; (number + 1) * SECS_PER_DAY <= local + after; number++)
		{
			if (clock->missing < CLOCK_MISSING && clock_day(clock, number)->closes > 0)
				clock->missing_date[clock->missing++] = (uint32) number;
		}
		at = border;
	}
}

/* The number of working days up to a day. */
static int64
clock_shifts(const BusinessClock *clock, int64 number)
{
	uint32		next = (uint32) (number + 1);
	int64		shifts = (int64) (next / CALENDAR_WEEK) * clock->week_shifts +
		clock->shifts_before[next % CALENDAR_WEEK] +
		clock->more_shifts[clock_dates_before(clock, next)];
	int			i;

	for (i = 0; i < clock->missing; i++)
		shifts -= clock->missing_date[i] <= number;
	return shifts;
}

/*
 * The number of working days after the date of start, up to that of finish; 0 if clocks
 * that were set back show an earlier date at the later instant.
 */
int32
business_clock_days(BusinessClock *clock, TimestampTz start, TimestampTz finish)
{
	int64		time;
	int64		first = clock_date(clock, start, &time);
	int64		last = clock_date(clock, finish, &time);

	if (clock->missing < 0)
		clock_find_missing(clock);
	return (int32) Max(clock_shifts(clock, last) - clock_shifts(clock, first), 0);
}

/* The instant at which the clocks show a time of a day, as PostgreSQL takes local times. */
static TimestampTz
clock_instant(const BusinessClock *clock, int64 number, int64 time)
{
	Timestamp	local = (number - CLOCK_EPOCH_DAY) * USECS_PER_DAY + time;
	struct pg_tm tm;
	fsec_t		fsec;

	if (timestamp2tm(local, NULL, &tm, &fsec, NULL, NULL) != 0)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("timestamp out of range")));
	return local + DetermineTimeZoneOffset(&tm, clock->zone) * USECS_PER_SEC;
}

/*
 * The time of day of start on the working day that comes as number days after its date, or
 * before it if days is negative, or the end of that day's last shift if that is earlier;
 * start itself for 0.  False if there is no such day.
 */
bool
business_clock_add_days(BusinessClock *clock, TimestampTz start, int32 days, TimestampTz *result)
{
	int64		time;
	int64		date = clock_date(clock, start, &time);
	int64		low = 0;
	int64		high = CLOCK_LAST_DAY;
	int64		target;

	*result = start;
	if (days == 0)
		return true;
	if (clock->missing < 0)
		clock_find_missing(clock);
	target = days > 0 ? clock_shifts(clock, date) + days :
		clock_shifts(clock, date - 1) + days + 1;
	if (target < 1 || clock_shifts(clock, high) < target)
		return false;
	/* the first day up to which there are so many */
	while (low < high)
	{
		int64		middle = (low + high) / 2;

		if (clock_shifts(clock, middle) >= target)
			high = middle;
		else
			low = middle + 1;
	}
	*result = clock_instant(clock, low,
							Min(time, clock_day(clock, low)->closes * USECS_PER_SEC));
	return IS_VALID_TIMESTAMP(*result);
}
