-- kpi_views: from tables to views for BI tools
--
-- These functions run with the caller's rights.  Their search_path is pg_catalog alone:
-- with the schema of the extension on it, whoever may create there could plant functions
-- and operators that match better than those of pg_catalog with polymorphic or variadic
-- arguments, format(text, text, text) or = (oid, regclass).  So they look up the schema,
-- which may be any, and may change, and name it before each object of the extension.

CREATE FUNCTION kpi_source_types(source_schema text) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'recovery_kpi');
	types jsonb := '{}';
	c record;
BEGIN
	IF NOT EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = source_schema) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_schema_name', MESSAGE = format('schema %I does not exist', source_schema),
			HINT = 'source_schema is the schema with recovery_case and survey_response.';
	END IF;
	FOR c IN EXECUTE format($query$
		SELECT s.*, r.oid IS NOT NULL AS relation_there, a.attname IS NOT NULL AS there, format_type(a.atttypid, a.atttypmod) AS type,
			coalesce(nullif(t.typbasetype, 0), t.oid)::regtype AS base, coalesce(nullif(w.typbasetype, 0), w.oid)::regtype AS wanted,
			ARRAY(SELECT o.column_name FROM %1$I.kpi_source_column o WHERE o.relation = s.relation AND o.required ORDER BY o.ordinal) AS required_columns
		FROM %1$I.kpi_source_column s
			LEFT JOIN pg_class r ON r.oid = to_regclass(quote_ident($1) || '.' || quote_ident(s.relation)) AND r.relkind IN ('r', 'v', 'm', 'p', 'f')
			LEFT JOIN pg_attribute a ON a.attrelid = r.oid AND a.attname = s.column_name AND NOT a.attisdropped
			LEFT JOIN pg_type t ON t.oid = a.atttypid
			LEFT JOIN pg_attribute k ON s.kind = 'key' AND k.attrelid = to_regclass(quote_ident($1) || '.recovery_case') AND k.attname = s.column_name AND NOT k.attisdropped
			LEFT JOIN pg_type w ON w.oid = k.atttypid
		ORDER BY s.relation, s.ordinal$query$, home) USING source_schema
	LOOP
		IF NOT c.relation_there THEN
			IF c.relation IN ('recovery_case', 'survey_response') AND to_regclass(format('%I.kpi_summary', source_schema)) IS NULL THEN
				RAISE EXCEPTION USING ERRCODE = 'undefined_table', MESSAGE = format('relation %I.%I is missing', source_schema, c.relation),
					DETAIL = format('It is needed with the columns %s.', array_to_string(c.required_columns, ', ')),
					HINT = 'Create a table or view of that name; the table kpi_source_column tells what its columns hold.';
			END IF;
		ELSIF NOT c.there THEN
			IF c.required THEN
				RAISE EXCEPTION USING ERRCODE = 'undefined_column', MESSAGE = format('relation %I.%I has no column %I', source_schema, c.relation, c.column_name),
					DETAIL = format('It is needed%s: %s', CASE c.kind WHEN 'time' THEN ' as timestamp with time zone' WHEN 'number' THEN ' as a number' ELSE '' END, c.meaning),
					HINT = format('If yours has another name, make a view: CREATE VIEW %I AS SELECT your_name AS %I, ...', c.relation, c.column_name);
			END IF;
		ELSIF c.kind = 'time' AND c.base <> 'timestamptz'::regtype OR c.kind = 'number'
			AND c.base NOT IN ('smallint'::regtype, 'integer', 'bigint', 'numeric', 'real', 'double precision') THEN
			RAISE EXCEPTION USING ERRCODE = 'datatype_mismatch', MESSAGE = format('column %I of %I.%I is of type %s', c.column_name, source_schema, c.relation, c.type),
				DETAIL = format('It is needed as %s: %s', CASE c.kind WHEN 'time' THEN 'timestamp with time zone' ELSE 'a number' END, c.meaning),
				HINT = CASE WHEN c.base IN ('timestamp'::regtype, 'date') THEN format('Say in a view in which time zone it is: %I AT TIME ZONE ''UTC''.', c.column_name)
					ELSE format('Make a view of that name with %I of that type.', c.column_name) END;
		-- views are made with PostgreSQL's own operators; others may mean another equality
		ELSIF c.kind = 'key' AND (SELECT t.typtype = 'b' AND t.typcategory <> 'A' AND t.typnamespace <> 'pg_catalog'::regnamespace FROM pg_type t WHERE t.oid = c.base) THEN
			RAISE EXCEPTION USING ERRCODE = 'datatype_mismatch', MESSAGE = format('column %I of %I.%I is of type %s, which is none of PostgreSQL''s own', c.column_name, source_schema, c.relation, c.type),
				DETAIL = 'Keys are compared by PostgreSQL''s own operators.',
				HINT = format('Make a view in which it is: %I::text AS %I.', c.column_name, c.column_name);
		ELSIF c.base <> c.wanted AND NOT EXISTS (SELECT FROM pg_operator o WHERE o.oprname = '=' AND o.oprleft = c.base AND o.oprright = c.wanted AND o.oprnamespace = 'pg_catalog'::regnamespace)
			AND (SELECT count(*) FROM pg_type t WHERE t.oid IN (c.base, c.wanted) AND t.typcategory = 'S') < 2 THEN
			RAISE EXCEPTION USING ERRCODE = 'datatype_mismatch', MESSAGE = format('column %I of %I.%I is of type %s, that of recovery_case of type %s', c.column_name, source_schema, c.relation, c.type, c.wanted),
				HINT = format('Make a view in which both have the same type: %I::text AS %I.', c.column_name, c.column_name);
		ELSE
			types := types || jsonb_build_object(c.relation || '.' || c.column_name, c.base);
		END IF;
	END LOOP;
	RETURN types;
END $$;
COMMENT ON FUNCTION kpi_source_types(text) IS
'The columns of kpi_source_column that are there in a schema, as {"relation.column": "type"}, checked: errors as create_kpi_views.';

CREATE FUNCTION kpi_summary_kpis(source_schema text, summary regclass) RETURNS text[]
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET row_security = off
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'recovery_kpi');
	kpis text[];
	c record;
	restricted text := current_setting('restrict_nonsystem_relation_kind', true);
BEGIN
	FOR c IN SELECT w.column_name, w.type, a.attname IS NOT NULL AS there, format_type(a.atttypid, NULL) AS have
		FROM (VALUES ('kpi', 'text'::regtype), ('day', 'date'), ('until', 'date'), ('dimension', 'text'), ('segment', 'text'), ('answers', format('%I.tally', home)::regtype),
				('life', format('%I.life_table', home)::regtype), ('events', 'bigint'), ('total', 'numeric'), ('squares', 'numeric')) AS w (column_name, type)
			LEFT JOIN pg_attribute a ON a.attrelid = summary AND a.attname = w.column_name AND a.attnum > 0 AND NOT a.attisdropped
		WHERE a.atttypid IS DISTINCT FROM w.type
	LOOP
		RAISE EXCEPTION USING ERRCODE = CASE WHEN c.there THEN 'datatype_mismatch' ELSE 'undefined_column' END,
			MESSAGE = CASE WHEN c.there THEN format('column %I of %I.kpi_summary is of type %s', c.column_name, source_schema, c.have)
				ELSE format('relation %I.kpi_summary has no column %I', source_schema, c.column_name) END,
			DETAIL = format('It is needed as %s, as kpi_summaries() returns it.', c.type), HINT = 'CREATE TABLE kpi_summary AS SELECT * FROM kpi_summaries() makes one that fits.';
	END LOOP;
	-- Planning alone runs code of a table's owner, in expressions of indexes and statistics, and the owner of its
	-- schema can put something else in its place just now.  So it is asked only if both have the caller's rights anyway.
	IF (SELECT r.relkind IN ('r', 'p', 'm') AND pg_has_role(CASE WHEN n.nspowner = to_regrole('pg_database_owner') THEN b.datdba ELSE n.nspowner END, current_user, 'USAGE')
			FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace JOIN pg_database b ON b.datname = current_database() WHERE r.oid = summary)
		AND NOT EXISTS (WITH RECURSIVE tree AS (SELECT summary::oid AS relid UNION SELECT i.inhrelid FROM pg_inherits i JOIN tree t ON i.inhparent = t.relid)
			SELECT FROM tree t JOIN pg_class r ON r.oid = t.relid WHERE NOT pg_has_role(r.relowner, current_user, 'USAGE')) THEN
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
'The KPIs that a table kpi_summary of create_kpi_views has; NULL of an empty one, and of those that are not asked: views, and what belongs to somebody without the rights of the caller. Errors: 42703 and 42804 for a column that is missing or of another type than kpi_summaries() gives it.';

CREATE FUNCTION kpi_view_query(view text, source_schema text, period text, timezone text, as_of timestamptz,
	OUT query text, OUT missing text, OUT kpis text[])
LANGUAGE plpgsql STABLE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO' SET timezone = 'UTC'
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'recovery_kpi');
	types jsonb;				-- 'relation.column': its type
	definitions jsonb;			-- KPIs, and the columns they need
	columns text[];
	summary regclass := to_regclass(format('%I.kpi_summary', source_schema));
	parts text[];
	needs text[];
	part_body text;
	body text;
	source_columns jsonb;
	segmented boolean;
BEGIN
	period := lower(period);
	-- names of zones that AT TIME ZONE takes for abbreviations of a fixed offset
	IF upper(timezone) IN ('CET', 'EET', 'MET', 'WET') THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format('time zone "%s" is also an abbreviation, without summer time', timezone),
			HINT = 'Name a place, such as Europe/Berlin.';
	END IF;
	IF NOT isfinite(as_of) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format('as_of %s is not a moment', as_of),
			HINT = 'Give the time up to which the data are complete, or NULL for now().';
	END IF;
	EXECUTE format('SELECT %I.period_start($1, $2, $3)', home) USING period, '2000-01-01 00:00Z'::timestamptz, timezone;
	EXECUTE format('SELECT %I.kpi_source_types($1)', home) INTO types USING source_schema;
	columns := ARRAY(SELECT jsonb_object_keys(types));
	EXECUTE format('SELECT jsonb_agg(d ORDER BY d.ordinal) FROM (SELECT kpi, ordinal, needs FROM %I.kpi_definition) d', home) INTO definitions;

	-- which KPIs that allows; in a summary, those it has, or all if it is not asked: its code shall not run yet
	kpis := ARRAY(SELECT d.kpi FROM jsonb_to_recordset(definitions) AS d (kpi text, ordinal integer, needs text[]) WHERE d.needs <@ columns AND types ? 'recovery_case.case_id' ORDER BY d.ordinal);
	IF summary IS NOT NULL THEN
		EXECUTE format('SELECT %I.kpi_summary_kpis($1, $2)', home) INTO kpis USING source_schema, summary;
		kpis := ARRAY(SELECT d.kpi FROM jsonb_to_recordset(definitions) AS d (kpi text, ordinal integer) WHERE kpis IS NULL OR d.kpi = ANY (kpis) AND d.kpi <> 'complaint_rate'
			OR d.kpi IN ('retention_rate', 'churn_rate', 'complaint_rate', 'clv') AND 'customer' = ANY (kpis) AND (d.kpi <> 'clv' OR 'purchase' = ANY (kpis)) ORDER BY d.ordinal);
		SELECT array_agg(DISTINCT n.need) INTO columns FROM (SELECT unnest(columns) AS need UNION ALL SELECT unnest(d.needs) FROM jsonb_to_recordset(definitions) AS d (kpi text, needs text[]) WHERE d.kpi = ANY (kpis)
			UNION ALL VALUES ('recovery_case.channel'), ('recovery_case.failure_type'), ('recovery_case.compensation')) AS n;
	END IF;

	EXECUTE format('SELECT w.parts, w.needs, w.template FROM %I.kpi_view w WHERE w.view = $1', home) INTO parts, needs, body USING view;
	IF view = 'kpi_summaries' THEN
		parts := '{segment_fact}';
		body := ' SELECT * FROM fact';
		summary := NULL;
	END IF;
	segmented := 'segment_fact' = ANY (parts);
	IF summary IS NOT NULL THEN
		parts := array_replace(array_replace(parts, 'fact', 'stored_fact'), 'segment_fact', 'stored_fact');
	ELSIF '{fact,segment_fact}' && parts THEN
		parts := array_prepend('cell', parts);
	END IF;
	SELECT string_agg(replace(n.need, '|', ' or '), ', ') INTO missing FROM unnest(needs) AS n (need) WHERE NOT string_to_array(n.need, '|') && columns;
	IF missing IS NOT NULL THEN
		RETURN;
	END IF;

	-- parts, then the query; in front of them the sources they read
	EXECUTE format('SELECT string_agg(p.template, '', '' ORDER BY array_position($1, p.part)) FROM %I.kpi_view_part p WHERE p.part = ANY ($1)', home) INTO part_body USING parts;
	body := concat(part_body, body);
	EXECUTE format('SELECT jsonb_agg(s) FROM %I.kpi_source_column s', home) INTO source_columns;
	SELECT format('WITH %s%s', string_agg(s.text, ', '), CASE WHEN parts <> '{}' THEN ', ' END) INTO query FROM (
		SELECT format('%I AS NOT MATERIALIZED (SELECT %s%s)', s.relation, string_agg(
				CASE s.kind WHEN 'key' THEN CASE WHEN t.type IS NULL THEN format('NULL::%s AS %I', coalesce(types ->> ('recovery_case.' || s.column_name), 'text'), s.column_name) ELSE format('t.%I', s.column_name) END
				ELSE format('%s::%s AS %I', CASE WHEN t.type IS NULL THEN 'NULL' ELSE format('t.%I', s.column_name) END,
					CASE s.kind WHEN 'time' THEN 'timestamptz' WHEN 'number' THEN CASE s.column_name WHEN 'amount' THEN 'numeric' ELSE 'double precision' END ELSE 'text' END, s.column_name) END,
				', ' ORDER BY s.ordinal),
			CASE WHEN count(t.type) > 0 THEN format(' FROM %I.%I AS t', source_schema, s.relation) ELSE ' WHERE false' END) AS text
		FROM jsonb_to_recordset(source_columns) AS s (relation text, ordinal integer, column_name text, kind text) LEFT JOIN jsonb_each_text(types) AS t (name, type) ON t.name = s.relation || '.' || s.column_name
		WHERE body ~ ('\m' || s.relation || ' AS ') GROUP BY s.relation
		UNION ALL SELECT format('kpi_summary AS NOT MATERIALIZED (SELECT t.* FROM %I.kpi_summary AS t)', source_schema) WHERE body ~ '\mkpi_summary AS '
	) AS s;
	query := query || format(body, period, timezone, coalesce(quote_literal(as_of) || '::timestamptz', 'pg_catalog.now()'), kpis,
		CASE period WHEN 'quarter' THEN '3 months' ELSE '1 ' || period END,
		power(1.01::double precision, CASE period WHEN 'day' THEN 12 / 365.25 WHEN 'week' THEN 84 / 365.25 WHEN 'quarter' THEN 3 WHEN 'year' THEN 12 ELSE 1 END) - 1,
		ARRAY(SELECT d FROM unnest('{channel,failure_type,compensation}'::text[]) d WHERE 'recovery_case.' || d = ANY (columns)),
		CASE WHEN segmented THEN ', c.channel, c.failure_type, c.compensation' END,
		CASE WHEN segmented THEN 'LEFT JOIN recovery_case AS c ON c.case_id = r.case_id' END,
		(SELECT string_agg('r.' || d, ', ') FROM unnest('{speed,effectiveness,compensation_value}'::text[]) d WHERE 'survey_response.' || d = ANY (columns)),
		ARRAY(SELECT d FROM unnest('{speed,effectiveness,compensation_value}'::text[]) d WHERE 'survey_response.' || d = ANY (columns)),
		CASE WHEN segmented THEN 'a.channel, a.failure_type, a.compensation' ELSE 'NULL::text AS channel, NULL::text AS failure_type, NULL::text AS compensation' END,
		CASE WHEN segmented THEN 'IS NOT NULL' ELSE 'IS NULL' END, home);
END $$;
COMMENT ON FUNCTION kpi_view_query(text, text, text, text, timestamptz) IS
'The query of a view of create_kpi_views over these sources; or NULL, and which source columns are missing for it; and the KPIs for which the sources are there. Errors as create_kpi_views.';

CREATE FUNCTION create_kpi_views(target_schema text, source_schema text DEFAULT 'public', period text DEFAULT 'month', timezone text DEFAULT 'UTC', as_of timestamptz DEFAULT NULL) RETURNS integer
LANGUAGE plpgsql PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO' SET timezone = 'UTC'
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'recovery_kpi');
	made integer := 0;
	v record;
	c record;
	known text[];
BEGIN
	IF target_schema IS NULL OR source_schema IS NULL OR period IS NULL OR timezone IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'target_schema, source_schema, period and timezone must not be NULL';
	END IF;
	IF NOT EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = target_schema) THEN
		EXECUTE format('CREATE SCHEMA %I', target_schema);
	END IF;
	FOR v IN EXECUTE format($query$
		SELECT w.view, w.description, q.query, q.missing, q.kpis, r.oid AS relation,
			r.relkind = 'v' AND obj_description(r.oid, 'pg_class') LIKE '%%Made by create_kpi_views of recovery_kpi.' AS is_ours,
			r.relowner::regrole AS owner, r.relowner <> u.oid AND u.rolsuper AS is_foreign
		FROM %1$I.kpi_view w CROSS JOIN LATERAL %1$I.kpi_view_query(w.view, $1, $2, $3, $4) q
			LEFT JOIN (pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace AND n.nspname = $5) ON r.relname = w.view
			JOIN pg_roles u ON u.rolname = current_user
		ORDER BY w.ordinal$query$, home) USING source_schema, period, timezone, as_of, target_schema
	LOOP
		known := v.kpis;
		IF v.relation IS NOT NULL AND v.is_ours IS NOT TRUE THEN
			RAISE EXCEPTION USING ERRCODE = 'duplicate_table', MESSAGE = format('relation %I.%I exists and was not made by create_kpi_views', target_schema, v.view),
				HINT = 'Choose another target_schema, or drop or rename it.';
		ELSIF v.is_foreign THEN		-- who owns a view can have all its readers run what he likes, later too
			RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege', MESSAGE = format('view %I.%I belongs to %s', target_schema, v.view, v.owner),
				DETAIL = 'A superuser makes no views that another role could change.', HINT = format('Make them as that role: SET ROLE %s; or drop it first.', v.owner);
		ELSIF v.query IS NULL THEN
			RAISE NOTICE '% is left out: it needs %', v.view, v.missing;
			IF v.relation IS NOT NULL THEN
				EXECUTE format('DROP VIEW %I.%I', target_schema, v.view);
			END IF;
			CONTINUE;
		END IF;
		EXECUTE format('CREATE OR REPLACE VIEW %I.%I WITH (security_invoker = true) AS %s', target_schema, v.view, v.query);
		EXECUTE format('COMMENT ON VIEW %I.%I IS %L', target_schema, v.view, format('%s Period: %s, time zone: %s, as of %s, sources in schema %I. Made by create_kpi_views of recovery_kpi.',
			v.description, period, timezone, coalesce(as_of::text, 'now()'), source_schema));
		FOR c IN EXECUTE format($query$
			SELECT a.attname, m.meaning FROM pg_attribute a
				JOIN LATERAL (SELECT k.meaning FROM %I.kpi_view_column k WHERE k.column_name = a.attname AND k.view IN ($1, '*') ORDER BY k.view = '*' LIMIT 1) AS m ON true
			WHERE a.attrelid = $2 AND a.attnum > 0$query$, home) USING v.view, format('%I.%I', target_schema, v.view)::regclass
		LOOP
			EXECUTE format('COMMENT ON COLUMN %I.%I.%I IS %L', target_schema, v.view, c.attname, c.meaning);
		END LOOP;
		made := made + 1;
	END LOOP;
	FOR c IN EXECUTE format('SELECT d.kpi, array_to_string(d.needs, '', '') AS needs FROM %I.kpi_definition d WHERE d.kpi <> ALL ($1) ORDER BY d.ordinal', home) USING known LOOP
		RAISE NOTICE 'KPI % is left out: it needs %', c.kpi, c.needs;
	END LOOP;
	RETURN made;
END $$;
COMMENT ON FUNCTION create_kpi_views(text, text, text, text, timestamptz) IS
'Makes the views for BI tools in target_schema (and the schema, if it is not there) from recovery_case, survey_response and, if they are there, customer, purchase and referral in source_schema; or from a table kpi_summary there. Returns the number of views; notices tell which views and KPIs are left out for want of which columns. period: day, week, month, quarter, year; as_of: the data are complete up to then, NULL: now(). Run it again at any time: views are replaced, grants stay. It runs with the rights of the caller, and the views with those of the reader. Errors: 3F000, 42P01, 42703, 42804 for what is missing or of the wrong type; 42P07 for a relation of that name that is not ours; 42501 for a superuser where a view belongs to another role; 22023 for an unknown period or time zone; 22004 for NULL.';

CREATE FUNCTION drop_kpi_views(target_schema text) RETURNS integer
LANGUAGE plpgsql STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	made regclass[] := ARRAY(SELECT r.oid FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
		WHERE n.nspname = target_schema AND r.relkind = 'v' AND obj_description(r.oid, 'pg_class') LIKE '%Made by create_kpi_views of recovery_kpi.' ORDER BY r.relname);
	r regclass;
BEGIN
	FOREACH r IN ARRAY made LOOP
		EXECUTE format('DROP VIEW %s', r);
	END LOOP;
	RETURN cardinality(made);
END $$;
COMMENT ON FUNCTION drop_kpi_views(text) IS
'Drops the views that create_kpi_views made in target_schema and returns their number; the schema and everything else stay. An error if other objects depend on one.';

CREATE FUNCTION kpi_summaries(source_schema text DEFAULT 'public', timezone text DEFAULT 'UTC', as_of timestamptz DEFAULT NULL)
RETURNS TABLE (kpi text, day date, until date, dimension text, segment text,
	answers tally, life life_table, events bigint, total numeric, squares numeric)
LANGUAGE plpgsql STABLE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO' SET timezone = 'UTC'
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'recovery_kpi');
	query text;
BEGIN
	IF source_schema IS NULL OR timezone IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed', MESSAGE = 'source_schema and timezone must not be NULL';
	END IF;
	EXECUTE format('SELECT q.query FROM %I.kpi_view_query($1, $2, $3, $4, $5) q', home) INTO query USING 'kpi_summaries'::text, source_schema, 'day'::text, timezone, as_of;
	RETURN QUERY EXECUTE query;
END $$;
COMMENT ON FUNCTION kpi_summaries(text, text, timestamptz) IS
'What the KPIs of each day are made of, of all and by channel, type of failure and compensation (dimension and segment), from the sources of create_kpi_views. Keep it in a table kpi_summary: CREATE TABLE kpi_summary AS SELECT * FROM kpi_summaries(). create_kpi_views reads that instead of the sources if it stands in the source schema: same figures, in milliseconds. until is the day a customer left, for the rows of kpi customer. Errors as create_kpi_views.';
