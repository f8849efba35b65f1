/*
 * period_window.c: whether something happened within a span after a start.
 */
#include "postgres.h"

#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "base/compat.h"

PG_FUNCTION_INFO_V1(within_window);

/*
 * within_window(start, event, span, as_of): did the event come within the span after
 * the start, as known at as_of?  NULL while the window is open, and if start is after
 * as_of.
 */
Datum
within_window(PG_FUNCTION_ARGS)
{
	TimestampTz start,
				end,
				as_of;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	start = PG_GETARG_TIMESTAMPTZ(0);
	as_of = PG_GETARG_TIMESTAMPTZ(3);
	if (TIMESTAMP_NOT_FINITE(start) || start > as_of)
		PG_RETURN_NULL();
	end = DatumGetTimestampTz(DirectFunctionCall2(timestamptz_pl_interval,
												  TimestampTzGetDatum(start),
												  PG_GETARG_DATUM(2)));
	if (end < start)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("negative span %s of a window",
						DatumGetCString(DirectFunctionCall1(interval_out, PG_GETARG_DATUM(2)))),
				 errhint("A window runs forward from its start: give a span of zero or more.")));
	if (!PG_ARGISNULL(1))
	{
		TimestampTz event = PG_GETARG_TIMESTAMPTZ(1);

		if (event > start && event <= end && event <= as_of && !TIMESTAMP_IS_NOEND(event))
			PG_RETURN_BOOL(true);
	}
	if (as_of >= end)
		PG_RETURN_BOOL(false);
	PG_RETURN_NULL();
}
