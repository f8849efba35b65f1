/*
 * period.h: what the files of calendar periods share.
 */
#ifndef RECOVERY_KPI_PERIOD_H
#define RECOVERY_KPI_PERIOD_H

#include "pgtime.h"

extern pg_tz *period_zone(const char *name);

#endif
