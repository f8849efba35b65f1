/*
 * stats_importance.c: relative weights where the square root of the correlations has a
 * closed form (Johnson 2000).
 */
#include <math.h>

#include "stats/stats_driver.h"
#include "unit.h"

/* The factors' correlations: all the same off the diagonal. */
static void
equal_correlations(Matrix r, int count, double correlation)
{
	int			i,
				j;

	for (i = 0; i < count; i++)
	{
		for (j = 0; j < count; j++)
			r[i][j] = i == j ? 1.0 : correlation;
	}
}

/*
 * Two factors with correlation 0.28, so that sqrt(1.28) = 0.8 sqrt(2) and sqrt(0.72) =
 * 0.6 sqrt(2): R^(1/2) has c = 0.7 sqrt(2) on its diagonal and s = 0.1 sqrt(2) off it,
 * c^2 = 0.98, s^2 = 0.02.  The outcome's coefficients are R^(-1/2) (0.6, 0.4) =
 * sqrt(2) / 0.96 (0.38, 0.22), so weight 1 is 2 / 0.96^2 (0.98 0.38^2 + 0.02 0.22^2).
 */
static void
test_two(void)
{
	const double outcome[] = {0.6, 0.4};
	const double scale = 2 / (0.96 * 0.96);
	const double first = 0.38 * 0.38;
	const double second = 0.22 * 0.22;
	Matrix		r;
	double		weight[2];

	equal_correlations(r, 2, 0.28);
	relative_weights(r, outcome, 2, weight);
	near("first of two", weight[0], scale * (0.98 * first + 0.02 * second), 1e-14);
	near("second of two", weight[1], scale * (0.02 * first + 0.98 * second), 1e-14);
	near("their sum is R squared", weight[0] + weight[1],
		 (0.36 + 0.16 - 2 * 0.28 * 0.24) / (1 - 0.28 * 0.28), 1e-14);
}

static void
test_special_cases(void)
{
	const double outcome[] = {0.6, -0.5, 0.3};
	const double equal[] = {0.5, 0.5, 0.5};
	const double opposite[] = {0.5, -0.5};
	Matrix		r;
	double		weight[3];

	equal_correlations(r, 3, 0.0);
	relative_weights(r, outcome, 3, weight);
	near("without correlation the square: 0.6", weight[0], 0.36, 1e-15);
	near("of -0.5", weight[1], 0.25, 1e-15);
	near("of 0.3", weight[2], 0.09, 1e-15);

	/* R squared = 3 0.5^2 / (1 + 2 0.4), a third of it each */
	equal_correlations(r, 3, 0.4);
	relative_weights(r, equal, 3, weight);
	near("three alike share equally", weight[0], 0.25 / 1.8, 1e-14);
	near("the last one too", weight[2], 0.25 / 1.8, 1e-14);

	/* the same factor twice: one direction does not vary, R squared is 0.5^2 */
	equal_correlations(r, 2, 1.0);
	relative_weights(r, equal, 2, weight);
	near("the same factor twice", weight[0], 0.125, 1e-14);
	near("has half each", weight[1], 0.125, 1e-14);
	equal_correlations(r, 2, -1.0);
	relative_weights(r, opposite, 2, weight);
	near("once with its sign reversed", weight[0], 0.125, 1e-14);

	r[0][0] = 1.0;
	relative_weights(r, opposite, 1, weight);
	near("a single factor", weight[0], 0.25, 0);
}

void
test_stats_importance(void)
{
	test_two();
	test_special_cases();
}
