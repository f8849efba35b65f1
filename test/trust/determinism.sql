-- determinism.sql: the same rows in every database, from arithmetic alone, and what every
-- aggregate and every view makes of them.
\i laws.sql
CREATE SCHEMA src;
-- fractions of powers of two, so that even floating sums are exact in one order
INSERT INTO answer
SELECT i, g, i % 4 > 0, n, n, n, a, a, a, c, c, c, e, e, e, b, i % 5 > 0, CASE WHEN i % 9 > 0 THEN 1 + i % 4 END,
	CASE WHEN i % 8 > 0 THEN i % 3 END, CASE WHEN i % 10 > 0 THEN (1 + i % 13) / 8.0 END,
	x, x + i % 3 * 0.7, i * 7 % 11 * 0.3, 5 - x * 0.5, CASE WHEN i % 6 > 0 THEN i % 5 * 0.2 END, i * i % 13, i % 7,
		ARRAY[x + i % 3 * 0.7, i * 7 % 11],
	s, CASE WHEN b THEN s + d END, d, timestamptz '2025-01-01 00:00Z' - i % 397 * interval '17 hours',
		CASE WHEN i % 11 > 0 THEN (i * 37 % 12000 - 1000) / 100.0 END,
	purchase_history(i % 4, i % 4 * (1 + g % 3), i % 4 * 3.0 + 9 + g % 2, (i % 4 > 0)::int * (10.25 + i % 3)),
		tally(0, 10, ARRAY[i % 3, 0, 0, 0, 0, 0, 0, 1, 0, 0, i % 5]),
		('0..1:{{' || c || ',1},{0,' || e || '}}')::paired_tally,
	('0..1:{(' || x || ',' || x * x || ',1),(' || e || ',' || e * e || ',1)}')::weighted_tally,
		('exact:{' || i % 11 || ':' || i % 5 || '/1,' || i % 11 + 1 || '.5:1/0}')::life_table,
	(i % 7 + 2 || ':{' || x || ',' || e || '}:{{' || c * 2 || '},{' || 0.1 * e || ',' || e * 3 || '}}')::driver_model,
	('0..1:1:{' || i % 3 || ',' || e || '}:{{' || (i % 3) ^ 2 || '},{' || i % 3 * e || ',' || e * e
		|| '}}')::clustered_tally, 'status ' || n, timestamptz '2025-01-01 00:00Z' + i * interval '17 min',
	('{' || to_char(timestamp '2025-01-01' + i * interval '1 s', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') || ' "status '
		|| i % 7 || '"}')::status_clock
FROM (SELECT i, i % 5 AS g, CASE WHEN i % 13 > 0 THEN i * 5 % 11 END AS n,
	CASE WHEN i % 12 > 0 THEN i * 7 % 11 END AS a, CASE WHEN i % 14 > 0 THEN 1 + i * 3 % 5 END AS c, 1 + i * 2 % 7 AS e,
	CASE WHEN i % 15 > 0 THEN i % 3 > 0 END AS b,
		(1 + i * 29 % 101) / 16.0 AS x, timestamptz '2024-06-01 00:00Z' + i * 7 % 200 * interval '1 day' AS s,
			i * i % 1999 * interval '1000003 microseconds' AS d FROM generate_series(1, 1500) i) AS r;
CREATE TABLE src.recovery_case AS SELECT i AS case_id, i * 7 % 60 + 1 AS customer_id,
	'2025-01-01 06:00Z'::timestamptz + i * interval '29 hours' AS opened_at,
	CASE WHEN i % 11 > 0 THEN '2025-01-01 06:00Z'::timestamptz + i * interval '29 hours' + (i * 37 % 101 + 1)
		* interval '5 hours' END AS resolved_at, (i * 5 % 3 + 1)::smallint AS contacts,
	CASE WHEN i % 13 = 0 THEN '2025-03-01 06:00Z'::timestamptz + i * interval '30 hours' END AS reopened_at,
		'2025-01-01 07:00Z'::timestamptz + i * interval '29 hours' AS first_response_at,
		(ARRAY['phone', 'Chat', NULL, 'a b'])[i % 4 + 1] AS channel,
	(ARRAY['late', 'wrong'])[i % 2 + 1] AS failure_type, (ARRAY['none', 'refund'])[i % 2 + 1] AS compensation,
		'2025-01-06 06:00Z'::timestamptz + i * interval '29 hours' AS promised_by FROM generate_series(1, 200) i;
CREATE TABLE src.survey_response AS SELECT i AS response_id, i * 7 % 60 + 1 AS customer_id,
	CASE WHEN i % 3 > 0 THEN i END AS case_id, '2025-01-05 09:00Z'::timestamptz + i * interval '29 hours'
	- (i % 3 = 0)::int * interval '40 days' AS responded_at,
	(i * i + i / 7) % 5 + 1 AS csat, i * 5 % 11 AS nps, i * 2 % 7 + 1 AS ces, 3 AS expected,
		i * 11 % 5 + 1 AS perceived, i % 5 + 1 AS speed, i * 3 % 7 + 1 AS effectiveness,
		i * i % 4 AS compensation_value,
	(ARRAY['Great service, thank you :)', 'TERRIBLE, nobody helped!!', 'The parcel came on Monday', NULL])[i % 4 + 1]
		AS comment FROM generate_series(1, 195) i;
CREATE TABLE src.customer AS SELECT i AS customer_id,
	'2024-06-01 00:00Z'::timestamptz + i * interval '3 days' AS joined_at,
	CASE WHEN i % 4 = 0 THEN '2025-02-01 12:00Z'::timestamptz + i * interval '61 hours' END AS left_at
	FROM generate_series(1, 80) i;
CREATE TABLE src.purchase AS SELECT i * 13 % 60 + 1 AS customer_id,
	'2025-01-02 00:00Z'::timestamptz + i * interval '9 hours' AS purchased_at,
	(10 + i % 17 + 0.25)::numeric(10,2) AS amount FROM generate_series(1, 600) i;
CREATE TABLE src.referral AS SELECT i * 3 % 60 + 1 AS customer_id,
	'2025-01-02 00:00Z'::timestamptz + i * interval '60 hours' AS referred_at FROM generate_series(1, 80) i;
CREATE TABLE src.case_event AS SELECT i AS case_id, '2025-01-01 06:00Z'::timestamptz + i * interval '29 hours'
	+ n * interval '10 hours' AS at, (ARRAY['new', 'pending', 'open', 'hold'])[n + 1] AS status
	FROM generate_series(1, 200) i, generate_series(0, 3) n;
CREATE TABLE src.survey_invitation AS SELECT i AS invitation_id, i * 7 % 60 + 1 AS customer_id, i AS case_id,
	'2025-01-04 09:00Z'::timestamptz + i * interval '29 hours' AS sent_at FROM generate_series(1, 195) i;
CREATE TABLE src.follow_up AS SELECT i AS response_id, '2025-01-07 09:00Z'::timestamptz + i * interval '29 hours'
	AS contacted_at FROM generate_series(2, 195, 3) i;
ANALYZE;
SELECT create_kpi_views('bi', 'src', 'month', 'Europe/Berlin', '2025-08-20 00:00Z') \g /dev/null

-- What a type sends, of every aggregate, floating or not; and each view as JSON, with times in
-- UTC, which no setting of the session changes, in the order of code points.
CREATE FUNCTION bytes_of(what text) RETURNS TABLE (name text, bytes text) LANGUAGE plpgsql AS $$
DECLARE
	a record;
	v text;
BEGIN
	IF what = 'aggregates' THEN
		FOR a IN SELECT g.aggregate::oid::regprocedure::text AS name, format('%s(%s)', proname, arguments) AS call,
			t.typsend, t.typname FROM agg g JOIN pg_type t ON t.oid = g.prorettype ORDER BY g.n LOOP
			name := a.name;
			EXECUTE format('SELECT string_agg(coalesce(encode(%s(x), ''hex''), ''NULL''), '','' ORDER BY g)
				FROM (SELECT g, %s AS x FROM answer GROUP BY g) AS r', a.typsend, a.call) INTO bytes;
			RETURN NEXT;
		END LOOP;
	ELSE
		FOR v IN SELECT relname FROM pg_class WHERE relnamespace = 'bi'::regnamespace AND relkind = 'v'
			ORDER BY relname COLLATE "C" LOOP
			name := 'view ' || v;
			EXECUTE format('SELECT string_agg(j, E''\n'' ORDER BY j COLLATE "C")
				FROM (SELECT to_json(r)::text AS j FROM (SELECT %s FROM bi.%I) AS r) AS x',
				(SELECT string_agg(format(CASE atttypid WHEN 'timestamptz'::regtype
					THEN '%1$I AT TIME ZONE ''UTC'' AS %1$I' ELSE '%I' END, attname), ', ' ORDER BY attnum)
					FROM pg_attribute WHERE attrelid = format('bi.%I', v)::regclass AND attnum > 0), v) INTO bytes;
			RETURN NEXT;
		END LOOP;
	END IF;
END $$;
CREATE FUNCTION prints() RETURNS TABLE (name text, print text) LANGUAGE sql SET search_path = public SET jit = off
	SET enable_hashagg = off AS $$
	SELECT name, md5(bytes) || ' ' || length(bytes) FROM (SELECT * FROM bytes_of('aggregates') UNION ALL
		SELECT * FROM bytes_of('views')) AS b $$;
