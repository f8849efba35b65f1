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
#include "utils/float.h"

#include "driver.h"

PG_FUNCTION_INFO_V1(driver_model_hash);
PG_FUNCTION_INFO_V1(driver_model_hash_extended);

/* -1, 0, 1: the order of two closed models. */
int
driver_compare(const DriverModel *a, const DriverModel *b)
{
	int			i;

	if (a->factors != b->factors)
		return a->factors < b->factors ? -1 : 1;
	if (a->rows != b->rows)
		return a->rows < b->rows ? -1 : 1;
	for (i = 0; i < DRIVER_SUMS(driver_variables(a)); i++)
	{
		/* -0 is 0 */
		int			order = float8_cmp_internal(a->sums[i].sum, b->sums[i].sum);

		if (order == 0)
			order = float8_cmp_internal(a->sums[i].rest, b->sums[i].rest);
		if (order != 0)
			return order;
	}
	return 0;
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
