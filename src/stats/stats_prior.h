/*
 * stats_prior.h: what segments have in common, and the shares of segments with few
 * answers.
 *
 * Shares are proportions, as in stats.h.  What does not exist is NAN.
 */
#ifndef RECOVERY_KPI_STATS_PRIOR_H
#define RECOVERY_KPI_STATS_PRIOR_H

#include "stats.h"

typedef unsigned __int128 Wide;

/* Sums over segments with answers: whole numbers, so the same in any order. */
typedef struct PriorSums
{
	int64_t		segments;
	int64_t		yes;
	int64_t		responses;
	Wide		squares;		/* of the answers of each */
	Wide		quotients;		/* yes^2 / answers, in units of 2^-64, each rounded down */
} PriorSums;

/*
 * How the shares of segments are spread: Beta(alpha, beta).  NAN if they do not differ
 * by more than chance; then each has the share of all, pooled.
 */
typedef struct Prior
{
	double		alpha;
	double		beta;
	Share		pooled;
} Prior;

extern void prior_add(PriorSums *sums, int64_t yes, int64_t responses);
extern void prior_join(PriorSums *sums, const PriorSums *more);
extern bool prior_possible(const PriorSums *sums);
extern bool prior_fit(const PriorSums *sums, Prior *out);
extern double shrunken_share(Prior prior, Share share);
extern bool shrunken_bounds(Prior prior, Share share, double confidence, Bounds *out);
extern double shrunken_above(Prior prior, Share share, double target);

#endif
