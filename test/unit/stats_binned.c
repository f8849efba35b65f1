/*
 * stats_binned.c: sums in bins: exact, and the same in any order.
 */
#include <float.h>
#include <math.h>
#include <string.h>

#include "stats/stats_binned.h"
#include "unit.h"

#define TERMS	2000

/* A term with any sign and exponent, from its number. */
static double
term(int i)
{
	return ldexp(sin(i) * 1e15 / (1 + i % 7), i * 37 % 400 - 200);
}

/* The sum of terms from, from + step, from + 2 step and so on. */
static BinnedSum
sum_of(int from, int step)
{
	BinnedSum	sum = {{0}, 0, 0};
	int			i;

	for (i = from; i < TERMS; i += step)
		binned_add(&sum, term(i));
	return sum;
}

static BinnedSum
joined(const BinnedSum *a, const BinnedSum *b)
{
	BinnedSum	sum = *a;

	binned_join(&sum, b);
	return sum;
}

static double
value_of(const double *terms, int count)
{
	BinnedSum	sum = {{0}, 0, 0};
	int			i;

	for (i = 0; i < count; i++)
		binned_add(&sum, terms[i]);
	return binned_value(&sum);
}

#define VALUE_OF(...) \
	value_of((double[]) {__VA_ARGS__}, sizeof((double[]) {__VA_ARGS__}) / sizeof(double))

void
test_stats_binned(void)
{
	BinnedSum	none = {{0}, 0, 0};
	BinnedSum	forward = sum_of(0, 1);
	BinnedSum	backward = none;
	BinnedSum	odd = sum_of(1, 2);
	BinnedSum	even = sum_of(0, 2);
	BinnedSum	thirds[3];
	BinnedSum	sum;
	int			i;

	for (i = TERMS - 1; i >= 0; i--)
		binned_add(&backward, term(i));
	truth("any order gives the same bytes", memcmp(&forward, &backward, sizeof(forward)) == 0);
	sum = joined(&odd, &even);
	truth("so does any merge", memcmp(&forward, &sum, sizeof(sum)) == 0);
	sum = joined(&even, &odd);
	truth("from either side", memcmp(&forward, &sum, sizeof(sum)) == 0);
	for (i = 0; i < 3; i++)
		thirds[i] = sum_of(i, 3);
	sum = joined(&thirds[1], &thirds[2]);
	sum = joined(&thirds[0], &sum);
	truth("and any tree of merges", memcmp(&forward, &sum, sizeof(sum)) == 0);
	sum = joined(&forward, &none);
	truth("nothing adds nothing", memcmp(&forward, &sum, sizeof(sum)) == 0);
	sum = joined(&none, &forward);
	truth("to nothing", memcmp(&forward, &sum, sizeof(sum)) == 0);

	near("no terms", binned_value(&none), 0.0, 0.0);
	near("zeros are no terms", VALUE_OF(0.0, -0.0), 0.0, 0.0);
	near("one term", VALUE_OF(0.1), 0.1, 0.0);
	near("a small one", VALUE_OF(-5e-324), -5e-324, 0.0);
	near("a large one", VALUE_OF(DBL_MAX), DBL_MAX, 0.0);
	near("large ones cancel", VALUE_OF(DBL_MAX, 1.0, -DBL_MAX), 0.0, 0.0);
	/* 65 bits of the largest term are kept */
	near("1e19 + 1 - 1e19", VALUE_OF(1e19, 1.0, -1e19), 1.0, 0.0);
	near("2^53 + 1 + 1", VALUE_OF(0x1p53, 1.0, 1.0), 0x1p53 + 2.0, 0.0);
	near("a sum below a power", VALUE_OF(0x1p32, -1.0), 4294967295.0, 0.0);
	near("a carry downwards", VALUE_OF(-0x1p32, 0x1p-20), -0x1p32 + 0x1p-20, 0.0);
	/* 10 * 0.1 is 1 + 2^-54 exactly, which rounds to 1; one after the other gives less */
	near("ten tenths", VALUE_OF(0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1), 1.0, 0.0);
}
