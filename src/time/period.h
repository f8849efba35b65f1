/*
 * period.h: functions shared by calendar periods and business time.
 */
#ifndef RECOVERY_KPI_PERIOD_H
#define RECOVERY_KPI_PERIOD_H

#include "pgtime.h"
#include "utils/timestamp.h"

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
