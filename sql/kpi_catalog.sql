\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- the rows
--
SELECT kpi, name, unit, direction, target, warning FROM kpi_catalog;
SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema AND table_name = 'kpi_catalog'
 ORDER BY ordinal_position;
SELECT kpi, needs FROM kpi_definition WHERE needs <> '{}' ORDER BY ordinal;
SELECT count(*), min(ordinal), max(ordinal) FROM kpi_definition;
-- what it needs are columns of the sources; its fact, list and date are there; each has its description
SELECT DISTINCT n FROM kpi_definition, unnest(needs) n
EXCEPT
SELECT relation || '.' || column_name FROM kpi_source_column;
SELECT kpi FROM kpi_definition
 WHERE fact NOT IN (SELECT fact FROM kpi_fact_kind) OR list NOT IN (SELECT part FROM kpi_view_part)
    OR (argument IS NOT NULL) <> (fact IN ('time', 'mean'));
-- kpi_fact_known is what kpi_fact_interval says, of every kind.  Of 27 facts each is NULL, empty or 5 three times nine:
-- 7 kinds need answers, durations or events, 2 an exposure, and for 2 any number of events is a figure: 9 * 9 + 2 * 18.
SELECT count(*), count(*) FILTER (WHERE kpi_fact_known(k.fact, f.fact)) AS known,
       count(*) FILTER (WHERE coalesce(kpi_fact_known(k.fact, f.fact), false)
                              <> coalesce(i.responses > 0 OR i.estimate IS NOT NULL, false)) AS differ
  FROM kpi_fact_kind k
 CROSS JOIN LATERAL (SELECT CASE k.fact WHEN 'nps' THEN 10 WHEN 'ces' THEN 7 WHEN 'csat' THEN 5 ELSE 1 END) AS s (top)
 CROSS JOIN (VALUES (NULL::bigint), (0), (5)) AS n (n) CROSS JOIN (VALUES (NULL::bigint), (0), (5)) AS e (events)
 CROSS JOIN (VALUES (NULL::float8), (0), (5)) AS x (exposure)
 CROSS JOIN LATERAL (SELECT ROW(CASE WHEN n.n IS NOT NULL THEN tally(least(s.top % 2, s.top - 1), s.top,
           array_fill(n.n, ARRAY[s.top + 1 - least(s.top % 2, s.top - 1)])) END,
       (SELECT life_table(CASE WHEN i > 0 THEN interval '1 hour' END, true) FROM generate_series(0, n.n) AS i),
       e.events, x.exposure, 10, 20)::kpi_fact AS fact) AS f
 CROSS JOIN LATERAL kpi_fact_interval(k.fact, CASE k.fact WHEN 'time' THEN 0.5 WHEN 'mean' THEN 1 END, f.fact, 0.01)
       AS i;
SELECT kpi FROM kpi_definition FULL JOIN kpi_description d USING (kpi) WHERE d.definition IS NULL OR ordinal IS NULL;
--
-- the attributes: no attribute is missing, too short or repeated, no sentence is repeated; their functions exist;
-- plain ASCII without traces of editing
--
CREATE TEMP VIEW attribute AS
SELECT kpi, key AS attribute, value
  FROM kpi_catalog c, jsonb_each_text(to_jsonb(c) - ARRAY['kpi', 'name', 'unit', 'direction', 'target', 'warning']);
SELECT count(*), count(DISTINCT lower(value)), count(DISTINCT attribute) FROM attribute;
SELECT kpi, attribute, length(value) FROM attribute
 WHERE length(value) < 40 OR value !~ '\.$' OR value ~ '[^ -~]|  |\.\.$' ORDER BY 1, 2;
CREATE TEMP VIEW sentence AS SELECT kpi, attribute, s FROM attribute, regexp_split_to_table(value, '(?<=[.:;]) ') s;
SELECT count(*) > 400 FROM sentence;
SELECT s, string_agg(kpi || '.' || attribute, ', ') FROM sentence WHERE length(s) > 40 GROUP BY s HAVING count(*) > 1;
SELECT kpi, attribute FROM attribute
 WHERE (SELECT count(*) FROM regexp_matches(value, '[.] [A-Z]', 'g')) > 4 OR length(value) > 480;
CREATE TEMP VIEW called AS
SELECT DISTINCT kpi, attribute, m[1] AS function FROM attribute, regexp_matches(value, '\m([a-z_0-9]+)\(', 'g') m;
SELECT count(*) FILTER (WHERE attribute = 'tools') > 60, count(DISTINCT kpi) FILTER (WHERE attribute = 'formula')
  FROM called;
SELECT * FROM called
 WHERE NOT EXISTS (SELECT FROM pg_proc
                    WHERE proname = function
                      AND pronamespace IN ('pg_catalog'::regnamespace, current_schema::regnamespace))
   AND function NOT IN ('least', 'coalesce') ORDER BY 1, 2, 3;
-- tools names functions and views, integration names source columns
SELECT kpi FROM kpi_catalog
 WHERE tools !~ '\m[a-z_]+\(' OR tools !~ '[Vv]iews? '
    OR NOT EXISTS (SELECT FROM kpi_source_column WHERE integration ~ ('\m' || relation || '\.')) ORDER BY 1;
-- the views that the catalogue mentions, and one function
SELECT DISTINCT w[1]
  FROM attribute,
       regexp_matches(value, '\m(kpi_[a-z_]+|[a-z]+_curve|recovery_effect|customer_value|case_[lq][a-z]+)\M', 'g') w
 ORDER BY 1;
--
-- the formulas run, and give the figures counted by hand
--
CREATE TEMP TABLE survey_response (case_id int, csat int, nps int, ces int, expected int, perceived int, comment text);
INSERT INTO survey_response
  VALUES (1, 5, 10, 7, 3, 4, 'good'), (2, 4, 9, 6, 5, 4, 'My order number is 4711.'), (3, 2, 0, 1, 4, 4, NULL),
         (NULL, 1, 8, 4, 5, 5, NULL);
CREATE TEMP TABLE recovery_case (case_id int, opened_at timestamptz, first_response_at timestamptz,
                                 resolved_at timestamptz, contacts int, reopened_at timestamptz,
                                 next_purchase_at timestamptz, referred_at timestamptz, answered boolean);
INSERT INTO recovery_case
  VALUES (1, '2025-01-01 00:00Z', '2025-01-01 01:00Z', '2025-01-01 10:00Z', 1, NULL, '2025-01-06 00:00Z', NULL, true),
         (2, '2025-01-01 00:00Z', '2025-01-01 02:00Z', '2025-01-02 06:00Z', 2, '2025-01-03 00:00Z', '2025-02-11 00:00Z',
          '2025-01-12 00:00Z', true),
         (3, '2025-01-01 00:00Z', '2025-01-01 05:00Z', '2025-02-10 00:00Z', 1, NULL, NULL, NULL, true),
         (4, '2025-01-01 00:00Z', NULL, NULL, 3, NULL, NULL, NULL, NULL);
CREATE TEMP TABLE customer (joined_at timestamptz, left_at timestamptz,
                            period_begin timestamptz DEFAULT '2025-02-01 00:00Z',
                            period_end timestamptz DEFAULT '2025-03-01 00:00Z');
INSERT INTO customer
  VALUES ('2025-01-01', NULL), ('2025-01-01', '2025-02-10'), ('2025-02-03', NULL), ('2025-01-01', '2025-01-20'),
         ('2025-01-01', '2025-03-05');
CREATE FUNCTION pg_temp.value_of(expression text, source text) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE answer double precision;
BEGIN
  EXECUTE format('SELECT %s FROM %s', expression, source) INTO answer;
  RETURN answer;
END $$;
-- said: the formula contains this expression; right: it gives the expected figure
SELECT kpi, position(expression IN formula) > 0 AS said,
       abs(pg_temp.value_of(expression || more, source) - expected) < 1e-9 AS right
  FROM (VALUES ('crs', 'crs(csat, case_id IS NOT NULL)', '', 'survey_response', 200 / 3.0),
               ('crs', 'crs(csat_tally(csat))', '', 'survey_response WHERE case_id IS NOT NULL', 200 / 3.0),
               ('csat', 'csat(csat)', '', 'survey_response', 50),
               ('csat', 'csat(score, 0, 10, 8)', '', '(SELECT nps AS score FROM survey_response) s', 75),
               ('nps', 'nps(nps)', '', 'survey_response', 25),
               ('nps', 'nps(nps_tally(nps))', '', 'survey_response', 25),
               ('ces', 'ces(ces)', '', 'survey_response', 4.5), ('ces', 'ces_easy(ces)', '', 'survey_response', 50),
               ('fcr', 'fcr(first_contact)', '', '(VALUES (true), (false), (true), (NULL)) v(first_contact)', 200 / 3.0),
               ('resolution_time', 'extract(epoch FROM resolution_time(opened_at, resolved_at, now())) / 3600', '',
                'recovery_case', 30),
               ('resolution_rate',
                'resolution_rate(within_window(opened_at, resolved_at, ''30 days'', now())) '
                  'FILTER (WHERE opened_at + interval ''720 hours'' <= now())',
                '', 'recovery_case', 50),
               ('resolution_quality', 'resolution_quality(expected, perceived) FILTER (WHERE case_id IS NOT NULL)', '',
                'survey_response', 200 / 3.0),
               ('repeat_rate',
                'repeat_rate(within_window(resolved_at, next_purchase_at, ''30 days'', now())) '
                  'FILTER (WHERE resolved_at + interval ''30 days'' <= now())',
                '', 'recovery_case', 100 / 3.0),
               ('referral_rate',
                'referral_rate(within_window(resolved_at, referred_at, ''30 days'', now())) '
                  'FILTER (WHERE resolved_at + interval ''30 days'' <= now())',
                '', 'recovery_case', 100 / 3.0),
               ('retention_rate',
                'retention_rate(left_at IS NULL OR left_at >= period_end) '
                  'FILTER (WHERE joined_at < period_begin AND (left_at IS NULL OR left_at >= period_begin))',
                '', 'customer', 200 / 3.0),
               ('churn_rate', 'churn_rate(left_at IS NOT NULL AND left_at < period_end)',
                ' FILTER (WHERE joined_at < period_begin AND (left_at IS NULL OR left_at >= period_begin))', 'customer',
                100 / 3.0),
               ('clv', 'clv(margin => m, retention => r, discount => 0.01)', '', '(VALUES (40, 0.95)) v(m, r)',
                38 / 0.06),
               ('sentiment', 'avg(sentiment(comment))', '', 'survey_response',
                (SELECT round((valence / sqrt(valence ^ 2 + 15))::numeric, 4) / 2 FROM sentiment_lexicon()
                  WHERE term = 'good')),
               ('response_rate', 'rate(answered)', '', 'recovery_case WHERE resolved_at IS NOT NULL', 100),
               ('first_response_time',
                'extract(epoch FROM median_time(life_table(opened_at, first_response_at, '
                  'least(resolved_at, now())))) / 3600', '', 'recovery_case', 2),
               ('reopen_rate',
                'rate(within_window(resolved_at, reopened_at, ''30 days'', now())) '
                  'FILTER (WHERE resolved_at + interval ''720 hours'' <= now())',
                '', 'recovery_case', 100 / 3.0),
               ('promise_kept',
                'rate(coalesce(resolved_at <= promised_by, false)) FILTER (WHERE promised_by <= now())', '',
                '(VALUES (timestamptz ''2025-01-01'', timestamptz ''2025-01-02''), (NULL, ''2025-01-02''),
                         (NULL, now() + interval ''1 day'')) v(resolved_at, promised_by)', 50),
               ('resolved_for_good', 'rate(NOT reopened AND NOT returned)', '',
                '(VALUES (true, false), (false, false), (NULL, NULL)) v(reopened, returned)', 50),
               ('time_to_resolve_90',
                'extract(epoch FROM time_quantile(life_table(opened_at, resolved_at, now()), 0.9)) / 3600', '',
                '(SELECT * FROM recovery_case WHERE resolved_at IS NOT NULL) r', 960),
               ('complaint_rate', '100.0 * count(case_id)', ' / (SELECT count(*) FROM customer)', 'recovery_case',
                80)) v(kpi, expression, more, source, expected)
  LEFT JOIN kpi_catalog USING (kpi);
-- figures that the prose gives: bounds at 30 answers of 80 %, a year at 98 % a month, the value at 98 and 99 %,
-- half a point of few referrals
SELECT round((upper - lower)::numeric) FROM crs_interval('0..1:{6,24}');
SELECT round((100 * 0.98 ^ 12)::numeric), round((clv(1, 0.99, 0.01) / clv(1, 0.98, 0.01))::numeric, 2), round(1 / 0.03),
       round(1 / 0.02);
SELECT n, round(p_value::numeric, 2)
  FROM unnest(ARRAY[5000, 10000]) n,
       rate_test(tally(0, 1, ARRAY[n - n * 35 / 1000, n * 35 / 1000]),
                 tally(0, 1, ARRAY[n - n * 3 / 100, n * 3 / 100]));
--
-- targets on the right side of warnings
--
SELECT kpi FROM kpi_catalog
 WHERE CASE direction WHEN 'higher' THEN target > warning ELSE target < warning END IS NOT TRUE;
--
-- kpi_status: at the limits, and next to them
--
SELECT v.value, kpi_status('crs', v.value)
  FROM unnest(ARRAY[100, 80.00000000001, 80, 79.99999999999, 75, 74.99999999999, 0, -1, NULL]) v(value);
SELECT v.value, kpi_status('resolution_time', v.value)
  FROM unnest(ARRAY[0, 23.99999999999, 24, 24.00000000001, 48, 48.0000000001, 1e300, NULL]) v(value);
SELECT v.value, kpi_status('nps', v.value) FROM unnest(ARRAY[-100, 19, 20, 39, 40]) v(value);
-- each KPI in its own direction: target, warning, beyond
SELECT count(*) FILTER (WHERE kpi_status(kpi, target) = 'on target'),
       count(*) FILTER (WHERE kpi_status(kpi, warning) = 'watch'),
       count(*) FILTER (WHERE kpi_status(kpi, (target + warning) / 2) = 'watch'),
       count(*) FILTER (WHERE kpi_status(kpi, 2 * warning - target) = 'off target'),
       count(*) FILTER (WHERE kpi_status(kpi, 2 * target - warning) = 'on target')
  FROM kpi_catalog;
SELECT kpi_status('clv', 100), kpi_status('clv', NULL), kpi_status(NULL, 1), kpi_status('unknown', NULL);
SELECT pg_temp.error_of(format('SELECT kpi_status(%L, %L)', kpi, value))
  FROM (VALUES ('unknown', '1'), ('CRS', '1'), ('', '1'), ('unknown', 'NaN'), ('crs', 'NaN'), ('crs', 'Infinity'),
               ('crs', '-Infinity'), ('clv', 'Infinity')) v(kpi, value);
--
-- targets of one's own
--
BEGIN;
UPDATE kpi_catalog SET target = 90, warning = 85 WHERE kpi = 'crs' RETURNING kpi, target, warning;
UPDATE kpi_catalog SET target = 12 WHERE kpi = 'resolution_time';
UPDATE kpi_catalog SET target = 400 WHERE kpi = 'clv';
UPDATE kpi_catalog SET target = target WHERE kpi IN ('nps', 'clv');
UPDATE kpi_catalog SET target = 1 WHERE kpi = 'unknown';
SELECT * FROM kpi_target ORDER BY kpi;
SELECT kpi_status('crs', 89), kpi_status('crs', 84), kpi_status('resolution_time', 13), kpi_status('clv', 399),
       kpi_status('clv', 400);
-- again, to another figure, to none, and back
UPDATE kpi_catalog SET target = 60, warning = NULL WHERE kpi = 'crs';
SELECT kpi_status('crs', 60), kpi_status('crs', 59);
UPDATE kpi_catalog SET target = NULL WHERE kpi = 'crs';
SELECT kpi_status('crs', 60), (SELECT target IS NULL FROM kpi_catalog WHERE kpi = 'crs');
INSERT INTO kpi_target VALUES ('fcr', 60, 60), ('churn_rate', 1, NULL);
SELECT kpi_status('fcr', 60), kpi_status('fcr', 59), kpi_status('churn_rate', 1), kpi_status('churn_rate', 1.1);
DELETE FROM kpi_target WHERE kpi = 'crs';
SELECT target, warning, kpi_status('crs', 78) FROM kpi_catalog WHERE kpi = 'crs';
DELETE FROM kpi_target;
SELECT count(*) FROM kpi_catalog c JOIN kpi_definition d USING (kpi)
 WHERE c.target IS NOT DISTINCT FROM d.target AND c.warning IS NOT DISTINCT FROM d.warning;
-- all at once
UPDATE kpi_catalog SET warning = target;
SELECT count(*), count(*) FILTER (WHERE warning = target) FROM kpi_target;
ROLLBACK;
-- what is refused
SELECT pg_temp.error_of(statement)
  FROM unnest(ARRAY['UPDATE kpi_catalog SET warning = 81 WHERE kpi = ''crs''',
                    'UPDATE kpi_catalog SET target = 49 WHERE kpi = ''resolution_time''',
                    'UPDATE kpi_catalog SET target = ''NaN'' WHERE kpi = ''crs''',
                    'UPDATE kpi_catalog SET target = ''Infinity'', warning = NULL WHERE kpi = ''crs''',
                    'INSERT INTO kpi_target VALUES (''churn_rate'', 1, ''-Infinity'')',
                    'INSERT INTO kpi_target VALUES (''churn_rate'', 2, 1)',
                    'UPDATE kpi_catalog SET definition = ''x'' WHERE kpi = ''crs''',
                    'UPDATE kpi_catalog SET target = 90, kpi = ''x'' WHERE kpi = ''crs''',
                    'UPDATE kpi_catalog SET direction = NULL', 'SELECT kpi_catalog_update()',
                    'SELECT kpi_target_check()']) statement;
SELECT left(pg_temp.error_of(statement), 5)
  FROM unnest(ARRAY['INSERT INTO kpi_catalog (kpi) VALUES (''x'')', 'DELETE FROM kpi_catalog']) statement;
BEGIN;
INSERT INTO kpi_target VALUES ('of another version', 1, 2), ('', NULL, NULL);
SELECT count(*) FROM kpi_catalog;
ROLLBACK;
SELECT count(*) FROM kpi_target;
--
-- rights: everybody may read, only roles with a grant may write
--
CREATE ROLE regress_kpi_reader;
CREATE ROLE regress_kpi_manager;
GRANT INSERT, UPDATE, DELETE ON kpi_target TO regress_kpi_manager;
GRANT UPDATE (target, warning) ON kpi_catalog TO regress_kpi_manager;
BEGIN;
SET ROLE regress_kpi_reader;
SELECT count(*), kpi_status('crs', 78) FROM kpi_catalog;
SELECT pg_temp.error_of(statement)
  FROM unnest(ARRAY['UPDATE kpi_catalog SET target = 90 WHERE kpi = ''crs''',
                    'INSERT INTO kpi_target VALUES (''crs'', 90, 80)', 'DELETE FROM kpi_target',
                    'UPDATE kpi_definition SET target = 1', 'TRUNCATE kpi_target']) statement;
SET ROLE regress_kpi_manager;
UPDATE kpi_catalog SET target = 90 WHERE kpi = 'crs';
SELECT kpi_status('crs', 80), pg_temp.error_of('UPDATE kpi_catalog SET name = ''x'''),
       pg_temp.error_of('UPDATE kpi_definition SET target = 1');
ROLLBACK;
-- the right to UPDATE the view is not enough: the trigger has the rights of the caller
BEGIN;
GRANT UPDATE ON kpi_catalog TO regress_kpi_reader;
SET ROLE regress_kpi_reader;
SELECT pg_temp.error_of('UPDATE kpi_catalog SET target = 90 WHERE kpi = ''crs''');
ROLLBACK;
REVOKE ALL ON kpi_target, kpi_catalog FROM regress_kpi_manager;
DROP ROLE regress_kpi_reader, regress_kpi_manager;
