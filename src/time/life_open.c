/*
 * life_open.c: the life table of what began at given times and has not finished.
 *
 * A rollup stores when the waits that go on began, in order, and counts them at each query: with
 * their durations in order a table is written from its first entry to its last, with no state
 * in between.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/array.h"
#include "utils/timestamp.h"

#include "life_table.h"

PG_FUNCTION_INFO_V1(kpi_life_open);

#define ST_SORT life_sort_times
#define ST_ELEMENT_TYPE int64
#define ST_COMPARE(a, b) ((*(a) < *(b)) - (*(a) > *(b)))
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* The durations from these times to as_of, the longest first; later ones and NULL have none. */
static int64 *
life_open_times(ArrayType *array, TimestampTz as_of, int *count)
{
	const TimestampTz *start = (const TimestampTz *) ARR_DATA_PTR(array);
	const uint8 *known = ARR_NULLBITMAP(array);
	int			places = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	int64	   *times = palloc(places * sizeof(int64));
	bool		ordered = true;
	int			i;

	*count = 0;
	for (i = 0; i < places; i++)
	{
		bool		event;

		CHECK_FOR_INTERRUPTS();
		if ((known == NULL || (known[i / BITS_PER_BYTE] & (1 << i % BITS_PER_BYTE)) != 0) &&
			life_duration(*start++, DT_NOEND, as_of, &times[*count], &event))
		{
			ordered &= *count == 0 || times[*count] <= times[*count - 1];
			(*count)++;
		}
	}
	if (!ordered)
		life_sort_times(times, *count);
	return times;
}

/* Are there more distinct durations than an exact table has? */
static bool
life_open_many(const int64 *times, int count)
{
	int			distinct = 0;
	int			i;

	for (i = 0; i < count && distinct <= LIFE_MAX_EXACT; i++)
		distinct += i == 0 || times[i] != times[i - 1];
	return distinct > LIFE_MAX_EXACT;
}

/* kpi_life_open(starts, as_of) */
Datum
kpi_life_open(PG_FUNCTION_ARGS)
{
	int			count;
	const int64 *times = life_open_times(PG_GETARG_ARRAYTYPE_P(0), PG_GETARG_TIMESTAMPTZ(1),
										 &count);
	bool		many = life_open_many(times, count);
	LifeEntry  *entries = palloc(Min(count, many ? LIFE_MAX_BUCKETS : LIFE_MAX_EXACT) *
								 sizeof(LifeEntry));
	LifeTable	head = {.censored = count};
	LifeTable  *table;
	int64		highest = -1;
	int			i;

	for (i = count - 1; i >= 0; i--)
	{
		CHECK_FOR_INTERRUPTS();
		if (times[i] > highest)
		{
			entries[head.size++] = (LifeEntry)
			{
				.time = many ? life_bucket_lowest(LIFE_SPLIT, times[i]) : times[i]
			};
			highest = many ? life_bucket_highest(LIFE_SPLIT, times[i]) : times[i];
		}
		entries[head.size - 1].censored++;
		if (!life_sum_count(&head.censored_time, times[i]))
			life_overflow_error();
		if (many)
			life_refine_grains(&head, times[i], false, true);
	}
	table = life_table_unwritten(many ? LIFE_BUCKETS : LIFE_EXACT, head.size);
	table->layout = many ? LIFE_SPLIT : LIFE_SMOOTH;
	table->censored = count;
	table->censored_time = head.censored_time;
	table->censored_grain = head.censored_grain;
	if (count > 0)
	{
		table->shortest = times[count - 1];
		table->longest = table->longest_censored = times[0];
		memcpy(table->entries, entries, head.size * sizeof(LifeEntry));
	}
	PG_RETURN_POINTER(table);
}
