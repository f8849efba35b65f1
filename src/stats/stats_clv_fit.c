/*
 * stats_clv_fit.c: BG/NBD and gamma-gamma by maximum likelihood.
 *
 * Both are fitted in the logarithms of their parameters, from several starts, by the
 * mean log-likelihood of the customers (stats_clv_likelihood.c).
 *
 * Pure C, no postgres.h; the caller brings the memory.
 */
#include <math.h>
#include <string.h>

#include "stats.h"
#include "stats_clv_likelihood.h"

/* Penalty on the likelihood for each squared power of e, where it has to be held back. */
#define HOLD	1e-9

/* An objective with a penalty, so that it does not go far for next to no gain. */
typedef struct Held
{
	Objective	objective;
	ClvData    *data;
	int			dimension;
} Held;

static double
held_objective(const double *point, double *gradient, void *pointer)
{
	const Held *held = pointer;
	double		value = held->objective(point, gradient, held->data);
	int			i;

	for (i = 0; isfinite(value) && i < held->dimension; i++)
	{
		value += HOLD * point[i] * point[i];
		gradient[i] += 2.0 * HOLD * point[i];
	}
	return value;
}

/*
 * The best fit from several starts, to full accuracy.  Where customers do not differ
 * in something, such as when they stop, the likelihood rises for ever, by less and
 * less, on the way to infinite parameters.  With the penalty it has a maximum, below
 * the limit by a negligible 3e-8 for each customer.  Then the covariances are not known.
 * False if it rises without limit.
 */
static bool
fit(Objective objective, ClvData *data, int dimension, const double *starts, int count,
	double *best, double *value, double *triangle)
{
	int			covariances = dimension * (dimension + 1) / 2;
	Held		held = {objective, data, dimension};
	double		exact[OPTIMUM_MAX_DIMENSION],
				gradient[OPTIMUM_MAX_DIMENSION];
	double		lowest = INFINITY;
	bool		known;
	int			i;

	for (i = 0; i < covariances; i++)
		triangle[i] = NAN;
	for (i = 0; i < count; i++)
	{
		double		point[OPTIMUM_MAX_DIMENSION];
		double		level;

		memcpy(point, starts + i * dimension, dimension * sizeof(double));
		level = descend(objective, data, dimension, NEAR, point);
		if (!(level < lowest))
			continue;
		lowest = level;
		memcpy(best, point, dimension * sizeof(double));
	}
	if (!isfinite(lowest))
		return false;
	memcpy(exact, best, dimension * sizeof(double));
	if (polish(objective, data, dimension, NEAR, FLAT, exact, value))
	{
		memcpy(best, exact, dimension * sizeof(double));
		known = optimum_covariance(objective, data, dimension, FLAT, best, triangle);
		for (i = 0; i < covariances; i++)
			triangle[i] = known ? triangle[i] / data->customers : NAN;
		return true;
	}
	descend(held_objective, &held, dimension, WALL, best);
	if (!polish(held_objective, &held, dimension, WALL, HOLD, best, value))
		return false;
	*value = objective(best, gradient, data);
	return true;
}

/*
 * Fit gamma-gamma to sorted entries; entries without repeat purchases or amounts are
 * left out.  False if it cannot be fitted.
 */
bool
gamma_gamma_fit(const ClvEntry *entries, size_t count, Pause pause,
				GammaGamma *model, double *log_likelihood, double *triangle)
{
	static const double starts[][GAMMA_GAMMA_PARAMETERS] = {
		{1.0, 1.0, 1.0}, {0.0, 2.0, 2.0}, {3.0, 1.0, -2.0}, {2.0, 3.0, 0.0}
	};
	ClvData		data;
	double		best[GAMMA_GAMMA_PARAMETERS];
	double		value;

	if (!gamma_gamma_data(entries, count, pause, &data) ||
		!fit(gamma_gamma_objective, &data, GAMMA_GAMMA_PARAMETERS, starts[0],
			 sizeof(starts) / sizeof(starts[0]), best, &value, triangle))
		return false;
	model->p = exp(best[0]);
	model->q = exp(best[1]);
	model->gamma = exp(best[2]) * data.scale;
	*log_likelihood = -value * data.customers;
	return true;
}

/*
 * Fit BG/NBD to sorted entries, merging those that differ only in the amount, which
 * is lost.  False if it cannot be fitted, for example without repeat purchases.
 */
bool
bgnbd_fit(ClvEntry *entries, size_t count, Pause pause, Bgnbd *model, double *log_likelihood,
		  double *triangle)
{
	/* r and the mean probability of stopping; alpha follows from the mean rate */
	static const double guesses[][3] = {
		{0.25, 1.0, 3.0}, {1.0, 0.5, 5.0}, {3.0, 1.0, 1.0}, {0.7, 0.05, 2.0}
	};
	double		starts[sizeof(guesses) / sizeof(guesses[0])][BGNBD_PARAMETERS];
	ClvData		data;
	double		best[BGNBD_PARAMETERS];
	double		value;
	size_t		i;

	if (!bgnbd_data(entries, count, pause, &data))
		return false;
	for (i = 0; i < sizeof(guesses) / sizeof(guesses[0]); i++)
	{
		starts[i][0] = log(guesses[i][0]);
		starts[i][1] = clamp(log(guesses[i][0] / (data.repeats / data.customers)), -NEAR, NEAR);
		starts[i][2] = log(guesses[i][1]);
		starts[i][3] = log(guesses[i][2]);
	}
	if (!fit(bgnbd_objective, &data, BGNBD_PARAMETERS, starts[0],
			 sizeof(guesses) / sizeof(guesses[0]), best, &value, triangle))
		return false;
	model->r = exp(best[0]);
	model->alpha = exp(best[1]) * data.scale;
	model->a = exp(best[2]);
	model->b = exp(best[3]);
	*log_likelihood = -value * data.customers;
	return true;
}
