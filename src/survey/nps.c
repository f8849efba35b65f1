/*
 * nps.c: Net Promoter Score, the percentage of promoters (9 and 10) minus the
 * percentage of detractors (0 to 6) on the scale 0..10.  Passives (7, 8) count as
 * answers.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "nps.h"

PG_FUNCTION_INFO_V1(nps);
PG_FUNCTION_INFO_V1(nps_interval);
PG_FUNCTION_INFO_V1(nps_test);

/* Raise an error unless the scale is 0..10. */
void
nps_require_scale(int32 lo, int32 hi)
{
	scale_require(lo, hi, NPS_LOWEST, NPS_HIGHEST, "NPS",
				  "Use share() or csat() with bounds of your own for other scales.");
}

Promotion
nps_promotion(const Tally *tally)
{
	Promotion	p;

	nps_require_scale(tally->lo, tally->hi);
	p.n = (double) tally_responses(tally);
	p.promoters = (double) tally_sum(tally, NPS_PROMOTER, NPS_HIGHEST);
	p.detractors = (double) tally_sum(tally, NPS_LOWEST, NPS_DETRACTOR);
	return p;
}

/* nps(tally): -100..100; NULL without answers, error 22023 on another scale than 0..10. */
Datum
nps(PG_FUNCTION_ARGS)
{
	Promotion	p = nps_promotion(PG_GETARG_TALLY(0));

	return summary_number(fcinfo, promotion_percent(p));
}

/* The method named in an argument: adjusted, score or wald; error 22023 if unknown. */
NpsInterval
nps_interval_method(FunctionCallInfo fcinfo, int argno)
{
	static const char *const names[] = {"adjusted", "score", "wald"};
	static const NpsInterval methods[] = {
		nps_adjusted_interval, nps_score_interval, nps_wald_interval
	};

	return methods[summary_choice(text_to_cstring(PG_GETARG_TEXT_PP(argno)),
								  "method of an NPS interval", names, lengthof(names))];
}

/* nps_interval(tally, confidence, method), -100..100 */
Datum
nps_interval(PG_FUNCTION_ARGS)
{
	Tally	   *tally = PG_GETARG_TALLY(0);
	Promotion	p = nps_promotion(tally);
	double		confidence = summary_confidence(fcinfo, 1);
	NpsInterval method = nps_interval_method(fcinfo, 2);
	Bounds		bounds;

	method(p, confidence, &bounds);
	return summary_interval(fcinfo, promotion_percent(p), bounds, 100.0, tally_responses(tally));
}

/* nps_test(current, baseline, confidence): the difference in points of NPS */
Datum
nps_test(PG_FUNCTION_ARGS)
{
	Promotion	current = nps_promotion(PG_GETARG_TALLY(0));
	Promotion	baseline = nps_promotion(PG_GETARG_TALLY(1));
	Comparison	comparison;

	nps_comparison(current, baseline, summary_confidence(fcinfo, 2), &comparison);
	return summary_comparison(fcinfo, promotion_percent(current) - promotion_percent(baseline),
							  &comparison, 100.0);
}
