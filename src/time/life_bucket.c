/*
 * life_bucket.c: the log-linear buckets of long life tables.
 *
 * Below 256 microseconds each duration has a bucket of its own.  Above, every
 * doubling is divided into 205 buckets of equal width, so that no bucket is wider
 * than 1/205 = 0.488 % of the durations in it.  That makes 11,531 buckets up to 2^63.
 */
#include "postgres.h"

#include "port/pg_bitutils.h"

#include "life_table.h"

#define LIFE_PLAIN_BITS		8
#define LIFE_PLAIN			(1 << LIFE_PLAIN_BITS)
#define LIFE_PER_DOUBLING	205

/* The bucket of a duration: its doubling, and the place within it as a fraction of 32 bits. */
int
life_bucket(int64 time)
{
	int			power;
	uint64		fraction;

	if (time < LIFE_PLAIN)
		return (int) time;
	power = pg_leftmost_one_pos64((uint64) time);
	fraction = ((uint64) time << (64 - power)) >> 32;
	return LIFE_PLAIN + (power - LIFE_PLAIN_BITS) * LIFE_PER_DOUBLING +
		(int) ((fraction * LIFE_PER_DOUBLING) >> 32);
}

/* The lowest duration of a bucket. */
int64
life_bucket_lowest(int bucket)
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

/* The highest duration of a bucket; the last bucket goes up to 2^63 - 1. */
int64
life_bucket_highest(int bucket)
{
	return bucket == LIFE_MAX_BUCKETS - 1 ? PG_INT64_MAX : life_bucket_lowest(bucket + 1) - 1;
}
