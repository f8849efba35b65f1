/*
 * cluster.c: answers of customers who answer often (clustered_tally).
 *
 * An answer repeats the customer's own first choice with the probability root of the
 * correlation, else it is drawn anew, so that two answers of one customer have that
 * correlation, whatever is read from them.
 */
#include <math.h>
#include <string.h>

#include "simulate.h"
#include "stats/stats_cluster.h"

#define CLUSTER_POINTS	11
#define CLUSTER_CELLS	(CLUSTER_POINTS * (CLUSTER_POINTS + 1) / 2)

/* How the answers of a kind are spread over 0, 1, ..., and how they are read. */
typedef struct ClusterKind
{
	const char *name;
	char		kpi;			/* share, nps, mean */
	int			points;
	double		chance[CLUSTER_POINTS];
	int			values[CLUSTER_POINTS];
} ClusterKind;

static const ClusterKind cluster_kinds[] = {
	{"rate of 80 %", 's', 2, {0.2, 0.8}, {0, 1}},
	{"rate of 50 %", 's', 2, {0.5, 0.5}, {0, 1}},
	{"NPS of 15", 'n', 11, {.06, .02, .02, .03, .03, .07, .07, .1, .15, .2, .25},
	{-1, -1, -1, -1, -1, -1, -1, 0, 0, 1, 1}},
	{"mean of 1..7", 'm', 7, {.05, .05, .1, .15, .25, .25, .15}, {0, 1, 2, 3, 4, 5, 6}}
};

typedef struct ClusterSample
{
	int64_t		clusters;
	int64_t		counts[CLUSTER_POINTS];
	int64_t		products[CLUSTER_CELLS];
} ClusterSample;

static int
cluster_draw(const ClusterKind *kind)
{
	double		u = uniform();
	int			i;

	for (i = 0; i < kind->points - 1 && u >= kind->chance[i]; i++)
		u -= kind->chance[i];
	return i;
}

static void
cluster_sample(const ClusterKind *kind, int clusters, int answers, double correlation,
			   ClusterSample *sample)
{
	int			c,
				i,
				j;

	memset(sample, 0, sizeof(*sample));
	sample->clusters = clusters;
	for (c = 0; c < clusters; c++)
	{
		int64_t		counts[CLUSTER_POINTS] = {0};
		int64_t    *product = sample->products;
		int			first = cluster_draw(kind);

		for (i = 0; i < answers; i++)
			counts[uniform() < sqrt(correlation) ? first : cluster_draw(kind)]++;
		for (i = 0; i < kind->points; i++)
		{
			sample->counts[i] += counts[i];
			for (j = 0; j <= i; j++)
				*product++ += counts[i] * counts[j];
		}
	}
}

/* --- cells ------------------------------------------------------------------------ */

/* What is read from a sample. */
typedef struct ClusterReading
{
	double		df;
	Share		share;
	Promotion	promotion;
	Moments		moments;
	Bounds		bounds;
} ClusterReading;

static ClusterReading
cluster_read(const ClusterKind *kind, const ClusterSample *sample)
{
	const ClusterCounts counts = {sample->clusters, kind->points, sample->counts, sample->products};
	Clustering	c = cluster_clustering(&counts, kind->values);
	ClusterReading r = {.df = c.clusters - 1.0};
	int			i;

	r.share.n = r.promotion.n = c.n;
	for (i = 0; i < kind->points; i++)
	{
		r.share.good += kind->values[i] == 1 ? (double) sample->counts[i] : 0.0;
		r.promotion.detractors += kind->values[i] == -1 ? (double) sample->counts[i] : 0.0;
	}
	r.promotion.promoters = r.share.good;
	r.share = cluster_share(r.share, c);
	r.promotion = cluster_promotion(r.promotion, c);
	r.moments = cluster_moments(count_moments(sample->counts, kind->points, 0), c);
	if (kind->kpi == 's')
		cluster_share_interval(r.share, r.df, 0.95, &r.bounds);
	else if (kind->kpi == 'n')
		cluster_nps_interval(r.promotion, r.df, 0.95, &r.bounds);
	else
		cluster_mean_interval(r.moments, r.df, 0, 6, 0.95, &r.bounds);
	return r;
}

static double
cluster_p_value(const ClusterKind *kind, const ClusterReading *a, const ClusterReading *b)
{
	Comparison	comparison;

	if (kind->kpi == 's')
		cluster_share_comparison(a->share, a->df, b->share, b->df, 0.95, &comparison);
	else if (kind->kpi == 'n')
		cluster_nps_comparison(a->promotion, a->df, b->promotion, b->df, 0.95, &comparison);
	else
		cluster_mean_comparison(a->moments, a->df, b->moments, b->df, 0, 6, 0.95, &comparison);
	return comparison.p_value;
}

/* The test's partner is a sample of half the customers. */
static void
cluster_cells(const ClusterKind *kind, int clusters, int answers, double correlation)
{
	double		truth = 0.0;
	int			held = 0,
				alarms = 0;
	int			i;

	for (i = 0; i < kind->points; i++)
		truth += kind->chance[i] * kind->values[i];
	for (i = 0; i < samples; i++)
	{
		ClusterSample sample;
		ClusterReading current,
					baseline;

		cluster_sample(kind, clusters, answers, correlation, &sample);
		current = cluster_read(kind, &sample);
		cluster_sample(kind, clusters / 2, answers, correlation, &sample);
		baseline = cluster_read(kind, &sample);
		held += current.bounds.lower <= truth && truth <= current.bounds.upper;
		alarms += cluster_p_value(kind, &current, &baseline) < 0.05;
	}
	cell(held, 0.93, 0.97, "interval covers, %s, %d customers of %d answers, correlation %g",
		 kind->name, clusters, answers, correlation);
	cell(alarms, 0.0, 0.055, "test alarms, %s, %d customers of %d answers, correlation %g",
		 kind->name, clusters, answers, correlation);
}

void
simulate_clusters(void)
{
	int			i;

	for (i = 0; i < (int) (sizeof(cluster_kinds) / sizeof(cluster_kinds[0])); i++)
	{
		cluster_cells(&cluster_kinds[i], 40, 5, 0.5);
		cluster_cells(&cluster_kinds[i], 40, 5, 0.2);
		cluster_cells(&cluster_kinds[i], 15, 4, 0.5);
	}
}
