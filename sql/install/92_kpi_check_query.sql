#since 0.2.0
-- kpi_views: the query of source_check

CREATE FUNCTION kpi_check_query(plan jsonb) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := plan ->> 'home';
	checks text;
BEGIN
	EXECUTE format($query$
		WITH rule AS (
			SELECT r.ordinal, r.relation, r.rule, r.effect, %1$I.kpi_fill(r.condition, $1 -> 'names') AS condition,
				coalesce('sum(' || r.counted || ')', 'count(*)') AS counted, r.example,
				%1$I.kpi_fill(r.query, $1 -> 'names') AS query,
				coalesce(%1$I.kpi_fill(r.source, $1 -> 'names'), r.relation || ' AS t') AS source
			FROM %1$I.kpi_source_rule r
			WHERE r.needs <@ ARRAY(SELECT jsonb_object_keys($1 -> 'types'))
		)
		SELECT concat('SELECT f.relation, f.rule, f.rows, f.example, f.effect FROM (', string_agg(q.text, ' UNION ALL '
			ORDER BY q.ordinal), ') AS f (ordinal, relation, rule, rows, example, effect) WHERE f.rows > 0 ',
			'ORDER BY f.ordinal')
		FROM (SELECT min(r.ordinal) AS ordinal, concat('SELECT v.* FROM (SELECT ',
				string_agg(format('(%%s FILTER (WHERE %%s))::bigint AS rows_%%s, '
					'min(%%s) FILTER (WHERE %%s) AS example_%%s', r.counted, r.condition, r.ordinal, r.example,
					r.condition, r.ordinal), ', '), ' FROM ', r.source,
				-- most rows are good: each condition is computed once, and nothing is counted
				' WHERE ', string_agg(concat('(', r.condition, ')'), ' OR '), ') AS c CROSS JOIN LATERAL (VALUES ',
				string_agg(format('(%%s, %%L::text, %%L::text, c.rows_%%s, c.example_%%s, %%L::text)', r.ordinal,
					r.relation, r.rule, r.ordinal, r.ordinal, r.effect), ', '),
				') AS v (ordinal, relation, rule, rows, example, effect)') AS text
			FROM rule r WHERE r.condition IS NOT NULL GROUP BY r.source
			UNION ALL
			SELECT r.ordinal, format('SELECT %%s, %%L::text, %%L::text, q.rows, q.example, coalesce(q.effect, %%L)
				FROM (%%s) AS q (rows, example, effect)', r.ordinal, r.relation, r.rule, r.effect, r.query)
			FROM rule r WHERE r.query IS NOT NULL) q$query$, home) INTO checks USING plan;
	RETURN checks;
END $$;
COMMENT ON FUNCTION kpi_check_query(jsonb) IS
'The query of source_check, over the sources of a plan of kpi_plan.';
