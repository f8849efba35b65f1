#since 0.2.0
-- live: the parts of a view that it reads from a rollup

-- From the store what is fresh, from the sources the rest, in one query and so of one snapshot.
CREATE FUNCTION kpi_rollup_cell_query(
	plan jsonb, kpis jsonb, dimensions integer, OUT stale text, OUT cell text, OUT customer_cell text,
	OUT spent_cell text
)
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := plan ->> 'home';
	here text := quote_ident(home);
	names jsonb := plan -> 'names';
	rollup jsonb := plan -> 'rollup';
	day_plan jsonb := rollup -> 'day';
	store text := quote_ident(rollup ->> 'store');
	old_days text := '(SELECT z.days FROM stale AS z WHERE z.family = %L)';
	spans text := '(SELECT z.spans FROM stale AS z WHERE z.family = %L)';
	fields text := 'c.answers, c.life, c.events, c.total, c.squares, c.left_out';
	-- the first day of the period of a day
	head text := concat(names ->> 'date_head', '@day::timestamp AT TIME ZONE ', names ->> 'timezone',
		names ->> 'date_tail');
	labels text := (SELECT string_agg(format('WHEN %s THEN %L::text', d.place, d.dimension ->> 'name'), ' ')
		FROM jsonb_array_elements(plan -> 'dimensions') WITH ORDINALITY AS d (dimension, place)
		WHERE d.place <= dimensions);
	stored_labels text := (SELECT string_agg(format('WHEN %s THEN %L::text', p.stored, plan -> 'dimensions'
			-> (p.place - 1)::integer ->> 'name'), ' ')
		FROM jsonb_array_elements_text(rollup -> 'places') WITH ORDINALITY AS p (stored, place)
		WHERE p.place <= dimensions);
	pieces text := '';
	-- periods of whole months are read from months
	monthly boolean := NOT (plan ->> 'listed')::boolean
		AND names ->> 'period' ~ '^''(month|quarter|half|year)''';
	f record;
	q record;
BEGIN
	EXECUTE format('SELECT concat(%1$I.kpi_every_query($1), '', '', %1$I.kpi_stale_query($1, $2, $3))', home) INTO stale
		USING day_plan || CASE WHEN dimensions = 0 THEN '{"dimensions": []}' ELSE '{}' END::jsonb, rollup ->> 'store',
			CASE WHEN monthly THEN 'month' WHEN dimensions > 0 THEN 'segment' ELSE 'day' END;
	EXECUTE format('SELECT jsonb_agg(k) FROM jsonb_array_elements(%I.kpi_rollup_kpis($1)) AS k
		WHERE k ->> ''kpi'' IN (SELECT d ->> ''kpi'' FROM jsonb_array_elements($2) AS d)', home)
		INTO kpis USING day_plan, kpis;
	FOR f IN
		SELECT k ->> 'family' AS family, string_agg(format('(%s, %L::text)', k ->> 'ordinal', k ->> 'kpi'), ', ')
			AS kpis
		FROM jsonb_array_elements(kpis) AS k GROUP BY 1
	LOOP
		EXECUTE format('SELECT q.cells FROM %I.kpi_family_query($1, $2, $3, $4, $5, $6) AS q', home) INTO q
			USING day_plan || CASE WHEN dimensions > 0 THEN '{"first_place": 1}' ELSE '{}' END::jsonb
				|| CASE WHEN monthly THEN jsonb_build_object('by_month', rollup ->> 'store') ELSE '{}' END,
				f.family, kpis, dimensions, format(old_days, f.family), format(spans, f.family);
		pieces := concat(pieces, ' UNION ALL SELECT c.kpi, c.at, ', CASE WHEN dimensions > 0
			THEN concat('CASE c.place ', labels, ' END, c.segment') ELSE 'NULL, NULL' END, ', ', fields, ' FROM (',
				q.cells, ') AS c');
		IF f.family NOT IN ('open', 'raw') THEN
			pieces := concat(pieces, ' UNION ALL SELECT k.kpi, c.at, ', CASE WHEN dimensions > 0
				THEN concat('CASE c.place ', stored_labels, ' END, c.segment') ELSE 'NULL, NULL' END, ', ', fields,
					' FROM ',
				store, CASE WHEN monthly OR dimensions > 0 THEN '.kpi_month_cell' ELSE '.kpi_cell' END, ' AS c
					JOIN (VALUES ',
				f.kpis, ') AS k (ordinal, kpi) ON k.ordinal = c.kpi WHERE (', format(old_days, f.family),
				' @> c.at) IS NOT TRUE', CASE WHEN dimensions > 0 THEN concat(' AND c.place IN (',
					(SELECT string_agg(p, ', ')
					FROM jsonb_array_elements_text(rollup -> 'places') AS p), ')') WHEN monthly THEN '
						AND c.place = 0' END);
		END IF;
	END LOOP;
	cell := concat('cell AS (SELECT c.kpi, p.at, NULL::boolean AS of_case, c.dimension, c.segment, ', here,
		'.sum(c.answers) AS answers, ', here, '.sum(c.life) AS life, sum(c.events)::bigint AS events,
			sum(c.total) AS total, ',
		'sum(c.squares) AS squares, sum(c.left_out)::bigint AS left_out FROM (SELECT NULL::text, NULL::date,
			NULL::text, ',
		'NULL::text, NULL::', here, '.tally, NULL::', here, '.life_table, NULL::bigint, NULL::numeric, NULL::numeric, ',
		'NULL::bigint WHERE false', pieces, ') AS c (kpi, at, dimension, segment, answers, life, events, total,
			squares, ',
		'left_out) CROSS JOIN LATERAL (SELECT ', replace(head, '@day', 'c.at'),
		' AS at) AS p GROUP BY c.kpi, p.at, c.dimension, c.segment)');

	EXECUTE format('SELECT q.customers, q.spent FROM %I.kpi_customer_query($1, $2, $3) AS q', home) INTO q
		USING day_plan, format(old_days, 'customer'), format(spans, 'customer');
	customer_cell := concat('customer_cell AS (SELECT ', replace(head, '@day', 'c.joined'), ' AS joined, ',
		replace(head, '@day', 'c.until'), ' AS until, sum(c.customers)::bigint AS customers FROM (', q.customers,
		' UNION ALL SELECT c.joined, c.until, c.customers FROM ', store, '.kpi_customer_cell AS c WHERE (',
		format(old_days, 'customer'), ' @> c.joined) IS NOT TRUE) AS c GROUP BY 1, 2)');
	EXECUTE format('SELECT q.spent FROM %I.kpi_customer_query($1, $2, $3) AS q', home) INTO q
		USING day_plan, format(old_days, 'purchase'), format(spans, 'purchase');
	spent_cell := concat('spent_cell AS (SELECT ', replace(head, '@day', 'c.at'),
		' AS at, sum(c.amount) AS amount, sum(c.broken)::bigint AS broken FROM (', q.spent,
		' UNION ALL SELECT c.at, c.amount, c.broken FROM ', store, '.kpi_spent_cell AS c WHERE (',
		format(old_days, 'purchase'), ' @> c.at) IS NOT TRUE) AS c GROUP BY 1)');
END $$;
COMMENT ON FUNCTION kpi_rollup_cell_query(jsonb, jsonb, integer) IS
'The parts cell, customer_cell and spent_cell of a view over a rollup, with these KPIs of its plan and so many dimensions; and stale, the common table expressions that they read.';
