#since 0.2.0
-- kpi_views: what is wrong in the sources

CREATE FUNCTION check_kpi_sources(source_schema text)
RETURNS TABLE (relation text, rule text, rows bigint, example text, effect text)
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	query text;
BEGIN
	EXECUTE format('SELECT q.query FROM %1$I.kpi_view_query(''source_check'',
		%1$I.kpi_plan($1, ''month'', ''UTC'', NULL, NULL, NULL, NULL)) q', home) INTO query USING source_schema;
	RETURN QUERY EXECUTE query;
END $$;
COMMENT ON FUNCTION check_kpi_sources(text) IS
'What is wrong, or looks so, in the relations of kpi_source_column in a schema: the relation, the rule, the number of rows, the key of one of them, and what the views do with them. No rows if all is well. The same as the view source_check. It reads the sources with the rights of the caller. Errors: as in create_kpi_views.';
