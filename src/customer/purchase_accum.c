/*
 * purchase_accum.c: the aggregate that makes purchase histories from purchases.
 *
 * Its state is internal, days with purchases; purchase_days.c has the transition
 * function, next to what adds a purchase, for speed.  Between processes and servers the
 * state goes as bytes, version, as_of, number of days, then the days, in network order.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "purchase.h"

PG_FUNCTION_INFO_V1(purchase_days_merge);
PG_FUNCTION_INFO_V1(purchase_days_serial);
PG_FUNCTION_INFO_V1(purchase_days_deserial);
PG_FUNCTION_INFO_V1(purchase_days_final);

/* The combine function: the days of both states, either of which may be NULL. */
Datum
purchase_days_merge(PG_FUNCTION_ARGS)
{
	PurchaseDays *state = summary_internal(fcinfo, 0);
	const PurchaseDays *more = summary_internal(fcinfo, 1);

	if (more != NULL)
	{
		if (state == NULL)
			state = purchase_days_make(summary_memory(fcinfo), more->used, more->as_of);
		state = purchase_days_add(state, more, true);
	}
	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

#define PURCHASE_SERIAL_HEADER	(1 + 8 + 4)
#define PURCHASE_SERIAL_DAY		(4 + 4 + 8 + 8)

/* The state as bytes. */
Datum
purchase_days_serial(PG_FUNCTION_ARGS)
{
	const PurchaseDays *state = summary_internal(fcinfo, 0);
	StringInfoData out;
	int32		i;

	pq_begintypsend(&out);
	enlargeStringInfo(&out, PURCHASE_SERIAL_HEADER + state->used * PURCHASE_SERIAL_DAY);
	pq_sendint8(&out, PURCHASE_VERSION);
	pq_sendint64(&out, state->as_of);
	pq_sendint32(&out, state->used);
	for (i = 0; i < state->used; i++)
	{
		pq_sendint32(&out, state->days[i].day);
		pq_sendfloat4(&out, state->days[i].largest);
		pq_sendfloat8(&out, state->days[i].sum);
		pq_sendfloat8(&out, state->days[i].rest);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* The state from bytes; error 22P03 if they are none. */
Datum
purchase_days_deserial(PG_FUNCTION_ARGS)
{
	StringInfoData in;
	PurchaseDays *state;
	TimestampTz as_of;
	int64		used;
	int32		i;

	summary_serial(fcinfo, &in, PURCHASE_VERSION, PURCHASE_SERIAL_HEADER, "purchase history");
	as_of = pq_getmsgint64(&in);
	used = pq_getmsgint(&in, 4);
	if (in.len - in.cursor != used * PURCHASE_SERIAL_DAY)
		summary_serial_error("purchase history");
	state = purchase_days_make(CurrentMemoryContext, used, as_of);
	state->used = (int32) used;
	for (i = 0; i < used; i++)
	{
		state->days[i].day = (int32) pq_getmsgint(&in, 4);
		state->days[i].largest = pq_getmsgfloat4(&in);
		state->days[i].sum = pq_getmsgfloat8(&in);
		state->days[i].rest = pq_getmsgfloat8(&in);
	}
	if (!purchase_days_possible(state))
		summary_serial_error("purchase history");
	PG_RETURN_POINTER(state);
}

/* The final function: NULL without purchases. */
Datum
purchase_days_final(PG_FUNCTION_ARGS)
{
	return purchase_days_history(fcinfo, summary_internal(fcinfo, 0));
}
