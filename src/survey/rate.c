/*
 * rate.c: yes/no rates, from which fcr, resolution_rate, retention_rate, churn_rate,
 * repeat_rate, referral_rate and others are built; the intervals of shares, and the
 * tests of two shares and of a share against its target.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "rate.h"
#include "satisfied.h"

PG_FUNCTION_INFO_V1(rate);
PG_FUNCTION_INFO_V1(rate_interval);
PG_FUNCTION_INFO_V1(rate_interval_counts);
PG_FUNCTION_INFO_V1(rate_test);
PG_FUNCTION_INFO_V1(rate_test_counts);
PG_FUNCTION_INFO_V1(target_test);

/* --- what makes a row a yes ---------------------------------------------------- */

static Datum
rate_count(FunctionCallInfo fcinfo, bool yes, int step)
{
	Tally	   *state = summary_state(fcinfo, TALLY_VERSION);

	tally_count(state, yes ? 1 : 0, step);
	PG_RETURN_POINTER(state);
}

/* A boolean. */
static Datum
rate_accumulate(FunctionCallInfo fcinfo, int step)
{
	return rate_count(fcinfo, PG_GETARG_BOOL(1), step);
}

/* A whole number of events in argument 1; error 22003 if it is below least or has decimals. */
static double
rate_events(FunctionCallInfo fcinfo, const char *what, int least)
{
	double		events = PG_GETARG_FLOAT8(1);

	if (unlikely(!(events >= least) || isinf(events) || events != rint(events)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of %s %s is not a whole number of at least %d",
						what, summary_print(events), least),
				 errhint("Leave such rows out: FILTER (WHERE %s >= %d AND %s = trunc(%s)).",
						 what, least, what, what)));
	return events;
}

/* Resolved with the first contact. */
static Datum
contacts_accumulate(FunctionCallInfo fcinfo, int step)
{
	return rate_count(fcinfo, rate_events(fcinfo, "contacts", 1) == 1.0, step);
}

/* Bought again: the first purchase is one of them. */
static Datum
total_accumulate(FunctionCallInfo fcinfo, int step)
{
	return rate_count(fcinfo, rate_events(fcinfo, "total_purchases", 1) >= 2.0, step);
}

/* Happened at least once. */
static Datum
occurrences_accumulate(FunctionCallInfo fcinfo, int step)
{
	return rate_count(fcinfo, rate_events(fcinfo, "events", 0) >= 1.0, step);
}

/* The perceived resolution is at least the expected one. */
static Datum
expectation_accumulate(FunctionCallInfo fcinfo, int step)
{
	double		expected = PG_GETARG_FLOAT8(1);
	double		perceived = PG_GETARG_FLOAT8(2);

	if (unlikely(!isfinite(expected) || !isfinite(perceived)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("expected %s and perceived %s are not both finite numbers",
						summary_print(expected), summary_print(perceived)),
				 errhint("Leave such rows out with FILTER (WHERE ...).")));
	return rate_count(fcinfo, perceived >= expected, step);
}

/* All are strict, and their state is a tally of the scale 0..1. */
TALLY_ACCUM_PAIR(rate_accum, rate_accumulate)
TALLY_ACCUM_PAIR(contacts_accum, contacts_accumulate)
TALLY_ACCUM_PAIR(occurrences_accum, occurrences_accumulate)
TALLY_ACCUM_PAIR(total_accum, total_accumulate)
TALLY_ACCUM_PAIR(expectation_accum, expectation_accumulate)

/* --- readers -------------------------------------------------------------------- */

/* Raise an error unless the scale is 0..1. */
void
rate_require_scale(int32 lo, int32 hi)
{
	scale_require(lo, hi, 0, 1, "a rate",
				  "Use csat() with satisfied_from, or share(), for scores.");
}

static Share
rate_share(const Tally *tally)
{
	rate_require_scale(tally->lo, tally->hi);
	return tally_share(tally, 1, 1);
}

/*
 * rate(tally): yes in percent of all answers; NULL without answers, error 22023 off the
 * scale 0..1.
 */
Datum
rate(PG_FUNCTION_ARGS)
{
	Share		share = rate_share(PG_GETARG_TALLY(0));

	return summary_number(fcinfo, share_percent(share));
}

/*
 * yes and total in the arguments argno and argno + 1; errors 22003 for a negative number
 * and 22023 for more yes than answers.
 */
static Share
rate_counts(FunctionCallInfo fcinfo, int argno)
{
	int64		yes = PG_GETARG_INT64(argno);
	int64		total = PG_GETARG_INT64(argno + 1);
	Share		share = {(double) yes, (double) total};

	summary_require_count(yes, "yes");
	summary_require_count(total, "answers");
	if (yes > total)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("more yes than answers: " INT64_FORMAT " of " INT64_FORMAT, yes, total),
				 errhint("First the number of yes, then the number of all answers, yes and no.")));
	return share;
}

/*
 * The method named in an argument: wilson, exact, jeffreys or wald; error 22023 if
 * unknown.  A function without this argument takes wilson.
 */
ShareInterval
rate_interval_method(FunctionCallInfo fcinfo, int argno)
{
	static const char *const names[] = {"wilson", "exact", "jeffreys", "wald"};
	static const ShareInterval methods[] = {
		wilson_interval, exact_interval, jeffreys_interval, wald_interval
	};

	if (argno >= PG_NARGS())
		return wilson_interval;
	return methods[summary_choice(text_to_cstring(PG_GETARG_TEXT_PP(argno)),
								  "method of an interval of a rate", names, lengthof(names))];
}

/* The kpi_interval of a share, in percent. */
Datum
rate_share_interval(FunctionCallInfo fcinfo, int64 responses, Share share,
					double confidence, ShareInterval method)
{
	Bounds		bounds;

	method(share, confidence, &bounds);
	return summary_interval(fcinfo, share_percent(share), bounds, 100.0, responses);
}

/* The kpi_test of two shares, in percentage points. */
Datum
rate_share_test(FunctionCallInfo fcinfo, Share current, Share baseline, double confidence)
{
	Comparison	comparison;

	share_comparison(current, baseline, confidence, &comparison);
	return summary_share_comparison(fcinfo, share_percent(current) - share_percent(baseline),
									&comparison);
}

/* rate_interval(tally, confidence, method) */
Datum
rate_interval(PG_FUNCTION_ARGS)
{
	Tally	   *tally = PG_GETARG_TALLY(0);
	Share		share = rate_share(tally);

	return rate_share_interval(fcinfo, tally_responses(tally), share, summary_confidence(fcinfo, 1),
							   rate_interval_method(fcinfo, 2));
}

/* rate_interval(yes, total, confidence, method) */
Datum
rate_interval_counts(PG_FUNCTION_ARGS)
{
	return rate_share_interval(fcinfo, PG_GETARG_INT64(1), rate_counts(fcinfo, 0),
							   summary_confidence(fcinfo, 2), rate_interval_method(fcinfo, 3));
}

/* rate_test(yes, total, baseline_yes, baseline_total, confidence) */
Datum
rate_test_counts(PG_FUNCTION_ARGS)
{
	return rate_share_test(fcinfo, rate_counts(fcinfo, 0), rate_counts(fcinfo, 2),
						   summary_confidence(fcinfo, 4));
}

/* rate_test(current, baseline, confidence) */
Datum
rate_test(PG_FUNCTION_ARGS)
{
	return rate_share_test(fcinfo, rate_share(PG_GETARG_TALLY(0)), rate_share(PG_GETARG_TALLY(1)),
						   summary_confidence(fcinfo, 2));
}

/*
 * target_test(tally, target, satisfied_from, confidence), target in percent; called with
 * NULLs.
 */
Datum
target_test(PG_FUNCTION_ARGS)
{
	Tally	   *tally;
	double		target;
	double		confidence;
	Share		share;
	Comparison	comparison;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(3))
		PG_RETURN_NULL();
	tally = PG_GETARG_TALLY(0);
	confidence = summary_confidence(fcinfo, 3);
	target = summary_percentage(PG_GETARG_FLOAT8(1), "target");
	share = tally_share(tally, crs_satisfied_from(fcinfo, 2, tally->lo, tally->hi), tally->hi);
	target_comparison(share, target / 100.0, confidence, &comparison);
	return summary_share_comparison(fcinfo, share_percent(share) - target, &comparison);
}
