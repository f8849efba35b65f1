/*
 * tally_order.c: equality, order and hashes of tallies and paired tallies.
 *
 * Two values of a type are equal if their scale and all their counts are equal.  The
 * order (lo, hi, then the counts from the lowest score on) has no meaning of its own:
 * it makes DISTINCT, GROUP BY, unique indexes and merge joins work.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "tally.h"

PG_FUNCTION_INFO_V1(tally_hash);
PG_FUNCTION_INFO_V1(tally_hash_extended);

static int
tally_compare(const Tally *a, const Tally *b)
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

SUMMARY_ORDER(tally, Tally, tally_detoast, tally_compare)

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

/* 32-bit hash of a tally or paired tally. */
Datum
tally_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) tally_hash_seeded(fcinfo, 0));
}

/* 64-bit hash with a seed. */
Datum
tally_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) tally_hash_seeded(fcinfo, (uint64) PG_GETARG_INT64(1)));
}
