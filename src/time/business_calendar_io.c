/*
 * business_calendar_io.c: the text that a business calendar gives, and its binary form.
 * Its text is read in business_calendar_in.c.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "miscadmin.h"
#include "utils/datetime.h"

#include "business_calendar.h"

PG_FUNCTION_INFO_V1(business_calendar_out);
PG_FUNCTION_INFO_V1(business_calendar_recv);
PG_FUNCTION_INFO_V1(business_calendar_send);

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

/*
 * Append a span; the end of one over midnight is a time of the next day.  24 hours or
 * more are written as two spans that touch, as 09:00-09:00 could be nothing as well.
 */
static void
calendar_append_span(StringInfo out, CalendarSpan span)
{
	bool		night = span.to > SECS_PER_DAY;

	if (night && span.to - span.from >= SECS_PER_DAY)
	{
		calendar_append_time(out, span.from);
		appendStringInfoString(out, "-24:00, ");
		span.from = SECS_PER_DAY;
	}
	calendar_append_time(out, span.from);
	appendStringInfoChar(out, '-');
	calendar_append_time(out, night ? span.to - SECS_PER_DAY : span.to);
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
		calendar_append_span(out, spans[i]);
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
 * version (2 if a span runs over midnight, else 1), length and name of the zone, number of dates, then for the seven
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
	BusinessCalendar *calendar;
	int			version;
	int			dates;
	int			i;

	calendar_parts_init(&parts);
	version = calendar_recv_number(in, 1);
	if (version != CALENDAR_VERSION && version != CALENDAR_NIGHTS)
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
	calendar = calendar_make(&parts, ERRCODE_INVALID_BINARY_REPRESENTATION, NULL);
	if (calendar->version != version)
		calendar_recv_error(in);
	PG_RETURN_POINTER(calendar);
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
	pq_sendint8(&out, calendar->version);
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
