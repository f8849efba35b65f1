-- storage.sql: values of every type in every form a table can hold them in, and what
-- every function, aggregate and operator of the extension makes of each.  No function
-- reads a slice of a value.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
SET search_path = public;

CREATE TABLE sample (type text, value text);
INSERT INTO sample VALUES
	('tally', '1..5:{3,0,4,10,12}'), ('tally', '0..1:{3,5}'), ('tally', '0..10:{1,2,3,4,5,6,7,8,9,10,11}'),
		('tally', '1..7:{0,0,0,0,0,0,0}'),
	('paired_tally', '0..1:{{5,20},{3,40}}'),
		('paired_tally', '1..5:{{1,0,0,0,2},{0,1,0,0,0},{0,0,3,0,0},{0,0,0,1,0},{0,0,0,0,9}}'),
	('weighted_tally', '0..1:{(2.5,3.25,2),(1,1,1)}'),
		('weighted_tally', '1..5:{(0,0,0),(1,1,1),(2,2,2),(0,0,0),(0.6+1.1e-17,0.25,1)}'),
	('clustered_tally', '0..1:2:{1,3}:{{1},{2,5}}'), ('clustered_tally', '{}'),
		('clustered_tally', '1..5:2:{1,0,0,0,3}:{{1},{0,0},{0,0,0},{0,0,0,0},{2,0,0,0,5}}'),
	('life_table', 'exact:{90.5:2/0,3600:1/1}'), ('life_table', 'exact:{}'),
		('life_table', 'bucketed:0..0.000007/0:0.000007/0:0.007/0:{0:1000/0,0.000007:1000/0}'),
	('business_calendar', 'Europe/Berlin; mon-fri 09:00-17:00; 2026-12-25 closed'),
		('business_calendar', 'UTC; mon-sun 00:00-24:00'), ('business_calendar', 'UTC; mon-sun 22:00-06:00'),
	('status_clock', '{2026-03-02T09:00:00Z "a",2026-03-02T09:30:00.5Z "b"}'), ('status_clock', '{}'),
		('status_clock', '{2026-03-02T09:00:00Z "a",2026-03-05T09:30:00Z "c"}'),
	('purchase_history', '(2,30.43,38.86,22.35)'), ('purchase_history', '(0,0,3,0)'),
	('clv_model', '(0.243,4.414,0.793,2.426,6.25,3.74,15.44,,,0)'), ('clv_model', '(0.243,4.414,0.793,2.426,,,,,,10)'),
	('driver_model', '3:{2,5}:{{2},{3,6}}'), ('driver_model', '4:{1,2,3}:{{2},{1,3},{0,1,4}}');
-- large ones, to be compressed and kept outside of the row
INSERT INTO sample SELECT 'tally', format('0..100:{%s}', string_agg(i::text, ',')) FROM generate_series(0, 100) i;
INSERT INTO sample SELECT 'paired_tally', format('0..100:{%s}', string_agg(r, ',' ORDER BY j))
FROM (SELECT j, format('{%s}', string_agg(((i * 7 + j * 3) % 11)::text, ',' ORDER BY i)) AS r
	FROM generate_series(0, 100) i, generate_series(0, 100) j GROUP BY j) x;
INSERT INTO sample SELECT 'weighted_tally', format('0..100:{%s}',
	string_agg(format('(%s,%s,1)', i * 0.37, i * 0.37 * i * 0.37), ',' ORDER BY i)) FROM generate_series(1, 101) i;
INSERT INTO sample SELECT 'clustered_tally', clustered_tally(t)::text
	FROM (SELECT tally(i * i % 101, 0, 100) AS t FROM generate_series(1, 1000) i GROUP BY i % 150) c;
INSERT INTO sample SELECT 'life_table', life_table(make_interval(secs => i * 1.37), i % 3 > 0)::text
	FROM generate_series(1, 1000) i;
INSERT INTO sample SELECT 'life_table', life_table(make_interval(secs => i * 3.01), i % 4 > 0)::text
	FROM generate_series(1, 5000) i;
INSERT INTO sample SELECT 'business_calendar', 'Europe/Berlin; mon-fri 09:00-12:30, 13:30-17:00'
	|| string_agg(format('; %s 10:00-%s:30', d::date, 12 + extract(day FROM d)::int % 9), '' ORDER BY d)
FROM generate_series('2020-01-01'::timestamp, '2026-12-31', '5 days') d;
INSERT INTO sample SELECT 'status_clock', status_clock(repeat('waiting ', 20) || i % 50,
	'2026-03-02 09:00Z'::timestamptz + i * i * interval '1.000001 second')::text FROM generate_series(1, 1000) i;
INSERT INTO sample SELECT 'driver_model', driver_model(i % 7, ARRAY[i % 3, i % 5, i % 11, i % 13, i % 17, i % 19,
	(i * i) % 23, i % 29, (i * i) % 31, i % 37, i % 41, i % 43]::float8[])::text FROM generate_series(1, 200) i;

-- what functions take beside the types
INSERT INTO sample VALUES
	('double precision[]', '{1,2}'), ('double precision[]', '{3,1,2}'),
		('double precision[]', array_fill(2.5, ARRAY[16])::text),
	('double precision[]', array_fill(7, ARRAY[3000])::text), ('bigint[]', '{3,0,4,10,12}'),
		('bigint[]', array_fill(7, ARRAY[3000])::text),
	('text', 'wilson'), ('text', 'month'), ('text', 'UTC'),
		('text', 'The food was not good, but the service was VERY good!!! :)'), ('text', repeat('very good! ', 500)),
	('text', '0..1:{3,5}'), ('jsonb', '{"good": 3, "not good": -2}'),
		('jsonb', (SELECT jsonb_object_agg('word' || i, 1) FROM generate_series(1, 500) i)::text),
	('text[]', '{a,b}'), ('text[]', array_fill('name'::text, ARRAY[1000])::text);

CREATE TABLE compared (call text, rows bigint, answered bigint);
CREATE TABLE fault (fault text);
CREATE TABLE stored (type text, form text, many bigint);

-- A table of each type with its values in every form: a byte in front of a short header
-- leaves it unaligned; far is both compressed and outside of the row, nested in an array.  Life
-- tables are there twice, as they are and as a rollup stores them.
CREATE FUNCTION keep(type text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	kept text := quote_ident('kept_' || type);
BEGIN
	EXECUTE format('CREATE TABLE %s (id int, value text, one "char", short %2$s, two "char", packed %2$s, lz4 %2$s,
		outside %2$s, far %2$s, nested %2$s[], filler text)', kept, type);
	EXECUTE format('ALTER TABLE %s ALTER short SET STORAGE MAIN, ALTER packed SET STORAGE MAIN,
		ALTER packed SET COMPRESSION pglz,
		ALTER lz4 SET STORAGE MAIN, ALTER outside SET STORAGE EXTERNAL, ALTER far SET STORAGE EXTENDED', kept);
	BEGIN
		EXECUTE format('ALTER TABLE %s ALTER lz4 SET COMPRESSION lz4', kept);
	EXCEPTION WHEN feature_not_supported THEN		-- a server built without it
	END;
	-- in a row that is too long because of its filler, small values are toasted too
	EXECUTE format('ALTER TABLE %s SET (toast_tuple_target = 128), ALTER filler SET STORAGE PLAIN', kept);
	EXECUTE format('INSERT INTO %s SELECT row_number() OVER (), value, ''x'', v, ''y'', v, v, v, v,
		CASE WHEN %L !~ ''\]$'' THEN ARRAY[v] END, filler
		FROM sample, LATERAL (SELECT value::%s%s) c(v), (VALUES (NULL), (repeat(''-'', 2100))) f(filler)
			WHERE type = %2$L', kept, type, type,
		CASE WHEN type = 'life_table' THEN ' UNION ALL SELECT kpi_life_packed(value::life_table)' END);
	EXECUTE format('INSERT INTO stored SELECT %L, form, many FROM (
		SELECT count(*) FILTER (WHERE pg_column_size(short) < 127) AS short,
			count(pg_column_compression(packed)) + count(pg_column_compression(lz4)) AS compressed,
				count(pg_column_compression(far)) AS far FROM %s) k,
		LATERAL (VALUES (''short'', short), (''compressed'', compressed), (''compressed outside'', far)) f(form, many)',
			type, kept);
	EXECUTE format('INSERT INTO stored SELECT %L, ''outside'', count(DISTINCT chunk_id) FROM %s', type,
		(SELECT reltoastrelid::regclass FROM pg_class WHERE oid = kept::regclass));
END $$;

-- Forms that should be there and are not; a purchase history is too short to be compressed.
CREATE VIEW missing AS SELECT type, form FROM stored
	WHERE many = 0 AND NOT (type = 'purchase_history' AND form ~ 'compressed');

-- Calls as texts: of a function with $1 and $2, of an operator between them.
CREATE FUNCTION calls(type text) RETURNS SETOF text LANGUAGE sql AS $$
	WITH arg(type, value) AS (VALUES ('smallint', '1::int2'), ('integer', '3'), ('bigint', '10::int8'),
		('double precision', '0.95::float8'), ('boolean', 'true'), ('text', '''wilson'''),
			('interval', '''1 day''::interval'),
		('timestamp with time zone', '''2026-03-28 12:00+00''::timestamptz'),
			('double precision[]', '''{1,2}''::float8[]'), ('text[]', 'NULL::text[]'),
		('clustered_tally', '''{}''::clustered_tally'),
		('purchase_history', '''(2,30.43,38.86,22.35)''::purchase_history'),
		('clv_model', '''(0.243,4.414,0.793,2.426,6.25,3.74,15.44,,,0)''::clv_model'))
	SELECT CASE WHEN p.proretset THEN format('(SELECT string_agg(f::text, '';'') FROM %s f)', call)
		ELSE call || '::text' END
	FROM pg_depend d JOIN pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
	JOIN pg_proc p ON p.oid = d.objid,
	LATERAL (SELECT format('%s(%s)', p.oid::regproc,
		string_agg(CASE WHEN a.t::regtype::text = calls.type THEN '$' || least(2, a.n)
			ELSE coalesce((SELECT value FROM arg g WHERE g.type = a.t::regtype::text),
				format('NULL::%s', a.t::regtype)) END, ', ' ORDER BY a.i)) AS call
		FROM (SELECT t, i, row_number() OVER (PARTITION BY t ORDER BY i) AS n
			FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS u(t, i)) a) c
	WHERE e.extname = 'recovery_kpi' AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e' AND p.prokind = 'f'
		AND NOT 'internal'::regtype = ANY (p.proargtypes::oid[]) AND NOT 'cstring'::regtype = ANY (p.proargtypes::oid[])
		AND p.prorettype <> 'cstring'::regtype AND calls.type::regtype = ANY (p.proargtypes::oid[])
	UNION ALL
	SELECT format('(SELECT %s(%s) FROM (VALUES ($1), ($2), ($1)) v(x))::text', p.oid::regproc,
		(SELECT string_agg(CASE WHEN t::regtype::text = calls.type THEN 'x'
			ELSE coalesce((SELECT value FROM arg g WHERE g.type = t::regtype::text),
			format('NULL::%s', t::regtype)) END, ', ' ORDER BY i)
		 FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY AS u(t, i)))
	FROM pg_proc p
	JOIN pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass AND d.deptype = 'e'
	JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'recovery_kpi'
	WHERE p.prokind = 'a' AND calls.type::regtype = ANY (p.proargtypes::oid[])
	UNION ALL
	SELECT format('($1 %s $2)::text', o.oprname) FROM pg_operator o
	JOIN pg_depend d ON d.objid = o.oid AND d.classid = 'pg_operator'::regclass AND d.deptype = 'e'
	WHERE o.oprleft = calls.type::regtype AND o.oprright = calls.type::regtype
	UNION ALL
	SELECT '($1)::text' $$;

-- The answer of a call, or its SQLSTATE.
CREATE FUNCTION answer(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN 'error ' || SQLSTATE || ' ' || SQLERRM;
END $$;

-- Every call with every pair of values and every form, against the same of full values.
CREATE FUNCTION compare(type text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	call text;
	form text;
	number int;
	plain text;
	kept text;
	rows bigint;
	answered bigint;
	first record;
	second record;
BEGIN
	FOR call IN SELECT c FROM calls(type) c LOOP
		rows := 0;
		answered := 0;
		FOR first IN EXECUTE format('SELECT id, value, filler IS NULL AS small FROM %I', 'kept_' || type) LOOP
			FOR second IN EXECUTE format('SELECT id, value FROM %I WHERE (%L AND (filler IS NULL) = %L) OR id = %s',
				'kept_' || type, position('$2' IN call) > 0, first.small, first.id) LOOP
				plain := answer('SELECT ' || replace(replace(call, '$1', format('%L::%s', first.value, type)), '$2',
					format('%L::%s', second.value, type)));
				FOREACH form IN ARRAY '{short,packed,lz4,outside,far,nested[1]}'::text[] LOOP
					CONTINUE WHEN form = 'nested[1]' AND type LIKE '%]';
					kept := answer(format('SELECT %s FROM %I a, %2$I b WHERE a.id = %s AND b.id = %s',
						replace(replace(call, '$1', 'a.' || form), '$2', 'b.' || form), 'kept_' || type,
							first.id, second.id));
					rows := rows + 1;
					answered := answered + (plain IS NOT NULL AND plain !~ '^error')::int;
					IF kept IS DISTINCT FROM plain THEN
						INSERT INTO fault VALUES (format('%s of %s %s: %s, not %s', call, form, left(first.value, 40),
							left(kept, 100), left(plain, 100)));
					END IF;
				END LOOP;
			END LOOP;
		END LOOP;
		INSERT INTO compared VALUES (type || ' ' || call, rows, answered);
	END LOOP;
END $$;

SELECT keep(type), compare(type) FROM (SELECT DISTINCT type FROM sample) t;
