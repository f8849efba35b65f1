/*
 * figure.c: intervals and tests from figures that are already computed: a mean and
 * its standard deviation, as avg() and stddev() give them, and a number of events
 * with its exposure (complaints and customers).
 */
#include "postgres.h"

#include "summary.h"

PG_FUNCTION_INFO_V1(mean_interval);
PG_FUNCTION_INFO_V1(mean_test);
PG_FUNCTION_INFO_V1(count_interval);
PG_FUNCTION_INFO_V1(count_test);

static void
figure_require(bool good, const char *what, double value, const char *range)
{
	if (!good)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s %s is not %s", what, summary_print(value), range)));
}

/*
 * Mean, standard deviation and number of values in the arguments argno to argno + 2.
 * A NULL mean stands for no values and a NULL deviation for one: avg() and stddev()
 * return NULL then.
 */
static GivenMean
figure_mean(FunctionCallInfo fcinfo, int argno)
{
	GivenMean	given = {0.0, NAN, NAN};

	if (PG_ARGISNULL(argno + 2))
		return given;
	given.n = (double) PG_GETARG_INT64(argno + 2);
	figure_require(given.n >= 0.0, "number of values", given.n, "0 or more");
	if (!PG_ARGISNULL(argno))
	{
		given.mean = PG_GETARG_FLOAT8(argno);
		figure_require(isfinite(given.mean), "mean", given.mean, "a finite number");
	}
	if (!PG_ARGISNULL(argno + 1))
	{
		given.deviation = PG_GETARG_FLOAT8(argno + 1);
		figure_require(isfinite(given.deviation) && given.deviation >= 0.0, "standard deviation",
					   given.deviation, "a finite number of 0 or more");
	}
	if (given.n < 2.0)
		given.deviation = NAN;
	if (given.n < 1.0)
		given.mean = NAN;
	return given;
}

/* mean_interval(mean, stddev, responses, confidence), in the unit of the mean */
Datum
mean_interval(PG_FUNCTION_ARGS)
{
	GivenMean	given = figure_mean(fcinfo, 0);
	Bounds		bounds = no_bounds;

	if (PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	given_interval(given, summary_confidence(fcinfo, 3), &bounds);
	return summary_interval(fcinfo, given.mean, bounds, 1.0, (int64) PG_GETARG_INT64(2));
}

/*
 * mean_test(mean, stddev, responses, baseline_mean, baseline_stddev, baseline_responses,
 * confidence): the difference of two means, in their unit.
 */
Datum
mean_test(PG_FUNCTION_ARGS)
{
	GivenMean	current = figure_mean(fcinfo, 0);
	GivenMean	baseline = figure_mean(fcinfo, 3);
	Comparison	comparison;

	if (PG_ARGISNULL(2) || PG_ARGISNULL(5) || PG_ARGISNULL(6))
		PG_RETURN_NULL();
	given_comparison(current, baseline, summary_confidence(fcinfo, 6), &comparison);
	return summary_comparison(fcinfo, current.mean - baseline.mean, &comparison, 1.0);
}

/* A number of events and its exposure, in the arguments argno and argno + 1. */
static Events
figure_events(FunctionCallInfo fcinfo, int argno)
{
	Events		e;

	e.events = (double) PG_GETARG_INT64(argno);
	e.exposure = PG_GETARG_FLOAT8(argno + 1);
	figure_require(e.events >= 0.0, "number of events", e.events, "0 or more");
	figure_require(isfinite(e.exposure) && e.exposure >= 0.0, "exposure", e.exposure,
				   "a finite number of 0 or more");
	return e;
}

/* count_interval(events, exposure, confidence): events for each unit of exposure */
Datum
count_interval(PG_FUNCTION_ARGS)
{
	Events		e = figure_events(fcinfo, 0);
	Bounds		bounds;

	poisson_interval(e.events, summary_confidence(fcinfo, 2), &bounds);
	/* without exposure every figure is divided by zero and so becomes NULL */
	return summary_interval(fcinfo, e.events / e.exposure, bounds, 1.0 / e.exposure,
							PG_GETARG_INT64(0));
}

/* count_test(events, exposure, baseline_events, baseline_exposure, confidence) */
Datum
count_test(PG_FUNCTION_ARGS)
{
	Events		current = figure_events(fcinfo, 0);
	Events		baseline = figure_events(fcinfo, 2);
	Comparison	comparison;

	poisson_comparison(current, baseline, summary_confidence(fcinfo, 4), &comparison);
	return summary_comparison(fcinfo,
							  current.events / current.exposure -
							  baseline.events / baseline.exposure,
							  &comparison, 1.0);
}
