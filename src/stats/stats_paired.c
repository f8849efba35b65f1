/*
 * stats_paired.c: before and after on the same customers, and the size of an
 * effect.  Every difference is after - before.
 *
 * Pure C, no postgres.h.  Why each method is the default, and what goes wrong
 * with its rivals, stands in docs/methods.md.
 */
#include <math.h>

#include "special.h"
#include "stats.h"

/* Above this number of discordant pairs McNemar's mid-p and asymptotic p agree. */
#define MIDP_PAIRS	10000.0

static double
change_pairs(Change change)
{
	return change.both + change.lost + change.gained + change.neither;
}

/* The share that was good before. */
Share
change_before(Change change)
{
	Share		share = {change.both + change.lost, change_pairs(change)};

	return share;
}

/* The share that was good after. */
Share
change_after(Change change)
{
	Share		share = {change.both + change.gained, change_pairs(change)};

	return share;
}

/*
 * Correlation of good before and good after, with Newcombe's correction towards 0.
 * Without it the bounds have no width where nobody changed.
 */
static double
change_correlation(Change change)
{
	double		n = change_pairs(change);
	double		excess = change.both * change.neither - change.lost * change.gained;
	double		margins = sqrt(change.both + change.lost) * sqrt(change.gained + change.neither) *
		sqrt(change.both + change.gained) * sqrt(change.lost + change.neither);

	if (margins == 0.0)
		return 0.0;
	if (excess > 0.0)
		excess = fmax(excess - n / 2.0, 0.0);
	return excess / margins;
}

/* Two sides of a triangle, squared and added, less what their correlation shares. */
static double
square_and_add(double x, double y, double correlation)
{
	return sqrt(fmax(x * x - 2.0 * correlation * x * y + y * y, 0.0));
}

/*
 * McNemar's test of gained against lost, mid-p: half the probability of what was
 * seen (Fagerland, Lydersen & Laake 2013).  If nobody changed p is 1.
 */
static double
mcnemar_p_value(double lost, double gained)
{
	double		changed = lost + gained;
	double		seen = binomial_pmf(fmin(lost, gained), changed, 0.5);

	if (changed == 0.0)
		return 1.0;
	if (lost == gained)
		return 1.0 - 0.5 * seen;
	return fmin(1.0, 2.0 * binomial_lower_tail(fmin(lost, gained), changed, 0.5) - seen);
}

/*
 * Difference of two shares of the same people.  Bounds: Newcombe (1998b) method
 * 10, Wilson limits squared and added with their correlation.  Test: McNemar, the
 * statistic as a signed z; it does not exist where nobody changed.
 */
bool
change_comparison(Change change, double confidence, Comparison *out)
{
	Share		before = change_before(change);
	Share		after = change_after(change);
	double		changed = change.lost + change.gained;
	double		difference = (change.gained - change.lost) / before.n;
	double		correlation = change_correlation(change);
	double		p1 = after.good / after.n;
	double		p2 = before.good / before.n;
	Bounds		i1,
				i2;

	*out = no_comparison;
	if (!wilson_interval(after, confidence, &i1) ||
		!wilson_interval(before, confidence, &i2))
		return false;
	out->lower = clamp(difference - square_and_add(p1 - i1.lower, i2.upper - p2, correlation),
					   -1.0, 1.0);
	out->upper = clamp(difference + square_and_add(i1.upper - p1, p2 - i2.lower, correlation),
					   -1.0, 1.0);
	if (changed > 0.0)
		out->statistic = (change.gained - change.lost) / sqrt(changed);
	out->p_value = changed > MIDP_PAIRS ? normal_two_sided(out->statistic) :
		mcnemar_p_value(change.lost, change.gained);
	return true;
}

/*
 * Student's paired t: the mean of the differences against 0.  If all are the same
 * the bounds are that difference and there is no test; one pair has no bounds.
 */
bool
difference_comparison(Moments difference, double confidence, Comparison *out)
{
	Bounds		bounds;

	*out = no_comparison;
	if (!moments_interval(difference, confidence, &bounds))
		return false;
	out->lower = bounds.lower;
	out->upper = bounds.upper;
	if (difference.variance > 0.0)
	{
		out->statistic = difference.mean / sqrt(difference.variance / difference.n);
		out->p_value = t_two_sided(out->statistic, difference.n - 1.0);
	}
	return true;
}

/*
 * The factor that makes Cohen's d unbiased, exactly: Gamma(x) / (sqrt(x)
 * Gamma(x - 1/2)), x = half the degrees of freedom.  By Stirling's formula, in
 * which the large logarithms cancel beforehand.
 */
static double
hedges_factor(double df)
{
	double		x = df / 2.0;

	return exp(-(x - 1.0) * log1p(-0.5 / x) - 0.5 + stirling_rest(x) - stirling_rest(x - 0.5));
}

/*
 * Hedges' g: the difference of two means in standard deviations, pooled.  NAN for
 * fewer than two values in a group, or without any variance.
 */
double
hedges_g(Moments current, Moments baseline)
{
	double		df = current.n + baseline.n - 2.0;
	double		pooled;

	if (!(current.n > 1.0 && baseline.n > 1.0))
		return NAN;
	pooled = current.variance * ((current.n - 1.0) / df) +
		baseline.variance * ((baseline.n - 1.0) / df);
	if (!(pooled > 0.0))
		return NAN;
	return (current.mean - baseline.mean) / sqrt(pooled) * hedges_factor(df);
}
