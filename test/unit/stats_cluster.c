/*
 * stats_cluster.c: clustered answers against R's survey::svymean (standard errors) and
 * the formulas of R's qt and pt; edges by hand.
 */
#include <math.h>
#include <string.h>

#include "stats/stats_cluster.h"
#include "unit.h"

#define POINTS	11

/* Answers of clusters that are counted as a clustered tally counts them. */
typedef struct Sample
{
	int64_t		clusters;
	int64_t		counts[POINTS];
	int64_t		products[POINTS * (POINTS + 1) / 2];
} Sample;

/* A cluster of these counts of the points 0, 1, ... */
static void
put(Sample *sample, const int64_t *counts)
{
	int64_t    *product = sample->products;
	int			i,
				j;

	sample->clusters++;
	for (i = 0; i < POINTS; i++)
	{
		sample->counts[i] += counts[i];
		for (j = 0; j <= i; j++)
			*product++ += counts[i] * counts[j];
	}
}

/* Clusters of answers that end in -1, the last in -2. */
static Sample
sample_of(const int *answers)
{
	Sample		sample;
	int64_t		counts[POINTS] = {0};

	memset(&sample, 0, sizeof(sample));
	for (;; answers++)
	{
		if (*answers >= 0)
			counts[*answers]++;
		else
		{
			put(&sample, counts);
			memset(counts, 0, sizeof(counts));
		}
		if (*answers == -2)
			return sample;
	}
}

static const int nps_values[] = {-1, -1, -1, -1, -1, -1, -1, 0, 0, 1, 1};
static const int top_values[] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
static const int scores[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10};

static Clustering
clustering_of(const Sample *sample, const int *values)
{
	const ClusterCounts counts = {sample->clusters, POINTS, sample->counts, sample->products};

	return cluster_clustering(&counts, values);
}

static double
total(const Sample *sample, int from, int to)
{
	double		sum = 0.0;

	for (; from <= to; from++)
		sum += (double) sample->counts[from];
	return sum;
}

static Share
share_of(const Sample *sample)
{
	return (Share) {total(sample, 9, 10), total(sample, 0, 10)};
}

static Promotion
promotion_of(const Sample *sample)
{
	return (Promotion) {total(sample, 9, 10), total(sample, 0, 6), total(sample, 0, 10)};
}

static Moments
moments_of(const Sample *sample)
{
	return count_moments(sample->counts, POINTS, 0.0);
}

/* The same of as many independent answers as tell as much. */
static Share
effective_share(const Sample *sample)
{
	return cluster_share(share_of(sample), clustering_of(sample, top_values));
}

static Promotion
effective_promotion(const Sample *sample)
{
	return cluster_promotion(promotion_of(sample), clustering_of(sample, nps_values));
}

static Moments
effective_moments(const Sample *sample)
{
	return cluster_moments(moments_of(sample), clustering_of(sample, scores));
}

/* The ten customers of docs/clustered.md, and eight to compare them with. */
static const int ten[] = {
	10, 10, 9, -1, 3, 2, -1, 7, 8, 7, 9, -1, 10, -1, 0, 1, 0, -1, 9, 9, -1, 6, 7, -1,
	10, 8, 10, 9, 9, -1, 5, -1, 8, 8, -2
};
static const int eight[] = {
	10, 9, 9, 8, -1, 7, 7, -1, 10, -1, 9, 10, 9, -1, 6, 5, 8, -1, 9, 9, 9, 10, -1, 2, -1, 10, 10, -2
};

static void
test_errors(void)
{
	Sample		a = sample_of(ten);
	Clustering	c = clustering_of(&a, nps_values);
	Bounds		bounds;

	near("ten clusters", c.clusters, 10, 0);
	near("of 25 answers", c.n, 25, 0);
	near("error of the NPS", sqrt(c.variance), 0.269752808656, 1e-11);
	near("design effect", cluster_design_effect(c, promotion_variance(promotion_of(&a))),
		 2.61976446493, 1e-11);
	near("effective promoters", effective_promotion(&a).promoters, 0.44 * 9.54284262372, 1e-11);
	cluster_nps_interval(effective_promotion(&a), 9, 0.95, &bounds);
	near("lower NPS", bounds.lower, -0.394252124823, 1e-11);
	near("upper NPS", bounds.upper, 0.637714450804, 1e-11);
	c = clustering_of(&a, top_values);
	near("error of a share", sqrt(c.variance), 0.148875488618, 1e-11);
	near("its effective answers", effective_share(&a).n, 11.1171714579, 1e-11);
	cluster_share_interval(effective_share(&a), 9, 0.95, &bounds);
	near("lower share", bounds.lower, 0.179580616042, 1e-11);
	near("upper share", bounds.upper, 0.738245100895, 1e-11);
	c = clustering_of(&a, scores);
	near("error of a mean", sqrt(c.variance), 1.12431170055, 1e-11);
	near("its design effect", cluster_design_effect(c, moments_of(&a).variance),
		 2.99828462998, 1e-11);
	cluster_mean_interval(effective_moments(&a), 9, 0, 10, 0.95, &bounds);
	near("lower mean", bounds.lower, 4.11347861993, 1e-11);
	near("upper mean", bounds.upper, 9.38673581446, 1e-11);
}

static void
test_comparisons(void)
{
	Sample		a = sample_of(ten);
	Sample		b = sample_of(eight);
	Comparison	c;

	cluster_share_comparison(effective_share(&b), 7, effective_share(&a), 9, 0.95, &c);
	near("shares, lower", c.lower, -0.266080021237, 1e-11);
	near("shares, upper", c.upper, 0.57041428671, 1e-11);
	near("shares, t", c.statistic, 0.835831985711, 1e-11);
	near("shares, p", c.p_value, 0.416193966601, 1e-11);
	cluster_nps_comparison(effective_promotion(&b), 7, effective_promotion(&a), 9, 0.95, &c);
	near("NPS, lower", c.lower, -0.446438532091, 1e-11);
	near("NPS, upper", c.upper, 0.930764485882, 1e-11);
	near("NPS, t", c.statistic, 0.746651765618, 1e-11);
	near("NPS, p", c.p_value, 0.466304731213, 1e-11);
	cluster_mean_comparison(effective_moments(&b), 7, effective_moments(&a), 9, 0, 10, 0.95, &c);
	near("means, lower", c.lower, -1.66085479221, 1e-11);
	near("means, upper", c.upper, 4.23591975339, 1e-11);
	near("means, t", c.statistic, 0.9327058395, 1e-11);
	near("means, p", c.p_value, 0.366086639907, 1e-11);
}

static void
test_alike(void)
{
	const int	singles[] = {9, -1, 4, -1, 10, -1, 7, -1, 2, -2};
	const int	twins[] = {9, 4, -1, 4, 9, -1, 9, 4, -2};
	const int	same[] = {10, 10, 10, -1, 10, -1, 10, 10, -2};
	const int	one[] = {3, 10, 7, -2};
	Sample		s = sample_of(singles);
	Clustering	c = clustering_of(&s, scores);
	Bounds		bounds;
	Comparison	comparison;

	/* a customer an answer: s^2 / n, and pq / (n - 1) */
	near("single answers are independent", c.variance, moments_of(&s).variance / 5, 1e-15);
	near("so all count", effective_moments(&s).n, 5, 1e-15);
	c = clustering_of(&s, top_values);
	near("share of single answers", c.variance, 0.4 * 0.6 / 4, 1e-15);

	s = sample_of(twins);
	c = clustering_of(&s, scores);
	truth("clusters all alike", c.variance == 0);
	near("are as good as their answers", effective_moments(&s).n, 6, 0);
	near("and have no design effect", cluster_design_effect(c, moments_of(&s).variance), 1, 0);

	s = sample_of(same);
	c = clustering_of(&s, top_values);
	near("equal answers count by cluster", effective_share(&s).n, 3, 0);
	near("all are good", effective_share(&s).good, 3, 0);
	truth("no design effect to tell", isnan(cluster_design_effect(c, 0)));
	cluster_share_interval(effective_share(&s), 2, 0.95, &bounds);
	/* Wilson's lower bound of n of n, n / (n + t^2), with 2 degrees: t^2 = 2 c^2 / (1 - c^2) */
	near("their lower bound", bounds.lower, 3 / (3 + 2 * 0.9025 / (1 - 0.9025)), 1e-12);
	near("their upper bound", bounds.upper, 1, 0);
	cluster_share_comparison(effective_share(&s), 2, effective_share(&s), 2, 0.95, &comparison);
	truth("all good against all good: bounds, no test",
		  comparison.lower < 0 && comparison.upper > 0 &&
		  isnan(comparison.statistic) && isnan(comparison.p_value));
	c = clustering_of(&s, scores);
	cluster_mean_comparison(effective_moments(&s), 2, effective_moments(&s), 2, 0, 10, 0.95,
							&comparison);
	near("means without variance have bounds", comparison.lower, -7.49725866256, 1e-11);
	near("and a test", comparison.p_value, 1, 1e-15);
	cluster_mean_interval(effective_moments(&s), 2, 0, 10, 0.95, &bounds);
	near("one of them, lower", bounds.lower, 0.534486740339, 1e-11);
	near("one of them, upper", bounds.upper, 10, 0);
	truth("a scale of one point has no test",
		  !cluster_mean_comparison(effective_moments(&s), 2, effective_moments(&s), 2, 5, 5, 0.95,
								   &comparison));

	s = sample_of(one);
	c = clustering_of(&s, scores);
	truth("one cluster has no error", isnan(c.variance) && isnan(effective_moments(&s).n));
	truth("and no bounds", !cluster_mean_interval(effective_moments(&s), 0, 0, 10, 0.95, &bounds) &&
		  !cluster_share_interval(effective_share(&s), 0, 0.95, &bounds) &&
		  !cluster_nps_interval(effective_promotion(&s), 0, 0.95, &bounds) && isnan(bounds.lower));
	truth("nor tests",
		  !cluster_mean_comparison(moments_of(&s), 0, moments_of(&s), 5, 0, 10, 0.95,
								   &comparison) &&
		  !cluster_share_comparison(share_of(&s), 5, share_of(&s), 0, 0.95, &comparison) &&
		  !cluster_nps_comparison(promotion_of(&s), 5, promotion_of(&s), 0, 0.95, &comparison) &&
		  isnan(comparison.lower));
	memset(&s, 0, sizeof(s));
	c = clustering_of(&s, scores);
	truth("no clusters", c.clusters == 0 && c.n == 0 && isnan(c.variance));
}

/* Sums beyond 2^53: n^2 sum s^2 is about 10^38 here. */
static void
test_large(void)
{
	const int64_t large[POINTS] = {[3] = 1000000001,[9] = 2000000002};
	const int64_t other[POINTS] = {[3] = 1000000001,[9] = 2000000003};
	Sample		s;
	Clustering	c;

	memset(&s, 0, sizeof(s));
	put(&s, large);
	put(&s, large);
	c = clustering_of(&s, top_values);
	near("large clusters all alike", effective_share(&s).n, c.n, 0);

	/* m = 3000000003, 3000000004: residuals are +-1000000001 / 6000000007, so 2 * 2 r^2 / n^2 */
	memset(&s, 0, sizeof(s));
	put(&s, large);
	put(&s, other);
	c = clustering_of(&s, top_values);
	near("but for one answer", sqrt(c.variance),
		 2 * (1000000001.0 / 6000000007.0) / 6000000007.0, 1e-10);
}

extern void test_stats_cluster(void);

void
test_stats_cluster(void)
{
	test_errors();
	test_comparisons();
	test_alike();
	test_large();
}
