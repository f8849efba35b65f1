#since 0.2.0
-- live: computes days of a family

CREATE FUNCTION kpi_family_query(
	plan jsonb, family text, kpis jsonb, dimensions integer, days text, spans text, OUT cells text, OUT moving text
)
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := plan ->> 'home';
	names jsonb;
	types jsonb := plan -> 'types';
	head text;					-- sources and lists
	-- few rows are read once, which also takes the planner a third of the time
	how text := CASE family WHEN 'raw' THEN 'AS NOT MATERIALIZED' ELSE 'AS MATERIALIZED' END;
	here_days text := CASE WHEN family IN ('open', 'raw') THEN '' ELSE concat(' WHERE ', days, ' @> c.at') END;
BEGIN
	SELECT coalesce(jsonb_agg(d), '[]') INTO kpis FROM jsonb_array_elements(kpis) AS d WHERE d ->> 'family' = family;
	EXECUTE format('SELECT $1 -> ''names'' || jsonb_build_object(''spans'', $4::text)
		|| CASE WHEN $5 = ''raw'' THEN ''{}'' ELSE ''{"case_how": "MATERIALIZED"}'' END::jsonb
		|| %I.kpi_segment_names($1, $2, $3)', home) INTO names USING plan, kpis, dimensions > 0, spans, family;
	EXECUTE format($query$
		WITH RECURSIVE needed AS (
			SELECT p.part, p.ordinal, p.uses, p.template FROM %1$I.kpi_view_part p
			WHERE p.part IN (SELECT d ->> 'list' FROM jsonb_array_elements($1) d)
			UNION
			SELECT p.part, p.ordinal, p.uses, p.template FROM needed n JOIN %1$I.kpi_view_part p
				ON p.part = ANY (n.uses)
				OR n.part = 'complaint' AND p.part = 'clock' AND $2 ? 'case_event.at'
		), source AS (
			SELECT s.name, s.ordinal, s.template FROM %1$I.kpi_rollup_source s
			WHERE s.family = $3 AND s.needs <@ ARRAY(SELECT jsonb_object_keys($2))
				AND (s.repeated IS NULL OR $2 ? ('unique ' || s.repeated)
					OR s.repeated LIKE 'not %%' AND NOT $2 ? ('unique' || substr(s.repeated, 4)))
			UNION ALL
			SELECT c.relation, 100, format('%%I AS NOT MATERIALIZED (SELECT t.* FROM every_%%s AS t WHERE %%s)',
				c.relation,
				c.relation, ($3 = 'raw' OR c.relation = 'kpi_status_role')::text)
			FROM (SELECT DISTINCT c.relation FROM %1$I.kpi_source_column c) c
			WHERE NOT EXISTS (SELECT FROM %1$I.kpi_rollup_source s WHERE s.family = $3 AND s.name = c.relation
				AND s.needs <@ ARRAY(SELECT jsonb_object_keys($2)))
		)
		SELECT concat(
			(SELECT string_agg(replace(%1$I.kpi_fill(s.template, $4), 'AS NOT MATERIALIZED', $5), ', '
				ORDER BY s.ordinal, s.name) FROM source s), ', ',
			(SELECT string_agg(replace(%1$I.kpi_fill(n.template, $4), 'case_list AS NOT MATERIALIZED', 'case_list '
				|| CASE $3 WHEN 'case' THEN $5 ELSE 'AS NOT MATERIALIZED' END), ', ' ORDER BY n.ordinal)
				FROM needed n))$query$, home)
		INTO head USING kpis, types, family, names, how;
	EXECUTE format('SELECT concat(''WITH '', $1, '', '', %I.kpi_place_query($2, $3, $4, $5, $6))', home) INTO cells
		USING head, kpis, names, CASE WHEN dimensions = 0 THEN '[]' ELSE plan -> 'dimensions' END,
			coalesce((plan ->> 'first_place')::integer, 0), CASE WHEN plan ? 'by_month' THEN format('CASE WHEN @day < '
				'(SELECT k.months_before FROM %I.kpi_rollup AS k) THEN date_trunc(''month'', @day::timestamp)::date '
				'ELSE @day END', plan ->> 'by_month') ELSE '@day' END;
	cells := concat(cells, ' SELECT c.* FROM cell AS c', here_days);
	-- the moments at which rows move; days of the future too, which no change need touch when they come
	EXECUTE format($query$
		SELECT concat('WITH ', $1, ' SELECT c.at, min(c.moves_at) FROM (', string_agg(format(
			'SELECT %%sx.%%I%%s AS at, %%s AS moves_at FROM %%I AS x', $3 ->> 'date_head', m.dated, $3 ->> 'date_tail',
			%I.kpi_fill(m.moves, $3), m.list), ' UNION ALL '), ') AS c WHERE c.moves_at IS NOT NULL AND (',
			$4, ' @> c.at OR c.at >= ', $3 ->> 'date_head', $3 ->> 'latest', $3 ->> 'date_tail', ') GROUP BY c.at')
		FROM (SELECT DISTINCT d ->> 'list' AS list, d ->> 'dated' AS dated, d ->> 'moves' AS moves
			FROM jsonb_array_elements($2) AS d WHERE d ->> 'moves' IS NOT NULL) AS m HAVING count(*) > 0$query$, home)
		INTO moving USING head, kpis, names, days;
END $$;
COMMENT ON FUNCTION kpi_family_query(jsonb, text, jsonb, integer, text, text) IS
'cells: the query of the cells of a family, of the days that the SQL days gives, in total (place 0) and by so many dimensions: all of the plan, or 0. Keys that the plan may have: by_month, the schema of a rollup, makes one cell of what its dimensions have in a month before its months_before; first_place, 1 for no totals. moving: the query of when these days move with time alone, or NULL. It reads the common table expressions of kpi_every_query.';
