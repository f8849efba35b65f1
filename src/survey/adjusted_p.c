/*
 * adjusted_p.c: the window function adjusted_p, p-values of a partition adjusted for
 * their number.
 *
 * The first row of a partition reads all p-values, sorts and adjusts them; the rows then
 * take theirs.  A partition of n rows takes n log n steps and 8 bytes a row, whatever
 * the order and the frame of the window.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "windowapi.h"

#include "base/summary.h"
#include "stats/stats_adjust_p.h"

PG_FUNCTION_INFO_V1(adjusted_p);

typedef struct AdjustedRow
{
	double		p;
	int64		row;
} AdjustedRow;

/* Of a partition: its adjusted p-values, NAN for NULL; 0 methods before the first row. */
typedef struct AdjustedPartition
{
	int			methods;		/* 1 + a PAdjustment */
	double		p[FLEXIBLE_ARRAY_MEMBER];
} AdjustedPartition;

/* adjusted_sort: rows by p; equal ones get the same result, in any order */
#define ST_SORT adjusted_sort
#define ST_ELEMENT_TYPE AdjustedRow
#define ST_COMPARE(a, b) ((a)->p > (b)->p) - ((a)->p < (b)->p)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* The p-value of a row of the partition, NAN for NULL; error 22003 outside 0..1. */
static double
adjusted_argument(WindowObject window, int64 row)
{
	bool		isnull,
				isout;
	double		p = DatumGetFloat8(WinGetFuncArgInPartition(window, 0, (int) row,
															WINDOW_SEEK_HEAD, false,
															&isnull, &isout));

	if (isnull || isout)
		return NAN;
	if (!(p >= 0.0 && p <= 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("p-value %s is not between 0 and 1", summary_print(p))));
	return p;
}

/* Read and adjust all p-values of a partition. */
static void
adjusted_compute(WindowObject window, AdjustedPartition *partition, int64 rows,
				 PAdjustment method)
{
	AdjustedRow *sorted = palloc_extended(rows * sizeof(AdjustedRow), MCXT_ALLOC_HUGE);
	double	   *p = palloc_extended(rows * sizeof(double), MCXT_ALLOC_HUGE);
	MemoryContext row = AllocSetContextCreate(CurrentMemoryContext, "argument of adjusted_p",
											  ALLOCSET_SMALL_SIZES);
	MemoryContext before = MemoryContextSwitchTo(row);
	size_t		count = 0;
	int64		i;

	for (i = 0; i < rows; i++)
	{
		CHECK_FOR_INTERRUPTS();
		partition->p[i] = adjusted_argument(window, i);
		/* what the argument took, such as the row of a test */
		MemoryContextReset(row);
		if (!isnan(partition->p[i]))
			sorted[count++] = (AdjustedRow) {partition->p[i], i};
	}
	MemoryContextSwitchTo(before);
	MemoryContextDelete(row);
	adjusted_sort(sorted, count);
	for (i = 0; i < (int64) count; i++)
		p[i] = sorted[i].p;
	adjust_sorted_p(p, count, method);
	for (i = 0; i < (int64) count; i++)
		partition->p[sorted[i].row] = p[i];
	pfree(p);
	pfree(sorted);
}

/* The method, 1 + a PAdjustment, of the current row; 0 for NULL. */
static int
adjusted_method(WindowObject window)
{
	static const char *const names[] = {"holm", "bh", "by", "bonferroni"};
	bool		isnull;
	Datum		method = WinGetFuncArgCurrent(window, 1, &isnull);

	return isnull ? 0 : 1 + summary_choice(text_to_cstring(DatumGetTextPP(method)),
										   "method of adjusted_p", names, lengthof(names));
}

/* adjusted_p(p, method) OVER (...) */
Datum
adjusted_p(PG_FUNCTION_ARGS)
{
	WindowObject window = PG_WINDOW_OBJECT();
	int64		rows = WinGetPartitionRowCount(window);
	int			method = adjusted_method(window);
	Size		size = offsetof(AdjustedPartition, p);
	AdjustedPartition *partition;

	WinCheckAndInitializeNullTreatment(window, false, fcinfo);
	if ((Size) rows > (MaxAllocSize - size) / sizeof(double) || rows > PG_INT32_MAX)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("adjusted_p of a partition of " INT64_FORMAT " rows", rows),
				 errdetail("A partition has at most %zu rows.",
						   (MaxAllocSize - size) / sizeof(double))));
	partition = WinGetPartitionLocalMemory(window, size + rows * sizeof(double));
	if (method == 0)
		PG_RETURN_NULL();
	if (partition->methods == 0)
	{
		adjusted_compute(window, partition, rows, (PAdjustment) (method - 1));
		partition->methods = method;
	}
	else if (partition->methods != method)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("method of adjusted_p changes within a partition"),
				 errhint("All rows of a partition are adjusted together, by one method.")));
	return summary_number(fcinfo, partition->p[WinGetCurrentPosition(window)]);
}
