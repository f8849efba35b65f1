\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
SET timezone = 'UTC'; SET datestyle = 'ISO, YMD'; SET intervalstyle = 'postgres';
--
-- text form: time, sequence number, status; in any order, each event once; without an event {}
--
SELECT t::status_clock FROM unnest(ARRAY['{}', ' { } ', '{2026-03-02T09:00:00Z "new"}',
  '{ 2026-03-02T09:30:00.500000Z"open" , 2026-03-02T09:00:00Z  "new" }',
  '{2026-03-02T09:00:00Z "new",2026-03-02T09:00:00.000000Z "new"}',
  '{2026-03-02T09:00:00Z#-2"b",2026-03-02T09:00:00Z# -3 "c",2026-03-01T09:00:00Z#9 "a"}',
  '{2024-02-29T23:59:59.999999Z "say \"no\" \\ yes","0001-01-01T00:00:00Z ""}',
  '{2024-02-29T23:59:59.999999Z "say \"no\" \\ yes",0001-01-01T00:00:00Z ""}',
  '{-4713-11-24T00:00:00Z "first",0000-02-29T00:00:00Z "leap",294276-12-31T23:59:59.999999Z "last",'
    '2000-01-01T00:00:00Z "origin",1999-12-31T23:59:59.999999Z "before"}',
  '{2026-03-02T09:00:00Z#9223372036854775807 "high",2026-03-02T09:00:00Z#-9223372036854775808 "low"}']) t
  WHERE pg_temp.error_of(format('SELECT %L::status_clock', t)) = 'no error';
SELECT left(s, 60), pg_temp.error_of(format('SELECT %L::status_clock', s)) FROM unnest(ARRAY['', '{', '{} x', '{,}',
  'new', '{"new"}', '{2026-03-02T09:00:00Z}', '{2026-03-02T09:00:00Z new}', '{2026-03-02T09:00:00Z "new}',
  '{2026-03-02T09:00:00Z "new\"}', '{2026-03-02T09:00:00Z "new\', '{2026-03-02T09:00:00Z "new",}',
  '{2026-03-02T09:00:00Z "new" 2026-03-02T09:30:00Z "open"}', '{2026-03-02 09:00:00Z "new"}',
  '{2026-03-02T09:00:00 "new"}', '{2026-03-02T09:00:00+01 "new"}', '{2026-03-02T09:00Z "new"}', '{now "new"}',
  '{infinity "new"}', '{2026-3-02T09:00:00Z "new"}', '{26-03-02T09:00:00Z "new"}', '{2026-13-02T09:00:00Z "new"}',
  '{2026-00-02T09:00:00Z "new"}', '{2026-02-29T09:00:00Z "new"}', '{2026-04-31T09:00:00Z "new"}',
  '{2026-03-32T09:00:00Z "new"}', '{2026-03-00T09:00:00Z "new"}', '{2026-03-02T24:00:00Z "new"}',
  '{2026-03-02T09:60:00Z "new"}', '{2026-03-02T09:00:60Z "new"}', '{2026-03-02T09:00:00.0000001Z "new"}',
  '{-4713-11-23T23:59:59Z "new"}', '{-4714-11-24T00:00:00Z "new"}', '{294277-01-01T00:00:00Z "new"}',
  '{1000000-01-01T00:00:00Z "new"}', '{2026-03-02T09:00:00Z# "new"}', '{2026-03-02T09:00:00Z#1.5 "new"}',
  '{2026-03-02T09:00:00Z#9223372036854775808 "new"}', '{2026-03-02T09:00:00Z #1 "new"}',
  '{2026-03-02T09:00:00Z#1 "new",2026-03-02T09:30:00Z "open"}',
  '{2026-03-02T09:00:00Z "open",2026-03-02T09:00:00Z "new"}',
  '{2026-03-02T09:00:00Z#1 "open",2026-03-02T09:00:00Z#1 "new"}']) s;
-- format, sequence numbers or not, statuses, events
SELECT encode(status_clock_send(c), 'hex') FROM (VALUES ('{}'::status_clock),
  ('{2000-01-01T00:00:00Z "b",2000-01-01T00:00:01Z "a"}'),
  ('{2000-01-01T00:00:00Z#7 "b",2000-01-01T00:00:00Z#8 "a"}')) v(c);
-- 20 bytes, 4 for the name, 5 for the first event; one a week later takes 4, 7 with microseconds
SELECT pg_column_size('{}'::status_clock), pg_column_size('{2026-03-02T09:00:00Z "new"}'::status_clock),
  pg_column_size('{2026-03-02T09:00:00Z "new",2026-03-09T09:00:00Z "new"}'::status_clock),
  pg_column_size('{2026-03-02T09:00:00Z "new",2026-03-09T09:00:00.000001Z "new"}'::status_clock);
--
-- building: any order, repetitions once, NULL nowhere
--
CREATE TYPE ticket_status AS ENUM ('new', 'open', 'pending', 'solved');
CREATE TABLE ticket (ticket int, status ticket_status, at timestamptz, number int);
INSERT INTO ticket VALUES
  (1, 'solved', '2026-03-03 12:00', 50), (1, 'new', '2026-03-02 09:00', 10), (1, 'open', '2026-03-02 09:30', 20),
  (1, 'pending', '2026-03-02 10:00', 30), (1, 'open', '2026-03-03 10:00', 40), (1, 'open', '2026-03-03 10:00', 40),
  (1, NULL, '2026-03-03 10:00', 41), (1, 'open', NULL, 42), (2, NULL, NULL, NULL);
SELECT ticket, status_clock(status::text, at), status_clock(status::text, at, number) FROM ticket
  GROUP BY ticket ORDER BY ticket;
SELECT status_clock('new', at), status_clock('new', at, 1), sum(c)
  FROM (SELECT NULL::timestamptz AS at, NULL::status_clock AS c WHERE false) none;
SELECT q, pg_temp.error_of('SELECT ' || q) FROM unnest(ARRAY[
  'status_clock(s, ''2026-03-02 09:00'') FROM unnest(''{new,open}''::text[]) s',
  'status_clock(s, ''2026-03-02 09:00'') FROM unnest(''{open,solved,new}''::text[]) s',
  'status_clock(s, ''2026-03-02 09:00'', 5) FROM unnest(''{open,new}''::text[]) s',
  'status_clock(''new'', ''2026-03-02 09:00'', NULL)', 'status_clock(''new'', ''infinity'')',
  'status_clock(''new'', ''-infinity'', 1)',
  'status_clock(''s'' || i, timestamptz ''2026-03-02'' + i * interval ''1 s'') FROM generate_series(0, 1000) i',
  '''{2026-03-02T09:00:00Z "new"}''::status_clock + ''{2026-03-02T09:00:00Z#1 "new"}''',
  '''{2026-03-02T09:00:00Z "new"}''::status_clock + ''{2026-03-02T09:00:00Z "open"}''',
  'sum(c) FROM (VALUES (''{2026-03-02T09:00:00Z#1 "new"}''::status_clock), (''{2026-03-02T09:00:00Z "new"}'')) v(c)',
  'sum(c) FROM (VALUES (''{2026-03-02T09:00:00Z#1 "new"}''::status_clock), (''{}''),
    (''{2026-03-02T09:00:00Z#1 "open"}'')) v(c)']) q;
-- time before sequence: numbers that go back in time are no error; at one time they decide
SELECT status_clock(status, at, number) FROM (VALUES ('open', timestamptz '2026-03-02 09:30', 1),
  ('new', '2026-03-02 09:00', 2), ('solved', '2026-03-02 09:30', 3), ('closed', '2026-03-02 09:30', 4))
  v(status, at, number);
-- outside an aggregate states are copies, and sorted
SELECT status_clock_accum(c, 'a', '2026-03-01'), status_clock_accum_sequence('{}', 'a', '2026-03-01', 7),
  status_clock_accum(NULL, 'a', '2026-03-01'), status_clock_accum_sequence(NULL, 'a', '2026-03-01', 7),
  status_clock_accum_sequence(c, NULL, '2026-03-01', 7), status_clock_final(c), c
  FROM (SELECT '{2026-03-02T09:00:00Z "new"}'::status_clock OFFSET 0) v(c);
-- many: 1,000 statuses, and 100,000 events of one case, backwards
SELECT c = c::text::status_clock, times_in(c, '{s1000,s7,s1001}', '2027-01-01'), status_at(c, '2026-03-02 00:08:20')
  FROM (SELECT status_clock('s' || i, timestamptz '2026-03-02' + i * interval '1 s')
    FROM generate_series(1, 1000) i) v(c);
SELECT time_in(c, '{even}', NULL, '2026-03-01'), times_in(c, '{odd}', '2026-03-01'), pg_column_size(c) / 100000 < 10
  FROM (SELECT status_clock(CASE i % 2 WHEN 0 THEN 'even' ELSE 'odd' END, timestamptz '2026-03-01' - i * interval '1 s')
    FROM generate_series(0, 100000) i) v(c);
--
-- readers, by hand: Monday 09:00 new, 09:30 open, 10:00 pending, Tuesday 10:00 open, 12:00 solved
--
CREATE TABLE clocks AS SELECT ticket, status_clock(status::text, at) AS c,
  'UTC; mon-fri 09:00-17:00'::business_calendar AS office FROM ticket GROUP BY ticket;
SELECT time_in(c, '{new,open}', NULL, '2026-03-10'), time_in(c, '{pending}', NULL, '2026-03-10'),
  time_in(c, '{pending}', office, '2026-03-10'), time_in(c, '{solved}', office, '2026-03-04 09:00'),
  time_in(c, '{new,open}', NULL, '2026-03-02 09:40'), time_in(c, '{hold}', NULL, '2026-03-10'),
  time_in(c, '{}', NULL, '2026-03-10'), time_in(c, '{NULL,open}', NULL, '2026-03-10'),
  time_in(c, '{{new},{open}}', NULL, '2026-03-10') FROM clocks WHERE ticket = 1;
-- hours, never days: 62 days from 2 January on
SELECT time_in('{2026-01-02T00:00:00Z "open"}', '{open}', NULL, '2026-03-05');
SELECT first_time(c, '{open}'), last_time(c, '{open}'), times_in(c, '{open}'), first_time(c, '{pending,open}'),
  last_time(c, '{pending,open}'), times_in(c, '{pending,open}'), first_time(c, '{hold}'), last_time(c, '{}'),
  times_in(c, '{hold}'), last_time(c, '{open}', '2026-03-03 09:59'), times_in(c, '{new}') FROM clocks WHERE ticket = 1;
SELECT at, status_at(c, at), time_in(c, '{new}', NULL, at), times_in(c, '{new}', at), times_in(c, '{open}', at),
  first_time(c, '{open}', at)
  FROM clocks, unnest('{2026-03-02 08:59:59.999999,2026-03-02 09:00,2026-03-02 09:30}'::timestamptz[]) at
  WHERE ticket = 1;
SELECT s.* FROM clocks, clock_spans(c, '2026-03-05') s WHERE ticket = 1;
SELECT s.* FROM clocks, clock_spans(c, '2026-03-02 09:30') s WHERE ticket = 1;
-- promises: running 09:00-10:00 and from Tuesday 10:00 on; Tuesday 15:00 is due if solved does not pause, else never
SELECT p, due_at(c, p, '{pending}', NULL, '2026-03-10'), due_at(c, p, '{pending,solved}', NULL, '2026-03-10'),
  due_at(c, p, '{pending,solved}', office, '2026-03-03 11:00'),
  due_at(c, p, '{pending,solved}', office, '2026-03-02 11:00'),
  promise_kept(c, p, '{solved}', '{pending}', NULL, '2026-03-10'),
  promise_kept(c, p, '{solved}', '{pending}', NULL, '2026-03-03 11:00'),
  promise_kept(c, p, '{solved}', '{pending}', NULL, '2026-03-02 09:30')
  FROM clocks, unnest('{0,30 min,00:59:59.999999,1 hour,01:00:00.000001,3 hours,6 hours,1000 hours}'::interval[]) p
  WHERE ticket = 1;
SELECT due_at(c, '24 hours') = due_at(c, '1 day'), due_at(c, '24 hours'), due_at(c, '1 month'),
  due_at(c, '1 hour', NULL, NULL, NULL), due_at(c, '16 hours', '{}', office), promise_kept(c, '27 hours', '{solved}'),
  promise_kept(c, '27 hours', '{solved}', NULL, NULL, NULL), promise_kept(c, '26:59:59.999999', '{solved}')
  FROM clocks WHERE ticket = 1;
-- the hours decide: at closing time the promise is reached, and no more of it passes until it opens again
SELECT due_at(c, '8 hours', '{}', office, at), promise_kept(c, '8 hours', '{solved}', '{}', office, at),
  promise_kept(c + '{2026-03-02T20:00:00Z "solved"}', '8 hours', '{solved}', '{}', office, at)
  FROM (SELECT '{2026-03-02T09:00:00Z "new"}'::status_clock AS c, office FROM clocks WHERE ticket = 1) v,
    unnest('{2026-03-02 16:00,2026-03-02 21:00,2026-03-03 09:00,2026-03-03 09:00:00.000001}'::timestamptz[]) at;
-- rounds: reopening changes no verdict; the last round is a clock of its own
SELECT promise_kept(c, '2 hours', '{solved}'), last_time(c, '{reopened}'), promise_kept(round, '2 hours', '{solved}')
  FROM (SELECT '{2026-03-02T09:00:00Z "new",2026-03-02T10:00:00Z "solved",2026-03-04T10:00:00Z "reopened",
    2026-03-04T13:00:00Z "solved"}'::status_clock AS c) v, LATERAL (SELECT status_clock(status, start) AS round
    FROM clock_spans(c) WHERE start >= last_time(c, '{reopened}')) r;
-- NULL and empty
SELECT time_in(c, '{new}'), first_time(c, '{new}'), last_time(c, '{new}'), times_in(c, '{new}'), status_at(c, now()),
  due_at(c, '1 hour'), promise_kept(c, '1 hour', '{solved}'), (SELECT count(*) FROM clock_spans(c))
  FROM (VALUES (NULL::status_clock), ('{}'), ('{2100-01-01T00:00:00Z "new"}')) v(c);
SELECT time_in(c, NULL), first_time(c, NULL), last_time(c, NULL), times_in(c, NULL), status_at(c, NULL),
  due_at(c, NULL), promise_kept(c, NULL, '{solved}'), promise_kept(c, '1 hour', NULL) FROM clocks WHERE ticket = 1;
-- now() where as_of is NULL
SELECT time_in(c, '{new}') = time_in(c, '{new}', NULL, now()), times_in(c, '{open}'), times_in(c, '{open}', NULL),
  due_at(c, '100 hours') = now() + interval '99 hours', (SELECT finish = now() AND open FROM clock_spans(c))
  FROM (SELECT status_clock(s, now() + i * interval '1 hour') FROM (VALUES ('new', -1), ('open', 1)) v(s, i)) v(c);
SELECT q, pg_temp.error_of(format('SELECT %s FROM clocks WHERE ticket = 1', q)) FROM unnest(ARRAY[
  'time_in(c, ''{new}'', NULL, ''infinity'')', 'status_at(c, ''-infinity'')', 'times_in(c, ''{new}'', ''infinity'')',
  'clock_spans(c, ''infinity'')', 'due_at(c, ''-1 hour'')', 'promise_kept(c, ''-1 us'', ''{solved}'', ''{}'', office)',
  'due_at(c, ''1 day'', ''{}'', office)', 'promise_kept(c, ''1 month'', ''{solved}'', ''{}'', office)',
  'due_at(c, ''9 hours'', ''{}'', ''UTC; 2026-03-02 09:00-17:00'')', 'due_at(c, ''2562047788 hours'')',
  'time_in(''{-4713-11-24T00:00:00Z "new"}'', ''{new}'', NULL, ''294276-01-01'')',
  'time_in(''{-4713-11-24T00:00:00Z "new"}'', ''{new}'', office, ''2026-01-01'')']) q;
-- the longest times there are; with and without a calendar
SELECT time_in('{0001-01-03T00:00:00Z "new"}', '{new}', 'UTC; mon-sun 00:00-24:00', '9999-12-31'),
  time_in('{0001-01-03T00:00:00Z "new"}', '{new}', NULL, '9999-12-31');
--
-- readers against a model in plain SQL, on random logs: coarse times that collide, updates that
-- repeat the status, events that come twice, sequence numbers that go back in time
--
CREATE FUNCTION pg_temp.pick(key text, below int) RETURNS int LANGUAGE sql IMMUTABLE AS
  'SELECT (hashtextextended($1, 0) & 1073741823)::int % $2';
CREATE TABLE clock_case AS
SELECT n,
  ARRAY(SELECT s FROM unnest('{new,open,pending,hold,solved}'::text[]) s WHERE pg_temp.pick('in' || s || n, 3) = 0)
    AS statuses,
  ARRAY(SELECT s FROM unnest('{pending,hold,solved,other}'::text[]) s WHERE pg_temp.pick('pause' || s || n, 2) = 0)
    AS pauses,
  ARRAY(SELECT s FROM unnest('{solved,hold}'::text[]) s WHERE pg_temp.pick('done' || s || n, 3) > 0) AS done,
  (ARRAY[NULL, 'UTC; mon-fri 09:00-17:00', 'Europe/Berlin; mon-sun 00:00-24:00',
    'America/New_York; mon-fri 08:30-12:00, 13:00-17:30; sat 10:00-14:00; 2026-03-16 closed']::business_calendar[])
    [1 + pg_temp.pick('calendar' || n, 4)] AS calendar,
  (interval '1 hour' * pg_temp.pick('promise' || n, 30)) AS promise,
  timestamptz '2026-03-07 00:00Z' + interval '10 min' * pg_temp.pick('as_of' || n, 5000) AS as_of
FROM generate_series(1, 1000) n;
CREATE TABLE clock_event AS
SELECT n, (ARRAY['new', 'open', 'pending', 'hold', 'solved'])[1 + pg_temp.pick('s' || k || '/' || n, 5)] AS status,
  timestamptz '2026-03-07 00:00Z' + interval '1 hour' * pg_temp.pick('t' || k || '/' || n, 24 * (1 + n % 30))
    + interval '1 us' * CASE WHEN n % 3 = 0 THEN pg_temp.pick('u' || k || '/' || n, 1000000000) ELSE 0 END AS at,
  k % 7 * 10 - k + 10 AS sequence, twice
FROM clock_case, generate_series(1, 1 + n % 14) k,
  generate_series(1, 1 + pg_temp.pick('twice' || k || '/' || n, 8) / 7) twice;
CREATE FUNCTION pg_temp.hours(interval) RETURNS interval LANGUAGE sql IMMUTABLE AS
  $$SELECT interval '1 us' * (extract(epoch FROM $1) * 1000000)::float8$$;
-- the model: a row for each span, the open time in it, and the running time until its end
CREATE TEMP VIEW clock_model AS
SELECT *, sum(CASE WHEN status = ANY(pauses) THEN '0' ELSE time END) OVER (PARTITION BY n ORDER BY start, sequence)
    AS running
FROM (SELECT *, CASE WHEN calendar IS NULL THEN pg_temp.hours(finish - start)
    ELSE business_time(calendar, start, finish) END AS time
  FROM (SELECT c.*, e.status, e.sequence, e.at AS start, lead(e.at, 1, as_of) OVER w AS finish,
      lag(e.status) OVER w AS before, lead(e.at) OVER w IS NULL AS open
    FROM clock_case c JOIN (SELECT DISTINCT n, status, at, sequence FROM clock_event) e ON e.n = c.n AND e.at <= as_of
    WINDOW w AS (PARTITION BY c.n ORDER BY e.at, e.sequence)) e) e;
CREATE TEMP VIEW clock_truth AS
SELECT n, sum(CASE WHEN status = ANY(statuses) THEN time ELSE '0' END) AS time_in,
  min(start) FILTER (WHERE entered) AS first_time, max(start) FILTER (WHERE entered) AS last_time,
  count(*) FILTER (WHERE entered) AS times_in, (array_agg(status ORDER BY start, sequence))[count(*)] AS status_at,
  min(start) AS began, max(running) AS running, bool_or(open AND status = ANY(pauses)) AS paused,
  (array_agg(running - CASE WHEN status = ANY(pauses) THEN '0' ELSE time END ORDER BY start, sequence)
    FILTER (WHERE status = ANY(done)))[1] AS until_done,
  array_agg((status, start, finish, open)::text ORDER BY start, sequence) AS spans
FROM (SELECT *, status = ANY(statuses) AND NOT coalesce(before = ANY(statuses), false) AS entered FROM clock_model) m
GROUP BY n;
CREATE TABLE clock AS
SELECT n, status_clock(status, at, sequence ORDER BY pg_temp.pick(status || at || sequence, 10000)) AS clock
FROM clock_event GROUP BY n;
CREATE VIEW clock_read AS
SELECT c.*, k.clock, time_in(clock, statuses, calendar, as_of), first_time(clock, statuses, as_of),
  last_time(clock, statuses, as_of), times_in(clock, statuses, as_of), status_at(clock, as_of),
  due_at(clock, promise, pauses, calendar, as_of),
  promise_kept(clock, promise, done, pauses, calendar, as_of),
  ARRAY(SELECT s::text FROM clock_spans(clock, as_of) s) AS spans
FROM clock_case c JOIN clock k USING (n);
-- cases, with an event by as_of, due, judged, kept; then how many readers differ
SELECT count(*), count(t.n), count(r.due_at), count(r.promise_kept), count(*) FILTER (WHERE r.promise_kept),
  count(*) FILTER (WHERE r.time_in IS DISTINCT FROM t.time_in) AS time_in,
  count(*) FILTER (WHERE r.first_time IS DISTINCT FROM t.first_time) AS first_time,
  count(*) FILTER (WHERE r.last_time IS DISTINCT FROM t.last_time) AS last_time,
  count(*) FILTER (WHERE r.times_in IS DISTINCT FROM t.times_in) AS times_in,
  count(*) FILTER (WHERE r.status_at IS DISTINCT FROM t.status_at) AS status_at,
  count(*) FILTER (WHERE r.spans IS DISTINCT FROM coalesce(t.spans, '{}')) AS spans,
  count(*) FILTER (WHERE r.promise_kept IS DISTINCT FROM
    CASE WHEN until_done IS NOT NULL THEN until_done <= promise WHEN running > promise THEN false END) AS kept_wrong,
  count(*) FILTER (WHERE (due_at IS NULL) IS DISTINCT FROM (t.n IS NULL OR paused AND running < promise)) AS due_null
FROM clock_read r LEFT JOIN clock_truth t USING (n);
-- due_at is the first instant by which the running time is the promise: at it, and not a microsecond before,
-- if the case runs on as it is
CREATE FUNCTION pg_temp.running(of int, until timestamptz) RETURNS interval LANGUAGE sql AS $$
  SELECT coalesce(sum(CASE WHEN calendar IS NULL THEN pg_temp.hours(finish - start)
    ELSE business_time(calendar, start, finish) END), '0')
  FROM (SELECT calendar, pauses, status, at AS start,
      least(until, lead(at, 1, 'infinity') OVER (ORDER BY at, sequence)) AS finish
    FROM clock_case JOIN (SELECT DISTINCT n, status, at, sequence FROM clock_event WHERE n = of) e USING (n)
    WHERE at <= as_of) s
  WHERE start < until AND NOT status = ANY(pauses)
$$;
SELECT count(*), count(*) FILTER (WHERE pg_temp.running(n, due_at) = promise) AS reached,
  count(*) FILTER (WHERE pg_temp.running(n, due_at - interval '1 us') < promise
    OR promise = '0' AND due_at = began) AS not_before
FROM clock_read JOIN clock_truth USING (n) WHERE due_at IS NOT NULL;
-- a verdict is that of time_in out of the pauses when it was first done, else as of now; it is broken only when due
-- before, and kept whenever due later or not at all
SELECT count(*), count(*) FILTER (WHERE promise_kept = (time_in(clock, running, calendar, judged) <= promise)),
  count(*) FILTER (WHERE NOT promise_kept AND coalesce(due >= judged, true)),
  count(*) FILTER (WHERE NOT promise_kept), count(*) FILTER (WHERE NOT promise_kept AND due < judged)
FROM (SELECT *, due_at(clock, promise, pauses, calendar, judged) AS due
  FROM (SELECT *, coalesce(first_time(clock, done, as_of), as_of) AS judged,
      ARRAY(SELECT unnest('{new,open,pending,hold,solved}'::text[]) EXCEPT SELECT unnest(pauses)) AS running
    FROM clock_read) r) r
WHERE promise_kept IS NOT NULL;
--
-- the bytes do not depend on order, workers and merging
--
CREATE TABLE clock_sorted AS
SELECT n, status_clock_send(status_clock(status, at, sequence ORDER BY at DESC, sequence)) AS bytes
  FROM clock_event GROUP BY n;
CREATE TABLE clock_split AS SELECT n, status_clock_send(sum(part ORDER BY p DESC)) AS bytes
  FROM (SELECT n, pg_temp.pick(n || status || sequence, 4) AS p, status_clock(status, at, sequence) AS part
    FROM clock_event GROUP BY 1, 2) s GROUP BY n;
SET parallel_setup_cost = 0; SET parallel_tuple_cost = 0; SET min_parallel_table_scan_size = 0;
ALTER TABLE clock_event SET (parallel_workers = 4);
EXPLAIN (COSTS OFF) SELECT n, status_clock(status, at, sequence) FROM clock_event GROUP BY n;
CREATE TABLE clock_parallel AS
SELECT n, status_clock_send(status_clock(status, at, sequence)) AS bytes FROM clock_event GROUP BY n;
SELECT count(*), count(*) FILTER (WHERE s.bytes = b AND m.bytes = b AND p.bytes = b)
  FROM (SELECT n, status_clock_send(clock) AS b FROM clock) c
  JOIN clock_sorted s USING (n) JOIN clock_split m USING (n) JOIN clock_parallel p USING (n);
SELECT count(*) FROM clock WHERE clock = clock::text::status_clock AND clock + clock = clock AND clock + '{}' = clock;
-- a contradiction is found by whatever way, with the same words
CREATE TABLE clash AS
SELECT i % 3 AS n, (ARRAY['open', 'new', 'solved'])[1 + i % 3] AS status, timestamptz '2026-03-02 09:00' AS at
  FROM generate_series(1, 300) i;
ALTER TABLE clash SET (parallel_workers = 4);
SELECT q, pg_temp.error_of(q) FROM unnest(ARRAY['SELECT status_clock(status, at) FROM clash',
  'SELECT status_clock(status, at ORDER BY status DESC) FROM clash',
  'SELECT sum(c) FROM (SELECT status_clock(status, at) AS c FROM clash GROUP BY n) s',
  'SELECT sum(c ORDER BY n DESC) FROM (SELECT n, status_clock(status, at) AS c FROM clash GROUP BY n) s']) q;
SELECT n, status_clock(status, at) FROM clash GROUP BY n ORDER BY n;
RESET parallel_setup_cost; RESET parallel_tuple_cost; RESET min_parallel_table_scan_size;
--
-- windows, operators, DISTINCT, indexes
--
SELECT at, time_in(status_clock(status::text, at) OVER (ORDER BY at), '{open}', NULL, at)
  FROM ticket WHERE ticket = 1 AND at IS NOT NULL AND status IS NOT NULL ORDER BY at;
SELECT a = b, a <> b, a < b OR a > b, a <= b AND a >= b, status_clock_cmp(a, b) = 0,
  status_clock_hash(a) = status_clock_hash(b), status_clock_hash_extended(a, 7) = status_clock_hash_extended(b, 7)
  FROM (VALUES
    ('{2026-03-02T09:00:00Z "new"}'::status_clock,
      '{2026-03-02T09:00:00Z "new",2026-03-02T09:00:00Z "new"}'::status_clock),
    ('{2026-03-02T09:00:00Z "new"}', '{2026-03-02T09:00:00Z "open"}'),
    ('{2026-03-02T09:00:00Z "new"}', '{2026-03-02T09:00:00Z#0 "new"}'),
    ('{}', '{2026-03-02T09:00:00Z "new"}'), ('{}', '{}')) v(a, b);
SELECT count(DISTINCT clock), count(*) FROM clock;
CREATE UNIQUE INDEX ON clock (clock);
SELECT count(*) FROM clock a JOIN clock b USING (clock);
SET client_min_messages = warning;
DROP TABLE clock_case, clock_event, clock CASCADE;
DROP TABLE ticket, clocks, clock_sorted, clock_split, clock_parallel, clash;
DROP TYPE ticket_status;
