/*
 * business_calendar.c: the type business_calendar and its validator.  Text and binary
 * forms are in business_calendar_io.c and business_calendar_in.c.
 *
 * A calendar is a time zone, the opening hours of the seven weekdays, and the opening
 * hours of single dates, which replace the hours of the weekday.  The spans of a day
 * are in order and apart from each other (spans that touch become one), so calendars
 * with the same hours on every day are the same bytes.
 *
 * The last span of a day may run over midnight.  It is one shift: a date that replaces
 * the hours of its day replaces all of it, and leaves the shift of the day before as it
 * is.  No shift may run into the hours of the next day, so no time counts twice.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/date.h"
#include "utils/datetime.h"

#include "base/summary.h"
#include "business_calendar.h"
#include "period.h"

/* The first three letters of each are enough. */
const char *const calendar_weekdays[CALENDAR_WEEK] = {
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"
};

/* --- making values ------------------------------------------------------------- */

/* Start to build a calendar: seven closed weekdays and no dates. */
void
calendar_parts_init(CalendarParts *parts)
{
	int			i;

	parts->zone[0] = '\0';
	parts->dates = 0;
	parts->room = 16;
	parts->days = palloc0((CALENDAR_WEEK + parts->room) * sizeof(CalendarDay));
	for (i = 0; i < CALENDAR_WEEK; i++)
		parts->days[i].date = i;
}

/* Add a date, without spans yet; the caller keeps to CALENDAR_MAX_DATES. */
CalendarDay *
calendar_parts_add(CalendarParts *parts, int32 date)
{
	CalendarDay *day;

	if (parts->dates == parts->room)
	{
		parts->room *= 2;
		parts->days = repalloc(parts->days, (CALENDAR_WEEK + parts->room) * sizeof(CalendarDay));
	}
	day = &parts->days[CALENDAR_WEEK + parts->dates++];
	memset(day, 0, sizeof(CalendarDay));
	day->date = date;
	return day;
}

/*
 * Are the spans in order and apart from each other, do they begin in the day, and end
 * before the next one does?
 */
static bool
calendar_day_good(const CalendarDay *day)
{
	int			free_from = 0;
	int			i;

	if (day->count < 0 || day->count > CALENDAR_MAX_SPANS)
		return false;
	for (i = 0; i < day->count; i++)
	{
		if (day->spans[i].from < free_from || day->spans[i].from >= day->spans[i].to ||
			day->spans[i].from > SECS_PER_DAY || day->spans[i].to >= 2 * SECS_PER_DAY)
			return false;
		free_from = day->spans[i].to + 1;
	}
	return true;
}

/* Are there seven weekdays, then dates of the years 1 to 9999 in ascending order? */
static bool
calendar_dates_good(const CalendarParts *parts)
{
	int			least = date2j(1, 1, 1) - POSTGRES_EPOCH_JDATE;
	int			last = date2j(9999, 12, 31) - POSTGRES_EPOCH_JDATE;
	int			i;

	for (i = 0; i < CALENDAR_WEEK; i++)
	{
		if (parts->days[i].date != i)
			return false;
	}
	for (i = CALENDAR_WEEK; i < CALENDAR_WEEK + parts->dates; i++)
	{
		if (parts->days[i].date < least || parts->days[i].date > last)
			return false;
		least = parts->days[i].date + 1;
	}
	return true;
}

/*
 * The hours of all days that differ: of the seven weekdays, then of dates in ascending
 * order.  Beside its own dates a calendar has such hours on the day after a date on which
 * another shift than the weekday's runs over midnight.  There must be room for
 * CALENDAR_WEEK + 2 * dates of them; returns their number.
 */
int
calendar_hours(const BusinessCalendar *calendar, CalendarHours *hours)
{
	const CalendarEntry *entries = calendar->entries;
	int			count = 0;
	int			i;

	for (i = 0; i < CALENDAR_WEEK; i++)
	{
		hours[count].date = hours[count].own = i;
		hours[count++].before = (i + CALENDAR_WEEK - 1) % CALENDAR_WEEK;
	}
	for (i = CALENDAR_WEEK; i < calendar_days(calendar); i++)
	{
		int32		date = entries[i].date;
		/* 2000-01-01 was a Saturday */
		int			weekday = (date % CALENDAR_WEEK + CALENDAR_WEEK + 5) % CALENDAR_WEEK;

		CHECK_FOR_INTERRUPTS();
		hours[count].date = date;
		hours[count].own = i;
		hours[count++].before = i > CALENDAR_WEEK && entries[i - 1].date == date - 1 ?
			i - 1 : hours[weekday].before;
		if ((i + 1 == calendar_days(calendar) || entries[i + 1].date > date + 1) &&
			calendar_night(calendar, i) != calendar_night(calendar, weekday))
		{
			hours[count].date = date + 1;
			hours[count].own = (weekday + 1) % CALENDAR_WEEK;
			hours[count++].before = i;
		}
	}
	return count;
}

/* The name of an entry for a message. */
static const char *
calendar_entry_name(const BusinessCalendar *calendar, int place)
{
	int			year,
				month,
				day;

	if (place < CALENDAR_WEEK)
		return pnstrdup(calendar_weekdays[place], 3);
	j2date(calendar->entries[place].date + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	return psprintf("%04d-%02d-%02d", year, month, day);
}

/* Does no shift run into the hours of the next day?  Else an error; false after a soft one. */
static bool
calendar_nights_good(const BusinessCalendar *calendar, int sqlstate, struct Node *escontext)
{
	CalendarHours *hours = palloc((CALENDAR_WEEK + 2 * calendar->dates) * sizeof(CalendarHours));
	int			count = calendar_hours(calendar, hours);
	int			i;

	for (i = 0; i < count; i++)
	{
		int			first = calendar_first(calendar, hours[i].own);

		if (first < calendar->entries[hours[i].own].end &&
			calendar_night(calendar, hours[i].before) > calendar_spans(calendar)[first].from)
			ereturn(escontext, false,
					(errcode(sqlstate),
					 errmsg("opening hours of a business calendar overlap"),
					 errdetail("The hours of %s run into those of %s on the day after.",
							   calendar_entry_name(calendar, hours[i].before),
							   calendar_entry_name(calendar, hours[i].own)),
					 errhint("Let the hours over midnight end when those of the next day begin, "
							 "or earlier.")));
	}
	pfree(hours);
	return true;
}

/*
 * The one validator: every way into the type ends here.  Returns NULL after a soft
 * error.  sqlstate is the code for a wrong shape: 22P02 in text, 22P03 in binary.
 */
BusinessCalendar *
calendar_make(const CalendarParts *parts, int sqlstate, struct Node *escontext)
{
	pg_tz	   *zone = period_zone_find(parts->zone);
	int			days = CALENDAR_WEEK + parts->dates;
	bool		good = parts->dates <= CALENDAR_MAX_DATES && calendar_dates_good(parts);
	const char *name;
	BusinessCalendar *calendar;
	CalendarSpan *spans;
	Size		size;
	int			total = 0;
	int			i;

	if (zone == NULL)
		ereturn(escontext, NULL,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("time zone \"%s\" of a business calendar not recognized",
						summary_shown(parts->zone)),
				 errhint("Use a full name of pg_timezone_names, such as Europe/Berlin or UTC.")));
	for (i = 0; i < days && good; i++)
	{
		good = calendar_day_good(&parts->days[i]);
		total += parts->days[i].count;
	}
	if (!good)
		ereturn(escontext, NULL,
				(errcode(sqlstate),
				 errmsg("days or opening hours of a business calendar are out of order"),
				 errdetail("There are at most %d dates, in ascending order, and at most %d spans "
						   "in a day, in ascending order from 00:00 to 24:00, which do not touch; "
						   "the last one may end on the next day.",
						   CALENDAR_MAX_DATES, CALENDAR_MAX_SPANS)));
	if (total == 0)
		ereturn(escontext, NULL,
				(errcode(sqlstate),
				 errmsg("business calendar without any opening time"),
				 errhint("Example: Europe/Berlin; mon-fri 09:00-17:00; 2026-12-25 closed")));

	/* the name as it is spelled in the time zone data */
	name = pg_get_timezone_name(zone);
	size = offsetof(BusinessCalendar, entries) + days * sizeof(CalendarEntry) +
		total * sizeof(CalendarSpan) + strlen(name);
	calendar = palloc0(size);
	SET_VARSIZE(calendar, size);
	calendar->version = CALENDAR_VERSION;
	calendar->zone_length = (uint8) strlen(name);
	calendar->dates = (uint16) parts->dates;
	spans = (CalendarSpan *) &calendar->entries[days];
	for (i = 0; i < days; i++)
	{
		memcpy(spans, parts->days[i].spans, parts->days[i].count * sizeof(CalendarSpan));
		spans += parts->days[i].count;
		calendar->entries[i].date = parts->days[i].date;
		calendar->entries[i].end = calendar_first(calendar, i) + parts->days[i].count;
	}
	memcpy(spans, name, strlen(name));
	for (i = 0; i < days; i++)
	{
		if (calendar_night(calendar, i) > 0)
			calendar->version = CALENDAR_NIGHTS;
	}
	if (calendar->version == CALENDAR_NIGHTS &&
		!calendar_nights_good(calendar, sqlstate, escontext))
		return NULL;
	return calendar;
}

/* A stored or passed value in full, not to be written to. */
BusinessCalendar *
calendar_detoast(Datum value)
{
	BusinessCalendar *calendar = (BusinessCalendar *) PG_DETOAST_DATUM(value);

	if (unlikely(calendar->version != CALENDAR_VERSION && calendar->version != CALENDAR_NIGHTS))
		summary_unknown_format((Summary *) calendar, "business calendar");
	return calendar;
}
