#since 0.2.0
-- kpi_views: which KPIs a stored summary has

CREATE FUNCTION kpi_summary_kpis(source_schema text, summary regclass) RETURNS text[]
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET row_security = off
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	kpis text[];
	c record;
	restricted text := current_setting('restrict_nonsystem_relation_kind', true);
BEGIN
	FOR c IN SELECT w.column_name, w.type, a.attname IS NOT NULL AS there, format_type(a.atttypid, NULL) AS have
		FROM (VALUES ('kpi', 'text'::regtype), ('day', 'date'), ('until', 'date'),
				('dimension', 'text'), ('segment', 'text'),
				('answers', format('%I.tally', home)::regtype), ('life', format('%I.life_table', home)::regtype),
				('events', 'bigint'), ('total', 'numeric'), ('squares', 'numeric')) AS w (column_name, type)
			LEFT JOIN pg_attribute a ON a.attrelid = summary AND a.attname = w.column_name
				AND a.attnum > 0 AND NOT a.attisdropped
		WHERE a.atttypid IS DISTINCT FROM w.type
	LOOP
		RAISE EXCEPTION USING ERRCODE = CASE WHEN c.there THEN 'datatype_mismatch' ELSE 'undefined_column' END,
			MESSAGE = CASE WHEN c.there
				THEN format('column %I of %I.kpi_summary is of type %s', c.column_name, source_schema, c.have)
				ELSE format('relation %I.kpi_summary has no column %I', source_schema, c.column_name) END,
			DETAIL = format('It is needed as %s, as kpi_summaries() returns it.', c.type),
			HINT = 'CREATE TABLE kpi_summary AS SELECT * FROM kpi_summaries() makes a suitable table.';
	END LOOP;
	-- Planning alone runs code of a table's owner, in expressions of indexes and statistics, and
	-- the owner of its schema can put something else in its place at any moment.  So the table is
	-- read only if the caller has the rights of both owners.
	IF (SELECT r.relkind IN ('r', 'p', 'm')
				AND pg_has_role(CASE WHEN n.nspowner = to_regrole('pg_database_owner') THEN b.datdba
					ELSE n.nspowner END, current_user, 'USAGE')
			FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
				JOIN pg_database b ON b.datname = current_database() WHERE r.oid = summary)
		AND NOT EXISTS (WITH RECURSIVE tree AS (SELECT summary::oid AS relid
				UNION SELECT i.inhrelid FROM pg_inherits i JOIN tree t ON i.inhparent = t.relid)
			SELECT FROM tree t JOIN pg_class r ON r.oid = t.relid
			WHERE NOT pg_has_role(r.relowner, current_user, 'USAGE')) THEN
		IF restricted IS NOT NULL THEN
			PERFORM set_config('restrict_nonsystem_relation_kind', 'view, foreign-table', true);
		END IF;
		EXECUTE format('SELECT array_agg(DISTINCT s.kpi) FROM %I.kpi_summary s', source_schema) INTO kpis;
		IF restricted IS NOT NULL THEN
			PERFORM set_config('restrict_nonsystem_relation_kind', restricted, true);
		END IF;
	END IF;
	RETURN kpis;
END $$;
COMMENT ON FUNCTION kpi_summary_kpis(text, regclass) IS
'The KPIs in a table kpi_summary that create_kpi_views reads. NULL if it is empty, and if it is not read: a view, or a relation of an owner whose rights the caller does not have. Errors: 42703 and 42804 for a column that is missing, or of another type than in kpi_summaries().';
