-- parallel.sql: all aggregates over :tables random tables, planned in every way.
\i laws.sql
SET synchronous_commit = off;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
-- the plans of the aggregates themselves; item 23 compares the scan with them
SET recovery_kpi.scan = off;

-- The same rows in partitions: of groups, so that each is aggregated by itself, and across.
CREATE UNLOGGED TABLE by_group (LIKE answer) PARTITION BY HASH (g);
CREATE UNLOGGED TABLE across (LIKE answer) PARTITION BY HASH (i);
SELECT format('CREATE UNLOGGED TABLE %s_%s PARTITION OF %1$s FOR VALUES WITH (MODULUS 3, REMAINDER %2$s)', t, r)
	FROM unnest('{by_group,across}'::text[]) t, generate_series(0, 2) r \gexec

CREATE TABLE planned (seed int, plan text, rows int, partial boolean, compared int, emptied int);

-- What all aggregates give, with and without FILTER, a row for each group.
CREATE FUNCTION query_of(relation text, grouped boolean) RETURNS text LANGUAGE sql STABLE AS $$
	SELECT format('SELECT %s AS g, ARRAY[%s] AS results FROM %s%s', CASE WHEN grouped THEN 'g' ELSE '0' END,
		string_agg(shown(n, format('%s(%s)%s', proname, arguments, filter)), ', ' ORDER BY n, filter), relation,
			CASE WHEN grouped THEN ' GROUP BY g' ELSE '' END)
	FROM agg, unnest(ARRAY['', ' FILTER (WHERE f)']) AS filter $$;
CREATE TABLE query AS SELECT relation, grouped, query_of(relation, grouped) AS query
	FROM unnest('{answer,by_group,across}'::text[]) relation, unnest('{true,false}'::boolean[]) grouped;

CREATE FUNCTION plan_of(query text, run boolean DEFAULT false) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	plan text := '';
BEGIN
	FOR line IN EXECUTE format('EXPLAIN (COSTS OFF, ANALYZE %s, TIMING OFF) %s', run::text, query) LOOP
		plan := plan || line || E'\n';
	END LOOP;
	RETURN plan;
END $$;

-- One plan of a table against what the serial one gave, :want.
CREATE FUNCTION compare(seed int, plan text, looks text, relation text, grouped boolean, want text[]) RETURNS text[]
	LANGUAGE plpgsql AS $$
DECLARE
	query text := (SELECT q.query FROM query q WHERE (q.relation, q.grouped) = (compare.relation, compare.grouped));
	rows int := (SELECT count(*) FROM answer);
	have text[];
	width int := (SELECT 2 * count(*) FROM agg);
BEGIN
	EXECUTE format('SELECT array_agg(results ORDER BY g) FROM (%s) AS r', query) INTO have;
	IF want IS NOT NULL OR plan <> 'serial' THEN
		INSERT INTO fault SELECT format('table %s, %s', seed, plan), a.aggregate, h.x, w.x
		FROM unnest(have) WITH ORDINALITY h(x, o) FULL JOIN unnest(want) WITH ORDINALITY w(x, o) ON h.o = w.o
			JOIN agg a ON a.n = 1 + (coalesce(h.o, w.o) - 1) % width / 2
		WHERE h.x IS DISTINCT FROM w.x AND (a.exact OR NOT near(h.x, w.x, a.state = 'driver_model'::regtype));
	END IF;
	INSERT INTO planned VALUES (seed, plan, rows, CASE WHEN rows > 100 THEN plan_of(query, looks ~ 'Launched') ~
		looks END, coalesce(cardinality(have), 0),
		(SELECT sum((NOT filled)::int) FROM (SELECT bool_or(f) AS filled FROM answer
			GROUP BY CASE WHEN grouped THEN g END) AS x) * width / 2);
	RETURN have;
END $$;

CREATE PROCEDURE compare_tables(tables int) LANGUAGE plpgsql AS $$
DECLARE
	serial text[];
	grouped boolean;
	force text := CASE WHEN current_setting('debug_parallel_query', true) IS NULL THEN 'force_parallel_mode'
		ELSE 'debug_parallel_query' END;
	workers int;
	rows int;
BEGIN
	FOR seed IN 1 .. tables LOOP
		rows := (ARRAY[0, 1, 7, 60, 250, 700])[1 + seed % 6];
		grouped := seed % 5 > 0;
		PERFORM random_answers(seed::float8 / tables, rows, (ARRAY[1, 4, 9])[1 + seed % 3],
			(ARRAY[0, 0.1, 0.5, 1])[1 + seed % 4],
			(ARRAY[40, 2000])[1 + seed % 2], (ARRAY[0.7, 0])[1 + (seed % 10 = 0)::int]);
		TRUNCATE by_group, across;
		INSERT INTO by_group TABLE answer;
		INSERT INTO across TABLE answer;
		workers := 2 + seed % 7;
		EXECUTE format('ALTER TABLE answer SET (parallel_workers = %s)', workers);
		ANALYZE answer, by_group, across;
		PERFORM set_config('max_parallel_workers_per_gather', '0', true);
		serial := compare(seed, 'serial', 'Aggregate', 'answer', grouped, NULL);
		PERFORM set_config('enable_hashagg', 'off', true);
		PERFORM compare(seed, 'sorted', CASE WHEN grouped THEN 'GroupAggregate' ELSE 'Aggregate' END,
			'answer', grouped, serial);
		PERFORM set_config('enable_hashagg', 'on', true), set_config('enable_partitionwise_aggregate', 'on', true);
		PERFORM compare(seed, 'partitions', 'Append(.*\n)+.*Aggregate', (ARRAY['by_group', 'across'])[1 + seed % 2],
			grouped, serial);
		PERFORM set_config('enable_partitionwise_aggregate', 'off', true), set_config('max_parallel_workers_per_gather',
			'2', true), set_config(force, 'on', true);
		-- regress does the same as on, but hides it
		PERFORM compare(seed, force, 'Gather', 'answer', grouped, serial);
		PERFORM set_config(force, 'off', true), set_config('max_parallel_workers_per_gather', '8', true),
			set_config('parallel_leader_participation', (seed % 2 = 0)::text, true),
			set_config('cpu_operator_cost', '1', true);
		PERFORM compare(seed, 'workers, hashed', 'Launched: [1-9](.*\n)+.*Partial (Hash)?Aggregate',
			'answer', grouped, serial);
		PERFORM set_config('enable_hashagg', 'off', true);
		PERFORM compare(seed, 'workers, sorted', 'Launched: [1-9](.*\n)+.*Partial (Group)?Aggregate',
			'answer', grouped, serial);
		COMMIT;			-- which also takes the settings back
	END LOOP;
END $$;
CALL compare_tables(:tables);
