/*
 * report.c: functions for reports: sparklines, intervals as text, and the suppression of
 * figures that rest on too few answers.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/fmgrprotos.h"

#include "summary.h"

PG_FUNCTION_INFO_V1(suppress);
PG_FUNCTION_INFO_V1(sparkline);
PG_FUNCTION_INFO_V1(format_interval);
PG_FUNCTION_INFO_V1(format_kpi_interval);

/*
 * suppress(value, responses, minimum): the value, or NULL below the minimum
 * number of answers.
 */
Datum
suppress(PG_FUNCTION_ARGS)
{
	int64		responses = PG_GETARG_INT64(1);
	int64		minimum = PG_GETARG_INT64(2);

	if (responses < 0 || minimum < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("negative number of answers: " INT64_FORMAT, Min(responses, minimum)),
				 errdetail("responses and minimum are 0 or more.")));
	if (responses < minimum)
		PG_RETURN_NULL();
	return summary_number(fcinfo, PG_GETARG_FLOAT8(0));
}

#define SPARK_LEVELS	8
#define SPARK_BYTES		3

/*
 * sparkline(values): one block character for each value, from the lowest to the
 * highest eighth of the range.  If all values are equal they are drawn at middle
 * height; NULL is a space.  NULL without values.  Final function of the aggregate
 * sparkline(value ORDER BY ...).
 */
Datum
sparkline(PG_FUNCTION_ARGS)
{
	ArrayType  *array = PG_GETARG_ARRAYTYPE_P(0);
	Datum	   *values;
	bool	   *nulls;
	int			count,
				i;
	double		low = INFINITY,
				high = -INFINITY,
				scale;
	char	   *drawn,
			   *at;

	deconstruct_array(array, FLOAT8OID, sizeof(float8), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE,
					  &values, &nulls, &count);
	if (count == 0)
		PG_RETURN_NULL();
	for (i = 0; i < count; i++)
	{
		double		value;

		CHECK_FOR_INTERRUPTS();
		if (nulls[i])
			continue;
		value = DatumGetFloat8(values[i]);
		if (!isfinite(value))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("value %s of a sparkline is not finite", summary_print(value)),
					 errhint("Leave such rows out with FILTER (WHERE ...).")));
		low = Min(low, value);
		high = Max(high, value);
	}
	/* the range of two doubles may overflow; then take halves */
	scale = isinf(high - low) ? 0.5 : 1.0;
	drawn = at = palloc((Size) count * SPARK_BYTES + 1);
	for (i = 0; i < count; i++)
	{
		int			level = SPARK_LEVELS / 2 - 1;

		if (nulls[i])
		{
			*at++ = ' ';
			continue;
		}
		if (high > low)
			level = (int) ((DatumGetFloat8(values[i]) * scale - low * scale) /
						   (high * scale - low * scale) * SPARK_LEVELS);
		level = Min(level, SPARK_LEVELS - 1);
		*at++ = '\xe2';			/* U+2581, lower one eighth block, and the seven after it */
		*at++ = '\x96';
		*at++ = (char) (0x81 + level);
	}
	*at = '\0';
	PG_RETURN_TEXT_P(cstring_to_text(pg_any_to_server(drawn, at - drawn, PG_UTF8)));
}

#define FORMAT_MAX_DIGITS	15

/* A figure with this many decimals, rounded as round(numeric) does; NULL if it is none. */
static char *
format_figure(Datum figure, bool null, int digits)
{
	Datum		number;

	if (null || !isfinite(DatumGetFloat8(figure)))
		return NULL;
	number = DirectFunctionCall1(float8_numeric, figure);
	number = DirectFunctionCall2(numeric_round, number, Int32GetDatum(digits));
	return DatumGetCString(DirectFunctionCall1(numeric_out, number));
}

/* The number of decimals in an argument; error 22023 outside 0..15. */
static int
format_digits(FunctionCallInfo fcinfo, int argno)
{
	int			digits = PG_GETARG_INT32(argno);

	if (digits < 0 || digits > FORMAT_MAX_DIGITS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("digits %d are not between 0 and %d", digits, FORMAT_MAX_DIGITS)));
	return digits;
}

/*
 * Estimate, lower and upper as text.  Only the estimate without bounds, ? for a single
 * missing one, NULL without an estimate.
 */
static Datum
format_bounds(FunctionCallInfo fcinfo, const Datum *values, const bool *nulls, int digits)
{
	char	   *figures[3];
	int			i;

	for (i = 0; i < 3; i++)
		figures[i] = format_figure(values[i], nulls[i], digits);
	if (figures[0] == NULL)
		PG_RETURN_NULL();
	if (figures[1] == NULL && figures[2] == NULL)
		PG_RETURN_TEXT_P(cstring_to_text(figures[0]));
	PG_RETURN_TEXT_P(cstring_to_text(psprintf("%s (%s - %s)", figures[0],
											  figures[1] == NULL ? "?" : figures[1],
											  figures[2] == NULL ? "?" : figures[2])));
}

/* format_interval(estimate, lower, upper, digits): 46.2 (39.5 - 52.4).  Called with NULLs. */
Datum
format_interval(PG_FUNCTION_ARGS)
{
	Datum		values[3];
	bool		nulls[3];
	int			i;

	if (PG_ARGISNULL(3))
		PG_RETURN_NULL();
	for (i = 0; i < 3; i++)
	{
		values[i] = PG_GETARG_DATUM(i);
		nulls[i] = PG_ARGISNULL(i);
	}
	return format_bounds(fcinfo, values, nulls, format_digits(fcinfo, 3));
}

/* format_interval(kpi_interval, digits): strict. */
Datum
format_kpi_interval(PG_FUNCTION_ARGS)
{
	Datum		values[INTERVAL_COLUMNS];
	bool		nulls[INTERVAL_COLUMNS];
	int			digits = format_digits(fcinfo, 1);

	summary_read_tuple(fcinfo, 0, &interval_shape, values, nulls);
	return format_bounds(fcinfo, values, nulls, digits);
}
