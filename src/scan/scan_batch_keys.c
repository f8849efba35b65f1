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

/* The group of a row that the slot of its hash does not show. */
static pg_noinline ScanGroup *
scan_batch_seek(ScanNode *node, const ScanTable *table, int row)
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
	return scan_group_find(groups, batch->hashes[row], keys);
}

/* Does a group have the keys of a row, none of which is longer than a word? */
static inline bool
scan_batch_same(const ScanGroup *group, const ScanBatch *batch, int row, int key_count)
{
	uint64		differ = 0;
	int			i;

	for (i = 0; i < key_count; i++)
	{
		uint64		shape = group->keys[i].shape;

		differ |= group->keys[i].word ^ batch->words[i * SCAN_ROWS + row];
		differ |= shape ^ batch->shapes[i * SCAN_ROWS + row];
		differ |= (shape > SCAN_KEY_SHORT) & (shape != SCAN_NULL);
	}
	return differ == 0;
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
		for (row = 0; row < batch->rows; row++)
			batch->hashes[row] = scan_mix(i == 0 ? 0 : batch->hashes[row], words[row],
										  shapes[row]);
	}
	for (row = 0; row < batch->rows; row++)
	{
		uint64		hash = batch->hashes[row] = scan_mix_end(batch->hashes[row]);
		const ScanSlot *slot = &groups->slots[hash & groups->mask];

		batch->groups[row] = likely(slot->hash == hash && slot->group != NULL &&
									scan_batch_same(slot->group, batch, row,
													groups->key_count)) ?
			slot->group : scan_batch_seek(node, table, row);
	}
	return true;
}
