/*
 * summary_row.c: results of several columns: intervals, tests and other rows.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "funcapi.h"
#include "utils/builtins.h"
#include "utils/typcache.h"

#include "summary.h"

/*
 * Error 42804 if a row has other columns than C gives it or reads: a superuser may have
 * changed the type.
 */
static void
summary_check_shape(TupleDesc row, const RowShape *shape)
{
	int			i;

	if (row->natts < shape->least || row->natts > shape->count)
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg("a row type of recovery_kpi has %d columns instead of %d",
						row->natts, shape->count),
				 errhint("Undo the changes made by ALTER TYPE.")));
	for (i = 0; i < row->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(row, i);

		/* the type of a dropped column is 0 */
		if (unlikely(column->atttypid != shape->types[i]))
			ereport(ERROR,
					(errcode(ERRCODE_DATATYPE_MISMATCH),
					 errmsg("column %d of a row type of recovery_kpi is %s instead of %s", i + 1,
							column->attisdropped ? "dropped" : format_type_be(column->atttypid),
							format_type_be(shape->types[i])),
					 errhint("Undo the changes made by ALTER TYPE.")));
	}
}

/* A row of the function's composite result. */
Datum
summary_tuple(FunctionCallInfo fcinfo, const RowShape *shape, Datum *values, bool *nulls)
{
	TupleDesc	row;

	if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "function does not return a composite type");
	summary_check_shape(row, shape);
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(row), values, nulls));
}

/*
 * The same for a function that keeps its row type between calls; only for a named type.
 * Entries of PostgreSQL's type cache stay where they are for the life of a process.
 */
static Datum
summary_tuple_kept(FunctionCallInfo fcinfo, RowType *kept, const RowShape *shape,
				   Datum *values, bool *nulls)
{
	TypeCacheEntry *entry = kept->entry;

	if (unlikely(entry == NULL || entry->tupDesc == NULL ||
				 entry->tupDesc_identifier != kept->version))
	{
		Oid			type;

		if (get_call_result_type(fcinfo, &type, NULL) != TYPEFUNC_COMPOSITE || type == RECORDOID)
			elog(ERROR, "function does not return a named composite type");
		entry = lookup_type_cache(type, TYPECACHE_TUPDESC);
		summary_check_shape(entry->tupDesc, shape);
		kept->entry = entry;
		kept->version = entry->tupDesc_identifier;
	}
	return HeapTupleGetDatum(heap_form_tuple(entry->tupDesc, values, nulls));
}

/* Begin the result of a function that returns a set of rows. */
ReturnSetInfo *
summary_rows(FunctionCallInfo fcinfo, const RowShape *shape)
{
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;

	InitMaterializedSRF(fcinfo, 0);
	summary_check_shape(result->setDesc, shape);
	return result;
}

/* The columns of the row in an argument; one that the row does not have is NULL. */
void
summary_read_tuple(FunctionCallInfo fcinfo, int argno, const RowShape *shape,
				   Datum *values, bool *nulls)
{
	HeapTupleHeader header = PG_GETARG_HEAPTUPLEHEADER(argno);
	TupleDesc	row = lookup_rowtype_tupdesc(HeapTupleHeaderGetTypeId(header),
											 HeapTupleHeaderGetTypMod(header));
	HeapTupleData tuple = {.t_len = HeapTupleHeaderGetDatumLength(header), .t_data = header};
	int			i;

	summary_check_shape(row, shape);
	heap_deform_tuple(&tuple, row, values, nulls);
	for (i = row->natts; i < shape->count; i++)
		nulls[i] = true;
	ReleaseTupleDesc(row);
}

/* Figures as columns of a row; one that does not exist is NULL. */
void
summary_figures(const double *figures, int count, Datum *values, bool *nulls)
{
	int			i;

	for (i = 0; i < count; i++)
	{
		values[i] = Float8GetDatum(figures[i]);
		nulls[i] = !isfinite(figures[i]);
	}
}

const RowShape interval_shape = {
	INTERVAL_COLUMNS, INTERVAL_COLUMNS, {FLOAT8OID, FLOAT8OID, FLOAT8OID, INT8OID}
};

/*
 * A kpi_interval.  The estimate comes in the KPI's unit, exactly as the KPI's own
 * function returns it; the bounds are multiplied by scale.  Without an estimate there are
 * no bounds.  Bounds hold the estimate: rounding can put it beyond them, and so can
 * methods with a centre of their own at a low confidence.
 */
Datum
summary_interval(FunctionCallInfo fcinfo, double estimate, Bounds bounds,
				 double scale, int64 responses)
{
	return summary_interval_kept(fcinfo, NULL, estimate, bounds, scale, responses);
}

/* The same for a function that keeps its row type between calls. */
Datum
summary_interval_kept(FunctionCallInfo fcinfo, RowType *kept, double estimate, Bounds bounds,
					  double scale, int64 responses)
{
	double		figures[INTERVAL_COLUMNS - 1];
	Datum		values[INTERVAL_COLUMNS];
	bool		nulls[INTERVAL_COLUMNS] = {false};

	figures[0] = estimate;
	figures[1] = bounds.lower * scale;
	figures[2] = bounds.upper * scale;
	if (!isfinite(estimate))
		figures[1] = figures[2] = NAN;
	if (figures[1] > estimate)
		figures[1] = estimate;
	if (figures[2] < estimate)
		figures[2] = estimate;
	summary_figures(figures, lengthof(figures), values, nulls);
	values[lengthof(figures)] = Int64GetDatum(responses);
	return kept == NULL ? summary_tuple(fcinfo, &interval_shape, values, nulls) :
		summary_tuple_kept(fcinfo, kept, &interval_shape, values, nulls);
}

/*
 * The kpi_test of a difference of shares, in percentage points.  Its bounds hold the
 * difference: that of very many answers can lie beyond them by rounding.
 */
Datum
summary_share_comparison(FunctionCallInfo fcinfo, double difference, const Comparison *comparison)
{
	Comparison	percent = *comparison;

	percent.lower *= 100.0;
	percent.upper *= 100.0;
	if (percent.lower > difference)
		percent.lower = difference;
	if (percent.upper < difference)
		percent.upper = difference;
	return summary_comparison(fcinfo, difference, &percent, 1.0);
}

/*
 * A kpi_test.  The difference comes in the KPI's unit, so that it is exactly the
 * difference of the two KPIs; its bounds are multiplied by scale.
 */
Datum
summary_comparison(FunctionCallInfo fcinfo, double difference,
				   const Comparison *comparison, double scale)
{
	static const RowShape shape = {5, 5, {FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID}};
	double		figures[5];
	Datum		values[5];
	bool		nulls[5];

	figures[0] = difference;
	figures[1] = comparison->lower * scale;
	figures[2] = comparison->upper * scale;
	figures[3] = comparison->statistic;
	figures[4] = comparison->p_value;
	summary_figures(figures, 5, values, nulls);
	return summary_tuple(fcinfo, &shape, values, nulls);
}
