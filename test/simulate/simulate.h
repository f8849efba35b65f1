/*
 * simulate.h: what the simulations share.
 */
#ifndef SIMULATE_H
#define SIMULATE_H

#include <stdbool.h>
#include <stdint.h>

#include "stats/stats.h"

/* Samples for each cell: few in make check, many in make trust. */
extern int	samples;

/* Random numbers, the same in every run. */
extern double uniform(void);	/* 0 <= x < 1 */
extern double normal(void);

/* A distribution of answers on the scale 1..7. */
typedef struct Answers
{
	const char *name;
	double		share[7];
} Answers;

extern const Answers shapes[];	/* ended by one without a name */
extern int	answer(const Answers *shape);	/* 1..7 */
extern double answers_mean(const Answers *shape);
extern Moments answers_sample(const Answers *shape, int n);

/*
 * One cell: the share of samples in which something held lies between low and high.
 * Three standard errors of the simulation are allowed for.
 */
extern void cell(int held, double low, double high, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

#endif
