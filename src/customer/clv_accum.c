/*
 * clv_accum.c: the aggregate that fits a model of customer value.
 *
 * Its state is internal, purchase histories (clv_histories.c); the final function fits
 * once.  Between processes and servers the state goes as bytes, version, number of
 * histories, then the histories, in network order.
 */
#include "postgres.h"

#include "libpq/pqformat.h"

#include "clv.h"

PG_FUNCTION_INFO_V1(clv_histories_accum);
PG_FUNCTION_INFO_V1(clv_histories_merge);
PG_FUNCTION_INFO_V1(clv_histories_serial);
PG_FUNCTION_INFO_V1(clv_histories_deserial);
PG_FUNCTION_INFO_V1(clv_histories_final);

/* clv_model(purchase_history): called with NULLs, which are not counted. */
Datum
clv_histories_accum(PG_FUNCTION_ARGS)
{
	ClvHistories *state = summary_internal(fcinfo, 0);

	state = clv_histories_take(fcinfo, state, true);
	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

/* The combine function: the customers of both states, either of which may be NULL. */
Datum
clv_histories_merge(PG_FUNCTION_ARGS)
{
	ClvHistories *state = summary_internal(fcinfo, 0);
	const ClvHistories *more = summary_internal(fcinfo, 1);

	if (more != NULL)
	{
		if (state == NULL)
			state = clv_histories_make(summary_memory(fcinfo), more->used);
		state = clv_histories_add(state, more, true);
	}
	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

#define CLV_SERIAL_HEADER	(1 + 4)
#define CLV_SERIAL_ENTRY	(4 + 4 + 3 * 8)

/* The state as bytes. */
Datum
clv_histories_serial(PG_FUNCTION_ARGS)
{
	const ClvHistories *state = summary_internal(fcinfo, 0);
	StringInfoData out;
	int32		i;

	pq_begintypsend(&out);
	enlargeStringInfo(&out, CLV_SERIAL_HEADER + state->used * CLV_SERIAL_ENTRY);
	pq_sendint8(&out, CLV_VERSION);
	pq_sendint32(&out, state->used);
	for (i = 0; i < state->used; i++)
	{
		pq_sendint32(&out, state->entries[i].frequency);
		pq_sendint32(&out, state->entries[i].customers);
		pq_sendfloat8(&out, state->entries[i].recency);
		pq_sendfloat8(&out, state->entries[i].age);
		pq_sendfloat8(&out, state->entries[i].monetary);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&out));
}

/* The state from bytes; error 22P03 if they are none. */
Datum
clv_histories_deserial(PG_FUNCTION_ARGS)
{
	StringInfoData in;
	ClvHistories *state;
	int64		used;
	int32		i;

	summary_serial(fcinfo, &in, CLV_VERSION, CLV_SERIAL_HEADER, "model of customer value");
	used = pq_getmsgint(&in, 4);
	if (in.len - in.cursor != used * CLV_SERIAL_ENTRY)
		summary_serial_error("model of customer value");
	state = clv_histories_make(CurrentMemoryContext, used);
	state->used = (int32) used;
	for (i = 0; i < used; i++)
	{
		state->entries[i].frequency = (int32) pq_getmsgint(&in, 4);
		state->entries[i].customers = pq_getmsgint(&in, 4);
		state->entries[i].recency = pq_getmsgfloat8(&in);
		state->entries[i].age = pq_getmsgfloat8(&in);
		state->entries[i].monetary = pq_getmsgfloat8(&in);
	}
	if (!clv_histories_possible(state))
		summary_serial_error("model of customer value");
	PG_RETURN_POINTER(state);
}

/* The final function: the fit; NULL without rows. */
Datum
clv_histories_final(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(clv_histories_fit(summary_internal(fcinfo, 0)));
}
