/*
 * purchase_read.c: the figures of a purchase history.
 */
#include "postgres.h"

#include "purchase.h"

PG_FUNCTION_INFO_V1(frequency);
PG_FUNCTION_INFO_V1(recency);
PG_FUNCTION_INFO_V1(age);
PG_FUNCTION_INFO_V1(monetary);

/* frequency(history): the number of repeat purchases. */
Datum
frequency(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(PG_GETARG_PURCHASE_HISTORY(0)->frequency);
}

/* recency(history): weeks from the first to the last purchase. */
Datum
recency(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_PURCHASE_HISTORY(0)->recency);
}

/* age(history): weeks from the first purchase to as_of. */
Datum
age(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(PG_GETARG_PURCHASE_HISTORY(0)->age);
}

/* monetary(history): mean amount of the repeat purchases; NULL if not known. */
Datum
monetary(PG_FUNCTION_ARGS)
{
	double		mean = PG_GETARG_PURCHASE_HISTORY(0)->monetary;

	if (mean == 0.0)
		PG_RETURN_NULL();
	PG_RETURN_FLOAT8(mean);
}
