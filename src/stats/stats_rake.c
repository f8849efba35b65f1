/*
 * stats_rake.c: raking, or iterative proportional fitting (Deming & Stephan 1940).
 *
 * Each dimension in turn gets its targets by one factor for each of its groups; that
 * disturbs the others, by less and less in each round.  With a cap each round ends by
 * cutting the weights above it and bringing their mean back to 1.
 *
 * Pure C, no postgres.h; the caller brings the memory.
 */
#include <math.h>

#include "stats_rake.h"

#define PAUSE_EVERY	65536

/* Find the shares of the groups of the dimensions from..to, of weights with a mean of 1. */
static void
rake_shares(Rake *rake, int from, int to, double total, void (*pause) (void))
{
	int			cell,
				dimension,
				group;

	for (group = rake->first[from]; group < rake->first[to + 1]; group++)
		rake->shares[group] = 0.0;
	for (cell = 0; cell < rake->cells; cell++)
	{
		double		share = rake->responses[cell] * rake->weights[cell] / total;

		if (cell % PAUSE_EVERY == 0)
			pause();
		for (dimension = from; dimension <= to; dimension++)
			rake->shares[rake->group[cell * rake->dimensions + dimension]] += share;
	}
}

/* Bring a dimension to its targets.  False, and the group, if one has no weight to bring. */
static bool
rake_dimension(Rake *rake, int dimension, double total, void (*pause) (void), int *group)
{
	int			cell;

	rake_shares(rake, dimension, dimension, total, pause);
	for (*group = rake->first[dimension]; *group < rake->first[dimension + 1]; (*group)++)
	{
		if (rake->targets[*group] > 0.0 && !(rake->shares[*group] > 0.0))
			return false;
		/* a group without answers has no share, and no target: its factor is 0 */
		rake->shares[*group] = rake->shares[*group] > 0.0 ?
			rake->targets[*group] / rake->shares[*group] : 0.0;
	}
	for (cell = 0; cell < rake->cells; cell++)
		rake->weights[cell] *= rake->shares[rake->group[cell * rake->dimensions + dimension]];
	return true;
}

/* Cut the weights above the cap, and bring their mean back to 1. */
static void
rake_trim(Rake *rake, double total)
{
	double		sum = 0.0;
	int			cell;

	for (cell = 0; cell < rake->cells; cell++)
	{
		rake->weights[cell] = fmin(rake->weights[cell], rake->cap);
		sum += rake->responses[cell] * rake->weights[cell];
	}
	for (cell = 0; cell < rake->cells; cell++)
		rake->weights[cell] *= total / sum;
}

/* The group farthest from its target. */
static int
rake_farthest(const Rake *rake)
{
	int			farthest = 0;
	int			group;

	for (group = 1; group < rake->first[rake->dimensions]; group++)
	{
		if (fabs(rake->shares[group] - rake->targets[group]) >
			fabs(rake->shares[farthest] - rake->targets[farthest]))
			farthest = group;
	}
	return farthest;
}

/* Find the weights.  What is not done names the group that is in the way. */
RakeResult
rake_fit(Rake *rake, void (*pause) (void), int *group)
{
	double		total = 0.0;
	int			round,
				dimension,
				cell;

	for (cell = 0; cell < rake->cells; cell++)
	{
		rake->weights[cell] = 1.0;
		total += rake->responses[cell];
	}
	for (round = 0; round < RAKE_ROUNDS; round++)
	{
		for (dimension = 0; dimension < rake->dimensions; dimension++)
		{
			if (!rake_dimension(rake, dimension, total, pause, group))
				return RAKE_EMPTY;
		}
		if (isfinite(rake->cap))
			rake_trim(rake, total);
		rake_shares(rake, 0, rake->dimensions - 1, total, pause);
		*group = rake_farthest(rake);
		if (fabs(rake->shares[*group] - rake->targets[*group]) <= RAKE_CLOSE)
			return RAKE_DONE;
	}
	return RAKE_APART;
}
