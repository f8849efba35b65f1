/*
 * life_table_accum.c: transition, combine and final functions of life tables.
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

/* --- counting ------------------------------------------------------------------------------ */

/*
 * The table in argument 0, to be changed: the state itself inside an aggregate, and a private
 * copy elsewhere, and of a stored value, which may be packed.
 */
static inline LifeTable *
life_argument(FunctionCallInfo fcinfo)
{
	LifeTable  *table = (LifeTable *) PG_GETARG_POINTER(0);

	if (likely(summary_in_aggregate(fcinfo) && VARATT_IS_4B_U(table) &&
			   table->version == LIFE_VERSION))
		return table;
	table = life_table_detoast(PG_GETARG_DATUM(0));
	return (Pointer) table == PG_GETARG_POINTER(0) ? summary_copy(PG_GETARG_DATUM(0)) : table;
}

/* Extend the extremes of a table to these durations. */
static void
life_extend(LifeTable *table, int64 shortest, int64 longest, int64 longest_censored)
{
	bool		empty = (table->events | table->censored) == 0;

	if (empty || shortest < table->shortest)
		table->shortest = shortest;
	if (empty || longest > table->longest)
		table->longest = longest;
	if (longest_censored > table->longest_censored)
		table->longest_censored = longest_censored;
}

/* A table as an SQL value: unchanged inside its aggregate, else sorted. */
static Datum
life_state(FunctionCallInfo fcinfo, const LifeTable *table)
{
	return PointerGetDatum(summary_in_aggregate(fcinfo) ? table : life_table_sorted(table));
}

/* Count one subject more. */
static LifeTable *
life_count(LifeTable *table, int64 time, bool event)
{
	if (unlikely(table->events + table->censored == PG_INT64_MAX ||
				 !life_sum_count(event ? &table->event_time : &table->censored_time, time)))
		life_overflow_error();
	life_extend(table, time, time, event ? 0 : time);
	*(event ? &table->events : &table->censored) += 1;
	table = life_put(table, time, event, !event);
	life_refine(table, time, event, !event);
	return table;
}

/* life_table(duration, observed): strict. */
Datum
life_table_accum_duration(PG_FUNCTION_ARGS)
{
	int64		time = life_microseconds(fcinfo, 1, "duration",
												 "Leave such rows out: "
											  "FILTER (WHERE duration >= '0').");

	return life_state(fcinfo, life_count(life_argument(fcinfo), time, PG_GETARG_BOOL(2)));
}

/*
 * The duration from start to finish, or up to as_of if it has not finished by then: an event
 * or not.  False if it has not started by then either.
 */
bool
life_duration(TimestampTz start, TimestampTz finish, TimestampTz as_of, int64 *time, bool *event)
{
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
				 errhint("Leave such rows out: "
						 "FILTER (WHERE finish >= start OR finish IS NULL).")));
	if (start > as_of)
		return false;
	*event = finish <= as_of;
	if (pg_sub_s64_overflow(*event ? finish : as_of, start, time))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("duration from %s to %s is too long",
						pstrdup(timestamptz_to_str(start)),
						pstrdup(timestamptz_to_str(*event ? finish : as_of))),
				 errdetail("It lies between 0 and about 292,000 years.")));
	return true;
}

/*
 * life_table(start, finish, as_of): called with NULLs.  A row that starts after as_of
 * is not counted yet; one that finishes after it, or not at all, is open.
 */
Datum
life_table_accum(PG_FUNCTION_ARGS)
{
	LifeTable  *table;
	bool		event;
	int64		time;

	if (PG_ARGISNULL(0))		/* not called by an aggregate, which starts from an empty table */
		PG_RETURN_NULL();
	if (PG_ARGISNULL(1))
		return life_state(fcinfo, life_argument(fcinfo));
	if (PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("as_of of a life table must not be NULL"),
				 errhint("Give the time at which the rows were current, such as now().")));
	table = life_argument(fcinfo);
	if (life_duration(PG_GETARG_TIMESTAMPTZ(1),
					  PG_ARGISNULL(2) ? DT_NOEND : PG_GETARG_TIMESTAMPTZ(2),
					  PG_GETARG_TIMESTAMPTZ(3), &time, &event))
		table = life_count(table, time, event);
	return life_state(fcinfo, table);
}

/*
 * Sorted tables are merged if one has buckets and the other fits into them.  But if the second
 * is very small, moving the first costs more than an array for what may still come.
 */
static inline bool
life_can_merge(const LifeTable *sum, const LifeTable *more)
{
	if (sum->form == LIFE_EXACT)
		return more->form == LIFE_BUCKETS;
	return sum->form == LIFE_BUCKETS && more->size >= sum->size / 64 &&
		(more->form == LIFE_EXACT || more->layout == sum->layout);
}

/* The entries of an exact table by the buckets of another, whose grains they refine. */
static LifeEntry *
life_in_buckets(LifeTable *buckets, const LifeTable *exact, int *count)
{
	LifeEntry  *entries = palloc(exact->size * sizeof(LifeEntry));
	int			i;

	*count = 0;
	for (i = 0; i < exact->size; i++)
	{
		LifeEntry	entry = exact->entries[i];

		life_refine_grains(buckets, entry.time, entry.events > 0, entry.censored > 0);
		entry.time = life_bucket_lowest(buckets->layout, entry.time);
		if (*count > 0 && entries[*count - 1].time == entry.time)
		{
			entries[*count - 1].events += entry.events;
			entries[*count - 1].censored += entry.censored;
		}
		else
			entries[(*count)++] = entry;
	}
	return entries;
}

/*
 * Two lists of entries as one, whose number is returned.  Which of them is next nobody can
 * foresee, so no branch asks.
 */
static int
life_merge_entries(LifeEntry *merged, const LifeEntry *a, int a_count, const LifeEntry *b,
				   int b_count)
{
	LifeEntry  *entry = merged;
	const LifeEntry *a_end = a + a_count;
	const LifeEntry *b_end = b + b_count;

	while (a < a_end && b < b_end)
	{
		int64		in_a = -(int64) (a->time <= b->time);
		int64		in_b = -(int64) (b->time <= a->time);

		entry->time = (a->time & in_a) | (b->time & in_b);
		entry->events = (a->events & in_a) + (b->events & in_b);
		entry->censored = (a->censored & in_a) + (b->censored & in_b);
		entry++;
		a -= in_a;
		b -= in_b;
	}
	memcpy(entry, a, (a_end - a) * sizeof(LifeEntry));
	entry += a_end - a;
	memcpy(entry, b, (b_end - b) * sizeof(LifeEntry));
	return (int) (entry + (b_end - b) - merged);
}

/* These two as one table.  The head of sum, one of them, holds their sums already. */
static LifeTable *
life_merged(const LifeTable *sum, const LifeTable *buckets, const LifeTable *other)
{
	LifeTable  *merged = life_table_unwritten(LIFE_BUCKETS, buckets->size + other->size);
	const LifeEntry *more = other->entries;
	int			count = other->size;

	CHECK_FOR_INTERRUPTS();
	memcpy(merged, sum, offsetof(LifeTable, entries));
	merged->form = LIFE_BUCKETS;
	merged->layout = buckets->layout;
	merged->grain = buckets->grain;
	merged->censored_grain = buckets->censored_grain;
	if (other->form == LIFE_EXACT)
		more = life_in_buckets(merged, other, &count);
	else
	{
		life_refine_grains(merged, other->grain, other->events > 0, false);
		life_refine_grains(merged, other->censored_grain, false, other->censored > 0);
	}
	merged->size = life_merge_entries(merged->entries, buckets->entries, buckets->size, more,
									  count);
	SET_VARSIZE(merged, offsetof(LifeTable, entries) + merged->size * sizeof(LifeEntry));
	return merged;
}

/*
 * a + b: the operator, the transition of sum(life_table) and the combine function
 * of every aggregate whose state is a life table.
 */
Datum
life_table_plus(PG_FUNCTION_ARGS)
{
	LifeTable  *sum = life_argument(fcinfo);
	const LifeTable *more = life_table_sorted(PG_GETARG_LIFE_TABLE(1));
	int64		total;
	int			i;

	if (more->events == 0 && more->censored == 0)
		return life_state(fcinfo, sum);
	if (pg_add_s64_overflow(sum->events + sum->censored, more->events + more->censored, &total))
		life_overflow_error();
	life_extend(sum, more->shortest, more->longest, more->longest_censored);
	sum->events += more->events;
	sum->censored += more->censored;
	life_sum_merge(&sum->event_time, &more->event_time);
	life_sum_merge(&sum->censored_time, &more->censored_time);
	if (life_can_merge(sum, more))
		return life_state(fcinfo, sum->form == LIFE_EXACT ? life_merged(sum, more, sum) :
						  life_merged(sum, sum, more));
	/* coarser buckets stay: nobody knows where in them their subjects are */
	if (life_is_bucketed(more) && (!life_is_bucketed(sum) || more->layout < sum->layout))
		sum = life_bucketed(sum, more->layout);
	for (i = 0; i < more->size; i++)
	{
		CHECK_FOR_INTERRUPTS();
		sum = life_put(sum, more->entries[i].time, more->entries[i].events,
					   more->entries[i].censored);
		if (more->form == LIFE_EXACT)
			life_refine(sum, more->entries[i].time, more->entries[i].events > 0,
						more->entries[i].censored > 0);
	}
	if (more->form == LIFE_BUCKETS)
	{
		life_refine(sum, more->grain, more->events > 0, false);
		life_refine(sum, more->censored_grain, false, more->censored > 0);
	}
	return life_state(fcinfo, sum);
}

/* The final function of aggregates that give the table itself. */
Datum
life_table_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(life_table_sorted(PG_GETARG_LIFE_TABLE(0)));
}
