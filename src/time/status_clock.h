/*
 * status_clock.h: the events of one case: which status it came into, and when.
 */
#ifndef RECOVERY_KPI_STATUS_CLOCK_H
#define RECOVERY_KPI_STATUS_CLOCK_H

#include "datatype/timestamp.h"

#include "base/summary.h"

#define STATUS_VERSION		1

/* A case has no more; it bounds what a forged or mistaken value can cost. */
#define STATUS_MAX_STATUSES	1000
#define STATUS_MAX_EVENTS	10000000

/* Each event has a sequence number. */
#define STATUS_SEQUENCED	1
/*
 * The state of an aggregate while it counts: events and statuses in the order in which they
 * came, events with repetitions, free bytes between events and statuses.  Without it events
 * are in the order of time, then sequence, statuses in that of their bytes, and nothing is
 * free: the one form of a value.
 */
#define STATUS_COUNTING		2

/* The same on disk and in memory; free bytes are zero. */
typedef struct StatusClock
{
	int32		vl_len_;		/* varlena header, do not touch */
	uint8		version;
	uint8		flags;
	uint16		statuses;		/* different ones */
	int32		events;
	int32		used;			/* bytes of events, at the front of data */
	int32		names;			/* bytes of statuses, at its end */
	uint8		data[FLEXIBLE_ARRAY_MEMBER];
} StatusClock;

/* An event: from then on the case is in that status. */
typedef struct StatusEvent
{
	TimestampTz at;
	int64		sequence;		/* 0 without sequence numbers */
	int32		status;			/* number of a name */
} StatusEvent;

/* The name of a status, without a zero byte at its end. */
typedef struct StatusName
{
	const char *text;
	int			length;
	int			number;
} StatusName;

/* A walk through the events of a clock. */
typedef struct StatusCursor
{
	const uint8 *next;
	const uint8 *end;
	bool		sequenced;
	bool		started;
	StatusEvent first;			/* others are relative to it */
} StatusCursor;

/* From one event to the next, or to the time of reading. */
typedef struct StatusSpan
{
	int			status;
	TimestampTz start;
	TimestampTz finish;
	bool		open;			/* it has not ended yet */
} StatusSpan;

/* A walk through the spans of a clock as of a time. */
typedef struct StatusWalk
{
	StatusCursor cursor;
	StatusEvent ahead;
	bool		more;
	TimestampTz as_of;
} StatusWalk;

static inline bool
status_sequenced(const StatusClock *clock)
{
	return (clock->flags & STATUS_SEQUENCED) != 0;
}

#define PG_GETARG_STATUS_CLOCK(n)	status_clock_detoast(PG_GETARG_DATUM(n))

/* status_event.c */
#define STATUS_EVENT_BYTES	21	/* at most */
#define STATUS_NUMBER_BYTES	10
extern int	status_number_write(uint8 *to, uint64 number);
extern const uint8 *status_number_read(const uint8 *from, uint64 *number);
extern int	status_event_write(uint8 *to, const StatusEvent *event, const StatusEvent *first,
							   bool sequenced);
extern void status_cursor(StatusCursor *cursor, const StatusClock *clock);
extern bool status_next(StatusCursor *cursor, StatusEvent *event);
extern void status_walk(StatusWalk *walk, const StatusClock *clock, TimestampTz as_of);
extern bool status_step(StatusWalk *walk, StatusSpan *span);

/* status_clock.c */
extern StatusClock *status_clock_detoast(Datum value);
extern StatusClock *status_clock_empty(void);
extern int	status_find(const StatusClock *clock, const char *text, int length);
extern StatusName *status_names(const StatusClock *clock);
extern StatusClock *status_clock_add(StatusClock *clock, const StatusName *name,
									 const StatusEvent *event, bool sequenced,
									 struct Node *escontext);
extern StatusClock *status_clock_sorted(const StatusClock *clock, struct Node *escontext);

#endif
