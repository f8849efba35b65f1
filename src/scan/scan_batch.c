/*
 * scan_batch.c: the rows of a page, taken apart column by column.
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "scan_batch.h"

/* So many tables keep their room until the end. */
#define SCAN_BATCHES	8

/* --- preparation ------------------------------------------------------------------------- */

/* The walk from an attribute to these columns. */
static void
scan_batch_walk(const ScanTable *table, const ScanBatch *batch, ScanWalk *walk, int from, int end,
				const bool *needed)
{
	int			i;

	scan_walk_make(walk, table->attributes, from, end, needed);
	for (i = 0; i < walk->count; i++)
	{
		ScanStep   *step = &walk->steps[i];
		ScanColumn *column = batch->columns[step->attribute];

		if (!needed[step->attribute])
			continue;
		step->values = column->values;
		step->nulls = column->nulls;
		step->has_nulls = &column->has_nulls;
	}
}

/* Note these columns of a table. */
static void
scan_batch_note(const ScanTable *table, ScanBatch *batch, ScanColumns *columns,
				const bool *needed)
{
	int			end = 0;
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
		columns->varies |= table->attributes[i].offset < 0;
		end = i + 1;
	}
	scan_batch_walk(table, batch, &columns->tail, Min(table->fixed_count, end), end, needed);
	scan_batch_walk(table, batch, &columns->sparse, 0, end, needed);
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
		ItemId		item = PageGetItemId(page, items[i]);

		batch->tuples[i] = (HeapTupleHeader) PageGetItem(page, item);
		scan_fetch(page, item);
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
	int			i;

	for (i = 0; i < rows; i++)
	{
		HeapTupleHeader tuple = batch->tuples[i];
		bool		lacks;

		if (unlikely(HeapTupleHeaderGetNatts(tuple) < least))
			return false;
		/* NULL behind the last attribute that is needed does not matter */
		lacks = (tuple->t_infomask & HEAP_HASNULL) != 0 && scan_lacks(tuple, least);
		batch->data[i] = lacks ? zeros : (const char *) tuple + tuple->t_hoff;
		batch->null_rows[nulls] = (uint16) i;
		nulls += lacks;
	}
	batch->null_count = nulls;
	return true;
}

/* --- the columns ------------------------------------------------------------------------- */

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
	for (row = 0; columns->varies && row < batch->rows; row++)
	{
		if (batch->data[row] != batch->zeros)
			(void) scan_walk(&columns->tail, batch->tuples[row], false, table->fixed_end, row);
	}
	for (i = 0; columns->count > 0 && i < batch->null_count; i++)
	{
		row = batch->null_rows[i];
		(void) scan_walk(&columns->sparse, batch->tuples[row], true, 0, row);
	}
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
