/*
 * stats_bounded.c: means on a bounded scale, by hand: the answers with half an answer at
 * each end of the scale, and Student's t from tables.
 */
#include <math.h>

#include "stats/stats.h"
#include "unit.h"

/* t(0.975) of 5 and 10 degrees of freedom */
#define T5	2.5705818356363155
#define T10 2.2281388519862744

static void
test_interval(void)
{
	Moments		sevens = {5.0, 7.0, 0.0};
	Moments		six = {1.0, 6.0, NAN};
	Moments		none = {0.0, NAN, NAN};
	Moments		spread = {4.0, 2.5, 3.0};
	Bounds		bounds;

	/* (35 + 4) / 6 = 6.5; (5 0.25 + 0.5 30.25 + 0.5 0.25) / 5 / 6 = 0.55 */
	bounded_interval(sevens, 1.0, 7.0, 0.95, &bounds);
	near("five sevens: lower", bounds.lower, 6.5 - T5 * sqrt(0.55), 1e-12);
	near("five sevens: the upper bound is the end of the scale", bounds.upper, 7.0, 0.0);
	/* (6 + 4) / 2 = 5; (1 + 0.5 16 + 0.5 4) / 1 / 2 = 5.5; t(0.75) of 1 is 1 */
	truth("one answer has bounds", bounded_interval(six, 1.0, 7.0, 0.5, &bounds));
	near("one answer: lower", bounds.lower, 5.0 - sqrt(5.5), 1e-12);
	near("one answer: upper", bounds.upper, 7.0, 0.0);
	bounded_interval(six, 1.0, 7.0, 0.95, &bounds);
	truth("one answer at 95 %: the scale", bounds.lower == 1.0 && bounds.upper == 7.0);
	/* the centre is 5, so a low confidence would leave the mean out */
	bounded_interval(six, 1.0, 7.0, 0.01, &bounds);
	near("bounds hold the mean", bounds.upper, 6.0, 0.0);
	/* 1, 1, 4, 4 on 1..4: the mean stays 2.5; (9 + 0.5 2.25 2) / 4 / 5 = 0.5625 */
	bounded_interval(spread, 1.0, 4.0, 0.5, &bounds);
	near("in the middle the centre stays", bounds.lower + bounds.upper, 5.0, 1e-15);
	near("the pseudo-answer adds to the variance", bounds.upper,
		 2.5 + 0.74069708411268287 * 0.75, 1e-12);
	truth("no answers", !bounded_interval(none, 1.0, 7.0, 0.95, &bounds) && isnan(bounds.lower));
	bounded_interval(six, 6.0, 6.0, 0.95, &bounds);
	truth("a scale of one point", bounds.lower == 6.0 && bounds.upper == 6.0);
}

/* With equal weights it is the comparison of plain answers. */
static void
test_weighted_comparison(void)
{
	WeightedMoments m1 = {12, 12, 5.5, sqrt(2.2 / 12)};
	WeightedMoments m2 = {30, 30, 5.1, sqrt(1.7 / 30)};
	Comparison	plain,
				weighted;

	bounded_comparison((Moments) {12, 5.5, 2.2}, (Moments) {30, 5.1, 1.7}, 1, 7, 0.95, &plain);
	bounded_weighted_comparison(m1, m2, 1, 7, 0.95, &weighted);
	near("equal weights: lower", weighted.lower, plain.lower, 1e-12);
	near("equal weights: p", weighted.p_value, plain.p_value, 1e-12);
	m2.effective_n = NAN;
	truth("no answers", !bounded_weighted_comparison(m1, m2, 1, 7, 0.95, &weighted));
}

static void
test_comparison(void)
{
	Moments		sevens = {5.0, 7.0, 0.0};
	Moments		ones = {5.0, 1.0, 0.0};
	Moments		none = {0.0, NAN, NAN};
	Comparison	c;

	/* 6.5 and 1.5, error^2 0.55 each, 5 + 5 degrees of freedom */
	bounded_comparison(sevens, ones, 1.0, 7.0, 0.95, &c);
	near("sevens against ones: t", c.statistic, 5.0 / sqrt(1.1), 1e-14);
	near("sevens against ones: lower", c.lower, 5.0 - T10 * sqrt(1.1), 1e-12);
	near("sevens against ones: no more than the scale", c.upper, 6.0, 0.0);
	bounded_comparison(ones, sevens, 1.0, 7.0, 0.95, &c);
	near("the other way round", c.upper, T10 * sqrt(1.1) - 5.0, 1e-12);
	bounded_comparison(sevens, sevens, 1.0, 7.0, 0.95, &c);
	truth("equal answers: a test, and bounds with a width",
		  c.statistic == 0.0 && c.p_value == 1.0 && c.lower == -c.upper && c.upper > 1.0);
	truth("one group without answers",
		  !bounded_comparison(sevens, none, 1.0, 7.0, 0.95, &c) && isnan(c.p_value) &&
		  isnan(c.lower));
	truth("a scale of one point has no test",
		  !bounded_comparison(ones, ones, 1.0, 1.0, 0.95, &c) && isnan(c.p_value));
}

static void
test_difference(void)
{
	Moments		up = {1.0, 2.0, NAN};
	Moments		none = {0.0, NAN, NAN};
	Comparison	c;

	/* one pair, 1 before and 3 after on 1..3: (2 + 0) / 2 = 1; (1 + 9/4 + 1/2 + 1/4) / 1 / 2 = 2 */
	bounded_difference(up, 2.0, 0.95, &c);
	near("one pair: t", c.statistic, sqrt(0.5), 1e-15);
	near("one pair: p, Cauchy", c.p_value, 1.0 - 2.0 / M_PI * atan(sqrt(0.5)), 1e-12);
	truth("one pair: bounds within the scale", c.lower == -2.0 && c.upper == 2.0);
	bounded_difference(up, 20.0, 0.5, &c);
	/* the same on a scale 20 wide: (1 + 361/4 + 1/2 + 441/4) / 1 / 2 = 101 */
	near("a wide scale: lower", c.lower, 1.0 - sqrt(101.0), 1e-12);
	truth("no pairs", !bounded_difference(none, 2.0, 0.95, &c) && isnan(c.p_value));
	truth("a scale of one point", !bounded_difference(up, 0.0, 0.95, &c) && isnan(c.p_value));
}

/* With equal weights the weighted interval is the plain one. */
static void
test_weighted(void)
{
	Moments		plain = {6.0, 5.5, 2.3};
	WeightedMoments weighted = {6.0, 6.0, 5.5, sqrt(2.3 / 6.0)};
	WeightedMoments one = {1.0, 1.0, 6.0, NAN};
	WeightedMoments none = {0.0, NAN, NAN, NAN};
	Bounds		a,
				b;

	bounded_interval(plain, 1.0, 7.0, 0.9, &a);
	bounded_weighted_interval(weighted, 1.0, 7.0, 0.9, &b);
	near("equal weights: lower", b.lower, a.lower, 1e-14);
	near("equal weights: upper", b.upper, a.upper, 1e-14);
	weighted.effective_n = 3.0;
	bounded_weighted_interval(weighted, 1.0, 7.0, 0.9, &b);
	truth("fewer effective answers: wider", b.lower < a.lower);
	bounded_weighted_interval(one, 1.0, 7.0, 0.5, &b);
	near("one answer: lower", b.lower, 5.0 - sqrt(5.5), 1e-12);
	truth("no answers", !bounded_weighted_interval(none, 1.0, 7.0, 0.95, &b) && isnan(b.lower));
}

void
test_stats_bounded(void)
{
	test_interval();
	test_comparison();
	test_weighted_comparison();
	test_difference();
	test_weighted();
}
