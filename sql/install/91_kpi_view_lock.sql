#since 0.2.0
-- kpi_views: nobody waits for whom waits for them
--
-- Two sessions that make the same views follow one another.  Readers hold the views that they
-- read until their transaction ends, in any order; whoever waits for a reader with some of the
-- views already locked may be what the reader waits for.  So all views are locked at once, or
-- none: a lock that does not come soon lets go of the others.

CREATE FUNCTION kpi_view_lock(target_schema text) RETURNS void
LANGUAGE plpgsql STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	since timestamptz := clock_timestamp();
	setting text := current_setting('lock_timeout');
	patience interval := nullif(setting, '0')::interval;
	v record;
BEGIN
	PERFORM pg_advisory_xact_lock(hashtextextended('views of recovery_kpi in ' || target_schema, 0));
	LOOP
		BEGIN
			PERFORM set_config('lock_timeout', '50ms', true);
			FOR v IN SELECT r.oid::regclass AS relation FROM pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace
				WHERE n.nspname = target_schema AND r.relkind = 'v' AND pg_has_role(r.relowner, 'USAGE')
					AND obj_description(r.oid, 'pg_class') LIKE '%Made by create_kpi_views of recovery_kpi.'
				ORDER BY r.oid
			LOOP
				-- takes the lock, and changes nothing: LOCK TABLE would lock the sources too
				EXECUTE format('ALTER VIEW %s SET (security_invoker = true)', v.relation);
			END LOOP;
			PERFORM set_config('lock_timeout', setting, true);
			RETURN;
		EXCEPTION WHEN lock_not_available THEN
			IF clock_timestamp() > since + patience THEN
				RAISE;
			END IF;
		END;
		PERFORM pg_sleep(0.05);
	END LOOP;
END $$;
COMMENT ON FUNCTION kpi_view_lock(text) IS
'Locks the views of create_kpi_views in a schema until the transaction ends, without holding some of them while it waits for others. Error 55P03 after lock_timeout.';
