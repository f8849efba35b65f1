/*
 * weighted.h: answers with survey weights, summed for each point of a scale.
 */
#ifndef RECOVERY_KPI_WEIGHTED_H
#define RECOVERY_KPI_WEIGHTED_H

#include "tally.h"

#define WEIGHTED_VERSION	1

/*
 * Weights are kept in units of 2^(WEIGHTED_UNIT * unit), so that the squares of very
 * large and very small ones neither overflow nor vanish.  Ordinary weights, from
 * WEIGHTED_SMALLEST to WEIGHTED_LARGEST, have unit 0.
 */
#define WEIGHTED_UNIT		800
#define WEIGHTED_SMALLEST	0x1p-400
#define WEIGHTED_LARGEST	0x1p400

/* Sums of 2^63 weights in their unit, and of their squares, stay below. */
#define WEIGHTED_MAX_SUM	0x1p464
#define WEIGHTED_MAX_SQUARE	0x1p864

/* On disk and in memory alike; unused bytes are zero. */
typedef struct Weighted
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;
	int8		unit;			/* -1, 0 or 1, after the largest weight; 0 if empty */
	uint8		unused[2];
	int32		lo;
	int32		hi;
	WeightedPoint points[FLEXIBLE_ARRAY_MEMBER];
} Weighted;

#define PG_GETARG_WEIGHTED(n)	weighted_detoast(PG_GETARG_DATUM(n))

static inline int
weighted_points(const Weighted *wt)
{
	return wt->hi - wt->lo + 1;
}

extern Weighted *weighted_detoast(Datum value);
extern Weighted *weighted_empty(int32 lo, int32 hi);
extern bool weighted_is_empty(const Weighted *wt);
extern void weighted_rescale(Weighted *wt, int unit);

/* weighted_read.c */
extern int64 weighted_responses(const Weighted *wt);
extern WeightedMoments weighted_tally_moments(const Weighted *wt);
extern Share weighted_share(const Weighted *wt, int64 from, int64 to);
extern Share weighted_effective_share(const Weighted *wt, int64 from);
extern Promotion weighted_promotion(const Weighted *wt);
extern Promotion weighted_effective_promotion(const Weighted *wt, Promotion p);

#endif
