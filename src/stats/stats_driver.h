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
 * Values lie between -DRIVER_LARGEST and DRIVER_LARGEST, and squares below
 * DRIVER_SMALLEST count as 0.  So no product of two distances leaves the range of
 * double precision, however many are added, and variables whose product is not 0 have
 * squares that are not 0.  A sum of squares is 0 or above DRIVER_LEAST_SQUARE, as a block
 * of rows leaves at least a part in DRIVER_BLOCK + 1 of its squares.
 */
#define DRIVER_LARGEST	0x1p400
#define DRIVER_SMALLEST	0x1p-900
#define DRIVER_LEAST_SQUARE	0x1p-950

/* A sum with what rounding took from it. */
typedef struct ExactSum
{
	double		sum;
	double		rest;
} ExactSum;

/*
 * The number of sums of a model of these variables, the outcome first: their means,
 * then the lower triangle of their cross-products about the means, row by row.
 */
#define DRIVER_SUMS(variables)	((variables) + (variables) * ((variables) + 1) / 2)

/* Place of the cross-product of variables i and j <= i. */
#define DRIVER_CROSS(variables, i, j)	((variables) + (i) * ((i) + 1) / 2 + (j))

static inline void
exact_add(ExactSum *total, double term)
{
	add_exactly(&total->sum, &total->rest, term);
}

/* This many rows are added up plainly before they join the sums. */
#define DRIVER_BLOCK	16

/*
 * Add a row to a block.  It holds the sums of the rows' distances from the means so
 * far, and of the products of these distances.  The means have twice the digits of a
 * value, so distances keep their digits however far from 0 the values are.
 */
static inline void
driver_block_put(double *block, const ExactSum *means, int variables, const double *values)
{
	double		distance[DRIVER_MAX_VARIABLES];
	double	   *product = block + variables;
	int			i,
				j;

	/* halves the time where the number of variables is a constant */
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
 * A variable is a combination of others if they leave less than this part of its
 * variance unexplained: that much is rounding.
 */
#define DRIVER_COLLINEAR	1e-12

typedef double Matrix[DRIVER_MAX_FACTORS][DRIVER_MAX_FACTORS];

/* The figures of one factor. */
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
	double		share;			/* part of r_squared, 0..1 */
} DriverFactor;

/* How well all factors together explain the outcome. */
typedef struct DriverFit
{
	double		r_squared;
	double		adjusted_r_squared;
	double		f_statistic;
	double		p_value;
	double		intercept;
} DriverFit;

extern void driver_block_close(double *block, ExactSum *sums, double n, int variables);
extern void driver_join(ExactSum *sums, double n, const ExactSum *more, double more_n,
						int variables);
extern int	driver_sums_order(const ExactSum *a, const ExactSum *b, int variables);
extern void driver_regression(const ExactSum *sums, double n, int factors,
							  DriverFactor *out, DriverFit *fit);
extern void relative_weights(Matrix r, const double *r_outcome, int count, double *weight);
extern double f_upper_tail(double r_squared, double unexplained, double factors, double df);

#endif
