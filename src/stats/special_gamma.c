/*
 * special_gamma.c: the incomplete gamma function, the tail of sums of waiting times
 * and of Poisson counts.
 *
 * As in special_beta.c no loop grows with a count: series and continued fraction
 * need some ten thousand steps at the most, and beyond that shape a uniform
 * asymptotic expansion takes over.
 */
#include <float.h>
#include <math.h>

#include "special.h"

/* From this shape on the asymptotic tail beats series and fraction. */
#define GAMMA_ASYMPTOTIC	1e8

#define MAX_GAMMA_STEPS		200000

/* x^a e^-x / Gamma(a + 1) */
static double
gamma_power(double a, double x)
{
	if (x <= 0.0)
		return 0.0;
	return exp(-deviance(a, x) - stirling_rest(a)) / (SQRT_2PI * sqrt(a));
}

/* P(a, x) by its power series (DLMF 8.11.4); for x up to about a. */
static double
gamma_series(double a, double x)
{
	double		term = 1.0,
				sum = 1.0;
	int			n;

	for (n = 1; n < MAX_GAMMA_STEPS && term > sum * DBL_EPSILON / 8.0; n++)
	{
		term *= x / (a + n);
		sum += term;
	}
	return gamma_power(a, x) * sum;
}

/* Q(a, x) by its continued fraction (DLMF 8.9.2) with Lentz's method; for x above a. */
static double
gamma_fraction(double a, double x)
{
	const double tiny = DBL_MIN / DBL_EPSILON;
	double		below = x + 1.0 - a;
	double		c = 1.0 / tiny,
				d = 1.0 / (fabs(below) < tiny ? tiny : below),
				value = d;
	int			n;

	for (n = 1; n < MAX_GAMMA_STEPS; n++)
	{
		double		above = n * (a - n);
		double		change;

		below += 2.0;
		d = below + above * d;
		d = 1.0 / (fabs(d) < tiny ? tiny : d);
		c = below + above / c;
		if (fabs(c) < tiny)
			c = tiny;
		change = c * d;
		value *= change;
		if (fabs(change - 1.0) <= DBL_EPSILON)
			break;
	}
	return gamma_power(a, x) * a * value;
}

/*
 * P(a, x) and Q(a, x) for a huge a: the normal tail of the signed root deviance
 * with its first correction (Temme 1979).
 */
static void
gamma_asymptotic(double a, double x, double *lower, double *upper)
{
	double		w = sqrt(2.0 * deviance(a, x));
	double		u = (x - a) / sqrt(a);
	double		rest;

	if (u < 0.0)
		w = -w;
	if (fabs(w) < 1e-4)			/* the two terms meet at the mode */
		rest = -1.0 / (3.0 * sqrt(a)) / SQRT_2PI;
	else
		rest = exp(-0.5 * w * w) / SQRT_2PI * (1.0 / u - 1.0 / w);
	*upper = normal_cdf(-w) + rest;
	*lower = normal_cdf(w) - rest;
}

/* P(X <= x) and P(X >= x), X ~ Gamma(a); the smaller one keeps its accuracy. */
static void
gamma_tails(double a, double x, double *lower, double *upper)
{
	if (a >= GAMMA_ASYMPTOTIC)
		gamma_asymptotic(a, x, lower, upper);
	else if (x <= a + 1.0)
	{
		*lower = gamma_series(a, x);
		*upper = 1.0 - *lower;
	}
	else
	{
		*upper = gamma_fraction(a, x);
		*lower = 1.0 - *upper;
	}
}

/* P(X <= x), X ~ Gamma(a) with scale 1. */
double
gamma_lower_tail(double a, double x)
{
	double		lower,
				upper;

	gamma_tails(a, x, &lower, &upper);
	return lower;
}

/* P(X >= x), X ~ Gamma(a) with scale 1. */
double
gamma_upper_tail(double a, double x)
{
	double		lower,
				upper;

	gamma_tails(a, x, &lower, &upper);
	return upper;
}

/* Both tails, and the density times x; b is not used. */
static void
gamma_law(double a, double b, double x, double tails[2], double *rise)
{
	(void) b;
	gamma_tails(a, x, &tails[0], &tails[1]);
	*rise = gamma_power(a, x) * a;
}

/*
 * The x with P(X <= x) = tail (or P(X >= x) = tail if upper), X ~ Gamma(a) with
 * scale 1, from Wilson & Hilferty's value.
 */
double
gamma_quantile(double tail, double a, bool upper)
{
	double		z = upper ? -normal_quantile(tail) : normal_quantile(tail);
	double		cube = 1.0 - 1.0 / (9.0 * a) + z / (3.0 * sqrt(a));
	double		high = log(a + 1.0) + 710.0;
	int			sign;
	double		at = cube > 0.1 ? log(a) + 3.0 * log(cube) :
		(log(tail) + lgamma_r(a + 1.0, &sign)) / a;

	if (!(at > LN_SMALLEST && at < high))
		at = log(a);
	return tail_root(gamma_law, a, 0.0, tail, upper, at, high);
}

/* --- log Gamma, its derivative, and how much they rise ------------------------------ */

/* From here on asymptotic series are exact to the last digit. */
#define GAMMA_LARGE		10.0

/* log Gamma(x), x > 0. */
double
log_gamma(double x)
{
	int			sign;

	return lgamma_r(x, &sign);
}

/* log Gamma(x + rise) - log Gamma(x), x > 0, without the loss of digits for large x. */
double
log_gamma_rise(double x, double rise)
{
	if (x < GAMMA_LARGE)
		return log_gamma(x + rise) - log_gamma(x);
	return (x - 0.5) * log1p(rise / x) + rise * (log(x + rise) - 1.0) +
		stirling_rest(x + rise) - stirling_rest(x);
}

/* digamma(x) - log(x) by its asymptotic series (DLMF 5.11.2) */
static double
digamma_rest(double x)
{
	double		u = 1.0 / (x * x);

	return -0.5 / x -
		u * (1.0 / 12 - u * (1.0 / 120 - u * (1.0 / 252 - u * (1.0 / 240 - u * (1.0 / 132 -
			u * (691.0 / 32760 - u * (1.0 / 12 - u * 3617.0 / 8160)))))));
}

/* The digamma function, the derivative of log Gamma, x > 0; small x are raised to the series. */
double
digamma(double x)
{
	double		below = 0.0;

	for (; x < GAMMA_LARGE; x += 1.0)
		below += 1.0 / x;
	return log(x) + digamma_rest(x) - below;
}

/* digamma(x + rise) - digamma(x) */
double
digamma_rise(double x, double rise)
{
	if (x < GAMMA_LARGE)
		return digamma(x + rise) - digamma(x);
	return log1p(rise / x) + digamma_rest(x + rise) - digamma_rest(x);
}
