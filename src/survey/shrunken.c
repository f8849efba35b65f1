/*
 * shrunken.c: what the shares of segments have in common, the aggregate rate_prior.
 *
 * The state of the aggregate is a bigint array, changed in place, as that of PostgreSQL's
 * own avg(bigint): whole numbers, so the result is the same, bit for bit, in any order of
 * the segments and however partial results are merged (stats_prior.c).
 */
#include "postgres.h"

#include "common/int.h"
#include "utils/array.h"

#include "satisfied.h"
#include "shrunken.h"

PG_FUNCTION_INFO_V1(rate_prior_accum);
PG_FUNCTION_INFO_V1(rate_prior_merge);
PG_FUNCTION_INFO_V1(rate_prior_final);

/* --- the state ----------------------------------------------------------------------- */

/* What the array holds.  Scale and satisfied_from are 0 before the first segment. */
typedef struct PriorState
{
	int64		segments;
	int64		yes;
	int64		responses;
	uint64		squares_high;
	uint64		squares_low;
	uint64		quotients_high;
	uint64		quotients_low;
	int64		lo;
	int64		hi;
	int64		from;
} PriorState;

#define PRIOR_CELLS	((int) (sizeof(PriorState) / sizeof(int64)))

static PriorSums
prior_sums(const PriorState *state)
{
	PriorSums	sums = {
		state->segments, state->yes, state->responses,
		(Wide) state->squares_high << 64 | state->squares_low,
		(Wide) state->quotients_high << 64 | state->quotients_low
	};

	return sums;
}

static void
prior_set_sums(PriorState *state, const PriorSums *sums)
{
	state->segments = sums->segments;
	state->yes = sums->yes;
	state->responses = sums->responses;
	state->squares_high = (uint64) (sums->squares >> 64);
	state->squares_low = (uint64) sums->squares;
	state->quotients_high = (uint64) (sums->quotients >> 64);
	state->quotients_low = (uint64) sums->quotients;
}

/* The state in an argument: the array, and what it holds.  Error 22023 if it is none. */
static PriorState *
prior_state(ArrayType *array)
{
	PriorState *state = (PriorState *) ARR_DATA_PTR(array);
	PriorSums	sums;

	if (ARR_NDIM(array) == 1 && ARR_DIMS(array)[0] == PRIOR_CELLS && !ARR_HASNULL(array))
	{
		sums = prior_sums(state);
		if (prior_possible(&sums))
			return state;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("bigint array is not a state of rate_prior"),
			 errhint("Use the aggregate rate_prior.")));
}

/* Inside an aggregate the array of the state itself, else a copy. */
static ArrayType *
prior_array(FunctionCallInfo fcinfo)
{
	return summary_in_aggregate(fcinfo) ? PG_GETARG_ARRAYTYPE_P(0) : PG_GETARG_ARRAYTYPE_P_COPY(0);
}

/* Make a state fit for segments of this scale and satisfied_from; all must have the same. */
static void
prior_require_same(PriorState *state, int64 lo, int64 hi, int64 from)
{
	if (state->segments == 0)
	{
		state->lo = lo;
		state->hi = hi;
		state->from = from;
	}
	scale_require_same((int32) state->lo, (int32) state->hi, (int32) lo, (int32) hi);
	if (state->from != from)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("satisfied_from " INT64_FORMAT " differs from the " INT64_FORMAT
						" of the segments before", from, state->from),
				 errdetail("A prior has one satisfied_from for all its segments.")));
}

/* Raise error 22003 if a sum of answers does not fit. */
static void
prior_require_room(const PriorState *state, int64 more)
{
	int64		sum;

	if (pg_add_s64_overflow(state->responses, more, &sum))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("rate_prior of more than " INT64_FORMAT " answers", PG_INT64_MAX)));
}

/* (state, tally) and (state, tally, satisfied_from); called with NULLs. */
Datum
rate_prior_accum(PG_FUNCTION_ARGS)
{
	ArrayType  *array;
	PriorState *state;
	PriorSums	sums;
	Tally	   *tally;
	int64		responses;
	int			from;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	array = prior_array(fcinfo);
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(array);
	state = prior_state(array);
	tally = PG_GETARG_TALLY(1);
	from = crs_satisfied_from(fcinfo, 2, tally->lo, tally->hi);
	responses = tally_responses(tally);
	if (responses > 0)
	{
		prior_require_room(state, responses);
		prior_require_same(state, tally->lo, tally->hi, from);
		sums = prior_sums(state);
		prior_add(&sums, tally_sum(tally, from, tally->hi), responses);
		prior_set_sums(state, &sums);
	}
	PG_FREE_IF_COPY(tally, 1);
	PG_RETURN_POINTER(array);
}

/* The combine function: the segments of both states. */
Datum
rate_prior_merge(PG_FUNCTION_ARGS)
{
	ArrayType  *array = prior_array(fcinfo);
	PriorState *state = prior_state(array);
	const PriorState *more = prior_state(PG_GETARG_ARRAYTYPE_P(1));

	if (more->segments > 0)
	{
		PriorSums	sums,
					others = prior_sums(more);

		prior_require_room(state, more->responses);
		prior_require_same(state, more->lo, more->hi, more->from);
		sums = prior_sums(state);
		prior_join(&sums, &others);
		prior_set_sums(state, &sums);
	}
	PG_RETURN_POINTER(array);
}

/* --- the composite type rate_prior --------------------------------------------------- */

const RowShape prior_shape = {
	PRIOR_COLUMNS, PRIOR_COLUMNS, {FLOAT8OID, FLOAT8OID, INT8OID, INT8OID, INT8OID, INT4OID}
};

/* The final function; NULL where nothing is known. */
Datum
rate_prior_final(PG_FUNCTION_ARGS)
{
	const PriorState *state = prior_state(PG_GETARG_ARRAYTYPE_P(0));
	PriorSums	sums = prior_sums(state);
	Prior		prior;
	Datum		values[PRIOR_COLUMNS];
	bool		nulls[PRIOR_COLUMNS] = {false};

	if (!prior_fit(&sums, &prior))
		PG_RETURN_NULL();
	summary_figures((const double[]) {prior.alpha, prior.beta}, 2, values, nulls);
	values[2] = Int64GetDatum(sums.segments);
	values[3] = Int64GetDatum(sums.yes);
	values[4] = Int64GetDatum(sums.responses);
	values[5] = Int32GetDatum((int32) state->from);
	return summary_tuple(fcinfo, &prior_shape, values, nulls);
}
