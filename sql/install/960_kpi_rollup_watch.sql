#since 0.2.0
-- live: puts the triggers on the sources

CREATE FUNCTION kpi_rollup_watch(store_schema text, source_schema text, types jsonb) RETURNS integer
LANGUAGE plpgsql STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	watched integer := 0;
	arguments text;
	label text;
	s record;
	t record;
	e text;
BEGIN
	-- all go, also those of tables that are no sources any more; but who makes them need not own the tables
	FOR t IN EXECUTE format('SELECT g.* FROM %I.kpi_rollup_triggers($1) AS g JOIN pg_class r ON r.oid = g.relation
		WHERE g.ours AND pg_has_role(r.relowner, ''USAGE'')', home) USING store_schema
	LOOP
		EXECUTE format('DROP TRIGGER %I ON %s', t.name, t.relation);
	END LOOP;
	FOR s IN SELECT DISTINCT split_part(k, '.', 1) AS relation FROM jsonb_object_keys(types) AS k
		WHERE k NOT LIKE 'unique %' ORDER BY 1
	LOOP
		EXECUTE format('SELECT %I.kpi_touch_arguments($1, $2)', home) INTO arguments USING s.relation, types;
		FOR t IN
			WITH RECURSIVE r AS (
				SELECT c.oid, c.relkind FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
				WHERE n.nspname = source_schema AND c.relname = s.relation
				UNION
				SELECT c.oid, c.relkind FROM r JOIN pg_inherits i ON i.inhparent = r.oid JOIN pg_class c
					ON c.oid = i.inhrelid
			)
			SELECT r.oid::regclass AS relation, r.relkind FROM r ORDER BY r.oid
		LOOP
			IF t.relkind NOT IN ('r', 'p') THEN
				RAISE NOTICE '% has no triggers, as it is no table: call touch_kpi_rollup(%, %, ...) after it changes',
					t.relation, quote_literal(store_schema), quote_literal(s.relation);
				CONTINUE;
			END IF;
			FOREACH e IN ARRAY '{INSERT,UPDATE,DELETE,TRUNCATE}'::text[] LOOP
				EXECUTE format('SELECT %I.kpi_rollup_trigger($1, $2)', home) INTO label USING store_schema, e;
				EXECUTE format('CREATE OR REPLACE TRIGGER %I AFTER %s ON %s%s FOR EACH STATEMENT
					EXECUTE FUNCTION %I.kpi_touch(%L, %s)', label, e, t.relation,
					CASE WHEN e <> 'TRUNCATE' THEN concat(' REFERENCING', CASE WHEN e IN ('UPDATE', 'DELETE')
						THEN ' OLD TABLE AS old_rows' END,
						CASE WHEN e IN ('INSERT', 'UPDATE') THEN ' NEW TABLE AS new_rows' END) END,
					home, store_schema, arguments);
			END LOOP;
			watched := watched + 1;
		END LOOP;
	END LOOP;
	RETURN watched;
END $$;
COMMENT ON FUNCTION kpi_rollup_watch(text, text, jsonb) IS
'Makes the triggers by which the sources note their changes in the log of a rollup, on tables and their partitions, and returns the number of tables.';
