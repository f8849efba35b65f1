/*
 * clustered_order.c: equality, order and hashes of clustered tallies.
 *
 * Two are equal when scale, clusters and all cells are.  The order has no meaning
 * beyond making DISTINCT, GROUP BY, unique indexes and merge joins work.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "clustered.h"

PG_FUNCTION_INFO_V1(clustered_tally_hash);
PG_FUNCTION_INFO_V1(clustered_tally_hash_extended);

static int
clustered_compare(const Clustered *a, const Clustered *b)
{
	int			i;

	if (a->lo != b->lo)
		return a->lo < b->lo ? -1 : 1;
	if (a->hi != b->hi)
		return a->hi < b->hi ? -1 : 1;
	if (a->clusters != b->clusters)
		return a->clusters < b->clusters ? -1 : 1;
	for (i = 0; i < clustered_cells(a); i++)
	{
		if (a->cells[i] != b->cells[i])
			return a->cells[i] < b->cells[i] ? -1 : 1;
	}
	return 0;
}

SUMMARY_ORDER(clustered_tally, Clustered, clustered_detoast, clustered_compare)

/* Hash of scale and cells; these lie side by side without padding. */
static uint64
clustered_hash_seeded(FunctionCallInfo fcinfo, uint64 seed)
{
	Clustered  *ct = PG_GETARG_CLUSTERED(0);
	uint64		hash = hash_bytes_uint32_extended((uint32) ct->lo, seed);

	hash = hash_combine64(hash,
						  hash_bytes_extended((const unsigned char *) ct->cells,
											  clustered_cells(ct) * (int) sizeof(int64), seed));
	PG_FREE_IF_COPY(ct, 0);
	return hash;
}

Datum
clustered_tally_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) clustered_hash_seeded(fcinfo, 0));
}

Datum
clustered_tally_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) clustered_hash_seeded(fcinfo, (uint64) PG_GETARG_INT64(1)));
}
