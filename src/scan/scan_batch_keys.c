/*
 * scan_batch_keys.c: the groups of the rows of a page.
 *
 * First each key gives a word and a shape for each row, and both go into the row's hash; then
 * the groups are looked up.
 */
#include "postgres.h"

#include "scan_batch.h"

/* --- periods ----------------------------------------------------------------------------- */

static inline uint16 *
scan_period_slot(ScanPeriods *periods, int64 at)
{
	return &periods->slots[((uint64) at >> periods->shift) % SCAN_SLOTS];
}

/* Find or add the period of a time that its slot does not know; NULL if it may have none. */
static pg_noinline const PeriodPiece *
scan_period_find(const ScanGroupKey *key, int64 at)
{
	ScanPeriods *periods = key->periods;
	int			low = 0;
	int			high = periods->count;
	PeriodPiece piece;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (periods->pieces[middle].to <= at)
			low = middle + 1;
		else
			high = middle;
	}
	if (low == periods->count || at < periods->pieces[low].from)
	{
		if (!period_stretch(key->period, Int64GetDatum(at), &piece))
			return NULL;
		/* slots refer to periods by their place, which changes */
		memset(periods->slots, 0, sizeof(periods->slots));
		if (periods->count == SCAN_PIECES)
			periods->count = low = 0;
		memmove(&periods->pieces[low + 1], &periods->pieces[low],
				(periods->count - low) * sizeof(PeriodPiece));
		periods->pieces[low] = piece;
		periods->count++;
	}
	*scan_period_slot(periods, at) = (uint16) low;
	return &periods->pieces[low];
}

/* The words of a key that is period_start of a column; false if one may be an error. */
static bool
scan_batch_periods(const ScanGroupKey *key, const ScanColumn *column, int rows, uint64 *words)
{
	ScanPeriods *periods = key->periods;
	int			i;

	if (!periods->begun)
		return false;
	for (i = 0; i < rows; i++)
	{
		int64		at = (int64) column->values[i];
		const PeriodPiece *piece = &periods->pieces[*scan_period_slot(periods, at)];

		if (unlikely(at < piece->from || at >= piece->to))
		{
			piece = scan_period_find(key, at);
			if (piece == NULL)
				return false;
		}
		words[i] = DateADTGetDatum(piece->start);
	}
	return true;
}

/* --- words ------------------------------------------------------------------------------- */

/* The words and shapes of a key; false if a value is not in its row in full. */
static bool
scan_batch_words(const ScanGroupKey *key, const ScanColumn *column, int rows, uint64 *words,
				 uint64 *shapes)
{
	int			i;

	if (key->kind == SCAN_KEY_TEXT)
	{
		for (i = 0; i < rows; i++)
		{
			const char *bytes;
			uint32		length;

			if (column->has_nulls && column->nulls[i])
				continue;
			bytes = scan_text(DatumGetPointer(column->values[i]), &length);
			if (unlikely(bytes == NULL))
				return false;
			words[i] = scan_word_inside(bytes, length);
			shapes[i] = length;
		}
		return true;
	}
	for (i = 0; i < rows; i++)
		shapes[i] = key->kind == SCAN_KEY_FIXED ? key->length : 0;
	if (key->period != NULL)
		return scan_batch_periods(key, column, rows, words);
	if (key->kind == SCAN_KEY_WORD)
		memcpy(words, column->values, rows * sizeof(uint64));
	else
		for (i = 0; i < rows; i++)
		{
			if (!column->has_nulls || !column->nulls[i])
				words[i] = scan_word_inside(DatumGetPointer(column->values[i]), key->length);
		}
	return true;
}

/* --- groups ------------------------------------------------------------------------------ */

/* The group of a row that the slots do not show at once. */
static pg_noinline ScanGroup *
scan_batch_seek(ScanNode *node, const ScanTable *table, int row, uint64 hash)
{
	ScanGroups *groups = &node->groups;
	const ScanBatch *batch = table->batch;
	ScanKeyValue keys[SCAN_MAX_KEYS];
	int			i;

	for (i = 0; i < groups->key_count; i++)
	{
		keys[i].word = batch->words[i * SCAN_ROWS + row];
		keys[i].shape = batch->shapes[i * SCAN_ROWS + row];
		keys[i].value = groups->keys[i].kind == SCAN_KEY_WORD ? (Datum) keys[i].word :
			batch->columns[table->key_columns[i]]->values[row];
	}
	return scan_group_find(groups, hash, keys);
}

/* Look up the groups of all rows; the compiler makes one of this for each constant count. */
static pg_attribute_always_inline void
scan_batch_lookup(ScanNode *node, ScanTable *table, const int key_count)
{
	ScanGroups *groups = &node->groups;
	ScanBatch  *batch = table->batch;
	int			rows = batch->rows;
	int			i,
				row;

	for (row = 0; row < rows; row++)
	{
		uint64		hash = 0;
		uint64		differ = 0;
		uint64		at;
		ScanGroup  *group;

		for (i = 0; i < key_count; i++)
			hash = scan_mix(hash, batch->words[i * SCAN_ROWS + row],
							batch->shapes[i * SCAN_ROWS + row]);
		hash = scan_mix_end(hash);
		at = hash & groups->mask;
		while (groups->slots[at].hash != hash && groups->slots[at].group != NULL)
			at = (at + 1) & groups->mask;
		group = groups->slots[at].group;
		if (likely(group != NULL && group->words))
		{
			for (i = 0; i < key_count; i++)
				differ |= (group->keys[i].word ^ batch->words[i * SCAN_ROWS + row]) |
					(group->keys[i].shape ^ batch->shapes[i * SCAN_ROWS + row]);
			if (likely(differ == 0))
			{
				batch->groups[row] = group;
				continue;
			}
		}
		batch->groups[row] = scan_batch_seek(node, table, row, hash);
	}
}

/* Find the groups of all rows; false if one of their keys may be an error. */
bool
scan_batch_groups(ScanNode *node, ScanTable *table)
{
	ScanGroups *groups = &node->groups;
	ScanBatch  *batch = table->batch;
	int			i,
				row;

	for (i = 0; i < groups->key_count; i++)
	{
		const ScanColumn *column = batch->columns[table->key_columns[i]];
		uint64	   *words = &batch->words[i * SCAN_ROWS];
		uint64	   *shapes = &batch->shapes[i * SCAN_ROWS];

		if (!scan_batch_words(&groups->keys[i], column, batch->rows, words, shapes))
			return false;
		for (row = 0; column->has_nulls && row < batch->rows; row++)
		{
			words[row] = column->nulls[row] ? 0 : words[row];
			shapes[row] = column->nulls[row] ? SCAN_NULL : shapes[row];
		}
	}
	if (groups->key_count == 1)
		scan_batch_lookup(node, table, 1);
	else if (groups->key_count == 2)
		scan_batch_lookup(node, table, 2);
	else
		scan_batch_lookup(node, table, groups->key_count);
	return true;
}
