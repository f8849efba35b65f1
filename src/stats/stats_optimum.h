/*
 * stats_optimum.h: the minimum of a smooth function of few variables.
 */
#ifndef RECOVERY_KPI_STATS_OPTIMUM_H
#define RECOVERY_KPI_STATS_OPTIMUM_H

#include <stdbool.h>

#define OPTIMUM_MAX_DIMENSION	4

/* A function and its gradient; INFINITY or NAN where it is not defined. */
typedef double (*Objective) (const double *point, double *gradient, void *data);

extern double descend(Objective function, void *data, int dimension, double limit, double *point);
extern bool polish(Objective function, void *data, int dimension, double limit, double flat,
				   double *point, double *value);
extern bool optimum_covariance(Objective function, void *data, int dimension, double flat,
							   const double *point, double *triangle);

#endif
