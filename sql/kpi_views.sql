\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- sources with unusual names: ten months of cases, answers, customers, purchases and referrals
--
CREATE SCHEMA "Src ""1"" 50%s";
SET search_path = "Src ""1"" 50%s", public;
CREATE TABLE recovery_case AS
SELECT i AS case_id, i * 7 % 120 + 1 AS customer_id,
       '2025-01-01 06:00Z'::timestamptz + i * interval '17 hours' AS opened_at,
       CASE WHEN i % 11 > 0 THEN '2025-01-01 06:00Z'::timestamptz + i * interval '17 hours'
            + (i * 37 % 101 + 1) * interval '5 hours' END AS resolved_at,
       (i * 5 % 3 + 1)::smallint AS contacts,
       CASE WHEN i % 13 = 0 AND i % 11 > 0 THEN '2025-01-01 06:00Z'::timestamptz + i * interval '17 hours'
            + (i * 37 % 101 + 30) * interval '5 hours' END AS reopened_at,
       CASE WHEN i % 6 > 0 THEN '2025-01-01 06:00Z'::timestamptz + i * interval '17 hours'
            + (i * 29 % 47) * interval '11 minutes' END AS first_response_at,
       (ARRAY['phone', 'chat', NULL])[i % 3 + 1] AS channel, (ARRAY['late', 'wrong'])[i % 2 + 1] AS failure_type,
       (ARRAY['none', 'refund', 'voucher', NULL])[i % 4 + 1] AS compensation,
       CASE WHEN i % 2 = 0 THEN '2025-01-01 06:00Z'::timestamptz + i * interval '17 hours'
            + interval '10 days' END AS promised_by
  FROM generate_series(1, 430) i;
CREATE TABLE survey_response AS
SELECT i AS response_id,
       CASE WHEN i % 3 > 0 THEN i * 7 % 120 + 1 WHEN i % 9 = 0 THEN 121 + i % 20
            ELSE i * 11 % 40 + 1 END AS customer_id,
       CASE WHEN i % 3 > 0 THEN i END AS case_id,
       CASE WHEN i % 3 > 0 THEN '2025-01-05 09:00Z' ELSE '2024-11-20 09:00Z' END::timestamptz
         + i * interval '17 hours' AS responded_at,
       CASE WHEN i % 10 > 0 THEN (i * i + i / 7) % 5 + 1 END AS csat,
       CASE WHEN i % 7 > 0 THEN i * 5 % 11 END::bigint AS nps,
       CASE WHEN i % 4 > 0 THEN i * 2 % 7 + 1 END::numeric AS ces, CASE WHEN i % 5 > 0 THEN 3 END AS expected,
       (i * 11 % 5 + 1)::real AS perceived, i % 5 + 1 AS speed, i * 3 % 7 + 1 AS effectiveness,
       i * i % 4 AS compensation_value,
       (ARRAY['Great service, thank you', 'Terrible, nobody helped', 'The parcel came on Monday',
              NULL])[i % 4 + 1] AS comment
  FROM generate_series(1, 425) i;
CREATE TABLE customer AS
SELECT i AS customer_id, '2024-06-01 00:00Z'::timestamptz + i * interval '3 days' AS joined_at,
       CASE WHEN i % 4 = 0 THEN '2025-02-01 12:00Z'::timestamptz + i * interval '37 hours' END AS left_at
  FROM generate_series(1, 140) i;
UPDATE customer SET left_at = joined_at + interval '2 days' WHERE customer_id IN (77, 78);
CREATE TABLE purchase AS
SELECT i * 13 % 120 + 1 AS customer_id, '2025-01-02 00:00Z'::timestamptz + i * interval '5 hours' AS purchased_at,
       (10 + i % 17 + 0.25)::numeric(10,2) AS amount
  FROM generate_series(1, 1500) i;
INSERT INTO purchase
SELECT i, '2025-01-02 00:00Z'::timestamptz + i * interval '55 hours', -9
  FROM generate_series(1, 120) i;   -- refunds are no purchases
CREATE TABLE referral AS
SELECT i * 3 % 120 + 1 AS customer_id, '2025-01-02 00:00Z'::timestamptz + i * interval '60 hours' AS referred_at
  FROM generate_series(1, 120) i;
RESET search_path;
\set src '"Src ""1"" 50%s"'
\set as_of '2025-10-20 00:00+02'
-- a first run makes the schema too
SELECT create_kpi_views('Tar "get"', 'Src "1" 50%s', 'month', 'Europe/Berlin', :'as_of');
SET search_path = "Tar ""get""", "Src ""1"" 50%s", public;
--
-- each KPI of the catalogue, in each period, against the direct aggregate over the raw tables; hours for times
--
CREATE FUNCTION pg_temp.month(at timestamptz) RETURNS date LANGUAGE sql
  AS $$ SELECT date_trunc('month', at AT TIME ZONE 'Europe/Berlin')::date $$;
CREATE FUNCTION pg_temp.hours(t interval) RETURNS float8 LANGUAGE sql
  AS $$ SELECT extract(epoch FROM t)::float8 / 3600 $$;
CREATE TEMP TABLE direct (kpi text, period_start date, value float8, responses bigint);
INSERT INTO direct
SELECT 'crs', pg_temp.month(responded_at), crs(csat), count(csat) FROM survey_response
 WHERE case_id IS NOT NULL AND responded_at <= :'as_of' GROUP BY 2;
INSERT INTO direct
SELECT 'csat', pg_temp.month(responded_at), 100.0 * count(*) FILTER (WHERE csat >= 4) / count(csat), count(csat)
  FROM survey_response WHERE responded_at <= :'as_of' GROUP BY 2;
INSERT INTO direct
SELECT 'nps', pg_temp.month(responded_at),
       100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps), count(nps)
  FROM survey_response WHERE responded_at <= :'as_of' GROUP BY 2;
INSERT INTO direct
SELECT 'ces', pg_temp.month(responded_at), avg(ces), count(ces) FROM survey_response WHERE responded_at <= :'as_of'
 GROUP BY 2;
INSERT INTO direct
SELECT 'resolution_quality', pg_temp.month(responded_at),
       100.0 * count(*) FILTER (WHERE perceived >= expected) / count(expected), count(expected)
  FROM survey_response WHERE case_id IS NOT NULL AND responded_at <= :'as_of' GROUP BY 2;
INSERT INTO direct
SELECT 'sentiment', pg_temp.month(responded_at), avg(sentiment(comment)), count(comment) FROM survey_response
 WHERE responded_at <= :'as_of' GROUP BY 2;
-- what waits is counted within a window from its own case, once the window has passed; 720 hours are 30 days
CREATE TEMP TABLE judged AS
SELECT c.*, pg_temp.month(resolved_at) AS period_start, resolved_at + interval '720 hours' <= :'as_of' AS old_30,
       resolved_at + interval '336 hours' <= :'as_of' AS old_14,
       coalesce(reopened_at BETWEEN resolved_at AND resolved_at + interval '720 hours', false) AS reopened,
       EXISTS (SELECT FROM recovery_case n
                WHERE n.customer_id = c.customer_id AND n.opened_at > c.resolved_at
                  AND n.opened_at <= c.resolved_at + interval '720 hours') AS returned,
       EXISTS (SELECT FROM survey_response s
                WHERE s.case_id = c.case_id AND s.responded_at >= c.opened_at
                  AND s.responded_at <= c.resolved_at + interval '336 hours') AS answered
  FROM recovery_case c WHERE resolved_at <= :'as_of';
INSERT INTO direct
SELECT 'fcr', period_start, 100.0 * count(*) FILTER (WHERE old_30 AND contacts = 1 AND NOT reopened AND NOT returned)
         / nullif(count(*) FILTER (WHERE old_30), 0), count(*) FILTER (WHERE old_30)
  FROM judged GROUP BY 2;
INSERT INTO direct
SELECT 'reopen_rate', period_start, 100.0 * count(*) FILTER (WHERE old_30 AND reopened)
         / nullif(count(*) FILTER (WHERE old_30), 0), count(*) FILTER (WHERE old_30)
  FROM judged GROUP BY 2;
INSERT INTO direct
SELECT 'response_rate', period_start, 100.0 * count(*) FILTER (WHERE old_14 AND answered)
         / nullif(count(*) FILTER (WHERE old_14), 0), count(*) FILTER (WHERE old_14)
  FROM judged GROUP BY 2;
INSERT INTO direct
SELECT 'resolution_time', pg_temp.month(opened_at), pg_temp.hours(resolution_time(opened_at, resolved_at, :'as_of')),
       count(*)
  FROM recovery_case WHERE opened_at <= :'as_of' GROUP BY 2;
INSERT INTO direct
SELECT 'first_response_time', pg_temp.month(opened_at),
       pg_temp.hours(median_time(life_table(opened_at, first_response_at, least(resolved_at, :'as_of')))), count(*)
  FROM recovery_case WHERE opened_at <= :'as_of' GROUP BY 2;
INSERT INTO direct
SELECT 'resolution_rate', pg_temp.month(opened_at),
       100.0 * count(*) FILTER (WHERE resolved_at <= opened_at + interval '720 hours') / count(*), count(*)
  FROM recovery_case WHERE opened_at + interval '720 hours' <= :'as_of' GROUP BY 2;
-- within 30 days, only of cases that are old enough
INSERT INTO direct
SELECT 'repeat_rate', pg_temp.month(resolved_at),
       repeat_rate(within_window(resolved_at,
                                 (SELECT min(purchased_at) FROM purchase p
                                   WHERE p.customer_id = c.customer_id AND purchased_at > resolved_at AND amount > 0),
                                 '30 days', :'as_of'))
         FILTER (WHERE resolved_at + interval '720 hours' <= :'as_of'),
       count(*) FILTER (WHERE resolved_at + interval '720 hours' <= :'as_of')
  FROM recovery_case c WHERE resolved_at <= :'as_of' GROUP BY 2;
INSERT INTO direct
SELECT 'referral_rate', pg_temp.month(resolved_at),
       referral_rate(within_window(resolved_at,
                                   (SELECT min(referred_at) FROM referral p
                                     WHERE p.customer_id = c.customer_id AND referred_at > resolved_at),
                                   '30 days', :'as_of'))
         FILTER (WHERE resolved_at + interval '720 hours' <= :'as_of'),
       count(*) FILTER (WHERE resolved_at + interval '720 hours' <= :'as_of')
  FROM recovery_case c WHERE resolved_at <= :'as_of' GROUP BY 2;
-- customers at the start of the month; and customers at any time in it
CREATE TEMP TABLE month AS
SELECT m::date AS m, m::timestamp AT TIME ZONE 'Europe/Berlin' AS since,
       (m + interval '1 month')::timestamp AT TIME ZONE 'Europe/Berlin' AS till
  FROM generate_series(timestamp '2025-01-01', '2025-10-01', '1 month') m;
INSERT INTO direct
SELECT 'retention_rate', m, retention_rate(left_at IS NULL OR left_at >= least(till, :'as_of')), count(*)
  FROM month JOIN customer ON joined_at < since AND (left_at IS NULL OR left_at >= since) GROUP BY 2;
INSERT INTO direct
SELECT 'churn_rate', m, churn_rate(left_at < least(till, :'as_of') IS TRUE), count(*)
  FROM month JOIN customer ON joined_at < since AND (left_at IS NULL OR left_at >= since) GROUP BY 2;
CREATE TEMP TABLE active AS
SELECT m, since, till, count(*) AS n
  FROM month JOIN customer ON joined_at < least(till, :'as_of') AND (left_at IS NULL OR left_at >= since)
 GROUP BY 1, 2, 3;
INSERT INTO direct
SELECT 'complaint_rate', m,
       100.0
         * (SELECT count(*) FROM recovery_case WHERE opened_at >= since AND opened_at < till AND opened_at <= :'as_of')
         / n,
       n
  FROM active;
INSERT INTO direct
SELECT 'clv', m,
       clv((SELECT sum(amount) FROM purchase
             WHERE purchased_at >= since AND purchased_at < till AND purchased_at <= :'as_of')::float8
             / n,
           value / 100, 0.01),
       n
  FROM active JOIN direct d ON d.period_start = m AND d.kpi = 'retention_rate';
-- the rest: promises by the month in which they fell due, returns, volumes and levels with months of nothing as 0
INSERT INTO direct
SELECT 'promise_kept', pg_temp.month(promised_by),
  100.0 * count(*) FILTER (WHERE resolved_at <= promised_by) / count(*),
       count(*)
  FROM recovery_case WHERE promised_by <= :'as_of' GROUP BY 2;
INSERT INTO direct
SELECT 'repeat_complaint_rate', period_start, 100.0 * count(*) FILTER (WHERE returned) / count(*), count(*)
  FROM judged WHERE old_30 GROUP BY 2
UNION ALL
SELECT 'resolved_for_good', period_start, 100.0 * count(*) FILTER (WHERE NOT returned AND NOT reopened) / count(*),
  count(*)
  FROM judged WHERE old_30 GROUP BY 2;
INSERT INTO direct
SELECT 'case_volume', m, n, n
  FROM month, LATERAL (SELECT count(*) AS n FROM recovery_case
                        WHERE opened_at >= since AND opened_at < till AND opened_at <= :'as_of') c
UNION ALL
SELECT 'open_cases', m, n, n
  FROM month, LATERAL (SELECT count(*) AS n FROM recovery_case
                        WHERE opened_at < till AND opened_at <= :'as_of'
                          AND (resolved_at < till AND resolved_at <= :'as_of') IS NOT TRUE) c;
INSERT INTO direct
SELECT 'time_to_resolve_90', pg_temp.month(opened_at),
       pg_temp.hours(time_quantile(life_table(opened_at, resolved_at, :'as_of'), 0.9)), count(*)
  FROM recovery_case WHERE opened_at <= :'as_of' GROUP BY 2;
-- every KPI in every month in which there is something to count, no more, no less; and the values
DELETE FROM direct WHERE responses = 0 AND value IS NULL;
SELECT count(*), count(DISTINCT kpi),
       array(SELECT kpi FROM kpi_catalog WHERE kpi NOT IN (SELECT kpi FROM direct)) AS without_sources_here
  FROM direct;
SELECT coalesce(v.kpi, d.kpi) AS kpi, coalesce(v.period_start, d.period_start) AS period_start, v.value, d.value,
       v.responses, d.responses
  FROM kpi_by_period v FULL JOIN direct d USING (kpi, period_start)
 WHERE v.kpi IS NULL OR d.kpi IS NULL OR v.responses <> d.responses
    OR v.value IS DISTINCT FROM d.value AND abs(v.value - d.value) > 1e-12 * abs(d.value) IS NOT FALSE ORDER BY 1, 2;
-- each rate of cases can be counted again over case_list, by what kpi_definition says of it
CREATE FUNCTION pg_temp.counted() RETURNS TABLE (kpi text, period_start date, value float8, responses bigint,
  left_out bigint)
LANGUAGE plpgsql AS $$
DECLARE d record;
BEGIN
  FOR d IN SELECT * FROM kpi_definition WHERE list = 'case_list' AND fact = 'rate' LOOP
    RETURN QUERY EXECUTE format('SELECT %L, pg_temp.month(%I), rate(%s), count(%s), count(*) FILTER (WHERE %s)
      FROM case_list l WHERE %I <= %L GROUP BY 2 HAVING count(%s) > 0',
      d.kpi, d.dated, d.counted, d.counted, d.left_out, d.dated, '2025-10-20 00:00+02', d.counted);
  END LOOP;
END $$;
SELECT count(DISTINCT kpi), count(*), count(*) FILTER (WHERE v.kpi IS NULL
         OR (c.value, c.responses, c.left_out) IS DISTINCT FROM (v.value, v.responses, v.left_out)) AS wrong
  FROM pg_temp.counted() c LEFT JOIN kpi_by_period v USING (kpi, period_start);
SELECT count(*), count(*) FILTER (WHERE resolution_hours <> pg_temp.hours(r.resolved_at - r.opened_at)) AS wrong
  FROM case_list l JOIN recovery_case r USING (case_id) WHERE resolved;
-- the value lies within its bounds, the status equals kpi_status, and the month that is not over is marked;
-- so are cases that had no time yet
SELECT count(*) FROM kpi_by_period
 WHERE NOT value BETWEEN lower AND upper OR status IS DISTINCT FROM kpi_status(kpi, value)
    OR lower IS NULL AND responses > 1 AND value IS NOT NULL AND kpi !~ 'time|open_cases';
-- no value: no case of the period has been followed for 30 days
SELECT kpi, period_start FROM kpi_by_period WHERE value IS NULL AND responses > 1 AND kpi !~ 'time';
SELECT period_start, string_agg(kpi, ' ' ORDER BY kpi) FILTER (WHERE NOT complete) AS incomplete FROM kpi_by_period
 WHERE period_start > '2025-07-01' GROUP BY 1 ORDER BY 1;
--
-- the scorecard: latest complete month with answers against the one before
--
SELECT count(*) = count(DISTINCT kpi), count(*) FROM kpi_scorecard;
SELECT array_agg(kpi) = (SELECT array_agg(kpi) FROM kpi_catalog WHERE kpi IN (SELECT kpi FROM direct)) AS in_order
  FROM kpi_scorecard;
SELECT s.kpi
  FROM kpi_scorecard s LEFT JOIN kpi_by_period v USING (kpi, period_start)
  LEFT JOIN kpi_by_period b ON b.kpi = s.kpi AND b.period_start = (s.period_start - interval '1 month')::date
  LEFT JOIN kpi_catalog c ON c.kpi = s.kpi
 WHERE (s.value, s.lower, s.upper, s.responses, s.status, s.target)
         IS DISTINCT FROM (v.value, v.lower, v.upper, v.responses, v.status, c.target)
    OR s.previous_value IS DISTINCT FROM b.value OR s.change IS DISTINCT FROM v.value - b.value
    OR s.period_start IS DISTINCT FROM (SELECT max(period_start) FROM kpi_by_period x
                                         WHERE x.kpi = s.kpi AND complete AND responses > 0)
    OR (s.kpi_name, s.unit, s.direction) IS DISTINCT FROM (c.name, c.unit, c.direction);
-- p-values by hand from the raw tables
SELECT kpi, p_value,
       CASE kpi
            WHEN 'nps'
              THEN (SELECT (nps_test(nps_tally(nps) FILTER (WHERE pg_temp.month(responded_at) = '2025-09-01'),
                                     nps_tally(nps) FILTER (WHERE pg_temp.month(responded_at) = '2025-08-01'))).p_value
                      FROM survey_response)
            WHEN 'fcr'
              THEN (SELECT (rate_test(rate_tally(contacts = 1 AND NOT reopened AND NOT returned)
                                        FILTER (WHERE period_start = '2025-08-01'),
                                      rate_tally(contacts = 1 AND NOT reopened AND NOT returned)
                                        FILTER (WHERE period_start = '2025-07-01'))).p_value
                      FROM judged)
            WHEN 'resolution_time'
              THEN (SELECT (logrank_test(life_table(opened_at, resolved_at, :'as_of')
                                           FILTER (WHERE pg_temp.month(opened_at) = '2025-09-01'),
                                         life_table(opened_at, resolved_at, :'as_of')
                                           FILTER (WHERE pg_temp.month(opened_at) = '2025-08-01'))).p_value
                      FROM recovery_case)
            WHEN 'complaint_rate'
              THEN (SELECT (count_test(a.k, a.n * 30, b.k, b.n * 31)).p_value
                      FROM (SELECT m, n::float8, (SELECT count(*) FROM recovery_case
                                                   WHERE opened_at >= since AND opened_at < till) AS k
                              FROM active) a,
                           (SELECT m, n::float8, (SELECT count(*) FROM recovery_case
                                                   WHERE opened_at >= since AND opened_at < till) AS k
                              FROM active) b
                     WHERE a.m = '2025-09-01' AND b.m = '2025-08-01')
            WHEN 'sentiment'
              THEN (SELECT (mean_test(avg(s) FILTER (WHERE m = '2025-09-01'),
                                      stddev(s) FILTER (WHERE m = '2025-09-01'),
                                      count(s) FILTER (WHERE m = '2025-09-01'),
                                      avg(s) FILTER (WHERE m = '2025-08-01'),
                                      stddev(s) FILTER (WHERE m = '2025-08-01'),
                                      count(s) FILTER (WHERE m = '2025-08-01'))).p_value
                      FROM (SELECT sentiment(comment) AS s, pg_temp.month(responded_at) AS m
                              FROM survey_response) x) END AS by_hand
  FROM kpi_scorecard WHERE kpi IN ('nps', 'fcr', 'resolution_time', 'complaint_rate', 'sentiment') ORDER BY 1;
--
-- segments of a dimension add up to all answers about cases; a channel that is not recorded is a segment, too
--
SELECT dimension, array_agg(DISTINCT segment ORDER BY segment) AS segments, count(DISTINCT kpi) AS kpis
  FROM kpi_by_segment GROUP BY 1 ORDER BY 1;
SELECT dimension, kpi, sum(responses) AS responses FROM kpi_by_segment WHERE kpi IN ('crs', 'fcr', 'resolution_time')
 GROUP BY 1, 2
EXCEPT
SELECT d, kpi, sum(responses) FROM kpi_by_period, unnest('{channel,failure_type,compensation}'::text[]) d
 WHERE kpi IN ('crs', 'fcr', 'resolution_time') GROUP BY 1, 2;
SELECT count(*) AS wrong
  FROM kpi_by_segment v
  LEFT JOIN (SELECT pg_temp.month(responded_at) AS period_start, channel AS segment, crs(csat) AS value,
                    count(csat) AS n
               FROM survey_response JOIN recovery_case USING (case_id) WHERE responded_at <= :'as_of' GROUP BY 1, 2) d
     ON d.period_start = v.period_start AND d.segment IS NOT DISTINCT FROM v.segment
 WHERE v.kpi = 'crs' AND v.dimension = 'channel' AND (v.value, v.responses) IS DISTINCT FROM (d.value, d.n);
--
-- the trend, by week: limits from the 24 complete weeks before, as none of these gave a signal
--
SELECT create_kpi_views('Weeks', 'Src "1" 50%s', 'week', 'Europe/Berlin', :'as_of');
SELECT kpi, period_start, signal FROM "Weeks".kpi_trend WHERE signal IS NOT NULL ORDER BY 1, 2;
SELECT count(*), count(*) FILTER (WHERE (t.value, t.responses, t.complete) IS DISTINCT FROM (p.value, p.responses,
  p.complete)) AS wrong
  FROM "Weeks".kpi_trend t FULL JOIN "Weeks".kpi_by_period p USING (kpi, period_start);
-- below 12 complete weeks there are no limits
SELECT count(*) FILTER (WHERE complete) AS before, count(center) AS limited
  FROM (SELECT *, row_number() OVER (ORDER BY period_start) AS n FROM "Weeks".kpi_trend WHERE kpi = 'crs') t
    WHERE n <= 12;
-- NPS by plain SQL: of 24 weeks R has qt(0.99865, 0.62 * 23) * sqrt(1 + 1/24) = 3.69683843509
SELECT p.count, round(t.center::numeric, 6) = round(p.mean::numeric, 6) AS center,
       round(t.lower_limit::numeric, 6) = round(greatest(p.mean - 3.69683843509 * p.sigma, -100)::numeric, 6) AS lower,
       round(t.upper_limit::numeric, 6) = round(least(p.mean + 3.69683843509 * p.sigma, 100)::numeric, 6) AS upper
  FROM "Weeks".kpi_trend t,
       (SELECT avg(value) AS mean, avg(abs(value - before)) * sqrt(pi()) / 2 AS sigma, count(value)
          FROM (SELECT value, lag(value) OVER (ORDER BY period_start) AS before FROM "Weeks".kpi_by_period
                 WHERE kpi = 'nps' AND period_start >= date '2025-09-01' - 168 AND period_start < '2025-09-01') m) p
 WHERE t.kpi = 'nps' AND t.period_start = '2025-09-01';
SELECT ((c).center, l.lower, l.upper) IS NOT DISTINCT FROM (t.center, t.lower_limit, t.upper_limit)
  FROM "Weeks".kpi_trend t,
       (SELECT control_chart(t ORDER BY m) FILTER (WHERE m >= date '2025-09-01' - 168 AND m < '2025-09-01') AS c,
               (array_agg(t) FILTER (WHERE m = '2025-09-01'))[1] AS last
          FROM (SELECT period_start('week', resolved_at, 'Europe/Berlin') AS m,
                       rate_tally(contacts = 1 AND NOT reopened AND NOT returned) AS t
                  FROM judged GROUP BY 1) x) k,
       control_limits(c, last) l
 WHERE t.kpi = 'fcr' AND t.period_start = '2025-09-01';
DROP SCHEMA "Weeks" CASCADE;
--
-- curves, effect, value, voice, drivers
--
SELECT count(*),
       count(*) FILTER (WHERE resolved_share IS DISTINCT FROM (
         SELECT resolved_within(life_table(opened_at, resolved_at, :'as_of'), age_hours * interval '1 hour')
           FROM recovery_case WHERE pg_temp.month(opened_at) = period_start)) AS wrong,
       min(age_hours), max(age_hours), bool_and(resolved_share BETWEEN lower AND upper)
  FROM resolution_curve;
CREATE TEMP TABLE first AS
SELECT DISTINCT ON (customer_id) customer_id, opened_at, coalesce(promised_by, opened_at + interval '168 hours') AS due,
       coalesce(resolved_at <= coalesce(promised_by, opened_at + interval '168 hours')
                AND (reopened_at > coalesce(promised_by, opened_at + interval '168 hours') OR reopened_at IS NULL),
                false) AS recovered
  FROM recovery_case ORDER BY customer_id, opened_at;
SELECT customer_group, age_days, retained_share, responses FROM retention_curve WHERE age_days IN (0, 90) ORDER BY 1, 2;
SELECT CASE WHEN recovered THEN 'recovered' ELSE 'not recovered' END,
       retention_at(life_table(due, left_at, :'as_of'), '90 days'), count(*)
  FROM first JOIN customer USING (customer_id) WHERE left_at IS NULL OR left_at >= due GROUP BY 1
UNION ALL
SELECT 'never failed',
       retention_at(life_table(since, CASE WHEN left_at < opened_at OR opened_at IS NULL THEN left_at END,
                               coalesce(opened_at, :'as_of')),
                    '90 days'),
       count(*) FILTER (WHERE since <= coalesce(opened_at, :'as_of'))
  FROM customer LEFT JOIN first USING (customer_id),
       LATERAL (SELECT greatest(joined_at, (SELECT min(opened_at) FROM recovery_case)) AS since) s
 WHERE joined_at <= :'as_of' AND (left_at >= since OR left_at IS NULL) ORDER BY 1;
SELECT comparison, measure, value, lower, upper, responses, p_value FROM recovery_effect ORDER BY 1, 2;
SELECT recovered, pairs(p), csat(before(p)), csat(after(p)), (csat_test(p)).*, win_back_rate(p), lost_rate(p)
  FROM (SELECT recovered,
               paired_tally((SELECT csat FROM survey_response s
                              WHERE s.customer_id = first.customer_id AND case_id IS NULL AND csat IS NOT NULL
                                AND responded_at < opened_at
                              ORDER BY responded_at DESC LIMIT 1),
                            (SELECT csat FROM survey_response s
                              WHERE s.customer_id = first.customer_id AND case_id IS NULL AND csat IS NOT NULL
                                AND responded_at > due
                              ORDER BY responded_at LIMIT 1),
                            1, 5) AS p
          FROM first GROUP BY 1) x ORDER BY 1;
SELECT customer_group, customers, probability_alive, expected_purchases, expected_spend, mean_value, total_value
  FROM customer_value ORDER BY 1;
SELECT CASE WHEN f.customer_id IS NULL THEN 'never failed' WHEN recovered THEN 'recovered' ELSE 'not recovered' END,
       count(*), avg(clv(m, h, 12, 0.01)), sum(clv(m, h, 12, 0.01))
  FROM (SELECT customer_id, purchase_history(purchased_at, amount, :'as_of') AS h FROM purchase
         WHERE purchased_at <= :'as_of' GROUP BY 1) p
  LEFT JOIN first f USING (customer_id),
       (SELECT clv_model(h) AS m
          FROM (SELECT purchase_history(purchased_at, amount, :'as_of') AS h FROM purchase
                 WHERE purchased_at <= :'as_of' GROUP BY customer_id) q) x
 GROUP BY 1 ORDER BY 1;
SELECT v.period_start, v.sentiment - p.value AS zero, positive_share, neutral_share, negative_share, v.responses,
       v.complete
  FROM voice v JOIN kpi_by_period p ON p.kpi = 'sentiment' AND p.period_start = v.period_start
 WHERE v.period_start > '2025-07-01' ORDER BY 1;
SELECT sentiment_class(sentiment(comment)), 100.0 * count(*) / sum(count(*)) OVER () FROM survey_response
 WHERE pg_temp.month(responded_at) = '2025-09-01' AND comment IS NOT NULL GROUP BY 1 ORDER BY 1;
SELECT factor,
       coefficient
         - (SELECT coefficient
              FROM (SELECT driver_model(csat, ARRAY[speed, effectiveness, compensation_value]) AS m FROM survey_response
                     WHERE case_id IS NOT NULL AND responded_at <= :'as_of') q,
                   driver_importance(m, '{speed,effectiveness,compensation_value}') i
             WHERE i.factor = d.factor) AS zero,
       share, responses, r_squared
  FROM drivers d;
--
-- built-in types only, a comment on everything, rights of the reader
--
SELECT c.relname, a.attname, a.atttypid::regtype
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND attnum > 0
 WHERE c.relnamespace = '"Tar ""get"""'::regnamespace
   AND (a.atttypid::regtype::text NOT IN ('text', 'date', 'timestamp with time zone', 'double precision', 'bigint',
                                          'integer', 'boolean')
        OR col_description(c.oid, attnum) IS NULL OR attname !~ '^[a-z_]+$');
SELECT relname, reloptions, obj_description(oid) FROM pg_class WHERE relnamespace = '"Tar ""get"""'::regnamespace
 ORDER BY 1;
RESET search_path;
-- every view and function that the catalogue names is there
SELECT DISTINCT w[1]
  FROM kpi_catalog,
       regexp_matches(tools || ' ' || formula || ' ' || diagnostics || ' ' || integration,
                      '\m(kpi_[a-z_]+|resolution_curve|retention_curve|recovery_effect|customer_value)\M', 'g') w
 WHERE w[1] NOT IN (SELECT view FROM kpi_view) AND w[1] NOT IN (SELECT proname FROM pg_proc)
   AND w[1] NOT IN ('kpi_catalog', 'kpi_target') AND w[1] NOT IN (SELECT relation FROM kpi_source_column);
