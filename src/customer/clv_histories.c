/*
 * clv_histories.c: the purchase histories that an aggregate holds, and the fit to them.
 *
 * A state takes 32 bytes for each distinct history: when it is full it is sorted, equal
 * histories become one with a count, and it grows if that freed too little.  The fit is
 * to the sorted histories, so the parameters are the same, bit for bit, in any order of
 * rows and merging.  A value keeps only the parameters: scoring reads a hundred bytes,
 * not all customers, and two fitted models cannot be added.
 *
 * A state of its own ("own") lies in the memory of its aggregate and grows there.  Else
 * a larger copy is returned, as version 0.1.0 had it, and the executor takes care of it.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/float.h"
#include "utils/memutils.h"

#include "clv.h"

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

/* --- room for histories ----------------------------------------------------------------- */

/* How many histories fit into a state of this size. */
static int64
clv_room(Size bytes)
{
	if (!AllocSizeIsValid(bytes))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many different purchase histories for a model of customer value"),
				 errhint("Fit it to a sample of the customers.")));
	return (bytes - offsetof(ClvHistories, entries)) / sizeof(ClvEntry);
}

/* A state without customers, with room for this number of histories. */
ClvHistories *
clv_histories_make(MemoryContext memory, int64 entries)
{
	Size		bytes = CLV_SMALLEST;
	ClvHistories *state;

	while (clv_room(bytes) < entries)
		bytes *= 2;
	state = MemoryContextAllocZero(memory, bytes);
	SET_VARSIZE(state, bytes);
	state->version = CLV_VERSION;
	state->form = CLV_HISTORIES;
	state->size = (int32) clv_room(bytes);
	return state;
}

/* Make room in a full state, or in a larger one. */
static ClvHistories *
clv_enlarge(ClvHistories *state, bool own)
{
	Size		bytes = VARSIZE(state) * (Size) 2;

	clv_sort(state->entries, state->used);
	state->used = (int32) clv_entries_merge(state->entries, state->used);
	if (state->used <= state->size / 2)
		return state;
	if (own)
	{
		int32		size = (int32) clv_room(bytes);

		state = repalloc(state, bytes);
		SET_VARSIZE(state, bytes);
		state->size = size;
	}
	else
	{
		ClvHistories *larger = clv_histories_make(CurrentMemoryContext, state->size + 1);

		larger->used = state->used;
		memcpy(larger->entries, state->entries, state->used * sizeof(ClvEntry));
		state = larger;
	}
	return state;
}

/* Add customers with one history to the state, or to a larger one. */
static ClvHistories *
clv_put(ClvHistories *state, const ClvEntry *entry, bool own)
{
	if (state->used == state->size)
		state = clv_enlarge(state, own);
	state->entries[state->used++] = *entry;
	return state;
}

/* --- customers ---------------------------------------------------------------------------- */

/*
 * Add the history in argument 1 of a transition function to a state, which may be NULL.
 * A NULL is no customer.
 */
ClvHistories *
clv_histories_take(FunctionCallInfo fcinfo, ClvHistories *state, bool own)
{
	const PurchaseHistory *history;
	ClvEntry	entry;

	if (PG_ARGISNULL(1))
		return state;
	history = PG_GETARG_PURCHASE_HISTORY(1);
	if (state == NULL)
		state = clv_histories_make(own ? summary_memory(fcinfo) : CurrentMemoryContext, 0);
	entry.frequency = history->frequency;
	entry.customers = 1;
	entry.recency = history->recency;
	entry.age = history->age;
	entry.monetary = history->monetary;
	return clv_put(state, &entry, own);
}

/* Add the customers of another state to a state. */
ClvHistories *
clv_histories_add(ClvHistories *state, const ClvHistories *more, bool own)
{
	int32		i;

	for (i = 0; i < more->used; i++)
	{
		CHECK_FOR_INTERRUPTS();
		state = clv_put(state, &more->entries[i], own);
	}
	return state;
}

/* Could an aggregate have made this state? */
bool
clv_histories_possible(const ClvHistories *state)
{
	int32		i;

	for (i = 0; i < state->used; i++)
	{
		const ClvEntry *entry = &state->entries[i];

		CHECK_FOR_INTERRUPTS();
		if (entry->customers == 0 ||
			!purchase_possible(entry->frequency, entry->recency, entry->age, entry->monetary))
			return false;
	}
	return true;
}

/* --- the fit ------------------------------------------------------------------------------ */

/* Let figures, so many bytes of them, be missing. */
static void
clv_forget(void *figures, Size size)
{
	Size		i;

	for (i = 0; i < size / sizeof(double); i++)
		((double *) figures)[i] = get_float8_nan();
}

/* The model fitted to a state, which is not changed. */
ClvModel *
clv_histories_fit(const ClvHistories *state)
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
	figures.form = CLV_WITH_ERRORS;
	/* a fit whose units are out of range is missing too */
	if (!gamma_gamma_fit(entries, count, clv_pause, &figures.spend,
						 &figures.spend_log_likelihood, figures.errors.spend) ||
		!clv_spend_possible(&figures))
	{
		clv_forget(&figures.spend, sizeof(figures.spend));
		clv_forget(&figures.spend_log_likelihood, sizeof(double));
		clv_forget(figures.errors.spend, sizeof(figures.errors.spend));
	}
	if (!bgnbd_fit(entries, count, clv_pause, &figures.purchases, &figures.log_likelihood,
				   figures.errors.purchases) ||
		!clv_purchases_possible(&figures))
	{
		clv_forget(&figures.purchases, sizeof(figures.purchases));
		clv_forget(&figures.log_likelihood, sizeof(double));
		clv_forget(figures.errors.purchases, sizeof(figures.errors.purchases));
	}
	if (!clv_errors_possible(&figures))
		clv_forget(&figures.errors, sizeof(figures.errors));
	pfree(entries);
	return clv_model_make(&figures, NULL);
}

/* A stored or passed value, fitted, not to be written to. */
ClvModel *
clv_model_detoast(Datum value)
{
	ClvModel   *model = clv_detoast(value);

	if (unlikely(model->form == CLV_HISTORIES))
	{
		ClvHistories *histories = (ClvHistories *) model;

		model = clv_histories_fit(histories);
		/* sorts call this in a memory context that lives long */
		if ((Pointer) histories != DatumGetPointer(value))
			pfree(histories);
	}
	return model;
}
