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
		WITH found AS (
			SELECT d.kpi || f.changes AS kpi
			FROM jsonb_array_elements($1 -> 'kpis') AS d (kpi)
				CROSS JOIN LATERAL (SELECT concat_ws(' ', d.kpi ->> 'answers', d.kpi ->> 'events', d.kpi ->> 'total',
					d.kpi ->> 'squares') AS counted, d.kpi ->> 'life' AS life, d.kpi ->> 'left_out' AS left_out) AS c
				LEFT JOIN LATERAL (SELECT r.* FROM %1$I.kpi_rollup_list r
					CROSS JOIN LATERAL concat_ws(' ', c.counted, c.life, c.left_out) AS t (text)
					WHERE r.list = d.kpi ->> 'list' AND r.dated = d.kpi ->> 'dated'
						AND ARRAY(SELECT m[1] FROM regexp_matches(t.text, '\ml\.(\w+)', 'g') AS m) <@ r.columns
						AND t.text !~* '\m(now|timeofday|random|setseed|select|current_\w+|\w+_timestamp)\M'
					ORDER BY r.ordinal LIMIT 1) AS r ON true
				CROSS JOIN LATERAL (SELECT ARRAY(SELECT m[1] FROM regexp_matches(c.left_out, '\ml\.(\w+)', 'g') AS m)
					<@ '{resolved_broken,response_broken,contacts_broken,promise_broken,customer_id}' AS stays) AS o
				LEFT JOIN %1$I.kpi_rollup_wait AS w ON r.open_list IS NOT NULL AND o.stays AND c.counted = ''
					AND c.life = format('%%s.life_table(%%s)', $1 -> 'names' ->> 'home', w.counted)
					AND $1 -> 'names' ->> w.clock = w.plain
				LEFT JOIN %1$I.kpi_rollup_due AS u ON r.open_list IS NULL AND o.stays AND c.life IS NULL
					AND u.list = r.list AND u.dated = r.dated
					AND c.counted = format('%%s.rate_tally(%%s)', $1 -> 'names' ->> 'home', u.counted)
				CROSS JOIN LATERAL (
					SELECT CASE WHEN r.family IS NULL THEN '{"family": "raw"}'
						WHEN w.counted IS NOT NULL THEN jsonb_build_object('family', r.family, 'moves', w.moves,
							'waits', w.waits, 'since', w.since)
						ELSE jsonb_build_object('family', r.family, 'list', r.stored_list, 'moves', r.moves)
							|| CASE WHEN u.due IS NULL THEN '{}'
								ELSE jsonb_build_object('due', u.due, 'judged', u.counted) END END AS changes
					UNION ALL SELECT jsonb_build_object('family', 'open', 'list', r.open_list)
					WHERE r.open_list IS NOT NULL AND w.counted IS NULL) AS f
			WHERE d.kpi ->> 'list' <> 'customer_period'
		), same AS (
			SELECT f.kpi, min((f.kpi ->> 'ordinal')::integer)
				OVER (PARTITION BY f.kpi - '{kpi,ordinal,passes}'::text[]) AS stored FROM found AS f
		)
		SELECT jsonb_agg(s.kpi || jsonb_build_object('stored', s.stored)
			ORDER BY (s.kpi ->> 'ordinal')::integer, s.kpi ->> 'family') FROM same AS s$query$, plan ->> 'home')
		INTO kpis USING plan;
	RETURN coalesce(kpis, '[]');
END $$;
COMMENT ON FUNCTION kpi_rollup_kpis(jsonb) IS
'The KPIs of a plan of kpi_plan with family: case, answer, contact or invitation if its cells are stored by day; open for the part of a KPI that moves all the time; raw if it is always computed from the sources. waits and since: as in kpi_rollup_wait; due and judged: as in kpi_rollup_due; these rows are stored apart. stored: the ordinal of the first KPI that counts the same of the same rows, under which its cells are stored.';
