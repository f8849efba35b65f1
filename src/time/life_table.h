/*
 * life_table.h: the durations of subjects, ended or still open.
 */
#ifndef RECOVERY_KPI_LIFE_TABLE_H
#define RECOVERY_KPI_LIFE_TABLE_H

#include "common/int.h"
#include "datatype/timestamp.h"

#include "base/summary.h"
#include "stats/stats_life.h"

#define LIFE_VERSION		1
#define LIFE_VERSION_PACKED	2	/* the packed form (life_pack.h); older libraries refuse it */

/* With more distinct durations than this, they share buckets. */
#define LIFE_MAX_EXACT		1024

/* Up to so many days, hours and minutes, buckets are split at each of them. */
#define LIFE_SPLIT_DAYS		3660
#define LIFE_SPLIT_HOURS	240
#define LIFE_SPLIT_MINUTES	240
/* Up to so many days, each is divided into so many parts. */
#define LIFE_FINE_DAYS		732
#define LIFE_DAY_PARTS		16
#define LIFE_SMOOTH_BUCKETS	11531
#define LIFE_MAX_BUCKETS	(LIFE_SMOOTH_BUCKETS + \
							 2 * (LIFE_SPLIT_DAYS + LIFE_SPLIT_HOURS + LIFE_SPLIT_MINUTES) + \
							 LIFE_FINE_DAYS * LIFE_DAY_PARTS)

/*
 * Two forms are values of the type: sorted entries of exact durations or of buckets.
 * The others are states of an aggregate while it counts: a log of the rows, a hash
 * table of exact durations, an array of neighbouring buckets.  These leave an
 * aggregate only as its partial result, and every reader accepts them too.  The packed form
 * of a rollup is none of these: it is unpacked where a value is read.
 */
typedef enum LifeForm
{
	LIFE_EXACT, LIFE_BUCKETS, LIFE_LOG, LIFE_HASH, LIFE_ARRAY
} LifeForm;

/* The buckets: those of version 0.1.0, and those split at whole days (life_bucket.c). */
typedef enum LifeLayout
{
	LIFE_SMOOTH, LIFE_SPLIT
} LifeLayout;

/* Exact sum of durations: microseconds, in two parts because 64 bits are too few. */
typedef struct LifeSum
{
	int64		seconds;
	int64		micros;			/* 0..999999 */
} LifeSum;

/*
 * How many subjects ended and how many were still open after a duration of time
 * microseconds, or after a duration in the bucket whose lowest duration that is.
 */
typedef struct LifeEntry
{
	int64		time;
	int64		events;
	int64		censored;
} LifeEntry;

/* A place of the bucket array. */
typedef struct LifeCell
{
	int64		events;
	int64		censored;
} LifeCell;

/* The same on disk and in memory; unused bytes are zero. */
typedef struct LifeTable
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;
	uint8		form;			/* a LifeForm */
	uint8		layout;			/* a LifeLayout; 0 if not in buckets */
	uint8		unused;
	int32		size;			/* entries; places of a log or hash table; buckets */
	int32		used;			/* places in use, or the first bucket's number; else 0 */
	int64		events;
	int64		censored;
	int64		shortest;		/* of all durations; 0 if there are none */
	int64		longest;
	int64		longest_censored;
	LifeSum		event_time;
	LifeSum		censored_time;
	/* in buckets, all events (all censored) are at multiples of it; else 0 */
	int64		grain;
	int64		censored_grain;
	LifeEntry	entries[FLEXIBLE_ARRAY_MEMBER];
} LifeTable;

static inline LifeCell *
life_cells(const LifeTable *table)
{
	return (LifeCell *) table->entries;
}

/* The rows of a log, in the order in which they came. */
static inline uint64 *
life_codes(const LifeTable *table)
{
	return (uint64 *) table->entries;
}

static inline bool
life_is_bucketed(const LifeTable *table)
{
	return table->form == LIFE_BUCKETS || table->form == LIFE_ARRAY;
}

/* Add one duration to a sum; false on overflow. */
static inline bool
life_sum_count(LifeSum *sum, int64 time)
{
	int64		seconds = (int64) ((uint64) time / (uint64) USECS_PER_SEC);
	int64		micros = sum->micros + (time - seconds * USECS_PER_SEC);

	if (micros >= USECS_PER_SEC)
	{
		micros -= USECS_PER_SEC;
		seconds++;
	}
	sum->micros = micros;
	return !pg_add_s64_overflow(sum->seconds, seconds, &sum->seconds);
}

#define PG_GETARG_LIFE_TABLE(n)	life_table_detoast(PG_GETARG_DATUM(n))

/* life_table.c */
pg_noreturn extern void life_overflow_error(void) pg_attribute_cold;
extern LifeTable *life_table_allocate(LifeForm form, int size);
extern LifeTable *life_table_unwritten(LifeForm form, int size);
extern LifeTable *life_table_make(const LifeTable *head, const LifeEntry *entries, int size,
								  int sqlstate, struct Node *escontext);
extern bool life_sum_add(LifeSum *sum, int64 time, int64 count);
extern double life_sum_value(const LifeSum *sum);
extern void life_sum_merge(LifeSum *sum, const LifeSum *more);

/* life_unpack.c */
extern LifeTable *life_table_detoast(Datum value);

/* life_bucket.c */
extern int64 life_bucket_lowest(LifeLayout layout, int64 time);
extern int64 life_bucket_highest(LifeLayout layout, int64 time);
extern int64 life_bucket_start(LifeLayout layout, int bucket);
extern int64 life_common_grain(int64 a, int64 b);
extern void life_refine_grains(LifeTable *table, int64 time, bool events, bool censored);

/*
 * Refine the grains of an array of buckets: there are events, or censored subjects, at
 * this time too.
 */
static inline void
life_refine(LifeTable *table, int64 time, bool events, bool censored)
{
	if (table->form == LIFE_ARRAY &&
		((events && table->grain != 1) || (censored && table->censored_grain != 1)))
		life_refine_grains(table, time, events, censored);
}

/* life_table_state.c */
extern LifeTable *life_put(LifeTable *table, int64 time, int64 events, int64 censored);
extern LifeTable *life_bucketed(const LifeTable *table, LifeLayout layout);
extern LifeTable *life_table_sorted(const LifeTable *table);

/* life_time.c */
extern int64 life_microseconds(FunctionCallInfo fcinfo, int argno, const char *what,
							   const char *hint);
extern Interval *life_make_interval(int64 time);

/* life_table_accum.c */
extern bool life_duration(TimestampTz start, TimestampTz finish, TimestampTz as_of, int64 *time,
						  bool *event);

/* life_table_read.c */
extern bool life_restricted(const LifeCurve *curve, int64 horizon, LifeMean *mean);

/* life_table_curve.c */
extern LifeCurve life_curve_of(const LifeTable *table);

#endif
