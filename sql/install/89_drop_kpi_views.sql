#since 0.2.0
-- kpi_views: drops what create_kpi_views made

CREATE FUNCTION drop_kpi_views(target_schema text) RETURNS integer
LANGUAGE plpgsql STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	made regclass[];
	r regclass;
BEGIN
	-- all at once, as whoever makes or reads them does: nobody waits for whom waits for them
	EXECUTE format('SELECT %I.kpi_view_lock($1)', home) USING target_schema;
	made := ARRAY(SELECT r.oid FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
		WHERE n.nspname = target_schema AND r.relkind = 'v'
			AND obj_description(r.oid, 'pg_class') LIKE '%Made by create_kpi_views of recovery_kpi.'
		ORDER BY r.relname);
	FOREACH r IN ARRAY made LOOP
		EXECUTE format('DROP VIEW %s', r);
	END LOOP;
	RETURN cardinality(made);
END $$;
COMMENT ON FUNCTION drop_kpi_views(text) IS
'Drops the views that create_kpi_views made in target_schema and returns their number. The schema and everything else stay. Error 2BP01: other objects depend on a view.';
