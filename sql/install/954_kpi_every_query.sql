#since 0.2.0
-- live: the sources of a rollup, whole

CREATE FUNCTION kpi_every_query(plan jsonb) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := plan ->> 'home';
	sources text;
BEGIN
	EXECUTE format($query$
		SELECT string_agg('every_' || %1$I.kpi_source_query(s.relation || ' AS ', $1,
				jsonb_array_length($1 -> 'dimensions')), ', ' ORDER BY s.relation)
		FROM (SELECT DISTINCT c.relation FROM %1$I.kpi_source_column c) s$query$, home) INTO sources USING plan;
	RETURN sources;
END $$;
COMMENT ON FUNCTION kpi_every_query(jsonb) IS
'Common table expressions of the sources of a plan, with its dimensions: every_recovery_case and so on.';
