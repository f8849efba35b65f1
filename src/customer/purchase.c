/*
 * purchase.c: the type purchase_history.
 *
 * A customer's history for BG/NBD and gamma-gamma: the number of repeat purchases,
 * the weeks from the first to the last one and to the end of observation, and the
 * mean amount of the repeat purchases.  The amount is 0 if there are no repeat
 * purchases or if amounts are not known.
 */
#include "postgres.h"

#include "purchase.h"

PG_FUNCTION_INFO_V1(purchase_history);

/* A stored or passed value in either form, not to be written to. */
void *
purchase_detoast(Datum value)
{
	return summary_detoast(value, PURCHASE_VERSION, "purchase history");
}

/* Is each figure within its range? */
static bool
purchase_in_range(int64 frequency, double recency, double age, double monetary)
{
	return frequency >= 0 && frequency <= PG_INT32_MAX && recency >= 0.0 && recency <= age &&
		age <= PURCHASE_MAX_WEEKS && monetary >= 0.0 && monetary <= PURCHASE_MAX_AMOUNT;
}

/* Do the figures go together, too? */
bool
purchase_possible(int64 frequency, double recency, double age, double monetary)
{
	return purchase_in_range(frequency, recency, age, monetary) &&
		(frequency > 0 || (recency == 0.0 && monetary == 0.0));
}

/* The one validator: every way into the type ends here.  NULL after a soft error. */
PurchaseHistory *
purchase_make(int64 frequency, double recency, double age, double monetary,
			  struct Node *escontext)
{
	PurchaseHistory *history;

	if (!purchase_in_range(frequency, recency, age, monetary))
		ereturn(escontext, NULL,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("impossible purchase history: "
						"frequency " INT64_FORMAT ", recency %s, age %s, monetary %s",
						frequency, summary_print(recency), summary_print(age),
						summary_print(monetary)),
				 errdetail("Frequency is 0 to %d; recency is 0 to age, age at most %g weeks; "
						   "monetary is 0 to %g.",
						   PG_INT32_MAX, PURCHASE_MAX_WEEKS, PURCHASE_MAX_AMOUNT)));
	if (!purchase_possible(frequency, recency, age, monetary))
		ereturn(escontext, NULL,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("purchase history without repeat purchases, "
						"but with recency %s and monetary %s",
						summary_print(recency), summary_print(monetary)),
				 errdetail("Recency is the time from the first to the last purchase, monetary "
						   "the mean amount of repeat purchases.  "
						   "Without repeat purchases both are 0.")));
	history = palloc0(sizeof(PurchaseHistory));
	SET_VARSIZE(history, sizeof(PurchaseHistory));
	history->version = PURCHASE_VERSION;
	history->frequency = (int32) frequency;
	/* zeros are stored without a sign, as equal values must have equal hashes */
	history->recency = recency + 0.0;
	history->age = age + 0.0;
	history->monetary = monetary + 0.0;
	return history;
}

/* purchase_history(frequency, recency, age, monetary), in weeks; monetary may be NULL. */
Datum
purchase_history(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(purchase_make(PG_GETARG_INT32(0), PG_GETARG_FLOAT8(1), PG_GETARG_FLOAT8(2),
									PG_ARGISNULL(3) ? 0.0 : PG_GETARG_FLOAT8(3), NULL));
}
