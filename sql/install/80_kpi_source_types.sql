#since 0.2.0
-- kpi_views: from tables to views for BI tools
--
-- These functions run with the caller's rights.  Their search_path is pg_catalog alone.  With
-- the schema of the extension on it, any role that may create objects there could plant
-- functions and operators that match better than the polymorphic or variadic ones of
-- pg_catalog: format(text, text, text) or = (oid, regclass).  So each function looks up the
-- schema, which may be any and may change, and writes it before each object of the extension.

CREATE FUNCTION kpi_source_types(source_schema text) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	types jsonb := '{}';
	c record;
BEGIN
	IF NOT EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = source_schema) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_schema_name',
			MESSAGE = format('schema %I does not exist', source_schema),
			HINT = 'source_schema is the schema that holds recovery_case and survey_response.';
	END IF;
	FOR c IN EXECUTE format($query$
		SELECT s.*, r.oid IS NOT NULL AS relation_there, a.attname IS NOT NULL AS there,
			format_type(a.atttypid, a.atttypmod) AS type,
			-- domains may be built on domains
			(WITH RECURSIVE d AS (SELECT t.oid, t.typbasetype AS base UNION ALL
				SELECT b.oid, b.typbasetype FROM d JOIN pg_type b ON b.oid = d.base)
				SELECT d.oid FROM d WHERE d.base = 0)::regtype AS base,
			(WITH RECURSIVE d AS (SELECT w.oid, w.typbasetype AS base UNION ALL
				SELECT b.oid, b.typbasetype FROM d JOIN pg_type b ON b.oid = d.base)
				SELECT d.oid FROM d WHERE d.base = 0)::regtype AS wanted,
			ARRAY(SELECT o.column_name FROM %1$I.kpi_source_column o WHERE o.relation = s.relation AND o.required
				ORDER BY o.ordinal) AS required_columns
		FROM %1$I.kpi_source_column s
			LEFT JOIN pg_class r ON r.oid = to_regclass(quote_ident($1) || '.' || quote_ident(s.relation))
				AND r.relkind IN ('r', 'v', 'm', 'p', 'f')
			LEFT JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = s.column_name AND NOT a.attisdropped
			LEFT JOIN pg_type t ON t.oid = a.atttypid
			LEFT JOIN pg_attribute k ON s.kind = 'key' AND k.attrelid = to_regclass(quote_ident($1) || '.recovery_case')
				AND k.attname = s.column_name AND NOT k.attisdropped
			LEFT JOIN pg_type w ON w.oid = k.atttypid
		ORDER BY s.relation, s.ordinal$query$, home) USING source_schema
	LOOP
		IF NOT c.relation_there THEN
			IF c.relation IN ('recovery_case', 'survey_response')
				AND to_regclass(format('%I.kpi_summary', source_schema)) IS NULL THEN
				RAISE EXCEPTION USING ERRCODE = 'undefined_table',
					MESSAGE = format('relation %I.%I is missing', source_schema, c.relation),
					DETAIL = format('It is needed with the columns %s.', array_to_string(c.required_columns, ', ')),
					HINT = 'Create a table or view of that name; the table kpi_source_column describes its columns.';
			END IF;
		ELSIF NOT c.there THEN
			IF c.required THEN
				RAISE EXCEPTION USING ERRCODE = 'undefined_column',
					MESSAGE = format('relation %I.%I has no column %I', source_schema, c.relation, c.column_name),
					DETAIL = format('It is needed%s: %s', CASE c.kind WHEN 'time' THEN ' as timestamp with time zone'
						WHEN 'number' THEN ' as a number' ELSE '' END, c.meaning),
					HINT = format('If yours has another name, make a view: '
						'CREATE VIEW %I AS SELECT your_name AS %I, ...', c.relation, c.column_name);
			END IF;
		ELSIF c.kind = 'time' AND c.base <> 'timestamptz'::regtype OR c.kind = 'number'
			AND c.base NOT IN ('smallint'::regtype, 'integer', 'bigint', 'numeric', 'real', 'double precision') THEN
			RAISE EXCEPTION USING ERRCODE = 'datatype_mismatch',
				MESSAGE = format('column %I of %I.%I is of type %s', c.column_name, source_schema, c.relation, c.type),
				DETAIL = format('It is needed as %s: %s',
					CASE c.kind WHEN 'time' THEN 'timestamp with time zone' ELSE 'a number' END, c.meaning),
				HINT = CASE WHEN c.base IN ('timestamp'::regtype, 'date')
					THEN format('State its time zone in a view: %I AT TIME ZONE ''UTC''.', c.column_name)
					ELSE format('Make a view that casts %I to that type.', c.column_name) END;
		-- the views use the operators of built-in types; another type may mean another equality
		ELSIF c.kind = 'key' AND (SELECT t.typtype = 'b' AND t.typcategory <> 'A'
				AND t.typnamespace <> 'pg_catalog'::regnamespace FROM pg_type t WHERE t.oid = c.base) THEN
			RAISE EXCEPTION USING ERRCODE = 'datatype_mismatch',
				MESSAGE = format('column %I of %I.%I is of type %s, which is not built in',
					c.column_name, source_schema, c.relation, c.type),
				DETAIL = 'Keys are compared with the operators of built-in types.',
				HINT = format('Make a view that casts it: %I::text AS %I.', c.column_name, c.column_name);
		ELSIF c.base <> c.wanted
			AND NOT EXISTS (SELECT FROM pg_operator o WHERE o.oprname = '=' AND o.oprleft = c.base
				AND o.oprright = c.wanted AND o.oprnamespace = 'pg_catalog'::regnamespace)
			AND (SELECT count(*) FROM pg_type t WHERE t.oid IN (c.base, c.wanted) AND t.typcategory = 'S') < 2 THEN
			RAISE EXCEPTION USING ERRCODE = 'datatype_mismatch',
				MESSAGE = format('column %I of %I.%I is of type %s, but of type %s in recovery_case',
					c.column_name, source_schema, c.relation, c.type, c.wanted),
				HINT = format('Make a view that gives both the same type: %I::text AS %I.',
					c.column_name, c.column_name);
		ELSE
			types := types || jsonb_build_object(c.relation || '.' || c.column_name, c.base);
		END IF;
	END LOOP;
	RETURN types;
END $$;
COMMENT ON FUNCTION kpi_source_types(text) IS
'The columns of kpi_source_column that a schema has, as {"relation.column": "type"}. It checks them: errors as in create_kpi_views.';
