\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- missing columns, and the type that they must have
--
CREATE SCHEMA src;
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'nowhere')$$);
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'src')$$);
CREATE TABLE src.recovery_case (case_id int, client int, opened_at timestamp, resolved_at timestamptz);
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'src')$$);
ALTER TABLE src.recovery_case RENAME client TO customer_id;
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'src')$$);
ALTER TABLE src.recovery_case ALTER opened_at TYPE timestamptz USING opened_at AT TIME ZONE 'UTC';
CREATE TABLE src.survey_response (response_id int, customer_id int, case_id text, responded_at timestamptz);
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'src')$$);
ALTER TABLE src.survey_response ALTER case_id TYPE bigint USING NULL, ADD csat text;
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'src')$$);
ALTER TABLE src.survey_response DROP csat;
-- errors of the other arguments
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'src', 'fortnight')$$);
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'src', 'month', 'Mars')$$);
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'src', as_of => 'infinity')$$);
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', NULL)$$);
SELECT pg_temp.error_of($$SELECT create_kpi_views(NULL)$$);
-- an error leaves nothing in the database
SELECT count(*) FROM pg_namespace WHERE nspname = 'bi';
--
-- the smallest sources, and empty: what is left out and why; no figures, no rows
--
SELECT create_kpi_views('bi', 'src');
SELECT kpi, value, lower, responses, status, previous_value, change, p_value FROM bi.kpi_scorecard;
SELECT (SELECT count(*) FROM bi.kpi_by_period) + (SELECT count(*) FROM bi.kpi_trend)
         + (SELECT count(*) FROM bi.resolution_curve);
-- everything, and empty
CREATE TABLE src.customer (customer_id bigint, joined_at timestamptz, left_at timestamptz);
CREATE TABLE src.purchase (customer_id int, purchased_at timestamptz, amount float8);
CREATE TABLE src.referral (customer_id int, referred_at timestamptz);
ALTER TABLE src.recovery_case ADD contacts int, ADD reopened_at timestamptz, ADD first_response_at timestamptz,
  ADD channel varchar(9), ADD failure_type text, ADD compensation numeric;
ALTER TABLE src.survey_response ADD csat int, ADD nps int, ADD ces int, ADD expected int, ADD perceived int,
  ADD speed int, ADD effectiveness int, ADD compensation_value int, ADD comment text;
SELECT create_kpi_views('bi', 'src', as_of => '2025-04-10 00:00Z');
CREATE FUNCTION pg_temp.rows_of(schema text) RETURNS TABLE (view text, n bigint) LANGUAGE plpgsql AS $$
BEGIN
  FOR view IN SELECT relname FROM pg_class WHERE relnamespace = schema::regnamespace AND relkind = 'v' ORDER BY 1 LOOP
    EXECUTE format('SELECT count(*) FROM %I.%I', schema, view) INTO n;
    RETURN NEXT;
  END LOOP;
END $$;
SELECT * FROM pg_temp.rows_of('bi');
SELECT count(*), count(value) FROM bi.kpi_scorecard;
-- one case, one answer, one customer
INSERT INTO src.recovery_case (case_id, customer_id, opened_at, resolved_at, contacts, channel)
  VALUES (1, 1, '2025-02-10 00:00Z', '2025-02-10 06:00Z', 1, NULL);
INSERT INTO src.survey_response (response_id, customer_id, case_id, responded_at, csat, comment, speed)
  VALUES (1, 1, 1, '2025-02-11 00:00Z', 5, '', 3);
INSERT INTO src.customer VALUES (1, '2024-01-01 00:00Z', NULL);
INSERT INTO src.purchase VALUES (1, '2025-02-20 00:00Z', 12.5);
SELECT * FROM pg_temp.rows_of('bi');
SELECT kpi, period_start, value, lower, upper, responses, previous_value, p_value FROM bi.kpi_scorecard;
SELECT period_start, kpi, value, responses, complete FROM bi.kpi_by_period
 WHERE kpi IN ('crs', 'complaint_rate', 'repeat_rate') ORDER BY kpi, 1;
SELECT dimension, segment, kpi, value FROM bi.kpi_by_segment WHERE kpi = 'crs' ORDER BY 1;
SELECT * FROM bi.customer_value;
SELECT * FROM bi.drivers;
-- what has not happened yet does not count; an answer without a time, a customer without a start and a case without
-- a customer do not count either
INSERT INTO src.recovery_case (case_id, customer_id, opened_at, resolved_at, contacts, channel)
  VALUES (2, 1, '2025-05-01 00:00Z', NULL, 0, NULL), (3, NULL, '2025-02-20 00:00Z', '2025-05-02 00:00Z', 2, 'chat');
INSERT INTO src.survey_response (response_id, customer_id, case_id, responded_at, csat)
  VALUES (2, 1, 2, '2025-05-01 00:00Z', 17), (3, 1, 1, NULL, 9), (4, NULL, NULL, '2025-02-01 00:00Z', 1);
INSERT INTO src.customer
  VALUES (2, '2025-05-01 00:00Z', NULL), (3, NULL, '2025-02-01 00:00Z'), (4, '2025-01-20 00:00Z', '2025-05-01 00:00Z'),
         (5, '2025-02-03 00:00Z', '2025-02-20 00:00Z');
SELECT period_start, kpi, value, responses FROM bi.kpi_by_period
 WHERE kpi IN ('crs', 'csat', 'resolution_rate', 'fcr', 'retention_rate', 'complaint_rate') ORDER BY kpi, 1;
DELETE FROM src.survey_response WHERE response_id IN (2, 3);
-- a score out of scale, a purchase of NaN, an end before its start are left out, and nothing else
INSERT INTO src.survey_response (response_id, customer_id, case_id, responded_at, csat)
  VALUES (5, 1, 1, '2025-03-01 00:00Z', 6);
UPDATE src.recovery_case SET resolved_at = '2025-01-01 00:00Z' WHERE case_id = 3;
INSERT INTO src.purchase VALUES (1, '2025-02-21 00:00Z', 'NaN');
SELECT period_start, kpi, value, responses, left_out FROM bi.kpi_by_period WHERE left_out > 0 ORDER BY kpi, 1;
SELECT customers FROM bi.customer_value;
DELETE FROM src.survey_response WHERE response_id = 5;
UPDATE src.recovery_case SET resolved_at = NULL, contacts = 2 WHERE case_id >= 2;
DELETE FROM src.purchase WHERE amount = 'NaN';
--
-- a second run: grants and other views stay; a smaller source leaves a view out; other objects are not touched
--
CREATE ROLE regress_bi_reader;
GRANT USAGE ON SCHEMA bi TO regress_bi_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA bi TO regress_bi_reader;
CREATE VIEW bi.mine AS SELECT kpi, value FROM bi.kpi_scorecard;
SELECT create_kpi_views('bi', 'src', 'week', 'Asia/Tokyo', '2025-04-10 00:00Z');
SELECT has_table_privilege('regress_bi_reader', 'bi.kpi_scorecard', 'SELECT'), count(*) FROM bi.mine;
CREATE SCHEMA less;
CREATE VIEW less.recovery_case AS SELECT case_id, customer_id, opened_at, resolved_at FROM src.recovery_case;
CREATE VIEW less.survey_response AS
SELECT response_id, customer_id, case_id, responded_at, csat FROM src.survey_response;
SELECT create_kpi_views('bi', 'less');
SELECT relname FROM pg_class WHERE relnamespace = 'bi'::regnamespace ORDER BY 1;
SELECT pg_temp.error_of($$SELECT drop_kpi_views('bi')$$);
DROP VIEW bi.mine;
CREATE TABLE bi.voice (said text);
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'src')$$);
SELECT drop_kpi_views('bi'), drop_kpi_views('bi'), drop_kpi_views('nowhere'), drop_kpi_views(NULL);
SELECT relname FROM pg_class WHERE relnamespace = 'bi'::regnamespace;
DROP TABLE bi.voice;
-- as_of NULL is now()
SELECT create_kpi_views('bi', 'src'), create_kpi_views('bi_now', 'src', as_of => now());
BEGIN;
SELECT create_kpi_views('bi_now', 'src', as_of => now());
SELECT count(*) > 20 AS rows,
       (SELECT count(*) FROM (TABLE bi.kpi_by_period EXCEPT TABLE bi_now.kpi_by_period) x) AS differ
  FROM bi.kpi_by_period;
COMMIT;
--
-- rights: only the reader's own, on views and sources; row-level security holds
--
SELECT create_kpi_views('bi', 'src', as_of => '2026-11-15 00:00Z');		-- as rows are counted below
GRANT SELECT ON ALL TABLES IN SCHEMA bi, src TO regress_bi_reader;
CREATE TABLE all_rows AS SELECT * FROM bi.kpi_by_period;
GRANT SELECT ON all_rows TO regress_bi_reader;
SET ROLE regress_bi_reader;
SELECT pg_temp.error_of($$SELECT count(*) FROM src.recovery_case$$);
SELECT * FROM pg_temp.rows_of('bi');
SELECT count(*) FROM (TABLE bi.kpi_by_period EXCEPT TABLE public.all_rows) x;
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi', 'src')$$);
SELECT pg_temp.error_of($$SELECT drop_kpi_views('bi')$$);
RESET ROLE;
ALTER TABLE src.recovery_case ENABLE ROW LEVEL SECURITY;
CREATE POLICY chat ON src.recovery_case USING (channel = 'chat');
SET ROLE regress_bi_reader;
SELECT DISTINCT segment FROM bi.kpi_by_segment WHERE dimension = 'channel' AND kpi = 'resolution_rate' ORDER BY 1;
RESET ROLE;
SELECT DISTINCT segment FROM bi.kpi_by_segment WHERE dimension = 'channel' AND kpi = 'resolution_rate' ORDER BY 1;
REVOKE SELECT ON src.survey_response FROM regress_bi_reader;
SET ROLE regress_bi_reader;
SELECT pg_temp.error_of($$SELECT count(*) FROM bi.kpi_by_period$$);
RESET ROLE;
--
-- objects of the same name in a schema that comes first, and temporary ones, change nothing
--
CREATE TABLE before AS SELECT * FROM bi.kpi_by_period;
CREATE SCHEMA evil;
CREATE FUNCTION evil.csat_interval(tally, double precision, integer, text) RETURNS kpi_interval LANGUAGE sql
  AS $$ SELECT NULL::kpi_interval $$;
CREATE FUNCTION evil.period_start(text, timestamptz, text) RETURNS date LANGUAGE sql AS $$ SELECT '1999-01-01'::date $$;
CREATE FUNCTION evil.sentiment(text) RETURNS double precision LANGUAGE sql AS $$ SELECT 1.0::float8 $$;
CREATE FUNCTION evil.coalesce_it(boolean) RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;
CREATE FUNCTION evil.text_le(timestamptz, timestamptz) RETURNS boolean LANGUAGE sql AS $$ SELECT false $$;
CREATE OPERATOR evil.<= (leftarg = timestamptz, rightarg = timestamptz, function = evil.text_le);
CREATE FUNCTION evil.format(text, text, text) RETURNS text LANGUAGE sql AS $$ SELECT 'DROP TABLE before'::text $$;
CREATE FUNCTION evil.set_config(text, text, boolean) RETURNS text LANGUAGE sql AS $$ SELECT 'x'::text $$;
CREATE FUNCTION evil.kpi_view_query(text, jsonb, OUT query text, OUT missing text)
  LANGUAGE sql AS $$ SELECT 'SELECT 1 AS x', NULL $$;
CREATE TABLE evil.kpi_definition AS SELECT * FROM kpi_definition WHERE false;
CREATE TEMP TABLE kpi_view AS SELECT * FROM kpi_view;
CREATE TEMP TABLE pg_extension AS SELECT * FROM pg_catalog.pg_extension WHERE false;
CREATE TEMP TABLE recovery_case (x int);
SET search_path = evil, pg_temp, public, pg_catalog;
SELECT public.create_kpi_views('bi', 'src', as_of => '2026-11-15 00:00Z');
SELECT count(*) > 20 AS rows, (SELECT count(*) FROM (TABLE public.before EXCEPT TABLE bi.kpi_by_period) x) AS differ
  FROM bi.kpi_by_period;
RESET search_path;
SET client_min_messages = warning;
-- names of periods in upper or lower case
SELECT create_kpi_views('bi_upper', 'src', 'DAY'), create_kpi_views('bi_lower', 'src', 'day');
SELECT count(*), count(*) FILTER (WHERE a.definition = b.definition) AS same
  FROM pg_views a JOIN pg_views b USING (viewname) WHERE a.schemaname = 'bi_upper' AND b.schemaname = 'bi_lower';
-- the zone CET has daylight saving time, as in period_start; AT TIME ZONE 'CET' would have none
SELECT create_kpi_views('bi_upper', 'src', timezone => 'cet'),
       create_kpi_views('bi_lower', 'src', timezone => 'Europe/Brussels');
SELECT count(*), count(*) FILTER (WHERE a.definition = b.definition) AS same
  FROM pg_views a JOIN pg_views b USING (viewname) WHERE a.schemaname = 'bi_upper' AND b.schemaname = 'bi_lower';
-- a domain over a domain is what they are built on
CREATE SCHEMA domains;
CREATE DOMAIN domains.score AS integer CHECK (VALUE > 0);
CREATE DOMAIN domains.csat AS domains.score CHECK (VALUE <= 5);
CREATE DOMAIN domains.moment AS timestamptz;
CREATE DOMAIN domains.opened AS domains.moment;
CREATE VIEW domains.recovery_case AS
SELECT case_id, customer_id, opened_at::domains.opened, resolved_at FROM src.recovery_case;
CREATE VIEW domains.survey_response AS
SELECT response_id, customer_id, case_id::domains.score, responded_at::domains.moment, csat::domains.csat
  FROM src.survey_response;
SELECT types ->> 'recovery_case.opened_at' AS opened_at, types ->> 'survey_response.csat' AS csat
  FROM kpi_source_types('domains') types;
DROP SCHEMA domains CASCADE;
-- the views do not know the equality of a foreign type
CREATE SCHEMA odd;
CREATE VIEW odd.recovery_case AS
SELECT tally(0, 0, ARRAY[1]) AS case_id, customer_id, opened_at, resolved_at FROM src.recovery_case;
CREATE VIEW odd.survey_response AS
SELECT response_id, customer_id, tally(0, 0, ARRAY[1]) AS case_id, responded_at, csat FROM src.survey_response;
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi_upper', 'odd')$$);
-- a superuser does not take over a view whose owner can change it later
ALTER VIEW bi_upper.kpi_by_period OWNER TO regress_bi_reader;
SELECT pg_temp.error_of($$SELECT create_kpi_views('bi_upper', 'src')$$);
SELECT drop_kpi_views('bi_upper'), create_kpi_views('bi_upper', 'src');
DROP SCHEMA bi_upper, bi_lower, odd CASCADE;
DROP SCHEMA evil CASCADE;
DROP OWNED BY regress_bi_reader;
DROP ROLE regress_bi_reader;
