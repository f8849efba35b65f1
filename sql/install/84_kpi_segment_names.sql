#since 0.2.0
-- kpi_views: the names of templates that depend on whether a view has dimensions

CREATE FUNCTION kpi_segment_names(plan jsonb, kpis jsonb, segmented boolean) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	names jsonb := plan -> 'names';
	of_customers text;			-- the KPIs of customers, which have no segments
	first_period text := '(SELECT min(c.at) FROM cell AS c)';
	last_period text := ', (SELECT max(c.at) FROM cell AS c)';
BEGIN
	SELECT string_agg(format('(%L::text, %s, %s, %s)', d.kpi, d.answers, coalesce(d.total, 'NULL::numeric'),
			CASE WHEN d.left_out = 'false' THEN '0::bigint' ELSE d.left_out END),
				', ' ORDER BY d.ordinal) INTO of_customers
		FROM jsonb_to_recordset(kpis) AS d (kpi text, ordinal integer, list text, answers text, total text,
			left_out text)
		WHERE d.list = 'customer_period' AND NOT segmented;
	IF NOT segmented THEN
		first_period := concat('coalesce(', first_period, ', (SELECT min(c.joined) FROM customer_cell AS c))');
	END IF;
	IF of_customers IS NOT NULL THEN
		last_period := concat(last_period, ', (SELECT greatest(max(c.joined), max(c.until)) FROM customer_cell AS c)',
			', (SELECT max(c.at) FROM spent_cell AS c)');
	END IF;
	last_period := concat('greatest(', names ->> 'last_period', last_period, ')');
	RETURN (SELECT jsonb_build_object(
			'case_dimensions', coalesce(string_agg(format(', c.dimension_%s', d.place), '' ORDER BY d.place), ''),
			'queue_dimensions', coalesce(string_agg(format(', c.dimension_%s AS %I', d.place,
				d.dimension ->> 'name'), ''
				ORDER BY d.place), ''),
			'listed_dimensions', coalesce(string_agg(format(', a.dimension_%s', d.place), '' ORDER BY d.place), ''),
			'answer_dimensions', coalesce(string_agg(
				format(', coalesce(r.dimension_%1$s, c.dimension_%1$s) AS dimension_%1$s',
					d.place), '' ORDER BY d.place), ''),
			'dimension_names', coalesce(string_agg(format(', l.dimension_%s AS %I', d.place, d.dimension ->> 'name'), ''
				ORDER BY d.place), ''),
			'segments', CASE WHEN count(*) = 0 THEN '(VALUES (NULL::text, NULL::text))' ELSE concat(
				'(SELECT g.dimension, g.segment FROM (VALUES ', string_agg(format('(%L::text, c.dimension_%s, %s)',
					d.dimension ->> 'name', d.place,
						CASE WHEN d.dimension ? 'answer' THEN 'true' ELSE 'c.of_case' END), ', '
					ORDER BY d.place), ') AS g (dimension, segment, belongs) WHERE g.belongs)') END)
		FROM jsonb_array_elements(plan -> 'dimensions') WITH ORDINALITY AS d (dimension, place) WHERE segmented)
	|| jsonb_build_object(
		-- the case of an answer is looked up where its dimensions are asked for
		'of_case', CASE WHEN segmented THEN 'c.case_id IS NOT NULL' ELSE 'NULL::boolean' END,
		'answer_case', CASE WHEN segmented THEN 'LEFT JOIN complaint AS c ON c.case_id = r.case_id
			AND c.opened_at <= r.responded_at' ELSE '' END,
		'of_recovery', CASE WHEN segmented THEN 'WHERE a.of_case' ELSE 'JOIN complaint AS c ON c.case_id = a.about_case
			AND c.opened_at <= a.responded_at' END,
		-- where only cases have the dimensions, the others belong to no segment
		'belongs', CASE WHEN segmented AND NOT EXISTS (SELECT FROM jsonb_array_elements(plan -> 'dimensions') AS d
			WHERE d ? 'answer') THEN ' AND x.of_case' ELSE '' END,
		'kpis', quote_literal(ARRAY(SELECT d ->> 'kpi' FROM jsonb_array_elements(kpis) d)) || '::text[]',
		'periods', CASE WHEN (plan ->> 'listed')::boolean THEN concat('(', names ->> 'listed_periods', last_period, ')')
			ELSE concat('(SELECT g::date AS period_start, (g + ', names ->> 'length',
				')::date AS period_end FROM generate_series(',
				first_period, '::timestamp, ', last_period, '::timestamp, ', names ->> 'length', ') AS g)') END,
		'active', CASE WHEN segmented THEN 'NULL' ELSE 'c.active::double precision' END,
		'active_join', CASE WHEN segmented THEN ''
			ELSE 'LEFT JOIN customer_period AS c ON c.period_start = f.period_start' END,
		'customer_summary', CASE WHEN of_customers IS NULL THEN '' ELSE concat('
	UNION ALL
	SELECT k.kpi, l.period_start, NULL, NULL, k.left_out,
		ROW(k.answers, NULL, NULL, l.active::double precision, k.total, NULL)::', names ->> 'home', '.kpi_fact
	FROM customer_period AS l CROSS JOIN LATERAL (VALUES ', of_customers, ') AS k (kpi, answers, total,
		left_out)') END);
END $$;
COMMENT ON FUNCTION kpi_segment_names(jsonb, jsonb, boolean) IS
'The names of the templates of a view with these KPIs of kpi_plan that depend on whether it has dimensions.';
