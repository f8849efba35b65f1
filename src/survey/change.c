/*
 * change.c: why did a KPI change?  The part that each segment has in it.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "nodes/execnodes.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/tuplestore.h"

#include "reading.h"

PG_FUNCTION_INFO_V1(change_parts);

/* The memory of a call is bounded: about 150 bytes a segment. */
#define CHANGE_MAX_SEGMENTS	1000000

#define CHANGE_COLUMNS	10

static const RowShape change_shape = {
	CHANGE_COLUMNS, CHANGE_COLUMNS, {TEXTOID, [1 ... CHANGE_COLUMNS - 1] = FLOAT8OID}
};

/* An array argument, element by element. */
typedef struct ChangeArray
{
	int			count;
	Datum	   *values;
	bool	   *nulls;
} ChangeArray;

static ChangeArray
change_array(FunctionCallInfo fcinfo, int argno, const char *what)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(argno);
	int			items = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));
	ChangeArray a;
	int16		length;
	bool		by_value;
	char		align;

	if (ARR_NDIM(array) > 1)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s of a change in an array of %d dimensions", what, ARR_NDIM(array)),
				 errhint("Give one element for each segment, as array_agg() does.")));
	if (items > CHANGE_MAX_SEGMENTS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("change of %d segments", items),
				 errdetail("There may be at most %d.", CHANGE_MAX_SEGMENTS)));
	get_typlenbyvalalign(ARR_ELEMTYPE(array), &length, &by_value, &align);
	deconstruct_array(array, ARR_ELEMTYPE(array), length, by_value, align,
					  &a.values, &a.nulls, &a.count);
	return a;
}

/* --- names --------------------------------------------------------------------------- */

/* Order of names: by bytes, so that equal ones meet; NULL, the segment without a name, first. */
static int
change_by_name(const void *a, const void *b)
{
	struct varlena *x = *(struct varlena *const *) a;
	struct varlena *y = *(struct varlena *const *) b;

	if (x == NULL || y == NULL)
		return (x != NULL) - (y != NULL);
	if (VARSIZE_ANY_EXHDR(x) != VARSIZE_ANY_EXHDR(y))
		return VARSIZE_ANY_EXHDR(x) < VARSIZE_ANY_EXHDR(y) ? -1 : 1;
	return memcmp(VARDATA_ANY(x), VARDATA_ANY(y), VARSIZE_ANY_EXHDR(x));
}

/*
 * Error 22023 for a segment that comes twice: its rows could not be told apart, and mostly
 * the tallies were not summed up.
 */
static void
change_require_names(const ChangeArray *names)
{
	struct varlena **sorted = palloc(Max(names->count, 1) * sizeof(struct varlena *));
	int			i;

	for (i = 0; i < names->count; i++)
		sorted[i] = names->nulls[i] ? NULL :
			(struct varlena *) PG_DETOAST_DATUM_PACKED(names->values[i]);
	qsort(sorted, names->count, sizeof(struct varlena *), change_by_name);
	for (i = 1; i < names->count; i++)
	{
		if (change_by_name(&sorted[i - 1], &sorted[i]) == 0)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("segment %s comes more than once", sorted[i] == NULL ? "NULL" :
							psprintf("\"%s\"",
									 summary_shown(pnstrdup(VARDATA_ANY(sorted[i]),
															VARSIZE_ANY_EXHDR(sorted[i]))))),
					 errhint("Add its tallies up before: sum(tally) ... GROUP BY segment.")));
	}
	pfree(sorted);
}

/* --- parts ---------------------------------------------------------------------------- */

static void
change_pause(void)
{
	CHECK_FOR_INTERRUPTS();
}

/*
 * The answers of both periods, read as the KPI in argument 3.  Without any tally there is
 * no scale to look at, and nothing to be read.
 */
static void
change_read(FunctionCallInfo fcinfo, const ChangeArray *tallies, ChangePart *parts,
			TallyReading *reading)
{
	ReadingKpi	kpi = reading_kpi(fcinfo, 3);
	bool		begun = false;
	int			i,
				side;

	for (i = 0; i < tallies[0].count; i++)
	{
		CHECK_FOR_INTERRUPTS();
		for (side = 0; side < 2; side++)
		{
			Answered   *a = side == 0 ? &parts[i].current : &parts[i].baseline;
			Tally	   *tally;

			if (tallies[side].nulls[i])
				continue;
			tally = tally_detoast(tallies[side].values[i]);
			if (!begun)
				*reading = reading_begin(fcinfo, kpi, 4, tally->lo, tally->hi);
			begun = true;
			*a = reading_answered(reading, tally);
			if ((Pointer) tally != DatumGetPointer(tallies[side].values[i]))
				pfree(tally);
		}
	}
}

/* A row of the result. */
static void
change_put(ReturnSetInfo *result, Datum name, bool unnamed, const ChangePart *part,
		   const TallyReading *reading)
{
	double		unit = reading_unit(reading);
	Datum		values[CHANGE_COLUMNS];
	bool		nulls[CHANGE_COLUMNS];

	values[0] = name;
	nulls[0] = unnamed;
	summary_figures((double[]) {100.0 * part->baseline_share, 100.0 * part->current_share,
								reading_value(reading, part->baseline),
								reading_value(reading, part->current),
								unit * part->rate + 0.0, unit * part->mix + 0.0,	/* no -0 */
								unit * part->bounds.lower, unit * part->bounds.upper,
								part->p_value},
					CHANGE_COLUMNS - 1, &values[1], &nulls[1]);
	tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
}

/*
 * change_parts(segments, current, baseline, kpi, satisfied_from, confidence): a row for
 * each segment, in their order; called with NULLs.
 */
Datum
change_parts(PG_FUNCTION_ARGS)
{
	ReturnSetInfo *result = summary_rows(fcinfo, &change_shape);
	ChangeArray names,
				tallies[2];
	TallyReading reading = {READING_RATE, 0, 0, 0};
	ChangePart *parts,
			  **sorted;
	double		confidence;
	int			i;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3) ||
		PG_ARGISNULL(5))
		return (Datum) 0;
	confidence = summary_confidence(fcinfo, 5);
	names = change_array(fcinfo, 0, "segments");
	tallies[0] = change_array(fcinfo, 1, "current tallies");
	tallies[1] = change_array(fcinfo, 2, "baseline tallies");
	if (names.count != tallies[0].count || names.count != tallies[1].count)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%d segments, %d current and %d baseline tallies",
						names.count, tallies[0].count, tallies[1].count),
				 errhint("Give as many of each, NULL for a segment that a period does not have.")));
	change_require_names(&names);
	parts = palloc0(Max(names.count, 1) * sizeof(ChangePart));
	sorted = palloc(Max(names.count, 1) * sizeof(ChangePart *));
	change_read(fcinfo, tallies, parts, &reading);
	change_parts_fill(parts, sorted, names.count, reading_measure(&reading), confidence,
					  change_pause);
	for (i = 0; i < names.count; i++)
		change_put(result, names.values[i], names.nulls[i], &parts[i], &reading);
	return (Datum) 0;
}
