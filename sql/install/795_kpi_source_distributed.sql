#since 0.2.0
-- kpi_views: are the sources distributed over nodes?

-- Citus lists its tables in pg_dist_partition.
CREATE FUNCTION kpi_source_distributed(source_schema text) RETURNS boolean
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	distributed boolean;
BEGIN
	IF to_regclass('pg_catalog.pg_dist_partition') IS NULL THEN
		RETURN false;
	END IF;
	EXECUTE format('SELECT EXISTS (SELECT FROM %I.kpi_source_relations($1) AS r (oid)
		JOIN pg_catalog.pg_dist_partition p ON p.logicalrelid = r.oid)', home) INTO distributed USING source_schema;
	RETURN distributed;
END $$;
COMMENT ON FUNCTION kpi_source_distributed(text) IS
'Are relations of the sources, or tables that their views read, distributed by Citus? Always false where Citus is not installed.';
