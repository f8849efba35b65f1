/*
 * clustered_accum.c: transition functions of clustered_tally(tally): a tally is all
 * answers of one cluster.
 */
#include "postgres.h"

#include "common/int.h"

#include "clustered.h"

PG_FUNCTION_INFO_V1(clustered_accum);
PG_FUNCTION_INFO_V1(clustered_accum_inv);

/* A number that would fall below 0 or overflow; apart, as it is never called. */
pg_noreturn static void pg_attribute_cold
clustered_out_of_range(const Clustered *ct, int i, int j)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg("products of counts of a clustered tally, scores %d and %d, are out of range",
					ct->lo + i, ct->lo + j),
			 errdetail("They add up to between 0 and " INT64_FORMAT ".", PG_INT64_MAX)));
}

/* The state, of the scale of the tally: it takes that of the first. */
static Clustered *
clustered_of_scale(Clustered *state, const Tally *tally)
{
	if (unlikely(clustered_is_void(state)))
		return clustered_empty(tally->lo, tally->hi);
	scale_require_same(state->lo, state->hi, tally->lo, tally->hi);
	return state;
}

/*
 * One cluster more (step 1) or less (step -1), of these answers.  A customer knows
 * few scores, so only the points with answers are looked at.
 */
static void
clustered_count(Clustered *state, const Tally *tally, int step)
{
	int			at[TALLY_MAX_POINTS];
	int			count = 0;
	int			i,
				j;

	for (i = 0; i < tally_points(tally); i++)
	{
		if (tally->counts[i] != 0)
			at[count++] = i;
	}
	for (i = 0; i < count; i++)
	{
		int64		answers = tally->counts[at[i]];

		if (pg_add_s64_overflow(state->cells[at[i]], step * answers, &state->cells[at[i]]))
			clustered_out_of_range(state, at[i], at[i]);
		for (j = 0; j <= i; j++)
		{
			int64	   *product = clustered_product(state, at[i], at[j]);
			int64		more;

			if (pg_mul_s64_overflow(step * answers, tally->counts[at[j]], &more) ||
				pg_add_s64_overflow(*product, more, product))
				clustered_out_of_range(state, at[i], at[j]);
		}
	}
	/* at most as many as answers, which fit, and 1 more than none */
	state->clusters += step;
}

/* Strict (clustered_tally, tally) -> clustered_tally; a tally without answers is no cluster. */
Datum
clustered_accum(PG_FUNCTION_ARGS)
{
	Clustered  *state = summary_state(fcinfo, CLUSTERED_VERSION);
	Tally	   *tally = PG_GETARG_TALLY(1);
	int64		answers = tally_responses(tally);

	if (answers > 0)
	{
		state = clustered_of_scale(state, tally);
		if (unlikely(answers > PG_INT64_MAX - clustered_responses(state)))
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("clustered tally holds more than " INT64_FORMAT " answers",
							PG_INT64_MAX)));
		clustered_count(state, tally, 1);
	}
	PG_FREE_IF_COPY(tally, 1);
	PG_RETURN_POINTER(state);
}

/* The inverse: what it leaves must be clusters, too. */
Datum
clustered_accum_inv(PG_FUNCTION_ARGS)
{
	Clustered  *state = summary_state(fcinfo, CLUSTERED_VERSION);
	Tally	   *tally = PG_GETARG_TALLY(1);

	if (tally_responses(tally) > 0)
	{
		state = clustered_of_scale(state, tally);
		clustered_count(state, tally, -1);
		clustered_settle(state);
		clustered_check(state, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, NULL);
	}
	PG_FREE_IF_COPY(tally, 1);
	PG_RETURN_POINTER(state);
}
