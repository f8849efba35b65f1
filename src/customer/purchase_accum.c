/*
 * purchase_accum.c: the aggregate that makes purchase histories from purchases.
 *
 * Its state keeps an amount for each day, because the first day is known only at the
 * end.  Days are appended as they come.  A full state is sorted, equal days become
 * one, and the state grows if that freed too little, so a row costs O(log n) in any
 * order of rows.  Amounts are added up as sums of twice the digits, which are exact
 * for money: the order of rows, workers and merging changes nothing.
 *
 * Refunds are negative amounts.  Sums of decimal fractions are not exactly 0 (0.1 +
 * 0.2 - 0.3 is 3e-17), so a day whose sum is at most a billionth of its largest
 * amount is not counted.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "purchase.h"

PG_FUNCTION_INFO_V1(purchase_history_accum);
PG_FUNCTION_INFO_V1(purchase_history_merge);
PG_FUNCTION_INFO_V1(purchase_history_final);

/* Bytes, header included, of the smallest state. */
#define PURCHASE_SMALLEST	128
#define PURCHASE_NOTHING	1e-9

/* purchase_sort: days in order */
#define ST_SORT purchase_sort
#define ST_ELEMENT_TYPE PurchaseDay
#define ST_COMPARE(a, b) (((a)->day > (b)->day) - ((a)->day < (b)->day))
#define ST_CHECK_FOR_INTERRUPTS
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* --- days ------------------------------------------------------------------------- */

/* Add the amounts of an entry to another entry of the same day. */
static void
purchase_join(PurchaseDay *day, const PurchaseDay *more)
{
	add_twofold(&day->sum, &day->rest, more->sum);
	add_twofold(&day->sum, &day->rest, more->rest);
	day->largest = Max(day->largest, more->largest);
}

/* Sort the days and merge equal ones; returns how many are left. */
static int32
purchase_compact(PurchaseDay *days, int32 used)
{
	int32		kept = 0;
	int32		i;

	purchase_sort(days, used);
	for (i = 0; i < used; i++)
	{
		if (kept > 0 && days[kept - 1].day == days[i].day)
			purchase_join(&days[kept - 1], &days[i]);
		else
			days[kept++] = days[i];
	}
	return kept;
}

static PurchaseDays *
purchase_allocate(Size bytes, TimestampTz as_of)
{
	PurchaseDays *state;

	if (!AllocSizeIsValid(bytes))
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("purchases on too many days for a purchase history")));
	state = palloc0(bytes);
	SET_VARSIZE(state, bytes);
	state->version = PURCHASE_VERSION;
	state->form = PURCHASE_DAYS;
	state->size = (bytes - offsetof(PurchaseDays, days)) / sizeof(PurchaseDay);
	state->as_of = as_of;
	return state;
}

/* Add a day to the state, or to a larger copy of it. */
static PurchaseDays *
purchase_put(PurchaseDays *state, const PurchaseDay *day)
{
	/* rows often come in the order of time */
	if (state->used > 0 && state->days[state->used - 1].day == day->day)
	{
		purchase_join(&state->days[state->used - 1], day);
		return state;
	}
	if (state->used == state->size)
	{
		state->used = purchase_compact(state->days, state->used);
		if (state->used > state->size / 2)
		{
			PurchaseDays *larger = purchase_allocate(VARSIZE(state) * (Size) 2, state->as_of);

			larger->used = state->used;
			memcpy(larger->days, state->days, state->used * sizeof(PurchaseDay));
			state = larger;
		}
	}
	state->days[state->used++] = *day;
	return state;
}

/* --- the history of a state ------------------------------------------------------- */

static int32
purchase_day(TimestampTz at)
{
	int64		day = at / USECS_PER_DAY;

	return (int32) (at % USECS_PER_DAY < 0 ? day - 1 : day);
}

/* The complete history of a state; NULL without purchases. */
static PurchaseHistory *
purchase_completed(const PurchaseDays *state)
{
	PurchaseDay *days = palloc_extended(Max(state->used, 1) * sizeof(PurchaseDay), MCXT_ALLOC_HUGE);
	int32		used = 0;
	int32		count,
				i;
	double		sum = 0.0,
				rest = 0.0;
	PurchaseHistory *history = NULL;

	memcpy(days, state->days, state->used * sizeof(PurchaseDay));
	count = purchase_compact(days, state->used);
	for (i = 0; i < count; i++)
	{
		if (days[i].sum > PURCHASE_NOTHING * days[i].largest)
			days[used++] = days[i];
	}
	for (i = 1; i < used; i++)
	{
		add_twofold(&sum, &rest, days[i].sum);
		add_twofold(&sum, &rest, days[i].rest);
	}
	if (used > 0)
		history = purchase_make(used - 1, (days[used - 1].day - days[0].day) / 7.0,
								(purchase_day(state->as_of) - days[0].day) / 7.0,
								used > 1 ? sum / (used - 1) : 0.0, NULL);
	pfree(days);
	return history;
}

/* A stored or passed value, complete, not to be written to. */
PurchaseHistory *
purchase_history_detoast(Datum value)
{
	PurchaseHistory *history = purchase_detoast(value);

	if (unlikely(history->form == PURCHASE_DAYS))
	{
		history = purchase_completed((PurchaseDays *) history);
		if (history == NULL)
			ereport(ERROR,
					(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
					 errmsg("purchase history without a purchase")));
	}
	return history;
}

/* A state as an SQL value: unchanged inside its aggregate, else complete. */
static Datum
purchase_state(FunctionCallInfo fcinfo, PurchaseDays *state)
{
	PurchaseHistory *history;

	if (summary_in_aggregate(fcinfo))
		PG_RETURN_POINTER(state);
	history = purchase_completed(state);
	if (history == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(history);
}

/* --- the functions of the aggregate ------------------------------------------------- */

static PurchaseDays *
purchase_check_days(PurchaseDays *state)
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

pg_noreturn static void pg_attribute_cold
purchase_as_of_changed(TimestampTz from, TimestampTz to)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("as_of of a purchase history changed from %s to %s",
					pstrdup(timestamptz_to_str(from)), pstrdup(timestamptz_to_str(to))),
			 errhint("Give the same as_of for all purchases of a customer.")));
}

/* purchase_history(purchased_at, amount, as_of): called with NULLs. */
Datum
purchase_history_accum(PG_FUNCTION_ARGS)
{
	PurchaseDays *state;
	PurchaseDay day;
	TimestampTz at,
				as_of;
	double		amount;

	state = PG_ARGISNULL(0) ? NULL : purchase_check_days(summary_state(fcinfo, PURCHASE_VERSION));
	if (PG_ARGISNULL(1) || PG_ARGISNULL(2))
	{
		if (state == NULL)
			PG_RETURN_NULL();
		return purchase_state(fcinfo, state);
	}
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
		state = purchase_allocate(PURCHASE_SMALLEST, as_of);
	else if (state->as_of != as_of)
		purchase_as_of_changed(state->as_of, as_of);
	if (at <= as_of)
	{
		day.day = purchase_day(at);
		day.largest = (float) fabs(amount);
		day.sum = amount;
		day.rest = 0.0;
		state = purchase_put(state, &day);
	}
	return purchase_state(fcinfo, state);
}

/*
 * The combine function.  There is no operator for it: values outside of aggregates
 * are complete, and two complete histories cannot be merged.
 */
Datum
purchase_history_merge(PG_FUNCTION_ARGS)
{
	PurchaseDays *state = purchase_check_days(summary_state(fcinfo, PURCHASE_VERSION));
	const PurchaseDays *more = purchase_check_days(purchase_detoast(PG_GETARG_DATUM(1)));
	int32		i;

	if (state->as_of != more->as_of)
		purchase_as_of_changed(state->as_of, more->as_of);
	for (i = 0; i < more->used; i++)
	{
		CHECK_FOR_INTERRUPTS();
		state = purchase_put(state, &more->days[i]);
	}
	return purchase_state(fcinfo, state);
}

/* The final function: NULL without purchases. */
Datum
purchase_history_final(PG_FUNCTION_ARGS)
{
	PurchaseHistory *history =
		purchase_completed(purchase_check_days(purchase_detoast(PG_GETARG_DATUM(0))));

	if (history == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(history);
}
