/*
 * live_log.c: opens the log of a rollup and appends to it.
 */
#include "postgres.h"

#include "access/table.h"
#include "access/tableam.h"
#include "catalog/namespace.h"
#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/timestamp.h"

#include "live_log.h"

static const struct
{
	const char *name;
	Oid			type;
}			live_columns[LIVE_COLUMNS] = {
	{"relation", TEXTOID}, {"many", BOOLOID}, {"kept", BOOLOID}, {"times", TIMESTAMPTZARRAYOID},
	{"due", TIMESTAMPTZOID}
};

/* The number of a column, or 0 if there is none. */
AttrNumber
live_column(Relation relation, const char *name)
{
	TupleDesc	columns = RelationGetDescr(relation);
	int			i;

	for (i = 0; i < columns->natts; i++)
	{
		Form_pg_attribute column = TupleDescAttr(columns, i);

		if (!column->attisdropped && namestrcmp(&column->attname, name) == 0)
			return column->attnum;
	}
	return InvalidAttrNumber;
}

/*
 * The log of the rollup in a schema, or NULL if it is gone.  Its owner may put triggers on it,
 * which would run as the writer: so may only who may put them on the source itself.
 */
static Relation
live_log_of(Relation source, const char *store)
{
	Oid			schema = LookupExplicitNamespace(store, true);
	Oid			relid = OidIsValid(schema) ? get_relname_relid("kpi_touched", schema) : InvalidOid;
	bool		missing = false;
	AclResult	allowed;
	Relation	log;

	if (!OidIsValid(relid))
		return NULL;
	/* whoever may not append locks nothing */
	allowed = pg_class_aclcheck_ext(relid, GetUserId(), ACL_INSERT, &missing);
	if (missing)
		return NULL;
	if (allowed != ACLCHECK_OK)
		aclcheck_error(allowed, OBJECT_TABLE, "kpi_touched");
	log = try_table_open(relid, RowExclusiveLock);
	if (log == NULL)
		return NULL;
	allowed = pg_class_aclcheck(RelationGetRelid(source), log->rd_rel->relowner, ACL_TRIGGER);
	if (allowed != ACLCHECK_OK)
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("table %s.kpi_touched of role %s cannot be the log of table %s",
						quote_identifier(store),
						quote_identifier(GetUserNameFromId(log->rd_rel->relowner, false)),
						RelationGetRelationName(source)),
				 errdetail("That role may not make triggers on the table."),
				 errhint("Grant it TRIGGER on the table, or drop the triggers kpi_rollup_...")));
	return log;
}

/* Open the log of the rollup in a schema, to append; false if it is gone. */
bool
live_log_open(LiveLog *log, Relation source, const char *store, const char *relation)
{
	int			i;

	log->relation = relation;
	log->log = live_log_of(source, store);
	if (log->log == NULL)
		return false;
	for (i = 0; i < LIVE_COLUMNS; i++)
	{
		AttrNumber	column = live_column(log->log, live_columns[i].name);

		if (log->log->rd_rel->relkind != RELKIND_RELATION || column == InvalidAttrNumber ||
			TupleDescAttr(RelationGetDescr(log->log), column - 1)->atttypid != live_columns[i].type)
			ereport(ERROR,
					(errcode(ERRCODE_UNDEFINED_COLUMN),
					 errmsg("%s.kpi_touched is no table with a column \"%s\" of type %s",
							quote_identifier(store), live_columns[i].name,
							format_type_be(live_columns[i].type)),
					 errhint("Drop the rollup with drop_kpi_rollup, and make it again.")));
		log->columns[i] = column;
	}
	log->estate = CreateExecutorState();
	log->target = makeNode(ResultRelInfo);
	InitResultRelInfo(log->target, log->log, 0, NULL, 0);	/* in no range table */
	ExecOpenIndices(log->target, false);
	log->entry = table_slot_create(log->log, NULL);
	return true;
}

void
live_log_close(LiveLog *log)
{
	ExecDropSingleTupleTableSlot(log->entry);
	ExecCloseIndices(log->target);
	FreeExecutorState(log->estate);
	table_close(log->log, NoLock);
}

/* Set a column of the next entry. */
void
live_log_put(LiveLog *log, AttrNumber column, Datum value)
{
	log->entry->tts_values[column - 1] = value;
	log->entry->tts_isnull[column - 1] = false;
}

/* The next entry: without keys, and not due. */
void
live_log_entry(LiveLog *log, bool many, bool kept, const LiveTime *times, int count)
{
	Datum		values[LIVE_MOST_TIMES];
	bool		nulls[LIVE_MOST_TIMES];
	int			one = 1;
	int			i;

	ExecClearTuple(log->entry);
	memset(log->entry->tts_isnull, true, log->entry->tts_tupleDescriptor->natts * sizeof(bool));
	for (i = 0; i < count; i++)
	{
		values[i] = times[i].value;
		nulls[i] = times[i].isnull;
	}
	live_log_put(log, log->columns[LIVE_RELATION], CStringGetTextDatum(log->relation));
	live_log_put(log, log->columns[LIVE_MANY], BoolGetDatum(many));
	live_log_put(log, log->columns[LIVE_KEPT], BoolGetDatum(kept));
	live_log_put(log, log->columns[LIVE_TIMES], PointerGetDatum(
				 construct_md_array(values, nulls, 1, &count, &one, TIMESTAMPTZOID,
									sizeof(TimestampTz), FLOAT8PASSBYVAL, TYPALIGN_DOUBLE)));
}

/* Append the entry. */
void
live_log_append(LiveLog *log)
{
	ExecStoreVirtualTuple(log->entry);
	ExecSimpleRelationInsert(log->target, log->estate, log->entry);
}
