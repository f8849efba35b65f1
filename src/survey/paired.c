/*
 * paired.c: the same customers before and after, a count for each pair of
 * scores.
 *
 * A paired tally has the layout of a tally with k x k counts, a row for each score
 * before.  Customers with only one of the two answers are not counted.  Every
 * difference is after - before, so that better is positive.
 */
#include "postgres.h"

#include "common/int.h"

#include "ces.h"
#include "nps.h"
#include "paired.h"
#include "rate.h"
#include "satisfied.h"

PG_FUNCTION_INFO_V1(before);
PG_FUNCTION_INFO_V1(after);
PG_FUNCTION_INFO_V1(pairs);
PG_FUNCTION_INFO_V1(rate_test_paired);
PG_FUNCTION_INFO_V1(csat_test_paired);
PG_FUNCTION_INFO_V1(nps_test_paired);
PG_FUNCTION_INFO_V1(ces_test_paired);
PG_FUNCTION_INFO_V1(win_back_rate);
PG_FUNCTION_INFO_V1(lost_rate);

/* --- accumulation ----------------------------------------------------------------- */

/*
 * Count one pair more (step 1) or less (step -1).  As with one score, a difference to
 * the lowest score that wraps is not on the scale either.
 */
static pg_attribute_always_inline void
paired_bump(Tally *state, int32 before, int32 after, int step)
{
	uint32		width = (uint32) state->hi - (uint32) state->lo;
	uint32		row = (uint32) before - (uint32) state->lo;
	uint32		column = (uint32) after - (uint32) state->lo;
	int64	   *count;

	if (unlikely(row > width || column > width))
		tally_scale_error(row > width ? before : after, state->lo, state->hi);
	count = &state->counts[row * (width + 1) + column];
	if (unlikely(pg_add_s64_overflow(*count, step, count) || (step < 0 && *count < 0)))
		tally_count_error(psprintf("pair %d, %d", before, after), state->lo, state->hi);
}

/* (paired_tally, before, after, lo, hi) -> paired_tally, called with NULLs too. */
#define PAIRED_ACCUM(type, score) \
static pg_attribute_always_inline Datum \
paired_accumulate_##type(FunctionCallInfo fcinfo, int step) \
{ \
	Tally	   *state = tally_scale_state(fcinfo, 3, true); \
\
	if (!PG_ARGISNULL(1) && !PG_ARGISNULL(2)) \
		paired_bump(state, score(1), score(2), step); \
	PG_RETURN_POINTER(state); \
} \
TALLY_ACCUM_PAIR(paired_accum_##type, paired_accumulate_##type)

#define PAIRED_SCORE_FLOAT8(n)	tally_score_float8(PG_GETARG_FLOAT8(n), state->lo, state->hi)

PAIRED_ACCUM(int2, PG_GETARG_INT16)
PAIRED_ACCUM(int4, PG_GETARG_INT32)
PAIRED_ACCUM(float8, PAIRED_SCORE_FLOAT8)

/* --- readers ------------------------------------------------------------------------ */

/* Pairs with a score of from..to before and of and_from..and_to after. */
static int64
paired_sum(const Tally *pt, int64 from, int64 to, int64 and_from, int64 and_to)
{
	int			points = tally_points(pt);
	int64		sum = 0;
	int64		row,
				column;

	for (row = from - pt->lo; row <= to - pt->lo; row++)
	{
		for (column = and_from - pt->lo; column <= and_to - pt->lo; column++)
		{
			if (pg_add_s64_overflow(sum, pt->counts[row * points + column], &sum))
				ereport(ERROR,
						(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
						 errmsg("paired tally holds more than " INT64_FORMAT " pairs",
								PG_INT64_MAX)));
		}
	}
	return sum;
}

static int64
paired_pairs(const Tally *pt)
{
	return paired_sum(pt, pt->lo, pt->hi, pt->lo, pt->hi);
}

/* pairs(paired_tally): the number of pairs. */
Datum
pairs(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(paired_pairs(PG_GETARG_TALLY(0)));
}

/* The scores before, as a tally. */
Datum
before(PG_FUNCTION_ARGS)
{
	Tally	   *pt = PG_GETARG_TALLY(0);
	Tally	   *tally = tally_empty(pt->lo, pt->hi, false);
	int64		score;

	for (score = pt->lo; score <= pt->hi; score++)
		tally->counts[score - pt->lo] = paired_sum(pt, score, score, pt->lo, pt->hi);
	PG_RETURN_POINTER(tally);
}

/* The scores after, as a tally. */
Datum
after(PG_FUNCTION_ARGS)
{
	Tally	   *pt = PG_GETARG_TALLY(0);
	Tally	   *tally = tally_empty(pt->lo, pt->hi, false);
	int64		score;

	for (score = pt->lo; score <= pt->hi; score++)
		tally->counts[score - pt->lo] = paired_sum(pt, pt->lo, pt->hi, score, score);
	PG_RETURN_POINTER(tally);
}

/* --- shares of the satisfied ------------------------------------------------------------ */

/* Pairs by whether they are satisfied, from this score on, before and after. */
Change
paired_change(const Tally *pt, int64 from)
{
	Change		change;

	paired_pairs(pt);			/* raises an error if there are too many */
	change.both = (double) paired_sum(pt, from, pt->hi, from, pt->hi);
	change.lost = (double) paired_sum(pt, from, pt->hi, pt->lo, from - 1);
	change.gained = (double) paired_sum(pt, pt->lo, from - 1, from, pt->hi);
	change.neither = (double) paired_sum(pt, pt->lo, from - 1, pt->lo, from - 1);
	return change;
}

static Datum
paired_share_test(FunctionCallInfo fcinfo, Change change, double confidence)
{
	Comparison	comparison;
	Share		before = change_before(change);
	Share		after = change_after(change);

	change_comparison(change, confidence, &comparison);
	return summary_share_comparison(fcinfo, share_percent(after) - share_percent(before),
									&comparison);
}

/* rate_test(pairs, confidence): the difference in percentage points */
Datum
rate_test_paired(PG_FUNCTION_ARGS)
{
	Tally	   *pt = PG_GETARG_TALLY(0);

	rate_require_scale(pt->lo, pt->hi);
	return paired_share_test(fcinfo, paired_change(pt, 1), summary_confidence(fcinfo, 1));
}

/* csat_test(pairs, confidence, satisfied_from), in percentage points; called with NULLs. */
Datum
csat_test_paired(PG_FUNCTION_ARGS)
{
	Tally	   *pt;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1))
		PG_RETURN_NULL();
	pt = PG_GETARG_TALLY(0);
	return paired_share_test(fcinfo,
							 paired_change(pt, csat_satisfied_from(fcinfo, 2, pt->lo, pt->hi)),
							 summary_confidence(fcinfo, 1));
}

/* Satisfied from argument 1 on.  Without it: yes on the scale 0..1, else the default of csat. */
static Change
paired_recovery(FunctionCallInfo fcinfo)
{
	Tally	   *pt = PG_GETARG_TALLY(0);

	return paired_change(pt, crs_satisfied_from(fcinfo, 1, pt->lo, pt->hi));
}

/*
 * win_back_rate(pairs, satisfied_from): of the customers unsatisfied before, the
 * percentage satisfied after; called with NULLs.
 */
Datum
win_back_rate(PG_FUNCTION_ARGS)
{
	Change		change;
	Share		share;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	change = paired_recovery(fcinfo);
	share.good = change.gained;
	share.n = change.gained + change.neither;
	return summary_number(fcinfo, share_percent(share));
}

/*
 * lost_rate(pairs, satisfied_from): of the customers satisfied before, the percentage
 * unsatisfied after; called with NULLs.
 */
Datum
lost_rate(PG_FUNCTION_ARGS)
{
	Change		change;
	Share		share;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	change = paired_recovery(fcinfo);
	share.good = change.lost;
	share.n = change.lost + change.both;
	return summary_number(fcinfo, share_percent(share));
}

/* --- means ---------------------------------------------------------------------------- */

/*
 * Moments of after - before, each score read as its own value or, for NPS, as -1,
 * 0 or 1: the pairs are counted by their difference.
 */
Moments
paired_differences(const Tally *pt, int (*value) (int32 score))
{
	int64		counts[2 * TALLY_MAX_POINTS - 1] = {0};
	int			points = tally_points(pt);
	int			largest = value == NULL ? points - 1 : 2;
	int			row,
				column;

	paired_pairs(pt);			/* then no partial sum overflows */
	for (row = 0; row < points; row++)
	{
		for (column = 0; column < points; column++)
		{
			int			difference = value == NULL ? column - row :
				value(pt->lo + column) - value(pt->lo + row);

			counts[difference + largest] += pt->counts[row * points + column];
		}
	}
	return count_moments(counts, 2 * largest + 1, -largest);
}

/* nps_test(pairs, confidence): the difference in points of NPS */
Datum
nps_test_paired(PG_FUNCTION_ARGS)
{
	Tally	   *pt = PG_GETARG_TALLY(0);
	Moments		difference;
	Comparison	comparison;

	nps_require_scale(pt->lo, pt->hi);
	difference = paired_differences(pt, nps_class);
	difference_comparison(difference, summary_confidence(fcinfo, 1), &comparison);
	return summary_comparison(fcinfo, difference.mean * 100.0, &comparison, 100.0);
}

/* ces_test(pairs, confidence, method): the difference in points of the scale */
Datum
ces_test_paired(PG_FUNCTION_ARGS)
{
	Tally	   *pt = PG_GETARG_TALLY(0);
	Moments		difference = paired_differences(pt, NULL);
	double		confidence = summary_confidence(fcinfo, 1);
	Comparison	comparison;

	if (ces_adjusted(fcinfo, 2, "t"))
		bounded_difference(difference, (double) pt->hi - pt->lo, confidence, &comparison);
	else
		difference_comparison(difference, confidence, &comparison);
	return summary_comparison(fcinfo, difference.mean, &comparison, 1.0);
}
