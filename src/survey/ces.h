/*
 * ces.h: which answers are easy, for every kind of tally.
 */
#ifndef RECOVERY_KPI_CES_H
#define RECOVERY_KPI_CES_H

#include "tally.h"

#define CES_LOWEST	1
#define CES_EASY	5
#define CES_HIGHEST 7

extern void ces_easy_require_scale(int32 lo, int32 hi);
extern bool ces_adjusted(FunctionCallInfo fcinfo, int argno, const char *rival);

#endif
