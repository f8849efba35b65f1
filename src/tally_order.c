/*
 * tally_order.c: equality, order and hashes of tallies and paired tallies.
 *
 * Two of a type are equal when scale and all counts are.  The order (lo, hi, then
 * the counts from the lowest score on) has no meaning beyond making DISTINCT,
 * GROUP BY, unique indexes and merge joins work.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "tally.h"

PG_FUNCTION_INFO_V1(tally_eq);
PG_FUNCTION_INFO_V1(tally_ne);
PG_FUNCTION_INFO_V1(tally_lt);
PG_FUNCTION_INFO_V1(tally_le);
PG_FUNCTION_INFO_V1(tally_gt);
PG_FUNCTION_INFO_V1(tally_ge);
PG_FUNCTION_INFO_V1(tally_cmp);
PG_FUNCTION_INFO_V1(tally_hash);
PG_FUNCTION_INFO_V1(tally_hash_extended);

static int
tally_compare_values(const Tally *a, const Tally *b)
{
	int			i;

	if (a->lo != b->lo)
		return a->lo < b->lo ? -1 : 1;
	if (a->hi != b->hi)
		return a->hi < b->hi ? -1 : 1;
	for (i = 0; i < tally_cells(a); i++)
	{
		if (a->counts[i] != b->counts[i])
			return a->counts[i] < b->counts[i] ? -1 : 1;
	}
	return 0;
}

/* Sorts call this in a memory context that lives long: copies must go at once. */
static int
tally_compare(FunctionCallInfo fcinfo)
{
	Tally	   *a = PG_GETARG_TALLY(0);
	Tally	   *b = PG_GETARG_TALLY(1);
	int			order = tally_compare_values(a, b);

	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return order;
}

Datum
tally_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(tally_compare(fcinfo) == 0);
}

Datum
tally_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(tally_compare(fcinfo) != 0);
}

Datum
tally_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(tally_compare(fcinfo) < 0);
}

Datum
tally_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(tally_compare(fcinfo) <= 0);
}

Datum
tally_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(tally_compare(fcinfo) > 0);
}

Datum
tally_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(tally_compare(fcinfo) >= 0);
}

Datum
tally_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(tally_compare(fcinfo));
}

/* Hash of scale and counts; the counts lie side by side without padding. */
static uint64
tally_hash_seeded(FunctionCallInfo fcinfo, uint64 seed)
{
	Tally	   *tally = PG_GETARG_TALLY(0);
	uint64		hash = hash_bytes_uint32_extended((uint32) tally->lo, seed);

	hash = hash_combine64(hash,
						  hash_bytes_extended((const unsigned char *) tally->counts,
											  tally_cells(tally) * (int) sizeof(int64), seed));
	PG_FREE_IF_COPY(tally, 0);
	return hash;
}

Datum
tally_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) tally_hash_seeded(fcinfo, 0));
}

Datum
tally_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) tally_hash_seeded(fcinfo, (uint64) PG_GETARG_INT64(1)));
}
