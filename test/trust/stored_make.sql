-- stored_make.sql: values of every type as this version of the extension stores them, and
-- what its functions make of them, for the versions after it.  Run once, when a version
-- is released, by psql in an empty database with that version (docs/upgrade.md); the
-- output is kept as stored_VERSION.txt.  Fields have tabs between them:
--   value   type   number   text   what send gives, in hex   what lies in a table, in hex
--   figure  type   call     answer of value 1   answer of value 2 ...
-- In calls $1 is the value; an answer may be an SQLSTATE.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
SET search_path = public;
SET timezone = 'UTC';
SET extra_float_digits = 3;

CREATE TABLE chosen (n serial, type text, value text);
INSERT INTO chosen (type, value) VALUES
	('tally', '1..5:{3,0,4,10,12}'), ('tally', '0..1:{0,0}'), ('tally', '0..1:{3,5}'),
		('tally', '0..10:{1,2,3,4,5,6,7,8,9,10,11}'),
	('tally', '1..7:{0,0,1,0,2,0,9007199254740993}'), ('tally', '-1..1:{7,0,9}'),
		('tally', '0..0:{9223372036854775807}'),
	('tally', '2147483547..2147483647:{1' || repeat(',0', 99) || ',255}'),
	('paired_tally', '0..1:{{5,20},{3,40}}'),
		('paired_tally', '1..5:{{1,0,0,0,2},{0,1,0,0,0},{0,0,3,0,0},{0,0,0,1,0},{0,0,0,0,9}}'),
	('paired_tally', '-1..1:{{0,0,0},{0,0,0},{0,0,0}}'), ('paired_tally', '0..0:{{9223372036854775807}}'),
	('weighted_tally', '0..1:{(2.5,3.25,2),(1,1,1)}'),
		('weighted_tally', '1..5:{(0,0,0),(1,1,1),(2,2,2),(0,0,0),(0.6+1.1e-17,0.25,1)}'),
	('weighted_tally', '0..0:{(1e-40+1e-57,1e-80,3)}*2^800'), ('weighted_tally', '0..0:{(0,0,0)}'),
	('clustered_tally', '{}'), ('clustered_tally', '0..1:2:{1,3}:{{1},{2,5}}'),
		('clustered_tally', '-1..1:3:{3037000499,0,2}:{{9223372030926249001},{0,0},{0,0,2}}'),
	('life_table', 'exact:{}'), ('life_table', 'exact:{90.5:2/0,3600:1/1}'),
		('life_table', 'exact:{0:3/0,0.000001:0/2,86400:1/0}'), ('life_table', 'exact:{9223372036854.775807:1/0}'),
	('life_table',
		'bucketed:0.000005..0.000006/0.000006:0.000001/0.000006:0.011/0.000006:{0.000005:1000/0,0.000006:1000/1}'),
	('business_calendar',
		'Europe/Berlin; mon-fri 09:00-17:00; sat 10:00-14:00; 2026-12-25 closed; 2026-12-24 09:00-12:00'),
	('business_calendar', 'UTC; mon-sun 00:00-24:00'),
		('status_clock', '{}'), ('status_clock', '{2026-03-02T09:00:00Z "a",2026-03-02T09:30:00.000001Z "b"}'),
		('status_clock', '{2026-03-02T09:00:00Z#7 "a",2026-03-02T09:00:00Z#8 "b",0001-01-01T00:00:00Z#-1 "c"}'),
		('business_calendar', 'America/New_York; tue 08:30-12:00, 13:00-18:15; 2000-02-29 00:00-24:00'),
	('business_calendar', 'Asia/Tokyo; mon-thu 22:00-06:00; sat 08:00-24:00, 24:00-08:00; 2026-12-25 closed'),
	('purchase_history', '(2,30.43,38.86,22.35)'), ('purchase_history', '(0,0,3,0)'),
		('purchase_history', '(2147483647,1e5,1e6,1e10)'),
	('clv_model', '(0.243,4.414,0.793,2.426,6.25,3.74,15.44,,,0)'),
		('clv_model', '(0.243,4.414,0.793,2.426,,,,-9582.4,,2357)'),
	('driver_model', '3:{2,5}:{{2},{3,6}}'), ('driver_model', '4:{1,2,3}:{{2},{1,3},{0,1,4}}'),
		('driver_model', '9:{2,3,4}:{{5},{1,6},{2,3,7}}');
-- and some that only aggregates make: states that have seen rows, and buckets
INSERT INTO chosen (type, value) SELECT 'weighted_tally', weighted_tally(i % 7, 0, 6, 0.1 * (i % 11))::text
	FROM generate_series(1, 100) i;
INSERT INTO chosen (type, value) SELECT 'weighted_tally', weighted_tally(i, 0, 1, 1e-300)::text
	FROM generate_series(0, 1) i;
INSERT INTO chosen (type, value) SELECT 'clustered_tally', clustered_tally(t)::text
	FROM (SELECT nps_tally(i * i % 11) AS t FROM generate_series(1, 100) i GROUP BY i % 40) c;
INSERT INTO chosen (type, value) SELECT 'status_clock', status_clock('status ' || i % 20,
	'2026-03-02 09:00Z'::timestamptz + i * i % 199 * interval '1 hour', i)::text FROM generate_series(1, 100) i;
INSERT INTO chosen (type, value) SELECT 'life_table', life_table(interval '1 hour' + i * interval '0.001 second',
	i % 5 > 0)::text FROM generate_series(1, 1100) i;
INSERT INTO chosen (type, value) SELECT 'life_table', life_table(i * i * interval '1 second', true)::text
	FROM generate_series(1, 40) i;
INSERT INTO chosen (type, value) SELECT 'purchase_history',
	purchase_history('2025-01-01 00:00Z'::timestamptz + i * i * interval '1 day', 10.1 + i, '2025-12-31 00:00Z')::text
	FROM generate_series(1, 12) i;
INSERT INTO chosen (type, value) SELECT 'clv_model',
	clv_model(purchase_history(i % 5, i % 5 * 2, 9 + i % 3, (i % 5 > 0)::int * (i % 7 + 1)))::text
	FROM generate_series(1, 60) i;
INSERT INTO chosen (type, value) SELECT 'driver_model',
	driver_model(i % 7, ARRAY[i % 3, i % 5, i * 0.1, i * i % 13])::text FROM generate_series(1, 50) i;
INSERT INTO chosen (type, value) SELECT 'driver_model', driver_model(1e-30 * i, ARRAY[1e30 * (i % 3)])::text
	FROM generate_series(1, 9) i;

CREATE TABLE stored (type text, number bigint, text text, sent text, disk text);
CREATE TABLE figure (type text, call text, answers text);

-- Calls of a type: every function, aggregate and operator with an argument of it.
CREATE FUNCTION calls(type text) RETURNS SETOF text LANGUAGE sql AS $$
	WITH arg(type, value) AS (VALUES ('smallint', '1::int2'), ('integer', '3'), ('bigint', '10::int8'),
		('double precision', '0.9::float8'), ('boolean', 'true'),
			('text', 'NULL::text'), ('interval', '''01:30:00''::interval'),
				('timestamp with time zone', '''2026-03-27 12:00+00''::timestamptz'),
			('control_chart', '''(50,1.5,9,1)''::control_chart'), ('tally', '''1..5:{3,0,4,10,12}''::tally'),
				('purchase_history', '''(2,30.43,38.86,22.35)''::purchase_history'),
			('clv_model', '''(0.243,4.414,0.793,2.426,6.25,3.74,15.44,,,0)''::clv_model')),
	member AS (SELECT p.* FROM pg_proc p JOIN pg_depend d ON d.classid = 'pg_proc'::regclass
		AND d.objid = p.oid AND d.deptype = 'e'
		JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND e.oid = d.refobjid
			AND e.extname = 'recovery_kpi')
	SELECT CASE WHEN p.proretset THEN format('(SELECT string_agg(f::text, '';'') FROM %s f)', c.call)
		ELSE c.call || '::text' END
	FROM member p, LATERAL (SELECT format('%s(%s)', p.proname, string_agg(CASE WHEN a.t = calls.type::regtype THEN '$1'
			-- arguments that have a default keep it, so that a call says what people write
			WHEN p.proargnames[a.i] = 'finish' THEN '''2026-04-08 12:00+00''::timestamptz'
			ELSE coalesce((SELECT value FROM arg g WHERE g.type::regtype = a.t), format('NULL::%s', a.t::regtype)) END,
				', ' ORDER BY a.i)) AS call
		FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS a(t, i) WHERE a.i <= p.pronargs - p.pronargdefaults
			OR a.t = calls.type::regtype) c
	WHERE p.prokind = 'f' AND calls.type::regtype = ANY (p.proargtypes::oid[])
		-- what operators and aggregates stand for is called through these
		AND p.proname !~ '_(out|send|in|recv|final|plus|minus|lt|le|eq|ne|ge|gt)$|_accum'
		AND NOT 'internal'::regtype = ANY (p.proargtypes::oid[])
	UNION SELECT format('(SELECT %s(x) FROM (VALUES ($1), (NULL), ($1)) v(x))::text', p.proname) FROM member p
	WHERE p.prokind = 'a' AND p.pronargs = 1 AND p.proargtypes[0] = calls.type::regtype
		-- a fit to a few customers differs from machine to machine
		AND p.proname <> 'clv_model'
	UNION SELECT format('($1 %s $1)::text', o.oprname) FROM pg_operator o WHERE o.oprleft = calls.type::regtype
		AND o.oprright = calls.type::regtype
$$;

CREATE FUNCTION answer(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN coalesce(result, 'NULL');
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

-- The bytes of a table, by calling the column bytea for a moment.
CREATE FUNCTION read_bytes(type text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('CREATE TABLE kept_%1$s (v %1$s, number bigint)', type);
	EXECUTE format('INSERT INTO kept_%1$s SELECT c.v, row_number() OVER (ORDER BY n, c.packed) FROM chosen,
		LATERAL (SELECT value::%1$s, false%2$s) AS c (v, packed) WHERE type = %1$L', type,
		-- as a rollup stores them
		CASE WHEN type = 'life_table' THEN ' UNION ALL SELECT kpi_life_packed(value::life_table), true' END);
	EXECUTE format('INSERT INTO stored (type, number, text, sent) SELECT %1$L, number, v::text,
		encode(%1$s_send(v), ''hex'') FROM kept_%1$s', type);
	UPDATE pg_attribute SET atttypid = 'bytea'::regtype WHERE attrelid = ('kept_' || type)::regclass AND attname = 'v';
	EXECUTE format('UPDATE stored s SET disk = encode(v, ''hex'') FROM kept_%1$s k
		WHERE s.type = %1$L AND s.number = k.number', type);
	INSERT INTO figure SELECT read_bytes.type, c,
		string_agg(answer('SELECT ' || replace(c, '$1', format('%L::%s', s.text, s.type))), E'\t' ORDER BY s.number)
	FROM calls(type) c, stored s WHERE s.type = read_bytes.type GROUP BY c;
END $$;
SELECT read_bytes(type) FROM (SELECT DISTINCT type FROM chosen ORDER BY type) t \g /dev/null

\pset tuples_only on
\pset format unaligned
\pset fieldsep '\t'
SELECT 'value', type, number, text, sent, disk FROM stored ORDER BY type COLLATE "C", number;
SELECT 'figure', type, call, answers FROM figure ORDER BY type COLLATE "C", call COLLATE "C";
