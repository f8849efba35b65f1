#since 0.2.0
-- live: which days must not be read from the store

CREATE FUNCTION kpi_stale_query(plan jsonb, store_schema text) RETURNS text
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
				WHERE k.name LIKE p.relation || '.%%')$query$, home)
		INTO paths USING plan, store_schema, types;
	RETURN concat('stale AS MATERIALIZED (
		SELECT d.family, d.days, (SELECT range_agg(tstzrange(
				lower(r.day)::timestamp AT TIME ZONE ', names ->> 'timezone', ' - ''03:00:00''::interval,
				upper(r.day)::timestamp AT TIME ZONE ', names ->> 'timezone', ' + ''03:00:00''::interval))
			FROM unnest(d.days) AS r (day)) AS spans
		FROM (SELECT t.family, range_agg(t.days) AS days FROM (
			SELECT t.family, daterange(', names ->> 'date_head', 'greatest(t.since, ', names ->> 'earliest', ')',
				names ->> 'date_tail', ', ', names ->> 'date_head', 'least(t.until, ', names ->> 'latest', ')',
				names ->> 'date_tail', ', ''[]'') AS days
			FROM (', paths, '
				-- a transaction that began before the latest refresh looks from an earlier now()
				UNION ALL SELECT f.family, ''-infinity''::timestamptz, ''infinity''::timestamptz
				FROM unnest(''{case,answer,contact,invitation,customer,purchase}''::text[]) AS f (family)
				WHERE now() < (SELECT max(k.stored_at) FROM ', quote_ident(store_schema), '.kpi_rollup AS k)
			) AS t (family, since, until) WHERE t.since <= ', names ->> 'latest', ' AND t.until >= ',
				names ->> 'earliest', '
			UNION ALL SELECT m.family, daterange(m.at, m.at, ''[]'') FROM ', quote_ident(store_schema),
				'.kpi_moving AS m WHERE m.moves_at <= now()) AS t
			GROUP BY t.family) AS d)');
END $$;
COMMENT ON FUNCTION kpi_stale_query(jsonb, text) IS
'The common table expression stale: the days of each family that must be computed from the sources, and the times that these days may have. It reads those of kpi_every_query.';
