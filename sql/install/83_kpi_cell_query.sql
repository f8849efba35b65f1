#since 0.2.0
-- kpi_views: the part cell, made from the rows of kpi_definition

-- KPIs of one list and date are counted in one pass over it.  Of a list within another (columns) a
-- flow is there only where rows are.  The date and the segments are one key: of several the planner
-- would expect as many groups as there are combinations, and sort the rows.
CREATE FUNCTION kpi_cell_query(kpis jsonb, names jsonb, dimensions integer) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	here text := names ->> 'home';
	most integer := least(dimensions, 1600);	-- as many columns as a table can have
	passes text := '';
	cells text;
	p record;
	date text;
	-- the columns of segments, in a key and out of it
	into_key text := (SELECT string_agg(', x.dimension_' || i, '' ORDER BY i) FROM generate_series(1, most) i);
	from_key text := (SELECT string_agg(format(', s.key[%s]', i + 2), '' ORDER BY i) FROM generate_series(1, most) i);
BEGIN
	cells := concat('SELECT NULL::text AS kpi, NULL::date AS at, NULL::boolean AS of_case',
		(SELECT string_agg(', NULL::text AS dimension_' || i, '' ORDER BY i) FROM generate_series(1, most) i),
		', NULL::', here, '.tally AS answers, NULL::', here, '.life_table AS life, NULL::bigint AS events',
		', NULL::numeric AS total, NULL::numeric AS squares, NULL::bigint AS left_out WHERE false');
	FOR p IN
		SELECT row_number() OVER (ORDER BY min(d.ordinal)) AS pass, d.list, d.dated,
			string_agg(concat(', ' || d.answers || ' AS answers_' || d.ordinal,
				', ' || d.life || ' AS life_' || d.ordinal, ', ' || d.events || ' AS events_' || d.ordinal,
				', ' || d.total || ' AS total_' || d.ordinal, ', ' || d.squares || ' AS squares_' || d.ordinal,
				', count(*) FILTER (WHERE ' || nullif(d.left_out, 'false') || ') AS left_out_' || d.ordinal,
				', count(*) FILTER (WHERE ' || d.rows || ') AS rows_' || d.ordinal),
				'' ORDER BY d.ordinal) AS aggregates,
			(SELECT string_agg(', ' || c, '' ORDER BY c) FROM unnest(array_agg(DISTINCT d.columns)) AS c) AS columns,
			string_agg(concat('(', quote_literal(d.kpi), '::text, ',
				CASE WHEN d.answers IS NULL THEN concat('NULL::', here, '.tally') ELSE 's.answers_' || d.ordinal END,
					', ',
				CASE WHEN d.life IS NULL THEN concat('NULL::', here, '.life_table') ELSE 's.life_' || d.ordinal END,
					', ',
				CASE WHEN d.events IS NULL THEN 'NULL::bigint' ELSE 's.events_' || d.ordinal END, ', ',
				CASE WHEN d.total IS NULL THEN 'NULL::numeric' ELSE 's.total_' || d.ordinal END, ', ',
				CASE WHEN d.squares IS NULL THEN 'NULL::numeric' ELSE 's.squares_' || d.ordinal END, ', ',
				CASE WHEN d.left_out = 'false' THEN '0::bigint' ELSE 's.left_out_' || d.ordinal END, ', ',
				CASE WHEN d.rows IS NULL THEN 'true' ELSE concat('s.rows_', d.ordinal, ' > 0::bigint') END, ')'),
				', ' ORDER BY d.ordinal) AS facts
		FROM jsonb_to_recordset(kpis) AS d (kpi text, ordinal integer, list text, dated text, left_out text,
			answers text, life text, events text, total text, squares text, columns text, rows text)
		WHERE d.list <> 'customer_period'
		GROUP BY d.list, d.dated
	LOOP
		date := concat(names ->> 'date_head', 'x.', quote_ident(p.dated), names ->> 'date_tail');
		passes := concat(passes, 'pass_', p.pass, ' AS (SELECT l.key', p.aggregates, ' FROM (SELECT ',
			CASE WHEN dimensions > 0 THEN concat('ARRAY[(', date, ' - ''1970-01-01''::date)::text, x.of_case::text',
				into_key, ']') ELSE date END, ' AS key, x.*', p.columns,
			' FROM ', quote_ident(p.list), ' AS x WHERE x.', quote_ident(p.dated), ' <= ', names ->> 'as_of',
			names ->> 'belongs', ' ', names ->> 'fence', ') AS l GROUP BY l.key), ');
		cells := concat(cells, ' UNION ALL SELECT k.kpi, ', CASE WHEN dimensions > 0
			THEN concat('''1970-01-01''::date + s.key[1]::integer, s.key[2]::boolean', from_key) ELSE 's.key, NULL' END,
			', k.answers, k.life, k.events, k.total, k.squares, k.left_out FROM pass_', p.pass,
			' AS s CROSS JOIN LATERAL (VALUES ', p.facts,
			') AS k (kpi, answers, life, events, total, squares, left_out, counts) WHERE k.counts');
	END LOOP;
	RETURN concat(passes, 'cell AS (', cells, ')');
END $$;
COMMENT ON FUNCTION kpi_cell_query(jsonb, jsonb, integer) IS
'The part cell of a view: for each of these KPIs of kpi_plan and each period, and in segments of so many dimensions, what adds up.';
