/*
 * stats_optimum.c: the minimum of a smooth function of few variables.
 *
 * BFGS (Nocedal & Wright 2006, ch. 6) goes most of the way, from any start.  Newton's
 * method, with second derivatives from differences of the gradient, finds the last
 * digits and tells whether the point is a minimum at all.  Both are meant for
 * functions with values near 1 whose variables are logarithms.
 *
 * Pure C, no postgres.h.
 */
#include <math.h>
#include <string.h>

#include "stats_optimum.h"

#define DIMENSION		OPTIMUM_MAX_DIMENSION

#define DESCENT_STEPS	200
#define DESCENT_SLOPE	1e-6	/* where BFGS leaves the rest to Newton */
#define DESCENT_GAIN	1e-11	/* stop after VAIN_STEPS steps that gain less */
#define VAIN_STEPS		3
#define HALVINGS		20
#define LONGEST_STEP	2.0
#define POLISH_STEPS	60
#define DIFFERENCE		1e-4
/*
 * Newton's decrement, twice what is left to gain: stop below the first, accept below the
 * second.
 */
#define POLISHED		1e-22
#define GOOD_ENOUGH		1e-13
#define LAST_STEPS		3		/* at most, from the second to the first */

static double
product(const double *a, const double *b, int n)
{
	double		sum = 0.0;
	int			i;

	for (i = 0; i < n; i++)
		sum += a[i] * b[i];
	return sum;
}

static double
largest(const double *a, int n)
{
	double		max = 0.0;
	int			i;

	for (i = 0; i < n; i++)
		max = fmax(max, fabs(a[i]));
	return max;
}

/*
 * Go from the point along the direction, halving the step until the value falls
 * enough; false if no step makes it fall.
 */
static bool
walk(Objective function, void *data, int n, const double *direction, double slope,
	 double *point, double *value, double *gradient)
{
	double		length = fmin(1.0, LONGEST_STEP / largest(direction, n));
	int			tries;

	for (tries = 0; tries < HALVINGS; tries++, length /= 2.0)
	{
		double		next[DIMENSION],
					slopes[DIMENSION];
		double		level;
		int			i;

		for (i = 0; i < n; i++)
			next[i] = point[i] + length * direction[i];
		level = function(next, slopes, data);
		if (level <= *value + 1e-4 * length * slope &&
			isfinite(level) && isfinite(largest(slopes, n)))
		{
			memcpy(point, next, n * sizeof(double));
			memcpy(gradient, slopes, n * sizeof(double));
			*value = level;
			return true;
		}
	}
	return false;
}

/*
 * BFGS: moves the point towards the minimum, until a variable is beyond the limit,
 * and returns the value there.
 */
double
descend(Objective function, void *data, int n, double limit, double *point)
{
	double		inverse[DIMENSION][DIMENSION];
	double		gradient[DIMENSION],
				direction[DIMENSION],
				step[DIMENSION],
				change[DIMENSION],
				image[DIMENSION];
	double		value = function(point, gradient, data);
	bool		fresh = true;
	int			vain = 0;
	int			round,
				i,
				j;

	if (!isfinite(value))
		return INFINITY;
	for (round = 0; round < DESCENT_STEPS && vain < VAIN_STEPS; round++)
	{
		double		before[DIMENSION],
					slopes[DIMENSION];
		double		level = value,
					curvature,
					slope;

		if (largest(gradient, n) <= DESCENT_SLOPE || largest(point, n) > limit)
			break;

		for (i = 0; fresh && i < n; i++)
		{
			for (j = 0; j < n; j++)
				inverse[i][j] = i == j;
		}
		for (i = 0; i < n; i++)
			direction[i] = -product(inverse[i], gradient, n);
		slope = product(direction, gradient, n);
		memcpy(before, point, n * sizeof(double));
		memcpy(slopes, gradient, n * sizeof(double));
		if (!(slope < 0.0) || !walk(function, data, n, direction, slope, point, &value, gradient))
		{
			if (fresh)
				break;
			fresh = true;
			continue;
		}
		vain = level - value > DESCENT_GAIN * (1.0 + fabs(value)) ? 0 : vain + 1;
		for (i = 0; i < n; i++)
		{
			step[i] = point[i] - before[i];
			change[i] = gradient[i] - slopes[i];
		}
		curvature = product(step, change, n);
		if (!(curvature > 1e-14 * product(change, change, n)))
			continue;
		/* the first step says how large the inverse is to be */
		for (i = 0; fresh && i < n; i++)
			inverse[i][i] = curvature / product(change, change, n);
		fresh = false;
		for (i = 0; i < n; i++)
			image[i] = product(inverse[i], change, n);
		slope = 1.0 + product(change, image, n) / curvature;
		for (i = 0; i < n; i++)
		{
			for (j = 0; j < n; j++)
				inverse[i][j] += (slope * step[i] * step[j] -
								  image[i] * step[j] - step[i] * image[j]) / curvature;
		}
	}
	return value;
}

/*
 * Solve matrix * x = right for a symmetric matrix (Cholesky); false if it is not
 * positive definite with this margin.
 */
static bool
solve(double matrix[DIMENSION][DIMENSION], const double *right, int n, double flat, double *x)
{
	double		root[DIMENSION][DIMENSION] = {{0.0}};
	int			i,
				j;

	for (i = 0; i < n; i++)
	{
		for (j = 0; j <= i; j++)
		{
			double		rest = matrix[i][j] - product(root[i], root[j], j);

			if (i > j)
				root[i][j] = rest / root[j][j];
			else if (rest > flat)
				root[i][i] = sqrt(rest);
			else
				return false;
		}
	}
	for (i = 0; i < n; i++)
		x[i] = (right[i] - product(root[i], x, i)) / root[i][i];
	for (i = n - 1; i >= 0; i--)
	{
		for (j = i + 1; j < n; j++)
			x[i] -= root[j][i] * x[j];
		x[i] /= root[i][i];
	}
	return true;
}

/*
 * Second derivatives by variable i and all others, from gradients a step to both sides; NaN
 * where the function ends within the step, as it gives no gradient there.
 */
static void
curvature(Objective function, void *data, int n, const double *point, int i, double step,
		  double *row)
{
	double		near[DIMENSION],
				up[DIMENSION],
				down[DIMENSION];
	bool		inside;
	int			j;

	memcpy(near, point, n * sizeof(double));
	near[i] = point[i] + step;
	inside = isfinite(function(near, up, data));
	near[i] = point[i] - step;
	inside &= isfinite(function(near, down, data));
	for (j = 0; j < n; j++)
		row[j] = inside ? (up[j] - down[j]) / (2.0 * step) : NAN;
}

/* Make a matrix symmetric. */
static void
balance(double matrix[DIMENSION][DIMENSION], int n)
{
	int			i,
				j;

	for (i = 0; i < n; i++)
	{
		for (j = 0; j < i; j++)
			matrix[i][j] = matrix[j][i] = (matrix[i][j] + matrix[j][i]) / 2.0;
	}
}

/* The matrix of second derivatives. */
static void
curvatures(Objective function, void *data, int n, const double *point,
		   double matrix[DIMENSION][DIMENSION])
{
	int			i;

	for (i = 0; i < n; i++)
		curvature(function, data, n, point, i, DIFFERENCE, matrix[i]);
	balance(matrix, n);
}

/*
 * The inverse of the matrix of second derivatives at a minimum, its lower triangle row by
 * row: for minus a log-likelihood that is the covariance of the variables by the observed
 * information.  False if the function is flatter than that in any direction.
 */
bool
optimum_covariance(Objective function, void *data, int n, double flat, const double *point,
				   double *triangle)
{
	double		matrix[DIMENSION][DIMENSION];
	int			i,
				j;

	for (i = 0; i < n; i++)
	{
		double		wide[DIMENSION];

		/* two steps together are exact to their fourth power */
		curvature(function, data, n, point, i, DIFFERENCE, matrix[i]);
		curvature(function, data, n, point, i, 2.0 * DIFFERENCE, wide);
		for (j = 0; j < n; j++)
			matrix[i][j] = (4.0 * matrix[i][j] - wide[j]) / 3.0;
	}
	balance(matrix, n);
	for (i = 0; i < n; i++)
	{
		double		unit[DIMENSION] = {0.0},
					column[DIMENSION];

		unit[i] = 1.0;
		if (!solve(matrix, unit, n, flat, column))
			return false;
		for (j = 0; j <= i; j++)
			*triangle++ = column[j];
	}
	return true;
}

/*
 * Newton's method from a point near the minimum.  False if there is no minimum near:
 * the curvature is below flat, or the function falls until a variable is beyond the
 * limit.
 */
bool
polish(Objective function, void *data, int n, double limit, double flat, double *point,
	   double *value)
{
	double		gradient[DIMENSION],
				downhill[DIMENSION],
				direction[DIMENSION],
				matrix[DIMENSION][DIMENSION];
	double		gain = INFINITY;
	int			last = 0;
	int			round,
				i;

	*value = function(point, gradient, data);
	for (round = 0; round < POLISH_STEPS; round++)
	{
		double		damping = flat;
		bool		bowl;

		if (!isfinite(*value) || !isfinite(largest(gradient, n)) || largest(point, n) > limit)
			return false;
		curvatures(function, data, n, point, matrix);
		for (i = 0; i < n; i++)
			downhill[i] = -gradient[i];
		bowl = solve(matrix, downhill, n, flat, direction);
		while (!bowl && !solve(matrix, downhill, n, flat, direction))
		{
			if (!(damping < 1e6))
				return false;
			for (i = 0; i < n; i++)
				matrix[i][i] += damping;
			damping *= 4.0;
		}
		gain = bowl ? product(downhill, direction, n) : INFINITY;
		if (gain <= POLISHED || last == LAST_STEPS)
			return true;
		/* where rounding hides the gain in value, the gradient still shows the way */
		if (gain <= GOOD_ENOUGH)
		{
			last++;
			for (i = 0; i < n; i++)
				point[i] += direction[i];
			*value = function(point, gradient, data);
		}
		else if (!walk(function, data, n, direction, -product(downhill, direction, n),
					   point, value, gradient))
			break;
	}
	return gain <= GOOD_ENOUGH;
}
