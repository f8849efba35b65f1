-- parallel_functions.sql: every function marked parallel safe says the same in a worker as
-- outside: what it gives, or why it refuses; of :rows rows of values.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;

-- Values of a table, as constants would be worked out by the planner, in no worker.
CREATE TABLE given_value (type regtype PRIMARY KEY, literals text[]);
INSERT INTO given_value VALUES
	('smallint', '{1,5,2,-1,3}'), ('integer', '{1,5,2,-1,3}'), ('bigint', '{1,5,2,-1,3}'),
		('float8', '{0.95,5,0.5,-1,2}'), ('numeric', '{0.95,5,0.5,-1,2}'), ('boolean', '{true,false}'),
	('boolean[]', '{"{true,false}"}'),
	('text', '{crs,wilson,day,UTC,no such thing}'), ('name', '{crs}'), ('bytea', '{"\\x01"}'),
		('date', '{2025-03-01,2025-01-31}'),
	('timestamptz', '{2025-03-01 12:00Z,2025-01-31 08:00Z}'), ('timestamp', '{2025-03-01 12:00}'),
		('interval', '{1 hour,3 days}'),
	('timestamptz[]', '{"{2025-02-01 12:00Z,2025-01-31 08:00Z}","{}"}'),
	('tstzrange', '{"[2025-03-01 12:00Z,2025-03-02 12:00Z)",empty}'),
	('tstzmultirange', '{"{[2025-03-01 12:00Z,2025-03-02 12:00Z),[2025-03-04 00:00Z,)}","{}"}'),
	('bigint[]', '{"{3,0,4,10,12}","{1,2}"}'), ('float8[]', '{"{1,2.5}","{3}"}'), ('text[]', '{"{a,b}","{speed}"}'),
		('json', '{"{}"}'), ('jsonb', '{"{\"good\":2}","[]"}'),
		('jsonb[]', '{"{}"}'),
	('tally', '{"1..5:{3,0,4,10,12}","0..1:{3,9}","0..10:{1,2,3,4,5,6,7,8,9,10,11}","1..7:{1,0,0,2,0,5,6}"}'),
		('tally[]', '{"{\"1..5:{3,0,4,10,12}\",\"1..5:{1,2,3,4,5}\"}"}'),
		('paired_tally', '{"0..1:{{5,20},{3,40}}"}'), ('weighted_tally', '{"0..1:{(2.5,3.25,2),(1,1,1)}"}'),
		('clustered_tally', '{"0..1:2:{1,3}:{{1},{2,5}}","{}"}'),
		('status_clock', '{"{2025-01-02T09:00:00Z \"a\",2025-01-02T09:30:00.5Z \"b\"}","{}"}'),
	('life_table', '{"exact:{90.5:2/0,3600:1/1}"}'),
		('life_table[]', ARRAY[(SELECT format('{%s}', string_agg('"exact:{90.5:2/0,3600:1/1}"', ','))
			FROM generate_series(1, 12))]),
		('business_calendar', '{"Europe/Berlin; mon-fri 09:00-17:00; sat 22:00-06:00"}'),
		('purchase_history', '{"(2,30.43,38.86,22.35)"}'),
	('clv_model', '{"(0.243,4.414,0.793,2.426,6.25,3.74,15.44,,,0)"}'), ('driver_model', '{"9:{2,5}:{{2},{3,6}}"}');
SELECT format('CREATE TABLE given (n int, %s)', string_agg(format('%I %s', type::text, type), ', ' ORDER BY type))
	FROM given_value \gexec
SELECT format('INSERT INTO given VALUES (%s, %s)', n,
	string_agg(format('%L', literals[1 + (n - 1) % cardinality(literals)]), ', ' ORDER BY type)) FROM given_value,
	generate_series(1, 5) n GROUP BY n \gexec

-- A row type's columns are all 5, or NULL where that is no value.
CREATE FUNCTION given_argument(type oid) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN EXISTS (SELECT FROM given_value g WHERE g.type = given_argument.type)
		THEN format('given.%I', type::regtype::text)
		ELSE (SELECT format('ROW(%s)::%s', string_agg(CASE WHEN a.atttypid IN ('int4'::regtype, 'int8'::regtype,
			'float8'::regtype) THEN format('given.integer + 4::%s', format_type(a.atttypid, NULL)) ELSE 'NULL' END,
			', ' ORDER BY a.attnum), type::regtype)
			  FROM pg_type t JOIN pg_attribute a ON a.attrelid = t.typrelid AND a.attnum > 0
				WHERE t.oid = type AND t.typtype = 'c' HAVING count(*) > 0) END $$;

CREATE TABLE safe AS
SELECT p.oid::regprocedure AS function, format('SELECT count(*) || '': '' || string_agg(x::text, ''; '')
	FROM (SELECT %I.%I(%s) AS x FROM given WHERE n = %%s) AS r', s.nspname, p.proname,
	(SELECT string_agg(given_argument(t), ', ' ORDER BY o)
		FROM unnest(p.proargtypes) WITH ORDINALITY u(t, o))) AS query,
	(SELECT bool_and(given_argument(t) IS NOT NULL) FROM unnest(p.proargtypes) t) AS known
FROM pg_proc p JOIN pg_namespace s ON s.oid = p.pronamespace JOIN pg_depend x ON x.objid = p.oid
	AND x.classid = 'pg_proc'::regclass AND x.deptype = 'e'
	JOIN pg_extension e ON e.oid = x.refobjid AND x.refclassid = 'pg_extension'::regclass AND e.extname = 'recovery_kpi'
WHERE p.prokind = 'f' AND p.proparallel = 's' AND p.pronargs > 0 AND NOT EXISTS (SELECT FROM unnest(p.proargtypes) t
	WHERE t IN ('internal'::regtype, 'cstring'::regtype));

CREATE FUNCTION answer_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN 'error ' || SQLSTATE || ' ' || SQLERRM;
END $$;

CREATE TABLE said (function regprocedure, n int, worker boolean, place text, plan text);
CREATE PROCEDURE say(worker boolean, rows int) LANGUAGE plpgsql AS $$
BEGIN
	PERFORM set_config(CASE WHEN current_setting('debug_parallel_query', true) IS NULL THEN 'force_parallel_mode'
		ELSE 'debug_parallel_query' END, CASE WHEN worker THEN 'on' ELSE 'off' END, true);
	INSERT INTO said SELECT function, n, worker, answer_of(format(query, n)), plan_of(format(query, n))
		FROM safe, generate_series(1, rows) n WHERE known;
END $$;
CALL say(false, :rows);
CALL say(true, :rows);
INSERT INTO fault SELECT 'in a worker', s.function, w.place, s.place FROM said s
	JOIN said w ON (w.function, w.n, w.worker) = (s.function, s.n, true) WHERE NOT s.worker AND w.place IS DISTINCT
	FROM s.place;
INSERT INTO fault SELECT 'no value for an argument of', function, query, NULL FROM safe WHERE known IS NOT true;
