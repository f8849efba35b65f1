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
	code text;
	message text;
	detail text;
	hint text;
BEGIN
	IF source_schema IS NULL OR timezone IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
			MESSAGE = 'source_schema and timezone must not be NULL';
	END IF;
	EXECUTE format('SELECT q.query FROM %I.kpi_view_query($1, $2, $3, $4, $5) q', home)
		INTO query USING 'kpi_summaries'::text, source_schema, 'day'::text, timezone, as_of;
	-- PostgreSQL shows the whole query, some 100 lines, with an error in it
	BEGIN
		RETURN QUERY EXECUTE query;
	EXCEPTION WHEN OTHERS THEN
		GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
			hint = PG_EXCEPTION_HINT;
		RAISE EXCEPTION USING ERRCODE = code, MESSAGE = message,
			DETAIL = coalesce(nullif(detail, ''), format('It is in the data of schema %I.', source_schema)),
			HINT = coalesce(nullif(hint, ''), 'Correct the rows, or leave them out in a view of that name.');
	END;
END $$;
COMMENT ON FUNCTION kpi_summaries(text, text, timestamptz) IS
'What the KPIs of each day are computed from, in total and by channel, type of failure and compensation (dimension and segment), from the sources of create_kpi_views. Store it in a table: CREATE TABLE kpi_summary AS SELECT * FROM kpi_summaries(). If the source schema has that table, create_kpi_views reads it instead of the sources: the same figures, in milliseconds. until is the day a customer left, in the rows with kpi customer. Errors as in create_kpi_views.';
