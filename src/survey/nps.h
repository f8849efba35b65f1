/*
 * nps.h: which scores are promoters and detractors, for every kind of tally.
 */
#ifndef RECOVERY_KPI_NPS_H
#define RECOVERY_KPI_NPS_H

#include "tally.h"

#define NPS_LOWEST		0
#define NPS_DETRACTOR	6
#define NPS_PROMOTER	9
#define NPS_HIGHEST		10

/* With this many answers, and none above this score, the scale is probably another. */
#define NPS_DOUBT_ANSWERS	30
#define NPS_DOUBT_HIGHEST	5

typedef bool (*NpsInterval) (Promotion p, double confidence, Bounds *out);

/* Promoters 1, passives 0, detractors -1. */
static inline int
nps_class(int32 score)
{
	return score >= NPS_PROMOTER ? 1 : (score <= NPS_DETRACTOR ? -1 : 0);
}

extern void nps_require_scale(int32 lo, int32 hi);
extern void nps_doubt_scale(int64 answers, bool any_above);
extern Promotion nps_promotion(const Tally *tally);
extern NpsInterval nps_interval_method(FunctionCallInfo fcinfo, int argno);

#endif
