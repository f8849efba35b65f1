/*
 * life_table_read.c: the readers of a life table: how many subjects, how many by
 * when, and how long.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "life_table.h"

PG_FUNCTION_INFO_V1(subjects);
PG_FUNCTION_INFO_V1(events);
PG_FUNCTION_INFO_V1(censored);
PG_FUNCTION_INFO_V1(shortest_time);
PG_FUNCTION_INFO_V1(longest_time);
PG_FUNCTION_INFO_V1(retention_at);
PG_FUNCTION_INFO_V1(retention_interval);
PG_FUNCTION_INFO_V1(resolved_within);
PG_FUNCTION_INFO_V1(time_quantile);
PG_FUNCTION_INFO_V1(median_time);
PG_FUNCTION_INFO_V1(time_quantile_interval);
PG_FUNCTION_INFO_V1(median_time_interval);
PG_FUNCTION_INFO_V1(restricted_mean_time);
PG_FUNCTION_INFO_V1(restricted_mean_interval);
PG_FUNCTION_INFO_V1(observed_mean_time);

/* --- durations in and out --------------------------------------------------------- */

/* A time since the start, in an argument of a reader; error 22003 if negative or too long. */
static int64
life_time(FunctionCallInfo fcinfo, int argno)
{
	return life_microseconds(fcinfo, argno, "time since the start",
							 "Give an interval such as '30 days'.");
}

/* A mean in whole microseconds, within the range of an interval. */
static int64
life_round(double time)
{
	return time >= (double) PG_INT64_MAX ? PG_INT64_MAX : (int64) rint(fmax(time, 0.0));
}

static Datum
life_return_time(FunctionCallInfo fcinfo, int64 time)
{
	if (time == LIFE_NEVER)
		PG_RETURN_NULL();
	PG_RETURN_INTERVAL_P(life_make_interval(time));
}

/* A kpi_time_interval. */
static Datum
life_return_interval(FunctionCallInfo fcinfo, int64 estimate, int64 lower, int64 upper)
{
	static const RowShape shape = {3, 3, {INTERVALOID, INTERVALOID, INTERVALOID}};
	const int64 times[] = {estimate, lower, upper};
	Datum		values[lengthof(times)];
	bool		nulls[lengthof(times)];
	int			i;

	for (i = 0; i < (int) lengthof(times); i++)
	{
		nulls[i] = times[i] == LIFE_NEVER;
		values[i] = nulls[i] ? (Datum) 0 : IntervalPGetDatum(life_make_interval(times[i]));
	}
	return summary_tuple(fcinfo, &shape, values, nulls);
}

/* --- how many ---------------------------------------------------------------------------- */

/* subjects(table): the number of subjects, ended or open. */
Datum
subjects(PG_FUNCTION_ARGS)
{
	LifeTable  *table = PG_GETARG_LIFE_TABLE(0);

	PG_RETURN_INT64(table->events + table->censored);
}

/* events(table): the number of subjects that ended. */
Datum
events(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_LIFE_TABLE(0)->events);
}

/* censored(table): the number of subjects still open. */
Datum
censored(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_LIFE_TABLE(0)->censored);
}

/* retention_at(table, time): 100 * S(time), in percent; NULL where it is unknown. */
Datum
retention_at(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));

	return summary_number(fcinfo, 100.0 * life_survival(&curve, life_time(fcinfo, 1), 0.0, NULL));
}

/* resolved_within(table, time) and churn_at(table, time): 100 * (1 - S(time)), in percent. */
Datum
resolved_within(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));

	return summary_number(fcinfo,
						  100.0 * (1.0 - life_survival(&curve, life_time(fcinfo, 1), 0.0, NULL)));
}

/* retention_interval(table, time, confidence), in percent */
Datum
retention_interval(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));
	int64		time = life_time(fcinfo, 1);
	Bounds		bounds;
	double		survival = life_survival(&curve, time, summary_confidence(fcinfo, 2), &bounds);

	return summary_interval(fcinfo, 100.0 * survival, bounds, 100.0, curve.subjects);
}

/* --- how long ------------------------------------------------------------------------------ */

static Datum
life_extreme(FunctionCallInfo fcinfo, const LifeTable *table, int64 time)
{
	return life_return_time(fcinfo, table->size == 0 ? LIFE_NEVER : time);
}

/* shortest_time(table): the shortest duration, ended or open; NULL without subjects. */
Datum
shortest_time(PG_FUNCTION_ARGS)
{
	LifeTable  *table = PG_GETARG_LIFE_TABLE(0);

	return life_extreme(fcinfo, table, table->shortest);
}

/* longest_time(table): the longest duration, ended or open; NULL without subjects. */
Datum
longest_time(PG_FUNCTION_ARGS)
{
	LifeTable  *table = PG_GETARG_LIFE_TABLE(0);

	return life_extreme(fcinfo, table, table->longest);
}

/* The quantile in argument 1; error 22023 outside 0..1. */
static double
life_q(FunctionCallInfo fcinfo)
{
	double		q = PG_GETARG_FLOAT8(1);

	if (!(q >= 0.0 && q <= 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("quantile %s is not between 0 and 1", summary_print(q)),
				 errhint("Write the time by which 90 %% are done as 0.9.")));
	return q;
}

/* time_quantile(table, q): NULL if the curve does not come down to 1 - q */
Datum
time_quantile(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));

	return life_return_time(fcinfo, life_quantile(&curve, life_q(fcinfo)));
}

/* median_time(table): NULL if the curve does not come down to one half. */
Datum
median_time(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));

	return life_return_time(fcinfo, life_quantile(&curve, 0.5));
}

static Datum
life_quantile_bounds(FunctionCallInfo fcinfo, double q, double confidence)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));
	int64_t		lower,
				upper;

	life_quantile_interval(&curve, q, confidence, &lower, &upper);
	return life_return_interval(fcinfo, life_quantile(&curve, q), lower, upper);
}

/* time_quantile_interval(table, q, confidence) */
Datum
time_quantile_interval(PG_FUNCTION_ARGS)
{
	return life_quantile_bounds(fcinfo, life_q(fcinfo), summary_confidence(fcinfo, 2));
}

/* median_time_interval(table, confidence) */
Datum
median_time_interval(PG_FUNCTION_ARGS)
{
	return life_quantile_bounds(fcinfo, 0.5, summary_confidence(fcinfo, 1));
}

/* The mean up to a horizon; false without subjects, error 22023 if the horizon is too far. */
bool
life_restricted(const LifeCurve *curve, int64 horizon, LifeMean *mean)
{
	if (life_restricted_mean(curve, horizon, mean))
		return true;
	if (curve->subjects > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("nobody was followed up to the horizon \"%s\"",
						DatumGetCString(
							DirectFunctionCall1(
								interval_out,
								IntervalPGetDatum(life_make_interval(horizon))))),
				 errdetail("The subject with the longest duration, \"%s\", is still open, "
						   "so nothing is known about later times.",
						   DatumGetCString(
							   DirectFunctionCall1(
								   interval_out,
								   IntervalPGetDatum(life_make_interval(curve->longest))))),
				 errhint("Give a horizon of at most longest_time().")));
	return false;
}

/* restricted_mean_time(table, horizon) */
Datum
restricted_mean_time(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));
	int64		horizon = life_time(fcinfo, 1);
	LifeMean	mean;

	if (!life_restricted(&curve, horizon, &mean))
		PG_RETURN_NULL();
	return life_return_time(fcinfo, Min(life_round(mean.mean), horizon));
}

/* restricted_mean_interval(table, horizon, confidence) */
Datum
restricted_mean_interval(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));
	int64		horizon = life_time(fcinfo, 1);
	double		confidence = summary_confidence(fcinfo, 2);
	LifeMean	mean;
	Bounds		bounds;

	if (!life_restricted(&curve, horizon, &mean))
		return life_return_interval(fcinfo, LIFE_NEVER, LIFE_NEVER, LIFE_NEVER);
	if (!life_mean_interval(mean, confidence, &bounds))
		return life_return_interval(fcinfo, Min(life_round(mean.mean), horizon),
									LIFE_NEVER, LIFE_NEVER);
	return life_return_interval(fcinfo, Min(life_round(mean.mean), horizon),
								life_round(bounds.lower), Min(life_round(bounds.upper), horizon));
}

/* observed_mean_time(table): mean of the durations that ended; NULL if none did. */
Datum
observed_mean_time(PG_FUNCTION_ARGS)
{
	LifeTable  *table = PG_GETARG_LIFE_TABLE(0);

	if (table->events == 0)
		PG_RETURN_NULL();
	return life_return_time(
		fcinfo, Min(life_round(life_sum_value(&table->event_time) / (double) table->events),
										table->longest));
}
