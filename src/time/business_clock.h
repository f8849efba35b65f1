/*
 * business_clock.h: a calendar prepared for counting its open time.
 */
#ifndef RECOVERY_KPI_BUSINESS_CLOCK_H
#define RECOVERY_KPI_BUSINESS_CLOCK_H

#include "utils/timestamp.h"

#include "business_calendar.h"

typedef struct BusinessClock BusinessClock;

extern BusinessClock *business_clock_make(const BusinessCalendar *calendar);
extern void business_clock_reach(BusinessClock *clock, TimestampTz from);
extern int64 business_clock_open(BusinessClock *clock, TimestampTz at);
extern bool business_clock_weekly(const BusinessClock *clock);
extern bool business_clock_add(BusinessClock *clock, TimestampTz at, int64 time,
							   TimestampTz *result);
extern int32 business_clock_days(BusinessClock *clock, TimestampTz start, TimestampTz finish);
extern bool business_clock_add_days(BusinessClock *clock, TimestampTz start, int32 days,
									TimestampTz *result);

#endif
