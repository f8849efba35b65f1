/*
 * stats_binned.c: sums that no order of their terms changes.
 *
 * Pure C, no postgres.h.
 */
#include <math.h>

#include "stats_binned.h"

/* Make room for a power; what falls below the lowest bin is dropped. */
static void
binned_raise(BinnedSum *sum, int32_t top)
{
	int64_t		shift = sum->used ? (int64_t) top - sum->top : BINNED_BINS;
	int			i;

	if (shift <= 0)
		return;
	for (i = BINNED_BINS - 1; i >= 0; i--)
		sum->bins[i] = i >= shift ? sum->bins[i - shift] : 0;
	sum->top = top;
	sum->used = 1;
}

/* The power of the highest piece of a number; frexp says 2^(exponent - 1) <= number. */
static int32_t
binned_power(double number)
{
	int			exponent;

	frexp(number, &exponent);
	return (int32_t) floor((exponent - 1.0) / BINNED_WIDTH);
}

/* Add a finite term. */
void
binned_add(BinnedSum *sum, double term)
{
	int			i;

	if (term == 0.0)
		return;
	binned_raise(sum, binned_power(term));
	for (i = 0; i < BINNED_BINS && term != 0.0; i++)
	{
		int			scale = BINNED_WIDTH * (sum->top - i);
		double		piece = trunc(ldexp(term, -scale));

		sum->bins[i] += (int64_t) piece;
		term -= ldexp(piece, scale);
	}
}

/* Add another sum: as if its terms had been added one by one. */
void
binned_join(BinnedSum *sum, const BinnedSum *more)
{
	BinnedSum	other = *more;
	int			i;

	if (!other.used)
		return;
	binned_raise(sum, other.top);
	binned_raise(&other, sum->top);
	for (i = 0; i < BINNED_BINS; i++)
		sum->bins[i] += other.bins[i];
}

/* The sum as a double. */
double
binned_value(const BinnedSum *sum)
{
	int64_t		bins[BINNED_BINS];
	double		value = 0.0;
	int			i;

	/* carry whole multiples upwards, so that no bin undoes what a higher one says */
	for (i = 0; i < BINNED_BINS; i++)
		bins[i] = sum->bins[i];
	for (i = BINNED_BINS - 1; i > 0; i--)
	{
		int64_t		carry = bins[i] / (INT64_C(1) << BINNED_WIDTH);

		bins[i] -= carry * (INT64_C(1) << BINNED_WIDTH);
		bins[i - 1] += carry;
	}
	for (i = BINNED_BINS - 1; i >= 0; i--)
		value += ldexp((double) bins[i], BINNED_WIDTH * (sum->top - i));
	return value;
}
