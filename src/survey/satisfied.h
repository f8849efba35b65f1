/*
 * satisfied.h: the lowest score that counts as satisfied.
 */
#ifndef RECOVERY_KPI_SATISFIED_H
#define RECOVERY_KPI_SATISFIED_H

#include "fmgr.h"

/* satisfied_from in argument argno if there is one, else the default */
extern int	csat_satisfied_from(FunctionCallInfo fcinfo, int argno, int32 lo, int32 hi);
extern void csat_check_satisfied_from(int32 from, int32 lo, int32 hi);
extern int	crs_satisfied_from(FunctionCallInfo fcinfo, int argno, int32 lo, int32 hi);

#endif
