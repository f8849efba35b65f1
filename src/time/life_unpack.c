/*
 * life_unpack.c: life tables out of their packed form, and out of TOAST.
 */
#include "postgres.h"

#include "common/int.h"
#include "port/pg_bswap.h"

#include "life_pack.h"

/* --- numbers ------------------------------------------------------------------------------ */

typedef struct LifeReader
{
	const uint8 *at;
	const uint8 *end;
	uint64		window;			/* the next bits, the first one highest; zeros after the last */
	int			bits;			/* in the window */
} LifeReader;

/* So many bits are always there after filling, unless the bytes end. */
#define LIFE_WINDOW			56

/* Raise the error for bytes that no life table gives. */
pg_noreturn static void life_damaged(void) pg_attribute_cold;

static void
life_damaged(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_DATA_CORRUPTED),
			 errmsg("packed life table is damaged")));
}

/* Fill the window: by eight bytes, and by single ones near the end. */
static pg_attribute_always_inline void
life_fill(LifeReader *reader)
{
	if (reader->end - reader->at >= (ptrdiff_t) sizeof(uint64))
	{
		uint64		next;
		int			taken = (64 - reader->bits) / BITS_PER_BYTE;

		memcpy(&next, reader->at, sizeof(next));
		reader->window |= pg_ntoh64(next) >> reader->bits;
		reader->at += taken;
		reader->bits += taken * BITS_PER_BYTE;
	}
	while (reader->bits <= LIFE_WINDOW && reader->at < reader->end)
	{
		reader->window |= (uint64) *reader->at++ << (LIFE_WINDOW - reader->bits);
		reader->bits += BITS_PER_BYTE;
	}
}

/* Take 1 to 63 bits that are in the window. */
static inline uint64
life_take(LifeReader *reader, int count)
{
	uint64		value = reader->window >> (64 - count);

	reader->window <<= count;
	reader->bits -= count;
	return value;
}

static pg_attribute_always_inline uint64
life_read_bits(LifeReader *reader, int count)
{
	uint64		value = 0;

	while (count > 0)
	{
		int			part = Min(count, LIFE_WINDOW);

		if (part > reader->bits)
			life_fill(reader);
		if (part > reader->bits)
			life_damaged();
		value = value << part | life_take(reader, part);
		count -= part;
	}
	return value;
}

/* A number from 0 to 2^63 - 1. */
static pg_attribute_always_inline int64
life_read(LifeReader *reader, int order)
{
	uint64		high;
	int			taken;

	if (reader->bits <= LIFE_MOST_ZEROS)
		life_fill(reader);
	if (reader->window >> (63 - LIFE_MOST_ZEROS) == 0)
		life_damaged();
	/* most are short: both parts at once, of which the first is one too large */
	taken = 2 * (63 - pg_leftmost_one_pos64(reader->window)) + 1 + order;
	if (likely(taken <= reader->bits && taken < 64))
		return (int64) (life_take(reader, taken) - (UINT64CONST(1) << order));
	high = life_read_bits(reader, 2 * (63 - pg_leftmost_one_pos64(reader->window)) + 1) - 1;
	if (high > (uint64) PG_INT64_MAX >> order)
		life_damaged();
	return (int64) (high << order | life_read_bits(reader, order));
}

/* The first duration of a bucket with this place. */
static pg_attribute_always_inline int64
life_read_begin(LifeReader *reader, int place)
{
	int64		minutes;

	if (life_read_bits(reader, 1) == 0)
		return life_smooth_lowest(place);
	minutes = life_minute_from(life_smooth_lowest(place));
	if (pg_add_s64_overflow(minutes, life_read(reader, 0), &minutes) ||
		minutes > LIFE_SPLIT_DAYS * USECS_PER_DAY / USECS_PER_MINUTE)
		life_damaged();
	return minutes * USECS_PER_MINUTE + (int64) life_read_bits(reader, 1);
}

static void
life_read_entries(LifeReader at, LifeTable *table, int64 tick)
{
	LifeReader *reader = &at;	/* a copy, so that it may be in registers */
	LifeOrders	orders;
	uint64		most = tick > 0 ? (uint64) (PG_INT64_MAX / tick) : LIFE_SMOOTH_BUCKETS - 1;
	uint64		place = 0;
	int			i;

	orders.distance = (int) life_read_bits(reader, LIFE_ORDER_BITS);
	orders.events = (int) life_read_bits(reader, LIFE_ORDER_BITS);
	orders.censored = (int) life_read_bits(reader, LIFE_ORDER_BITS);
	for (i = 0; i < table->size; i++)
	{
		LifeEntry  *entry = &table->entries[i];

		if (i == 0)
			place = (uint64) life_read(reader, LIFE_ANY_ORDER);
		else
			place += (uint64) life_read(reader, orders.distance) + (tick > 0);
		if (place > most)
			life_damaged();
		entry->time = tick > 0 ? (int64) place * tick : life_read_begin(reader, (int) place);
		entry->events = 1;
		entry->censored = 0;
		if (life_read_bits(reader, 1) == 1)
		{
			entry->events = life_read(reader, orders.events);
			entry->censored = life_read(reader, orders.censored);
		}
	}
}

/*
 * Take the counts of a bucketed table from its entries.  The order of these, and where the
 * extremes lie, are checked, as arrays of buckets rely on them.
 */
static void
life_count_buckets(LifeTable *table)
{
	int64		subjects = 0;
	int			i;

	for (i = 0; i < table->size; i++)
	{
		const LifeEntry *entry = &table->entries[i];

		if ((i > 0 && entry->time <= entry[-1].time) ||
			pg_add_s64_overflow(subjects, entry->events, &subjects) ||
			pg_add_s64_overflow(subjects, entry->censored, &subjects))
			life_damaged();
		table->events += entry->events;
		table->censored += entry->censored;
	}
	if (life_bucket_lowest(table->layout, table->shortest) != table->entries[0].time ||
		life_bucket_lowest(table->layout, table->longest) != table->entries[table->size - 1].time)
		life_damaged();
}

static LifeTable *
life_unpack(const uint8 *bytes, Size count)
{
	LifeReader	reader = {.at = bytes, .end = bytes + count};
	bool		bucketed = life_read_bits(&reader, 1) == 1;
	bool		split = bucketed && life_read_bits(&reader, 1) == 1;
	int64		size = life_read(&reader, 0);
	int64		tick = 0;
	LifeTable  *table;
	LifeTable  *exact;
	int			i;

	if (size > LIFE_MAX_BUCKETS || size < bucketed)
		life_damaged();
	table = life_table_unwritten(bucketed ? LIFE_BUCKETS : LIFE_EXACT, (int) size);
	table->layout = split ? LIFE_SPLIT : LIFE_SMOOTH;
	for (i = 0; bucketed && i < (int) LIFE_HEAD_NUMBERS; i++)
		life_head(table)[i] = life_read(&reader, LIFE_ANY_ORDER);
	if (!bucketed && (tick = life_read(&reader, LIFE_ANY_ORDER)) == 0)
		life_damaged();
	if (size > 0)
		life_read_entries(reader, table, tick);
	if (bucketed)
	{
		life_count_buckets(table);
		return table;
	}
	/* the head of an exact table follows from its entries */
	exact = life_table_make(table, table->entries, (int) size, ERRCODE_DATA_CORRUPTED, NULL);
	pfree(table);
	return exact;
}

/* --- values ------------------------------------------------------------------------------- */

/* A stored or passed value in full, not to be written to, and unpacked. */
LifeTable *
life_table_detoast(Datum value)
{
	struct varlena *bytes = PG_DETOAST_DATUM_PACKED(value);
	const uint8 *first = (const uint8 *) VARDATA_ANY(bytes);
	LifeTable  *table;

	if (*first != LIFE_VERSION_PACKED)
		return summary_detoast(PointerGetDatum(bytes), LIFE_VERSION, "life table");
	table = life_unpack(first + 1, VARSIZE_ANY_EXHDR(bytes) - 1);
	if ((Pointer) bytes != DatumGetPointer(value))
		pfree(bytes);
	return table;
}
