/*
 * stats_clv_error.c: how sure the parameters of customer value are, and the value that
 * follows from them.
 *
 * The fit gives the covariances of the logarithms of the parameters: the inverse of the
 * observed information, the curvature of the log-likelihood at its maximum.  The delta
 * method carries them to parameters and to values, by their derivatives.  That tells how
 * sure the expected value is, not how far a customer will be from it.
 *
 * Pure C, no postgres.h.
 */
#include <math.h>

#include "stats_clv.h"

/* A step of a logarithm, for derivatives of values. */
#define STEP	1e-4

/* Standard error of parameter i, whose logarithm has these covariances. */
double
clv_parameter_error(const double *triangle, int i, double parameter)
{
	return parameter * sqrt(triangle[i * (i + 3) / 2]);
}

/* The variance of a figure with these derivatives. */
static double
delta_variance(const double *triangle, const double *slope, int dimension)
{
	double		sum = 0.0;
	int			i,
				j;

	for (i = 0; i < dimension; i++)
	{
		for (j = 0; j <= i; j++)
			sum += (i == j ? 1.0 : 2.0) * slope[i] * slope[j] * *triangle++;
	}
	return sum;
}

/* Purchases expected of a customer in the coming months, discounted. */
double
bgnbd_value(const Bgnbd *m, const ClvEntry *history, int months, double discount, Pause pause)
{
	return bgnbd_alive(m, history->frequency, history->recency, history->age) *
		bgnbd_discounted(m, history->frequency, history->age, months, discount, pause);
}

/*
 * Standard error of the value, purchases times spend.  Both are fitted apart, so their
 * errors are independent.  NAN if one of them is not known.
 */
double
clv_value_error(const Bgnbd *purchases, const GammaGamma *spend, const ClvErrors *errors,
				const ClvEntry *history, int months, double discount, Pause pause)
{
	double		bought = bgnbd_value(purchases, history, months, discount, pause);
	double		paid = gamma_gamma_spend(spend, history->frequency, history->monetary);
	double		by_purchases[BGNBD_PARAMETERS],
				by_spend[GAMMA_GAMMA_PARAMETERS];
	int			i,
				side;

	for (i = 0; i < BGNBD_PARAMETERS; i++)
	{
		double		value[2];

		for (side = 0; side < 2; side++)
		{
			Bgnbd		near = *purchases;

			((double *) &near)[i] *= exp(side == 0 ? -STEP : STEP);
			value[side] = bgnbd_value(&near, history, months, discount, pause);
		}
		by_purchases[i] = (value[1] - value[0]) / (2.0 * STEP);
	}
	for (i = 0; i < GAMMA_GAMMA_PARAMETERS; i++)
	{
		double		value[2];

		for (side = 0; side < 2; side++)
		{
			GammaGamma	near = *spend;

			((double *) &near)[i] *= exp(side == 0 ? -STEP : STEP);
			value[side] = gamma_gamma_spend(&near, history->frequency, history->monetary);
		}
		by_spend[i] = (value[1] - value[0]) / (2.0 * STEP);
	}
	return sqrt(paid * paid * delta_variance(errors->purchases, by_purchases, BGNBD_PARAMETERS) +
				bought * bought * delta_variance(errors->spend, by_spend, GAMMA_GAMMA_PARAMETERS));
}
