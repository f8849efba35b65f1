-- hostile_good.sql: sources of the superuser's own, which views must be made of and read
-- whatever has been planted elsewhere.
CREATE SCHEMA good;
CREATE TABLE good.recovery_case AS SELECT i AS case_id, i AS customer_id, now() - i * interval '9 days' AS opened_at,
	now() - i * interval '9 days' + interval '5 hours' AS resolved_at, 1 AS contacts, 'chat'::text AS channel
	FROM generate_series(1, 40) i;
CREATE TABLE good.survey_response AS SELECT i AS response_id, i AS customer_id, nullif(i % 4, 0) * i AS case_id,
	now() - i * interval '8 days' AS responded_at, 1 + i % 5 AS csat, i % 11 AS nps, i % 3 AS speed,
	'good'::text AS comment FROM generate_series(1, 40) i;
CREATE TABLE good.customer AS SELECT i AS customer_id, now() - interval '400 days' AS joined_at,
	CASE WHEN i % 5 = 0 THEN now() - interval '40 days' END AS left_at FROM generate_series(1, 40) i;
CREATE TABLE good.purchase AS SELECT i AS customer_id, now() - i * interval '5 days' AS purchased_at, 9.5 + i AS amount
	FROM generate_series(1, 40) i;
CREATE TABLE good.case_event AS SELECT i AS case_id, now() - i * interval '9 days' + n * interval '2 hours' AS at,
	(ARRAY['new', 'pending', 'open'])[n + 1] AS status FROM generate_series(1, 40) i, generate_series(0, 2) n;
CREATE TABLE good.survey_invitation AS SELECT i AS invitation_id, i AS customer_id, i AS case_id,
	now() - i * interval '8 days' AS sent_at FROM generate_series(1, 40) i;
-- schemas of the superuser's own, for rollups, in which others may create
CREATE SCHEMA open_store;
CREATE SCHEMA kept_store;
GRANT ALL ON SCHEMA open_store, kept_store TO PUBLIC;
CREATE TABLE good.follow_up AS SELECT i AS response_id, now() - i * interval '7 days' AS contacted_at
	FROM generate_series(1, 40, 2) i;
