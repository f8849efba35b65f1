/*
 * live_touch.c: the trigger by which a source of a rollup notes its changes in the log.
 *
 * It runs as the writer, who needs no more than INSERT on the log, and does no more than to
 * append the keys and times of the rows that were changed, old and new; of many rows in one
 * statement, the days alone.  It must not fail whatever the rows hold, nor if the rollup is gone.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "commands/trigger.h"
#include "datatype/timestamp.h"
#include "miscadmin.h"
#include "parser/parse_coerce.h"
#include "utils/lsyscache.h"
#include "utils/timestamp.h"
#include "utils/tuplestore.h"

#include "live_log.h"

PG_FUNCTION_INFO_V1(kpi_touch);

/* Rows of one statement that are noted one by one. */
#define TOUCH_MOST_ROWS	200
/* What happened before is not looked at. */
#define TOUCH_EARLIEST	((TimestampTz) (UNIX_EPOCH_JDATE - POSTGRES_EPOCH_JDATE) * USECS_PER_DAY)

#define TOUCH_MOST_KEYS	4

/* A key of the source and its column in the log, which may be of a wider type. */
typedef struct TouchKey
{
	AttrNumber	from;
	AttrNumber	to;
	Oid			source_type;
	Oid			log_type;
} TouchKey;

/* The times of the rows of a day. */
typedef struct TouchDay
{
	TimestampTz since;
	TimestampTz until;			/* before since: there are no rows */
} TouchDay;

typedef struct Touch
{
	LiveLog		log;
	Relation	source;
	TouchKey	keys[TOUCH_MOST_KEYS];
	int			key_count;
	AttrNumber	times[LIVE_MOST_TIMES];	/* 0: always NULL */
	int			time_count;
	AttrNumber	due;			/* 0: always NULL */
	TimestampTz now;
} Touch;

/* --- what is noted of a row ------------------------------------------------------------------- */

static Oid
touch_type(Relation relation, AttrNumber column)
{
	return getBaseType(TupleDescAttr(RelationGetDescr(relation), column - 1)->atttypid);
}

/*
 * Find the columns that the arguments of the trigger name: keys, times and when it is due, the
 * names of keys and of times separated by commas, and nothing for a time that is always NULL.
 * False if the source has them no more as they were.
 */
static bool
touch_find(Touch *touch, char *keys, char *times, const char *due)
{
	char	   *name;

	while ((name = strsep(&keys, ",")) != NULL)
	{
		TouchKey   *key = &touch->keys[touch->key_count];

		if (*name == '\0')
			continue;
		if (touch->key_count++ == TOUCH_MOST_KEYS)
			return false;
		key->from = live_column(touch->source, name);
		key->to = live_column(touch->log.log, name);
		if (key->from == 0 || key->to == 0)
			return false;
		key->source_type = touch_type(touch->source, key->from);
		key->log_type = touch_type(touch->log.log, key->to);
	}
	while ((name = strsep(&times, ",")) != NULL)
	{
		AttrNumber *time = &touch->times[touch->time_count];

		if (touch->time_count++ == LIVE_MOST_TIMES)
			return false;
		*time = live_column(touch->source, name);
		if (*name != '\0' && (*time == 0 || touch_type(touch->source, *time) != TIMESTAMPTZOID))
			return false;
	}
	touch->due = live_column(touch->source, due);
	return *due == '\0' ||
		(touch->due > 0 && touch_type(touch->source, touch->due) == TIMESTAMPTZOID);
}

static LiveTime
touch_time(TupleTableSlot *row, AttrNumber column)
{
	LiveTime	time = {0, true};

	if (column > 0)
		time.value = slot_getattr(row, column, &time.isnull);
	return time;
}

/* A value of the source as one of the log. */
static Datum
touch_key(const TouchKey *key, Datum value)
{
	Oid			cast = InvalidOid;
	Oid			function,
				element;
	bool		varlena;

	if (key->source_type == key->log_type)
		return value;
	switch (find_coercion_pathway(key->log_type, key->source_type, COERCION_ASSIGNMENT, &cast))
	{
		case COERCION_PATH_RELABELTYPE:
			return value;
		case COERCION_PATH_FUNC:
			if (get_func_nargs(cast) == 1)
				return OidFunctionCall1(cast, value);
			break;
		default:
			break;
	}
	getTypeOutputInfo(key->source_type, &function, &varlena);
	value = CStringGetDatum(OidOutputFunctionCall(function, value));
	getTypeInputInfo(key->log_type, &function, &element);
	return OidInputFunctionCall(function, DatumGetCString(value), element, -1);
}

/* Note one row. */
static void
touch_row(Touch *touch, TupleTableSlot *row, bool kept, const LiveTime *times)
{
	LiveTime	due = touch_time(row, touch->due);
	int			i;

	live_log_entry(&touch->log, false, kept, times, touch->time_count);
	for (i = 0; i < touch->key_count; i++)
	{
		const TouchKey *key = &touch->keys[i];
		bool		isnull;
		Datum		value = slot_getattr(row, key->from, &isnull);

		if (!isnull)
			live_log_put(&touch->log, key->to, touch_key(key, value));
	}
	if (!due.isnull)
		live_log_put(&touch->log, touch->log.columns[LIVE_DUE], due.value);
	live_log_append(&touch->log);
}

/* --- statements ------------------------------------------------------------------------------- */

/* Note that rows between two times have changed. */
static void
touch_span(Touch *touch, bool kept, TimestampTz since, TimestampTz until)
{
	LiveTime	times[] = {
		{TimestampTzGetDatum(since), false}, {TimestampTzGetDatum(until), false}
	};

	live_log_entry(&touch->log, true, kept, times, lengthof(times));
	live_log_append(&touch->log);
}

/* Note a row, no time of which lies in the future, by the day of its first time. */
static void
touch_day(const Touch *touch, TupleTableSlot *row, const LiveTime *times, TouchDay *days)
{
	LiveTime	due = touch_time(row, touch->due);
	TimestampTz since = DatumGetTimestampTz(times[0].value);
	TimestampTz until = since;
	TouchDay   *day;

	if (times[0].isnull || since < TOUCH_EARLIEST)
		return;
	if (touch->time_count > 1 && !times[1].isnull)
		until = Max(until, DatumGetTimestampTz(times[1].value));
	if (!due.isnull && DatumGetTimestampTz(due.value) <= touch->now)
		until = Max(until, DatumGetTimestampTz(due.value));
	day = &days[(since - TOUCH_EARLIEST) / USECS_PER_DAY];
	day->since = Min(day->since, since);
	day->until = Max(day->until, until);
}

/* Note the rows of a transition table: few one by one; else their days, and those of the future. */
static void
touch_rows(Touch *touch, Tuplestorestate *rows, bool kept)
{
	TupleTableSlot *row = MakeSingleTupleTableSlot(RelationGetDescr(touch->source),
												   &TTSOpsMinimalTuple);
	bool		few = tuplestore_tuple_count(rows) <= TOUCH_MOST_ROWS;
	int			day_count = few ? 0 : (int) ((touch->now - TOUCH_EARLIEST) / USECS_PER_DAY) + 1;
	TouchDay   *days = palloc(day_count * sizeof(TouchDay));
	int			i;

	for (i = 0; i < day_count; i++)
		days[i] = (TouchDay) {DT_NOEND, DT_NOBEGIN};
	tuplestore_select_read_pointer(rows, tuplestore_alloc_read_pointer(rows, EXEC_FLAG_REWIND));
	tuplestore_rescan(rows);
	while (tuplestore_gettupleslot(rows, true, false, row))
	{
		MemoryContext caller = MemoryContextSwitchTo(GetPerTupleMemoryContext(touch->log.estate));
		LiveTime	times[LIVE_MOST_TIMES];
		bool		future = false;

		CHECK_FOR_INTERRUPTS();
		for (i = 0; i < touch->time_count; i++)
		{
			times[i] = touch_time(row, touch->times[i]);
			future |= !times[i].isnull && DatumGetTimestampTz(times[i].value) > touch->now;
		}
		if (few || future)
			touch_row(touch, row, kept, times);
		else
			touch_day(touch, row, times, days);
		MemoryContextSwitchTo(caller);
		ResetPerTupleExprContext(touch->log.estate);
	}
	for (i = 0; i < day_count; i++)
	{
		if (days[i].until >= days[i].since)
			touch_span(touch, false, days[i].since, days[i].until);
	}
	ExecDropSingleTupleTableSlot(row);
}

/* Note what a statement did. */
static void
touch_statement(Touch *touch, const TriggerData *trigger)
{
	char	  **args = trigger->tg_trigger->tgargs;
	bool		known = touch_find(touch, pstrdup(args[2]), pstrdup(args[3]), args[4]);

	/* all rows, and rows without a time, may be of any day; what is unknown, of the future too */
	if (TRIGGER_FIRED_BY_TRUNCATE(trigger->tg_event) || *args[3] == '\0' || !known)
		touch_span(touch, !known, DT_NOBEGIN, DT_NOEND);
	else
	{
		if (trigger->tg_oldtable)
			touch_rows(touch, trigger->tg_oldtable, false);
		if (trigger->tg_newtable)
			touch_rows(touch, trigger->tg_newtable, true);
	}
}

/* kpi_touch(store schema, relation, keys, times, due): a trigger after each statement */
Datum
kpi_touch(PG_FUNCTION_ARGS)
{
	TriggerData *trigger = (TriggerData *) fcinfo->context;
	Touch		touch = {.now = GetCurrentTransactionStartTimestamp()};
	char	  **args;

	if (!CALLED_AS_TRIGGER(fcinfo) || !TRIGGER_FIRED_AFTER(trigger->tg_event) ||
		!TRIGGER_FIRED_FOR_STATEMENT(trigger->tg_event) || trigger->tg_trigger->tgnargs != 5)
		ereport(ERROR,
				(errcode(ERRCODE_E_R_I_E_TRIGGER_PROTOCOL_VIOLATED),
				 errmsg("kpi_touch must be a trigger of create_kpi_rollup")));
	if (!TRIGGER_FIRED_BY_TRUNCATE(trigger->tg_event) &&
		(trigger->tg_oldtable == NULL || tuplestore_tuple_count(trigger->tg_oldtable) == 0) &&
		(trigger->tg_newtable == NULL || tuplestore_tuple_count(trigger->tg_newtable) == 0))
		return PointerGetDatum(NULL);
	touch.source = trigger->tg_relation;
	args = trigger->tg_trigger->tgargs;
	if (live_log_open(&touch.log, touch.source, args[0], args[1]))
	{
		touch_statement(&touch, trigger);
		live_log_close(&touch.log);
	}
	return PointerGetDatum(NULL);
}
