\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
-- scan: the same answers with the scan and without it, and when it is used.
--
-- Every answer is compared with that of the plain plan; a few are derived by hand.
LOAD 'recovery_kpi';
SHOW recovery_kpi.scan;
CREATE SCHEMA scan_test;
SET search_path = scan_test, public;
-- a warning about low scores names the first group that has them
SET client_min_messages = error;

-- The answer of a query as text, its rows in order; or its error.
CREATE FUNCTION answer_of(query text, OUT answer text) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SELECT coalesce(string_agg(q::text, '' '' ORDER BY q::text COLLATE "C"), ''no rows'')
		FROM (%s) AS q', query) INTO answer;
EXCEPTION WHEN OTHERS THEN
	answer := SQLSTATE || ' ' || SQLERRM;
END $$;

-- Is the scan in the plan of a query?
CREATE FUNCTION scanned(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	line text;
	found_it boolean := false;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS off) ' || query LOOP
		found_it := found_it OR line LIKE '%Custom Scan (KpiScan)%';
	END LOOP;
	RETURN found_it;
END $$;

-- 'scan' or 'plain', and whether the answer is that of the plain plan.
CREATE FUNCTION compare(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	way text;
	with_scan text;
	without_scan text;
BEGIN
	way := CASE WHEN scanned(query) THEN 'scan' ELSE 'plain' END;
	with_scan := answer_of(query);
	PERFORM set_config('recovery_kpi.scan', 'off', true);
	without_scan := answer_of(query);
	PERFORM set_config('recovery_kpi.scan', 'on', true);
	RETURN CASE WHEN with_scan IS NOT DISTINCT FROM without_scan THEN way || ', same'
		ELSE format('%s: %s <> %s', way, with_scan, without_scan) END;
END $$;

CREATE TYPE scan_mood AS ENUM ('calm', 'angry');
CREATE TABLE answers (
	id integer PRIMARY KEY,
	score integer,
	small smallint,
	half double precision,
	csat smallint,
	easy integer,
	yes boolean,
	related boolean,
	contacts integer,
	at timestamptz,
	day date,
	channel text,
	shop varchar(10),
	mood scan_mood,
	branch uuid,
	price numeric
);
INSERT INTO answers
SELECT i, CASE WHEN i % 11 > 0 THEN i % 7 + i % 5 END, (i % 11)::smallint, i % 10, (1 + i % 5)::smallint, 1 + i % 7,
	i % 3 > 0,
	i % 4 > 0, 1 + i % 3, timestamptz '2026-01-01 00:00+00' + i * interval '7 hours', date '2026-01-01' + i % 90,
	CASE WHEN i % 13 > 0 THEN (ARRAY['web', 'phone', 'store', 'a longer channel'])[1 + i % 4] END, 'shop ' || i % 3,
	CASE WHEN i % 2 = 0 THEN 'calm' ELSE 'angry' END::scan_mood, md5((i % 3)::text)::uuid, i % 4
FROM generate_series(1, 600) AS i;
VACUUM ANALYZE answers;

-- the plan; and by hand, 2 promoters and 2 detractors
EXPLAIN (COSTS off)
SELECT channel, nps(score) FROM answers WHERE yes GROUP BY channel HAVING count(*) > 3;
CREATE TABLE five (score integer);
INSERT INTO five VALUES (9), (10), (8), (3), (6), (NULL);
SELECT nps(score), nps_tally(score), count(*), count(score) FROM five;
SELECT score > 7 AS high, scanned('SELECT nps(score) FROM five') FROM five WHERE score = 9;

-- keys, aggregates, conditions: a small grammar
CREATE TABLE outcome AS
SELECT key, aggregate, condition, compare(format('SELECT %s %s FROM answers %s %s', key || ', ', aggregate, condition,
	'GROUP BY ' || key)) AS compared
FROM unnest(ARRAY['channel', 'shop', 'mood', 'branch', 'yes', 'small', 'day', 'at', 'id % 2', 'price', 'half',
	'channel, mood',
		$$period_start('month', at, 'Europe/Berlin')$$, $$period_start('week', day)$$,
		$$period_start('year', day, 'UTC')$$,
		$$period_start('month', at, 'UTC'), channel$$, 'day, channel, shop, related']) AS key,
	unnest(ARRAY['nps(score)', 'nps(small), csat(csat), count(*)', 'nps_interval(half)', 'fcr(contacts)',
	'crs(yes, related)',
		'rate(yes) FILTER (WHERE related), count(score)', 'tally(score, 0, 10), nps_tally(score)',
		'csat(csat, 1, 5, 4)',
		'ces(easy), ces_easy(easy), crs(csat, related)', 'resolution_quality(half, score)']) AS aggregate,
	unnest(ARRAY['', 'WHERE score > 4', $$WHERE channel = 'web' OR yes$$, 'WHERE id < 0']) AS condition;
SELECT key, count(*), string_agg(DISTINCT compared,
	'; ') AS compared FROM outcome GROUP BY key ORDER BY key COLLATE "C";

-- what the scan leaves to the plain plan
SELECT what, compare(query) FROM (VALUES
	('an aggregate of its own', 'SELECT avg(score) FROM answers'),
	('another aggregate too', 'SELECT nps(score), sum(id) FROM answers'),
	('DISTINCT', 'SELECT nps(DISTINCT score) FROM answers'),
	('ORDER BY', 'SELECT nps(score ORDER BY id) FROM answers'),
	('two tables', 'SELECT nps(a.score) FROM answers AS a JOIN five AS f ON f.score = a.score'),
	('grouping sets', 'SELECT channel, nps(score) FROM answers GROUP BY ROLLUP (channel)'),
	('a volatile condition', 'SELECT nps(score) FROM answers WHERE random() < 2'),
	('a system column', $$SELECT nps(score) FROM answers WHERE ctid <> '(0,1)'$$),
	('a sample', 'SELECT nps(score) FROM answers TABLESAMPLE bernoulli (100)'),
	('a window', 'SELECT nps(score) OVER (ORDER BY id) FROM answers'),
	('a scale that is not known', 'SELECT tally(score, 0, 10 + id - id) FROM answers'),
	('no table', 'SELECT nps(i) FROM generate_series(1, 9) AS i'),
	('a system table', 'SELECT nps(relnatts - relnatts) FROM pg_class'),
	('few rows by an index', 'SELECT nps(score) FROM answers WHERE id = 7')) AS q(what, query);

-- errors are those of the plain plan
SELECT compare(query) FROM unnest(ARRAY['SELECT nps(score + 5) FROM answers', 'SELECT nps(half / 4) FROM answers',
	'SELECT csat(small) FROM answers', 'SELECT fcr(contacts - 1) FROM answers',
	'SELECT tally(score, 10, 0) FROM answers',
	'SELECT channel, nps(1 / (id - 300)) FROM answers GROUP BY channel', 'SELECT tally(score, 0, NULL) FROM answers',
	$$SELECT period_start('month', at, 'Nowhere'), nps(score) FROM answers GROUP BY 1$$,
	$$SELECT channel, nps(score) FROM answers GROUP BY channel HAVING 1 / (count(*) - count(*)) > 0$$]) AS query;
SELECT nps(score + 5) FROM answers;

-- the first error is that of the first row, though a page is counted column by column
CREATE TABLE wrong (a integer, b integer, at timestamptz);
INSERT INTO wrong VALUES (5, 3, '2026-01-01'), (5, 7, '2026-01-01'), (12, 3, '2026-01-01'), (4, 0, '0044-03-15 BC');
SELECT nps(a), csat(b) FROM wrong;
SELECT compare(query) FROM unnest(ARRAY['SELECT nps(a), csat(b) FROM wrong', 'SELECT csat(b), nps(a) FROM wrong',
	'SELECT nps(a), csat(b) FROM wrong WHERE b <> 7', 'SELECT nps(a), csat(b) FILTER (WHERE a = 5) FROM wrong',
	$$SELECT period_start('month', at, 'UTC'), nps(a) FROM wrong GROUP BY 1$$,
	$$SELECT period_start('month', at, 'UTC'), nps(a) FROM wrong WHERE a < 6 GROUP BY 1$$,
	'SELECT nps(a) FROM wrong WHERE a < 6', 'SELECT nps(a) FROM wrong WHERE a > 1 / (SELECT 0)',
	'SELECT nps(a) FROM wrong WHERE b > 9 AND a > 1 / (SELECT 0)']) AS query;

-- conditions in all forms, at the edges of the numbers
SELECT condition, compare(format('SELECT channel, nps(score), count(1), count(*) FILTER (WHERE %1$s) FROM answers
	WHERE %1$s GROUP BY 1', condition))
FROM unnest(ARRAY['score < -2147483648', 'score >= -2147483648', 'small <= 9223372036854775807', '3 > score',
	'3 <= small', 'score IN (1, 2, NULL)', $$score = ANY ('{}'::integer[])$$, 'score NOT IN (1, 2)',
	$$channel IN ('web', 'a longer channel', '')$$, $$shop <> 'shop 1'$$, $$'web' = channel$$, $$channel <> ''$$,
	$$day = ANY ('{2026-01-05,2026-02-01}')$$, 'at < now()', $$at >= now() - interval '1000 years'$$,
	'channel = current_user', 'score = nullif(length(current_user), length(current_user))', 'score IS NULL',
	'channel IS NOT NULL', 'NOT yes', 'yes', 'score = (SELECT 5)', 'score > 3 AND score <= 8 AND related',
	$$mood = 'calm'$$, 'price > 2']) AS condition;

-- periods at the ends of time, and more of them than are remembered; keys of all lengths
CREATE TABLE times (at timestamptz, day date, key text, score integer);
INSERT INTO times SELECT timestamptz '2026-01-01 00:00+00' + i * interval '37 hours', date '2026-01-01' + i,
	left('abcdefghijklm', abs(i) % 14), abs(i) % 11 FROM generate_series(-600, 600) AS i;
INSERT INTO times SELECT at, at, repeat('e', 9) || right(at::text, 2), 10 FROM unnest(ARRAY['infinity', '-infinity',
	'0001-01-02 00:00+00', '0003-12-31 00:00+00', '9999-12-31 00:00+00', '10000-01-01 00:00+00',
	'290000-01-01 00:00+00', NULL]::timestamptz[]) AS at;
ANALYZE times;
SELECT key, compare(format('SELECT %s AS key, nps_tally(score), count(*) FROM times GROUP BY 1', key))
FROM unnest(ARRAY['key', 'at', $$period_start('day', at, 'Europe/Berlin')$$,
	$$period_start('week', at, 'America/St_Johns')$$, $$period_start('month', at, 'UTC')$$,
	$$period_start('day', day)$$, $$period_start('month', day)$$, $$period_start('year', day, 'UTC')$$]) AS key;

-- columns that were dropped, and added with a default
CREATE TABLE altered (gone text, a integer);
INSERT INTO altered SELECT 'x', i FROM generate_series(1, 20) AS i;
ALTER TABLE altered DROP gone, ADD score integer DEFAULT 9, ADD channel text DEFAULT 'by default', ADD late boolean;
INSERT INTO altered SELECT i, 3, 'web', true FROM generate_series(1, 10) AS i;
-- 20 promoters, 10 detractors
SELECT nps_tally(score), rate_tally(late) FROM altered;
SELECT compare('SELECT channel, nps(score), rate(late) FROM altered GROUP BY 1'),
	compare('SELECT channel, nps(score), rate(late) FROM altered WHERE a > 3 GROUP BY 1');

-- keys that are compressed, and outside of the row
CREATE TABLE stored (key text, score integer);
ALTER TABLE stored ALTER key SET STORAGE external;
INSERT INTO stored SELECT repeat('k' || i % 3, 3000), i % 11 FROM generate_series(1, 60) AS i;
ALTER TABLE stored ALTER key SET STORAGE extended;
INSERT INTO stored SELECT repeat('k' || i % 3, 3000), i % 11 FROM generate_series(1, 60) AS i;
SELECT count(DISTINCT pg_column_size(key)) AS forms FROM stored;
SELECT compare('SELECT key, nps(score) FROM stored GROUP BY key');

-- seventy columns: what is NULL in front of a column, and how long the others are, moves it; each as a key, by pages
-- and row by row (resolution_quality takes two columns)
DO $do$ BEGIN EXECUTE (SELECT format('CREATE TABLE columns AS SELECT %s FROM generate_series(1, 300) AS i', string_agg(
	format(
		'CASE WHEN (i * 31 + %1$s * 17 + i * %1$s / 5) %% 9 > 0 THEN %2$s END AS c%1$s', n, CASE n % 10
			WHEN 0 THEN format('((i + %s) %% 11)::smallint', n) WHEN 1 THEN format('(i * 3 + %s) %% 11', n)
			WHEN 2 THEN format('repeat(''x'', (i + %s) %% 13)', n) WHEN 3 THEN 'i % 2 = 0'
			WHEN 4 THEN format('(i + %s)::bigint * 10000000000', n % 7) WHEN 5 THEN '''a name''::name'
			WHEN 6 THEN format('date ''2026-01-01'' + (i + %s) %% 9', n) WHEN 7 THEN '(i % 5)::numeric / 3'
			WHEN 8 THEN '''x''::"char"' ELSE format('md5((i %% 4 + %s)::text)::uuid', n) END), ', ' ORDER BY n))
	FROM generate_series(1, 70) AS n); END $do$;
ANALYZE columns;
SELECT result, count(*) FROM generate_series(1, 70) AS n,
	unnest('{nps(c61),"nps(c1), resolution_quality(c70, c51)"}'::text[]) AS kpi,
	unnest('{true,c64 > 20000000000,c9 IS NULL}'::text[]) AS condition,
	compare(format('SELECT c%s, count(*), %s FROM columns WHERE %s GROUP BY 1', n, kpi, condition)) AS result
	WHERE n % 10 NOT IN (5, 7) GROUP BY 1 ORDER BY 1;
SELECT left(key, 4) AS key, length(key), count FROM (SELECT key, count(*),
	nps(score) FROM stored GROUP BY key) AS q ORDER BY 1;

-- old versions of rows; a transaction sees its own, and what a savepoint took back is gone
CREATE TABLE old (id integer PRIMARY KEY, score integer) WITH (fillfactor = 50, autovacuum_enabled = off);
INSERT INTO old SELECT i, i % 11 FROM generate_series(1, 300) AS i;
UPDATE old SET score = 10 - score WHERE id % 2 = 0;
DELETE FROM old WHERE id % 5 = 0;
BEGIN;
INSERT INTO old SELECT i, 10 FROM generate_series(301, 310) AS i;
SAVEPOINT s;
UPDATE old SET score = 0;
SELECT nps(score), compare('SELECT nps_tally(score) FROM old') FROM old;
ROLLBACK TO s;
SELECT compare('SELECT score, nps_tally(score) FROM old GROUP BY score');
DECLARE c CURSOR FOR SELECT nps_tally(score), count(*) FROM old GROUP BY score ORDER BY score;
DELETE FROM old;
FETCH 2 FROM c;
SELECT nps(score), count(*) FROM old;
FETCH 1 FROM c;
COMMIT;
INSERT INTO old SELECT 1000 + score, 9 FROM (SELECT count(*)::integer AS score, nps(score) FROM old) AS q;
SELECT nps_tally(score) FROM old;

-- prepared: with a generic plan, and planned anew after ALTER TABLE
PREPARE p (text) AS SELECT channel, nps(score) FROM answers WHERE channel = $1 GROUP BY channel;
SET plan_cache_mode = force_generic_plan;
EXPLAIN (COSTS off) EXECUTE p ('web');
EXECUTE p ('web');
EXECUTE p ('phone');
ALTER TABLE answers ALTER score TYPE smallint;
EXECUTE p ('web');
SET recovery_kpi.scan = off;
EXECUTE p ('web');
DISCARD PLANS;
EXECUTE p ('web');
RESET recovery_kpi.scan;
RESET plan_cache_mode;
ALTER TABLE answers ALTER score TYPE integer;

-- PL/pgSQL, a correlated subquery, and one that runs again
DO $$
DECLARE
	figures double precision[] := '{}';
	figure double precision;
BEGIN
	FOR i IN 1 .. 3 LOOP
		SELECT nps(score) INTO figure FROM answers WHERE id % 3 = i - 1 AND yes;
		figures := figures || round(figure::numeric, 3)::double precision;
	END LOOP;
	RAISE INFO '%', figures;
END $$;
SELECT compare('SELECT c, (SELECT nps(score) FROM answers WHERE id % 5 = c) FROM generate_series(0, 9) AS c'),
	compare('SELECT c, q.* FROM generate_series(0, 3) AS c, LATERAL (SELECT channel, nps(score)
		FROM answers WHERE id % 3 = c GROUP BY channel) AS q'),
	compare('SELECT channel, nps(score) FROM answers WHERE id IN (SELECT max(id) - 1 FROM answers) GROUP BY 1'),
	compare('SELECT channel, nps(score) FROM answers WHERE score > (SELECT min(score) FROM answers) GROUP BY 1'),
	compare('SELECT channel || 1, 2 * nps(score) FROM answers GROUP BY channel'),
	compare('SELECT id, channel, nps(score) FROM answers GROUP BY id'),
	compare('SELECT nps(score) FROM answers WHERE channel = ''none'' GROUP BY channel'),
	compare('SELECT nps(score) FROM answers WHERE channel = ''web'' GROUP BY channel, channel, mood');

-- row-level security: the policy comes first, whoever writes the condition
CREATE ROLE scan_reader;
ALTER TABLE answers ENABLE ROW LEVEL SECURITY;
CREATE POLICY web ON answers TO scan_reader USING (channel = 'web');
GRANT USAGE ON SCHEMA scan_test TO scan_reader;
GRANT SELECT ON answers TO scan_reader;
CREATE FUNCTION peep(text) RETURNS boolean LANGUAGE plpgsql COST 0.0001 AS $$
BEGIN
	IF $1 <> 'web' THEN RAISE INFO 'saw %', $1; END IF;
	RETURN true;
END $$;
ALTER FUNCTION peep STABLE;
SET ROLE scan_reader;
EXPLAIN (COSTS off) SELECT channel, count(*), nps(score) FROM answers WHERE peep(channel) GROUP BY channel;
SELECT channel, count(*), nps(score) FROM answers WHERE peep(channel) GROUP BY channel;
RESET ROLE;
-- nor does it give rights to aggregates
REVOKE EXECUTE ON FUNCTION nps(integer) FROM public;
SET ROLE scan_reader;
SELECT nps(score) FROM answers;
RESET ROLE;
GRANT EXECUTE ON FUNCTION nps(integer) TO public;
ALTER TABLE answers DISABLE ROW LEVEL SECURITY;
REVOKE ALL ON answers FROM scan_reader;
REVOKE ALL ON SCHEMA scan_test FROM scan_reader;
DROP POLICY web ON answers;
DROP ROLE scan_reader;

-- isolation levels
BEGIN ISOLATION LEVEL SERIALIZABLE;
SELECT compare('SELECT channel, nps(score) FROM answers GROUP BY 1');
COMMIT;
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SELECT compare('SELECT channel, nps(score) FROM answers GROUP BY 1');
COMMIT;

-- partitions: columns in another order, an empty one, two levels; inheritance
CREATE TABLE parts (at date, channel text, score integer, note text) PARTITION BY RANGE (at);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM ('2026-01-01') TO ('2026-02-01');
CREATE TABLE parts_2 (gone integer, score integer, note text, channel text, at date);
ALTER TABLE parts_2 DROP gone;
ALTER TABLE parts ATTACH PARTITION parts_2 FOR VALUES FROM ('2026-02-01') TO ('2026-03-01');
CREATE TABLE parts_3 PARTITION OF parts FOR VALUES FROM ('2026-03-01') TO ('2026-05-01') PARTITION BY LIST (channel);
CREATE TABLE parts_31 PARTITION OF parts_3 FOR VALUES IN ('web', 'phone');
CREATE TABLE parts_32 PARTITION OF parts_3 DEFAULT;
CREATE TABLE parts_4 PARTITION OF parts DEFAULT;
INSERT INTO parts SELECT day, channel, score, 'x' FROM answers;
ANALYZE parts;
EXPLAIN (COSTS off) SELECT channel, nps(score) FROM parts WHERE at < '2026-03-05' GROUP BY channel;
SELECT compare(query) FROM unnest(ARRAY['SELECT channel, nps(score), count(*) FROM parts GROUP BY 1',
	'SELECT nps(score) FROM parts',
	$$SELECT period_start('month', at), channel, nps(score) FROM parts GROUP BY 1, 2$$,
	$$SELECT nps(score) FROM parts WHERE at >= '2026-02-10' AND at < '2026-02-20' AND channel <> 'web'$$,
	$$SELECT nps(score) FROM parts WHERE at > now()$$, $$SELECT nps(score) FROM parts WHERE channel = current_user$$,
	'SELECT nps(score) FROM parts WHERE score > (SELECT 4)', 'SELECT nps(score) FROM parts_3']) AS query;
-- of many partitions not all keep their room; they are read again for each outer row
CREATE TABLE lots (key integer, channel text, score integer) PARTITION BY LIST (key);
SELECT format('CREATE TABLE lots_%s PARTITION OF lots FOR VALUES IN (%s)', i, i) FROM generate_series(0, 11) AS i \gexec
INSERT INTO lots SELECT i % 12, 'channel ' || i % 5, i % 11 FROM generate_series(1, 600) AS i;
SELECT compare('SELECT key, channel, nps_tally(score) FROM lots GROUP BY 1, 2'),
	compare('SELECT g, q.* FROM generate_series(1, 3) AS g, LATERAL (SELECT channel, nps_tally(score) FROM lots
		WHERE score > g GROUP BY 1) AS q');
CREATE TABLE parent (score integer);
CREATE TABLE child (extra text) INHERITS (parent);
INSERT INTO parent VALUES (9), (1);
INSERT INTO child VALUES (10, 'x');
SELECT compare('SELECT nps(score), nps_tally(score) FROM parent'),
	compare('SELECT nps_tally(score) FROM ONLY parent');

-- more groups than memory has room for: several passes, the same answer
CREATE FUNCTION passes(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan jsonb;
BEGIN
	EXECUTE 'EXPLAIN (ANALYZE, COSTS off, FORMAT json) ' || query INTO plan;
	RETURN format('%s, groups %s',
	CASE WHEN (plan #>> '{0,Plan,Passes}')::integer > 2 THEN 'passes' ELSE plan::text END,
		plan #>> '{0,Plan,Groups}');
END $$;
CREATE TABLE many (id integer, key integer, score integer) WITH (autovacuum_enabled = off);
INSERT INTO many SELECT i, 0, i % 11 FROM generate_series(1, 6000) AS i;
-- the planner knows of one group
ANALYZE many;
UPDATE many SET key = id % 2000;
SET work_mem = '64kB';
SET hash_mem_multiplier = 1;
SELECT passes('SELECT key, nps(score) FROM many GROUP BY key') LIKE 'passes%' AS passes;
SELECT compare('SELECT key, nps_tally(score) FROM many GROUP BY key'),
	compare('SELECT key, nps(score + 1) FROM many GROUP BY key');
RESET work_mem;
RESET hash_mem_multiplier;

-- parallel: the workers' states are merged
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
EXPLAIN (COSTS off) SELECT channel, nps(score) FROM answers GROUP BY channel;
SELECT compare(query) FROM unnest(ARRAY[
	'SELECT channel, nps(score), nps_interval(score), count(*) FROM answers GROUP BY 1',
	'SELECT nps(score), count(*), tally(score, 0, 10) FROM answers',
	'SELECT tally(score, 0, 10), rate(yes) FROM answers',
	$$SELECT period_start('month', at, 'UTC')::text, channel, nps(score) FROM answers WHERE yes
		GROUP BY period_start('month', at, 'UTC'), channel HAVING count(*) > 1$$,
	'SELECT channel, nps(score) FROM parts GROUP BY 1', 'SELECT tally(score, 0, 10) FROM answers WHERE id < 0',
	'SELECT key, nps_tally(score) FROM many GROUP BY key']) AS query;
SET work_mem = '64kB';
SET hash_mem_multiplier = 1;
SELECT compare('SELECT key, nps_tally(score) FROM many GROUP BY key');
RESET work_mem;
RESET hash_mem_multiplier;
RESET max_parallel_workers_per_gather;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- the counters of the statistics are those of a sequential scan; what earlier statements counted is sent off before,
-- and what a worker counts is not seen here
SET max_parallel_workers_per_gather = 0;
SELECT pg_stat_force_next_flush();
BEGIN;
SELECT nps(score) IS NULL AS none FROM answers WHERE yes;
SELECT seq_scan, seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'answers';
SET LOCAL recovery_kpi.scan = off;
SELECT nps(score) IS NULL AS none FROM answers WHERE yes;
SELECT seq_scan, seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'answers';
COMMIT;
RESET max_parallel_workers_per_gather;

-- switched off, it is never used
SET recovery_kpi.scan = off;
SELECT scanned('SELECT nps(score) FROM answers');
SET recovery_kpi.scan = 'perhaps';
SET recovery_kpi.scam = on;
RESET recovery_kpi.scan;
SELECT scanned('SELECT nps(score) FROM answers');
DROP SCHEMA scan_test CASCADE;
