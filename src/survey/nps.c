/*
 * nps.c: Net Promoter Score, the percentage of promoters (9 and 10) minus the
 * percentage of detractors (0 to 6) on the scale 0..10.  Passives (7, 8) count as
 * answers.
 */
#include "postgres.h"

#include "access/xact.h"
#include "common/int.h"
#include "utils/builtins.h"

#include "nps.h"

PG_FUNCTION_INFO_V1(nps);
PG_FUNCTION_INFO_V1(nps_interval);
PG_FUNCTION_INFO_V1(nps_interval_counts);
PG_FUNCTION_INFO_V1(nps_test);

/* Raise an error unless the scale is 0..10. */
void
nps_require_scale(int32 lo, int32 hi)
{
	scale_require(lo, hi, NPS_LOWEST, NPS_HIGHEST, "NPS",
				  "Use share() or csat() with bounds of your own for other scales.");
}

/*
 * Warn, once in a statement, of answers that look like those of a scale 1..5: all of
 * them would be detractors.  Every reader of an NPS comes by here, once for each group.
 */
void
nps_doubt_scale(int64 answers, bool any_above)
{
	static TimestampTz warned = 0;

	if (likely(any_above || answers < NPS_DOUBT_ANSWERS) ||
		warned == GetCurrentStatementStartTimestamp())
		return;
	warned = GetCurrentStatementStartTimestamp();
	ereport(WARNING,
			(errmsg("none of " INT64_FORMAT " answers is above %d: "
					"are these scores of the scale 0..10?", answers, NPS_DOUBT_HIGHEST),
			 errhint("NPS is about answers from 0 to 10. For a scale 1..5 use csat()."),
			 errdetail("Answers up to %d are all detractors.", NPS_DETRACTOR)));
}

Promotion
nps_promotion(const Tally *tally)
{
	Promotion	p;
	int64		answers;

	nps_require_scale(tally->lo, tally->hi);
	answers = tally_responses(tally);
	nps_doubt_scale(answers, tally_sum(tally, NPS_DOUBT_HIGHEST + 1, NPS_HIGHEST) > 0);
	p.n = (double) answers;
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

/*
 * The method named in an argument: adjusted, score or wald; error 22023 if unknown.  A
 * function without this argument takes adjusted.
 */
NpsInterval
nps_interval_method(FunctionCallInfo fcinfo, int argno)
{
	static const char *const names[] = {"adjusted", "score", "wald"};
	static const NpsInterval methods[] = {
		nps_adjusted_interval, nps_score_interval, nps_wald_interval
	};

	if (argno >= PG_NARGS())
		return nps_adjusted_interval;
	return methods[summary_choice(text_to_cstring(PG_GETARG_TEXT_PP(argno)),
								  "method of an NPS interval", names, lengthof(names))];
}

/* The kpi_interval of an NPS; confidence is argument argno, the method comes after it. */
static Datum
nps_promotion_interval(FunctionCallInfo fcinfo, Promotion p, int64 answers, int argno)
{
	double		confidence = summary_confidence(fcinfo, argno);
	NpsInterval method = nps_interval_method(fcinfo, argno + 1);
	Bounds		bounds;

	method(p, confidence, &bounds);
	return summary_interval(fcinfo, promotion_percent(p), bounds, 100.0, answers);
}

/* nps_interval(tally, confidence, method), -100..100 */
Datum
nps_interval(PG_FUNCTION_ARGS)
{
	Tally	   *tally = PG_GETARG_TALLY(0);

	return nps_promotion_interval(fcinfo, nps_promotion(tally), tally_responses(tally), 1);
}

/* nps_interval(promoters, passives, detractors, confidence, method), -100..100 */
Datum
nps_interval_counts(PG_FUNCTION_ARGS)
{
	static const char *const names[] = {"promoters", "passives", "detractors"};
	int64		answers = 0;
	Promotion	p;
	int			i;

	for (i = 0; i < 3; i++)
	{
		summary_require_count(PG_GETARG_INT64(i), names[i]);
		if (pg_add_s64_overflow(answers, PG_GETARG_INT64(i), &answers))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("more than " INT64_FORMAT " answers", PG_INT64_MAX)));
	}
	p.n = (double) answers;
	p.promoters = (double) PG_GETARG_INT64(0);
	p.detractors = (double) PG_GETARG_INT64(2);
	return nps_promotion_interval(fcinfo, p, answers, 3);
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
