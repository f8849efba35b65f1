/*
 * status_clock.c: the type status_clock.
 *
 * A clock holds the events of one case: at this time it came into this status.  Events may
 * come in any order and more than once.  While an aggregate counts, an event is appended
 * and nothing is sorted, so it costs O(1); a full state is replaced by one larger by a
 * constant factor.  Values are sorted, repetitions gone, and their bytes depend on the set
 * of events alone: the order of rows, workers and merging changes nothing, bit for bit.
 *
 * Two statuses at one time, with the same sequence number or without one, contradict each
 * other: nobody knows in which of them the case went on.  That is found when events are
 * sorted, so it does not depend on who came first either.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "status_clock.h"

/*
 * The first state has room for a usual case.  Where the events of many cases come in turn,
 * a state that was outgrown leaves a hole that no other case fills.
 */
#define STATUS_USUAL_EVENTS	10
#define STATUS_USUAL_NAMES	36	/* bytes */
/* Up to so many bytes the allocator knows powers of two only. */
#define STATUS_SMALLEST		64
#define STATUS_DOUBLED		8192

static inline int
status_event_compare(const StatusEvent *a, const StatusEvent *b)
{
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	if (a->sequence != b->sequence)
		return a->sequence < b->sequence ? -1 : 1;
	return a->status - b->status;
}

static int
status_name_compare(const StatusName *a, const StatusName *b)
{
	int			order = memcmp(a->text, b->text, Min(a->length, b->length));

	return order != 0 ? order : a->length - b->length;
}

/* status_sort: events by time, sequence, and number of status */
#define ST_SORT status_sort
#define ST_ELEMENT_TYPE StatusEvent
#define ST_COMPARE(a, b) status_event_compare(a, b)
#define ST_SCOPE static
#define ST_CHECK_FOR_INTERRUPTS
#define ST_DEFINE
#include "lib/sort_template.h"

/* status_sort_names: names by their bytes, the same in every locale */
#define ST_SORT status_sort_names
#define ST_ELEMENT_TYPE StatusName
#define ST_COMPARE(a, b) status_name_compare(a, b)
#define ST_SCOPE static
#define ST_DEFINE
#include "lib/sort_template.h"

/* --- values --------------------------------------------------------------------------- */

/* A stored or passed value in full and sorted, not to be written to. */
StatusClock *
status_clock_detoast(Datum value)
{
	return status_clock_sorted(summary_detoast(value, STATUS_VERSION, "status clock"), NULL);
}

/* A clock without events, of this number of bytes. */
static StatusClock *
status_allocate(Size bytes)
{
	StatusClock *clock = palloc0(bytes);

	SET_VARSIZE(clock, bytes);
	clock->version = STATUS_VERSION;
	return clock;
}

StatusClock *
status_clock_empty(void)
{
	return status_allocate(offsetof(StatusClock, data));
}

/* --- names ------------------------------------------------------------------------------ */

/* The names stand from high places to low ones: walk from the last number down to 0. */
static inline const uint8 *
status_last_name(const StatusClock *clock)
{
	return (const uint8 *) clock + VARSIZE(clock) - clock->names;
}

static inline const uint8 *
status_read_name(const uint8 *at, StatusName *name)
{
	uint64		length;

	at = status_number_read(at, &length);
	name->text = (const char *) at;
	name->length = (int) length;
	return at + length;
}

/* The number of a status; -1 if it is not in the clock. */
int
status_find(const StatusClock *clock, const char *text, int length)
{
	const uint8 *at = status_last_name(clock);
	StatusName	name;
	int			number;

	for (number = clock->statuses - 1; number >= 0; number--)
	{
		at = status_read_name(at, &name);
		if (name.length == length && memcmp(name.text, text, length) == 0)
			break;
	}
	return number;
}

/* All names, by number. */
StatusName *
status_names(const StatusClock *clock)
{
	StatusName *names = palloc(Max(clock->statuses, 1) * sizeof(StatusName));
	const uint8 *at = status_last_name(clock);
	int			number;

	for (number = clock->statuses - 1; number >= 0; number--)
	{
		at = status_read_name(at, &names[number]);
		names[number].number = number;
	}
	return names;
}

/* Put the next name in front of the others. */
static void
status_put_name(StatusClock *clock, const StatusName *name)
{
	uint8		length[STATUS_NUMBER_BYTES];
	int			size = status_number_write(length, (uint64) name->length);
	uint8	   *to = (uint8 *) status_last_name(clock) - size - name->length;

	memcpy(to, length, size);
	memcpy(to + size, name->text, name->length);
	clock->names += size + name->length;
	clock->statuses++;
}

static int
status_name_bytes(const StatusName *name)
{
	uint8		length[STATUS_NUMBER_BYTES];

	return status_number_write(length, (uint64) name->length) + name->length;
}

/* --- counting ------------------------------------------------------------------------------ */

/* A copy with at least so many free bytes. */
static StatusClock *
status_grow(const StatusClock *clock, Size room)
{
	Size		needed = offsetof(StatusClock, data) + clock->used + clock->names + room;
	Size		bytes = STATUS_SMALLEST;
	StatusClock *copy;

	while (bytes < needed)
		bytes += bytes < STATUS_DOUBLED ? bytes : bytes / 2;
	if (bytes > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("status clock needs %zu bytes, more than a value can have", bytes),
				 errhint("A clock is of one case; a status is a short name.")));
	copy = status_allocate(bytes);
	copy->flags = clock->flags;
	copy->statuses = clock->statuses;
	copy->events = clock->events;
	copy->used = clock->used;
	memcpy(copy->data, clock->data, clock->used);
	copy->names = clock->names;
	memcpy((uint8 *) status_last_name(copy), status_last_name(clock), clock->names);
	return copy;
}

/* Is this an event that the clock can take?  False after a soft error. */
static bool
status_check(const StatusClock *clock, const StatusName *name, const StatusEvent *event,
			 bool sequenced, struct Node *escontext)
{
	if (unlikely(!IS_VALID_TIMESTAMP(event->at)))
		ereturn(escontext, false,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg("infinite time of status \"%s\": %s",
						summary_shown(pnstrdup(name->text, name->length)),
						timestamptz_to_str(event->at)),
				 errhint("Leave such rows out: FILTER (WHERE isfinite(at)).")));
	if (unlikely(clock->events > 0 && status_sequenced(clock) != sequenced))
		ereturn(escontext, false,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("events with and without sequence numbers in one status clock"),
				 errdetail("They have no order at equal times."),
				 errhint("Give all events a sequence number, or none.")));
	if (unlikely(clock->events == STATUS_MAX_EVENTS))
		ereturn(escontext, false,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("status clock has more than %d events", STATUS_MAX_EVENTS),
				 errhint("A clock is of one case: GROUP BY the case.")));
	return true;
}

/*
 * Add an event with the name of its status, in place if there is room.  NULL after a soft
 * error.
 */
StatusClock *
status_clock_add(StatusClock *clock, const StatusName *name, const StatusEvent *event,
				 bool sequenced, struct Node *escontext)
{
	StatusEvent new = *event;
	StatusEvent first = {0};
	StatusCursor cursor;
	uint8		bytes[STATUS_EVENT_BYTES];
	int			known = status_find(clock, name->text, name->length);
	int			size,
				room;

	if (!status_check(clock, name, event, sequenced, escontext))
		return NULL;
	if (unlikely(known < 0 && clock->statuses == STATUS_MAX_STATUSES))
		ereturn(escontext, NULL,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("status clock has more than %d different statuses", STATUS_MAX_STATUSES),
				 errhint("A clock is of one case: GROUP BY the case, and group its statuses.")));
	status_cursor(&cursor, clock);
	status_next(&cursor, &first);
	new.status = known < 0 ? clock->statuses : known;
	size = status_event_write(bytes, &new, &first, sequenced);
	room = size + (known < 0 ? status_name_bytes(name) : 0);
	/* others are relative to the first, and shorter */
	if (clock->events == 0)
		room = Max(room, size + (STATUS_USUAL_EVENTS - 1) * (size - 1) + STATUS_USUAL_NAMES);
	if (unlikely(VARSIZE(clock) - offsetof(StatusClock, data) - clock->used - clock->names <
				 (Size) room))
		clock = status_grow(clock, room);
	memcpy(clock->data + clock->used, bytes, size);
	clock->used += size;
	clock->events++;
	if (known < 0)
		status_put_name(clock, name);
	clock->flags = STATUS_COUNTING | (sequenced ? STATUS_SEQUENCED : 0);
	return clock;
}

/* --- the result ------------------------------------------------------------------------------- */

/* Raise the error that a case is in two statuses at once; false after a soft error. */
static bool
status_conflict(const StatusName *names, const StatusEvent *a, const StatusEvent *b,
				bool sequenced, struct Node *escontext)
{
	const StatusName *first = &names[a->status];
	const StatusName *second = &names[b->status];

	ereturn(escontext, false,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("statuses \"%s\" and \"%s\" at the same time %s",
					summary_shown(pnstrdup(first->text, first->length)),
					summary_shown(pnstrdup(second->text, second->length)),
					timestamptz_to_str(a->at)),
			 sequenced ?
			 errdetail("Both have the sequence number " INT64_FORMAT ".", a->sequence) : 0,
			 errhint("Give each event of a case a number that says which came first: "
					 "status_clock(status, at, sequence).")));
}

/* Sort events, of which there are some, without repetitions; how many, or -1 after a soft error. */
static int
status_settle(StatusEvent *events, int count, const StatusName *names, bool sequenced,
			  struct Node *escontext)
{
	int			last = 0;
	int			i;

	status_sort(events, count);
	for (i = 1; i < count; i++)
	{
		if (status_event_compare(&events[last], &events[i]) == 0)
			continue;
		if (events[last].at == events[i].at && events[last].sequence == events[i].sequence)
		{
			status_conflict(names, &events[last], &events[i], sequenced, escontext);
			return -1;
		}
		events[++last] = events[i];
	}
	return last + 1;
}

/* A value of sorted events and names. */
static StatusClock *
status_pack(const StatusEvent *events, int count, const StatusName *names, int statuses,
			bool sequenced)
{
	StatusEvent first = {0};
	uint8		bytes[STATUS_EVENT_BYTES];
	Size		size = offsetof(StatusClock, data);
	StatusClock *clock;
	int			i;

	for (i = 0; i < count; i++)
		size += status_event_write(bytes, &events[i], i == 0 ? &first : &events[0], sequenced);
	for (i = 0; i < statuses; i++)
		size += status_name_bytes(&names[i]);
	clock = status_allocate(size);
	clock->flags = sequenced ? STATUS_SEQUENCED : 0;
	clock->events = count;
	for (i = 0; i < count; i++)
		clock->used += status_event_write(clock->data + clock->used, &events[i],
										  i == 0 ? &first : &events[0], sequenced);
	for (i = 0; i < statuses; i++)
		status_put_name(clock, &names[i]);
	return clock;
}

/*
 * Any clock as a value: itself, or a sorted copy.  The one validator: every way into the
 * type adds events to a counting clock and ends here.  NULL after a soft error.
 */
StatusClock *
status_clock_sorted(const StatusClock *clock, struct Node *escontext)
{
	bool		sequenced = status_sequenced(clock);
	StatusName *names;
	int		   *numbers;
	StatusEvent *events;
	StatusCursor cursor;
	StatusClock *sorted;
	int			count;
	int			i;

	if ((clock->flags & STATUS_COUNTING) == 0)
		return unconstify(StatusClock *, clock);
	names = status_names(clock);
	status_sort_names(names, clock->statuses);
	numbers = palloc(clock->statuses * sizeof(int));
	for (i = 0; i < clock->statuses; i++)
		numbers[names[i].number] = i;
	events = palloc(clock->events * sizeof(StatusEvent));
	status_cursor(&cursor, clock);
	for (count = 0; count < clock->events && status_next(&cursor, &events[count]); count++)
		events[count].status = numbers[events[count].status];
	count = status_settle(events, count, names, sequenced, escontext);
	sorted = count < 0 ? NULL : status_pack(events, count, names, clock->statuses, sequenced);
	pfree(events);
	pfree(numbers);
	pfree(names);
	return sorted;
}
