-- live_table.sql: two years up to now: ANSWERS answers, a quarter as many cases with five dimensions of 20 values, an
-- eighth as many customers, half as many purchases.
CREATE SCHEMA bench_live;
SET search_path = bench_live, public;
CREATE TABLE recovery_case (case_id int PRIMARY KEY, customer_id int, opened_at timestamptz, resolved_at timestamptz,
	first_response_at timestamptz, reopened_at timestamptz, contacts int, channel text, team text, region text,
	product text, agent text);
CREATE TABLE survey_response (response_id int PRIMARY KEY, customer_id int, case_id int, responded_at timestamptz,
	csat int, nps int, ces int);
CREATE TABLE customer (customer_id int PRIMARY KEY, joined_at timestamptz, left_at timestamptz);
CREATE TABLE purchase (customer_id int, purchased_at timestamptz, amount numeric(10,2));
INSERT INTO recovery_case
SELECT i, 1 + floor(random() * :answers / 8)::int, at, CASE WHEN random() < 0.98 AND at + wait < now()
	THEN at + wait END,
	CASE WHEN at + wait / 10 < now() THEN at + wait / 10 END,
	CASE WHEN random() < 0.05 AND at + wait < now() - interval '3 days' THEN at + wait + interval '3 days' END,
	1 + floor(random() * 3)::int, 'channel ' || floor(random() * 20), 'team ' || floor(random() * 20),
	'region ' || floor(random() * 20), 'product ' || floor(random() * 20), 'agent ' || floor(random() * 20)
FROM generate_series(1, :answers / 4) AS i, LATERAL (SELECT now() - interval '730 days' * (1 - i / (:answers
	/ 4.0)) AS at,
	random() * random() * interval '200 hours' + interval '1 minute' AS wait) AS t;
INSERT INTO survey_response
SELECT i, c.customer_id, CASE WHEN i % 4 = 0 THEN c.case_id END,
	least(CASE WHEN i % 4 = 0 THEN c.opened_at + interval '9 days'
		ELSE now() - interval '730 days' * (1 - i / :answers::float8) END, now() - interval '1 second'),
	1 + floor(random() * 5)::int, floor(random() * 11)::int, 1 + floor(random() * 7)::int
FROM generate_series(1, :answers) AS i JOIN recovery_case AS c ON c.case_id = 1 + (i - 1) / 4;
INSERT INTO customer SELECT i, at, CASE WHEN i % 10 = 0 AND at + stay < now() THEN at + stay END
FROM generate_series(1, :answers / 8) AS i, LATERAL (SELECT now() - interval '900 days' + random() * interval
	'800 days' AS at,
	random() * interval '300 days' AS stay) AS t;
INSERT INTO purchase SELECT 1 + floor(random() * :answers / 8)::int,
	now() - interval '730 days' * (1 - i / (:answers / 2.0)),
	5 + random() * 50 FROM generate_series(1, :answers / 2 - 1) AS i;
VACUUM ANALYZE recovery_case, survey_response, customer, purchase;
