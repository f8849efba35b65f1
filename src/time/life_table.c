/*
 * life_table.c: the type life_table.
 *
 * A life table says how many subjects ended (events) and how many were still open
 * (censored) after each duration.  It is exact to the microsecond up to 1,024 distinct
 * durations.  With more, durations share the log-linear buckets of life_bucket.c, split
 * at whole days, while the number of subjects, the sums of durations, the shortest and
 * the longest stay exact.  Data often come in whole minutes or days.  So a bucketed
 * table keeps the grain, the largest unit of which all events are multiples, and the
 * grain of the censored; within a bucket, durations are assumed only at multiples of the
 * grain.  Everything is counted in integers and the form depends on the durations alone,
 * so the order of rows, workers and merging changes nothing, bit for bit.
 */
#include "postgres.h"

#include "common/int.h"

#include "life_table.h"

/* Raise the error for more subjects, or a longer sum of durations, than 64 bits hold. */
void
life_overflow_error(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("life table holds more than " INT64_FORMAT " subjects or seconds",
					PG_INT64_MAX)));
}

/* --- sums of durations ----------------------------------------------------------- */

/* Add a duration count times; false on overflow. */
bool
life_sum_add(LifeSum *sum, int64 time, int64 count)
{
	int64		seconds = time / USECS_PER_SEC;
	int64		micros = time % USECS_PER_SEC;
	int64		rest = sum->micros + count % USECS_PER_SEC * micros;

	/* count * micros = (whole millions of count * micros) seconds + rest */
	if (pg_mul_s64_overflow(count, seconds, &seconds) ||
		pg_add_s64_overflow(seconds, count / USECS_PER_SEC * micros, &seconds) ||
		pg_add_s64_overflow(seconds, rest / USECS_PER_SEC, &seconds) ||
		pg_add_s64_overflow(sum->seconds, seconds, &sum->seconds))
		return false;
	sum->micros = rest % USECS_PER_SEC;
	return true;
}

/* Add a sum of durations to another; error 22003 on overflow. */
void
life_sum_merge(LifeSum *sum, const LifeSum *more)
{
	sum->micros += more->micros;
	if (pg_add_s64_overflow(sum->seconds, more->seconds, &sum->seconds) ||
		pg_add_s64_overflow(sum->seconds, sum->micros / USECS_PER_SEC, &sum->seconds))
		life_overflow_error();
	sum->micros %= USECS_PER_SEC;
}

/* A sum of durations in microseconds. */
double
life_sum_value(const LifeSum *sum)
{
	return (double) sum->seconds * 1e6 + (double) sum->micros;
}

/* --- making and reading values ------------------------------------------------------ */

/* An empty table with room for this number of entries, places or buckets. */
LifeTable *
life_table_allocate(LifeForm form, int size)
{
	LifeTable  *table = life_table_unwritten(form, size);

	memset(table->entries, 0, VARSIZE(table) - offsetof(LifeTable, entries));
	return table;
}

/* The same for a caller who writes all entries. */
LifeTable *
life_table_unwritten(LifeForm form, int size)
{
	Size		place = form == LIFE_LOG ? sizeof(uint64) :
		form == LIFE_ARRAY ? sizeof(LifeCell) : sizeof(LifeEntry);
	Size		bytes = offsetof(LifeTable, entries) + (Size) size * place;
	LifeTable  *table = palloc(bytes);

	memset(table, 0, offsetof(LifeTable, entries));
	SET_VARSIZE(table, bytes);
	table->version = LIFE_VERSION;
	table->form = form;
	table->size = size;
	return table;
}

/* Is the sum of durations possible with the counts of the buckets? */
static bool
life_sum_possible(const LifeTable *table, const LifeSum *sum, bool events)
{
	const LifeEntry *entries = table->entries;
	double		low = 0.0,
				high = 0.0;
	double		value = life_sum_value(sum);
	int			i;

	for (i = 0; i < table->size; i++)
	{
		double		count = (double) (events ? entries[i].events : entries[i].censored);

		low += count * (double) entries[i].time;
		high += count * ((double) life_bucket_highest(table->layout, entries[i].time) + 1.0);
	}
	/* the products are rounded, so the test is not exact to the microsecond */
	return sum->seconds >= 0 && value >= low * (1.0 - 1e-9) && value <= high * (1.0 + 1e-9);
}

/*
 * Does each bucket with events (or with censored subjects) contain a multiple of
 * their grain?  The grain is 0 if there are no such subjects or if all are at 0.
 */
static bool
life_grain_possible(const LifeTable *table, bool events)
{
	const LifeEntry *entries = table->entries;
	int64		grain = events ? table->grain : table->censored_grain;
	int64		longest = events ? table->longest : table->longest_censored;
	int64		last = 0;
	int			i;

	if (grain < 0)
		return false;
	for (i = 0; i < table->size; i++)
	{
		int64		lowest = Max(entries[i].time, table->shortest);
		int64		highest = Min(life_bucket_highest(table->layout, entries[i].time), longest);

		if ((events ? entries[i].events : entries[i].censored) == 0)
			continue;
		if (grain == 0 ? lowest > 0 : highest / grain * grain < lowest)
			return false;
		last = highest;
	}
	return last > 0 || grain == 0;
}

/* Does the longest duration of a censored subject lie in the last bucket with one? */
static bool
life_censored_possible(const LifeTable *table)
{
	int			i;

	for (i = table->size - 1; i >= 0; i--)
	{
		if (table->entries[i].censored > 0)
			return table->longest_censored >= 0 && table->longest_censored <= table->longest &&
				life_bucket_lowest(table->layout, table->longest_censored) ==
				table->entries[i].time;
	}
	return table->longest_censored == 0;
}

/*
 * The one validator: every way into the type ends here.  The head gives form,
 * extremes and sums of a bucketed table; for an exact table they follow from its
 * entries.  Returns NULL after a soft error.
 */
LifeTable *
life_table_make(const LifeTable *head, const LifeEntry *entries, int size,
				int sqlstate, struct Node *escontext)
{
	bool		bucketed = head->form == LIFE_BUCKETS;
	LifeTable  *table;
	int64		subjects = 0;
	int			i;

	if (!bucketed && size > LIFE_MAX_EXACT)
		ereturn(escontext, NULL,
				(errcode(sqlstate),
				 errmsg("exact life table has %d durations", size),
				 errdetail("It has at most %d; more durations are kept in buckets.",
						   LIFE_MAX_EXACT)));
	table = life_table_allocate(head->form, size);
	table->layout = head->layout;
	for (i = 0; i < size; i++)
	{
		const LifeEntry *entry = &entries[i];

		if (entry->time < 0 || entry->events < 0 || entry->censored < 0)
			ereturn(escontext, NULL,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("negative duration or count in a life table: "
							INT64_FORMAT " microseconds, "
							INT64_FORMAT " events, " INT64_FORMAT " censored",
							entry->time, entry->events, entry->censored)));
		if ((i > 0 && entry->time <= entries[i - 1].time) ||
			(entry->events == 0 && entry->censored == 0) ||
			(bucketed && entry->time != life_bucket_lowest(head->layout, entry->time)))
			ereturn(escontext, NULL,
					(errcode(sqlstate),
					 errmsg("invalid entry %d of a life table, at " INT64_FORMAT " microseconds",
							i + 1, entry->time),
					 errdetail("Durations are in ascending order, and each has at least 1 "
							   "subject.  In a bucketed table each is the lowest duration "
							   "of its bucket.")));
		if (pg_add_s64_overflow(subjects, entry->events, &subjects) ||
			pg_add_s64_overflow(subjects, entry->censored, &subjects) ||
			(!bucketed && (!life_sum_add(&table->event_time, entry->time, entry->events) ||
						   !life_sum_add(&table->censored_time, entry->time, entry->censored))))
			ereturn(escontext, NULL,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("life table holds more than " INT64_FORMAT " subjects or seconds",
							PG_INT64_MAX)));
		table->events += entry->events;
		table->censored += entry->censored;
		table->entries[i] = *entry;
		if (entry->censored > 0)
			table->longest_censored = entry->time;
	}
	if (bucketed)
	{
		table->shortest = head->shortest;
		table->longest = head->longest;
		table->event_time = head->event_time;
		table->censored_time = head->censored_time;
		table->longest_censored = head->longest_censored;
		table->grain = head->grain;
		table->censored_grain = head->censored_grain;
		if (subjects <= LIFE_MAX_EXACT || head->shortest < 0 || head->longest < head->shortest ||
			life_bucket_lowest(head->layout, head->shortest) != entries[0].time ||
			life_bucket_lowest(head->layout, head->longest) != entries[size - 1].time ||
			!life_censored_possible(table) ||
			!life_grain_possible(table, true) || !life_grain_possible(table, false) ||
			!life_sum_possible(table, &table->event_time, true) ||
			!life_sum_possible(table, &table->censored_time, false))
			ereturn(escontext, NULL,
					(errcode(sqlstate),
					 errmsg("counts of a bucketed life table do not add up"),
					 errdetail("A bucketed life table has more than %d subjects.  Its shortest "
							   "and longest durations lie in the first and the last bucket.  "
							   "Its sums of durations and its grains are possible with the "
							   "counts of the buckets.",
							   LIFE_MAX_EXACT)));
	}
	else if (size > 0)
	{
		table->shortest = entries[0].time;
		table->longest = entries[size - 1].time;
	}
	return table;
}
