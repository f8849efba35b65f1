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

#include "stats.h"

/* Mean of the range of two normal values in standard deviations, 2 / sqrt(pi). */
#define RANGE_OF_TWO	1.12837916709551257389615890312

/* Limits lie this many standard deviations from the centre. */
#define CONTROL_SIGMAS	3.0

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

/* Limits of a share of n answers on the p' chart, within 0..1. */
bool
laney_limits(double center, double sigma_z, double n, Bounds *out)
{
	double		half = CONTROL_SIGMAS * sigma_z * sqrt(center * (1.0 - center) / n);

	*out = no_bounds;
	if (!(n > 0.0) || isnan(half))
		return false;
	out->lower = clamp(center - half, 0.0, 1.0);
	out->upper = clamp(center + half, 0.0, 1.0);
	return true;
}

/* Limits of single values from their mean and mean moving range (XmR chart). */
bool
xmr_limits(double center, double moving_range, double *sigma, Bounds *out)
{
	*sigma = moving_range / RANGE_OF_TWO;
	out->lower = center - CONTROL_SIGMAS * *sigma;
	out->upper = center + CONTROL_SIGMAS * *sigma;
	return !isnan(*sigma);
}
