#since 0.2.0
-- live: says that a source has changed, where no trigger does

CREATE FUNCTION touch_kpi_rollup(store_schema text, relation text, first date, last date) RETURNS void
LANGUAGE plpgsql PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	settings jsonb;
	sources text[];
BEGIN
	IF store_schema IS NULL OR relation IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
			MESSAGE = 'store_schema and relation must not be NULL';
	ELSIF first > last THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('first day %s is after last day %s', first, last);
	END IF;
	EXECUTE format('SELECT %I.kpi_rollup_settings($1)', home) INTO settings USING store_schema;
	sources := ARRAY(SELECT DISTINCT split_part(k, '.', 1) FROM jsonb_object_keys(settings -> 'plan' -> 'types') AS k
		WHERE k NOT LIKE 'unique %' ORDER BY 1);
	IF relation <> ALL (sources) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('the rollup in schema %I has no source "%s"', store_schema, relation),
			HINT = format('There are: %s.', array_to_string(sources, ', '));
	END IF;
	EXECUTE format('INSERT INTO %I.kpi_touched (relation, many, kept, times) VALUES ($1, true, true, '
		'ARRAY[$2::timestamp AT TIME ZONE $4, ($3 + 1)::timestamp AT TIME ZONE $4 - ''1 microsecond''::interval])',
			store_schema)
		USING relation, coalesce(first, '-infinity'), coalesce(last, 'infinity'), settings ->> 'timezone';
END $$;
COMMENT ON FUNCTION touch_kpi_rollup(text, text, date, date) IS
'Says that rows of a source with times from the first to the last of these days have changed, were added or are gone: the views over the rollup compute the days that this may touch from the sources, until refresh_kpi_rollup stores them anew. NULL means any day. Triggers do it for tables; call it for a source that is a view, after ATTACH or DETACH PARTITION, and after changes under session_replication_role = replica. Errors: 22023 a relation that is no source of the rollup, or a first day after the last; as in refresh_kpi_rollup.';
