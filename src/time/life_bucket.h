/*
 * life_bucket.h: the number of the bucket of a duration, inlined where rows are counted.
 * What buckets are is told in life_bucket.c.
 */
#ifndef RECOVERY_KPI_LIFE_BUCKET_H
#define RECOVERY_KPI_LIFE_BUCKET_H

#include "port/pg_bitutils.h"

#include "life_table.h"

#define LIFE_PLAIN_BITS		8
#define LIFE_PLAIN			(1 << LIFE_PLAIN_BITS)
#define LIFE_PER_DOUBLING	205

/* The bucket of a duration: its doubling, and the place within it as a fraction of 32 bits. */
static inline int
life_smooth_bucket(int64 time)
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

extern int64 life_smooth_lowest(int bucket);

/* The minutes that parts of a day take: fine ones up to two hours, then late ones. */
#define LIFE_DAY_MINUTES	(HOURS_PER_DAY * MINS_PER_HOUR)
#define LIFE_DAY_FINE		10
#define LIFE_DAY_FINES		12
#define LIFE_DAY_LATE		360

/* The part of a day, from 0, in which a minute of the day lies: late parts take six hours. */
static inline uint32
life_day_part(uint32 minute)
{
	return minute < LIFE_DAY_FINE * LIFE_DAY_FINES ? minute / LIFE_DAY_FINE :
		LIFE_DAY_FINES + minute / LIFE_DAY_LATE;
}

/*
 * How many splits there are below a positive duration: two for each multiple of a unit, one
 * at the multiple and one just after it, and one where a part of a day ends.
 */
static inline uint32
life_splits_below(uint64 time)
{
	uint32		minutes,
				days,
				minute,
				number;
	bool		whole;

	if (time > LIFE_SPLIT_DAYS * USECS_PER_DAY)
		return 2 * (LIFE_SPLIT_DAYS + LIFE_SPLIT_HOURS + LIFE_SPLIT_MINUTES) +
			LIFE_FINE_DAYS * LIFE_DAY_PARTS;
	minutes = (uint32) (time / (uint64) USECS_PER_MINUTE);
	whole = time == minutes * (uint64) USECS_PER_MINUTE;
	days = minutes / LIFE_DAY_MINUTES;
	minute = minutes % LIFE_DAY_MINUTES;
	number = 2 * days + (days < LIFE_FINE_DAYS ? days * LIFE_DAY_PARTS + life_day_part(minute) :
						 LIFE_FINE_DAYS * LIFE_DAY_PARTS);
	if (whole && minute == 0)
		number--;
	if (minutes > LIFE_SPLIT_HOURS * MINS_PER_HOUR)
		return number + 2 * (LIFE_SPLIT_HOURS + LIFE_SPLIT_MINUTES);
	number += 2 * (minutes / MINS_PER_HOUR);
	if (whole && minutes % MINS_PER_HOUR == 0)
		number--;
	return number + (minutes > LIFE_SPLIT_MINUTES ? 2 * LIFE_SPLIT_MINUTES : 2 * minutes - whole);
}

/*
 * The number of the bucket of a duration.  It is a sum of numbers that never fall as the
 * duration rises, so two durations have the same sum if they have the same terms.  Some
 * numbers are of no bucket.
 */
static inline int
life_bucket(LifeLayout layout, int64 time)
{
	int			bucket = life_smooth_bucket(time);

	return layout == LIFE_SPLIT && time > 0 ? bucket + (int) life_splits_below(time) : bucket;
}

#endif
