#since 0.2.0
-- live: puts what people should hear of into the outbox

CREATE FUNCTION announce_kpi_signals(view_schema text, store_schema text) RETURNS bigint
LANGUAGE plpgsql STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO' SET timezone = 'UTC' SET extra_float_digits = 1
SET standard_conforming_strings = on SET jit = off
AS $$
DECLARE
	is_super boolean := (SELECT u.rolsuper FROM pg_roles u WHERE u.rolname = current_user);
	pieces text[] := '{}';
	announced bigint;
	r record;
BEGIN
	FOR r IN SELECT c.oid::regclass AS relation, c.relowner FROM pg_class c JOIN pg_namespace n
		ON n.oid = c.relnamespace
		-- whatever it is: a partitioned table has triggers too
		WHERE is_super AND NOT pg_has_role(c.relowner, current_user, 'USAGE')
			AND (n.nspname = view_schema AND c.relname IN ('kpi_trend', 'kpi_scorecard', 'case_queue')
				OR n.nspname = store_schema AND c.relname IN ('kpi_event', 'kpi_announced'))
	LOOP
		RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
			MESSAGE = format('%s belongs to %s', r.relation, r.relowner::regrole),
			DETAIL = 'A superuser must not run what another role can change.',
			HINT = format('Do it as that role: SET ROLE %s.', r.relowner::regrole);
	END LOOP;
	IF to_regclass(format('%I.kpi_event', store_schema)) IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_table',
			MESSAGE = format('schema %I has no table kpi_event', store_schema),
			HINT = format('Make the rollup: SELECT create_kpi_rollup(%L, source_schema).', store_schema);
	END IF;
	-- figures of a KPI's latest complete period: a first call does not tell the whole past
	IF to_regclass(format('%I.kpi_trend', view_schema)) IS NOT NULL THEN
		pieces := pieces || format($piece$
			SELECT concat_ws(' ', 'signal', t.kpi, t.period_start, t.signal), 'signal', t.kpi, t.period_start,
				NULL::text,
				NULL::text, t.value, t.center, format('%%s of %%s: %%s is %%s (centre %%s)', t.kpi, t.period_start,
					round(t.value::numeric, 2), t.signal, round(t.center::numeric, 2))
			FROM (SELECT t.*, max(t.period_start) FILTER (WHERE t.complete) OVER (PARTITION BY t.kpi) AS latest
				FROM %I.kpi_trend AS t) AS t
			WHERE t.complete AND t.signal IS NOT NULL AND t.period_start = t.latest$piece$, view_schema);
	END IF;
	IF to_regclass(format('%I.kpi_scorecard', view_schema)) IS NOT NULL THEN
		pieces := pieces || format($piece$
			SELECT concat_ws(' ', 'target', s.kpi, s.period_start), 'target missed', s.kpi, s.period_start, NULL, NULL,
				s.value, s.target, format('%%s of %%s: %%s misses the target %%s%%s', s.kpi, s.period_start,
					round(s.value::numeric, 2), s.target, CASE WHEN s.sure IS NOT TRUE THEN ', within chance' END)
			FROM %I.kpi_scorecard AS s WHERE s.status = 'off target'$piece$, view_schema);
	END IF;
	IF to_regclass(format('%I.case_queue', view_schema)) IS NOT NULL THEN
		pieces := pieces || format($piece$
			SELECT concat_ws(' ', 'promise', q.case_id, q.due_at), 'promise overdue', NULL, NULL, q.case_id::text,
				q.customer_id::text, q.overdue_hours, NULL, format('case %%s of customer %%s: promised by %%s, '
					'overdue for %%s hours', q.case_id, q.customer_id, q.due_at, round(q.overdue_hours::numeric, 1))
			FROM %I.case_queue AS q WHERE q.overdue_hours > 0$piece$, view_schema);
	END IF;
	IF pieces = '{}' THEN
		RAISE EXCEPTION USING ERRCODE = 'undefined_table',
			MESSAGE = format('schema %I has none of the views kpi_trend, kpi_scorecard and case_queue', view_schema),
			HINT = format('Make them: SELECT create_kpi_views(%L, %L).', view_schema, store_schema);
	END IF;
	-- of two callers the second waits for the first at the key of kpi_announced
	EXECUTE format($query$
		WITH found (subject, kind, kpi, period_start, case_id, customer_id, value, reference,
			message) AS MATERIALIZED (%s),
		new AS (INSERT INTO %2$I.kpi_announced (subject, announced_at) SELECT DISTINCT f.subject, now() FROM found AS f
			ORDER BY f.subject ON CONFLICT (subject) DO NOTHING RETURNING subject),
		put AS (INSERT INTO %2$I.kpi_event (announced_at, kind, kpi, period_start, case_id, customer_id, value,
			reference,
				message)
			SELECT now(), f.kind, f.kpi, f.period_start, f.case_id, f.customer_id, f.value, f.reference, f.message
			FROM found AS f JOIN new AS n ON n.subject = f.subject ORDER BY f.subject RETURNING event_id)
		SELECT count(*) FROM put$query$, array_to_string(pieces, ' UNION ALL '), store_schema) INTO announced;
	IF announced > 0 THEN
		PERFORM pg_notify('recovery_kpi', store_schema);
	END IF;
	RETURN announced;
END $$;
COMMENT ON FUNCTION announce_kpi_signals(text, text) IS
'Puts what people should hear of into store_schema.kpi_event, each once, does NOTIFY recovery_kpi with the name of the schema if there was anything, and returns how many: a signal of kpi_trend and a missed target of kpi_scorecard in the latest complete period of a KPI, and each open case of case_queue whose promise is overdue. view_schema: the views of create_kpi_views, over a rollup or over the sources. Workers take events by DELETE ... RETURNING with FOR UPDATE SKIP LOCKED. Errors: 42P01 no such views, or no rollup; 42501 a superuser, and views or a store of another role.';
