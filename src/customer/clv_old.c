/*
 * clv_old.c: the transition functions of version 0.1.0, whose state is a value of the
 * type.  Installations that are not updated yet call them, and so do aggregates that
 * users made of them.
 */
#include "postgres.h"

#include "clv.h"

PG_FUNCTION_INFO_V1(clv_model_accum);
PG_FUNCTION_INFO_V1(clv_model_merge);
PG_FUNCTION_INFO_V1(clv_model_final);

/* A state as an SQL value: unchanged inside its aggregate, else fitted. */
static Datum
clv_old_state(FunctionCallInfo fcinfo, const ClvHistories *state)
{
	if (state == NULL)
		PG_RETURN_NULL();
	if (summary_in_aggregate(fcinfo))
		PG_RETURN_POINTER(state);
	PG_RETURN_POINTER(clv_histories_fit(state));
}

static ClvHistories *
clv_old_histories(ClvHistories *state)
{
	if (state->version != CLV_VERSION || state->form != CLV_HISTORIES)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("customers cannot be added to a fitted model of customer value"),
				 errdetail("A fitted model holds only its parameters."),
				 errhint("Keep the purchase histories and fit to all of them: "
						 "clv_model(purchase_history).")));
	return state;
}

/* Add a customer: (state, purchase_history), called with NULLs. */
Datum
clv_model_accum(PG_FUNCTION_ARGS)
{
	ClvHistories *state = PG_ARGISNULL(0) ? NULL :
		clv_old_histories(summary_state(fcinfo, CLV_VERSION));

	return clv_old_state(fcinfo, clv_histories_take(fcinfo, state, false));
}

/* The combine function: the customers of both states. */
Datum
clv_model_merge(PG_FUNCTION_ARGS)
{
	ClvHistories *state = clv_old_histories(summary_state(fcinfo, CLV_VERSION));
	const ClvHistories *more = clv_old_histories(clv_detoast(PG_GETARG_DATUM(1)));

	return clv_old_state(fcinfo, clv_histories_add(state, more, false));
}

/* The final function: the fit; NULL without rows. */
Datum
clv_model_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(clv_histories_fit(clv_old_histories(clv_detoast(PG_GETARG_DATUM(0)))));
}
