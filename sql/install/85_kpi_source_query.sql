#since 0.2.0
-- kpi_views: the sources at the beginning of a query

-- Columns have their names and built-in types; what is missing is NULL, and a relation without
-- columns has no rows.
CREATE FUNCTION kpi_source_query(body text, plan jsonb, dimensions integer) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := plan ->> 'home';
	types jsonb := plan -> 'types';
	sources text;
BEGIN
	EXECUTE format($query$
		SELECT string_agg(c.text, ', ' ORDER BY c.relation) FROM (
			SELECT s.relation, concat(s.relation, ' AS NOT MATERIALIZED (SELECT ', string_agg(CASE
					WHEN s.kind = 'key' AND t.type IS NOT NULL THEN format('t.%%I', s.column_name)
					WHEN s.kind = 'key' THEN format('NULL::%%s AS %%I', coalesce($2 ->> ('recovery_case.'
						|| s.column_name),
						$2 ->> ('survey_response.' || s.column_name), k.type, 'text'), s.column_name)
					ELSE format('%%s::%%s AS %%I',
						CASE WHEN t.type IS NULL THEN 'NULL' ELSE format('t.%%I', s.column_name) END,
						CASE WHEN s.kind = 'time' THEN 'timestamptz' WHEN s.kind = 'text' THEN 'text'
							WHEN s.kind = 'calendar' THEN $6
								|| '.business_calendar' WHEN s.column_name = 'amount' THEN 'numeric'
							WHEN s.column_name = 'sequence' THEN 'bigint'
							WHEN s.kind = 'score' AND t.type IN ('smallint', 'integer') THEN 'integer'
							ELSE 'double precision' END,
						s.column_name) END, ', ' ORDER BY s.ordinal), d.columns,
				CASE WHEN count(t.type) > 0 THEN format(' FROM %%I.%%I AS t)', $1,
					s.relation) ELSE ' WHERE false)' END) AS text
			FROM %1$I.kpi_source_column s
				LEFT JOIN jsonb_each_text($2) AS t (name, type) ON t.name = s.relation || '.' || s.column_name
				LEFT JOIN LATERAL (SELECT min(a.type) AS type FROM jsonb_each_text($2) AS a (name, type)
					WHERE a.name LIKE '%%.' || s.column_name AND a.name NOT LIKE 'unique %%') k ON true
				CROSS JOIN LATERAL (SELECT coalesce(string_agg(CASE
						WHEN n.dimension ? CASE s.relation WHEN 'recovery_case' THEN 'case' ELSE 'answer' END
							THEN format(', t.%%I::text AS dimension_%%s', n.dimension ->> 'name', n.place)
						ELSE format(', NULL::text AS dimension_%%s', n.place) END, '' ORDER BY n.place), '') AS columns
					FROM jsonb_array_elements($3) WITH ORDINALITY AS n (dimension, place)
					WHERE s.relation IN ('recovery_case', 'survey_response') AND n.place <= $5) d
			WHERE $4 ~ ('\m' || s.relation || ' AS ') GROUP BY s.relation, d.columns) c$query$, home)
		INTO sources USING plan ->> 'source', types, plan -> 'dimensions', body, dimensions, plan -> 'names' ->> 'home';
	RETURN sources;
END $$;
COMMENT ON FUNCTION kpi_source_query(text, jsonb, integer) IS
'The sources that the body of a query reads, as common table expressions, with so many of the dimensions of the plan as columns of text.';
