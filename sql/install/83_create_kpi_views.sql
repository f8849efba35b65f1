#since 0.2.0
-- kpi_views: makes the views, or makes them again

CREATE FUNCTION create_kpi_views(
	target_schema text, source_schema text DEFAULT 'public', period text DEFAULT 'month',
	timezone text DEFAULT 'UTC', as_of timestamptz DEFAULT NULL
) RETURNS integer
LANGUAGE plpgsql PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO' SET timezone = 'UTC'
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	made integer := 0;
	v record;
	c record;
	known text[];
BEGIN
	IF target_schema IS NULL OR source_schema IS NULL OR period IS NULL OR timezone IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'null_value_not_allowed',
			MESSAGE = 'target_schema, source_schema, period and timezone must not be NULL';
	END IF;
	IF NOT EXISTS (SELECT FROM pg_namespace n WHERE n.nspname = target_schema) THEN
		EXECUTE format('CREATE SCHEMA %I', target_schema);
	END IF;
	FOR v IN EXECUTE format($query$
		SELECT w.view, w.description, q.query, q.missing, q.kpis, r.oid AS relation,
			r.relkind = 'v' AND obj_description(r.oid, 'pg_class')
				LIKE '%%Made by create_kpi_views of recovery_kpi.' AS is_ours,
			r.relowner::regrole AS owner, r.relowner <> u.oid AND u.rolsuper AS is_foreign
		FROM %1$I.kpi_view w CROSS JOIN LATERAL %1$I.kpi_view_query(w.view, $1, $2, $3, $4) q
			LEFT JOIN (pg_class r JOIN pg_namespace n ON n.oid = r.relnamespace AND n.nspname = $5)
				ON r.relname = w.view
			JOIN pg_roles u ON u.rolname = current_user
		ORDER BY w.ordinal$query$, home) USING source_schema, period, timezone, as_of, target_schema
	LOOP
		known := v.kpis;
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
		EXECUTE format('CREATE OR REPLACE VIEW %I.%I WITH (security_invoker = true) AS %s',
			target_schema, v.view, v.query);
		EXECUTE format('COMMENT ON VIEW %I.%I IS %L', target_schema, v.view,
			format('%s Period: %s, time zone: %s, as of %s, '
				'sources in schema %I. Made by create_kpi_views of recovery_kpi.',
				v.description, period, timezone, coalesce(as_of::text, 'now()'), source_schema));
		FOR c IN EXECUTE format($query$
			SELECT a.attname, m.meaning FROM pg_attribute a
				JOIN LATERAL (SELECT k.meaning FROM %I.kpi_view_column k
					WHERE k.column_name = a.attname AND k.view IN ($1, '*') ORDER BY k.view = '*' LIMIT 1) AS m ON true
			WHERE a.attrelid = $2 AND a.attnum > 0$query$, home)
			USING v.view, format('%I.%I', target_schema, v.view)::regclass
		LOOP
			EXECUTE format('COMMENT ON COLUMN %I.%I.%I IS %L', target_schema, v.view, c.attname, c.meaning);
		END LOOP;
		made := made + 1;
	END LOOP;
	FOR c IN EXECUTE format('SELECT d.kpi, array_to_string(d.needs, '', '') AS needs FROM %I.kpi_definition d
		WHERE d.kpi <> ALL ($1) ORDER BY d.ordinal', home) USING known
	LOOP
		RAISE NOTICE 'KPI % is left out: it needs %', c.kpi, c.needs;
	END LOOP;
	RETURN made;
END $$;
COMMENT ON FUNCTION create_kpi_views(text, text, text, text, timestamptz) IS
'Makes the views for BI tools in target_schema, which it creates if needed. It reads recovery_case, survey_response and, if they exist, customer, purchase and referral in source_schema; or else a table kpi_summary there. Returns the number of views; notices name the views and KPIs that are left out and the columns they need. period: day, week, month, quarter, half or year. timezone: a full name of pg_timezone_names. as_of: the time up to which the data are complete; NULL means now(). Run it again at any time: views are replaced, grants stay. The function runs with the rights of its caller, and the views with the rights of their reader. Errors: 3F000, 42P01, 42703 a missing schema, relation or column; 42804 a column of the wrong type; 42P07 a relation with the name of a view that was not made by create_kpi_views; 42501 a superuser, and a view that belongs to another role; 22023 an unknown period or time zone, or an infinite as_of; 22004 a NULL argument other than as_of.';
