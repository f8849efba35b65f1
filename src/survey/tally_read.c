/*
 * tally_read.c: the plain readers of a tally: number of answers, counts, scale, mean,
 * standard deviation, shares.  The KPIs have files of their own.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "utils/array.h"

#include "tally.h"

PG_FUNCTION_INFO_V1(responses);
PG_FUNCTION_INFO_V1(counts);
PG_FUNCTION_INFO_V1(scale_min);
PG_FUNCTION_INFO_V1(scale_max);
PG_FUNCTION_INFO_V1(mean);
PG_FUNCTION_INFO_V1(stddev);
PG_FUNCTION_INFO_V1(share);

/* Number, mean and sample variance of the answers, in points of the scale. */
Moments
tally_moments(const Tally *tally)
{
	return count_moments(tally->counts, tally_points(tally), tally->lo);
}

/* responses(tally): the number of answers. */
Datum
responses(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64(tally_responses(PG_GETARG_TALLY(0)));
}

/* counts(tally): the count of each score, from the lowest on, as bigint[]. */
Datum
counts(PG_FUNCTION_ARGS)
{
	Tally	   *tally = PG_GETARG_TALLY(0);
	Datum		elements[TALLY_MAX_POINTS];
	int			i;

	for (i = 0; i < tally_points(tally); i++)
		elements[i] = Int64GetDatum(tally->counts[i]);
	PG_RETURN_ARRAYTYPE_P(construct_array(elements, tally_points(tally), INT8OID,
										  sizeof(int64), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE));
}

/* scale_min(tally): the lowest score of the scale. */
Datum
scale_min(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_TALLY(0)->lo);
}

/* scale_max(tally): the highest score of the scale. */
Datum
scale_max(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_TALLY(0)->hi);
}

/* mean(tally), in points of the scale; NULL without answers. */
Datum
mean(PG_FUNCTION_ARGS)
{
	return summary_number(fcinfo, tally_moments(PG_GETARG_TALLY(0)).mean);
}

/* stddev(tally): sample standard deviation; NULL for fewer than two answers. */
Datum
stddev(PG_FUNCTION_ARGS)
{
	return summary_number(fcinfo, sqrt(tally_moments(PG_GETARG_TALLY(0)).variance));
}

/* share(tally, lo, hi): percentage of answers from lo to hi, 0..100; NULL without answers. */
Datum
share(PG_FUNCTION_ARGS)
{
	Tally	   *tally = PG_GETARG_TALLY(0);
	int32		from = PG_GETARG_INT32(1);
	int32		to = PG_GETARG_INT32(2);

	scale_require_part(tally->lo, tally->hi, from, to);
	return summary_number(fcinfo, tally_percent(tally, from, to));
}
