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
-- rows of which each breaks a rule; answers twice, cases not: both are looked up another way
INSERT INTO shop.recovery_case (case_id, customer_id, opened_at, resolved_at, first_response_at, promised_by, contacts)
VALUES (9001, 1, '2025-02-03', '2025-02-02', NULL, NULL, 1), (9002, 2, '2025-02-03', 'infinity', NULL, NULL, 1),
	(9003, 3, '2025-02-03', '2025-02-03 10:00', '2025-02-01', '2025-01-01', 0), (9004, 4, NULL, NULL, NULL, NULL, 1),
	(9005, 5, '0001-01-01', NULL, NULL, NULL, 1), (NULL, 6, '2025-02-03', NULL, NULL, NULL, 1),
	(9007, 4711, '2025-02-03', '2025-02-03 10:00', NULL, NULL, 1);
INSERT INTO shop.survey_response (response_id, customer_id, case_id, responded_at, csat, nps, ces)
VALUES (9001, 1, 1, '2025-02-05', 9, 11, 0), (9002, 1, 1, '0001-01-01', 5, 9, 7), (NULL, 1, 1, '2025-02-05', 1, 1, 1),
	(9004, 1, 99999, '2025-02-05', 1, 1, 1), (9005, 3, 9003, '2025-01-05', 1, 1, 1),
	(9006, 3, 9003, '2025-02-03 05:00', 1, 1, 1), (9007, 3, 9003, '2025-02-04', 1, 1, 1),
	(9007, 3, 9003, '2025-02-05', 5, 9, 7), (9007, 5, 9003, '2025-02-06', 4, 8, 6);
INSERT INTO shop.customer VALUES (9001, NULL, NULL), (9001, '2025-03-01', '2525-01-01'),
	(9002, '2025-03-01', '2024-01-01');
INSERT INTO shop.purchase VALUES (1, 'infinity', 3), (2, '2025-03-01', 'NaN'), (4711, '2025-04-01', 10);
INSERT INTO shop.referral VALUES (1, 'infinity'), (3, NULL);
INSERT INTO shop.case_event VALUES (NULL, '2025-03-01', 'new'), (3, 'infinity', 'new'), (5, '2025-03-01', 'new'),
	(5, '2025-03-01', 'old'), (99999, '2025-03-01', 'new');
INSERT INTO shop.survey_invitation VALUES (NULL, 1, 1, '2025-03-01'), (9001, 1, 1, '2025-03-01'),
	(9001, 1, 1, '2025-03-02'), (9002, 1, NULL, '2025-02-01'), (9003, 1, NULL, NULL);
INSERT INTO shop.follow_up VALUES (NULL, '2025-03-01'), (3, 'infinity'), (9007, '2025-02-01');
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

-- counted, too, without any column: then the planner leaves joins out
CREATE FUNCTION compare_view(view text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	near text[] := rows_of('near_bi.' || view);
	counted bigint;
BEGIN
	EXECUTE format('SELECT count(*) FROM far_bi.%I', view) INTO counted;
	RETURN CASE WHEN rows_of('far_bi.' || view) = near AND counted = cardinality(near) THEN 'ok - ' ELSE 'not ok - ' END
		|| view;
EXCEPTION WHEN OTHERS THEN
	RETURN format('not ok - %s: %s', view, SQLERRM);
END $$;
SELECT verdict(count(*) > 30, 'rules that are broken: ' || count(*)) FROM near_bi.source_check;
SELECT compare_view(relname) FROM pg_class WHERE relnamespace = 'near_bi'::regnamespace AND relkind = 'v'
	ORDER BY relname;
