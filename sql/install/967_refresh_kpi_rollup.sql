#since 0.2.0
-- live: renews the days that were touched
--
-- What is taken off the log and which days that touches is of one snapshot.  The days are computed
-- from that snapshot or from later ones: a change that commits in between leaves an entry of its
-- own.  Two refreshes follow one another; readers of the store and writers of the sources go on.
-- With most_days a call does the latest of these days and notes the others in unbuilt, so that the
-- first build, or a large one, can be done in several transactions.

CREATE FUNCTION refresh_kpi_rollup(store_schema text, most_days integer DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on SET jit = off
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	here text := quote_ident(store_schema);
	settings jsonb;
	plan jsonb;
	kpis jsonb;
	sources text;
	stale text;
	taken record;
	scanned text;
	future text;
	f record;
	started timestamptz;
	building boolean;
	stored bigint;
	written bigint;
	most integer;
	days datemultirange;
	part record;
	rest datemultirange;
	unbuilt jsonb;
	renewed datemultirange := '{}';
BEGIN
	IF store_schema IS NULL THEN
		RETURN NULL;
	ELSIF most_days < 1 THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('most_days must be at least 1, not %s', most_days),
			HINT = 'Leave it out to renew all days at once.';
	END IF;
	EXECUTE format('SELECT %I.kpi_rollup_settings($1)', home) INTO settings USING store_schema;
	EXECUTE format('LOCK TABLE %s.kpi_cell IN SHARE ROW EXCLUSIVE MODE', here);
	EXECUTE format('SELECT to_jsonb(t) FROM %s.kpi_rollup AS t WHERE t.plan = $1', here) INTO STRICT settings
		USING settings -> 'plan';
	-- a refresh that began later has done all that this one was to do; and what came in between, which it has taken
	-- off the log, would not count from here
	IF now() < (settings ->> 'stored_at')::timestamptz THEN
		RETURN 0;
	END IF;
	plan := settings -> 'plan' || jsonb_build_object('edition', settings ->> 'edition');
	EXECUTE format('SELECT %1$I.kpi_rollup_kpis($1), %1$I.kpi_every_query($1), %1$I.kpi_stale_query($1, $2,
		''month'')', home)
		INTO kpis, sources, stale USING plan, store_schema;

	-- months that are over for long enough are stored as months from now on
	EXECUTE format('WITH k AS (SELECT t.months_before AS old, date_trunc(''month'', now() AT TIME ZONE t.timezone
				- ''31 days''::interval)::date AS new FROM %1$s.kpi_rollup AS t),
			u AS (UPDATE %1$s.kpi_rollup AS t SET months_before = k.new FROM k WHERE k.new > k.old)
		INSERT INTO %1$s.kpi_moving SELECT f.family, m.at::date, ''-infinity'' FROM k CROSS JOIN
			generate_series(k.old::timestamp, k.new - ''1 day''::interval, ''1 month'') AS m (at)
			CROSS JOIN unnest(''{case,answer,contact,invitation}''::text[]) AS f (family) WHERE k.new > k.old', here);

	-- a row whose time has not come stays in the log, as it will count without a write
	EXECUTE format('WITH %s%s, gone AS (DELETE FROM %s.kpi_touched AS l WHERE l.many OR NOT l.kept
			OR NOT EXISTS (SELECT FROM unnest(l.times) AS t (at) WHERE t.at > now())
			RETURNING l.relation, l.many, l.kept)
		SELECT (SELECT jsonb_agg(s ORDER BY s.family) FROM stale AS s) AS families,
			ARRAY(SELECT DISTINCT g.relation FROM gone AS g WHERE g.many AND g.kept) AS relations',
			CASE WHEN NOT (plan ->> 'distributed')::boolean THEN sources || ', ' END, stale, here)
		INTO taken;
	FOREACH scanned IN ARRAY taken.relations LOOP
		EXECUTE format('SELECT %I.kpi_future_query($1, $2)', home) INTO future USING scanned, store_schema;
		IF future IS NOT NULL AND NOT (plan ->> 'distributed')::boolean THEN
			EXECUTE concat('WITH ', sources, ' ', future);
		END IF;
	END LOOP;

	building := settings ->> 'stored_at' IS NULL OR settings ->> 'unbuilt' IS NOT NULL;
	FOR f IN SELECT s.family, s.days, s.spans FROM jsonb_to_recordset(taken.families)
		AS s (family text, days datemultirange, spans tstzmultirange)
	LOOP
		started := clock_timestamp();
		stored := 0;
		most := least(most_days, 1000000);
		rest := f.days;
		LOOP
			IF most IS NULL THEN
				SELECT f.days AS slice, f.spans AS spans, '{}'::datemultirange AS later INTO part;
			ELSE
				EXECUTE format('SELECT s.* FROM %I.kpi_rollup_slice($1, $2, (SELECT t.months_before FROM %s.kpi_rollup
					AS t), $3) AS s', home, here) INTO part USING rest::text, most, settings ->> 'timezone';
			END IF;
			EXECUTE format('SELECT s.stored, s.renewed FROM %I.kpi_rollup_store($1, $2, $3, $4, $5, $6) AS s', home)
				INTO written, days USING store_schema, plan, kpis, f.family, part.slice::text, part.spans::text;
			stored := stored + coalesce(written, 0);
			renewed := renewed + coalesce(days, '{}');
			rest := part.later;
			-- days without rows cost little: all days begin in 1970
			EXIT WHEN rest = '{}' OR days <> '{}';
			most := most * 2;
		END LOOP;
		IF rest <> '{}' THEN
			unbuilt := coalesce(unbuilt, '{}') || jsonb_build_object(f.family, rest::text);
		END IF;
		IF building THEN
			RAISE NOTICE '%: % rows in % ms%', f.family, stored,
				round(extract(epoch FROM clock_timestamp() - started) * 1000),
				coalesce(', days before ' || upper(rest) || ' are left', '');
		END IF;
	END LOOP;
	EXECUTE format('UPDATE %s.kpi_rollup SET stored_at = now(), unbuilt = $1', here) USING unbuilt;
	IF building THEN		-- the queries of the views are planned by what is there
		EXECUTE format('ANALYZE %1$s.kpi_cell, %1$s.kpi_month_cell, %1$s.kpi_waiting, %1$s.kpi_customer_cell, '
			'%1$s.kpi_spent_cell',
			here);
	END IF;
	RETURN (SELECT coalesce(sum(upper(r.day) - lower(r.day)), 0) FROM unnest(renewed) AS r (day));
END $$;
COMMENT ON FUNCTION refresh_kpi_rollup(text, integer) IS
'Computes the days of a rollup that were touched since the last time, and those that time has changed, and returns their number. The first time it computes all, and notices tell how long each family took; if it is cancelled, nothing is stored, and the figures are right all the same. With most_days it computes the latest of these days, about so many of each family, and the next call goes on: so a first build can be done in several transactions, and what they committed stays. Call it every minute or so, from pg_cron or any scheduler; two calls follow one another, and neither readers nor writers wait. In a transaction that began before the latest refresh it does nothing and returns 0. Errors: 22023 most_days below 1; 42P01 there is no rollup; 42501 a superuser, and a rollup or sources of another role; 55000 the sources or the KPIs have changed since the rollup was made.';
