/*
 * stats_power.c: how many answers in each of two groups find a change, and what change
 * so many answers find.
 *
 * All tests are two-sided, and taken as normal.  Shares and NPS are proportions, as in
 * stats.h.  Without a change the variance of a share is that of both groups together,
 * with one that of each (Fleiss 1981), as in R's power.prop.test.
 *
 * Pure C, no postgres.h.
 */
#include <math.h>

#include "special.h"
#include "stats.h"
#include "stats_power.h"

#define BISECTIONS	200

/* The squared distance, in standard errors, of a change that is found this often. */
static double
power_distance(double deviation_without, double deviation_with, Power power)
{
	double		distance = confidence_z(power.confidence) * deviation_without +
		normal_quantile(power.power) * deviation_with;

	/* chance alone finds more than a power below that of no change */
	return distance > 0.0 ? distance * distance : 0.0;
}

/* Answers of each group that find this change of a share, with a fraction. */
double
share_responses(double before, double change, Power power)
{
	double		after = clamp(before + change, 0.0, 1.0);

	return power_distance(sqrt((before + after) * (1.0 - (before + after) / 2.0)),
						  sqrt(before * (1.0 - before) + after * (1.0 - after)), power) /
		(change * change);
}

/*
 * The smallest rise of a share that so many answers of each group find; NAN if they do
 * not even find a rise to 1.
 */
double
share_detectable(double before, double responses, Power power)
{
	double		missed = 0.0,
				found = 1.0 - before;
	int			i;

	if (!(found > 0.0 && share_responses(before, found, power) <= responses))
		return NAN;
	for (i = 0; i < BISECTIONS; i++)
	{
		double		middle = (missed + found) / 2.0;

		if (middle <= missed || middle >= found)
			break;
		if (share_responses(before, middle, power) <= responses)
			found = middle;
		else
			missed = middle;
	}
	return found;
}

/* The largest variance that answers of this NPS can have: nobody is passive. */
static double
nps_variance(double nps)
{
	return 1.0 - nps * nps;
}

/* Answers of each group that find this change of an NPS, at worst. */
double
nps_responses(double before, double change, Power power)
{
	double		after = clamp(before + change, -1.0, 1.0);
	double		deviation = sqrt(nps_variance(before) + nps_variance(after));

	return power_distance(deviation, deviation, power) / (change * change);
}

/* The rise of an NPS that so many answers of each group find, at worst; NAN beyond 1. */
double
nps_detectable(double before, double responses, Power power)
{
	/* responses change^2 = distance (2 - before^2 - (before + change)^2) */
	double		weight = responses / power_distance(1.0, 1.0, power) + 1.0;
	double		change = (sqrt(before * before + 2.0 * nps_variance(before) * weight) - before) /
		weight;

	return before + change <= 1.0 ? change : NAN;
}

/* Answers of each group that find a change of a mean with this standard deviation. */
double
mean_responses(double change, double deviation, Power power)
{
	double		deviations = deviation / fabs(change);

	return 2.0 * power_distance(deviations, deviations, power);
}

/* The change of a mean that so many answers of each group find. */
double
mean_detectable(double deviation, double responses, Power power)
{
	return deviation * sqrt(2.0 * power_distance(1.0, 1.0, power) / responses);
}
