/*
 * business_clock_cache.h: the clock of a calendar argument, kept between calls.
 */
#ifndef RECOVERY_KPI_BUSINESS_CLOCK_CACHE_H
#define RECOVERY_KPI_BUSINESS_CLOCK_CACHE_H

#include "business_clock.h"

extern BusinessClock *business_clock(FunctionCallInfo fcinfo, TimestampTz from);

#endif
