/*
 * life_table_test.c: rates of events over exposure, and comparisons of two life
 * tables.
 */
#include "postgres.h"

#include "utils/timestamp.h"

#include "life_table.h"

PG_FUNCTION_INFO_V1(hazard_rate);
PG_FUNCTION_INFO_V1(hazard_interval);
PG_FUNCTION_INFO_V1(logrank_test);
PG_FUNCTION_INFO_V1(retention_test);
PG_FUNCTION_INFO_V1(restricted_mean_test);

/* --- rates ---------------------------------------------------------------------------- */

/*
 * The time under observation of all subjects, in the unit in argument argno; error 22003
 * if that is 0.
 */
static double
life_exposure(FunctionCallInfo fcinfo, const LifeTable *table, int argno)
{
	int64		unit = life_microseconds(fcinfo, argno, "unit of exposure",
										 "Give an interval such as '1 day'.");

	if (unit == 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("unit of exposure is zero"),
				 errhint("Give an interval such as '1 day'.")));
	return (life_sum_value(&table->event_time) + life_sum_value(&table->censored_time)) /
		(double) unit;
}

/* hazard_rate(table, per): events for each unit of exposure */
Datum
hazard_rate(PG_FUNCTION_ARGS)
{
	LifeTable  *table = PG_GETARG_LIFE_TABLE(0);

	return summary_number(fcinfo, (double) table->events / life_exposure(fcinfo, table, 1));
}

/* hazard_interval(table, per, confidence) */
Datum
hazard_interval(PG_FUNCTION_ARGS)
{
	LifeTable  *table = PG_GETARG_LIFE_TABLE(0);
	double		exposure = life_exposure(fcinfo, table, 1);
	Bounds		bounds;

	poisson_interval((double) table->events, summary_confidence(fcinfo, 2), &bounds);
	/* without exposure every figure is divided by zero and so becomes NULL */
	return summary_interval(fcinfo, (double) table->events / exposure, bounds, 1.0 / exposure,
							table->events + table->censored);
}

/* --- comparisons ------------------------------------------------------------------------- */

/* A time in hours; NAN for a time that is never reached. */
static double
life_hours(int64 time)
{
	return time == LIFE_NEVER ? NAN : (double) time / (double) USECS_PER_HOUR;
}

/* The curve of a table in buckets of a layout. */
static LifeCurve
life_curve_in(const LifeTable *table, LifeLayout layout)
{
	if (life_is_bucketed(table) && table->layout == layout)
		return life_curve_of(table);
	return life_curve_of(life_bucketed(table, layout));
}

/* logrank_test(current, baseline): the difference of the medians in hours, and the test */
Datum
logrank_test(PG_FUNCTION_ARGS)
{
	LifeTable  *current = PG_GETARG_LIFE_TABLE(0);
	LifeTable  *baseline = PG_GETARG_LIFE_TABLE(1);
	LifeCurve	a = life_curve_of(current);
	LifeCurve	b = life_curve_of(baseline);
	double		difference = life_hours(life_quantile(&a, 0.5)) -
		life_hours(life_quantile(&b, 0.5));
	Comparison	comparison;

	/* if one is in buckets, so is the other, in the same ones */
	if (life_is_bucketed(current) != life_is_bucketed(baseline) ||
		current->layout != baseline->layout)
	{
		LifeLayout	layout = Min(life_is_bucketed(current) ? current->layout : LIFE_SPLIT,
								 life_is_bucketed(baseline) ? baseline->layout : LIFE_SPLIT);

		a = life_curve_in(current, layout);
		b = life_curve_in(baseline, layout);
	}
	life_logrank(&a, &b, &comparison);
	return summary_comparison(fcinfo, difference, &comparison, 1.0);
}

/* restricted_mean_test(current, baseline, horizon, confidence): the difference in hours */
Datum
restricted_mean_test(PG_FUNCTION_ARGS)
{
	LifeCurve	curves[2] = {
		life_curve_of(PG_GETARG_LIFE_TABLE(0)), life_curve_of(PG_GETARG_LIFE_TABLE(1))
	};
	int64		horizon = life_microseconds(fcinfo, 2, "horizon",
										"Give an interval such as '30 days'.");
	double		confidence = summary_confidence(fcinfo, 3);
	LifeMean	mean[2];
	Comparison	comparison;
	int			i;

	for (i = 0; i < 2; i++)
		life_restricted(&curves[i], horizon, &mean[i]);
	life_mean_comparison(mean[0], mean[1], confidence, &comparison);
	/* bounds from microseconds to hours; t and p have no unit */
	comparison.lower /= (double) USECS_PER_HOUR;
	comparison.upper /= (double) USECS_PER_HOUR;
	return summary_comparison(fcinfo, (mean[0].mean - mean[1].mean) / (double) USECS_PER_HOUR,
							  &comparison, 1.0);
}

/* retention_test(current, baseline, time, confidence): the difference in percentage points */
Datum
retention_test(PG_FUNCTION_ARGS)
{
	LifeCurve	current = life_curve_of(PG_GETARG_LIFE_TABLE(0));
	LifeCurve	baseline = life_curve_of(PG_GETARG_LIFE_TABLE(1));
	int64		time = life_microseconds(fcinfo, 2, "time", "Give an interval such as '30 days'.");
	Comparison	comparison;

	life_survival_comparison(&current, &baseline, time, summary_confidence(fcinfo, 3), &comparison);
	return summary_comparison(fcinfo, 100.0 * (life_survival(&current, time, 0.0, NULL) -
											   life_survival(&baseline, time, 0.0, NULL)),
							  &comparison, 100.0);
}
