#since 0.2.0
-- kpi_views: the query of one view

CREATE FUNCTION kpi_view_query(view text, plan jsonb, OUT query text, OUT missing text)
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := plan ->> 'home';
	names jsonb := plan -> 'names';
	kpis jsonb := plan -> 'kpis';
	columns text[] := ARRAY(SELECT jsonb_object_keys(plan -> 'types'));
	dimensions integer := jsonb_array_length(plan -> 'dimensions');
	v record;
	body text;
	stored jsonb;				-- the parts that are read from a rollup
BEGIN
	EXECUTE format('SELECT w.parts, w.kpis, w.segmented, w.needs, w.template FROM %I.kpi_view w WHERE w.view = $1',
		home)
		INTO v USING view;
	IF dimensions > 0 THEN
		columns := columns || 'a dimension'::text;
	END IF;
	SELECT string_agg(replace(n.need, '|', ' or '), ', ') INTO missing
		FROM unnest(v.needs) AS n (need) WHERE NOT string_to_array(n.need, '|') && columns;
	IF missing IS NOT NULL THEN
		RETURN;
	END IF;

	SELECT coalesce(jsonb_agg(d), '[]') INTO kpis FROM jsonb_array_elements(kpis) AS d
		WHERE (v.kpis IS NULL OR d ->> 'kpi' = ANY (v.kpis)) AND ((d ->> 'segmented')::boolean OR NOT v.segmented);
	IF v.parts && '{fact,figure}' AND NOT plan ? 'rollup' THEN
		SELECT coalesce(jsonb_agg(d - 'passes' || p), '[]') INTO kpis FROM jsonb_array_elements(kpis) AS d
			CROSS JOIN LATERAL jsonb_array_elements(CASE WHEN v.segmented OR (d #>> '{passes,0,always}')::boolean
				THEN coalesce(d -> 'passes', '[{}]') ELSE '[{}]' END) AS p;
	END IF;
	EXECUTE format('SELECT $1 || %I.kpi_segment_names($2, $3, $4)', home)
		INTO names USING names, plan, kpis, v.segmented;

	names := names || jsonb_build_object('measured', CASE WHEN 'recent' = ANY (v.parts) THEN 'recent' ELSE 'measured'
		END);
	IF view = 'source_check' THEN
		EXECUTE format('SELECT $1 || jsonb_build_object(''source_check'', %I.kpi_check_query($2))', home)
			INTO names USING names, plan;
	END IF;

	IF plan ? 'rollup' THEN
		EXECUTE format('SELECT to_jsonb(q) FROM %I.kpi_rollup_cell_query($1, $2, $3) AS q', home) INTO stored
			USING plan, kpis, CASE WHEN v.segmented THEN dimensions ELSE 0 END;
		names := names || CASE WHEN v.segmented THEN '{"segments": "(SELECT c.dimension, c.segment)"}'
			ELSE '{}' END::jsonb;
	END IF;

	-- first the sources, then the parts, then the query
	EXECUTE format($query$
		WITH RECURSIVE needed AS (
			SELECT p.part, p.ordinal, p.uses, p.template FROM %1$I.kpi_view_part p WHERE p.part = ANY ($1)
				OR p.part = 'customer_period' AND $2 AND $1 && '{fact,summary,figure}'
			UNION
			SELECT p.part, p.ordinal, p.uses, p.template
				FROM needed n JOIN %1$I.kpi_view_part p ON p.part = ANY (n.uses)
				OR n.part = 'fact' AND p.part IN (SELECT d ->> 'list' FROM jsonb_array_elements($3) d) AND $7 IS NULL
				OR n.part = 'complaint' AND p.part = 'clock' AND $6
		)
		SELECT string_agg(t.template, ', ' ORDER BY t.ordinal) FROM (
			SELECT n.ordinal, coalesce($7 ->> n.part, %1$I.kpi_fill(n.template, $4)) AS template FROM needed n
			UNION ALL SELECT 115, coalesce($7 ->> 'cell', %1$I.kpi_cell_query($3, $4, $5)) FROM needed n
				WHERE n.part = 'fact'
			UNION ALL SELECT 1, $7 ->> 'stale' WHERE EXISTS (SELECT FROM needed n WHERE $7 ? n.part
				OR n.part = 'fact')) t$query$,
		home)
		INTO body USING v.parts, NOT v.segmented, kpis, names, CASE WHEN v.segmented THEN dimensions ELSE 0 END,
			plan -> 'types' ? 'case_event.at', stored;
	EXECUTE format('SELECT concat($1, %I.kpi_fill($2, $3))', home) INTO body USING body, v.template, names;
	EXECUTE format('SELECT %I.kpi_source_query($1, $2, $3)', home) INTO query USING body, plan,
		CASE WHEN v.segmented THEN dimensions ELSE 0 END;
	query := concat('WITH ', query, CASE WHEN v.parts <> '{}' THEN ', ' END, body);
END $$;
COMMENT ON FUNCTION kpi_view_query(text, jsonb) IS
'query: the query of a view of create_kpi_views by a plan of kpi_plan, or NULL if columns are missing. missing: the source columns it lacks.';
