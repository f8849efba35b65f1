#since 0.2.0
-- kpi_views: what stands for the names in the templates, for one set of sources and arguments

CREATE FUNCTION kpi_plan(
	source_schema text, period text, timezone text, as_of timestamptz, dimensions text[],
	calendar business_calendar, begins integer
) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET datestyle = 'ISO' SET timezone = 'UTC' SET extra_float_digits = 1
SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	here text := quote_ident(home);
	types jsonb;				-- 'relation.column': its type
	named jsonb;				-- 'relation.column': its type, for dimensions
	columns text[];
	listed boolean;				-- periods come from a table
	distributed boolean;			-- by Citus
	repeats text;				-- is there a duplicate?
	repeats_join text;
	as_of_sql text;
	date_head text;				-- around a time: the first day of its period
	date_tail text;
	unit_length text;
	drivers text[];
	missing text;
	names jsonb;
	kpis jsonb;
BEGIN
	IF NOT isfinite(as_of) THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value',
			MESSAGE = format('as_of %s is not a finite time', as_of),
			HINT = 'Give the time up to which the data are complete, or NULL for now().';
	END IF;
	-- a name is that of a zone, as in period_start; AT TIME ZONE takes these for abbreviations with a
	-- fixed offset, so it gets the places that the time zone data have for them
	timezone := coalesce(('{"CET": "Europe/Brussels", "EET": "Europe/Athens", "MET": "Europe/Brussels",
		"WET": "Europe/Lisbon"}'::jsonb) ->> upper(timezone), timezone);
	EXECUTE format('SELECT %I.kpi_source_types($1)', home) INTO types USING source_schema;
	columns := ARRAY(SELECT jsonb_object_keys(types));

	EXECUTE format('SELECT %1$I.kpi_period_table($1, $2), %1$I.kpi_source_distributed($1)', home)
		INTO listed, distributed USING source_schema, period;
	-- Citus refuses a condition without columns beside an outer join that the planner leaves out, as it
	-- does if none of its columns is asked for
	repeats := CASE WHEN distributed THEN 'd.there' ELSE '(SELECT d.there FROM @repeated AS d)' END;
	repeats_join := CASE WHEN distributed THEN ' CROSS JOIN @repeated AS d' ELSE '' END;
	period := CASE WHEN listed THEN period ELSE lower(period) END;
	date_head := format('%s.period_start(%L::text, ', here, CASE WHEN listed THEN 'day' ELSE period END);
	date_tail := format(', %L::text%s)', timezone, ', ' || CASE WHEN NOT listed THEN begins END);
	EXECUTE format('SELECT %s$1%s', date_head, date_tail) USING '2000-01-01 00:00Z'::timestamptz;
	unit_length := CASE WHEN NOT listed THEN CASE period WHEN 'week' THEN '7 days' WHEN 'quarter' THEN '3 months'
		WHEN 'half' THEN '6 months' ELSE '1 ' || period END END;
	as_of_sql := coalesce(quote_literal(as_of) || '::timestamptz', 'pg_catalog.now()');

	EXECUTE format('SELECT %I.kpi_dimension_types($1, $2)', home) INTO named USING source_schema, dimensions;
	drivers := ARRAY(SELECT d FROM unnest('{speed,effectiveness,compensation_value}'::text[]) d
		WHERE 'survey_response.' || d = ANY (columns));

	names := jsonb_build_object('home', here, 'period', quote_literal(period) || '::text',
		'timezone', quote_literal(timezone) || '::text', 'as_of', as_of_sql,
		'earliest', '''1970-01-01 00:00:00+00''::timestamptz',
		-- times more than a day in the future are not believed; a time in parentheses is computed once
		'latest', '(SELECT pg_catalog.now() + ''24:00:00''::interval)',
		'known', CASE WHEN as_of > now() THEN concat('(SELECT least(', as_of_sql,
			', pg_catalog.now() + ''24:00:00''::interval))') ELSE as_of_sql END,
		-- up to here a rollup stores what will be judged if nobody writes
		'ahead', concat('(', as_of_sql, ' + ''25:00:00''::interval)'),
		'half_year_ago', concat('(', as_of_sql, ' - ''4320:00:00''::interval)'),
		'month', '''720:00:00''::interval', 'fortnight', '''336:00:00''::interval',
		'season', '''2880:00:00''::interval',
		-- keeps the expressions of a subquery in it: each is computed once, and the planner expects
		-- few groups; otherwise it would expect a group for each moment, and sort.  In quotes the 0
		-- is a constant from the start; otherwise there would be no parallel plan.  Citus would fetch
		-- every row of such a subquery
		'fence', CASE WHEN distributed THEN '' ELSE 'OFFSET ''0''' END,
		-- keeps facts from being read before they are compared with their KPI: the row counts that Citus
		-- guesses led the planner to read those of all KPIs as each KPI's kind
		'figure_fence', CASE WHEN distributed THEN 'OFFSET ''0''' ELSE '' END,
		'date_head', date_head, 'date_tail', date_tail,
		'discount', CASE WHEN listed
			THEN '(power(1.01::double precision, (m.period_end - m.period_start) * 12 / 365.25::double precision) - 1)'
			ELSE format('%L::double precision', power(1.01::double precision, CASE period WHEN 'day' THEN 12 / 365.25
				WHEN 'week' THEN 84 / 365.25 WHEN 'quarter' THEN 3 WHEN 'half' THEN 6 WHEN 'year' THEN 12
				ELSE 1 END) - 1) END,
		'drivers', (SELECT string_agg('r.' || d, ', ') FROM unnest(drivers) d),
		'driver_names', quote_literal(drivers) || '::text[]')
	|| jsonb_build_object(
		'joined_date', concat(date_head, 'c.joined_at', date_tail), 'left_date', concat(date_head, 'c.left_at',
			date_tail),
		'purchase_date', concat(date_head, 'p.purchased_at', date_tail),
		'checked_date', concat(date_head, 't.responded_at', date_tail),
		-- the latest complete period, or four weeks
		'last_from', CASE WHEN listed THEN concat('(', as_of_sql, ' - ''672:00:00''::interval)')
			ELSE concat('((', date_head, as_of_sql, date_tail, ' - ', quote_literal(unit_length),
				'::interval)::timestamp AT TIME ZONE ', quote_literal(timezone), '::text)') END,
		'last_date', CASE WHEN listed THEN '''of four weeks''' ELSE concat('(', date_head, as_of_sql, date_tail, ' - ',
			quote_literal(unit_length), '::interval)::date') END,
		'last_until', CASE WHEN listed THEN as_of_sql ELSE concat('(', date_head, as_of_sql, date_tail,
			'::timestamp AT TIME ZONE ', quote_literal(timezone), '::text)') END,
		'no_reopened', (NOT types ? 'recovery_case.reopened_at')::text,
		'status_role', CASE WHEN types ? 'kpi_status_role.role' THEN 'kpi_status_role'
			ELSE '(SELECT v.role AS status, v.role
				FROM unnest(''{new,open,pending,hold,solved}''::text[]) AS v (role))' END,
		'answer_date', concat(date_head, 'a.responded_at', date_tail),
		'in_period', CASE WHEN listed THEN 'c.at < p.period_end
			AND c.at >= CASE WHEN k.kind = ''level'' THEN p.previous_end ELSE p.period_start END'
			ELSE 'p.period_start = c.at' END,
		'date_in_period', CASE WHEN listed THEN 'c.at >= p.period_start AND c.at < p.period_end'
			ELSE 'p.period_start = c.at' END,
		'listed_periods', CASE WHEN listed THEN format('SELECT t.period_start, CASE WHEN bool_or(t.period_end = t.next)
				OVER () THEN t.period_end ELSE t.period_end + 1 END AS period_end
			FROM (SELECT d.period_start::date AS period_start, d.period_end::date AS period_end,
				lead(d.period_start::date) OVER (ORDER BY d.period_start) AS next FROM %I.%I AS d) AS t
			WHERE t.period_start <= ', source_schema, period) END,
		-- a period that begins with as_of has nothing yet, but what is of that moment
		'last_period', concat(date_head, as_of_sql, ' - ''00:00:00.000001''::interval', date_tail), 'length', quote_literal(unit_length) || '::interval',
		-- read straight from the table the planner knows it, and may read it in parallel
		'case_how', CASE WHEN types ? 'unique recovery_case.case_id' THEN 'NOT MATERIALIZED' ELSE 'MATERIALIZED' END,
		'each_case', CASE WHEN types ? 'unique recovery_case.case_id' THEN 'recovery_case'
			ELSE '(SELECT c.case_id, min(c.opened_at) AS opened_at, min(c.resolved_at) AS resolved_at
				FROM recovery_case AS c WHERE c.case_id IS NOT NULL GROUP BY c.case_id)' END,
		'case_rows', CASE WHEN types ? 'unique recovery_case.case_id' THEN 'recovery_case'
			ELSE replace(format('(SELECT c.* FROM recovery_case AS c%1$s WHERE NOT %2$s
		UNION ALL (SELECT DISTINCT ON (c.case_id) c.* FROM recovery_case AS c%1$s
			WHERE %2$s AND c.opened_at >= ''1970-01-01 00:00:00+00''::timestamptz
			ORDER BY c.case_id, c.opened_at, c.resolved_at, c.customer_id))', repeats_join, repeats),
				'@repeated', 'repeated_case') END,
		'answer_rows', CASE WHEN types ? 'unique survey_response.response_id' THEN 'survey_response'
			ELSE replace(format('(SELECT r.* FROM survey_response AS r%1$s WHERE NOT %2$s
		UNION ALL (SELECT DISTINCT ON (r.response_id) r.* FROM survey_response AS r%1$s
			WHERE %2$s
				AND r.responded_at <= least(%3$s, pg_catalog.now() + ''24:00:00''::interval)
			ORDER BY r.response_id, r.responded_at DESC, r.case_id, r.csat, r.nps, r.ces))', repeats_join, repeats,
				as_of_sql), '@repeated', 'repeated_answer') END,
		-- without an index that makes sure of it: is there a duplicate at all?  Only then rows are sorted
		'repeated_case', CASE WHEN types ? 'unique recovery_case.case_id' THEN ''
			ELSE 'repeated_case AS MATERIALIZED (SELECT EXISTS (SELECT 1 FROM recovery_case AS c
		WHERE c.case_id IS NOT NULL GROUP BY c.case_id HAVING count(*) > 1) AS there), ' END,
		'repeated_answer', CASE WHEN types ? 'unique survey_response.response_id' THEN ''
			ELSE 'repeated_answer AS MATERIALIZED (SELECT EXISTS (SELECT 1 FROM survey_response AS r
		WHERE r.response_id IS NOT NULL GROUP BY r.response_id HAVING count(*) > 1) AS there), ' END,
		'case_key', concat('l.case_id::', types ->> 'recovery_case.case_id'),
		'customer_key', concat('l.customer_id::', types ->> 'recovery_case.customer_id'),
		'queue_key', concat('c.case_id::', types ->> 'recovery_case.case_id'),
		'queue_customer', concat('c.customer_id::', types ->> 'recovery_case.customer_id'),
		'response_key', concat('l.response_id::', types ->> 'survey_response.response_id'),
		'response_customer', concat('l.customer_id::', coalesce(types ->> 'survey_response.customer_id', 'text')))
	|| (SELECT jsonb_object_agg(k.relation || '_repeats', (NOT types ? concat('unique ', k.relation, '.', k.key))::text)
		FROM (VALUES ('recovery_case', 'case_id'), ('survey_response', 'response_id'), ('customer', 'customer_id'),
			('survey_invitation', 'invitation_id')) AS k (relation, key))
	-- scores on their scales; whole numbers need no look at their fractions
	|| (SELECT jsonb_object_agg(s.name || '_valid', concat('r.', s.name, ' >= ', s.least, ' AND r.', s.name, ' <= ',
			s.most, CASE WHEN types ->> ('survey_response.' || s.name) IN ('smallint', 'integer') THEN ''
				ELSE format(' AND r.%1$s = floor(r.%1$s)', s.name) END))
		FROM (VALUES ('csat', 1, 5), ('nps', 0, 10), ('ces', 1, 7)) AS s (name, least, most));
	EXECUTE format('SELECT $1 || %I.kpi_clock_names($1, $2, $3, $4)', home) INTO names USING names, types, calendar,
		timezone;

	-- the KPIs that the sources allow, with their aggregates
	EXECUTE format('SELECT %I.kpi_plan_kpis($1, $2)', home) INTO kpis USING names, columns;

	RETURN jsonb_build_object('home', home, 'source', source_schema, 'names', names, 'types', types, 'listed', listed,
		'distributed', distributed, 'dimensions', named, 'kpis', kpis);
END $$;
COMMENT ON FUNCTION kpi_plan(text, text, text, timestamptz, text[], business_calendar, integer) IS
'What create_kpi_views makes views from: names for the templates, types of the source columns, dimensions, and the KPIs that the sources allow with their aggregates. Errors as in create_kpi_views.';
