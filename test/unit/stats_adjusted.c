/*
 * stats_adjusted.c: comparisons within strata.
 */
#include <math.h>

#include "stats/stats_effect.h"
#include "unit.h"

static const Reading share = {MEASURE_SHARE, 0.0, 1.0};
static const Reading nps = {MEASURE_NPS, -1.0, 1.0};
static const Reading mean = {MEASURE_MEAN, 0.0, 4.0};

static Answered
good(double good, double n)
{
	return (Answered) {n, good, n > 0.0 ? good * (n - good) / n : 0.0};
}

/* Add a stratum to sums; false if it says nothing. */
static bool
add(double *sums, Answered current, Answered baseline, Reading reading)
{
	double		terms[ADJUSTED_SUMS];
	int			i;

	if (!adjusted_stratum(current, baseline, reading, terms))
		return false;
	for (i = 0; i < ADJUSTED_SUMS; i++)
		sums[i] += terms[i];
	return true;
}

static void
test_shares(void)
{
	static const double men_in[] = {512, 353, 120, 138, 53, 22};
	static const double men[] = {825, 560, 325, 417, 191, 373};
	static const double women_in[] = {89, 17, 202, 131, 94, 24};
	static const double women[] = {108, 25, 593, 375, 393, 341};
	double		sums[ADJUSTED_SUMS] = {0.0};
	double		pair[ADJUSTED_SUMS] = {0.0};
	double		same[ADJUSTED_SUMS] = {0.0};
	Comparison	c;
	int			i;

	/* METHODS 16 */
	for (i = 0; i < 6; i++)
		add(sums, good(men_in[i], men[i]), good(women_in[i], women[i]), share);
	truth("an empty side says nothing", !add(sums, good(5, 9), good(0, 0), share));
	near("difference", adjusted_difference(sums), -0.0184251961909, 1e-11);
	truth("there is a test", adjusted_comparison(sums, share, 0.95, &c));
	near("error", (c.upper - c.lower) / 2.0 / confidence_z(0.95), 0.0148253944383, 1e-11);
	near("z", c.statistic, -1.24281321941, 1e-11);
	near("p", c.p_value, 0.213936670017, 1e-11);
	/*
	 * Pairs, one of each group in a stratum: in 3 of 10 only the baseline is good, in 1 only
	 * the current.  sum(w) = 10 / 2, d = -2 / 10, P = 2 / 4, Q = 4 / 4.
	 */
	for (i = 0; i < 10; i++)
		add(pair, good(i == 3 || i > 4, 1), good(i < 3 || i > 4, 1), share);
	near("pairs: difference", adjusted_difference(pair), -0.2, 1e-14);
	adjusted_comparison(pair, share, 0.95, &c);
	near("pairs: z", c.statistic, -1.0 / sqrt(0.9), 1e-14);
	/* nothing varies: as two groups of 2 sum(w) = 10 with one success and one failure more */
	add(same, good(10, 10), good(10, 10), share);
	adjusted_comparison(same, share, 0.95, &c);
	near("all good: bounds", c.upper, confidence_z(0.95) * sqrt(2.0 * 11.0 / (12.0 * 12.0 * 12.0)),
		 1e-14);
	near("all good: p", c.p_value, 1.0, 0.0);
}

static void
test_means(void)
{
	double		one[ADJUSTED_SUMS] = {0.0};
	double		single[ADJUSTED_SUMS] = {0.0};
	double		promoters[ADJUSTED_SUMS] = {0.0};
	Comparison	c;

	/*
	 * 10 answers of mean 3 and variance 2 against 30 of mean 2 and 3: w = 7.5, variance
	 * w^2 (2/10 + 3/30), and pseudo-answers w^2 ((4 + 1) / 100 + (4 + 0) / 900)
	 */
	add(one, (Answered) {10, 30, 18}, (Answered) {30, 60, 87}, mean);
	near("difference", adjusted_difference(one), 1.0, 1e-14);
	adjusted_comparison(one, mean, 0.95, &c);
	near("t", c.statistic, 1.0 / sqrt(0.2 + 0.1 + 5.0 / 100.0 + 4.0 / 900.0), 1e-14);
	/* a single answer takes the other's variance: 4 (1 + 1/9), pseudo 5 + 4 / 81 */
	add(single, (Answered) {1, 3, 0}, (Answered) {9, 18, 32}, mean);
	adjusted_comparison(single, mean, 0.95, &c);
	near("a single answer", c.statistic, 1.0 / sqrt(4.0 * 10.0 / 9.0 + 5.0 + 4.0 / 81.0), 1e-14);
	/* two of them, promoter and detractor: half of 4 each, (3, T) adds 1.5 + 3 each */
	add(promoters, (Answered) {1, 1, 0}, (Answered) {1, -1, 0}, nps);
	adjusted_comparison(promoters, nps, 0.95, &c);
	near("two answers", c.statistic, 2.0 / sqrt(4.0 + 9.0), 1e-14);
	near("clamped", c.upper, 2.0, 0.0);
	promoters[0] = 0.0;
	truth("no strata, no test", !adjusted_comparison(promoters, nps, 0.95, &c) && isnan(c.p_value));
}

static void
test_amounts(void)
{
	const GivenMean a = {5, 10.0, 2.0};
	const GivenMean b = {7, 9.0, 2.5};
	const GivenMean one = {1, 10.0, NAN};
	const GivenMean none = {0, NAN, NAN};
	const GivenMean unknown = {3, 1.0, NAN};
	double		sums[ADJUSTED_SUMS];
	Comparison	c,
				w;

	truth("a stratum", adjusted_given(a, b, sums));
	adjusted_given_comparison(sums, 0.95, &c);
	given_comparison(a, b, 0.95, &w);
	near("one stratum is Welch's test: t", c.statistic, w.statistic, 1e-14);
	near("p", c.p_value, w.p_value, 1e-13);
	near("lower", c.lower, w.lower, 1e-13);
	truth("an empty side", !adjusted_given(a, none, sums));
	truth("a deviation that is not known", !adjusted_given(a, unknown, sums));
	/* deviation 2 of the other: t = 1 / sqrt(4 + 4 / 5), 4 degrees */
	truth("one amount", adjusted_given(one, (GivenMean) {5, 9.0, 2.0}, sums));
	adjusted_given_comparison(sums, 0.95, &c);
	near("one amount: t", c.statistic, 1.0 / sqrt(4.8), 1e-14);
	adjusted_given((GivenMean) {3, 0.04, 6.9e-18}, (GivenMean) {3, 0.05, 0.0}, sums);
	adjusted_given_comparison(sums, 0.95, &c);
	truth("rounding is no variance", isnan(c.p_value) && c.lower == c.upper);
}

void
test_stats_adjusted(void)
{
	test_shares();
	test_means();
	test_amounts();
}
