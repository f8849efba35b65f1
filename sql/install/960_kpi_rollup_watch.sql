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
	label text := CASE WHEN octet_length(store_schema) <= 40 THEN store_schema ELSE left(md5(store_schema), 16) END;
	s record;
	t record;
	e text;
BEGIN
	FOR t IN SELECT g.tgname, g.tgrelid::regclass AS relation FROM pg_trigger g JOIN pg_proc f ON f.oid = g.tgfoid
		JOIN pg_namespace n ON n.oid = f.pronamespace
		WHERE n.nspname = store_schema AND f.proname LIKE 'kpi\_touch\_%' AND NOT g.tgisinternal
	LOOP
		EXECUTE format('DROP TRIGGER %I ON %s', t.tgname, t.relation);
	END LOOP;
	FOR s IN SELECT DISTINCT split_part(k, '.', 1) AS relation FROM jsonb_object_keys(types) AS k
		WHERE k NOT LIKE 'unique %' ORDER BY 1
	LOOP
		EXECUTE format('SELECT %I.kpi_touch_function($1, $2, $3)', home) INTO e USING s.relation, types, store_schema;
		-- not OR REPLACE: a function that somebody else put there would stay theirs, to be changed later
		IF to_regprocedure(format('%I.%I()', store_schema, 'kpi_touch_' || s.relation)) IS NOT NULL THEN
			EXECUTE format('DROP FUNCTION %I.%I()', store_schema, 'kpi_touch_' || s.relation);
		END IF;
		EXECUTE format('CREATE FUNCTION %I.%I() RETURNS trigger LANGUAGE %s '
			'SET search_path = pg_catalog, pg_temp AS %L', store_schema, 'kpi_touch_' || s.relation, 'plpgsql', e);
		EXECUTE format('COMMENT ON FUNCTION %I.%I() IS %L', store_schema, 'kpi_touch_' || s.relation,
			format('Notes changes of %s for the rollup.', s.relation));
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
				EXECUTE format('CREATE TRIGGER %I AFTER %s ON %s%s FOR EACH STATEMENT EXECUTE FUNCTION %I.%I()',
					concat('kpi_rollup_', label, '_', lower(e)), e, t.relation,
					CASE WHEN e <> 'TRUNCATE' THEN concat(' REFERENCING', CASE WHEN e IN ('UPDATE', 'DELETE')
						THEN ' OLD TABLE AS old_rows' END,
						CASE WHEN e IN ('INSERT', 'UPDATE') THEN ' NEW TABLE AS new_rows' END) END,
					store_schema, 'kpi_touch_' || s.relation);
			END LOOP;
			watched := watched + 1;
		END LOOP;
	END LOOP;
	RETURN watched;
END $$;
COMMENT ON FUNCTION kpi_rollup_watch(text, text, jsonb) IS
'Makes the triggers by which the sources note their changes in the log of a rollup, on tables and their partitions, and returns the number of tables.';
