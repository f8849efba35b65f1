/*
 * life_table_read.c: what a life table tells: how many, how many by when, and
 * how long.
 */
#include "postgres.h"

#include "common/int.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

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
PG_FUNCTION_INFO_V1(median_time_interval);
PG_FUNCTION_INFO_V1(restricted_mean_time);
PG_FUNCTION_INFO_V1(restricted_mean_interval);
PG_FUNCTION_INFO_V1(observed_mean_time);
PG_FUNCTION_INFO_V1(life_curve);

#define LIFE_CURVE_COLUMNS 7

/* --- durations in and out --------------------------------------------------------- */

/*
 * The microseconds of an interval argument, a day as 24 hours and a month as 30
 * days, as PostgreSQL compares intervals.
 */
int64
life_microseconds(FunctionCallInfo fcinfo, int argno, const char *what, const char *hint)
{
	Interval   *span = PG_GETARG_INTERVAL_P(argno);
	int64		days = (int64) span->month * DAYS_PER_MONTH + span->day;
	int64		time;

	if (unlikely(INTERVAL_NOT_FINITE(span) ||
				 pg_mul_s64_overflow(days, USECS_PER_DAY, &time) ||
				 pg_add_s64_overflow(time, span->time, &time) || time < 0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s \"%s\" is negative or too long", what,
						DatumGetCString(DirectFunctionCall1(interval_out, PG_GETARG_DATUM(argno)))),
				 errdetail("It lies between 0 and about 292,000 years."),
				 errhint("%s", hint)));
	return time;
}

/* A time since the start, in an argument of a reader. */
static int64
life_time(FunctionCallInfo fcinfo, int argno)
{
	return life_microseconds(fcinfo, argno, "time since the start",
							 "Give an interval such as '30 days'.");
}

/* Days and time, as the difference of two timestamps has them. */
static Interval *
life_make_interval(int64 time)
{
	Interval   *span = palloc0(sizeof(Interval));

	span->day = (int32) (time / USECS_PER_DAY);
	span->time = time % USECS_PER_DAY;
	return span;
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
	const int64 times[] = {estimate, lower, upper};
	Datum		values[lengthof(times)];
	bool		nulls[lengthof(times)];
	int			i;

	for (i = 0; i < (int) lengthof(times); i++)
	{
		nulls[i] = times[i] == LIFE_NEVER;
		values[i] = nulls[i] ? (Datum) 0 : IntervalPGetDatum(life_make_interval(times[i]));
	}
	return summary_tuple(fcinfo, values, nulls);
}

/* --- the curve ----------------------------------------------------------------------- */

/*
 * The events of a bucket are at multiples of the grain, and not outside the
 * extremes.  Whole buckets are for comparisons, in which the same times of two
 * tables must meet.
 */
static LifeCurve
life_make_curve(const LifeTable *table, bool whole)
{
	const LifeTable *sorted = life_table_sorted(table);
	LifeSpan   *spans = palloc(Max(sorted->size, 1) * sizeof(LifeSpan));
	LifeCurve	curve;
	int			i;

	curve.grain = whole ? 1 : Max(sorted->grain, 1);
	for (i = 0; i < sorted->size; i++)
	{
		LifeSpan   *span = &spans[i];

		span->from = span->to = sorted->entries[i].time;
		span->events = sorted->entries[i].events;
		span->censored = sorted->entries[i].censored;
		if (sorted->form != LIFE_BUCKETS)
			continue;
		span->to = life_bucket_lowest(life_bucket(span->from) + 1) - 1;
		if (whole)
			continue;
		span->from = Max(span->from, sorted->shortest);
		span->to = Min(span->to, sorted->longest);
		if (span->events > 0)
		{
			span->to -= span->to % curve.grain;
			span->from = span->to - (span->to - span->from) / curve.grain * curve.grain;
		}
	}
	curve.spans = spans;
	curve.count = sorted->size;
	curve.subjects = sorted->events + sorted->censored;
	curve.longest = sorted->longest;
	return curve;
}

LifeCurve
life_curve_of(const LifeTable *table)
{
	return life_make_curve(table, false);
}

LifeCurve
life_bucket_curve_of(const LifeTable *table)
{
	return life_make_curve(life_bucketed(table), true);
}

/* life_curve(table, confidence): a row for every duration or bucket. */
Datum
life_curve(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));
	double		confidence = summary_confidence(fcinfo, 1);
	ReturnSetInfo *result = (ReturnSetInfo *) fcinfo->resultinfo;
	LifeWalk	walk;

	InitMaterializedSRF(fcinfo, 0);
	life_walk(&walk, &curve);
	while (life_step(&walk))
	{
		const LifeSpan *span = &curve.spans[walk.next - 1];
		Datum		values[LIFE_CURVE_COLUMNS];
		bool		nulls[LIFE_CURVE_COLUMNS] = {false};
		Bounds		bounds;

		CHECK_FOR_INTERRUPTS();
		loglog_interval(walk.after, walk.greenwood_after, confidence, &bounds);
		values[0] = IntervalPGetDatum(life_make_interval(walk.to));
		values[1] = Int64GetDatum(walk.at_risk);
		values[2] = Int64GetDatum(span->events);
		values[3] = Int64GetDatum(span->censored);
		summary_figures((double[]) {100.0 * walk.after, 100.0 * bounds.lower, 100.0 * bounds.upper},
						3, &values[4], &nulls[4]);
		tuplestore_putvalues(result->setResult, result->setDesc, values, nulls);
	}
	return (Datum) 0;
}

/* --- how many ---------------------------------------------------------------------------- */

Datum
subjects(PG_FUNCTION_ARGS)
{
	LifeTable  *table = PG_GETARG_LIFE_TABLE(0);

	PG_RETURN_INT64(table->events + table->censored);
}

Datum
events(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_LIFE_TABLE(0)->events);
}

Datum
censored(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(PG_GETARG_LIFE_TABLE(0)->censored);
}

/* retention_at(table, time): 100 * S(time). */
Datum
retention_at(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));

	return summary_number(fcinfo, 100.0 * life_survival(&curve, life_time(fcinfo, 1), 0.0, NULL));
}

/* resolved_within(table, time) and churn_at(table, time): 100 * (1 - S(time)). */
Datum
resolved_within(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));

	return summary_number(fcinfo, 100.0 * (1.0 - life_survival(&curve, life_time(fcinfo, 1), 0.0, NULL)));
}

/* retention_interval(table, time, confidence) */
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

Datum
shortest_time(PG_FUNCTION_ARGS)
{
	LifeTable  *table = PG_GETARG_LIFE_TABLE(0);

	return life_extreme(fcinfo, table, table->shortest);
}

Datum
longest_time(PG_FUNCTION_ARGS)
{
	LifeTable  *table = PG_GETARG_LIFE_TABLE(0);

	return life_extreme(fcinfo, table, table->longest);
}

/* time_quantile(table, q) */
Datum
time_quantile(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));
	double		q = PG_GETARG_FLOAT8(1);

	if (!(q >= 0.0 && q <= 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("quantile %s is not between 0 and 1", summary_print(q)),
				 errhint("Write the time by which 90 %% are done as 0.9.")));
	return life_return_time(fcinfo, life_quantile(&curve, q));
}

Datum
median_time(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));

	return life_return_time(fcinfo, life_quantile(&curve, 0.5));
}

/* median_time_interval(table, confidence) */
Datum
median_time_interval(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));
	int64_t		lower,
				upper;

	life_quantile_interval(&curve, 0.5, summary_confidence(fcinfo, 1), &lower, &upper);
	return life_return_interval(fcinfo, life_quantile(&curve, 0.5), lower, upper);
}

/* The mean up to a horizon, checked; false of nobody. */
bool
life_restricted(const LifeCurve *curve, int64 horizon, double *mean, double *variance)
{
	if (life_restricted_mean(curve, horizon, mean, variance))
		return true;
	if (curve->subjects > 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("nobody was followed up to the horizon \"%s\"",
						DatumGetCString(DirectFunctionCall1(interval_out,
															IntervalPGetDatum(life_make_interval(horizon))))),
				 errdetail("The longest duration, \"%s\", is of a subject still open, and nothing is known of later times.",
						   DatumGetCString(DirectFunctionCall1(interval_out,
															   IntervalPGetDatum(life_make_interval(curve->longest))))),
				 errhint("Give a horizon of at most longest_time().")));
	return false;
}

/* restricted_mean_time(table, horizon) */
Datum
restricted_mean_time(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));
	double		mean,
				variance;

	if (!life_restricted(&curve, life_time(fcinfo, 1), &mean, &variance))
		PG_RETURN_NULL();
	return life_return_time(fcinfo, (int64) rint(mean));
}

/* restricted_mean_interval(table, horizon, confidence) */
Datum
restricted_mean_interval(PG_FUNCTION_ARGS)
{
	LifeCurve	curve = life_curve_of(PG_GETARG_LIFE_TABLE(0));
	int64		horizon = life_time(fcinfo, 1);
	double		half = confidence_z(summary_confidence(fcinfo, 2));
	double		mean,
				variance;

	if (!life_restricted(&curve, horizon, &mean, &variance))
		return life_return_interval(fcinfo, LIFE_NEVER, LIFE_NEVER, LIFE_NEVER);
	half *= sqrt(variance);
	return life_return_interval(fcinfo, (int64) rint(mean), (int64) rint(fmax(mean - half, 0.0)),
								(int64) rint(fmin(mean + half, (double) horizon)));
}

/* Mean of the durations that ended. */
Datum
observed_mean_time(PG_FUNCTION_ARGS)
{
	LifeTable  *table = PG_GETARG_LIFE_TABLE(0);

	if (table->events == 0)
		PG_RETURN_NULL();
	return life_return_time(fcinfo, (int64) rint(life_sum_value(&table->event_time) / (double) table->events));
}
