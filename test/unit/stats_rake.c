/*
 * stats_rake.c: R's survey::rake of apiclus1; products and caps by hand.
 */
#include <math.h>

#include "stats/stats_rake.h"
#include "unit.h"

static int	pauses;

static void
count_pause(void)
{
	pauses++;
}

/* Schools of three types by two answers. */
static void
test_schools(void)
{
	const int	first[] = {0, 3, 5};
	const int	group[] = {0, 3, 0, 4, 1, 3, 1, 4, 2, 3, 2, 4};
	const double responses[] = {12, 132, 3, 11, 8, 17};
	const double targets[] = {
		4421 / 6194.0, 755 / 6194.0, 1018 / 6194.0, 1072 / 6194.0, 5122 / 6194.0
	};
	const double want[] = {
		1.17703910772114, 0.882520764475508, 1.98320501309955, 1.486968098843264,
		1.44973203196414, 1.086980553781854
	};
	double		weights[6],
				shares[5];
	Rake		rake = {
		6, 2, first, group, responses, targets, INFINITY, weights, shares
	};
	double		sum = 0;
	int			at,
				i;

	truth("converges", rake_fit(&rake, count_pause, &at) == RAKE_DONE && pauses > 2);
	for (i = 0; i < 6; i++)
	{
		near("weight", weights[i], want[i], 1e-9);
		sum += responses[i] * weights[i];
	}
	near("mean 1", sum / 183, 1, 1e-14);
	for (i = 0; i < 5; i++)
		near("margin", shares[i], targets[i], 1e-9);
}

/* Two groups of 3 and 7 for half of all each: 5/3 and 5/7. */
static void
test_halves(void)
{
	const int	first[] = {0, 2};
	const int	group[] = {0, 1, 1};
	const double responses[] = {3, 7, 0};
	double		targets[] = {0.5, 0.5};
	double		weights[3],
				shares[2];
	Rake		rake = {
		3, 1, first, group, responses, targets, INFINITY, weights, shares
	};
	int			at;

	truth("one round", rake_fit(&rake, count_pause, &at) == RAKE_DONE);
	near("3 of 10", weights[0], 5 / 3.0, 1e-15);
	near("7 of 10", weights[1], 5 / 7.0, 1e-15);
	rake.cap = 1.7;
	truth("a cap above", rake_fit(&rake, count_pause, &at) == RAKE_DONE);
	near("changes nothing", weights[0], 5 / 3.0, 1e-15);
	rake.cap = 1.6;
	truth("a cap below", rake_fit(&rake, count_pause, &at) == RAKE_APART && at == 0 &&
		  shares[0] < 0.5);
	rake.cap = INFINITY;
	rake.cells = 1;
	truth("nobody of a group", rake_fit(&rake, count_pause, &at) == RAKE_EMPTY && at == 1);
	targets[0] = 1;
	targets[1] = 0;
	truth("nobody wanted", rake_fit(&rake, count_pause, &at) == RAKE_DONE && weights[0] == 1);
}

void
test_stats_rake(void)
{
	test_schools();
	test_halves();
}
