#since 0.2.0
-- live: when the waits began that go on, and what will be judged when

CREATE FUNCTION kpi_waiting_query(kpis jsonb, names jsonb, dimensions integer, bucket text, days text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	most integer := least(dimensions, 1600);	-- as many columns as a table can have
	segment text := coalesce('CASE w.place' || (SELECT string_agg(format(' WHEN %1$s THEN w.dimension_%1$s', place), ''
		ORDER BY place) FROM generate_series(1, most) AS place) || ' END', 'NULL::text');
	rows text;
BEGIN
	EXECUTE format($query$
		SELECT string_agg(format('SELECT %%L::text AS kpi, w.* FROM (SELECT generate_series(-1, %%s) AS place, '
				'%%sl.%%I%%s AS day, %%s AS moment, %%s AS judged, l.* FROM %%I AS l WHERE %%s AND l.%%4$I <= %%10$s) '
				'AS w WHERE %%11$s @> w.day', k.kpi ->> 'kpi', CASE WHEN (k.kpi ->> 'segmented')::boolean
				THEN $3 ELSE 0 END, $2 ->> 'date_head', k.kpi ->> 'dated', $2 ->> 'date_tail', c.moment,
				coalesce(k.kpi ->> 'judged', 'NULL::boolean'), k.kpi ->> 'list',
				coalesce(k.kpi ->> 'waits', concat('(', k.kpi ->> 'judged', ') IS NOT NULL AND ', c.moment, ' > ',
				$2 ->> 'as_of')), $2 ->> 'as_of', $4), ' UNION ALL ')
			FROM jsonb_array_elements($1) AS k (kpi)
				CROSS JOIN LATERAL %I.kpi_fill(coalesce(k.kpi ->> 'since', k.kpi ->> 'due'), $2)
					AS c (moment)$query$, home) INTO rows USING kpis, names, dimensions, days;
	RETURN concat('SELECT w.kpi, w.at, w.place, w.segment, array_agg(w.moment ORDER BY w.moment, w.judged) ',
		'AS moments, array_agg(w.judged ORDER BY w.moment, w.judged) FILTER (WHERE w.judged IS NOT NULL) AS judged ',
		'FROM (SELECT w.kpi, w.place, w.moment, w.judged, CASE WHEN w.place < 0 THEN w.day ELSE ',
		replace(bucket, '@day', 'w.day'), ' END AS at, ', segment, ' AS segment FROM (', rows,
		') AS w) AS w GROUP BY w.kpi, w.at, w.place, w.segment');
END $$;
COMMENT ON FUNCTION kpi_waiting_query(jsonb, jsonb, integer, text, text) IS
'The query of when the waits of these KPIs began that go on, or when they will be judged, and how: of each of the days that the SQL days gives in total (place -1), and in total (place 0) and by so many dimensions by the days that bucket makes of @day. It reads the lists of the KPIs.';
