/*
 * stats_adjust_p.c: p-values of many tests, adjusted for their number, as R's p.adjust.
 *
 * Of twenty tests without an effect about one has p < 0.05.  An adjusted p below 0.05
 * keeps the chance of a single false alarm among all tests at 5 % (Bonferroni, Holm
 * 1979), or the expected share of false alarms among those found (Benjamini & Hochberg
 * 1995; Benjamini & Yekutieli 2001 for tests that depend on each other in any way).
 *
 * Pure C, no postgres.h.
 */
#include <math.h>

#include "stats_adjust_p.h"

/* 1 + 1/2 + ... + 1/count, the small ones first */
static double
harmonic(size_t count)
{
	double		sum = 0.0;

	for (; count > 0; count--)
		sum += 1.0 / (double) count;
	return sum;
}

/*
 * Holm's p of the one with the number i, from 0, of count in ascending order: the smallest
 * of n, then the smallest of n - 1, ...; never below the one before, 0 at first.
 */
double
holm_p(double p, size_t i, size_t count, double before)
{
	return fmax(before, fmin(1.0, (double) (count - i) * p));
}

/* Replace p-values in ascending order by the adjusted ones; equal ones stay equal. */
void
adjust_sorted_p(double *p, size_t count, PAdjustment method)
{
	double		n = (double) count;
	double		limit;
	size_t		i;

	switch (method)
	{
		case P_BONFERRONI:
			for (i = 0; i < count; i++)
				p[i] = fmin(1.0, n * p[i]);
			break;
		case P_HOLM:
			limit = 0.0;
			for (i = 0; i < count; i++)
				p[i] = limit = holm_p(p[i], i, count, limit);
			break;
		default:
			/* the share of n tests that would be false at this p; never above one after */
			n *= method == P_BY ? harmonic(count) : 1.0;
			limit = 1.0;
			for (i = count; i-- > 0;)
				p[i] = limit = fmin(limit, n / (double) (i + 1) * p[i]);
			break;
	}
}
