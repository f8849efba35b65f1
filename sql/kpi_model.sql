\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
SET client_min_messages = warning;
--
-- What the views must say: a small case for each rule, figures derived by hand or by plain SQL.
--
-- Like is compared with like ages. 600 cases a month from January to June, resolved at once; every 5th reopened, every
-- 3rd answered, every 4th with a purchase, delays even over 1 .. 60 days: nothing changes from month to month. Within
-- its window a case has 30/60 of the reopenings (10 %), 47 of 200 answers, 14/60 (7.83 %), 30/60 of the purchases
-- (12.5 %).
--
CREATE SCHEMA ages;
SET search_path = ages, public;
CREATE TABLE recovery_case AS
SELECT m * 600 + i AS case_id, m * 600 + i AS customer_id, at AS opened_at, at AS resolved_at,
       CASE WHEN i % 5 = 0 THEN at + (i / 5 % 60 + 1) * interval '1 day' END AS reopened_at, 1 AS contacts
  FROM generate_series(0, 5) m, generate_series(0, 599) i,
       LATERAL (SELECT make_timestamptz(2025, m + 1, 1, 0, 0, 0, 'UTC') + i * interval '1 hour' AS at) t;
CREATE TABLE survey_response AS
SELECT case_id AS response_id, customer_id, case_id,
       opened_at + (case_id % 600 / 3 * 60 / 200 + 1) * interval '1 day' AS responded_at, 4 AS csat
  FROM recovery_case WHERE case_id % 3 = 0;
CREATE TABLE purchase AS
SELECT customer_id, opened_at + (case_id % 600 / 4 * 60 / 150 + 1) * interval '1 day' AS purchased_at, 10 AS amount
  FROM recovery_case WHERE case_id % 4 = 0;
SELECT create_kpi_views('ages_bi', 'ages', as_of => '2025-06-15 00:00Z');
SELECT kpi, period_start, value, responses, complete FROM ages_bi.kpi_by_period
 WHERE kpi IN ('reopen_rate', 'response_rate', 'repeat_rate') ORDER BY 1, 2;
SELECT kpi, period_start, value, previous_value, round(p_value::numeric, 2) AS p FROM ages_bi.kpi_scorecard
 WHERE kpi IN ('reopen_rate', 'response_rate', 'repeat_rate') ORDER BY 1;
RESET search_path;
DROP SCHEMA ages, ages_bi CASCADE;
--
-- Waiting ends. Of 100 cases of a day people answer all within two hours, even after minutes 1 .. 100; in the next
-- month a robot closes 40 of 100 after a minute, people are as fast: the median wait stays what it was.
--
CREATE SCHEMA waits;
CREATE TABLE waits.recovery_case AS
SELECT m * 100 + i AS case_id, i AS customer_id, at AS opened_at,
       at + CASE WHEN m = 1 AND i % 5 < 2 THEN interval '1 minute' ELSE interval '1 day' END AS resolved_at,
       CASE WHEN m = 0 OR i % 5 >= 2 THEN at + i * interval '1 minute' END AS first_response_at
  FROM generate_series(0, 1) m, generate_series(1, 100) i,
       LATERAL (SELECT make_timestamptz(2025, m + 1, 5, 8, 0, 0, 'UTC') AS at) t;
SELECT create_kpi_views('waits_bi', 'waits', as_of => '2025-06-15 00:00Z');
SELECT period_start, round(60 * value) AS minutes, responses FROM waits_bi.kpi_by_period
 WHERE kpi = 'first_response_time' ORDER BY 1;
SELECT p_value > 0.2 AS no_change FROM waits_bi.kpi_scorecard WHERE kpi = 'first_response_time';
DROP SCHEMA waits, waits_bi CASCADE;
--
-- A column that is missing leaves KPIs out, never makes a figure: no left_at, no resolved_at, no surveys, no cases.
--
CREATE SCHEMA part;
CREATE TABLE part.customer AS SELECT i AS customer_id, '2024-01-01 00:00Z'::timestamptz AS joined_at
  FROM generate_series(1, 9) i;
CREATE TABLE part.purchase AS SELECT i % 9 + 1 AS customer_id,
  '2025-01-01 00:00Z'::timestamptz + i * interval '1 day' AS purchased_at,
  10 AS amount FROM generate_series(1, 50) i;
CREATE TABLE part.recovery_case AS
SELECT i AS case_id, i % 9 + 1 AS customer_id, '2025-01-01 00:00Z'::timestamptz + i * interval '1 day' AS opened_at
  FROM generate_series(1, 50) i;
SELECT create_kpi_views('part_bi', 'part', as_of => '2025-06-15 00:00Z');
SELECT kpi, value FROM part_bi.kpi_scorecard;
DROP TABLE part.recovery_case CASCADE;
ALTER TABLE part.customer ADD left_at timestamptz;
SELECT create_kpi_views('part_bi', 'part', as_of => '2025-03-15 00:00Z');
SELECT kpi, value FROM part_bi.kpi_scorecard;
DROP TABLE part.customer, part.purchase CASCADE;
CREATE TABLE part.survey_response AS SELECT i AS response_id, '2025-02-01 00:00Z'::timestamptz AS responded_at,
  9 AS nps FROM generate_series(1, 9) i;
SELECT create_kpi_views('part_bi', 'part', as_of => '2025-03-15 00:00Z');
SELECT kpi, value, responses FROM part_bi.kpi_scorecard;
DROP TABLE part.survey_response CASCADE;
SELECT pg_temp.error_of($$SELECT create_kpi_views('part_bi', 'part')$$);
DROP SCHEMA part, part_bi CASCADE;
--
-- A bad row costs itself. 20 good cases of February with a good answer each; then one row of each fault; figures of
-- the good ones stay, and left_out counts the others.
--
CREATE SCHEMA bad;
SET search_path = bad, public;
CREATE TABLE recovery_case (case_id int, customer_id int, opened_at timestamptz, resolved_at timestamptz,
                            first_response_at timestamptz, reopened_at timestamptz, promised_by timestamptz,
                            contacts numeric);
CREATE TABLE survey_response (response_id int, customer_id int, case_id int, responded_at timestamptz, csat numeric,
                              nps int, ces int, expected float8, perceived float8);
INSERT INTO recovery_case
SELECT i, i, '2025-02-03 00:00Z', '2025-02-03 10:00Z', '2025-02-03 01:00Z', NULL, '2025-02-04 00:00Z', 1
  FROM generate_series(1, 20) i;
INSERT INTO survey_response SELECT i, i, i, '2025-02-05 00:00Z', 5, 9, 7, 3, 4 FROM generate_series(1, 20) i;
SELECT create_kpi_views('bad_bi', 'bad', as_of => '2025-06-15 00:00Z');
SELECT kpi, value, responses, left_out FROM bad_bi.kpi_by_period WHERE period_start = '2025-02-01'
  AND kpi <> 'open_cases' ORDER BY kpi COLLATE "C";
CREATE TEMP TABLE good AS SELECT * FROM bad_bi.kpi_by_period;
INSERT INTO recovery_case VALUES
  (101, 101, '2025-02-03 00:00Z', '2025-02-02 00:00Z', NULL, NULL, NULL, NULL),      -- resolved before it was opened
  (102, 102, '2025-02-03 00:00Z', 'infinity', NULL, NULL, NULL, NULL),
  (103, 103, '2025-02-03 00:00Z', '2025-02-03 10:00Z', '2025-02-01 00:00Z', NULL, NULL, NULL),
  (104, 104, '2025-02-03 00:00Z', '2025-02-03 10:00Z', '2025-02-03 01:00Z', NULL, '2025-01-01 00:00Z', 0),
  (105, 105, '2025-02-03 00:00Z', '2025-02-03 10:00Z', '2025-02-03 01:00Z', NULL, NULL, 1.5),
  (106, 106, '0001-01-01 00:00Z', NULL, NULL, NULL, NULL, 1),                        -- 24,303 months
  (107, 107, '1900-01-01 00:00Z', NULL, NULL, NULL, NULL, 1), (108, 108, 'infinity', NULL, NULL, NULL, NULL, 1),
  (109, 109, NULL, NULL, NULL, NULL, NULL, 1), (NULL, 110, '2025-02-03 00:00Z', NULL, NULL, NULL, NULL, 1),
  (111, NULL, '2025-02-03 00:00Z', '2025-02-03 10:00Z', '2025-02-03 01:00Z', '2025-02-02 00:00Z', NULL, 1),
  (112, 112, '2025-07-01 00:00Z', NULL, NULL, NULL, NULL, 1);                        -- after as_of: not looked at
INSERT INTO survey_response VALUES
  (201, 1, 1, '2025-02-05 00:00Z', 9, 11, 0, 'NaN', 3), (202, 1, 1, '2025-02-05 00:00Z', 4.5, -1, 8, 'Infinity', 3),
  (203, 1, 1, '0001-01-01 00:00Z', 5, 9, 7, 3, 3), (204, 1, 1, now() + interval '2 days', 5, 9, 7, 3, 3),
  (NULL, 1, 1, '2025-02-05 00:00Z', 1, 1, 1, 3, 3);
SELECT kpi, v.value, v.responses, v.left_out FROM bad_bi.kpi_by_period v LEFT JOIN good g USING (kpi, period_start)
 WHERE period_start = '2025-02-01' AND (v.value, v.responses, v.left_out) IS DISTINCT FROM (g.value, g.responses,
   g.left_out)
 ORDER BY 1;
SELECT count(DISTINCT period_start), count(*) FILTER (WHERE left_out IS NULL) FROM bad_bi.kpi_by_period;
SELECT (SELECT count(*) FROM bad_bi.kpi_scorecard) > 0 AND (SELECT count(*) FROM bad_bi.kpi_trend) > 0
         AND (SELECT count(*) FROM bad_bi.resolution_curve) > 0 AND (SELECT count(*) FROM bad_bi.case_list) = 26
         AND (SELECT count(*) FROM bad_bi.case_queue) = 0 AS all_read;
SELECT relation, rule, rows, example, effect FROM bad_bi.source_check;
SELECT count(*) FROM (TABLE bad_bi.source_check EXCEPT SELECT * FROM check_kpi_sources('bad')) x;
SET client_min_messages = notice;
SELECT create_kpi_views('bad_bi', 'bad', as_of => '2025-06-15 00:00Z');
SET client_min_messages = warning;
RESET search_path;
DROP SCHEMA bad, bad_bi CASCADE;
--
-- A purchase or a referral at the ends of what a column holds is after no case: by hand one case, one purchase in the
-- month after it, and no referral.
--
CREATE SCHEMA ends;
CREATE TABLE ends.recovery_case AS SELECT 1 AS case_id, 1 AS customer_id, '2025-02-03 00:00Z'::timestamptz AS opened_at,
       '2025-02-04 00:00Z'::timestamptz AS resolved_at;
CREATE TABLE ends.purchase (customer_id, purchased_at, amount) AS
VALUES (1, '4714-11-24 00:00Z BC'::timestamptz, 5), (1, '2025-03-01 00:00Z', 5), (1, '294276-12-31 00:00Z', 5),
       (1, 'infinity', 5), (1, '-infinity', 5);
CREATE TABLE ends.referral AS SELECT customer_id, purchased_at AS referred_at FROM ends.purchase
 WHERE purchased_at <> '2025-03-01 00:00Z';
SELECT create_kpi_views('ends_bi', 'ends', as_of => '2025-06-15 00:00Z') > 0 AS made;
SELECT kpi, value, responses FROM ends_bi.kpi_by_period WHERE kpi IN (SELECT kpi FROM kpi_definition
   WHERE needs && '{purchase.purchased_at,referral.referred_at}') ORDER BY kpi COLLATE "C";
DROP SCHEMA ends, ends_bi CASCADE;
--
-- Duplicates count once: of a case the row opened first, of an answer the one given last. Four cases in two of which a
-- join with tags made three rows; nine answers, of which three are given again and better.
--
CREATE SCHEMA twice;
CREATE TABLE twice.recovery_case AS
SELECT i AS case_id, i AS customer_id, '2025-02-03 00:00Z'::timestamptz + t * interval '1 hour' AS opened_at,
       '2025-02-04 00:00Z'::timestamptz AS resolved_at, 'tag ' || t AS channel
  FROM generate_series(1, 4) i, generate_series(1, 3) t WHERE i > 2 OR t = 1;
CREATE TABLE twice.survey_response AS
SELECT i AS response_id, i AS customer_id, 1 AS case_id, '2025-02-05 00:00Z'::timestamptz AS responded_at, 1 AS csat
  FROM generate_series(1, 9) i
UNION ALL
SELECT i, i, 1, '2025-02-06 00:00Z', 5 FROM generate_series(1, 3) i;
CREATE TABLE twice.customer AS SELECT i AS customer_id, '2024-01-01 00:00Z'::timestamptz AS joined_at
  FROM generate_series(1, 40) i;
SELECT create_kpi_views('twice_bi', 'twice', as_of => '2025-03-15 00:00Z');
SELECT kpi, value, responses FROM twice_bi.kpi_by_period
 WHERE period_start = '2025-02-01' AND kpi IN ('csat', 'crs', 'complaint_rate', 'resolution_time',
   'case_volume') ORDER BY 1;
SELECT segment, value FROM twice_bi.kpi_by_segment WHERE kpi = 'case_volume' AND period_start = '2025-02-01';
SELECT rule, rows, example FROM twice_bi.source_check;
-- the same if an index makes sure of it, without looking for duplicates
DELETE FROM twice.survey_response WHERE csat = 1 AND response_id <= 3;
DELETE FROM twice.recovery_case WHERE channel <> 'tag 1';
ALTER TABLE twice.survey_response ADD PRIMARY KEY (response_id);
CREATE UNIQUE INDEX ON twice.recovery_case (case_id);
CREATE TEMP TABLE before AS SELECT * FROM twice_bi.kpi_by_period;
SELECT create_kpi_views('twice_bi', 'twice', as_of => '2025-03-15 00:00Z');
SELECT pg_get_viewdef('twice_bi.kpi_by_period'::regclass) ~ 'DISTINCT ON' AS looks;
SELECT count(*) FROM (TABLE before EXCEPT TABLE twice_bi.kpi_by_period) x;
DROP SCHEMA twice, twice_bi CASCADE;
--
-- Answers about cases that are not there are no recoveries, nor are those given before the case was opened; those given
-- before its resolution are. A brand's two cases, everybody's answers: CRS 100, not 50.
--
CREATE SCHEMA brand;
CREATE TABLE brand.recovery_case AS
SELECT i AS case_id, i AS customer_id, '2025-02-03 00:00Z'::timestamptz AS opened_at,
       '2025-02-10 00:00Z'::timestamptz AS resolved_at FROM generate_series(1, 2) i;
CREATE TABLE brand.survey_response (response_id int, customer_id int, case_id int, responded_at timestamptz, csat int);
INSERT INTO brand.survey_response
VALUES (1, 1, 1, '2025-02-11 00:00Z', 5), (2, 2, 2, '2025-02-05 00:00Z', 4), (3, 3, 3, '2025-02-11 00:00Z', 1),
       (4, 4, 4, '2025-02-11 00:00Z', 2), (5, 2, 2, '2025-02-01 00:00Z', 1);
SELECT create_kpi_views('brand_bi', 'brand', as_of => '2025-03-31 00:00Z');
SELECT kpi, value, responses FROM brand_bi.kpi_by_period WHERE kpi IN ('crs', 'csat', 'response_rate') ORDER BY 1;
SELECT rule, rows, example, effect FROM brand_bi.source_check;
DROP SCHEMA brand, brand_bi CASCADE;
--
-- Quiet periods are periods: a bad January, four months of nothing. Flows are 0 up to as_of, and the scorecard shows
-- May.
--
CREATE SCHEMA quiet;
CREATE TABLE quiet.recovery_case AS
SELECT i AS case_id, i AS customer_id, '2025-01-10 00:00Z'::timestamptz AS opened_at,
       CASE WHEN i > 3 THEN '2025-01-12 00:00Z'::timestamptz END AS resolved_at FROM generate_series(1, 10) i;
CREATE TABLE quiet.customer AS
SELECT i AS customer_id, '2024-01-01 00:00Z'::timestamptz AS joined_at,
       CASE WHEN i <= 5 THEN '2025-01-20 00:00Z'::timestamptz END AS left_at FROM generate_series(1, 25) i;
SELECT create_kpi_views('quiet_bi', 'quiet', as_of => '2025-06-03 00:00Z');
SELECT kpi, period_start, value, responses, previous_value, round(p_value::numeric, 3) AS p FROM quiet_bi.kpi_scorecard
 WHERE kpi IN ('churn_rate', 'retention_rate', 'complaint_rate', 'case_volume', 'open_cases');
SELECT kpi, array_agg(value ORDER BY period_start) FROM quiet_bi.kpi_by_period
 WHERE kpi IN ('churn_rate', 'complaint_rate', 'case_volume', 'open_cases') GROUP BY 1 ORDER BY 1;
DROP SCHEMA quiet, quiet_bi CASCADE;
--
-- Dimensions are the user's, and an answer's own value comes before its case's; an unknown one is an error with those
-- that are there. A name may hold anything.
--
CREATE SCHEMA own;
CREATE TYPE own.region AS ENUM ('north', 'south');
CREATE TABLE own.recovery_case AS
SELECT i AS case_id, i AS customer_id, '2025-02-03 00:00Z'::timestamptz AS opened_at,
  '2025-02-04 00:00Z'::timestamptz AS resolved_at,
       'agent ' || i % 2 AS "the {home} agent's", i % 3 AS team, (ARRAY['north', 'south'])[i % 2 + 1]::own.region AS region,
       i % 4 = 0 AS vip, 1.5::float8 AS weight
  FROM generate_series(1, 12) i;
CREATE TABLE own.survey_response AS
SELECT i AS response_id, i AS customer_id, CASE WHEN i <= 12 THEN i END AS case_id,
  '2025-02-05 00:00Z'::timestamptz AS responded_at,
       i % 5 + 1 AS csat, CASE WHEN i > 10 THEN 7 END AS team
  FROM generate_series(1, 15) i;
SELECT create_kpi_views('own_bi', 'own', as_of => '2025-06-03 00:00Z',
                        dimensions => '{"the {home} agent''s",team,region,vip}');
SELECT dimension, segment, value, responses FROM own_bi.kpi_by_segment WHERE kpi = 'case_volume'
  AND period_start = '2025-02-01'
 ORDER BY 1, 2;
SELECT dimension, segment, responses FROM own_bi.kpi_by_segment WHERE kpi = 'csat' AND dimension IN ('team',
  'vip') ORDER BY 1, 2;
SELECT "the {home} agent's", team, region, vip FROM own_bi.case_list WHERE case_id = 4;
SELECT pg_temp.error_of($$SELECT create_kpi_views('own_bi', 'own', dimensions => '{colour}')$$);
SELECT pg_temp.error_of($$SELECT create_kpi_views('own_bi', 'own', dimensions => '{weight}')$$);
SELECT pg_temp.error_of($$SELECT create_kpi_views('own_bi', 'own', dimensions => '{team,team}')$$);
-- none at all: no segments; grants on a view stay if its columns change
GRANT SELECT ON own_bi.case_list TO PUBLIC;
SELECT create_kpi_views('own_bi', 'own', dimensions => '{}'), to_regclass('own_bi.kpi_by_segment'),
       (SELECT relacl FROM pg_class WHERE oid = 'own_bi.case_list'::regclass)::text ~ '{=r/|,=r/' AS granted;
DROP SCHEMA own, own_bi CASCADE;
--
-- Periods from a table, 4-4-5 weeks: a day belongs to the period whose dates it lies between, a level counts what came
-- before. One case each day of January to April 2025, resolved after ten days.
--
CREATE SCHEMA retail;
CREATE TABLE retail.weeks_445 (period_start date, period_end date);
INSERT INTO retail.weeks_445 VALUES ('2025-01-05', '2025-02-01'), ('2025-02-02', '2025-03-01'), ('2025-03-02',
  '2025-04-05'),
                                    ('2025-04-06', '2025-05-03');
CREATE TABLE retail.recovery_case AS
SELECT i AS case_id, i AS customer_id, '2024-12-31 12:00Z'::timestamptz + i * interval '1 day' AS opened_at,
       '2025-01-10 12:00Z'::timestamptz + i * interval '1 day' AS resolved_at FROM generate_series(1, 120) i;
CREATE TABLE retail.customer AS
SELECT i AS customer_id, '2024-12-15 12:00Z'::timestamptz + i * interval '1 day' AS joined_at,
       CASE WHEN i % 10 = 0 THEN '2025-03-01 12:00Z'::timestamptz + i * interval '1 hour' END AS left_at
  FROM generate_series(1, 100) i;
SELECT create_kpi_views('retail_bi', 'retail', 'weeks_445', as_of => '2025-06-15 00:00Z');
SELECT v.kpi, v.period_start, v.value, v.responses, CASE v.kpi
         WHEN 'case_volume' THEN (SELECT count(*) FROM retail.recovery_case
           WHERE opened_at::date BETWEEN w.period_start AND w.period_end)
         WHEN 'open_cases' THEN (SELECT count(*) FROM retail.recovery_case
                                  WHERE opened_at::date <= w.period_end AND resolved_at::date > w.period_end)
         WHEN 'churn_rate' THEN (SELECT 100.0 * count(*) FILTER (WHERE left_at::date <= w.period_end) / count(*)
                                   FROM retail.customer
                                  WHERE joined_at < w.period_start
                                    AND (left_at >= w.period_start OR left_at IS NULL)) END AS by_hand
  FROM retail_bi.kpi_by_period v JOIN retail.weeks_445 w USING (period_start)
 WHERE kpi IN ('case_volume', 'open_cases', 'churn_rate') ORDER BY 1, 2;
-- the first day of the next period as the end means the same
UPDATE retail.weeks_445 SET period_end = period_end + 1;
CREATE TEMP TABLE inclusive AS SELECT * FROM retail_bi.kpi_by_period;
UPDATE retail.weeks_445 SET period_end = period_end - 1;
SELECT count(*) FROM (TABLE inclusive EXCEPT TABLE retail_bi.kpi_by_period) x;
SELECT pg_temp.error_of($$SELECT create_kpi_views('retail_bi', 'retail', 'fortnight')$$);
SELECT pg_temp.error_of($$SELECT create_kpi_views('retail_bi', 'retail', 'customer')$$);
DROP SCHEMA retail, retail_bi CASCADE;
--
-- The user's calendar: weeks from Sunday, years and quarters from April, half years. 2025-03-30 is a Sunday.
--
CREATE SCHEMA fiscal;
CREATE TABLE fiscal.recovery_case AS
SELECT i AS case_id, i AS customer_id, '2025-03-26 12:00Z'::timestamptz + i * interval '1 day' AS opened_at
  FROM generate_series(1, 9) i;
CREATE FUNCTION pg_temp.volume(period text, begins int) RETURNS text LANGUAGE plpgsql AS $$
DECLARE volume text;
BEGIN
  PERFORM create_kpi_views('fiscal_bi', 'fiscal', period, as_of => '2025-05-01 00:00Z', begins => begins);
  EXECUTE 'SELECT string_agg(period_start || '' '' || value, '', '' ORDER BY period_start) FROM fiscal_bi.kpi_by_period
    WHERE kpi = ''case_volume'' AND value > 0' INTO volume;
  RETURN volume;
END $$;
SET DateStyle = 'ISO';
SELECT pg_temp.volume('week', 7), pg_temp.volume('week', NULL), pg_temp.volume('year', 4), pg_temp.volume('quarter', 4),
       pg_temp.volume('half', NULL), pg_temp.volume('half', 4);
SELECT pg_temp.error_of($$SELECT create_kpi_views('fiscal_bi', 'fiscal', 'week', begins => 8)$$);
RESET DateStyle;
DROP SCHEMA fiscal, fiscal_bi CASCADE;
--
-- The user's clock: with opening hours 9 to 17 a case of Monday 16:00, resolved Tuesday 10:00, took 2 hours, not 18; a
-- calendar of the case wins. With events the time pending and on hold is taken off: 9:00 to 15:00 less 10:00 to 13:00.
--
CREATE SCHEMA hours;
CREATE TABLE hours.recovery_case (case_id int, customer_id int, opened_at timestamptz, first_response_at timestamptz,
                                  resolved_at timestamptz, channel text, calendar business_calendar);
INSERT INTO hours.recovery_case
VALUES (1, 1, '2025-02-03 16:00Z', '2025-02-04 09:30Z', '2025-02-04 10:00Z', 'desk', NULL),
       (2, 2, '2025-02-03 16:00Z', '2025-02-04 09:30Z', '2025-02-04 10:00Z', 'hotline', 'UTC; mon-sun 00:00-24:00'),
       (3, 3, '2025-02-03 09:00Z', NULL, '2025-02-03 15:00Z', 'events', NULL),
       (4, 4, '2025-02-28 09:00Z', NULL, NULL, 'open', NULL);
CREATE TABLE hours.case_event (case_id int, at timestamptz, status text);
INSERT INTO hours.case_event
VALUES (3, '2025-02-03 09:00Z', 'received'), (3, '2025-02-03 10:00Z', 'asked back'), (3, '2025-02-03 12:00Z',
  'at supplier'),
       (3, '2025-02-03 13:00Z', 'in work'), (3, '2025-02-03 15:00Z', 'done'), (4, '2025-02-28 09:00Z', 'asked back'),
       (4, '2025-02-28 09:00Z', 'at supplier'), (4, 'infinity', 'done'), (9, '2025-02-28 09:00Z', 'lost');
CREATE TABLE hours.kpi_status_role (status text, role text);
INSERT INTO hours.kpi_status_role VALUES ('received', 'new'), ('in work', 'open'), ('asked back', 'pending'),
  ('at supplier', 'hold'), ('done', 'solved');
SELECT create_kpi_views('hours_bi', 'hours', as_of => '2025-03-03 17:00Z', calendar => 'UTC; mon-fri 09:00-17:00');
SELECT case_id, resolved, resolution_hours, responded, response_hours, requester_wait_hours, agent_work_hours,
  hold_hours
  FROM hours_bi.case_list ORDER BY 1;
SELECT segment, value FROM hours_bi.kpi_by_segment WHERE kpi = 'resolution_time'
  AND period_start = '2025-02-01' ORDER BY 1;
SELECT kpi, value, responses FROM hours_bi.kpi_scorecard WHERE kpi IN ('requester_wait', 'agent_work', 'hold_time');
SELECT case_id, age_hours, current_status, waiting_for, due_at FROM hours_bi.case_queue;
SELECT relation, rule, rows, example FROM hours_bi.source_check;
-- around the clock, without events
DROP TABLE hours.case_event, hours.kpi_status_role CASCADE;
SELECT create_kpi_views('hours_bi', 'hours', as_of => '2025-03-03 17:00Z');
SELECT case_id, resolution_hours, response_hours, hold_hours FROM hours_bi.case_list ORDER BY 1;
DROP SCHEMA hours, hours_bi CASCADE;
--
-- Follow-up: two working days after Friday 10:00 is Tuesday 10:00. Of seven unsatisfied answers five are judged: one
-- contacted in time, one late, one not; one before the answer was given, which is none; one by nps alone, in time. Of
-- the contacted one bought again, one was satisfied later, one neither.
--
CREATE SCHEMA follow;
CREATE TABLE follow.survey_response (response_id int, customer_id int, responded_at timestamptz, csat int, nps int);
INSERT INTO follow.survey_response
VALUES (1, 1, '2025-02-07 10:00Z', 2, NULL), (2, 2, '2025-02-07 10:00Z', 3, 9), (3, 3, '2025-02-07 10:00Z', 1, NULL),
       (4, 4, '2025-02-07 10:00Z', 1, NULL), (5, 5, '2025-02-07 10:00Z', NULL, 6), (6, 6, '2025-02-07 10:00Z', 5, 0),
       (7, 7, '2025-03-31 10:00Z', 1, NULL), (8, 2, '2025-02-20 10:00Z', 4, NULL), (9, NULL, '2025-03-31 12:00Z', 2, 2);
CREATE TABLE follow.follow_up (response_id int, contacted_at timestamptz);
INSERT INTO follow.follow_up
VALUES (1, '2025-02-11 10:00Z'), (1, '2025-02-12 10:00Z'), (2, '2025-02-11 10:01Z'), (4, '2025-02-06 10:00Z'),
       (5, '2025-02-07 11:00Z'), (99, '2025-02-07 11:00Z');
CREATE TABLE follow.purchase (customer_id int, purchased_at timestamptz, amount numeric);
INSERT INTO follow.purchase VALUES (1, '2025-03-01 10:00Z', 20), (5, '2025-03-20 10:00Z', 20);
CREATE TABLE follow.survey_invitation (invitation_id int, sent_at timestamptz, customer_id int);
INSERT INTO follow.survey_invitation
VALUES (1, '2025-02-06 10:00Z', 1), (2, '2025-02-08 10:00Z', 1), (3, '2025-02-07 09:00Z', 2), (3,
  '2025-02-08 09:00Z', 2),
       (4, '2025-03-30 09:00Z', 7);
SELECT create_kpi_views('follow_bi', 'follow', as_of => '2025-04-01 00:00Z');
SELECT kpi, value, responses, complete FROM follow_bi.kpi_by_period WHERE period_start = '2025-02-01' ORDER BY 1;
SELECT response_id, customer_id, csat, nps, due_at AT TIME ZONE 'UTC' AS due_at, overdue_hours
  FROM follow_bi.follow_up_due
 ORDER BY 1;
SELECT relation, rule, rows, example FROM follow_bi.source_check;
DROP SCHEMA follow, follow_bi CASCADE;
--
-- Groups that differ beforehand are adjusted: never failed customers spend 10 a purchase and month, so do the others;
-- but customers who buy more fail more. The raw difference is large, the adjusted one is not.
--
CREATE SCHEMA worth;
CREATE TABLE worth.purchase AS
SELECT i AS customer_id,
  '2025-01-05 00:00Z'::timestamptz + n * interval '720 hours' + i * interval '1 minute' AS purchased_at,
       10 * (1 + i % 3) + (i * i * 7 + n * n * 5 + i * n) % 7 AS amount
  FROM generate_series(1, 300) i, generate_series(0, 11) n WHERE n >= 6 OR n < 1 + i % 3;
CREATE TABLE worth.recovery_case AS
SELECT i AS case_id, i AS customer_id, '2025-05-05 00:00Z'::timestamptz AS opened_at,
  '2025-05-06 00:00Z'::timestamptz AS resolved_at
  FROM generate_series(1, 300) i WHERE i % 3 = 2 AND i % 4 > 0 OR i % 3 = 0 AND i % 8 = 0;
SELECT create_kpi_views('worth_bi', 'worth', as_of => '2025-12-31 00:00Z');
SELECT customer_group, round(raw_spend::numeric) AS raw_spend, round(raw_difference::numeric) AS raw_difference,
       abs(adjusted_difference) < 3 AS hardly_any, p_value > 0.1 AS no_proof
  FROM worth_bi.customer_value ORDER BY 1;
DROP SCHEMA worth, worth_bi CASCADE;
--
-- Why the last change: parts of each dimension add up to it.
--
CREATE SCHEMA why;
CREATE TABLE why.survey_response AS
SELECT m * 1000 + i AS response_id, i AS customer_id, make_timestamptz(2025, m, 5, 0, 0, 0, 'UTC') AS responded_at,
       CASE WHEN i % 10 < CASE WHEN i % 3 = 0 AND m = 2 THEN 3 ELSE 7 END THEN 5 ELSE 2 END AS csat,
       (ARRAY['web', 'shop', NULL])[i % 3 + 1] AS place, i % 2 = 0 AS member
  FROM generate_series(1, 2) m, generate_series(1, 300 + m * 50) i;
SELECT create_kpi_views('why_bi', 'why', as_of => '2025-03-15 00:00Z', dimensions => '{place,member}');
SELECT segment, baseline_value, current_value, round(rate_effect::numeric, 3) AS rate_effect,
       round(mix_effect::numeric, 3) AS mix_effect, p_value < 0.001 AS sure
  FROM why_bi.kpi_change WHERE kpi = 'csat' AND dimension = 'place' ORDER BY 1;
SELECT dimension, round(sum(rate_effect + mix_effect)::numeric, 9) = round(max(change)::numeric, 9) AS adds_up
  FROM why_bi.kpi_change JOIN why_bi.kpi_scorecard USING (kpi) GROUP BY 1 ORDER BY 1;
-- a comment of which less than 0.3 of the words are English is not read, and not neutral
ALTER TABLE why.survey_response ADD comment text;
UPDATE why.survey_response SET comment = (ARRAY['Great service, thank you!', 'Das Paket kam erst nach drei Wochen an',
  'Terrible, nobody helped', 'My order number is 4711.'])[customer_id % 4 + 1] WHERE responded_at < '2025-02-01';
SELECT create_kpi_views('why_bi', 'why', as_of => '2025-03-15 00:00Z');
SELECT period_start, responses, round(positive_share) AS positive, round(neutral_share) AS neutral,
       round(negative_share) AS negative, round(not_read_share) AS not_read, read_share > 0.5
         AND read_share < 0.9 AS some_read
  FROM why_bi.voice;
DROP SCHEMA why, why_bi CASCADE;
--
-- Signals: none below twelve points of baseline; a run is nine and signals once; a signalled point is no baseline.
-- Twelve months of 50 and 52 by turns, 90, then nine months of 53.
--
CREATE SCHEMA signal;
CREATE TABLE signal.recovery_case AS
SELECT m * 100 + i AS case_id, i AS customer_id, make_timestamptz(2023 + m / 12, m % 12 + 1, 3, 0, 0, 0,
  'UTC') AS opened_at,
       make_timestamptz(2023 + m / 12, m % 12 + 1, 3, 0, 0, 0, 'UTC') AS resolved_at
  FROM generate_series(0, 23) m, generate_series(1, 90) i
 WHERE i <= CASE WHEN m < 12 THEN 50 + m % 2 * 2 WHEN m = 12 THEN 90 ELSE 53 END;
SELECT create_kpi_views('signal_bi', 'signal', as_of => '2025-06-15 00:00Z');
SELECT period_start, value, center, round(upper_limit::numeric, 3) AS upper_limit, signal FROM signal_bi.kpi_trend
 WHERE kpi = 'case_volume' AND period_start >= '2023-12-01' AND period_start < '2025-02-01' ORDER BY 1;
-- the scorecard's last year is the same month of it
SELECT period_start, value, previous_value, last_year_value, round(p_value::numeric, 3) AS p,
       last_year_p_value = (count_test(0, 31.0 / 31, 53, 1)).p_value AS last_year
  FROM signal_bi.kpi_scorecard WHERE kpi = 'case_volume';
DROP SCHEMA signal, signal_bi CASCADE;
-- limits of a quantile in a tail: 100 cases a month that take 1, 2, .. 100 hours. Of 12 months the share within the
-- limits would be 67.67 and 97.48 % (by mpmath: c = qt(0.99865, 0.62 * 11) * sqrt(1 + 1/12), v = c^2 / 100,
-- (0.9 + v/2 -+ sqrt(0.09 v + v^2/4)) / (1 + v)), of 13 months 68.81 and 97.35: the 68th, 69th and 98th hour
CREATE SCHEMA tail;
CREATE TABLE tail.recovery_case AS
SELECT m * 100 + i AS case_id, i AS customer_id, t.opened_at,
       t.opened_at + i * CASE m WHEN 13 THEN 1.2 WHEN 14 THEN 0.65 ELSE 1 END * interval '1 hour' AS resolved_at
  FROM generate_series(0, 14) m, generate_series(1, 100) i,
       LATERAL (SELECT make_timestamptz(2023 + m / 12, m % 12 + 1, 3, 0, 0, 0, 'UTC') AS opened_at) t;
SELECT create_kpi_views('tail_bi', 'tail', as_of => '2024-06-15 00:00Z');
SELECT period_start, value, center, lower_limit, upper_limit, signal FROM tail_bi.kpi_trend
 WHERE kpi = 'time_to_resolve_90' AND period_start BETWEEN '2023-12-01' AND '2024-03-01' ORDER BY 1;
-- 5 of 100 are never resolved: there is no time by which 97.48 % are, and so no upper limit
UPDATE tail.recovery_case SET resolved_at = NULL WHERE customer_id > 95;
SELECT period_start, value, center, lower_limit, upper_limit, signal FROM tail_bi.kpi_trend
 WHERE kpi = 'time_to_resolve_90' AND period_start BETWEEN '2024-01-01' AND '2024-02-01' ORDER BY 1;
DROP SCHEMA tail, tail_bi CASCADE;
--
-- as_of at the first moment of a period: that period is not there yet, unless something is of that very moment.
--
CREATE SCHEMA edge;
CREATE TABLE edge.recovery_case AS
SELECT i AS case_id, i AS customer_id, '2025-01-10 00:00Z'::timestamptz + i * interval '10 days' AS opened_at
  FROM generate_series(0, 7) i;
CREATE TABLE edge.season AS SELECT d::date AS period_start, (d + interval '1 month')::date AS period_end
  FROM generate_series('2025-01-01'::timestamp, '2025-06-01', '1 month') d;
SELECT create_kpi_views('edge_bi', 'edge', as_of => '2025-05-01 00:00Z'),
       create_kpi_views('edge_season', 'edge', 'season', as_of => '2025-05-01 00:00Z');
SELECT period_start, m.value, s.value AS season, m.complete
  FROM edge_bi.kpi_by_period m FULL JOIN edge_season.kpi_by_period s USING (kpi, period_start)
 WHERE kpi = 'case_volume' ORDER BY 1;
INSERT INTO edge.recovery_case VALUES (9, 9, '2025-05-01 00:00Z');
SELECT period_start, m.value, s.value AS season, m.complete
  FROM edge_bi.kpi_by_period m FULL JOIN edge_season.kpi_by_period s USING (kpi, period_start)
 WHERE kpi = 'case_volume' AND period_start >= '2025-04-01' ORDER BY 1;
DROP SCHEMA edge, edge_bi, edge_season CASCADE;
--
-- Answers that look like another scale: 30 or more of a period, none above 5.
--
CREATE SCHEMA scale;
CREATE TABLE scale.survey_response AS
SELECT m * 100 + i AS response_id, make_timestamptz(2025, m, 5, 0, 0, 0, 'UTC') AS responded_at,
       CASE WHEN m < 3 OR i > 1 THEN i % 6 ELSE 6 END AS nps, CASE WHEN m > 1 OR i < 30 THEN 1 + i % 5 END AS ces
  FROM generate_series(1, 3) m, generate_series(1, 31) i;
SELECT relation, rule, rows, example, effect FROM check_kpi_sources('scale');
DROP SCHEMA scale CASCADE;
--
-- A new KPI is one row: it is in every view.
--
CREATE SCHEMA more;
CREATE TABLE more.recovery_case AS
SELECT i AS case_id, i AS customer_id, '2025-01-01 12:00Z'::timestamptz + i * interval '1 day' AS opened_at,
       '2025-01-01 12:00Z'::timestamptz + i * interval '1 day' + i % 5 * interval '1 hour' AS resolved_at, 'chat' AS channel
  FROM generate_series(1, 400) i;
INSERT INTO kpi_definition (kpi, ordinal, name, unit, direction, target, warning, list, counted, dated, fact, chart,
  least,
                            most, needs)
VALUES ('same_hour_rate', 99, 'Resolved in an Hour', '%', 'higher', 50, 30, 'case_list',
        'l.resolution_span < ''01:00:00''::interval', 'opened_at', 'rate', 'p', 0, 100, '{recovery_case.resolved_at}');
SELECT create_kpi_views('more_bi', 'more', as_of => '2026-03-01 00:00Z');
SELECT period_start, value, responses, status FROM more_bi.kpi_by_period WHERE kpi = 'same_hour_rate'
  AND period_start < '2025-03-01' ORDER BY 1;
SELECT kpi_name, value, target, status, sure FROM more_bi.kpi_scorecard WHERE kpi = 'same_hour_rate';
SELECT (SELECT count(*) FROM more_bi.kpi_by_segment WHERE kpi = 'same_hour_rate') AS segments,
       (SELECT count(center) FROM more_bi.kpi_trend WHERE kpi = 'same_hour_rate') AS limits,
       (SELECT count(*) FROM more_bi.kpi_change WHERE kpi = 'same_hour_rate') AS parts;
DELETE FROM kpi_definition WHERE kpi = 'same_hour_rate';
DROP SCHEMA more, more_bi CASCADE;
--
-- The same figures under any setting of who makes the views, and who reads them.
--
CREATE SCHEMA setting;
CREATE TABLE setting.recovery_case AS
SELECT i AS case_id, i AS customer_id, '2025-01-01 12:00Z'::timestamptz + i * interval '31 hours' AS opened_at,
       '2025-01-01 12:00Z'::timestamptz + i * interval '33 hours' AS resolved_at, E'a\\b''' || i % 3 AS channel
  FROM generate_series(1, 300) i;
CREATE TABLE setting.customer AS
SELECT i AS customer_id, '2024-12-15 12:00Z'::timestamptz + i * interval '1 day' AS joined_at,
       CASE WHEN i % 10 = 0 THEN '2025-03-01 12:00Z'::timestamptz + i * interval '1 hour' END AS left_at
  FROM generate_series(1, 100) i;
CREATE TABLE setting.purchase AS
SELECT i % 100 AS customer_id, '2025-01-01 12:00Z'::timestamptz + i * interval '7 hours' AS purchased_at, 9.99 AS amount
  FROM generate_series(1, 900) i;
SELECT create_kpi_views('setting_bi', 'setting', 'week', 'Europe/Berlin', '2025-12-01 00:00:00.123456+01');
CREATE TEMP TABLE plain AS SELECT viewname, definition FROM pg_views WHERE schemaname = 'setting_bi';
CREATE TEMP TABLE figures AS SELECT * FROM setting_bi.kpi_by_period;
BEGIN;
SET LOCAL extra_float_digits = -15;
-- 19 has these three no more
SELECT set_config(s, 'off', true)
  FROM unnest('{standard_conforming_strings,escape_string_warning,backslash_quote}'::text[]) s
 WHERE current_setting('server_version_num')::int < 190000
  \g /dev/null
SET LOCAL DateStyle = 'SQL, DMY';
SET LOCAL TimeZone = 'Asia/Tokyo';
SET LOCAL IntervalStyle = 'sql_standard';
SELECT create_kpi_views('setting_bi', 'setting', 'week', 'Europe/Berlin', '2025-11-30 23:00:00.123456Z');
CREATE TEMP TABLE other AS SELECT * FROM setting_bi.kpi_by_period;
SELECT count(*) > 0 FROM check_kpi_sources('setting');
COMMIT;
SELECT count(*), count(*) FILTER (WHERE p.definition = v.definition) AS same FROM plain p
  JOIN pg_views v ON schemaname = 'setting_bi' AND p.viewname = v.viewname;
SELECT count(*) FROM (TABLE figures EXCEPT TABLE other UNION ALL (TABLE other EXCEPT TABLE figures)) x;
DROP SCHEMA setting, setting_bi CASCADE;
