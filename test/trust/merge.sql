-- merge.sql: the laws of adding up, on :splits random splits of random rows.
\i laws.sql

-- Rows of a split, each in one of up to six parts; a part without rows has one of NULLs
-- that is filtered out, so that it is empty rather than missing.
CREATE UNLOGGED TABLE part AS SELECT 0 AS s, 0 AS k, false AS there, a.* FROM answer a WHERE false;

CREATE TABLE checked (law text, aggregate regprocedure, splits int, empties int);

-- Aggregates that share transition and combine function obey or break the laws together;
-- one of each is tried, with a final function if there is one.
CREATE TABLE asked AS SELECT DISTINCT ON (aggtransfn, aggcombinefn, arguments) * FROM agg
	WHERE state <> 'internal'::regtype ORDER BY aggtransfn, aggcombinefn, arguments, aggfinalfn <> 0 DESC, n;

-- The whole against the sum of parts: forwards, backwards, and bracketed in the middle.
CREATE FUNCTION laws_of_parts(a asked) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	empties int;
	splits int;
BEGIN
	EXECUTE format('CREATE TEMP TABLE law AS
		WITH parts AS (SELECT s, k, raw_%1$s(%2$s) FILTER (WHERE there) AS part, count(*) FILTER (WHERE there) AS rows
			FROM part GROUP BY s, k),
			halves AS (SELECT s, k > s %% 5 AS right, added_%1$s(part ORDER BY k) AS part FROM parts GROUP BY 1, 2),
			whole AS (SELECT s, %3$s AS whole FROM part GROUP BY s),
			added AS (SELECT s, merged_%1$s(part ORDER BY k) AS forwards,
				merged_%1$s(part ORDER BY k DESC) AS backwards,
				merged_%1$s(part ORDER BY k) FILTER (WHERE rows > 0) AS without,
					count(*) FILTER (WHERE rows = 0) AS empties, sum(rows) AS rows FROM parts GROUP BY s),
			bracketed AS (SELECT s, merged_%1$s(part ORDER BY "right") AS bracketed FROM halves GROUP BY s)
		SELECT s, rows, empties, %4$s AS whole, %5$s AS forwards, %6$s AS backwards, %7$s AS without, %8$s AS bracketed
		FROM whole JOIN added USING (s) JOIN bracketed USING (s)',
		a.n, a.arguments, format('%s(%s) FILTER (WHERE there)', a.proname, a.arguments), shown(a.n, 'whole'),
			shown(a.n, 'forwards'), shown(a.n, 'backwards'), shown(a.n, 'without'), shown(a.n, 'bracketed'));
	INSERT INTO fault SELECT format('split %s, %s', l.s, r.law), a.aggregate, r.have, l.whole
		FROM law l, LATERAL (VALUES ('parts make the whole', l.forwards), ('in any order', l.backwards),
			('however bracketed', l.bracketed), ('empty parts change nothing', l.without)) AS r(law, have)
		-- without any rows there is nothing to add up without the empty ones
		WHERE r.have IS DISTINCT FROM l.whole
			AND (a.exact OR NOT near(r.have, l.whole, a.state = 'driver_model'::regtype))
			AND (l.rows > 0 OR r.law <> 'empty parts change nothing');
	INSERT INTO checked SELECT 'parts', a.aggregate, count(*), sum(law.empties) FROM law;
	DROP TABLE law;
END $$;

-- The same for + and - of the summaries that aggregates return.
CREATE FUNCTION laws_of_operators(a asked) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	minus boolean := to_regoperator(format('-(%s,%1$s)', a.state)) IS NOT NULL;
BEGIN
	EXECUTE format('CREATE TEMP TABLE law AS
		WITH three AS (SELECT s, %1$s(%2$s) FILTER (WHERE there AND k < 2) AS a, %1$s(%2$s)
			FILTER (WHERE there AND k IN (2, 3)) AS b, %1$s(%2$s) FILTER (WHERE there AND k > 3) AS c,
			%1$s(%2$s) FILTER (WHERE there) AS whole, %1$s(%2$s) FILTER (WHERE false) AS nothing FROM part GROUP BY s)
		SELECT s, (a IS NULL)::int + (b IS NULL)::int + (c IS NULL)::int AS empties, l.law, %3$s AS have, %4$s AS want
		FROM three, LATERAL (VALUES (''a + b + c'', a + b + c, whole), (''a + b = b + a'', b + a, a + b),
			(''brackets'', a + (b + c), (a + b) + c),
			(''a + nothing'', a + nothing, CASE WHEN nothing IS NOT NULL THEN a END),
				(''nothing + a'', nothing + a, CASE WHEN nothing IS NOT NULL THEN a END)%5$s) AS l(law, have, want)
		WHERE a IS NOT NULL AND b IS NOT NULL AND c IS NOT NULL',
		a.proname, a.arguments, shown(a.n, 'l.have'), shown(a.n, 'l.want'),
			CASE WHEN minus THEN ', (''a + b - b'', a + b - b, a), (''a - nothing'', a - coalesce(nothing, a - a), a)'
			END);
	INSERT INTO fault SELECT format('split %s, %s', l.s, l.law), a.aggregate, l.have, l.want FROM law l
		WHERE l.have IS DISTINCT FROM l.want AND (a.exact OR NOT near(l.have, l.want,
			a.state = 'driver_model'::regtype));
	INSERT INTO fault SELECT 'no operator was tried', a.aggregate, NULL, NULL WHERE NOT EXISTS (SELECT FROM law);
	DROP TABLE law;
END $$;

CREATE PROCEDURE laws(splits int) LANGUAGE plpgsql AS $$
DECLARE
	a asked;
BEGIN
	FOR batch IN 0 .. (splits - 1) / 500 LOOP
		PERFORM random_answers((batch + 0.5) * 500 / splits - 0.3, 2000, 1, (ARRAY[0, 0.1, 0.5])[1 + batch % 3],
			(ARRAY[6000, 20])[1 + batch % 2]);
		TRUNCATE part;
		-- up to 30 rows of a split, but in one of each batch all, so that life tables come in
		-- buckets; a hash above the last part leaves the row out
		INSERT INTO part
		SELECT x.s, x.k, r.i IS NOT NULL, r.*
		FROM (SELECT s, k FROM generate_series(batch * 500 + 1, least((batch + 1) * 500, splits)) s,
			generate_series(0, 5) k) AS x
			LEFT JOIN LATERAL (SELECT z.* FROM answer z WHERE z.i BETWEEN x.s % 800 AND x.s % 800 + CASE x.s % 500
				WHEN 1 THEN 2000 ELSE x.s % 31 - 1 END
				AND abs(hashint8extended(z.i, x.s)) % (1 + x.s % 9) = x.k) AS r ON true;
		ANALYZE part;
		FOR a IN SELECT * FROM asked LOOP
			PERFORM laws_of_parts(a);
			IF a.prorettype = a.state AND to_regoperator(format('+(%s,%1$s)', a.state)) IS NOT NULL THEN
				PERFORM laws_of_operators(a);
			END IF;
		END LOOP;
		COMMIT;
	END LOOP;
END $$;
CALL laws(:splits);
-- of all batches together
CREATE TABLE sum_of AS SELECT law, aggregate, sum(splits)::int AS splits, sum(empties)::int AS empties
	FROM checked GROUP BY 1, 2;
TRUNCATE checked;
INSERT INTO checked TABLE sum_of;

-- Scales that differ: 22023, by + and - and by sum(), whichever comes first.
CREATE TABLE mismatched (what text, state text);
CREATE FUNCTION refused(what text, query text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE query;
	INSERT INTO fault VALUES (query, NULL, 'no error', '22023');
EXCEPTION WHEN OTHERS THEN
	INSERT INTO mismatched VALUES (what, SQLSTATE);
	IF SQLSTATE <> '22023' THEN
		INSERT INTO fault VALUES (query, NULL, SQLSTATE || ' ' || SQLERRM, '22023');
	END IF;
END $$;
SELECT setseed(0.25) \g /dev/null
CREATE TABLE scale AS SELECT n, lo, lo + w AS hi, CASE WHEN same THEN lo ELSE lo2 END AS lo2,
	CASE WHEN same THEN lo + w + 1 + d ELSE lo2 + w2 END AS hi2
FROM (SELECT n, floor(random() * 40)::int - 20 AS lo, floor(random() * 12)::int AS w,
	floor(random() * 40)::int - 20 AS lo2, floor(random() * 12)::int AS w2, floor(random() * 3)::int AS d,
	random() < 0.3 AS same
	FROM generate_series(1, :splits) n) AS x;
DELETE FROM scale WHERE lo = lo2 AND hi = hi2;
CREATE FUNCTION summary_of(type text, lo int, hi int) RETURNS text LANGUAGE sql AS $$
	SELECT format('%L::%s', CASE type WHEN 'tally' THEN format('%s..%s:{%s}', lo, hi,
		(SELECT string_agg((abs(i) % 3)::text, ',') FROM generate_series(lo, hi) i))
		WHEN 'paired_tally' THEN format('%s..%s:{%s}', lo, hi,
			(SELECT string_agg(format('{%s}', (SELECT string_agg('1', ',') FROM generate_series(lo, hi))), ',')
			FROM generate_series(lo, hi)))
		WHEN 'weighted_tally' THEN format('%s..%s:{%s}', lo, hi, (SELECT string_agg('(1.5,2.25,1)', ',')
			FROM generate_series(lo, hi)))
		WHEN 'clustered_tally' THEN format('%s..%s:1:{%s}:{%s}', lo, hi,
			(SELECT string_agg('1', ',') FROM generate_series(lo, hi)),
			(SELECT string_agg(format('{%s}', (SELECT string_agg('1', ',') FROM generate_series(lo, i))), ',')
			FROM generate_series(lo, hi) i))
		-- as many factors as the scale has points, and one
		ELSE format('9:{%s}:{%s}', (SELECT string_agg('1', ',') FROM generate_series(lo - 1, hi)),
			(SELECT string_agg(format('{%s}', (SELECT string_agg(CASE WHEN j = i THEN '2' ELSE '0' END, ',')
				FROM generate_series(lo - 1, i) j)), ',') FROM generate_series(lo - 1, hi) i)) END, type) $$;
SELECT count(refused(type || ' ' || form, CASE form
	WHEN 'sum' THEN format('SELECT sum(x) FROM (VALUES (%s), (%s)) AS v(x)', a, b)
	ELSE format('SELECT %s %s %s', a, form, b) END))
FROM scale, unnest('{tally,paired_tally,weighted_tally,clustered_tally,driver_model}'::text[]) type,
	LATERAL (SELECT summary_of(type, lo, hi) AS a, summary_of(type, lo2, hi2) AS b,
		(ARRAY['+', 'sum', CASE WHEN type IN ('weighted_tally', 'driver_model') THEN '+' ELSE '-' END])[1 + n % 3]
			AS form) AS x
WHERE type <> 'driver_model' OR hi - lo <> hi2 - lo2 \g /dev/null
