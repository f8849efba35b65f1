\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
SET client_min_messages = warning;
SET jit = off;
--
-- A rollup says what the raw tables say, bit for bit, at every moment: views over both are compared in one snapshot
-- after each kind of change, before and after the days are stored anew.
--
\i :top/test/live/shop.sql
SELECT create_kpi_views('raw', 'shop', timezone => 'Europe/Berlin', dimensions => '{channel,team}');
SELECT create_kpi_rollup('store', 'shop', 'Europe/Berlin', '{channel,team}') AS kpis;
SELECT create_kpi_views('bi', 'store');
CREATE FUNCTION pg_temp.differ(raw text DEFAULT 'raw', bi text DEFAULT 'bi') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	differing text;
	figures bigint;
BEGIN
	EXECUTE format('WITH raw AS MATERIALIZED (SELECT NULL::text AS dimension, NULL::text AS segment, p.*
	  FROM %1$I.kpi_by_period AS p
			UNION ALL SELECT s.dimension, s.segment, s.period_start, s.kpi, s.value, s.lower, s.upper, s.responses,
			  s.complete,
				s.target, s.status, s.left_out FROM %1$I.kpi_by_segment AS s),
		bi AS MATERIALIZED (SELECT NULL::text AS dimension, NULL::text AS segment, p.* FROM %2$I.kpi_by_period AS p
			UNION ALL SELECT s.dimension, s.segment, s.period_start, s.kpi, s.value, s.lower, s.upper, s.responses,
			  s.complete,
				s.target, s.status, s.left_out FROM %2$I.kpi_by_segment AS s)
		SELECT (SELECT count(*) FROM raw), string_agg(DISTINCT d.kpi, '','') FROM ((TABLE raw EXCEPT ALL TABLE bi)
			UNION ALL (TABLE bi EXCEPT ALL TABLE raw)) AS d', raw, bi) INTO figures, differing;
	RETURN coalesce(differing, CASE WHEN figures > 500 THEN 'equal' ELSE 'equal, but ' || figures END);
END $$;
SELECT pg_temp.differ() AS nothing_stored, stored_days FROM store.kpi_rollup_status;
SELECT refresh_kpi_rollup('store') > 300 AS many_days;
SELECT pg_temp.differ() AS stored, stored_days > 300 AS many_days
  FROM store.kpi_rollup_status;
SELECT * FROM check_kpi_rollup('store');
SELECT refresh_kpi_rollup('store') < 60 AS few_days;
-- life tables are stored packed and no zeros of left_out; earlier builds stored both as they are, and all is read
SELECT count(life) > 300 AS many, bool_and(record_image_eq(ROW(life), ROW(kpi_life_packed(life)))) AS packed,
       count(*) FILTER (WHERE left_out = 0) AS zeros, sum(left_out) > 0 AS left_out
  FROM (SELECT life, left_out FROM store.kpi_cell UNION ALL SELECT life, left_out FROM store.kpi_month_cell) AS c;
WITH u AS (UPDATE store.kpi_cell SET life = life + 'exact:{}', left_out = coalesce(left_out, 0)
            WHERE (at - '2025-01-01') % 2 = 0 RETURNING kpi)
SELECT count(*) > 300 AS many FROM u;
WITH u AS (UPDATE store.kpi_month_cell SET life = life + 'exact:{}', left_out = coalesce(left_out, 0)
            WHERE (at - '2025-01-01') % 2 = 0 RETURNING kpi)
SELECT count(*) > 300 AS many FROM u;
SELECT count(*) > 300 AS unpacked FROM store.kpi_month_cell
 WHERE NOT record_image_eq(ROW(life), ROW(kpi_life_packed(life)));
SELECT pg_temp.differ() AS mixed, (SELECT count(*) FROM check_kpi_rollup('store')) AS found;
-- it is read: a figure that somebody changes in the store is in the views, and the check finds it
UPDATE store.kpi_month_cell SET events = events + 1
 WHERE kpi = 22 AND place = 0 AND at = (SELECT min(at) FROM store.kpi_month_cell WHERE kpi = 22);
SELECT pg_temp.differ(), what, kpi, at = (SELECT min(at) FROM store.kpi_month_cell WHERE kpi = 22) AS month
  FROM check_kpi_rollup('store') ORDER BY what;
SELECT touch_kpi_rollup('store', 'recovery_case', NULL, NULL);
SELECT pg_temp.differ() AS touched;
SELECT refresh_kpi_rollup('store') > 300 AS many_days;
SELECT pg_temp.differ() AS stored;
--
-- each kind of change; what it touches is computed from the sources until it is stored
--
-- a late answer
INSERT INTO shop.survey_response (response_id, customer_id, case_id, responded_at, csat)
	SELECT 9001, customer_id, case_id, resolved_at + interval '13 days', 1 FROM shop.recovery_case WHERE case_id = 5;
-- an answer of another day
UPDATE shop.survey_response SET responded_at = responded_at - interval '40 days'
	WHERE response_id IN (50, 51, 9001);
-- an answer of another case
UPDATE shop.survey_response SET case_id = 100, csat = 5 WHERE response_id = 49;
-- an answer of another customer
UPDATE shop.survey_response SET customer_id = 33 WHERE response_id = 85;
-- answers gone
DELETE FROM shop.survey_response WHERE response_id IN (20, 21, 22, 100);
SELECT pg_temp.differ() AS noted;
SELECT refresh_kpi_rollup('store') > 0 AS renewed;
SELECT pg_temp.differ() AS stored;
-- a case resolved
UPDATE shop.recovery_case SET resolved_at = now() - interval '1 hour' WHERE case_id = 11;
-- a case that moves
UPDATE shop.recovery_case SET opened_at = opened_at - interval '50 days',
	resolved_at = resolved_at - interval '45 days' WHERE case_id = 200;
-- a case of another customer and channel
UPDATE shop.recovery_case SET customer_id = 8, channel = 'letter' WHERE case_id = 201;
-- an open case
INSERT INTO shop.recovery_case (case_id, customer_id, opened_at, team)
	SELECT 9001, customer_id, resolved_at + interval '2 days', 'new team' FROM shop.recovery_case WHERE case_id = 60;
-- cases gone
DELETE FROM shop.recovery_case WHERE case_id IN (61, 62, 9001);
-- a key that moves
UPDATE shop.recovery_case SET case_id = 9002 WHERE case_id = 70;
SELECT pg_temp.differ() AS noted;
SELECT refresh_kpi_rollup('store') > 0 AS renewed;
SELECT pg_temp.differ() AS stored;
-- a purchase
INSERT INTO shop.purchase SELECT customer_id, resolved_at + interval '29 days', 12.5
	FROM shop.recovery_case WHERE case_id IN (80, 81, 82);
-- purchases gone
DELETE FROM shop.purchase WHERE customer_id IN (40, 41);
-- a referral
INSERT INTO shop.referral SELECT customer_id, resolved_at + interval '3 days'
	FROM shop.recovery_case WHERE case_id = 90;
-- a contact
INSERT INTO shop.follow_up SELECT response_id, responded_at + interval '1 hour', 'late'
	FROM shop.survey_response WHERE csat = 1 AND response_id % 9 = 0;
-- contacts gone
DELETE FROM shop.follow_up WHERE response_id % 4 = 0;
SELECT pg_temp.differ() AS noted;
SELECT refresh_kpi_rollup('store') > 0 AS renewed;
SELECT pg_temp.differ() AS stored;
-- events
UPDATE shop.case_event SET at = at + interval '1 hour' WHERE case_id IN (33, 36);
-- an invitation
INSERT INTO shop.survey_invitation
	SELECT 9001, responded_at - interval '1 day', customer_id, NULL FROM shop.survey_response WHERE response_id = 77;
-- customers come and go
WITH new AS (INSERT INTO shop.customer VALUES (9001, now() - interval '400 days', NULL))
	UPDATE shop.customer SET left_at = now() - interval '20 days' WHERE customer_id = 7;
SELECT pg_temp.differ() AS noted;
SELECT refresh_kpi_rollup('store') > 0 AS renewed;
SELECT pg_temp.differ() AS stored;
-- many rows
UPDATE shop.survey_response SET nps = 10 - nps WHERE response_id > 100;
-- many cases
UPDATE shop.recovery_case SET resolved_at = resolved_at + interval '26 hours' WHERE case_id > 150;
-- many of all
WITH a AS (UPDATE shop.purchase SET amount = amount + 1),
	b AS (UPDATE shop.case_event SET at = at - interval '5 minutes'),
	  c AS (UPDATE shop.customer SET joined_at = joined_at - interval '1 day'),
	d AS (UPDATE shop.survey_invitation SET sent_at = sent_at + interval '1 day')
	UPDATE shop.follow_up SET contacted_at = contacted_at + interval '5 hours';
SELECT pg_temp.differ() AS noted;
SELECT refresh_kpi_rollup('store') > 0 AS renewed;
SELECT pg_temp.differ() AS stored;
-- MERGE
MERGE INTO shop.recovery_case AS c USING (VALUES (120, 'phone'), (9003, 'merged')) AS n (case_id, channel)
	ON n.case_id = c.case_id WHEN MATCHED THEN UPDATE SET channel = n.channel
	WHEN NOT MATCHED THEN INSERT (case_id, customer_id, opened_at, channel) VALUES (n.case_id, 3,
	  now() - interval '33 days', n.channel);
-- ON CONFLICT
INSERT INTO shop.customer VALUES (5, now(), NULL), (9002, now() - interval '77 days', NULL)
	ON CONFLICT (customer_id) DO UPDATE SET joined_at = excluded.joined_at - interval '99 days';
-- rows that are wrong
INSERT INTO shop.survey_response (response_id, case_id, responded_at, csat) VALUES
	(9010, 30, NULL, 1), (9011, 30, '-infinity', 1), (9012, 30, 'infinity', 1), (9013, 30, '0001-01-01 00:00Z BC', 1),
	(9014, 30, '290000-01-01 00:00Z', 1), (9015, 30, now() - interval '5 days', 9);
-- cases that are wrong
UPDATE shop.recovery_case SET resolved_at = CASE case_id % 4 WHEN 0 THEN 'infinity'
	WHEN 1 THEN opened_at - interval '1 day' WHEN 2 THEN '-infinity' ELSE now() + interval '3 days' END
	  WHERE case_id BETWEEN 40 AND 47;
-- TRUNCATE
TRUNCATE shop.referral;
SELECT pg_temp.differ() AS noted;
SELECT refresh_kpi_rollup('store') > 0 AS renewed;
SELECT pg_temp.differ() AS stored;
SELECT * FROM check_kpi_rollup('store');
-- what is rolled back touches nothing; what a savepoint keeps does
SELECT waiting AS before FROM store.kpi_rollup_status \gset
BEGIN;
INSERT INTO shop.purchase VALUES (1, now() - interval '100 days', 5);
SAVEPOINT s;
DELETE FROM shop.purchase;
ROLLBACK TO s;
SELECT pg_temp.differ() AS in_the_transaction, waiting - :before AS noted FROM store.kpi_rollup_status;
ROLLBACK;
COPY shop.purchase FROM stdin;
3	2024-05-05 00:00Z	7.5
4	2024-05-06 00:00Z	8
\.
SELECT pg_temp.differ() AS copied;
--
-- what moves with time alone: windows that end in five seconds, rows whose time comes, with no write
--
CREATE TABLE soon AS SELECT clock_timestamp() + interval '5 seconds' AS at;
INSERT INTO shop.recovery_case (case_id, customer_id, opened_at, resolved_at, promised_by, contacts, channel)
SELECT 9100 + n, 9100 + n, at - v.opened, at - v.resolved, at + v.due, 1, 'soon' FROM soon,
  (VALUES (1, interval '40 days', interval '720 hours', interval '-5 days'), (2, '20 days', '336 hours', '0'),
          (3, '720 hours', NULL, NULL), (4, '1 hour', '0', '0'), (5, '0', NULL, NULL), (6, '50 days', NULL, '0'))
    AS v (n, opened, resolved, due);
INSERT INTO shop.survey_response (response_id, customer_id, case_id, responded_at, csat)
SELECT 9100 + n, 9101, 9101, at - v.ago, 1 FROM soon, (VALUES (1, interval '0'), (2, '30 days')) AS v (n, ago);
INSERT INTO shop.follow_up SELECT 9102, at - interval '720 hours' FROM soon;
INSERT INTO shop.survey_invitation SELECT 9101, at - interval '336 hours', 9101, 9101 FROM soon;
INSERT INTO shop.survey_invitation SELECT 9102, at, 9101, 9101 FROM soon;
INSERT INTO shop.customer SELECT 9101, at - interval '50 days', at FROM soon;
INSERT INTO shop.customer SELECT 9102, at FROM soon;
INSERT INTO shop.purchase SELECT 9101, at, 20 FROM soon;
SELECT refresh_kpi_rollup('store') > 0 AS refreshed;
SELECT array_agg(DISTINCT relation ORDER BY relation) AS wait_in_the_log FROM store.kpi_touched;
SELECT pg_temp.differ() AS before_they_pass;
SELECT pg_sleep(greatest(extract(epoch FROM at + interval '0.1 second' - clock_timestamp()), 0)) FROM soon;
SELECT pg_temp.differ() AS after_they_passed;
SELECT refresh_kpi_rollup('store') > 0 AS refreshed;
SELECT pg_temp.differ() AS stored;
SELECT * FROM check_kpi_rollup('store');
DROP TABLE soon;
--
-- without opening hours and events a rollup stores when waits began, and counts them up to now
--
CREATE SCHEMA wait;
CREATE TABLE wait.recovery_case AS
SELECT DISTINCT ON (case_id) case_id, customer_id, opened_at, resolved_at, first_response_at, contacts, channel, team
  FROM shop.recovery_case ORDER BY case_id, opened_at;
ALTER TABLE wait.recovery_case ADD PRIMARY KEY (case_id);
CREATE TABLE wait.survey_response AS
SELECT DISTINCT ON (response_id) response_id, customer_id, case_id, responded_at, csat, nps, ces
  FROM shop.survey_response ORDER BY response_id, responded_at;
ALTER TABLE wait.survey_response ADD PRIMARY KEY (response_id);
INSERT INTO wait.recovery_case (case_id, customer_id, opened_at, team)
SELECT 10000 + i, i, now() - i * interval '53 hours', 'team ' || i % 3 FROM generate_series(1, 60) AS i;
SELECT create_kpi_views('wait_raw', 'wait', timezone => 'Europe/Berlin', dimensions => '{channel,team}');
SELECT create_kpi_rollup('wait_store', 'wait', 'Europe/Berlin', '{channel,team}') AS kpis;
SELECT create_kpi_views('wait_bi', 'wait_store');
SELECT pg_temp.differ('wait_raw', 'wait_bi') AS nothing_stored;
SELECT refresh_kpi_rollup('wait_store') > 200 AS many_days;
SELECT pg_temp.differ('wait_raw', 'wait_bi') AS stored;
SELECT * FROM check_kpi_rollup('wait_store');
-- each open case once by day (-1), in total (0), and by team; two KPIs share the waits for a resolution
SELECT w.kpi, w.place, sum(cardinality(w.moments)) - (SELECT count(*) FROM wait.recovery_case AS c
    WHERE (c.resolved_at IS NULL OR c.resolved_at > now() AND c.resolved_at <= now() + interval '1 day')
      AND (w.kpi = 6 OR c.first_response_at IS NULL)
      AND c.opened_at >= '1970-01-01 00:00Z' AND c.opened_at <= now()) AS too_many
  FROM wait_store.kpi_waiting AS w WHERE w.place <> 1 AND w.judged IS NULL GROUP BY 1, 2 ORDER BY 1, 2;
SELECT DISTINCT kpi FROM wait_store.kpi_cell WHERE life IS NOT NULL ORDER BY 1;
-- what will be judged within a day is known, so that no day is to be computed for it
SELECT count(*) > 0 AS judged FROM wait_store.kpi_waiting WHERE judged IS NOT NULL;
SELECT count(*) AS moving FROM wait_store.kpi_moving WHERE moves_at > now() AND moves_at < now() + interval '24 hours';
-- waits that end, begin, begin at another time, begin again, or cannot be
UPDATE wait.recovery_case SET resolved_at = now() - interval '2 hours' WHERE case_id IN (10003, 10004);
UPDATE wait.recovery_case SET first_response_at = now() - interval '1 hour' WHERE case_id IN (10004, 10005);
UPDATE wait.recovery_case SET opened_at = opened_at - interval '70 days' WHERE case_id IN (10006, 10007);
UPDATE wait.recovery_case SET resolved_at = NULL, first_response_at = NULL WHERE case_id IN (20, 40, 60);
UPDATE wait.recovery_case SET resolved_at = opened_at - interval '1 hour' WHERE case_id IN (10008, 41);
UPDATE wait.recovery_case SET first_response_at = opened_at - interval '1 hour' WHERE case_id IN (10009, 10010);
UPDATE wait.recovery_case SET team = 'team 9' WHERE case_id IN (10011, 10012);
DELETE FROM wait.recovery_case WHERE case_id IN (10001, 10020);
INSERT INTO wait.recovery_case (case_id, customer_id, opened_at) VALUES (10100, 1, now()), (10101, 2, now());
SELECT pg_temp.differ('wait_raw', 'wait_bi') AS noted;
SELECT refresh_kpi_rollup('wait_store') > 0 AS renewed;
SELECT pg_temp.differ('wait_raw', 'wait_bi') AS stored;
SELECT * FROM check_kpi_rollup('wait_store');
SELECT pg_temp.differ('wait_raw', 'wait_bi') AS later;
-- what somebody changes in the store is in the views, and the check finds it
WITH more AS (UPDATE wait_store.kpi_waiting SET moments = moments || moments[1] WHERE kpi = 6 AND place = 0
  RETURNING at)
SELECT count(*) > 2 AS changed FROM more;
SELECT DISTINCT pg_temp.differ('wait_raw', 'wait_bi'), what, kpi, dimension FROM check_kpi_rollup('wait_store')
 ORDER BY what;
SELECT touch_kpi_rollup('wait_store', 'recovery_case', NULL, NULL);
SELECT pg_temp.differ('wait_raw', 'wait_bi') AS touched;
SELECT refresh_kpi_rollup('wait_store') > 0 AS renewed;
SELECT create_kpi_views('wait_raw', 'wait', 'week', 'Europe/Berlin', dimensions => '{team}'),
       create_kpi_views('wait_bi', 'wait_store', 'week', dimensions => '{team}');
SELECT pg_temp.differ('wait_raw', 'wait_bi') AS weeks;
-- a KPI that shares its cells with another may be the only one that a view reads
SELECT count(*) > 0 AS curve FROM wait_bi.resolution_curve;
SELECT count(*) FROM ((TABLE wait_raw.resolution_curve EXCEPT ALL TABLE wait_bi.resolution_curve) UNION ALL
  (TABLE wait_bi.resolution_curve EXCEPT ALL TABLE wait_raw.resolution_curve)) AS d;
-- with opening hours the waits are read from the sources
SELECT create_kpi_views('wait_raw', 'wait', 'month', 'Europe/Berlin', calendar => 'Europe/Berlin; mon-fri 09:00-17:00'),
       create_kpi_rollup('wait_hours', 'wait', 'Europe/Berlin', calendar => 'Europe/Berlin; mon-fri 09:00-17:00');
SELECT create_kpi_views('wait_bi', 'wait_hours'), refresh_kpi_rollup('wait_hours') > 0 AS stored;
SELECT count(*) FROM wait_hours.kpi_waiting WHERE judged IS NULL;
SELECT pg_temp.differ('wait_raw', 'wait_bi') AS hours;
SELECT drop_kpi_views('wait_bi') > 0 AS views, drop_kpi_rollup('wait_store'), drop_kpi_rollup('wait_hours');
--
-- other periods, some of the dimensions, one KPI more
--
SELECT create_kpi_views('raw', 'shop', 'week', 'Europe/Berlin', dimensions => '{team}', begins => 7),
       create_kpi_views('bi', 'store', 'week', dimensions => '{team}', begins => 7);
SELECT pg_temp.differ() AS weeks;
INSERT INTO shop.recovery_case (case_id, customer_id, opened_at, resolved_at, team)
SELECT 9200, 5, now() - interval '9 days', now() - interval '8 days', 'team 9';
SELECT pg_temp.differ() AS noted;
CREATE TABLE shop.block AS
SELECT (now() - i * interval '28 days')::date AS period_start, (now() - i * interval '28 days')::date + 27 AS period_end
  FROM generate_series(0, 11) i;
SELECT create_kpi_views('raw', 'shop', 'block', 'Europe/Berlin', dimensions => '{}'),
       create_kpi_views('bi', 'store', 'block', dimensions => '{}');
SELECT count(*) FROM (TABLE raw.kpi_by_period EXCEPT ALL TABLE bi.kpi_by_period) x;
INSERT INTO kpi_definition (kpi, ordinal, name, unit, direction, list, counted, dated, fact, segmented)
VALUES ('young_share', 101, 'Cases of This Week', '%', 'higher', 'case_list',
        'l.opened_at > now() - interval ''7 days''', 'opened_at', 'rate', true);
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'store')$$);
SELECT pg_temp.error_of($$SELECT refresh_kpi_rollup('store')$$);
SELECT create_kpi_views('raw', 'shop', timezone => 'Europe/Berlin', dimensions => '{channel,team}'),
       create_kpi_rollup('store', 'shop', 'Europe/Berlin', '{channel,team}') AS kpis;
SELECT create_kpi_views('bi', 'store'), refresh_kpi_rollup('store') > 300 AS refreshed;
SELECT pg_temp.differ() AS one_more, (SELECT count(*) > 3 FROM bi.kpi_by_period WHERE kpi = 'young_share') AS is_there,
       (SELECT count(*) FROM store.kpi_cell WHERE kpi = 101) AS but_not_stored;
DELETE FROM kpi_definition WHERE kpi = 'young_share';
--
-- dimensions that only cases have: answers about no case count in total, and in no segment.  And a first build in
-- several steps, each a transaction: the latest days first; what is left is computed from the sources
--
CREATE SCHEMA steps;
CREATE TABLE steps.recovery_case AS SELECT i AS case_id, i % 50 AS customer_id,
       now() - i * interval '1 day' AS opened_at,
       CASE WHEN i % 9 > 0 THEN now() - i * interval '1 day' + i % 30 * interval '3 hours' END AS resolved_at,
       'channel ' || i % 3 AS channel
  FROM generate_series(1, 400) i;
CREATE TABLE steps.survey_response AS SELECT i AS response_id, i % 50 AS customer_id,
       CASE WHEN i % 3 = 0 THEN i END AS case_id, now() - i * interval '1 day' + interval '5 hours' AS responded_at,
       i * i % 5 + 1 AS csat, i % 11 AS nps
  FROM generate_series(1, 400) i;
ALTER TABLE steps.recovery_case ADD PRIMARY KEY (case_id);
ALTER TABLE steps.survey_response ADD PRIMARY KEY (response_id);
SELECT create_kpi_rollup('steps_store', 'steps') AS kpis, create_kpi_views('steps_raw', 'steps') > 0 AS raw;
SELECT create_kpi_views('steps_bi', 'steps_store') > 0 AS bi;
-- hundred days, and what makes a month whole; what is rolled back is to be done again
BEGIN;
SELECT refresh_kpi_rollup('steps_store', 100) > 90 AS renewed;
ROLLBACK;
SELECT stored_days, unbuilt_before FROM steps_store.kpi_rollup_status;
SELECT refresh_kpi_rollup('steps_store', 100) > 90 AS renewed;
SELECT stored_days BETWEEN 95 AND 135 AS stored, first_day = unbuilt_before AS where_it_ends, waiting
  FROM steps_store.kpi_rollup_status;
SELECT pg_temp.differ('steps_raw', 'steps_bi') AS first_step;
SELECT * FROM check_kpi_rollup('steps_store');
-- changes of days that are stored, and of days that are not
UPDATE steps.survey_response SET responded_at = responded_at - interval '200 days' WHERE response_id IN (5, 9);
DELETE FROM steps.recovery_case WHERE case_id IN (11, 310);
SELECT pg_temp.differ('steps_raw', 'steps_bi') AS noted;
SELECT refresh_kpi_rollup('steps_store', 100) > 90 AS renewed;
SELECT stored_days BETWEEN 190 AND 270 AS stored, unbuilt_before < current_date - 190 AS left_over, waiting
  FROM steps_store.kpi_rollup_status;
SELECT pg_temp.differ('steps_raw', 'steps_bi') AS second_step;
DO $$
DECLARE
	steps int := 0;
BEGIN
	LOOP
		PERFORM refresh_kpi_rollup('steps_store', 100);
		COMMIT;
		steps := steps + 1;
		EXIT WHEN (SELECT unbuilt_before IS NULL FROM steps_store.kpi_rollup_status) OR steps = 20;
	END LOOP;
	IF steps NOT BETWEEN 2 AND 4 THEN
		RAISE 'it took % steps', steps;
	END IF;
END $$;
SELECT stored_days BETWEEN 395 AND 405 AS stored, unbuilt_before FROM steps_store.kpi_rollup_status;
SELECT pg_temp.differ('steps_raw', 'steps_bi') AS all_steps;
SELECT * FROM check_kpi_rollup('steps_store');
SELECT refresh_kpi_rollup('steps_store', 100) < 60 AS few_days, refresh_kpi_rollup(NULL) AS nothing;
SELECT pg_temp.error_of($$SELECT refresh_kpi_rollup('steps_store', 0)$$);
-- the latest months are stored whole too, and read as long as no day of theirs is to be computed
SELECT max(c.at) AS latest, count(DISTINCT c.at) BETWEEN 2 AND 3 AS months FROM steps_store.kpi_month_cell AS c
 WHERE c.place = -1 \gset
\echo :months
UPDATE steps_store.kpi_month_cell SET events = events + 1 WHERE kpi = 22 AND place = -1 AND at = :'latest';
SELECT pg_temp.differ('steps_raw', 'steps_bi'), what, kpi, at = :'latest' AS month
  FROM check_kpi_rollup('steps_store') ORDER BY what;
SELECT touch_kpi_rollup('steps_store', 'recovery_case', first => :'latest', last => :'latest');
SELECT pg_temp.differ('steps_raw', 'steps_bi') AS days_are_read, count(*) AS found FROM check_kpi_rollup('steps_store');
SELECT refresh_kpi_rollup('steps_store') > 0 AS renewed;
SELECT pg_temp.differ('steps_raw', 'steps_bi') AS stored, count(*) AS found FROM check_kpi_rollup('steps_store');
-- an answer about a case whose fortnight goes on touches its own day alone; of many rows, of which the cases are not
-- looked up, those days too whose fortnight ends before the next day does
SELECT refresh_kpi_rollup('steps_store') AS nothing_waits;
INSERT INTO steps.survey_response (response_id, case_id, responded_at, csat)
SELECT 9500 + case_id, case_id, now(), 5 FROM steps.recovery_case WHERE resolved_at > now() - interval '12 days';
SELECT count(DISTINCT c.resolved_at::date) > 4 AS of_days FROM steps.survey_response AS r
  JOIN steps.recovery_case AS c USING (case_id) WHERE r.response_id > 9500;
SELECT pg_temp.differ('steps_raw', 'steps_bi') AS noted, refresh_kpi_rollup('steps_store') AS days;
INSERT INTO steps.survey_response (response_id, case_id, responded_at, csat)
SELECT 10000 + i, i, now(), 5 FROM generate_series(1, 201) AS i;
SELECT pg_temp.differ('steps_raw', 'steps_bi') AS noted, refresh_kpi_rollup('steps_store') BETWEEN 2 AND 4 AS few_days;
SELECT pg_temp.differ('steps_raw', 'steps_bi') AS stored;
-- the log takes any time that a row may have, and whatever anybody puts there: days are computed, nothing else
INSERT INTO steps.survey_response (response_id, case_id, responded_at, csat) VALUES
       (9001, 3, '4714-11-24 00:00Z BC', 1), (9002, 3, '294276-12-31 23:00Z', 1), (9003, 3, NULL, 1),
       (9004, 3, '-infinity', 1), (9005, 3, 'infinity', 1);
UPDATE steps.recovery_case SET resolved_at = '4714-11-24 00:00Z BC' WHERE case_id = 20;
UPDATE steps.recovery_case SET opened_at = '294276-12-31 23:00Z' WHERE case_id = 21;
INSERT INTO steps_store.kpi_touched (relation, many, kept, times)
SELECT r, m, k, t::timestamptz[]
  FROM unnest('{recovery_case,survey_response,purchase,"x; DROP TABLE y"}'::text[]) r, unnest('{t,f}'::bool[]) m,
       unnest('{t,f}'::bool[]) k, (VALUES ('{2026-01-01,2025-01-01}'), ('{}'), (NULL), ('{NULL,NULL}'),
       ('{{2025-01-01},{2024-01-01}}'), ('{4714-11-24 00:00Z BC,4714-11-24 00:00Z BC}'),
       ('{294276-12-31 00:00Z,4714-11-24 00:00Z BC}')) AS v (t);
SELECT pg_temp.differ('steps_raw', 'steps_bi') AS noted;
SELECT waiting, oldest_touched FROM steps_store.kpi_rollup_status;
SELECT refresh_kpi_rollup('steps_store') > 0 AS renewed;
SELECT pg_temp.differ('steps_raw', 'steps_bi') AS stored;
SELECT * FROM check_kpi_rollup('steps_store');
SELECT drop_kpi_views('steps_bi') > 0 AS views, drop_kpi_rollup('steps_store') AS tables;
--
-- what comes in a window that ends within a day decides how it will be judged, and what the store has judged ahead: one
-- row touches the day of the case (or contact, or invitation), and its own if its day has cells; many rows, whose keys
-- are not noted, touch that day too
--
CREATE SCHEMA ends;
CREATE TABLE ends.recovery_case AS
SELECT i AS case_id, i AS customer_id, now() - interval '40 days' AS opened_at,
       now() + interval '20 hours' - CASE WHEN i < 4 THEN interval '720 hours' ELSE '336 hours' END AS resolved_at
  FROM generate_series(1, 4) AS i;
CREATE TABLE ends.survey_response AS
SELECT i AS response_id, i AS customer_id, NULL::int AS case_id, now() - interval '40 days' AS responded_at, 1 AS csat
  FROM generate_series(5, 6) AS i;
CREATE TABLE ends.follow_up AS
SELECT i AS response_id, now() - interval '700 hours' AS contacted_at FROM generate_series(5, 6) AS i;
CREATE TABLE ends.survey_invitation AS
SELECT 7 AS invitation_id, 7 AS customer_id, NULL::int AS case_id, now() - interval '316 hours' AS sent_at;
CREATE TABLE ends.purchase (customer_id int, purchased_at timestamptz, amount int);
CREATE TABLE ends.referral (customer_id int, referred_at timestamptz);
ALTER TABLE ends.recovery_case ADD PRIMARY KEY (case_id);
ALTER TABLE ends.survey_response ADD PRIMARY KEY (response_id);
ALTER TABLE ends.survey_invitation ADD PRIMARY KEY (invitation_id);
SELECT create_kpi_rollup('ends_store', 'ends') AS kpis, refresh_kpi_rollup('ends_store') > 0 AS stored;
CREATE FUNCTION pg_temp.changed(statement text, OUT days bigint, OUT wrong bigint) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE statement;
	days := refresh_kpi_rollup('ends_store');
	SELECT count(*) FROM check_kpi_rollup('ends_store') INTO wrong;
END $$;
SELECT v.relation, v.who, one.days, one.wrong, more.wrong, gone.wrong
  FROM (VALUES (1, 'purchase', 'purchased_at, customer_id', 1), (2, 'referral', 'referred_at, customer_id', 2),
               (3, 'recovery_case', 'opened_at, customer_id, case_id', 3),
               (4, 'survey_response', 'responded_at, case_id, response_id, csat', 4),
               (5, 'survey_response', 'responded_at, customer_id, response_id, csat', 5),
               (6, 'purchase', 'purchased_at, customer_id', 6),
               (7, 'survey_response', 'responded_at, customer_id, response_id, csat', 7))
    AS v (ordinal, relation, columns, who)
    CROSS JOIN LATERAL (SELECT format('INSERT INTO ends.%s (%s) SELECT now(), %s%s%s FROM generate_series', relation,
      columns, who, CASE WHEN columns ~ 'case_id$|response_id' THEN ', 1000 + i' END,
      CASE WHEN columns ~ 'csat' THEN ', 5' END) AS head) AS h
    CROSS JOIN LATERAL pg_temp.changed(head || '(1, 1) AS i') AS one
    CROSS JOIN LATERAL pg_temp.changed(concat(head, '(2, 302) AS i', left('', one.days::int))) AS more
    CROSS JOIN LATERAL pg_temp.changed(format('DELETE FROM ends.%s WHERE %s > now() - interval ''1 hour''', relation,
      split_part(columns, ',', 1)) || left('', more.days::int)) AS gone
 ORDER BY ordinal;
SELECT drop_kpi_rollup('ends_store') AS tables;
DROP SCHEMA ends CASCADE;
--
-- sources without keys: rows of one key count once, also when another takes their place
--
ALTER TABLE shop.recovery_case DROP CONSTRAINT recovery_case_pkey;
ALTER TABLE shop.survey_response DROP CONSTRAINT survey_response_pkey;
ALTER TABLE shop.survey_invitation DROP CONSTRAINT survey_invitation_pkey;
SELECT create_kpi_views('raw', 'shop', timezone => 'Europe/Berlin', dimensions => '{channel,team}'),
       create_kpi_rollup('store', 'shop', 'Europe/Berlin', '{channel,team}') AS kpis;
SELECT create_kpi_views('bi', 'store'), refresh_kpi_rollup('store') > 300 AS refreshed;
INSERT INTO shop.recovery_case (case_id, customer_id, opened_at, resolved_at, channel)
SELECT case_id, customer_id % 7, opened_at - interval '70 days', opened_at, 'twice' FROM shop.recovery_case
 WHERE case_id IN (300, 301);
INSERT INTO shop.survey_response (response_id, case_id, customer_id, responded_at, csat)
SELECT response_id, case_id + 9, customer_id + 1, responded_at + interval '20 days', 2 FROM shop.survey_response
 WHERE response_id IN (70, 71);
INSERT INTO shop.survey_invitation
SELECT invitation_id, sent_at - interval '30 days', 3, 17 FROM shop.survey_invitation WHERE invitation_id = 200;
SELECT pg_temp.differ() AS twice;
SELECT refresh_kpi_rollup('store') > 0 AS renewed;
DELETE FROM shop.recovery_case WHERE channel = 'twice';
DELETE FROM shop.survey_response WHERE csat = 2 AND response_id IN (70, 71);
DELETE FROM shop.survey_invitation WHERE invitation_id = 200 AND customer_id = 3;
SELECT pg_temp.differ() AS once_more;
SELECT refresh_kpi_rollup('store') > 0 AS renewed;
SELECT pg_temp.differ() AS stored;
SELECT * FROM check_kpi_rollup('store');
--
-- partitions have triggers of their own; one that is attached has none until the rollup is made again
--
CREATE SCHEMA parts;
CREATE TABLE parts.survey_response (response_id int, responded_at timestamptz, csat int)
  PARTITION BY RANGE (responded_at);
CREATE TABLE parts.old PARTITION OF parts.survey_response FOR VALUES
  FROM ('2020-01-01 00:00Z') TO ('2024-01-01 00:00Z');
CREATE TABLE parts.new (response_id int, responded_at timestamptz, csat int);
SELECT create_kpi_rollup('parts_store', 'parts') AS kpis, create_kpi_views('parts_raw', 'parts');
SELECT create_kpi_views('parts_bi', 'parts_store'), refresh_kpi_rollup('parts_store');
INSERT INTO parts.old VALUES (1, '2022-05-05 00:00Z', 5);
INSERT INTO parts.survey_response VALUES (2, '2022-06-06 00:00Z', 1);
SELECT refresh_kpi_rollup('parts_store');
INSERT INTO parts.new VALUES (3, '2025-05-05 00:00Z', 4);
ALTER TABLE parts.survey_response ATTACH PARTITION parts.new
  FOR VALUES FROM ('2024-01-01 00:00Z') TO ('2100-01-01 00:00Z');
SELECT * FROM check_kpi_rollup('parts_store') ORDER BY what;
SELECT touch_kpi_rollup('parts_store', 'survey_response', '2025-05-05', '2025-05-05'),
  refresh_kpi_rollup('parts_store');
SELECT count(*) FROM (TABLE parts_raw.kpi_by_period EXCEPT ALL TABLE parts_bi.kpi_by_period) x;
SELECT what FROM check_kpi_rollup('parts_store');
-- a view has no triggers
CREATE SCHEMA seen;
CREATE TABLE seen.answer (id int, at timestamptz, score int);
CREATE VIEW seen.survey_response AS SELECT id AS response_id, at AS responded_at, score AS csat FROM seen.answer;
SET client_min_messages = notice;
SELECT create_kpi_rollup('seen_store', 'seen');
SET client_min_messages = warning;
SELECT create_kpi_views('seen_raw', 'seen'), create_kpi_views('seen_bi', 'seen_store'),
       refresh_kpi_rollup('seen_store');
INSERT INTO seen.answer VALUES (1, '2025-01-02 12:00Z', 5), (2, '2025-01-03 12:00Z', 3), (3,
  now() + interval '1 hour', 1);
SELECT count(*) FROM (TABLE seen_raw.kpi_by_period EXCEPT ALL TABLE seen_bi.kpi_by_period) x;
SELECT touch_kpi_rollup('seen_store', 'survey_response', '2025-01-02', '2025-01-03');
SELECT count(*) FROM (TABLE seen_raw.kpi_by_period EXCEPT ALL TABLE seen_bi.kpi_by_period) x;
SELECT refresh_kpi_rollup('seen_store');
SELECT count(*) FROM (TABLE seen_raw.kpi_by_period EXCEPT ALL TABLE seen_bi.kpi_by_period) x;
SELECT relation, many FROM seen_store.kpi_touched;	-- the answer of the coming hour
--
-- roles: a writer may insert and no more, a reader may read the views and no more
--
CREATE ROLE live_writer;
CREATE ROLE live_reader;
GRANT USAGE ON SCHEMA seen, shop TO live_writer;
GRANT INSERT ON shop.survey_response, shop.recovery_case, shop.purchase TO live_writer;
GRANT USAGE ON SCHEMA bi TO live_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA bi TO live_reader;
SET ROLE live_writer;
INSERT INTO shop.purchase VALUES (7, '2026-01-01 00:00Z', 3);
INSERT INTO shop.survey_response (response_id, case_id, responded_at, csat)
SELECT 9300 + i, i, '2026-01-02 00:00Z', 3 FROM generate_series(1, 300) i;
SELECT pg_temp.error_of('SELECT count(*) FROM store.kpi_touched'), pg_temp.error_of('DELETE FROM store.kpi_touched');
SELECT pg_temp.error_of('SELECT count(*) FROM store.kpi_cell'),
  pg_temp.error_of($$SELECT refresh_kpi_rollup('store')$$);
SET ROLE live_reader;
SELECT count(*) > 100 FROM bi.kpi_by_period;
SELECT count(*) > 0 FROM bi.case_list;
SELECT pg_temp.error_of('SELECT count(*) FROM store.kpi_cell'), pg_temp.error_of('SELECT count(*) FROM shop.purchase');
RESET ROLE;
SELECT pg_temp.differ();
--
-- the outbox: each signal, missed target and overdue promise once
--
INSERT INTO seen.answer SELECT i, '2025-03-05 00:00Z', 1 FROM generate_series(10, 60) i;
SELECT touch_kpi_rollup('seen_store', 'survey_response', '2025-03-05', '2025-03-05');
SELECT announce_kpi_signals('seen_bi', 'seen_store'), announce_kpi_signals('seen_bi', 'seen_store') AS again;
DELETE FROM seen_store.kpi_event RETURNING kind, kpi, period_start, value, reference, message;
UPDATE shop.recovery_case SET resolved_at = NULL, promised_by = now() - interval '90 minutes' WHERE case_id = 100;
SELECT announce_kpi_signals('bi', 'store') > 1 AS several;
SELECT kind, kpi, customer_id, message ~ '^case 100 of customer .*overdue for 1.5 hours$'
  FROM store.kpi_event WHERE case_id = '100' AND round(value::numeric, 1) = 1.5;
SELECT pg_temp.error_of($$SELECT announce_kpi_signals('bi', 'shop')$$),
       pg_temp.error_of($$SELECT announce_kpi_signals('shop', 'store')$$);
SELECT rank, value_at_stake IS NOT NULL AS spent, value_at_stake >= lead(value_at_stake)
  OVER (ORDER BY rank) AS in_order
  FROM bi.follow_up_due ORDER BY rank LIMIT 3;
--
-- errors
--
SELECT pg_temp.error_of($$SELECT create_kpi_rollup('shop', 'shop')$$);
SELECT pg_temp.error_of($$SELECT create_kpi_rollup(NULL)$$);
SELECT pg_temp.error_of($$SELECT create_kpi_rollup('store2', 'nowhere')$$);
SELECT pg_temp.error_of($$SELECT create_kpi_rollup('store2', 'shop', 'Mars/Base')$$);
SELECT pg_temp.error_of($$SELECT create_kpi_rollup('store2', 'shop', dimensions => '{nothing}')$$) ~ '^42703';
CREATE SCHEMA taken;
CREATE TABLE taken.kpi_cell ();
SELECT pg_temp.error_of($$SELECT create_kpi_rollup('taken', 'shop')$$);
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'store', timezone => 'Asia/Tokyo')$$);
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'store', calendar => 'Europe/Berlin; mon-fri 09:00-17:00')$$);
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'store', as_of => now())$$);
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'store', dimensions => '{contacts}')$$);
SELECT pg_temp.error_of($$SELECT refresh_kpi_rollup('shop')$$);
SELECT pg_temp.error_of($$SELECT touch_kpi_rollup('store', 'orders', NULL, NULL)$$);
SELECT pg_temp.error_of($$SELECT touch_kpi_rollup('store', 'purchase', '2025-02-02', '2025-01-01')$$);
SELECT pg_temp.error_of($$SELECT check_kpi_rollup('shop')$$);
-- a superuser does not run what others can change
CREATE SCHEMA theirs AUTHORIZATION live_writer;
SELECT pg_temp.error_of($$SELECT create_kpi_rollup('theirs', 'shop')$$);
SET ROLE live_writer;
CREATE TABLE theirs.purchase (customer_id int, purchased_at timestamptz, amount int);
CREATE TABLE theirs.customer (customer_id int, joined_at timestamptz, left_at timestamptz);
RESET ROLE;
SELECT pg_temp.error_of($$SELECT create_kpi_rollup('our_store', 'theirs')$$);
-- what somebody else put into the store is not taken over
CREATE SCHEMA planted;
GRANT CREATE, USAGE ON SCHEMA planted TO live_writer;
SET ROLE live_writer;
CREATE TABLE planted.kpi_event (message text);
RESET ROLE;
SELECT left(pg_temp.error_of($$SELECT create_kpi_rollup('planted', 'shop')$$), 5);
DROP TABLE planted.kpi_event;
SELECT create_kpi_rollup('planted', 'shop') > 0 AS made;
SELECT drop_kpi_rollup('planted') AS tables;
DROP SCHEMA planted;
--
-- of several invitations with one key the first counts, and an answer to a later one is none to it
--
CREATE SCHEMA again;
CREATE TABLE again.survey_invitation (invitation_id int, sent_at timestamptz, customer_id int);
INSERT INTO again.survey_invitation VALUES (1, now() - interval '60 days', 5), (1, now() - interval '50 days', 5);
CREATE TABLE again.survey_response (response_id int PRIMARY KEY, customer_id int, responded_at timestamptz, csat int,
  channel text);
SELECT create_kpi_rollup('again_store', 'again') AS kpis, refresh_kpi_rollup('again_store') > 0 AS stored;
SELECT create_kpi_views('again_raw', 'again') AS raw, create_kpi_views('again_bi', 'again_store') AS bi;
INSERT INTO again.survey_response VALUES (1, 5, now() - interval '40 days', 3);		-- 10 days after the second
SELECT pg_temp.differ('again_raw', 'again_bi') ~ '^equal' AS equal, string_agg(DISTINCT value::text, ' ') AS rate
  FROM again_raw.kpi_by_period WHERE kpi = 'invitation_response_rate';
INSERT INTO again.survey_response VALUES (2, 5, now() - interval '47 days', 3);		-- 13 days after the first
SELECT pg_temp.differ('again_raw', 'again_bi') ~ '^equal' AS equal, string_agg(DISTINCT value::text, ' ') AS rate
  FROM again_raw.kpi_by_period WHERE kpi = 'invitation_response_rate';
DROP SCHEMA again_bi, again_raw, again_store, again CASCADE;
--
-- gone without a trace
--
SELECT pg_temp.error_of($$SELECT drop_kpi_rollup('store')$$) ~ '^2BP01' AS views_read_it;
SELECT drop_kpi_views('bi'), drop_kpi_rollup('store'), drop_kpi_rollup('store') AS again;
SELECT count(*) FROM pg_class WHERE relnamespace = 'store'::regnamespace OR relname LIKE 'kpi\_rollup\_recovery%';
SELECT count(*) FROM pg_trigger WHERE tgrelid IN ('shop.recovery_case'::regclass, 'shop.purchase'::regclass)
  AND NOT tgisinternal;
INSERT INTO shop.purchase VALUES (7, '2026-01-01 00:00Z', 3);
DROP SCHEMA shop, raw, store, parts, parts_store, parts_raw, parts_bi, seen, seen_store, seen_raw, seen_bi, bi, taken,
  theirs, steps, steps_store, steps_raw, steps_bi, wait, wait_raw, wait_store, wait_bi, wait_hours CASCADE;
DROP ROLE live_writer, live_reader;
