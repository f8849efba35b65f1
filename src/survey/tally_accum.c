/*
 * tally_accum.c: transition functions of the aggregates over scores.
 *
 * The state is a tally, changed in place.  Aggregates of a fixed scale start
 * from an empty tally of that scale (their initcond), so nps, csat, ces and
 * their tallies are one strict transition function, and PostgreSQL runs several
 * KPIs of one column in one pass.  Every forward function has an exact inverse
 * for moving windows.
 */
#include "postgres.h"

#include "common/int.h"

#include "tally.h"

PG_FUNCTION_INFO_V1(tally_accum_int2);
PG_FUNCTION_INFO_V1(tally_accum_int4);
PG_FUNCTION_INFO_V1(tally_accum_float8);
PG_FUNCTION_INFO_V1(tally_accum_int2_inv);
PG_FUNCTION_INFO_V1(tally_accum_int4_inv);
PG_FUNCTION_INFO_V1(tally_accum_float8_inv);
PG_FUNCTION_INFO_V1(tally_accum_scale_int2);
PG_FUNCTION_INFO_V1(tally_accum_scale_int4);
PG_FUNCTION_INFO_V1(tally_accum_scale_float8);
PG_FUNCTION_INFO_V1(tally_accum_scale_int2_inv);
PG_FUNCTION_INFO_V1(tally_accum_scale_int4_inv);
PG_FUNCTION_INFO_V1(tally_accum_scale_float8_inv);

/* --- one score ---------------------------------------------------------------- */

/* Raise the error for a score that is not a point of the scale. */
void
tally_scale_error(double score, int32 lo, int32 hi)
{
	if (score >= lo && score <= hi)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("score %s is not a whole number", summary_print(score)),
				 errdetail("Scores are the whole numbers %d to %d.", lo, hi),
				 errhint("A scale with half points is counted in half points: "
						 "tally(2 * score, %lld, %lld). Only if such scores are mistakes leave "
						 "their rows out: FILTER (WHERE score = trunc(score)).",
						 2LL * lo, 2LL * hi)));
	/* those left out by a filter may be the best: the scale comes first */
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("score %s is outside the scale %d..%d", summary_print(score), lo, hi),
			 !isfinite(score) ?
			 errhint("Leave such rows out: FILTER (WHERE score BETWEEN %d AND %d).", lo, hi) :
			 errhint("Was the question asked on another scale%s? Then name it, %s. Only if such "
					 "scores are mistakes leave their rows out: "
					 "FILTER (WHERE score BETWEEN %d AND %d).",
					 score > 10 && score <= 100 ? ", such as a slider from 0 to 100" : "",
					 score > 10 && score <= 100 ? "tally(score, 0, 100), or convert all scores" :
					 "tally(score, lowest, highest)", lo, hi)));
}

/*
 * Raise the error for a count that would fall below 0 or overflow; cell is "score 3" or
 * similar.
 */
void
tally_count_error(const char *cell, int32 lo, int32 hi)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("count of %s is out of range", cell),
			 errdetail("Counts lie between 0 and " INT64_FORMAT ", on the scale %d..%d.",
					   PG_INT64_MAX, lo, hi)));
}

/*
 * The same for a score; a function of its own, so that the hot path does not pay for the
 * message.
 */
pg_noreturn static void pg_attribute_cold
tally_score_count_error(const Tally *tally, int32 score)
{
	tally_count_error(psprintf("score %d", score), tally->lo, tally->hi);
}

/*
 * Count one answer more (step 1) or less (step -1): the inner loop of everything.
 * The difference to the lowest score may wrap, but as a scale is short it is in range
 * only if the score is.
 */
static pg_attribute_always_inline void
tally_bump(Tally *tally, int32 score, int step)
{
	uint32		offset = (uint32) score - (uint32) tally->lo;

	if (unlikely(offset > (uint32) tally->hi - (uint32) tally->lo))
		tally_scale_error(score, tally->lo, tally->hi);
	if (unlikely(pg_add_s64_overflow(tally->counts[offset], step, &tally->counts[offset]) ||
				 (step < 0 && tally->counts[offset] < 0)))
		tally_score_count_error(tally, score);
}

/* Count one answer more (step 1) or less (step -1); error 22003 if it is off the scale. */
void
tally_count(Tally *tally, int32 score, int step)
{
	tally_bump(tally, score, step);
}

/*
 * A double precision score as a point of the scale; error 22003 if it is not one (NaN
 * fails the first test).
 */
int32
tally_score_float8(double score, int32 lo, int32 hi)
{
	if (unlikely(!(score >= lo && score <= hi) || score != rint(score)))
		tally_scale_error(score, lo, hi);
	return (int32) score;
}

/* --- the scale is the state's ----------------------------------------------- */

/*
 * Strict (tally, score) -> tally.  On a state known to be ours the work is a handful
 * of instructions: as fast as count(score).
 */
#define TALLY_ACCUM(name, step, score) \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	Tally	   *state = summary_state(fcinfo, TALLY_VERSION); \
\
	tally_bump(state, score, step); \
	PG_RETURN_POINTER(state); \
}

TALLY_ACCUM(tally_accum_int2, 1, PG_GETARG_INT16(1))
TALLY_ACCUM(tally_accum_int4, 1, PG_GETARG_INT32(1))
TALLY_ACCUM(tally_accum_float8, 1, tally_score_float8(PG_GETARG_FLOAT8(1), state->lo, state->hi))
TALLY_ACCUM(tally_accum_int2_inv, -1, PG_GETARG_INT16(1))
TALLY_ACCUM(tally_accum_int4_inv, -1, PG_GETARG_INT32(1))
TALLY_ACCUM(tally_accum_float8_inv, -1,
			tally_score_float8(PG_GETARG_FLOAT8(1), state->lo, state->hi))

/* --- the scale is given with every row -------------------------------------- */

/* The scale in arguments argno and argno + 1, which must not be NULL. */
void
tally_scale_arguments(FunctionCallInfo fcinfo, int argno, int32 *lo, int32 *hi)
{
	if (PG_ARGISNULL(argno) || PG_ARGISNULL(argno + 1))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("scale of a tally must not be NULL")));
	*lo = PG_GETARG_INT32(argno);
	*hi = PG_GETARG_INT32(argno + 1);
}

/* Raise the error for a row with another scale than the rows before it. */
void
tally_scale_changed(int32 lo, int32 hi, int32 old_lo, int32 old_hi)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("scale %d..%d differs from the scale %d..%d of the rows before",
					lo, hi, old_lo, old_hi),
			 errhint("Group by survey, so that only answers on one scale meet.")));
}

/* The empty tally that the first row starts from. */
Tally *
tally_scale_begin(FunctionCallInfo fcinfo, int argno, bool paired)
{
	int32		lo,
				hi;

	tally_scale_arguments(fcinfo, argno, &lo, &hi);
	tally_check_scale(lo, hi, ERRCODE_INVALID_PARAMETER_VALUE, NULL);
	return tally_empty(lo, hi, paired);
}

/* (tally, score, lo, hi) -> tally, called with NULLs too. */
#define TALLY_ACCUM_SCALE(name, step, score) \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	Tally	   *state = tally_scale_state(fcinfo, 2, false); \
\
	if (!PG_ARGISNULL(1)) \
		tally_bump(state, score, step); \
	PG_RETURN_POINTER(state); \
}

TALLY_ACCUM_SCALE(tally_accum_scale_int2, 1, PG_GETARG_INT16(1))
TALLY_ACCUM_SCALE(tally_accum_scale_int4, 1, PG_GETARG_INT32(1))
TALLY_ACCUM_SCALE(tally_accum_scale_float8, 1,
				  tally_score_float8(PG_GETARG_FLOAT8(1), state->lo, state->hi))
TALLY_ACCUM_SCALE(tally_accum_scale_int2_inv, -1, PG_GETARG_INT16(1))
TALLY_ACCUM_SCALE(tally_accum_scale_int4_inv, -1, PG_GETARG_INT32(1))
TALLY_ACCUM_SCALE(tally_accum_scale_float8_inv, -1,
				  tally_score_float8(PG_GETARG_FLOAT8(1), state->lo, state->hi))
