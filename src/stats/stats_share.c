/*
 * stats_share.c: intervals and tests for shares (CSAT, CRS and every yes/no rate).
 *
 * Pure C, no postgres.h.  Why each method is the default, and what goes wrong
 * with its rivals, stands in docs/methods.md.
 */
#include <float.h>
#include <math.h>

#include "special.h"
#include "stats.h"

/* R's tolerance when an exact test asks "at most as likely as the outcome" */
#define AS_LIKELY	(1.0 + 1e-7)

/* Two-sided critical value of the normal distribution: 1.959963984540054 at 0.95. */
double
confidence_z(double confidence)
{
	return -normal_quantile((1.0 - confidence) / 2.0);
}

/*
 * Wilson (1927) score interval: closed form, inside 0..1, never of zero width,
 * close to nominal coverage on average (Brown, Cai & DasGupta 2001).  Here with
 * any critical value, so that Student's t can stand for the normal one.
 */
bool
wilson_bounds(Share share, double z, Bounds *out)
{
	double		bad = share.n - share.good;
	double		half = z * sqrt(share.good * (bad / share.n) + z * z / 4.0);
	double		middle = share.good + z * z / 2.0;
	double		p = share.good / share.n;

	*out = no_bounds;
	if (!(share.n > 0.0))
		return false;
	/* from about 1e15 answers on rounding may put a bound beyond the share */
	out->lower = share.good == 0.0 ? 0.0 : clamp((middle - half) / (share.n + z * z), 0.0, p);
	out->upper = bad == 0.0 ? 1.0 : clamp((middle + half) / (share.n + z * z), p, 1.0);
	return true;
}

bool
wilson_interval(Share share, double confidence, Bounds *out)
{
	return wilson_bounds(share, confidence_z(confidence), out);
}

/* Clopper & Pearson (1934): coverage never below nominal. */
bool
exact_interval(Share share, double confidence, Bounds *out)
{
	double		tail = (1.0 - confidence) / 2.0;
	double		bad = share.n - share.good;

	*out = no_bounds;
	if (!(share.n > 0.0))
		return false;
	if (share.good == 0.0)
		out->lower = 0.0;
	else if (bad == 0.0)
		out->lower = exp(log(tail) / share.n);
	else
		out->lower = beta_quantile(tail, share.good, bad + 1.0, false);
	if (bad == 0.0)
		out->upper = 1.0;
	else if (share.good == 0.0)
		out->upper = -expm1(log(tail) / share.n);
	else
		out->upper = beta_quantile(tail, share.good + 1.0, bad, true);
	return true;
}

/* Equal-tailed Bayes interval under Jeffreys' prior Beta(1/2, 1/2). */
bool
jeffreys_interval(Share share, double confidence, Bounds *out)
{
	double		tail = (1.0 - confidence) / 2.0;
	double		a = share.good + 0.5;
	double		b = share.n - share.good + 0.5;

	*out = no_bounds;
	if (!(share.n > 0.0))
		return false;
	out->lower = a == 0.5 ? 0.0 : beta_quantile(tail, a, b, false);
	out->upper = b == 0.5 ? 1.0 : beta_quantile(tail, a, b, true);
	return true;
}

/* The textbook interval; too short, and of zero width at 0 % and 100 %. */
bool
wald_interval(Share share, double confidence, Bounds *out)
{
	double		p = share.good / share.n;
	double		half = confidence_z(confidence) *
		sqrt(p * ((share.n - share.good) / share.n) / share.n);

	*out = no_bounds;
	if (!(share.n > 0.0))
		return false;
	out->lower = clamp(p - half, 0.0, 1.0);
	out->upper = clamp(p + half, 0.0, 1.0);
	return true;
}

/*
 * Fisher's exact test, two-sided, for tables whose smallest expected count is
 * below 1: the probability of all tables at most as likely as this one.  The
 * small cell's distribution then falls off faster than Poisson(1), so the sum
 * ends after some hundred terms whatever the size of the table.
 */
static double
fisher_p_value(Share current, Share baseline)
{
	double		total = current.n + baseline.n;
	double		good = current.good + baseline.good;
	double		cell,
				drawn,
				marked,
				limit,
				sum = 0.0;
	double		k;

	/* the cell where the smaller sample meets the rarer answer */
	Share		small = current.n <= baseline.n ? current : baseline;
	bool		good_is_rare = good <= total - good;

	drawn = small.n;
	marked = good_is_rare ? good : total - good;
	cell = good_is_rare ? small.good : small.n - small.good;
	limit = hypergeometric_pmf(cell, drawn, marked, total) * AS_LIKELY;

	/* below the outcome only the far side of the mode (0 or 1) can count */
	for (k = 0.0; k < cell && k < 2.0; k += 1.0)
	{
		double		p = hypergeometric_pmf(k, drawn, marked, total);

		if (p <= limit)
			sum += p;
	}
	for (k = cell; k <= fmin(drawn, marked); k += 1.0)
	{
		double		p = hypergeometric_pmf(k, drawn, marked, total);

		if (p <= limit)
			sum += p;
		if (k > 2.0 && p <= limit && p <= sum * DBL_EPSILON / 16.0)
			break;
	}
	return fmin(sum, 1.0);
}

/* Effective numbers of weighted answers have fractions; an exact test has none. */
static Share
share_whole(Share share)
{
	return (Share) {rint(share.good), rint(share.n)};
}

/*
 * Difference of two independent shares.  Bounds: Newcombe (1998) method 10,
 * Wilson limits squared and added.  Test: 'N - 1' chi-square (Campbell 2007) as
 * a signed z; below a smallest expected count of 1 Fisher's exact p.  If
 * everybody or nobody is satisfied in both groups there is nothing to test.
 */
bool
share_comparison(Share current, Share baseline, double confidence, Comparison *out)
{
	double		total = current.n + baseline.n;
	double		good = current.good + baseline.good;
	double		p1 = current.good / current.n;
	double		p2 = baseline.good / baseline.n;
	Bounds		i1,
				i2;

	*out = no_comparison;
	if (!wilson_interval(current, confidence, &i1) ||
		!wilson_interval(baseline, confidence, &i2))
		return false;
	out->lower = clamp(p1 - p2 - hypot(p1 - i1.lower, i2.upper - p2), -1.0, 1.0);
	out->upper = clamp(p1 - p2 + hypot(i1.upper - p1, p2 - i2.lower), -1.0, 1.0);
	if (good > 0.0 && good < total)
	{
		double		variance = (good / total) * ((total - good) / total);

		out->statistic = (p1 - p2) / sqrt(variance * (1.0 / current.n + 1.0 / baseline.n)) *
			sqrt((total - 1.0) / total);
		if (fmin(current.n, baseline.n) * (fmin(good, total - good) / total) < 1.0)
			out->p_value = fisher_p_value(share_whole(current), share_whole(baseline));
		else
			out->p_value = normal_two_sided(out->statistic);
	}
	return true;
}

/*
 * Exact two-sided binomial p of k in n against p: all outcomes at most as
 * likely as k.  The probabilities rise to the mode and fall after it, so the
 * other tail's border is found by bisection, not by a walk over n.
 */
static double
binomial_p_value(double k, double n, double p)
{
	double		mode = floor((n + 1.0) * p);
	double		limit = binomial_pmf(k, n, p) * AS_LIKELY;
	bool		below = k < n * p;
	double		near = mode;
	double		far = below ? n + 1.0 : -1.0;

	if (limit == 0.0)
		return 0.0;				/* below the smallest double */
	if (k == n * p || binomial_pmf(mode, n, p) <= limit)
		return 1.0;
	/* near is more likely than the outcome, far is not */
	while (fabs(far - near) > 1.0)
	{
		double		middle = floor((near + far) / 2.0);

		if (middle == near || middle == far)
			break;				/* counts beyond 2^53 */
		if (binomial_pmf(middle, n, p) <= limit)
			far = middle;
		else
			near = middle;
	}
	if (below)
		return fmin(1.0, binomial_lower_tail(k, n, p) + binomial_upper_tail(far, n, p));
	return fmin(1.0, binomial_upper_tail(k, n, p) + binomial_lower_tail(far, n, p));
}

/*
 * A share against a target: score z, exact binomial p, Wilson bounds of the
 * difference.  At a target of 0 or 1 there is no variance and so no z, but there is a
 * p.
 */
bool
target_comparison(Share share, double target, double confidence, Comparison *out)
{
	Bounds		wilson;

	*out = no_comparison;
	if (!wilson_interval(share, confidence, &wilson))
		return false;
	out->lower = wilson.lower - target;
	out->upper = wilson.upper - target;
	if (target > 0.0 && target < 1.0)
	{
		out->statistic = (share.good - share.n * target) /
			sqrt(share.n * target * (1.0 - target));
		out->p_value = binomial_p_value(share.good, share.n, target);
	}
	else
		out->p_value = share.good == share.n * target ? 1.0 : 0.0;
	return true;
}
