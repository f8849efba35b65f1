#since 0.2.0
-- kpi_views: what the sources are made of

CREATE FUNCTION kpi_source_relations(source_schema text) RETURNS SETOF oid
LANGUAGE sql STABLE STRICT PARALLEL SAFE
BEGIN ATOMIC
	WITH RECURSIVE made_of AS (
		SELECT r.oid FROM pg_catalog.pg_class r JOIN pg_catalog.pg_namespace n
			ON n.oid OPERATOR(pg_catalog.=) r.relnamespace
		WHERE n.nspname OPERATOR(pg_catalog.=) source_schema::pg_catalog.name
			AND r.relname OPERATOR(pg_catalog.=) ANY (SELECT s.relation::pg_catalog.name FROM kpi_source_column s)
		UNION
		SELECT x.oid FROM made_of m CROSS JOIN LATERAL (
			SELECT i.inhrelid FROM pg_catalog.pg_inherits i WHERE i.inhparent OPERATOR(pg_catalog.=) m.oid
			UNION ALL
			SELECT d.refobjid FROM pg_catalog.pg_rewrite w JOIN pg_catalog.pg_depend d
				ON d.classid OPERATOR(pg_catalog.=) 'pg_catalog.pg_rewrite'::pg_catalog.regclass
				AND d.objid OPERATOR(pg_catalog.=) w.oid
				AND d.refclassid OPERATOR(pg_catalog.=) 'pg_catalog.pg_class'::pg_catalog.regclass
			WHERE w.ev_class OPERATOR(pg_catalog.=) m.oid) AS x (oid)
	)
	SELECT m.oid FROM made_of m;
END;
COMMENT ON FUNCTION kpi_source_relations(text) IS
'The sources in a schema, their partitions, and all relations that their views read.';
