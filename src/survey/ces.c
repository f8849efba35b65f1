/*
 * ces.c: Customer Effort Score in its 2.0 form, the mean agreement with "made
 * it easy" on 1..7 (7 = easy), and the share of easy answers (5 to 7).
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "ces.h"

PG_FUNCTION_INFO_V1(ces);
PG_FUNCTION_INFO_V1(ces_easy);
PG_FUNCTION_INFO_V1(ces_interval);
PG_FUNCTION_INFO_V1(ces_test);

/* Raise an error unless the scale is 1..7. */
void
ces_easy_require_scale(int32 lo, int32 hi)
{
	scale_require(lo, hi, CES_LOWEST, CES_HIGHEST, "the default of ces_easy",
				  "Say which scores are easy: ces_easy(tally, lo, hi).");
}

/*
 * ces(tally): the mean on the tally's own scale, as surveys on 1..5 are about as common
 * as on 1..7; NULL without answers.
 */
Datum
ces(PG_FUNCTION_ARGS)
{
	return summary_number(fcinfo, tally_moments(PG_GETARG_TALLY(0)).mean);
}

/* ces_easy(tally), in percent; with bounds it is share(tally, lo, hi) */
Datum
ces_easy(PG_FUNCTION_ARGS)
{
	Tally	   *tally = PG_GETARG_TALLY(0);

	ces_easy_require_scale(tally->lo, tally->hi);
	return summary_number(fcinfo, tally_percent(tally, CES_EASY, CES_HIGHEST));
}

/*
 * Is the method in an argument adjusted, the one for answers on a bounded scale, or its
 * rival?  A function without this argument takes adjusted.  Error 22023 if it is neither.
 */
bool
ces_adjusted(FunctionCallInfo fcinfo, int argno, const char *rival)
{
	const char *const names[] = {"adjusted", rival};

	return argno >= PG_NARGS() ||
		summary_choice(text_to_cstring(PG_GETARG_TEXT_PP(argno)), "method for a mean",
					   names, lengthof(names)) == 0;
}

/* ces_interval(tally, confidence, method), in points of the scale */
Datum
ces_interval(PG_FUNCTION_ARGS)
{
	Tally	   *tally = PG_GETARG_TALLY(0);
	Moments		m = tally_moments(tally);
	double		confidence = summary_confidence(fcinfo, 1);
	Bounds		bounds;

	if (ces_adjusted(fcinfo, 2, "t"))
		bounded_interval(m, tally->lo, tally->hi, confidence, &bounds);
	else
		moments_interval(m, confidence, &bounds);
	return summary_interval(fcinfo, m.mean, bounds, 1.0, tally_responses(tally));
}

/* ces_test(current, baseline, confidence, method): the difference in points of the scale */
Datum
ces_test(PG_FUNCTION_ARGS)
{
	Tally	   *current = PG_GETARG_TALLY(0);
	Tally	   *baseline = PG_GETARG_TALLY(1);
	Moments		m1 = tally_moments(current);
	Moments		m2 = tally_moments(baseline);
	double		confidence = summary_confidence(fcinfo, 2);
	Comparison	comparison;

	tally_same_scale(current, baseline);
	if (ces_adjusted(fcinfo, 3, "welch"))
		bounded_comparison(m1, m2, current->lo, current->hi, confidence, &comparison);
	else
		welch_comparison(m1, m2, confidence, &comparison);
	return summary_comparison(fcinfo, m1.mean - m2.mean, &comparison, 1.0);
}
