/*
 * stats_optimum.c: the lowest place of functions where it is known, or where there is none.
 */
#include <math.h>
#include <stddef.h>

#include "stats/stats_optimum.h"
#include "unit.h"

/* Rosenbrock's valley; a slope; a function that is nowhere defined. */
static double
valley(const double *point, double *gradient, void *data)
{
	double		u = point[1] - point[0] * point[0];

	(void) data;
	gradient[0] = -400 * point[0] * u - 2 * (1 - point[0]);
	gradient[1] = 200 * u;
	return 100 * u * u + (1 - point[0]) * (1 - point[0]);
}

static double
slope(const double *point, double *gradient, void *data)
{
	(void) data;
	gradient[0] = -exp(-point[0]);
	return exp(-point[0]);
}

static double
nowhere(const double *point, double *gradient, void *data)
{
	(void) data;
	gradient[0] = point[0];
	return NAN;
}

static void
test_optimum(void)
{
	double		point[2] = {-1.2, 1};
	double		value;

	truth("down the valley", descend(valley, NULL, 2, 9, point) < 1e-9);
	truth("to its end", polish(valley, NULL, 2, 9, 1e-7, point, &value) && value < 1e-28);
	near("there", point[0], 1, 1e-14);
	point[0] = 0;
	descend(slope, NULL, 1, 9, point);
	truth("a slope has no lowest place", !polish(slope, NULL, 1, 9, 1e-7, point, &value));
	truth("and a function that is not defined has none",
		  isinf(descend(nowhere, NULL, 1, 9, point)) &&
		  !polish(nowhere, NULL, 1, 9, 1e-7, point, &value));
}

/* sum of i (x_i - i)^2 + 7 in four variables: lowest at 1, 2, 3, 4, and 7 there. */
static double
bowl(const double *point, double *gradient, void *data)
{
	double		sum = *(double *) data;
	int			i;

	for (i = 0; i < 4; i++)
	{
		double		off = point[i] - (i + 1);

		gradient[i] = 2 * (i + 1) * off;
		sum += (i + 1) * off * off;
	}
	return sum;
}

static void
test_bowl(void)
{
	double		point[OPTIMUM_MAX_DIMENSION] = {0};
	double		bottom = 7;
	double		value = 0;

	near("down the bowl", descend(bowl, &bottom, 4, 9, point), 7, 1e-10);
	truth("to its bottom", polish(bowl, &bottom, 4, 9, 1e-7, point, &value));
	near("of 7", value, 7, 1e-15);
	near("at 1", point[0], 1, 1e-12);
	near("and 4", point[3], 4, 1e-12);
}

/* Its second derivatives are 2, 4, 6 and 8. */
static void
test_covariance(void)
{
	const double point[] = {1, 2, 3, 4};
	const double want[] = {1 / 2.0, 0, 1 / 4.0, 0, 0, 1 / 6.0, 0, 0, 0, 1 / 8.0};
	double		bottom = 7,
				far = 0;
	double		triangle[10];
	int			i;

	truth("covariance of the bowl", optimum_covariance(bowl, &bottom, 4, 1e-7, point, triangle));
	for (i = 0; i < 10; i++)
		far = fmax(far, fabs(triangle[i] - want[i]));
	truth("the inverse of its curvature", far < 1e-10);
	truth("flatter than asked for", !optimum_covariance(bowl, &bottom, 4, 3, point, triangle));
}

/* (x - 1)^2, which ends at 1 + 1e-6; beyond, the gradient says nothing. */
static double
ledge(const double *point, double *gradient, void *data)
{
	(void) data;
	gradient[0] = point[0] <= 1 + 1e-6 ? 2 * (point[0] - 1) : 1e3;
	return point[0] <= 1 + 1e-6 ? (point[0] - 1) * (point[0] - 1) : INFINITY;
}

static void
test_ledge(void)
{
	const double bottom[] = {1};
	double		point[] = {1};
	double		triangle[1];
	double		value;

	truth("no covariance from beyond the end",
		  !optimum_covariance(ledge, NULL, 1, 1e-7, bottom, triangle));
	truth("nor a step", !polish(ledge, NULL, 1, 9, 1e-7, point, &value));
}

void
test_stats_optimum(void)
{
	test_ledge();
	test_bowl();
	test_covariance();
	test_optimum();
}
