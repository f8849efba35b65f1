/*
 * purchase_days.c: the days with purchases that an aggregate holds while it counts.
 *
 * An amount is kept for each day, because the first day is known only at the end.  Days
 * are appended as they come.  A full state is sorted, equal days become one, and the
 * state grows if that freed too little, so a row costs O(log n) in any order of rows.
 * Amounts are added up as sums of twice the digits, which are exact for money: the
 * order of rows, workers and merging changes nothing.
 *
 * A state of its own ("own") lies in the memory of its aggregate and grows there.  Else
 * a larger copy is returned, as version 0.1.0 had it, and the executor takes care of it.
 */
#include "postgres.h"

#include <float.h>

#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "purchase.h"

PG_FUNCTION_INFO_V1(purchase_days_accum);

/* Bytes, header included, of the smallest state. */
#define PURCHASE_SMALLEST	128

/* purchase_sort: days in order */
#define ST_SORT purchase_sort
#define ST_ELEMENT_TYPE PurchaseDay
#define ST_COMPARE(a, b) (((a)->day > (b)->day) - ((a)->day < (b)->day))
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* --- room for days ------------------------------------------------------------------- */

/* How many days fit into a state of this size. */
static int64
purchase_room(Size bytes)
{
	if (!AllocSizeIsValid(bytes))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("purchases on too many days for a purchase history")));
	return (bytes - offsetof(PurchaseDays, days)) / sizeof(PurchaseDay);
}

/* A state without days, with room for this number of them. */
PurchaseDays *
purchase_days_make(MemoryContext memory, int64 days, TimestampTz as_of)
{
	Size		bytes = PURCHASE_SMALLEST;
	PurchaseDays *state;

	while (purchase_room(bytes) < days)
		bytes *= 2;
	state = MemoryContextAllocZero(memory, bytes);
	SET_VARSIZE(state, bytes);
	state->version = PURCHASE_VERSION;
	state->form = PURCHASE_DAYS;
	state->size = (int32) purchase_room(bytes);
	state->as_of = as_of;
	return state;
}

/* Sort the days and make equal ones one; returns how many are left. */
static int32
purchase_compact(PurchaseDay *days, int32 used)
{
	purchase_sort(days, used);
	return (int32) purchase_days_join(days, used);
}

/* Make room in a full state, or in a larger one. */
static PurchaseDays *
purchase_enlarge(PurchaseDays *state, bool own)
{
	Size		bytes = VARSIZE(state) * (Size) 2;

	state->used = purchase_compact(state->days, state->used);
	if (state->used <= state->size / 2)
		return state;
	if (own)
	{
		int32		size = (int32) purchase_room(bytes);

		state = repalloc(state, bytes);
		SET_VARSIZE(state, bytes);
		state->size = size;
	}
	else
	{
		PurchaseDays *larger = purchase_days_make(CurrentMemoryContext, state->size + 1,
												  state->as_of);

		larger->used = state->used;
		memcpy(larger->days, state->days, state->used * sizeof(PurchaseDay));
		state = larger;
	}
	return state;
}

/* Add a day to the state, or to a larger one. */
static pg_attribute_always_inline PurchaseDays *
purchase_put(PurchaseDays *state, const PurchaseDay *day, bool own)
{
	/* rows often come in the order of time */
	if (state->used > 0 && state->days[state->used - 1].day == day->day)
	{
		purchase_day_join(&state->days[state->used - 1], day);
		return state;
	}
	if (state->used == state->size)
		state = purchase_enlarge(state, own);
	state->days[state->used++] = *day;
	return state;
}

/* --- purchases --------------------------------------------------------------------- */

static int32
purchase_day(TimestampTz at)
{
	int64		day = at / USECS_PER_DAY;

	return (int32) (at % USECS_PER_DAY < 0 ? day - 1 : day);
}

pg_noreturn static void pg_attribute_cold
purchase_as_of_changed(TimestampTz from, TimestampTz to)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("as_of of a purchase history changed from %s to %s",
					pstrdup(timestamptz_to_str(from)), pstrdup(timestamptz_to_str(to))),
			 errhint("Give the same as_of for all purchases of a customer.")));
}

/*
 * Add the purchase of a transition function's arguments, (state, purchased_at, amount,
 * as_of), to a state, which may be NULL.  A row with a NULL is no purchase.
 */
static pg_attribute_always_inline PurchaseDays *
purchase_take(FunctionCallInfo fcinfo, PurchaseDays *state, bool own)
{
	PurchaseDay day;
	TimestampTz at,
				as_of;
	double		amount;

	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
		return state;
	if (PG_ARGISNULL(3))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("as_of of a purchase history must not be NULL"),
				 errhint("Give the time at which the rows were current, such as now().")));
	at = PG_GETARG_TIMESTAMPTZ(1);
	amount = PG_GETARG_FLOAT8(2);
	as_of = PG_GETARG_TIMESTAMPTZ(3);
	if (TIMESTAMP_NOT_FINITE(at) || TIMESTAMP_NOT_FINITE(as_of))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("infinite time of a purchase, or as_of: %s, %s",
						pstrdup(timestamptz_to_str(at)), pstrdup(timestamptz_to_str(as_of))),
				 errhint("Leave such rows out: FILTER (WHERE isfinite(purchased_at)).")));
	if (!(fabs(amount) <= PURCHASE_MAX_AMOUNT))
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg("amount %s is not between -%g and %g", summary_print(amount),
						PURCHASE_MAX_AMOUNT, PURCHASE_MAX_AMOUNT),
				 errhint("Leave such rows out: FILTER (WHERE abs(amount) <= 1e30).")));
	if (state == NULL)
		state = purchase_days_make(own ? summary_memory(fcinfo) : CurrentMemoryContext, 0, as_of);
	else if (state->as_of != as_of)
		purchase_as_of_changed(state->as_of, as_of);
	if (at <= as_of)
	{
		day.day = purchase_day(at);
		day.largest = (float) fabs(amount);
		day.sum = amount;
		day.rest = 0.0;
		state = purchase_put(state, &day, own);
	}
	return state;
}

/* The same for the transition functions of version 0.1.0: see above about "own". */
PurchaseDays *
purchase_days_take(FunctionCallInfo fcinfo, PurchaseDays *state)
{
	return purchase_take(fcinfo, state, false);
}

/* purchase_history(purchased_at, amount, as_of): called with NULLs. */
Datum
purchase_days_accum(PG_FUNCTION_ARGS)
{
	PurchaseDays *state = purchase_take(fcinfo, summary_internal(fcinfo, 0), true);

	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

/* Add the days of another state to a state. */
PurchaseDays *
purchase_days_add(PurchaseDays *state, const PurchaseDays *more, bool own)
{
	int32		i;

	if (state->as_of != more->as_of)
		purchase_as_of_changed(state->as_of, more->as_of);
	for (i = 0; i < more->used; i++)
	{
		CHECK_FOR_INTERRUPTS();
		state = purchase_put(state, &more->days[i], own);
	}
	return state;
}

/* Could an aggregate have made this state? */
bool
purchase_days_possible(const PurchaseDays *state)
{
	int32		i;

	if (!IS_VALID_TIMESTAMP(state->as_of))
		return false;
	for (i = 0; i < state->used; i++)
	{
		const PurchaseDay *day = &state->days[i];

		CHECK_FOR_INTERRUPTS();
		if (day->day < purchase_day(MIN_TIMESTAMP) || day->day > purchase_day(state->as_of) ||
			!(day->largest >= 0.0f && day->largest <= (float) PURCHASE_MAX_AMOUNT &&
			  fabs(day->sum) <= DBL_MAX && fabs(day->rest) <= DBL_MAX))
			return false;
	}
	return true;
}

/* --- the history -------------------------------------------------------------------- */

/* The complete history of a state, which is not changed; NULL without purchases. */
static PurchaseHistory *
purchase_completed(const PurchaseDays *state)
{
	PurchaseDay *days = palloc_extended(Max(state->used, 1) * sizeof(PurchaseDay), MCXT_ALLOC_HUGE);
	PurchaseHistory *history = NULL;
	int32		count;

	memcpy(days, state->days, state->used * sizeof(PurchaseDay));
	count = purchase_compact(days, state->used);
	count = (int32) purchase_days_refund(days, count);
	if (count > 0)
		history = purchase_make(count - 1, (days[count - 1].day - days[0].day) / 7.0,
								(purchase_day(state->as_of) - days[0].day) / 7.0,
								purchase_days_mean(days + 1, count - 1), NULL);
	pfree(days);
	return history;
}

/* The same as an SQL value. */
Datum
purchase_days_history(FunctionCallInfo fcinfo, const PurchaseDays *state)
{
	PurchaseHistory *history = purchase_completed(state);

	if (history == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(history);
}

/* A stored or passed value, complete, not to be written to. */
PurchaseHistory *
purchase_history_detoast(Datum value)
{
	PurchaseHistory *history = purchase_detoast(value);

	if (unlikely(history->form == PURCHASE_DAYS))
	{
		PurchaseDays *days = (PurchaseDays *) history;

		history = purchase_completed(days);
		if (history == NULL)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("purchase history without a purchase")));
		/* sorts call this in a memory context that lives long */
		if ((Pointer) days != DatumGetPointer(value))
			pfree(days);
	}
	return history;
}
