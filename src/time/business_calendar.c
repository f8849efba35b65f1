/*
 * business_calendar.c: the type business_calendar, its validator, its output and
 * its binary form.  Its text is read in business_calendar_in.c.
 *
 * A calendar is a time zone, the opening hours of the seven weekdays, and the opening
 * hours of single dates, which replace the hours of the weekday.  The spans of a day
 * are in order and apart from each other (spans that touch become one), so calendars
 * with the same hours on every day are the same bytes.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/date.h"
#include "utils/datetime.h"

#include "base/summary.h"
#include "business_calendar.h"
#include "period.h"

PG_FUNCTION_INFO_V1(business_calendar_out);
PG_FUNCTION_INFO_V1(business_calendar_recv);
PG_FUNCTION_INFO_V1(business_calendar_send);

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

/* Are the spans inside the day, in order and apart from each other? */
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
			day->spans[i].to > SECS_PER_DAY)
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
						   "in a day, in ascending order from 00:00 to 24:00, which do not touch.",
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
	return calendar;
}

/* A stored or passed value in full, not to be written to. */
BusinessCalendar *
calendar_detoast(Datum value)
{
	return summary_detoast(value, CALENDAR_VERSION, "business calendar");
}

/* --- text --------------------------------------------------------------------- */

/* Append HH:MM, with seconds if they are not 0. */
static void
calendar_append_time(StringInfo out, int32 time)
{
	appendStringInfo(out, "%02d:%02d",
					 time / SECS_PER_HOUR, time % SECS_PER_HOUR / SECS_PER_MINUTE);
	if (time % SECS_PER_MINUTE != 0)
		appendStringInfo(out, ":%02d", time % SECS_PER_MINUTE);
}

static void
calendar_append_spans(StringInfo out, const BusinessCalendar *calendar, int day)
{
	const CalendarSpan *spans = calendar_spans(calendar);
	int			first = calendar_first(calendar, day);
	int			i;

	if (first == calendar->entries[day].end)
		appendStringInfoString(out, " closed");
	for (i = first; i < calendar->entries[day].end; i++)
	{
		appendStringInfoString(out, i == first ? " " : ", ");
		calendar_append_time(out, spans[i].from);
		appendStringInfoChar(out, '-');
		calendar_append_time(out, spans[i].to);
	}
}

static bool
calendar_same_hours(const BusinessCalendar *calendar, int day, int other)
{
	const CalendarSpan *spans = calendar_spans(calendar);
	int			a = calendar_first(calendar, day);
	int			b = calendar_first(calendar, other);
	int			count = calendar->entries[day].end - a;
	int			i;

	if (count != calendar->entries[other].end - b)
		return false;
	for (i = 0; i < count; i++)
	{
		if (spans[a + i].from != spans[b + i].from || spans[a + i].to != spans[b + i].to)
			return false;
	}
	return true;
}

/*
 * Append the entry that begins with a weekday: all weekdays with its hours, runs of
 * them as ranges.  Nothing for closed days, and for days named by an earlier entry.
 */
static void
calendar_append_weekday(StringInfo out, const BusinessCalendar *calendar, int day)
{
	const char *before = "; ";
	int			i;

	if (calendar_first(calendar, day) == calendar->entries[day].end)
		return;
	for (i = 0; i < day; i++)
	{
		if (calendar_same_hours(calendar, i, day))
			return;
	}
	for (i = day; i < CALENDAR_WEEK; i++)
	{
		int			last = i;

		if (!calendar_same_hours(calendar, i, day))
			continue;
		while (last + 1 < CALENDAR_WEEK && calendar_same_hours(calendar, last + 1, day))
			last++;
		appendStringInfo(out, "%s%.3s", before, calendar_weekdays[i]);
		if (last > i)
			appendStringInfo(out, "-%.3s", calendar_weekdays[last]);
		before = ",";
		i = last;
	}
	calendar_append_spans(out, calendar, day);
}

/* Text form, with equal weekdays in one entry. */
Datum
business_calendar_out(PG_FUNCTION_ARGS)
{
	BusinessCalendar *calendar = PG_GETARG_CALENDAR(0);
	StringInfoData out;
	int			i;

	initStringInfo(&out);
	appendBinaryStringInfo(&out, calendar_zone(calendar), calendar->zone_length);
	for (i = 0; i < CALENDAR_WEEK; i++)
		calendar_append_weekday(&out, calendar, i);
	for (i = CALENDAR_WEEK; i < calendar_days(calendar); i++)
	{
		int			year,
					month,
					day;

		CHECK_FOR_INTERRUPTS();
		j2date(calendar->entries[i].date + POSTGRES_EPOCH_JDATE, &year, &month, &day);
		appendStringInfo(&out, "; %04d-%02d-%02d", year, month, day);
		calendar_append_spans(&out, calendar, i);
	}
	PG_RETURN_CSTRING(out.data);
}

/* --- binary ------------------------------------------------------------------- */

/*
 * version, length and name of the zone, number of dates, then for the seven
 * weekdays and each date: days since 2000-01-01 (0..6 for weekdays), number of
 * spans, spans; numbers in network order.
 */
pg_noreturn static void
calendar_recv_error(StringInfo in)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary form of a business calendar, %d bytes in all, at byte %d",
					in->len, in->cursor)));
}

/* The next number, of this number of bytes; an error if it is not there. */
static int32
calendar_recv_number(StringInfo in, int bytes)
{
	if (in->len - in->cursor < bytes)
		calendar_recv_error(in);
	return (int32) pq_getmsgint(in, bytes);
}

static void
calendar_recv_zone(StringInfo in, char *zone)
{
	int			length = calendar_recv_number(in, 1);
	int			i;

	if (in->len - in->cursor < length)
		calendar_recv_error(in);
	pq_copymsgbytes(in, zone, length);
	zone[length] = '\0';
	/* text shown in a message must be valid in the encoding */
	for (i = 0; i < length; i++)
	{
		if (zone[i] <= ' ' || zone[i] > '~')
			calendar_recv_error(in);
	}
}

static void
calendar_recv_day(StringInfo in, CalendarDay *day)
{
	int			i;

	day->date = calendar_recv_number(in, 4);
	day->count = calendar_recv_number(in, 1);
	if (day->count > CALENDAR_MAX_SPANS)
		calendar_recv_error(in);
	for (i = 0; i < day->count; i++)
	{
		day->spans[i].from = calendar_recv_number(in, 4);
		day->spans[i].to = calendar_recv_number(in, 4);
	}
}

/* Binary form; error 22P03 if it is not one, 22023 for an unknown time zone. */
Datum
business_calendar_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	CalendarParts parts;
	int			dates;
	int			i;

	calendar_parts_init(&parts);
	if (calendar_recv_number(in, 1) != CALENDAR_VERSION)
		calendar_recv_error(in);
	calendar_recv_zone(in, parts.zone);
	dates = calendar_recv_number(in, 2);
	if (dates > CALENDAR_MAX_DATES)
		calendar_recv_error(in);
	for (i = 0; i < CALENDAR_WEEK; i++)
		calendar_recv_day(in, &parts.days[i]);
	for (i = 0; i < dates; i++)
		calendar_recv_day(in, calendar_parts_add(&parts, 0));
	if (in->cursor != in->len)
		calendar_recv_error(in);
	PG_RETURN_POINTER(calendar_make(&parts, ERRCODE_INVALID_BINARY_REPRESENTATION, NULL));
}

/* Binary form. */
Datum
business_calendar_send(PG_FUNCTION_ARGS)
{
	BusinessCalendar *calendar = PG_GETARG_CALENDAR(0);
	const CalendarSpan *spans = calendar_spans(calendar);
	StringInfoData out;
	int			i,
				j;

	pq_begintypsend(&out);
	pq_sendint8(&out, CALENDAR_VERSION);
	pq_sendint8(&out, calendar->zone_length);
	pq_sendbytes(&out, calendar_zone(calendar), calendar->zone_length);
	pq_sendint16(&out, calendar->dates);
	for (i = 0; i < calendar_days(calendar); i++)
	{
		int			first = calendar_first(calendar, i);

		CHECK_FOR_INTERRUPTS();
		pq_sendint32(&out, calendar->entries[i].date);
		pq_sendint8(&out, calendar->entries[i].end - first);
		for (j = first; j < calendar->entries[i].end; j++)
		{
			pq_sendint32(&out, spans[j].from);
			pq_sendint32(&out, spans[j].to);
		}
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
