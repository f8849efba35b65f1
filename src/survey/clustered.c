/*
 * clustered.c: the type clustered_tally: validation, sums, the answers alone.
 *
 * Whatever is read from an answer, a linear score of it, the variance between
 * clusters needs sums of s^2, s m and m^2, with s the sum of a cluster's scores and
 * m its answers.  All of them follow from the products of two counts of a cluster,
 * added up over the clusters.  These are whole numbers, so merging and taking away
 * are exact, and the results of all plans the same bit for bit.
 */
#include "postgres.h"

#include "common/int.h"

#include "clustered.h"

PG_FUNCTION_INFO_V1(clustered_tally_plus);
PG_FUNCTION_INFO_V1(clustered_tally_minus);
PG_FUNCTION_INFO_V1(clustered_tally_to_tally);

/* --- making and reading values -------------------------------------------- */

/* No cluster yet, on a scale that has been checked, or on none. */
Clustered *
clustered_empty(int32 lo, int32 hi)
{
	Size		size = offsetof(Clustered, cells) + clustered_cells_of(hi - lo + 1) * sizeof(int64);
	Clustered  *ct = palloc0(size);

	SET_VARSIZE(ct, size);
	ct->version = CLUSTERED_VERSION;
	ct->lo = lo;
	ct->hi = hi;
	return ct;
}

/* A stored or passed value, in full form; not to be written to. */
Clustered *
clustered_detoast(Datum value)
{
	return summary_detoast(value, CLUSTERED_VERSION, "clustered tally");
}

/* Let a value that has lost its last cluster, or never had one, be of no scale. */
void
clustered_settle(Clustered *ct)
{
	int			i;

	if (ct->clusters != 0)
		return;
	for (i = 0; i < clustered_cells(ct); i++)
	{
		if (ct->cells[i] != 0)
			return;				/* not a value */
	}
	ct->lo = CLUSTERED_NO_LO;
	ct->hi = CLUSTERED_NO_HI;
	SET_VARSIZE(ct, offsetof(Clustered, cells));
}

/* All answers; a value never holds more than fit. */
int64
clustered_responses(const Clustered *ct)
{
	int64		sum = 0;
	int			i;

	for (i = 0; i < clustered_points(ct); i++)
		sum += ct->cells[i];
	return sum;
}

/* The answers alone, as a tally; NULL without a scale. */
Tally *
clustered_answers(const Clustered *ct)
{
	Tally	   *tally;

	if (clustered_is_void(ct))
		return NULL;
	tally = tally_empty(ct->lo, ct->hi, false);
	memcpy(tally->counts, ct->cells, clustered_points(ct) * sizeof(int64));
	return tally;
}

/* --- validation -------------------------------------------------------------- */

/* Do the counts add up to a number of answers that fits so many clusters? */
static bool
clustered_check_counts(const Clustered *ct, struct Node *escontext)
{
	int64		sum = 0;
	int			i;

	for (i = 0; i < clustered_points(ct); i++)
	{
		if (ct->cells[i] < 0)
			ereturn(escontext, false,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("negative count " INT64_FORMAT " of score %d in a clustered tally",
							ct->cells[i], ct->lo + i)));
		if (pg_add_s64_overflow(sum, ct->cells[i], &sum))
			ereturn(escontext, false,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("clustered tally holds more than " INT64_FORMAT " answers",
							PG_INT64_MAX)));
	}
	if (ct->clusters < 0 || ct->clusters > sum || (ct->clusters == 0 && sum > 0))
		ereturn(escontext, false,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("clustered tally of " INT64_FORMAT " answers in " INT64_FORMAT " clusters",
						sum, ct->clusters),
				 errdetail("A cluster has at least one answer.")));
	return true;
}

/*
 * Can this be a sum of products of whole numbers a and b, with these counts?  Of one
 * number with itself it is at least the count and even or odd with it; of two,
 * 2 a b is at most a^2 + b^2.
 */
static bool
clustered_product_fits(const Clustered *ct, int i, int j)
{
	int			points = clustered_points(ct);
	int64		product = ct->cells[points + i * (i + 1) / 2 + j];
	int64		square_i = ct->cells[points + i * (i + 1) / 2 + i];
	int64		square_j = ct->cells[points + j * (j + 1) / 2 + j];

	if (product < 0 || ((ct->cells[i] == 0 || ct->cells[j] == 0) && product > 0))
		return false;
	if (i == j)
		return product >= ct->cells[i] && (product - ct->cells[i]) % 2 == 0;
	return square_i >= 0 && square_j >= 0 && product - square_i <= square_j - product;
}

/*
 * The one validator: every way into the type ends here, and what is taken away
 * from.  False after a soft error; sqlstate is that of products that fit no answers.
 */
bool
clustered_check(const Clustered *ct, int sqlstate, struct Node *escontext)
{
	int			i,
				j;

	if (!clustered_check_counts(ct, escontext))
		return false;
	for (i = 0; i < clustered_points(ct); i++)
	{
		for (j = 0; j <= i; j++)
		{
			if (!clustered_product_fits(ct, i, j))
				ereturn(escontext, false,
						(errcode(sqlstate),
						 errmsg("impossible product " INT64_FORMAT
								" of scores %d and %d in a clustered tally",
								ct->cells[clustered_points(ct) + i * (i + 1) / 2 + j],
								ct->lo + i, ct->lo + j),
						 errdetail("No clusters have such counts and products of counts.")));
		}
	}
	return true;
}

/* --- arithmetic ---------------------------------------------------------------- */

/*
 * a + b: the operator, the transition of sum(clustered_tally) and the combine
 * function of clustered_tally(tally).  The clusters of both are taken for others.
 */
Datum
clustered_tally_plus(PG_FUNCTION_ARGS)
{
	Clustered  *sum = summary_sum_state(fcinfo, CLUSTERED_VERSION);
	Clustered  *more = PG_GETARG_CLUSTERED(1);
	bool		over;
	int			i;

	if (clustered_is_void(more))
		PG_RETURN_POINTER(sum);
	if (clustered_is_void(sum))
		PG_RETURN_POINTER(summary_copy(PG_GETARG_DATUM(1)));
	scale_require_same(sum->lo, sum->hi, more->lo, more->hi);
	over = pg_add_s64_overflow(sum->clusters, more->clusters, &sum->clusters);
	for (i = 0; i < clustered_cells(sum); i++)
		over |= pg_add_s64_overflow(sum->cells[i], more->cells[i], &sum->cells[i]);
	if (unlikely(over))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("sum of clustered tallies is out of range"),
				 errdetail("Counts and products of counts go up to " INT64_FORMAT ".",
						   PG_INT64_MAX)));
	clustered_check_counts(sum, NULL);
	PG_RETURN_POINTER(sum);
}

/* a - b: the operator, and the inverse transition of sum(clustered_tally). */
Datum
clustered_tally_minus(PG_FUNCTION_ARGS)
{
	Clustered  *rest = summary_sum_state(fcinfo, CLUSTERED_VERSION);
	Clustered  *less = PG_GETARG_CLUSTERED(1);
	int			i;

	if (clustered_is_void(less))
		PG_RETURN_POINTER(rest);
	if (clustered_is_void(rest))
		rest = clustered_empty(less->lo, less->hi);
	scale_require_same(rest->lo, rest->hi, less->lo, less->hi);
	/* none of them is negative, so no difference overflows */
	rest->clusters -= less->clusters;
	for (i = 0; i < clustered_cells(rest); i++)
		rest->cells[i] -= less->cells[i];
	clustered_settle(rest);
	clustered_check(rest, ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE, NULL);
	PG_RETURN_POINTER(rest);
}

/* clustered_tally::tally, the answers without their clusters; NULL without a scale */
Datum
clustered_tally_to_tally(PG_FUNCTION_ARGS)
{
	Tally	   *tally = clustered_answers(PG_GETARG_CLUSTERED(0));

	if (tally == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(tally);
}
