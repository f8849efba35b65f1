/*
 * csat.c: Customer Satisfaction, the percentage of answers at or above a score (by
 * default top-two-box), and Customer Recovery Satisfaction, the same for answers
 * about a recovery.
 */
#include "postgres.h"

#include "rate.h"
#include "satisfied.h"

PG_FUNCTION_INFO_V1(csat);
PG_FUNCTION_INFO_V1(crs);
PG_FUNCTION_INFO_V1(crs_interval);
PG_FUNCTION_INFO_V1(crs_test);
PG_FUNCTION_INFO_V1(csat_interval);
PG_FUNCTION_INFO_V1(csat_test);

/* --- accumulation ----------------------------------------------------------------- */

/*
 * csat(score, lo, hi, satisfied_from): the state is a yes/no tally, as each row has
 * its own scale.  Called with NULLs: a NULL satisfied_from is the default.
 */
static Datum
csat_accumulate(FunctionCallInfo fcinfo, int step)
{
	Tally	   *state;
	int32		lo,
				hi;
	int			from;

	if (PG_ARGISNULL(0))		/* not called by an aggregate, which starts from an empty tally */
		PG_RETURN_NULL();
	state = summary_state(fcinfo, TALLY_VERSION);
	if (PG_ARGISNULL(1))
		PG_RETURN_POINTER(state);
	if (PG_ARGISNULL(2) || PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("scale of a satisfaction score must not be NULL")));
	lo = PG_GETARG_INT32(2);
	hi = PG_GETARG_INT32(3);
	if (lo > hi)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("invalid scale %d..%d", lo, hi)));
	from = csat_satisfied_from(fcinfo, 4, lo, hi);
	tally_count(state, tally_score_float8(PG_GETARG_FLOAT8(1), lo, hi) >= from ? 1 : 0, step);
	PG_RETURN_POINTER(state);
}

TALLY_ACCUM_PAIR(csat_accum, csat_accumulate)

/* crs(satisfied, recovery_related): strict, so rows with NULL are left out. */
static Datum
crs_accumulate(FunctionCallInfo fcinfo, int step)
{
	Tally	   *state = summary_state(fcinfo, TALLY_VERSION);

	if (PG_GETARG_BOOL(2))
		tally_count(state, PG_GETARG_BOOL(1) ? 1 : 0, step);
	PG_RETURN_POINTER(state);
}

TALLY_ACCUM_PAIR(crs_accum, crs_accumulate)

/* crs(score, recovery_related) */
static Datum
crs_score_accumulate(FunctionCallInfo fcinfo, int step)
{
	Tally	   *state = summary_state(fcinfo, TALLY_VERSION);

	if (PG_GETARG_BOOL(2))
		tally_count(state, tally_score_float8(PG_GETARG_FLOAT8(1), state->lo, state->hi), step);
	PG_RETURN_POINTER(state);
}

TALLY_ACCUM_PAIR(crs_score_accum, crs_score_accumulate)

/* --- readers ------------------------------------------------------------------------ */

/* Satisfied answers of a tally, satisfied_from in argument argno. */
static Share
csat_share(FunctionCallInfo fcinfo, const Tally *tally, int argno)
{
	return tally_share(tally, csat_satisfied_from(fcinfo, argno, tally->lo, tally->hi), tally->hi);
}

/* csat(tally) and csat(tally, satisfied_from), in percent; called with NULLs. */
Datum
csat(PG_FUNCTION_ARGS)
{
	Share		share;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	share = csat_share(fcinfo, PG_GETARG_TALLY(0), 1);
	return summary_number(fcinfo, share_percent(share));
}

/* Satisfied answers: yes in a yes/no tally, the top two points of other scales. */
static Share
crs_share(FunctionCallInfo fcinfo, const Tally *tally)
{
	return tally_share(tally, crs_satisfied_from(fcinfo, PG_NARGS(), tally->lo, tally->hi),
					   tally->hi);
}

/* crs(tally), in percent */
Datum
crs(PG_FUNCTION_ARGS)
{
	return summary_number(fcinfo, share_percent(crs_share(fcinfo, PG_GETARG_TALLY(0))));
}

/* crs_interval(tally, confidence, method) */
Datum
crs_interval(PG_FUNCTION_ARGS)
{
	Tally	   *tally = PG_GETARG_TALLY(0);

	return rate_share_interval(fcinfo, tally_responses(tally), crs_share(fcinfo, tally),
							   summary_confidence(fcinfo, 1), rate_interval_method(fcinfo, 2));
}

/* crs_test(current, baseline, confidence): the difference in percentage points */
Datum
crs_test(PG_FUNCTION_ARGS)
{
	Tally	   *current = PG_GETARG_TALLY(0);
	Tally	   *baseline = PG_GETARG_TALLY(1);

	tally_same_scale(current, baseline);
	return rate_share_test(fcinfo, crs_share(fcinfo, current), crs_share(fcinfo, baseline),
						   summary_confidence(fcinfo, 2));
}

/*
 * csat_interval(tally, confidence, satisfied_from, method) and, for aggregates,
 * csat_interval(tally); called with NULLs.
 */
Datum
csat_interval(PG_FUNCTION_ARGS)
{
	Tally	   *tally;

	if (PG_ARGISNULL(0) || (PG_NARGS() > 1 && (PG_ARGISNULL(1) || PG_ARGISNULL(3))))
		PG_RETURN_NULL();
	tally = PG_GETARG_TALLY(0);
	return rate_share_interval(fcinfo, tally_responses(tally), csat_share(fcinfo, tally, 2),
							   summary_confidence(fcinfo, 1), rate_interval_method(fcinfo, 3));
}

/*
 * csat_test(current, baseline, confidence, satisfied_from), in percentage points; called
 * with NULLs.
 */
Datum
csat_test(PG_FUNCTION_ARGS)
{
	Tally	   *current;
	Tally	   *baseline;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	current = PG_GETARG_TALLY(0);
	baseline = PG_GETARG_TALLY(1);
	tally_same_scale(current, baseline);
	return rate_share_test(fcinfo, csat_share(fcinfo, current, 3), csat_share(fcinfo, baseline, 3),
						   summary_confidence(fcinfo, 2));
}
