/*
 * weighted_read.c: the KPIs of weighted answers.
 *
 * Shares and NPS are shares of the total weight.  Their intervals are computed as for
 * unweighted answers, from Kish's effective number of answers.  The mean, and the
 * method wald, use the linearised standard error.
 */
#include "postgres.h"

#include "common/int.h"

#include "ces.h"
#include "nps.h"
#include "rate.h"
#include "satisfied.h"
#include "weighted.h"

PG_FUNCTION_INFO_V1(responses_weighted);
PG_FUNCTION_INFO_V1(effective_responses);
PG_FUNCTION_INFO_V1(scale_min_weighted);
PG_FUNCTION_INFO_V1(scale_max_weighted);
PG_FUNCTION_INFO_V1(mean_weighted);
PG_FUNCTION_INFO_V1(stddev_weighted);
PG_FUNCTION_INFO_V1(share_weighted);
PG_FUNCTION_INFO_V1(rate_weighted);
PG_FUNCTION_INFO_V1(rate_interval_weighted);
PG_FUNCTION_INFO_V1(csat_weighted);
PG_FUNCTION_INFO_V1(csat_interval_weighted);
PG_FUNCTION_INFO_V1(crs_weighted);
PG_FUNCTION_INFO_V1(crs_interval_weighted);
PG_FUNCTION_INFO_V1(nps_weighted);
PG_FUNCTION_INFO_V1(nps_interval_weighted);
PG_FUNCTION_INFO_V1(ces_easy_weighted);
PG_FUNCTION_INFO_V1(ces_interval_weighted);

/* --- the answers as such ------------------------------------------------------------ */

/* The number of answers with a weight above 0. */
int64
weighted_responses(const Weighted *wt)
{
	int64		sum = 0;
	int			i;

	for (i = 0; i < weighted_points(wt); i++)
	{
		if (pg_add_s64_overflow(sum, wt->points[i].count, &sum))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("weighted tally holds more than " INT64_FORMAT " answers",
							PG_INT64_MAX)));
	}
	return sum;
}

/* Mean, its error and the number of answers. */
WeightedMoments
weighted_tally_moments(const Weighted *wt)
{
	return weighted_moments(wt->points, weighted_points(wt), wt->lo);
}

/* responses(weighted_tally): the number of answers with a weight above 0. */
Datum
responses_weighted(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(weighted_responses(PG_GETARG_WEIGHTED(0)));
}

/* effective_responses(weighted_tally): Kish's effective number; NULL without answers. */
Datum
effective_responses(PG_FUNCTION_ARGS)
{
	return summary_number(fcinfo, weighted_tally_moments(PG_GETARG_WEIGHTED(0)).effective_n);
}

/* scale_min(weighted_tally): the lowest score of the scale. */
Datum
scale_min_weighted(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_WEIGHTED(0)->lo);
}

/* scale_max(weighted_tally): the highest score of the scale. */
Datum
scale_max_weighted(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_WEIGHTED(0)->hi);
}

/*
 * mean(weighted_tally), also ces(weighted_tally), in points of the scale; NULL without
 * answers.
 */
Datum
mean_weighted(PG_FUNCTION_ARGS)
{
	return summary_number(fcinfo, weighted_tally_moments(PG_GETARG_WEIGHTED(0)).mean);
}

/* stddev(weighted_tally): the population's, estimated; NULL for fewer than two answers. */
Datum
stddev_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *wt = PG_GETARG_WEIGHTED(0);

	return summary_number(fcinfo, weighted_deviation(wt->points, weighted_points(wt)));
}

/* --- shares --------------------------------------------------------------------------- */

/* The weight of the answers from..to as a share of all weight. */
Share
weighted_share(const Weighted *wt, int64 from, int64 to)
{
	Share		share;

	share.n = weighted_total(wt->points, 0, weighted_points(wt) - 1);
	share.good = weighted_total(wt->points, (int) (from - wt->lo), (int) (to - wt->lo));
	return share;
}

/* The points of the scale put together as two: yes is from..to, no is the rest. */
static WeightedMoments
weighted_yes_no(const Weighted *wt, int64 from, int64 to)
{
	WeightedPoint classes[2] = {{0}};
	int			i;

	weighted_responses(wt);		/* an error if they are too many to be put together */
	for (i = 0; i < weighted_points(wt); i++)
		weighted_join(&classes[wt->lo + i >= from && wt->lo + i <= to], &wt->points[i]);
	return weighted_moments(classes, 2, 0.0);
}

/* The share from..hi as one of the effective answers. */
Share
weighted_effective_share(const Weighted *wt, int64 from)
{
	Share		share = weighted_share(wt, from, wt->hi);
	double		n = weighted_yes_no(wt, from, wt->hi).effective_n;
	Share		effective = {fmin(share.good * (n / share.n), n), n};

	if (share.good == share.n)	/* all, also after rounding */
		effective.good = n;
	return effective;
}

/* The kpi_interval of the share from..hi; argument argno is the method. */
static Datum
weighted_share_interval(FunctionCallInfo fcinfo, const Weighted *wt, int64 from, int argno)
{
	int64		responses = weighted_responses(wt);
	double		confidence = summary_confidence(fcinfo, 1);
	ShareInterval method = rate_interval_method(fcinfo, argno);
	Bounds		bounds = no_bounds;

	if (method == wald_interval)
		linearised_interval(weighted_yes_no(wt, from, wt->hi), 0.0, 1.0, confidence, &bounds);
	else
		method(weighted_effective_share(wt, from), confidence, &bounds);
	return summary_interval(fcinfo, share_percent(weighted_share(wt, from, wt->hi)), bounds, 100.0,
							responses);
}

/* share(weighted_tally, lo, hi), also ces_easy with bounds, in percent */
Datum
share_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *wt = PG_GETARG_WEIGHTED(0);
	int32		from = PG_GETARG_INT32(1);
	int32		to = PG_GETARG_INT32(2);

	scale_require_part(wt->lo, wt->hi, from, to);
	return summary_number(fcinfo, share_percent(weighted_share(wt, from, to)));
}

/* rate(weighted_tally), in percent; NULL without answers. */
Datum
rate_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *wt = PG_GETARG_WEIGHTED(0);

	rate_require_scale(wt->lo, wt->hi);
	return summary_number(fcinfo, share_percent(weighted_share(wt, 1, 1)));
}

/* rate_interval(weighted_tally, confidence, method) */
Datum
rate_interval_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *wt = PG_GETARG_WEIGHTED(0);

	rate_require_scale(wt->lo, wt->hi);
	return weighted_share_interval(fcinfo, wt, 1, 2);
}

/*
 * csat(weighted_tally) and csat(weighted_tally, satisfied_from), in percent; called with
 * NULLs.
 */
Datum
csat_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *wt;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	wt = PG_GETARG_WEIGHTED(0);
	return summary_number(
		fcinfo, share_percent(weighted_share(wt, csat_satisfied_from(fcinfo, 1, wt->lo, wt->hi),
											 wt->hi)));
}

/* csat_interval(weighted_tally, confidence, satisfied_from, method); called with NULLs. */
Datum
csat_interval_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *wt;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	wt = PG_GETARG_WEIGHTED(0);
	return weighted_share_interval(fcinfo, wt, csat_satisfied_from(fcinfo, 2, wt->lo, wt->hi), 3);
}

/* crs(weighted_tally), in percent */
Datum
crs_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *wt = PG_GETARG_WEIGHTED(0);
	int			from = crs_satisfied_from(fcinfo, PG_NARGS(), wt->lo, wt->hi);

	return summary_number(fcinfo, share_percent(weighted_share(wt, from, wt->hi)));
}

/* crs_interval(weighted_tally, confidence, method) */
Datum
crs_interval_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *wt = PG_GETARG_WEIGHTED(0);

	return weighted_share_interval(fcinfo, wt,
								   crs_satisfied_from(fcinfo, PG_NARGS(), wt->lo, wt->hi), 2);
}

/* --- NPS and CES ------------------------------------------------------------------------- */

/* Promoters and detractors by their weight. */
Promotion
weighted_promotion(const Weighted *wt)
{
	Promotion	p;

	nps_require_scale(wt->lo, wt->hi);
	nps_doubt_scale(weighted_responses(wt),
					weighted_share(wt, NPS_DOUBT_HIGHEST + 1, NPS_HIGHEST).good > 0.0);
	p.n = weighted_share(wt, NPS_LOWEST, NPS_HIGHEST).n;
	p.promoters = weighted_share(wt, NPS_PROMOTER, NPS_HIGHEST).good;
	p.detractors = weighted_share(wt, NPS_LOWEST, NPS_DETRACTOR).good;
	return p;
}

/* nps(weighted_tally), -100..100; NULL without answers. */
Datum
nps_weighted(PG_FUNCTION_ARGS)
{
	return summary_number(fcinfo, promotion_percent(weighted_promotion(PG_GETARG_WEIGHTED(0))));
}

/* The points of the scale put together as three: detractors, passives and promoters. */
static WeightedMoments
weighted_classes(const Weighted *wt)
{
	WeightedPoint classes[3] = {{0}};
	int			i;

	for (i = 0; i < weighted_points(wt); i++)
		weighted_join(&classes[1 + nps_class(wt->lo + i)], &wt->points[i]);
	return weighted_moments(classes, 3, -1.0);
}

/* The same of the effective answers. */
Promotion
weighted_effective_promotion(const Weighted *wt, Promotion p)
{
	Promotion	effective;

	effective.n = weighted_classes(wt).effective_n;
	effective.promoters = p.promoters == p.n ? effective.n : p.promoters * (effective.n / p.n);
	effective.detractors = p.detractors == p.n ? effective.n : p.detractors * (effective.n / p.n);
	return effective;
}

/* nps_interval(weighted_tally, confidence, method) */
Datum
nps_interval_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *wt = PG_GETARG_WEIGHTED(0);
	int64		responses = weighted_responses(wt);
	Promotion	p = weighted_promotion(wt);
	double		confidence = summary_confidence(fcinfo, 1);
	NpsInterval method = nps_interval_method(fcinfo, 2);
	Bounds		bounds = no_bounds;

	if (method == nps_wald_interval)
		linearised_interval(weighted_classes(wt), -1.0, 1.0, confidence, &bounds);
	else
		method(weighted_effective_promotion(wt, p), confidence, &bounds);
	return summary_interval(fcinfo, promotion_percent(p), bounds, 100.0, responses);
}

/* ces_easy(weighted_tally), in percent */
Datum
ces_easy_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *wt = PG_GETARG_WEIGHTED(0);

	ces_easy_require_scale(wt->lo, wt->hi);
	return summary_number(fcinfo, share_percent(weighted_share(wt, CES_EASY, CES_HIGHEST)));
}

/* ces_interval(weighted_tally, confidence, method), in points of the scale */
Datum
ces_interval_weighted(PG_FUNCTION_ARGS)
{
	Weighted   *wt = PG_GETARG_WEIGHTED(0);
	WeightedMoments m = weighted_tally_moments(wt);
	double		confidence = summary_confidence(fcinfo, 1);
	Bounds		bounds;

	if (ces_adjusted(fcinfo, 2, "t"))
		bounded_weighted_interval(m, wt->lo, wt->hi, confidence, &bounds);
	else
		weighted_mean_interval(m, confidence, &bounds);
	return summary_interval(fcinfo, m.mean, bounds, 1.0, weighted_responses(wt));
}
