/*
 * weighted_order.c: equality, order and hashes of weighted tallies.
 *
 * Two weighted tallies are equal if their scale and all their sums are.  The sums are
 * floating-point: the same answers, added up in another order, may differ by rounding.
 * The order (lo, hi, unit, then the points from the lowest score on) has no meaning of
 * its own: it makes DISTINCT, GROUP BY, unique indexes and merge joins work.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "utils/float.h"

#include "weighted.h"

PG_FUNCTION_INFO_V1(weighted_tally_hash);
PG_FUNCTION_INFO_V1(weighted_tally_hash_extended);

/* By weight, square and count, each sum before what rounding lost of it; -0 is 0. */
static int
weighted_point_compare(const WeightedPoint *a, const WeightedPoint *b)
{
	int			order = float8_cmp_internal(a->weight, b->weight);

	if (order == 0)
		order = float8_cmp_internal(a->weight_rest, b->weight_rest);
	if (order == 0)
		order = float8_cmp_internal(a->square, b->square);
	if (order == 0)
		order = float8_cmp_internal(a->square_rest, b->square_rest);
	if (order == 0)
		order = (a->count > b->count) - (a->count < b->count);
	return order;
}

static int
weighted_compare(const Weighted *a, const Weighted *b)
{
	int			i;

	if (a->lo != b->lo)
		return a->lo < b->lo ? -1 : 1;
	if (a->hi != b->hi)
		return a->hi < b->hi ? -1 : 1;
	if (a->unit != b->unit)
		return a->unit < b->unit ? -1 : 1;
	for (i = 0; i < weighted_points(a); i++)
	{
		int			order = weighted_point_compare(&a->points[i], &b->points[i]);

		if (order != 0)
			return order;
	}
	return 0;
}

SUMMARY_ORDER(weighted_tally, Weighted, weighted_detoast, weighted_compare)

/* Hash of scale, unit and points; zeros count without a sign. */
static uint64
weighted_hash_seeded(FunctionCallInfo fcinfo, uint64 seed)
{
	Weighted   *wt = PG_GETARG_WEIGHTED(0);
	uint64		hash = hash_combine64(hash_bytes_uint32_extended((uint32) wt->lo, seed),
									  hash_bytes_uint32_extended((uint32) wt->unit, seed));
	int			i;

	for (i = 0; i < weighted_points(wt); i++)
	{
		const WeightedPoint *p = &wt->points[i];
		const double sums[] = {
			p->weight + 0.0, p->weight_rest + 0.0, p->square + 0.0, p->square_rest + 0.0
		};

		hash = hash_combine64(hash, hash_bytes_extended((const unsigned char *) sums,
														(int) sizeof(sums), seed));
		hash = hash_combine64(hash, hash_bytes_extended((const unsigned char *) &p->count,
														(int) sizeof(p->count), seed));
	}
	PG_FREE_IF_COPY(wt, 0);
	return hash;
}

/* 32-bit hash of a weighted tally. */
Datum
weighted_tally_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) weighted_hash_seeded(fcinfo, 0));
}

/* 64-bit hash with a seed. */
Datum
weighted_tally_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) weighted_hash_seeded(fcinfo, (uint64) PG_GETARG_INT64(1)));
}
