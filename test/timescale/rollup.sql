-- rollup.sql: a rollup whose sources are views over hypertables, told of changes by touch_kpi_rollup, against views
-- over the same rows.
\set ON_ERROR_STOP 1
SET client_min_messages = error;
SET timezone = 'UTC';
CREATE SCHEMA tracked;
CREATE TABLE tracked.recovery_case (case_id int, customer_id int, opened_at timestamptz NOT NULL,
	resolved_at timestamptz, contacts int, channel text);
CREATE TABLE tracked.survey_response (response_id int, customer_id int, case_id int,
	responded_at timestamptz NOT NULL, csat int, nps int, channel text);
SELECT create_hypertable('tracked.recovery_case', 'opened_at'), create_hypertable('tracked.survey_response',
	'responded_at') \g /dev/null
CREATE FUNCTION tracked.load(since int, until int) RETURNS void LANGUAGE sql AS $$
	INSERT INTO tracked.recovery_case SELECT i, i * 7 % 90, o, CASE WHEN i % 11 > 0
		THEN o + i * 37 % 101 * interval '2 h' END, 1 + i % 3, (ARRAY['web', 'phone'])[1 + i % 2]
	FROM generate_series(since, until) AS i, LATERAL (SELECT date_trunc('day', now()) - interval '400 days'
		+ i * interval '9 hours' AS o) AS t;
	INSERT INTO tracked.survey_response SELECT i, i * 7 % 90, i, o + interval '5 days', 1 + (i * i + i / 7) % 5,
		i * 5 % 11, CASE WHEN i % 5 = 0 THEN 'mail' END
	FROM generate_series(since, until) AS i, LATERAL (SELECT date_trunc('day', now()) - interval '400 days'
		+ i * interval '9 hours' AS o) AS t WHERE i % 3 > 0 $$;
SELECT tracked.load(1, 700) \g /dev/null
CREATE SCHEMA seen;
CREATE VIEW seen.recovery_case AS SELECT * FROM tracked.recovery_case;
CREATE VIEW seen.survey_response AS SELECT * FROM tracked.survey_response;
SELECT verdict(create_kpi_rollup('store', 'seen') > 5 AND refresh_kpi_rollup('store') > 200,
	'a rollup over views over hypertables');
SELECT create_kpi_views('rolled', 'store'), create_kpi_views('raw', 'tracked') \g /dev/null
SELECT verdict(d = '', 'its views are those over the hypertables' || d) FROM differing_views('rolled', 'raw') AS d;

SELECT tracked.load(701, 1000) \g /dev/null
SELECT verdict(differing_views('rolled', 'raw') <> '', 'a load is not seen');
SELECT touch_kpi_rollup('store', r, current_date - 200, current_date)
	FROM unnest('{recovery_case,survey_response}'::text[]) AS r \g /dev/null
SELECT verdict(d = '', 'until the rollup is told of it' || d) FROM differing_views('rolled', 'raw') AS d;
SELECT verdict(refresh_kpi_rollup('store') > 50, 'it is refreshed');
SELECT verdict(d = '', 'and then is right, too' || d) FROM differing_views('rolled', 'raw') AS d;

SELECT drop_chunks('tracked.survey_response', now() - interval '300 days') \g /dev/null
SELECT verdict(differing_views('rolled', 'raw') <> '', 'chunks that are dropped are still in it');
SELECT touch_kpi_rollup('store', 'survey_response', NULL, current_date - 290), refresh_kpi_rollup('store') \g /dev/null
SELECT verdict(d = '', 'until the rollup is told' || d) FROM differing_views('rolled', 'raw') AS d;

-- over the hypertables themselves there would have to be triggers with transition tables
SELECT verdict(r <> 'done', 'over hypertables themselves a rollup is refused: ' || r)
	FROM refused($$SELECT create_kpi_rollup('direct', 'tracked')$$) AS r;
