/*
 * stats_optimum.h: the lowest place of a smooth function of few variables.
 */
#ifndef RECOVERY_KPI_STATS_OPTIMUM_H
#define RECOVERY_KPI_STATS_OPTIMUM_H

#include <stdbool.h>

#define OPTIMUM_MAX_DIMENSION	4

/* A function and its gradient; what it is not defined for is INFINITY or NAN. */
typedef double (*Objective) (const double *point, double *gradient, void *data);

extern double descend(Objective function, void *data, int dimension, double limit, double *point);
extern bool polish(Objective function, void *data, int dimension, double limit, double flat,
				   double *point, double *value);

#endif
