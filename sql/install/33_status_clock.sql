#since 0.2.0
-- status_clock: time in status, waiting, promises

CREATE FUNCTION status_clock_in(cstring) RETURNS status_clock
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'status_clock_in';
COMMENT ON FUNCTION status_clock_in(cstring) IS
'Text form of a status clock, times in UTC, such as {2026-03-02T09:00:00Z "new",2026-03-02T09:30:00.5Z "open"}; with sequence numbers {2026-03-02T09:00:00Z#1 "new",...}.';

CREATE FUNCTION status_clock_out(status_clock) RETURNS cstring
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'status_clock_out';
COMMENT ON FUNCTION status_clock_out(status_clock) IS
'Text form of a status clock.';

CREATE FUNCTION status_clock_recv(internal) RETURNS status_clock
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'status_clock_recv';
COMMENT ON FUNCTION status_clock_recv(internal) IS
'Binary form of a status clock: format 1, whether there are sequence numbers, statuses, events.';

CREATE FUNCTION status_clock_send(status_clock) RETURNS bytea
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'status_clock_send';
COMMENT ON FUNCTION status_clock_send(status_clock) IS
'Binary form of a status clock.';

CREATE TYPE status_clock (
	input = status_clock_in, output = status_clock_out,
	receive = status_clock_recv, send = status_clock_send,
	internallength = variable, alignment = int4, storage = extended
);
COMMENT ON TYPE status_clock IS
'The events of one case: at this time it came into this status, with or without a sequence number. A status lasts until the next event, the last one until the time of reading. Each event is there once; events are in the order of time, then sequence. At most 1,000 statuses and 10,000,000 events. Written {time "status",...}, times in UTC, without events {}. Read it with time_in(), first_time(), last_time(), times_in(), status_at(), due_at(), promise_kept() and clock_spans().';

-- readers

CREATE FUNCTION time_in(
	clock status_clock, statuses text[], calendar business_calendar DEFAULT NULL,
	as_of timestamp with time zone DEFAULT NULL
) RETURNS interval
LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'time_in_clock';
COMMENT ON FUNCTION time_in(status_clock, text[], business_calendar, timestamp with time zone) IS
'How long the case was in any of these statuses up to as_of (NULL: now()), in hours, minutes and seconds, never days (extract(epoch FROM ...) gives seconds); with a calendar only its open time, as business_time; 0 if it never was in one of them. Events after as_of are not there. NULL if clock or statuses are NULL, or if the clock has no event by as_of. Errors 22008: an infinite as_of, with a calendar a time before the year 1.';

CREATE FUNCTION first_time(
	clock status_clock, statuses text[], as_of timestamp with time zone DEFAULT NULL
) RETURNS timestamp with time zone
LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'first_time';
COMMENT ON FUNCTION first_time(status_clock, text[], timestamp with time zone) IS
'When the case came into one of these statuses first, by as_of (NULL: now()); NULL if never, or if clock or statuses are NULL. Error 22008: an infinite as_of.';

CREATE FUNCTION last_time(
	clock status_clock, statuses text[], as_of timestamp with time zone DEFAULT NULL
) RETURNS timestamp with time zone
LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'last_time';
COMMENT ON FUNCTION last_time(status_clock, text[], timestamp with time zone) IS
'When the case came into one of these statuses last, from outside of them, by as_of (NULL: now()): a move from solved to closed does not count if both are given. NULL if never, or if clock or statuses are NULL. Error 22008: an infinite as_of.';

CREATE FUNCTION times_in(
	clock status_clock, statuses text[], as_of timestamp with time zone DEFAULT NULL
) RETURNS bigint
LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'times_in';
COMMENT ON FUNCTION times_in(status_clock, text[], timestamp with time zone) IS
'How many times the case came into these statuses from outside of them, by as_of (NULL: now()); a first event in one of them counts, a move between two of them does not; 0 if never. NULL if clock or statuses are NULL, or if the clock has no event by as_of. Error 22008: an infinite as_of.';

CREATE FUNCTION status_at(clock status_clock, at timestamp with time zone) RETURNS text
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'status_at';
COMMENT ON FUNCTION status_at(status_clock, timestamp with time zone) IS
'The status of the case at that time: that of the last event by then. NULL before the first event. Error 22008: an infinite time.';

CREATE FUNCTION due_at(
	clock status_clock, promise interval, pauses text[] DEFAULT '{}', calendar business_calendar DEFAULT NULL,
	as_of timestamp with time zone DEFAULT NULL
) RETURNS timestamp with time zone
LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'due_at';
COMMENT ON FUNCTION due_at(status_clock, interval, text[], business_calendar, timestamp with time zone) IS
'When a promise made at the first event is due: the first instant by which the case has been out of the pauses for that long, in open time of the calendar (NULL: around the clock). Events after as_of (NULL: now()) are not there; a case that runs then is due as if it ran on, and one that is paused before the promise is reached gives NULL. With a calendar the promise is in hours, minutes and seconds; around the clock a day is 24 hours, a month 30 days. NULL also if clock or promise are NULL, or if the clock has no event by as_of; pauses NULL: none. Errors: 22023 days or months with a calendar, 22003 a negative promise, 22008 an infinite as_of, a promise that is never reached, with a calendar a time before the year 1.';

CREATE FUNCTION promise_kept(
	clock status_clock, promise interval, done text[], pauses text[] DEFAULT '{}',
	calendar business_calendar DEFAULT NULL, as_of timestamp with time zone DEFAULT NULL
) RETURNS boolean
LANGUAGE C STABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'promise_kept';
COMMENT ON FUNCTION promise_kept(status_clock, interval, text[], text[], business_calendar, timestamp with time zone) IS
'Was the promise kept? true if the case first came into one of the done statuses after at most that much time out of the pauses, in open time of the calendar (NULL: around the clock); false once it has been longer; NULL while it is not done and can still be in time. What comes after the first done status, such as reopening, changes nothing. Events after as_of (NULL: now()) are not there. Promise and errors as due_at. NULL also if clock, promise or done are NULL, or if the clock has no event by as_of; pauses NULL: none.';

CREATE FUNCTION clock_spans(
	clock status_clock, as_of timestamp with time zone DEFAULT NULL,
	OUT status text, OUT start timestamp with time zone, OUT finish timestamp with time zone, OUT open boolean
) RETURNS SETOF record
LANGUAGE C STABLE PARALLEL SAFE ROWS 10 AS 'MODULE_PATHNAME', 'clock_spans';
COMMENT ON FUNCTION clock_spans(status_clock, timestamp with time zone) IS
'A row for each event by as_of (NULL: now()), in their order: its status, from the event (start) to the next one (finish). The last one is open, and its finish is as_of. An event that repeats the status begins a row of its own. No rows if the clock is NULL or has no event by as_of. Error 22008: an infinite as_of.';

-- operators

CREATE FUNCTION status_clock_plus(status_clock, status_clock) RETURNS status_clock
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'status_clock_plus';
COMMENT ON FUNCTION status_clock_plus(status_clock, status_clock) IS
'The events of both clocks, each once. Errors: 22023 two statuses at the same time (and sequence number), or only one clock with sequence numbers; 54000 more than 1,000 statuses or 10,000,000 events.';

CREATE OPERATOR + (leftarg = status_clock, rightarg = status_clock, function = status_clock_plus, commutator = +);
COMMENT ON OPERATOR + (status_clock, status_clock) IS 'The events of both clocks, each once.';

#for type | c | one | many: status_clock | status_clock | status clock | status clocks
#include order.inc
#end

-- transition functions: add one event

CREATE FUNCTION status_clock_accum(status_clock, text, timestamp with time zone) RETURNS status_clock
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'status_clock_accum';
COMMENT ON FUNCTION status_clock_accum(status_clock, text, timestamp with time zone) IS
'Transition function of status_clock(status, at).';

CREATE FUNCTION status_clock_accum_sequence(status_clock, text, timestamp with time zone, bigint) RETURNS status_clock
LANGUAGE C IMMUTABLE PARALLEL SAFE AS 'MODULE_PATHNAME', 'status_clock_accum_sequence';
COMMENT ON FUNCTION status_clock_accum_sequence(status_clock, text, timestamp with time zone, bigint) IS
'Transition function of status_clock(status, at, sequence).';

CREATE FUNCTION status_clock_final(status_clock) RETURNS status_clock
LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE AS 'MODULE_PATHNAME', 'status_clock_final';
COMMENT ON FUNCTION status_clock_final(status_clock) IS
'Final function: sorts the events by time, then sequence.';

-- aggregates

CREATE AGGREGATE status_clock(status text, at timestamp with time zone) (
	sfunc = status_clock_accum, stype = status_clock, sspace = 256, finalfunc = status_clock_final, initcond = '{}',
	combinefunc = status_clock_plus, parallel = safe
);
COMMENT ON AGGREGATE status_clock(text, timestamp with time zone) IS
'The clock of one case from its events, in any order: at this time it came into this status. A status of another type is cast to text. Rows with status or time NULL are ignored, an event that comes again counts once; no rows give an empty clock. Errors: 22023 two statuses at the same time, which need status_clock(status, at, sequence); 22008 an infinite time; 54000 more than 1,000 statuses or 10,000,000 events.';

CREATE AGGREGATE status_clock(status text, at timestamp with time zone, sequence bigint) (
	sfunc = status_clock_accum_sequence, stype = status_clock, sspace = 256, finalfunc = status_clock_final,
	initcond = '{}', combinefunc = status_clock_plus, parallel = safe
);
COMMENT ON AGGREGATE status_clock(text, timestamp with time zone, bigint) IS
'The same with a number that says which of several events at one time came first. Order is time first, then sequence: numbers that go back in time are no error. Errors: 22023 two statuses at the same time with the same number; 22004 sequence NULL; else as status_clock(status, at).';

CREATE AGGREGATE sum(status_clock) (
	sfunc = status_clock_plus, stype = status_clock, sspace = 256, finalfunc = status_clock_final,
	combinefunc = status_clock_plus, parallel = safe
);
COMMENT ON AGGREGATE sum(status_clock) IS
'The events of all clocks as one clock, each event once: bit for bit the clock of all rows. NULLs are ignored; no rows give NULL. Errors: 22023 two statuses at the same time (and sequence number), or some clocks with sequence numbers and some without; 54000 more than 1,000 statuses or 10,000,000 events.';
