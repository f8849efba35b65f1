/*
 * scan_batch_counts.c: the answers of the rows of a page are counted.
 *
 * First each transition gives a point of its scale for each row: that is where an error would
 * be.  The point behind the last one stands for a row that is not counted; its counter is never
 * read.  Then the counters of the groups are changed.
 */
#include "postgres.h"

#include "scan_batch.h"

/* --- points ------------------------------------------------------------------------------ */

/* The points of whole numbers; returns whether one is off the scale. */
static bool
scan_batch_whole(const ScanTransition *transition, const Datum *values, const bool *skip, int rows,
				 uint8 *points)
{
	uint64		lo = (uint64) (int64) transition->lo;
	uint64		span = transition->span;
	bool		off = false;
	int			i;

	if (skip == NULL)
	{
		for (i = 0; i < rows; i++)
		{
			uint64		point = (uint64) values[i] - lo;

			off |= point > span;
			points[i] = (uint8) point;
		}
		return off;
	}
	for (i = 0; i < rows; i++)
	{
		uint64		point = (uint64) values[i] - lo;

		point = skip[i] ? span + 1 : point;
		off |= point > span + 1 || (point == span + 1 && !skip[i]);
		points[i] = (uint8) point;
	}
	return off;
}

/* The same for double precision. */
static bool
scan_batch_float(const ScanTransition *transition, const Datum *values, const bool *skip, int rows,
				 uint8 *points)
{
	double		lo = transition->lo;
	double		hi = lo + transition->span;
	int			i;

	for (i = 0; i < rows; i++)
	{
		double		score = DatumGetFloat8(values[i]);

		points[i] = (uint8) (transition->span + 1);
		if (skip != NULL && skip[i])
			continue;
		/* NaN fails the first test */
		if (unlikely(!(score >= lo && score <= hi) || (double) (int32) score != score))
			return true;
		points[i] = (uint8) ((int32) score - transition->lo);
	}
	return false;
}

/*
 * The rows that a transition does not count: those that its filter leaves out, and NULL, if there
 * is any; *skip is NULL if there are none.  False if that cannot be told.
 */
static bool
scan_batch_skip(const ScanInput *input, ScanBatch *batch, const bool *nulls, const bool **skip)
{
	int			i;

	*skip = nulls;
	if (input->tests.count == 0)
		return true;
	if (!scan_batch_tests(&input->tests, batch, batch->pass))
		return false;
	for (i = 0; i < batch->rows; i++)
		batch->skip[i] = !batch->pass[i] | (*skip != NULL && (*skip)[i]);
	*skip = batch->skip;
	return true;
}

/* Find the points of all rows; false if one may be an error. */
bool
scan_batch_points(ScanNode *node, ScanTable *table)
{
	ScanBatch  *batch = table->batch;
	int			i,
				row;

	for (i = 0; i < node->transition_count; i++)
	{
		const ScanTransition *transition = &node->transitions[i];
		const ScanInput *input = &table->inputs[i];
		const ScanKind kind = transition->kind;
		const ScanColumn *column = NULL;
		const bool *nulls = NULL;
		uint8	   *points = &batch->points[i * SCAN_ROWS];
		const bool *skip;

		/* only count(*) and count(1) have no column */
		if (kind != SCAN_COUNT || (transition->arguments > 0 && input->arguments[0].column >= 0))
		{
			column = batch->columns[input->arguments[0].column];
			nulls = column->has_nulls ? column->nulls : NULL;
		}
		if (!scan_batch_skip(input, batch, nulls, &skip))
			return false;
		if (kind == SCAN_COUNT)
		{
			for (row = 0; row < batch->rows; row++)
				points[row] = skip != NULL && skip[row];
		}
		else if (kind == SCAN_FLOAT8 || kind == SCAN_SCALE_FLOAT8)
		{
			if (scan_batch_float(transition, column->values, skip, batch->rows, points))
				return false;
		}
		else if (scan_batch_whole(transition, column->values, skip, batch->rows, points))
			return false;
	}
	return true;
}

/* --- counters ---------------------------------------------------------------------------- */

/* The states of a scale given in the rows begin with the first row, even if its score is NULL. */
static void
scan_batch_begin(ScanNode *node, const ScanInput *input, ScanBatch *batch, int transition)
{
	ScanGroups *groups = &node->groups;
	bool		filtered = input->tests.count > 0;
	int			i;

	/* as before, so it can be told */
	if (filtered)
		(void) scan_batch_tests(&input->tests, batch, batch->pass);
	for (i = 0; i < batch->rows; i++)
	{
		ScanGroup  *group = groups->key_count > 0 ? batch->groups[i] : groups->first;

		if (!filtered || batch->pass[i])
			scan_group_seen(groups, group)[transition] = true;
	}
}

/* Count the points of all rows. */
void
scan_batch_count(ScanNode *node, ScanTable *table)
{
	ScanBatch  *batch = table->batch;
	int			i,
				row;

	for (i = 0; i < node->transition_count; i++)
	{
		const ScanTransition *transition = &node->transitions[i];
		const uint8 *points = &batch->points[i * SCAN_ROWS];
		int			cells = transition->cells;

		if (scan_scale_given(transition->kind))
			scan_batch_begin(node, &table->inputs[i], batch, i);
		if (node->groups.key_count > 0)
		{
			for (row = 0; row < batch->rows; row++)
				((int64 *) ((char *) batch->groups[row] + cells))[points[row]]++;
		}
		else
		{
			int64	   *counts = (int64 *) ((char *) node->groups.first + cells);

			for (row = 0; row < batch->rows; row++)
				counts[points[row]]++;
		}
	}
}
