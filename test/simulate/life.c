/*
 * life.c: bounds and tests of life tables (retention_interval, retention_test,
 * restricted_mean_interval, restricted_mean_test, time_quantile_interval).
 *
 * Lifetimes are exponential with a mean of 1, and subjects are last seen at times evenly
 * spread over FIRST..LAST; both are continuous.
 */
#include <stdlib.h>
#include <string.h>

#include "simulate.h"
#include "stats/stats_life.h"

#define TICKS		1e9			/* in a unit of time */
#define FIRST		0.4
#define LAST		3.0
#define MOST		100

typedef struct Sample
{
	LifeSpan	spans[MOST];
	LifeCurve	curve;
} Sample;

static int
by_time(const void *a, const void *b)
{
	const LifeSpan *x = a;
	const LifeSpan *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

/* A life table of n subjects; without censoring if last is 0. */
static void
sample_make(Sample *sample, int n, double last)
{
	int			i;

	for (i = 0; i < n; i++)
	{
		double		life = -log(1.0 - uniform());
		double		seen = last > 0.0 ? FIRST + uniform() * (last - FIRST) : INFINITY;
		int64_t		time = (int64_t) (fmin(life, seen) * TICKS);

		sample->spans[i] = (LifeSpan) {time, time, life <= seen, life > seen, 0.0};
	}
	qsort(sample->spans, n, sizeof(LifeSpan), by_time);
	sample->curve = (LifeCurve) {
		sample->spans, n, n, sample->spans[n - 1].to, 1, sample->spans[n - 1].events == 1
	};
}

/* The time at which a share is left. */
static int64_t
time_of(double share)
{
	return (int64_t) (-log(share) * TICKS);
}

static const int sizes[] = {10, 20, 50, 100, 0};

/*
 * Shares come in steps: of ten subjects with a true share of 90 % three or more leave in 7 %
 * of samples, and the bounds of seven of ten end below.
 */
static double
least(int n)
{
	return n > 10 ? 0.93 : 0.925;
}

/* What is unknown in a sample is left out: it has no bounds, right or wrong. */
static void
known_cell(int held, int known, double low, double high, const char *what, int percent, int n)
{
	cell((int) lrint((double) held / known * samples), low, high, "%s, %d %%, %d subjects", what,
		 percent, n);
}

static void
retention_cells(double share)
{
	const int  *n;

	for (n = sizes; *n > 0; n++)
	{
		Sample		a,
					b;
		int			held = 0,
					known = 0,
					alarms = 0,
					tests = 0;
		int			i;

		for (i = 0; i < samples; i++)
		{
			Bounds		bounds;
			Comparison	comparison;

			sample_make(&a, *n, LAST);
			sample_make(&b, *n, LAST);
			if (!isnan(life_survival(&a.curve, time_of(share), 0.95, &bounds)))
			{
				known++;
				held += bounds.lower <= share && share <= bounds.upper;
			}
			if (life_survival_comparison(&a.curve, &b.curve, time_of(share), 0.95, &comparison))
			{
				tests++;
				alarms += comparison.p_value < 0.05;
			}
		}
		known_cell(held, known, least(*n), 1.0, "retention_interval covers",
				   (int) lrint(100.0 * share), *n);
		known_cell(alarms, tests, 0.0, 0.065, "retention_test alarms", (int) lrint(100.0 * share),
				   *n);
	}
}

/* Up to the horizon of a share left; the mean is the share gone by then. */
static void
mean_cells(double share)
{
	const double truth = (1.0 - share) * TICKS;
	const int  *n;

	for (n = sizes; *n > 0; n++)
	{
		Sample		a,
					b;
		int			held = 0,
					known = 0,
					alarms = 0,
					tests = 0;
		int			i;

		for (i = 0; i < samples; i++)
		{
			LifeMean	x,
						y;
			Bounds		bounds;
			Comparison	comparison;

			sample_make(&a, *n, LAST);
			sample_make(&b, *n, LAST);
			life_restricted_mean(&a.curve, time_of(share), &x);
			life_restricted_mean(&b.curve, time_of(share), &y);
			if (life_mean_interval(x, 0.95, &bounds))
			{
				known++;
				held += bounds.lower <= truth && truth <= bounds.upper;
			}
			if (life_mean_comparison(x, y, 0.95, &comparison))
			{
				tests++;
				alarms += comparison.p_value < 0.05;
			}
		}
		known_cell(held, known, 0.93, 1.0, "restricted_mean_interval covers, left",
				   (int) lrint(100.0 * share), *n);
		known_cell(alarms, tests, 0.0, 0.06, "restricted_mean_test alarms, left",
				   (int) lrint(100.0 * share), *n);
	}
}

/* A bound that is never reached holds. */
static void
quantile_cells(double q)
{
	const int  *n;

	for (n = sizes; *n > 0; n++)
	{
		Sample		a;
		int64_t		truth = time_of(1.0 - q);
		int			held = 0;
		int			i;

		for (i = 0; i < samples; i++)
		{
			int64_t		lower,
						upper;

			sample_make(&a, *n, LAST);
			life_quantile_interval(&a.curve, q, 0.95, &lower, &upper);
			held += (lower == LIFE_NEVER || lower <= truth) &&
				(upper == LIFE_NEVER || truth <= upper);
		}
		cell(held, *n > 10 ? 0.93 : 0.91, 1.0, "time_quantile_interval covers, %d %%, %d subjects",
			 (int) lrint(100.0 * q), *n);
	}
}

void
simulate_life(void)
{
	static const double shares[] = {0.97, 0.90, 0.85, 0.72, 0.5};
	int			i;

	for (i = 0; i < (int) (sizeof(shares) / sizeof(*shares)); i++)
		retention_cells(shares[i]);
	mean_cells(0.5);
	mean_cells(0.2);
	quantile_cells(0.25);
	quantile_cells(0.5);
}
