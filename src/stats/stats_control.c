/*
 * stats_control.c: control charts of shares and of single values.
 *
 * The variation from period to period is estimated from moving ranges, the distances
 * between neighbours.  The standard deviation of all points would not do: a shift
 * makes it so large that the shift is no longer seen.
 *
 * Pure C, no postgres.h.
 */
#include <math.h>

#include "special.h"
#include "stats.h"

/* Mean of the range of two normal values in standard deviations, 2 / sqrt(pi). */
#define RANGE_OF_TWO	1.12837916709551257389615890312

/* A normal value is this often more than 3 standard deviations above its mean. */
#define CONTROL_TAIL	(1.0 - 0.99865)

/* Degrees of freedom of a mean moving range, for each of its ranges. */
#define RANGE_FREEDOM	0.62

/*
 * Laney's (2002) p' chart: the centre of the shares, and sigma_z, the factor by which
 * they vary more (or less) than binomial counts.  sigma_z = 1 is the p chart.
 *
 * sigma_z is the mean moving range of the points' z values in units of RANGE_OF_TWO.
 * A point without answers is left out, and no range is taken across it. sigma_z is
 * NAN if no two neighbours have answers, or if all answers are good or none is.
 */
bool
laney_chart(const Share *points, int count, double *center, double *sigma_z)
{
	Share		all = {0.0, 0.0};
	double		deviation,
				previous = NAN,
				ranges = 0.0;
	int			neighbours = 0;
	int			i;

	*center = *sigma_z = NAN;
	for (i = 0; i < count; i++)
	{
		all.good += points[i].good;
		all.n += points[i].n;
	}
	if (!(all.n > 0.0))
		return false;
	*center = all.good / all.n;
	deviation = sqrt(*center * ((all.n - all.good) / all.n));
	if (!(deviation > 0.0))
		return true;
	for (i = 0; i < count; i++)
	{
		double		z = (points[i].good / points[i].n - *center) / deviation * sqrt(points[i].n);

		/* z is NAN for a point without answers */
		if (!isnan(z) && !isnan(previous))
		{
			ranges += fabs(z - previous);
			neighbours++;
		}
		previous = z;
	}
	if (neighbours > 0)
		*sigma_z = ranges / neighbours / RANGE_OF_TWO;
	return true;
}

/* The standard deviation of single values from their mean moving range (XmR chart). */
double
xmr_sigma(double moving_range)
{
	return moving_range / RANGE_OF_TWO;
}

/*
 * The distance of the limits from the centre, in standard deviations, for a point that
 * is not among the few that the chart was made of.  Their mean has an error of its own,
 * and k - 1 moving ranges know the standard deviation with about 0.62 (k - 1) degrees
 * of freedom, as each point is in two of them.  So a point in control is outside as
 * seldom as it is outside 3 known standard deviations.  NAN for fewer than two points.
 */
double
prediction_sigmas(double points)
{
	if (!(points >= 2.0))
		return NAN;
	return t_quantile(CONTROL_TAIL, RANGE_FREEDOM * (points - 1.0)) * sqrt(1.0 + 1.0 / points);
}

/* Limits of a share of n answers on the p' chart, within 0..1. */
bool
laney_limits(double center, double sigma_z, double n, double sigmas, Bounds *out)
{
	double		sigma = sigma_z * sqrt(center * (1.0 - center) / n);

	*out = no_bounds;
	if (!(n > 0.0) || !sigma_limits(center, sigma, sigmas, out))
		return false;
	out->lower = clamp(out->lower, 0.0, 1.0);
	out->upper = clamp(out->upper, 0.0, 1.0);
	return true;
}

/* Limits at this many standard deviations from the centre. */
bool
sigma_limits(double center, double sigma, double sigmas, Bounds *out)
{
	out->lower = center - sigmas * sigma;
	out->upper = center + sigmas * sigma;
	return !isnan(out->lower);
}
