\getenv top PG_ABS_SRCDIR
\i :top/test/helpers.sql
--
-- create_kpi_views runs only code of the extension and of PostgreSQL, even if others may
-- create objects in the schema of the extension. Functions and operators planted there
-- match better than polymorphic and variadic ones of pg_catalog; each leaves a trace.
--
CREATE SEQUENCE trace;
CREATE FUNCTION traced(text, text, text) RETURNS text LANGUAGE sql AS $$ SELECT nextval('public.trace')::text $$;
CREATE FUNCTION format(text, text) RETURNS text LANGUAGE sql AS $$ SELECT public.traced('', '', '') $$;
CREATE FUNCTION format(text, text, text) RETURNS text LANGUAGE sql AS $$ SELECT public.traced('', '', '') $$;
CREATE FUNCTION concat(text, text) RETURNS text LANGUAGE sql AS $$ SELECT public.traced('', '', '') $$;
CREATE FUNCTION array_position(text[], text) RETURNS integer LANGUAGE sql
  AS $$ SELECT nextval('public.trace')::integer $$;
CREATE FUNCTION unnest(text[]) RETURNS SETOF text LANGUAGE sql AS $$ SELECT public.traced('', '', '') $$;
CREATE FUNCTION unnest(integer[]) RETURNS SETOF integer LANGUAGE sql AS $$ SELECT nextval('public.trace')::integer $$;
CREATE FUNCTION purchase_history_planted(purchase_history, timestamptz, numeric, timestamptz) RETURNS purchase_history
  LANGUAGE sql AS $$ SELECT nextval('public.trace'); SELECT $1 $$;
CREATE AGGREGATE purchase_history(timestamptz, numeric, timestamptz)
  (sfunc = purchase_history_planted, stype = purchase_history);
CREATE FUNCTION count_planted(bigint, integer) RETURNS bigint LANGUAGE sql AS $$ SELECT nextval('public.trace') $$;
CREATE AGGREGATE count(integer) (sfunc = count_planted, stype = bigint, initcond = '0');
CREATE FUNCTION equal_planted(oid, regclass) RETURNS boolean LANGUAGE sql AS $$ SELECT nextval('public.trace') > 0 $$;
CREATE OPERATOR = (leftarg = oid, rightarg = regclass, function = equal_planted);
CREATE FUNCTION differ_planted(regtype, regtype) RETURNS boolean LANGUAGE sql
  AS $$ SELECT nextval('public.trace') < 0 $$;
CREATE OPERATOR <> (leftarg = regtype, rightarg = regtype, function = differ_planted);
CREATE FUNCTION contained_planted(text[], text[]) RETURNS boolean LANGUAGE sql
  AS $$ SELECT nextval('public.trace') > 0 $$;
CREATE OPERATOR <@ (leftarg = text[], rightarg = text[], function = contained_planted);
CREATE SCHEMA planted_src;
CREATE TABLE planted_src.recovery_case (case_id int, customer_id int, opened_at timestamptz, resolved_at timestamptz,
                                        contacts int, channel text);
CREATE TABLE planted_src.survey_response (response_id int, customer_id int, case_id int, responded_at timestamptz,
                                          csat int, nps int, speed int, comment text);
CREATE TABLE planted_src.customer (customer_id int, joined_at timestamptz, left_at timestamptz);
CREATE TABLE planted_src.purchase (customer_id int, purchased_at timestamptz, amount numeric);
INSERT INTO planted_src.recovery_case VALUES (1, 1, '2025-02-10 00:00Z', '2025-02-10 06:00Z', 1, 'chat');
INSERT INTO planted_src.survey_response VALUES (1, 1, 1, '2025-02-11 00:00Z', 5, 9, 3, 'Great');
INSERT INTO planted_src.customer VALUES (1, '2024-01-01 00:00Z', NULL);
INSERT INTO planted_src.purchase VALUES (1, '2025-02-20 00:00Z', 12.5);
SELECT create_kpi_views('planted_bi', 'planted_src', as_of => '2025-04-10 00:00Z');
-- the views do not run planted code either
SELECT count(*) > 0, count(value) > 0 FROM planted_bi.kpi_by_period;
SELECT (SELECT count(*) FROM planted_bi.kpi_trend) > 0, (SELECT sum(customers) FROM planted_bi.customer_value),
       (SELECT count(*) FROM planted_bi.resolution_curve) > 0;
SELECT is_called AS ran FROM trace;
SET client_min_messages = warning;
DROP SCHEMA planted_src, planted_bi CASCADE;
DROP SEQUENCE trace;
DROP AGGREGATE count(integer);
DROP AGGREGATE purchase_history(timestamptz, numeric, timestamptz);
DROP OPERATOR = (oid, regclass);
DROP OPERATOR <> (regtype, regtype);
DROP OPERATOR <@ (text[], text[]);
DROP FUNCTION traced, format(text, text), format(text, text, text), concat(text, text), array_position(text[], text),
  unnest(text[]), unnest(integer[]), purchase_history_planted, count_planted, equal_planted, differ_planted,
  contained_planted;
