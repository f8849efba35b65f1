#since 0.2.0
-- live: what a writer does

-- The function that the triggers of one source call.  It runs as the writer, who needs no more
-- than INSERT on the log, and does no more than to note the keys and times of the rows that were
-- changed, old and new.  Statements of more than 200 rows note the days alone.  It must not fail
-- whatever the rows hold: no time is converted here.
CREATE FUNCTION kpi_touch_function(relation text, types jsonb, store_schema text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	log text := concat(quote_ident(store_schema), '.kpi_touched');
	key_names text[] := ARRAY(SELECT k FROM unnest('{case_id,customer_id,response_id,invitation_id}'::text[]) k
		WHERE types ? (relation || '.' || k));
	time_names text[] := ARRAY(SELECT format('r.%I::timestamptz', t) FROM unnest(
		'{opened_at,resolved_at,first_response_at,responded_at,joined_at,purchased_at,referred_at,at,sent_at,contacted_at}'
			::text[]) WITH ORDINALITY AS n (t, place)
		WHERE types ? (relation || '.' || t) ORDER BY place);
	due text := CASE WHEN types ? (relation || '.promised_by') THEN 'r.promised_by::timestamptz'
		ELSE 'NULL::timestamptz' END;
	resolved boolean := types ? (relation || '.resolved_at');
	times text;
	future text;
	keyed text;
	grouped text;
	touched text := '';
	e record;
BEGIN
	IF relation = 'recovery_case' THEN		-- the second is always the resolution
		time_names := time_names[1:1] || CASE WHEN resolved THEN time_names[2:2] ELSE '{NULL::timestamptz}'::text[] END
			|| time_names[CASE WHEN resolved THEN 3 ELSE 2 END:];
	END IF;
	times := array_to_string(time_names, ', ');
	future := format('coalesce(greatest(%s) > now(), false)', times);
	keyed := format('INSERT INTO %s (relation, many, kept, %s times, due) SELECT %L, false, @kept, %s ARRAY[%s], %s '
		'FROM @rows AS r', log, (SELECT string_agg(quote_ident(k) || ', ', '') FROM unnest(key_names) k), relation,
		(SELECT string_agg(format('r.%I, ', k), '') FROM unnest(key_names) k), times, due);
	grouped := format('INSERT INTO %s (relation, many, kept, times) SELECT %L, true, false, ARRAY[min(d.since),
		max(d.until)] '
		'FROM @rows AS r CROSS JOIN LATERAL (SELECT %s AS since, greatest(%s) AS until) AS d '
		'WHERE NOT %s AND d.since >= ''1970-01-01 00:00:00+00'' GROUP BY date_bin(''24:00:00'', d.since,
			''2000-01-01 00:00Z'')',
		log, relation, time_names[1], concat_ws(', ', time_names[1], CASE WHEN relation = 'recovery_case'
			THEN concat(time_names[2], ', CASE WHEN ', due, ' <= now() THEN ', due, ' END') END), future);
	IF relation <> 'kpi_status_role' THEN
		FOR e IN SELECT * FROM (VALUES ('INSERT', '{new_rows}'::text[]), ('UPDATE', '{old_rows,new_rows}'),
			('DELETE', '{old_rows}')) AS v (event, tables)
		LOOP
			touched := concat(touched, '	ELSIF TG_OP = ', quote_literal(e.event), ' THEN
		IF (SELECT count(*) FROM (SELECT FROM ', e.tables[1], ' LIMIT 201) AS r) <= 200 THEN
			', (SELECT string_agg(replace(replace(keyed, '@rows', t), '@kept', (t = 'new_rows')::text) || ';', '
			') FROM unnest(e.tables) t), '
		ELSE
			', (SELECT string_agg(concat(replace(grouped, '@rows', t), ';
			', replace(replace(keyed, '@rows', t), '@kept', (t = 'new_rows')::text), ' WHERE ', future, ';'), '
			') FROM unnest(e.tables) t), '
		END IF;
');
		END LOOP;
	END IF;
	RETURN format('
BEGIN
	IF TG_OP = ''TRUNCATE''%s THEN
		INSERT INTO %s (relation, many, kept, times) VALUES (%L, true, false, ''{-infinity,infinity}'');
%s	END IF;
	RETURN NULL;
END ', CASE WHEN relation = 'kpi_status_role' THEN ' OR true' END, log, relation, touched);
END $$;
COMMENT ON FUNCTION kpi_touch_function(text, jsonb, text) IS
'The body of the trigger function that notes changes of a source, with these types of kpi_source_types, in the log of a rollup.';
