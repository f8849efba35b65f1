#since 0.2.0
-- live: does the store say what the sources say?

CREATE FUNCTION check_kpi_rollup(store_schema text)
RETURNS TABLE (what text, kpi text, at date, dimension text, segment text)
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on SET jit = off
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	here text := quote_ident(store_schema);
	settings jsonb;
	plan jsonb;
	kpis jsonb;
	head text;
	all_days text := '''{[1969-12-01,infinity)}''::datemultirange';
	all_spans text := '''{[1969-12-29 00:00:00+00,infinity)}''::tstzmultirange';
	old_days text := '((SELECT z.days FROM stale AS z WHERE z.family = %L) @> c.%I) IS NOT TRUE';
	fields text := 'c.answers, c.life, c.events, c.total, c.squares, c.left_out';
	kpi_sums text := format('%1$I.sum(f.answers), %1$I.sum(f.life), sum(f.events)::bigint, sum(f.total),
		sum(f.squares), sum(f.left_out)::bigint', home);
	latest_month text;			-- that of f.at, if it is stored whole and by day, and all its days are fresh
	stored text;
	computed text;
	watched oid[];
	q record;
	f record;
BEGIN
	EXECUTE format('SELECT %I.kpi_rollup_settings($1)', home) INTO settings USING store_schema;
	plan := settings -> 'plan' || jsonb_build_object('edition', settings ->> 'edition');
	EXECUTE format('SELECT %1$I.kpi_rollup_kpis($1), concat(''WITH '', %1$I.kpi_every_query($1), '', '',
		%1$I.kpi_stale_query($1, $2, ''month''))', home) INTO kpis, head USING plan, store_schema;

	FOR f IN SELECT k ->> 'family' AS family, string_agg(format('(%s, %L::text)', k ->> 'ordinal', k ->> 'kpi'), ', ')
			AS kpis
		FROM jsonb_array_elements(kpis) AS k
		WHERE k ->> 'family' NOT IN ('open', 'raw') AND k -> 'stored' = k -> 'ordinal' GROUP BY 1
	LOOP
		EXECUTE format('SELECT q.cells, q.waiting FROM %I.kpi_family_query($1, $2, $3, $4, $5, $6) AS q', home) INTO q
			USING plan || jsonb_build_object('by_month', store_schema, 'apart', true, 'many', true), f.family, kpis,
			jsonb_array_length(plan -> 'dimensions'), all_days, all_spans;
		latest_month := format('SELECT date_trunc(''month'', f.at::timestamp)::date AS at FROM %s.kpi_rollup AS k
			WHERE f.at >= k.months_before AND ((SELECT z.months FROM stale AS z WHERE z.family = %L) @> f.at)
				IS NOT TRUE', here, f.family);
		-- the days in total, as place -1, what is stored by month, and the latest months, as place -2
		computed := concat('SELECT f.kpi, f.at, -1 AS place, NULL::text AS segment, f.answers, f.life, f.events,
			f.total, ',
			'f.squares, f.left_out FROM fresh AS f WHERE f.place = 0 UNION ALL SELECT f.kpi, m.at, f.place,
				f.segment, ',
			kpi_sums, ' FROM fresh AS f CROSS JOIN LATERAL (SELECT CASE WHEN f.at < k.months_before ',
			'THEN date_trunc(''month'', f.at::timestamp)::date ELSE f.at END AS at FROM ', here,
				'.kpi_rollup AS k) AS m ',
			'GROUP BY f.kpi, m.at, f.place, f.segment UNION ALL SELECT f.kpi, m.at, -2, NULL, ',
			kpi_sums, ' FROM fresh AS f CROSS JOIN LATERAL (', latest_month, ') AS m ',
			'WHERE f.place = 0 GROUP BY f.kpi, m.at');
		-- with what has been judged since
		stored := concat('SELECT k.kpi, c.at, c.place, c.segment, ',
			format('%1$I.sum(c.answers), %1$I.sum(c.life), sum(c.events)::bigint, sum(c.total), sum(c.squares), '
				, home), 'coalesce(sum(c.left_out), 0)::bigint FROM (SELECT s.kpi, s.at, -1 AS place, ',
			'NULL::text AS segment, s.answers, s.life, s.events, s.total, s.squares, s.left_out FROM ', here,
			'.kpi_cell AS s UNION ALL SELECT s.kpi, s.at, s.place, s.segment, s.answers, s.life, s.events, s.total, ',
			's.squares, s.left_out FROM ', here, '.kpi_month_cell AS s WHERE s.place >= 0 UNION ALL SELECT s.kpi, ',
			'm.at, -2, NULL, s.answers, s.life, s.events, s.total, s.squares, s.left_out FROM ', here,
			'.kpi_month_cell AS s CROSS JOIN LATERAL (', replace(latest_month, 'f.at', 's.at'), ') AS m ',
			'WHERE s.place = -1 UNION ALL SELECT s.kpi, m.at, m.place, s.segment, ', quote_ident(home),
			'.rate_tally(u.judged), NULL, NULL, NULL, NULL, 0 FROM ', here, '.kpi_waiting AS s ',
			'CROSS JOIN LATERAL (SELECT s.at, s.place UNION ALL SELECT m.at, -2 FROM (',
			replace(latest_month, 'f.at', 's.at'), ') AS m WHERE s.place = 0) AS m (at, place) ',
			'CROSS JOIN LATERAL unnest(s.moments, s.judged) AS u (moment, judged) ',
			'WHERE s.judged IS NOT NULL AND u.moment <= now() GROUP BY s.kpi, m.at, m.place, s.segment) AS c ',
			'JOIN (VALUES ', f.kpis,
			') AS k (ordinal, kpi) ON k.ordinal = c.kpi WHERE ', format(old_days, f.family, 'at'),
			' GROUP BY k.kpi, c.at, c.place, c.segment');
		RETURN QUERY EXECUTE concat(head, ', fresh AS MATERIALIZED (SELECT c.* FROM (', q.cells, ') AS c WHERE ',
			format(old_days, f.family, 'at'), '), computed AS MATERIALIZED (', computed, '), stored AS MATERIALIZED (',
			stored,
			') SELECT d.what, d.kpi, d.at, $1[nullif(greatest(d.place, -1), -1)], d.segment FROM (
				SELECT ''only in the store''::text AS what, c.* FROM (TABLE stored EXCEPT ALL TABLE computed) AS c
				UNION ALL SELECT ''only in the sources'', c.* FROM (TABLE computed EXCEPT ALL TABLE stored) AS c) AS d')
			USING ARRAY(SELECT jsonb_array_elements_text(settings -> 'dimensions'));
		-- what waits; of what is judged later the store may know less, as it looked ahead from earlier
		IF q.waiting IS NOT NULL THEN
			RETURN QUERY EXECUTE concat(head, ', computed AS MATERIALIZED (SELECT c.kpi, c.at, c.place, c.segment, ',
				'u.* FROM (', q.waiting, ') AS c CROSS JOIN LATERAL unnest(c.moments, c.judged) AS u (moment, judged) ',
				'WHERE ', format(old_days, f.family, 'at'), '), stored AS MATERIALIZED (SELECT k.kpi, c.at, ',
				'c.place::integer AS place, c.segment, u.* FROM ', here, '.kpi_waiting AS c JOIN (VALUES ',
				f.kpis, ') AS k (ordinal, kpi) ON k.ordinal = c.kpi CROSS JOIN LATERAL unnest(c.moments, c.judged) ',
				'AS u (moment, judged) WHERE (c.judged IS NULL OR u.moment > now()) AND ',
				format(old_days, f.family, 'at'),
				') SELECT DISTINCT d.what, d.kpi, d.at, $1[nullif(d.place, -1)], d.segment FROM (
					SELECT ''only in the store''::text AS what, c.* FROM (TABLE stored EXCEPT ALL TABLE computed) AS c
					UNION ALL SELECT ''only in the sources'', c.* FROM (TABLE computed EXCEPT ALL TABLE stored) AS c
						WHERE c.judged IS NULL) AS d')
				USING ARRAY(SELECT jsonb_array_elements_text(settings -> 'dimensions'));
		END IF;
	END LOOP;
	EXECUTE format('SELECT q.customers, q.spent FROM %I.kpi_customer_query($1, $2, $3) AS q', home) INTO q
		USING plan, all_days, all_spans;
	RETURN QUERY EXECUTE concat(head, ', computed AS MATERIALIZED (
		SELECT ''customer''::text AS relation, c.joined, c.until, c.customers::numeric AS amount, 0::bigint AS broken
			FROM (', q.customers, ') AS c WHERE ', format(old_days, 'customer', 'joined'), '
		UNION ALL SELECT ''purchase'', c.at, NULL, c.amount, c.broken
			FROM (', q.spent, ') AS c WHERE ', format(old_days, 'purchase', 'at'), '), stored AS MATERIALIZED (
		SELECT ''customer''::text AS relation, c.joined, c.until, c.customers::numeric AS amount, 0::bigint AS broken
			FROM ', here, '.kpi_customer_cell AS c WHERE ', format(old_days, 'customer', 'joined'), '
		UNION ALL SELECT ''purchase'', c.at, NULL, c.amount, c.broken
			FROM ', here, '.kpi_spent_cell AS c WHERE ', format(old_days, 'purchase', 'at'), ')
		SELECT d.what, d.relation, d.joined, NULL::text, NULL::text FROM (
			SELECT ''only in the store''::text AS what, c.* FROM (TABLE stored EXCEPT ALL TABLE computed) AS c
			UNION ALL SELECT ''only in the sources'', c.* FROM (TABLE computed EXCEPT ALL TABLE stored) AS c) AS d');
	EXECUTE format('SELECT array_agg(g.relation::oid) FROM (SELECT t.relation FROM %I.kpi_rollup_triggers($1) AS t
		WHERE t.ours AND t.enabled GROUP BY 1 HAVING count(*) = 4) AS g', home) INTO watched USING store_schema;
	RETURN QUERY
		WITH RECURSIVE r AS (
			SELECT c.oid, c.relkind, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
			WHERE n.nspname = settings ->> 'source_schema' AND EXISTS (SELECT
				FROM jsonb_object_keys(plan -> 'types') AS k (name)
				WHERE split_part(k.name, '.', 1) = c.relname)
			UNION
			SELECT c.oid, c.relkind, r.relname FROM r JOIN pg_inherits i ON i.inhparent = r.oid
				JOIN pg_class c ON c.oid = i.inhrelid
		)
		SELECT format('no triggers on %s', r.oid::regclass), NULL::text, NULL::date, NULL::text, NULL::text FROM r
		WHERE r.relkind IN ('r', 'p') AND (r.oid = ANY (watched)) IS NOT TRUE
		ORDER BY r.oid;
END $$;
COMMENT ON FUNCTION check_kpi_rollup(text) IS
'What the store of a rollup says otherwise than its sources, in days that it takes for fresh: what, the KPI (or customer, purchase), the day, and the value of which dimension; and tables without its triggers. No rows if all is well. It computes everything, each family in one snapshot. touch_kpi_rollup and refresh_kpi_rollup mend the days, create_kpi_rollup the triggers. Errors: as in refresh_kpi_rollup.';
