/*
 * weighted_test.c: tests of two weighted tallies, of different people.
 *
 * Shares and NPS are compared as unweighted answers are, as many as the effective number
 * (Kish 1965); means by their linearised errors.  With equal weights all is as without.
 */
#include "postgres.h"

#include "ces.h"
#include "nps.h"
#include "rate.h"
#include "satisfied.h"
#include "weighted.h"

PG_FUNCTION_INFO_V1(rate_test_weighted);
PG_FUNCTION_INFO_V1(csat_test_weighted);
PG_FUNCTION_INFO_V1(nps_test_weighted);
PG_FUNCTION_INFO_V1(ces_test_weighted);

/* The kpi_test of the shares from this score on; the confidence is argument 2. */
static Datum
weighted_share_test(FunctionCallInfo fcinfo, const Weighted *current, const Weighted *baseline,
					int from)
{
	double		difference = share_percent(weighted_share(current, from, current->hi)) -
		share_percent(weighted_share(baseline, from, baseline->hi));
	Comparison	comparison;

	share_comparison(weighted_effective_share(current, from),
					 weighted_effective_share(baseline, from), summary_confidence(fcinfo, 2),
					 &comparison);
	return summary_share_comparison(fcinfo, difference, &comparison);
}

/* rate_test(current, baseline, confidence) */
Datum
rate_test_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *current = PG_GETARG_WEIGHTED(0);
	Weighted   *baseline = PG_GETARG_WEIGHTED(1);

	rate_require_scale(current->lo, current->hi);
	rate_require_scale(baseline->lo, baseline->hi);
	return weighted_share_test(fcinfo, current, baseline, 1);
}

/* csat_test(current, baseline, confidence, satisfied_from); called with NULLs. */
Datum
csat_test_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *current;
	Weighted   *baseline;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	current = PG_GETARG_WEIGHTED(0);
	baseline = PG_GETARG_WEIGHTED(1);
	scale_require_same(current->lo, current->hi, baseline->lo, baseline->hi);
	return weighted_share_test(fcinfo, current, baseline,
							   csat_satisfied_from(fcinfo, 3, current->lo, current->hi));
}

/* nps_test(current, baseline, confidence) */
Datum
nps_test_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *current = PG_GETARG_WEIGHTED(0);
	Weighted   *baseline = PG_GETARG_WEIGHTED(1);
	Promotion	p1 = weighted_promotion(current);
	Promotion	p2 = weighted_promotion(baseline);
	Comparison	comparison;

	nps_comparison(weighted_effective_promotion(current, p1),
				   weighted_effective_promotion(baseline, p2), summary_confidence(fcinfo, 2),
				   &comparison);
	return summary_comparison(fcinfo, promotion_percent(p1) - promotion_percent(p2), &comparison,
							  100.0);
}

/* ces_test(current, baseline, confidence, method), in points of the scale */
Datum
ces_test_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *current = PG_GETARG_WEIGHTED(0);
	Weighted   *baseline = PG_GETARG_WEIGHTED(1);
	WeightedMoments m1 = weighted_tally_moments(current);
	WeightedMoments m2 = weighted_tally_moments(baseline);
	double		confidence = summary_confidence(fcinfo, 2);
	Comparison	comparison;

	scale_require_same(current->lo, current->hi, baseline->lo, baseline->hi);
	if (ces_adjusted(fcinfo, 3, "welch"))
		bounded_weighted_comparison(m1, m2, current->lo, current->hi, confidence, &comparison);
	else
		weighted_mean_comparison(m1, m2, confidence, &comparison);
	return summary_comparison(fcinfo, m1.mean - m2.mean, &comparison, 1.0);
}
