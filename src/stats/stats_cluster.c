/*
 * stats_cluster.c: answers that come in clusters, as many from one customer.
 *
 * Answers of one customer resemble each other, so n of them tell less than n of
 * different customers.  The variance of their mean is that between clusters,
 * linearised (Taylor), as R's survey::svymean has it.  The effective number of
 * answers is that of independent ones with this variance (Korn & Graubard 1998;
 * Rao & Scott 1992); the methods of plain answers take it, with Student's t of
 * the clusters - 1 degrees of freedom in place of the normal quantile.
 *
 * Pure C, no postgres.h.
 */
#include <math.h>

#include "special.h"
#include "stats_cluster.h"

/* --- exact sums ----------------------------------------------------------------- */

/* A number of twice the digits: whole numbers up to 2^106 are exact. */
typedef struct Twofold
{
	double		high;
	double		low;
} Twofold;

static Twofold
twofold_times(Twofold a, Twofold b)
{
	double		high = a.high * b.high;
	double		low = fma(a.high, b.high, -high) + (a.high * b.low + a.low * b.high);
	Twofold		product;

	two_sum(high, low, &product.high, &product.low);
	return product;
}

/* Add factor * number, where the factor is small: both halves of it are exact. */
static void
twofold_add(Twofold *sum, int factor, int64_t number)
{
	add_twofold(&sum->high, &sum->low, factor * ((double) (number >> 32) * 0x1p32));
	add_twofold(&sum->high, &sum->low, factor * (double) (number & 0xffffffff));
}

/* --- variance ------------------------------------------------------------------- */

/*
 * The variance of the mean R of answers that read values[i] at point i.  With s
 * the sum of a cluster's values and m its answers it is
 *
 *   k / (k - 1) * sum (s - R m)^2 / (sum m)^2
 *
 * The square, times (sum m)^2, is made of whole numbers: so clusters that are all
 * alike have a variance of 0, and nothing cancels.
 */
Clustering
cluster_clustering(const ClusterCounts *counts, const int *values)
{
	Clustering	c = {(double) counts->clusters, 0.0, NAN};
	const int64_t *product = counts->products;
	Twofold		n = {0.0, 0.0},
				sum = {0.0, 0.0},
				ss = {0.0, 0.0},
				sm = {0.0, 0.0},
				mm = {0.0, 0.0},
				part;
	double		square = 0.0,
				rest = 0.0;
	int			i,
				j;

	for (i = 0; i < counts->points; i++)
	{
		twofold_add(&n, 1, counts->counts[i]);
		twofold_add(&sum, values[i], counts->counts[i]);
		for (j = 0; j <= i; j++, product++)
		{
			int			times = i == j ? 1 : 2;

			twofold_add(&ss, times * values[i] * values[j], *product);
			twofold_add(&sm, i == j ? values[i] : values[i] + values[j], *product);
			twofold_add(&mm, times, *product);
		}
	}
	c.n = n.high;
	if (!(c.clusters > 1.0))
		return c;

	/* n^2 ss - 2 n sum sm + sum^2 mm */
	part = twofold_times(twofold_times(n, n), ss);
	add_twofold(&square, &rest, part.high);
	add_twofold(&square, &rest, part.low);
	part = twofold_times(twofold_times(n, sum), sm);
	add_twofold(&square, &rest, -2.0 * part.high);
	add_twofold(&square, &rest, -2.0 * part.low);
	part = twofold_times(twofold_times(sum, sum), mm);
	add_twofold(&square, &rest, part.high);
	add_twofold(&square, &rest, part.low);
	c.variance = c.clusters / (c.clusters - 1.0) * (fmax(square, 0.0) / c.n / c.n / c.n / c.n);
	return c;
}

/*
 * The number of independent answers whose mean has the variance by clusters, if
 * that of one answer is variance.  Never more than there are answers: few clusters
 * can seem more alike than chance would have them.  If all answers are the same
 * nothing tells how much clusters differ, and each counts as one answer.
 */
static double
cluster_effective_n(Clustering c, double variance)
{
	if (!(c.clusters > 1.0))
		return NAN;
	if (variance == 0.0)
		return c.clusters;
	return fmin(c.n, variance / c.variance);
}

/* How many times the variance of plain answers; NAN if they do not vary. */
double
cluster_design_effect(Clustering c, double variance)
{
	return variance > 0.0 ? c.n / cluster_effective_n(c, variance) : NAN;
}

Share
cluster_share(Share share, Clustering c)
{
	double		n = cluster_effective_n(c, share_variance(share));
	Share		effective = {share.good == share.n ? n : share.good / share.n * n, n};

	return effective;
}

Promotion
cluster_promotion(Promotion p, Clustering c)
{
	double		n = cluster_effective_n(c, promotion_variance(p));
	Promotion	effective = {p.promoters / p.n * n, p.detractors / p.n * n, n};

	return effective;
}

Moments
cluster_moments(Moments m, Clustering c)
{
	m.n = cluster_effective_n(c, m.variance);
	return m;
}

/* --- intervals --------------------------------------------------------------------- */

static double
cluster_t(double confidence, double df)
{
	return t_quantile((1.0 - confidence) / 2.0, df);
}

/* Wilson's interval. */
bool
cluster_share_interval(Share share, double df, double confidence, Bounds *out)
{
	*out = no_bounds;
	return df > 0.0 && wilson_bounds(share, cluster_t(confidence, df), out);
}

/* The adjusted Wald (3, T). */
bool
cluster_nps_interval(Promotion p, double df, double confidence, Bounds *out)
{
	*out = no_bounds;
	return df > 0.0 && nps_adjusted_bounds(p, cluster_t(confidence, df), out);
}

/* The mean of answers on lo..hi, with half a pseudo-answer at each end (stats_bounded.c). */
bool
cluster_mean_interval(Moments m, double df, double lo, double hi, double confidence, Bounds *out)
{
	*out = no_bounds;
	if (!(df > 0.0))
		return false;
	bounded_limits(bounded_answers(m, lo, hi), df, m.mean, lo, hi, confidence, out);
	return true;
}

/* --- tests --------------------------------------------------------------------------- */

/*
 * A difference of two means with variances v1 and v2 of so many degrees of freedom:
 * Student's t with those of Welch and Satterthwaite.  Returns half the width of
 * its bounds; without any variance that is 0, and there is no test.
 */
static double
cluster_welch(double difference, double v1, double df1, double v2, double df2,
			  double confidence, Comparison *out)
{
	double		w1 = v1 / (v1 + v2);
	double		w2 = v2 / (v1 + v2);
	double		df = 1.0 / (w1 * w1 / df1 + w2 * w2 / df2);

	if (!(v1 + v2 > 0.0))
		return 0.0;
	out->statistic = difference / sqrt(v1 + v2);
	out->p_value = t_two_sided(out->statistic, df);
	return cluster_t(confidence, df) * sqrt(v1 + v2);
}

/*
 * Two shares.  Bounds: those of each, squared and added (Newcombe 1998).  Test:
 * with a success and a failure added to each (Agresti & Caffo 2000), which keeps
 * its level near 0 and 1, too; NAN where all or none of both are good.
 */
bool
cluster_share_comparison(Share current, double df1, Share baseline, double df2,
						 double confidence, Comparison *out)
{
	double		p1 = current.good / current.n;
	double		p2 = baseline.good / baseline.n;
	double		a1 = (current.good + 1.0) / (current.n + 2.0);
	double		a2 = (baseline.good + 1.0) / (baseline.n + 2.0);
	Bounds		i1,
				i2;

	*out = no_comparison;
	if (!cluster_share_interval(current, df1, confidence, &i1) ||
		!cluster_share_interval(baseline, df2, confidence, &i2))
		return false;
	if (p1 != p2 || (p1 > 0.0 && p1 < 1.0))
		cluster_welch(a1 - a2, a1 * (1.0 - a1) / (current.n + 2.0), df1,
					  a2 * (1.0 - a2) / (baseline.n + 2.0), df2, confidence, out);
	out->lower = clamp(p1 - p2 - hypot(p1 - i1.lower, i2.upper - p2), -1.0, 1.0);
	out->upper = clamp(p1 - p2 + hypot(i1.upper - p1, p2 - i2.lower), -1.0, 1.0);
	return true;
}

/* Two NPS, as nps_comparison. */
bool
cluster_nps_comparison(Promotion current, double df1, Promotion baseline, double df2,
					   double confidence, Comparison *out)
{
	Promotion	a1 = promotion_adjusted(current);
	Promotion	a2 = promotion_adjusted(baseline);
	double		adjusted = net_promotion(a1) - net_promotion(a2);
	double		half;

	*out = no_comparison;
	if (!(df1 > 0.0 && df2 > 0.0))
		return false;
	half = cluster_welch(adjusted, promotion_variance(a1) / a1.n, df1,
						 promotion_variance(a2) / a2.n, df2, confidence, out);
	out->lower = clamp(adjusted - half, -2.0, 2.0);
	out->upper = clamp(adjusted + half, -2.0, 2.0);
	return true;
}

/* Two means of answers on lo..hi, as bounded_comparison. */
bool
cluster_mean_comparison(Moments current, double df1, Moments baseline, double df2,
						double lo, double hi, double confidence, Comparison *out)
{
	Moments		a1 = bounded_answers(current, lo, hi);
	Moments		a2 = bounded_answers(baseline, lo, hi);
	double		raw = current.mean - baseline.mean;
	double		half;

	*out = no_comparison;
	if (!(df1 > 0.0 && df2 > 0.0 && hi > lo))
		return false;
	half = cluster_welch(a1.mean - a2.mean, a1.variance / a1.n, df1, a2.variance / a2.n, df2,
						 confidence, out);
	out->lower = fmin(raw, fmax(lo - hi, a1.mean - a2.mean - half));
	out->upper = fmax(raw, fmin(hi - lo, a1.mean - a2.mean + half));
	return true;
}
