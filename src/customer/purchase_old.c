/*
 * purchase_old.c: the transition functions of version 0.1.0, whose state is a value of
 * the type.  Installations that are not updated yet call them, and so do aggregates
 * that users made of them.
 */
#include "postgres.h"

#include "purchase.h"

PG_FUNCTION_INFO_V1(purchase_history_accum);
PG_FUNCTION_INFO_V1(purchase_history_merge);
PG_FUNCTION_INFO_V1(purchase_history_final);

/* A state as an SQL value: unchanged inside its aggregate, else complete. */
static Datum
purchase_old_state(FunctionCallInfo fcinfo, PurchaseDays *state)
{
	if (state == NULL)
		PG_RETURN_NULL();
	if (summary_in_aggregate(fcinfo))
		PG_RETURN_POINTER(state);
	return purchase_days_history(fcinfo, state);
}

static PurchaseDays *
purchase_old_days(PurchaseDays *state)
{
	if (state->version != PURCHASE_VERSION || state->form != PURCHASE_DAYS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("purchases cannot be added to a complete purchase history"),
				 errdetail("A complete history does not hold the days of the purchases."),
				 errhint("Make it from all purchases of the customer: "
						 "purchase_history(purchased_at, amount, as_of).")));
	return state;
}

/* Add a purchase: (state, purchased_at, amount, as_of), called with NULLs. */
Datum
purchase_history_accum(PG_FUNCTION_ARGS)
{
	PurchaseDays *state = PG_ARGISNULL(0) ? NULL :
		purchase_old_days(summary_state(fcinfo, PURCHASE_VERSION));

	return purchase_old_state(fcinfo, purchase_days_take(fcinfo, state));
}

/*
 * The combine function.  There is no operator for it: values outside of aggregates
 * are complete, and two complete histories cannot be merged.
 */
Datum
purchase_history_merge(PG_FUNCTION_ARGS)
{
	PurchaseDays *state = purchase_old_days(summary_state(fcinfo, PURCHASE_VERSION));
	const PurchaseDays *more = purchase_old_days(purchase_detoast(PG_GETARG_DATUM(1)));

	return purchase_old_state(fcinfo, purchase_days_add(state, more, false));
}

/* The final function: NULL without purchases. */
Datum
purchase_history_final(PG_FUNCTION_ARGS)
{
	return purchase_days_history(fcinfo, purchase_old_days(purchase_detoast(PG_GETARG_DATUM(0))));
}
