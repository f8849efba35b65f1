/*
 * scan_batch_tests.c: which rows of a page meet conditions?
 */
#include "postgres.h"

#include "scan_batch.h"

/* Which texts are the one wanted?  False if a value is not in its row in full. */
static bool
scan_batch_text(const ScanChoice *choice, const ScanColumn *column, int rows, uint8 *fits)
{
	uint64		word = scan_word(choice->bytes, choice->length);
	int			i;

	for (i = 0; i < rows; i++)
	{
		const char *bytes;
		uint32		length;

		if (column->has_nulls && column->nulls[i])
			continue;
		bytes = scan_text(DatumGetPointer(column->values[i]), &length);
		if (unlikely(bytes == NULL))
			return false;
		if (length != choice->length)
			continue;
		fits[i] |= length > SCAN_KEY_SHORT ? memcmp(bytes, choice->bytes, length) == 0 :
			scan_word_inside(bytes, length) == word;
	}
	return true;
}

/* Which rows meet a condition?  False if that cannot be told here. */
static bool
scan_batch_test(const ScanTest *test, ScanBatch *batch, uint8 *pass)
{
	const ScanColumn *column = batch->columns[test->column];
	uint8		flip = test->outside;
	int			i,
				row;

	if (test->later != NULL && !test->known)
		return false;
	if (test->fast == SCAN_FAST_NULL)
	{
		for (row = 0; row < batch->rows; row++)
			pass[row] &= (column->has_nulls && column->nulls[row]) == test->wanted;
		return true;
	}
	/* no constant: the operator gives NULL */
	if (test->choice_count == 0)
		flip = 0;
	memset(batch->fits, 0, batch->rows);
	for (i = 0; i < test->choice_count; i++)
	{
		const ScanChoice *choice = &test->choices[i];

		if (test->fast == SCAN_FAST_TEXT)
		{
			if (!scan_batch_text(choice, column, batch->rows, batch->fits))
				return false;
		}
		else
			for (row = 0; row < batch->rows; row++)
				batch->fits[row] |= (uint64) column->values[row] - (uint64) choice->from <=
					choice->span;
	}
	for (row = 0; row < batch->rows; row++)
		pass[row] &= batch->fits[row] ^ flip;
	for (row = 0; column->has_nulls && row < batch->rows; row++)
		pass[row] &= !column->nulls[row];
	return true;
}

/* Which rows meet all conditions?  False if that cannot be told here. */
bool
scan_batch_tests(const ScanTests *tests, ScanBatch *batch, uint8 *pass)
{
	int			i;

	memset(pass, 1, batch->rows);
	for (i = 0; i < tests->count; i++)
	{
		if (!scan_batch_test(&tests->tests[i], batch, pass))
			return false;
	}
	return true;
}
