/*
 * special.c: the normal distribution and exact probabilities of counts.
 *
 * Pure C on doubles: no postgres.h, no global state, no errors; arguments are
 * checked by the callers.  Accuracy aimed at: 1e-13 for the normal quantile,
 * 1e-11 relative for tails and quantiles (test/unit/special*.c measure it).
 */
#include <float.h>
#include <math.h>

#include "special.h"

#define SQRT_1_2		0.707106781186547524400844362105
#define MAX_ROOT_STEPS	400

/* Value of a polynomial, highest power first (Horner). */
static double
polynomial(const double *coefficient, int count, double x)
{
	double		sum = coefficient[0];
	int			i;

	for (i = 1; i < count; i++)
		sum = sum * x + coefficient[i];
	return sum;
}

/*
 * Normal quantile, 0 < p < 1.  Wichura (1988), algorithm AS241, PPND16.
 */
double
normal_quantile(double p)
{
	static const double central_above[] = {
		2.5090809287301226727e+3, 3.3430575583588128105e+4,
		6.7265770927008700853e+4, 4.5921953931549871457e+4,
		1.3731693765509461125e+4, 1.9715909503065514427e+3,
		1.3314166789178437745e+2, 3.3871328727963666080e+0
	};
	static const double central_below[] = {
		5.2264952788528545610e+3, 2.8729085735721942674e+4,
		3.9307895800092710610e+4, 2.1213794301586595867e+4,
		5.3941960214247511077e+3, 6.8718700749205790830e+2,
		4.2313330701600911252e+1, 1.0
	};
	static const double middle_above[] = {
		7.74545014278341407640e-4, 2.27238449892691845833e-2,
		2.41780725177450611770e-1, 1.27045825245236838258e+0,
		3.64784832476320460504e+0, 5.76949722146069140550e+0,
		4.63033784615654529590e+0, 1.42343711074968357734e+0
	};
	static const double middle_below[] = {
		1.05075007164441684324e-9, 5.47593808499534494600e-4,
		1.51986665636164571966e-2, 1.48103976427480074590e-1,
		6.89767334985100004550e-1, 1.67638483018380384940e+0,
		2.05319162663775882187e+0, 1.0
	};
	static const double far_above[] = {
		2.01033439929228813265e-7, 2.71155556874348757815e-5,
		1.24266094738807843860e-3, 2.65321895265761230930e-2,
		2.96560571828504891230e-1, 1.78482653991729133580e+0,
		5.46378491116411436990e+0, 6.65790464350110377720e+0
	};
	static const double far_below[] = {
		2.04426310338993978564e-15, 1.42151175831644588870e-7,
		1.84631831751005468180e-5, 7.86869131145613259100e-4,
		1.48753612908506148525e-2, 1.36929880922735805310e-1,
		5.99832206555887937690e-1, 1.0
	};
	double		q = p - 0.5;
	double		r;
	double		z;

	if (fabs(q) <= 0.425)
	{
		r = 0.180625 - q * q;
		return q * polynomial(central_above, 8, r) / polynomial(central_below, 8, r);
	}
	r = sqrt(-log(q < 0 ? p : 1.0 - p));
	if (r <= 5.0)
		z = polynomial(middle_above, 8, r - 1.6) / polynomial(middle_below, 8, r - 1.6);
	else
		z = polynomial(far_above, 8, r - 5.0) / polynomial(far_below, 8, r - 5.0);
	return q < 0 ? -z : z;
}

/* P(Z <= z), exact in the lower tail too. */
double
normal_cdf(double z)
{
	return 0.5 * erfc(-z * SQRT_1_2);
}

/* P(|Z| >= |z|). */
double
normal_two_sided(double z)
{
	return erfc(fabs(z) * SQRT_1_2);
}

/*
 * The x with P(X <= x) = tail, or P(X >= x) = tail if upper, sought from ln x = at
 * up to high.  Newton on ln(tail) in ln(x), kept inside a shrinking bracket.
 */
double
tail_root(TailLaw law, double a, double b, double tail, bool upper, double at, double high)
{
	double		low = LN_SMALLEST;
	int			i;

	for (i = 0; i < MAX_ROOT_STEPS; i++)
	{
		double		tails[2];
		double		rise,
					miss,
					slope,
					next;

		law(a, b, exp(at), tails, &rise);
		miss = log(tails[upper]) - log(tail);
		if (upper ? miss > 0.0 : miss < 0.0)
			low = at;
		else
			high = at;
		slope = rise / tails[upper];
		next = at - miss / (upper ? -slope : slope);
		/* a step of Newton misses about its square times the slope, and more in a tail near 1 */
		if (!(next > low && next < high))
			next = 0.5 * (low + high);
		else if ((next - at) * (next - at) * slope <= DBL_EPSILON / 256.0)
			return exp(next);
		if (fabs(next - at) <= 2.0 * DBL_EPSILON || high - low <= DBL_EPSILON)
			return exp(next);
		at = next;
	}
	return exp(at);
}

/*
 * What Stirling's formula leaves of ln Gamma(z), z > 0:
 * ln Gamma(z) = (z - 1/2) ln z - z + ln sqrt(2 pi) + stirling_rest(z).
 * z is raised by 1 up to z >= 15, where six terms are exact to a double.
 */
double
stirling_rest(double z)
{
	static const double series[] = {
		-691.0 / 360360, 1.0 / 1188, -1.0 / 1680, 1.0 / 1260, -1.0 / 360, 1.0 / 12
	};
	double		sum = 0.0;

	for (; z < 15.0; z += 1.0)
		sum += (z + 0.5) * log1p(1.0 / z) - 1.0;
	return sum + polynomial(series, 6, 1.0 / (z * z)) / z;
}

/*
 * Deviance part x ln(x/m) + m - x without cancellation near x = m.
 * Loader (2000), Fast and accurate computation of binomial probabilities.
 */
double
deviance(double x, double m)
{
	double		v,
				sum,
				term;
	int			j;

	if (x == 0.0)
		return m;
	if (fabs(x - m) >= 0.1 * (x + m))
		return x * log(x / m) + m - x;
	v = (x - m) / (x + m);
	sum = (x - m) * v;
	term = 2.0 * x * v;
	for (j = 1; j < 1000; j++)
	{
		double		next;

		term *= v * v;
		next = sum + term / (2 * j + 1);
		if (next == sum)
			break;
		sum = next;
	}
	return sum;
}

/* P(X = k), X ~ Binomial(n, p), in Loader's saddle point form; q = 1 - p. */
static double
binomial_pmf_raw(double k, double n, double p, double q)
{
	if (p == 0.0)
		return k == 0.0 ? 1.0 : 0.0;
	if (q == 0.0)
		return k == n ? 1.0 : 0.0;
	if (k < 0.0 || k > n)
		return 0.0;
	if (k == 0.0)
		return exp(n * (p < 0.5 ? log1p(-p) : log(q)));
	if (k == n)
		return exp(n * (p < 0.5 ? log(p) : log1p(-q)));
	return sqrt(n / (k * (n - k))) / SQRT_2PI *
		exp(stirling_rest(n) - stirling_rest(k) - stirling_rest(n - k) -
			deviance(k, n * p) - deviance(n - k, n * q));
}

/* P(X = k), X ~ Binomial(n, p). */
double
binomial_pmf(double k, double n, double p)
{
	return binomial_pmf_raw(k, n, p, 1.0 - p);
}

/* P(X = k): k marked ones when drawn out of total without replacement. */
double
hypergeometric_pmf(double k, double drawn, double marked, double total)
{
	double		p = drawn / total;
	double		q = (total - drawn) / total;

	return binomial_pmf_raw(k, marked, p, q) *
		binomial_pmf_raw(drawn - k, total - marked, p, q) /
		binomial_pmf_raw(drawn, total, p, q);
}
