/*
 * clv_accum.c: the aggregate that fits a model of customer value.
 *
 * Its state holds the histories, 32 bytes for each distinct one: a full state is
 * sorted, equal histories become one with a count, and the state grows if that freed
 * too little.  The final function fits once, to the sorted histories, so the
 * parameters are the same, bit for bit, in any order of rows and merging.  The value
 * keeps only the parameters: scoring reads a hundred bytes, not all customers, and
 * two fitted models cannot be added.
 */
#include "postgres.h"

#include "common/int.h"
#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "clv.h"

PG_FUNCTION_INFO_V1(clv_model_accum);
PG_FUNCTION_INFO_V1(clv_model_merge);
PG_FUNCTION_INFO_V1(clv_model_final);

/* Bytes, header included, of the smallest state. */
#define CLV_SMALLEST	1024

/* clv_sort: histories by their figures */
#define ST_SORT clv_sort
#define ST_ELEMENT_TYPE ClvEntry
#define ST_COMPARE(a, b) clv_entry_order(a, b)
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* Called by the pure functions now and then, so that a query can be cancelled. */
void
clv_pause(void)
{
	CHECK_FOR_INTERRUPTS();
}

static ClvHistories *
clv_allocate(Size bytes)
{
	ClvHistories *state;

	if (!AllocSizeIsValid(bytes))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many different purchase histories for a model of customer value"),
				 errhint("Fit it to a sample of the customers.")));
	state = palloc0(bytes);
	SET_VARSIZE(state, bytes);
	state->version = CLV_VERSION;
	state->form = CLV_HISTORIES;
	state->size = (bytes - offsetof(ClvHistories, entries)) / sizeof(ClvEntry);
	return state;
}

/* Add customers with one history to the state, or to a larger copy of it. */
static ClvHistories *
clv_put(ClvHistories *state, const ClvEntry *entry)
{
	if (state->used == state->size)
	{
		clv_sort(state->entries, state->used);
		state->used = clv_entries_merge(state->entries, state->used);
		if (state->used > state->size / 2)
		{
			ClvHistories *larger = clv_allocate(VARSIZE(state) * (Size) 2);

			larger->used = state->used;
			memcpy(larger->entries, state->entries, state->used * sizeof(ClvEntry));
			state = larger;
		}
	}
	state->entries[state->used++] = *entry;
	return state;
}

/* The model fitted to a state, which is not changed. */
static ClvModel *
clv_fitted(const ClvHistories *state)
{
	ClvEntry   *entries = palloc_extended(Max(state->used, 1) * sizeof(ClvEntry), MCXT_ALLOC_HUGE);
	ClvModel	figures = {0};
	size_t		count;
	size_t		i;

	memcpy(entries, state->entries, state->used * sizeof(ClvEntry));
	clv_sort(entries, state->used);
	count = clv_entries_merge(entries, state->used);
	for (i = 0; i < count; i++)
		figures.customers += entries[i].customers;
	/* a fit whose units are out of range is missing too */
	if (!gamma_gamma_fit(entries, count, clv_pause, &figures.spend,
						 &figures.spend_log_likelihood) ||
		!clv_spend_possible(&figures))
	{
		figures.spend.p = figures.spend.q = figures.spend.gamma = get_float8_nan();
		figures.spend_log_likelihood = get_float8_nan();
	}
	if (!bgnbd_fit(entries, count, clv_pause, &figures.purchases, &figures.log_likelihood) ||
		!clv_purchases_possible(&figures))
	{
		figures.purchases.r = figures.purchases.alpha = get_float8_nan();
		figures.purchases.a = figures.purchases.b = get_float8_nan();
		figures.log_likelihood = get_float8_nan();
	}
	pfree(entries);
	return clv_model_make(&figures, NULL);
}

/* A stored or passed value, fitted, not to be written to. */
ClvModel *
clv_model_detoast(Datum value)
{
	ClvModel   *model = clv_detoast(value);

	return unlikely(model->form == CLV_HISTORIES) ? clv_fitted((ClvHistories *) model) : model;
}

static ClvHistories *
clv_check_histories(ClvHistories *state)
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

/* A state as an SQL value: unchanged inside its aggregate, else fitted. */
static Datum
clv_state(FunctionCallInfo fcinfo, const ClvHistories *state)
{
	if (summary_in_aggregate(fcinfo))
		PG_RETURN_POINTER(state);
	PG_RETURN_POINTER(clv_fitted(state));
}

/* clv_model(purchase_history): called with NULLs, which are not counted. */
Datum
clv_model_accum(PG_FUNCTION_ARGS)
{
	ClvHistories *state = PG_ARGISNULL(0) ? NULL :
		clv_check_histories(summary_state(fcinfo, CLV_VERSION));
	const PurchaseHistory *history;
	ClvEntry	entry;

	if (PG_ARGISNULL(1))
	{
		if (state == NULL)
			PG_RETURN_NULL();
		return clv_state(fcinfo, state);
	}
	history = PG_GETARG_PURCHASE_HISTORY(1);
	if (state == NULL)
		state = clv_allocate(CLV_SMALLEST);
	entry.frequency = history->frequency;
	entry.customers = 1;
	entry.recency = history->recency;
	entry.age = history->age;
	entry.monetary = history->monetary;
	return clv_state(fcinfo, clv_put(state, &entry));
}

/* The combine function: the customers of both states. */
Datum
clv_model_merge(PG_FUNCTION_ARGS)
{
	ClvHistories *state = clv_check_histories(summary_state(fcinfo, CLV_VERSION));
	const ClvHistories *more = clv_check_histories(clv_detoast(PG_GETARG_DATUM(1)));
	int32		i;

	for (i = 0; i < more->used; i++)
	{
		CHECK_FOR_INTERRUPTS();
		state = clv_put(state, &more->entries[i]);
	}
	return clv_state(fcinfo, state);
}

/* The final function: the fit; NULL without rows. */
Datum
clv_model_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(clv_fitted(clv_check_histories(clv_detoast(PG_GETARG_DATUM(0)))));
}
