#since 0.2.0
-- kpi_views: makes the views, or makes them again

CREATE FUNCTION create_kpi_views(
	target_schema text, source_schema text DEFAULT 'public', period text DEFAULT 'month',
	timezone text DEFAULT 'UTC', as_of timestamptz DEFAULT NULL, dimensions text[] DEFAULT NULL,
	calendar business_calendar DEFAULT NULL, begins integer DEFAULT NULL
) RETURNS integer
LANGUAGE plpgsql PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO' SET timezone = 'UTC'
SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	plan jsonb;
	made integer := 0;
	trusted boolean;
	checks text;				-- the query of source_check
	found jsonb;				-- its rows
	v record;
	c record;
BEGIN
	IF target_schema IS NULL OR source_schema IS NULL OR period IS NULL OR timezone IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
			MESSAGE = 'target_schema, source_schema, period and timezone must not be NULL';
	END IF;
	EXECUTE format('SELECT %I.kpi_rollup_plan($1, $2, $3, $4, $5, $6, $7)', home) INTO plan
		USING source_schema, period, timezone, as_of, dimensions, calendar, begins;
	EXECUTE format('SELECT %I.kpi_view_lock($1)', home) USING target_schema;
	IF NOT EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = target_schema) THEN
		EXECUTE format('CREATE SCHEMA %I', target_schema);
	END IF;
	FOR v IN EXECUTE format($query$
		SELECT w.view, w.description, q.query, q.missing, r.oid AS relation,
			r.relkind = 'v' AND obj_description(r.oid, 'pg_class')
				LIKE '%%Made by create_kpi_views of recovery_kpi.' AS is_ours,
			r.relowner::regrole AS owner, r.relowner <> u.oid AND u.rolsuper AS is_foreign
		FROM %1$I.kpi_view w CROSS JOIN LATERAL %1$I.kpi_view_query(w.view, $1) q
			LEFT JOIN (pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace AND n.nspname = $2)
				ON r.relname = w.view
			JOIN pg_roles u ON u.rolname = current_user
		ORDER BY w.ordinal$query$, home) USING plan, target_schema
	LOOP
		IF v.relation IS NOT NULL AND v.is_ours IS NOT TRUE THEN
			RAISE EXCEPTION USING ERRCODE = 'duplicate_table',
				MESSAGE = format('relation %I.%I exists and was not made by create_kpi_views', target_schema, v.view),
				HINT = 'Choose another target_schema, or drop or rename it.';
		ELSIF v.is_foreign THEN		-- the owner of a view can make its readers run any code, also later
			RAISE EXCEPTION USING ERRCODE = 'insufficient_privilege',
				MESSAGE = format('view %I.%I belongs to %s', target_schema, v.view, v.owner),
				DETAIL = 'A superuser must not make views that another role can change.',
				HINT = format('Make the views as that role (SET ROLE %s), or drop the view first.', v.owner);
		ELSIF v.query IS NULL THEN
			RAISE NOTICE '% is left out: it needs %', v.view, v.missing;
			IF v.relation IS NOT NULL THEN
				EXECUTE format('DROP VIEW %I.%I', target_schema, v.view);
			END IF;
			CONTINUE;
		END IF;
		EXECUTE format('SELECT %I.kpi_view_make($1, $2, $3, $4)', home) USING target_schema, v.view, v.query,
			format('%s Period: %s, time zone: %s, as of %s, '
				'sources in schema %I. Made by create_kpi_views of recovery_kpi.',
				v.description, period, timezone, coalesce(as_of::text, 'now()'), source_schema);
		IF plan ? 'rollup' THEN		-- a rollup is its owner's view of the sources
			EXECUTE format('ALTER VIEW %I.%I SET (security_invoker = false)', target_schema, v.view);
		END IF;
		made := made + 1;
		IF v.view = 'source_check' THEN
			checks := v.query;
		END IF;
	END LOOP;
	FOR c IN EXECUTE format('SELECT d.kpi, string_agg(replace(n, ''|'', '' or ''), '', '') AS needs
		FROM %I.kpi_definition d, unnest(d.needs) n WHERE NOT $1 ?| string_to_array(n, ''|'') GROUP BY d.kpi,
			d.ordinal ORDER BY d.ordinal', home) USING plan -> 'types'
	LOOP
		RAISE NOTICE 'KPI % is left out: it needs %', c.kpi, c.needs;
	END LOOP;
	EXECUTE format('SELECT %I.kpi_source_trusted($1)', home) INTO trusted USING plan ->> 'source';
	IF trusted THEN
		-- not by way of the view: the owner of its schema may have put another in its place
		EXECUTE format('SELECT jsonb_agg(f) FROM (%s) AS f', checks) INTO found;	-- in parallel, as no loop is
		FOR c IN SELECT f.* FROM jsonb_to_recordset(found) AS f (relation text, rule text, rows bigint, example text,
			effect text)
		LOOP
			RAISE NOTICE '%: % (% rows, such as %): %', c.relation, c.rule, c.rows, coalesce(c.example, 'NULL'),
				c.effect;
		END LOOP;
	ELSE
		RAISE NOTICE 'the sources belong to other roles and were not read: see the view source_check';
	END IF;
	RETURN made;
END $$;
COMMENT ON FUNCTION create_kpi_views(text, text, text, text, timestamptz, text[], business_calendar, integer) IS
'Makes the views for BI tools in target_schema, which it creates if needed, from the relations of kpi_source_column in source_schema. Returns the number of views; notices name the views and KPIs that are left out and the columns they need, and what is wrong in the sources. period: day, week, month, quarter, half or year, or a table of periods in source_schema (period_start and period_end, dates). timezone: a full name of pg_timezone_names. as_of: the time up to which the data are complete; NULL means now(). dimensions: columns of recovery_case or survey_response; NULL means channel, failure_type and compensation. calendar: the opening hours in which times are counted; NULL means around the clock. begins: the ISO weekday that weeks begin on, or the month that years begin in. Run it again at any time: views are replaced, grants stay. The function runs with the rights of its caller, and the views with the rights of their reader. Errors: 3F000, 42P01, 42703 a missing schema, relation or column; 42804 a column of the wrong type; 42P07 a relation with the name of a view that was not made by create_kpi_views; 42501 a superuser, and a view that belongs to another role; 22023 an unknown period or time zone, an infinite as_of, or a dimension twice; 22004 a NULL argument that must not be NULL.';
