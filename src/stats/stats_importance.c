/*
 * stats_importance.c: each factor's part of what all factors explain together, by
 * Johnson's (2000) relative weights, which equal Genizi's (1993).
 *
 * Pure C, no postgres.h.
 */
#include <float.h>
#include <math.h>

#include "stats_driver.h"

#define MAX_SWEEPS		60

/* Turn rows and columns p and q so that their common element becomes 0. */
static void
jacobi_turn(Matrix a, Matrix vectors, int count, int p, int q)
{
	double		theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
	double		t = (theta < 0.0 ? -1.0 : 1.0) / (fabs(theta) + hypot(theta, 1.0));
	double		c = 1.0 / hypot(t, 1.0);
	double		s = t * c;
	int			k;

	for (k = 0; k < count; k++)
	{
		double		x = a[k][p];
		double		y = a[k][q];

		a[k][p] = c * x - s * y;
		a[k][q] = s * x + c * y;
	}
	for (k = 0; k < count; k++)
	{
		double		x = a[p][k];
		double		y = a[q][k];

		a[p][k] = c * x - s * y;
		a[q][k] = s * x + c * y;
	}
	a[p][q] = a[q][p] = 0.0;
	for (k = 0; k < count; k++)
	{
		double		x = vectors[k][p];
		double		y = vectors[k][q];

		vectors[k][p] = c * x - s * y;
		vectors[k][q] = s * x + c * y;
	}
}

/* Eigenvalues, on the diagonal of a, and eigenvectors of a symmetric matrix (Jacobi 1846). */
static void
jacobi(Matrix a, Matrix vectors, int count)
{
	int			sweep,
				p,
				q;

	for (p = 0; p < count; p++)
	{
		for (q = 0; q < count; q++)
			vectors[p][q] = p == q;
	}
	for (sweep = 0; sweep < MAX_SWEEPS; sweep++)
	{
		bool		turned = false;

		for (p = 0; p < count; p++)
		{
			for (q = p + 1; q < count; q++)
			{
				if (fabs(a[p][q]) <= DBL_EPSILON * 1e-3)
					continue;
				jacobi_turn(a, vectors, count, p, q);
				turned = true;
			}
		}
		if (!turned)
			break;
	}
}

/*
 * Johnson's weights: Z, the orthogonal variables closest to the factors, have the
 * correlations Lambda = R^(1/2) with them; the outcome's coefficients on Z are beta
 * = Lambda^-1 r; weight j is sum over k of Lambda_jk^2 beta_k^2.  They add up to
 * R squared.  Directions in which the factors do not vary are left out.
 */
void
relative_weights(Matrix r, const double *r_outcome, int count, double *weight)
{
	Matrix		a,
				vectors;
	double		value[DRIVER_MAX_FACTORS],
				beta[DRIVER_MAX_FACTORS] = {0};
	int			i,
				j,
				k;

	for (i = 0; i < count; i++)
	{
		for (j = 0; j < count; j++)
			a[i][j] = r[i][j];
	}
	jacobi(a, vectors, count);
	for (k = 0; k < count; k++)
	{
		double		along = 0.0;

		value[k] = a[k][k] > DRIVER_COLLINEAR ? sqrt(a[k][k]) : 0.0;
		for (i = 0; i < count; i++)
			along += vectors[i][k] * r_outcome[i];
		for (i = 0; i < count && value[k] > 0.0; i++)
			beta[i] += vectors[i][k] * along / value[k];
	}
	for (i = 0; i < count; i++)
	{
		weight[i] = 0.0;
		for (j = 0; j < count; j++)
		{
			double		lambda = 0.0;

			for (k = 0; k < count; k++)
				lambda += vectors[i][k] * value[k] * vectors[j][k];
			weight[i] += lambda * lambda * beta[j] * beta[j];
		}
	}
}
