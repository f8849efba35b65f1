#since 0.2.0
-- kpi_views: what the KPIs of each day are computed from

CREATE FUNCTION kpi_summaries(
	source_schema text DEFAULT 'public', timezone text DEFAULT 'UTC', as_of timestamptz DEFAULT NULL
) RETURNS TABLE (
	kpi text, day date, until date, dimension text, segment text,
	answers tally, life life_table, events bigint, total numeric, squares numeric
)
LANGUAGE plpgsql STABLE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO' SET timezone = 'UTC'
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	query text;
BEGIN
	IF source_schema IS NULL OR timezone IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
			MESSAGE = 'source_schema and timezone must not be NULL';
	END IF;
	EXECUTE format('SELECT q.query FROM %I.kpi_view_query($1, $2, $3, $4, $5) q', home)
		INTO query USING 'kpi_summaries'::text, source_schema, 'day'::text, timezone, as_of;
	RETURN QUERY EXECUTE query;
END $$;
COMMENT ON FUNCTION kpi_summaries(text, text, timestamptz) IS
'What the KPIs of each day are computed from, in total and by channel, type of failure and compensation (dimension and segment), from the sources of create_kpi_views. Store it in a table: CREATE TABLE kpi_summary AS SELECT * FROM kpi_summaries(). If the source schema has that table, create_kpi_views reads it instead of the sources: the same figures, in milliseconds. until is the day a customer left, in the rows with kpi customer. Errors as in create_kpi_views.';
