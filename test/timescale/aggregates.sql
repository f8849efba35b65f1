-- aggregates.sql: continuous aggregates of our summaries, made by the statements of docs/engines.md, against the rows.
-- Late rows, compressed chunks, longer periods.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
\ir ../citus/lib.sql
CREATE TABLE answers (responded_at timestamptz NOT NULL, channel text, nps int, csat int, csat_before int,
	waited interval, ended boolean);
CREATE FUNCTION some_answers(since date, days int, n int, seed int) RETURNS void LANGUAGE sql AS $$
	INSERT INTO answers SELECT since + (i * 7919::bigint % (days * 86400)) * interval '1 second',
		(ARRAY['web', 'phone', 'chat', NULL])[1 + (i * seed) % 4], CASE WHEN i % 9 > 0 THEN (i * i + seed) % 11 END,
		1 + (i * i / 7 + seed) % 5, 1 + (i + seed) % 5, (i * 31 % 700) * interval '1 minute', i % 5 > 0
	FROM generate_series(1, n) AS i $$;
SELECT some_answers('2025-01-01', 180, 40000, 3) \g /dev/null

-- the page: hypertable, continuous aggregate, policy, first refresh
\o /dev/null
\i :page
\o
-- and how many days-and-channels of the aggregate differ from the rows
CREATE FUNCTION differ() RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) FROM (
		SELECT coalesce(a.nps::text = r.nps::text AND a.csat::text = r.csat::text, false) AS same
		FROM (SELECT (day AT TIME ZONE 'Europe/Berlin')::date AS day, channel, nps, csat FROM answers_daily) AS a
			FULL JOIN (SELECT period_start('day', responded_at, 'Europe/Berlin') AS day, channel, nps_tally(nps) AS nps,
				csat_tally(csat) AS csat FROM answers GROUP BY 1, 2) AS r
			ON r.day = a.day AND coalesce(r.channel, '') = coalesce(a.channel, '')) AS d WHERE NOT d.same $$;
SELECT verdict(differ() = 0 AND (SELECT count(*) > 600 FROM answers_daily), 'days equal the rows');
SELECT verdict(NOT EXISTS (TABLE answers_by_month EXCEPT ALL
	SELECT period_start('month', responded_at, 'Europe/Berlin'), nps(nps), csat(csat) FROM answers GROUP BY 1)
	AND (SELECT count(*) = 6 FROM answers_by_month), 'months are added up from days');

-- each of our summaries
SET extra_float_digits = -6;		-- sums of floating numbers are rounded as they are added up
SELECT 'tally(nps, 0, 10) AS t, rate_tally(csat >= 4) AS r, resolution_quality_tally(csat_before, csat) AS q,
	life_table(waited, ended) AS l, paired_tally(csat_before, csat, 1, 5) AS p,
	weighted_tally(nps, 0, 10, csat::float8) AS w, driver_model(csat::float8, nps::float8, csat_before::float8) AS m,
	status_clock(channel, responded_at) AS s, purchase_history(responded_at, csat::float8, ''2026-01-01Z'') AS h'
	AS summaries \gset
CREATE MATERIALIZED VIEW summaries WITH (timescaledb.continuous) AS
SELECT time_bucket('1 week', responded_at, 'UTC') AS week, csat, :summaries FROM answers GROUP BY 1, 2;
SELECT verdict((SELECT count(*) > 100 FROM summaries) AND NOT EXISTS (
	SELECT (to_jsonb(c) - 'week' - 'm')::text, (driver_fit(m)).r_squared, period_start('week', week, 'UTC')
	FROM summaries AS c
	EXCEPT ALL
	SELECT (to_jsonb(d) - 'week' - 'm')::text, (driver_fit(m)).r_squared, week
	FROM (SELECT period_start('week', responded_at, 'UTC') AS week, csat, :summaries FROM answers GROUP BY 1, 2)
		AS d), 'each summary equals that of the rows');

-- an aggregate over an aggregate
CREATE MATERIALIZED VIEW answers_monthly WITH (timescaledb.continuous) AS
SELECT time_bucket('1 month', day, 'Europe/Berlin') AS month, channel, sum(nps) AS nps, sum(csat) AS csat
  FROM answers_daily GROUP BY 1, 2;
SELECT verdict(NOT EXISTS (
	SELECT (month AT TIME ZONE 'Europe/Berlin')::date, channel, nps::text, csat::text FROM answers_monthly EXCEPT ALL
	SELECT period_start('month', responded_at, 'Europe/Berlin'), channel, nps_tally(nps)::text, csat_tally(csat)::text
		FROM answers GROUP BY 1, 2) AND (SELECT count(*) = 24 FROM answers_monthly), 'months of the aggregate of days');

-- rows that come late into what is refreshed are missing, until it is refreshed again
INSERT INTO answers VALUES ('2025-03-03 12:00Z', 'web', 0, 1), ('2025-03-04 12:00Z', 'web', 10, 5),
	('2025-03-04 13:00Z', 'mail', 10, 5);
SELECT verdict(differ() = 3, 'late rows are missing from their days');
CALL refresh_continuous_aggregate('answers_daily', '2025-03-01', '2025-03-10');
SELECT verdict(differ() = 0, 'until the days are refreshed');
DELETE FROM answers WHERE responded_at >= '2025-02-01Z' AND responded_at < '2025-02-02Z' AND channel = 'web';
UPDATE answers SET csat = 6 - csat WHERE responded_at >= '2025-02-05Z' AND responded_at < '2025-02-06Z' AND csat < 3;
SELECT verdict(differ() > 3, 'so are changes and deletions');
-- what the policy of the page would refresh begins later
CALL refresh_continuous_aggregate('answers_daily', NULL, NULL);
SELECT verdict(differ() = 0, 'they are seen after a refresh, too');
SELECT verdict(count(*) = 1, 'the policy of the page is there') FROM timescaledb_information.jobs
	WHERE proc_name = 'policy_refresh_continuous_aggregate' AND hypertable_name = 'answers_daily';

-- compressed chunks, read and refreshed, with rows that come later
ALTER TABLE answers SET (timescaledb.compress, timescaledb.compress_segmentby = 'channel');
SELECT verdict(count(compress_chunk(c)) > 20, 'chunks are compressed') FROM show_chunks('answers') AS c;
SELECT verdict(differ() = 0, 'days equal compressed rows');
SELECT verdict((SELECT nps_tally(nps)::text || csat_tally(csat) FROM answers)
	= (SELECT sum(nps)::text || sum(csat) FROM answers_daily), 'so does the sum of all');
SELECT some_answers('2025-05-01', 20, 500, 5) \g /dev/null
CALL refresh_continuous_aggregate('answers_daily', '2025-04-30', '2025-05-30');
SELECT verdict(differ() = 0, 'and rows that came into compressed chunks are in it');

-- period_start is no bucket function there
SELECT verdict(r ~ 'bucket function', 'period_start cannot take the place of time_bucket: ' || r) FROM refused($$
	CREATE MATERIALIZED VIEW by_period WITH (timescaledb.continuous) AS
	SELECT period_start('day', responded_at, 'UTC') AS day, nps_tally(nps) AS nps FROM answers GROUP BY 1
	WITH NO DATA$$) AS r;
