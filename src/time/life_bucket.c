/*
 * life_bucket.c: the log-linear buckets of long life tables, and their grains.
 *
 * Below 256 microseconds each duration has a bucket of its own.  Above, every
 * doubling is divided into 205 buckets of equal width, so that no bucket is wider
 * than 1/205 = 0.488 % of the durations in it.  That makes 11,531 buckets up to 2^63.
 *
 * Durations that people choose are whole: a contract ends after 365 days, a promise
 * after 4 hours, and many events come at once just before, at or after them.  So the
 * buckets are split there: a whole minute up to 4 hours, a whole hour up to 10 days and
 * a whole day up to 10 years has a bucket of its own, and no bucket reaches across it.
 * Up to 2 years each day is divided further, into ten minutes where it begins: those who
 * leave then are many, and a comparison of two tables depends on their order.
 *
 * Tables of version 0.1.0 have the buckets without these splits (layout LIFE_SMOOTH).
 * Each of those is made up of whole buckets of the other layout.
 */
#include "postgres.h"

#include "life_bucket.h"

/* --- without splits ------------------------------------------------------------------- */

/* The lowest duration of a bucket. */
static int64
life_smooth_compute(int bucket)
{
	int			power;
	uint64		fraction,
				offset;

	if (bucket < LIFE_PLAIN)
		return bucket;
	bucket -= LIFE_PLAIN;
	power = LIFE_PLAIN_BITS + bucket / LIFE_PER_DOUBLING;
	/* rounded up, twice, to the first duration whose fraction falls here */
	fraction = (((uint64) (bucket % LIFE_PER_DOUBLING) << 32) + LIFE_PER_DOUBLING - 1) /
		LIFE_PER_DOUBLING;
	if (power >= 32)
		offset = fraction << (power - 32);
	else
		offset = (fraction + (UINT64CONST(1) << (32 - power)) - 1) >> (32 - power);
	return (int64) ((UINT64CONST(1) << power) + offset);
}

/* The same, looked up: unpacking a table asks for each of its entries. */
int64
life_smooth_lowest(int bucket)
{
	static int64 lowest[LIFE_SMOOTH_BUCKETS];
	static bool known = false;
	int			i;

	for (i = 0; !known && i < LIFE_SMOOTH_BUCKETS; i++)
		lowest[i] = life_smooth_compute(i);
	known = true;
	return lowest[bucket];
}

/* --- splits ------------------------------------------------------------------------------ */

typedef struct LifeSplit
{
	int64		unit;			/* split at the multiples of it */
	int64		count;			/* from 1 to so many */
} LifeSplit;

static const LifeSplit life_splits[] = {
	{USECS_PER_DAY, LIFE_SPLIT_DAYS},
	{USECS_PER_HOUR, LIFE_SPLIT_HOURS},
	{USECS_PER_MINUTE, LIFE_SPLIT_MINUTES}
};

StaticAssertDecl(LIFE_DAY_PARTS == LIFE_DAY_FINES + LIFE_DAY_MINUTES / LIFE_DAY_LATE,
				 "LIFE_DAY_PARTS is the number of parts of a day");

/* The minute of the day at which a part ends. */
static inline uint32
life_day_part_end(uint32 part)
{
	return part < LIFE_DAY_FINES ? (part + 1) * LIFE_DAY_FINE :
		(part - LIFE_DAY_FINES + 1) * LIFE_DAY_LATE;
}

/* The lowest duration in the bucket of a duration. */
int64
life_bucket_lowest(LifeLayout layout, int64 time)
{
	int64		lowest = life_smooth_lowest(life_smooth_bucket(time));
	int			i;

	for (i = 0; layout == LIFE_SPLIT && i < (int) lengthof(life_splits); i++)
	{
		int64		whole = Min(time / life_splits[i].unit, life_splits[i].count) *
			life_splits[i].unit;

		if (whole > 0)
			lowest = Max(lowest, whole + (time > whole));
	}
	if (layout == LIFE_SPLIT && time / USECS_PER_DAY < LIFE_FINE_DAYS)
	{
		uint32		part = life_day_part(time % USECS_PER_DAY / USECS_PER_MINUTE);
		uint32		begin = part == 0 ? 0 : life_day_part_end(part - 1);

		lowest = Max(lowest, time - time % USECS_PER_DAY + begin * USECS_PER_MINUTE);
	}
	return lowest;
}

/* The highest duration in the bucket of a duration; the last bucket goes up to 2^63 - 1. */
int64
life_bucket_highest(LifeLayout layout, int64 time)
{
	int			bucket = life_smooth_bucket(time);
	int64		highest = bucket == LIFE_SMOOTH_BUCKETS - 1 ? PG_INT64_MAX :
		life_smooth_lowest(bucket + 1) - 1;
	int			i;

	for (i = 0; layout == LIFE_SPLIT && i < (int) lengthof(life_splits); i++)
	{
		int64		unit = life_splits[i].unit;
		int64		whole = time / unit;

		if (time == whole * unit && whole > 0 && whole <= life_splits[i].count)
			return time;
		if (whole < life_splits[i].count)
			highest = Min(highest, (whole + 1) * unit - 1);
	}
	if (layout == LIFE_SPLIT && time / USECS_PER_DAY < LIFE_FINE_DAYS)
	{
		uint32		part = life_day_part(time % USECS_PER_DAY / USECS_PER_MINUTE);
		int64		end = life_day_part_end(part) * USECS_PER_MINUTE;

		highest = Min(highest, time - time % USECS_PER_DAY + end - 1);
	}
	return highest;
}

/* The lowest duration whose bucket has this number or a higher one. */
int64
life_bucket_start(LifeLayout layout, int bucket)
{
	int64		low = 0,
				high = PG_INT64_MAX;

	while (low < high)
	{
		int64		middle = low + (high - low) / 2;

		if (life_bucket(layout, middle) < bucket)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* --- grains ------------------------------------------------------------------------------ */

/* The largest duration of which both are multiples; 0 is a multiple of every duration. */
int64
life_common_grain(int64 a, int64 b)
{
	while (b != 0)
	{
		int64		rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/* The largest unit of the grain so far and one more time. */
static inline int64
life_finer(int64 grain, int64 time)
{
	if (grain == 1 || (grain != 0 && time % grain == 0))
		return grain;
	return life_common_grain(time, grain);
}

/* Refine grains that may still become finer. */
void
life_refine_grains(LifeTable *table, int64 time, bool events, bool censored)
{
	if (events)
		table->grain = life_finer(table->grain, time);
	if (censored)
		table->censored_grain = life_finer(table->censored_grain, time);
}
