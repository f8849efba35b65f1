-- rollup.sql: a rollup whose sources are views over distributed tables, made by the statements of docs/engines.md and
-- told of changes by touch_kpi_rollup, against views over those tables.
\set ON_ERROR_STOP 1
SET client_min_messages = error;
CREATE TABLE recovery_case (case_id int, customer_id int, opened_at timestamptz, resolved_at timestamptz,
	contacts int, channel text);
CREATE TABLE survey_response (response_id int, customer_id int, case_id int, responded_at timestamptz, csat int,
	nps int, channel text);
CREATE TABLE answers_daily (day date, channel text, nps tally, UNIQUE (day, channel));
-- the first 700 are old, the others of the last weeks, so that some wait
CREATE FUNCTION load_time(i int) RETURNS timestamptz LANGUAGE sql AS $$
	SELECT CASE WHEN i <= 700 THEN timestamptz '2025-01-20 00:00Z' + i * interval '9 hours'
		ELSE now() - (1003 - i) * interval '9 hours' END $$;
CREATE FUNCTION load(since int, until int) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	INSERT INTO recovery_case SELECT i, i * 7 % 90, o, CASE WHEN i % 11 > 0 THEN o + i * 37 % 101 * interval '2 h' END,
		1 + i % 3, (ARRAY['web', 'phone'])[1 + i % 2]
	FROM generate_series(since, until) AS i, LATERAL load_time(i) AS o;
	INSERT INTO survey_response SELECT i, i * 7 % 90, i, o + interval '5 days', 1 + (i * i + i / 7) % 5, i * 5 % 11,
		CASE WHEN i % 5 = 0 THEN 'mail' ELSE (ARRAY['web', 'phone'])[1 + i % 2] END
	FROM generate_series(since, until) AS i, LATERAL load_time(i) AS o WHERE i % 3 > 0;
END $$;
SELECT load(1, 700) \g /dev/null
\o /dev/null
\i :page
\o
SELECT verdict(count(*) = 3, 'the page distributes two tables, and the targets') FROM pg_dist_partition
	WHERE (logicalrelid::text, partmethod) IN (('recovery_case', 'h'), ('survey_response', 'h'), ('kpi_target', 'n'));
SELECT verdict(count(*) = 2, 'targets are on every node')
FROM run_command_on_workers('SELECT kpi_status(''crs'', 70)') WHERE success AND result = 'watch';
SELECT verdict(r ~ 'above its target', 'and are checked there: ' || r)
	FROM refused($$UPDATE kpi_target SET warning = 78 WHERE kpi = 'crs'$$) AS r;
SELECT verdict(r ~ 'query on a shard', 'kpi_catalog cannot be written to: ' || r)
	FROM refused($$UPDATE kpi_catalog SET warning = 60 WHERE kpi = 'crs'$$) AS r;
SELECT verdict(r ~ 'trigger', 'over distributed tables themselves a rollup is refused: ' || r)
	FROM refused($$SELECT create_kpi_rollup('direct', 'public')$$) AS r;
SELECT verdict(d.nps::text = r.nps::text, 'tallies by day are kept by the page')
FROM (SELECT sum(nps) AS nps FROM answers_daily) AS d, (SELECT nps_tally(nps) AS nps FROM survey_response
	WHERE responded_at >= timestamp '2025-02-01' AT TIME ZONE 'Europe/Berlin'
		AND responded_at < timestamp '2025-02-08' AT TIME ZONE 'Europe/Berlin') AS r;

SELECT create_kpi_views('raw', 'public') \g /dev/null
SELECT verdict(d = '', 'views over the rollup of the page are those over the tables' || d)
	FROM differing_views('rolled', 'raw') AS d;
SELECT load(701, 1000) \g /dev/null
SELECT verdict(differing_views('rolled', 'raw') <> '', 'a load is not seen');
SELECT touch_kpi_rollup('store', r, current_date - 120, NULL)
	FROM unnest('{recovery_case,survey_response}'::text[]) AS r \g /dev/null
SELECT verdict(d = '', 'until the rollup is told of it' || d) FROM differing_views('rolled', 'raw') AS d;
SELECT verdict(refresh_kpi_rollup('store') > 50, 'it is refreshed');
SELECT verdict(count(*) > 0, 'cases that wait are stored') FROM store.kpi_waiting;
SELECT verdict(d = '', 'and then is right, too' || d) FROM differing_views('rolled', 'raw') AS d;
SELECT verdict(count(*) = 0, 'check_kpi_rollup finds nothing') FROM check_kpi_rollup('store');
