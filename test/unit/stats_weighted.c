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
	linearised_interval(m, 0, 5, 0.95, &bounds);
	near("wald", bounds.lower, 3 - 1.959963984540054 * 0.66113406755368, 1e-12);
	near("deviation", weighted_deviation(points, 6), 1.52752523165195, 1e-13);
	memset(points, 0, sizeof(points));
	m = weighted_moments(points, 6, 0);
	truth("no answers", m.n == 0 && isnan(m.mean) && isnan(m.effective_n) && isnan(m.error) &&
		  isnan(weighted_deviation(points, 6)));
	add(points, 3, 0.1);
	m = weighted_moments(points, 6, 0);
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

void
test_stats_weighted(void)
{
	test_weights();
}
