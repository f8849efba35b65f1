#since 0.2.0
-- kpi_views: may create_kpi_views read the sources?
--
-- Reading a relation runs code of its owner: functions in views, policies, expressions of indexes
-- and statistics, which planning computes.  Whoever makes views must not run code of a role that
-- could not act as the maker anyway: a superuser not that of another role, and nobody that of a
-- role that is not a member.  So the sources are read only if their owners, those of their schema,
-- and those of all that they are made of, have the rights of the caller.

CREATE FUNCTION kpi_source_trusted(source_schema text) RETURNS boolean
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	trusted boolean;
BEGIN
	EXECUTE format($query$
		WITH made_of AS (
			SELECT r.relid FROM %I.kpi_source_relations($1) AS r (relid)
		), owner AS (
			SELECT r.relowner AS role FROM made_of m JOIN pg_class r ON r.oid = m.relid
			UNION
			SELECT CASE WHEN n.nspowner = to_regrole('pg_database_owner') THEN b.datdba ELSE n.nspowner END
			FROM made_of m JOIN pg_class r ON r.oid = m.relid JOIN pg_namespace n ON n.oid = r.relnamespace
				JOIN pg_database b ON b.datname = current_database()
			UNION
			SELECT p.proowner FROM made_of m JOIN pg_rewrite w ON w.ev_class = m.relid JOIN pg_depend d
				ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid AND d.refclassid = 'pg_proc'::regclass
				JOIN pg_proc p ON p.oid = d.refobjid
		)
		SELECT bool_and(pg_has_role(o.role, current_user, 'USAGE')) AND NOT EXISTS (SELECT FROM made_of m
			JOIN pg_class r ON r.oid = m.relid WHERE r.relkind = 'f') FROM owner o$query$, home)
		INTO trusted USING source_schema;
	RETURN coalesce(trusted, false);
END $$;
COMMENT ON FUNCTION kpi_source_trusted(text) IS
'true if reading the sources in a schema runs only code of roles that have the rights of the caller anyway.';
