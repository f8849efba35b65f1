#since 0.2.0
-- kpi_views: periods of the user

CREATE FUNCTION kpi_period_table(source_schema text, period text) RETURNS boolean
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	relation regclass := (SELECT r.oid FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
		WHERE n.nspname = source_schema AND r.relname = period AND r.relkind IN ('r', 'v', 'm', 'p', 'f'));
	column_name text;
BEGIN
	IF lower(period) IN ('day', 'week', 'month', 'quarter', 'half', 'year') THEN
		RETURN false;
	ELSIF relation IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('unknown period: "%s"', period),
			HINT = format('Use day, week, month, quarter, half or year, or the name of a table of periods '
				'in schema %I.', source_schema);
	END IF;
	FOREACH column_name IN ARRAY '{period_start,period_end}'::text[] LOOP
		IF NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = relation AND a.attname = column_name
			AND a.atttypid = 'date'::regtype) THEN
			RAISE EXCEPTION USING ERRCODE = 'undefined_column',
				MESSAGE = format('relation %I.%I has no column %I of type date', source_schema, period, column_name),
				DETAIL = 'A table of periods has the first and the last day of each, period_start and period_end.';
		END IF;
	END LOOP;
	RETURN true;
END $$;
COMMENT ON FUNCTION kpi_period_table(text, text) IS
'Do the periods come from a table of that name in the source schema? false for the name of a unit. Errors: 22023 neither a unit nor a relation; 42703 a relation without the two dates.';
