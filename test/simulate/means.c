/*
 * means.c: means of answers on 1..7 (ces_interval, ces_test, recovery_paradox), pairs
 * and weights.
 */
#include <string.h>

#include "simulate.h"

static bool
holds(Bounds bounds, double truth)
{
	return bounds.lower <= truth && truth <= bounds.upper;
}

static void
interval_cells(const Answers *shape)
{
	static const int sizes[] = {5, 10, 20, 50, 100, 0};
	const int  *n;

	for (n = sizes; *n > 0; n++)
	{
		int			held = 0;
		int			i;

		for (i = 0; i < samples; i++)
		{
			Bounds		bounds;

			bounded_interval(answers_sample(shape, *n), 1.0, 7.0, 0.95, &bounds);
			held += holds(bounds, answers_mean(shape));
		}
		cell(held, 0.935, 1.0, "ces_interval covers, %s, %d answers", shape->name, *n);
	}
}

/* A small group against a large one of the same distribution. */
static void
comparison_cells(const Answers *shape)
{
	static const int sizes[][2] = {{10, 100}, {20, 300}, {50, 1000}, {0, 0}};
	int			k;

	for (k = 0; sizes[k][0] > 0; k++)
	{
		int			alarms = 0,
					paradoxes = 0;
		int			i;

		for (i = 0; i < samples; i++)
		{
			Comparison	comparison;

			bounded_comparison(answers_sample(shape, sizes[k][0]), answers_sample(shape, sizes[k][1]),
							   1.0, 7.0, 0.95, &comparison);
			alarms += comparison.p_value < 0.05;
			paradoxes += comparison.lower > 0.0;
		}
		cell(alarms, 0.0, 0.055, "ces_test alarms, %s, %d against %d",
			 shape->name, sizes[k][0], sizes[k][1]);
		cell(paradoxes, 0.0, 0.028, "recovery_paradox claims, %s, %d against %d",
			 shape->name, sizes[k][0], sizes[k][1]);
	}
}

/* Before and after of the same distribution; half of the customers answer the same. */
static Moments
pairs_sample(const Answers *shape, int n)
{
	double		sum = 0.0,
				squares = 0.0;
	int			i;

	for (i = 0; i < n; i++)
	{
		int			before = answer(shape);
		int			after = uniform() < 0.5 ? before : answer(shape);

		sum += after - before;
		squares += (after - before) * (after - before);
	}
	return (Moments) {n, sum / n, (squares - sum * sum / n) / (n - 1.0)};
}

/* Weights are log-normal, as after raking: deff is about 1.4. */
static WeightedMoments
weighted_sample(const Answers *shape, int n)
{
	WeightedPoint points[7];

	memset(points, 0, sizeof(points));
	while (n-- > 0)
	{
		WeightedPoint *point = &points[answer(shape) - 1];
		double		weight = exp(0.6 * normal());

		point->weight += weight;
		point->square += weight * weight;
		point->count++;
	}
	return weighted_moments(points, 7, 1.0);
}

static void
other_cells(const Answers *shape)
{
	static const int sizes[] = {10, 20, 50, 100, 300, 0};
	const int  *n;

	for (n = sizes; *n > 0; n++)
	{
		int			alarms = 0,
					held = 0;
		int			i;

		for (i = 0; i < samples; i++)
		{
			Comparison	comparison;
			Bounds		bounds;

			bounded_difference(pairs_sample(shape, *n), 6.0, 0.95, &comparison);
			alarms += comparison.p_value < 0.05;
			bounded_weighted_interval(weighted_sample(shape, *n), 1.0, 7.0, 0.95, &bounds);
			held += holds(bounds, answers_mean(shape));
		}
		cell(alarms, 0.0, 0.055, "ces_test of pairs alarms, %s, %d pairs", shape->name, *n);
		cell(held, 0.935, 1.0, "ces_interval of weights covers, %s, %d answers", shape->name, *n);
	}
}

void
simulate_means(void)
{
	const Answers *shape;

	for (shape = shapes; shape->name != NULL; shape++)
	{
		interval_cells(shape);
		comparison_cells(shape);
		other_cells(shape);
	}
}
