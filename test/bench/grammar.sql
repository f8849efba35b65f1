-- grammar.sql: is a query of the scan's grammar slower with the scan?  The zoo of item 23 of trust, a hundred times as
-- large; QUERIES random queries that the scan answers, each three times with it and without it in turn.
SET client_min_messages = error;
SET jit = off;
SET max_parallel_workers_per_gather = 0;
CREATE DATABASE bench_grammar;
\c bench_grammar
SET client_min_messages = error;
CREATE EXTENSION recovery_kpi;
CREATE ROLE zoo_reader;
SELECT setseed(0.3);
\i :top/test/trust/scan_zoo.sql
\i :top/test/trust/scan_grammar.sql
DO $$
DECLARE
	source regclass;
BEGIN
	FOR source IN SELECT c.oid FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relname ~ '^zoo_'
		AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname NOT IN ('zoo_one', 'zoo_report', 'zoo_child')
	LOOP
		EXECUTE format('INSERT INTO %1$s SELECT z.* FROM ONLY %1$s AS z, generate_series(1, %2$s)', source,
			CASE source::text WHEN 'zoo_toast' THEN 20 ELSE 99 END);
	END LOOP;
END $$;
INSERT INTO zoo_part SELECT z.* FROM zoo_part AS z, generate_series(1, 99);
REFRESH MATERIALIZED VIEW zoo_matview;
VACUUM ANALYZE;
CREATE TABLE speed (query text, with_scan double precision, without_scan double precision);

-- Milliseconds of a query; of an error, too.
CREATE FUNCTION zoo_time(query text) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
	since timestamptz := clock_timestamp();
BEGIN
	PERFORM zoo_answer(query);
	RETURN 1000 * extract(epoch FROM clock_timestamp() - since);
END $$;

CREATE PROCEDURE zoo_speed(queries integer) LANGUAGE plpgsql AS $$
DECLARE
	query text;
	with_scan double precision;
	without_scan double precision;
	done integer := 0;
BEGIN
	WHILE done < queries LOOP
		query := zoo_query();
		SET LOCAL recovery_kpi.scan = on;
		CONTINUE WHEN coalesce(zoo_plan(query), '') NOT LIKE '%KpiScan%';
		with_scan := 'infinity';
		without_scan := 'infinity';
		FOR round IN 1 .. 3 LOOP
			SET LOCAL recovery_kpi.scan = on;
			with_scan := least(with_scan, zoo_time(query));
			SET LOCAL recovery_kpi.scan = off;
			without_scan := least(without_scan, zoo_time(query));
		END LOOP;
		-- what seems slow is asked again
		FOR round IN 1 .. CASE WHEN with_scan > 1.05 * without_scan THEN 10 ELSE 0 END LOOP
			SET LOCAL recovery_kpi.scan = on;
			with_scan := least(with_scan, zoo_time(query));
			SET LOCAL recovery_kpi.scan = off;
			without_scan := least(without_scan, zoo_time(query));
		END LOOP;
		INSERT INTO speed VALUES (query, with_scan, without_scan);
		done := done + 1;
		COMMIT;
	END LOOP;
END $$;
LOAD 'recovery_kpi';
CALL zoo_speed(:queries);
-- planning is most of a query of less than a millisecond, an error at the first row among them
SELECT format('Of %s random queries over the zoo the scan takes, in the middle, %s of the time of the plain plan, '
	'of one in twenty at most %s, at worst %s; %s take more than 1.10 (bar 0). To %s more, of less than a '
	'millisecond, it adds %s microseconds.', count(*) FILTER (WHERE long),
	round(percentile_cont(0.5) WITHIN GROUP (ORDER BY r) FILTER (WHERE long)::numeric, 2),
	round(percentile_cont(0.05) WITHIN GROUP (ORDER BY r) FILTER (WHERE long)::numeric, 2),
	round(max(r) FILTER (WHERE long)::numeric, 2), count(*) FILTER (WHERE long AND r > 1.1),
	count(*) FILTER (WHERE NOT long), round(1000 * percentile_cont(0.5)
		WITHIN GROUP (ORDER BY with_scan - without_scan) FILTER (WHERE NOT long)::numeric))
	FROM (SELECT with_scan / without_scan AS r, without_scan >= 1 AS long, with_scan, without_scan FROM speed) AS s;
SELECT format('- %s of %s ms: %s', round((with_scan / without_scan)::numeric, 2), round(without_scan::numeric, 2),
		query) FROM speed WHERE with_scan > 1.1 * without_scan AND without_scan >= 1
	ORDER BY with_scan / without_scan DESC LIMIT 5;
\c postgres
DROP DATABASE bench_grammar;
DROP ROLE zoo_reader;
