/*
 * life_pack.h: the packed form of life tables, in which a rollup stores them.
 *
 * It has a version of its own and is a string of bits: the numbers of the table, in which
 * what repeats costs little.  life_table_detoast unpacks it, so nobody else sees it.
 *
 *   bucketed: 1 bit; if so, whether the buckets are split: 1 bit
 *   the number of entries
 *   exact: the tick, the largest time of which all durations are multiples
 *   bucketed: the head, from the shortest duration on
 *   unless there are no entries, the orders of distances, events and censored: 6 bits each
 *   for each entry its place; bucketed: where in its place it begins; its counts
 *
 * A place is the number of ticks, or that of the bucket without splits; after the first it is
 * the distance from the one before.  A bucket begins with its place, bit 0, or after it, bit 1,
 * at a whole minute or a microsecond later: so many whole minutes on, and whether later.  The
 * counts are bit 0, one event, or bit 1 and both.
 *
 * Numbers are Exp-Golomb codes.  That of order k of n: the whole number n / 2^k + 1 after as many
 * zeros as it has binary digits but one, and then the k lowest binary digits of n.  The order
 * that fits numbers is that of their mean: the whole binary logarithm.  So a table never takes more
 * bytes than unpacked.
 */
#ifndef RECOVERY_KPI_LIFE_PACK_H
#define RECOVERY_KPI_LIFE_PACK_H

#include "life_bucket.h"

/* The order of numbers of which nothing is known. */
#define LIFE_ANY_ORDER		32
#define LIFE_ORDER_BITS		6
/*
 * No code begins with more zeros: 2^63 - 1 has 31 digits above that order, and distances and
 * counts are below four times their mean for each of LIFE_MAX_BUCKETS entries.
 */
#define LIFE_MOST_ZEROS		31

/* The fields of the head that are packed: all from the shortest duration on. */
#define LIFE_HEAD_NUMBERS \
	((offsetof(LifeTable, entries) - offsetof(LifeTable, shortest)) / sizeof(int64))

static inline int64 *
life_head(const LifeTable *table)
{
	return (int64 *) ((char *) table + offsetof(LifeTable, shortest));
}

/* Where durations and counts of a table mostly lie. */
typedef struct LifeOrders
{
	int			distance;
	int			events;
	int			censored;
} LifeOrders;

/* The first whole minute from a positive duration on. */
static inline int64
life_minute_from(int64 time)
{
	return (time - 1) / USECS_PER_MINUTE + 1;
}

#endif
