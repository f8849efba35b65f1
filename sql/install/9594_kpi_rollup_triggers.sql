#since 0.2.0
-- live: the triggers of rollups

CREATE FUNCTION kpi_rollup_trigger(store_schema text, event text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN pg_catalog.concat('kpi_rollup_', CASE WHEN pg_catalog.octet_length($1) OPERATOR(pg_catalog.<=) 40 THEN $1
	ELSE pg_catalog.left(pg_catalog.md5($1), 16) END, '_', pg_catalog.lower($2));
COMMENT ON FUNCTION kpi_rollup_trigger(text, text) IS
'The name of the trigger after an event (INSERT, UPDATE, DELETE or TRUNCATE) of the rollup in a schema.';

CREATE FUNCTION kpi_rollup_triggers(store_schema text)
RETURNS TABLE (relation regclass, name name, ours boolean, enabled boolean)
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	names text[];
BEGIN
	EXECUTE format('SELECT array_agg(%I.kpi_rollup_trigger($1, e)) FROM unnest(''{INSERT,UPDATE,DELETE,TRUNCATE}''
		::text[]) AS e', home) INTO names USING store_schema;
	RETURN QUERY SELECT g.tgrelid::regclass, g.tgname, g.tgname = ANY (names), g.tgenabled <> 'D'
		FROM pg_trigger g
		WHERE g.tgfoid = to_regprocedure(format('%I.kpi_touch()', home)) AND NOT g.tgisinternal;
END $$;
COMMENT ON FUNCTION kpi_rollup_triggers(text) IS
'The triggers of all rollups: whether they are of the rollup in this schema, and whether they are switched on.';
