-- laws.sql: what the items on aggregates share: a call of each aggregate of the extension
-- on a table of random rows, clones of it that lack a part of it, and when two results are
-- the same.  Aggregates are found in the catalogues and their arguments by name and type.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
SET search_path = public;
SET jit = off;

CREATE UNLOGGED TABLE answer (
	i int, g int, f boolean,			-- f: false all through some groups
	n2 smallint, n4 int, n8 float8,		-- 0 to 10
	a2 smallint, a4 int, a8 float8,		-- the same, for afterwards
	c2 smallint, c4 int, c8 float8,		-- 1 to 5
	e2 smallint, e4 int, e8 float8,		-- 1 to 7
	b boolean, b2 boolean, contacts float8, times float8, weight float8,
	x0 float8, x1 float8, x2 float8, x3 float8, x4 float8, x5 float8, x6 float8, fs float8[],
	start timestamptz, finish timestamptz, d interval, at timestamptz, amount float8,
	h purchase_history, t tally, p paired_tally, w weighted_tally, l life_table, m driver_model,
	ct clustered_tally, status text, event_at timestamptz, sc status_clock
);

-- Rows chosen at random; nulls is the share of NULL, distinct_times the number of different durations.
CREATE FUNCTION random_answers(seed float8, rows int, groups int, nulls float8, distinct_times int,
	f_share float8 DEFAULT 0.7) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	PERFORM setseed(seed);
	TRUNCATE answer;
	INSERT INTO answer
	SELECT i, r.g, r.g % 3 > 0 AND random() < f_share,
		n, n, n, a, a, a, c, c, c, e, e, e, b, random() < 0.8,
			CASE WHEN random() >= nulls THEN 1 + floor(random() * 4) END,
			CASE WHEN random() >= nulls THEN floor(random() * 3) END,
		CASE WHEN random() >= nulls THEN random() * 3 + 0.01 END,
		x, x + random() * 3, random() * 7, x * 0.5 - random(), CASE WHEN random() >= nulls THEN random() END,
			5 * random(), floor(random() * 7), ARRAY[x + random() * 3, random() * 7],
		s, CASE WHEN b THEN s + r.d END, r.d, timestamptz '2025-01-01Z' - floor(random() * 400) * interval '17 hours',
			CASE WHEN random() >= nulls THEN round((random() * 120 - 10)::numeric, 2) END,
		purchase_history(q, q * (1 + r.g % 3), q * 3.0 + 9 + r.g % 2, (q > 0)::int * (10.25 + n % 3)),
			tally(0, 10, CASE WHEN n IS NOT NULL THEN array_fill(0::bigint, ARRAY[11 - n])
			|| array_fill(e::bigint, ARRAY[n]) END),
		CASE WHEN b THEN ('0..1:{{' || n || ',1},{0,' || c || '}}')::paired_tally END,
		('0..1:{(' || y || ',' || y * y || ',1),(' || e * 2 || ',' || e * e * 2 || ',2)}')::weighted_tally,
		('exact:{' || n || ':' || i % 5 || '/1,' || (n + 1) * e || '.5:1/0}')::life_table,
		(i % 7 + 2 || ':{' || x || ',' || y || '}:{{' || c * 2 || '},{' || 0.1 * e || ',' || e * 3
			|| '}}')::driver_model,
		('0..1:1:{' || n || ',' || e || '}:{{' || n * n || '},{' || n * e || ',' || e * e || '}}')::clustered_tally,
		CASE WHEN r.g % 4 > 0 THEN 'status ' || n END, timestamptz '2025-01-01Z' + i * 7919 % 10007 * interval '17 min',
		status_clock_accum('{}', 'status ' || n, timestamptz '2025-01-01Z' + i * 7919 % 10007 * interval '17 min')
	FROM (SELECT i, floor(random() * groups)::int AS g,
		CASE WHEN random() >= nulls THEN floor(random() * 11)::int END AS n,
		CASE WHEN random() >= nulls THEN floor(random() * 11)::int END AS a,
			CASE WHEN random() >= nulls THEN 1 + floor(random() * 5)::int END AS c, 1 + floor(random() * 7)::int AS e,
				CASE WHEN random() >= nulls THEN random() < 0.6 END AS b,
			random() * 10 AS x, random() * 5 + 0.1 AS y, floor(random() * 4)::int AS q,
			timestamptz '2024-06-01Z' + floor(random() * 200) * interval '1 day' AS s,
				floor(random() * distinct_times) * interval '1000003 microseconds' AS d
		  FROM generate_series(1, rows) i) AS r;
END $$;

CREATE TABLE argument (name text, type regtype, answer text);
INSERT INTO argument VALUES
	('lo', NULL, '0'), ('hi', NULL, '10'), ('satisfied_from', NULL, '4'), ('recovery_related', NULL, 'b2'),
		('contacts', NULL, 'contacts'),
	('later_purchases', NULL, 'times'), ('total_purchases', NULL, 'contacts'), ('referrals', NULL, 'times'), ('expected', NULL, 'n8'), ('perceived', NULL, 'a8'),
		('weight', NULL, 'weight'),
	('before', 'smallint', 'n2'), ('before', 'integer', 'n4'), ('before', 'float8', 'n8'), ('after', 'smallint', 'a2'),
		('after', 'integer', 'a4'), ('after', 'float8', 'a8'),
	('start', NULL, 'start'), ('finish', NULL, 'finish'), ('as_of', NULL, 'timestamptz ''2025-01-01Z'''),
		('duration', NULL, 'd'), ('observed', NULL, 'b'),
	('purchased_at', NULL, 'at'), ('amount', NULL, 'amount'), ('outcome', NULL, 'x0'), ('factors', NULL, 'fs'),
		('factor1', NULL, 'x1'), ('factor2', NULL, 'x2'),
	('factor3', NULL, 'x3'), ('factor4', NULL, 'x4'), ('factor5', NULL, 'x5'), ('factor6', NULL, 'x6'),
	('status', NULL, 'status'), ('at', NULL, 'event_at'), ('sequence', NULL, 'i'), (NULL, 'status_clock', 'sc'),
	('current', 'tally', 't'), ('baseline', 'tally',
		'tally(0,10,ARRAY[e4,coalesce(c4,0),1,0,2,3,coalesce(n4,1),e4,1,2,e4]::bigint[])'), ('kpi', 'text', '''nps'''),
	('mean', NULL, 'x0'), ('stddev', NULL, 'x1'), ('n', NULL, 'e4::bigint'), ('baseline_mean', NULL, 'x2'),
		('baseline_stddev', NULL, 'abs(x3)'), ('baseline_n', NULL, '(e4 + 1)::bigint'),
	('value', NULL, 'x1'), ('lambda', NULL, '0.25'), (NULL, 'purchase_history', 'h'), (NULL, 'tally', 't'),
		(NULL, 'paired_tally', 'p'), (NULL, 'weighted_tally', 'w'), (NULL, 'clustered_tally', 'ct'),
		(NULL, 'life_table', 'l'),
		(NULL, 'driver_model', 'm'), (NULL, 'boolean', 'b');

-- The aggregates of version 0.1.0 whose states were values: their functions are still there.
CREATE AGGREGATE old_purchase_history(purchased_at timestamptz, amount float8, as_of timestamptz) (
	sfunc = purchase_history_accum, stype = purchase_history, finalfunc = purchase_history_final,
	combinefunc = purchase_history_merge, parallel = safe);
CREATE AGGREGATE old_clv_model(history purchase_history) (sfunc = clv_model_accum, stype = clv_model,
	finalfunc = clv_model_final, combinefunc = clv_model_merge, parallel = safe);
ALTER EXTENSION recovery_kpi ADD AGGREGATE old_purchase_history(timestamptz, float8, timestamptz);
ALTER EXTENSION recovery_kpi ADD AGGREGATE old_clv_model(purchase_history);

-- Of each aggregate with a combine function: its arguments as columns, a clone without its
-- final function, one that adds up states, and one that cannot move.  Floating sums are
-- the same within rounding, all else to the byte.  SQL sees no internal states: only plans
-- with workers add them up.
CREATE TABLE agg AS
SELECT row_number() OVER (ORDER BY a.aggfnoid::regprocedure::text COLLATE "C")::int AS n,
	a.aggfnoid::regprocedure AS aggregate, p.proname, p.prorettype, a.aggtransfn, a.aggcombinefn, a.aggfinalfn,
	a.aggtranstype::regtype AS state, a.agginitval, a.aggmtransfn <> 0 AS moves,
	a.aggtranstype NOT IN ('weighted_tally'::regtype, 'driver_model'::regtype) AS exact,
		pg_get_function_identity_arguments(p.oid) AS signature,
	(SELECT string_agg(format_type(t, NULL), ', ' ORDER BY o)
		FROM unnest(p.proargtypes) WITH ORDINALITY u(t, o)) AS types,
	(SELECT string_agg(CASE WHEN p.proargnames[o] = 'score' THEN CASE WHEN p.proname ~ '^c(sat|rs)' THEN 'c'
		WHEN p.proname ~ '^ces' THEN 'e' ELSE 'n' END || CASE t WHEN 'int2'::regtype THEN '2'
		WHEN 'int4'::regtype THEN '4' ELSE '8' END
			ELSE (SELECT r.answer FROM argument r WHERE (r.name = p.proargnames[o] OR r.name IS NULL)
				AND (r.type = t OR r.type IS NULL) ORDER BY r.name LIMIT 1) END, ', ' ORDER BY o)
	 FROM unnest(p.proargtypes) WITH ORDINALITY u(t, o)) AS arguments
FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid JOIN pg_depend x ON x.objid = p.oid
	AND x.classid = 'pg_proc'::regclass AND x.deptype = 'e'
	JOIN pg_extension e ON e.oid = x.refobjid AND x.refclassid = 'pg_extension'::regclass AND e.extname = 'recovery_kpi'
WHERE a.aggcombinefn <> 0;
-- an argument that the table above does not know must not go unnoticed
SELECT 1 / (count(*) FILTER (WHERE arguments IS NULL OR array_length(string_to_array(arguments, ', '),
	1) <> array_length(string_to_array(types, ', '), 1)) = 0)::int FROM agg \g /dev/null

SELECT CASE WHEN seen THEN format('CREATE AGGREGATE raw_%s(%s) (sfunc = %s, stype = %s%s)', n, types, aggtransfn, state,
		init) END,
	CASE WHEN seen THEN format('CREATE AGGREGATE added_%1$s(%2$s) (sfunc = %3$s, stype = %2$s%4$s)', n, state,
		aggcombinefn, init) END,
	CASE WHEN seen THEN format('CREATE AGGREGATE merged_%1$s(%2$s) (sfunc = %3$s, stype = %2$s%4$s%5$s)', n, state,
		aggcombinefn, final, init) END,
	format('CREATE AGGREGATE plain_%s(%s) (sfunc = %s, stype = %s%s%s)', n, types, aggtransfn, state, final, init)
FROM agg, LATERAL (SELECT CASE WHEN aggfinalfn <> 0 THEN format(', finalfunc = %s', aggfinalfn) ELSE '' END AS final,
	CASE WHEN agginitval IS NOT NULL THEN format(', initcond = %L', agginitval) ELSE '' END AS init,
	state <> 'internal'::regtype AS seen) AS x
\gexec

-- A result of an aggregate as text: what its type sends, or its text if floating sums are in it.
CREATE FUNCTION shown(n int, result text) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT CASE WHEN a.exact THEN format('encode(%s(%s), ''hex'')', t.typsend, result)
		ELSE format('(%s)::text', result) END
	FROM agg a JOIN pg_type t ON t.oid = a.prorettype WHERE a.n = shown.n $$;

-- Are two texts the same but for rounding?  Numbers may differ by 1e-12 of their size, in
-- a driver_model by 1e-12 of the size that their deviations give them.
-- A number and the rest of it, as in 5.25+4e-16, are taken for the number.
CREATE FUNCTION near(a text, b text, scaled boolean) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	with_rest constant text := '(-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)[-+]\d+(?:\.\d+)?(?:e[-+]?\d+)?';
	number constant text := '-?\d+(?:\.\d+)?(?:e[-+]?\d+)?';
	u float8[];
	v float8[];
	k int;
	at int;
BEGIN
	IF a IS NOT DISTINCT FROM b THEN
		RETURN true;
	END IF;
	a := regexp_replace(a, with_rest, '\1', 'g');
	b := regexp_replace(b, with_rest, '\1', 'g');
	IF a IS NULL OR b IS NULL OR regexp_replace(a, number, '#', 'g') <> regexp_replace(b, number, '#', 'g') THEN
		RETURN false;
	END IF;
	u := ARRAY(SELECT m[1]::float8 FROM regexp_matches(a, number, 'g') m);
	v := ARRAY(SELECT m[1]::float8 FROM regexp_matches(b, number, 'g') m);
	IF NOT scaled THEN
		RETURN NOT EXISTS (SELECT FROM unnest(u, v) AS r(x, y) WHERE abs(x - y) > 1e-12 * greatest(abs(x), abs(y)));
	END IF;
	k := array_length(string_to_array(split_part(a, ':', 2), ','), 1);
	IF u[1] <> v[1] THEN
		RETURN false;
	END IF;
	FOR i IN 1 .. k LOOP
		at := 1 + k + i * (i + 1) / 2;		-- the place of a square on the diagonal
		IF abs(u[1 + i] - v[1 + i]) > 1e-12 * (abs(u[1 + i]) + sqrt(u[at] / u[1])) THEN
			RETURN false;
		END IF;
		FOR j IN 1 .. i LOOP
			IF abs(u[at - i + j] - v[at - i + j]) > 1e-12 * sqrt(u[at] * u[1 + k + j * (j + 1) / 2]) THEN
				RETURN false;
			END IF;
		END LOOP;
	END LOOP;
	RETURN true;
END $$;

CREATE TABLE fault (what text, aggregate regprocedure, have text, want text);
