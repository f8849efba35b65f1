/*
 * weighted_accum.c: transition functions of weighted_tally(score, lo, hi, weight).
 */
#include "postgres.h"

#include "common/int.h"

#include "weighted.h"

PG_FUNCTION_INFO_V1(weighted_accum_int2);
PG_FUNCTION_INFO_V1(weighted_accum_int4);
PG_FUNCTION_INFO_V1(weighted_accum_float8);

static inline void
weighted_put(WeightedPoint *point, double weight)
{
	add_exactly(&point->weight, &point->weight_rest, weight);
	add_exactly(&point->square, &point->square_rest, weight * weight);
}

/*
 * The weight of an answer in the unit of the state, which it may raise.  Ordinary
 * weights do not need this.  0 is not an answer.
 */
static double pg_attribute_cold
weighted_unusual(Weighted *state, double weight)
{
	int			unit = weight < WEIGHTED_SMALLEST ? -1 : (weight < WEIGHTED_LARGEST ? 0 : 1);

	if (!(weight >= 0.0) || isinf(weight))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("weight %s is not a finite number of at least 0", summary_print(weight)),
				 errhint("Leave such rows out: "
						 "FILTER (WHERE weight >= 0 AND weight < 'Infinity').")));
	if (weight == 0.0)
		return 0.0;
	if (weighted_is_empty(state))
		state->unit = unit;
	if (unit > state->unit)
		weighted_rescale(state, unit);
	return ldexp(weight, -WEIGHTED_UNIT * state->unit);
}

static pg_attribute_always_inline void
weighted_add(Weighted *state, int32 score, double weight)
{
	uint32		offset = (uint32) score - (uint32) state->lo;
	WeightedPoint *point;

	if (unlikely(offset > (uint32) state->hi - (uint32) state->lo))
		tally_scale_error(score, state->lo, state->hi);
	point = &state->points[offset];
	if (unlikely(!(weight >= WEIGHTED_SMALLEST && weight < WEIGHTED_LARGEST) || state->unit != 0))
	{
		double		scaled = weighted_unusual(state, weight);

		if (weight == 0.0)
			return;
		weight = scaled;
	}
	if (unlikely(pg_add_s64_overflow(point->count, 1, &point->count)))
		tally_count_error(psprintf("score %d", score), state->lo, state->hi);
	weighted_put(point, weight);
}

/* The empty state that the first row starts from. */
static Weighted *pg_attribute_cold
weighted_begin(FunctionCallInfo fcinfo)
{
	int32		lo,
				hi;

	tally_scale_arguments(fcinfo, 2, &lo, &hi);
	tally_check_scale(lo, hi, ERRCODE_INVALID_PARAMETER_VALUE, NULL);
	return weighted_empty(lo, hi);
}

/* The state of this row; see tally_scale_state. */
static pg_attribute_always_inline Weighted *
weighted_state(FunctionCallInfo fcinfo)
{
	Weighted   *state;

	if (unlikely(PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3)))
		return weighted_begin(fcinfo);
	state = summary_state(fcinfo, WEIGHTED_VERSION);
	if (unlikely(state->lo != PG_GETARG_INT32(2) || state->hi != PG_GETARG_INT32(3)))
		tally_scale_changed(PG_GETARG_INT32(2), PG_GETARG_INT32(3), state->lo, state->hi);
	return state;
}

/* (weighted_tally, score, lo, hi, weight) -> weighted_tally, called with NULLs too. */
#define WEIGHTED_ACCUM(name, score) \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	Weighted   *state = weighted_state(fcinfo); \
\
	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(4)) \
		weighted_add(state, score, PG_GETARG_FLOAT8(4)); \
	PG_RETURN_POINTER(state); \
}

WEIGHTED_ACCUM(weighted_accum_int2, PG_GETARG_INT16(1))
WEIGHTED_ACCUM(weighted_accum_int4, PG_GETARG_INT32(1))
WEIGHTED_ACCUM(weighted_accum_float8, tally_score_float8(PG_GETARG_FLOAT8(1), state->lo, state->hi))
