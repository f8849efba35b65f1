/*
 * sample_size.c: how many answers find a change, and what change so many answers find.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "base/summary.h"
#include "stats/stats_power.h"

PG_FUNCTION_INFO_V1(responses_needed);
PG_FUNCTION_INFO_V1(detectable_change);

/* rates and csat are percentages, nps has its points, a mean those of its scale */
typedef enum SampleKpi
{
	SAMPLE_RATE, SAMPLE_CSAT, SAMPLE_NPS, SAMPLE_MEAN
} SampleKpi;

/* What both functions are asked. */
typedef struct Sample
{
	SampleKpi	kpi;
	double		expected;		/* in the KPI's unit */
	double		deviation;		/* in the KPI's unit; NAN if it is not given */
	double		number;			/* the change, or the responses */
	Power		power;
} Sample;

/* An expected figure on the KPI's scale; error 22023 off it. */
static void
sample_require_expected(SampleKpi kpi, double expected, const char *what)
{
	double		lowest = kpi == SAMPLE_NPS ? -100.0 : 0.0;

	if (kpi == SAMPLE_MEAN ? !isfinite(expected) : !(expected >= lowest && expected <= 100.0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("%s %s is not %s", what, summary_print(expected),
						kpi == SAMPLE_MEAN ? "a finite number" :
						kpi == SAMPLE_NPS ? "an NPS between -100 and 100" :
						"a percentage between 0 and 100")));
}

/* The deviation of argument 5: a mean needs one, an NPS may have one, shares have none. */
static double
sample_deviation(FunctionCallInfo fcinfo, SampleKpi kpi)
{
	double		most = kpi == SAMPLE_NPS ? 100.0 : 1e300;
	double		deviation;

	if (PG_ARGISNULL(5))
	{
		if (kpi == SAMPLE_MEAN)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("a mean needs the standard deviation of single answers"),
					 errhint("Take that of earlier answers: deviation => stddev(tally).")));
		return NAN;
	}
	if (kpi < SAMPLE_NPS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("the deviation of a share follows from the share"),
				 errhint("Leave the deviation out.")));
	deviation = PG_GETARG_FLOAT8(5);
	if (!(deviation > 0.0 && deviation <= most))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("deviation %s is not above 0 and at most %g", summary_print(deviation),
						most)));
	return deviation;
}

/* The arguments kpi, expected, (argument 2), power, confidence, deviation. */
static Sample
sample_read(FunctionCallInfo fcinfo, double number)
{
	static const char *const kpis[] = {"rate", "csat", "nps", "mean"};
	Sample		sample;

	sample.kpi = summary_choice(text_to_cstring(PG_GETARG_TEXT_PP(0)), "KPI of a sample",
								kpis, lengthof(kpis));
	sample.expected = PG_GETARG_FLOAT8(1);
	sample_require_expected(sample.kpi, sample.expected, "expected");
	sample.number = number;
	sample.power.power = PG_GETARG_FLOAT8(3);
	if (!(sample.power.power > 0.0 && sample.power.power < 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("power %s is not between 0 and 1", summary_print(sample.power.power)),
				 errhint("Write 80 %% as 0.8.")));
	sample.power.confidence = summary_confidence(fcinfo, 4);
	sample.deviation = sample_deviation(fcinfo, sample.kpi);
	return sample;
}

/* Is an argument before the deviation NULL? */
static bool
sample_is_null(FunctionCallInfo fcinfo)
{
	return PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2) || PG_ARGISNULL(3) ||
		PG_ARGISNULL(4);
}

/*
 * responses_needed(kpi, expected, change, power, confidence, deviation): answers in each
 * group, rounded up; called with NULLs.
 */
Datum
responses_needed(PG_FUNCTION_ARGS)
{
	Sample		sample;
	double		responses;

	if (sample_is_null(fcinfo))
		PG_RETURN_NULL();
	sample = sample_read(fcinfo, PG_GETARG_FLOAT8(2));
	if (sample.number == 0.0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("no number of answers finds a change of 0")));
	sample_require_expected(sample.kpi, sample.expected + sample.number, "expected + change");
	if (!isnan(sample.deviation))
		responses = mean_responses(sample.number, sample.deviation, sample.power);
	else if (sample.kpi == SAMPLE_NPS)
		responses = nps_responses(sample.expected / 100.0, sample.number / 100.0, sample.power);
	else
		responses = share_responses(sample.expected / 100.0, sample.number / 100.0, sample.power);
	/* rounding must not make one more of a whole number */
	responses = fmax(1.0, ceil(responses * (1.0 - 1e-12)));
	if (!(responses < 0x1p63))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("a change of %s needs more than " INT64_FORMAT " answers",
						summary_print(sample.number), PG_INT64_MAX)));
	PG_RETURN_INT64((int64) responses);
}

/*
 * detectable_change(kpi, expected, responses, power, confidence, deviation): the smallest
 * rise, in the KPI's unit; called with NULLs.
 */
Datum
detectable_change(PG_FUNCTION_ARGS)
{
	Sample		sample;
	double		change;

	if (sample_is_null(fcinfo))
		PG_RETURN_NULL();
	summary_require_count(PG_GETARG_INT64(2), "responses");
	sample = sample_read(fcinfo, (double) PG_GETARG_INT64(2));
	if (sample.number == 0.0)
		PG_RETURN_NULL();
	if (!isnan(sample.deviation))
		change = mean_detectable(sample.deviation, sample.number, sample.power);
	else if (sample.kpi == SAMPLE_NPS)
		change = 100.0 * nps_detectable(sample.expected / 100.0, sample.number, sample.power);
	else
		change = 100.0 * share_detectable(sample.expected / 100.0, sample.number, sample.power);
	if (sample.kpi == SAMPLE_NPS && sample.expected + change > 100.0)
		PG_RETURN_NULL();
	return summary_number(fcinfo, change);
}
