/*
 * tally.c: the types tally and paired_tally: validation, sums, arithmetic.
 *
 * A tally is one 64-bit count for each point of a scale lo..hi of at most 101 points,
 * a paired tally is one for each pair of points.  Counts are exact integers, so
 * merging, splitting and taking away commute, and the results of parallel,
 * partitioned and moving-window plans are the same bit for bit.
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "tally.h"

PG_FUNCTION_INFO_V1(tally);
PG_FUNCTION_INFO_V1(tally_plus);
PG_FUNCTION_INFO_V1(tally_minus);

/* --- making and reading values -------------------------------------------- */

/* Is lo..hi a scale?  If not, an error of this sqlstate, and false after a soft one. */
bool
tally_check_scale(int64 lo, int64 hi, int sqlstate, struct Node *escontext)
{
	if (lo < PG_INT32_MIN || hi > PG_INT32_MAX || lo > hi || hi - lo >= TALLY_MAX_POINTS)
		ereturn(escontext, false,
				(errcode(sqlstate),
				 errmsg("invalid scale " INT64_FORMAT ".." INT64_FORMAT " of a tally", lo, hi),
				 errdetail("A scale is lowest..highest, whole numbers, with at most %d points.",
						   TALLY_MAX_POINTS)));
	return true;
}

/* What is counted, for messages: "score 3", or "pair 3, 4". */
static const char *
tally_cell(bool paired, int64 lo, int points, int i)
{
	if (paired)
		return psprintf("pair " INT64_FORMAT ", " INT64_FORMAT, lo + i / points, lo + i % points);
	return psprintf("score " INT64_FORMAT, lo + i);
}

/*
 * The one validator: every way into the types ends here.  NULL after a soft error.
 * sqlstate is the code for a wrong shape: 22P02 in text, 22P03 in binary, 22023 in
 * arguments.
 */
Tally *
tally_make(int64 lo, int64 hi, bool paired, const int64 *counts, int ncounts,
		   int sqlstate, struct Node *escontext)
{
	Tally	   *tally;
	int			points,
				cells,
				i;

	if (!tally_check_scale(lo, hi, sqlstate, escontext))
		return NULL;
	points = (int) (hi - lo + 1);
	cells = paired ? points * points : points;
	if (ncounts != cells)
		ereturn(escontext, NULL,
				(errcode(sqlstate),
				 errmsg("%s of the scale " INT64_FORMAT ".." INT64_FORMAT
						" needs %d counts, not %d",
						paired ? "paired tally" : "tally", lo, hi, cells, ncounts)));
	for (i = 0; i < ncounts; i++)
	{
		if (counts[i] < 0)
			ereturn(escontext, NULL,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("negative count " INT64_FORMAT " of %s in a tally",
							counts[i], tally_cell(paired, lo, points, i)),
					 errdetail("Counts lie between 0 and " INT64_FORMAT ".", PG_INT64_MAX)));
	}
	tally = tally_empty((int32) lo, (int32) hi, paired);
	memcpy(tally->counts, counts, ncounts * sizeof(int64));
	return tally;
}

/* Nothing counted yet, on a scale that has been checked. */
Tally *
tally_empty(int32 lo, int32 hi, bool paired)
{
	int			points = hi - lo + 1;
	Size		size = offsetof(Tally, counts) +
		(paired ? points * points : points) * sizeof(int64);
	Tally	   *tally = palloc0(size);

	SET_VARSIZE(tally, size);
	tally->version = TALLY_VERSION;
	tally->paired = paired;
	tally->lo = lo;
	tally->hi = hi;
	return tally;
}

/* A stored or passed value in full, not to be written to. */
Tally *
tally_detoast(Datum value)
{
	return summary_detoast(value, TALLY_VERSION, "tally");
}

/* Number of answers with a score of from..to, which must lie on the scale. */
int64
tally_sum(const Tally *tally, int64 from, int64 to)
{
	int64		sum = 0;
	int64		i;

	for (i = from - tally->lo; i <= to - tally->lo; i++)
	{
		if (pg_add_s64_overflow(sum, tally->counts[i], &sum))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("tally holds more than " INT64_FORMAT " answers", PG_INT64_MAX)));
	}
	return sum;
}

/* The number of answers. */
int64
tally_responses(const Tally *tally)
{
	return tally_sum(tally, tally->lo, tally->hi);
}

/* Answers with a score of from..to, as a share of all answers. */
Share
tally_share(const Tally *tally, int64 from, int64 to)
{
	Share		share;

	share.n = (double) tally_responses(tally);
	share.good = (double) tally_sum(tally, from, to);
	return share;
}

/* The same in percent; NAN without answers. */
double
tally_percent(const Tally *tally, int64 from, int64 to)
{
	return share_percent(tally_share(tally, from, to));
}

/* Raise an error unless the scale have_lo..have_hi is lo..hi, on which the KPI is defined. */
void
scale_require(int32 have_lo, int32 have_hi, int lo, int hi, const char *kpi, const char *hint)
{
	if (have_lo != lo || have_hi != hi)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s needs a tally of the scale %d..%d, not %d..%d",
						kpi, lo, hi, have_lo, have_hi),
				 errhint("%s", hint)));
}

/* Raise an error unless from..to is a part of the scale lo..hi. */
void
scale_require_part(int32 lo, int32 hi, int32 from, int32 to)
{
	if (from < lo || to > hi || from > to)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("scores %d to %d are not a part of the scale %d..%d",
						from, to, lo, hi)));
}

/* Raise an error unless two scales are the same. */
void
scale_require_same(int32 lo, int32 hi, int32 other_lo, int32 other_hi)
{
	if (unlikely(lo != other_lo || hi != other_hi))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("tallies of different scales: %d..%d and %d..%d",
						lo, hi, other_lo, other_hi),
				 errhint("Group by survey, so that only answers on one scale meet.")));
}

/* Raise an error unless two tallies have the same scale. */
void
tally_same_scale(const Tally *a, const Tally *b)
{
	scale_require_same(a->lo, a->hi, b->lo, b->hi);
}

/* --- constructor and arithmetic ---------------------------------------------- */

/* tally(lo, hi, counts); error 22023 unless there is one count, not NULL, for each point */
Datum
tally(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(2);
	int			ncounts = ArrayGetNItems(ARR_NDIM(array), ARR_DIMS(array));

	if (ARR_NDIM(array) > 1 || array_contains_nulls(array))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("counts of a tally must be a one-dimensional array without NULL")));
	PG_RETURN_POINTER(tally_make(PG_GETARG_INT32(0), PG_GETARG_INT32(1), false,
								 (int64 *) ARR_DATA_PTR(array), ncounts,
								 ERRCODE_INVALID_PARAMETER_VALUE, NULL));
}

/*
 * a + b: the operator, the transition of sum(tally) and the combine function of
 * every aggregate whose state is a tally.
 */
Datum
tally_plus(PG_FUNCTION_ARGS)
{
	Tally	   *sum = summary_sum_state(fcinfo, TALLY_VERSION);
	Tally	   *more = PG_GETARG_TALLY(1);
	int			i;

	tally_same_scale(sum, more);
	for (i = 0; i < tally_cells(sum); i++)
	{
		if (unlikely(pg_add_s64_overflow(sum->counts[i], more->counts[i], &sum->counts[i])))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("count of %s is out of range",
							tally_cell(sum->paired, sum->lo, tally_points(sum), i)),
					 errdetail("Counts lie between 0 and " INT64_FORMAT ".", PG_INT64_MAX)));
	}
	PG_RETURN_POINTER(sum);
}

/* a - b: the operator, and the inverse transition of sum(tally). */
Datum
tally_minus(PG_FUNCTION_ARGS)
{
	Tally	   *rest = summary_sum_state(fcinfo, TALLY_VERSION);
	Tally	   *less = PG_GETARG_TALLY(1);
	int			i;

	tally_same_scale(rest, less);
	for (i = 0; i < tally_cells(rest); i++)
	{
		if (unlikely(rest->counts[i] < less->counts[i]))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("count of %s would fall to " INT64_FORMAT,
							tally_cell(rest->paired, rest->lo, tally_points(rest), i),
							rest->counts[i] - less->counts[i]),
					 errdetail("A tally can only lose answers it holds.")));
		rest->counts[i] -= less->counts[i];
	}
	PG_RETURN_POINTER(rest);
}
