#since 0.2.0
-- live: computes days of a family

CREATE FUNCTION kpi_family_query(
	plan jsonb, family text, kpis jsonb, dimensions integer, days text, spans text, OUT cells text, OUT waiting text,
	OUT moving text
)
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := plan ->> 'home';
	names jsonb;
	ahead jsonb;				-- names as they will be a day later
	head text;					-- sources and lists
	bucket text := CASE WHEN plan ? 'by_month' THEN format('CASE WHEN @day < (SELECT k.months_before FROM '
		'%I.kpi_rollup AS k) THEN date_trunc(''month'', @day::timestamp)::date ELSE @day END', plan ->> 'by_month')
		ELSE '@day' END;
BEGIN
	SELECT coalesce(jsonb_agg(CASE WHEN plan ? 'apart' AND d ? 'waits' THEN d || jsonb_build_object('life',
			format('%s FILTER (WHERE (%s) IS NOT TRUE)', d ->> 'life', d ->> 'waits')) ELSE d END), '[]') INTO kpis
		FROM jsonb_array_elements(kpis) AS d WHERE d ->> 'family' = family AND d -> 'stored' = d -> 'ordinal';
	EXECUTE format('SELECT $1 -> ''names'' || jsonb_build_object(''each_span'',
			concat(CASE WHEN $1 ? ''many'' THEN ''unnest'' ELSE $1 -> ''names'' ->> ''home'' || ''.kpi_few_spans'' END,
				''('', $4, '')''), ''look'', CASE WHEN $1 ? ''many'' THEN '''' ELSE $1 -> ''names'' ->> ''fence'' END,
			-- a constant of a type that has no hash
			''once'', CASE WHEN $1 ? ''many'' THEN '''' ELSE '', B'''''''''' END)
		|| CASE WHEN $5 = ''raw'' THEN ''{}'' ELSE ''{"case_how": "MATERIALIZED"}'' END::jsonb
		|| %I.kpi_segment_names($1, $2, $3)', home) INTO names USING plan, kpis, dimensions > 0, spans, family;
	EXECUTE format('SELECT %I.kpi_family_head($1, $2, $3, $4)', home) INTO head USING plan, family, kpis, names;
	EXECUTE format('SELECT concat($1, '', '', %I.kpi_place_query($2, $3, $4, $5, $6, $7))', home) INTO cells
		USING head, kpis, names, CASE WHEN dimensions = 0 THEN '[]' ELSE plan -> 'dimensions' END,
			coalesce((plan ->> 'first_place')::integer, 0), bucket,
			CASE WHEN family IN ('open', 'raw') THEN '' ELSE days END;
	cells := concat(cells, ' SELECT c.* FROM cell AS c');
	ahead := names || jsonb_build_object('as_of', names -> 'ahead');
	EXECUTE format($query$
		SELECT string_agg(concat('SELECT w.* FROM (', %1$I.kpi_family_head($1, $2, k.kpis, CASE k.key WHEN 'due' THEN $3
				ELSE $4 END), ' ', %1$I.kpi_waiting_query(k.kpis, $4, $5, $6, $7), ') AS w'), ' UNION ALL ')
			FROM (SELECT v.key, jsonb_agg(d) AS kpis FROM (VALUES ('waits'), ('due')) AS v (key)
				JOIN jsonb_array_elements($8) AS d ON d ? v.key GROUP BY v.key) AS k$query$, home)
		INTO waiting USING plan, family, ahead, names, dimensions, bucket, days, kpis;
	-- the moments at which rows move; days of the future too, which no change need touch when they come
	EXECUTE format($query$
		SELECT concat($1, ' SELECT c.at, min(c.moves_at) FROM (', string_agg(format(
			'SELECT %%sx.%%I%%s AS at, %%s AS moves_at FROM %%I AS x', $3 ->> 'date_head', m.dated, $3 ->> 'date_tail',
			%I.kpi_fill(m.moves, CASE WHEN m.ahead THEN $5 ELSE $3 END), m.list), ' UNION ALL '),
			') AS c WHERE c.moves_at IS NOT NULL AND (', $4, ' @> c.at OR c.at >= ', $3 ->> 'date_head',
			$3 ->> 'latest', $3 ->> 'date_tail', ') GROUP BY c.at')
		FROM (SELECT DISTINCT d ->> 'list' AS list, d ->> 'dated' AS dated, d ->> 'moves' AS moves, d ? 'due' AS ahead
			FROM jsonb_array_elements($2) AS d WHERE d ->> 'moves' IS NOT NULL) AS m HAVING count(*) > 0$query$, home)
		INTO moving USING head, kpis, names, days, ahead;
END $$;
COMMENT ON FUNCTION kpi_family_query(jsonb, text, jsonb, integer, text, text) IS
'cells: the query of the cells of a family, of the days that the SQL days gives, in total (place 0) and by so many dimensions: all of the plan, or 0. Keys that the plan may have: by_month, the schema of a rollup, makes one cell of what its dimensions have in a month before its months_before; first_place, 1 for no totals; many, true if the days are many; apart, true to leave out of cells what waiting has. waiting: that of what kpi_waiting_query gives, or NULL. moving: the query of when these days move with time alone, or NULL. It reads the common table expressions of kpi_every_query.';
