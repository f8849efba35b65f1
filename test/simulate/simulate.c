/*
 * simulate.c: coverage of the intervals and size of the tests, by simulation.
 *
 * usage: simulate [SAMPLES]
 *
 * Every file of this folder but this one is a set of cells: a distribution, a sample
 * size, and how often an interval held the truth or a test raised an alarm where
 * there was none.  Seeds are fixed, so a run prints the same figures each time.
 */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "simulate.h"
#include "sets.h"

int			samples = 1000;
static int	cells,
			failed;
static uint64_t seed;

/* SplitMix64 (Steele, Lea & Flood 2014) */
double
uniform(void)
{
	uint64_t	z = (seed += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (double) ((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

/* Box and Muller 1958 */
double
normal(void)
{
	double		radius = sqrt(-2.0 * log(1.0 - uniform()));

	return radius * cos(2.0 * M_PI * uniform());
}

const Answers shapes[] = {
	{"typical", {0.03, 0.04, 0.06, 0.12, 0.20, 0.25, 0.30}},
	{"70 % at the top", {0.01, 0.02, 0.03, 0.04, 0.07, 0.13, 0.70}},
	{"88 % at the top", {0.005, 0.005, 0.01, 0.01, 0.02, 0.07, 0.88}},
	{"bimodal", {0.40, 0.05, 0.03, 0.04, 0.03, 0.05, 0.40}},
	{NULL, {0.0}}
};

int
answer(const Answers *shape)
{
	double		rest = uniform();
	int			score;

	for (score = 1; score < 7; score++)
	{
		rest -= shape->share[score - 1];
		if (rest < 0.0)
			break;
	}
	return score;
}

double
answers_mean(const Answers *shape)
{
	double		mean = 0.0;
	int			score;

	for (score = 1; score <= 7; score++)
		mean += score * shape->share[score - 1];
	return mean;
}

Moments
answers_sample(const Answers *shape, int n)
{
	int64_t		counts[7] = {0};

	while (n-- > 0)
		counts[answer(shape) - 1]++;
	return count_moments(counts, 7, 1.0);
}

void
cell(int held, double low, double high, const char *format, ...)
{
	double		share = (double) held / samples;
	bool		good = share >= low - 3.0 * sqrt(low * (1.0 - low) / samples) &&
		share <= high + 3.0 * sqrt(high * (1.0 - high) / samples);
	va_list		args;

	printf("%s %d - ", good ? "ok" : "not ok", ++cells);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf(": %.4f in %.4f..%.4f\n", share, low, high);
	failed += !good;
}

int
main(int argc, char **argv)
{
	void		(*const *set) (void);

	if (argc > 1)
		samples = atoi(argv[1]);
	if (samples < 1)
		return 2;
	for (set = sets; *set != NULL; set++)
	{
		seed = 20261129;
		(*set) ();
	}
	printf("# %d cells of %d samples, %d outside their range\n", cells, samples, failed);
	return failed > 0;
}
