#since 0.2.0
-- kpi_views: the query of one view over the sources of a schema

CREATE FUNCTION kpi_view_query(view text, source_schema text, period text, timezone text, as_of timestamptz,
	OUT query text, OUT missing text, OUT kpis text[])
LANGUAGE plpgsql STABLE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO' SET timezone = 'UTC'
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
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
	drivers text[];
BEGIN
	period := lower(period);
	-- a name is that of a zone, as in period_start; AT TIME ZONE takes these for abbreviations with a
	-- fixed offset, so it gets the places that the time zone data have for them
	timezone := coalesce(('{"CET": "Europe/Brussels", "EET": "Europe/Athens", "MET": "Europe/Brussels",
		"WET": "Europe/Lisbon"}'::jsonb) ->> upper(timezone), timezone);
	IF NOT isfinite(as_of) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('as_of %s is not a finite time', as_of),
			HINT = 'Give the time up to which the data are complete, or NULL for now().';
	END IF;
	EXECUTE format('SELECT %I.period_start($1, $2, $3)', home) USING period, '2000-01-01 00:00Z'::timestamptz, timezone;
	EXECUTE format('SELECT %I.kpi_source_types($1)', home) INTO types USING source_schema;
	columns := ARRAY(SELECT jsonb_object_keys(types));
	EXECUTE format('SELECT jsonb_agg(d ORDER BY d.ordinal)
		FROM (SELECT kpi, ordinal, needs FROM %I.kpi_definition) d', home) INTO definitions;

	-- the KPIs that this allows; of a summary the KPIs it has, or all if it must not be read,
	-- as that could run code of its owner
	kpis := ARRAY(SELECT d.kpi FROM jsonb_to_recordset(definitions) AS d (kpi text, ordinal integer, needs text[])
		WHERE d.needs <@ columns AND types ? 'recovery_case.case_id' ORDER BY d.ordinal);
	IF summary IS NOT NULL THEN
		EXECUTE format('SELECT %I.kpi_summary_kpis($1, $2)', home) INTO kpis USING source_schema, summary;
		kpis := ARRAY(SELECT d.kpi FROM jsonb_to_recordset(definitions) AS d (kpi text, ordinal integer)
			WHERE kpis IS NULL OR d.kpi = ANY (kpis) AND d.kpi <> 'complaint_rate'
				OR d.kpi IN ('retention_rate', 'churn_rate', 'complaint_rate', 'clv') AND 'customer' = ANY (kpis)
					AND (d.kpi <> 'clv' OR 'purchase' = ANY (kpis)) ORDER BY d.ordinal);
		SELECT array_agg(DISTINCT n.need) INTO columns FROM (SELECT unnest(columns) AS need
			UNION ALL SELECT unnest(d.needs) FROM jsonb_to_recordset(definitions) AS d (kpi text, needs text[])
				WHERE d.kpi = ANY (kpis)
			UNION ALL VALUES ('recovery_case.channel'), ('recovery_case.failure_type'),
				('recovery_case.compensation')) AS n;
	END IF;

	EXECUTE format('SELECT w.parts, w.needs, w.template FROM %I.kpi_view w WHERE w.view = $1', home)
		INTO parts, needs, body USING view;
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
	SELECT string_agg(replace(n.need, '|', ' or '), ', ') INTO missing
		FROM unnest(needs) AS n (need) WHERE NOT string_to_array(n.need, '|') && columns;
	IF missing IS NOT NULL THEN
		RETURN;
	END IF;

	-- first the sources, then the parts, then the query
	EXECUTE format('SELECT string_agg(p.template, '', '' ORDER BY array_position($1, p.part))
		FROM %I.kpi_view_part p WHERE p.part = ANY ($1)', home) INTO part_body USING parts;
	body := concat(part_body, body);
	EXECUTE format('SELECT jsonb_agg(s) FROM %I.kpi_source_column s', home) INTO source_columns;
	drivers := ARRAY(SELECT d FROM unnest('{speed,effectiveness,compensation_value}'::text[]) d
		WHERE 'survey_response.' || d = ANY (columns));
	SELECT format('WITH %s%s', string_agg(s.text, ', '), CASE WHEN parts <> '{}' THEN ', ' END) INTO query FROM (
		SELECT format('%I AS NOT MATERIALIZED (SELECT %s%s)', s.relation, string_agg(
				CASE WHEN s.kind = 'key' AND t.type IS NOT NULL THEN format('t.%I', s.column_name)
					WHEN s.kind = 'key' THEN format('NULL::%s AS %I',
						coalesce(types ->> ('recovery_case.' || s.column_name), 'text'), s.column_name)
					ELSE format('%s::%s AS %I',
						CASE WHEN t.type IS NULL THEN 'NULL' ELSE format('t.%I', s.column_name) END,
						CASE WHEN s.kind = 'time' THEN 'timestamptz' WHEN s.kind = 'text' THEN 'text'
							WHEN s.column_name = 'amount' THEN 'numeric' ELSE 'double precision' END,
						s.column_name) END,
				', ' ORDER BY s.ordinal),
			CASE WHEN count(t.type) > 0 THEN format(' FROM %I.%I AS t', source_schema, s.relation)
				ELSE ' WHERE false' END) AS text
		FROM jsonb_to_recordset(source_columns) AS s (relation text, ordinal integer, column_name text, kind text)
			LEFT JOIN jsonb_each_text(types) AS t (name, type) ON t.name = s.relation || '.' || s.column_name
		WHERE body ~ ('\m' || s.relation || ' AS ') GROUP BY s.relation
		UNION ALL SELECT format('kpi_summary AS NOT MATERIALIZED (SELECT t.* FROM %I.kpi_summary AS t)', source_schema)
			WHERE body ~ '\mkpi_summary AS '
	) AS s;
	query := query || format(body, period, timezone,
		coalesce(quote_literal(as_of) || '::timestamptz', 'pg_catalog.now()'), kpis,
		CASE period WHEN 'quarter' THEN '3 months' WHEN 'half' THEN '6 months' ELSE '1 ' || period END,
		power(1.01::double precision, CASE period WHEN 'day' THEN 12 / 365.25 WHEN 'week' THEN 84 / 365.25
			WHEN 'quarter' THEN 3 WHEN 'half' THEN 6 WHEN 'year' THEN 12 ELSE 1 END) - 1,
		ARRAY(SELECT d FROM unnest('{channel,failure_type,compensation}'::text[]) d
			WHERE 'recovery_case.' || d = ANY (columns)),
		CASE WHEN segmented THEN ', c.channel, c.failure_type, c.compensation' END,
		CASE WHEN segmented THEN 'LEFT JOIN recovery_case AS c ON c.case_id = r.case_id' END,
		(SELECT string_agg('r.' || d, ', ') FROM unnest(drivers) d), drivers,
		CASE WHEN segmented THEN 'a.channel, a.failure_type, a.compensation'
			ELSE 'NULL::text AS channel, NULL::text AS failure_type, NULL::text AS compensation' END,
		CASE WHEN segmented THEN 'IS NOT NULL' ELSE 'IS NULL' END, home);
END $$;
COMMENT ON FUNCTION kpi_view_query(text, text, text, text, timestamptz) IS
'query: the query of a view of create_kpi_views over these sources, or NULL if columns are missing. missing: the source columns it lacks. kpis: the KPIs that these sources allow. Errors as in create_kpi_views.';
