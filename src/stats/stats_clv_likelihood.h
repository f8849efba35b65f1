/*
 * stats_clv_likelihood.h: the likelihoods of BG/NBD and gamma-gamma, for the fit and for
 * the errors of it.
 */
#ifndef RECOVERY_KPI_STATS_CLV_LIKELIHOOD_H
#define RECOVERY_KPI_STATS_CLV_LIKELIHOOD_H

#include "stats_clv.h"
#include "stats_optimum.h"

/*
 * A parameter may be up to WALL powers of e away from 1 (alpha from the mean age,
 * gamma from the mean amount).  Beyond NEAR it is on its way to 0 or to infinity.
 */
#define WALL	20.0
#define NEAR	14.0

/* Below this curvature the likelihood tells nothing: logarithms are uncertain by 1000s. */
#define FLAT	1e-7

/* What the objectives need. */
typedef struct ClvData
{
	const ClvEntry *entries;
	size_t		count;
	double		customers;		/* customers counted: all, or those with a mean amount */
	double		scale;			/* the unit of alpha or gamma */
	double		constant;		/* the part of the likelihood without parameters */
	double		repeats;		/* of all customers; for BG/NBD only */
	Pause		pause;
} ClvData;

/* Objectives for stats_optimum.c, of logarithms of parameters in the order of their structs. */
extern bool gamma_gamma_data(const ClvEntry *entries, size_t count, Pause pause, ClvData *data);
extern double gamma_gamma_objective(const double *point, double *gradient, void *data);
extern bool bgnbd_data(ClvEntry *entries, size_t count, Pause pause, ClvData *data);
extern double bgnbd_objective(const double *point, double *gradient, void *data);

#endif
