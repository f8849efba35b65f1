/*
 * period.h: functions shared by calendar periods and business time.
 */
#ifndef RECOVERY_KPI_PERIOD_H
#define RECOVERY_KPI_PERIOD_H

#include "pgtime.h"
#include "utils/date.h"
#include "utils/timestamp.h"

/* In the order of period_units. */
typedef enum PeriodUnit
{
	PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH, PERIOD_QUARTER, PERIOD_HALF, PERIOD_YEAR
} PeriodUnit;

typedef struct PeriodRule
{
	PeriodUnit	unit;
	int			begins;			/* ISO weekday of a week, month of a year and its parts; else 1 */
} PeriodRule;

/* from <= at < to belongs to the period starting on the given day */
typedef struct PeriodPiece
{
	int64		from;
	int64		to;
	DateADT		start;
} PeriodPiece;

extern const char *const period_units[];
extern PeriodRule period_rule(text *unit, int32 begins);
extern void period_bounds(PeriodRule rule, int day, int *first, int *next);

/*
 * The stretch around the time or date in a call of period_start that has the same answer; the
 * call has been made before, with the same constants.  False if the answer is NULL or the
 * value far enough from our time for an error.
 */
extern bool period_stretch(FunctionCallInfo call, Datum value, PeriodPiece *piece);

/* The zone with this full name; if there is none, NULL, or error 22023 from period_zone. */
extern pg_tz *period_zone_find(const char *name);
extern pg_tz *period_zone(const char *name);

/* Seconds of the Unix epoch, rounded down. */
static inline pg_time_t
period_seconds(TimestampTz at)
{
	TimestampTz seconds = at / USECS_PER_SEC;

	if (at % USECS_PER_SEC < 0)
		seconds--;
	return (pg_time_t) (seconds + (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * SECS_PER_DAY);
}

static inline TimestampTz
period_timestamp(pg_time_t seconds)
{
	return (TimestampTz) (seconds - (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * SECS_PER_DAY) *
		USECS_PER_SEC;
}

#endif
