-- views.sql: each view over sources distributed by customer_id, against the same over local tables.
\set ON_ERROR_STOP 1
SET client_min_messages = error;
SET timezone = 'UTC';
\o /dev/null
\ir ../../docs/views/example.sql
\o
RESET search_path;
RESET extra_float_digits;
CREATE TABLE shop.follow_up AS SELECT response_id, responded_at + interval '1 day' AS contacted_at
	FROM shop.survey_response WHERE csat <= 3 AND response_id % 4 > 0;
CREATE TABLE shop.case_event AS SELECT case_id, opened_at AS at, 'new' AS status FROM shop.recovery_case
	UNION ALL SELECT case_id, opened_at + interval '1 hour', 'pending' FROM shop.recovery_case WHERE case_id % 2 = 0
	UNION ALL SELECT case_id, resolved_at, 'solved' FROM shop.recovery_case WHERE resolved_at IS NOT NULL;
CREATE TABLE shop.survey_invitation AS SELECT case_id AS invitation_id, customer_id, case_id,
	resolved_at + interval '1 hour' AS sent_at FROM shop.recovery_case WHERE resolved_at IS NOT NULL;
SELECT drop_kpi_views('bi') \g /dev/null
SELECT create_kpi_views('near_bi', 'shop', 'month', 'UTC', '2025-12-15 00:00+00') AS made \gset

CREATE SCHEMA far;
SELECT format('CREATE TABLE far.%I (LIKE shop.%1$I)', relname) FROM pg_class
	WHERE relnamespace = 'shop'::regnamespace AND relkind = 'r' \gexec
-- what has no customer is everywhere
SELECT CASE WHEN EXISTS (SELECT FROM pg_attribute WHERE attrelid = r.oid AND attname = 'customer_id')
	THEN format('DO $do$ BEGIN PERFORM create_distributed_table(%L, %L); END $do$', r.oid::regclass, 'customer_id')
	ELSE format('DO $do$ BEGIN PERFORM create_reference_table(%L); END $do$', r.oid::regclass) END
FROM pg_class r WHERE relnamespace = 'far'::regnamespace AND relkind = 'r' \gexec
SELECT format('INSERT INTO far.%I SELECT * FROM shop.%1$I', relname) FROM pg_class
	WHERE relnamespace = 'far'::regnamespace AND relkind = 'r' \gexec
SELECT format('%sok - the views are made', CASE WHEN create_kpi_views('far_bi', 'far', 'month', 'UTC',
	'2025-12-15 00:00+00') = :made THEN '' ELSE 'not ' END);

CREATE FUNCTION compare_view(view text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN CASE WHEN rows_of('far_bi.' || view) = rows_of('near_bi.' || view) THEN 'ok - ' ELSE 'not ok - ' END || view;
EXCEPTION WHEN OTHERS THEN
	RETURN format('not ok - %s: %s', view, SQLERRM);
END $$;
SELECT compare_view(relname) FROM pg_class WHERE relnamespace = 'near_bi'::regnamespace AND relkind = 'v'
	ORDER BY relname;
