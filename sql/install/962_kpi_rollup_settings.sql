#since 0.2.0
-- live: the settings of a rollup, for those who may use it

CREATE FUNCTION kpi_rollup_settings(store_schema text) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	rollup record;
	settings jsonb;
	plan jsonb;
	trusted boolean;
	is_super boolean := (SELECT u.rolsuper FROM pg_roles u WHERE u.rolname = current_user);
BEGIN
	SELECT r.oid::regclass AS relation, r.relowner INTO rollup FROM pg_class r
		JOIN pg_namespace n ON n.oid = r.relnamespace WHERE n.nspname = store_schema AND r.relname = 'kpi_rollup'
		AND r.relkind = 'r' AND obj_description(r.oid, 'pg_class') LIKE '%Made by create_kpi_rollup of recovery_kpi.';
	IF rollup IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_table',
			MESSAGE = format('schema %I has no rollup', store_schema),
			HINT = format('Make it: SELECT create_kpi_rollup(%L, source_schema).', store_schema);
	-- whoever owns the rollup or its sources can make its readers run any code
	ELSIF is_super AND NOT pg_has_role(rollup.relowner, current_user, 'USAGE') THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
			MESSAGE = format('the rollup in schema %I belongs to %s', store_schema, rollup.relowner::regrole),
			DETAIL = 'A superuser must not run what another role can change.',
			HINT = format('Do it as that role: SET ROLE %s.', rollup.relowner::regrole);
	END IF;
	EXECUTE format('SELECT to_jsonb(t) FROM %s AS t', rollup.relation) INTO settings;
	EXECUTE format('SELECT %I.kpi_source_trusted($1)', home) INTO trusted USING settings ->> 'source_schema';
	IF is_super AND NOT trusted THEN
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
			MESSAGE = format('the sources in schema %I belong to other roles', settings ->> 'source_schema'),
			DETAIL = 'A superuser must not run what another role can change.',
			HINT = 'Let the role that owns the sources make and refresh the rollup (SET ROLE).';
	END IF;
	-- the plan of now, and whether it is that of the store
	EXECUTE format('SELECT %1$I.kpi_plan($1, ''day'', $2, NULL, $3, $4::%1$I.business_calendar, NULL)', home) INTO plan
		USING settings ->> 'source_schema', settings ->> 'timezone',
			ARRAY(SELECT jsonb_array_elements_text(settings -> 'dimensions')), settings ->> 'calendar';
	IF plan IS DISTINCT FROM settings -> 'plan' THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
			MESSAGE = format('the rollup in schema %I does not fit its sources any more', store_schema),
			DETAIL = 'Columns of the sources, the KPIs, or the version of the extension have changed.',
			HINT = 'Run create_kpi_rollup, refresh_kpi_rollup and create_kpi_views again.';
	END IF;
	RETURN settings;
END $$;
COMMENT ON FUNCTION kpi_rollup_settings(text) IS
'The row of store_schema.kpi_rollup, if its plan still fits. Errors: 42P01 there is no rollup; 42501 a superuser, and a rollup or sources of another role; 55000 the sources or the KPIs have changed since the rollup was made.';
