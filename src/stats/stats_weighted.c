/*
 * stats_weighted.c: answers with survey weights.
 *
 * Weights say for how many people an answer stands; only their proportions matter.
 * The standard error is linearised (Taylor), as in R's survey::svymean; the effective
 * number of answers is Kish's (1965).
 *
 * Pure C, no postgres.h.
 */
#include <math.h>

#include "special.h"
#include "stats.h"

/* Weight of the points from..to. */
double
weighted_total(const WeightedPoint *points, int from, int to)
{
	double		sum = 0.0,
				rest = 0.0;
	int			i;

	for (i = from; i <= to; i++)
	{
		add_exactly(&sum, &rest, points[i].weight);
		add_exactly(&sum, &rest, points[i].weight_rest);
	}
	return sum + rest;
}

/* Mean of the points 0, 1, ...; exact if all answers are the same. */
static double
weighted_offset(const WeightedPoint *points, int count, double total)
{
	double		offset = 0.0;
	int			i,
				occupied = 0,
				last = 0;

	for (i = 0; i < count; i++)
	{
		offset += i * (points[i].weight + points[i].weight_rest);
		if (points[i].weight > 0.0)
		{
			occupied++;
			last = i;
		}
	}
	return occupied == 1 ? last : offset / total;
}

/*
 * Mean, its standard error and the number of answers, of points lo, lo + 1, ...
 *
 * error^2 = n / (n - 1) * sum (w (y - mean))^2 / (sum w)^2, effective n = (sum
 * w)^2 / sum w^2.  With equal weights they are s^2 / n and n.
 */
WeightedMoments
weighted_moments(const WeightedPoint *points, int count, double lo)
{
	WeightedMoments m = {0.0, NAN, NAN, NAN};
	double		total = weighted_total(points, 0, count - 1);
	double		offset = weighted_offset(points, count, total);
	double		squares = 0.0,
				deviation = 0.0;
	int			i;

	for (i = 0; i < count; i++)
	{
		double		square = points[i].square + points[i].square_rest;

		m.n += (double) points[i].count;
		squares += square;
		deviation += (i - offset) * (i - offset) * square;
	}
	if (!(total > 0.0))
		return m;
	m.mean = lo + offset;
	if (squares > 0.0)
		m.effective_n = fmin(total * total / squares, m.n);
	if (m.n > 1.0)
		m.error = sqrt(m.n / (m.n - 1.0) * deviation) / total;
	return m;
}

/*
 * Standard deviation of a score in the population, the square root of n / (n - 1)
 * times the weighted mean of (y - mean)^2, as in R's survey::svyvar.
 */
double
weighted_deviation(const WeightedPoint *points, int count)
{
	double		total = weighted_total(points, 0, count - 1);
	double		offset = weighted_offset(points, count, total);
	double		n = 0.0,
				deviation = 0.0;
	int			i;

	for (i = 0; i < count; i++)
	{
		n += (double) points[i].count;
		deviation += (i - offset) * (i - offset) *
			((points[i].weight + points[i].weight_rest) / total);
	}
	return n > 1.0 ? sqrt(n / (n - 1.0) * deviation) : NAN;
}

/* Student's t with the linearised error; one answer has a mean but no bounds. */
bool
weighted_mean_interval(WeightedMoments m, double confidence, Bounds *out)
{
	double		half;

	*out = no_bounds;
	if (!(m.n > 1.0))
		return false;
	half = t_quantile((1.0 - confidence) / 2.0, m.n - 1.0) * m.error;
	out->lower = m.mean - half;
	out->upper = m.mean + half;
	return true;
}

/*
 * Wald's interval with the linearised error, for shares and NPS between low and
 * high.  With equal weights it is wider than that of unweighted answers by the
 * factor sqrt(n / (n - 1)).
 */
bool
linearised_interval(WeightedMoments m, double low, double high, double confidence, Bounds *out)
{
	double		half = confidence_z(confidence) * m.error;

	*out = no_bounds;
	if (!(m.n > 1.0))
		return false;
	out->lower = clamp(m.mean - half, low, high);
	out->upper = clamp(m.mean + half, low, high);
	return true;
}

/* Difference of two means: Welch (1947) with the linearised errors and answers - 1 degrees. */
bool
weighted_mean_comparison(WeightedMoments current, WeightedMoments baseline, double confidence,
						 Comparison *out)
{
	Moments		m1 = {current.n, current.mean, current.error * current.error * current.n};
	Moments		m2 = {baseline.n, baseline.mean, baseline.error * baseline.error * baseline.n};

	return welch_comparison(m1, m2, confidence, out);
}
