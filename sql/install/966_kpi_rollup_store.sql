#since 0.2.0
-- live: stores days of a family anew

CREATE FUNCTION kpi_rollup_store(
	store_schema text, plan jsonb, kpis jsonb, family text, days text, spans text,
	OUT stored bigint, OUT renewed datemultirange
)
LANGUAGE plpgsql STRICT PARALLEL UNSAFE
-- the planner takes the rows of a list for few; there are few cells, so that hashing never sorts them
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on SET enable_sort = off
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	here text := quote_ident(store_schema);
	members text;				-- the KPIs of the family
	kpi_sums text := format('%1$I.sum(f.answers), %1$I.kpi_life_packed(%1$I.sum(f.life)), sum(f.events)::bigint,
		sum(f.total), sum(f.squares), nullif(sum(f.left_out), 0)::bigint', home);
	sources text;
	gone datemultirange;
	-- rows of few days are looked up one by one
	many jsonb := CASE WHEN (SELECT sum(upper(r.day) - lower(r.day)) FROM unnest(days::datemultirange) AS r (day)) > 40
		THEN '{"many": true}' ELSE '{}' END;
	t record;
	q record;
BEGIN
	SELECT string_agg(format('(%s, %L::text)', k ->> 'ordinal', k ->> 'kpi'), ', ') INTO members
		FROM jsonb_array_elements(kpis) AS k WHERE k ->> 'family' = family AND k -> 'stored' = k -> 'ordinal';
	EXECUTE format('SELECT %I.kpi_every_query($1)', home) INTO sources USING plan;
	renewed := '{}';
	FOR t IN SELECT * FROM (VALUES ('kpi_cell', 'at', 'case,answer,contact,invitation'),
		('kpi_month_cell', 'at', 'case,answer,contact,invitation'),
		('kpi_waiting', 'at', 'case,answer,contact,invitation'), ('kpi_customer_cell', 'joined', 'customer'),
		('kpi_spent_cell', 'at', 'purchase'), ('kpi_moving', 'at', 'all')) AS v (name, at, families)
		WHERE v.families = 'all' OR family = ANY (string_to_array(v.families, ','))
	LOOP
		EXECUTE format('WITH gone AS (DELETE FROM %s.%I AS s USING unnest($1) AS r (day) WHERE s.%I >= lower(r.day) '
			'AND s.%4$I < upper(r.day)%s RETURNING s.%4$I AS at) SELECT range_agg(daterange(g.at, g.at, ''[]''))
				FROM gone AS g',
			here, t.name, t.at, t.at, CASE WHEN t.name IN ('kpi_cell', 'kpi_month_cell', 'kpi_waiting')
				THEN format(' AND s.kpi IN (SELECT k.ordinal FROM (VALUES %s) AS k (ordinal, kpi))', members)
					|| CASE t.name WHEN 'kpi_month_cell' THEN ' AND s.place >= 0' ELSE '' END
			WHEN t.name = 'kpi_moving' THEN format(' AND s.family = %L', family) ELSE '' END) INTO gone
				USING days::datemultirange;
		renewed := renewed + coalesce(gone, '{}');
	END LOOP;

	IF family IN ('customer', 'purchase') THEN
		EXECUTE format('SELECT q.customers, q.moving, q.spent FROM %I.kpi_customer_query($1, ''$1'', ''$2'') AS q',
			home)
			INTO q USING plan;
		EXECUTE concat('WITH ', sources, ', fresh AS (INSERT INTO ', here, CASE family WHEN 'customer'
				THEN '.kpi_customer_cell (joined, until, customers) ' || q.customers || ' RETURNING joined AS at'
				ELSE '.kpi_spent_cell (at, amount, broken) ' || q.spent || ' RETURNING at' END,
			') SELECT count(*), range_agg(daterange(f.at, f.at, ''[]'')) FROM fresh AS f') INTO stored, gone
				USING days::datemultirange, spans::tstzmultirange;
		q.moving := CASE WHEN family = 'customer' THEN q.moving END;
	ELSE
		EXECUTE format('SELECT q.cells, q.waiting, q.moving FROM %I.kpi_family_query($1, $2, $3, $4,
			''$1'', ''$2'')
			AS q', home) INTO q USING plan || jsonb_build_object('by_month', store_schema, 'apart', true) || many,
			family, kpis, jsonb_array_length(plan -> 'dimensions');
		EXECUTE concat('WITH ', sources, ', fresh AS MATERIALIZED (SELECT k.ordinal::smallint AS ordinal, c.*
			FROM (', q.cells,
			') AS c JOIN (VALUES ', members, ') AS k (ordinal, kpi) ON k.kpi = c.kpi), total AS (INSERT INTO ', here,
			'.kpi_cell (kpi, at, answers, life, events, total, squares, left_out) SELECT f.ordinal, f.at,
				f.answers, ',
			quote_ident(home), '.kpi_life_packed(f.life), f.events, f.total, f.squares, nullif(f.left_out, 0)
				FROM fresh AS f WHERE f.place = 0 ORDER BY f.at, f.ordinal), ',
			'part AS (INSERT INTO ', here, '.kpi_month_cell (kpi, at, place, segment, answers, life, events, total,
				squares, ',
			'left_out) SELECT f.ordinal, m.at, f.place, f.segment, ', kpi_sums, ' FROM fresh AS f CROSS
				JOIN LATERAL (SELECT ',
			'CASE WHEN f.at < k.months_before THEN date_trunc(''month'', f.at::timestamp)::date ELSE f.at END AS at
				FROM ',
			here, '.kpi_rollup AS k) AS m GROUP BY m.at, f.ordinal, f.place, f.segment ORDER BY m.at, f.place,
				f.ordinal) ',
			'SELECT count(*), range_agg(daterange(f.at, f.at, ''[]'')) FILTER (WHERE f.place = 0) FROM fresh AS f')
			INTO stored, gone USING days::datemultirange, spans::tstzmultirange;
		-- and the latest months, which are read as long as all their days are fresh
		EXECUTE format('DELETE FROM %s.kpi_month_cell AS s USING unnest($1) AS r (day) WHERE s.place = -1
			AND s.kpi IN (SELECT k.ordinal FROM (VALUES %s) AS k (ordinal, kpi))
			AND r.day && daterange(s.at, (s.at + ''1 month''::interval)::date)', here, members)
			USING days::datemultirange;
		EXECUTE concat('INSERT INTO ', here, '.kpi_month_cell (kpi, at, place, answers, life, events, total, squares,
				left_out)
			SELECT f.kpi, m.at, -1, ', kpi_sums, ' FROM ', here, '.kpi_month_cell AS f CROSS JOIN LATERAL (SELECT
				date_trunc(''month'', f.at::timestamp)::date AS at) AS m
			WHERE f.place = 0 AND f.at >= (SELECT k.months_before FROM ', here, '.kpi_rollup AS k)
				AND f.kpi IN (SELECT k.ordinal FROM (VALUES ', members, ') AS k (ordinal, kpi))
				AND EXISTS (SELECT FROM unnest($1) AS r (day)
					WHERE r.day && daterange(m.at, (m.at + ''1 month''::interval)::date))
			GROUP BY m.at, f.kpi ORDER BY m.at, f.kpi') USING days::datemultirange;
		IF q.waiting IS NOT NULL THEN
			EXECUTE concat('WITH ', sources, ' INSERT INTO ', here, '.kpi_waiting (kpi, at, place, segment, moments,
					judged) SELECT k.ordinal, w.at, w.place, w.segment, w.moments, w.judged FROM (', q.waiting,
				') AS w JOIN (VALUES ', members, ') AS k (ordinal, kpi) ON k.kpi = w.kpi')
				USING days::datemultirange, spans::tstzmultirange;
		END IF;
	END IF;
	renewed := renewed + coalesce(gone, '{}');
	IF q.moving IS NOT NULL THEN
		EXECUTE format('WITH %s INSERT INTO %s.kpi_moving (family, at, moves_at) SELECT %L, m.at, m.moves_at
			FROM (%s) AS m (at, moves_at) WHERE NOT EXISTS (SELECT FROM %2$s.kpi_moving AS o
				WHERE o.family = %3$L AND o.at = m.at AND o.moves_at = m.moves_at)', sources, here, family, q.moving)
			USING days::datemultirange, spans::tstzmultirange;
	END IF;
END $$;
COMMENT ON FUNCTION kpi_rollup_store(text, jsonb, jsonb, text, text, text) IS
'Stores these days of a family anew, whose rows have times in these spans. stored: the number of rows; renewed: the days that have rows, or had some.';
