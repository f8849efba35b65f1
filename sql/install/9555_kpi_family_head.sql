#since 0.2.0
-- live: the sources of a family, and its lists

CREATE FUNCTION kpi_family_head(plan jsonb, family text, kpis jsonb, names jsonb) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := plan ->> 'home';
	types jsonb := plan -> 'types';
	head text;
	-- few rows are read once, which also takes the planner a third of the time
	how text := CASE family WHEN 'raw' THEN 'AS NOT MATERIALIZED' ELSE 'AS MATERIALIZED' END;
BEGIN
	EXECUTE format($query$
		WITH RECURSIVE needed AS (
			SELECT p.part, p.ordinal, p.uses, p.template FROM %1$I.kpi_view_part p
			WHERE p.part IN (SELECT d ->> 'list' FROM jsonb_array_elements($1) d)
			UNION
			SELECT p.part, p.ordinal, p.uses, p.template FROM needed n JOIN %1$I.kpi_view_part p
				ON p.part = ANY (n.uses)
				OR n.part = 'complaint' AND p.part = 'clock' AND $2 ? 'case_event.at'
		), source AS (
			SELECT s.name, s.ordinal, s.template FROM %1$I.kpi_rollup_source s
			WHERE s.family = $3 AND s.needs <@ ARRAY(SELECT jsonb_object_keys($2))
				AND (s.repeated IS NULL OR $2 ? ('unique ' || s.repeated)
					OR s.repeated LIKE 'not %%' AND NOT $2 ? ('unique' || substr(s.repeated, 4)))
			UNION ALL
			SELECT c.relation, 100, format('%%I AS NOT MATERIALIZED (SELECT t.* FROM every_%%s AS t WHERE %%s)',
				c.relation,
				c.relation, ($3 = 'raw' OR c.relation = 'kpi_status_role')::text)
			FROM (SELECT DISTINCT c.relation FROM %1$I.kpi_source_column c) c
			WHERE NOT EXISTS (SELECT FROM %1$I.kpi_rollup_source s WHERE s.family = $3 AND s.name = c.relation
				AND s.needs <@ ARRAY(SELECT jsonb_object_keys($2)))
		)
		SELECT concat(
			(SELECT string_agg(replace(%1$I.kpi_fill(s.template, $4), 'AS NOT MATERIALIZED', $5), ', '
				ORDER BY s.ordinal, s.name) FROM source s), ', ',
			(SELECT string_agg(replace(%1$I.kpi_fill(n.template, $4), 'case_list AS NOT MATERIALIZED', 'case_list '
				|| CASE $3 WHEN 'case' THEN $5 ELSE 'AS NOT MATERIALIZED' END), ', ' ORDER BY n.ordinal)
				FROM needed n))$query$, home)
		INTO head USING kpis, types, family, names, how;
	RETURN concat('WITH ', head);
END $$;
COMMENT ON FUNCTION kpi_family_head(jsonb, text, jsonb, jsonb) IS
'The beginning of a query of these KPIs of a family: what kpi_rollup_source has for it, and the lists of the KPIs, with these names in the templates.';
