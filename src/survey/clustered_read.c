/*
 * clustered_read.c: the KPIs of clustered answers.
 *
 * Estimates are those of all answers together, as if there were no clusters;
 * bounds and tests use the effective number of answers and Student's t, see
 * stats_cluster.c.  A clustered tally that has seen no tally yet has no answers.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "clustered.h"
#include "nps.h"
#include "rate.h"
#include "satisfied.h"

PG_FUNCTION_INFO_V1(responses_clustered);
PG_FUNCTION_INFO_V1(clusters);
PG_FUNCTION_INFO_V1(design_effect);
PG_FUNCTION_INFO_V1(rate_clustered);
PG_FUNCTION_INFO_V1(rate_interval_clustered);
PG_FUNCTION_INFO_V1(rate_test_clustered);
PG_FUNCTION_INFO_V1(csat_clustered);
PG_FUNCTION_INFO_V1(csat_interval_clustered);
PG_FUNCTION_INFO_V1(csat_test_clustered);
PG_FUNCTION_INFO_V1(nps_clustered);
PG_FUNCTION_INFO_V1(nps_interval_clustered);
PG_FUNCTION_INFO_V1(nps_test_clustered);
PG_FUNCTION_INFO_V1(ces_clustered);
PG_FUNCTION_INFO_V1(ces_interval_clustered);
PG_FUNCTION_INFO_V1(ces_test_clustered);

/* --- figures ------------------------------------------------------------------------- */

/*
 * A KPI of clustered answers; of share, promotion and moments the one it is made of,
 * of so many independent answers as tell as much.
 */
typedef struct ClusteredFigure
{
	double		estimate;		/* in the KPI's unit; NAN without answers */
	double		df;				/* clusters - 1 */
	double		design_effect;
	Share		share;
	Promotion	promotion;
	Moments		moments;
} ClusteredFigure;

static const ClusteredFigure clustered_no_figure = {
	.estimate = NAN, .df = -1.0, .design_effect = NAN
};

/* What clusters do to the mean of answers that are read as these values. */
static Clustering
clustered_clustering(const Clustered *ct, const int *values)
{
	ClusterCounts counts;

	counts.clusters = ct->clusters;
	counts.points = clustered_points(ct);
	counts.counts = ct->cells;
	counts.products = ct->cells + counts.points;
	return cluster_clustering(&counts, values);
}

/* The share of answers from this score on. */
static ClusteredFigure
clustered_share(const Clustered *ct, int32 from)
{
	ClusteredFigure figure = clustered_no_figure;
	int			values[TALLY_MAX_POINTS];
	Clustering	c;
	Share		share;
	int			i;

	if (clustered_is_void(ct))
		return figure;
	for (i = 0; i < clustered_points(ct); i++)
		values[i] = ct->lo + i >= from;
	c = clustered_clustering(ct, values);
	share = tally_share(clustered_answers(ct), from, ct->hi);
	figure.estimate = share_percent(share);
	figure.df = c.clusters - 1.0;
	figure.design_effect = cluster_design_effect(c, share_variance(share));
	figure.share = cluster_share(share, c);
	return figure;
}

static ClusteredFigure
clustered_rate(const Clustered *ct)
{
	if (!clustered_is_void(ct))
		rate_require_scale(ct->lo, ct->hi);
	return clustered_share(ct, 1);
}

/* Satisfied from argument argno on, if the function has it. */
static ClusteredFigure
clustered_csat(FunctionCallInfo fcinfo, const Clustered *ct, int argno)
{
	if (clustered_is_void(ct))
		return clustered_no_figure;
	return clustered_share(ct, csat_satisfied_from(fcinfo, argno, ct->lo, ct->hi));
}

static ClusteredFigure
clustered_nps(const Clustered *ct)
{
	ClusteredFigure figure = clustered_no_figure;
	int			values[TALLY_MAX_POINTS];
	Clustering	c;
	Promotion	p;
	int			i;

	if (clustered_is_void(ct))
		return figure;
	p = nps_promotion(clustered_answers(ct));
	for (i = 0; i < clustered_points(ct); i++)
		values[i] = nps_class(ct->lo + i);
	c = clustered_clustering(ct, values);
	figure.estimate = promotion_percent(p);
	figure.df = c.clusters - 1.0;
	figure.design_effect = cluster_design_effect(c, promotion_variance(p));
	figure.promotion = cluster_promotion(p, c);
	return figure;
}

/* The mean; scores are read as distances from the lowest, whose products are small. */
static ClusteredFigure
clustered_mean(const Clustered *ct)
{
	ClusteredFigure figure = clustered_no_figure;
	int			values[TALLY_MAX_POINTS];
	Clustering	c;
	Moments		m;
	int			i;

	if (clustered_is_void(ct))
		return figure;
	for (i = 0; i < clustered_points(ct); i++)
		values[i] = i;
	c = clustered_clustering(ct, values);
	m = tally_moments(clustered_answers(ct));
	figure.estimate = m.mean;
	figure.df = c.clusters - 1.0;
	figure.design_effect = cluster_design_effect(c, m.variance);
	figure.moments = cluster_moments(m, c);
	return figure;
}

/* --- the answers as such --------------------------------------------------------------- */

Datum
responses_clustered(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(clustered_responses(PG_GETARG_CLUSTERED(0)));
}

Datum
clusters(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_CLUSTERED(0)->clusters);
}

/* design_effect(clustered_tally, kpi, satisfied_from); called with NULLs. */
Datum
design_effect(PG_FUNCTION_ARGS)
{
	static const char *const kpis[] = {"rate", "csat", "nps", "ces", "mean"};
	Clustered  *ct;
	ClusteredFigure figure;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	ct = PG_GETARG_CLUSTERED(0);
	switch (summary_choice(text_to_cstring(PG_GETARG_TEXT_PP(1)), "KPI of clustered answers",
						   kpis, lengthof(kpis)))
	{
		case 0:
			figure = clustered_rate(ct);
			break;
		case 1:
			figure = clustered_csat(fcinfo, ct, 2);
			break;
		case 2:
			figure = clustered_nps(ct);
			break;
		default:
			figure = clustered_mean(ct);
			break;
	}
	return summary_number(fcinfo, figure.design_effect);
}

/* --- shares ---------------------------------------------------------------------------- */

/* The kpi_interval of a share; the confidence is argument 1. */
static Datum
clustered_share_interval(FunctionCallInfo fcinfo, const Clustered *ct, ClusteredFigure figure)
{
	Bounds		bounds;

	cluster_share_interval(figure.share, figure.df, summary_confidence(fcinfo, 1), &bounds);
	return summary_interval(fcinfo, figure.estimate, bounds, 100.0, clustered_responses(ct));
}

/* The kpi_test of two shares; the confidence is argument 2. */
static Datum
clustered_share_test(FunctionCallInfo fcinfo, ClusteredFigure current, ClusteredFigure baseline)
{
	Comparison	comparison;

	cluster_share_comparison(current.share, current.df, baseline.share, baseline.df,
							 summary_confidence(fcinfo, 2), &comparison);
	return summary_comparison(fcinfo, current.estimate - baseline.estimate, &comparison, 100.0);
}

/* Complain of two scales that are to be one; what has none fits every other. */
static void
clustered_same_scale(const Clustered *a, const Clustered *b)
{
	if (!clustered_is_void(a) && !clustered_is_void(b))
		scale_require_same(a->lo, a->hi, b->lo, b->hi);
}

Datum
rate_clustered(PG_FUNCTION_ARGS)
{
	return summary_number(fcinfo, clustered_rate(PG_GETARG_CLUSTERED(0)).estimate);
}

/* rate_interval(clustered_tally, confidence) */
Datum
rate_interval_clustered(PG_FUNCTION_ARGS)
{
	Clustered  *ct = PG_GETARG_CLUSTERED(0);

	return clustered_share_interval(fcinfo, ct, clustered_rate(ct));
}

/* rate_test(current, baseline, confidence) */
Datum
rate_test_clustered(PG_FUNCTION_ARGS)
{
	return clustered_share_test(fcinfo, clustered_rate(PG_GETARG_CLUSTERED(0)),
								clustered_rate(PG_GETARG_CLUSTERED(1)));
}

/* csat(clustered_tally) and csat(clustered_tally, satisfied_from); called with NULLs. */
Datum
csat_clustered(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	return summary_number(fcinfo, clustered_csat(fcinfo, PG_GETARG_CLUSTERED(0), 1).estimate);
}

/* csat_interval(clustered_tally, confidence, satisfied_from); called with NULLs. */
Datum
csat_interval_clustered(PG_FUNCTION_ARGS)
{
	Clustered  *ct;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	ct = PG_GETARG_CLUSTERED(0);
	return clustered_share_interval(fcinfo, ct, clustered_csat(fcinfo, ct, 2));
}

/* csat_test(current, baseline, confidence, satisfied_from); called with NULLs. */
Datum
csat_test_clustered(PG_FUNCTION_ARGS)
{
	Clustered  *current;
	Clustered  *baseline;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	current = PG_GETARG_CLUSTERED(0);
	baseline = PG_GETARG_CLUSTERED(1);
	clustered_same_scale(current, baseline);
	return clustered_share_test(fcinfo, clustered_csat(fcinfo, current, 3),
								clustered_csat(fcinfo, baseline, 3));
}

/* --- NPS and CES ------------------------------------------------------------------------- */

Datum
nps_clustered(PG_FUNCTION_ARGS)
{
	return summary_number(fcinfo, clustered_nps(PG_GETARG_CLUSTERED(0)).estimate);
}

/* nps_interval(clustered_tally, confidence) */
Datum
nps_interval_clustered(PG_FUNCTION_ARGS)
{
	Clustered  *ct = PG_GETARG_CLUSTERED(0);
	ClusteredFigure figure = clustered_nps(ct);
	Bounds		bounds;

	cluster_nps_interval(figure.promotion, figure.df, summary_confidence(fcinfo, 1), &bounds);
	return summary_interval(fcinfo, figure.estimate, bounds, 100.0, clustered_responses(ct));
}

/* nps_test(current, baseline, confidence) */
Datum
nps_test_clustered(PG_FUNCTION_ARGS)
{
	ClusteredFigure current = clustered_nps(PG_GETARG_CLUSTERED(0));
	ClusteredFigure baseline = clustered_nps(PG_GETARG_CLUSTERED(1));
	Comparison	comparison;

	cluster_nps_comparison(current.promotion, current.df, baseline.promotion, baseline.df,
						   summary_confidence(fcinfo, 2), &comparison);
	return summary_comparison(fcinfo, current.estimate - baseline.estimate, &comparison, 100.0);
}

/* ces(clustered_tally): the mean on its own scale */
Datum
ces_clustered(PG_FUNCTION_ARGS)
{
	return summary_number(fcinfo, clustered_mean(PG_GETARG_CLUSTERED(0)).estimate);
}

/* ces_interval(clustered_tally, confidence) */
Datum
ces_interval_clustered(PG_FUNCTION_ARGS)
{
	Clustered  *ct = PG_GETARG_CLUSTERED(0);
	ClusteredFigure figure = clustered_mean(ct);
	Bounds		bounds;

	cluster_mean_interval(figure.moments, figure.df, ct->lo, ct->hi, summary_confidence(fcinfo, 1),
						  &bounds);
	return summary_interval(fcinfo, figure.estimate, bounds, 1.0, clustered_responses(ct));
}

/* ces_test(current, baseline, confidence) */
Datum
ces_test_clustered(PG_FUNCTION_ARGS)
{
	Clustered  *ct1 = PG_GETARG_CLUSTERED(0);
	Clustered  *ct2 = PG_GETARG_CLUSTERED(1);
	ClusteredFigure current = clustered_mean(ct1);
	ClusteredFigure baseline = clustered_mean(ct2);
	Comparison	comparison;

	clustered_same_scale(ct1, ct2);
	cluster_mean_comparison(current.moments, current.df, baseline.moments, baseline.df,
							ct1->lo, ct1->hi, summary_confidence(fcinfo, 2), &comparison);
	return summary_comparison(fcinfo, current.estimate - baseline.estimate, &comparison, 1.0);
}
