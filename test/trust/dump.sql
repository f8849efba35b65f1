-- dump.sql: a database as its users make it, to be dumped.  The extension is in the schema
-- kpi_home, which no dump has on its path; tables of the demo and values of every summary
-- type (stored.sql) are there.
\set ON_ERROR_STOP 1
SET client_min_messages = error;
SET search_path = public, kpi_home;
SET timezone = 'UTC';

-- NULLs, and indexes on whatever has an operator class
CREATE FUNCTION pg_temp.finish(type text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	method text;
BEGIN
	-- the bytes were for another item
	EXECUTE format('DROP TABLE disk_%1$s, sent_%1$s; INSERT INTO stored_%1$s VALUES (0, NULL)', type);
	FOR method IN SELECT amname FROM pg_am JOIN pg_opclass ON opcmethod = pg_am.oid AND opcdefault
		AND opcintype = type::regtype LOOP
		EXECUTE format('CREATE INDEX ON stored_%s USING %s (value)', type, method);
	END LOOP;
END $$;
SELECT pg_temp.finish(type) FROM (SELECT DISTINCT type FROM written) t \g /dev/null

-- what functions give, kept as it is
CREATE TABLE result AS SELECT number, rate_interval(value) AS interval, target_test(value, 50) AS test,
	ARRAY[value, NULL, value + value] AS several, ROW(value, NULL, 3, 4.5, 6, 7)::kpi_fact AS fact
		FROM stored_tally WHERE number = 3;
CREATE TABLE chart AS SELECT control_chart(value ORDER BY number) AS shares, xmr_chart(number ORDER BY number) AS single
	FROM stored_tally WHERE number = 3;
CREATE TABLE times AS SELECT number, median_time_interval(value) AS median, value AS kept FROM stored_life_table;
CREATE TABLE cases AS SELECT kept, ARRAY(SELECT s::text FROM clock_spans(kept, '2027-01-01') s) AS spans
	FROM (SELECT status_clock('value ' || number, '2026-03-02 09:00Z'::timestamptz + number * interval '1 hour') AS kept
		FROM stored_tally) c;
CREATE TABLE breaks AS SELECT series_break(i, i > 5 ORDER BY i) AS kept FROM generate_series(1, 12) i;
CREATE TABLE priors AS SELECT rate_prior(t) AS kept FROM unnest('{"0..1:{2,8}","0..1:{9,1}","0..1:{4,3}"}'::tally[]) t;
CREATE TABLE clusters AS SELECT clustered_tally(value) AS kept FROM stored_tally WHERE number = 3;
CREATE TABLE model AS SELECT p.*, f.* FROM stored_clv_model m JOIN stored_driver_model d USING (number),
	LATERAL clv_parameters(m.value) p, LATERAL driver_importance(d.value) f;

-- everything in a table that calls functions while it is restored
CREATE DOMAIN nps_answers AS tally CHECK (scale_min(VALUE) = 0 AND scale_max(VALUE) = 10);
CREATE TABLE daily (
	day date DEFAULT period_start('day', '2025-01-01 12:00Z', 'UTC'),
	answers nps_answers CHECK (responses(answers) < 1000),
	nps double precision GENERATED ALWAYS AS (nps(answers)) STORED
) PARTITION BY HASH (answers);
CREATE TABLE daily_0 PARTITION OF daily FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE daily_1 PARTITION OF daily FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO daily (day, answers) SELECT responded_at::date, nps_tally(nps) FROM survey_response GROUP BY 1;
CREATE INDEX ON daily (period_start('month', day, 'UTC'));
CREATE MATERIALIZED VIEW monthly AS
SELECT period_start('month', day, 'UTC') AS month, sum(answers::tally) AS answers,
	nps_interval(sum(answers::tally)) AS nps FROM daily GROUP BY 1;

-- a contact before its answer, so that source_check has a row
UPDATE follow_up SET contacted_at = contacted_at - interval '60 days'
 WHERE response_id = (SELECT min(response_id) FROM follow_up);

-- the views; targets of the user's own
SELECT create_kpi_views('kpi', as_of => '2026-03-01 00:00Z') \g /dev/null
UPDATE kpi_catalog SET target = 90.1234567890123, warning = 1e-300 WHERE kpi = 'crs';
UPDATE kpi_catalog SET target = NULL, warning = NULL WHERE kpi = 'nps';
INSERT INTO kpi_target VALUES ('of a later version', 1, 2);
