/*
 * special_beta.c: the incomplete beta function, and the distributions that follow
 * from it: binomial tails and Student's t.
 *
 * Counts up to 2^63 must not hang a server, so no loop here grows with them:
 * the continued fraction needs some hundred steps, and where both shapes are
 * huge a uniform asymptotic expansion takes over.  Every function works with x
 * and y = 1 - x side by side, because one of them may be as small as 1e-19.
 */
#include <float.h>
#include <math.h>

#include "special.h"

/* From here on (both shapes) the asymptotic beta tail beats the fraction. */
#define BETA_ASYMPTOTIC 1e8
/* From here on Student's t is the normal with one correction term. */
#define T_ASYMPTOTIC	1e10

#define MAX_FRACTION_STEPS	100000

/* The part of 1 / B(a, b) that does not depend on x: beta_power without the deviances. */
static double
beta_scale(double a, double b)
{
	double		n = a + b;

	return sqrt(a / n) * sqrt(b) / SQRT_2PI *
		exp(stirling_rest(n) - stirling_rest(a) - stirling_rest(b));
}

/* x^a y^b / B(a, b), y = 1 - x, of which the scale is known. */
static double
beta_scaled_power(double scale, double a, double b, double x, double y)
{
	double		n = a + b;

	if (x <= 0.0 || y <= 0.0)
		return 0.0;
	return scale * exp(-deviance(a, n * x) - deviance(b, n * y));
}

static double
beta_power(double a, double b, double x, double y)
{
	return beta_scaled_power(beta_scale(a, b), a, b, x, y);
}

/*
 * x^a y^b / B(a, b) / I_x(a, b) by its continued fraction (DLMF 8.17.22, contracted; the form of
 * DiDonato & Morris 1992), evaluated with Lentz's method.  It is written in
 * a - (a+b)x, taken from y, which keeps all digits where x is close to 1.
 */
static double
beta_fraction(double a, double b, double x, double y)
{
	const double tiny = DBL_MIN / DBL_EPSILON;
	double		excess = 1.0 + (x < y ? a - (a + b) * x : (a + b) * y - b);
	double		value = excess * (a / (a + 1.0));
	double		c,
				d = 0.0;
	int			n;

	if (fabs(value) < tiny)
		value = tiny;
	c = value;
	for (n = 1; n <= MAX_FRACTION_STEPS; n++)
	{
		double		s = a + 2.0 * n - 1.0;
		double		rest = n * (b - n) * x;
		double		above = ((a + n - 1.0) / s) * ((a + b + n - 1.0) / s) * rest * x;
		double		below = n + rest / s + (a + n) / (s + 2.0) * (excess + n * (1.0 + y));
		double		change;

		d = below + above * d;
		d = 1.0 / (fabs(d) < tiny ? tiny : d);
		c = below + above / c;
		if (fabs(c) < tiny)
			c = tiny;
		change = c * d;
		value *= change;
		if (!(fabs(change - 1.0) > DBL_EPSILON))	/* NAN ends it too */
			break;
	}
	return value;
}

/*
 * I_x(a, b) for huge a and b: the normal tail of the signed root deviance
 * with its first correction (Temme 1982); relative error about 1 / min(a, b).
 */
static double
beta_asymptotic(double a, double b, double x, double y)
{
	double		n = a + b;
	double		w = sqrt(2.0 * (deviance(a, n * x) + deviance(b, n * y)));
	double		u = (x < y ? n * x - a : b - n * y) / sqrt(a / n * b);

	if (u < 0.0)
		w = -w;
	if (fabs(w) < 1e-4)			/* the two terms meet at the mode */
		return 0.5 + (w + (b - a) / n / (3.0 * sqrt(a / n * b))) / SQRT_2PI;
	return normal_cdf(w) + exp(-0.5 * w * w) / SQRT_2PI * (1.0 / w - 1.0 / u);
}

/* I_x(a, b) and 1 - I_x(a, b); the smaller one keeps its relative accuracy. */
static void
beta_tails(double a, double b, double x, double y, double *lower, double *upper)
{
	double		mean = a / (a + b);

	if (a >= BETA_ASYMPTOTIC && b >= BETA_ASYMPTOTIC)
	{
		*lower = beta_asymptotic(a, b, x, y);
		*upper = beta_asymptotic(b, a, y, x);
	}
	else if (x <= mean)
	{
		*lower = beta_power(a, b, x, y) / beta_fraction(a, b, x, y);
		*upper = 1.0 - *lower;
	}
	else
	{
		*upper = beta_power(b, a, y, x) / beta_fraction(b, a, y, x);
		*lower = 1.0 - *upper;
	}
}

/* P(X <= x), X ~ Beta(a, b). */
double
beta_lower_tail(double a, double b, double x)
{
	double		lower,
				upper;

	beta_tails(a, b, x, 1.0 - x, &lower, &upper);
	return lower;
}

/* P(X >= x), X ~ Beta(a, b). */
double
beta_upper_tail(double a, double b, double x)
{
	double		lower,
				upper;

	beta_tails(a, b, x, 1.0 - x, &lower, &upper);
	return upper;
}

/* Both tails, and the density times x. */
static void
beta_law(double a, double b, double x, double tails[2], double *rise)
{
	beta_tails(a, b, x, 1.0 - x, &tails[0], &tails[1]);
	*rise = beta_power(a, b, x, 1.0 - x) / (1.0 - x);
}

/* The x <= 1/2 with the given lower or upper tail; the caller swaps x and 1 - x if needed. */
static double
beta_root(double tail, double a, double b, bool upper)
{
	double		high = -0.693147180559945309;
	double		at = log(a / (a + b));

	if (!(at < high))
		at = 0.5 * (fmax(high - 10.0, LN_SMALLEST) + high);
	return tail_root(beta_law, a, b, tail, upper, at, high);
}

/*
 * Quantile of Beta(a, b) as the pair x and 1 - x, each with full relative
 * accuracy, because one of them may be as small as 1e-19.
 */
static void
beta_quantile_pair(double tail, double a, double b, bool upper, double *x, double *y)
{
	double		at_half[2];

	beta_tails(a, b, 0.5, 0.5, &at_half[0], &at_half[1]);
	if (upper ? at_half[1] <= tail : at_half[0] >= tail)
	{
		*x = beta_root(tail, a, b, upper);
		*y = 1.0 - *x;
	}
	else
	{
		*y = beta_root(tail, b, a, !upper);
		*x = 1.0 - *y;
	}
}

/* The x with P(X <= x) = tail (or P(X >= x) = tail if upper), X ~ Beta(a, b). */
double
beta_quantile(double tail, double a, double b, bool upper)
{
	double		x,
				y;

	beta_quantile_pair(tail, a, b, upper, &x, &y);
	return x;
}

/* Above this many standard deviations a step of beta_step is not exact. */
#define BETA_STEP		0.012
#define BETA_STEPS		4
/* With smaller shapes the start of beta_near is poor. */
#define BETA_NEAR_SHAPE 1.0

/*
 * A value near the quantile of Beta(a, b) whose standard normal one is z (Cornish & Fisher
 * on the logit; Abramowitz & Stegun 26.5.22), for shapes above BETA_NEAR_SHAPE / 2.
 */
static double
beta_near(double a, double b, double z)
{
	double		u = 1.0 / (2.0 * a - 1.0);
	double		v = 1.0 / (2.0 * b - 1.0);
	double		h = 2.0 / (u + v);
	double		k = (z * z - 3.0) / 6.0;
	double		w = z * sqrt(h + k) / h - (v - u) * (k + 5.0 / 6.0 - 2.0 / (3.0 * h));

	return a / (a + b * exp(2.0 * w));
}

/*
 * From x to the quantile of a lower tail that is nearly that of x: the inverse of the
 * distribution by Taylor's series, whose terms follow from f' / f = (a - 1) / x -
 * (b - 1) / (1 - x), the density's own equation.  One continued fraction does for a
 * quantile.  False if the step is too long for the terms there are.
 */
static bool
beta_step(double scale, double tail, double a, double b, double *x)
{
	double		y = 1.0 - *x;
	double		power = beta_scaled_power(scale, a, b, *x, y);
	double		step = (tail / power - 1.0 / beta_fraction(a, b, *x, y)) * *x * y;
	double		g1 = (a - 1.0) / *x - (b - 1.0) / y;
	double		g2 = -(a - 1.0) / (*x * *x) - (b - 1.0) / (y * y);
	double		g3 = 2.0 * ((a - 1.0) / (*x * *x * *x) - (b - 1.0) / (y * y * y));
	double		g4 = -6.0 * ((a - 1.0) / (*x * *x * *x * *x) + (b - 1.0) / (y * y * y * y));
	double		deviation = sqrt(a / (a + b) * (b / (a + b)) / (a + b + 1.0));

	*x += step * (1.0 - step * (g1 / 2.0 - step *
		((2.0 * g1 * g1 - g2) / 6.0 -
		 step * ((6.0 * g1 * g1 * g1 - 7.0 * g1 * g2 + g3) / 24.0 -
				 step * (24.0 * g1 * g1 * g1 * g1 - 46.0 * g1 * g1 * g2 + 7.0 * g2 * g2 +
						 11.0 * g1 * g3 - g4) / 120.0))));
	return fabs(step) <= BETA_STEP * fmin(deviation, fmin(*x, 1.0 - *x)) &&
		fabs(step * g1) <= BETA_STEP;
}

/* The quantile of a lower tail, as beta_quantile; z is the normal one, with a minus. */
static double
beta_tail_quantile(double scale, double tail, double z, double a, double b)
{
	double		mean = a / (a + b);
	int			i;

	if (a > BETA_NEAR_SHAPE && b > BETA_NEAR_SHAPE && fmax(a, b) < BETA_ASYMPTOTIC)
	{
		double		x = beta_near(a, b, z);

		for (i = 0; i < BETA_STEPS && x > 0.0 && x <= mean; i++)
		{
			if (beta_step(scale, tail, a, b, &x))
				return x;
		}
	}
	return beta_quantile(tail, a, b, false);
}

/* Quantiles of Beta(a, b) for a tail below 1/2 on each side, at the cost of one of them. */
void
beta_interval(double tail, double a, double b, double *lower, double *upper)
{
	double		scale = beta_scale(a, b);
	double		z = -normal_quantile(tail);

	*lower = beta_tail_quantile(scale, tail, z, a, b);
	*upper = 1.0 - beta_tail_quantile(scale, tail, z, b, a);
}

/* P(X <= k), X ~ Binomial(n, p), 0 < p < 1. */
double
binomial_lower_tail(double k, double n, double p)
{
	if (k < 0.0)
		return 0.0;
	return k >= n ? 1.0 : beta_upper_tail(k + 1.0, n - k, p);
}

/* P(X >= k), X ~ Binomial(n, p), 0 < p < 1. */
double
binomial_upper_tail(double k, double n, double p)
{
	if (k > n)
		return 0.0;
	return k <= 0.0 ? 1.0 : beta_lower_tail(k, n - k + 1.0, p);
}

/* P(|T| >= |t|), T ~ Student's t with df > 0. */
double
t_two_sided(double t, double df)
{
	double		t2 = t * t;
	double		lower,
				upper;

	if (t == 0.0)
		return 1.0;
	if (isnan(t) || !(df > 0.0))
		return NAN;
	if (df >= T_ASYMPTOTIC)
		return normal_two_sided(t * (1.0 - (t2 + 1.0) / (4.0 * df)));
	if (isinf(t2))
		return 0.0;
	beta_tails(0.5 * df, 0.5, df / (df + t2), t2 / (df + t2), &lower, &upper);
	return lower;
}

/* The t > 0 with P(T >= t) = tail, 0 < tail < 1/2; NAN unless df > 0. */
double
t_quantile(double tail, double df)
{
	double		x,
				y,
				z;

	if (!(df > 0.0))
		return NAN;
	if (df >= T_ASYMPTOTIC)
	{
		z = -normal_quantile(tail);
		return z * (1.0 + (z * z + 1.0) / (4.0 * df));
	}
	beta_quantile_pair(2.0 * tail, 0.5 * df, 0.5, false, &x, &y);
	return sqrt(df * (y / x));
}
