/*
 * status_clock_io.c: text and binary forms of status clocks.
 *
 *   clock = "{" [ event { "," event } ] "}"
 *   event = time [ "#" sequence ] '"' status '"'
 *   time  = [ "-" ] year "-" MM "-" DD "T" HH ":" MM ":" SS [ "." fraction ] "Z"
 *
 * Times are UTC, whatever the settings; the year before 1 is 0, as in ISO 8601.  A backslash
 * stands before a quote or a backslash of a status.  Events may be written in any order.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "status_clock.h"

PG_FUNCTION_INFO_V1(status_clock_in);
PG_FUNCTION_INFO_V1(status_clock_out);
PG_FUNCTION_INFO_V1(status_clock_recv);
PG_FUNCTION_INFO_V1(status_clock_send);

static const TextForm status_text = {
	"status_clock", "sequence number out of range for a status clock",
	"Example, times in UTC: {2026-03-02T09:00:00Z \"new\",2026-03-02T09:30:00Z \"open\"}"
};

#define STATUS_LAST_YEAR	294276
/* before the year 0 */
#define STATUS_FIRST_YEAR	4713

/* --- text ------------------------------------------------------------------------------ */

static void
status_append_time(StringInfo out, TimestampTz at)
{
	int64		time = at % USECS_PER_DAY;
	int64		days = at / USECS_PER_DAY;
	int			year,
				month,
				day;

	if (time < 0)
	{
		time += USECS_PER_DAY;
		days--;
	}
	j2date((int) days + POSTGRES_EPOCH_JDATE, &year, &month, &day);
	appendStringInfo(out, "%s%04d-%02d-%02dT%02d:%02d:%02d", year < 0 ? "-" : "", abs(year),
					 month, day, (int) (time / USECS_PER_HOUR),
					 (int) (time / USECS_PER_MINUTE % MINS_PER_HOUR),
					 (int) (time / USECS_PER_SEC % SECS_PER_MINUTE));
	time %= USECS_PER_SEC;
	if (time != 0)
	{
		appendStringInfo(out, ".%06d", (int) time);
		while (out->data[out->len - 1] == '0')
			out->data[--out->len] = '\0';
	}
	appendStringInfoChar(out, 'Z');
}

/* Read a sign, without blanks; false if it is not there. */
static inline bool
status_parse_sign(const char **at, char sign)
{
	if (**at != sign)
		return false;
	(*at)++;
	return true;
}

/* Read a number of least to most digits from low to high; false if it is not there. */
static bool
status_parse_part(const char **at, int least, int most, int low, int high, int *number)
{
	int			digits;

	*number = 0;
	for (digits = 0; digits < most && **at >= '0' && **at <= '9'; digits++)
		*number = *number * 10 + (*(*at)++ - '0');
	return digits >= least && *number >= low && *number <= high;
}

/* Read a date as days since 2000-01-01; false if there is none. */
static bool
status_parse_date(const char **at, int *days)
{
	bool		negative = status_parse_sign(at, '-');
	int			year,
				month,
				day,
				same;

	if (!status_parse_part(at, 4, 6, 0, STATUS_LAST_YEAR, &year) || !status_parse_sign(at, '-') ||
		!status_parse_part(at, 2, 2, 1, MONTHS_PER_YEAR, &month) || !status_parse_sign(at, '-') ||
		!status_parse_part(at, 2, 2, 1, 31, &day) || (negative && year > STATUS_FIRST_YEAR))
		return false;
	*days = date2j(negative ? -year : year, month, day) - POSTGRES_EPOCH_JDATE;
	/* the 31st of a month with 30 days would be another day */
	j2date(*days + POSTGRES_EPOCH_JDATE, &year, &month, &same);
	return same == day;
}

/* Read a time, after blanks; false if there is none. */
static bool
status_parse_time(const char **at, TimestampTz *time)
{
	int64		unit = USECS_PER_SEC / 10;
	int			days,
				hour,
				minute,
				second;

	*at += strspn(*at, " \t\n\r");
	if (!status_parse_date(at, &days) || !status_parse_sign(at, 'T') ||
		!status_parse_part(at, 2, 2, 0, HOURS_PER_DAY - 1, &hour) || !status_parse_sign(at, ':') ||
		!status_parse_part(at, 2, 2, 0, MINS_PER_HOUR - 1, &minute) ||
		!status_parse_sign(at, ':') ||
		!status_parse_part(at, 2, 2, 0, SECS_PER_MINUTE - 1, &second))
		return false;
	*time = days * USECS_PER_DAY + hour * USECS_PER_HOUR + minute * USECS_PER_MINUTE +
		second * USECS_PER_SEC;
	if (status_parse_sign(at, '.'))
	{
		for (; unit > 0 && **at >= '0' && **at <= '9'; unit /= 10)
			*time += unit * (*(*at)++ - '0');
	}
	return status_parse_sign(at, 'Z') && IS_VALID_TIMESTAMP(*time);
}

/* A status in quotes, a backslash before each quote and backslash in it. */
static void
status_append_name(StringInfo out, const StatusName *name)
{
	int			i;

	appendStringInfoString(out, " \"");
	for (i = 0; i < name->length; i++)
	{
		if (name->text[i] == '"' || name->text[i] == '\\')
			appendStringInfoChar(out, '\\');
		appendStringInfoChar(out, name->text[i]);
	}
	appendStringInfoChar(out, '"');
}

/* Read such a status, after blanks, into a buffer; false if there is none. */
static bool
status_parse_name(const char **at, StringInfo name)
{
	resetStringInfo(name);
	if (!summary_parse_sign(at, "\""))
		return false;
	while (**at != '"')
	{
		status_parse_sign(at, '\\');
		if (**at == '\0')
			return false;
		appendStringInfoChar(name, *(*at)++);
	}
	(*at)++;
	return true;
}

/*
 * Read an event and add it.  False if there is none; after a soft error of the clock itself
 * *clock is NULL.
 */
static bool
status_parse_event(const char **at, StatusClock **clock, StringInfo buffer, bool *fits,
				   struct Node *escontext)
{
	StatusEvent event = {0};
	StatusName	name = {0};
	bool		sequenced;

	if (!status_parse_time(at, &event.at))
		return false;
	sequenced = status_parse_sign(at, '#');
	if ((sequenced && !summary_parse_number(at, &event.sequence, fits)) || !*fits ||
		!status_parse_name(at, buffer))
		return false;
	name.text = buffer->data;
	name.length = buffer->len;
	*clock = status_clock_add(*clock, &name, &event, sequenced, escontext);
	return true;
}

/*
 * Text form.  Errors: 22P02 if it is not one, 22003 for a sequence number out of range, and
 * those of the aggregate.
 */
Datum
status_clock_in(PG_FUNCTION_ARGS)
{
	char	   *text = PG_GETARG_CSTRING(0);
	struct Node *escontext = (struct Node *) fcinfo->context;
	const char *at = text;
	StatusClock *clock = status_clock_empty();
	StringInfoData buffer;
	bool		fits = true;
	bool		good;

	initStringInfo(&buffer);
	good = summary_parse_sign(&at, "{");
	if (good && !summary_parse_sign(&at, "}"))
	{
		do
		{
			CHECK_FOR_INTERRUPTS();
			good = status_parse_event(&at, &clock, &buffer, &fits, escontext);
			if (clock == NULL)
				return (Datum) 0;
		} while (good && summary_parse_sign(&at, ","));
		good = good && summary_parse_sign(&at, "}");
	}
	if (!summary_text_whole(&status_text, text, at, good, fits, escontext))
		return (Datum) 0;
	clock = status_clock_sorted(clock, escontext);
	if (clock == NULL)
		return (Datum) 0;
	PG_RETURN_POINTER(clock);
}

/* Text form, events by time, then sequence. */
Datum
status_clock_out(PG_FUNCTION_ARGS)
{
	StatusClock *clock = PG_GETARG_STATUS_CLOCK(0);
	StatusName *names = status_names(clock);
	StringInfoData out;
	StatusCursor cursor;
	StatusEvent event;

	initStringInfo(&out);
	appendStringInfoChar(&out, '{');
	status_cursor(&cursor, clock);
	while (status_next(&cursor, &event))
	{
		if (out.len > 1)
			appendStringInfoChar(&out, ',');
		status_append_time(&out, event.at);
		if (status_sequenced(clock))
			appendStringInfo(&out, "#" INT64_FORMAT, event.sequence);
		status_append_name(&out, &names[event.status]);
	}
	appendStringInfoChar(&out, '}');
	PG_RETURN_CSTRING(out.data);
}

/* --- binary -------------------------------------------------------------------------------- */

/*
 * Version, 1 if there are sequence numbers, numbers of statuses and of events; each status
 * with its length; for each event its time, the number of its status, and its sequence
 * number; network order.  Events are sorted.
 */
#define STATUS_BINARY_HEADER	(1 + 1 + 2 + 4)
#define STATUS_BINARY_NAME		4	/* at least */
#define STATUS_BINARY_EVENT(sequenced)	(8 + 2 + ((sequenced) ? 8 : 0))

pg_noreturn static void
status_recv_error(StringInfo in)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg("invalid binary form of a status clock, %d bytes in all, at byte %d",
					in->len, in->cursor)));
}

/* The names of a binary form, each once. */
static StatusName *
status_recv_names(StringInfo in, int statuses)
{
	StatusName *names;
	int			i;

	if ((in->len - in->cursor) / STATUS_BINARY_NAME < statuses)
		status_recv_error(in);
	names = palloc(Max(statuses, 1) * sizeof(StatusName));
	for (i = 0; i < statuses; i++)
	{
		int			length = in->len - in->cursor < STATUS_BINARY_NAME ? -1 :
			(int) pq_getmsgint(in, STATUS_BINARY_NAME);

		if (length < 0 || length > in->len - in->cursor)
			status_recv_error(in);
		names[i].text = pq_getmsgtext(in, length, &names[i].length);
	}
	return names;
}

/* Binary form; error 22P03 if it is not one, 22008 for an infinite time. */
Datum
status_clock_recv(PG_FUNCTION_ARGS)
{
	StringInfo	in = (StringInfo) PG_GETARG_POINTER(0);
	StatusClock *clock = status_clock_empty();
	StatusEvent event = {0};
	StatusName *names;
	bool		sequenced;
	int			statuses,
				events,
				i;

	if (in->len - in->cursor < STATUS_BINARY_HEADER || pq_getmsgbyte(in) != STATUS_VERSION)
		status_recv_error(in);
	i = pq_getmsgbyte(in);
	sequenced = i == 1;
	statuses = (int) pq_getmsgint(in, 2);
	events = (int) pq_getmsgint(in, 4);
	if (i > 1 || (events == 0 && i == 1) || statuses > STATUS_MAX_STATUSES ||
		events < statuses || events > STATUS_MAX_EVENTS)
		status_recv_error(in);
	names = status_recv_names(in, statuses);
	if (in->len - in->cursor != events * STATUS_BINARY_EVENT(sequenced))
		status_recv_error(in);
	for (i = 0; i < events; i++)
	{
		StatusEvent last = event;

		event.at = pq_getmsgint64(in);
		event.status = (int32) pq_getmsgint(in, 2);
		event.sequence = sequenced ? pq_getmsgint64(in) : 0;
		if (event.status >= statuses ||
			(i > 0 && (event.at < last.at ||
					   (event.at == last.at && event.sequence <= last.sequence))))
			status_recv_error(in);
		clock = status_clock_add(clock, &names[event.status], &event, sequenced, NULL);
	}
	/* a name that is there twice, or not used */
	if (clock->statuses != statuses)
		status_recv_error(in);
	PG_RETURN_POINTER(status_clock_sorted(clock, NULL));
}

/* A name with its length, in the encoding of the client. */
static void
status_send_name(StringInfo out, const StatusName *name)
{
	char	   *sent = pg_server_to_client(name->text, name->length);
	int			length = sent == name->text ? name->length : (int) strlen(sent);

	pq_sendint32(out, length);
	pq_sendbytes(out, sent, length);
}

/* Binary form. */
Datum
status_clock_send(PG_FUNCTION_ARGS)
{
	StatusClock *clock = PG_GETARG_STATUS_CLOCK(0);
	StatusName *names = status_names(clock);
	bool		sequenced = status_sequenced(clock);
	StringInfoData out;
	StatusCursor cursor;
	StatusEvent event;
	int			i;

	pq_begintypsend(&out);
	pq_sendint8(&out, STATUS_VERSION);
	pq_sendint8(&out, sequenced ? 1 : 0);
	pq_sendint16(&out, clock->statuses);
	pq_sendint32(&out, clock->events);
	for (i = 0; i < clock->statuses; i++)
		status_send_name(&out, &names[i]);
	status_cursor(&cursor, clock);
	while (status_next(&cursor, &event))
	{
		pq_sendint64(&out, event.at);
		pq_sendint16(&out, event.status);
		if (sequenced)
			pq_sendint64(&out, event.sequence);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}
