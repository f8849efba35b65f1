#since 0.2.0
-- kpi_views: the columns of the sources

CREATE FUNCTION kpi_source_types(source_schema text) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
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
		WITH RECURSIVE listed AS (
			SELECT s.*, r.oid AS relid, a.attname IS NOT NULL AS there, a.attnum, a.atttypid AS typeid,
				format_type(a.atttypid, a.atttypmod) AS type
			FROM %1$I.kpi_source_column s
				LEFT JOIN pg_class r ON r.oid = to_regclass(quote_ident($1) || '.' || quote_ident(s.relation))
					AND r.relkind IN ('r', 'v', 'm', 'p', 'f')
				LEFT JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = s.column_name AND NOT a.attisdropped
		), based AS (	-- domains may be built on domains
			SELECT t.oid AS typeid, t.oid AS base FROM pg_type t WHERE t.oid IN (SELECT l.typeid FROM listed l)
			UNION ALL
			SELECT b.typeid, t.typbasetype FROM based b JOIN pg_type t ON t.oid = b.base WHERE t.typbasetype <> 0
		), typed AS (
			SELECT l.*, (SELECT b.base FROM based b JOIN pg_type t ON t.oid = b.base
				WHERE b.typeid = l.typeid AND t.typbasetype = 0)::regtype AS base
			FROM listed l
		)
		SELECT t.*, k.base AS wanted, k.relation AS wanted_by,
			ARRAY(SELECT o.column_name FROM listed o WHERE o.relation = t.relation AND o.required
				ORDER BY o.ordinal) AS required_columns,
			-- one row each is sure if an index says so, and no inherited rows are read with it
			t.kind = 'key' AND EXISTS (SELECT FROM pg_index i JOIN pg_class r ON r.oid = i.indrelid
				WHERE i.indrelid = t.relid AND i.indisunique AND i.indisvalid AND i.indimmediate AND i.indpred IS NULL
					AND i.indnkeyatts = 1 AND i.indkey[0] = t.attnum AND i.indexprs IS NULL AND (r.relkind = 'p'
						OR NOT EXISTS (SELECT FROM pg_inherits h WHERE h.inhparent = r.oid))) AS is_unique
		FROM typed t LEFT JOIN LATERAL (SELECT o.base, o.relation FROM typed o
				WHERE t.kind = 'key' AND o.kind = 'key' AND o.there AND o.column_name = t.column_name
				ORDER BY o.relation = 'recovery_case' DESC, o.relation = 'survey_response' DESC,
					o.relation LIMIT 1) k ON true
		ORDER BY t.relation, t.ordinal$query$, home) USING source_schema
	LOOP
		IF c.relid IS NULL THEN
			CONTINUE;
		ELSIF NOT c.there THEN
			IF c.required THEN
				RAISE EXCEPTION USING ERRCODE = 'undefined_column',
					MESSAGE = format('relation %I.%I has no column %I', source_schema, c.relation, c.column_name),
					DETAIL = format('It is needed%s: %s', CASE WHEN c.kind = 'time' THEN ' as timestamp with time zone'
						WHEN c.kind IN ('number', 'score') THEN ' as a number' ELSE '' END, c.meaning),
					HINT = format('If yours has another name, make a view: '
						'CREATE VIEW %I AS SELECT your_name AS %I, ...', c.relation, c.column_name);
			END IF;
			CONTINUE;
		ELSIF c.kind = 'time' AND c.base <> 'timestamptz'::regtype OR c.kind IN ('number', 'score')
			AND c.base NOT IN ('smallint'::regtype, 'integer', 'bigint', 'numeric', 'real', 'double precision')
			OR c.kind = 'calendar' AND c.base <> format('%I.business_calendar', home)::regtype THEN
			RAISE EXCEPTION USING ERRCODE = 'datatype_mismatch',
				MESSAGE = format('column %I of %I.%I is of type %s', c.column_name, source_schema, c.relation, c.type),
				DETAIL = format('It is needed as %s: %s', CASE c.kind WHEN 'time' THEN 'timestamp with time zone'
					WHEN 'calendar' THEN 'business_calendar' ELSE 'a number' END, c.meaning),
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
				MESSAGE = format('column %I of %I.%I is of type %s, but of type %s in %I',
					c.column_name, source_schema, c.relation, c.type, c.wanted, c.wanted_by),
				HINT = format('Make a view that gives both the same type: %I::text AS %I.',
					c.column_name, c.column_name);
		END IF;
		types := types || jsonb_build_object(c.relation || '.' || c.column_name, c.base);
		IF c.is_unique THEN
			types := types || jsonb_build_object('unique ' || c.relation || '.' || c.column_name, true);
		END IF;
	END LOOP;
	IF types = '{}' THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_table',
			MESSAGE = format('schema %I has none of the relations that the views read', source_schema),
			HINT = 'Create a table or view recovery_case, survey_response or customer; the table kpi_source_column '
				'describes their columns.';
	END IF;
	RETURN types;
END $$;
COMMENT ON FUNCTION kpi_source_types(text) IS
'The columns of kpi_source_column that a schema has, as {"relation.column": "type"}, and "unique relation.column" for keys that a unique index makes sure of. It checks them: errors as in create_kpi_views.';
