/*
 * effect_adjusted.c: adjusted_test and change_reversed, aggregates over strata.
 *
 * Their state is a bytea: sums of numbers that depend on no order, so that the results of
 * all plans are the same bit for bit, see stats_binned.c.  It is read and written as a
 * whole, because a bytea may lie anywhere in memory.
 */
#include "postgres.h"

#include <float.h>

#include "common/int.h"

#include "reading.h"

PG_FUNCTION_INFO_V1(adjusted_accum);
PG_FUNCTION_INFO_V1(adjusted_accum_mean);
PG_FUNCTION_INFO_V1(adjusted_combine);
PG_FUNCTION_INFO_V1(adjusted_test_final);
PG_FUNCTION_INFO_V1(change_reversed_final);

/* Partial results go between servers of one version and byte order only. */
#define ADJUSTED_VERSION	1

/* What is not a KPI of a tally: amounts. */
#define ADJUSTED_AMOUNTS	(READING_MEAN + 1)

/* Amounts lie between these, so that fourth powers stay in the range of double precision. */
#define ADJUSTED_LARGEST	0x1p200

/* A difference that is no larger, as a part of the scale's width, is rounding. */
#define ADJUSTED_TIE		1e-12

typedef struct AdjustedState
{
	int32		vl_len_;		/* varlena header, do not touch */
	int16		version;
	int16		kpi;
	int32		lo;
	int32		hi;
	int32		from;
	int32		strata;			/* that say something */
	BinnedSum	sums[ADJUSTED_SUMS];
	/* all answers, in strata that say something or not, and the sums of what they are read as */
	int64		answers[2];
	int64		totals[2];
} AdjustedState;

StaticAssertDecl(sizeof(AdjustedState) <= 200, "the state of a group is small");

/* --- the state ------------------------------------------------------------------------- */

/* Are these bytes a state? */
static bool
adjusted_is_state(const AdjustedState *state)
{
	int			i,
				k;

	if (state->version != ADJUSTED_VERSION || state->kpi < 0 || state->kpi > ADJUSTED_AMOUNTS ||
		state->lo > state->hi || state->strata < 0 || state->answers[0] < 0 ||
		state->answers[1] < 0)
		return false;
	for (i = 0; i < ADJUSTED_SUMS; i++)
	{
		const BinnedSum *sum = &state->sums[i];

		if (sum->used < 0 || sum->used > 1 || abs(sum->top) > DBL_MAX_EXP / BINNED_WIDTH + 2)
			return false;
		for (k = 0; k < BINNED_BINS; k++)
		{
			if (sum->bins[k] / (INT64CONST(1) << BINNED_WIDTH) > state->strata ||
				sum->bins[k] / (INT64CONST(1) << BINNED_WIDTH) < -state->strata)
				return false;
		}
	}
	return true;
}

/* The state in an argument. */
static AdjustedState
adjusted_read(FunctionCallInfo fcinfo, int argno)
{
	bytea	   *bytes = PG_GETARG_BYTEA_PP(argno);
	AdjustedState state;

	if (VARSIZE_ANY_EXHDR(bytes) != sizeof(state) - VARHDRSZ)
		summary_serial_error("adjusted_test");
	memcpy(&state.version, VARDATA_ANY(bytes), sizeof(state) - VARHDRSZ);
	SET_VARSIZE(&state, sizeof(state));
	if (!adjusted_is_state(&state))
		summary_serial_error("adjusted_test");
	return state;
}

/* The state as a result: in its place if it is that of an aggregate. */
static Datum
adjusted_write(FunctionCallInfo fcinfo, const AdjustedState *state)
{
	void	   *place;

	if (!PG_ARGISNULL(0) && summary_in_aggregate(fcinfo) &&
		VARATT_IS_4B_U(PG_GETARG_POINTER(0)))
		place = PG_GETARG_POINTER(0);
	else
		place = palloc(sizeof(AdjustedState));
	memcpy(place, state, sizeof(AdjustedState));
	PG_RETURN_POINTER(place);
}

/* A state without strata. */
static AdjustedState
adjusted_begin(int kpi, int32 lo, int32 hi, int32 from)
{
	AdjustedState state;

	memset(&state, 0, sizeof(state));
	SET_VARSIZE(&state, sizeof(state));
	state.version = ADJUSTED_VERSION;
	state.kpi = kpi;
	state.lo = lo;
	state.hi = hi;
	state.from = from;
	return state;
}

/* Error 22023 if strata of one comparison are not read alike. */
static void
adjusted_require_same(const AdjustedState *state, int kpi, int32 lo, int32 hi, int32 from)
{
	scale_require_same(state->lo, state->hi, lo, hi);
	if (state->kpi != kpi || state->from != from)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("kpi or satisfied_from differs from that of the strata before"),
				 errdetail("One comparison has one KPI, and one satisfied_from.")));
}

/* Count so many strata more. */
static void
adjusted_count_strata(AdjustedState *state, int32 more)
{
	if (more > BINNED_MAX_TERMS - state->strata)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("adjusted comparison of more than %d strata", BINNED_MAX_TERMS)));
	state->strata += more;
}

/* Count answers of a group, and what they add up to. */
static void
adjusted_count_answers(AdjustedState *state, int side, int64 answers, int64 total)
{
	if (pg_add_s64_overflow(state->answers[side], answers, &state->answers[side]) ||
		pg_add_s64_overflow(state->totals[side], total, &state->totals[side]))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of answers, or the sum of their scores, is out of range"),
				 errdetail("They go up to " INT64_FORMAT ".", PG_INT64_MAX)));
}

/* Add the terms of a stratum. */
static void
adjusted_add(AdjustedState *state, const double *terms)
{
	int			i;

	adjusted_count_strata(state, 1);
	for (i = 0; i < ADJUSTED_SUMS; i++)
		binned_add(&state->sums[i], terms[i]);
}

/* --- strata of answers ---------------------------------------------------------------- */

/* The state that goes on with tallies of this scale, or begins with them. */
static AdjustedState
adjusted_of_scale(FunctionCallInfo fcinfo, const Tally *tally, TallyReading *reading)
{
	AdjustedState state;

	*reading = reading_begin(fcinfo, reading_kpi(fcinfo, 3), 4, tally->lo, tally->hi);
	if (PG_ARGISNULL(0))
		return adjusted_begin(reading->kpi, reading->lo, reading->hi, reading->from);
	state = adjusted_read(fcinfo, 0);
	adjusted_require_same(&state, reading->kpi, reading->lo, reading->hi, reading->from);
	return state;
}

/*
 * (state, current, baseline, kpi) and (state, current, baseline, kpi, satisfied_from): one
 * stratum.  Called with NULLs: a NULL tally has no answers.
 */
Datum
adjusted_accum(PG_FUNCTION_ARGS)
{
	AdjustedState state;
	TallyReading reading;
	Answered	groups[2] = {{0}};
	double		terms[ADJUSTED_SUMS];
	int			side;

	if (PG_ARGISNULL(3) || (PG_ARGISNULL(1) && PG_ARGISNULL(2)))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	}
	state = adjusted_of_scale(fcinfo, PG_GETARG_TALLY(PG_ARGISNULL(1) ? 2 : 1), &reading);
	for (side = 0; side < 2; side++)
	{
		Tally	   *tally;

		if (PG_ARGISNULL(1 + side))
			continue;
		tally = PG_GETARG_TALLY(1 + side);
		groups[side] = reading_answered(&reading, tally);
		adjusted_count_answers(&state, side, tally_responses(tally), reading_sum(&reading, tally));
		PG_FREE_IF_COPY(tally, 1 + side);
	}
	if (adjusted_stratum(groups[0], groups[1], reading_measure(&reading), terms))
		adjusted_add(&state, terms);
	return adjusted_write(fcinfo, &state);
}

/* --- strata of amounts ------------------------------------------------------------------ */

static void
adjusted_require(bool good, const char *what, double value, const char *range)
{
	if (!good)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s %s is not %s", what, summary_print(value), range),
				 errhint("Leave such rows out with FILTER (WHERE ...).")));
}

/* Mean, standard deviation and number of amounts in the arguments argno to argno + 2. */
static GivenMean
adjusted_amounts(FunctionCallInfo fcinfo, int argno)
{
	GivenMean	given = {0.0, NAN, NAN};

	if (!PG_ARGISNULL(argno + 2))
		given.n = (double) PG_GETARG_INT64(argno + 2);
	adjusted_require(given.n >= 0.0, "number of amounts", given.n, "0 or more");
	if (!PG_ARGISNULL(argno))
	{
		given.mean = PG_GETARG_FLOAT8(argno);
		adjusted_require(fabs(given.mean) <= ADJUSTED_LARGEST, "mean", given.mean,
						 "between -1.6e60 and 1.6e60");
	}
	if (!PG_ARGISNULL(argno + 1))
	{
		given.deviation = PG_GETARG_FLOAT8(argno + 1);
		adjusted_require(given.deviation >= 0.0 && given.deviation <= ADJUSTED_LARGEST,
						 "standard deviation", given.deviation, "between 0 and 1.6e60");
	}
	return given;
}

/*
 * (state, mean, stddev, n, baseline_mean, baseline_stddev, baseline_n): one stratum; called
 * with NULLs.
 */
Datum
adjusted_accum_mean(PG_FUNCTION_ARGS)
{
	GivenMean	current = adjusted_amounts(fcinfo, 1);
	GivenMean	baseline = adjusted_amounts(fcinfo, 4);
	AdjustedState state;
	double		terms[ADJUSTED_SUMS];

	if (PG_ARGISNULL(0))
		state = adjusted_begin(ADJUSTED_AMOUNTS, 0, 0, 0);
	else
		state = adjusted_read(fcinfo, 0);
	if (state.kpi != ADJUSTED_AMOUNTS)
		summary_serial_error("adjusted_test");
	if (adjusted_given(current, baseline, terms))
		adjusted_add(&state, terms);
	return adjusted_write(fcinfo, &state);
}

/* --- merging and results ------------------------------------------------------------------ */

/* The strata of both; strict. */
Datum
adjusted_combine(PG_FUNCTION_ARGS)
{
	AdjustedState state = adjusted_read(fcinfo, 0);
	AdjustedState more = adjusted_read(fcinfo, 1);
	int			i;

	adjusted_require_same(&state, more.kpi, more.lo, more.hi, more.from);
	adjusted_count_strata(&state, more.strata);
	for (i = 0; i < ADJUSTED_SUMS; i++)
		binned_join(&state.sums[i], &more.sums[i]);
	for (i = 0; i < 2; i++)
		adjusted_count_answers(&state, i, more.answers[i], more.totals[i]);
	return adjusted_write(fcinfo, &state);
}

/* What the state of tallies says of how they were read. */
static TallyReading
adjusted_reading(const AdjustedState *state)
{
	return (TallyReading) {(ReadingKpi) state->kpi, state->lo, state->hi, state->from};
}

/* adjusted_test: in the KPI's unit, or in that of the amounts; confidence 0.95 */
Datum
adjusted_test_final(PG_FUNCTION_ARGS)
{
	AdjustedState state;
	double		sums[ADJUSTED_SUMS];
	double		unit = 1.0;
	Comparison	comparison;
	int			i;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = adjusted_read(fcinfo, 0);
	for (i = 0; i < ADJUSTED_SUMS; i++)
		sums[i] = binned_value(&state.sums[i]);
	if (state.kpi == ADJUSTED_AMOUNTS)
		adjusted_given_comparison(sums, summary_confidence(fcinfo, PG_NARGS()), &comparison);
	else
	{
		TallyReading reading = adjusted_reading(&state);

		unit = reading_unit(&reading);
		adjusted_comparison(sums, reading_measure(&reading),
							summary_confidence(fcinfo, PG_NARGS()), &comparison);
	}
	return summary_comparison(fcinfo, unit * adjusted_difference(sums), &comparison, unit);
}

/*
 * change_reversed: do all answers taken together and the strata say opposite things?
 * Called with NULLs.
 */
Datum
change_reversed_final(PG_FUNCTION_ARGS)
{
	AdjustedState state;
	TallyReading reading;
	Reading		measure;
	double		adjusted,
				crude,
				tie;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = adjusted_read(fcinfo, 0);
	if (state.strata == 0 || state.kpi == ADJUSTED_AMOUNTS)
		PG_RETURN_NULL();
	reading = adjusted_reading(&state);
	measure = reading_measure(&reading);
	adjusted = binned_value(&state.sums[1]) / binned_value(&state.sums[0]);
	crude = (double) state.totals[0] / state.answers[0] -
		(double) state.totals[1] / state.answers[1];
	tie = ADJUSTED_TIE * (measure.hi - measure.lo);
	PG_RETURN_BOOL((adjusted > tie && crude < -tie) || (adjusted < -tie && crude > tie));
}
