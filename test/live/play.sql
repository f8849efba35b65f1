-- Random writers, refreshers and checkers of three rollups: one over tables with keys; one over tables without, where
-- rows with the same key come and go; and one without events, which stores when waits began.  Keys and times are few
-- and close, so that changes meet.
CREATE EXTENSION recovery_kpi;
CREATE SCHEMA play;
CREATE TABLE play.checked (at timestamptz, source text, late boolean, stored bigint, differing text);
CREATE TABLE play.done (what text, n bigint);

CREATE PROCEDURE play.make(source text, keyed boolean) LANGUAGE plpgsql AS $$
DECLARE
	view text;
BEGIN
	EXECUTE format('CREATE SCHEMA %I', source);
	PERFORM set_config('search_path', quote_ident(source) || ', public', true);
	CREATE TABLE recovery_case (case_id int, customer_id int, opened_at timestamptz, resolved_at timestamptz,
		first_response_at timestamptz, reopened_at timestamptz, promised_by timestamptz, contacts int, channel text);
	CREATE TABLE survey_response (response_id int, customer_id int, case_id int, responded_at timestamptz,
		csat int, nps int,
		ces int, comment text, channel text);
	CREATE TABLE customer (customer_id int, joined_at timestamptz, left_at timestamptz);
	CREATE TABLE purchase (customer_id int, purchased_at timestamptz, amount numeric);
	CREATE TABLE referral (customer_id int, referred_at timestamptz);
	CREATE TABLE case_event (case_id int, at timestamptz, status text);
	CREATE TABLE survey_invitation (invitation_id int, sent_at timestamptz, customer_id int, case_id int);
	CREATE TABLE follow_up (response_id int, contacted_at timestamptz);
	IF keyed THEN
		ALTER TABLE recovery_case ADD PRIMARY KEY (case_id);
		ALTER TABLE survey_response ADD PRIMARY KEY (response_id);
		ALTER TABLE survey_invitation ADD PRIMARY KEY (invitation_id);
	END IF;
	IF source = 'plain' THEN
		DROP TABLE case_event;
	END IF;
	INSERT INTO customer SELECT i, now() - i * interval '9 days' FROM generate_series(1, 20) AS i;
	INSERT INTO purchase SELECT i % 20 + 1, now() - i * interval '9 hours', i FROM generate_series(1, 250) AS i;
	PERFORM set_config('search_path', '', true);
	PERFORM public.create_kpi_views(source || '_raw', source, timezone => 'Europe/Berlin');
	PERFORM public.create_kpi_rollup(source || '_store', source, 'Europe/Berlin');
	PERFORM public.create_kpi_views(source || '_bi', source || '_store');
	-- one view over the rollup and over the raw tables in one snapshot; a session plans it once, unless tables change
	FOREACH view IN ARRAY '{kpi_by_period,kpi_by_segment}'::text[] LOOP
		EXECUTE format($make$CREATE PROCEDURE play.%4$I(late boolean) LANGUAGE plpgsql AS $body$ BEGIN
			WITH raw AS MATERIALIZED (SELECT %3$s FROM %1$s_raw.%2$s AS p),
				bi AS MATERIALIZED (SELECT %3$s FROM %1$s_bi.%2$s AS p)
			INSERT INTO play.checked SELECT clock_timestamp(), %1$L, late, (SELECT count(*) FROM %1$s_store.kpi_cell),
				string_agg(concat_ws(' ', d.side, d.kpi, d.period_start, d.dimension, d.segment, d.value,
					d.responses), E'\n')
			FROM (SELECT 'raw' AS side, r.* FROM (TABLE raw EXCEPT ALL TABLE bi) AS r
				UNION ALL SELECT 'rollup', b.* FROM (TABLE bi EXCEPT ALL TABLE raw) AS b) AS d;
			END $body$ $make$, source, view, CASE view
				WHEN 'kpi_by_period' THEN 'NULL::text AS dimension, NULL::text AS segment, p.*'
				ELSE 'p.dimension, p.segment, p.period_start, p.kpi, p.value, p.lower, p.upper, p.responses,
					p.complete, p.target, p.status, p.left_out' END, source || '_' || view);
	END LOOP;
END $$;

-- a time: some day, at the end of a window from now, in a moment, or one that cannot be
CREATE FUNCTION play.moment() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
	SELECT CASE WHEN r < 0.6 THEN clock_timestamp() - random() * interval '70 days'
		WHEN r < 0.75 THEN clock_timestamp() - (ARRAY[0, 14, 30])[1 + floor(random() * 3)::int] * interval '24 hours'
			+ random() * interval '3 seconds'
		WHEN r < 0.9 THEN clock_timestamp() - random() * interval '1 hour'
		WHEN r < 0.95 THEN clock_timestamp() + random() * interval '5 seconds'
		WHEN r < 0.97 THEN 'infinity' WHEN r < 0.98 THEN '-infinity' WHEN r < 0.99 THEN '1900-01-01 00:00Z' END
	FROM (SELECT random() AS r) AS x $$;
CREATE FUNCTION play.some(n int) RETURNS int LANGUAGE sql VOLATILE RETURN 1 + floor(random() * n)::int;

CREATE PROCEDURE play.step(keyed boolean) LANGUAGE plpgsql AS $$
DECLARE
	op int := floor(random() * 24);
	a timestamptz := play.moment();
	b timestamptz := a + random() * interval '20 days';
	letter text := chr(97 + play.some(3));
BEGIN
	IF op < 4 THEN
		IF keyed THEN
			INSERT INTO survey_response VALUES (play.some(60), play.some(20), play.some(40), a, play.some(5),
				play.some(10),
				play.some(7), 'good ' || letter, CASE WHEN random() < 0.5 THEN letter END)
			ON CONFLICT (response_id) DO UPDATE SET responded_at = excluded.responded_at, case_id = excluded.case_id,
				csat = excluded.csat, customer_id = excluded.customer_id;
		ELSE
			INSERT INTO survey_response VALUES (play.some(60), play.some(20), play.some(40), a, play.some(5),
				play.some(10),
				play.some(7), 'good ' || letter, CASE WHEN random() < 0.5 THEN letter END);
		END IF;
	ELSIF op = 4 THEN
		UPDATE survey_response SET responded_at = play.moment(), csat = play.some(5) WHERE response_id = play.some(60);
	ELSIF op = 5 THEN DELETE FROM survey_response WHERE response_id IN (play.some(60), play.some(60));
	ELSIF op < 9 THEN
		IF keyed THEN
			INSERT INTO recovery_case VALUES (play.some(40), play.some(20), a, b, a + random() * interval '1 hour',
				b + random()
				* interval '40 days', a + random() * interval '9 days', play.some(3), letter)
			ON CONFLICT (case_id) DO UPDATE SET opened_at = excluded.opened_at, resolved_at = excluded.resolved_at,
				customer_id = excluded.customer_id, channel = excluded.channel;
		ELSE
			INSERT INTO recovery_case VALUES (play.some(40), play.some(20), a, b, a + random() * interval '1 hour',
				b + random()
				* interval '40 days', a + random() * interval '9 days', play.some(3), letter);
		END IF;
	ELSIF op = 9 THEN UPDATE recovery_case SET resolved_at = NULL WHERE case_id = play.some(40);
	ELSIF op = 10 THEN
		UPDATE recovery_case SET resolved_at = play.moment(), first_response_at = play.moment()
			WHERE case_id = play.some(40);
	ELSIF op = 11 THEN DELETE FROM recovery_case WHERE case_id = play.some(40);
	ELSIF op = 12 THEN UPDATE recovery_case SET case_id = play.some(40) WHERE case_id = play.some(40);
	ELSIF op = 13 THEN INSERT INTO purchase VALUES (play.some(20), a, play.some(100));
	ELSIF op = 14 THEN DELETE FROM purchase WHERE customer_id = play.some(20) AND random() < 0.3;
	ELSIF op = 15 THEN INSERT INTO referral VALUES (play.some(20), a);
	ELSIF op = 16 THEN INSERT INTO follow_up VALUES (play.some(60), a);
	ELSIF op = 17 THEN UPDATE follow_up SET contacted_at = a WHERE response_id = play.some(60);
	ELSIF op = 18 THEN DELETE FROM follow_up WHERE response_id = play.some(60);
	ELSIF op = 19 THEN
		DELETE FROM survey_invitation WHERE invitation_id = play.some(40);
		INSERT INTO survey_invitation SELECT play.some(40), a, play.some(20), CASE WHEN random() < 0.5
			THEN play.some(40) END
			WHERE NOT keyed OR random() < 0.5 ON CONFLICT DO NOTHING;
	ELSIF op = 20 AND to_regclass('case_event') IS NULL THEN
		UPDATE recovery_case SET resolved_at = NULL, first_response_at = CASE WHEN random() < 0.5 THEN b END
			WHERE case_id = play.some(40);
	ELSIF op = 20 AND random() < 0.5 THEN DELETE FROM case_event WHERE case_id = play.some(40);
	ELSIF op = 20 THEN INSERT INTO case_event VALUES (play.some(40), a, (ARRAY['open', 'pending',
		'hold'])[play.some(3)]);
	ELSIF op = 21 THEN
		UPDATE customer SET left_at = CASE WHEN random() < 0.7 THEN a END, joined_at = coalesce(joined_at, b)
			WHERE customer_id = play.some(20);
	ELSIF op = 22 AND random() < 0.2 THEN UPDATE purchase SET amount = amount + 1;
	ELSIF op = 23 AND random() < 0.1 THEN TRUNCATE referral;
	END IF;
END $$;

-- transactions of one or more steps, some of them undone, some rolled back
CREATE PROCEDURE play.write(seconds float8) LANGUAGE plpgsql AS $$
DECLARE
	stop timestamptz := clock_timestamp() + seconds * interval '1 second';
	source text;
	n bigint := 0;
BEGIN
	WHILE clock_timestamp() < stop LOOP
		source := (ARRAY['keyed', 'loose', 'plain'])[play.some(3)];
		PERFORM set_config('search_path', source || ', pg_catalog', false);
		BEGIN
			FOR i IN 1 .. play.some(3) LOOP
				CALL play.step(source <> 'loose');
			END LOOP;
			IF random() < 0.1 THEN
				RAISE EXCEPTION 'undo';
			END IF;
		EXCEPTION WHEN OTHERS THEN		-- a deadlock, a key that is there
		END;
		IF random() < 0.1 THEN ROLLBACK; ELSE COMMIT; END IF;
		n := n + 1;
		PERFORM pg_sleep(random() * 0.02);
	END LOOP;
	INSERT INTO play.done VALUES ('transactions', n);
END $$;

CREATE PROCEDURE play.refresh(seconds float8) LANGUAGE plpgsql AS $$
DECLARE
	stop timestamptz := clock_timestamp() + seconds * interval '1 second';
BEGIN
	SET client_min_messages = warning;
	WHILE clock_timestamp() < stop LOOP
		PERFORM public.refresh_kpi_rollup((ARRAY['keyed_store', 'loose_store', 'plain_store'])[play.some(3)],
			CASE WHEN random() < 0.5 THEN play.some(20) END);
		IF random() < 0.1 THEN ROLLBACK; ELSE COMMIT; END IF;
		INSERT INTO play.done VALUES ('refreshes', 1);
		COMMIT;
		PERFORM pg_sleep(random() * 0.3);
		COMMIT;
	END LOOP;
END $$;

-- A rollup against the raw tables, by one view or cell by cell; some in a transaction that began earlier.
CREATE PROCEDURE play.check(seconds float8) LANGUAGE plpgsql AS $$
DECLARE
	stop timestamptz := clock_timestamp() + seconds * interval '1 second';
	source text;
	late boolean;
BEGIN
	SET jit = off;
	WHILE clock_timestamp() < stop LOOP
		source := (ARRAY['keyed', 'loose', 'plain'])[play.some(3)];
		late := random() < 0.2;
		IF late THEN
			PERFORM pg_sleep(random());
		END IF;
		IF random() < 0.1 THEN		-- cell by cell
			INSERT INTO play.checked SELECT clock_timestamp(), source, late, 1,
				string_agg(concat_ws(' ', c.what, c.kpi, c.at, c.dimension, c.segment), E'\n')
			FROM public.check_kpi_rollup(source || '_store') AS c;
		ELSE
			EXECUTE format('CALL play.%I($1)', source || CASE WHEN random() < 0.6 THEN '_kpi_by_period'
				ELSE '_kpi_by_segment' END) USING late;
		END IF;
		COMMIT;
	END LOOP;
END $$;
CALL play.make('keyed', true);
CALL play.make('loose', false);
CALL play.make('plain', true);
