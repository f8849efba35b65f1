-- privileges.sql: the matrix of roles and actions.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
CREATE ROLE trust_installer; CREATE ROLE trust_admin; CREATE ROLE trust_owner;
CREATE ROLE trust_reader; CREATE ROLE trust_bi;
CREATE ROLE trust_writer; CREATE ROLE trust_stranger; CREATE ROLE trust_columns;
GRANT CREATE ON DATABASE trust_privileges TO trust_installer, trust_admin, trust_owner;

SET SESSION AUTHORIZATION trust_installer;
CREATE SCHEMA kpi;
CREATE EXTENSION recovery_kpi SCHEMA kpi;
GRANT USAGE ON SCHEMA kpi TO trust_admin, trust_reader, trust_writer, trust_stranger;
GRANT INSERT, UPDATE, DELETE ON kpi.kpi_target TO trust_writer;
GRANT UPDATE (target, warning) ON kpi.kpi_catalog TO trust_writer;

-- row-level security keeps the hidden rows from readers
SET SESSION AUTHORIZATION trust_owner;
CREATE SCHEMA src;
CREATE TABLE src.recovery_case AS SELECT i AS case_id, i * 7 % 60 + 1 AS customer_id,
	'2025-01-01 06:00Z'::timestamptz + i * interval '29 hours' AS opened_at,
	CASE WHEN i % 11 > 0 THEN '2025-01-01 06:00Z'::timestamptz + i * interval '29 hours' + (i * 37 % 101 + 1)
		* interval '5 hours' END AS resolved_at, (i * 5 % 3 + 1)::smallint AS contacts,
	NULL::timestamptz AS reopened_at, '2025-01-01 07:00Z'::timestamptz + i * interval '29 hours' AS first_response_at,
		CASE WHEN i % 5 = 0 THEN 'secret' ELSE (ARRAY['phone', 'chat'])[i % 2 + 1] END AS channel,
	(ARRAY['late', 'wrong'])[i % 2 + 1] AS failure_type, 'none'::text AS compensation,
		'2025-01-06 06:00Z'::timestamptz + i * interval '29 hours' AS promised_by, i % 5 = 0 AS hidden
	FROM generate_series(1, 200) i;
CREATE TABLE src.survey_response AS SELECT i AS response_id, i * 7 % 60 + 1 AS customer_id,
	CASE WHEN i % 3 > 0 THEN i END AS case_id, '2025-01-05 09:00Z'::timestamptz + i * interval '29 hours'
	- (i % 3 = 0)::int * interval '40 days' AS responded_at,
	(i * i + i / 7) % 5 + 1 AS csat, i * 5 % 11 AS nps, i * 2 % 7 + 1 AS ces, 3 AS expected,
		i * 11 % 5 + 1 AS perceived, i % 5 + 1 AS speed, i * 3 % 7 + 1 AS effectiveness,
		i * i % 4 AS compensation_value,
	(ARRAY['Great service, thank you', 'Terrible, nobody helped', 'The parcel came on Monday', NULL])[i % 4 + 1]
		AS comment, i % 6 = 0 AS hidden FROM generate_series(1, 195) i;
CREATE TABLE src.customer AS SELECT i AS customer_id,
	'2024-06-01 00:00Z'::timestamptz + i * interval '3 days' AS joined_at,
	CASE WHEN i % 4 = 0 THEN '2025-02-01 12:00Z'::timestamptz + i * interval '61 hours' END AS left_at,
		i % 7 = 0 AS hidden FROM generate_series(1, 80) i;
CREATE TABLE src.purchase AS SELECT i * 13 % 60 + 1 AS customer_id,
	'2025-01-02 00:00Z'::timestamptz + i * interval '9 hours' AS purchased_at,
	(10 + i % 17 + 0.25)::numeric(10,2) AS amount, i % 4 = 0 AS hidden FROM generate_series(1, 600) i;
CREATE TABLE src.referral AS SELECT i * 3 % 60 + 1 AS customer_id,
	'2025-01-02 00:00Z'::timestamptz + i * interval '60 hours' AS referred_at, i % 3 = 0 AS hidden
	FROM generate_series(1, 80) i;
CREATE TABLE src.case_event AS SELECT i AS case_id, '2025-01-01 06:00Z'::timestamptz + i * interval '29 hours'
	+ n * interval '10 hours' AS at, (ARRAY['new', 'pending', 'open', 'hold'])[n + 1] AS status, i % 8 = 0 AS hidden
	FROM generate_series(1, 200) i, generate_series(0, 3) n;
CREATE TABLE src.kpi_status_role AS SELECT s AS status, s AS role, s = 'hold' AS hidden
	FROM unnest('{new,pending,open,hold,solved}'::text[]) s;
CREATE TABLE src.survey_invitation AS SELECT i AS invitation_id, i * 7 % 60 + 1 AS customer_id, i AS case_id,
	'2025-01-04 09:00Z'::timestamptz + i * interval '29 hours' AS sent_at, i % 9 = 0 AS hidden
	FROM generate_series(1, 195) i;
CREATE TABLE src.follow_up AS SELECT i AS response_id, '2025-01-07 09:00Z'::timestamptz + i * interval '29 hours'
	AS contacted_at, i % 5 = 0 AS hidden FROM generate_series(2, 195, 3) i;
GRANT USAGE ON SCHEMA src TO trust_admin, trust_reader, trust_bi, trust_columns;
GRANT SELECT ON ALL TABLES IN SCHEMA src TO trust_admin, trust_reader, trust_bi;

SET SESSION AUTHORIZATION trust_admin;
SELECT kpi.create_kpi_views('bi', 'src', as_of => '2025-08-20 00:00Z') \g /dev/null
GRANT USAGE ON SCHEMA bi TO trust_reader, trust_bi, trust_columns;
GRANT SELECT ON ALL TABLES IN SCHEMA bi TO trust_reader, trust_bi, trust_columns;
RESET SESSION AUTHORIZATION;

-- What each role may do; a role that is not named may not.  Denied is 42501.  Where no role may,
-- it is also 55000 (cannot be written to at all) or 2BP01 (the extension requires it).
CREATE TABLE action (action text PRIMARY KEY, statement text, allowed text[]);
INSERT INTO action SELECT 'read bi.' || relname, 'SELECT count(x) FROM bi.' || relname || ' AS x', '{admin,reader,bi}'
	FROM pg_class WHERE relnamespace = 'bi'::regnamespace AND relkind = 'v';
INSERT INTO action SELECT format('%s bi.%s', w, relname), CASE w WHEN 'delete from' THEN format('DELETE FROM bi.%s',
	relname) ELSE format('INSERT INTO bi.%s SELECT (NULL::bi.%1$s).*', relname) END, '{}'
	FROM pg_class, unnest('{delete from,insert into}'::text[]) w
		WHERE relnamespace = 'bi'::regnamespace AND relkind = 'v';
INSERT INTO action SELECT format('%s bi.%s', w, v), format(s, v), '{admin}'
	FROM unnest('{kpi_scorecard,voice}'::text[]) v,
	(VALUES ('drop', 'DROP VIEW bi.%I'), ('comment on', 'COMMENT ON VIEW bi.%I IS ''x'''),
		('rename', 'ALTER VIEW bi.%I RENAME TO other'),
		('set options of', 'ALTER VIEW bi.%I RESET (security_invoker)')) AS x(w, s);
INSERT INTO action SELECT 'read kpi.' || t, 'SELECT count(x) FROM kpi.' || t || ' AS x',
	'{installer,admin,reader,writer,stranger}'
	FROM unnest('{kpi_catalog,kpi_target,kpi_definition,kpi_description,kpi_fact_kind}'::text[]
		|| '{kpi_source_column,kpi_source_rule,kpi_list_pass,kpi_view,kpi_view_part,kpi_view_column}') t;
INSERT INTO action SELECT format('%s kpi.%s', w, t), format(s, t), '{}'
	FROM unnest('{kpi_definition,kpi_description,kpi_fact_kind,kpi_source_column,kpi_view}'::text[]
		|| '{kpi_source_rule,kpi_list_pass,kpi_view_part,kpi_view_column}') t,
	(VALUES ('delete from', 'DELETE FROM kpi.%I'), ('insert into', 'INSERT INTO kpi.%I SELECT * FROM kpi.%1$I'),
		('truncate', 'TRUNCATE kpi.%I')) AS x(w, s);
INSERT INTO action VALUES
	('insert a target', 'INSERT INTO kpi.kpi_target VALUES (''crs'', 90, 80)', '{installer,writer}'),
		('update targets', 'UPDATE kpi.kpi_target SET target = 91', '{installer,writer}'),
	('delete targets', 'DELETE FROM kpi.kpi_target', '{installer,writer}'),
		('truncate targets', 'TRUNCATE kpi.kpi_target', '{}'),
		('set a target', 'UPDATE kpi.kpi_catalog SET target = 92, warning = 80 WHERE kpi = ''crs''',
		'{installer,writer}'),
	('rename a KPI', 'UPDATE kpi.kpi_catalog SET name = ''x''', '{}'), ('delete a KPI', 'DELETE FROM kpi.kpi_catalog',
		'{}'), ('insert a KPI', 'INSERT INTO kpi.kpi_catalog (kpi) VALUES (''x'')', '{}'),
	('disable the check', 'ALTER TABLE kpi.kpi_target DISABLE TRIGGER ALL', '{}'),
		('drop targets', 'DROP TABLE kpi.kpi_target', '{}'),
	('a trigger on targets',
		'CREATE TRIGGER x BEFORE INSERT ON kpi.kpi_target FOR EACH ROW EXECUTE FUNCTION kpi.kpi_target_check()', '{}'),
	('a rule on the catalogue', 'CREATE RULE x AS ON INSERT TO kpi.kpi_catalog DO INSTEAD NOTHING', '{}'),
		('replace a function', 'ALTER FUNCTION kpi.kpi_status(text, double precision) SECURITY DEFINER', '{}'),
	('a policy on targets', 'CREATE POLICY x ON kpi.kpi_target', '{}'),
		('an index on targets', 'CREATE INDEX ON kpi.kpi_target (target)', '{}'),
		('lock targets', 'LOCK kpi.kpi_target', '{installer,writer}'),
	('kpi_status', 'SELECT kpi.kpi_status(''crs'', 80)', '{installer,admin,reader,writer,stranger}'),
		('an aggregate', 'SELECT kpi.nps(x) FROM generate_series(1, 9) x', '{installer,admin,reader,writer,stranger}'),
	('check sources', 'SELECT count(*) FROM kpi.check_kpi_sources(''src'')', '{admin,reader}'),
	('make views again', 'SELECT kpi.create_kpi_views(''bi'', ''src'')', '{admin}'),
		('make views elsewhere', 'SELECT kpi.create_kpi_views(''elsewhere'', ''src'')', '{admin}'),
	('make views in kpi', 'SELECT kpi.create_kpi_views(''kpi'', ''src'')', '{}'),
		('drop views', 'SELECT kpi.drop_kpi_views(''bi'')', '{admin}'),
	('drop the extension', 'DROP EXTENSION recovery_kpi CASCADE', '{installer}'),
		('update the extension', 'ALTER EXTENSION recovery_kpi UPDATE', '{installer}'),
		('move the extension', 'ALTER EXTENSION recovery_kpi SET SCHEMA src', '{}'),
	('add to the extension', 'ALTER EXTENSION recovery_kpi DROP TABLE kpi.kpi_target', '{}'),
		('be superuser', 'SET ROLE postgres', '{}'),
		('create in kpi', 'CREATE FUNCTION kpi.x() RETURNS int LANGUAGE sql AS ''SELECT 1''', '{installer}');
INSERT INTO action SELECT format('%s src.%s', w, relname), format(s, relname),
	CASE w WHEN 'read' THEN '{admin,reader,bi}' ELSE '{}' END::text[] FROM pg_class,
	(VALUES ('read', 'SELECT count(x) FROM src.%I AS x'), ('delete from', 'DELETE FROM src.%I'),
		('update', 'UPDATE src.%I SET hidden = false')) AS x(w, s)
		WHERE relnamespace = 'src'::regnamespace AND relkind = 'r';

-- Tried, and taken back whatever came of it.
CREATE FUNCTION attempt(role text, statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SET LOCAL SESSION AUTHORIZATION trust_%s', role);
	EXECUTE statement;
	RAISE EXCEPTION USING ERRCODE = 'ZZ999';
EXCEPTION
	WHEN SQLSTATE 'ZZ999' THEN RETURN 'allowed';
	WHEN insufficient_privilege THEN RETURN 'denied';
	WHEN OTHERS THEN RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
CREATE TABLE cell AS SELECT role, action, attempt(role, statement) AS have,
	CASE WHEN role = ANY (allowed) THEN 'allowed' ELSE 'denied' END AS want
	FROM action, unnest('{installer,admin,reader,bi,writer,stranger}'::text[]) role;
UPDATE cell SET have = 'denied' FROM action a WHERE a.action = cell.action AND a.allowed = '{}'
	AND have ~ '^(55000|2BP01)';
-- views are read with the reader's rights, and no function runs as its owner
INSERT INTO cell SELECT 'views', relname, CASE WHEN 'security_invoker=true' = ANY (reloptions) THEN 'allowed'
	ELSE 'as owner' END, 'allowed' FROM pg_class WHERE relnamespace IN ('bi'::regnamespace, 'kpi'::regnamespace)
	AND relkind = 'v';
INSERT INTO cell SELECT 'functions', p.oid::regprocedure::text, 'as owner', 'as caller' FROM pg_proc p
	WHERE pronamespace = 'kpi'::regnamespace AND prosecdef;
