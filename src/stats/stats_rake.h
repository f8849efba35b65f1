/*
 * stats_rake.h: weights that give a sample the margins of its population.
 */
#ifndef RECOVERY_KPI_STATS_RAKE_H
#define RECOVERY_KPI_STATS_RAKE_H

#include <stdbool.h>

#define RAKE_ROUNDS		1000
#define RAKE_CLOSE		1e-10	/* how near the share of a group comes to its target */

/*
 * Cells of answers that differ in so many dimensions, such as region and age.  Groups, such
 * as the region north, are numbered through all dimensions, one after the other.
 */
typedef struct Rake
{
	int			cells;
	int			dimensions;
	const int  *first;			/* the first group of each dimension, and one beyond the last */
	const int  *group;			/* of each cell, its group in each dimension */
	const double *responses;	/* of each cell */
	const double *targets;		/* of each group, a share; those of a dimension add up to 1 */
	double		cap;			/* the largest weight; INFINITY for none */
	double	   *weights;		/* out: of each answer of a cell, with a mean of 1 */
	double	   *shares;			/* out: of each group, the share that it came to */
} Rake;

typedef enum RakeResult
{
	RAKE_DONE,
	RAKE_EMPTY,					/* a group has a target, but no weight to bring to it */
	RAKE_APART					/* after all rounds a group is away from its target */
} RakeResult;

extern RakeResult rake_fit(Rake *rake, void (*pause) (void), int *group);

#endif
