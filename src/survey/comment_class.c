/*
 * comment_class.c: the class of a sentiment as a SQL function.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "utils/builtins.h"

#include "base/summary.h"

PG_FUNCTION_INFO_V1(sentiment_class);

#define SENTIMENT_CLASS_FROM	0.05

/* An argument that is a sentiment, -1 to 1. */
static double
sentiment_given(FunctionCallInfo fcinfo, int argument, const char *name)
{
	double		value = PG_GETARG_FLOAT8(argument);

	if (!(fabs(value) <= 1.0))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("%s %s is outside -1..1", name, summary_print(value))));
	return value;
}

/*
 * sentiment_class(compound, negative_below, positive_from): positive, neutral or
 * negative.  The cuts are the published limits of -0.05 and 0.05 if not given; the
 * definition of 0.1.0 has one argument.
 */
Datum
sentiment_class(PG_FUNCTION_ARGS)
{
	double		compound = sentiment_given(fcinfo, 0, "sentiment");
	double		below = -SENTIMENT_CLASS_FROM;
	double		from = SENTIMENT_CLASS_FROM;

	if (PG_NARGS() > 1)
	{
		below = sentiment_given(fcinfo, 1, "negative_below");
		from = sentiment_given(fcinfo, 2, "positive_from");
	}
	if (below > from)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("negative_below %s is above positive_from %s", summary_print(below),
						summary_print(from)),
				 errdetail("A sentiment from positive_from up is positive, "
						   "one from negative_below down is negative."),
				 errhint("Give negative_below the smaller of the two values.")));
	PG_RETURN_TEXT_P(cstring_to_text(compound >= from ? "positive" :
									 compound <= below ? "negative" : "neutral"));
}
