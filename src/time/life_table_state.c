/*
 * life_table_state.c: the states of a life table while an aggregate counts.
 *
 * A table starts as a log, the plain list of its rows, as most groups of a query are
 * small.  A full log becomes a hash table of exact durations, and a hash table of
 * more than 1,024 durations becomes an array of neighbouring buckets.  All are
 * changed in place.  A full one is replaced by one larger by a constant factor, so a
 * row costs O(1) in any order of rows.  The final function sorts.
 */
#include "postgres.h"

#include "life_bucket.h"

/* Bytes, header included, of the smallest log and hash table; of the largest log. */
#define LIFE_SMALLEST		128
#define LIFE_LARGEST_LOG	2048
/*
 * A full log is replaced by one this many times as large, a hash table by one of twice
 * its size.
 */
#define LIFE_LOG_GROWTH		4
/* Spare buckets of an array on a side where it grows. */
#define LIFE_ARRAY_SPARE	64

/* life_sort: the codes of a log in order of time */
#define ST_SORT life_sort
#define ST_ELEMENT_TYPE uint64
#define ST_COMPARE(a, b) ((*(a) > *(b)) - (*(a) < *(b)))
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* life_sort_entries: entries in order of time */
#define ST_SORT life_sort_entries
#define ST_ELEMENT_TYPE LifeEntry
#define ST_COMPARE(a, b) (((a)->time > (b)->time) - ((a)->time < (b)->time))
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* --- the head ------------------------------------------------------------------------ */

/* A copy of the head in another form. */
static LifeTable *
life_reform(const LifeTable *table, LifeForm form, int size)
{
	LifeTable  *copy = life_table_allocate(form, size);

	copy->layout = table->layout;
	copy->events = table->events;
	copy->censored = table->censored;
	copy->shortest = table->shortest;
	copy->longest = table->longest;
	copy->longest_censored = table->longest_censored;
	copy->event_time = table->event_time;
	copy->censored_time = table->censored_time;
	copy->grain = table->grain;
	copy->censored_grain = table->censored_grain;
	return copy;
}

/* The number of places of this size that fit into these bytes after the head. */
static int
life_places(Size bytes, Size place)
{
	return (int) ((bytes - offsetof(LifeTable, entries)) / place);
}

/* --- a log -------------------------------------------------------------------------------- */

/* A row of a log: twice its time, plus one if it is censored. */
static inline uint64
life_code(int64 time, bool censored)
{
	return (uint64) time << 1 | censored;
}

/* A copy of a log with room for more rows; NULL if it would be too long. */
static LifeTable *
life_logged(const LifeTable *table)
{
	Size		bytes = table->form == LIFE_LOG ? VARSIZE(table) * LIFE_LOG_GROWTH : LIFE_SMALLEST;
	LifeTable  *log;

	if (bytes > LIFE_LARGEST_LOG)
		return NULL;
	log = life_reform(table, LIFE_LOG, life_places(bytes, sizeof(uint64)));
	log->used = table->used;
	memcpy(life_codes(log), life_codes(table), table->used * sizeof(uint64));
	return log;
}

/* The rows of a log as sorted entries. */
static LifeTable *
life_log_sorted(const LifeTable *table)
{
	uint64	   *codes = palloc(Max(table->used, 1) * sizeof(uint64));
	LifeTable  *sorted;
	LifeEntry  *entry;
	int			distinct = 0;
	int			i;

	memcpy(codes, life_codes(table), table->used * sizeof(uint64));
	life_sort(codes, table->used);
	for (i = 0; i < table->used; i++)
		distinct += i == 0 || codes[i] >> 1 != codes[i - 1] >> 1;
	sorted = life_reform(table, LIFE_EXACT, distinct);
	entry = sorted->entries - 1;
	for (i = 0; i < table->used; i++)
	{
		if (i == 0 || codes[i] >> 1 != codes[i - 1] >> 1)
			entry++;
		entry->time = (int64) (codes[i] >> 1);
		entry->events += !(codes[i] & 1);
		entry->censored += codes[i] & 1;
	}
	pfree(codes);
	return sorted;
}

/* --- a hash table of exact durations ------------------------------------------------- */

static inline bool
life_is_free(const LifeEntry *entry)
{
	return (entry->events | entry->censored) == 0;
}

/* The place of a duration, or the free place where it belongs. */
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

/* May a hash table of this size hold this number of durations?  At most four fifths are used. */
static inline bool
life_has_room(int size, int used)
{
	return used * 5 <= size * 4;
}

/* An exact table as a hash table with room for one more duration. */
static LifeTable *
life_hashed(const LifeTable *table)
{
	int			needed = (table->form == LIFE_HASH ? table->used : table->size) + 1;
	Size		bytes = LIFE_SMALLEST;
	LifeTable  *hash;
	int			size,
				i;

	/* with its header it fills a chunk of the allocator */
	for (;;)
	{
		size = life_places(bytes, sizeof(LifeEntry));
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

/* A table as an array of buckets of a layout, its own if it is an array, with the given one. */
static LifeTable *
life_arrayed(const LifeTable *table, LifeLayout layout, int bucket)
{
	int			first = life_bucket(layout, table->shortest);
	int			end = life_bucket(layout, table->longest) + 1;
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
	array->layout = layout;
	array->used = first;
	if (table->form == LIFE_ARRAY)
		memcpy(life_cells(array) + (table->used - first), life_cells(table),
			   table->size * sizeof(LifeCell));
	else
	{
		for (i = 0; i < table->size; i++)
		{
			const LifeEntry *entry = &table->entries[i];
			LifeCell   *cell = life_cells(array) + (life_bucket(layout, entry->time) - first);

			if (life_is_free(entry))
				continue;
			cell->events += entry->events;
			cell->censored += entry->censored;
			if (table->form != LIFE_BUCKETS)
				life_refine(array, entry->time, entry->events > 0, entry->censored > 0);
		}
	}
	return array;
}

/* The buckets in use of an array as entries. */
static LifeTable *
life_array_sorted(const LifeTable *table)
{
	const LifeCell *cells = life_cells(table);
	LifeTable  *sorted;
	int64		time = 0;
	int			size = 0;
	int			i;

	for (i = 0; i < table->size; i++)
		size += (cells[i].events | cells[i].censored) != 0;
	sorted = life_reform(table, LIFE_BUCKETS, size);
	for (i = size = 0; size < sorted->size; i++)
	{
		/* some numbers are of no bucket */
		time = i == 0 ? life_bucket_start(table->layout, table->used) :
			life_bucket_highest(table->layout, time) + 1;
		i = life_bucket(table->layout, time) - table->used;
		if ((cells[i].events | cells[i].censored) != 0)
			sorted->entries[size++] = (LifeEntry) {time, cells[i].events, cells[i].censored};
	}
	return sorted;
}

/*
 * Any table as an array of buckets.  Buckets without splits stay so, and so do sums with
 * them, as nobody knows where in them their subjects are.
 */
LifeTable *
life_bucketed(const LifeTable *table, LifeLayout layout)
{
	if (table->form == LIFE_LOG)
		table = life_log_sorted(table);
	else if (table->form == LIFE_ARRAY && table->layout != layout)
		table = life_array_sorted(table);
	return life_arrayed(table, layout, life_bucket(layout, table->shortest));
}

/* --- counting ------------------------------------------------------------------------------ */

/* Count subjects at a duration for which there is no place, in a larger state. */
static LifeTable *
life_put_anew(LifeTable *table, int64 time, int64 events, int64 censored)
{
	LifeTable  *larger = NULL;

	if (events + censored == 1 && (table->form == LIFE_LOG || table->size == 0))
		larger = life_logged(table);
	if (larger == NULL && table->form == LIFE_LOG)
		larger = life_hashed(life_log_sorted(table));
	/* a full exact table may hold the duration already: the hash table will tell */
	if (larger == NULL && (table->form == LIFE_EXACT ||
						   (table->form == LIFE_HASH && table->used < LIFE_MAX_EXACT)))
		larger = life_hashed(table);
	if (larger == NULL)
	{
		LifeLayout	layout = life_is_bucketed(table) ? table->layout : LIFE_SPLIT;

		larger = life_arrayed(table, layout, life_bucket(layout, time));
	}
	return life_put(larger, time, events, censored);
}

/*
 * Count subjects at a duration.  The counts in the head are not changed, but its
 * extremes must include the duration already.
 */
LifeTable *
life_put(LifeTable *table, int64 time, int64 events, int64 censored)
{
	if (table->form == LIFE_ARRAY)
	{
		int			bucket = life_bucket(table->layout, time) - table->used;

		if (likely(bucket >= 0 && bucket < table->size))
		{
			LifeCell   *cell = life_cells(table) + bucket;

			cell->events += events;
			cell->censored += censored;
			return table;
		}
	}
	else if (table->form == LIFE_LOG)
	{
		if (likely(table->used < table->size && events + censored == 1))
		{
			life_codes(table)[table->used++] = life_code(time, censored);
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

/* --- the result ------------------------------------------------------------------------------- */

static LifeTable *
life_hash_sorted(const LifeTable *table)
{
	LifeTable  *sorted = life_reform(table, LIFE_EXACT, table->used);
	int			size = 0;
	int			i;

	for (i = 0; i < table->size; i++)
	{
		if (!life_is_free(&table->entries[i]))
			sorted->entries[size++] = table->entries[i];
	}
	life_sort_entries(sorted->entries, size);
	return sorted;
}

/* Any table in a form that can be stored: itself, or a sorted copy. */
LifeTable *
life_table_sorted(const LifeTable *table)
{
	switch (table->form)
	{
		case LIFE_LOG:
			return life_log_sorted(table);
		case LIFE_HASH:
			return life_hash_sorted(table);
		case LIFE_ARRAY:
			return life_array_sorted(table);
	}
	return unconstify(LifeTable *, table);
}
