#since 0.2.0
-- live: the parts of a view that it reads from a rollup

-- From the store what is fresh, from the sources the rest, in one query and so of one snapshot.
CREATE FUNCTION kpi_rollup_cell_query(
	plan jsonb, kpis jsonb, dimensions integer, OUT stale text, OUT cell text, OUT customer_cell text,
	OUT spent_cell text, OUT fact text
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
	shared text;				-- pairs of a KPI whose cells are stored, and one that reads them
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
	-- what several KPIs share is computed once
	EXECUTE format('WITH k AS MATERIALIZED (SELECT jsonb_array_elements(%1$I.kpi_rollup_kpis($1)) AS kpi)
		SELECT jsonb_agg(DISTINCT c.kpi), string_agg(DISTINCT format(''(%%L::text, %%L::text)'',
			c.kpi ->> ''kpi'', w.kpi ->> ''kpi''), '', '')
		FROM k AS w
			JOIN k AS c ON c.kpi -> ''ordinal'' = w.kpi -> ''stored'' AND c.kpi -> ''family'' = w.kpi -> ''family''
		WHERE w.kpi ->> ''kpi'' IN (SELECT d ->> ''kpi'' FROM jsonb_array_elements($2) AS d)', home)
		INTO kpis, shared USING day_plan, kpis;
	FOR f IN SELECT DISTINCT k ->> 'family' AS family FROM jsonb_array_elements(kpis) AS k
	LOOP
		EXECUTE format('SELECT q.cells FROM %I.kpi_family_query($1, $2, $3, $4, $5, $6) AS q', home) INTO q
			USING day_plan || CASE WHEN dimensions > 0 THEN '{"first_place": 1}' ELSE '{}' END::jsonb
				|| CASE WHEN monthly THEN jsonb_build_object('by_month', rollup ->> 'store') ELSE '{}' END,
				f.family, kpis, dimensions, format(old_days, f.family), format(spans, f.family);
		pieces := concat(pieces, ' UNION ALL SELECT c.kpi, c.at, ', CASE WHEN dimensions > 0
			THEN concat('CASE c.place ', labels, ' END, c.segment') ELSE 'NULL, NULL' END, ', ', fields, ' FROM (',
				q.cells, ') AS c');
	END LOOP;
	-- from the store what is fresh; what waits, up to now; and what is judged by now
	FOR f IN
		SELECT w.kind, string_agg(format('(%s, %L::text, %L::text)', k ->> 'ordinal', k ->> 'kpi', k ->> 'family'),
			', ' ORDER BY k -> 'ordinal') AS kpis
		FROM jsonb_array_elements(kpis) AS k CROSS JOIN (VALUES ('family'), ('waits'), ('due')) AS w (kind)
		WHERE k ->> 'family' NOT IN ('open', 'raw') AND k ? w.kind GROUP BY 1
	LOOP
		pieces := concat(pieces, ' UNION ALL SELECT k.kpi, c.at, ', CASE WHEN dimensions > 0
			THEN concat('CASE c.place ', stored_labels, ' END, c.segment') ELSE 'NULL, NULL' END, ', ',
			CASE f.kind WHEN 'waits' THEN concat('NULL, ', here, '.kpi_life_open(c.moments, ', names ->> 'as_of',
				'), NULL, NULL, NULL, 0')
				WHEN 'due' THEN concat(here, '.rate_tally(u.judged), NULL, NULL, NULL, NULL, 0') ELSE fields END,
			' FROM (SELECT v.*, z.days, z.months FROM (VALUES ', f.kpis, ') AS v (ordinal, kpi, family)
				LEFT JOIN stale AS z ON z.family = v.family) AS k JOIN ', store,
			CASE WHEN f.kind <> 'family' THEN '.kpi_waiting' WHEN monthly OR dimensions > 0 THEN '.kpi_month_cell'
				ELSE '.kpi_cell' END, ' AS c ON c.kpi = k.ordinal', CASE f.kind
				-- moments rise: few of many are over
				WHEN 'due' THEN concat(' CROSS JOIN LATERAL unnest(c.judged[:width_bucket(', names ->> 'as_of',
					', c.moments)]) AS u (judged)') END,
			' WHERE (k.days @> c.at) IS NOT TRUE',
			CASE WHEN f.kind = 'family' AND monthly AND dimensions = 0 THEN
				-- of a month with days to be computed the other days, of others the month
				concat(' AND c.place <= 0 AND CASE WHEN c.at < (SELECT min(b.months_before) FROM ', store,
					'.kpi_rollup AS b) THEN c.place = 0 ELSE c.place = CASE WHEN k.months @> c.at THEN 0 ELSE -1 END END')
				WHEN dimensions > 0 THEN concat(' AND c.place IN (',
					(SELECT string_agg(p, ', ') FROM jsonb_array_elements_text(rollup -> 'places') AS p), ')')
				WHEN monthly THEN ' AND c.place = 0' WHEN f.kind <> 'family' THEN ' AND c.place = -1' END,
			CASE WHEN f.kind = 'due' THEN concat(' GROUP BY k.kpi, c.at', CASE WHEN dimensions > 0
				THEN ', c.place, c.segment' END) END);
	END LOOP;
	cell := concat('cell AS (SELECT k.kpi, c.at, c.of_case, c.dimension, c.segment, c.answers, c.life, c.events,
			c.total, c.squares, c.left_out FROM (
		SELECT c.kpi, p.at, NULL::boolean AS of_case, c.dimension, c.segment, ', here, '.sum(c.answers) AS answers, ',
			here, '.sum(c.life) AS life, sum(c.events)::bigint AS events, sum(c.total) AS total,
			sum(c.squares) AS squares, coalesce(sum(c.left_out), 0)::bigint AS left_out
		FROM (SELECT NULL::text, NULL::date, NULL::text, NULL::text, NULL::', here, '.tally, NULL::', here,
			'.life_table, NULL::bigint, NULL::numeric, NULL::numeric, NULL::bigint WHERE false', pieces, ')
			AS c (kpi, at, dimension, segment, answers, life, events, total, squares, left_out)
			CROSS JOIN LATERAL (SELECT ', replace(head, '@day', 'c.at'), ' AS at) AS p
		GROUP BY c.kpi, p.at, c.dimension, c.segment) AS c JOIN (VALUES ', coalesce(shared, '(NULL::text, NULL::text)'),
		') AS k (stored, kpi) ON k.stored = c.kpi)');
	IF NOT (plan ->> 'listed')::boolean THEN		-- a cell is of a period already
		fact := 'fact AS NOT MATERIALIZED (SELECT c.kpi, c.at AS period_start, c.dimension, c.segment, c.answers,
			c.life, c.events, c.total, c.squares, c.left_out FROM cell AS c)';
	END IF;

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
'The parts cell, customer_cell and spent_cell, and fact unless periods come from a table, of a view over a rollup, with these KPIs of its plan and so many dimensions; and stale, the common table expressions that they read.';
