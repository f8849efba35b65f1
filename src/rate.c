/*
 * rate.c: yes/no rates, what fcr, resolution_rate, retention_rate, churn_rate,
 * repeat_rate, referral_rate and the rest are made of; the intervals of shares
 * and the tests of two shares and of a share against its target.
 */
#include "postgres.h"

#include "utils/builtins.h"

#include "rate.h"

PG_FUNCTION_INFO_V1(rate_accum);
PG_FUNCTION_INFO_V1(rate_accum_inv);
PG_FUNCTION_INFO_V1(contacts_accum);
PG_FUNCTION_INFO_V1(contacts_accum_inv);
PG_FUNCTION_INFO_V1(occurrences_accum);
PG_FUNCTION_INFO_V1(occurrences_accum_inv);
PG_FUNCTION_INFO_V1(expectation_accum);
PG_FUNCTION_INFO_V1(expectation_accum_inv);
PG_FUNCTION_INFO_V1(rate);
PG_FUNCTION_INFO_V1(rate_interval);
PG_FUNCTION_INFO_V1(rate_test);
PG_FUNCTION_INFO_V1(target_test);

/* --- what makes a row a yes ---------------------------------------------------- */

/* A boolean. */
static bool
rate_yes(FunctionCallInfo fcinfo)
{
	return PG_GETARG_BOOL(1);
}

/* A whole number of events, at least the given one. */
static double
rate_events(FunctionCallInfo fcinfo, const char *what, int least)
{
	double		events = PG_GETARG_FLOAT8(1);

	if (unlikely(!(events >= least) || isinf(events) || events != rint(events)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("number of %s %s is not a whole number of at least %d",
						what, summary_print(events), least),
				 errhint("Leave such rows out: FILTER (WHERE %s >= %d).", what, least)));
	return events;
}

/* Resolved with the first contact. */
static bool
contacts_yes(FunctionCallInfo fcinfo)
{
	return rate_events(fcinfo, "contacts", 1) == 1.0;
}

/* It happened at least once. */
static bool
occurrences_yes(FunctionCallInfo fcinfo)
{
	return rate_events(fcinfo, "events", 0) >= 1.0;
}

/* The resolution perceived is at least the one expected. */
static bool
expectation_yes(FunctionCallInfo fcinfo)
{
	double		expected = PG_GETARG_FLOAT8(1);
	double		perceived = PG_GETARG_FLOAT8(2);

	if (unlikely(!isfinite(expected) || !isfinite(perceived)))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("expected %s and perceived %s are not both finite numbers",
						summary_print(expected), summary_print(perceived)),
				 errhint("Leave such rows out with FILTER (WHERE ...).")));
	return perceived >= expected;
}

/* Strict transition functions over a 0..1 tally, and their inverses. */
#define RATE_ACCUM(name, step, yes) \
Datum \
name(PG_FUNCTION_ARGS) \
{ \
	Tally	   *state = summary_state(fcinfo); \
\
	tally_count(state, yes(fcinfo) ? 1 : 0, step); \
	PG_RETURN_POINTER(state); \
}

RATE_ACCUM(rate_accum, 1, rate_yes)
RATE_ACCUM(rate_accum_inv, -1, rate_yes)
RATE_ACCUM(contacts_accum, 1, contacts_yes)
RATE_ACCUM(contacts_accum_inv, -1, contacts_yes)
RATE_ACCUM(occurrences_accum, 1, occurrences_yes)
RATE_ACCUM(occurrences_accum_inv, -1, occurrences_yes)
RATE_ACCUM(expectation_accum, 1, expectation_yes)
RATE_ACCUM(expectation_accum_inv, -1, expectation_yes)

/* --- readers -------------------------------------------------------------------- */

static Share
rate_share(const Tally *tally)
{
	tally_require_scale(tally, 0, 1, "a rate",
						"Use csat() with satisfied_from, or share(), for scores.");
	return tally_share(tally, 1, 1);
}

Datum
rate(PG_FUNCTION_ARGS)
{
	Share		share = rate_share(PG_GETARG_TALLY(0));

	return summary_number(fcinfo, share_percent(share));
}

ShareInterval
rate_interval_method(FunctionCallInfo fcinfo, int argno)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(argno));

	if (strcmp(name, "wilson") == 0)
		return wilson_interval;
	if (strcmp(name, "exact") == 0)
		return exact_interval;
	if (strcmp(name, "jeffreys") == 0)
		return jeffreys_interval;
	if (strcmp(name, "wald") == 0)
		return wald_interval;
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("unknown method \"%s\" of an interval of a rate", name),
			 errhint("Methods are wilson, exact, jeffreys and wald.")));
}

/* The kpi_interval of a share, whatever made it. */
Datum
rate_share_interval(FunctionCallInfo fcinfo, const Tally *tally, Share share,
					double confidence, ShareInterval method)
{
	Bounds		bounds;

	method(share, confidence, &bounds);
	return summary_interval(fcinfo, share_percent(share), bounds, 100.0, tally_responses(tally));
}

/* rate_interval(tally, confidence, method) */
Datum
rate_interval(PG_FUNCTION_ARGS)
{
	Tally	   *tally = PG_GETARG_TALLY(0);
	Share		share = rate_share(tally);

	return rate_share_interval(fcinfo, tally, share, summary_confidence(fcinfo, 1),
							   rate_interval_method(fcinfo, 2));
}

/* rate_test(current, baseline, confidence) */
Datum
rate_test(PG_FUNCTION_ARGS)
{
	Share		current = rate_share(PG_GETARG_TALLY(0));
	Share		baseline = rate_share(PG_GETARG_TALLY(1));
	Comparison	comparison;

	share_comparison(current, baseline, summary_confidence(fcinfo, 2), &comparison);
	return summary_comparison(fcinfo, share_percent(current) - share_percent(baseline),
							  &comparison, 100.0);
}

/* target_test(tally, target, satisfied_from, confidence); called with NULLs. */
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
	target = PG_GETARG_FLOAT8(1);
	confidence = summary_confidence(fcinfo, 3);
	if (!(target >= 0.0 && target <= 100.0))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("target %s is not a percentage between 0 and 100", summary_print(target))));
	if (tally_is_yes_no(tally) && PG_ARGISNULL(2))
		share = rate_share(tally);
	else
		share = tally_share(tally, csat_satisfied_from(fcinfo, 2, tally->lo, tally->hi), tally->hi);
	target_comparison(share, target / 100.0, confidence, &comparison);
	return summary_comparison(fcinfo, share_percent(share) - target, &comparison, 100.0);
}
