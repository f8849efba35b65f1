/*
 * status_clock_hours.h: what readers of status clocks are asked with: a set of statuses, a
 * time to read as of, and the hours that count.
 */
#ifndef RECOVERY_KPI_STATUS_CLOCK_HOURS_H
#define RECOVERY_KPI_STATUS_CLOCK_HOURS_H

#include "business_clock_cache.h"
#include "status_clock.h"

/* The open time of a calendar, or all time. */
typedef struct StatusHours
{
	FunctionCallInfo fcinfo;
	int			argno;			/* of the calendar */
	BusinessClock *calendar;	/* NULL: around the clock */
} StatusHours;

extern bool *status_set(FunctionCallInfo fcinfo, int argno, const StatusClock *clock);
extern TimestampTz status_as_of(FunctionCallInfo fcinfo, int argno);
extern Interval *status_interval(int64 time);

extern void status_hours(StatusHours *hours, FunctionCallInfo fcinfo, int argno, TimestampTz from);
extern int64 status_hours_between(const StatusHours *hours, TimestampTz start, TimestampTz finish);
extern int64 status_hours_sum(int64 a, int64 b);
extern TimestampTz status_hours_add(const StatusHours *hours, TimestampTz start, int64 time);

#endif
