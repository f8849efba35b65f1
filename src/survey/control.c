/*
 * control.c: is a change real?  Control charts of shares and of single values, and
 * exponentially weighted moving averages.
 *
 * Order matters here, so there is nothing to merge, and the states are private.  The
 * chart of shares keeps its points, 16 bytes each, because their distance from the
 * centre is known only once the centre is known.
 */
#include "postgres.h"

#include <float.h>

#include "executor/executor.h"
#include "utils/builtins.h"

#include "satisfied.h"
#include "tally.h"

PG_FUNCTION_INFO_V1(control_chart_accum);
PG_FUNCTION_INFO_V1(control_chart_final);
PG_FUNCTION_INFO_V1(control_limits);
PG_FUNCTION_INFO_V1(xmr_chart_accum);
PG_FUNCTION_INFO_V1(xmr_chart_final);
PG_FUNCTION_INFO_V1(xmr_limits);
PG_FUNCTION_INFO_V1(ewma_accum);

/* The memory of a chart is bounded: enough days for more than two centuries. */
#define CONTROL_MAX_POINTS	100000
#define CONTROL_FEW_POINTS	32

/* The composite types control_chart and xmr_chart. */
#define CONTROL_CHART_COLUMNS	4
#define XMR_CHART_COLUMNS		5

static const RowShape control_chart_shape = {
	CONTROL_CHART_COLUMNS, CONTROL_CHART_COLUMNS, {FLOAT8OID, FLOAT8OID, INT8OID, INT4OID}
};

/* In 0.1.0 there were no points. */
static const RowShape xmr_chart_shape = {
	XMR_CHART_COLUMNS, XMR_CHART_COLUMNS - 1,
	{FLOAT8OID, FLOAT8OID, FLOAT8OID, FLOAT8OID, INT8OID}
};

/* The memory context of the states; an error outside an aggregate. */
static MemoryContext
control_memory(FunctionCallInfo fcinfo)
{
	MemoryContext memory;

	if (!AggCheckCallContext(fcinfo, &memory))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("transition function of a control chart called outside an aggregate")));
	return memory;
}

/* The value in an argument; error 22003 if it is not finite. */
static double
control_value(FunctionCallInfo fcinfo, int argno)
{
	double		value = PG_GETARG_FLOAT8(argno);

	if (!isfinite(value))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("value %s of a control chart is not finite", summary_print(value)),
				 errhint("Leave such rows out with FILTER (WHERE ...).")));
	return value;
}

/* --- shares ------------------------------------------------------------------------ */

typedef struct ControlState
{
	int32		lo;				/* scale of the tallies; lo > hi before the first */
	int32		hi;
	int			from;			/* lowest satisfied score */
	int			count;
	int			room;
	Share	   *points;
} ControlState;

/*
 * The point of a tally.  Scale and satisfied_from (argument 2) must be the same for all
 * tallies.
 */
static Share
control_point(FunctionCallInfo fcinfo, ControlState *state, const Tally *tally)
{
	bool		first = state->lo > state->hi;
	int			from;

	if (!first)
		scale_require_same(state->lo, state->hi, tally->lo, tally->hi);
	from = crs_satisfied_from(fcinfo, 2, tally->lo, tally->hi);
	if (first)
	{
		state->lo = tally->lo;
		state->hi = tally->hi;
		state->from = from;
	}
	if (state->from != from)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("satisfied_from %d differs from the %d of the periods before",
						from, state->from),
				 errdetail("A control chart has one satisfied_from for all its periods.")));
	return tally_share(tally, from, tally->hi);
}

/* (state, tally) and (state, tally, satisfied_from); called with NULLs. */
Datum
control_chart_accum(PG_FUNCTION_ARGS)
{
	MemoryContext memory = control_memory(fcinfo);
	ControlState *state = PG_ARGISNULL(0) ? NULL : (ControlState *) PG_GETARG_POINTER(0);
	Share		point = {0.0, 0.0};

	if (state == NULL)
	{
		state = MemoryContextAllocZero(memory, sizeof(ControlState));
		state->lo = 1;
		state->room = CONTROL_FEW_POINTS;
		state->points = MemoryContextAlloc(memory, state->room * sizeof(Share));
	}
	/* a NULL tally is a period without answers: a gap */
	if (!PG_ARGISNULL(1))
		point = control_point(fcinfo, state, PG_GETARG_TALLY(1));
	if (state->count == CONTROL_MAX_POINTS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("control chart of more than %d points", CONTROL_MAX_POINTS),
				 errhint("Take longer periods, or a baseline: FILTER (WHERE ...).")));
	if (state->count == state->room)
	{
		state->room *= 2;
		state->points = repalloc(state->points, state->room * sizeof(Share));
	}
	state->points[state->count++] = point;
	PG_RETURN_POINTER(state);
}

/* The number of points with answers. */
static int64
control_answered(const ControlState *state)
{
	int64		answered = 0;
	int			i;

	for (i = 0; i < state->count; i++)
		answered += state->points[i].n > 0.0;
	return answered;
}

/*
 * control_chart: center in percent, sigma_z, number of points with answers,
 * satisfied_from; NULL without rows.
 */
Datum
control_chart_final(PG_FUNCTION_ARGS)
{
	ControlState *state;
	double		figures[2];
	Datum		values[CONTROL_CHART_COLUMNS];
	bool		nulls[CONTROL_CHART_COLUMNS];

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = (ControlState *) PG_GETARG_POINTER(0);
	laney_chart(state->points, state->count, &figures[0], &figures[1]);
	figures[0] *= 100.0;
	summary_figures(figures, 2, values, nulls);
	values[2] = Int64GetDatum(control_answered(state));
	nulls[2] = false;
	values[3] = Int32GetDatum(state->from);
	nulls[3] = state->lo > state->hi;
	return summary_tuple(fcinfo, &control_chart_shape, values, nulls);
}

/* A figure of a chart, NAN for NULL; error 22003 outside least..most. */
static double
control_figure(const char *what, bool null, double figure, double least, double most)
{
	if (null)
		return NAN;
	if (!(figure >= least && figure <= most))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s %s of a control chart is out of range", what, summary_print(figure)),
				 errdetail("The center of shares is 0 to 100 percent; "
						   "sigma_z, sigma and points are at least 0, and all are finite.")));
	return figure;
}

/* Is the method in an argument sigma?  Without the argument it is prediction. */
static bool
control_by_sigma(FunctionCallInfo fcinfo, int argno)
{
	static const char *const names[] = {"prediction", "sigma"};

	return PG_NARGS() > argno &&
		summary_choice(text_to_cstring(PG_GETARG_TEXT_PP(argno)), "method of limits",
					   names, lengthof(names)) == 1;
}

/*
 * control_limits(chart, tally) and control_limits(chart, tally, method): limits for this
 * number of answers, in percent; NULL where they do not exist.
 */
Datum
control_limits(PG_FUNCTION_ARGS)
{
	static const RowShape shape = {3, 3, {FLOAT8OID, FLOAT8OID, BOOLOID}};
	Tally	   *tally = PG_GETARG_TALLY(1);
	Datum		chart[CONTROL_CHART_COLUMNS];
	bool		none[CONTROL_CHART_COLUMNS];
	double		center,
				sigma_z,
				points,
				sigmas;
	Share		share;
	int			from;
	Bounds		limits;
	double		figures[2];
	Datum		values[3];
	bool		nulls[3];
	bool		by_sigma,
				inside;

	summary_read_tuple(fcinfo, 0, &control_chart_shape, chart, none);
	/* a chart without its own satisfied_from has the default of the scale */
	from = none[3] ? crs_satisfied_from(fcinfo, PG_NARGS(), tally->lo, tally->hi) :
		DatumGetInt32(chart[3]);
	csat_check_satisfied_from(from, tally->lo, tally->hi);
	share = tally_share(tally, from, tally->hi);
	center = control_figure("center", none[0], DatumGetFloat8(chart[0]), 0.0, 100.0);
	sigma_z = control_figure("sigma_z", none[1], DatumGetFloat8(chart[1]), 0.0, DBL_MAX);
	points = control_figure("points", none[2], (double) DatumGetInt64(chart[2]), 0.0, DBL_MAX);
	by_sigma = control_by_sigma(fcinfo, 2);
	/*
	 * Shares do not vary less than independent answers: a sigma_z below 1 is chance.  The
	 * published chart takes it as it is; 0, of equal periods, is no estimate there either.
	 */
	if (by_sigma ? sigma_z == 0.0 : sigma_z < 1.0)
		sigma_z = 1.0;
	sigmas = by_sigma ? CONTROL_SIGMAS : prediction_sigmas(points);
	nulls[2] = !laney_limits(center / 100.0, sigma_z, share.n, sigmas, &limits);
	figures[0] = limits.lower * 100.0;
	figures[1] = limits.upper * 100.0;
	summary_figures(figures, 2, values, nulls);
	inside = share_percent(share) >= figures[0] && share_percent(share) <= figures[1];
	values[2] = BoolGetDatum(!inside);
	return summary_tuple(fcinfo, &shape, values, nulls);
}

/* --- single values ------------------------------------------------------------------- */

/* Values are counted from the first, so that equal ones have exactly their mean. */
typedef struct XmrState
{
	int64		count;
	double		first;
	double		sum;			/* of the values minus the first */
	double		previous;		/* NAN after a gap */
	int64		neighbours;
	double		ranges;
} XmrState;

/* (state, value); called with NULLs, which are gaps. */
Datum
xmr_chart_accum(PG_FUNCTION_ARGS)
{
	MemoryContext memory = control_memory(fcinfo);
	XmrState   *state = PG_ARGISNULL(0) ? NULL : (XmrState *) PG_GETARG_POINTER(0);
	double		value = PG_ARGISNULL(1) ? NAN : control_value(fcinfo, 1);

	if (state == NULL)
	{
		state = MemoryContextAllocZero(memory, sizeof(XmrState));
		state->previous = NAN;
	}
	if (!isnan(value))
	{
		if (state->count++ == 0)
			state->first = value;
		state->sum += value - state->first;
		if (!isnan(state->previous))
		{
			state->ranges += fabs(value - state->previous);
			state->neighbours++;
		}
		if (isinf(state->sum) || isinf(state->ranges))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("sum of the values of a control chart is out of range")));
	}
	state->previous = value;
	PG_RETURN_POINTER(state);
}

/*
 * xmr_chart: mean, sigma and limits, in the unit of the values, and the number of
 * values; NULL without rows.
 */
Datum
xmr_chart_final(PG_FUNCTION_ARGS)
{
	XmrState   *state;
	Bounds		limits;
	double		figures[XMR_CHART_COLUMNS - 1];
	Datum		values[XMR_CHART_COLUMNS];
	bool		nulls[XMR_CHART_COLUMNS];

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	state = (XmrState *) PG_GETARG_POINTER(0);
	figures[0] = state->count > 0 ? state->first + state->sum / state->count : NAN;
	figures[1] = xmr_sigma(state->neighbours > 0 ? state->ranges / state->neighbours : NAN);
	sigma_limits(figures[0], figures[1], CONTROL_SIGMAS, &limits);
	figures[2] = limits.lower;
	figures[3] = limits.upper;
	summary_figures(figures, XMR_CHART_COLUMNS - 1, values, nulls);
	values[4] = Int64GetDatum(state->count);
	nulls[4] = false;
	return summary_tuple(fcinfo, &xmr_chart_shape, values, nulls);
}

/*
 * xmr_limits(chart, method): limits in the unit of the values, NULL where they do not
 * exist; by sigma those that the chart has.
 */
Datum
xmr_limits(PG_FUNCTION_ARGS)
{
	static const RowShape shape = {2, 2, {FLOAT8OID, FLOAT8OID}};
	Datum		chart[XMR_CHART_COLUMNS];
	bool		none[XMR_CHART_COLUMNS];
	double		center,
				sigma,
				points;
	Bounds		limits;
	Datum		values[2];
	bool		nulls[2];

	summary_read_tuple(fcinfo, 0, &xmr_chart_shape, chart, none);
	center = control_figure("center", none[0], DatumGetFloat8(chart[0]), -DBL_MAX, DBL_MAX);
	sigma = control_figure("sigma", none[1], DatumGetFloat8(chart[1]), 0.0, DBL_MAX);
	points = control_figure("points", none[4], (double) DatumGetInt64(chart[4]), 0.0, DBL_MAX);
	if (control_by_sigma(fcinfo, 1))
	{
		limits.lower = none[2] ? NAN : DatumGetFloat8(chart[2]);
		limits.upper = none[3] ? NAN : DatumGetFloat8(chart[3]);
	}
	else
		sigma_limits(center, sigma, prediction_sigmas(points), &limits);
	summary_figures((double[]) {limits.lower, limits.upper}, 2, values, nulls);
	return summary_tuple(fcinfo, &shape, values, nulls);
}

/*
 * ewma(value, lambda) and ewma(value, lambda, start): lambda times the value plus 1 -
 * lambda times the average before.  Without a start the first value is the start.  A
 * row with a NULL changes nothing.
 */
Datum
ewma_accum(PG_FUNCTION_ARGS)
{
	double		value,
				lambda,
				before,
				now;

	if (!PG_ARGISNULL(2))
	{
		lambda = PG_GETARG_FLOAT8(2);
		if (!(lambda > 0.0 && lambda <= 1.0))
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("lambda %s is not above 0 and at most 1", summary_print(lambda))));
	}
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (PG_ARGISNULL(0))
			PG_RETURN_NULL();
		PG_RETURN_FLOAT8(control_value(fcinfo, 0));
	}
	value = control_value(fcinfo, 1);
	if (!PG_ARGISNULL(0))
		before = control_value(fcinfo, 0);
	else if (PG_NARGS() > 3 && !PG_ARGISNULL(3))
		before = control_value(fcinfo, 3);
	else
		PG_RETURN_FLOAT8(value);
	now = lambda * value + (1.0 - lambda) * before;
	PG_RETURN_FLOAT8(clamp(now, Min(value, before), Max(value, before)));
}
