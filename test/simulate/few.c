/*
 * few.c: shrunken_interval under its own model, with a prior from the same segments; how
 * often adjusted_p raises a false alarm.
 */
#include "simulate.h"
#include "stats/stats_adjust_p.h"
#include "stats/stats_prior.h"

#include <math.h>
#include <stdlib.h>

/* A draw from Gamma(a, 1) for a >= 1 (Marsaglia & Tsang 2000) */
static double
gamma_draw(double a)
{
	double		d = a - 1.0 / 3.0;
	double		c = 1.0 / sqrt(9.0 * d);

	for (;;)
	{
		double		x = normal();
		double		v = (1.0 + c * x) * (1.0 + c * x) * (1.0 + c * x);

		if (v > 0.0 && log(1.0 - uniform()) < 0.5 * x * x + d - d * v + d * log(v))
			return d * v;
	}
}

static double
beta_draw(double a, double b)
{
	double		x = gamma_draw(a);

	return x / (x + gamma_draw(b));
}

#define MOST_SEGMENTS	200

/*
 * Segments of few to many answers whose shares are draws from Beta(a, b): the bounds of one
 * of them hold its share.  Where the sample shows no difference they are those of all.
 */
static void
shrunken_cell(double a, double b, int segments, int least, int most)
{
	int			held = 0;
	int			i;

	for (i = 0; i < samples; i++)
	{
		PriorSums	sums = {0};
		Share		share = {0.0, 0.0};
		double		truth = 0.0;
		Prior		prior;
		Bounds		bounds;
		int			k;

		for (k = 0; k < segments; k++)
		{
			int			n = least + (int) (uniform() * (most - least + 1));
			double		p = beta_draw(a, b);
			int			x = 0;
			int			j;

			for (j = 0; j < n; j++)
				x += uniform() < p;
			prior_add(&sums, x, n);
			if (k == i % segments)
			{
				share = (Share) {x, n};
				truth = p;
			}
		}
		if (prior_fit(&sums, &prior) && shrunken_bounds(prior, share, 0.95, &bounds))
			held += bounds.lower <= truth && truth <= bounds.upper;
	}
	cell(held, 0.93, 0.97, "shrunken_interval covers, Beta(%g, %g), %d segments of %d to %d", a, b,
		 segments, least, most);
}

static int
ascending(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return (x > y) - (x < y);
}

/*
 * Of so many tests some find what is there (p near 0), the others nothing: how often one of
 * these is called real.  bh is allowed a share of false alarms instead, here on average.
 */
static void
adjusted_cells(int tests, int real)
{
	int			alarms = 0,
					plain = 0;
	double		false_share = 0.0;
	int			i;

	for (i = 0; i < samples; i++)
	{
		double		p[MOST_SEGMENTS],
					bh[MOST_SEGMENTS];
		int			found = 0;
		int			k;

		/* what is there comes first, below all that is not */
		for (k = 0; k < tests; k++)
			p[k] = bh[k] = k < real ? 1e-9 * uniform() : 1e-8 + uniform() * (1.0 - 1e-8);
		qsort(p, tests, sizeof(double), ascending);
		qsort(bh, tests, sizeof(double), ascending);
		plain += p[real] < 0.05;
		adjust_sorted_p(p, tests, P_HOLM);
		alarms += p[real] <= 0.05;
		adjust_sorted_p(bh, tests, P_BH);
		while (found < tests && bh[found] <= 0.05)
			found++;
		false_share += found > real ? (double) (found - real) / found : 0.0;
	}
	cell(plain, 1.0 - pow(0.95, tests - real), 1.0 - pow(0.95, tests - real),
		 "without adjusted_p an alarm, %d tests, %d real", tests, real);
	cell(alarms, 0.0, 0.05, "adjusted_p (holm) an alarm, %d tests, %d real", tests, real);
	cell((int) (false_share + 0.5), 0.0, 0.05,
		 "adjusted_p (bh) false of those found, %d tests, %d real", tests, real);
}

void
simulate_few(void)
{
	shrunken_cell(8.0, 2.0, 30, 5, 50);
	shrunken_cell(8.0, 2.0, 100, 2, 20);
	shrunken_cell(20.0, 20.0, 50, 10, 100);
	shrunken_cell(2.0, 3.0, 200, 1, 10);
	shrunken_cell(40.0, 10.0, 200, 20, 40);
	adjusted_cells(20, 0);
	adjusted_cells(20, 5);
	adjusted_cells(200, 20);
}
