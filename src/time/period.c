/*
 * period.c: calendar periods of timestamps.
 *
 * period_start is called once for each row of a dashboard query, so it keeps the
 * periods it has seen.  A piece is a stretch of absolute time that lies in one
 * calendar period and in which the zone's offset from UTC does not change.  Inside it
 * the answer needs two comparisons and no calendar.  A month with a change of clocks
 * is two pieces.  This is right even where local time goes back over midnight
 * (Newfoundland until 2011) and the instants of one local day are not one stretch.
 */
#include "postgres.h"

#include "fmgr.h"
#include "nodes/primnodes.h"
#include "pgtime.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "base/summary.h"
#include "period.h"

PG_FUNCTION_INFO_V1(period_start);
PG_FUNCTION_INFO_V1(period_start_begins);
PG_FUNCTION_INFO_V1(period_start_date);
PG_FUNCTION_INFO_V1(period_start_date_begins);

#define PERIOD_PIECES	512
#define PERIOD_SLOTS	1024
#define PERIOD_SLOT_BITS 36		/* of microseconds: 19 hours */

/*
 * The cache of one call site.  Pieces are kept in order of time.  A slot holds the
 * piece used last for times of its stretch, so that rows in random order are found
 * without a search.  The cache is cleared when unit, zone or begin changes or when it
 * is full.
 */
typedef struct PeriodCache
{
	bool		constant;		/* unit, zone and begin are constants of the query */
	PeriodRule	rule;
	char		zone_name[TZ_STRLEN_MAX + 1];
	pg_tz	   *zone;
	int			count;
	uint16		slots[PERIOD_SLOTS];
	PeriodPiece pieces[PERIOD_PIECES];
} PeriodCache;

static inline uint16 *
period_slot(PeriodCache *cache, TimestampTz at)
{
	return &cache->slots[((uint64) at >> PERIOD_SLOT_BITS) % PERIOD_SLOTS];
}

/* --- the calendar --------------------------------------------------------------- */

#define PERIOD_FIRST_DAY	1721426		/* 0001-01-01 */
#define PERIOD_END_DAY		((int) (END_TIMESTAMP / USECS_PER_DAY) + POSTGRES_EPOCH_JDATE + 2)

/* Midnight of a Julian day, as if the clocks showed UTC. */
static TimestampTz
period_midnight(int day)
{
	return (TimestampTz) (day - POSTGRES_EPOCH_JDATE) * USECS_PER_DAY;
}

/*
 * The stretch of unchanged offset around an instant: its offset, the last change of
 * clocks at or before it and the first after it.  A change outside the given bounds
 * is not looked for, and the bound stays.
 */
static int
period_offset(pg_tz *zone, TimestampTz at, TimestampTz *from, TimestampTz *to)
{
	pg_time_t	seconds = period_seconds(at);
	pg_time_t	search = period_seconds(*from);
	pg_time_t	border;
	long int	before,
				after;
	int			is_dst;

	for (;;)
	{
		int			found = pg_next_dst_boundary(&search, &before, &is_dst,
												 &border, &after, &is_dst, zone);

		if (found < 0)
			ereport(ERROR,
					(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
					 errmsg("timestamp out of range of the time zone's rules: \"%s\"",
							timestamptz_to_str(at))));
		if (found == 0)
			return (int) before;	/* no change from here on */
		if (border > seconds)
		{
			if (period_timestamp(border) < *to)
				*to = period_timestamp(border);
			return (int) before;
		}
		*from = period_timestamp(border);
		search = border;
	}
}

/* The piece that an instant lies in.  The longest unit and offset limit the search. */
static PeriodPiece
period_piece(PeriodRule rule, pg_tz *zone, TimestampTz at)
{
	PeriodPiece piece;
	TimestampTz local;
	TimestampTz from,
				to;
	int			day,
				first,
				next,
				offset;

	/* the offset at the instant; looking one day around is enough */
	from = at - USECS_PER_DAY;
	to = at + USECS_PER_DAY;
	offset = period_offset(zone, at, &from, &to);
	local = at + offset * USECS_PER_SEC;
	day = (int) (local / USECS_PER_DAY);
	if (local % USECS_PER_DAY < 0)
		day--;
	day += POSTGRES_EPOCH_JDATE;
	if (day < PERIOD_FIRST_DAY)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
				 errmsg("timestamp before the year 1: \"%s\"", timestamptz_to_str(at)),
				 errhint("Leave such rows out with FILTER (WHERE ...).")));
	period_bounds(rule, day, &first, &next);

	/*
	 * The period in absolute time with this offset, cut where the offset changes, and at
	 * both ends of time, over which years that begin in another month reach.
	 */
	piece.from = period_midnight(Max(first, PERIOD_FIRST_DAY)) - offset * USECS_PER_SEC;
	piece.to = Min(period_midnight(Min(next, PERIOD_END_DAY)) - offset * USECS_PER_SEC,
				   END_TIMESTAMP);
	period_offset(zone, at, &piece.from, &piece.to);
	piece.start = first - POSTGRES_EPOCH_JDATE;
	return piece;
}

/* --- the cache ------------------------------------------------------------------- */

/* Clear all pieces; the first is an empty stretch and stands for "none". */
static void
period_cache_clear(PeriodCache *cache)
{
	cache->count = 0;
	memset(cache->slots, 0, sizeof(cache->slots));
	memset(cache->pieces, 0, sizeof(PeriodPiece));
}

/* Set a new unit, zone and begin. */
static void
period_cache_reset(PeriodCache *cache, Datum unit, Datum zone, int32 begins)
{
	char	   *name = text_to_cstring(DatumGetTextPP(zone));
	PeriodRule	new_rule = period_rule(DatumGetTextPP(unit), begins);
	pg_tz	   *new_zone = period_zone(name);

	/* nothing is changed before all are known to be valid */
	cache->rule = new_rule;
	cache->zone = new_zone;
	strlcpy(cache->zone_name, name, sizeof(cache->zone_name));
	period_cache_clear(cache);
}

static bool
period_text_is(Datum value, const char *name)
{
	text	   *given = DatumGetTextPP(value);

	return VARSIZE_ANY_EXHDR(given) == strlen(name) &&
		pg_strncasecmp(VARDATA_ANY(given), name, strlen(name)) == 0;
}

/*
 * Is the argument a constant?  A parameter does not count: PL/pgSQL evaluates one
 * expression many times with different values.
 */
static bool
period_constant(FunctionCallInfo fcinfo, int argno)
{
	Node	   *call = fcinfo->flinfo->fn_expr;

	return call != NULL && IsA(call, FuncExpr) &&
		IsA(list_nth(((FuncExpr *) call)->args, argno), Const);
}

/* The call site's cache, ready for this call's unit, zone and begin. */
static inline PeriodCache *
period_cache(FunctionCallInfo fcinfo, int32 begins)
{
	PeriodCache *cache = fcinfo->flinfo->fn_extra;
	Datum		unit = PG_GETARG_DATUM(0);
	Datum		zone = PG_GETARG_DATUM(2);

	if (unlikely(cache == NULL))
	{
		cache = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(PeriodCache));
		period_cache_reset(cache, unit, zone, begins);
		cache->constant = period_constant(fcinfo, 0) && period_constant(fcinfo, 2) &&
			(PG_NARGS() < 4 || period_constant(fcinfo, 3));
		fcinfo->flinfo->fn_extra = cache;
	}
	else if (!cache->constant &&
			 !(begins == cache->rule.begins &&
			   period_text_is(unit, period_units[cache->rule.unit]) &&
			   period_text_is(zone, cache->zone_name)))
		period_cache_reset(cache, unit, zone, begins);
	return cache;
}

/* Add the piece that an instant lies in, before that of a place; returns its place. */
static pg_noinline int
period_add(PeriodCache *cache, TimestampTz at, int place)
{
	PeriodPiece piece = period_piece(cache->rule, cache->zone, at);

	if (cache->count == PERIOD_PIECES)
	{
		period_cache_clear(cache);
		place = 0;
	}
	else						/* slots refer to pieces by their place, which changes */
		memset(cache->slots, 0, sizeof(cache->slots));
	memmove(&cache->pieces[place + 1], &cache->pieces[place],
			(cache->count - place) * sizeof(PeriodPiece));
	cache->pieces[place] = piece;
	cache->count++;
	return place;
}

/* Find or add the piece that an instant lies in. */
static pg_attribute_always_inline const PeriodPiece *
period_search(PeriodCache *cache, TimestampTz at)
{
	int			low = 0;
	int			high = cache->count;

	while (low < high)
	{
		int			middle = (low + high) / 2;

		if (cache->pieces[middle].to <= at)
			low = middle + 1;
		else
			high = middle;
	}
	if (unlikely(low == cache->count || at < cache->pieces[low].from))
		low = period_add(cache, at, low);
	*period_slot(cache, at) = (uint16) low;
	return &cache->pieces[low];
}

static inline Datum
period_start_of(FunctionCallInfo fcinfo, int32 begins)
{
	TimestampTz at = PG_GETARG_TIMESTAMPTZ(1);
	PeriodCache *cache = period_cache(fcinfo, begins);
	const PeriodPiece *piece = &cache->pieces[*period_slot(cache, at)];

	if (likely(piece->from <= at && at < piece->to))
		PG_RETURN_DATEADT(piece->start);
	if (TIMESTAMP_NOT_FINITE(at))
		PG_RETURN_NULL();
	PG_RETURN_DATEADT(period_search(cache, at)->start);
}

/*
 * period_start(unit, at, timezone): first day of the period in the zone.  NULL for an
 * infinite time; error 22023 for an unknown unit or zone, 22008 before the year 1.
 */
Datum
period_start(PG_FUNCTION_ARGS)
{
	return period_start_of(fcinfo, 1);
}

/* period_start(unit, at, timezone, begins); begins may be NULL, so this one is not strict. */
Datum
period_start_begins(PG_FUNCTION_ARGS)
{
	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	return period_start_of(fcinfo, PG_ARGISNULL(3) ? 1 : PG_GETARG_INT32(3));
}

/* --- dates ----------------------------------------------------------------------- */

static Datum
period_start_day(FunctionCallInfo fcinfo, PeriodRule rule)
{
	DateADT		date = PG_GETARG_DATEADT(1);
	int			first;

	if (DATE_NOT_FINITE(date))
		PG_RETURN_NULL();
	if (date + POSTGRES_EPOCH_JDATE < PERIOD_FIRST_DAY)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_FIELD_OVERFLOW),
				 errmsg("date before the year 1: \"%s\"",
						DatumGetCString(DirectFunctionCall1(date_out, PG_GETARG_DATUM(1)))),
				 errhint("Leave such rows out with FILTER (WHERE ...).")));
	/* the next one may be beyond the last date there is */
	period_bounds(rule, date + POSTGRES_EPOCH_JDATE, &first, NULL);
	PG_RETURN_DATEADT(first - POSTGRES_EPOCH_JDATE);
}

/* period_start(unit, date), with or without a zone, which changes nothing but must exist. */
Datum
period_start_date(PG_FUNCTION_ARGS)
{
	return period_start_day(fcinfo, PG_NARGS() > 2 ? period_cache(fcinfo, 1)->rule :
							period_rule(PG_GETARG_TEXT_PP(0), 1));
}

/* period_start(unit, date, begins), also with a zone before begins, which may be NULL. */
Datum
period_start_date_begins(PG_FUNCTION_ARGS)
{
	int			last = PG_NARGS() - 1;
	int32		begins = PG_ARGISNULL(last) ? 1 : PG_GETARG_INT32(last);

	if (PG_ARGISNULL(0) || PG_ARGISNULL(1) || (last > 2 && PG_ARGISNULL(2)))
		PG_RETURN_NULL();
	return period_start_day(fcinfo, last > 2 ? period_cache(fcinfo, begins)->rule :
							period_rule(PG_GETARG_TEXT_PP(0), begins));
}

/* --- for loops over many values ---------------------------------------------------- */

/* Here no calendar and no rule of a zone knows an error. */
#define PERIOD_SAFE_DAY			(PERIOD_FIRST_DAY + 1000)
#define PERIOD_SAFE_END_DAY		5373485		/* 10000-01-01 */

bool
period_stretch(FunctionCallInfo call, Datum value, PeriodPiece *piece)
{
	PeriodCache *cache = call->flinfo->fn_extra;

	if (call->flinfo->fn_addr == period_start_date)
	{
		int64		day = (int64) DatumGetDateADT(value) + POSTGRES_EPOCH_JDATE;
		int			first,
					next;

		if (day < PERIOD_SAFE_DAY || day >= PERIOD_SAFE_END_DAY)
			return false;
		period_bounds(cache != NULL ? cache->rule :
					  period_rule(DatumGetTextPP(call->args[0].value), 1),
					  (int) day, &first, &next);
		piece->from = first - POSTGRES_EPOCH_JDATE;
		piece->to = next - POSTGRES_EPOCH_JDATE;
		piece->start = first - POSTGRES_EPOCH_JDATE;
		return true;
	}
	if (cache == NULL || DatumGetTimestampTz(value) < period_midnight(PERIOD_SAFE_DAY) ||
		DatumGetTimestampTz(value) >= period_midnight(PERIOD_SAFE_END_DAY))
		return false;
	*piece = period_piece(cache->rule, cache->zone, DatumGetTimestampTz(value));
	return true;
}
