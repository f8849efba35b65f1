/*
 * stats_adjusted.c: two groups compared within strata, and the differences put together.
 *
 * A stratum of n1 answers of the current group and n0 of the other, N in all, has the
 * weight w = n1 n0 / N, that of Mantel and Haenszel (1959); the difference is that of its
 * means, and together d = sum(w difference) / sum(w).  A stratum where one group has no
 * answers has no weight.
 *
 * Shares: the variance of Sato (1989), (d P + Q) / sum(w)^2, holds for a few large strata
 * and for many small ones, pairs included.  NPS and means: sum(w^2 (v1/n1 + v0/n0)) /
 * sum(w)^2 with the sample variances v.  Small groups whose answers pile up at an end of
 * the scale have too small ones now and then.  So each group has pseudo-answers, as in
 * stats_bounded.c and for NPS (3, T), but they are shared out over the strata by weight:
 * whole ones in each of many small strata would hide every difference.  test/simulate
 * shows the size that is left.
 *
 * All sums are over strata, so that they can be added up in any order; stats_binned.c
 * makes the result the same for each.
 *
 * Pure C, no postgres.h.
 */
#include <math.h>

#include "special.h"
#include "stats_effect.h"

/* The sums.  What is behind the difference depends on the measure. */
enum
{
	ADJUSTED_WEIGHT,
	ADJUSTED_DIFFERENCE,
	ADJUSTED_P,					/* of Sato */
	ADJUSTED_Q,
	ADJUSTED_VARIANCE = ADJUSTED_P,
	ADJUSTED_PSEUDO = ADJUSTED_Q,	/* NPS and means: what pseudo-answers add */
	ADJUSTED_SQUARE = ADJUSTED_Q	/* amounts: squares of variances over degrees */
};

/* A variance that is no larger, as a part of what it could be, is rounding. */
#define ADJUSTED_ROUNDING	1e-14

/* A variance, and the degrees of freedom with which it is known. */
typedef struct Spread
{
	double		variance;
	double		df;
} Spread;

/*
 * The variances of one answer of both groups.  A group of a single answer has none: it
 * takes the other's, and two single answers half the square of their difference.
 */
static void
adjusted_spreads(Spread *current, Spread *baseline, double difference)
{
	if (!(current->df > 0.0) && !(baseline->df > 0.0))
		*current = (Spread) {0.5 * difference * difference, 1.0};
	if (!(current->df > 0.0))
		*current = *baseline;
	if (!(baseline->df > 0.0))
		*baseline = *current;
}

/* Sum of the squared distances of the pseudo-answers from a mean. */
static double
adjusted_pseudo(double mean, Reading reading)
{
	double		half = 0.5 * (reading.hi - reading.lo);
	double		shift = reading.lo + half - mean;

	if (reading.measure == MEASURE_NPS)
		return 1.5 + 3.0 * shift * shift;
	return half * half + shift * shift;
}

/* The terms of a stratum; false if it says nothing, as one of the groups is empty. */
bool
adjusted_stratum(Answered current, Answered baseline, Reading reading, double *terms)
{
	double		n1 = current.n;
	double		n0 = baseline.n;
	double		m1 = current.sum / n1;
	double		m0 = baseline.sum / n0;
	double		part1 = n1 / (n1 + n0);
	double		part0 = n0 / (n1 + n0);
	double		weight = n1 * part0;
	Spread		spread1 = {current.squares / (n1 - 1.0), n1 - 1.0};
	Spread		spread0 = {baseline.squares / (n0 - 1.0), n0 - 1.0};

	if (!(n1 > 0.0 && n0 > 0.0))
		return false;
	terms[ADJUSTED_WEIGHT] = weight;
	terms[ADJUSTED_DIFFERENCE] = current.sum * part0 - baseline.sum * part1;
	if (reading.measure == MEASURE_SHARE)
	{
		terms[ADJUSTED_P] = part1 * part1 * baseline.sum - part0 * part0 * current.sum +
			0.5 * weight * (part0 - part1);
		terms[ADJUSTED_Q] = 0.5 * (current.sum * (part0 - baseline.sum / (n1 + n0)) +
								   baseline.sum * (part1 - current.sum / (n1 + n0)));
		return true;
	}
	adjusted_spreads(&spread1, &spread0, m1 - m0);
	terms[ADJUSTED_VARIANCE] = weight * (part0 * spread1.variance + part1 * spread0.variance);
	terms[ADJUSTED_PSEUDO] = weight * (part0 * part0 * adjusted_pseudo(m1, reading) +
									   part1 * part1 * adjusted_pseudo(m0, reading));
	return true;
}

/* sum(w difference) / sum(w); NAN without a stratum that says something. */
double
adjusted_difference(const double *sums)
{
	return sums[ADJUSTED_DIFFERENCE] / sums[ADJUSTED_WEIGHT];
}

/*
 * The variance of sum(w difference) of shares.  Sato's is 0 if all answers are the same,
 * or if everybody is good in one group and nobody in the other.  Nothing is certain then
 * either: the variance is that of two groups of 2 sum(w) answers, which have the same sum
 * of weights, with one success and one failure added to each.
 */
static double
adjusted_share_variance(const double *sums)
{
	double		variance = adjusted_difference(sums) * sums[ADJUSTED_P] + sums[ADJUSTED_Q];
	double		weight = sums[ADJUSTED_WEIGHT];
	Share		share = {1.0, 2.0 * weight + 2.0};

	if (variance > ADJUSTED_ROUNDING * weight)
		return variance;
	return weight * weight * 2.0 * share_variance(share) / share.n;
}

/* Test and bounds of the difference. */
bool
adjusted_comparison(const double *sums, Reading reading, double confidence, Comparison *out)
{
	double		weight = sums[ADJUSTED_WEIGHT];
	double		width = reading.hi - reading.lo;
	double		difference = adjusted_difference(sums);
	double		half,
				variance;

	*out = no_comparison;
	if (!(weight > 0.0))
		return false;
	if (reading.measure == MEASURE_SHARE)
		variance = adjusted_share_variance(sums);
	else
		variance = sums[ADJUSTED_VARIANCE] + sums[ADJUSTED_PSEUDO] / weight;
	half = confidence_z(confidence) * sqrt(variance) / weight;
	out->lower = fmax(0.0 - width, difference - half);
	out->upper = fmin(width, difference + half);
	out->statistic = sums[ADJUSTED_DIFFERENCE] / sqrt(variance);
	out->p_value = normal_two_sided(out->statistic);
	return true;
}

/* --- amounts --------------------------------------------------------------------------- */

/*
 * The terms of a stratum of amounts, of which mean and deviation are given.  The scale has
 * no ends, so there are no pseudo-answers, and the test takes Student's t with the degrees
 * of freedom of Welch (1947) and Satterthwaite (1946).
 */
bool
adjusted_given(GivenMean current, GivenMean baseline, double *terms)
{
	double		difference = current.mean - baseline.mean;
	double		part1 = current.n / (current.n + baseline.n);
	double		part0 = baseline.n / (current.n + baseline.n);
	double		weight = current.n * part0;
	Spread		spread1 = {given_variance(current), current.n - 1.0};
	Spread		spread0 = {given_variance(baseline), baseline.n - 1.0};
	double		c1,
				c0;

	if (!(current.n > 0.0 && baseline.n > 0.0) || isnan(difference))
		return false;
	adjusted_spreads(&spread1, &spread0, difference);
	c1 = weight * part0 * spread1.variance;
	c0 = weight * part1 * spread0.variance;
	if (isnan(c1) || isnan(c0))
		return false;
	terms[ADJUSTED_WEIGHT] = weight;
	terms[ADJUSTED_DIFFERENCE] = weight * difference;
	terms[ADJUSTED_VARIANCE] = c1 + c0;
	terms[ADJUSTED_SQUARE] = c1 * c1 / spread1.df + c0 * c0 / spread0.df;
	return true;
}

/* Test and bounds of the difference of amounts; without any variance there is no test. */
bool
adjusted_given_comparison(const double *sums, double confidence, Comparison *out)
{
	double		weight = sums[ADJUSTED_WEIGHT];
	double		variance = sums[ADJUSTED_VARIANCE];
	double		difference = adjusted_difference(sums);
	double		half = 0.0;

	*out = no_comparison;
	if (!(weight > 0.0))
		return false;
	if (variance > 0.0)
	{
		double		df = variance / sums[ADJUSTED_SQUARE] * variance;

		half = t_quantile((1.0 - confidence) / 2.0, df) * sqrt(variance) / weight;
		out->statistic = sums[ADJUSTED_DIFFERENCE] / sqrt(variance);
		out->p_value = t_two_sided(out->statistic, df);
	}
	out->lower = difference - half;
	out->upper = difference + half;
	return true;
}
