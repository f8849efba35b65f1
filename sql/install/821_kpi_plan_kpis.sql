#since 0.2.0
-- kpi_views: the KPIs that the sources allow, with their aggregates

CREATE FUNCTION kpi_plan_kpis(names jsonb, columns text[]) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	kpis jsonb;
BEGIN
	-- first over its own list, then, where that is a part of others, over those
	EXECUTE format($query$
		SELECT jsonb_agg(jsonb_build_object('kpi', d.kpi, 'ordinal', d.ordinal, 'segmented', d.segmented)
			|| CASE WHEN jsonb_array_length(f.facts) > 1 THEN jsonb_build_object('passes', f.facts - 0)
				ELSE '{}' END
			|| (f.facts -> 0) ORDER BY d.ordinal)
		FROM %1$I.kpi_definition d JOIN %1$I.kpi_fact_kind k ON k.fact = d.fact
			CROSS JOIN LATERAL (
				SELECT jsonb_agg(w.place || jsonb_build_object(
					'left_out', CASE WHEN w.condition IS NULL OR d.left_out = 'false'
						THEN %1$I.kpi_fill(d.left_out, $1)
						ELSE format('(%%s) AND (%%s)', w.condition, %1$I.kpi_fill(d.left_out, $1)) END,
					'answers', %1$I.kpi_fill(k.answers, c.names), 'life', %1$I.kpi_fill(k.life, c.names),
					'events', %1$I.kpi_fill(k.events, c.names), 'total', %1$I.kpi_fill(k.total, c.names),
					'squares', %1$I.kpi_fill(k.squares, c.names)) ORDER BY w.ordinal) AS facts
				FROM (SELECT 0 AS ordinal, NULL AS condition,
						jsonb_build_object('list', d.list, 'dated', d.dated) AS place
					UNION ALL
					SELECT p.ordinal, p.condition, jsonb_build_object('list', p.within, 'dated', p.within_dated,
						'columns', p.columns, 'always', NOT p.segmented, 'rows', CASE WHEN k.flow THEN p.condition END)
					FROM %1$I.kpi_list_pass p WHERE p.list = d.list AND p.dated = d.dated) w
					CROSS JOIN LATERAL (SELECT $1 || jsonb_build_object('counted', %1$I.kpi_fill(d.counted, $1),
						'filter', coalesce(' FILTER (WHERE ' || w.condition || ')', '')) AS names) c) f
		WHERE NOT EXISTS (SELECT FROM unnest(d.needs) n WHERE NOT string_to_array(n, '|') && $2)$query$, home)
		INTO kpis USING names, columns;
	RETURN coalesce(kpis, '[]');
END $$;
COMMENT ON FUNCTION kpi_plan_kpis(jsonb, text[]) IS
'The KPIs that these source columns allow, with their list, date and aggregates; and with passes, the same over the lists of kpi_list_pass that have its rows.';
