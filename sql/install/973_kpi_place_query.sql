#since 0.2.0
-- live: the cells of a family, in total and by each dimension

-- Each row goes into the group of its day and, for each dimension, into that of its value.  Groups
-- of all dimensions together would be nearly as many as there are rows.  The summaries are counts
-- and exact sums, so that it does not matter in which order, or in how many steps, rows are added.
CREATE FUNCTION kpi_place_query(
	kpis jsonb, names jsonb, dimensions jsonb, first_place integer, bucket text, days text
) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	here text := names ->> 'home';
	places integer := jsonb_array_length(dimensions);
	passes text := '';
	cells text;
	segments text;				-- the value of a row in the dimension of a place
	of_cases text;				-- places that only rows of cases have
	segmented text := quote_literal(ARRAY(SELECT k ->> 'kpi' FROM jsonb_array_elements(kpis) AS k
		WHERE (k ->> 'segmented')::boolean));
	p record;
BEGIN
	SELECT string_agg(format('WHEN %1$s THEN x.dimension_%1$s', d.place), ' ' ORDER BY d.place),
		string_agg(d.place::text, ', ' ORDER BY d.place) FILTER (WHERE NOT d.dimension ? 'answer')
		INTO segments, of_cases FROM jsonb_array_elements(dimensions) WITH ORDINALITY AS d (dimension, place);
	cells := concat('SELECT NULL::text AS kpi, NULL::date AS at, NULL::integer AS place, NULL::text AS segment',
		', NULL::', here, '.tally AS answers, NULL::', here, '.life_table AS life, NULL::bigint AS events',
		', NULL::numeric AS total, NULL::numeric AS squares, NULL::bigint AS left_out WHERE false');
	FOR p IN
		SELECT row_number() OVER (ORDER BY min(d.ordinal)) AS pass, d.list, d.dated,
			string_agg(concat(', ' || d.answers || ' AS answers_' || d.ordinal,
				', ' || d.life || ' AS life_' || d.ordinal, ', ' || d.events || ' AS events_' || d.ordinal,
				', ' || d.total || ' AS total_' || d.ordinal, ', ' || d.squares || ' AS squares_' || d.ordinal,
				', count(*) FILTER (WHERE ' || nullif(d.left_out, 'false') || ') AS left_out_' || d.ordinal),
				'' ORDER BY d.ordinal) AS aggregates,
			string_agg(format('(%L::text, %s, %s, %s, %s, %s, %s)', d.kpi,
				coalesce('s.answers_' || CASE WHEN d.answers IS NOT NULL THEN d.ordinal END,
					concat('NULL::', here, '.tally')),
				coalesce('s.life_' || CASE WHEN d.life IS NOT NULL THEN d.ordinal END,
					concat('NULL::', here, '.life_table')),
				coalesce('s.events_' || CASE WHEN d.events IS NOT NULL THEN d.ordinal END, 'NULL::bigint'),
				coalesce('s.total_' || CASE WHEN d.total IS NOT NULL THEN d.ordinal END, 'NULL::numeric'),
				coalesce('s.squares_' || CASE WHEN d.squares IS NOT NULL THEN d.ordinal END, 'NULL::numeric'),
				coalesce('s.left_out_' || CASE WHEN d.left_out <> 'false' THEN d.ordinal END, '0::bigint')),
				', ' ORDER BY d.ordinal) AS facts
		FROM jsonb_to_recordset(kpis) AS d (kpi text, ordinal integer, list text, dated text, left_out text,
			answers text, life text, events text, total text, squares text)
		GROUP BY d.list, d.dated
	LOOP
		passes := concat(passes, 'pass_', p.pass, ' AS (SELECT l.place, l.at, l.segment', p.aggregates,
			' FROM (SELECT x.*, ', CASE WHEN places = 0 THEN 'x.day AS at, NULL::text AS segment'
				ELSE concat('CASE x.place WHEN 0 THEN x.day ELSE ', replace(bucket, '@day', 'x.day'),
					' END AS at, CASE x.place ', segments, ' END AS segment') END,
			-- rows are multiplied here, after their day is known
			' FROM (SELECT ', CASE WHEN places = 0 THEN '0' ELSE format('generate_series(%s, %s)', first_place, places)
				END, ' AS place, x.* FROM (SELECT ', names ->> 'date_head', 'x.', quote_ident(p.dated),
			names ->> 'date_tail', ' AS day, x.* FROM ', quote_ident(p.list), ' AS x WHERE x.', quote_ident(p.dated),
			' <= ', names ->> 'as_of', ' ', names ->> 'fence', ') AS x', ' WHERE ' || nullif(days, '') || ' @> x.day',
			') AS x',
			' WHERE x.place NOT IN (' || of_cases || ') OR x.of_case', ') AS l GROUP BY l.place, l.at, l.segment), ');
		cells := concat(cells, ' UNION ALL SELECT k.kpi, s.at, s.place, s.segment, k.answers, k.life, k.events, ',
			'k.total, k.squares, k.left_out FROM pass_', p.pass, ' AS s CROSS JOIN LATERAL (VALUES ', p.facts,
			') AS k (kpi, answers, life, events, total, squares, left_out)', CASE WHEN places > 0
				THEN concat(' WHERE s.place = 0 OR k.kpi = ANY (', segmented, '::text[])') END);
	END LOOP;
	RETURN concat(passes, 'cell AS MATERIALIZED (', cells, ')');
END $$;
COMMENT ON FUNCTION kpi_place_query(jsonb, jsonb, jsonb, integer, text, text) IS
'The part cell of a rollup: for each of these KPIs of kpi_plan what adds up, by day in total (place 0) and by the value of each of these dimensions, from first_place on. bucket: SQL that gives the day to which the values of @day are added up. days: SQL of the days that are wanted; empty for all.';
