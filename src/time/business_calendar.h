/*
 * business_calendar.h: the type business_calendar, opening hours of a week and of dates.
 */
#ifndef RECOVERY_KPI_BUSINESS_CALENDAR_H
#define RECOVERY_KPI_BUSINESS_CALENDAR_H

#include "datatype/timestamp.h"
#include "pgtime.h"

#include "base/compat.h"

#define CALENDAR_VERSION	1
#define CALENDAR_NIGHTS		2	/* the version of calendars with spans over midnight */
#define CALENDAR_WEEK		7
#define CALENDAR_MAX_DATES	4000	/* more than ten years of days */
#define CALENDAR_MAX_SPANS	24	/* in a day */

/*
 * Open from <= time < to, in seconds since the midnight that the day begins with.  A
 * span over midnight ends above SECS_PER_DAY, on the next day, and belongs as a whole
 * to the day it begins on: 22:00-06:00 is 79200..108000.
 */
typedef struct CalendarSpan
{
	int32		from;
	int32		to;
} CalendarSpan;

/* A day in a stored calendar; its spans end before number end of all spans. */
typedef struct CalendarEntry
{
	int32		date;			/* 0..6 = mon..sun; a date as days since 2000-01-01 */
	int32		end;
} CalendarEntry;

/*
 * The same on disk and in memory: what the text form says and nothing derived from
 * it, so that no part can contradict the rest.  After the header come the seven
 * weekdays and the dates in ascending order, then the spans of all of them, then the
 * name of the zone.
 */
typedef struct BusinessCalendar
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;
	uint8		zone_length;
	uint16		dates;
	CalendarEntry entries[FLEXIBLE_ARRAY_MEMBER];
} BusinessCalendar;

/*
 * The hours that the clock shows in a day: the end of the last span of one entry, that
 * of the day before, then the spans of another entry up to midnight.
 */
typedef struct CalendarHours
{
	int32		date;			/* as in CalendarEntry */
	int			before;			/* places of the entries */
	int			own;
} CalendarHours;

#define PG_GETARG_CALENDAR(n)	calendar_detoast(PG_GETARG_DATUM(n))

static inline int
calendar_days(const BusinessCalendar *calendar)
{
	return CALENDAR_WEEK + calendar->dates;
}

/* Place of a day's first span. */
static inline int
calendar_first(const BusinessCalendar *calendar, int day)
{
	return day == 0 ? 0 : calendar->entries[day - 1].end;
}

static inline int
calendar_spans_total(const BusinessCalendar *calendar)
{
	return calendar->entries[calendar_days(calendar) - 1].end;
}

static inline const CalendarSpan *
calendar_spans(const BusinessCalendar *calendar)
{
	return (const CalendarSpan *) &calendar->entries[calendar_days(calendar)];
}

/* The zone's name, zone_length bytes without a zero byte at the end. */
static inline const char *
calendar_zone(const BusinessCalendar *calendar)
{
	return (const char *) &calendar_spans(calendar)[calendar_spans_total(calendar)];
}

/* How long the last span of an entry runs into the next day, in seconds. */
static inline int32
calendar_night(const BusinessCalendar *calendar, int day)
{
	int			end = calendar->entries[day].end;

	if (end == calendar_first(calendar, day))
		return 0;
	return Max(calendar_spans(calendar)[end - 1].to - SECS_PER_DAY, 0);
}

/* A day while a calendar is built. */
typedef struct CalendarDay
{
	int32		date;
	int32		place;			/* in the text, for messages */
	int			count;
	CalendarSpan spans[CALENDAR_MAX_SPANS];
} CalendarDay;

/* The parts of a calendar while it is built: the week first, then the dates. */
typedef struct CalendarParts
{
	char		zone[TZ_STRLEN_MAX + 1];
	int			dates;
	int			room;			/* for dates */
	CalendarDay *days;
} CalendarParts;

extern void calendar_parts_init(CalendarParts *parts);
extern CalendarDay *calendar_parts_add(CalendarParts *parts, int32 date);
extern BusinessCalendar *calendar_make(const CalendarParts *parts, int sqlstate,
									   struct Node *escontext);
extern BusinessCalendar *calendar_detoast(Datum value);
extern int	calendar_hours(const BusinessCalendar *calendar, CalendarHours *hours);

extern const char *const calendar_weekdays[CALENDAR_WEEK];

#endif
