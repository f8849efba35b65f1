/*
 * report.c: functions for reports: sparklines, and the suppression of figures that
 * rest on too few answers.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/builtins.h"

#include "summary.h"

PG_FUNCTION_INFO_V1(suppress);
PG_FUNCTION_INFO_V1(sparkline);

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
