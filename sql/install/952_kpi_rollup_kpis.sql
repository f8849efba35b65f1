#since 0.2.0
-- live: the KPIs of a plan, each with the family whose days hold it

CREATE FUNCTION kpi_rollup_kpis(plan jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	kpis jsonb;
BEGIN
	EXECUTE format($query$
		SELECT jsonb_agg(d.kpi || f.changes ORDER BY (d.kpi ->> 'ordinal')::integer, f.changes ->> 'family')
		FROM jsonb_array_elements($1 -> 'kpis') AS d (kpi)
			CROSS JOIN LATERAL (SELECT concat_ws(' ', d.kpi ->> 'answers', d.kpi ->> 'life', d.kpi ->> 'events',
				d.kpi ->> 'total', d.kpi ->> 'squares', d.kpi ->> 'left_out') AS text) AS c
			LEFT JOIN LATERAL (SELECT r.* FROM %I.kpi_rollup_list r
				WHERE r.list = d.kpi ->> 'list' AND r.dated = d.kpi ->> 'dated'
					AND ARRAY(SELECT m[1] FROM regexp_matches(c.text, '\ml\.(\w+)', 'g') AS m) <@ r.columns
					AND c.text !~* '\m(now|timeofday|random|setseed|select|current_\w+|\w+_timestamp)\M'
				ORDER BY r.ordinal LIMIT 1) AS r ON true
			CROSS JOIN LATERAL (
				SELECT CASE WHEN r.family IS NULL THEN '{"family": "raw"}'
					ELSE jsonb_build_object('family', r.family, 'list', r.stored_list, 'moves', r.moves) END AS changes
				UNION ALL SELECT jsonb_build_object('family', 'open', 'list', r.open_list)
				WHERE r.open_list IS NOT NULL) AS f
		WHERE d.kpi ->> 'list' <> 'customer_period'$query$, plan ->> 'home') INTO kpis USING plan;
	RETURN coalesce(kpis, '[]');
END $$;
COMMENT ON FUNCTION kpi_rollup_kpis(jsonb) IS
'The KPIs of a plan of kpi_plan with family: case, answer, contact or invitation if its cells are stored by day; open for the part of a KPI that moves all the time; raw if it is always computed from the sources.';
