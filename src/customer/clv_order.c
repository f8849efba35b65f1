/*
 * clv_order.c: equality, order and hashes of models of customer value.
 *
 * Two models are equal if all their figures are, missing ones included.  The order (by
 * the figures as the text form has them, missing ones last) has no
 * meaning of its own: it makes DISTINCT, GROUP BY, unique indexes and merge joins work.
 */
#include "postgres.h"

#include "common/hashfn.h"
#include "utils/float.h"

#include "clv.h"

PG_FUNCTION_INFO_V1(clv_model_hash);
PG_FUNCTION_INFO_V1(clv_model_hash_extended);

/* Order by the figures from..to; NaN is equal to NaN here and comes last, and -0 is 0. */
static int
clv_figures_compare(const ClvModel *a, const ClvModel *b, int from, int to)
{
	int			order = 0;
	int			i;

	for (i = from; order == 0 && i <= to; i++)
		order = float8_cmp_internal(clv_figure(a, i), clv_figure(b, i));
	return order;
}

static int
clv_model_compare(const ClvModel *a, const ClvModel *b)
{
	int			order = clv_figures_compare(a, b, 0, CLV_FIGURES - 1);

	if (order == 0)
		order = (a->customers > b->customers) - (a->customers < b->customers);
	if (order == 0)
		order = clv_figures_compare(a, b, CLV_FIGURES, CLV_FIGURES + CLV_ERRORS - 1);
	return order;
}

SUMMARY_ORDER(clv_model, ClvModel, clv_model_detoast, clv_model_compare)

/* Hash of all figures. */
static uint64
clv_hash_seeded(FunctionCallInfo fcinfo, uint64 seed)
{
	ClvModel   *model = PG_GETARG_CLV_MODEL(0);
	double		figures[CLV_FIGURES + CLV_ERRORS];
	uint64		hash;
	int			i;

	/* models of version 0.1.0 may hold a likelihood of -0 */
	for (i = 0; i < (int) lengthof(figures); i++)
		figures[i] = isnan(clv_figure(model, i)) ? get_float8_nan() : clv_figure(model, i) + 0.0;
	hash = hash_combine64(hash_bytes_extended((const unsigned char *) figures,
											  (int) sizeof(figures), seed),
						  hash_bytes_extended((const unsigned char *) &model->customers,
											  (int) sizeof(model->customers), seed));
	PG_FREE_IF_COPY(model, 0);
	return hash;
}

/* 32-bit hash of a model. */
Datum
clv_model_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) clv_hash_seeded(fcinfo, 0));
}

/* 64-bit hash with a seed. */
Datum
clv_model_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) clv_hash_seeded(fcinfo, (uint64) PG_GETARG_INT64(1)));
}
