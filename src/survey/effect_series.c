/*
 * effect_series.c: series_break, an ordered aggregate: did level and slope of a series
 * change when something began?
 *
 * Order matters, so there is nothing to merge, and the state is private: the values of
 * the periods, 8 bytes each.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "base/summary.h"
#include "stats/stats_series.h"

PG_FUNCTION_INFO_V1(series_break_accum);
PG_FUNCTION_INFO_V1(series_break_final);

/* Time grows with points times the square of the coefficients: these are seconds. */
#define SERIES_MAX_POINTS	10000
#define SERIES_MAX_SEASONS	366
#define SERIES_FEW_POINTS	64

#define SERIES_FIGURES	8

typedef struct SeriesState
{
	int			count;
	int			room;
	int			first_after;	/* index of the first period after the break; -1: none yet */
	int			seasons;
	int			lags;
	double	   *values;			/* NAN for one that is not known */
} SeriesState;

/* A number in an argument, or another one for NULL and for a function without it. */
static int
series_option(FunctionCallInfo fcinfo, int argno, int otherwise, int least, int most,
			  const char *what)
{
	int			option;

	if (argno >= PG_NARGS() || PG_ARGISNULL(argno))
		return otherwise;
	option = PG_GETARG_INT32(argno);
	if (option < least || option > most)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %d are not between %d and %d", what, option, least, most)));
	return option;
}

static SeriesState *
series_begin(FunctionCallInfo fcinfo, int seasons, int lags)
{
	MemoryContext memory = summary_memory(fcinfo);
	SeriesState *state = MemoryContextAllocZero(memory, sizeof(SeriesState));

	state->first_after = -1;
	state->seasons = seasons;
	state->lags = lags;
	state->room = SERIES_FEW_POINTS;
	state->values = MemoryContextAlloc(memory, state->room * sizeof(double));
	return state;
}

/* Is the period after the break?  Once it is, all that follow are. */
static void
series_side(SeriesState *state, FunctionCallInfo fcinfo)
{
	if (PG_ARGISNULL(2))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("after is NULL in period %d of a series", state->count + 1),
				 errhint("Say for each period whether it is after the break, also for one "
						 "without a value.")));
	if (PG_GETARG_BOOL(2) && state->first_after < 0)
		state->first_after = state->count;
	if (!PG_GETARG_BOOL(2) && state->first_after >= 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("after is false again in period %d of a series", state->count + 1),
				 errdetail("It was true in period %d.", state->first_after + 1),
				 errhint("Give the order inside the call: "
						 "series_break(value, after ORDER BY period).")));
}

/*
 * (state, value, after) and (state, value, after, seasons, lags): one period; called with
 * NULLs.
 */
Datum
series_break_accum(PG_FUNCTION_ARGS)
{
	SeriesState *state = summary_internal(fcinfo, 0);
	int			seasons = series_option(fcinfo, 3, 1, 1, SERIES_MAX_SEASONS, "seasons");
	int			lags = series_option(fcinfo, 4, -1, 0, SERIES_MAX_POINTS, "lags");
	double		value = PG_ARGISNULL(1) ? NAN : PG_GETARG_FLOAT8(1);

	if (state == NULL)
		state = series_begin(fcinfo, seasons, lags);
	if (state->seasons != seasons || state->lags != lags)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("seasons or lags differ from those of the periods before")));
	if (!PG_ARGISNULL(1) && !isfinite(value))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value %s of a series is not finite", summary_print(value)),
				 errhint("NULL stands for a value that is not known.")));
	series_side(state, fcinfo);
	if (state->count == SERIES_MAX_POINTS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("series of more than %d periods", SERIES_MAX_POINTS),
				 errhint("Take longer periods.")));
	if (state->count == state->room)
	{
		state->room *= 2;
		state->values = repalloc(state->values, state->room * sizeof(double));
	}
	state->values[state->count++] = value;
	PG_RETURN_POINTER(state);
}

/* --- the result ------------------------------------------------------------------------ */

static void
series_pause(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* Raise the error for a series that cannot be fitted. */
static void pg_attribute_cold
series_error(SeriesStatus status, const SeriesState *state, size_t points)
{
	if (status == SERIES_FEW)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("series of %d values is too short", (int) points),
				 errdetail("Its %d coefficients need at least %d values.",
						   (int) SERIES_COEFFICIENTS(state->seasons),
						   (int) SERIES_COEFFICIENTS(state->seasons) + 2)));
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("level and slope of a series cannot be told apart"),
			 errhint("There must be two values or more before the break and after it, "
					 "and values of each season.")));
}

/* Error 22023 unless there are values that are known on both sides of the break. */
static void
series_require_sides(const SeriesState *state)
{
	int			known[2] = {0, 0};
	int			i;

	for (i = 0; i < state->count; i++)
	{
		if (!isnan(state->values[i]))
			known[state->first_after >= 0 && i >= state->first_after]++;
	}
	if (known[0] == 0 || known[1] == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("series has no values %s the break", known[0] == 0 ? "before" : "after"),
				 errdetail("It has %d values before and %d after it.", known[0], known[1])));
}

/* series_break: NULL without rows */
Datum
series_break_final(PG_FUNCTION_ARGS)
{
	static const RowShape shape = {
		SERIES_FIGURES + 1, SERIES_FIGURES + 1,
		{[0 ... SERIES_FIGURES - 1] = FLOAT8OID, [SERIES_FIGURES] = INT8OID}
	};
	SeriesState *state = summary_internal(fcinfo, 0);
	Series		series;
	SeriesBreak result;
	SeriesStatus status;
	double	   *scratch;
	Datum		values[SERIES_FIGURES + 1];
	bool		nulls[SERIES_FIGURES + 1] = {false};

	if (state == NULL)
		PG_RETURN_NULL();
	series_require_sides(state);
	series = (Series) {state->values, state->count, state->first_after, state->seasons,
		state->lags};
	scratch = palloc(SERIES_SCRATCH(state->count, state->seasons) * sizeof(double));
	status = series_break_fit(&series, summary_confidence(fcinfo, PG_NARGS()), scratch,
							  series_pause, &result);
	pfree(scratch);
	if (status != SERIES_GOOD)
		series_error(status, state, result.points);
	summary_figures((double[]) {result.level.estimate, result.level.bounds.lower,
								result.level.bounds.upper, result.level.p_value,
								result.slope.estimate, result.slope.bounds.lower,
								result.slope.bounds.upper, result.slope.p_value},
					SERIES_FIGURES, values, nulls);
	values[SERIES_FIGURES] = Int64GetDatum((int64) result.points);
	return summary_tuple(fcinfo, &shape, values, nulls);
}
