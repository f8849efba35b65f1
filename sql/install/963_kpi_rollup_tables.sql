#since 0.2.0
-- live: the tables of a rollup

-- Tables that are there stay, as views may read them.  What is in them goes by DELETE: a reader
-- with an older snapshot must go on seeing it.
CREATE FUNCTION kpi_rollup_tables(store_schema text, source_schema text, types jsonb) RETURNS void
LANGUAGE plpgsql STRICT PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp SET standard_conforming_strings = on
AS $$
DECLARE
	home text := (SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace
		WHERE e.extname = 'recovery_kpi');
	keys text;
	-- columns of a fixed width come first, as the others leave gaps before them
	fixed text := 'at date NOT NULL, events bigint, left_out bigint';
	fields text := format('answers %1$I.tally, life %1$I.life_table, total numeric, squares numeric', home);
	t record;
BEGIN
	-- a key of the log takes those of all sources, and compares as they do
	SELECT string_agg(concat(format('%I ', k.name), k.type, CASE
			WHEN k.type IN ('text', 'character varying', 'pg_catalog.bpchar') THEN k.collation END), ', '
			ORDER BY k.name) INTO keys FROM (
		SELECT n.name, CASE WHEN count(DISTINCT s.value) = 1		-- without a length of 1
				THEN CASE min(s.value) WHEN 'character' THEN 'pg_catalog.bpchar' WHEN 'bit' THEN 'pg_catalog."bit"'
					ELSE min(s.value) END
				WHEN bool_and(s.value IN ('smallint', 'integer', 'bigint')) THEN 'bigint'
				WHEN bool_and(s.value IN ('smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'))
					THEN 'numeric'
				ELSE 'text' END AS type,
			(SELECT ' COLLATE ' || min(a.attcollation::regcollation::text) FROM pg_class c
				JOIN pg_namespace p ON p.oid = c.relnamespace AND p.nspname = source_schema
				JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = n.name AND NOT a.attisdropped
			WHERE types ? (c.relname || '.' || n.name) AND a.attcollation <> 0
			HAVING count(DISTINCT a.attcollation) = 1) AS collation
		FROM unnest('{case_id,customer_id,response_id,invitation_id}'::text[]) AS n (name)
			LEFT JOIN jsonb_each_text(types) AS s ON s.key LIKE '%.' || n.name AND s.key NOT LIKE 'unique %'
		GROUP BY n.name) k;
	FOR t IN SELECT * FROM (VALUES
		('kpi_rollup', 'source_schema text NOT NULL, timezone text NOT NULL, dimensions text[] NOT NULL,
			calendar text, '
			'plan jsonb NOT NULL, made_at timestamptz NOT NULL, stored_at timestamptz, months_before date NOT NULL, '
			'edition text NOT NULL, unbuilt jsonb',
			'The settings of this rollup, and when it was last refreshed. Made by create_kpi_rollup of recovery_kpi.'),
		('kpi_touched', 'relation text NOT NULL, many boolean NOT NULL, kept boolean NOT NULL, ' || keys
			|| ', times timestamptz[], due timestamptz',
			'The changes of the sources since the last refresh, by key and time. Rows are appended only.'),
		('kpi_cell', concat('kpi smallint NOT NULL, ', fixed, ', ', fields),
			'What each KPI of a day is computed from.'),
		('kpi_month_cell', concat('kpi smallint NOT NULL, place smallint NOT NULL, ', fixed, ', segment text, ', fields),
			'What each KPI is computed from, of months before months_before of kpi_rollup and of days since; in total '
			'(place 0) and for each value of a dimension. And of the months since, in total (place -1).'),
		('kpi_waiting', 'kpi smallint NOT NULL, place smallint NOT NULL, at date NOT NULL, segment text, '
			'moments timestamptz[] NOT NULL, judged boolean[]',
			'When the waits of these days began that go on; or when what is not judged yet will be, and how, for a day '
			'ahead. Of each day in total (place -1), and by month or day as in kpi_month_cell.'),
		('kpi_customer_cell', 'joined date NOT NULL, until date, customers bigint NOT NULL',
			'How many customers joined on a day, and left on a day.'),
		('kpi_spent_cell', 'at date NOT NULL, amount numeric, broken bigint NOT NULL', 'What was spent on a day.'),
		('kpi_moving', 'family text NOT NULL, at date NOT NULL, moves_at timestamptz NOT NULL',
			'Days whose figures change with time alone, and when they next do.')) AS v (name, columns, meaning)
	LOOP
		IF to_regclass(format('%I.%I', store_schema, t.name)) IS NULL THEN
			EXECUTE format('CREATE TABLE %I.%I (%s)', store_schema, t.name, t.columns);
			EXECUTE format('COMMENT ON TABLE %I.%I IS %L', store_schema, t.name, t.meaning);
			IF t.name NOT IN ('kpi_rollup', 'kpi_touched') THEN
				EXECUTE format('CREATE INDEX ON %I.%I (%I)', store_schema, t.name,
					CASE t.name WHEN 'kpi_customer_cell' THEN 'joined' ELSE 'at' END);
			END IF;
			IF t.name IN ('kpi_cell', 'kpi_month_cell') THEN		-- packed life tables cannot be compressed
				EXECUTE format('ALTER TABLE %I.%I ALTER life SET STORAGE EXTERNAL', store_schema, t.name);
			END IF;
			IF t.name = 'kpi_waiting' THEN		-- read by each query
				EXECUTE format('ALTER TABLE %I.%I ALTER moments SET STORAGE EXTERNAL', store_schema, t.name);
			END IF;
			IF t.name IN ('kpi_month_cell', 'kpi_waiting') THEN		-- few of many rows are totals
				EXECUTE format('CREATE INDEX ON %I.%I (at) WHERE place %s 0', store_schema, t.name,
					CASE t.name WHEN 'kpi_waiting' THEN '=' ELSE '<=' END);
			END IF;
		ELSE
			EXECUTE format('DELETE FROM %I.%I', store_schema, t.name);
		END IF;
	END LOOP;
	FOR t IN SELECT a.attname, k[2] AS type FROM regexp_matches(keys, '(\w+) ([^,]+)', 'g') AS k
		JOIN pg_attribute a ON a.attrelid = to_regclass(format('%I.kpi_touched', store_schema)) AND a.attname = k[1]
		WHERE a.atttypid <> split_part(k[2], ' COLLATE ', 1)::regtype
	LOOP
		EXECUTE format('ALTER TABLE %I.kpi_touched ALTER COLUMN %I TYPE %s USING %I::text::%s', store_schema, t.attname,
			t.type, t.attname, t.type);
	END LOOP;
	EXECUTE format('SELECT %I.kpi_event_tables($1)', home) USING store_schema;
	-- a writer needs the log, and nothing else
	EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC', store_schema);
	EXECUTE format('GRANT INSERT ON %I.kpi_touched TO PUBLIC', store_schema);
	-- the columns are told, so that the view stays as it is when a table gets more
	EXECUTE format('CREATE OR REPLACE VIEW %1$I.kpi_rollup_status AS
		SELECT k.source_schema, k.timezone, k.dimensions, k.calendar, k.made_at, k.stored_at AS refreshed_at,
			l.entries AS waiting, l.oldest AS oldest_touched, c.days AS stored_days, c.first_day, c.last_day,
			(SELECT max(upper(b.days::datemultirange)) FROM jsonb_each_text(k.unbuilt) AS b (family, days))
				AS unbuilt_before
		FROM %1$I.kpi_rollup AS k
			CROSS JOIN (SELECT (SELECT count(*) FROM %1$I.kpi_touched) AS entries,
					(min(t.at) AT TIME ZONE min(s.timezone))::date AS oldest
				FROM %1$I.kpi_rollup AS s CROSS JOIN %1$I.kpi_touched AS l CROSS JOIN LATERAL unnest(l.times) AS t (at)
				WHERE t.at >= ''1970-01-01 00:00:00+00'' AND t.at < ''10000-01-01 00:00:00+00'') AS l
			CROSS JOIN (SELECT count(DISTINCT c.at) AS days, min(c.at) AS first_day, max(c.at) AS last_day
				FROM %1$I.kpi_cell AS c) AS c', store_schema);
	EXECUTE format('COMMENT ON VIEW %I.kpi_rollup_status IS %L', store_schema,
		'When the rollup was last refreshed, and what waits for the next time: the number of entries in the log, '
		'and the oldest day that they name. Days before unbuilt_before are left over by refreshes that were told how '
		'many days to do.');
END $$;
COMMENT ON FUNCTION kpi_rollup_tables(text, text, jsonb) IS
'Makes the tables of a rollup and the view kpi_rollup_status, or empties them. Writers of the sources may add to the log.';
