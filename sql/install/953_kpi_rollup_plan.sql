#since 0.2.0
-- live: the plan of views, which may read a rollup

-- A schema with the settings of a rollup stands for the sources of that rollup.
CREATE FUNCTION kpi_rollup_plan(
	source_schema text, period text, timezone text, as_of timestamptz, dimensions text[],
	calendar business_calendar, begins integer
) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	rollup regclass := (SELECT r.oid FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
		WHERE n.nspname = source_schema AND r.relname = 'kpi_rollup' AND r.relkind = 'r'
			AND obj_description(r.oid, 'pg_class') LIKE '%Made by create_kpi_rollup of recovery_kpi.'
			-- a type of somebody's own may have a cast that runs their code
			AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
				AND a.atttypid <> ALL ('{text,text[],jsonb,timestamptz,date}'::regtype[])));
	s record;
	plan jsonb;
	day_plan jsonb;
BEGIN
	IF rollup IS NULL THEN
		EXECUTE format('SELECT %I.kpi_plan($1, $2, $3, $4, $5, $6, $7)', home) INTO plan
			USING source_schema, period, timezone, as_of, dimensions, calendar, begins;
		RETURN plan;
	END IF;
	EXECUTE format('SELECT t.source_schema, t.timezone, t.dimensions, t.calendar, t.plan, t.edition FROM %s AS t',
		rollup) INTO s;
	-- UTC and NULL are what create_kpi_views takes if nothing is said
	IF timezone NOT IN ('UTC', s.timezone) OR calendar::text <> s.calendar THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('the rollup in schema %I has the time zone %s and %s', source_schema, s.timezone,
				coalesce('the calendar ' || s.calendar, 'no calendar')),
			HINT = 'Leave timezone and calendar out, or make another rollup.';
	ELSIF calendar IS NOT NULL AND s.calendar IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('the rollup in schema %I has no calendar', source_schema),
			HINT = 'Leave calendar out, or make another rollup.';
	ELSIF as_of IS NOT NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = 'as_of must be NULL for a rollup, which has the figures of now',
			HINT = format('Make views with as_of over the sources, schema %I.', s.source_schema);
	ELSIF NOT dimensions <@ s.dimensions THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_column',
			MESSAGE = format('the rollup in schema %I has the dimensions %s', source_schema, s.dimensions),
			HINT = 'Choose among them, or make another rollup.';
	END IF;
	dimensions := coalesce(dimensions, s.dimensions);
	EXECUTE format('SELECT %1$I.kpi_plan($1, $2, $3, NULL, $4, $5::%1$I.business_calendar, $6), '
		'%1$I.kpi_plan($1, ''day'', $3, NULL, $4, $5::%1$I.business_calendar, NULL)', home) INTO plan, day_plan
		USING s.source_schema, period, s.timezone, dimensions, s.calendar, begins;
	IF day_plan - 'dimensions' IS DISTINCT FROM s.plan - 'dimensions' THEN
		RAISE EXCEPTION USING ERRCODE = 'object_not_in_prerequisite_state',
			MESSAGE = format('the rollup in schema %I does not fit its sources any more', source_schema),
			DETAIL = 'Columns of the sources, the KPIs, or the version of the extension have changed.',
			HINT = 'Run create_kpi_rollup, refresh_kpi_rollup and create_kpi_views again.';
	END IF;
	RETURN plan || jsonb_build_object('rollup', jsonb_build_object('store', source_schema,
		'day', day_plan || jsonb_build_object('edition', s.edition),
		'places', (SELECT coalesce(jsonb_agg(array_position(s.dimensions, d.name) ORDER BY d.place), '[]')
			FROM unnest(dimensions) WITH ORDINALITY AS d (name, place))));
END $$;
COMMENT ON FUNCTION kpi_rollup_plan(text, text, text, timestamptz, text[], business_calendar, integer) IS
'The plan of kpi_plan, over sources or over a rollup. Over a rollup it has the key rollup: store, the schema of the rollup; day, the plan of its days; places, those of the dimensions in the rollup. Errors: as in kpi_plan; 22023 arguments that the rollup does not have; 55000 the sources or the KPIs have changed since the rollup was made.';
