/*
 * special.c: the normal law and the probabilities of counts against R and mpmath.
 */
#include <math.h>

#include "stats/special.h"
#include "unit.h"

static void
test_normal(void)
{
	near("quantile far out", normal_quantile(1e-300), -37.047096299361201, 1e-13);
	near("quantile 1e-20", normal_quantile(1e-20), -9.2623400897984052, 1e-13);
	near("quantile 0.001", normal_quantile(0.001), -3.0902323061678132, 1e-13);
	near("quantile 0.025", normal_quantile(0.025), -1.9599639845400538, 1e-13);
	near("quantile inside the centre", normal_quantile(0.075), -1.4395314709384557, 1e-13);
	near("quantile outside the centre", normal_quantile(0.0749), -1.4402382675279632, 1e-13);
	near("quantile 0.3", normal_quantile(0.3), -0.52440051270804067, 1e-13);
	near("median", normal_quantile(0.5), 0.0, 0.0);
	near("quantile 0.999", normal_quantile(0.999), 3.0902323061678132, 1e-13);
	near("two tails of 1.96", normal_two_sided(1.959963984540054), 0.05, 1e-14);
	near("deep tail keeps its digits", normal_two_sided(-12.649110640673518),
		 1.1314837902432984e-36, 1e-12);
	near("cdf of 0", normal_cdf(0), 0.5, 0);
	near("cdf", normal_cdf(-1.2815515655446004), 0.1, 1e-14);
}

static void
test_counts(void)
{
	near("binomial 0 of 10", binomial_pmf(0, 10, 0.3), 0.02824752489999998, 1e-13);
	near("binomial 10 of 10", binomial_pmf(10, 10, 0.3), 5.9048999999999949e-06, 1e-13);
	near("binomial 3 of 10", binomial_pmf(3, 10, 0.3), 0.26682793199999993, 1e-13);
	near("binomial 500 of 1000", binomial_pmf(500, 1000, 0.5), 0.025225018178360804, 1e-13);
	near("binomial of a million", binomial_pmf(123456, 1e6, 0.123), 0.00046305213923966861, 1e-11);
	near("binomial of a billion", binomial_pmf(5e8, 1e9, 0.5), 2.5231325213893771e-05, 1e-12);
	near("binomial certain", binomial_pmf(10, 10, 1), 1.0, 0.0);
	near("binomial never", binomial_pmf(1, 10, 0), 0.0, 0.0);
	near("binomial impossible", binomial_pmf(11, 10, 0.5), 0.0, 0.0);
	near("hypergeometric", hypergeometric_pmf(3, 20, 10, 100), 0.20920808522303458, 1e-12);
	near("2 of 3 marked, 2 of 5 drawn", hypergeometric_pmf(2, 2, 3, 5), 0.3, 1e-14);
	near("3 of 2 drawn", hypergeometric_pmf(3, 2, 3, 5), 0, 0);
	near("hypergeometric rare", hypergeometric_pmf(0, 1000, 5, 1000005),
		 0.99501000494503367, 1e-12);
}

/* Closed forms: Gamma(1) = Gamma(2) = 1, Gamma(1/2) = sqrt(pi); 1 / (12 z) far out. */
static void
test_stirling(void)
{
	const double half_log = log(2 * PI) / 2;

	near("what Stirling leaves of 1", stirling_rest(1), 1 - half_log, 1e-14);
	near("of 2", stirling_rest(2), 2 - 1.5 * log(2) - half_log, 1e-13);
	near("of a half", stirling_rest(0.5), 0.5 - log(2) / 2, 1e-14);
	near("of a million", stirling_rest(1e6), 1 / 12e6 - 1 / 360e18, 1e-15);
}

/* x ln(x/m) + m - x; near x = m = 1 the sum of (-d)^k / (k (k - 1)), d = x - 1. */
static void
test_deviance(void)
{
	const double d = 0x1p-17;

	near("deviance of 0", deviance(0, 7.5), 7.5, 0);
	near("deviance of what is expected", deviance(3, 3), 0, 0);
	near("deviance of twice that", deviance(2, 1), 2 * log(2) - 1, 1e-15);
	near("deviance of nearly that", deviance(1 + d, 1),
		 d * d / 2 * (1 - d / 3 + d * d / 6 - d * d * d / 10), 1e-15);
}

/* The exponential law, whose quantiles are logarithms. */
static void
exponential(double a, double b, double x, double tails[2], double *rise)
{
	(void) b;
	tails[0] = -expm1(-a * x);
	tails[1] = exp(-a * x);
	*rise = a * x * exp(-a * x);
}

static void
test_root(void)
{
	near("upper quartile", tail_root(exponential, 3, 0, 0.25, true, 0, 700), log(4) / 3, 1e-14);
	near("lower quartile", tail_root(exponential, 3, 0, 0.25, false, 0, 700),
		 log(4 / 3.0) / 3, 1e-14);
	near("far out", tail_root(exponential, 3, 0, 1e-300, true, 0, 700), 100 * log(10), 1e-14);
	near("next to 0", tail_root(exponential, 3, 0, 3e-300, false, 0, 700), 1e-300, 1e-12);
}

void
test_special(void)
{
	test_normal();
	test_counts();
	test_stirling();
	test_deviance();
	test_root();
}
