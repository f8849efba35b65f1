/*
 * business_calendar_in.c: reading the text form of a business calendar.
 *
 *   calendar = zone { ";" entry }
 *   entry    = ( days | date ) ( "closed" | span { "," span } )
 *   days     = weekday [ "-" weekday ] { "," weekday [ "-" weekday ] }
 *   date     = YYYY-MM-DD
 *   span     = time "-" time		(up to the next day, if the second one is earlier)
 *   time     = H[H]:MM[:SS]
 *
 * Blanks may stand between any two of these, letters may have any case, and weekdays
 * may be written in full.  An error shows the piece of the text that is wrong.
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/date.h"
#include "utils/datetime.h"

#include "business_calendar.h"

PG_FUNCTION_INFO_V1(business_calendar_in);

#define CALENDAR_BLANKS		" \t\n\r\f\v"
#define CALENDAR_PIECE		60	/* bytes of the text that a message shows */

/* A walk through the text, and the calendar read so far. */
typedef struct CalendarText
{
	const char *text;
	const char *at;
	const char *entry;			/* start of the current entry */
	int			named;			/* weekdays named by entries so far, as bits */
	CalendarParts parts;
	struct Node *escontext;
} CalendarText;

/* Raise the error for a piece of the text; false after a soft error. */
static bool
calendar_complain(CalendarText *walk, const char *from, const char *to,
				  const char *detail, const char *hint)
{
	int			length;

	while (to > from && strchr(CALENDAR_BLANKS, to[-1]) != NULL)
		to--;
	length = pg_mbcliplen(from, (int) (to - from), CALENDAR_PIECE);
	ereturn(walk->escontext, false,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg("invalid input syntax for type business_calendar: \"%.*s%s\"", length, from,
					from + length < to ? "..." : ""),
			 errdetail("%s", detail),
			 hint != NULL ? errhint("%s", hint) : 0));
}

/* The same for the rest of the entry, or for all of it if nothing is left. */
static bool
calendar_complain_here(CalendarText *walk, const char *detail, const char *hint)
{
	const char *end = walk->at + strcspn(walk->at, ";");

	return calendar_complain(walk, walk->at < end ? walk->at : walk->entry, end, detail, hint);
}

static void
calendar_skip(CalendarText *walk)
{
	walk->at += strspn(walk->at, CALENDAR_BLANKS);
}

/* Read a sign, after blanks; false if it is not there. */
static bool
calendar_sign(CalendarText *walk, char sign)
{
	calendar_skip(walk);
	if (*walk->at != sign)
		return false;
	walk->at++;
	return true;
}

/* Read a number of least to most digits; -1 if there is no such number. */
static int
calendar_digits(CalendarText *walk, int least, int most)
{
	int			digits = strspn(walk->at, "0123456789");
	int			number = 0;
	int			i;

	if (digits < least || digits > most)
		return -1;
	for (i = 0; i < digits; i++)
		number = number * 10 + (*walk->at++ - '0');
	return number;
}

/* The length of the word of letters that begins here. */
static int
calendar_word(const CalendarText *walk)
{
	int			length = 0;

	while ((walk->at[length] >= 'a' && walk->at[length] <= 'z') ||
		   (walk->at[length] >= 'A' && walk->at[length] <= 'Z'))
		length++;
	return length;
}

/* --- hours ----------------------------------------------------------------------- */

/* Read a time of day in seconds, after blanks; -1 and an error if there is none. */
static int
calendar_time(CalendarText *walk)
{
	const char *from = walk->at + strspn(walk->at, CALENDAR_BLANKS);
	int			hour,
				minute,
				second = 0;

	walk->at = from;
	hour = calendar_digits(walk, 1, 2);
	minute = hour >= 0 && calendar_sign(walk, ':') ? calendar_digits(walk, 2, 2) : -1;
	if (minute >= 0 && calendar_sign(walk, ':'))
		second = calendar_digits(walk, 2, 2);
	if (minute < 0 || minute > 59 || second < 0 || second > 59 ||
		hour > 24 || (hour == 24 && (minute > 0 || second > 0)))
	{
		walk->at = from;
		calendar_complain_here(walk, "A time is written HH:MM or HH:MM:SS, from 00:00 to 24:00.",
							   "Example: mon-fri 09:00-12:30, 13:30-17:00; sat closed");
		return -1;
	}
	return hour * SECS_PER_HOUR + minute * SECS_PER_MINUTE + second;
}

/* Insert a span among the spans of the day, in order, and join those that touch. */
static bool
calendar_day_add(CalendarText *walk, CalendarDay *day, CalendarSpan span, const char *from)
{
	int			place = day->count;		/* of the first span after it */
	int			kept;			/* spans up to it */

	while (place > 0 && day->spans[place - 1].from > span.from)
		place--;
	if ((place > 0 && day->spans[place - 1].to > span.from) ||
		(place < day->count && day->spans[place].from < span.to))
		return calendar_complain(walk, from, walk->at,
								 "The span overlaps another one of its day.", NULL);
	kept = place;
	if (kept > 0 && day->spans[kept - 1].to == span.from)
		span.from = day->spans[--kept].from;
	if (place < day->count && day->spans[place].from == span.to)
		span.to = day->spans[place++].to;
	if (kept == place && day->count == CALENDAR_MAX_SPANS)
		return calendar_complain(walk, from, walk->at, "A day has at most 24 spans.", NULL);
	memmove(&day->spans[kept + 1], &day->spans[place],
			(day->count - place) * sizeof(CalendarSpan));
	day->count += kept + 1 - place;
	day->spans[kept] = span;
	return true;
}

/* Read "closed" or spans, up to the end of the entry. */
static bool
calendar_read_hours(CalendarText *walk, CalendarDay *day)
{
	calendar_skip(walk);
	if (calendar_word(walk) == 6 && pg_strncasecmp(walk->at, "closed", 6) == 0)
		walk->at += 6;
	else
	{
		do
		{
			CalendarSpan span;
			const char *from;

			calendar_skip(walk);
			from = walk->at;
			if ((span.from = calendar_time(walk)) < 0)
				return false;
			if (!calendar_sign(walk, '-'))
				return calendar_complain_here(walk, "A span is written time-time.", NULL);
			if ((span.to = calendar_time(walk)) < 0)
				return false;
			if (span.from == span.to)
				return calendar_complain(walk, from, walk->at, "A span must end after it begins.",
										 "A whole day is 00:00-24:00.  24 hours over midnight are "
										 "two spans: 09:00-24:00, 24:00-09:00.");
			if (span.to < span.from)
				span.to += SECS_PER_DAY;
			if (!calendar_day_add(walk, day, span, from))
				return false;
		} while (calendar_sign(walk, ','));
	}
	calendar_skip(walk);
	if (*walk->at != ';' && *walk->at != '\0')
		return calendar_complain_here(walk, "An entry ends with its hours.",
									  "Separate entries by semicolons, spans by commas.");
	return true;
}

/* --- days ------------------------------------------------------------------------ */

/* Read a weekday, after blanks: 0..6; -1 and an error if there is none. */
static int
calendar_weekday(CalendarText *walk)
{
	int			length;
	int			i;

	calendar_skip(walk);
	length = calendar_word(walk);
	for (i = 0; i < CALENDAR_WEEK; i++)
	{
		if ((length == 3 || length == (int) strlen(calendar_weekdays[i])) &&
			pg_strncasecmp(walk->at, calendar_weekdays[i], length) == 0)
		{
			walk->at += length;
			return i;
		}
	}
	calendar_complain_here(walk, "An entry begins with a date or with weekdays: "
						   "mon, tue, wed, thu, fri, sat, sun.",
						   "Example: mon-fri 09:00-17:00; sat,sun 10:00-14:00; 2026-12-25 closed");
	return -1;
}

/* Read weekdays and ranges of them, which may run over Sunday, as bits. */
static bool
calendar_week(CalendarText *walk, int *days)
{
	*days = 0;
	do
	{
		int			first = calendar_weekday(walk);
		int			last = first;
		int			i;

		if (first < 0)
			return false;
		if (calendar_sign(walk, '-') && (last = calendar_weekday(walk)) < 0)
			return false;
		for (i = first;; i = (i + 1) % CALENDAR_WEEK)
		{
			if (walk->named & 1 << i)
				return calendar_complain(walk, walk->entry, walk->at,
										 "One of these weekdays has hours already.", NULL);
			walk->named |= 1 << i;
			*days |= 1 << i;
			if (i == last)
				break;
		}
	} while (calendar_sign(walk, ','));
	return true;
}

/* Read a date of the years 1 to 9999. */
static bool
calendar_date(CalendarText *walk, int32 *date)
{
	const char *from = walk->at;
	int			year = calendar_digits(walk, 4, 4);
	int			month = calendar_sign(walk, '-') ? calendar_digits(walk, 2, 2) : -1;
	int			day = calendar_sign(walk, '-') ? calendar_digits(walk, 2, 2) : -1;

	if (year < 0 || month < 0 || day < 0)
	{
		walk->at = from;
		return calendar_complain_here(walk, "A date is written YYYY-MM-DD.", NULL);
	}
	if (year < 1 || month < 1 || month > MONTHS_PER_YEAR ||
		day < 1 || day > day_tab[isleap(year)][month - 1])
		return calendar_complain(walk, from, walk->at, "There is no such date.", NULL);
	*date = date2j(year, month, day) - POSTGRES_EPOCH_JDATE;
	return true;
}

static bool
calendar_entry(CalendarText *walk)
{
	calendar_skip(walk);
	walk->entry = walk->at;
	if (*walk->at >= '0' && *walk->at <= '9')
	{
		CalendarDay *day;
		int32		date = 0;

		if (!calendar_date(walk, &date))
			return false;
		if (walk->parts.dates == CALENDAR_MAX_DATES)
			return calendar_complain(walk, walk->entry, walk->at,
									 "A calendar has at most 4000 dates.", NULL);
		day = calendar_parts_add(&walk->parts, date);
		day->place = (int32) (walk->entry - walk->text);
		return calendar_read_hours(walk, day);
	}
	else
	{
		CalendarDay hours = {0};
		int			days;
		int			i;

		if (!calendar_week(walk, &days) || !calendar_read_hours(walk, &hours))
			return false;
		for (i = 0; i < CALENDAR_WEEK; i++)
		{
			if (days & 1 << i)
			{
				walk->parts.days[i] = hours;
				walk->parts.days[i].date = i;
			}
		}
		return true;
	}
}

/* --- the whole calendar ------------------------------------------------------------ */

static int
calendar_date_order(const void *a, const void *b)
{
	const CalendarDay *x = a;
	const CalendarDay *y = b;

	if (x->date != y->date)
		return x->date < y->date ? -1 : 1;
	return x->place < y->place ? -1 : x->place > y->place;
}

/* Sort the dates; an error if one is there twice. */
static bool
calendar_sort_dates(CalendarText *walk)
{
	CalendarDay *dates = walk->parts.days + CALENDAR_WEEK;
	int			i;

	qsort(dates, walk->parts.dates, sizeof(CalendarDay), calendar_date_order);
	for (i = 1; i < walk->parts.dates; i++)
	{
		if (dates[i].date == dates[i - 1].date)
		{
			walk->at = walk->text + dates[i].place;
			return calendar_complain_here(walk, "That date has hours already.", NULL);
		}
	}
	return true;
}

/* Text form; error 22P02 with the wrong piece, 22023 for an unknown time zone. */
Datum
business_calendar_in(PG_FUNCTION_ARGS)
{
	CalendarText walk = {0};
	const char *from;
	int			length;

	walk.text = walk.at = walk.entry = PG_GETARG_CSTRING(0);
	walk.escontext = (struct Node *) fcinfo->context;
	calendar_parts_init(&walk.parts);

	calendar_skip(&walk);
	from = walk.at;
	walk.at += strcspn(walk.at, ";");
	length = (int) (walk.at - from);
	while (length > 0 && strchr(CALENDAR_BLANKS, from[length - 1]) != NULL)
		length--;
	if (length == 0 || length > TZ_STRLEN_MAX)
	{
		calendar_complain(&walk, from, walk.at,
						  "A calendar begins with the full name of a time zone.",
						  "Example: Europe/Berlin; mon-fri 09:00-17:00; 2026-12-25 closed");
		return (Datum) 0;
	}
	memcpy(walk.parts.zone, from, length);

	/* after an entry walk.at is at the next semicolon or at the end */
	while (*walk.at == ';')
	{
		CHECK_FOR_INTERRUPTS();
		walk.at++;
		if (!calendar_entry(&walk))
			return (Datum) 0;
	}
	if (!calendar_sort_dates(&walk))
		return (Datum) 0;
	PG_RETURN_POINTER(calendar_make(&walk.parts, ERRCODE_INVALID_TEXT_REPRESENTATION,
									walk.escontext));
}
