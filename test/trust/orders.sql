-- orders.sql: aggregates in :orders orders of insertion, views in :looks of them.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
SET search_path = public;
SET jit = off;
CREATE TABLE first AS SELECT * FROM bytes_of('aggregates') UNION ALL SELECT * FROM bytes_of('views');
CREATE TABLE compared (turn int, what text, same boolean);
DROP TABLE fault;
CREATE TABLE fault (turn int, what text, have text, want text);
CREATE TABLE text_of_floats AS SELECT 0 AS turn, ''::text AS name, ''::text AS texts;
TRUNCATE text_of_floats;

-- Of floating sums the texts as well, to be compared within rounding.
CREATE FUNCTION floats(turn int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	a agg;
BEGIN
	FOR a IN SELECT * FROM agg WHERE NOT exact LOOP
		EXECUTE format('INSERT INTO text_of_floats SELECT %s, %L || g, (%s(%s))::text FROM answer GROUP BY g', turn,
			a.aggregate::text || ' of group ', a.proname, a.arguments);
	END LOOP;
END $$;

CREATE PROCEDURE shuffle(orders int, looks int) LANGUAGE plpgsql AS $$
DECLARE
	t regclass;
	this int;
	tables regclass[] := '{answer,src.recovery_case,src.survey_response,src.customer,src.purchase,src.referral,
		src.case_event,src.survey_invitation,src.follow_up}';
BEGIN
	PERFORM setseed(0.375), floats(0);
	FOR turn IN 1 .. orders LOOP
		this := turn;
		FOREACH t IN ARRAY tables LOOP
			CONTINUE WHEN t <> 'answer'::regclass AND turn > looks;
			EXECUTE format('CREATE TEMP TABLE shuffled AS SELECT * FROM %s ORDER BY random()', t);
			EXECUTE format('TRUNCATE %s', t);
			EXECUTE format('INSERT INTO %s TABLE shuffled', t);
			DROP TABLE shuffled;
		END LOOP;
		PERFORM floats(turn);
		INSERT INTO compared SELECT turn, f.name, f.bytes = b.bytes FROM bytes_of('aggregates') b
			JOIN first f USING (name);
		INSERT INTO fault SELECT turn, f.name, b.bytes, f.bytes FROM bytes_of('aggregates') b JOIN first f USING (name)
			JOIN agg a ON a.aggregate::text = f.name WHERE a.exact AND f.bytes <> b.bytes;
		INSERT INTO fault SELECT this, x.name, x.texts, f.texts FROM text_of_floats x
			JOIN text_of_floats f ON f.name = x.name AND f.turn = 0
			WHERE x.turn = this AND NOT near(x.texts, f.texts, x.name LIKE '%driver_model%');
		IF turn <= looks THEN
			INSERT INTO compared SELECT turn, f.name, f.bytes = b.bytes FROM bytes_of('views') b
				JOIN first f USING (name);
			-- means of floating figures, and the least squares of drivers, are rounded
			INSERT INTO fault SELECT turn, f.name, b.bytes, f.bytes FROM bytes_of('views') b JOIN first f USING (name)
				WHERE f.bytes <> b.bytes AND (f.name NOT IN ('view drivers', 'view customer_value')
					OR NOT near_view(b.bytes, f.bytes));
		END IF;
		COMMIT;
	END LOOP;
END $$;
-- The same words, and numbers within 1e-9.
CREATE FUNCTION near_view(a text, b text) RETURNS boolean LANGUAGE sql AS $$
	SELECT regexp_replace(a, n, '#', 'g') = regexp_replace(b, n, '#', 'g') AND NOT EXISTS (
		SELECT FROM ROWS FROM (regexp_matches(a, n, 'g'), regexp_matches(b, n, 'g')) AS r(x, y)
			WHERE abs(x[1]::float8 - y[1]::float8) > 1e-9 * greatest(1, abs(x[1]::float8)))
	FROM (SELECT '(-?\d+(?:\.\d+)?(?:e[-+]?\d+)?)'::text AS n) AS p $$;
CALL shuffle(:orders, :looks);
