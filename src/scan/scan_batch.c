/*
 * scan_batch.c: the rows of a page, taken apart column by column.
 */
#include "postgres.h"

#include "access/tupmacs.h"
#include "port/pg_bitutils.h"
#include "utils/memutils.h"

#include "scan_batch.h"

/* So many tables keep their room until the end. */
#define SCAN_BATCHES	8

/* --- preparation ------------------------------------------------------------------------- */

/* Note these columns of a table. */
static void
scan_batch_note(const ScanTable *table, ScanBatch *batch, ScanColumns *columns,
				const bool *needed)
{
	int			i;

	columns->columns = palloc(Max(table->attribute_count, 1) * sizeof(ScanColumn *));
	for (i = 0; i < table->attribute_count; i++)
	{
		if (!needed[i])
			continue;
		if (batch->columns[i] == NULL)
		{
			batch->columns[i] = palloc0(sizeof(ScanColumn));
			batch->columns[i]->number = i;
		}
		columns->columns[columns->count++] = batch->columns[i];
		columns->end = i + 1;
		columns->walk |= table->attributes[i].offset < 0;
	}
}

/* Make room for the rows of a page. */
static ScanBatch *
scan_batch_make(const ScanNode *node, const ScanTable *table)
{
	MemoryContext memory = AllocSetContextCreate(node->css.ss.ps.state->es_query_cxt,
												 "KpiScan page", ALLOCSET_DEFAULT_SIZES);
	MemoryContext old = MemoryContextSwitchTo(memory);
	ScanBatch  *batch = palloc0(sizeof(ScanBatch));

	batch->memory = memory;
	batch->columns = palloc0(Max(table->attribute_count, 1) * sizeof(ScanColumn *));
	batch->zeros = palloc0(table->fixed_end + MAXIMUM_ALIGNOF + sizeof(int64));
	scan_batch_note(table, batch, &batch->tested, table->tested);
	scan_batch_note(table, batch, &batch->used, table->used);
	batch->words = palloc(Max(node->groups.key_count, 1) * SCAN_ROWS * sizeof(uint64));
	batch->shapes = palloc(Max(node->groups.key_count, 1) * SCAN_ROWS * sizeof(uint64));
	batch->points = palloc(Max(node->transition_count, 1) * SCAN_ROWS);
	MemoryContextSwitchTo(old);
	return batch;
}

/* A table has been read: of many partitions not all keep their room. */
void
scan_batch_end(const ScanNode *node, ScanTable *table)
{
	if (table->batch == NULL || node->table_count <= SCAN_BATCHES)
		return;
	MemoryContextDelete(table->batch->memory);
	table->batch = NULL;
}

/* Can all conditions be tested here? */
static bool
scan_batch_fast(const ScanTests *tests)
{
	int			i;

	for (i = 0; i < tests->count; i++)
	{
		if (tests->tests[i].fast == SCAN_FAST_NONE)
			return false;
	}
	return true;
}

/* Can all that is asked for be counted column by column? */
bool
scan_batch_can(const ScanNode *node, const ScanTable *table)
{
	int			i;

	if (!table->pages || !table->raw || !scan_batch_fast(&table->tests))
		return false;
	for (i = 0; i < node->transition_count; i++)
	{
		const ScanTransition *transition = &node->transitions[i];
		const ScanInput *input = &table->inputs[i];

		if (!transition->in_batch || !scan_batch_fast(&input->tests) ||
			(transition->arguments > 0 && input->arguments[0].column < 0 &&
			 (transition->kind != SCAN_COUNT || transition->call->args[1].isnull)))
			return false;
	}
	return true;
}

/* --- the tuples -------------------------------------------------------------------------- */

/* Find the tuples. */
static void
scan_batch_tuples(ScanBatch *batch, Page page, const OffsetNumber *items, int count)
{
	int			i;

	for (i = 0; i < count; i++)
	{
		batch->tuples[i] = (HeapTupleHeader) PageGetItem(page, PageGetItemId(page, items[i]));
		__builtin_prefetch(batch->tuples[i]);
	}
	batch->rows = count;
}

/* Find the data of the tuples; false if one lacks attributes that were added after it. */
static bool
scan_batch_data(ScanBatch *batch, const ScanTable *table)
{
	const char *zeros = batch->zeros;
	int			least = table->attribute_count;
	int			rows = batch->rows;
	int			nulls = 0;
	bool		complete = true;
	int			i;

	for (i = 0; i < rows; i++)
	{
		HeapTupleHeader tuple = batch->tuples[i];
		bool		has_nulls = (tuple->t_infomask & HEAP_HASNULL) != 0;

		batch->data[i] = has_nulls ? zeros : (const char *) tuple + tuple->t_hoff;
		batch->null_rows[nulls] = (uint16) i;
		nulls += has_nulls;
		complete &= HeapTupleHeaderGetNatts(tuple) >= least;
	}
	batch->null_count = nulls;
	return complete;
}

/* --- the columns ------------------------------------------------------------------------- */

/* Get an attribute that is not NULL, if it is needed; returns where it ends. */
static inline uint32
scan_batch_attribute(ScanBatch *batch, const ScanTable *table, const char *data, int row, int i,
					 uint32 offset)
{
	const ScanAttribute *attribute = &table->attributes[i];
	ScanColumn *column = batch->columns[i];

	/* a short text is not aligned, and its first byte is not 0 */
	if (attribute->length != -1 || data[offset] == 0)
		offset = TYPEALIGN(attribute->alignment, offset);
	if (column != NULL)
		column->values[row] = fetch_att(data + offset, attribute->by_value, attribute->length);
	if (attribute->length > 0)
		return offset + attribute->length;
	return att_addlength_pointer(offset, attribute->length, data + offset);
}

/* Which of 64 attributes does a tuple with NULLs have? */
static inline uint64
scan_batch_present(HeapTupleHeader tuple, int first, int end)
{
	const uint8 *bits = &tuple->t_bits[first / BITS_PER_BYTE];
	int			count = Min(end - first, 64);
	uint64		present = 0;
	int			i;

	for (i = 0; i * BITS_PER_BYTE < count; i++)
		present |= (uint64) bits[i] << (i * BITS_PER_BYTE);
	return count < 64 ? present & ((UINT64CONST(1) << count) - 1) : present;
}

/* The columns of a row that has NULLs. */
static void
scan_batch_sparse(ScanBatch *batch, const ScanTable *table, const ScanColumns *columns, int row)
{
	HeapTupleHeader tuple = batch->tuples[row];
	const char *data = (const char *) tuple + tuple->t_hoff;
	uint32		offset = 0;
	int			first,
				i;

	for (i = 0; i < columns->count; i++)
	{
		ScanColumn *column = columns->columns[i];

		column->nulls[row] = att_isnull(column->number, tuple->t_bits);
		column->has_nulls |= column->nulls[row];
		column->values[row] = (Datum) 0;
	}
	for (first = 0; first < columns->end; first += 64)
	{
		uint64		present = scan_batch_present(tuple, first, columns->end);

		for (; present != 0; present &= present - 1)
			offset = scan_batch_attribute(batch, table, data, row,
										  first + pg_rightmost_one_pos64(present), offset);
	}
}

/* A column with a fixed place in rows without NULLs. */
static void
scan_batch_fixed(const ScanBatch *batch, const ScanAttribute *attribute, Datum *values)
{
	int			offset = attribute->offset;
	int			rows = batch->rows;
	int			i;

	if (!attribute->by_value)
		for (i = 0; i < rows; i++)
			values[i] = PointerGetDatum(batch->data[i] + offset);
	else if (attribute->length == sizeof(int64))
		for (i = 0; i < rows; i++)
			values[i] = fetch_att(batch->data[i] + offset, true, (int) sizeof(int64));
	else if (attribute->length == sizeof(int32))
		for (i = 0; i < rows; i++)
			values[i] = fetch_att(batch->data[i] + offset, true, (int) sizeof(int32));
	else if (attribute->length == sizeof(int16))
		for (i = 0; i < rows; i++)
			values[i] = fetch_att(batch->data[i] + offset, true, (int) sizeof(int16));
	else
		for (i = 0; i < rows; i++)
			values[i] = fetch_att(batch->data[i] + offset, true, 1);
}

/* Get these columns of all rows. */
static void
scan_batch_columns(ScanBatch *batch, const ScanTable *table, const ScanColumns *columns)
{
	int			i,
				row;

	for (i = 0; i < columns->count; i++)
	{
		ScanColumn *column = columns->columns[i];
		const ScanAttribute *attribute = &table->attributes[column->number];

		column->has_nulls = false;
		if (batch->null_count > 0)
			memset(column->nulls, 0, batch->rows * sizeof(bool));
		if (attribute->offset >= 0)
			scan_batch_fixed(batch, attribute, column->values);
	}
	for (row = 0; columns->walk && row < batch->rows; row++)
	{
		const char *data = batch->data[row];
		uint32		offset = table->fixed_end;

		if (data == batch->zeros)
			continue;
		for (i = table->fixed_count; i < columns->end; i++)
			offset = scan_batch_attribute(batch, table, data, row, i, offset);
	}
	for (i = 0; columns->count > 0 && i < batch->null_count; i++)
		scan_batch_sparse(batch, table, columns, batch->null_rows[i]);
}

/* --- a page ------------------------------------------------------------------------------ */

/* Keep the rows that the WHERE clause lets pass. */
static bool
scan_batch_where(ScanBatch *batch, const ScanTable *table)
{
	int			kept = 0;
	int			i;

	scan_batch_columns(batch, table, &batch->tested);
	if (!scan_batch_tests(&table->tests, batch, batch->pass))
		return false;
	for (i = 0; i < batch->rows; i++)
	{
		batch->tuples[kept] = batch->tuples[i];
		kept += batch->pass[i];
	}
	batch->rows = kept;
	return scan_batch_data(batch, table);
}

/*
 * Count the rows of a page, of which *passed pass the WHERE clause; false if nothing was
 * counted, since the page has something out of the ordinary.
 */
bool
scan_batch_page(ScanNode *node, ScanTable *table, Page page, const OffsetNumber *items, int count,
				int *passed)
{
	ScanBatch  *batch = table->batch;

	if (batch == NULL)
		batch = table->batch = scan_batch_make(node, table);
	scan_batch_tuples(batch, page, items, count);
	if (!scan_batch_data(batch, table))
		return false;
	if (table->tests.count > 0 && !scan_batch_where(batch, table))
		return false;
	scan_batch_columns(batch, table, &batch->used);
	if (!scan_batch_points(node, table) ||
		(node->groups.key_count > 0 && !scan_batch_groups(node, table)))
		return false;
	scan_batch_count(node, table);
	*passed = batch->rows;
	return true;
}
