#since 0.2.0
-- live: makes a rollup, or makes it anew

CREATE FUNCTION create_kpi_rollup(
	store_schema text, source_schema text DEFAULT 'public', timezone text DEFAULT 'UTC',
	dimensions text[] DEFAULT NULL, calendar business_calendar DEFAULT NULL
) RETURNS integer
LANGUAGE plpgsql PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO' SET timezone = 'UTC' SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	is_super boolean := (SELECT u.rolsuper FROM pg_roles u WHERE u.rolname = current_user);
	plan jsonb;
	trusted boolean;
	owner oid;
	r record;
BEGIN
	IF store_schema IS NULL OR source_schema IS NULL OR timezone IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
			MESSAGE = 'store_schema, source_schema and timezone must not be NULL';
	ELSIF store_schema = source_schema THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('the store cannot be in the schema of the sources, %I', source_schema),
			HINT = 'Give the rollup a schema of its own; it is made if it does not exist.';
	END IF;
	EXECUTE format('SELECT %I.kpi_plan($1, ''day'', $2, NULL, $3, $4, NULL), %I.kpi_source_trusted($1)', home, home)
		INTO plan, trusted USING source_schema, timezone, dimensions, calendar;
	IF is_super AND NOT trusted THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
			MESSAGE = format('the sources in schema %I belong to other roles', source_schema),
			DETAIL = 'A superuser must not run what another role can change.',
			HINT = 'Let the role that owns the sources make and refresh the rollup (SET ROLE).';
	END IF;
	SELECT CASE WHEN n.nspowner = to_regrole('pg_database_owner') THEN b.datdba ELSE n.nspowner END INTO owner
		FROM pg_namespace n JOIN pg_database b ON b.datname = current_database() WHERE n.nspname = store_schema;
	IF owner IS NULL THEN
		EXECUTE format('CREATE SCHEMA %I', store_schema);
	ELSIF is_super AND NOT pg_has_role(owner, current_user, 'USAGE') THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
			MESSAGE = format('schema %I belongs to %s', store_schema, owner::regrole),
			DETAIL = 'A superuser must not make what another role can change: writers run the triggers of a rollup.',
			HINT = format('Make the rollup as that role (SET ROLE %s), or in another schema.', owner::regrole);
	END IF;
	-- two sessions that make or refresh one rollup follow one another
	PERFORM pg_advisory_xact_lock(hashtextextended('rollup of recovery_kpi in ' || store_schema, 0));
	FOR r IN SELECT c.oid::regclass AS relation, c.relowner FROM pg_class c JOIN pg_namespace n
		ON n.oid = c.relnamespace
		WHERE n.nspname = store_schema AND c.relname LIKE 'kpi\_%' AND c.relkind <> 'i'
			AND (c.relname IN ('kpi_rollup', 'kpi_touched', 'kpi_cell', 'kpi_month_cell', 'kpi_waiting',
				'kpi_customer_cell', 'kpi_spent_cell', 'kpi_moving', 'kpi_rollup_status', 'kpi_event', 'kpi_announced'))
			AND (NOT pg_has_role(c.relowner, 'USAGE') OR is_super AND NOT pg_has_role(c.relowner, current_user, 'USAGE')
				OR NOT EXISTS (SELECT FROM pg_class k WHERE k.relnamespace = n.oid AND k.relname = 'kpi_rollup'
					AND obj_description(k.oid, 'pg_class') LIKE '%Made by create_kpi_rollup of recovery_kpi.'))
	LOOP
		RAISE EXCEPTION USING ERRCODE = 'duplicate_table',
			MESSAGE = format('relation %s exists and was not made by create_kpi_rollup of %s', r.relation,
				current_user),
			HINT = 'Choose another store_schema, or drop or rename it.';
	END LOOP;
	EXECUTE format('SELECT %I.kpi_rollup_tables($1, $2, $3)', home) USING store_schema, source_schema,
		plan -> 'types';
	EXECUTE format('SELECT %I.kpi_rollup_watch($1, $2, $3), %I.kpi_rollup_index($2, $3)', home, home)
		USING store_schema, source_schema, plan -> 'types';
	EXECUTE format('INSERT INTO %I.kpi_rollup VALUES ($1, $2, $3, $4, $5, now(), NULL, '
		'date_trunc(''month'', now() AT TIME ZONE $2 - ''31 days''::interval)::date, md5($5::text))', store_schema)
		USING source_schema, timezone, ARRAY(SELECT d ->> 'name' FROM jsonb_array_elements(plan -> 'dimensions') d),
			calendar::text, plan;
	EXECUTE format('INSERT INTO %I.kpi_touched (relation, many, kept, times) SELECT DISTINCT split_part(k, ''.'', 1), '
		'true, true, ''{-infinity,infinity}''::timestamptz[] FROM jsonb_object_keys($1) AS k
			WHERE k NOT LIKE ''unique %%''',
		store_schema) USING plan -> 'types';
	RETURN jsonb_array_length(plan -> 'kpis');
END $$;
COMMENT ON FUNCTION create_kpi_rollup(text, text, text, text[], business_calendar) IS
'Makes a rollup of the sources in source_schema in store_schema, which it creates if needed, and returns the number of KPIs: tables of what the KPIs of each day, and of each value of each dimension, are computed from, triggers by which the sources note their changes, and indexes where they are missing. create_kpi_views(target_schema, store_schema) makes views that read it. It is empty until refresh_kpi_rollup; the figures are right at any time. timezone, dimensions and calendar: as in create_kpi_views. Run it again after columns of the sources, KPIs or the version of the extension have changed. It needs TRIGGER and SELECT on the sources. Errors: as in create_kpi_views; 42501 a superuser, and sources or a schema of another role; 42P07 a relation with the name of one of its tables.';
