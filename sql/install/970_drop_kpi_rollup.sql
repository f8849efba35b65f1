#since 0.2.0
-- live: drops a rollup

CREATE FUNCTION drop_kpi_rollup(store_schema text) RETURNS integer
LANGUAGE plpgsql STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	dropped integer := 0;
	o record;
BEGIN
	IF NOT EXISTS (SELECT FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
		WHERE n.nspname = store_schema AND r.relname = 'kpi_rollup' AND r.relkind = 'r'
			AND obj_description(r.oid, 'pg_class') LIKE '%Made by create_kpi_rollup of recovery_kpi.') THEN
		RETURN 0;
	END IF;
	-- triggers, indexes that no other rollup needs, then the tables
	FOR o IN EXECUTE format($query$
		WITH watch AS MATERIALIZED (
			SELECT t.relation, t.name, t.ours FROM %I.kpi_rollup_triggers($1) AS t JOIN pg_class r ON r.oid = t.relation
			WHERE pg_has_role(r.relowner, 'USAGE')
		)
		SELECT 1 AS step, format('DROP TRIGGER %%I ON %%s', w.name, w.relation) AS command FROM watch w WHERE w.ours
		UNION ALL SELECT DISTINCT 2, format('DROP INDEX %%s', i.indexrelid::regclass) FROM watch w
			JOIN pg_index i ON i.indrelid = w.relation JOIN pg_class c ON c.oid = i.indexrelid
			WHERE w.ours AND c.relname LIKE 'kpi\_rollup\_%%' AND pg_has_role(c.relowner, 'USAGE')
				AND NOT c.relispartition
				AND NOT EXISTS (SELECT FROM watch x WHERE x.relation = w.relation AND NOT x.ours)
		UNION ALL SELECT CASE r.relkind WHEN 'v' THEN 3 ELSE 4 END, format('DROP %%s %%s', CASE r.relkind WHEN 'v'
			THEN 'VIEW'
				ELSE 'TABLE' END, r.oid::regclass) FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
			WHERE n.nspname = $1 AND r.relkind IN ('r', 'v') AND r.relname IN ('kpi_rollup',
				'kpi_touched', 'kpi_cell',
				'kpi_month_cell', 'kpi_waiting', 'kpi_customer_cell', 'kpi_spent_cell', 'kpi_moving',
				'kpi_rollup_status', 'kpi_event', 'kpi_announced')
		ORDER BY 1, 2$query$, home) USING store_schema
	LOOP
		EXECUTE o.command;
		dropped := dropped + (o.step = 4)::integer;
	END LOOP;
	RETURN dropped;
END $$;
COMMENT ON FUNCTION drop_kpi_rollup(text) IS
'Drops the rollup in store_schema: its triggers and the indexes that it made on the sources, and its tables, whose number it returns. The schema and everything else stay. Error 2BP01: views read the rollup; drop_kpi_views drops them.';
