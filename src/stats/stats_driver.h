/*
 * stats_driver.h: what drives an outcome, as pure functions over means and
 * cross-products of an outcome and its factors.
 *
 * What does not exist is NAN; see stats.h for the rest.
 */
#ifndef RECOVERY_KPI_STATS_DRIVER_H
#define RECOVERY_KPI_STATS_DRIVER_H

#include "stats.h"

#define DRIVER_MAX_FACTORS		32
#define DRIVER_MAX_VARIABLES	(DRIVER_MAX_FACTORS + 1)

/*
 * Values lie between these, and squares below the smallest are none, so that no
 * product of two distances leaves the range of double precision, however many are
 * added, and whatever has a product has a square.
 */
#define DRIVER_LARGEST	0x1p400
#define DRIVER_SMALLEST	0x1p-900

/* A sum with what rounding took from it. */
typedef struct ExactSum
{
	double		sum;
	double		rest;
} ExactSum;

/*
 * The sums of so many variables, the outcome first: their means, then the lower
 * triangle of their cross-products about the means, row by row.
 */
#define DRIVER_SUMS(variables)	((variables) + (variables) * ((variables) + 1) / 2)

/* Place of the cross-product of variables i and j <= i. */
#define DRIVER_CROSS(variables, i, j)	((variables) + (i) * ((i) + 1) / 2 + (j))

static inline void
exact_add(ExactSum *total, double term)
{
	add_exactly(&total->sum, &total->rest, term);
}

/* Rows that are added up plainly before they join the sums. */
#define DRIVER_BLOCK	16

/*
 * A block of rows: the sums of their distances from the means so far, and of the
 * products of these.  The means have twice the digits of a value, so that distances
 * keep theirs however far from 0 the values are.
 */
static inline void
driver_block_put(double *block, const ExactSum *means, int variables, const double *values)
{
	double		distance[DRIVER_MAX_VARIABLES];
	double	   *product = block + variables;
	int			i,
				j;

	/* of use where the number of variables is known: half the time */
#pragma GCC unroll 4
	for (i = 0; i < variables; i++)
	{
		distance[i] = (values[i] - means[i].sum) - means[i].rest;
		block[i] += distance[i];
#pragma GCC unroll 4
		for (j = 0; j <= i; j++)
			*product++ += distance[i] * distance[j];
	}
}

/*
 * What is left of a variable once others are taken out, as a part of its variance:
 * below this it is a combination of them, and what is left is rounding.
 */
#define DRIVER_COLLINEAR	1e-12

typedef double Matrix[DRIVER_MAX_FACTORS][DRIVER_MAX_FACTORS];

/* What a factor does to the outcome. */
typedef struct DriverFactor
{
	double		correlation;
	double		coefficient;
	double		std_error;
	double		std_beta;
	double		t_statistic;
	double		p_value;
	double		vif;
	double		relative_weight;	/* of r_squared */
	double		share;			/* of r_squared, 0..1 */
} DriverFactor;

/* How well all of them explain it. */
typedef struct DriverFit
{
	double		r_squared;
	double		adjusted_r_squared;
	double		f_statistic;
	double		p_value;
	double		intercept;
} DriverFit;

extern void driver_block_close(double *block, ExactSum *sums, double n, int variables);
extern void driver_join(ExactSum *sums, double n, const ExactSum *more, double more_n, int variables);
extern void driver_regression(const ExactSum *sums, double n, int factors,
							  DriverFactor *out, DriverFit *fit);
extern void relative_weights(Matrix r, const double *r_outcome, int count, double *weight);
extern double f_upper_tail(double r_squared, double unexplained, double factors, double df);

#endif
