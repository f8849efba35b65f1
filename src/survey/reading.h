/*
 * reading.h: tallies read as the KPI that an argument names: rate, csat, nps or mean.
 */
#ifndef RECOVERY_KPI_READING_H
#define RECOVERY_KPI_READING_H

#include "stats/stats_effect.h"
#include "tally.h"

typedef enum ReadingKpi
{
	READING_RATE,
	READING_CSAT,
	READING_NPS,
	READING_MEAN
} ReadingKpi;

/* How the tallies of one call are read; all have the same scale. */
typedef struct TallyReading
{
	ReadingKpi	kpi;
	int32		lo;
	int32		hi;
	int32		from;			/* of shares: the lowest good score */
} TallyReading;

extern ReadingKpi reading_kpi(FunctionCallInfo fcinfo, int argno);
extern TallyReading reading_begin(FunctionCallInfo fcinfo, ReadingKpi kpi, int from_argno,
								  int32 lo, int32 hi);
extern Reading reading_measure(const TallyReading *r);
extern double reading_unit(const TallyReading *r);
extern double reading_value(const TallyReading *r, Answered a);
extern Answered reading_answered(const TallyReading *r, const Tally *tally);
extern int64 reading_sum(const TallyReading *r, const Tally *tally);

#endif
