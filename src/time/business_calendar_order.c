/*
 * business_calendar_order.c: equality, order and hashes of business calendars.
 *
 * Calendars are equal if zone, weekdays and dates are equal.  The order has no
 * meaning of its own: it makes DISTINCT, GROUP BY, unique indexes and merge joins
 * work.
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "base/summary.h"
#include "business_calendar.h"

PG_FUNCTION_INFO_V1(business_calendar_hash);
PG_FUNCTION_INFO_V1(business_calendar_hash_extended);

/* Days and spans of a calendar are pairs of numbers side by side, without padding. */
static int
calendar_numbers(const BusinessCalendar *calendar)
{
	return 2 * (calendar_days(calendar) + calendar_spans_total(calendar));
}

static int
calendar_compare(const BusinessCalendar *a, const BusinessCalendar *b)
{
	const int32 *x = (const int32 *) a->entries;
	const int32 *y = (const int32 *) b->entries;
	int			order = memcmp(calendar_zone(a), calendar_zone(b),
							   Min(a->zone_length, b->zone_length));
	int			i;

	if (order != 0)
		return order < 0 ? -1 : 1;
	if (a->zone_length != b->zone_length)
		return a->zone_length < b->zone_length ? -1 : 1;
	if (a->dates != b->dates)
		return a->dates < b->dates ? -1 : 1;
	/* these numbers include the numbers of spans, so while all are equal both have as many */
	for (i = 0; i < calendar_numbers(a); i++)
	{
		if (x[i] != y[i])
			return x[i] < y[i] ? -1 : 1;
	}
	return 0;
}

SUMMARY_ORDER(business_calendar, BusinessCalendar, calendar_detoast, calendar_compare)

static uint64
calendar_hash_seeded(FunctionCallInfo fcinfo, uint64 seed)
{
	BusinessCalendar *calendar = PG_GETARG_CALENDAR(0);
	uint64		hash = hash_bytes_extended((const unsigned char *) calendar_zone(calendar),
										   calendar->zone_length, seed);

	hash = hash_combine64(hash,
						  hash_bytes_extended((const unsigned char *) calendar->entries,
											  calendar_numbers(calendar) *
											  (int) sizeof(int32), seed));
	PG_FREE_IF_COPY(calendar, 0);
	return hash;
}

/* 32-bit hash of a business calendar. */
Datum
business_calendar_hash(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32((int32) calendar_hash_seeded(fcinfo, 0));
}

/* 64-bit hash with a seed. */
Datum
business_calendar_hash_extended(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT64((int64) calendar_hash_seeded(fcinfo, (uint64) PG_GETARG_INT64(1)));
}
