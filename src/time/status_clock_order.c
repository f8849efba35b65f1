/*
 * status_clock_order.c: equality, order and hashes of status clocks.
 *
 * Two clocks are equal if they have the same events; then their bytes are the same.  The
 * order has no meaning of its own: it makes DISTINCT, GROUP BY, unique indexes and merge
 * joins work.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "status_clock.h"

PG_FUNCTION_INFO_V1(status_clock_hash);
PG_FUNCTION_INFO_V1(status_clock_hash_extended);

/* The bytes after the length. */
#define STATUS_FIRST_BYTE	offsetof(StatusClock, version)

static int
status_clock_compare(const StatusClock *a, const StatusClock *b)
{
	int			order = memcmp((const char *) a + STATUS_FIRST_BYTE,
							   (const char *) b + STATUS_FIRST_BYTE,
							   Min(VARSIZE(a), VARSIZE(b)) - STATUS_FIRST_BYTE);

	if (order == 0 && VARSIZE(a) != VARSIZE(b))
		order = VARSIZE(a) < VARSIZE(b) ? -1 : 1;
	return (order > 0) - (order < 0);
}

SUMMARY_ORDER(status_clock, StatusClock, status_clock_detoast, status_clock_compare)

static uint64
status_clock_hash_seeded(FunctionCallInfo fcinfo, uint64 seed)
{
	StatusClock *clock = PG_GETARG_STATUS_CLOCK(0);
	uint64		hash = hash_bytes_extended((const unsigned char *) clock + STATUS_FIRST_BYTE,
										   (int) (VARSIZE(clock) - STATUS_FIRST_BYTE), seed);

	PG_FREE_IF_COPY(clock, 0);
	return hash;
}

/* 32-bit hash of a clock. */
Datum
status_clock_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) status_clock_hash_seeded(fcinfo, 0));
}

/* 64-bit hash with a seed. */
Datum
status_clock_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) status_clock_hash_seeded(fcinfo, (uint64) PG_GETARG_INT64(1)));
}
