/*
 * status_event.c: the events of a clock as bytes.
 *
 * An event takes about eight bytes, so that a million cases fit into memory:
 *
 *   head		status in the low four bits (15: the number above 15 follows), and in the
 *				high four how the time is written: 0..6 is the number of bytes of whole
 *				seconds, 7..14 is 6 + the number of bytes of microseconds
 *   status		only after 15: a number of seven bits a byte
 *   time		after that of the first event, low bytes first
 *   sequence	if the clock has them: after that of the first event, seven bits a byte
 *
 * The first event is written relative to the origin of timestamps and to sequence 0.
 * Signed numbers are written as 2n or, if negative, -2n - 1.  Differences wrap around, so
 * that all 64-bit numbers come back exactly.
 */
#include "postgres.h"

#include "miscadmin.h"

#include "status_clock.h"

#define STATUS_HEAD_MORE	15	/* the number of the status follows */
#define STATUS_HEAD_MICROS	6

static inline uint64
status_fold(uint64 number)
{
	return number << 1 ^ (uint64) ((int64) number >> 63);
}

static inline uint64
status_unfold(uint64 code)
{
	return code >> 1 ^ (~(code & 1) + 1);
}

/* Write a number, seven bits a byte; returns the number of bytes. */
int
status_number_write(uint8 *to, uint64 number)
{
	int			size = 0;

	for (; number > 0x7F; number >>= 7)
		to[size++] = (uint8) (number | 0x80);
	to[size++] = (uint8) number;
	return size;
}

/* Read such a number; returns where it ends. */
const uint8 *
status_number_read(const uint8 *from, uint64 *number)
{
	int			shift = 0;

	*number = 0;
	for (; *from & 0x80; shift += 7)
		*number |= (uint64) (*from++ & 0x7F) << shift;
	*number |= (uint64) *from++ << shift;
	return from;
}

/* Write an event into at most STATUS_EVENT_BYTES; returns their number. */
int
status_event_write(uint8 *to, const StatusEvent *event, const StatusEvent *first, bool sequenced)
{
	int64		since = (int64) ((uint64) event->at - (uint64) first->at);
	bool		micros = since % USECS_PER_SEC != 0;
	uint64		code = status_fold((uint64) (micros ? since : since / USECS_PER_SEC));
	int			size = 1;
	int			head = micros ? STATUS_HEAD_MICROS : 0;

	if (event->status >= STATUS_HEAD_MORE)
		size += status_number_write(to + size, (uint64) (event->status - STATUS_HEAD_MORE));
	for (; code != 0; code >>= 8, head++)
		to[size++] = (uint8) code;
	to[0] = (uint8) (head << 4 | Min(event->status, STATUS_HEAD_MORE));
	if (sequenced)
		size += status_number_write(to + size, status_fold((uint64) event->sequence -
														   (uint64) first->sequence));
	return size;
}

/* Begin a walk through the events of a clock, in the order in which they are kept. */
void
status_cursor(StatusCursor *cursor, const StatusClock *clock)
{
	memset(cursor, 0, sizeof(StatusCursor));
	cursor->next = clock->data;
	cursor->end = clock->data + clock->used;
	cursor->sequenced = status_sequenced(clock);
}

/* Read the next event; false if there is none. */
bool
status_next(StatusCursor *cursor, StatusEvent *event)
{
	const uint8 *at = cursor->next;
	uint64		number;
	uint64		code = 0;
	int			bytes,
				i;

	if (at == cursor->end)
		return false;
	CHECK_FOR_INTERRUPTS();
	bytes = *at >> 4;
	event->status = *at++ & STATUS_HEAD_MORE;
	if (event->status == STATUS_HEAD_MORE)
	{
		at = status_number_read(at, &number);
		event->status += (int32) number;
	}
	if (bytes <= STATUS_HEAD_MICROS)
	{
		for (i = 0; i < bytes; i++)
			code |= (uint64) *at++ << 8 * i;
		code = status_unfold(code) * USECS_PER_SEC;
	}
	else
	{
		for (i = 0; i < bytes - STATUS_HEAD_MICROS; i++)
			code |= (uint64) *at++ << 8 * i;
		code = status_unfold(code);
	}
	event->at = (TimestampTz) ((uint64) cursor->first.at + code);
	event->sequence = 0;
	if (cursor->sequenced)
	{
		at = status_number_read(at, &number);
		event->sequence = (int64) ((uint64) cursor->first.sequence + status_unfold(number));
	}
	if (!cursor->started)
	{
		cursor->first = *event;
		cursor->started = true;
	}
	cursor->next = at;
	return true;
}

/* Begin a walk through the spans of a sorted clock; later events are not there. */
void
status_walk(StatusWalk *walk, const StatusClock *clock, TimestampTz as_of)
{
	status_cursor(&walk->cursor, clock);
	walk->as_of = as_of;
	walk->more = status_next(&walk->cursor, &walk->ahead) && walk->ahead.at <= as_of;
}

/* The next span; false if there is none. */
bool
status_step(StatusWalk *walk, StatusSpan *span)
{
	if (!walk->more)
		return false;
	span->status = walk->ahead.status;
	span->start = walk->ahead.at;
	walk->more = status_next(&walk->cursor, &walk->ahead) && walk->ahead.at <= walk->as_of;
	span->finish = walk->more ? walk->ahead.at : walk->as_of;
	span->open = !walk->more;
	return true;
}
