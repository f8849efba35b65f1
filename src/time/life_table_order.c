/*
 * life_table_order.c: equality, order and hashes of life tables.
 *
 * Two life tables are equal if all their numbers are equal.  The order has no meaning
 * of its own: it makes DISTINCT, GROUP BY, unique indexes and merge joins work.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "life_table.h"

PG_FUNCTION_INFO_V1(life_table_hash);
PG_FUNCTION_INFO_V1(life_table_hash_extended);

/* The numbers after the first four fields of the head, the numbers of the entries included. */
#define LIFE_FIRST_NUMBER	offsetof(LifeTable, events)

/*
 * A sort or an index calls these functions in memory that lives as long as it does, so
 * the sorted copy of a counting form is freed at once.
 */
static void
life_free_sorted(const LifeTable *sorted, const LifeTable *table)
{
	if (sorted != table)
		pfree(unconstify(LifeTable *, sorted));
}

static int
life_table_compare(const LifeTable *a, const LifeTable *b)
{
	const LifeTable *x = life_table_sorted(a);
	const LifeTable *y = life_table_sorted(b);
	int			order = 0;
	const int64 *p = (const int64 *) ((const char *) x + LIFE_FIRST_NUMBER);
	const int64 *q = (const int64 *) ((const char *) y + LIFE_FIRST_NUMBER);
	Size		numbers = (VARSIZE(x) - LIFE_FIRST_NUMBER) / sizeof(int64);
	Size		i;

	if (x->form != y->form)
		order = x->form < y->form ? -1 : 1;
	else if (x->layout != y->layout)
		order = x->layout < y->layout ? -1 : 1;
	else if (x->size != y->size)
		order = x->size < y->size ? -1 : 1;
	for (i = 0; order == 0 && i < numbers; i++)
	{
		if (p[i] != q[i])
			order = p[i] < q[i] ? -1 : 1;
	}
	life_free_sorted(x, a);
	life_free_sorted(y, b);
	return order;
}

SUMMARY_ORDER(life_table, LifeTable, life_table_detoast, life_table_compare)

/* Hash of all numbers; they lie side by side without padding. */
static uint64
life_table_hash_seeded(FunctionCallInfo fcinfo, uint64 seed)
{
	LifeTable  *table = PG_GETARG_LIFE_TABLE(0);
	LifeTable  *sorted = life_table_sorted(table);
	uint64		hash = hash_bytes_extended((const unsigned char *) sorted + LIFE_FIRST_NUMBER,
										   (int) (VARSIZE(sorted) - LIFE_FIRST_NUMBER), seed);

	life_free_sorted(sorted, table);
	PG_FREE_IF_COPY(table, 0);
	return hash;
}

/* 32-bit hash of a life table. */
Datum
life_table_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) life_table_hash_seeded(fcinfo, 0));
}

/* 64-bit hash with a seed. */
Datum
life_table_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) life_table_hash_seeded(fcinfo, (uint64) PG_GETARG_INT64(1)));
}
