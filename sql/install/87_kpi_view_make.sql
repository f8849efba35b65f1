#since 0.2.0
-- kpi_views: makes one view

CREATE FUNCTION kpi_view_make(target_schema text, view text, query text, description text) RETURNS void
LANGUAGE plpgsql STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	grants aclitem[];
	c record;
BEGIN
	BEGIN
		EXECUTE format('CREATE OR REPLACE VIEW %I.%I WITH (security_invoker = true) AS %s', target_schema, view, query);
	EXCEPTION WHEN invalid_table_definition THEN	-- other columns than before: made anew, with the same grants
		SELECT r.relacl INTO grants FROM pg_class r WHERE r.oid = format('%I.%I', target_schema, view)::regclass;
		EXECUTE format('DROP VIEW %I.%I', target_schema, view);
		EXECUTE format('CREATE VIEW %I.%I WITH (security_invoker = true) AS %s', target_schema, view, query);
		FOR c IN SELECT a.privilege_type, a.is_grantable, CASE a.grantee WHEN 0 THEN 'PUBLIC'
				ELSE a.grantee::regrole::text END AS grantee
			FROM aclexplode(grants) AS a JOIN pg_class r ON r.oid = format('%I.%I', target_schema, view)::regclass
			WHERE a.grantee <> r.relowner
		LOOP
			EXECUTE format('GRANT %s ON %I.%I TO %s%s', c.privilege_type, target_schema, view, c.grantee,
				CASE WHEN c.is_grantable THEN ' WITH GRANT OPTION' END);
		END LOOP;
	END;
	EXECUTE format('COMMENT ON VIEW %I.%I IS %L', target_schema, view, description);
	FOR c IN EXECUTE format($query$
		SELECT a.attname, coalesce(m.meaning, 'Dimension.') AS meaning FROM pg_attribute a
			LEFT JOIN LATERAL (SELECT k.meaning FROM %I.kpi_view_column k
				WHERE k.column_name = a.attname AND k.view IN ($1, '*') ORDER BY k.view = '*' LIMIT 1) AS m ON true
		WHERE a.attrelid = $2 AND a.attnum > 0 AND NOT a.attisdropped$query$, home)
		USING view, format('%I.%I', target_schema, view)::regclass
	LOOP
		EXECUTE format('COMMENT ON COLUMN %I.%I.%I IS %L', target_schema, view, c.attname, c.meaning);
	END LOOP;
END $$;
COMMENT ON FUNCTION kpi_view_make(text, text, text, text) IS
'Makes a view of create_kpi_views, or replaces it, with comments on it and on its columns.';
