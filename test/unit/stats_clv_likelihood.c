/*
 * stats_clv_likelihood.c: likelihoods by their formulas, gradients by differences.
 */
#include <math.h>

#include "stats/stats_clv_likelihood.h"
#include "unit.h"

#define STEP	1e-5

static void
no_pause(void)
{
}

/* The gradient at a point, against differences of the objective. */
static void
test_gradient(const char *name, Objective objective, ClvData *data, const double *point, int n)
{
	double		gradient[OPTIMUM_MAX_DIMENSION],
				other[OPTIMUM_MAX_DIMENSION];
	int			i,
				j;

	objective(point, gradient, data);
	for (i = 0; i < n; i++)
	{
		double		value[2];

		for (j = 0; j < 2; j++)
		{
			double		near_point[OPTIMUM_MAX_DIMENSION];
			int			k;

			for (k = 0; k < n; k++)
				near_point[k] = point[k] + (k == i ? (2 * j - 1) * STEP : 0.0);
			value[j] = objective(near_point, other, data);
		}
		near(name, gradient[i], (value[1] - value[0]) / (2 * STEP), 1e-6);
	}
}

void
test_stats_clv_likelihood(void)
{
	ClvEntry	entries[] = {
		{0, 3, 0, 20, 0}, {1, 1, 4, 38, 20}, {2, 2, 30, 39, 55}, {5, 1, 37, 38, 12}
	};
	const double point[] = {log(0.8), 0.0, log(0.6), log(2.5)};
	double		gradient[OPTIMUM_MAX_DIMENSION];
	ClvData		data;
	double		r = 0.8,
				alpha,
				a = 0.6,
				b = 2.5;
	double		sum = 0;
	int			i;

	truth("amounts of four customers", gamma_gamma_data(entries, 4, no_pause, &data) &&
		  data.customers == 4);
	near("their mean", data.scale, (20 + 55 + 55 + 12) / 4.0, 1e-15);
	test_gradient("gamma-gamma", gamma_gamma_objective, &data, point, 3);
	truth("seven customers", bgnbd_data(entries, 4, no_pause, &data) && data.customers == 7);
	near("their repeats", data.repeats, 10, 0);
	near("their mean age", data.scale, (60 + 38 + 78 + 38) / 7.0, 1e-15);
	test_gradient("bg/nbd", bgnbd_objective, &data, point, 4);
	/* Fader, Hardie & Lee (2005), with lgamma */
	alpha = data.scale;
	for (i = 0; i < 4; i++)
	{
		double		x = entries[i].frequency;
		double		alive = pow(alpha + entries[i].age, -(r + x));
		double		stopped = x > 0 ?
			a / (b + x - 1) * pow(alpha + entries[i].recency, -(r + x)) : 0;

		sum += entries[i].customers *
			(lgamma(r + x) - lgamma(r) + r * log(alpha) + lgamma(a + b) + lgamma(b + x) -
			 lgamma(b) - lgamma(a + b + x) + log(alive + stopped));
	}
	near("likelihood", bgnbd_objective(point, gradient, &data), -sum / 7, 1e-12);
	entries[0].frequency = 0;
	truth("no repeats", !bgnbd_data(entries, 1, no_pause, &data));
	truth("nobody", !bgnbd_data(entries, 0, no_pause, &data) &&
		  !gamma_gamma_data(entries, 0, no_pause, &data));
}
