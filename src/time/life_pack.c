/*
 * life_pack.c: life tables into their packed form.
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "life_pack.h"

PG_FUNCTION_INFO_V1(kpi_life_packed);

typedef struct LifeWriter
{
	StringInfoData out;
	int			room;			/* bits free in the last byte */
} LifeWriter;

/* Append the lowest bits of a value, the highest of them first. */
static void
life_write_bits(LifeWriter *writer, uint64 value, int count)
{
	while (count > 0)
	{
		int			part;

		if (writer->room == 0)
		{
			appendStringInfoChar(&writer->out, '\0');
			writer->room = BITS_PER_BYTE;
		}
		part = Min(count, writer->room);
		count -= part;
		writer->room -= part;
		writer->out.data[writer->out.len - 1] |=
			(char) ((value >> count & ((1 << part) - 1)) << writer->room);
	}
}

static void
life_write(LifeWriter *writer, int64 number, int order)
{
	uint64		high = ((uint64) number >> order) + 1;
	int			zeros = pg_leftmost_one_pos64(high);

	life_write_bits(writer, 0, zeros);
	life_write_bits(writer, high, zeros + 1);
	life_write_bits(writer, (uint64) number, order);
}

/* The order that fits numbers with this sum. */
static int
life_order(int64 sum, int count)
{
	return pg_leftmost_one_pos64((uint64) Max(sum / Max(count, 1), 1));
}

/* The largest time of which all durations are multiples; 1 if all are 0. */
static int64
life_tick(const LifeTable *table)
{
	int64		tick = 0;
	int			i;

	for (i = 0; i < table->size && tick != 1; i++)
		tick = life_common_grain(table->entries[i].time, tick);
	return Max(tick, 1);
}

/* The place of an entry: its ticks, or its bucket without splits if there is no tick. */
static int64
life_place_of(const LifeEntry *entry, int64 tick)
{
	return tick > 0 ? entry->time / tick : life_smooth_bucket(entry->time);
}

static void
life_write_begin(LifeWriter *writer, int64 time)
{
	int64		place = life_smooth_lowest(life_smooth_bucket(time));
	int64		minute = time / USECS_PER_MINUTE;

	life_write_bits(writer, time > place, 1);
	if (time > place)
	{
		life_write(writer, minute - life_minute_from(place), 0);
		life_write_bits(writer, time > minute * USECS_PER_MINUTE, 1);
	}
}

static void
life_write_entries(LifeWriter *writer, const LifeTable *table, int64 tick)
{
	int64		first = life_place_of(&table->entries[0], tick);
	int64		last = life_place_of(&table->entries[table->size - 1], tick);
	LifeOrders	orders = {
		life_order(last - first, table->size - 1), life_order(table->events, table->size),
		life_order(table->censored, table->size)
	};
	int			i;

	life_write_bits(writer, (uint64) orders.distance, LIFE_ORDER_BITS);
	life_write_bits(writer, (uint64) orders.events, LIFE_ORDER_BITS);
	life_write_bits(writer, (uint64) orders.censored, LIFE_ORDER_BITS);
	for (i = 0; i < table->size; i++)
	{
		const LifeEntry *entry = &table->entries[i];
		int64		place = life_place_of(entry, tick);
		bool		usual = entry->events == 1 && entry->censored == 0;

		if (i == 0)
			life_write(writer, place, LIFE_ANY_ORDER);
		else
			life_write(writer, place - last - (tick > 0), orders.distance);
		last = place;
		if (tick == 0)
			life_write_begin(writer, entry->time);
		life_write_bits(writer, !usual, 1);
		if (!usual)
		{
			life_write(writer, entry->events, orders.events);
			life_write(writer, entry->censored, orders.censored);
		}
	}
}

static struct varlena *
life_pack(const LifeTable *table)
{
	bool		bucketed = table->form == LIFE_BUCKETS;
	int64		tick = bucketed ? 0 : life_tick(table);
	LifeWriter	writer = {.room = 0};
	int			i;

	initStringInfo(&writer.out);
	writer.out.len = VARHDRSZ;
	appendStringInfoChar(&writer.out, LIFE_VERSION_PACKED);
	life_write_bits(&writer, bucketed, 1);
	if (bucketed)
		life_write_bits(&writer, table->layout == LIFE_SPLIT, 1);
	life_write(&writer, table->size, 0);
	for (i = 0; bucketed && i < (int) LIFE_HEAD_NUMBERS; i++)
		life_write(&writer, life_head(table)[i], LIFE_ANY_ORDER);
	if (!bucketed)
		life_write(&writer, tick, LIFE_ANY_ORDER);
	if (table->size > 0)
		life_write_entries(&writer, table, tick);
	SET_VARSIZE(writer.out.data, writer.out.len);
	return (struct varlena *) writer.out.data;
}

/* kpi_life_packed(table): the same table in the packed form, for the store of a rollup. */
Datum
kpi_life_packed(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(life_pack(life_table_sorted(PG_GETARG_LIFE_TABLE(0))));
}
