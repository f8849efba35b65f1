#since 0.2.0
-- live: which days must not be read from the store

CREATE FUNCTION kpi_stale_query(plan jsonb, store_schema text, unit text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := plan ->> 'home';
	names jsonb := plan -> 'names';
	types jsonb := plan -> 'types';
	paths text;
BEGIN
	EXECUTE format($query$
		SELECT string_agg(format('SELECT %%L::text, p.since, p.until FROM %%I.kpi_touched AS l CROSS JOIN LATERAL (%%s)
				AS p (since, until) WHERE l.relation = %%L AND %%s', p.family, $2, %1$I.kpi_fill(p.query,
					$1 -> 'names'),
				p.relation, CASE WHEN p.many THEN 'l.many' ELSE 'NOT l.many' END), ' UNION ALL ' ORDER BY p.ordinal)
		FROM %1$I.kpi_rollup_path p
		WHERE p.needs <@ ARRAY(SELECT jsonb_object_keys($3)) AND NOT $3 ? coalesce('unique ' || p.repeated, '')
			AND EXISTS (SELECT FROM jsonb_object_keys($3) AS k (name)
				WHERE k.name LIKE p.relation || '.%%')
			-- no trigger can note the keys of distributed rows, and none are looked up
			AND (p.many OR NOT ($1 ->> 'distributed')::boolean)$query$, home)
		INTO paths USING plan, store_schema, types;
	RETURN concat('stale AS MATERIALIZED (
		SELECT d.family, d.days, (SELECT range_agg(tstzrange(
				lower(r.day)::timestamp AT TIME ZONE ', names ->> 'timezone', ' - ''03:00:00''::interval,
				upper(r.day)::timestamp AT TIME ZONE ', names ->> 'timezone', ' + ''03:00:00''::interval))
			FROM unnest(d.days) AS r (day)) AS spans, ', CASE WHEN unit = 'month' THEN '(SELECT range_agg(daterange(
				date_trunc(''month'', lower(r.day)::timestamp)::date,
				(date_trunc(''month'', (upper(r.day) - 1)::timestamp) + ''1 month''::interval)::date))
			FROM unnest(d.days) AS r (day))' ELSE 'NULL::datemultirange' END, ' AS months
		FROM (SELECT t.family, range_agg(', CASE WHEN unit <> 'month' THEN 't.days' ELSE '
				daterange(CASE WHEN lower(t.days) < b.day THEN date_trunc(''month'', lower(t.days)::timestamp)::date
						ELSE lower(t.days) END,
					CASE WHEN upper(t.days) <= b.day
						THEN (date_trunc(''month'', (upper(t.days) - 1)::timestamp) + ''1 month''::interval)::date
						ELSE upper(t.days) END)' END, ') AS days FROM (
			SELECT t.family, daterange(', names ->> 'date_head', 'greatest(t.since, ', names ->> 'earliest', ')',
				names ->> 'date_tail', ', ', names ->> 'date_head', 'least(t.until, ', names ->> 'latest', ')',
				names ->> 'date_tail', ', ''[]'') AS days
			FROM (', paths, '
				-- a transaction that began before the latest refresh looks from an earlier now(), and views
				-- may be older than the rollup
				UNION ALL SELECT f.family, ''-infinity''::timestamptz, ''infinity''::timestamptz
				FROM unnest(''{case,answer,contact,invitation,customer,purchase}''::text[]) AS f (family)
				WHERE now() < (SELECT max(k.stored_at) FROM ', quote_ident(store_schema), '.kpi_rollup AS k)
					OR (SELECT max(k.edition) FROM ', quote_ident(store_schema), '.kpi_rollup AS k) <> ',
					quote_literal(plan ->> 'edition'), '
			) AS t (family, since, until) WHERE t.since <= ', names ->> 'latest', ' AND t.until >= ',
				-- anybody may add to the log: an entry that ends before it begins says nothing
				names ->> 'earliest', ' AND t.since <= t.until
			UNION ALL SELECT m.family, daterange(m.at, m.at, ''[]'') FROM ', quote_ident(store_schema),
				'.kpi_moving AS m WHERE m.moves_at <= now()
			UNION ALL SELECT b.family, r.day FROM ', quote_ident(store_schema), '.kpi_rollup AS k CROSS JOIN LATERAL
				jsonb_each_text(k.unbuilt) AS b (family, days)
				CROSS JOIN LATERAL unnest(b.days::datemultirange) AS r (day)', CASE WHEN unit = 'segment' THEN concat('
			UNION ALL SELECT f.family, daterange(', names ->> 'date_head', names ->> 'earliest', names ->> 'date_tail',
				', k.months_before) FROM unnest(''{case,answer,contact,invitation}''::text[]) AS f (family) CROSS
					JOIN ',
				quote_ident(store_schema), '.kpi_rollup AS k WHERE k.months_before > ''1970-01-01''') END, ') AS t
			CROSS JOIN (SELECT min(k.months_before) AS day FROM ', quote_ident(store_schema), '.kpi_rollup AS k) AS b
			GROUP BY t.family) AS d)');
END $$;
COMMENT ON FUNCTION kpi_stale_query(jsonb, text, text) IS
'The common table expression stale: the days of each family that must be computed from the sources, the times that these days may have, and the whole months that they lie in. unit: day; month, where months that are over are renewed as a whole, and only with it there are months; segment, where these must be computed, as days of segments are wanted. It reads those of kpi_every_query.';
