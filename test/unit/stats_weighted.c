/*
 * stats_weighted.c: weighted answers against R's survey; edges by hand.
 */
#include <math.h>
#include <string.h>

#include "stats/stats.h"
#include "unit.h"

static void
add(WeightedPoint *points, int score, double weight)
{
	add_exactly(&points[score].weight, &points[score].weight_rest, weight);
	add_exactly(&points[score].square, &points[score].square_rest, weight * weight);
	points[score].count += weight > 0.0;
}

static void
test_weights(void)
{
	const int	scores[] = {5, 4, 4, 3, 2, 5, 1, 4};
	const double weights[] = {1, 2, .5, 1.5, 1, .25, 2, 0};
	WeightedPoint points[6];
	WeightedMoments m;
	Bounds		bounds;
	Comparison	c;
	int			i;

	memset(points, 0, sizeof(points));
	for (i = 0; i < 8; i++)
		add(points, scores[i], weights[i]);
	m = weighted_moments(points, 6, 0);
	near("answers of a weight", m.n, 7, 0);
	near("kish", m.effective_n, 5.41791044776119, 1e-14);
	near("weighted mean", m.mean, 3, 1e-15);
	near("linearised error", m.error, 0.66113406755368, 1e-13);
	weighted_mean_interval(m, 0.95, &bounds);
	near("its lower bound", bounds.lower, 1.38226321490722, 1e-12);
	near("its upper bound", bounds.upper, 4.61773678509278, 1e-12);
	weighted_mean_comparison(m, (WeightedMoments) {4, 3.5, 2.5, 0.25}, 0.95, &c);
	near("welch: t", c.statistic, 0.5 / hypot(0.66113406755368, 0.25), 1e-13);
	weighted_mean_comparison(m, (WeightedMoments) {1, 1, 2.5, NAN}, 0.95, &c);
	near("against one answer", c.lower, NAN, 0);
	linearised_interval(m, 0, 5, 0.95, &bounds);
	near("wald", bounds.lower, 3 - 1.959963984540054 * 0.66113406755368, 1e-12);
	near("deviation", weighted_deviation(points, 6), 1.52752523165195, 1e-13);
	memset(points, 0, sizeof(points));
	m = weighted_moments(points, 6, 0);
	truth("no answers", m.n == 0 && isnan(m.mean) && isnan(m.effective_n) && isnan(m.error) &&
		  isnan(weighted_deviation(points, 6)));
	add(points, 3, 0.1);
	m = weighted_moments(points, 6, 0);
	truth("one answer has no bounds", !linearised_interval(m, 0, 5, 0.95, &bounds));
	truth("one answer", m.n == 1 && m.mean == 3 && m.effective_n == 1 && isnan(m.error) &&
		  !weighted_mean_interval(m, 0.95, &bounds));

	/* a plain sum of ten million tenths is off by 1.6e-10 */
	memset(points, 0, sizeof(points));
	for (i = 0; i < 10000000; i++)
		add(points, 0, 0.1);
	near("ten million tenths", weighted_total(points, 0, 5), 1e6, 1e-15);
	near("their squares", points[0].square, 1e5, 1e-15);
	near("their effective number", weighted_moments(points, 6, 0).effective_n, 1e7, 1e-15);
}

/* Answers added in two parts are the answers added in one. */
static void
test_joined(void)
{
	WeightedPoint whole[1];
	WeightedPoint left[1];
	WeightedPoint right[1];
	int			i;

	memset(whole, 0, sizeof(whole));
	memset(left, 0, sizeof(left));
	memset(right, 0, sizeof(right));
	for (i = 0; i < 1000; i++)
	{
		add(whole, 0, 0.1 * i);
		add(i % 3 == 0 ? left : right, 0, 0.1 * i);
	}
	weighted_join(left, right);
	near("weight of both parts", weighted_total(left, 0, 0), 0.1 * 999 * 500, 1e-15);
	near("and of the whole", weighted_total(whole, 0, 0), 0.1 * 999 * 500, 1e-15);
	near("their squares", left->square + left->square_rest, 0.01 * 999 * 1000 * 1999 / 6, 1e-15);
	truth("answers of a weight above 0", left->count == 999 && whole->count == 999);
}

/* Scores 1, 2, 2, 4 with equal weights: mean 9/4, squares about it 19/4, s^2 = 19/12. */
static void
test_equal(void)
{
	const int	scores[] = {0, 1, 1, 3};
	WeightedPoint points[4];
	WeightedMoments m;
	Bounds		bounds;
	int			i;

	memset(points, 0, sizeof(points));
	for (i = 0; i < 4; i++)
		add(points, scores[i], 2.5);
	m = weighted_moments(points, 4, 1);
	near("equal weights: mean of 1, 2, 2, 4", m.mean, 2.25, 1e-15);
	near("equal weights: as many answers", m.effective_n, 4, 1e-15);
	near("equal weights: s / sqrt(n)", m.error, sqrt(4.75 / 3 / 4), 1e-15);
	near("equal weights: s", weighted_deviation(points, 4), sqrt(4.75 / 3), 1e-15);
	near("weight of some points", weighted_total(points, 1, 2), 5, 0);
	linearised_interval(m, 2, 3, 0.95, &bounds);
	truth("bounds stay within the scale", bounds.lower == 2 && bounds.upper == 3);
}

void
test_stats_weighted(void)
{
	test_joined();
	test_equal();
	test_weights();
}
