/*
 * shrunken.h: what the shares of segments have in common, the composite type rate_prior.
 */
#ifndef RECOVERY_KPI_SHRUNKEN_H
#define RECOVERY_KPI_SHRUNKEN_H

#include "stats/stats_prior.h"
#include "tally.h"

/* alpha, beta, segments, yes, responses, satisfied_from */
#define PRIOR_COLUMNS	6

extern const RowShape prior_shape;

#endif
