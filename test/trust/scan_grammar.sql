-- scan_grammar.sql: random queries, each with the scan and without it.

-- One of these words.
CREATE FUNCTION zoo_one_of(VARIADIC words text[]) RETURNS text LANGUAGE sql VOLATILE
RETURN words[1 + floor(random() * cardinality(words))::integer];

CREATE FUNCTION zoo_condition() RETURNS text LANGUAGE sql VOLATILE
RETURN zoo_one_of('s4 > 3', 't = ''web''', 't LIKE ''%o%''', 'tz >= ''2024-06-01''',
	'tz < now() - interval ''300 days''',
	'b % 3 = 0', 'yes', 'yes IS NULL', 'NOT rel', 'f > 1', 'u IS NOT NULL', 'a BETWEEN 1 AND 3', 'm = ''angry''',
	'c5 = 5 OR c7 < 3', 'b = (SELECT max(b) FROM zoo_one)', 'coalesce(w, 0) < 8',
	'd IN (''2024-02-01'', ''2024-03-04'')',
	'b < 0', 'length(v) > 5', 'c IS DISTINCT FROM 0', 'ts::date > ''2024-01-01''', 'false', 'b / nullif(a, 0) > 1',
	'n > 2',
	't <> ''web''', 't IN (''web'', ''a channel with a long name'', '''')', 'a = 0', 's2 <= 5', '3 < c5',
	't = current_setting(''application_name'')', 'd < current_date - 700', 'c <> 0', 'v = repeat(''x'', 9)',
	'a = nullif(a, a)', 'b = nullif(1, 1)', 'c5 IN (1, 5, NULL)', 'a = 1 / (SELECT 0)', 't > ''p''',
	'upper(t) = ''WEB''', 'random() < 2', 'b IN (SELECT a FROM zoo_one)', 's4 = ANY (ARRAY[1, 9, 10])');

CREATE FUNCTION zoo_key() RETURNS text LANGUAGE sql VOLATILE
RETURN zoo_one_of('a', 'b', 'c', 'ok', 'd', 'ts', 'tz', 'u', 'm', 't', 'v', 'ch', 'o', 'tm', 'w', 't', 'm', 'a',
	'period_start(''month'', tz, ''Europe/Berlin'')', 'period_start(''day'', tz, ''UTC'')',
	'period_start(''year'', d)',
	'period_start(''week'', d)', 'period_start(''quarter'', tz, ''America/St_Johns'')',
	'period_start(''month'', d, ''UTC'')',
	'n', 'f', 'lower(t)', 'b % 2', 'tz::date');

CREATE FUNCTION zoo_aggregate() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	call text := zoo_one_of('nps(s2)', 'nps(s4)', 'nps(s8)', 'nps(w)', 'nps_interval(s4)', 'nps_interval(s8)',
	'nps_tally(s2)',
		'nps_tally(s4)', 'nps_tally(s8)', 'csat(c5)', 'csat(c5::integer)', 'csat_tally(c5)', 'csat_interval(c5)',
		'crs(c5)',
		'crs(yes)', 'crs_interval(yes)', 'ces(c7)', 'ces_easy(c7)', 'ces_tally(c7)', 'ces_interval(c7)', 'rate(yes)',
		'rate_tally(ok)', 'resolution_rate(yes)', 'churn_rate(ok)', 'rate_interval(yes)', 'fcr(contacts)',
		'fcr_tally(contacts)',
		'repeat_rate(contacts - 1)', 'repeat_rate_of(contacts)', 'referral_rate(contacts)',
		'resolution_quality(s8, s4)',
		'resolution_quality_tally(s4, s8)', 'crs(yes, rel)', 'crs(c5, rel)', 'csat(c5, 1, 5, 4)',
		'csat(s8, 0, 10, NULL)',
		'csat(s4, 0, 10, c7)', 'tally(s2, 0, 10)', 'tally(s4, 0, 10)', 'tally(s8, 0, 10)', 'tally(c5, 1, 5)',
		'tally(s4, 0, a)',
		'tally(s4, 5, 1)', 'tally(s4, NULL, 10)', 'nps(abs(b) % 11)', 'nps(CASE WHEN yes THEN s4 END)', 'nps(10)',
		'csat(b / a)',
		'count(*)', 'count(s4)', 'count(t)', 'nps(s4)', 'csat(c5)', 'nps(DISTINCT s4)', 'nps(s4 ORDER BY b)',
		'sum(b)',
		'tally(s4, 0, 10)', 'nps(s4 + 2)', 'nps(b)', 'nps(NULL::integer)');
BEGIN
	RETURN call || CASE WHEN random() < 0.25 THEN format(' FILTER (WHERE %s)', zoo_condition()) ELSE '' END;
END $$;

-- A random query.
CREATE FUNCTION zoo_query() RETURNS text LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	source text := zoo_one_of('zoo_plain', 'zoo_plain', 'zoo_empty', 'zoo_one', 'zoo_nulls', 'zoo_old', 'zoo_altered',
		'zoo_altered', 'zoo_toast', 'zoo_part', 'zoo_part', 'zoo_part_3', 'zoo_parent', 'ONLY zoo_parent',
		'zoo_matview',
		'zoo_view', 'zoo_wide', 'zoo_bad', 'zoo_rls', 'zoo_plain TABLESAMPLE system (50) REPEATABLE (1)');
	key_count integer := floor(random() * 4);
	keys text := '';
	key text;
	shown boolean;
	outputs text := '';
	conditions text := '';
	filter text := '';
	query text;
	i integer;
BEGIN
	-- most queries show their keys
	shown := random() < 0.8;
	FOR i IN 1 .. key_count LOOP
		key := zoo_key();
		outputs := outputs || CASE WHEN shown THEN format('%s AS k%s, ', key, i) ELSE '' END;
		keys := keys || format('%s%s', CASE WHEN i > 1 THEN ', ' ELSE '' END,
			CASE WHEN shown THEN i::text ELSE key END);
	END LOOP;
	FOR i IN 1 .. 1 + floor(random() * 4) LOOP
		outputs := outputs || CASE WHEN i > 1 THEN ', ' ELSE '' END || zoo_aggregate() || ' AS x' || i;
	END LOOP;
	IF random() < 0.1 THEN
		outputs := outputs || ', round((nps(s4) + 1)::numeric, 2) AS y';
	END IF;
	IF random() < 0.45 THEN
		conditions := ' WHERE ' || zoo_condition();
		IF random() < 0.3 THEN
			conditions := conditions || zoo_one_of(' AND ', ' OR ') || zoo_condition();
		END IF;
	END IF;
	IF random() < 0.15 THEN
		filter := ' HAVING ' || zoo_one_of('count(*) > 3', 'nps(s4) > 0', 'csat(c5) IS NOT NULL AND count(t) > 2',
		'true');
	END IF;
	query := format('SELECT %s FROM %s%s%s%s', outputs, source, conditions,
		CASE WHEN keys <> '' THEN ' GROUP BY ' || keys ELSE '' END, filter);
	RETURN CASE floor(random() * 12)::integer
		WHEN 0 THEN format('SELECT g, q.* FROM generate_series(0, 2) AS g, LATERAL (%s) AS q', query)
		WHEN 1 THEN format('SELECT g, q.* FROM generate_series(0, 2) AS g, LATERAL (%s) AS q',
			replace(replace(query, 'b % 3 = 0', 'b % 3 = g'), 'a = 0', 'a = g'))
		WHEN 2 THEN format('SELECT q.*, count(*) OVER () AS z FROM (%s) AS q ORDER BY 1', query)
		WHEN 3 THEN format('WITH q AS MATERIALIZED (%s) SELECT * FROM q UNION ALL SELECT * FROM q', query)
		ELSE query
	END;
END $$;

-- The answer to a query as text, its rows in order; or its error.
CREATE FUNCTION zoo_answer(query text, OUT answer text) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	state text;
	message text;
	detail text;
BEGIN
	EXECUTE format('SELECT coalesce(string_agg(q::text, E''\n'' ORDER BY q::text COLLATE "C"), ''no rows'')
		FROM (%s) AS q', query) INTO answer;
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL;
	answer := format('%s %s %s', state, message, detail);
END $$;

-- The plan of a query; NULL if it has none.
CREATE FUNCTION zoo_plan(query text, OUT plan text) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	line text;
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS off) ' || query LOOP
		plan := concat_ws(E'\n', plan, line);
	END LOOP;
EXCEPTION WHEN OTHERS THEN
	plan := NULL;
END $$;

CREATE TABLE zoo_report (query text, settings text, scanned boolean, answer_on text, answer_off text);
GRANT INSERT ON zoo_report TO zoo_reader;

-- Ask so many random queries with the scan and without it, under random settings; what differs is
-- kept in zoo_report.  Parallel plans are dear, so they are one in so many.  Returns the number of
-- queries, of those that were scanned, of errors, of differences.
CREATE FUNCTION zoo_compare(queries integer, parallel_in integer,
	OUT asked integer, OUT scanned integer, OUT errors integer, OUT differ integer)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
	query text;
	settings text;
	with_scan text;
	without_scan text;
	is_scanned boolean;
	plan text;
BEGIN
	asked := 0; scanned := 0; errors := 0; differ := 0;
	FOR i IN 1 .. queries LOOP
		query := zoo_query();
		PERFORM set_config('max_parallel_workers_per_gather',
				CASE WHEN random() * parallel_in < 1 THEN '2' ELSE '0' END, true),
			set_config('work_mem', zoo_one_of('64kB', '4MB', '4MB'), true),
			set_config('hash_mem_multiplier', '1', true),
			set_config('enable_partitionwise_aggregate', zoo_one_of('off', 'off', 'on'), true),
			set_config('enable_hashagg', zoo_one_of('on', 'on', 'on', 'off'), true);
		settings := concat_ws(' ', current_setting('max_parallel_workers_per_gather'), current_setting('work_mem'),
			current_setting('enable_partitionwise_aggregate'), current_setting('enable_hashagg'));
		PERFORM set_config('recovery_kpi.scan', 'on', true);
		with_scan := zoo_answer(query);
		is_scanned := coalesce(zoo_plan(query) LIKE '%KpiScan%', false);
		PERFORM set_config('recovery_kpi.scan', 'off', true);
		without_scan := zoo_answer(query);
		asked := asked + 1;
		scanned := scanned + is_scanned::integer;
		errors := errors + (without_scan ~ '^[0-9A-Z]{5} ')::integer;
		-- which of several errors comes first is the plan's choice, unless it takes the rows as they come
		IF with_scan <> without_scan AND with_scan ~ '^22' AND without_scan ~ '^22' THEN
			plan := zoo_plan(query);
			IF plan ~ 'Sort|GroupAggregate|Gather|Index|Partial' OR current_setting('work_mem') = '64kB' THEN
				CONTINUE;
			END IF;
		END IF;
		IF with_scan IS DISTINCT FROM without_scan THEN
			differ := differ + 1;
			INSERT INTO zoo_report VALUES (query, settings, is_scanned, with_scan, without_scan);
		END IF;
	END LOOP;
END $$;
