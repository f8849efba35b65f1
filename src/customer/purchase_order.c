/*
 * purchase_order.c: equality, order and hashes of purchase histories.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "purchase.h"

PG_FUNCTION_INFO_V1(purchase_history_hash);
PG_FUNCTION_INFO_V1(purchase_history_hash_extended);

static int
purchase_order(double a, double b)
{
	return (a > b) - (a < b);
}

/* By frequency, then recency, age and amount; no figure is NaN. */
static int
purchase_history_compare(const PurchaseHistory *a, const PurchaseHistory *b)
{
	int			order = (a->frequency > b->frequency) - (a->frequency < b->frequency);

	if (order == 0)
		order = purchase_order(a->recency, b->recency);
	if (order == 0)
		order = purchase_order(a->age, b->age);
	if (order == 0)
		order = purchase_order(a->monetary, b->monetary);
	return order;
}

SUMMARY_ORDER(purchase_history, PurchaseHistory, purchase_history_detoast, purchase_history_compare)

/* Hash of all figures; they lie side by side without padding. */
static uint64
purchase_hash_seeded(FunctionCallInfo fcinfo, uint64 seed)
{
	PurchaseHistory *history = PG_GETARG_PURCHASE_HISTORY(0);
	uint64		hash = hash_bytes_extended((const unsigned char *) &history->frequency,
										   (int) (sizeof(PurchaseHistory) -
										   offsetof(PurchaseHistory, frequency)), seed);

	PG_FREE_IF_COPY(history, 0);
	return hash;
}

/* 32-bit hash of a purchase history. */
Datum
purchase_history_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) purchase_hash_seeded(fcinfo, 0));
}

/* 64-bit hash with a seed. */
Datum
purchase_history_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) purchase_hash_seeded(fcinfo, (uint64) PG_GETARG_INT64(1)));
}
