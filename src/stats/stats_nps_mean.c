/*
 * stats_nps_mean.c: intervals and tests for Net Promoter Score and for means.
 *
 * Pure C, no postgres.h.  Why each method is the default, and what goes wrong
 * with its rivals, stands in docs/methods.md.
 */
#include <math.h>

#include "special.h"
#include "stats.h"

/* --- Net Promoter Score --------------------------------------------------- */

double
net_promotion(Promotion p)
{
	return (p.promoters - p.detractors) / p.n;
}

/* Variance of one answer scored -1, 0, +1. */
double
promotion_variance(Promotion p)
{
	double		promoters = p.promoters / p.n;
	double		detractors = p.detractors / p.n;

	/* the two products have no common part: nothing cancels */
	return promoters * (1.0 - promoters) + detractors * (1.0 - detractors) +
		2.0 * promoters * detractors;
}

/* The adjusted Wald (3, T): three pseudo-answers 3/4, 3/2, 3/4 (Rocks 2016). */
Promotion
promotion_adjusted(Promotion p)
{
	p.promoters += 0.75;
	p.detractors += 0.75;
	p.n += 3.0;
	return p;
}

/*
 * Adjusted Wald (3, T), widened to hold the raw NPS, which it can miss when
 * nearly everybody gives the same kind of answer.  Here with any critical value.
 */
bool
nps_adjusted_bounds(Promotion p, double z, Bounds *out)
{
	Promotion	a = promotion_adjusted(p);
	double		half = z * sqrt(promotion_variance(a) / a.n);
	double		nps = net_promotion(p);

	*out = no_bounds;
	if (!(p.n > 0.0))
		return false;
	out->lower = fmin(nps, clamp(net_promotion(a) - half, -1.0, 1.0));
	out->upper = fmax(nps, clamp(net_promotion(a) + half, -1.0, 1.0));
	return true;
}

bool
nps_adjusted_interval(Promotion p, double confidence, Bounds *out)
{
	return nps_adjusted_bounds(p, confidence_z(confidence), out);
}

/*
 * Tango's (1998) score statistic of NPS = delta, with the detractors' share
 * estimated under that hypothesis.
 */
static double
tango_score(Promotion p, double delta)
{
	double		a = 2.0 * p.n;
	double		b = -p.promoters - p.detractors + (2.0 * p.n - p.promoters + p.detractors) * delta;
	double		c = -p.detractors * delta * (1.0 - delta);
	double		root = sqrt(fmax(b * b - 4.0 * a * c, 0.0));
	double		q = b <= 0.0 ? (root - b) / (2.0 * a) : -2.0 * c / (root + b);
	double		variance = p.n * (2.0 * q + delta * (1.0 - delta));
	double		excess = p.promoters - p.detractors - p.n * delta;

	if (variance <= 0.0)
		return excess == 0.0 ? 0.0 : copysign(HUGE_VAL, excess);
	return excess / sqrt(variance);
}

/* The delta between inner and outer whose score is z in absolute value. */
static double
tango_bound(Promotion p, double z, double outer)
{
	double		inner = net_promotion(p);
	int			i;

	for (i = 0; i < 200; i++)
	{
		double		middle = 0.5 * (inner + outer);

		if (middle == inner || middle == outer)
			break;
		if (fabs(tango_score(p, middle)) < z)
			inner = middle;
		else
			outer = middle;
	}
	return 0.5 * (inner + outer);
}

/* Score interval (Tango 1998 for the paired difference; Rocks 2016 for NPS). */
bool
nps_score_interval(Promotion p, double confidence, Bounds *out)
{
	double		z = confidence_z(confidence);

	*out = no_bounds;
	if (!(p.n > 0.0))
		return false;
	out->lower = p.detractors == p.n ? -1.0 : tango_bound(p, z, -1.0);
	out->upper = p.promoters == p.n ? 1.0 : tango_bound(p, z, 1.0);
	return true;
}

/* Textbook interval; of zero width when all answers are of one kind. */
bool
nps_wald_interval(Promotion p, double confidence, Bounds *out)
{
	double		half = confidence_z(confidence) * sqrt(promotion_variance(p) / p.n);

	*out = no_bounds;
	if (!(p.n > 0.0))
		return false;
	out->lower = clamp(net_promotion(p) - half, -1.0, 1.0);
	out->upper = clamp(net_promotion(p) + half, -1.0, 1.0);
	return true;
}

/*
 * Two independent NPS: z and bounds on the (3, T)-adjusted scores (Lewis &
 * Sauro 2021); the difference reported is the raw one.
 */
bool
nps_comparison(Promotion current, Promotion baseline, double confidence, Comparison *out)
{
	Promotion	a1 = promotion_adjusted(current);
	Promotion	a2 = promotion_adjusted(baseline);
	double		adjusted = net_promotion(a1) - net_promotion(a2);
	double		error = sqrt(promotion_variance(a1) / a1.n + promotion_variance(a2) / a2.n);
	double		half = confidence_z(confidence) * error;

	*out = no_comparison;
	if (!(current.n > 0.0 && baseline.n > 0.0))
		return false;
	out->lower = clamp(adjusted - half, -2.0, 2.0);
	out->upper = clamp(adjusted + half, -2.0, 2.0);
	out->statistic = adjusted / error;
	out->p_value = normal_two_sided(out->statistic);
	return true;
}

/* Below this number of answers a sum over 201 points is an exact double. */
#define EXACT_SUM	4e13

/* --- means ---------------------------------------------------------------- */

/*
 * Mean and sample variance of counted scores lo, lo + 1, ...; two passes over
 * the points, so that nothing cancels and equal answers have variance 0.
 */
Moments
count_moments(const int64_t *counts, int points, double lo)
{
	Moments		m = {0.0, 0.0, NAN};
	double		offset = 0.0,
				squares = 0.0;
	int			i;

	for (i = 0; i < points; i++)
		m.n += (double) counts[i];
	/* one division as long as the sum is exact, else one for each point */
	for (i = 0; i < points; i++)
		offset += m.n < EXACT_SUM ? i * (double) counts[i] : i * ((double) counts[i] / m.n);
	if (m.n < EXACT_SUM)
		offset /= m.n;
	for (i = 0; i < points; i++)
		squares += (i - offset) * (i - offset) * ((double) counts[i] / m.n);
	m.mean = m.n > 0.0 ? lo + offset : NAN;
	if (m.n > 1.0)
		m.variance = squares * (m.n / (m.n - 1.0));
	return m;
}

/* Student's t interval of a mean; one value has a mean but no bounds. */
bool
moments_interval(Moments m, double confidence, Bounds *out)
{
	double		half;

	*out = no_bounds;
	if (!(m.n > 1.0))
		return false;
	half = t_quantile((1.0 - confidence) / 2.0, m.n - 1.0) * sqrt(m.variance / m.n);
	out->lower = m.mean - half;
	out->upper = m.mean + half;
	return true;
}

/*
 * Difference of two independent means, Welch (1947).  With no variance in
 * either group the bounds are the difference itself and there is no test.
 */
bool
welch_comparison(Moments current, Moments baseline, double confidence, Comparison *out)
{
	double		v1 = current.variance / current.n;
	double		v2 = baseline.variance / baseline.n;
	double		difference = current.mean - baseline.mean;
	double		half = 0.0;

	*out = no_comparison;
	if (!(current.n > 1.0 && baseline.n > 1.0))
		return false;
	if (v1 + v2 > 0.0)
	{
		double		w1 = v1 / (v1 + v2);
		double		w2 = v2 / (v1 + v2);
		double		df = 1.0 / (w1 * w1 / (current.n - 1.0) + w2 * w2 / (baseline.n - 1.0));

		half = t_quantile((1.0 - confidence) / 2.0, df) * sqrt(v1 + v2);
		out->statistic = difference / sqrt(v1 + v2);
		out->p_value = t_two_sided(out->statistic, df);
	}
	out->lower = difference - half;
	out->upper = difference + half;
	return true;
}

/* --- means given with their deviation ------------------------------------------ */

/* A deviation that is no larger, as a part of the mean, is the rounding of equal values. */
#define GIVEN_ROUNDING	1e-14

/* The power of two of the largest figure; squares of figures divided by it do not overflow. */
static int
given_power(GivenMean a, GivenMean b)
{
	int			power;

	frexp(fmax(fmax(fabs(a.mean), a.deviation), fmax(fabs(b.mean), b.deviation)), &power);
	return power;
}

/* The variance of given values: 0 if the deviation is only rounding. */
double
given_variance(GivenMean given)
{
	if (given.deviation <= GIVEN_ROUNDING * fabs(given.mean))
		return 0.0;
	return given.deviation * given.deviation;
}

static Moments
given_moments(GivenMean given, int power)
{
	GivenMean	scaled = {given.n, ldexp(given.mean, -power), ldexp(given.deviation, -power)};
	Moments		m = {given.n, scaled.mean, given_variance(scaled)};

	return m;
}

/* Student's t interval of a given mean. */
bool
given_interval(GivenMean given, double confidence, Bounds *out)
{
	int			power = given_power(given, given);
	bool		exists = moments_interval(given_moments(given, power), confidence, out);

	out->lower = ldexp(out->lower, power);
	out->upper = ldexp(out->upper, power);
	return exists;
}

/* Welch's test of two given means. */
bool
given_comparison(GivenMean current, GivenMean baseline, double confidence, Comparison *out)
{
	int			power = given_power(current, baseline);
	bool		exists = welch_comparison(given_moments(current, power),
										  given_moments(baseline, power), confidence, out);

	out->lower = ldexp(out->lower, power);
	out->upper = ldexp(out->upper, power);
	return exists;
}
