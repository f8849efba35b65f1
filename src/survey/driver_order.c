/*
 * driver_order.c: equality, order and hashes of driver models.
 *
 * Two driver models are equal if their numbers of factors and rows and all their sums
 * are.  The sums are floating-point: the same rows, added up in another order, may
 * differ by rounding.  The order (factors, rows, then the sums as the text form has
 * them) has no meaning of its own: it makes DISTINCT, GROUP BY, unique indexes and merge
 * joins work.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "driver.h"

PG_FUNCTION_INFO_V1(driver_model_hash);
PG_FUNCTION_INFO_V1(driver_model_hash_extended);

static int
driver_compare(const DriverModel *a, const DriverModel *b)
{
	if (a->factors != b->factors)
		return a->factors < b->factors ? -1 : 1;
	if (a->rows != b->rows)
		return a->rows < b->rows ? -1 : 1;
	return driver_sums_order(a->sums, b->sums, driver_variables(a));
}

SUMMARY_ORDER(driver_model, DriverModel, driver_model_detoast, driver_compare)

/* Hash of factors, rows and sums; zeros count without a sign. */
static uint64
driver_hash_seeded(FunctionCallInfo fcinfo, uint64 seed)
{
	DriverModel *model = PG_GETARG_DRIVER_MODEL(0);
	uint64		hash = hash_bytes_uint32_extended(model->factors, seed);
	int			i;

	hash = hash_combine64(hash, hash_bytes_extended((const unsigned char *) &model->rows,
													(int) sizeof(model->rows), seed));
	for (i = 0; i < DRIVER_SUMS(driver_variables(model)); i++)
	{
		const double sum[] = {model->sums[i].sum + 0.0, model->sums[i].rest + 0.0};

		hash = hash_combine64(hash, hash_bytes_extended((const unsigned char *) sum,
														(int) sizeof(sum), seed));
	}
	PG_FREE_IF_COPY(model, 0);
	return hash;
}

/* 32-bit hash of a driver model. */
Datum
driver_model_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) driver_hash_seeded(fcinfo, 0));
}

/* 64-bit hash with a seed. */
Datum
driver_model_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) driver_hash_seeded(fcinfo, (uint64) PG_GETARG_INT64(1)));
}
