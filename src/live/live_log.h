/*
 * live_log.h: the log of a rollup, to which the triggers of its sources append.
 */
#ifndef RECOVERY_KPI_LIVE_LOG_H
#define RECOVERY_KPI_LIVE_LOG_H

#include "executor/executor.h"
#include "utils/rel.h"

#include "base/compat.h"

/* The columns of the log that are not keys. */
typedef enum LiveColumn
{
	LIVE_RELATION, LIVE_MANY, LIVE_KEPT, LIVE_TIMES, LIVE_DUE, LIVE_COLUMNS
} LiveColumn;

/* An entry names so many times. */
#define LIVE_MOST_TIMES	3

typedef struct LiveLog
{
	Relation	log;
	const char *relation;		/* what it calls the source */
	EState	   *estate;
	ResultRelInfo *target;
	TupleTableSlot *entry;		/* the next one */
	AttrNumber	columns[LIVE_COLUMNS];
} LiveLog;

/* A time that may be NULL. */
typedef NullableDatum LiveTime;

extern bool live_log_open(LiveLog *log, Relation source, const char *store, const char *relation);
extern void live_log_entry(LiveLog *log, bool many, bool kept, const LiveTime *times, int count);
extern void live_log_put(LiveLog *log, AttrNumber column, Datum value);
extern void live_log_append(LiveLog *log);
extern void live_log_close(LiveLog *log);
extern AttrNumber live_column(Relation relation, const char *name);

#endif
