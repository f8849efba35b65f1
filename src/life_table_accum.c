/*
 * life_table_accum.c: how life tables are counted and merged.
 *
 * While an aggregate counts, an exact table is a hash table with room to spare
 * and a bucketed one an array of neighbouring buckets, changed in place.  When
 * one is full a larger one takes its place; as sizes grow by a constant factor, a
 * row costs O(1) however the rows come.  The final function sorts.
 */
#include "postgres.h"

#include "common/int.h"
#include "datatype/timestamp.h"
#include "miscadmin.h"
#include "utils/timestamp.h"

#include "life_table.h"

PG_FUNCTION_INFO_V1(life_table_accum);
PG_FUNCTION_INFO_V1(life_table_accum_duration);
PG_FUNCTION_INFO_V1(life_table_plus);
PG_FUNCTION_INFO_V1(life_table_final);

/* Bytes of the smallest hash table, header included; the next are twice as large. */
#define LIFE_HASH_BYTES		128
/* Buckets an array has more than it needs on a side where it grows. */
#define LIFE_ARRAY_SPARE	64

void
life_overflow_error(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("life table holds more than " INT64_FORMAT " subjects or seconds", PG_INT64_MAX)));
}

/* --- a hash table of exact durations ------------------------------------------------- */

static inline bool
life_is_free(const LifeEntry *entry)
{
	return (entry->events | entry->censored) == 0;
}

/* The place of a duration: where it is, or the free one where it belongs. */
static inline LifeEntry *
life_place(LifeTable *table, int64 time)
{
	/* Fibonacci hashing, scaled to any size; then the next places in turn */
	uint64		hash = ((uint64) time * UINT64CONST(0x9E3779B97F4A7C15)) >> 32;
	LifeEntry  *entry = &table->entries[(hash * (uint64) table->size) >> 32];

	while (entry->time != time && !life_is_free(entry))
	{
		if (++entry == table->entries + table->size)
			entry = table->entries;
	}
	return entry;
}

/* A copy of the head in another form. */
static LifeTable *
life_reform(const LifeTable *table, LifeForm form, int size)
{
	LifeTable  *copy = life_table_allocate(form, size);

	copy->events = table->events;
	copy->censored = table->censored;
	copy->shortest = table->shortest;
	copy->longest = table->longest;
	copy->event_time = table->event_time;
	copy->censored_time = table->censored_time;
	return copy;
}

/* May a hash table of this size take so many durations?  Four fifths are enough. */
static inline bool
life_has_room(int size, int used)
{
	return used * 5 <= size * 4;
}

/* An exact table as a hash table with room for one duration more. */
static LifeTable *
life_hashed(const LifeTable *table)
{
	int			needed = (table->form == LIFE_HASH ? table->used : table->size) + 1;
	Size		bytes = LIFE_HASH_BYTES;
	LifeTable  *hash;
	int			size,
				i;

	/* so that with its header it fills a chunk of the allocator */
	for (;;)
	{
		size = (int) ((bytes - offsetof(LifeTable, entries)) / sizeof(LifeEntry));
		if (life_has_room(size, needed))
			break;
		bytes *= 2;
	}
	hash = life_reform(table, LIFE_HASH, size);
	for (i = 0; i < table->size; i++)
	{
		if (life_is_free(&table->entries[i]))
			continue;
		*life_place(hash, table->entries[i].time) = table->entries[i];
		hash->used++;
	}
	return hash;
}

/* --- an array of buckets ---------------------------------------------------------------- */

/* A table as an array of buckets that has the given one too. */
static LifeTable *
life_arrayed(const LifeTable *table, int bucket)
{
	int			first = life_bucket(table->shortest);
	int			end = life_bucket(table->longest) + 1;
	int			spare = LIFE_ARRAY_SPARE + (table->form == LIFE_ARRAY ? table->size / 4 : 0);
	LifeTable  *array;
	int			i;

	if (table->form == LIFE_ARRAY)
	{
		first = table->used;
		end = table->used + table->size;
	}
	if (bucket < first)
		first = Max(bucket - spare, 0);
	if (bucket >= end)
		end = Min(bucket + 1 + spare, LIFE_MAX_BUCKETS);
	array = life_reform(table, LIFE_ARRAY, end - first);
	array->used = first;
	if (table->form == LIFE_ARRAY)
		memcpy(life_cells(array) + (table->used - first), life_cells(table),
			   table->size * sizeof(LifeCell));
	else
	{
		for (i = 0; i < table->size; i++)
		{
			const LifeEntry *entry = &table->entries[i];
			LifeCell   *cell = life_cells(array) + (life_bucket(entry->time) - first);

			if (life_is_free(entry))
				continue;
			cell->events += entry->events;
			cell->censored += entry->censored;
		}
	}
	return array;
}

/* Any table as an array of buckets. */
LifeTable *
life_bucketed(const LifeTable *table)
{
	return life_arrayed(table, life_bucket(table->shortest));
}

/* --- counting ------------------------------------------------------------------------------ */

/* So many more at a duration that is not at hand: the table itself or a larger one. */
static LifeTable *
life_put_anew(LifeTable *table, int64 time, int64 events, int64 censored)
{
	/* a full exact one may still have the duration: the hash table will tell */
	if (table->form == LIFE_EXACT || (table->form == LIFE_HASH && table->used < LIFE_MAX_EXACT))
		table = life_hashed(table);
	else
		table = life_arrayed(table, life_bucket(time));
	return life_put(table, time, events, censored);
}

/*
 * So many more at a duration.  The counts in the head are not touched, but its
 * extremes must hold the duration already.
 */
LifeTable *
life_put(LifeTable *table, int64 time, int64 events, int64 censored)
{
	if (table->form == LIFE_ARRAY)
	{
		int			bucket = life_bucket(time) - table->used;

		if (likely(bucket >= 0 && bucket < table->size))
		{
			LifeCell   *cell = life_cells(table) + bucket;

			cell->events += events;
			cell->censored += censored;
			return table;
		}
	}
	else if (table->form == LIFE_HASH)
	{
		LifeEntry  *entry = life_place(table, time);
		bool		new = life_is_free(entry);

		if (!new || (table->used < LIFE_MAX_EXACT && life_has_room(table->size, table->used + 1)))
		{
			entry->time = time;
			entry->events += events;
			entry->censored += censored;
			table->used += new;
			return table;
		}
	}
	return life_put_anew(table, time, events, censored);
}

/* The extremes of a table that holds these durations too. */
static void
life_extend(LifeTable *table, int64 shortest, int64 longest)
{
	bool		empty = (table->events | table->censored) == 0;

	if (empty || shortest < table->shortest)
		table->shortest = shortest;
	if (empty || longest > table->longest)
		table->longest = longest;
}

/* A table as an SQL value: as it is for the aggregate it belongs to, else sorted. */
static Datum
life_state(FunctionCallInfo fcinfo, const LifeTable *table)
{
	return PointerGetDatum(summary_in_aggregate(fcinfo) ? table : life_table_sorted(table));
}

/* One subject more. */
static Datum
life_count(FunctionCallInfo fcinfo, int64 time, bool event)
{
	LifeTable  *table = summary_state(fcinfo);

	if (unlikely(table->events + table->censored == PG_INT64_MAX ||
				 !life_sum_add(event ? &table->event_time : &table->censored_time, time, 1)))
		life_overflow_error();
	life_extend(table, time, time);
	*(event ? &table->events : &table->censored) += 1;
	return life_state(fcinfo, life_put(table, time, event, !event));
}

/* life_table(duration, observed): strict. */
Datum
life_table_accum_duration(PG_FUNCTION_ARGS)
{
	int64		time = life_microseconds(fcinfo, 1, "duration",
												 "Leave such rows out: FILTER (WHERE duration >= '0').");

	return life_count(fcinfo, time, PG_GETARG_BOOL(2));
}

/*
 * life_table(start, finish, as_of): called with NULLs.  What starts after as_of is
 * not yet there; what finishes after it, or not at all, is open.
 */
Datum
life_table_accum(PG_FUNCTION_ARGS)
{
	TimestampTz start,
				finish,
				as_of;
	bool		event;
	int64		time;

	if (PG_ARGISNULL(0))		/* no aggregate: they start from an empty table */
		PG_RETURN_NULL();
	if (PG_ARGISNULL(1))
		return life_state(fcinfo, summary_state(fcinfo));
	if (PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("as_of of a life table must not be NULL"),
				 errhint("Give the time at which the rows were current, such as now().")));
	start = PG_GETARG_TIMESTAMPTZ(1);
	as_of = PG_GETARG_TIMESTAMPTZ(3);
	finish = PG_ARGISNULL(2) ? DT_NOEND : PG_GETARG_TIMESTAMPTZ(2);
	if (TIMESTAMP_NOT_FINITE(start) || TIMESTAMP_NOT_FINITE(as_of))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("infinite start or as_of of a duration: %s to %s",
						pstrdup(timestamptz_to_str(start)), pstrdup(timestamptz_to_str(as_of))),
				 errhint("Leave such rows out: FILTER (WHERE isfinite(start)).")));
	if (finish < start)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("finish %s before start %s",
						pstrdup(timestamptz_to_str(finish)), pstrdup(timestamptz_to_str(start))),
				 errhint("Leave such rows out: FILTER (WHERE finish >= start OR finish IS NULL).")));
	if (start > as_of)
		return life_state(fcinfo, summary_state(fcinfo));
	event = finish <= as_of;
	if (pg_sub_s64_overflow(event ? finish : as_of, start, &time))
		life_overflow_error();
	return life_count(fcinfo, time, event);
}

/*
 * a + b: the operator, the transition of sum(life_table) and the combine function
 * of every aggregate whose state is a life table.
 */
Datum
life_table_plus(PG_FUNCTION_ARGS)
{
	LifeTable  *sum = summary_state(fcinfo);
	LifeTable  *more = PG_GETARG_LIFE_TABLE(1);
	int64		total;
	int			i;

	if (more->events == 0 && more->censored == 0)
		return life_state(fcinfo, sum);
	if (pg_add_s64_overflow(sum->events + sum->censored, more->events + more->censored, &total))
		life_overflow_error();
	life_extend(sum, more->shortest, more->longest);
	sum->events += more->events;
	sum->censored += more->censored;
	life_sum_merge(&sum->event_time, &more->event_time);
	life_sum_merge(&sum->censored_time, &more->censored_time);
	if (life_is_bucketed(more) && !life_is_bucketed(sum))
		sum = life_bucketed(sum);
	for (i = 0; i < more->size; i++)
	{
		CHECK_FOR_INTERRUPTS();
		if (more->form == LIFE_ARRAY)
		{
			const LifeCell *cell = life_cells(more) + i;

			if (cell->events | cell->censored)
				sum = life_put(sum, life_bucket_lowest(more->used + i), cell->events, cell->censored);
		}
		else if (!life_is_free(&more->entries[i]))
			sum = life_put(sum, more->entries[i].time, more->entries[i].events, more->entries[i].censored);
	}
	return life_state(fcinfo, sum);
}

/* --- the result ------------------------------------------------------------------------------- */

static int
life_compare_times(const void *a, const void *b)
{
	int64		x = ((const LifeEntry *) a)->time;
	int64		y = ((const LifeEntry *) b)->time;

	return (x > y) - (x < y);
}

/* Any table in the form in which it is stored: itself, or a sorted copy. */
LifeTable *
life_table_sorted(const LifeTable *table)
{
	LifeTable  *sorted;
	bool		array = table->form == LIFE_ARRAY;
	int			size = 0;
	int			i;

	if (table->form == LIFE_EXACT || table->form == LIFE_BUCKETS)
		return unconstify(LifeTable *, table);
	for (i = 0; i < table->size; i++)
		size += array ? (life_cells(table)[i].events | life_cells(table)[i].censored) != 0 :
			!life_is_free(&table->entries[i]);
	sorted = life_reform(table, array ? LIFE_BUCKETS : LIFE_EXACT, size);
	for (i = size = 0; i < table->size; i++)
	{
		LifeEntry	entry;

		if (array)
		{
			entry.time = life_bucket_lowest(table->used + i);
			entry.events = life_cells(table)[i].events;
			entry.censored = life_cells(table)[i].censored;
		}
		else
			entry = table->entries[i];
		if (!life_is_free(&entry))
			sorted->entries[size++] = entry;
	}
	if (!array)
		qsort(sorted->entries, size, sizeof(LifeEntry), life_compare_times);
	return sorted;
}

/* The final function of aggregates that give the table itself. */
Datum
life_table_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(life_table_sorted(PG_GETARG_LIFE_TABLE(0)));
}
