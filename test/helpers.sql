\set ECHO none
-- Included by every regression test: the extension, and a way to see an error
-- whole on one line.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS recovery_kpi;
RESET client_min_messages;
\set QUIET on
CREATE FUNCTION pg_temp.error_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  message text; detail text; hint text;
BEGIN
  EXECUTE statement;
  RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
  GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
  RETURN concat_ws(' | ', SQLSTATE, message, nullif(detail, ''), nullif(hint, ''));
END $$;
\pset format unaligned
\pset tuples_only on
\pset null (null)
-- twelve digits: the same on every machine
SET extra_float_digits = -3;
\set QUIET off
\set ECHO all
