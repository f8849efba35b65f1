/*
 * cluster.c: do the bounds and tests of clustered answers hold what they promise?
 *
 * Samples of customers are drawn with a fixed seed.  An answer repeats the
 * customer's own first choice with the probability root of the correlation, else it
 * is drawn anew, so that two answers of one customer have that correlation,
 * whatever is read from them.  Printed for each cell: how often the interval covers
 * the truth, and how often a test of two such samples finds a difference at 5 %.
 *
 * gcc -std=gnu99 -O2 -Isrc test/simulate/cluster.c $(ls src/stats/s*.c) -lm
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "stats/stats_cluster.h"

#define CLUSTER_POINTS	11
#define CLUSTER_CELLS	(CLUSTER_POINTS * (CLUSTER_POINTS + 1) / 2)
#define CLUSTER_TRIES	10000
#define CLUSTER_LEAST	0.93
#define CLUSTER_MOST	0.97

/* --- samples ---------------------------------------------------------------------- */

/* splitmix64: uniform on 0..1 */
static double
cluster_random(uint64_t *state)
{
	uint64_t	z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (double) ((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

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
	{"share 80 %", 's', 2, {0.2, 0.8}, {0, 1}},
	{"share 50 %", 's', 2, {0.5, 0.5}, {0, 1}},
	{"NPS 15", 'n', 11, {.06, .02, .02, .03, .03, .07, .07, .1, .15, .2, .25},
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
cluster_draw(const ClusterKind *kind, uint64_t *state)
{
	double		u = cluster_random(state);
	int			i;

	for (i = 0; i < kind->points - 1 && u >= kind->chance[i]; i++)
		u -= kind->chance[i];
	return i;
}

static void
cluster_sample(const ClusterKind *kind, int clusters, int answers, double correlation,
			   uint64_t *state, ClusterSample *sample)
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
		int			first = cluster_draw(kind, state);

		for (i = 0; i < answers; i++)
			counts[cluster_random(state) < sqrt(correlation) ? first : cluster_draw(kind, state)]++;
		for (i = 0; i < kind->points; i++)
		{
			sample->counts[i] += counts[i];
			for (j = 0; j <= i; j++)
				*product++ += counts[i] * counts[j];
		}
	}
}

/* --- a cell ------------------------------------------------------------------------ */

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
		cluster_mean_interval(r.moments, r.df, 0.95, &r.bounds);
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
		cluster_mean_comparison(a->moments, a->df, b->moments, b->df, 0.95, &comparison);
	return comparison.p_value;
}

/* Is the cell within its limits?  The test's partner is a sample of half the customers. */
static bool
cluster_cell(const ClusterKind *kind, int clusters, int answers, double correlation)
{
	uint64_t	state = 18;
	double		truth = 0.0,
				covered = 0.0,
				alarms = 0.0;
	bool		good;
	int			i;

	for (i = 0; i < kind->points; i++)
		truth += kind->chance[i] * kind->values[i];
	for (i = 0; i < CLUSTER_TRIES; i++)
	{
		ClusterSample sample;
		ClusterReading current,
					baseline;

		cluster_sample(kind, clusters, answers, correlation, &state, &sample);
		current = cluster_read(kind, &sample);
		cluster_sample(kind, clusters / 2, answers, correlation, &state, &sample);
		baseline = cluster_read(kind, &sample);
		covered += current.bounds.lower <= truth && truth <= current.bounds.upper;
		alarms += cluster_p_value(kind, &current, &baseline) < 0.05;
	}
	covered /= CLUSTER_TRIES;
	alarms /= CLUSTER_TRIES;
	good = covered >= CLUSTER_LEAST && covered <= CLUSTER_MOST && alarms <= 1.0 - CLUSTER_LEAST;
	printf("%s %s, %d customers of %d answers, correlation %g: covered %.4f, false alarms %.4f\n",
		   good ? "ok" : "not ok", kind->name, clusters, answers, correlation, covered, alarms);
	return good;
}

extern int	simulate_clusters(void);

/* All cells; how many are beyond their limits. */
int
simulate_clusters(void)
{
	int			bad = 0;
	int			i;

	for (i = 0; i < (int) (sizeof(cluster_kinds) / sizeof(cluster_kinds[0])); i++)
	{
		const ClusterKind *kind = &cluster_kinds[i];

		bad += !cluster_cell(kind, 40, 5, 0.5);
		bad += !cluster_cell(kind, 40, 5, 0.2);
		bad += !cluster_cell(kind, 15, 4, 0.5);
	}
	return bad;
}

int
main(void)
{
	return simulate_clusters() != 0;
}
