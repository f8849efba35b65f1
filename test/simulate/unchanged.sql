-- unchanged.sql: false alarms of the views where nothing changes: how often a KPI leaves its control limits, how often
-- nine of its periods lie on one side of the centre, and how often the scorecard finds a change.
--
-- Variables: seeds, periods, errors (standard errors by which a single KPI may be off).  Each seed makes 143 cases a
-- period (40,000 in 280) at a constant rate, and what follows them by chances that never change, twice: over so many
-- days, which are compared day by day, and over so many weeks, week by week.  The first fourteen, when no case is
-- old yet, are no periods.  Results: signal, a row for each KPI and period that was judged; comparison, for each two
-- periods that follow one another; latest, what a scorecard of an earlier as_of says.
\set ON_ERROR_STOP 1
SET client_min_messages = warning;
SET jit = off;
SET work_mem = '64MB';
SET timezone = 'UTC';
CREATE TABLE signal (seed integer, unit text, kpi text, period_start date, signal text);
CREATE TABLE comparison (seed integer, unit text, kpi text, period_start date, p_value float8,
	last_year_p_value float8);
CREATE TABLE latest (seed integer, unit text, kpi text, period_start date, p_value float8);

-- durations: lognormal (Box and Muller 1958) and exponential; one of some values
CREATE FUNCTION span(median_hours float8, sigma float8) RETURNS interval LANGUAGE sql AS $$
	SELECT median_hours * exp(sigma * sqrt(-2 * ln(1 - random())) * cos(2 * pi() * random())) * interval '1 hour' $$;
CREATE FUNCTION wait(mean_days float8) RETURNS interval LANGUAGE sql
	AS $$ SELECT mean_days * -ln(1 - random()) * interval '24 hours' $$;
CREATE FUNCTION one_of(list integer[]) RETURNS integer LANGUAGE sql
	AS $$ SELECT list[1 + floor(random() * cardinality(list))::integer] $$;

-- Sources in schema sim for so many periods of step days.  Every tenth customer has a case in 30 days.
CREATE FUNCTION make_sources(seed integer, periods integer, step integer) RETURNS void LANGUAGE plpgsql
SET search_path = sim, public AS $$
DECLARE
	since timestamptz := '2020-01-06 00:00Z';
	days integer := periods * step;
	length interval := days * interval '24 hours';
	cases integer := periods * 40000.0 / 280;
	customers integer := cases * 300.0 / days;
BEGIN
	DROP SCHEMA IF EXISTS sim CASCADE;
	CREATE SCHEMA sim;
	PERFORM setseed(seed / 1000.0);
	CREATE TABLE period AS SELECT d::date AS period_start, (d + interval '1 day' * (step - 1))::date AS period_end
		FROM generate_series(since + 14 * step * interval '1 day', since + length - interval '1 day',
			step * interval '1 day') d;
	-- as many come as leave
	CREATE TABLE customer AS
	SELECT i AS customer_id, since - random() * interval '7200 hours' AS joined_at, since + wait(800) AS left_at
		FROM generate_series(1, customers) i
	UNION ALL
	SELECT customers + row_number() OVER (), joined_at, joined_at + wait(800)
		FROM (SELECT since + random() * length AS joined_at FROM generate_series(1, customers * days / 800)) c;
	CREATE TABLE draft AS
	SELECT i AS case_id, 1 + floor(random() * customers)::integer AS customer_id,
		since + random() * length AS opened_at,
		CASE WHEN random() < 0.97 THEN span(10, 1) END AS taken, span(2, 1) AS first, random() AS reopened,
		random() AS waits, random() AS holds, random() AS answers, random() AS contacts
		FROM generate_series(1, cases) i;
	CREATE TABLE recovery_case AS
	SELECT case_id, customer_id, opened_at, opened_at + taken AS resolved_at,
		CASE WHEN first < coalesce(taken, '90 days') THEN opened_at + first END AS first_response_at,
		CASE WHEN reopened < 0.06 THEN opened_at + taken + reopened * interval '12000 hours' END AS reopened_at,
		opened_at + interval '36 hours' AS promised_by,
		CASE WHEN contacts < 0.8 THEN 1 ELSE 2 + floor(contacts * 10)::integer % 2 END AS contacts FROM draft;
	CREATE TABLE case_event AS
	SELECT case_id, opened_at + share * coalesce(taken, '30 days') AS at, status FROM draft,
		LATERAL (VALUES (0, 'new', true), (0.1, 'open', true), (0.3, 'pending', waits < 0.5),
			(0.6, 'open', waits < 0.5), (0.7, 'hold', holds < 0.3), (0.9, 'open', holds < 0.3),
			(1, 'solved', taken IS NOT NULL)) AS e (share, status, was)
		WHERE was;
	CREATE TABLE survey_response AS
	SELECT row_number() OVER () AS response_id, customer_id, case_id, responded_at,
		one_of('{1,2,3,4,4,4,4,5,5,5}') AS csat,
		one_of('{0,3,5,6,7,7,8,8,8,9,9,9,9,10,10,10,10,10,10,10}') AS nps, one_of('{1,2,3,4,5,5,6,6,7,7}') AS ces,
		3 AS expected, one_of('{1,2,3,3,4,4,4,5,5,5}') AS perceived,
		('{"Great service, thank you!","Terrible, nobody helped.","The parcel came on Monday.",
			"Quick and very friendly.","I am disappointed.",NULL}'::text[])[one_of('{1,2,3,4,5,6}')] AS comment
		FROM (SELECT customer_id, case_id, opened_at + taken + wait(3) AS responded_at FROM draft WHERE answers < 0.4
			UNION ALL
			SELECT 1 + floor(random() * customers)::integer, NULL, since + random() * length
			FROM generate_series(1, cases / 10)) AS a WHERE responded_at IS NOT NULL;
	-- in time within a day, else after a week, so that weekends make no difference
	CREATE TABLE follow_up AS
	SELECT response_id, responded_at + CASE WHEN random() < 0.85 THEN interval '0' ELSE interval '168 hours' END
			+ random() * interval '24 hours' AS contacted_at FROM survey_response WHERE csat <= 3 AND random() < 0.95;
	CREATE TABLE survey_invitation AS
	SELECT case_id AS invitation_id, customer_id, case_id, opened_at + taken + interval '1 hour' AS sent_at FROM draft
		WHERE taken IS NOT NULL;
	CREATE TABLE purchase AS
	SELECT 1 + floor(random() * customers)::integer AS customer_id, since + random() * length AS purchased_at,
		round((5 - 20 * ln(1 - random()))::numeric, 2) AS amount
		FROM generate_series(1, (customers * days * 0.012)::integer);
	CREATE TABLE referral AS
	SELECT 1 + floor(random() * customers)::integer AS customer_id, since + random() * length AS referred_at
		FROM generate_series(1, (customers * days * 0.001)::integer);
	ANALYZE period; ANALYZE customer; ANALYZE recovery_case; ANALYZE case_event; ANALYZE survey_response;
	ANALYZE follow_up; ANALYZE survey_invitation; ANALYZE purchase; ANALYZE referral;
END $$;

-- The query of a view over these sources as of the end of a period, with no dimensions.
CREATE FUNCTION view_query(view text, as_of timestamptz) RETURNS text LANGUAGE sql AS $$
	SELECT q.query FROM kpi_view_query(view, kpi_plan('sim', 'period', 'UTC', as_of, '{}', NULL, NULL)) q $$;

-- The scorecard compares the latest complete period only: the same for all.
CREATE FUNCTION all_periods(query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	IF strpos(query, 'SELECT DISTINCT ON (f.kpi) f.*') = 0 OR strpos(query, 'FROM recent AS m') = 0 THEN
		RAISE EXCEPTION 'the query of the scorecard has another form';
	END IF;
	RETURN replace(replace(query, 'SELECT DISTINCT ON (f.kpi) f.*', 'SELECT f.*'), 'FROM recent AS m',
		'FROM measured AS m');
END $$;

CREATE PROCEDURE simulate(seed integer, unit text, periods integer) LANGUAGE plpgsql AS $$
DECLARE
	step integer := CASE unit WHEN 'day' THEN 1 ELSE 7 END;
	till timestamptz := timestamptz '2020-01-06 00:00Z' + periods * step * interval '24 hours';
BEGIN
	PERFORM make_sources(seed, periods, step);
	COMMIT;
	EXECUTE format('INSERT INTO signal SELECT $1, $2, kpi, period_start, signal FROM (%s) AS v
		WHERE complete AND center IS NOT NULL AND value IS NOT NULL', view_query('kpi_trend', till)) USING seed, unit;
	EXECUTE format('INSERT INTO comparison SELECT $1, $2, kpi, period_start, p_value, last_year_p_value FROM (%s) AS v
		WHERE p_value IS NOT NULL OR last_year_p_value IS NOT NULL', all_periods(view_query('kpi_scorecard', till)))
		USING seed, unit;
	COMMIT;
	EXECUTE format('INSERT INTO latest SELECT $1, $2, kpi, period_start, p_value FROM (%s) AS v
		WHERE p_value IS NOT NULL', view_query('kpi_scorecard', till - 20 * step * interval '24 hours'))
		USING seed, unit;
	COMMIT;
END $$;
SELECT format('CALL simulate(%s, %L, %s)', seed, unit, :periods) FROM generate_series(1, :seeds) seed,
	unnest('{day,week}'::text[]) unit \gexec

-- The bars: at most 0.5 % outside the limits, at most 0.5 % runs, a change found in 2.5 to 6 % of comparisons.  All
-- KPIs together keep them; each of them within so many standard errors of independent counts, as neighbours share a
-- period or a baseline.
CREATE FUNCTION within(share float8, n bigint, low float8, high float8, errors float8) RETURNS boolean LANGUAGE sql
	AS $$
	SELECT coalesce(share >= low - errors * sqrt(low * (1 - low) / n)
		AND share <= high + errors * sqrt(high * (1 - high) / n), true) $$;
CREATE VIEW measured AS
SELECT unit, kpi, s.judged, s.outside, s.runs, c.compared, c.changed, c.compared_last_year, c.changed_last_year
FROM (SELECT unit, kpi, count(*) AS judged, avg(coalesce(signal ~ 'limits', false)::integer)::float8 AS outside,
		avg(coalesce(signal ~ 'run', false)::integer)::float8 AS runs FROM signal GROUP BY 1, 2) s
	FULL JOIN (SELECT unit, kpi, count(p_value) AS compared, avg((p_value < 0.05)::integer)::float8 AS changed,
			count(last_year_p_value) AS compared_last_year, avg((last_year_p_value < 0.05)::integer)::float8
				AS changed_last_year FROM comparison GROUP BY 1, 2) c USING (unit, kpi);
SELECT CASE WHEN within(outside, judged, 0, 0.005, :errors) AND within(runs, judged, 0, 0.005, :errors)
		AND within(changed, compared, 0.025, 0.06, :errors) THEN 'ok ' ELSE 'not ok ' END
	|| row_number() OVER (ORDER BY m.unit, d.ordinal) || format(' - %s by %s: %s judged, %s %% outside, %s %% runs; '
		'%s compared, %s %% changed; last year %s, %s %%', kpi, m.unit, judged, round(100 * outside::numeric, 2),
		round(100 * runs::numeric, 2), compared, round(100 * changed::numeric, 1), compared_last_year,
		round(100 * changed_last_year::numeric, 1))
FROM measured m JOIN kpi_definition d USING (kpi) ORDER BY m.unit, d.ordinal;
SELECT CASE WHEN s.outside <= 0.005 AND s.runs <= 0.005 AND c.changed BETWEEN 0.025 AND 0.06 THEN 'ok ' ELSE 'not ok '
	END || format('- all KPIs by %s: %s judged, %s %% outside, %s %% runs; %s compared, %s %% changed', unit, s.judged,
		round(100 * s.outside, 2), round(100 * s.runs, 2), c.compared, round(100 * c.changed, 1))
FROM (SELECT unit, count(*) AS judged, avg(coalesce(signal ~ 'limits', false)::integer) AS outside,
		avg(coalesce(signal ~ 'run', false)::integer) AS runs FROM signal GROUP BY 1) s
	JOIN (SELECT unit, count(p_value) AS compared, avg((p_value < 0.05)::integer) AS changed FROM comparison
		GROUP BY 1) c USING (unit) ORDER BY unit;
-- what scorecards say of the latest period, when what waits for nothing has only begun
SELECT format('# latest of %s by %s: %s compared, %s %% changed', CASE WHEN d.wait = '0' THEN 'KPIs that do not wait'
	ELSE 'KPIs that wait' END, l.unit, count(*), round(100 * avg((p_value < 0.05)::integer), 1))
FROM latest l JOIN kpi_definition d USING (kpi) GROUP BY d.wait = '0', l.unit ORDER BY 1;
-- all KPIs at once
SELECT format('# all at once by %s: %s %% of periods with a signal of one of %s KPIs; %s %% of scorecards with a '
	'change of one, %s of them on average', unit, round(100 * avg((s.signals > 0)::integer), 1), max(s.kpis),
	(SELECT round(100 * avg((c.changes > 0)::integer), 1) FROM (SELECT count(*) FILTER (WHERE p_value < 0.05) AS changes
		FROM comparison c WHERE c.unit = s.unit GROUP BY seed, period_start) c),
	(SELECT round(avg(c.changes), 2) FROM (SELECT count(*) FILTER (WHERE p_value < 0.05) AS changes
		FROM comparison c WHERE c.unit = s.unit GROUP BY seed, period_start) c))
FROM (SELECT unit, seed, period_start, count(signal) AS signals, count(*) AS kpis FROM signal
	GROUP BY unit, seed, period_start) s GROUP BY unit ORDER BY 1;
SELECT format('figure: %s KPIs by day and week, %s judged, %s %% outside, %s %% runs, %s compared, %s %% changed',
	(SELECT count(DISTINCT kpi) FROM measured), count(*),
	round(100 * avg(coalesce(signal ~ 'limits', false)::integer), 2),
	round(100 * avg(coalesce(signal ~ 'run', false)::integer), 2), (SELECT count(p_value) FROM comparison),
	(SELECT round(100 * avg((p_value < 0.05)::integer), 1) FROM comparison WHERE p_value IS NOT NULL)) FROM signal;
